//! What the polls are told: from where to ask on, and what people want asked at once.

use crate::desk::poll::wishes::Wished;
use crate::desk::run::runner::Runner;
use crate::desk::{Effect, share};
use crate::domain::id::SourceId;
use crate::domain::ledger::{Draft, Entry};
use crate::store::{StoreError, Under};

/// From where a source is asked on.
pub(super) type AskOn = (SourceId, String);

impl Runner {
    /// Performs what follows from an event. Where that was a poll, from where its source is asked on goes with its last
    /// facts, into the same transaction; not where its readings were not kept.
    pub(super) fn perform_all(&mut self, effects: Vec<Effect>, under: Option<Under>, on: Option<&AskOn>) {
        let is_append = |effect: &Effect| matches!(effect, Effect::Append { .. });
        let last = effects.iter().rposition(is_append);
        for (nth, effect) in effects.into_iter().enumerate() {
            if last == Some(nth) && !self.unkept {
                self.ask_on = on.filter(|on| !self.asks_on(on)).cloned();
            }
            self.perform(effect, under, 0);
        }
    }

    /// Sends drafts to the ledger, and with them what goes with them.
    pub(super) fn send(
        &mut self,
        drafts: &[Draft],
        under: Under,
        on: Option<AskOn>,
    ) -> Result<Vec<Entry>, StoreError> {
        let Some(on) = on else {
            return self.store.append(drafts, under);
        };
        let (key, value) = share::cursor_note(&on);
        let stored = self.store.append_noting(drafts, under, (&key, &value))?;
        self.tell_on(on);
        Ok(stored)
    }

    /// All that a poll brought is stored: the next one asks from there on, also after a restart.
    pub(super) fn ask_on(&mut self, on: AskOn) {
        if !self.asks_on(&on) {
            share::leave_cursor(self.store.as_mut(), &on.0, &on.1);
            self.tell_on(on);
        }
    }

    /// Where this process polls, it asks what people want asked at once.
    pub(super) fn pass_on(&self, wished: Wished) {
        if !wished.is_empty() && self.holder.polls(self.hand()).is_some() {
            self.outlets.wishes.send_modify(|all| all.extend(wished));
        }
    }

    /// Whether the polls ask on from there.
    fn asks_on(&self, (source, cursor): &AskOn) -> bool {
        self.outlets.cursors.borrow().get(source) == Some(cursor)
    }

    fn tell_on(&self, (source, cursor): AskOn) {
        self.outlets
            .cursors
            .send_modify(|all| drop(all.insert(source, cursor)));
    }
}
