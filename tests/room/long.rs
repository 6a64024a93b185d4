//! What takes minutes: thousands of acknowledgements and signals while the process is killed again and again, and
//! collectors that are killed and paused. Each prints what it counted. Run by `.ci/long`.

use crate::collector::Collector;
use crate::console::Console;
use crate::upstream::Answer;
use crate::{Room, SIZE, bodies};
use lookout::domain::fact::Fact;
use lookout::domain::fact::alarm::AlarmFact;
use lookout::store::{Ledger, OpenMode, Sqlite};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::time::{Duration, Instant};

/// How many of it: as the variable says, else this.
fn count(variable: &str, otherwise: usize) -> usize {
    let given = std::env::var(variable).ok();
    given.and_then(|given| given.parse().ok()).unwrap_or(otherwise)
}

/// From now on the upstream lists these alerts and no others.
fn list(room: &Room, alerts: Range<usize>) {
    let body = bodies::alerts_of(alerts);
    room.upstream
        .set("/am/api/v2/alerts", Answer::Body(body, "application/json"));
}

/// No source may flood here: that is another test's matter.
fn unbounded(room: &Room) {
    room.configure(|config| {
        config.replace(
            "[source.alertmanager]",
            "most_alarms = 1000000\n[source.alertmanager]",
        )
    });
}

/// What the ledger has, taken in as it grows.
struct Book {
    ledger: Sqlite,
    read: u64,
    /// How often each alarm was raised.
    raised: BTreeMap<String, usize>,
    acknowledged: usize,
}

