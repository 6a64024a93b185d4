//! What a process found when it verified the chain, for every other process and for commands.

use crate::domain::chain::Checked;
use crate::domain::ledger_fault::{LedgerFault, Misfit};
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use serde::{Deserialize, Serialize};

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
    broken: Option<(u64, MisfitRow)>,
    /// What is damaged where every entry holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    damaged: Option<Clean>,
}

/// Why an entry does not hold, as it is left.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum MisfitRow {
    Missing(u64),
    CutOff(u64),
    Hash,
    Anew,
    Unreadable(Clean),
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
            } => (
                at,
                entry.saturating_sub(1),
                Some((*entry, MisfitRow::of(why))),
                None,
            ),
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
        let broken = self.broken.map(|(entry, why)| LedgerFault::Broken {
            entry,
            why: why.back(),
        });
        let damaged = self.damaged.map(LedgerFault::Damaged);
        match broken.or(damaged) {
            None => Checked::Whole { upto, at },
            Some(fault) => Checked::Broken { fault, at },
        }
    }
}

impl MisfitRow {
    fn of(why: &Misfit) -> Self {
        match why {
            Misfit::Missing(next) => Self::Missing(*next),
            Misfit::CutOff(stored) => Self::CutOff(*stored),
            Misfit::Hash => Self::Hash,
            Misfit::Anew => Self::Anew,
            Misfit::Unreadable(words) => Self::Unreadable(words.clone()),
        }
    }

    fn back(self) -> Misfit {
        match self {
            Self::Missing(next) => Misfit::Missing(next),
            Self::CutOff(stored) => Misfit::CutOff(stored),
            Self::Hash => Misfit::Hash,
            Self::Anew => Misfit::Anew,
            Self::Unreadable(words) => Misfit::Unreadable(words),
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
        let entry = |why| broken(LedgerFault::Broken { entry: 7, why });
        for found in [
            Checked::Whole { upto: 9, at },
            entry(Misfit::Missing(9)),
            entry(Misfit::CutOff(12)),
            entry(Misfit::Hash),
            entry(Misfit::Anew),
            entry(Misfit::Unreadable("column 8".into())),
            broken(LedgerFault::Damaged("an index".into())),
        ] {
            assert_eq!(ChainRow::of(&found).map(ChainRow::back), Some(found));
        }
    }
}
