//! What a process found when it verified the chain, for every other process and for commands.

use crate::domain::chain::Checked;
use crate::domain::ledger_fault::LedgerFault;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use serde::Deserialize;
use serde::Serialize;

/// Where it is left.
pub(super) const CHAIN: &str = "chain";

/// What was found, as it is left.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ChainRow {
    /// When, in milliseconds.
    at: i64,
    /// The last entry that holds.
    upto: u64,
    /// The one that does not, and why.
    broken: Option<(u64, Clean)>,
}

impl ChainRow {
    /// `None` where nothing was found yet.
    pub(super) fn of(checked: &Checked) -> Option<Self> {
        let (at, upto, broken) = match checked {
            Checked::Never | Checked::Running => return None,
            Checked::Whole { upto, at } => (at, *upto, None),
            Checked::Broken { fault, at } => {
                let (entry, why) = if let LedgerFault::Broken { entry, why } = fault {
                    (*entry, why.clone())
                } else {
                    (0, Clean::new(&fault.to_string()))
                };
                (at, entry.saturating_sub(1), Some((entry, why)))
            }
        };
        let at = at.ms();
        Some(Self { at, upto, broken })
    }

    pub(super) fn back(self) -> Checked {
        let at = Moment::from_ms(self.at);
        let upto = self.upto;
        match self.broken {
            None => Checked::Whole { upto, at },
            Some((entry, why)) => {
                let fault = LedgerFault::Broken { entry, why };
                Checked::Broken { fault, at }
            }
        }
    }
}
