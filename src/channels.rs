//! Channels: ways out for an order, as pure letter/receipt pairs. One way a file, one row in [`CHANNELS`].

use crate::domain::task::Task;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::domain::time::Span;
use crate::net::Ask;
use crate::net::Reply;

/// How an order leaves by a channel.
#[derive(Clone, Debug, PartialEq)]
pub enum Letter {
    /// By HTTP.
    Send(Box<Ask>),
    /// By a person: the operator telephones and records the call.
    Call,
}

/// What came of a letter.
#[derive(Clone, Debug, PartialEq)]
pub enum Receipt {
    /// The channel took it; what it answered.
    Delivered(Clean),
    /// Not now: why, and how long to wait at least, if told.
    Retry(Clean, Option<Span>),
    /// Never: why.
    Refused(Clean),
}

/// One configured way out. Object-safe and without async.
pub trait Channel: Send + Sync {
    /// The letter for `task`, signed for `now`. The same task always carries the same idempotency key.
    fn letter(&self, task: &Task, now: Moment) -> Letter;

    /// Reads what came back.
    fn receipt(&self, reply: &Reply) -> Receipt;

    /// Most letters a minute; `None` where there is no limit.
    fn per_minute(&self) -> Option<u32>;
}
