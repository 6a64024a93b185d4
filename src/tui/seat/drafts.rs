//! Drafts: what was written in dialogs and not sent, under keys that stand on disk and never change.
//!
//! They are one person's: the file keeps them apart by operator, and a seat is given its own person's alone.

use crate::tui::form::{Form, Slot};
use crate::tui::seat::Drafts;

/// Keeps what was written in a dialog that is left; whether there was something.
pub(super) fn keep(drafts: &mut Drafts, key: String, form: &Form) -> bool {
    let draft = draft(form);
    if draft.is_empty() {
        return false;
    }
    drafts.insert(key, draft);
    true
}

/// What a person has written in a dialog, each field by its key.
pub(super) fn draft(form: &Form) -> Vec<(String, String)> {
    let named = form.draft().into_iter();
    named.map(|(slot, text)| (slot.key(), text)).collect()
}

/// A draft as the fields of `form` that are still there.
pub(super) fn slots(form: &Form, draft: &[(String, String)]) -> Vec<(Slot, String)> {
    let known = draft
        .iter()
        .filter_map(|(key, text)| Some((Slot::by_key(key)?, text.clone())));
    known.filter(|(slot, _)| form.field(slot).is_some()).collect()
}
