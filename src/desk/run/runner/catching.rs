//! Catching up with the ledger: what other processes wrote, read in order. What cannot be read stops the board, visibly.

use crate::desk::Event;
use crate::desk::run::runner::Runner;
use crate::domain::ledger_fault::LedgerFault;
use crate::domain::text::Clean;
use crate::store::StoreError;

/// Entries read at once.
const PAGE: usize = 10_000;

impl Runner {
    /// Reads what other processes wrote.
    pub(super) fn look(&mut self) {
        if std::mem::take(&mut self.news) {
            self.catch_up();
        }
    }

    /// Whether the ledger ends elsewhere than the board, whoever wrote there.
    pub(super) fn has_moved(&self) -> bool {
        let head = self.store.head();
        self.store.stands().is_err() || head.is_ok_and(|head| head != self.desk.board().state.tip())
    }

    pub(super) fn catch_up(&mut self) {
        if let Err(why) = self.store.stands() {
            return self.lost(&why);
        }
        loop {
            match self.store.since(&self.desk.board().state.tip(), PAGE) {
                Ok(entries) if entries.is_empty() => break,
                Ok(entries) => {
                    self.count_in(entries.len());
                    self.take(Event::Stored(entries));
                }
                Err(error) => return self.not_read(&error),
            }
        }
        if self.desk.board().readable.is_err() {
            self.take(Event::Readable(Ok(())));
        }
    }

    /// The files are not those that were opened: what this process still reads is kept, once, and nothing more is taken.
    fn lost(&mut self, why: &LedgerFault) {
        self.news = true;
        let LedgerFault::Lost { what, .. } = *why else {
            return;
        };
        let known = self.desk.board().readable.as_ref().err();
        if known.is_some_and(|known| matches!(known, LedgerFault::Lost { what: old, .. } if *old == what)) {
            return;
        }
        tracing::error!(?what, "the ledger's files are not those that were opened");
        let kept = match self.store.rescue() {
            Ok(file) => Clean::new(&file.to_string_lossy()),
            Err(error) => {
                tracing::error!(%error, "nothing could be kept");
                Clean::default()
            }
        };
        self.take(Event::Readable(Err(LedgerFault::Lost { what, kept })));
    }

    /// What is newer cannot be read: the board stands still and says so; the next beat tries again.
    fn not_read(&mut self, error: &StoreError) {
        let why = Err(error.fault());
        self.news = true;
        if self.desk.board().readable != why {
            tracing::error!(%error, "cannot follow the ledger");
            self.take(Event::Readable(why));
        }
    }
}
