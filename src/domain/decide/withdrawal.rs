//! An order is withdrawn (撤回): its case goes back to where it is sent anew, unless another order of the same sending
//! stands. An order of an earlier sending says nothing of the stage any more.

use crate::domain::case::Case;
use crate::domain::decide::engine;
use crate::domain::fact::case::{CaseFact, MoveInput};
use crate::domain::id::{MoveId, TaskId};
use crate::domain::playbook::{Playbook, Trigger};
use crate::domain::text::Clean;

/// The step that the withdrawal of `order` makes; `None` where no step waits for it here, or another order of that
/// sending `stands`.
pub fn withdrawn(
    case: &Case,
    playbook: &Playbook,
    order: &TaskId,
    stands: impl Fn(&TaskId) -> bool,
) -> Option<CaseFact> {
    let sent = sent(case, playbook);
    let others = sent.iter().any(|other| *other != order && stands(other));
    if others || !sent.contains(&order) {
        return None;
    }
    let given = MoveInput {
        comment: Clean::new(order.as_str()),
        ..MoveInput::default()
    };
    engine::triggered(case, playbook, &Trigger::Withdrawal, given)
}

/// The orders of the last sending: that of the last step which dispatched into a stage, and the further ones since.
fn sent<'a>(case: &'a Case, playbook: &Playbook) -> Vec<&'a TaskId> {
    let sends = |id: &MoveId| {
        let step = playbook.step(id);
        step.is_some_and(|step| step.dispatches && step.to.is_some())
    };
    let begins = |fact: &CaseFact| matches!(fact, CaseFact::Moved { step, .. } if sends(step));
    let Some(first) = case.timeline.iter().rposition(|line| begins(&line.fact)) else {
        return Vec::new();
    };
    let orders = case.timeline.iter().skip(first);
    let order = |fact: &'a CaseFact| {
        let CaseFact::Ordered { task } = fact else {
            return None;
        };
        Some(task)
    };
    orders.filter_map(|line| order(&line.fact)).collect()
}
