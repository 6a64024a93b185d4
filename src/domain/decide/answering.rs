//! What units answer (反馈), and whether it may be believed: it names an order of this ledger, comes from the unit that the
//! order went to, and is neither older than the order and its delivery nor ahead of the clock.

use crate::domain::fact::task::TaskFact;
use crate::domain::feed::{FlawKind, TaskAnswer};
use crate::domain::id::TaskId;
use crate::domain::ledger::Stream;
use crate::domain::state::State;
use crate::domain::task::{Answer, Delivery, Task, number};
use crate::domain::time::{Moment, Span};

/// How far a unit's clock and ours may lie apart, and how long a receipt may be under way; many write whole seconds.
const SLIP: Span = Span::secs(30);

/// What an answer names.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Named<'a> {
    /// An order in hand.
    Order(&'a Task),
    /// An order that left with its case; what is said to it was said to it then.
    Bygone,
}

/// The order that a number on the wire names; `None` where this ledger never made one of that number.
///
/// The number that people read names an order alone where it went out before there was another.
pub fn named<'a>(state: &'a State, number: &str) -> Option<Named<'a>> {
    let of_ledger = number::named(&state.genesis, number);
    let is_own = of_ledger.is_some();
    let id = of_ledger.unwrap_or_else(|| TaskId::new(number));
    if let Some(task) = state.tasks.get(&id) {
        return (task.number() == number).then_some(Named::Order(task));
    }
    let was = state.version(&Stream::Task(id)) > 0;
    (is_own || was).then_some(Named::Bygone)
}

/// Why an answer to `task` is not believed at `now`; `None` where it is.
pub fn doubt(task: &Task, answer: &TaskAnswer, now: Moment) -> Option<FlawKind> {
    if answer.unit != task.order.unit {
        return Some(FlawKind::OtherUnit);
    }
    if answer.at > now + SLIP {
        return Some(FlawKind::Future);
    }
    let since = arrived(task);
    let early = since.is_none_or(|since| answer.at + SLIP < since);
    early.then_some(FlawKind::TooEarly)
}

/// From when on the unit may have had it; `None` while it has not been delivered.
fn arrived(task: &Task) -> Option<Moment> {
    match &task.delivery {
        Delivery::Delivered { .. }
        | Delivery::Trying { .. }
        | Delivery::InDoubt { .. }
        | Delivery::Withdrawn { .. } => {
            let tried = task.tried.unwrap_or(task.ordered);
            Some(tried.max(task.ordered))
        }
        Delivery::Pending { .. } | Delivery::Call { .. } | Delivery::Refused { .. } => None,
    }
}

/// Whether that answer is recorded already. What was recorded before units' own times were kept is known by its words;
/// the same answer with a photo that was missing is a new one.
pub fn is_known(task: &Task, answer: &TaskAnswer) -> bool {
    let same = |known: &Answer| {
        known.kind == answer.kind
            && known.text == answer.text
            && (known.at == answer.at || known.at == known.heard)
            && (answer.photo.is_none() || known.photo == answer.photo)
    };
    task.answers.iter().any(same)
}

/// The unit answered. `None` where that is known already, or the order was withdrawn.
pub fn answered(task: &Task, answer: &TaskAnswer) -> Option<TaskFact> {
    let withdrawn = matches!(task.delivery, Delivery::Withdrawn { .. });
    (!withdrawn && !is_known(task, answer)).then(|| TaskFact::Answered {
        kind: answer.kind.clone(),
        text: answer.text.clone(),
        at: Some(answer.at),
        photo: answer.photo.clone(),
    })
}
