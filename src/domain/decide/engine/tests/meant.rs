//! What a step and a stage mean goes with what happened, and a matter in hand goes on where the file calls them otherwise.

use super::*;
use crate::domain::case::clock::is_lost;
use crate::domain::decide::opening::{Opening, open};
use crate::domain::playbook::meaning::MoveMeaning;
use crate::domain::time::CHINA;

#[test]
fn what_a_step_and_a_stage_mean_is_kept_with_what_happened_where_their_keys_do_not_say_so() {
    let mut own = playbook();
    own.stages[0].means = Some(StageId::new("registered"));
    own.stages[2].means = Some(StageId::new("refused"));
    own.moves[1].means = Some(MoveId::new("refuse"));
    let opening = Opening::by_hand(Clean::new("smoke"), NOON);
    let (id, matter) = open(&State::default(), &own, opening, (NOON, CHINA), 0);
    let mut case = Case::opened(id, matter, Actor::Desk, NOON, 1);
    assert_eq!(
        (case.state.stage.as_str(), case.state.means.as_str()),
        ("found", "registered")
    );
    let fog = MoveInput {
        reason: Some(Clean::new("fog")),
        ..MoveInput::default()
    };
    let dismiss = MoveId::new("dismiss");
    let fact = step(
        &case,
        &own,
        &who(Role::Operator),
        (&dismiss, &fog),
        CaseContext::default(),
    );
    let fact = fact.expect("it may be dismissed");
    then(&mut case, &fact, Role::Operator, 1);
    assert_eq!(
        (case.state.stage.as_str(), case.state.means.as_str()),
        ("closed", "refused")
    );
    assert!(case.is_refused());
    assert_eq!(case.walk().made(MoveMeaning::called("refuse")).count(), 1);
    let back = undo(&case, &own, &who(Role::Operator)).expect("it may be taken back");
    then(&mut case, &back, Role::Operator, 2);
    assert_eq!(
        (case.state.stage.as_str(), case.state.means.as_str()),
        ("found", "registered")
    );
    assert!(matches!(
        step(
            &case,
            &playbook(),
            &who(Role::Operator),
            (&dismiss, &fog),
            CaseContext::default()
        ),
        Ok(CaseFact::Moved { means: None, .. })
    ));
}

#[test]
fn a_matter_in_hand_goes_on_where_the_file_calls_its_stage_otherwise_by_now() {
    let mut before = sent();
    let mut renamed = playbook();
    // As misleading as it may be: each stage is called as another one was.
    let names = ["closed", "found", "sent"];
    for (stage, name) in renamed.stages.iter_mut().zip(names) {
        stage.means = Some(std::mem::replace(&mut stage.id, StageId::new(name)));
    }
    let stages = renamed.stages.clone();
    let by_now = |id: &StageId| {
        let stage = stages.iter().find(|stage| stage.meaning() == id);
        stage.expect("it is there").id.clone()
    };
    for step in &mut renamed.moves {
        step.from = step.from.iter().map(by_now).collect();
        step.to = step.to.as_ref().map(by_now);
    }
    assert!(!is_lost(&before, Some(&renamed)));
    let due = before.due(&renamed).expect("it has a limit").0;
    assert_eq!(Some(due), before.due(&playbook()).map(|due| due.0));
    let late = CaseFact::Late {
        stage: StageId::new("sent"),
        due,
    };
    then(&mut before, &late, Role::Operator, 8);
    let mut case = before.clone();
    let (press, none) = (MoveId::new("press"), MoveInput::default());
    let leader = who(Role::Leader);
    let mark = step(&case, &renamed, &leader, (&press, &none), CaseContext::default());
    then(&mut case, &mark.expect("it may be pressed"), Role::Leader, 9);
    assert_eq!(case.state, before.state, "a mark leaves it where it was");
    let shot = MoveInput {
        photo: Some(Clean::new("a.jpg")),
        ..MoveInput::default()
    };
    let (finish, township) = (MoveId::new("finish"), who(Role::Township));
    let done = step(
        &case,
        &renamed,
        &township,
        (&finish, &shot),
        CaseContext::default(),
    );
    then(&mut case, &done.expect("it goes on"), Role::Township, 10);
    assert_eq!(
        (case.state.stage.as_str(), case.state.means.as_str()),
        ("sent", "closed")
    );
    assert!(!case.is_open());
}
