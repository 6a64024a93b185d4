//! What a leader let pass at a hand-over is what stood then: what comes anew under the same name is in the way again.

use super::common;
use super::common::story::Sitting;
use super::common::{Writer, ago};
use lookout::domain::decide::blockers::InTheWay;
use lookout::domain::fact::Fact;
use lookout::domain::fact::alarm::{AlarmFact, Cause, Reopened};
use lookout::domain::fact::case::{CaseFact, Matter, MoveInput};
use lookout::domain::fact::shift::{Blocker, ShiftFact};
use lookout::domain::id::{CaseId, MoveId, OperatorId, PlaybookId, StageId};
use lookout::domain::ledger::Stream;
use lookout::domain::person::Actor;
use lookout::domain::shift::Roster;
use lookout::domain::signal::Severity;
use lookout::domain::time::CHINA;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The alarm, or the case, that is in the way.
const IT: &str = "X1";

/// What happens to it, when.
type Happens = fn(&mut Writer, i64);

fn raised(ledger: &mut Writer, mins: i64) {
    let cause = Cause {
        severity: Severity::Orange,
        title: "火点".into(),
        ..Cause::default()
    };
    ledger.alarm(IT, ago(mins), AlarmFact::raised(cause));
}

fn returned(ledger: &mut Writer, mins: i64) {
    ledger.alarm(IT, ago(mins), AlarmFact::Returned);
}

fn seen(ledger: &mut Writer, mins: i64) {
    let fact = AlarmFact::Acknowledged {
        comment: "看到".into(),
        until: None,
    };
    ledger.handled(IT, ago(mins), fact);
}

fn opened(ledger: &mut Writer, mins: i64, playbook: &str, stage: &str) {
    let matter = Matter {
        playbook: PlaybookId::new(playbook),
        stage: StageId::new(stage),
        title: "事项".into(),
        detected: ago(mins),
        ..Matter::default()
    };
    ledger.case(IT, ago(mins), CaseFact::Opened(Box::new(matter)));
}

/// A step without words, so that it is no note of the shift.
fn stepped(ledger: &mut Writer, mins: i64, from: &str, to: &str, closes: bool) {
    let fact = CaseFact::Moved {
        step: MoveId::new("step"),
        from: StageId::new(from),
        to: StageId::new(to),
        closes,
        verdict: None,
        given: Box::<MoveInput>::default(),
        again: None,
        extends: None,
        means: None,
    };
    let stream = Stream::Case(CaseId::new(IT));
    ledger.fact(stream, ago(mins), Actor::Desk, Fact::Case(fact));
}

fn emergency(ledger: &mut Writer, mins: i64) {
    opened(ledger, mins, "emergency", "received");
}

fn episode(ledger: &mut Writer, mins: i64) {
    opened(ledger, mins, "episode", "issued");
}

/// One row a way that each kind can be there, and whether it is still what was let pass.
const WAYS: &[(&str, Happens, Happens, bool)] = &[
    ("an alarm as it was", raised, |_, _| {}, true),
    ("an alarm that returned, unseen", raised, returned, true),
    (
        "an alarm that was seen and is unseen again",
        raised,
        |ledger, mins| {
            seen(ledger, mins);
            let fact = AlarmFact::Unacknowledged {
                why: Reopened::Expired,
            };
            ledger.handled(IT, ago(mins), fact);
        },
        true,
    ),
    (
        "an alarm that ended, was seen and was raised anew",
        raised,
        |ledger, mins| {
            returned(ledger, mins + 1);
            seen(ledger, mins + 1);
            raised(ledger, mins);
        },
        false,
    ),
    (
        "an alarm that ended unseen and was raised anew",
        raised,
        |ledger, mins| {
            returned(ledger, mins + 1);
            raised(ledger, mins);
        },
        false,
    ),
    (
        "an alarm that rose",
        raised,
        |ledger, mins| {
            let fact = AlarmFact::Regraded {
                severity: Severity::Red,
                title: "大火".into(),
            };
            ledger.alarm(IT, ago(mins), fact);
        },
        false,
    ),
    ("an episode as it was", episode, |_, _| {}, true),
    (
        "an episode that came into force",
        episode,
        |ledger, mins| stepped(ledger, mins, "issued", "in_force", false),
        false,
    ),
    (
        "an episode that was over and is in force again",
        episode,
        |ledger, mins| {
            stepped(ledger, mins + 1, "issued", "lifted", false);
            stepped(ledger, mins, "lifted", "issued", false);
        },
        false,
    ),
    ("a report as it was", emergency, |_, _| {}, true),
    (
        "a report of the next stage",
        emergency,
        |ledger, mins| stepped(ledger, mins, "received", "verified", false),
        false,
    ),
    (
        "a report of an emergency that was closed and opened again",
        emergency,
        |ledger, mins| {
            stepped(ledger, mins + 1, "received", "not_true", true);
            stepped(ledger, mins, "not_true", "received", false);
        },
        false,
    ),
];

#[test]
fn only_what_stood_when_a_leader_signed_is_let_pass() {
    let playbooks = lookout::config::playbook::embedded();
    let mut kinds = BTreeSet::new();
    for (way, stands, then, covered) in WAYS {
        let mut ledger = Writer::default();
        let (id, duty) = Roster::default()
            .at(common::now(), CHINA)
            .expect("a day has shifts");
        let leader = || Actor::Person(OperatorId::new("leader"));
        let stream = Stream::Shift(id);
        let opened = Fact::Shift(ShiftFact::Opened(Box::new(duty)));
        ledger.fact(stream.clone(), ago(60), leader(), opened);
        stands(&mut ledger, 30);
        let own = ledger.state.shift().expect("it was taken");
        let open = InTheWay::of(&ledger.state, &playbooks, own).open;
        assert_eq!(open.len(), 1, "{way}: {open:?}");
        let reason = "值守力量不足".into();
        let pass = Fact::Shift(ShiftFact::Overridden {
            blockers: open.clone(),
            reason,
        });
        ledger.fact(stream, ago(20), leader(), pass);
        then(&mut ledger, 10);
        let own = ledger.state.shift().expect("it was taken");
        let now = InTheWay::of(&ledger.state, &playbooks, own);
        let passed: Vec<&Blocker> = now.passed.iter().flat_map(|pass| &pass.1).collect();
        let (want_open, want_passed) = if *covered { (0, 1) } else { (1, 0) };
        assert_eq!((now.open.len(), passed.len()), (want_open, want_passed), "{way}");
        kinds.extend(open.iter().map(Blocker::kind));
        // The screen of the shift says the same.
        let mut board = common::board_with(ledger);
        let mut room = (*board.room).clone();
        room.playbooks.clone_from(&playbooks);
        board.room = Arc::new(room);
        let screen = Sitting::at(board).keys("9").draw(120, 40);
        assert_eq!(screen.contains("放行：值守力量不足"), *covered, "{way}: {screen}");
    }
    assert_eq!(kinds.len(), 3, "every kind is tried: {kinds:?}");
}
