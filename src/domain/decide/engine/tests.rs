//! Steps over a small loop of the test's own; the shipped loops have their scenario files.

mod meant;

use super::*;
use crate::domain::case::clock::{Pressure, StageClock, lateness};
use crate::domain::fact::case::Matter;
use crate::domain::id::{OperatorId, PlaybookId, TaskId, UnitId};
use crate::domain::playbook::{Length, Limit, Origin, Provenance, Reason, Rung, Since, Stage, Words};
use crate::domain::time::Span;

const NOON: Moment = Moment::from_ms(1_790_000_000_000);

fn stage(id: &str, limit: Option<Limit>) -> Stage {
    Stage {
        id: StageId::new(id),
        means: None,
        words: Words::default(),
        closed: id == "closed",
        limit,
        tells: Vec::new(),
        checklist: Vec::new(),
    }
}

fn limit(mins: i64, since: Since, ladder: &[(Role, i64)]) -> Limit {
    let rung = |(role, mins): &(Role, i64)| Rung {
        role: *role,
        after: Span::mins(*mins),
    };
    Limit {
        length: Length::Span(Span::mins(mins)),
        by: None,
        until: None,
        since,
        provenance: Provenance {
            origin: Origin::Default,
            text: "test".into(),
        },
        escalate: ladder.iter().map(rung).collect(),
    }
}

fn way(id: &str, from: &str, to: Option<&str>) -> Move {
    Move {
        id: MoveId::new(id),
        from: vec![StageId::new(from)],
        to: to.map(StageId::new),
        roles: vec![Role::Operator, Role::Leader],
        ..Move::default()
    }
}

fn playbook() -> Playbook {
    let fog = Reason {
        code: Clean::new("fog"),
        words: Words::default(),
    };
    Playbook {
        id: PlaybookId::new("loop"),
        version: 1,
        letter: 'L',
        stages: vec![
            stage("found", Some(limit(3, Since::Detected, &[]))),
            stage(
                "sent",
                Some(limit(
                    5,
                    Since::Entered,
                    &[(Role::Operator, 0), (Role::Leader, 5)],
                )),
            ),
            stage("closed", None),
        ],
        moves: vec![
            Move {
                dispatches: true,
                needs: vec![Need::Unit],
                ..way("send", "found", Some("sent"))
            },
            Move {
                needs: vec![Need::Reason],
                reasons: vec![fog],
                verdict: Some(Clean::new("false")),
                ..way("dismiss", "found", Some("closed"))
            },
            Move {
                needs: vec![Need::Case],
                verdict: Some(Clean::new(DUPLICATE)),
                ..way("merge", "found", Some("closed"))
            },
            Move {
                needs: vec![Need::Photo],
                roles: vec![Role::Township],
                by_itself: vec![Trigger::Answer(Clean::new("done"))],
                ..way("finish", "sent", Some("closed"))
            },
            Move {
                when: When::Late,
                roles: vec![Role::Leader],
                ..way("press", "sent", None)
            },
        ],
        ..Playbook::default()
    }
}

fn case(id: &str) -> Case {
    let matter = Matter {
        playbook: PlaybookId::new("loop"),
        playbook_version: 1,
        stage: StageId::new("found"),
        title: Clean::new("smoke"),
        detected: NOON,
        ..Matter::default()
    };
    Case::opened(CaseId::new(id), matter, Actor::Desk, NOON, 1)
}

fn who(role: Role) -> Operator {
    Operator {
        id: OperatorId::new(role.key()),
        role,
    }
}

fn then(case: &mut Case, fact: &CaseFact, by: Role, mins: i64) {
    let version = case.version + 1;
    case.apply(fact, &Actor::Person(who(by).id), NOON + Span::mins(mins), version);
}

fn make(case: &mut Case, id: &str, by: Role, given: &MoveInput, mins: i64) -> Result<(), Refusal> {
    let fact = step(
        case,
        &playbook(),
        &who(by),
        (&MoveId::new(id), given),
        CaseContext::default(),
    )?;
    then(case, &fact, by, mins);
    Ok(())
}

