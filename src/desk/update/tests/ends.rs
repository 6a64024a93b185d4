//! What ends an alarm of a list, and what does not.

use crate::desk::Event;
use crate::desk::update::tests::bench::{Bench, fire};
use crate::desk::update::tests::{NOON, acknowledge};
use crate::domain::feed::{Lack, PollResult};
use crate::domain::id::{AlarmId, SourceId};
use crate::domain::ledger::Stream;
use crate::domain::signal::{Severity, Signal, SignalKind};
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Span};

fn poll(bench: &mut Bench, take: PollResult, at: Moment) {
    bench.give(Event::Read {
        source: SourceId::new("eye"),
        take: Box::new(PollResult {
            complete: true,
            ..take
        }),
        at,
        next: at + Span::mins(1),
    });
    bench.give(Event::Tick(at + Span::secs(1)));
}

fn active(bench: &Bench) -> usize {
    let alarms = bench.desk.board.state.alarms.values();
    alarms.filter(|alarm| alarm.active).count()
}

#[test]
fn a_list_that_lacks_what_must_be_there_ends_nothing() {
    let mut bench = Bench::new();
    bench.poll(vec![fire("1", Severity::Orange)], true);
    let lacking = PollResult {
        lacks: vec![Lack::Alert(Clean::new("Watchdog"))],
        ..PollResult::default()
    };
    poll(&mut bench, lacking, NOON + Span::mins(1));
    assert_eq!(active(&bench), 1, "it may lack the fire too");
    poll(&mut bench, PollResult::default(), NOON + Span::mins(2));
    assert_eq!(active(&bench), 0, "a whole list ends it");
}

#[test]
fn a_fire_that_is_listed_for_more_than_a_day_is_raised_again_once_and_not_at_each_poll() {
    let mut bench = Bench::new();
    let listed = || PollResult {
        signals: vec![fire("1", Severity::Orange)],
        ..PollResult::default()
    };
    poll(&mut bench, listed(), NOON);
    for minute in 0..20 {
        poll(&mut bench, listed(), NOON + Span::hours(24) + Span::mins(minute));
    }
    let version = bench
        .desk
        .board
        .state
        .version(&Stream::Alarm(AlarmId::new("eye/1")));
    assert!(
        version <= 6,
        "{version} entries: returned and raised once, not at each poll"
    );
    assert_eq!(active(&bench), 1, "and it stands");
}

/// A poll that lists one thing, which a person has seen.
fn seen(bench: &mut Bench, signal: &Signal) {
    poll(bench, listed(signal), NOON);
    let id = bench.alarm().id.clone();
    assert!(bench.act("wang", Vec::new(), acknowledge(&id)).is_ok());
}

fn listed(signal: &Signal) -> PollResult {
    PollResult {
        signals: vec![signal.clone()],
        ..PollResult::default()
    }
}

/// The clock is set: written down and followed.
fn set(bench: &mut Bench, by: Span, at: Moment) {
    bench.give(Event::ClockSet { by, at });
    bench.give(Event::Stepped(by));
}

fn stands(bench: &Bench) -> (bool, bool, u32) {
    let alarm = bench.alarm();
    (alarm.active, alarm.unacked, alarm.occurrences)
}

#[test]
fn an_end_that_the_upstream_told_stays_in_the_calendar_when_the_clock_is_set() {
    let mut bench = Bench::new();
    let warning = Signal {
        kind: SignalKind::Alert,
        ends: Some(NOON + Span::hours(3)),
        ..fire("1", Severity::Orange)
    };
    seen(&mut bench, &warning);
    set(&mut bench, Span::hours(-1), NOON + Span::mins(5));
    for mins in [140, 150] {
        poll(&mut bench, listed(&warning), NOON + Span::mins(mins));
    }
    assert_eq!(stands(&bench), (true, false, 1), "it lasts, and was seen");
    bench.give(Event::Tick(NOON + Span::hours(3)));
    assert_eq!(active(&bench), 0);
}

#[test]
fn a_fires_own_day_goes_with_the_clock() {
    for by in [Span::hours(24), Span::hours(-24)] {
        let mut bench = Bench::new();
        let fire = fire("1", Severity::Orange);
        seen(&mut bench, &fire);
        set(&mut bench, by, NOON + Span::mins(5));
        for hours in [1, 23] {
            poll(&mut bench, listed(&fire), NOON + by + Span::hours(hours));
            assert_eq!(stands(&bench), (true, false, 1), "{by:?}, {hours} h");
        }
        bench.give(Event::Tick(NOON + by + Span::hours(24)));
        assert_eq!(active(&bench), 0, "{by:?}");
    }
}
