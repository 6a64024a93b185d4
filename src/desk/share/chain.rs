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
    /// What is damaged where every entry holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    damaged: Option<Clean>,
}

impl ChainRow {
    /// `None` where nothing was found yet.
    pub(super) fn of(checked: &Checked) -> Option<Self> {
        let (at, upto, broken, damaged) = match checked {
            Checked::Never | Checked::Running => return None,
            Checked::Whole { upto, at } => (at, *upto, None, None),
            Checked::Broken {
                fault: LedgerFault::Broken { entry, why },
                at,
            } => (at, entry.saturating_sub(1), Some((*entry, why.clone())), None),
            Checked::Broken {
                fault: LedgerFault::Damaged(words),
                at,
            } => (at, 0, None, Some(words.clone())),
            Checked::Broken { fault, at } => (at, 0, None, Some(Clean::new(&fault.to_string()))),
        };
        let at = at.ms();
        Some(Self {
            at,
            upto,
            broken,
            damaged,
        })
    }

    pub(super) fn back(self) -> Checked {
        let at = Moment::from_ms(self.at);
        let upto = self.upto;
        let broken = self.broken.map(|(entry, why)| LedgerFault::Broken { entry, why });
        let damaged = self.damaged.map(LedgerFault::Damaged);
        match broken.or(damaged) {
            None => Checked::Whole { upto, at },
            Some(fault) => Checked::Broken { fault, at },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_found_comes_back_as_it_was() {
        let at = Moment::from_ms(1_790_000_000_000);
        let broken = |fault| Checked::Broken { fault, at };
        let why = Clean::new("it is missing");
        for found in [
            Checked::Whole { upto: 9, at },
            broken(LedgerFault::Broken { entry: 7, why }),
            broken(LedgerFault::Damaged("an index".into())),
        ] {
            assert_eq!(ChainRow::of(&found).map(ChainRow::back), Some(found));
        }
    }
}
