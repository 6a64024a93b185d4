//! The engine that runs every loop: steps, answers, taking back, merging. Pure; the playbook says what is allowed.
//!
//! How a case begins is in `opening`, its clock in `clock`, what it has been through in `walk`. Called by the desk; seats ask it what they may offer.

use crate::domain::case::counted::DUPLICATE;
use crate::domain::case::{Case, photo};
use crate::domain::decide::fields;
use crate::domain::decide::refusal::Refusal;
use crate::domain::fact::case::{CaseFact, Means, MoveInput};
use crate::domain::feed::TaskAnswer;
use crate::domain::id::{CaseId, MoveId, StageId, TaskId};
use crate::domain::ledger::Stream;
use crate::domain::person::{Actor, Operator, Role};
use crate::domain::playbook::{Move, Need, Playbook, Trigger, When};
use crate::domain::state::State;
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Span};

/// What is around a case that some steps wait for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CaseContext {
    /// Every alarm of the case has returned to normal.
    pub returned: bool,
    /// Every case that was opened under it, and under those, is closed: a cruise that has ended leaves its finds open.
    pub settled: bool,
}

impl CaseContext {
    /// As it is in `state`.
    pub fn of(state: &State, case: &Case) -> Self {
        let lasts = |id| state.alarms.get(id).is_some_and(|alarm| alarm.active);
        Self {
            returned: !case.alarms.iter().any(lasts),
            settled: !state.below(&case.id).iter().any(|under| under.is_open()),
        }
    }

    /// Whether a step may be made by what it waits for.
    fn lets(self, case: &Case, step: &Move) -> Result<(), Refusal> {
        let met = match step.when {
            When::Always => true,
            When::Late => case.state.late.is_some(),
            When::Returned => self.returned,
            When::Settled => self.settled,
        };
        if met {
            Ok(())
        } else {
            Err(Refusal::NotYet(step.when))
        }
    }
}

/// The moves that `by` may make now, in the playbook's order.
pub fn offered<'a>(
    case: &'a Case,
    playbook: &'a Playbook,
    by: &'a Operator,
    context: CaseContext,
) -> impl Iterator<Item = &'a Move> {
    playbook
        .moves_from(case.stage_in(playbook))
        .filter(move |step| allowed(case, step, by, context).is_ok())
}

/// The moves of the present stage that `by` may not make now, each with the reason, in the playbook's order.
pub fn blocked<'a>(
    case: &'a Case,
    playbook: &'a Playbook,
    by: &'a Operator,
    context: CaseContext,
) -> impl Iterator<Item = (&'a Move, Refusal)> {
    let moves = playbook.moves_from(case.stage_in(playbook));
    moves.filter_map(move |step| Some((step, allowed(case, step, by, context).err()?)))
}

/// Whether `by` may make `step` of the case's loop now, whatever is given with it.
///
/// # Errors
/// The stage, the role, or what it waits for does not allow it.
pub fn may(
    (case, playbook): (&Case, &Playbook),
    step: &Move,
    by: &Operator,
    context: CaseContext,
) -> Result<(), Refusal> {
    if !step.from.contains(case.stage_in(playbook)) {
        return Err(Refusal::WrongStage(case.state.stage.clone()));
    }
    allowed(case, step, by, context)
}

/// Whether a further order may go out for it: while it is open.
///
/// # Errors
/// It is closed.
pub fn may_order(case: &Case) -> Result<(), Refusal> {
    if case.is_open() {
        Ok(())
    } else {
        Err(Refusal::WrongStage(case.state.stage.clone()))
    }
}

fn allowed(case: &Case, step: &Move, by: &Operator, context: CaseContext) -> Result<(), Refusal> {
    if !step.roles.contains(&by.role) {
        return Err(Refusal::Role(by.role));
    }
    context.lets(case, step)?;
    if step.most.is_none() && step.not_by.is_none() {
        return Ok(());
    }
    let walk = case.walk();
    let often = walk.made_as(&step.id).count();
    if step.most.is_some_and(|most| often >= most as usize) {
        return Err(Refusal::Often(step.id.clone()));
    }
    let other = step.not_by.as_ref();
    let before = other.and_then(|other| walk.made_as(other).next_back());
    match before.map(|step| step.by) {
        Some(Actor::Person(who)) if *who == by.id => Err(Refusal::SameHand(who.clone())),
        Some(_) | None => Ok(()),
    }
}

