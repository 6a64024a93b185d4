//! What the polls are told: from where to ask on, and what people want asked at once.

use crate::desk::poll::wishes::Wished;
use crate::desk::run::runner::Runner;
use crate::desk::share;
use crate::domain::id::SourceId;

impl Runner {
    /// All that a poll brought is stored: the next one asks from there on, also after a restart.
    pub(super) fn ask_on(&mut self, source: &SourceId, cursor: String) {
        if self.outlets.cursors.borrow().get(source) == Some(&cursor) {
            return;
        }
        share::leave_cursor(self.store.as_mut(), source, &cursor);
        self.outlets
            .cursors
            .send_modify(|all| drop(all.insert(source.clone(), cursor)));
    }

    /// Where this process polls, it asks what people want asked at once.
    pub(super) fn pass_on(&self, wished: Wished) {
        if !wished.is_empty() && self.holder.polls(self.hand()).is_some() {
            self.outlets.wishes.send_modify(|all| all.extend(wished));
        }
    }
}
