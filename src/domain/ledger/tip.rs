//! The end of a ledger: its last entry by number and hash.

use std::fmt;

/// The hash of an entry (SHA-256), or of what stands before the first.
pub type Hash = [u8; 32];

/// What stands before the first entry.
pub const GENESIS: Hash = [0; 32];

/// The last entry of a ledger. Two ledgers with the same tip are the same up to there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tip {
    /// The last entry's place; 0 for none.
    pub seq: u64,
    /// Its hash.
    pub hash: Hash,
}

impl Default for Tip {
    fn default() -> Self {
        Self {
            seq: 0,
            hash: GENESIS,
        }
    }
}

/// The number and the first bytes of the hash: enough to tell two ledgers apart at a glance.
impl fmt::Display for Tip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [one, two, three, four, ..] = self.hash;
        write!(f, "{} {one:02x}{two:02x}{three:02x}{four:02x}", self.seq)
    }
}
