//! The machine's clock is set under a room, with the real binary: each step is written down once and said, none raises or
//! returns an alarm or makes a case late, orders are tried again in their time, and no reading is deleted.

use crate::console::Console;
use crate::premises::SIZE;
use crate::shim::Shim;
use crate::upstream::Answer;
use crate::{Room, bodies, dispatch};
use lookout::clock::Clock;
use lookout::domain::fact::Fact;
use lookout::domain::fact::alarm::AlarmFact;
use lookout::domain::fact::case::CaseFact;
use lookout::domain::fact::room::RoomFact;
use lookout::domain::ledger::Entry;
use lookout::domain::person::Actor;
use lookout::store::Ledger;
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

const HOUR: i64 = 3600;
const TWO_YEARS: i64 = 730 * 24 * HOUR;
/// How long what must happen may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// A room under a clock that a test sets, and its console.
struct Set {
    room: Room,
    shim: Shim,
    console: Console,
    /// How much the clock shows more than the machine's, seconds.
    ahead: i64,
    /// Alarms that the upstream lists.
    listed: usize,
    /// Steps so far.
    steps: usize,
}

impl Set {
    /// It starts with a clock that is so many seconds ahead.
    fn starting(ahead: i64, refused: u32) -> Self {
        let room = Room::new();
        room.configure(|config| {
            config.replace(
                "path = \"room.db\"",
                "path = \"room.db\"\nkeep_readings = \"400d\"",
            )
        });
        room.upstream.refuse_letters(refused);
        // Seen just now: its first limit, of minutes, runs while the clock is set.
        let fire = Answer::Body(bodies::fires_at(Clock::Wall.now()), "text/csv");
        room.upstream.set("/fires", fire);
        let shim = Shim::clock(room.home.path());
        shim.says(&ahead.to_string());
        let config = room.home.path().join("room.toml");
        let arguments = ["--config", config.to_str().expect("UTF-8")];
        let console = Console::start_after(room.home.path(), &shim.script(), &arguments, SIZE);
        console.wait_for("Test room");
        Self {
            room,
            shim,
            console,
            ahead,
            listed: 1,
            steps: 0,
        }
    }

    /// The same, and everything was seen once.
    fn running(ahead: i64) -> Self {
        let mut set = Self::starting(ahead, 0);
        set.console.press("6");
        set.console.wait_for("Disk of host 0 is full");
        set.console.press("0");
        set.console
            .wait("every source in order", |text| text.matches(" ok").count() >= 3);
        set
    }

    fn steps(&self) -> Vec<i64> {
        let mut all = Vec::new();
        for entry in self.room.entries() {
            if let Fact::Room(RoomFact::ClockStepped { by }) = entry.fact {
                all.push(by);
            }
        }
        all
    }

    /// The clock is set: written down once and said; nothing comes of it but what the next poll really brings.
    #[track_caller]
    fn step(&mut self, ahead: i64) {
        let (by, before) = (ahead - self.ahead, self.room.entries().len());
        self.shim.says(&ahead.to_string());
        (self.ahead, self.steps) = (ahead, self.steps + 1);
        let words = if by > 0 { "set forward by" } else { "set back by" };
        self.console.wait("the step", |text| {
            text.contains(words) && self.steps().len() >= self.steps
        });
        // One more alarm: what comes after the step was asked for after it.
        self.listed += 1;
        let body = Answer::Body(bodies::alerts(self.listed), "application/json");
        self.room.upstream.set("/am/api/v2/alerts", body);
        let newest = format!("Disk of host {} is full", self.listed - 1);
        self.console.press("6");
        // It waits below the list until it is taken in.
        self.console
            .press_until("r", &newest, |text| text.contains(&newest));
        let steps = self.steps();
        assert_eq!(steps.len(), self.steps, "{steps:?}");
        let told = steps.last().copied().unwrap_or_default();
        assert!((told - by * 1000).abs() < 5000, "{told} ms of {by} s");
        let came: Vec<Entry> = self.room.entries().split_off(before);
        let storm: Vec<&Entry> = came.iter().filter(|entry| is_of_desk(entry)).collect();
        assert_eq!(storm.len(), 1, "besides {newest}: {storm:#?}");
    }

    /// Leaves in order; how many entries hold.
    #[track_caller]
    fn leaves(mut self) -> usize {
        let ends = || {
            let of_data = self.room.entries().into_iter().filter(is_of_data);
            let ends: BTreeMap<String, Fact> = of_data
                .map(|entry| (entry.stream.to_string(), entry.fact))
                .collect();
            self.ahead != 0
                || ends
                    .values()
                    .all(|fact| matches!(fact, Fact::Alarm(AlarmFact::Returned)))
        };
        until("the end of what a wrong clock made of the data", ends);
        self.console.press("q");
        assert_eq!(self.console.end(), 0);
        let audit = self.room.ledger().verify(&mut |_, _| {});
        assert_eq!(audit.expect("the chain can be read").broken, None);
        self.room.entries().len()
    }

