//! Declared states at the desk: what they hold back, and what comes of it.

use super::*;
use crate::domain::directory::{Point, PointKind};
use crate::domain::fact::declared::{Declaration, DeclaredKind, Subject};
use crate::domain::id::PointId;
use crate::domain::playbook::Need;
use crate::domain::quantity::{Quantity, Value};
use crate::domain::reading::{Flag, Period, Reading};

/// A bench with one meter and a rule of the code that a stop explains: more than 10 kW in an hour.
fn bench() -> Bench {
    let mut bench = Bench::new();
    let meter = Point::new(PointId::new("meter"), Clean::new("一号线"), PointKind::Production);
    bench.desk.board.points.insert(meter.id.clone(), meter);
    let rule = bench::above("SRC-H", Quantity::Power, 10, Severity::Orange);
    bench.desk.rules.push(rule);
    bench
}

fn draws(bench: &mut Bench, kilowatts: i64, at: Moment) {
    let reading = Reading {
        point: PointId::new("meter"),
        quantity: Quantity::Power,
        period: Period::Hour,
        at,
        value: Some(Value::whole(kilowatts)),
        flag: Flag::Valid,
        source: SourceId::new("eye"),
    };
    let take = PollResult {
        readings: vec![reading],
        ..PollResult::default()
    };
    bench.read(take, at);
}

fn stop(until: Moment) -> Command {
    Command::Declare(Box::new(Declaration {
        of: Subject::Point(PointId::new("meter")),
        kind: DeclaredKind::Stop,
        from: NOON - Span::hours(1),
        until,
        words: Clean::new("停产检修"),
    }))
}

fn states(bench: &Bench) -> Vec<AlarmState> {
    let alarms = bench.desk.board.state.alarms.values();
    alarms.map(crate::domain::alarm::Alarm::state).collect()
}

#[test]
fn a_declared_stop_holds_an_alarm_back_and_lets_it_go_when_it_is_over() {
    let mut bench = bench();
    draws(&mut bench, 20, NOON);
    assert_eq!(states(&bench), [AlarmState::Unacknowledged]);
    bench
        .act("li", Vec::new(), stop(NOON + Span::hours(2)))
        .expect("it may be declared");
    bench.give(Event::Tick(NOON + Span::mins(1)));
    assert_eq!(states(&bench), [AlarmState::Suppressed]);
    bench.give(Event::Tick(NOON + Span::mins(119)));
    assert_eq!(states(&bench), [AlarmState::Suppressed]);
    bench.give(Event::Tick(NOON + Span::hours(2)));
    assert_eq!(states(&bench), [AlarmState::Unacknowledged]);
}

#[test]
fn what_began_and_ended_during_a_declared_stop_needs_nobody() {
    let mut bench = bench();
    bench
        .act("li", Vec::new(), stop(NOON + Span::hours(9)))
        .expect("it may be declared");
    draws(&mut bench, 20, NOON);
    assert_eq!(
        states(&bench),
        [AlarmState::Suppressed],
        "held in the same append"
    );
    draws(&mut bench, 0, NOON + Span::hours(1));
    bench.give(Event::Tick(NOON + Span::hours(1)));
    assert_eq!(states(&bench), []);
}

#[test]
fn a_stop_that_is_ended_early_brings_its_alarm_back_and_is_remembered() {
    let mut bench = bench();
    bench
        .act("li", Vec::new(), stop(NOON + Span::hours(9)))
        .expect("it may be declared");
    draws(&mut bench, 20, NOON);
    let id = *bench.desk.board.state.declared.keys().next().expect("one");
    bench
        .act("li", Vec::new(), Command::EndDeclaration(id))
        .expect("it may be ended");
    bench.give(Event::Tick(NOON + Span::mins(2)));
    assert_eq!(states(&bench), [AlarmState::Unacknowledged]);
    let kept = bench.desk.board.state.declared.get(&id);
    assert_eq!(kept.map(|d| d.what.until), Some(NOON + Span::mins(1)));
    let again = bench.act("li", Vec::new(), Command::EndDeclaration(id));
    assert_eq!(again, Err(Refusal::Gone(Stream::Room)));
}

#[test]
fn nothing_is_declared_of_a_point_that_is_not_known_or_without_words() {
    let mut bench = bench();
    let Command::Declare(good) = stop(NOON + Span::hours(2)) else {
        unreachable!("a stop is declared");
    };
    let of = Subject::Point(PointId::new("nowhere"));
    let unknown = Declaration { of, ..*good.clone() };
    let refused = bench.act("li", Vec::new(), Command::Declare(Box::new(unknown)));
    assert_eq!(refused, Err(Refusal::Unknown(Clean::new("nowhere"))));
    let words = Clean::default();
    let silent = Declaration { words, ..*good };
    let refused = bench.act("li", Vec::new(), Command::Declare(Box::new(silent)));
    assert_eq!(refused, Err(Refusal::Needs(Need::Reason)));
}
