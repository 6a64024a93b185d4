//! Stories of what is said and let pass across a clock that is set: an order's clocks, who came in time, a hand-over.

use super::common::{Writer, cause, now, person};
use lookout::config::playbook;
use lookout::domain::alarm::{AlarmState, kpi};
use lookout::domain::case::ahead;
use lookout::domain::case::timely::{Timely, timely};
use lookout::domain::decide::blockers::{InTheWay, blockers};
use lookout::domain::fact::Fact;
use lookout::domain::fact::alarm::AlarmFact;
use lookout::domain::fact::case::{CaseFact, Matter, MoveInput};
use lookout::domain::fact::room::RoomFact;
use lookout::domain::fact::shift::ShiftFact;
use lookout::domain::id::{MoveId, ShiftId, StageId};
use lookout::domain::ledger::Stream;
use lookout::domain::person::Actor;
use lookout::domain::playbook::meaning::straw_fire;
use lookout::domain::shift::Roster;
use lookout::domain::signal::Severity;
use lookout::domain::state::State;
use lookout::domain::time::{CHINA, Moment, Span};

fn steps() -> [Span; 4] {
    [
        Span::hours(-1),
        Span::hours(1),
        Span::days(730),
        Moment::default() - now(),
    ]
}

fn set(ledger: &mut Writer, by: Span, at: Moment) {
    let fact = Fact::Room(RoomFact::ClockStepped { by: by.ms() });
    ledger.fact(Stream::Room, at, Actor::Desk, fact);
}

fn fire(ledger: &mut Writer) {
    let opened = CaseFact::Opened(Box::new(Matter {
        playbook: playbook::embedded().remove(0).id,
        stage: StageId::new("found"),
        detected: now(),
        ..Matter::default()
    }));
    ledger.case("F1", now(), opened);
}

fn goes(ledger: &mut Writer, from: &str, to: &str, at: Moment) {
    let moved = CaseFact::Moved {
        step: MoveId::new("put"),
        from: StageId::new(from),
        to: StageId::new(to),
        closes: false,
        verdict: None,
        given: Box::new(MoveInput::default()),
        again: None,
        extends: None,
        means: None,
    };
    ledger.case("F1", at, moved);
}

#[test]
fn an_order_names_the_clocks_that_its_steps_will_have() {
    let playbook = playbook::embedded().remove(0);
    let named = |ledger: &Writer, at: Moment| -> Vec<Span> {
        let case = ledger.state.cases.get("F1").expect("the case");
        let clocks = ahead::clocks(case, &playbook, at);
        clocks.into_iter().map(|(_, end)| end - at).collect()
    };
    for by in steps() {
        let mut ledger = Writer::default();
        fire(&mut ledger);
        goes(&mut ledger, "found", "verified", now());
        let before = named(&ledger, now());
        assert!(before.len() > 2, "{before:?}");
        set(&mut ledger, by, now());
        assert_eq!(named(&ledger, now() + by), before, "{by:?}");
    }
}

#[test]
fn who_came_in_time_came_in_time_whatever_the_clock_was_set_by_before_or_after() {
    let playbook = playbook::embedded().remove(0);
    let goal = (straw_fire::RECEIVED, &[straw_fire::ON_SCENE][..]);
    for by in steps() {
        let mut ledger = Writer::default();
        let stands = |ledger: &Writer, at: Moment| {
            let case = ledger.state.cases.get("F1").expect("the case");
            timely(case, &playbook, goal, at)
        };
        fire(&mut ledger);
        set(&mut ledger, by, now());
        let now = now() + by;
        let after = |mins| now + Span::mins(mins);
        assert_eq!(stands(&ledger, after(14)), Some(Timely::Due), "{by:?}");
        assert_eq!(stands(&ledger, after(16)), Some(Timely::Never), "{by:?}");
        goes(&mut ledger, "found", "received", after(5));
        goes(&mut ledger, "received", "on_scene", after(10));
        let took = Some(Timely::InTime(Span::mins(10)));
        assert_eq!(stands(&ledger, after(12)), took, "{by:?}");
        set(&mut ledger, Span::ZERO - by, after(12));
        assert_eq!(stands(&ledger, after(13) - by), took, "and back by {by:?}");
    }
}