/// One step along the playbook, made by a person.
///
/// # Errors
/// The stage, the role, the clock, or what is given does not allow it.
pub fn step(
    case: &Case,
    playbook: &Playbook,
    by: &Operator,
    (id, given): (&MoveId, &MoveInput),
    context: CaseContext,
) -> Result<CaseFact, Refusal> {
    let step = playbook
        .step(id)
        .ok_or_else(|| Refusal::Unknown(Clean::new(id.as_str())))?;
    may((case, playbook), step, by, context)?;
    for need in &step.needs {
        check_need(step, *need, given)?;
    }
    fields::check(playbook, &step.asks, &case.state.fields, &given.fields)?;
    Ok(moved(case, playbook, step, given.clone()))
}

/// The step that a unit's answer makes by itself; `None` where no step waits for it here, or that step needs a photo and
/// none came with it.
///
/// Else an answer is taken as it comes: what a person would have to give with the step (words, a reason) is asked for
/// where the matter is checked.
pub fn answered(case: &Case, playbook: &Playbook, answer: &TaskAnswer) -> Option<CaseFact> {
    let given = MoveInput {
        comment: answer.text.clone(),
        photo: answer.photo.clone(),
        at: Some(answer.at),
        ..MoveInput::default()
    };
    triggered(case, playbook, &Trigger::Answer(answer.kind.clone()), given)
}

/// Whether the case waits for a photo (待补照片): its unit's last answer would make a step that needs one, and none came.
pub fn awaits_photo(case: &Case, playbook: &Playbook, state: &State) -> bool {
    let task = case.tasks.last().and_then(|task| state.tasks.get(task));
    let Some(answer) = task.and_then(|task| task.answers.last()) else {
        return false;
    };
    let step = waiting(case, playbook, &Trigger::Answer(answer.kind.clone()));
    answer.photo.is_none() && step.is_some_and(|step| step.needs.contains(&Need::Photo))
}

/// The step that the arrival of an order makes; `None` where no step waits for it here.
pub fn delivered(case: &Case, playbook: &Playbook, order: &TaskId) -> Option<CaseFact> {
    let given = MoveInput {
        comment: Clean::new(order.as_str()),
        ..MoveInput::default()
    };
    triggered(case, playbook, &Trigger::Delivery, given)
}

/// The step that an alarm makes by joining the case, or by its return; `None` where no step waits for it here.
pub fn by_alarm(case: &Case, playbook: &Playbook, trigger: &Trigger, words: Clean) -> Option<CaseFact> {
    let given = MoveInput {
        comment: words,
        ..MoveInput::default()
    };
    triggered(case, playbook, trigger, given)
}

/// The step from the present stage that `trigger` makes, with what is given; none without a photo that it needs.
pub(super) fn triggered(
    case: &Case,
    playbook: &Playbook,
    trigger: &Trigger,
    given: MoveInput,
) -> Option<CaseFact> {
    let step = waiting(case, playbook, trigger)?;
    let bare = step.needs.contains(&Need::Photo) && given.photo.is_none();
    (!bare).then(|| moved(case, playbook, step, given))
}

/// The step from the present stage that something makes by itself.
fn waiting<'a>(case: &'a Case, playbook: &'a Playbook, trigger: &Trigger) -> Option<&'a Move> {
    let mut moves = playbook.moves_from(case.stage_in(playbook));
    moves.find(|step| step.by_itself.contains(trigger))
}

/// The step that a case makes with the one that it was opened under; `None` where no step waits for what its
/// stage means.
pub fn with_parent(case: &Case, playbook: &Playbook, parent: &Case) -> Option<CaseFact> {
    let given = MoveInput {
        comment: Clean::new(parent.id.as_str()),
        ..MoveInput::default()
    };
    triggered(
        case,
        playbook,
        &Trigger::Parent(parent.state.means.clone()),
        given,
    )
}

/// The step that time alone makes at `now`: a look-back that is due (回头看).
pub fn timed(case: &Case, playbook: &Playbook, now: Moment) -> Option<CaseFact> {
    case.state.again.filter(|again| *again <= now)?;
    let (step, _) = next_by_time(playbook, case.stage_in(playbook))?;
    Some(moved(case, playbook, step, MoveInput::default()))
}

/// The first step that time makes from `stage`, and after how long.
fn next_by_time<'a>(playbook: &'a Playbook, stage: &'a StageId) -> Option<(&'a Move, Span)> {
    let after = |step: &'a Move| {
        let span = step.by_itself.iter().find_map(|trigger| match trigger {
            Trigger::After(span) => Some(*span),
            Trigger::Alarm(_)
            | Trigger::Return(_)
            | Trigger::Answer(_)
            | Trigger::Delivery
            | Trigger::Withdrawal
            | Trigger::Parent(_) => None,
        });
        Some((step, span?))
    };
    playbook
        .moves_from(stage)
        .filter_map(after)
        .min_by_key(|(_, span)| *span)
}

