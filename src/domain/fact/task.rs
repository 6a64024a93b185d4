//! What happens to a task (任务): an order and its way out.

use crate::domain::fact::pool::Pool;
use crate::domain::fact::pool::Share;
use crate::domain::fact::pool::share;
use crate::domain::id::CaseId;
use crate::domain::id::ChannelId;
use crate::domain::id::UnitId;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use serde::Deserialize;
use serde::Serialize;

/// What is ordered; a fact before anything is sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Order {
    /// The case it is for.
    pub case: CaseId,
    /// The unit it goes to.
    pub unit: UnitId,
    /// The unit's name at that time.
    pub unit_name: Clean,
    /// The person to call.
    pub contact: Clean,
    /// Their number.
    pub phone: Clean,
    /// The channel it goes out by.
    pub channel: ChannelId,
    /// What is to be done, where.
    pub text: Clean,
    /// By when it must be answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Moment>,
}

/// What happened to a task, as the ledger keeps it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum TaskFact {
    /// It was ordered.
    Ordered(Box<Order>),
    /// An attempt failed; it will be tried again.
    Failed {
        /// Why.
        why: Clean,
        /// Not before this moment.
        next: Moment,
    },
    /// The channel took it.
    Delivered {
        /// What the channel answered.
        receipt: Clean,
    },
    /// The channel refused it for good.
    Refused {
        /// Why.
        why: Clean,
    },
    /// It was withdrawn.
    Withdrawn,
    /// The unit answered, or a call was recorded.
    Answered {
        /// What kind.
        kind: Clean,
        /// The words.
        text: Clean,
    },
}

share!(Order: unit, unit_name, contact, phone, channel);

impl Share for TaskFact {
    fn share(&mut self, pool: &mut Pool) {
        match self {
            Self::Ordered(order) => order.share(pool),
            Self::Failed { why, .. } | Self::Refused { why } => why.share(pool),
            Self::Answered { kind, .. } => kind.share(pool),
            Self::Delivered { .. } | Self::Withdrawn => {}
        }
    }
}
