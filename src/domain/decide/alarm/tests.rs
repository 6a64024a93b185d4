//! Every transition of ISA-18.2 by name, and random walks over all of them.

use super::*;
use crate::domain::id::AlarmId;
use crate::domain::signal::Severity;
use crate::domain::time::Span;
use proptest::prelude::*;

const NOON: Moment = Moment::from_ms(1_790_000_000_000);

fn cause(severity: Severity) -> Cause {
    Cause {
        code: Clean::new("ALERT"),
        severity,
        title: Clean::new("words"),
        began: NOON,
        ..Cause::default()
    }
}

fn by(name: &str) -> OperatorId {
    OperatorId::new(name)
}

fn fresh() -> Alarm {
    Alarm::raised(AlarmId::new("a/1"), cause(Severity::Yellow).into(), NOON, 1)
}

/// `alarm` after `fact`, one minute later.
fn then(mut alarm: Alarm, fact: &AlarmFact) -> Alarm {
    let version = alarm.version + 1;
    alarm.apply(fact, &by("first"), NOON + Span::mins(1), version);
    alarm
}

fn acked() -> Alarm {
    let fact = acknowledge(&fresh(), Clean::new("seen"), Some(NOON + Span::hours(8)), NOON);
    then(fresh(), &fact.expect("it is unacknowledged"))
}

fn shelving(reason: &str, until: Moment) -> Shelving {
    Shelving {
        by: by("first"),
        reason: Clean::new(reason),
        until,
    }
}

fn shelved() -> Alarm {
    let wish = shelving("maintenance", NOON + Span::hours(1));
    let fact = shelve(&fresh(), wish, NOON, NOON + Span::hours(12));
    then(fresh(), &fact.expect("it may be shelved"))
}

#[test]
fn what_is_known_already_is_not_said_again() {
    assert_eq!(raise(Some(&fresh()), cause(Severity::Yellow)), None);
    assert_eq!(end(&then(fresh(), &AlarmFact::Returned)), None);
}

#[test]
fn a_higher_severity_is_a_new_alarm_and_a_lower_one_is_not() {
    let worse = raise(Some(&acked()), cause(Severity::Red)).expect("it is worse");
    assert_eq!(then(acked(), &worse).state(), AlarmState::Unacknowledged);
    let milder = raise(Some(&acked()), cause(Severity::Blue)).expect("it is milder");
    let after = then(acked(), &milder);
    assert_eq!(
        (after.state(), after.cause.severity),
        (AlarmState::Acknowledged, Severity::Blue)
    );
}

#[test]
fn returned_before_it_was_seen_it_stays_until_it_is() {
    let returned = then(fresh(), &end(&fresh()).expect("it is active"));
    assert_eq!(returned.state(), AlarmState::Returned);
    let again = raise(Some(&returned), cause(Severity::Yellow)).expect("it is back");
    let again = then(returned.clone(), &again);
    assert_eq!(
        (again.state(), again.occurrences),
        (AlarmState::Unacknowledged, 2)
    );
    let seen = acknowledge(&returned, Clean::default(), None, NOON).expect("it can be seen");
    assert_eq!(then(returned, &seen).state(), AlarmState::Normal);
}

#[test]
fn the_second_acknowledgement_names_the_first() {
    let refused = acknowledge(&acked(), Clean::default(), None, NOON + Span::mins(5));
    let first = Refusal::Acknowledged {
        by: by("first"),
        at: NOON + Span::mins(1),
    };
    assert_eq!(refused, Err(first));
    assert_eq!(
        acknowledge(&shelved(), Clean::default(), None, NOON),
        Err(Refusal::NotNow(AlarmState::Shelved))
    );
}

#[test]
fn an_expiry_in_the_past_is_refused() {
    let refused = acknowledge(&fresh(), Clean::default(), Some(NOON), NOON);
    assert_eq!(refused, Err(Refusal::Until(NOON)));
}

#[test]
fn an_acknowledgement_expires_and_is_unacknowledged_again() {
    let end = NOON + Span::hours(8);
    assert_eq!(next_due(&acked()), Some(end));
    assert_eq!(due(&acked(), end - Span::from_ms(1)), None);
    let fact = due(&acked(), end).expect("its time is over");
    assert_eq!(then(acked(), &fact).state(), AlarmState::Unacknowledged);
}

#[test]
fn an_acknowledgement_is_taken_back_once() {
    let back = unacknowledge(&acked()).expect("it is acknowledged");
    let back = then(acked(), &back);
    assert_eq!(
        unacknowledge(&back),
        Err(Refusal::NotNow(AlarmState::Unacknowledged))
    );
}

#[test]
fn a_shelving_needs_a_reason_and_an_end_within_the_limit() {
    let latest = NOON + Span::hours(12);
    let with = |reason, until| shelve(&fresh(), shelving(reason, until), NOON, latest);
    assert_eq!(with("", latest), Err(Refusal::Needs(Need::Reason)));
    assert_eq!(with("x", NOON), Err(Refusal::Until(latest)));
    assert_eq!(with("x", latest + Span::from_ms(1)), Err(Refusal::Until(latest)));
    assert!(with("x", latest).is_ok());
    let twice = shelve(&shelved(), shelving("x", latest), NOON, latest);
    assert_eq!(twice, Err(Refusal::NotNow(AlarmState::Shelved)));
}