fn moved(case: &Case, playbook: &Playbook, step: &Move, given: MoveInput) -> CaseFact {
    // A mere mark leaves the stage as it is, whatever the file calls it by now.
    let to = step.to.as_ref().unwrap_or(&case.state.stage);
    let there = playbook.stage(step.to.as_ref().unwrap_or(case.stage_in(playbook)));
    let means = Means {
        step: step.meaning().clone(),
        to: match (&step.to, there) {
            (None, _) => case.state.means.clone(),
            (Some(to), None) => to.clone(),
            (Some(_), Some(stage)) => stage.meaning().clone(),
        },
    };
    CaseFact::Moved {
        step: step.id.clone(),
        from: case.state.stage.clone(),
        to: to.clone(),
        closes: there.is_some_and(|stage| stage.closed),
        verdict: step.verdict.clone(),
        given: Box::new(given),
        again: next_by_time(playbook, to).map(|(_, span)| span),
        extends: step.extends,
        means: (means.step != step.id || means.to != *to).then(|| Box::new(means)),
    }
}

fn check_need(step: &Move, need: Need, given: &MoveInput) -> Result<(), Refusal> {
    let there = match need {
        Need::Reason => {
            let code = given.reason.as_ref().ok_or(Refusal::Needs(Need::Reason))?;
            if !step.reasons.iter().any(|reason| reason.code == *code) {
                return Err(Refusal::UnknownReason(code.clone()));
            }
            true
        }
        Need::Comment => !given.comment.is_empty(),
        Need::Unit => given.unit.is_some(),
        Need::Case => given.case.is_some(),
        Need::Photo => given
            .photo
            .as_ref()
            .is_some_and(|named| photo::names_one(named.as_str())),
    };
    if there { Ok(()) } else { Err(Refusal::Needs(need)) }
}

/// Takes the last step back: stage, clock, unit and verdict are as they were before it.
///
/// Only its maker or a leader may, and not once an order went out with or after it: that may have reached the unit at
/// any moment, so it is recalled by a step of the playbook, or withdrawn, which the unit is told. What no person may make,
/// such as what the course of an order makes, no person takes back: the order has arrived, or is withdrawn, still.
///
/// # Errors
/// Nothing was done by a person, it was somebody else's, or an order went out with it.
pub fn undo(case: &Case, playbook: &Playbook, by: &Operator) -> Result<CaseFact, Refusal> {
    let last = case.undoable.as_ref().ok_or(Refusal::NothingToUndo)?;
    let made = case.walk();
    let made = made.steps().last().and_then(|last| playbook.step(last.step));
    if made.is_some_and(|step| step.roles.is_empty()) {
        return Err(Refusal::NothingToUndo);
    }
    if last.by != Actor::Person(by.id.clone()) && by.role != Role::Leader {
        return Err(Refusal::NotYours(last.by.clone()));
    }
    if let Some(order) = &last.order {
        return Err(Refusal::OrderOut(order.clone()));
    }
    Ok(CaseFact::Reverted {
        from: case.state.stage.clone(),
        to: last.before.stage.clone(),
    })
}

/// Whether `case` may be merged into `into` (合并): another case of the same loop that was not merged away itself.
///
/// # Errors
/// There is no such case, it is the same one, of another loop, or it was merged already; the case to take instead is
/// named where there is one.
pub fn may_merge(state: &State, case: &Case, into: &CaseId) -> Result<(), Refusal> {
    if *into == case.id {
        return Err(Refusal::AlreadyIn(case.id.clone()));
    }
    let target = state
        .cases
        .get(into)
        .ok_or_else(|| Refusal::Gone(Stream::Case(into.clone())))?;
    if target.matter.playbook != case.matter.playbook {
        return Err(Refusal::Unknown(Clean::new(into.as_str())));
    }
    match merged_into(target) {
        Some(other) => Err(Refusal::AlreadyIn(other.clone())),
        None => Ok(()),
    }
}

/// The case that `case` was merged into, if it was.
pub fn merged_into(case: &Case) -> Option<&CaseId> {
    if case.state.verdict.as_ref().map(Clean::as_str) != Some(DUPLICATE) {
        return None;
    }
    let walk = case.walk();
    let merge = walk
        .steps()
        .iter()
        .rfind(|step| step.verdict == case.state.verdict.as_ref())?;
    merge.given.case.as_ref()
}

#[cfg(test)]
mod tests;
