//! What is known of the ledger's chain of hashes: whether it was found whole, and whether what was kept of its state is
//! vouched for by it. Words are in `lang`.

use crate::domain::days::Days;
use crate::domain::ledger_fault::LedgerFault;
use crate::domain::time::Moment;

/// What is known of the chain.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chain {
    /// Why the state was folded anew from the entries although a snapshot was kept.
    pub distrust: Option<Distrust>,
    /// What the last verification found.
    pub checked: Checked,
    /// What it found of the readings of the days that are over.
    pub days: Days,
}

/// Why a snapshot was not taken for true.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Distrust {
    /// No entry vouches for any: an older program kept it, or the entry was taken out.
    Unvouched,
    /// It lies elsewhere than the one that is vouched for, or not on the chain.
    Place,
    /// Its bytes are not those that are vouched for.
    Bytes,
}

/// What a verification of the whole chain found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Checked {
    /// None has ended yet.
    #[default]
    Never,
    /// The first one is under way.
    Running,
    /// Every entry up to that one holds.
    Whole {
        /// The last entry that was looked at.
        upto: u64,
        /// When.
        at: Moment,
    },
    /// An entry does not hold, or their index is damaged.
    Broken {
        /// Which entry, and why: [`LedgerFault::Broken`]; of the index [`LedgerFault::Damaged`].
        fault: LedgerFault,
        /// When that was found.
        at: Moment,
    },
}

impl Chain {
    /// Whether nothing speaks against the chain.
    ///
    /// # Errors
    /// The entry that does not hold.
    pub fn holds(&self) -> Result<(), &LedgerFault> {
        match &self.checked {
            Checked::Broken { fault, .. } => Err(fault),
            Checked::Never | Checked::Running | Checked::Whole { .. } => Ok(()),
        }
    }
}
