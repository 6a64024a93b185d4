//! What must exist where a word says that something was done: in the ledger on the disk, beside it, or outside.

use crate::room::Room;
use lookout::domain::case::Case;
use lookout::domain::fact::Fact;
use lookout::domain::fact::room::RoomFact;
use lookout::domain::id::CaseId;
use lookout::domain::person::Actor;
use lookout::domain::playbook::meaning::{StageMeaning, curtailment, episode};
use lookout::domain::task::Delivery;
use lookout::store::{Ledger, Notes};

/// Something done, by what it leaves behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Effect {
    /// An order has arrived: its row of the outbox is delivered.
    Delivered,
    /// An enterprise knows: its notice has arrived, or a call to it is recorded.
    Told,
    /// A report went out: the ledger has its sum, and the store the text of that sum.
    Issued,
    /// An episode was issued, under an order number.
    Ordered,
    /// An episode is in force, or the limit of an enterprise that was told.
    InForce,
    /// Something a person did is in the ledger.
    Recorded,
    /// Somebody holds the lease of the collector.
    Collected,
}

impl Effect {
    /// Whether it is there.
    pub(crate) fn exists(self, room: &Room) -> bool {
        let (ledger, state) = (room.ledger(), room.state());
        let entries = || ledger.entries(0, usize::MAX).expect("the ledger can be read");
        let arrived = |case: &Case| {
            let own = state.tasks.values().filter(|task| task.order.case == case.id);
            own.into_iter()
                .any(|task| matches!(task.delivery, Delivery::Delivered { .. }))
        };
        let of = |playbook: &'static str| {
            let cases = state.cases.values();
            cases.filter(move |case| case.matter.playbook.as_str() == playbook)
        };
        let was = |case: &Case, stage: StageMeaning| case.walk().was_in(stage);
        match self {
            Self::Delivered => state
                .tasks
                .values()
                .any(|task| matches!(task.delivery, Delivery::Delivered { .. })),
            Self::Told => of("curtailment").any(|case| was(case, curtailment::NOTIFIED) && arrived(case)),
            Self::Issued => entries().iter().any(|entry| match &entry.fact {
                Fact::Room(RoomFact::Reported { digest, .. }) => {
                    let kept = ledger.filed(digest.as_str()).expect("the store can be read");
                    kept.is_some()
                }
                Fact::Room(_)
                | Fact::Alarm(_)
                | Fact::Case(_)
                | Fact::Task(_)
                | Fact::Notice(_)
                | Fact::Shift(_) => false,
            }),
            Self::Ordered => {
                of("episode").any(|case| was(case, episode::ISSUED) && !case.field("order_no").is_empty())
            }
            Self::InForce => {
                of("episode").any(|case| was(case, episode::IN_FORCE))
                    || of("curtailment").any(|case| was(case, curtailment::IN_FORCE) && arrived(case))
            }
            Self::Recorded => entries().iter().any(|entry| matches!(entry.by, Actor::Person(_))),
            Self::Collected => {
                let holder = ledger.collector().expect("the store can be read");
                holder.is_some()
            }
        }
    }
}

/// The first case of a loop.
pub(crate) fn first(room: &Room, playbook: &str) -> CaseId {
    let state = room.state();
    let own = state
        .cases
        .values()
        .find(|case| case.matter.playbook.as_str() == playbook);
    own.expect("a case of it").id.clone()
}