    fn readings(&self) -> i64 {
        let conn = Connection::open(self.room.home.path().join("room.db")).expect("the ledger's file");
        conn.query_row("SELECT count(*) FROM reading", [], |row| row.get(0))
            .expect("readings")
    }
}

/// What a step must not bring by itself: something of an alarm, or a limit that passed. What a wrong clock makes of the data
/// of a source, that they lie ahead of it or are too old, it says truly of that source; that ends when it is right again.
fn is_of_desk(entry: &Entry) -> bool {
    let is = matches!(entry.fact, Fact::Alarm(_) | Fact::Case(CaseFact::Late { .. }));
    is && !is_of_data(entry) && matches!(entry.by, Actor::Desk)
}

fn is_of_data(entry: &Entry) -> bool {
    let stream = entry.stream.to_string();
    stream.starts_with("alarm/SYS-SRC/") || stream.starts_with("alarm/AIR-STALE/")
}

/// Waits until it is so; after how long it was.
#[track_caller]
fn until(what: &str, is_so: impl Fn() -> bool) -> Duration {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < PATIENCE, "waited in vain for {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
    begun.elapsed()
}

#[test]
fn a_clock_that_is_set_an_hour_forward_and_back_is_written_down_twice_and_raises_nothing() {
    let mut set = Set::running(0);
    set.step(HOUR);
    set.step(0);
    let entries = set.leaves();
    println!("clock: an hour forward and back: two steps, nothing raised by them, {entries} entries whole");
}

#[test]
#[ignore = "minutes of real processes: .ci/long"]
fn an_hour_back_two_years_ahead_and_1970_raise_nothing_and_delete_nothing() {
    let since_1970 = Clock::Wall.now().ms() / 1000;
    for (name, ahead) in [
        ("an hour back", -HOUR),
        ("two years ahead", TWO_YEARS),
        ("1970", 24 * HOUR - since_1970),
    ] {
        let mut set = Set::running(0);
        let before = set.readings();
        set.step(ahead);
        std::thread::sleep(Duration::from_secs(6));
        set.step(0);
        std::thread::sleep(Duration::from_secs(3));
        let after = set.readings();
        assert!(
            before > 0 && after >= before,
            "{name}: {before} readings, then {after}"
        );
        let entries = set.leaves();
        println!(
            "clock: {name} and right again: two steps, {after} of {before} readings, {entries} entries whole"
        );
    }
}

#[test]
#[ignore = "minutes of real processes: .ci/long"]
fn a_room_that_starts_in_1970_goes_on_when_its_clock_is_set_right() {
    let since_1970 = Clock::Wall.now().ms() / 1000;
    let mut set = Set::starting(24 * HOUR - since_1970, 0);
    set.console.press("6");
    set.console.wait_for("Test room");
    until("the first entry", || !set.room.entries().is_empty());
    set.shim.says("0");
    set.ahead = 0;
    set.console.wait_for("set forward by");
    set.console.wait_for("DiskFull: Disk of host 0");
    set.console.press("0");
    set.console
        .wait("every source in order", |text| text.matches(" ok").count() >= 3);
    assert_eq!(set.steps().len(), 1);
    let is_late = |entry: &Entry| matches!(entry.fact, Fact::Case(CaseFact::Late { .. }));
    assert!(!set.room.entries().iter().any(is_late));
    let entries = set.leaves();
    println!("clock: started in 1970, then right: one step, {entries} entries whole");
}

#[test]
#[ignore = "minutes of real processes: .ci/long"]
fn twelve_steps_forth_and_back_are_twelve_entries_and_no_storm() {
    let mut set = Set::running(0);
    for nth in 0..12 {
        set.step(if nth % 2 == 0 { HOUR } else { 0 });
    }
    let entries = set.leaves();
    println!("clock: twelve steps: twelve entries of them, nothing raised by them, {entries} entries whole");
}

#[test]
#[ignore = "minutes of real processes: .ci/long"]
fn an_order_is_tried_again_in_its_time_and_no_limit_passes_by_a_step() {
    let mut all = Vec::new();
    for (from, to) in [(HOUR, 0), (0, HOUR), (0, -HOUR), (0, TWO_YEARS)] {
        let mut set = Set::starting(from, 1);
        set.console.press("3");
        set.console.wait_for("Simen");
        dispatch(&mut set.console);
        until("a first attempt", || set.room.upstream.letters().len() == 1);
        set.console.wait_for("retry");
        set.step(to);
        all.push(until("another attempt", || set.room.upstream.letters().len() == 2).as_millis());
        set.console.press("3");
        set.console
            .wait("that it was delivered", |text| text.contains("delivered"));
        let is_late = |entry: &Entry| matches!(entry.fact, Fact::Case(CaseFact::Late { .. }));
        assert!(!set.room.entries().iter().any(is_late));
        set.leaves();
    }
    println!("clock: an order that had failed once: tried again {all:?} ms after the step, no limit passed");
}
