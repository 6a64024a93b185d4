//! Whether silence means peace on this board; judged by [`calm::judge`].

use crate::desk::board::Board;
use crate::domain::calm;
use crate::domain::calm::{Calm, Heard};
use crate::domain::ledger_fault::LedgerFault;
use crate::domain::time::Moment;

impl Board {
    /// Whether the ledger can be written, read on, and its chain holds; else what stands in the way.
    ///
    /// # Errors
    /// What stands in the way.
    pub fn ledger(&self) -> Result<(), &LedgerFault> {
        self.writable.as_ref().copied()?;
        self.readable.as_ref().copied()?;
        self.chain.holds()
    }

    /// Whether silence means peace at `now`, what that covers, and why not.
    pub fn calm(&self, now: Moment) -> Calm<'_> {
        let deadlines = self.deadlines();
        let heard = Heard {
            feeds: &self.feeds,
            collected: self.collects || !self.collector.is_empty(),
            ledger: self.ledger(),
            stuck: self.stuck,
            state: &self.state,
            late: deadlines.late(now),
            lost: deadlines.lost(&self.state.cases),
        };
        calm::judge(heard, now)
    }
}
