//! Tasks (任务): one order to one unit, its ways out and the answers that come back.
//!
//! An order leaves by one way at a time. A way that refuses it, or fails it too often, is followed by the next of its
//! unit's; after the last a person telephones. Where the letter left and nobody knows whether it was taken, a person
//! decides.

pub mod number;
pub mod outcome;

use crate::domain::fact::task::{Order, TaskFact};
use crate::domain::id::{ChannelId, TaskId};
use crate::domain::person::Actor;
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Span};

/// Attempts by one way after which the next is used, or a person should telephone instead; the outbox goes on trying.
pub const WORRY_AFTER: u32 = 3;

/// So many of the last words of its ways are kept.
const KEPT: usize = 20;

/// What is known of an attempt whose process was killed, or lost the lease, before it wrote down how it ended.
pub const CUT_OFF: &str = "cut off before its end was recorded";

/// How far an order has come on its way out.
#[derive(Clone, Debug, PartialEq)]
pub enum Delivery {
    /// Stored, and to be sent: for the first time, or again where a repeated letter does no harm.
    Pending {
        /// Attempts by its way that failed so far.
        attempts: u32,
        /// What the last one said.
        why: Clean,
        /// Not before this moment.
        next: Moment,
    },
    /// On the wire, by a way on which a repeated letter would be a second one.
    Trying {
        /// Since when.
        at: Moment,
        /// Attempts by its way that failed before.
        attempts: u32,
    },
    /// The letter left and nobody knows whether it was taken: a person asks the unit, or sends it again.
    InDoubt {
        /// Since when.
        at: Moment,
        /// What is known.
        why: Clean,
    },
    /// A person is to telephone it through.
    Call {
        /// Since when.
        at: Moment,
    },
    /// The channel took it.
    Delivered {
        /// When.
        at: Moment,
        /// What the channel answered.
        receipt: Clean,
    },
    /// The last way refused it for good; a person must see to it.
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

/// How the ways of an order have failed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failing {
    /// No way took it: refused for good, failed too often or too late, or handed on to the telephone.
    NoWay,
    /// Whether it was taken is not known.
    InDoubt,
}

/// What one way said to one attempt.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// Which way.
    pub way: ChannelId,
    /// When.
    pub at: Moment,
    /// The words.
    pub words: Clean,
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
    /// When a person last had it sent: ordered it, or sent it again.
    pub sent: Moment,
    /// The way it leaves by now.
    pub way: ChannelId,
    /// What its ways said to attempts that did not deliver it, oldest first; the last [`KEPT`].
    pub said: Vec<Said>,
    /// How far it has come.
    pub delivery: Delivery,
    /// By how much the clock was set since it was ordered.
    pub stepped: Span,
    /// When its first attempt ended, whatever came of it: it may have arrived from then on.
    pub tried: Option<Moment>,
    /// What came back, oldest first.
    pub answers: Vec<Answer>,
    /// Number of its last entry; actions carry it.
    pub version: u32,
}

