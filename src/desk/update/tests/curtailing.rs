//! Curtailed enterprises at the desk: what they drew counts from their limit's coming into force until the episode's end.

use super::*;
use crate::domain::air::Norm;
use crate::domain::directory::{Point, PointKind};
use crate::domain::episode::{CURTAILMENT, EPISODE, LIMIT_KW};
use crate::domain::fact::case::{CaseFact, Matter};
use crate::domain::id::{EnterpriseId, FieldId, PointId};
use crate::domain::ledger::Draft;
use crate::domain::person::Actor;
use crate::domain::quantity::{Quantity, Value};
use crate::domain::reading::{Flag, Period, Reading};
use crate::domain::rule;

/// A bench with one metered mill and the standard rule of curtailments.
fn bench() -> Bench {
    let mut bench = Bench::new();
    let meter = Point {
        owner: Some(EnterpriseId::new("mill")),
        ..Point::new(PointId::new("m"), Clean::new("一号线"), PointKind::Production)
    };
    bench.desk.board.points.insert(meter.id.clone(), meter);
    let mut rules = rule::standard(Norm::default());
    rules.retain(|rule| rule.code.as_str() == "MTR-CURTAIL");
    bench.desk.rules = rules;
    bench
}

fn tell(bench: &mut Bench, id: &str, fact: CaseFact, at: Moment) {
    let stream = Stream::Case(CaseId::new(id));
    let draft = Draft {
        expect: bench.desk.board.state.version(&stream),
        stream,
        at,
        by: Actor::Desk,
        seat: None,
        fact: Fact::Case(fact),
    };
    let seq = bench.desk.board.state.seq + 1;
    bench.give(Event::Stored(vec![bench::entry(&draft, seq)]));
}

fn open(bench: &mut Bench, id: &str, (playbook, stage): (&str, &str), matter: Matter) {
    let matter = Matter {
        playbook: PlaybookId::new(playbook),
        stage: StageId::new(stage),
        ..matter
    };
    tell(bench, id, CaseFact::Opened(Box::new(matter)), NOON);
}

fn go(bench: &mut Bench, id: &str, to: &str, at: Moment) {
    let fact = CaseFact::Moved {
        step: MoveId::new(to),
        from: StageId::default(),
        to: StageId::new(to),
        closes: false,
        verdict: None,
        given: Box::<MoveInput>::default(),
        again: None,
        extends: None,
        means: None,
    };
    tell(bench, id, fact, at);
}

/// The meter's five minutes until `at`, as they were told.
fn draws(bench: &mut Bench, (kilowatts, flag): (i64, Flag), at: Moment) {
    let reading = Reading {
        point: PointId::new("m"),
        quantity: Quantity::Power,
        period: Period::FiveMinutes,
        at,
        value: Some(Value::whole(kilowatts)),
        flag,
        source: SourceId::new("eye"),
    };
    let take = PollResult {
        readings: vec![reading],
        ..PollResult::default()
    };
    bench.read(take, at);
}

fn lasting(bench: &Bench) -> usize {
    let alarms = bench.desk.board.state.alarms.values();
    alarms.filter(|alarm| alarm.active).count()
}

/// In force since three hours after noon, with the mill's limit of 50 kW; it drew 82 kW all the time.
fn in_force() -> (Bench, Moment) {
    let mut bench = bench();
    open(&mut bench, "E1", (EPISODE, "issued"), Matter::default());
    let matter = Matter {
        parent: Some(CaseId::new("E1")),
        enterprise: Some(EnterpriseId::new("mill")),
        fields: vec![(FieldId::new(LIMIT_KW), Clean::new("50"))],
        ..Matter::default()
    };
    open(&mut bench, "C1", (CURTAILMENT, "notified"), matter);
    for mins in (5..=180).step_by(5) {
        draws(&mut bench, (82, Flag::Valid), NOON + Span::mins(mins));
    }
    let at = NOON + Span::hours(3);
    go(&mut bench, "E1", "in_force", at);
    go(&mut bench, "C1", "in_force", at);
    (bench, at)
}

#[test]
fn power_drawn_before_the_order_is_no_breach_and_half_an_hour_after_it_is() {
    let (mut bench, at) = in_force();
    for mins in (5..30).step_by(5) {
        draws(&mut bench, (82, Flag::Valid), at + Span::mins(mins));
        assert_eq!(lasting(&bench), 0, "{mins} min after its coming into force");
    }
    draws(&mut bench, (82, Flag::Valid), at + Span::mins(30));
    assert_eq!(lasting(&bench), 1);
    let alarm = bench.alarm();
    assert_eq!(
        (alarm.cause.code.as_str(), alarm.cause.began),
        ("MTR-CURTAIL", at)
    );
}

#[test]
fn an_alarm_of_a_curtailment_ends_with_the_episode_and_none_begins_after_it() {
    let (mut bench, at) = in_force();
    for mins in (5..=40).step_by(5) {
        draws(&mut bench, (82, Flag::Valid), at + Span::mins(mins));
    }
    assert_eq!(lasting(&bench), 1);
    go(&mut bench, "E1", "lifted", at + Span::mins(41));
    draws(&mut bench, (82, Flag::Valid), at + Span::mins(45));
    assert_eq!(lasting(&bench), 0, "what stood returned");
    let raised = bench.desk.board.state.seq;
    for mins in (50..=120).step_by(5) {
        draws(&mut bench, (82, Flag::Valid), at + Span::mins(mins));
    }
    assert_eq!(bench.desk.board.state.seq, raised, "nothing was said any more");
}

#[test]
fn a_value_that_its_upstream_takes_back_is_held_against_nobody() {
    for flag in [Flag::Invalid, Flag::Maintenance] {
        let (mut bench, at) = in_force();
        for mins in (5..=25).step_by(5) {
            draws(&mut bench, (82, Flag::Valid), at + Span::mins(mins));
        }
        for mins in [10, 15, 20] {
            draws(&mut bench, (82, flag), at + Span::mins(mins));
        }
        draws(&mut bench, (82, Flag::Valid), at + Span::mins(30));
        assert_eq!(lasting(&bench), 0, "{flag:?}");
    }
}
