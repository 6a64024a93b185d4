//! Dialogs about a shift: take it, note, hand it over.

use crate::desk::Deed;
use crate::desk::board::Board;
use crate::domain::decide::shift::Wish;
use crate::domain::fact::shift::{NOTE_KINDS, NoteKind, Side};
use crate::domain::id::ShiftId;
use crate::domain::ledger::Stream;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::lang::duty as say;
use crate::lang::screens::shift::ShiftText;
use crate::tui::form::field::{asked, choice, text};
use crate::tui::form::{Desk, DutyAct, Form, Slot};

/// What the act is called.
pub fn title(act: DutyAct) -> ShiftText {
    match act {
        DutyAct::Take => ShiftText::Take,
        DutyAct::Note => ShiftText::Note,
        DutyAct::Prepare => ShiftText::Prepare,
        DutyAct::Read => ShiftText::Begin,
        DutyAct::Pass => ShiftText::Pass,
        DutyAct::SignOut => ShiftText::SignOut,
        DutyAct::SignIn => ShiftText::SignIn,
    }
}

/// The shift an act is about: the one that was taken, or the one that may be taken now.
fn shift(board: &Board, act: DutyAct, now: Moment) -> Option<ShiftId> {
    let (room, state) = (&board.room, &board.state);
    if act == DutyAct::Take {
        let free = room.roster.free(&state.shifts, now, room.zone);
        return free.map(|(id, _)| id);
    }
    state.shift().map(|shift| shift.id.clone())
}

/// The dialog; `None` where there is no shift for it.
pub(super) fn form(form: &mut Form, desk: &Desk<'_>, act: DutyAct) -> Option<()> {
    let lang = desk.lang;
    let id = shift(desk.board, act, desk.now)?;
    let stream = Stream::Shift(id.clone());
    // Notes of others do not stand in the way of a note.
    if act != DutyAct::Note {
        form.seen = vec![(stream.clone(), desk.board.state.version(&stream))];
    }
    title(act).text(lang).clone_into(&mut form.title);
    form.verb.clone_from(&form.title);
    form.about.push(id.to_string());
    if act == DutyAct::Note {
        let kinds = NOTE_KINDS
            .iter()
            .map(|row| choice(row.1, say::note_kind(lang, row.0)));
        let kinds = kinds.collect();
        form.fields
            .push(asked(Slot::Kind, ShiftText::NoteKind.text(lang), kinds, "", lang));
        form.fields
            .push(text(Slot::Comment, ShiftText::Words.text(lang), "", true));
    }
    if act == DutyAct::Pass {
        form.fields
            .push(text(Slot::Comment, ShiftText::Reason.text(lang), "", true));
    }
    Some(())
}

/// The deed as the dialog was filled in.
pub(super) fn deed(form: &Form, act: DutyAct) -> Deed {
    let shift = form.about.first().map_or("", String::as_str);
    let words = Clean::from(form.text(&Slot::Comment));
    let wish = match act {
        DutyAct::Take => Wish::Take,
        DutyAct::Note => Wish::Note {
            kind: NoteKind::by_key(&form.text(&Slot::Kind)).unwrap_or(NoteKind::Other),
            words,
        },
        DutyAct::Prepare => Wish::Prepare,
        DutyAct::Read => Wish::Read,
        DutyAct::Pass => Wish::Override { reason: words },
        DutyAct::SignOut => Wish::Sign(Side::Out),
        DutyAct::SignIn => Wish::Sign(Side::In),
    };
    Deed::Shift {
        shift: ShiftId::new(shift),
        wish,
    }
}
