//! What an act is asked over: what was on the screen, who asks, which rows are meant.

use crate::domain::decide::refusal::Refusal;
use crate::domain::ledger::Stream;
use crate::domain::person::Operator;
use crate::lang::tui::Tui;
use crate::lang::{domain as say, fill, refusal};
use crate::tui::act::{Offer, Purpose};
use crate::tui::action::Action;
use crate::tui::form::FormCtx;
use crate::tui::keys::Keymap;
use crate::tui::view::RowId;
use std::ops::Deref;

/// What an act is asked over.
#[derive(Clone, Copy, Debug)]
pub struct ActCtx<'a> {
    /// What was on the screen, in which language, when.
    pub form: FormCtx<'a>,
    /// Who asks.
    pub who: &'a Operator,
    /// What keys mean: hints stand beside what is offered.
    pub keymap: &'a Keymap,
    /// The marked rows, or the row under the cursor.
    pub rows: &'a [RowId],
    /// Whether they are marked.
    pub marked: bool,
    /// What this person's last act touched.
    pub last: &'a [Stream],
}

impl<'a> Deref for ActCtx<'a> {
    type Target = FormCtx<'a>;

    fn deref(&self) -> &Self::Target {
        &self.form
    }
}

impl ActCtx<'_> {
    /// Something that can be done, where this person's role may.
    pub(super) fn offer(&self, words: &str, note: &str, purpose: Purpose) -> Offer {
        let purpose = if purpose.may(self) {
            Ok(purpose)
        } else {
            Err(self.may_not())
        };
        Offer::new(words, note, purpose)
    }

    /// What an action's key does, with its key beside it.
    pub(super) fn offer_of(&self, text: Tui, action: Action, purpose: Result<Purpose, String>) -> Offer {
        let hint = self.keymap.hint(action);
        match purpose {
            Ok(purpose) => self.offer(text.text(self.lang), &hint, purpose),
            why @ Err(_) => Offer::new(text.text(self.lang), &hint, why),
        }
    }

    /// A refusal in the words of a list.
    pub(super) fn why(&self, why: &Refusal) -> String {
        let room = &self.board.room;
        if let Refusal::WrongStage(stage) = why {
            let stage = refusal::stage_words(self.lang, stage, &room.playbooks);
            return fill(Tui::StandsAt.text(self.lang), &[("stage", &stage)]);
        }
        refusal::words(self.lang, why, room.zone, &room.playbooks)
    }

    /// That this role may not.
    pub fn may_not(&self) -> String {
        let role = say::role(self.lang, self.who.role);
        fill(Tui::RoleMayNot.text(self.lang), &[("role", &role)])
    }

    /// That what an action does cannot be done with this row.
    pub fn not_here(&self, what: &str) -> String {
        fill(Tui::NotHere.text(self.lang), &[("what", &what)])
    }
}