fn to_unit() -> MoveInput {
    MoveInput {
        unit: Some(UnitId::new("u")),
        ..MoveInput::default()
    }
}

fn sent() -> Case {
    let mut case = case("L1");
    make(&mut case, "send", Role::Operator, &to_unit(), 2).expect("it may be sent");
    case
}

#[test]
fn stage_role_and_needs_are_asked_in_this_order() {
    let mut case = case("L1");
    let none = MoveInput::default();
    assert_eq!(
        make(&mut case, "finish", Role::Viewer, &none, 1),
        Err(Refusal::WrongStage(StageId::new("found")))
    );
    assert_eq!(
        make(&mut case, "send", Role::Viewer, &none, 1),
        Err(Refusal::Role(Role::Viewer))
    );
    assert_eq!(
        make(&mut case, "send", Role::Operator, &none, 1),
        Err(Refusal::Needs(Need::Unit))
    );
    let smog = MoveInput {
        reason: Some(Clean::new("smog")),
        ..MoveInput::default()
    };
    assert_eq!(
        make(&mut case, "dismiss", Role::Operator, &smog, 1),
        Err(Refusal::UnknownReason(Clean::new("smog")))
    );
    assert_eq!(
        make(&mut case, "fly", Role::Operator, &none, 1),
        Err(Refusal::Unknown(Clean::new("fly")))
    );
}

#[test]
fn a_units_answer_makes_the_step_without_what_a_person_must_give_but_the_photo() {
    let case = sent();
    let answer = |kind: &str, photo: Option<&str>| TaskAnswer {
        task: TaskId::new("F1.1"),
        unit: UnitId::new("u"),
        kind: Clean::new(kind),
        text: Clean::new("out"),
        at: NOON,
        photo: photo.map(Clean::new),
    };
    let photo = Some("https://p.example/1.jpg");
    let fact = answered(&case, &playbook(), &answer("done", photo));
    assert!(
        matches!(fact, Some(CaseFact::Moved { closes: true, .. })),
        "{fact:?}"
    );
    assert_eq!(answered(&case, &playbook(), &answer("done", None)), None);
    assert_eq!(answered(&case, &playbook(), &answer("received", None)), None);
    let mut strict = playbook();
    for step in &mut strict.moves {
        step.needs = vec![Need::Reason, Need::Photo];
    }
    assert_eq!(answered(&case, &strict, &answer("done", None)), None);
    let fact = answered(&case, &strict, &answer("done", photo));
    assert!(
        matches!(fact, Some(CaseFact::Moved { given, .. }) if given.photo.is_some() && given.at == Some(NOON))
    );
}

#[test]
fn a_missed_limit_is_recorded_once_and_climbs_its_ladder() {
    let mut case = sent();
    let book = playbook();
    let at = |mins| NOON + Span::mins(mins);
    assert_eq!(lateness(&case, &book, at(6)), None);
    let late = lateness(&case, &book, at(7)).expect("five minutes after it was sent");
    then(&mut case, &late, Role::Operator, 7);
    assert_eq!(lateness(&case, &book, at(11)), None);
    let due_to = |case: &Case, mins| -> Vec<(Role, Moment)> {
        let clock = StageClock::of(case, &book).expect("it runs");
        clock
            .escalated(at(mins))
            .map(|rung| (rung.role, rung.since))
            .collect()
    };
    assert_eq!(due_to(&case, 6), [], "nobody before it is missed");
    assert_eq!(due_to(&case, 11), [(Role::Operator, at(7))]);
    assert_eq!(lateness(&case, &book, at(1000)), None);
    assert_eq!(
        due_to(&case, 12),
        [(Role::Operator, at(7)), (Role::Leader, at(12))]
    );
}

#[test]
fn a_limit_that_passed_while_nobody_watched_is_recorded_once() {
    let mut case = sent();
    let late = lateness(&case, &playbook(), NOON + Span::hours(9)).expect("long past");
    then(&mut case, &late, Role::Operator, 540);
    assert_eq!(lateness(&case, &playbook(), NOON + Span::hours(9)), None);
}

