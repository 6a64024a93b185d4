//! The loops that ship, driven by the engine: every scenario of `fixtures/desk`, every transition, and random walks.

#![expect(
    clippy::indexing_slicing,
    clippy::expect_used,
    reason = "a test says why by failing"
)]

#[path = "scenarios/random.rs"]
mod random;
#[path = "scenarios/script.rs"]
mod script;
#[path = "scenarios/walk.rs"]
mod walk;

use lookout::config::playbook::embedded;
use lookout::domain::person::Role;
use std::collections::BTreeSet;

#[test]
fn every_scenario_goes_as_written_and_every_transition_is_in_one() {
    let mut missing = Vec::new();
    for playbook in embedded() {
        let mut made = BTreeSet::new();
        for scenario in script::scenarios(&playbook) {
            let mut walk = scenario.begin(&playbook);
            for line in &scenario.steps {
                eprintln!("{}: {}: {line}", playbook.id, scenario.name);
                script::perform(&mut walk, line);
            }
            walk.replays();
            made.extend(walk.made);
        }
        let all = playbook.moves.iter().flat_map(|m| {
            m.from
                .iter()
                .map(move |from| (m.id.to_string(), from.to_string()))
        });
        missing.extend(
            all.filter(|way| !made.contains(way))
                .map(|way| (playbook.id.clone(), way)),
        );
    }
    assert_eq!(missing, Vec::new(), "transitions in no scenario");
}

#[test]
fn every_open_stage_has_a_limit_with_somebody_it_is_brought_to_and_something_to_do() {
    for playbook in embedded() {
        for stage in playbook.stages.iter().filter(|stage| !stage.closed) {
            let limit = stage.limit.as_ref();
            let brought = limit.is_some_and(|limit| !limit.escalate.is_empty());
            assert!(brought, "{}: {}", playbook.id, stage.id);
            let lines = stage.checklist.len();
            assert!(
                (1..=4).contains(&lines),
                "{}: {} has {lines} lines",
                playbook.id,
                stage.id
            );
        }
    }
}

#[test]
fn nobody_outside_the_room_closes_a_matter_and_viewers_change_nothing() {
    let outside = [Role::Viewer, Role::Township, Role::Member, Role::Maintenance];
    for playbook in embedded() {
        for step in &playbook.moves {
            let to = step.to.as_ref().and_then(|to| playbook.stage(to));
            let theirs = step.roles.iter().any(|role| outside.contains(role));
            let closes = to.is_some_and(|stage| stage.closed);
            assert!(!(closes && theirs), "{}: {}", playbook.id, step.id);
            assert!(
                !step.roles.contains(&Role::Viewer),
                "{}: {}",
                playbook.id,
                step.id
            );
        }
    }
}

#[test]
fn a_suspicion_of_falsification_sends_no_order_out_of_the_room() {
    let all = embedded();
    let suspicion = all.iter().find(|p| p.id.as_str() == "falsification");
    let suspicion = suspicion.expect("it ships");
    assert!(!suspicion.is_seen_by(Role::Operator) && !suspicion.is_seen_by(Role::Township));
    assert!(suspicion.moves.iter().all(|step| !step.dispatches));
}

/// Walks of all loops until that many steps are made; no transition is left that none of them made.
fn walk_at_random(least: usize) {
    let all = embedded();
    let mut made: BTreeSet<(String, String, String)> = BTreeSet::new();
    let walks = least.div_ceil(random::LENGTH * all.len());
    for playbook in &all {
        for seed in 0..walks as u64 {
            let ways = random::walk(playbook, seed).into_iter();
            made.extend(ways.map(|(step, from)| (playbook.id.to_string(), step, from)));
        }
    }
    let every = all.iter().flat_map(|playbook| {
        let ways = playbook
            .moves
            .iter()
            .flat_map(|step| step.from.iter().map(move |from| (step, from)));
        ways.map(|(step, from)| (playbook.id.to_string(), step.id.to_string(), from.to_string()))
    });
    let never: Vec<_> = every.filter(|way| !made.contains(way)).collect();
    assert_eq!(never, Vec::new(), "never walked");
}

#[test]
fn no_random_walk_of_a_million_steps_leaves_its_loop_or_loses_a_clock() {
    walk_at_random(1_000_000);
}
