//! A source that lists ever new alarms: so many pass, the gravest first; one alarm says how many wait, and ends by itself.

use super::bench::{Bench, NOON, fire};
use super::*;
use crate::domain::feed::FeedState;
use crate::domain::feed::bounds::MOST_ALARMS;
use proptest::prelude::*;

const FLOOD: &str = "SYS-FLOOD/eye";

fn bench(most: u32) -> Bench {
    let mut bench = Bench::new();
    let feeds = &mut bench.desk.board.feeds;
    if let Some(feed) = feeds.get_mut(&SourceId::new("eye")) {
        feed.bounds.alarms = most;
    }
    bench
}

/// A poll of the whole list; gives how many entries were made.
fn lists(bench: &mut Bench, signals: Vec<Signal>, at: Moment) -> u64 {
    let before = bench.desk.board.state.seq;
    bench.give(listed(signals, at));
    bench.desk.board.state.seq - before
}

fn listed(signals: Vec<Signal>, at: Moment) -> Event {
    let take = PollResult {
        signals,
        complete: true,
        ..PollResult::default()
    };
    Event::Read {
        source: SourceId::new("eye"),
        take: Box::new(take),
        at,
        next: at,
    }
}

fn named(ids: std::ops::Range<u32>) -> Vec<Signal> {
    let one = |id: u32| Signal {
        kind: SignalKind::Alert,
        ..fire(&id.to_string(), Severity::Yellow)
    };
    ids.map(one).collect()
}

fn open(bench: &Bench) -> usize {
    let alarms = bench.desk.board.state.alarms.keys();
    alarms.filter(|id| id.as_str().starts_with("eye/")).count()
}

fn flood(bench: &Bench) -> Option<&crate::domain::alarm::Alarm> {
    bench.desk.board.state.alarms.get(&AlarmId::new(FLOOD))
}

#[test]
fn ever_new_ids_raise_no_more_than_they_may_and_one_alarm_says_so_once() {
    let mut bench = bench(1000);
    let mut told = 0;
    for poll in 0..10_u32 {
        let at = NOON + Span::secs(i64::from(poll));
        lists(&mut bench, named(poll * 4000..(poll + 1) * 4000), at);
        told += usize::from(flood(&bench).is_some_and(|alarm| alarm.raised == at));
    }
    // NOON is no whole minute: two are touched.
    assert!(open(&bench) <= 2000, "{} alarms of 40,000", open(&bench));
    assert_eq!(told, 1, "it rings once");
    let feed = &bench.desk.board.feeds[&SourceId::new("eye")];
    let held = feed.held.expect("it floods");
    assert_eq!(
        held.waiting + held.gone + open(&bench) as u64,
        40_000,
        "each is counted"
    );
    assert_eq!(feed.state_at(NOON + Span::secs(10)), FeedState::Degraded);
    let calm = bench.desk.board.calm(NOON + Span::secs(10));
    assert!(!calm.hears_all() && !calm.holds(), "calm is forbidden");
}

#[test]
fn what_still_stands_is_raised_when_there_is_room_and_the_alarm_ends_with_its_figures() {
    let mut bench = bench(1000);
    for minute in 0..3 {
        lists(&mut bench, named(0..2500), NOON + Span::mins(minute));
        let alarm = flood(&bench).expect("it floods");
        assert_eq!(
            (open(&bench) as i64, alarm.active),
            (2500.min(1000 * (minute + 1)), minute < 2)
        );
        let begun = "eye: source floods: 1500 waiting, 0 gone unraised, most_alarms 1000";
        let over = "eye: source floods: 0 waiting, 0 gone unraised, most_alarms 1000";
        assert_eq!(alarm.cause.title.as_str(), if minute < 2 { begun } else { over });
    }
    let feed = &bench.desk.board.feeds[&SourceId::new("eye")];
    assert_eq!((feed.held, feed.state), (None, FeedState::Ok));
}

