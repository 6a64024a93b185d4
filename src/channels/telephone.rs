//! `telephone`: the way out that always works. The operator reads the order out and records the call.

use crate::bench::check::Check;
use crate::bench::document::At;
use crate::channels::{Channel, Hand, Kind, Letter, LetterHead, Options, Receipt, Reminder, read};
use crate::domain::anchor::Anchor;
use crate::domain::task::Task;
use crate::domain::time::Moment;
use crate::net::{Ask, Response};
use schemars::JsonSchema;
use serde::Deserialize;

/// The row of this kind.
pub(super) const KIND: Kind = Kind {
    key: "telephone",
    says: "The telephone.",
    is_call: true,
    takes_anchors: false,
    shape: |generator| generator.subschema_for::<TelephoneRaw>(),
    read: |check, at, own| read(check, at, own, TelephoneRaw::check),
};

/// Orders by telephone: the operator calls and records it.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
struct TelephoneRaw {}

impl TelephoneRaw {
    #[expect(
        clippy::unnecessary_wraps,
        clippy::unused_self,
        reason = "the same form as the other kinds, so that the row of each reads alike"
    )]
    fn check(&self, _: &mut Check<'_>, _: &At) -> Option<Telephone> {
        Some(Telephone)
    }
}

/// A person with a telephone.
#[derive(Clone, Copy, Debug)]
pub(super) struct Telephone;

impl Options for Telephone {
    fn channel(&self, _: LetterHead) -> Box<dyn Channel> {
        Box::new(*self)
    }
}

impl Channel for Telephone {
    fn letter(&self, _: &Task, _: Moment) -> Letter {
        Letter::Call
    }

    fn reminder(&self, _: &Reminder<'_>, _: Hand<'_>, _: Moment) -> Letter {
        Letter::Call
    }

    fn anchor(&self, _: &Anchor, _: Moment) -> Option<Ask> {
        None
    }

    /// Nothing was sent, so nothing that comes back is a receipt.
    fn receipt(&self, reply: &Response) -> Receipt {
        Receipt::Refused(super::saying(reply))
    }

    fn has_key(&self) -> bool {
        false
    }

    fn per_minute(&self) -> Option<u32> {
        None
    }
}