#[test]
fn a_shelving_ends_by_time_or_by_hand_and_shows_the_present_process() {
    let end_of_shelf = NOON + Span::hours(1);
    let by_time = due(&shelved(), end_of_shelf).expect("its time is over");
    assert_eq!(then(shelved(), &by_time).state(), AlarmState::Unacknowledged);
    let returned = then(shelved(), &AlarmFact::Returned);
    assert_eq!(
        returned.state(),
        AlarmState::Shelved,
        "held whatever the process does"
    );
    let by_hand = release(&returned).expect("it is shelved");
    assert_eq!(then(returned, &by_hand).state(), AlarmState::Returned);
}

#[test]
fn what_the_logic_holds_only_the_logic_releases() {
    let held = then(
        fresh(),
        &suppress(&fresh(), Clean::new("declared stop")).expect("it is free"),
    );
    assert_eq!(release(&held), Err(Refusal::NotNow(AlarmState::Suppressed)));
    assert_eq!(suppress(&held, Clean::new("again")), None);
    assert_eq!(unsuppress(&shelved()), None);
    let free = unsuppress(&held).expect("the logic holds it");
    assert_eq!(then(held, &free).state(), AlarmState::Unacknowledged);
}

#[test]
fn out_of_service_needs_a_reason_and_has_no_end_of_its_own() {
    assert_eq!(
        out_of_service(&fresh(), by("first"), Clean::default()),
        Err(Refusal::Needs(Need::Reason))
    );
    let out = out_of_service(&fresh(), by("first"), Clean::new("permit 7")).expect("it is free");
    let out = then(fresh(), &out);
    assert_eq!((out.state(), next_due(&out)), (AlarmState::OutOfService, None));
    let back = release(&out).expect("it is out of service");
    assert_eq!(then(out, &back).state(), AlarmState::Unacknowledged);
}

#[test]
fn a_condition_that_was_told_its_end_returns_then() {
    let mut told = cause(Severity::Yellow);
    told.ends = Some(NOON + Span::hours(3));
    let alarm = Alarm::raised(AlarmId::new("a/1"), told.into(), NOON, 1);
    assert_eq!(next_due(&alarm), Some(NOON + Span::hours(3)));
    assert_eq!(due(&alarm, NOON + Span::hours(3)), Some(AlarmFact::Returned));
}

/// One decision of a random walk: what is wished, by number.
fn wished(alarm: Option<&Alarm>, wish: u8, now: Moment) -> Option<AlarmFact> {
    let soon = now + Span::mins(7);
    match (alarm, wish % 10) {
        (known, 0) => raise(known, cause(Severity::Yellow)),
        (known, 1) => raise(known, cause(Severity::Red)),
        (None, _) => None,
        (Some(a), 2) => end(a),
        (Some(a), 3) => acknowledge(a, Clean::default(), Some(soon), now).ok(),
        (Some(a), 4) => unacknowledge(a).ok(),
        (Some(a), 5) => shelve(a, shelving("x", soon), now, soon).ok(),
        (Some(a), 6) => release(a).ok(),
        (Some(a), 7) => out_of_service(a, by("x"), Clean::new("permit")).ok(),
        (Some(a), 8) => suppress(a, Clean::new("stop")).or_else(|| unsuppress(a)),
        (Some(a), _) => due(a, now),
    }
}

/// What ISA-18.2 allows: from where, by which fact, to where (alarms.md and the standard's figure of states).
fn is_legal(from: AlarmState, fact: &AlarmFact, to: AlarmState) -> bool {
    use AlarmState as S;
    let held = |s| matches!(s, S::Shelved | S::Suppressed | S::OutOfService);
    match fact {
        AlarmFact::Raised(_) => to == S::Unacknowledged || held(from) && to == from,
        AlarmFact::Regraded { .. } => to == from || from == S::Acknowledged && to == S::Unacknowledged,
        AlarmFact::Returned => {
            matches!(
                (from, to),
                (S::Unacknowledged, S::Returned) | (S::Acknowledged, S::Normal)
            ) || held(from) && to == from
        }
        AlarmFact::Acknowledged { .. } => {
            matches!(
                (from, to),
                (S::Unacknowledged, S::Acknowledged) | (S::Returned, S::Normal)
            )
        }
        AlarmFact::Unacknowledged { .. } => {
            from == S::Acknowledged && to == S::Unacknowledged || held(from) && to == from
        }
        AlarmFact::Held(_) => !held(from) && held(to),
        AlarmFact::Released => held(from) && !held(to),
        AlarmFact::Joined { .. } => from == to,
    }
}

proptest! {
    #[test]
    fn no_walk_leads_to_an_illegal_state_or_loses_a_clock(wishes in prop::collection::vec(any::<u8>(), 1..400)) {
        let mut alarm: Option<Alarm> = None;
        let mut now = NOON;
        for wish in wishes {
            now = now + Span::mins(i64::from(wish % 5));
            let Some(fact) = wished(alarm.as_ref(), wish, now) else { continue };
            alarm = match alarm.take() {
                None => Some(Alarm::raised(AlarmId::new("a/1"), cause(Severity::Yellow).into(), now, 1)),
                Some(before) => {
                    let mut after = before.clone();
                    after.apply(&fact, &by("x"), now, before.version + 1);
                    prop_assert!(is_legal(before.state(), &fact, after.state()), "{before:?} {fact:?} {after:?}");
                    (after.state() != AlarmState::Normal).then_some(after)
                }
            };
            if let Some(alarm) = &alarm {
                let timed = matches!(alarm.hold, Some(Hold::Shelved { .. }))
                    || alarm.state() == AlarmState::Acknowledged && alarm.ack.as_ref().is_some_and(|a| a.until.is_some());
                prop_assert!(!timed || next_due(alarm).is_some(), "a clock was lost: {alarm:?}");
                prop_assert_eq!(due(alarm, now).is_some(), next_due(alarm).is_some_and(|at| at <= now));
            }
        }
    }
}