#[test]
fn a_clock_is_near_when_four_fifths_are_gone() {
    let clock = StageClock::of(&sent(), &playbook()).expect("it runs");
    let at = |mins: i64| clock.pressure(NOON + Span::mins(2 + mins));
    assert_eq!(
        [at(3), at(4), at(5)],
        [Pressure::Running, Pressure::Near, Pressure::Past]
    );
    let moments = [3, 4, 5].map(|mins| clock.presses(NOON + Span::mins(2 + mins)));
    assert_eq!(
        moments,
        [Some(NOON + Span::mins(6)), Some(NOON + Span::mins(7)), None],
        "when it presses more"
    );
}

#[test]
fn a_mark_leaves_stage_and_clock_and_waits_for_lateness() {
    let mut case = sent();
    let before = StageClock::of(&case, &playbook());
    assert_eq!(
        make(&mut case, "press", Role::Leader, &MoveInput::default(), 4),
        Err(Refusal::NotYet(When::Late))
    );
    assert_eq!(
        offered(&case, &playbook(), &who(Role::Leader), CaseContext::default()).count(),
        0
    );
    let late = lateness(&case, &playbook(), NOON + Span::mins(8)).expect("late");
    then(&mut case, &late, Role::Operator, 8);
    make(&mut case, "press", Role::Leader, &MoveInput::default(), 9).expect("it is late");
    assert_eq!(
        (case.state.stage.as_str(), StageClock::of(&case, &playbook())),
        ("sent", before)
    );
}

#[test]
fn a_step_taken_back_leaves_no_trace_but_the_timeline() {
    let mut case = case("L1");
    let before = (
        case.state.stage.clone(),
        case.state.entered,
        case.state.verdict.clone(),
    );
    let fog = MoveInput {
        reason: Some(Clean::new("fog")),
        ..MoveInput::default()
    };
    make(&mut case, "dismiss", Role::Operator, &fog, 1).expect("it may be dismissed");
    assert!(case.state.closed.is_some());
    let back = undo(&case, &playbook(), &who(Role::Operator)).expect("its own step");
    then(&mut case, &back, Role::Operator, 2);
    assert_eq!(
        (
            case.state.stage.clone(),
            case.state.entered,
            case.state.verdict.clone()
        ),
        before
    );
    assert_eq!((case.state.closed, case.timeline.len()), (None, 3));
    assert_eq!(
        undo(&case, &playbook(), &who(Role::Operator)),
        Err(Refusal::NothingToUndo)
    );
}

#[test]
fn only_its_maker_or_a_leader_takes_a_step_back_and_never_an_order() {
    let mut case = sent();
    let maker = Actor::Person(who(Role::Operator).id);
    assert_eq!(
        undo(&case, &playbook(), &who(Role::Section)),
        Err(Refusal::NotYours(maker))
    );
    assert!(undo(&case, &playbook(), &who(Role::Leader)).is_ok());
    let order = TaskId::new("L1.1");
    then(
        &mut case,
        &CaseFact::Ordered { task: order.clone() },
        Role::Operator,
        2,
    );
    assert_eq!(
        undo(&case, &playbook(), &who(Role::Leader)),
        Err(Refusal::OrderOut(order))
    );
}

#[test]
fn a_duplicate_joins_another_case_of_its_loop_that_was_not_merged_itself() {
    let mut state = State::default();
    let mut second = case("L2");
    let into = MoveInput {
        case: Some(CaseId::new("L1")),
        ..MoveInput::default()
    };
    make(&mut second, "merge", Role::Operator, &into, 1).expect("it may be merged");
    assert_eq!(merged_into(&second), Some(&CaseId::new("L1")));
    for case in [case("L1"), second] {
        state.cases.insert(case.id.clone(), case);
    }
    let third = case("L3");
    let may = |id: &str| may_merge(&state, &third, &CaseId::new(id));
    assert_eq!(may("L1"), Ok(()));
    assert_eq!(may("L2"), Err(Refusal::AlreadyIn(CaseId::new("L1"))));
    assert_eq!(may("L3"), Err(Refusal::AlreadyIn(CaseId::new("L3"))));
    assert_eq!(may("L9"), Err(Refusal::Gone(Stream::Case(CaseId::new("L9")))));
}
