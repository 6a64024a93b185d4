//! Whether a loop can be walked: every stage is reached from the first, and a closed one from every stage.

use crate::bench::check::Check;
use crate::bench::document::At;
use crate::bench::fault::FaultKind;
use crate::domain::case::counted::DUPLICATE;
use crate::domain::id::StageId;
use crate::domain::playbook::{Move, Need, Playbook, Trigger, When};
use std::collections::BTreeSet;

/// Reports what cannot be walked. The playbook's stages and moves stand in the order of the file.
pub(super) fn check(check: &mut Check<'_>, playbook: &Playbook) {
    let Some(first) = playbook.stages.first() else {
        return check.fault(&At::root().key("stage"), FaultKind::Empty);
    };
    let stage = |n: usize| At::root().key("stage").nth(n);
    if first.closed {
        check.fault(&stage(0).key("closed"), FaultKind::DeadEnd);
    }
    let reached = closure(playbook, BTreeSet::from([&first.id]), |step| {
        (step.from.as_slice(), step.to.as_slice())
    });
    let closed = playbook.stages.iter().filter(|s| s.closed).map(|s| &s.id);
    let closing = closure(playbook, closed.collect(), |step| {
        (step.to.as_slice(), step.from.as_slice())
    });
    for (n, each) in playbook.stages.iter().enumerate() {
        if !reached.contains(&each.id) {
            check.fault(&stage(n).key("id"), FaultKind::Lost(each.id.to_string()));
        }
        if !closing.contains(&each.id) {
            check.fault(&stage(n).key("id"), FaultKind::DeadEnd);
        }
    }
    for (n, step) in playbook.moves.iter().enumerate() {
        check_move(check, &At::root().key("move").nth(n), playbook, step);
    }
}

/// Every stage that moves lead to from `start`, each move taken from its first list to its second.
fn closure<'a>(
    playbook: &'a Playbook,
    start: BTreeSet<&'a StageId>,
    ends: impl Fn(&'a Move) -> (&'a [StageId], &'a [StageId]),
) -> BTreeSet<&'a StageId> {
    let mut found = start;
    loop {
        let before = found.len();
        for step in &playbook.moves {
            let (from, to) = ends(step);
            if from.iter().any(|stage| found.contains(stage)) {
                found.extend(to);
            }
        }
        if found.len() == before {
            return found;
        }
    }
}

fn check_move(check: &mut Check<'_>, at: &At, playbook: &Playbook, step: &Move) {
    let limited = |id: &StageId| playbook.stage(id).is_some_and(|stage| stage.limit.is_some());
    let runs_on = [
        ("when", step.when == When::Late),
        ("extends", step.extends.is_some()),
    ];
    for (key, _) in runs_on.iter().filter(|row| row.1) {
        if let Some(free) = step.from.iter().find(|id| !limited(id)) {
            check.fault(&at.key(key), FaultKind::Wants(format!("{free}: limit")));
        }
    }
    check_leaves(check, at, step);
    for (n, id) in step.from.iter().enumerate() {
        let line = check.document().line(&at.key("from")).unwrap_or(0);
        if step.from.iter().take(n).any(|other| other == id) {
            check.fault(&at.key("from").nth(n), FaultKind::Twice(id.to_string(), line));
        }
        let mut before = playbook.moves_from(id).take_while(|other| other.id != step.id);
        let taken = |trigger: &&Trigger| before.any(|other| other.by_itself.contains(trigger));
        if let Some(trigger) = step.by_itself.iter().find(taken) {
            let (key, what) = written(trigger);
            check.fault(&at.key(key), FaultKind::Twice(format!("{id}: {what}"), line));
        }
    }
    let duplicate = step.verdict.as_ref().is_some_and(|v| v.as_str() == DUPLICATE);
    if duplicate && !step.needs.contains(&Need::Case) {
        check.fault(
            &at.key("verdict"),
            FaultKind::Wants("needs = [\"case\"]".to_owned()),
        );
    }
}

/// What time, a return to normal or the case above makes must leave the stage: the desk would make it on every beat.
fn check_leaves(check: &mut Check<'_>, at: &At, step: &Move) {
    let stays = step.to.as_ref().is_none_or(|to| step.from.contains(to));
    let lasts = |trigger: &&Trigger| {
        matches!(
            trigger,
            Trigger::After(_) | Trigger::Return(_) | Trigger::Parent(_)
        )
    };
    if let Some(trigger) = step.by_itself.iter().find(lasts).filter(|_| stays) {
        let (key, _) = written(trigger);
        check.fault(&at.key(key), FaultKind::Wants("to".to_owned()));
    }
}

/// The key that a trigger stands under, and its value.
fn written(trigger: &Trigger) -> (&'static str, String) {
    match trigger {
        Trigger::Answer(kind) => ("answer", kind.to_string()),
        Trigger::Delivery => ("on_delivery", "true".to_owned()),
        Trigger::Withdrawal => ("on_withdrawal", "true".to_owned()),
        Trigger::After(span) => ("after", format!("{} s", span.as_secs())),
        Trigger::Alarm(code) => ("on_alarm", code.to_string()),
        Trigger::Return(code) => ("on_return", code.to_string()),
        Trigger::Parent(stage) => ("on_parent", stage.to_string()),
    }
}