impl Book {
    fn of(room: &Room) -> Self {
        let file = room.home.path().join("room.db");
        let end = Instant::now() + Duration::from_secs(60);
        loop {
            if let Ok(ledger) = Sqlite::open(&file, OpenMode::ReadOnly) {
                let (raised, read, acknowledged) = (BTreeMap::new(), 0, 0);
                return Self {
                    ledger,
                    read,
                    raised,
                    acknowledged,
                };
            }
            assert!(Instant::now() < end, "there is no ledger");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    fn read_on(&mut self) {
        for entry in self
            .ledger
            .entries(self.read, usize::MAX)
            .expect("it can be read")
        {
            self.read = entry.seq;
            match (&entry.stream, &entry.fact) {
                (stream, Fact::Alarm(AlarmFact::Raised(_))) => {
                    *self.raised.entry(stream.to_string()).or_default() += 1;
                }
                (_, Fact::Alarm(AlarmFact::Acknowledged { .. })) => self.acknowledged += 1,
                _ => {}
            }
        }
    }

    /// Whether each of these alerts was raised.
    fn has(&self, alerts: Range<usize>) -> bool {
        alerts.map(named).all(|name| self.raised.contains_key(&name))
    }

    fn is_whole(&self) {
        let audit = self.ledger.verify(&mut |_, _| {}).expect("the chain can be read");
        assert_eq!(audit.broken, None);
    }

    /// Waits until each of these alerts was raised.
    #[track_caller]
    fn waits_for(&mut self, alerts: &Range<usize>, most: Duration) -> Duration {
        let begun = Instant::now();
        loop {
            self.read_on();
            if self.has(alerts.clone()) {
                return begun.elapsed();
            }
            assert!(begun.elapsed() < most, "{alerts:?} are not raised after {most:?}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    fn twice(&self) -> Vec<&String> {
        let often = self.raised.iter().filter(|(_, times)| **times > 1);
        often.map(|(name, _)| name).collect()
    }
}

/// An alert's stream.
fn named(alert: usize) -> String {
    format!("alarm/servers/{alert:016x}")
}

/// How many entries a bulk act says that it recorded, if it says so.
fn recorded(screen: &str) -> Option<usize> {
    let (_, said) = screen.split_once("recorded: Acknowledge ")?;
    let (_, said) = said.split_once('(')?;
    said.split_whitespace().next()?.parse().ok()
}

#[test]
#[ignore = "minutes: run by .ci/long"]
fn of_ten_thousand_acknowledgements_shown_none_is_lost_by_a_kill() {
    const AT_ONCE: usize = 200;
    let (all, room) = (count("LOOKOUT_ACKNOWLEDGEMENTS", 10_000), Room::new());
    room.upstream
        .set("/fires", Answer::Body(bodies::no_fires(), "text/csv"));
    let config = room.home.path().join("room.toml");
    let (mut shown, mut kills) = (0, 0);
    let mut book: Option<Book> = None;
    while shown < all {
        list(&room, kills * AT_ONCE..(kills + 1) * AT_ONCE);
        let mut console = Console::start(
            room.home.path(),
            &["--config", config.to_str().expect("UTF-8")],
            SIZE,
        );
        console.press("6");
        let book = book.get_or_insert_with(|| Book::of(&room));
        book.waits_for(&(kills * AT_ONCE..(kills + 1) * AT_ONCE), Duration::from_secs(60));
        let open = format!(" of {} ", book.raised.len() - book.acknowledged);
        console.wait("all of them", |text| text.contains(open.trim_end()));
        console.press("G");
        console.wait_for("▌");
        console.press("v");
        console.wait_for("1 marked");
        console.press("g");
        console.wait("all marked", |text| {
            text.contains(" marked") && !text.contains(" 1 marked")
        });
        console.press_until("a", "the dialog", |text| text.contains("Comment"));
        // Killed at any moment while the key goes through the dialog, or as soon as it is shown.
        let patience = match kills % 3 {
            0 => Duration::from_millis(350 + (kills as u64 * 7) % 60),
            _ => Duration::from_millis(700),
        };
        for _ in 0..3 + 5 * (kills % 3) {
            console.press("\r");
            if console.becomes(patience, &|text: &str| recorded(text).is_some()) {
                break;
            }
        }
        let said = recorded(&console.text()).unwrap_or(0);
        console.kill();
        (shown, kills) = (shown + said, kills + 1);
        book.read_on();
        assert!(
            book.acknowledged >= shown,
            "kill {kills}: {shown} shown, {} stored",
            book.acknowledged
        );
    }
    let mut book = book.expect("there was a round");
    book.read_on();
    book.is_whole();
    println!(
        "report: {shown} acknowledgements shown, {} stored, {kills} kills, lost 0",
        book.acknowledged
    );
}

#[test]
#[ignore = "minutes: run by .ci/long"]
fn of_a_hundred_thousand_signals_none_is_lost_or_doubled_by_a_kill() {
    const WINDOW: usize = 4_000;
    let (all, room) = (count("LOOKOUT_SIGNALS", 100_000), Room::new());
    unbounded(&room);
    let (mut kills, mut first) = (0_u64, 0);
    list(&room, 0..WINDOW);
    let mut collector = Collector::starts(&room, "en");
    let mut book = Book::of(&room);
    while first < all {
        let listed = first..first + WINDOW;
        list(&room, listed.clone());
        let mut tries = 0_u64;
        while !book.has(listed.clone()) {
            assert!(tries < 60, "{listed:?} are not raised");
            // After some kills it is left alone for long enough to take in all that is listed.
            let wait = if tries < 3 { (kills * 337) % 2_000 } else { 20_000 };
            let end = Instant::now() + Duration::from_millis(wait);
            while Instant::now() < end && !book.has(listed.clone()) {
                std::thread::sleep(Duration::from_millis(20));
                book.read_on();
            }
            if tries < 3 {
                drop(collector);
                collector = Collector::starts(&room, "en");
                kills += 1;
            }
            tries += 1;
            book.read_on();
        }
        first += WINDOW / 2;
    }
    drop(collector);
    book.read_on();
    assert_eq!(book.twice(), Vec::<&String>::new());
    assert!(book.has(0..all));
    book.is_whole();
    println!(
        "report: {} signals listed, {} raised, {kills} kills, lost 0, doubled 0",
        first + WINDOW / 2,
        book.raised.len()
    );
}

#[test]
#[ignore = "minutes: run by .ci/long"]
fn eight_that_begin_a_ledger_at_once_are_all_up_and_one_collects() {
    let rounds = count("LOOKOUT_ROUNDS", 12);
    for round in 0..rounds {
        let room = Room::new();
        let all: Vec<Collector> = (0..8).map(|_| Collector::starts(&room, "en")).collect();
        let said: Vec<(Collector, String)> = all
            .into_iter()
            .map(|mut one| {
                let said = one.says();
                (one, said)
            })
            .collect();
        let collecting = said
            .iter()
            .filter(|(_, said)| said.starts_with("collecting;"))
            .count();
        let standing = said
            .iter()
            .filter(|(_, said)| said.starts_with("standing by"))
            .count();
        assert_eq!(
            (collecting, standing),
            (1, 7),
            "round {round}: {:?}",
            said.iter().map(|one| &one.1).collect::<Vec<_>>()
        );
        Book::of(&room).is_whole();
    }
    println!("report: {rounds} times eight at once, each time one collects and seven stand by");
}

#[test]
#[ignore = "minutes: run by .ci/long"]
fn of_two_collectors_the_second_takes_over_from_a_killed_or_paused_one_and_nothing_is_doubled() {
    let rounds = count("LOOKOUT_ROUNDS", 6);
    let mut took = BTreeSet::new();
    for round in 0..rounds {
        let room = Room::new();
        unbounded(&room);
        list(&room, 0..20);
        let mut first = Collector::starts(&room, "en");
        assert!(first.says().starts_with("collecting;"));
        let mut second = Collector::starts(&room, "en");
        assert!(second.says().starts_with("standing by"));
        let mut book = Book::of(&room);
        book.waits_for(&(0..20), Duration::from_secs(30));
        let paused = round % 2 == 1;
        first.told(if paused { "STOP" } else { "KILL" });
        list(&room, 0..40);
        took.insert(book.waits_for(&(20..40), Duration::from_secs(60)).as_millis());
        if paused {
            first.told("CONT");
            list(&room, 0..60);
            book.waits_for(&(40..60), Duration::from_secs(60));
        }
        std::thread::sleep(Duration::from_secs(3));
        book.read_on();
        assert_eq!(book.twice(), Vec::<&String>::new(), "round {round}");
        book.is_whole();
    }
    println!("report: {rounds} times taken over, after {took:?} ms, lost 0, doubled 0");
}
