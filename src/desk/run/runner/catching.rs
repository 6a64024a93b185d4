//! Catching up with the ledger: what other processes wrote, read in order. What cannot be read stops the board, visibly.

use crate::desk::Event;
use crate::desk::run::runner::Runner;
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
        head.is_ok_and(|head| head != self.desk.board().state.tip())
    }

    pub(super) fn catch_up(&mut self) {
        loop {
            match self.store.since(&self.desk.board().state.tip(), PAGE) {
                Ok(entries) if entries.is_empty() => break,
                Ok(entries) => {
                    self.folded += entries.len() as u64;
                    self.take(Event::Stored(entries));
                }
                Err(error) => return self.not_read(&error),
            }
        }
        if self.desk.board().readable.is_err() {
            self.take(Event::Readable(Ok(())));
        }
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
