//! `telephone`: the way out that always works. The operator reads the order out and records the call.

use crate::channels::{Channel, Hand, Kind, Letter, Receipt, Reminder};
use crate::config::channel::ChannelOptions;
use crate::domain::anchor::Anchor;
use crate::domain::task::Task;
use crate::domain::time::Moment;
use crate::net::{Ask, Reply};

/// The row of this kind.
pub const KIND: Kind = Kind {
    key: "telephone",
    make: |options, _| matches!(options, ChannelOptions::Telephone).then(|| Box::new(Telephone) as _),
};

/// A person with a telephone.
struct Telephone;

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
    fn receipt(&self, reply: &Reply) -> Receipt {
        Receipt::Refused(super::saying(reply))
    }

    fn has_key(&self) -> bool {
        false
    }

    fn per_minute(&self) -> Option<u32> {
        None
    }
}
