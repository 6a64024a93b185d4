//! Tasks (任务): one order to one unit, its way out and the answers that come back.

pub mod answering;
pub mod decide;
pub mod number;

use crate::domain::fact::task::Order;
use crate::domain::fact::task::TaskFact;
use crate::domain::id::TaskId;
use crate::domain::text::Clean;
use crate::domain::time::Moment;

/// Attempts after which a person should telephone instead; the outbox goes on trying.
const WORRY_AFTER: u32 = 3;

/// How far an order has come on its way out.
#[derive(Clone, Debug, PartialEq)]
pub enum Delivery {
    /// Stored, not yet sent, or sent without a known outcome.
    Pending {
        /// Attempts that failed so far.
        attempts: u32,
        /// What the last one said.
        why: Clean,
        /// Not before this moment.
        next: Moment,
    },
    /// The channel took it.
    Delivered {
        /// When.
        at: Moment,
        /// What the channel answered.
        receipt: Clean,
    },
    /// The channel refused it for good; a person must see to it.
    Refused {
        /// When.
        at: Moment,
        /// Why.
        why: Clean,
    },
    /// It was withdrawn before it was answered.
    Withdrawn {
        /// When.
        at: Moment,
    },
}

/// An answer of the unit, or of a call.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// When, by the unit's own clock where it said so.
    pub at: Moment,
    /// When it was heard.
    pub heard: Moment,
    /// What kind: `received`, `on_scene`, `done`, `returned`, or `call` for a recorded call.
    pub kind: Clean,
    /// The words.
    pub text: Clean,
    /// A photo: an address.
    pub photo: Option<Clean>,
}

/// An order on its way.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// Its number in the room, which people read.
    pub id: TaskId,
    /// What is ordered.
    pub order: Order,
    /// When it was ordered.
    pub ordered: Moment,
    /// How far it has come.
    pub delivery: Delivery,
    /// When its first attempt ended, whatever came of it: it may have arrived from then on.
    pub tried: Option<Moment>,
    /// What came back, oldest first.
    pub answers: Vec<Answer>,
    /// Number of its last entry; actions carry it.
    pub version: u32,
}

impl Task {
    /// The task that an `Ordered` makes.
    pub fn ordered(id: TaskId, order: Order, at: Moment, version: u32) -> Self {
        let delivery = Delivery::Pending {
            attempts: 0,
            why: Clean::default(),
            next: at,
        };
        Self {
            id,
            order,
            ordered: at,
            delivery,
            tried: None,
            answers: Vec::new(),
            version,
        }
    }

    /// Its number on the wire: unique in the world, or that of the room where it is older than such numbers.
    pub fn number(&self) -> &str {
        if self.order.key.is_empty() {
            self.id.as_str()
        } else {
            self.order.key.as_str()
        }
    }

    /// Whether a person must see to its delivery: refused for good, or failed too often, and nobody has answered.
    pub fn needs_person(&self) -> bool {
        match &self.delivery {
            Delivery::Pending { attempts, .. } => *attempts >= WORRY_AFTER,
            Delivery::Refused { .. } => true,
            Delivery::Delivered { .. } | Delivery::Withdrawn { .. } => false,
        }
    }

    /// Whether it has not reached its unit: on its way, or refused and not yet called by telephone.
    pub fn is_undelivered(&self) -> bool {
        matches!(self.delivery, Delivery::Pending { .. } | Delivery::Refused { .. })
    }

    /// Whether its unit still owes an answer: neither done, nor returned, nor withdrawn.
    pub fn is_outstanding(&self) -> bool {
        let is_end = |answer: &Answer| matches!(answer.kind.as_str(), "done" | "returned");
        !matches!(self.delivery, Delivery::Withdrawn { .. }) && !self.answers.iter().any(is_end)
    }

    /// Takes one fact in. The only way a task changes.
    pub fn apply(&mut self, fact: &TaskFact, at: Moment, version: u32) {
        self.version = version;
        if !matches!(fact, TaskFact::Ordered(_) | TaskFact::Withdrawn) {
            self.tried = self.tried.or(Some(at));
        }
        match fact {
            TaskFact::Ordered(_) => {}
            TaskFact::Failed { why, next } => {
                let attempts = match &self.delivery {
                    Delivery::Pending { attempts, .. } => attempts.saturating_add(1),
                    Delivery::Delivered { .. } | Delivery::Refused { .. } | Delivery::Withdrawn { .. } => {
                        return;
                    }
                };
                self.delivery = Delivery::Pending {
                    attempts,
                    why: why.clone(),
                    next: *next,
                };
            }
            TaskFact::Delivered { receipt } => {
                self.delivery = Delivery::Delivered {
                    at,
                    receipt: receipt.clone(),
                }
            }
            TaskFact::Refused { why } => self.delivery = Delivery::Refused { at, why: why.clone() },
            TaskFact::Withdrawn => self.delivery = Delivery::Withdrawn { at },
            TaskFact::Answered {
                kind,
                text,
                at: own,
                photo,
            } => {
                // Whoever answers has got the order, whatever the channel said.
                if matches!(self.delivery, Delivery::Pending { .. } | Delivery::Refused { .. }) {
                    self.delivery = Delivery::Delivered {
                        at,
                        receipt: kind.clone(),
                    };
                }
                self.answers.push(Answer {
                    at: own.unwrap_or(at),
                    heard: at,
                    kind: kind.clone(),
                    text: text.clone(),
                    photo: photo.clone(),
                });
            }
        }
    }
}
