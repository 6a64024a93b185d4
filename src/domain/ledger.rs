//! The ledger (台账): the entries that carry facts. A fact says what happened, never what to do; what follows from all of
//! them is in [`crate::domain::state`].

mod stream;
mod tip;

use crate::domain::fact::Fact;
use crate::domain::id::SeatId;
use crate::domain::person::Actor;
use crate::domain::time::Moment;

pub use stream::Stream;
pub use tip::{GENESIS, Hash, Tip};

/// A fact about to be appended.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// What it is about.
    pub stream: Stream,
    /// The number of the stream's last entry as the decision saw it; 0 for none.
    pub expect: u32,
    /// When it was decided.
    pub at: Moment,
    /// Who decided.
    pub by: Actor,
    /// At which seat; `None` for the desk.
    pub seat: Option<SeatId>,
    /// What happened.
    pub fact: Fact,
}

/// A stored fact.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its place in the whole ledger: 1, 2, 3 … without gaps.
    pub seq: u64,
    /// What it is about.
    pub stream: Stream,
    /// Its place in the stream: 1, 2, 3 … without gaps.
    pub nth: u32,
    /// When it was decided.
    pub at: Moment,
    /// Who decided.
    pub by: Actor,
    /// At which seat.
    pub seat: Option<SeatId>,
    /// What happened.
    pub fact: Fact,
    /// SHA-256 over the hash before it and its stored bytes.
    pub hash: Hash,
}

impl Entry {
    /// Its number and hash.
    pub fn tip(&self) -> Tip {
        Tip {
            seq: self.seq,
            hash: self.hash,
        }
    }
}
