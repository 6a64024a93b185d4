//! Decisions on one task: pauses, calls, answers, another way, withdrawal. Pure; called by the desk and the outbox.

use crate::domain::decide::refusal::Refusal;
use crate::domain::fact::task::TaskFact;
use crate::domain::id::ChannelId;
use crate::domain::task::{Delivery, Task};
use crate::domain::text::Clean;
use crate::domain::time::Span;

/// Pauses after failed attempts; the last one repeats.
const PAUSES: &[Span] = &[
    Span::secs(3),
    Span::secs(12),
    Span::mins(1),
    Span::mins(5),
    Span::mins(20),
    Span::hours(1),
];

/// Pauses after answers that may pass, such as 401, 404 or a redirect: so many, and then the way has refused it.
const DOUBTFUL_PAUSES: &[Span] = &[Span::secs(30), Span::mins(2)];

/// How long to wait after the attempt that follows `attempts` failed ones; `luck` in 0..1 spreads it by ± 10 %.
pub fn pause(attempts: u32, luck: f64) -> Span {
    let place = (attempts as usize).min(PAUSES.len() - 1);
    spread(PAUSES.get(place).copied().unwrap_or(Span::hours(1)), luck)
}

/// The same where it is not known whether the way will ever take it; `None` once it was tried often enough.
pub fn bounded_pause(attempts: u32, luck: f64) -> Option<Span> {
    let pause = DOUBTFUL_PAUSES.get(attempts as usize)?;
    Some(spread(*pause, luck))
}

fn spread(base: Span, luck: f64) -> Span {
    Span::from_ms((base.ms() as f64 * (0.9 + 0.2 * luck.clamp(0.0, 1.0))) as i64)
}

/// A person has it sent by `way`: again, or by another one.
///
/// # Errors
/// It was withdrawn, has arrived, or is on the wire.
pub fn routed(task: &Task, way: ChannelId) -> Result<TaskFact, Refusal> {
    match task.delivery {
        Delivery::Pending { .. }
        | Delivery::InDoubt { .. }
        | Delivery::Call { .. }
        | Delivery::Refused { .. } => Ok(TaskFact::Routed { way }),
        Delivery::Trying { .. } | Delivery::Delivered { .. } => Err(Refusal::OnTheWay(task.id.clone())),
        Delivery::Withdrawn { .. } => Err(Refusal::Withdrawn(task.id.clone())),
    }
}

/// A person telephoned it through; also after its ways refused or kept failing, or in doubt.
///
/// # Errors
/// It was withdrawn.
pub fn called(task: &Task, words: Clean) -> Result<TaskFact, Refusal> {
    match task.delivery {
        Delivery::Pending { .. }
        | Delivery::Trying { .. }
        | Delivery::InDoubt { .. }
        | Delivery::Call { .. }
        | Delivery::Refused { .. } => Ok(TaskFact::Delivered { receipt: words }),
        Delivery::Delivered { .. } => Ok(told(Clean::new("call"), words)),
        Delivery::Withdrawn { .. } => Err(Refusal::Withdrawn(task.id.clone())),
    }
}

/// Whether an answer of the unit may be recorded, whatever it says.
///
/// # Errors
/// It was withdrawn.
pub fn may_answer(task: &Task) -> Result<(), Refusal> {
    match task.delivery {
        Delivery::Withdrawn { .. } => Err(Refusal::Withdrawn(task.id.clone())),
        Delivery::Pending { .. }
        | Delivery::Trying { .. }
        | Delivery::InDoubt { .. }
        | Delivery::Call { .. }
        | Delivery::Delivered { .. }
        | Delivery::Refused { .. } => Ok(()),
    }
}

/// A person was told the unit's answer; it proves delivery by itself.
///
/// # Errors
/// It was withdrawn, or the same answer is there already.
pub fn answered(task: &Task, kind: Clean, text: Clean) -> Result<TaskFact, Refusal> {
    may_answer(task)?;
    let mut known = task.answers.iter();
    if known.any(|answer| answer.kind == kind && answer.text == text) {
        return Err(Refusal::SameAnswer(task.id.clone()));
    }
    Ok(told(kind, text))
}

/// What a person was told, when they write it down.
fn told(kind: Clean, text: Clean) -> TaskFact {
    TaskFact::Answered {
        kind,
        text,
        at: None,
        photo: None,
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fact::task::Order;
    use crate::domain::id::{CaseId, ChannelId, TaskId, UnitId};
    use crate::domain::person::Actor;
    use crate::domain::time::Moment;

    const NOON: Moment = Moment::from_ms(1_790_000_000_000);

    fn task() -> Task {
        let order = Order {
            case: CaseId::new("F1"),
            unit: UnitId::new("u"),
            unit_name: Clean::new("unit"),
            channel: ChannelId::new("hook"),
            text: Clean::new("go"),
            ..Order::default()
        };
        Task::ordered(TaskId::new("F1.1"), order, NOON, 1)
    }

    fn then(fact: &TaskFact) -> Task {
        let mut task = task();
        task.apply(fact, &Actor::Desk, NOON + Span::mins(1), 2);
        task
    }

    fn receipt() -> TaskFact {
        TaskFact::Delivered {
            receipt: Clean::new("200"),
        }
    }

    #[test]
    fn pauses_grow_to_an_hour_and_chance_spreads_them_by_a_tenth() {
        let secs: Vec<i64> = (0..8).map(|n| pause(n, 0.5).as_secs()).collect();
        assert_eq!(secs, [3, 12, 60, 300, 1200, 3600, 3600, 3600]);
        assert_eq!(
            (pause(0, 0.0), pause(0, 1.0), pause(0, 7.0)),
            (Span::from_ms(2700), Span::from_ms(3300), Span::from_ms(3300))
        );
    }

    #[test]
    fn what_may_pass_is_tried_three_times_over_some_minutes() {
        let secs: Vec<_> = (0..4).map(|n| bounded_pause(n, 0.5).map(Span::as_secs)).collect();
        assert_eq!(secs, [Some(30), Some(120), None, None]);
    }

    #[test]
    fn an_answer_is_taken_once_and_proves_delivery() {
        let fact = answered(&task(), Clean::new("received"), Clean::default()).expect("it is new");
        let after = then(&fact);
        assert!(matches!(after.delivery, Delivery::Delivered { .. }));
        let again = answered(&after, Clean::new("received"), Clean::default());
        assert_eq!(again, Err(Refusal::SameAnswer(after.id.clone())));
    }

    #[test]
    fn an_order_is_withdrawn_until_it_is_answered_and_once() {
        let fact = withdraw(&then(&receipt())).expect("nobody answered");
        let gone = then(&fact);
        assert_eq!(withdraw(&gone), Err(Refusal::Withdrawn(gone.id.clone())));
        assert_eq!(
            called(&gone, Clean::new("rang")),
            Err(Refusal::Withdrawn(gone.id.clone()))
        );
        let late = answered(&gone, Clean::new("done"), Clean::default());
        assert_eq!(late, Err(Refusal::Withdrawn(gone.id.clone())));
        let heard = told(Clean::new("received"), Clean::default());
        assert!(matches!(withdraw(&then(&heard)), Err(Refusal::Answered { .. })));
    }

    #[test]
    fn a_call_delivers_what_was_not_and_is_noted_on_what_was() {
        let said = || Clean::new("spoke to the duty phone");
        assert_eq!(
            called(&task(), said()),
            Ok(TaskFact::Delivered { receipt: said() })
        );
        let noted = told(Clean::new("call"), said());
        assert_eq!(called(&then(&receipt()), said()), Ok(noted));
    }
}