/// Whether it tells that the order was on its way at least once.
fn is_attempt(fact: &TaskFact) -> bool {
    !matches!(
        fact,
        TaskFact::Ordered(_)
            | TaskFact::Withdrawn
            | TaskFact::Waiting { .. }
            | TaskFact::Routed { .. }
            | TaskFact::Call
    )
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
            way: order.channel.clone(),
            said: Vec::new(),
            order,
            ordered: at,
            sent: at,
            delivery,
            stepped: Span::ZERO,
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

    /// By when it must have arrived: the first of its loop's clocks, such as that for signing, or its deadline where that is
    /// sooner. A clock that had run out before it was ordered says nothing of its delivery.
    pub fn limit(&self) -> Option<Moment> {
        let clocks = self.order.clocks.iter().map(|(_, at)| *at);
        let ahead = clocks.filter(|at| *at > self.ordered);
        let first = ahead.chain(self.order.deadline).min();
        first.map(|limit| limit + self.stepped)
    }

    /// The clock was set by so much: its next attempt and its limit go with it.
    pub fn step(&mut self, by: Span) {
        self.stepped = self.stepped + by;
        if let Delivery::Pending { next, .. } = &mut self.delivery {
            *next = *next + by;
        }
    }

    /// Whether a person must see to its delivery: it failed too often or comes too late, was refused, is in doubt, or is
    /// to be telephoned; and nobody has answered.
    pub fn needs_person(&self) -> bool {
        match &self.delivery {
            Delivery::Pending { attempts, next, .. } => {
                *attempts >= WORRY_AFTER || self.limit().is_some_and(|limit| limit <= *next)
            }
            Delivery::Refused { .. } | Delivery::InDoubt { .. } | Delivery::Call { .. } => true,
            Delivery::Trying { .. } | Delivery::Delivered { .. } | Delivery::Withdrawn { .. } => false,
        }
    }

    /// How its ways have failed it, where a person must see to that. A unit that is telephoned in the first place is not
    /// failed by anything.
    pub fn failing(&self) -> Option<Failing> {
        let is_planned_call = matches!(self.delivery, Delivery::Call { .. }) && self.said.is_empty();
        if !self.needs_person() || is_planned_call {
            return None;
        }
        let doubted = matches!(self.delivery, Delivery::InDoubt { .. });
        Some(if doubted { Failing::InDoubt } else { Failing::NoWay })
    }

    /// What was last said against it where it has not arrived; else empty.
    pub fn why(&self) -> &str {
        match &self.delivery {
            Delivery::Pending { why, .. } | Delivery::Refused { why, .. } | Delivery::InDoubt { why, .. } => {
                why.as_str()
            }
            Delivery::Trying { .. }
            | Delivery::Call { .. }
            | Delivery::Delivered { .. }
            | Delivery::Withdrawn { .. } => "",
        }
    }

    /// Whether it has not reached its unit as far as is known, and was not taken back.
    pub fn is_undelivered(&self) -> bool {
        !matches!(
            self.delivery,
            Delivery::Delivered { .. } | Delivery::Withdrawn { .. }
        )
    }

    /// Whether the outbox has to do with it: it is to be sent, or was on the wire.
    pub fn is_leaving(&self) -> bool {
        matches!(self.delivery, Delivery::Pending { .. } | Delivery::Trying { .. })
    }

    /// Whether its unit still owes an answer: neither done, nor returned, nor withdrawn.
    pub fn is_outstanding(&self) -> bool {
        let is_end = |answer: &Answer| matches!(answer.kind.as_str(), "done" | "returned");
        !matches!(self.delivery, Delivery::Withdrawn { .. }) && !self.answers.iter().any(is_end)
    }

    /// Attempts by its way that failed so far, while it is leaving.
    pub fn attempts(&self) -> Option<u32> {
        match &self.delivery {
            Delivery::Pending { attempts, .. } | Delivery::Trying { attempts, .. } => Some(*attempts),
            Delivery::InDoubt { .. }
            | Delivery::Call { .. }
            | Delivery::Delivered { .. }
            | Delivery::Refused { .. }
            | Delivery::Withdrawn { .. } => None,
        }
    }

    fn hear(&mut self, words: &Clean, at: Moment) {
        if self.said.len() >= KEPT {
            self.said.remove(0);
        }
        self.said.push(Said {
            way: self.way.clone(),
            at,
            words: words.clone(),
        });
    }

    fn pend(&mut self, attempts: u32, why: Clean, next: Moment) {
        self.delivery = Delivery::Pending { attempts, why, next };
    }

    /// Takes one fact in. The only way a task changes.
    pub fn apply(&mut self, fact: &TaskFact, by: &Actor, at: Moment, version: u32) {
        self.version = version;
        if is_attempt(fact) {
            self.tried = self.tried.or(Some(at));
        }
        match fact {
            TaskFact::Ordered(_) => {}
            TaskFact::Failed { why, next, .. } => {
                if let Some(attempts) = self.attempts() {
                    self.hear(why, at);
                    self.pend(attempts.saturating_add(1), why.clone(), *next);
                }
            }
            TaskFact::Trying => {
                if let Some(attempts) = self.attempts() {
                    self.delivery = Delivery::Trying { at, attempts };
                }
            }
            TaskFact::Waiting { why, next } => {
                if let Some(attempts) = self.attempts() {
                    self.pend(attempts, why.clone(), *next);
                }
            }
            TaskFact::Routed { way } => {
                self.way = way.clone();
                if let Actor::Person(_) = by {
                    self.sent = at;
                }
                self.pend(0, Clean::default(), at);
            }
            TaskFact::Doubted { why } => {
                self.hear(why, at);
                self.delivery = Delivery::InDoubt { at, why: why.clone() };
            }
            TaskFact::Call => self.delivery = Delivery::Call { at },
            TaskFact::Delivered { receipt } => self.arrive(at, receipt),
            TaskFact::Refused { why } => {
                self.hear(why, at);
                self.delivery = Delivery::Refused { at, why: why.clone() };
            }
            TaskFact::Withdrawn => self.delivery = Delivery::Withdrawn { at },
            TaskFact::Answered {
                kind,
                text,
                at: own,
                photo,
            } => {
                // Whoever answers has got the order, whatever the channel said.
                if self.is_undelivered() {
                    self.arrive(at, kind);
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

    fn arrive(&mut self, at: Moment, receipt: &Clean) {
        let receipt = receipt.clone();
        self.delivery = Delivery::Delivered { at, receipt };
    }
}
