//! What came of an attempt, and what follows from it: another attempt, the next way, a person. Pure; called by the desk.

use crate::domain::fact::task::TaskFact;
use crate::domain::id::ChannelId;
use crate::domain::task::{Delivery, Task, WORRY_AFTER};
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Span};

/// An order waits for a way that is blocked this long; then it leaves by the next one, where there is one.
const PATIENCE: Span = Span::mins(1);

/// What came of one attempt to deliver, or why there was none.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// The channel took it; what it answered.
    Delivered(Clean),
    /// To be tried again not before this moment; why.
    Again(Clean, Moment),
    /// The way takes nothing from anyone until this moment; why.
    Blocked(Clean, Moment),
    /// No attempt: the way takes nothing from anyone until this moment; why.
    Waits(Clean, Moment),
    /// Refused for good; why.
    Refused(Clean),
    /// The letter left, and whether it was taken is not known; why.
    InDoubt(Clean),
    /// No attempt: its way is the telephone.
    Call,
}

/// The facts that follow from what came of an attempt by `way` that ended `at`; none where it no longer matters.
/// `next` is the way after it, where the unit has one.
pub fn follow(
    task: &Task,
    (way, at): (&ChannelId, Moment),
    outcome: Outcome,
    next: Option<&ChannelId>,
) -> Vec<TaskFact> {
    if let Outcome::Delivered(receipt) = outcome {
        let fact = TaskFact::Delivered { receipt };
        return Vec::from_iter(task.is_undelivered().then_some(fact));
    }
    if !task.is_leaving() || task.way != *way {
        return Vec::new();
    }
    let is_late = |again: Moment| task.limit().is_some_and(|limit| limit <= again);
    let is_long = |until: Moment| until - at >= PATIENCE || is_late(until);
    let fails = task.attempts().unwrap_or(0).saturating_add(1);
    let turns = match &outcome {
        Outcome::Refused(_) => true,
        Outcome::Again(_, again) => fails >= WORRY_AFTER || is_late(*again),
        Outcome::Blocked(_, until) | Outcome::Waits(_, until) => is_long(*until),
        Outcome::Delivered(_) | Outcome::InDoubt(_) | Outcome::Call => false,
    };
    let next = next.filter(|_| turns);
    let turned = next.map(|way| TaskFact::Routed { way: way.clone() });
    let own = match outcome {
        Outcome::Again(why, next) => TaskFact::Failed {
            why,
            next,
            blocks: false,
        },
        Outcome::Blocked(why, next) => TaskFact::Failed {
            why,
            next,
            blocks: true,
        },
        // Where it leaves by another way it need not wait for this one.
        Outcome::Waits(..) if turned.is_some() => return Vec::from_iter(turned),
        Outcome::Waits(why, next) => TaskFact::Waiting { why, next },
        Outcome::Refused(why) => TaskFact::Refused { why },
        Outcome::InDoubt(why) => TaskFact::Doubted { why },
        Outcome::Call => TaskFact::Call,
        Outcome::Delivered(receipt) => TaskFact::Delivered { receipt },
    };
    std::iter::once(own).chain(turned).collect()
}

/// The fact that an attempt begins by a way without a key; `None` where it is not to be sent any more.
pub fn begun(task: &Task) -> Option<TaskFact> {
    matches!(task.delivery, Delivery::Pending { .. }).then_some(TaskFact::Trying)
}

#[cfg(test)]
mod tests;
