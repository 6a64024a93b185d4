//! Task facts as stored.

use crate::domain::task::Order;
use crate::domain::task::TaskFact;
use crate::domain::time::Moment;
use crate::store::rows::Stored;
use crate::store::rows::form::Nothing;
use crate::store::rows::form::Pool;
use crate::store::rows::form::Text;
use crate::store::rows::form::read;
use crate::store::rows::form::stored;
use crate::store::rows::form::unknown;
use serde::Deserialize;
use serde::Serialize;

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OrderRow {
    case: Text,
    unit: Text,
    unit_name: Text,
    contact: Text,
    phone: Text,
    channel: Text,
    text: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    deadline: Option<i64>,
}

impl OrderRow {
    pub(super) fn of(order: &Order) -> Self {
        Self {
            case: Text::of(&order.case),
            unit: Text::of(&order.unit),
            unit_name: Text::of(&order.unit_name),
            contact: Text::of(&order.contact),
            phone: Text::of(&order.phone),
            channel: Text::of(&order.channel),
            text: Text::of(&order.text),
            deadline: order.deadline.map(Moment::ms),
        }
    }

    pub(super) fn back(self, pool: &mut Pool) -> Order {
        Order {
            case: self.case.back(),
            unit: pool.share(self.unit).into(),
            unit_name: pool.share(self.unit_name),
            contact: pool.share(self.contact),
            phone: pool.share(self.phone),
            channel: pool.share(self.channel).into(),
            text: self.text.back(),
            deadline: self.deadline.map(Moment::from_ms),
        }
    }
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Failed {
    why: Text,
    next: i64,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Delivered {
    receipt: Text,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Refused {
    why: Text,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Answered {
    kind: Text,
    text: Text,
}

pub(super) fn encode(fact: &TaskFact) -> Stored {
    match fact {
        TaskFact::Ordered(order) => stored("task.ordered", &OrderRow::of(order)),
        TaskFact::Failed { why, next } => {
            let (why, next) = (Text::of(why), next.ms());
            stored("task.failed", &Failed { why, next })
        }
        TaskFact::Delivered { receipt } => {
            let receipt = Text::of(receipt);
            stored("task.delivered", &Delivered { receipt })
        }
        TaskFact::Refused { why } => stored("task.refused", &Refused { why: Text::of(why) }),
        TaskFact::Withdrawn => stored("task.withdrawn", &Nothing {}),
        TaskFact::Answered { kind, text } => {
            let (kind, text) = (Text::of(kind), Text::of(text));
            stored("task.answered", &Answered { kind, text })
        }
    }
}

pub(super) fn decode(kind: (&str, u32), json: &str, pool: &mut Pool) -> Result<TaskFact, String> {
    Ok(match kind {
        ("task.ordered", 1) => TaskFact::Ordered(Box::new(read::<OrderRow>(json)?.back(pool))),
        ("task.failed", 1) => {
            let row: Failed = read(json)?;
            TaskFact::Failed {
                why: pool.share(row.why),
                next: Moment::from_ms(row.next),
            }
        }
        ("task.delivered", 1) => TaskFact::Delivered {
            receipt: read::<Delivered>(json)?.receipt.back(),
        },
        ("task.refused", 1) => TaskFact::Refused {
            why: pool.share(read::<Refused>(json)?.why),
        },
        ("task.withdrawn", 1) => read::<Nothing>(json).map(|_| TaskFact::Withdrawn)?,
        ("task.answered", 1) => {
            let row: Answered = read(json)?;
            TaskFact::Answered {
                kind: pool.share(row.kind),
                text: row.text.back(),
            }
        }
        _ => return Err(unknown(kind)),
    })
}
