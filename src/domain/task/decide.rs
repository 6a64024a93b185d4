//! Decisions on one task: delivery, calls, answers, withdrawal. Pure; called by the desk and the outbox.

use crate::domain::refusal::Refusal;
use crate::domain::task::Delivery;
use crate::domain::task::Task;
use crate::domain::task::TaskFact;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::domain::time::Span;

/// Pauses after failed attempts; the last one repeats.
const PAUSES: &[Span] = &[
    Span::secs(5),
    Span::secs(30),
    Span::mins(2),
    Span::mins(10),
    Span::mins(30),
    Span::hours(1),
];

/// How long to wait after the attempt that follows `attempts` failed ones; `luck` in 0..1 spreads it by ± 10 %.
pub fn pause(attempts: u32, luck: f64) -> Span {
    let place = (attempts as usize).min(PAUSES.len() - 1);
    let base = PAUSES.get(place).copied().unwrap_or(Span::hours(1));
    Span::from_ms((base.ms() as f64 * (0.9 + 0.2 * luck.clamp(0.0, 1.0))) as i64)
}

/// Attempts after which a person should telephone instead; the outbox goes on trying.
pub const WORRY_AFTER: u32 = 3;

/// Whether a person must see to its delivery: refused, or failed too often.
pub fn worries(task: &Task) -> bool {
    match &task.delivery {
        Delivery::Pending { attempts, .. } => *attempts >= WORRY_AFTER,
        Delivery::Refused { .. } => true,
        Delivery::Delivered { .. } | Delivery::Withdrawn { .. } => false,
    }
}

/// The channel took it. `None` where that is known.
pub fn delivered(task: &Task, receipt: Clean) -> Option<TaskFact> {
    is_pending(task).then_some(TaskFact::Delivered { receipt })
}

/// An attempt failed. `None` where it no longer matters.
pub fn failed(task: &Task, why: Clean, next: Moment) -> Option<TaskFact> {
    is_pending(task).then_some(TaskFact::Failed { why, next })
}

/// The channel refused it for good. `None` where it no longer matters.
pub fn refused(task: &Task, why: Clean) -> Option<TaskFact> {
    is_pending(task).then_some(TaskFact::Refused { why })
}

/// A person telephoned it through; also after the channel refused or kept failing.
///
/// # Errors
/// It was withdrawn.
pub fn called(task: &Task, words: Clean) -> Result<TaskFact, Refusal> {
    match task.delivery {
        Delivery::Pending { .. } | Delivery::Refused { .. } => Ok(TaskFact::Delivered { receipt: words }),
        Delivery::Delivered { .. } => Ok(TaskFact::Answered {
            kind: Clean::new("call"),
            text: words,
        }),
        Delivery::Withdrawn { .. } => Err(Refusal::Withdrawn(task.id.clone())),
    }
}

/// The unit answered. `None` where the same answer is there already; an answer proves delivery by itself.
pub fn answered(task: &Task, kind: Clean, text: Clean) -> Option<TaskFact> {
    let known = task
        .answers
        .iter()
        .any(|answer| answer.kind == kind && answer.text == text);
    let withdrawn = matches!(task.delivery, Delivery::Withdrawn { .. });
    (!known && !withdrawn).then_some(TaskFact::Answered { kind, text })
}

/// It is withdrawn.
///
/// # Errors
/// It was answered or withdrawn already.
pub fn withdraw(task: &Task) -> Result<TaskFact, Refusal> {
    if let Delivery::Withdrawn { .. } = task.delivery {
        return Err(Refusal::Withdrawn(task.id.clone()));
    }
    match task.answers.last() {
        Some(answer) => Err(Refusal::Answered {
            kind: answer.kind.clone(),
            at: answer.at,
        }),
        None => Ok(TaskFact::Withdrawn),
    }
}

fn is_pending(task: &Task) -> bool {
    matches!(task.delivery, Delivery::Pending { .. })
}
