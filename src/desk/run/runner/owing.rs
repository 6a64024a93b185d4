//! What a poll brought and the ledger did not take: judged again once it does, so that a source that was heard is never
//! called fresh while what it said is recorded nowhere.

use crate::desk::run::runner::Runner;
use crate::desk::{Effect, Event};
use crate::domain::id::SourceId;
use std::collections::BTreeMap;

/// How often the same is judged again at once when somebody else was first.
const MOST_AGAIN: u32 = 5;

/// The last poll of each source whose facts are not all stored, with the term under which it was asked.
pub(super) type Owed = BTreeMap<SourceId, (u64, Event)>;

impl Runner {
    /// A poll was taken in, and the ledger took all of it, or not.
    pub(super) fn owe(&mut self, source: &SourceId, term: u64, read: Option<Event>) {
        match read.filter(|_| self.refused) {
            Some(read) => drop(self.owed.insert(source.clone(), (term, read))),
            None => drop(self.owed.remove(source)),
        }
        for _ in 0..MOST_AGAIN {
            if !self.collided {
                return;
            }
            self.pay();
        }
    }

    /// Judges again what is owed, where that can be recorded now. What was asked under another term is dropped.
    pub(super) fn pay(&mut self) {
        let board = self.desk.board();
        if self.owed.is_empty() || board.writable.is_err() || board.readable.is_err() {
            return;
        }
        let polls = self.holder.polls(self.hand());
        for (source, (term, read)) in std::mem::take(&mut self.owed) {
            if polls != Some(term) {
                continue;
            }
            (self.refused, self.collided) = (false, false);
            let under = self.under(&read);
            for effect in self.desk.update(read.clone()) {
                // Its readings are kept and its signals counted already.
                if matches!(effect, Effect::Append { .. } | Effect::Publish | Effect::Deliver) {
                    self.perform(effect, under, 0);
                }
            }
            if self.refused {
                self.owed.insert(source, (term, read));
            }
        }
    }
}