/// A shift that runs, and an alarm that stands in the way of its hand-over.
fn on_duty(ledger: &mut Writer) -> ShiftId {
    let (id, duty) = Roster::default().at(now(), CHINA).expect("a shift");
    let opened = ShiftFact::Opened(Box::new(duty));
    ledger.fact(Stream::Shift(id.clone()), now(), person(), Fact::Shift(opened));
    let red = cause("FIRE", Severity::Red, "火情", now());
    ledger.alarm("fires/1", now(), AlarmFact::raised(red));
    id
}

/// What still forbids the hand-over, and what was let pass.
fn in_the_way(state: &State, id: &ShiftId) -> (usize, usize) {
    let shift = state.shifts.get(id).expect("the shift");
    let all = InTheWay::of(state, &[], shift);
    (all.open.len(), all.passed.len())
}

fn passes(ledger: &mut Writer, id: &ShiftId, at: Moment) {
    let shift = ledger.state.shifts.get(id).expect("the shift");
    let blockers = blockers(&ledger.state, &[], shift);
    let passed = ShiftFact::Overridden {
        blockers: blockers.into_iter().map(|one| one.what).collect(),
        reason: "带班同意".into(),
    };
    ledger.fact(Stream::Shift(id.clone()), at, person(), Fact::Shift(passed));
}

#[test]
fn what_a_leader_lets_pass_is_let_pass_before_and_after_the_clock_is_set() {
    for by in steps() {
        let mut ledger = Writer::default();
        let id = on_duty(&mut ledger);
        set(&mut ledger, by, now());
        assert_eq!(in_the_way(&ledger.state, &id), (1, 0), "{by:?}");
        passes(&mut ledger, &id, now() + by + Span::mins(1));
        assert_eq!(in_the_way(&ledger.state, &id), (0, 1), "{by:?}");
        set(&mut ledger, Span::ZERO - by, now() + by + Span::mins(2));
        assert_eq!(in_the_way(&ledger.state, &id), (0, 1), "and back by {by:?}");
        let red = cause("FIRE", Severity::Red, "火情", now());
        let anew = now() + Span::mins(3);
        ledger.alarm("fires/1", anew, AlarmFact::Returned);
        ledger.alarm("fires/1", anew, AlarmFact::raised(red));
        assert_eq!(
            in_the_way(&ledger.state, &id),
            (1, 0),
            "what comes anew is not let pass"
        );
    }
}

#[test]
fn a_shift_that_was_handed_over_stays_as_long_as_it_would_have() {
    let mut ledger = Writer {
        state: State::staying(Some(Span::days(90))),
        ..Writer::default()
    };
    let id = on_duty(&mut ledger);
    let stream = Stream::Shift(id.clone());
    ledger.fact(stream, now(), person(), Fact::Shift(ShiftFact::Closed));
    let by = Span::days(730);
    set(&mut ledger, by, now());
    for (days, stays) in [(89, true), (91, false)] {
        ledger.alarm("fires/1", now() + by + Span::days(days), AlarmFact::Returned);
        assert_eq!(ledger.state.shifts.contains_key(&id), stays, "after {days} days");
    }
}

#[test]
fn what_has_lain_too_long_is_as_old_as_before_when_the_clock_is_set() {
    for by in steps() {
        let mut ledger = Writer::default();
        for (id, hours) in [("old", 25), ("new", 23)] {
            let at = now() - Span::hours(hours);
            let red = cause("FIRE", Severity::Red, "火情", at);
            ledger.alarm(&format!("fires/{id}"), at, AlarmFact::raised(red));
        }
        set(&mut ledger, by, now());
        let now = now() + by;
        let later = cause("FIRE", Severity::Red, "火情", now);
        ledger.alarm("fires/later", now, AlarmFact::raised(later));
        let state = &ledger.state;
        let marked: Vec<&str> = state
            .alarms
            .values()
            .filter(|alarm| kpi::is_stale(alarm, now))
            .map(|alarm| alarm.id.as_str())
            .collect();
        let counted: Vec<&str> = state
            .raised_before(AlarmState::Unacknowledged, now - kpi::STALE_AFTER)
            .map(|rank| rank.3.as_str())
            .collect();
        assert_eq!(
            (marked, counted),
            (vec!["fires/old"], vec!["fires/old"]),
            "{by:?}"
        );
        let read: Vec<&str> = state.unseen().map(|rank| rank.3.as_str()).collect();
        assert_eq!(
            read,
            ["fires/later", "fires/new", "fires/old"],
            "the newest first"
        );
        assert_eq!(state.ranks.len(), 3);
    }
}