#[test]
fn a_red_one_among_ever_new_ones_gets_through_at_once_also_when_the_minute_is_full() {
    let mut bench = bench(10);
    lists(&mut bench, named(0..500), NOON);
    let mut signals = named(500..1000);
    signals.push(fire("grave", Severity::Red));
    lists(&mut bench, signals, NOON + Span::secs(1));
    let grave = AlarmId::new("eye/grave");
    assert!(bench.desk.board.state.alarms.contains_key(&grave));
}

#[test]
fn a_night_of_a_thousand_fires_passes_without_a_word() {
    let mut bench = bench(MOST_ALARMS);
    let fires = (0..1000)
        .map(|nth| fire(&nth.to_string(), Severity::Orange))
        .collect();
    lists(&mut bench, fires, NOON);
    assert_eq!((open(&bench), flood(&bench)), (1000, None));
}

#[test]
fn what_could_not_be_recorded_was_not_raised_and_is_no_flood_when_it_is_judged_again() {
    let mut bench = bench(1000);
    for again in 0..5 {
        let at = NOON + Span::secs(again);
        drop(bench.desk.update(listed(named(0..600), at)));
    }
    lists(&mut bench, named(0..600), NOON + Span::secs(5));
    assert_eq!((open(&bench), flood(&bench)), (600, None));
    lists(&mut bench, named(0..1100), NOON + Span::secs(6));
    assert_eq!(open(&bench), 1000, "what stands in the ledger counts");
}

#[test]
fn a_flood_goes_on_and_ends_by_its_own_minute_when_the_clock_is_set() {
    for by in [Span::hours(-1), Span::hours(1), Span::secs(-20)] {
        let mut bench = bench(10);
        lists(&mut bench, named(0..20), NOON);
        let since = flood(&bench).is_some();
        bench.give(Event::ClockSet {
            by,
            at: NOON + Span::secs(2),
        });
        bench.give(Event::Stepped(by));
        let now = NOON + by;
        lists(&mut bench, named(0..20), now + Span::secs(5));
        assert_eq!((since, open(&bench)), (true, 10), "{by:?}: the same minute");
        let held = bench.desk.board.feeds[&SourceId::new("eye")].held;
        assert_eq!(held.map(|held| held.since), Some(now), "{by:?}");
        lists(&mut bench, named(0..10), now + Span::secs(50));
        assert!(flood(&bench).is_some_and(|alarm| alarm.active), "{by:?}");
        lists(&mut bench, named(0..10), now + Span::secs(70));
        assert!(flood(&bench).is_some_and(|alarm| !alarm.active), "{by:?}");
    }
}

#[test]
fn a_source_that_is_gone_floods_no_more() {
    let mut bench = bench(10);
    lists(&mut bench, named(0..50), NOON);
    let room = (*bench.desk.board.room).clone();
    bench.give(Event::Reconfigured {
        room: Box::new(room),
        rules: Vec::new(),
        feeds: Vec::new(),
        keep_readings: Span::days(400),
        waits: Vec::new(),
    });
    assert_eq!(flood(&bench).map(|alarm| alarm.active), Some(false));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn whatever_a_source_lists_the_ledger_grows_by_what_may_be_raised(
        polls in prop::collection::vec((0_u32..300, 1_u32..120, 1_i64..70), 1..30),
    ) {
        let mut bench = bench(7);
        let (mut at, mut minutes, mut entries) = (NOON, std::collections::HashSet::new(), 0);
        for (from, count, pause) in polls {
            at = at + Span::secs(pause);
            entries += lists(&mut bench, named(from..from + count), at);
            minutes.insert(at.floor(Span::mins(1)));
        }
        let may = minutes.len() as u64 * 7;
        // Raised, returned, and the flood's own begin, figures and end.
        prop_assert!(entries <= may * 2 + minutes.len() as u64 * 3, "{entries} entries, {may} may be raised");
        let waits = bench.desk.board.feeds[&SourceId::new("eye")].held.is_some_and(|held| held.waiting > 0);
        prop_assert!(!waits || flood(&bench).is_some_and(|alarm| alarm.active), "what waits is said");
    }
}
