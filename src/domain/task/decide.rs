//! Decisions on one task: delivery, calls, answers, withdrawal. Pure; called by the desk and the outbox.

use crate::domain::fact::task::TaskFact;
use crate::domain::refusal::Refusal;
use crate::domain::task::Delivery;
use crate::domain::task::Task;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
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

/// How long to wait after the attempt that follows `attempts` failed ones; `luck` in 0..1 spreads it by ± 10 %.
pub fn pause(attempts: u32, luck: f64) -> Span {
    let place = (attempts as usize).min(PAUSES.len() - 1);
    let base = PAUSES.get(place).copied().unwrap_or(Span::hours(1));
    Span::from_ms((base.ms() as f64 * (0.9 + 0.2 * luck.clamp(0.0, 1.0))) as i64)
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
        Delivery::Delivered { .. } => Ok(told(Clean::new("call"), words)),
        Delivery::Withdrawn { .. } => Err(Refusal::Withdrawn(task.id.clone())),
    }
}

/// A person was told the unit's answer. `None` where the same answer is there already; it proves delivery by itself.
pub fn answered(task: &Task, kind: Clean, text: Clean) -> Option<TaskFact> {
    let known = task
        .answers
        .iter()
        .any(|answer| answer.kind == kind && answer.text == text);
    let withdrawn = matches!(task.delivery, Delivery::Withdrawn { .. });
    (!known && !withdrawn).then(|| told(kind, text))
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

fn is_pending(task: &Task) -> bool {
    matches!(task.delivery, Delivery::Pending { .. })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fact::task::Order;
    use crate::domain::id::CaseId;
    use crate::domain::id::ChannelId;
    use crate::domain::id::TaskId;
    use crate::domain::id::UnitId;

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
        task.apply(fact, NOON + Span::mins(1), 2);
        task
    }

    fn receipt() -> TaskFact {
        TaskFact::Delivered {
            receipt: Clean::new("200"),
        }
    }

    #[test]
    fn delivered_after_delivered_is_nothing_and_so_is_a_late_failure() {
        let done = then(&receipt());
        assert_eq!(delivered(&done, Clean::new("200")), None);
        assert_eq!(failed(&done, Clean::new("500"), NOON), None);
        assert_eq!(refused(&done, Clean::new("404")), None);
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
    fn a_person_is_asked_after_three_failures_or_a_refusal() {
        let mut failing = task();
        for n in 0..3 {
            assert!(!failing.needs_person());
            let fact = failed(&failing, Clean::new("500"), NOON).expect("it is pending");
            failing.apply(&fact, NOON, 2 + n);
        }
        assert!(failing.needs_person());
        let why = Clean::new("no such robot");
        assert!(then(&TaskFact::Refused { why }).needs_person());
        assert!(!then(&receipt()).needs_person());
    }

    #[test]
    fn an_answer_is_taken_once_and_proves_delivery() {
        let fact = answered(&task(), Clean::new("received"), Clean::default()).expect("it is new");
        let after = then(&fact);
        assert!(matches!(after.delivery, Delivery::Delivered { .. }));
        assert_eq!(answered(&after, Clean::new("received"), Clean::default()), None);
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
        assert_eq!(answered(&gone, Clean::new("done"), Clean::default()), None);
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
