//! The shift: take it, note, hand it over.

use crate::desk::Command;
use crate::desk::board::Board;
use crate::domain::decide::shift::Wish;
use crate::domain::fact::shift::{NOTE_KINDS, NoteKind, Side};
use crate::domain::id::ShiftId;
use crate::domain::ledger::Stream;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::lang::duty as say;
use crate::lang::screens::shift::ShiftText;
use crate::tui::act::{Act, Dialog, Place, Purpose, key};
use crate::tui::form::field::{asked, choice, text};
use crate::tui::form::{Flaw, Form, FormCtx, Slot};

pub(super) const ACT: Act = Act {
    place: Place::Shift,
    action: None,
    offered: |ctx| {
        let offer = |row: &Row| ctx.offer(row.2.text(ctx.lang), "", Purpose::new(Duty(row.0)));
        ROWS.iter().map(offer).collect()
    },
};

/// What is done to a shift.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnShift {
    /// Take it.
    Take,
    /// Write into its log.
    Note,
    /// Make its hand-over ready.
    Prepare,
    /// Begin to read it.
    Read,
    /// Let it pass in spite of what stands in the way.
    Pass,
    /// Sign as the one who leaves.
    SignOut,
    /// Sign as the one who comes.
    SignIn,
}

/// What is done, its key in drafts on disk, its name.
pub type Row = (OnShift, &'static str, ShiftText);

/// Everything that is done to a shift, in the order it is offered.
pub const ROWS: &[Row] = &[
    (OnShift::Take, "take", ShiftText::Take),
    (OnShift::Note, "note", ShiftText::Note),
    (OnShift::Prepare, "prepare", ShiftText::Prepare),
    (OnShift::Read, "read", ShiftText::Begin),
    (OnShift::SignOut, "sign_out", ShiftText::SignOut),
    (OnShift::SignIn, "sign_in", ShiftText::SignIn),
    (OnShift::Pass, "pass", ShiftText::Pass),
];

/// The shift an act is about: the one that was taken, or the one that may be taken now.
fn shift(board: &Board, act: OnShift, now: Moment) -> Option<ShiftId> {
    let (room, state) = (&board.room, &board.state);
    if act == OnShift::Take {
        let free = room.roster.free(&state.shifts, now, room.zone);
        return free.map(|(id, _)| id);
    }
    state.shift().map(|shift| shift.id.clone())
}

/// Do this to the shift.
#[derive(Debug)]
pub struct Duty(pub OnShift);

impl Duty {
    fn row(&self) -> &'static Row {
        let row = ROWS.iter().find(|row| row.0 == self.0);
        row.expect("everything that is done to a shift has its row")
    }
}

impl Dialog for Duty {
    fn key(&self) -> String {
        key("duty", [self.row().1])
    }

    /// `None` where there is no shift for it.
    fn fill(&self, form: &mut Form, ctx: &FormCtx<'_>) -> Option<()> {
        let lang = ctx.lang;
        let id = shift(ctx.board, self.0, ctx.now)?;
        let stream = Stream::Shift(id.clone());
        // Notes of others do not stand in the way of a note.
        if self.0 != OnShift::Note {
            form.seen = vec![(stream.clone(), ctx.board.state.version(&stream))];
        }
        self.row().2.text(lang).clone_into(&mut form.title);
        form.verb.clone_from(&form.title);
        form.about.push(id.to_string());
        if self.0 == OnShift::Note {
            let kinds = NOTE_KINDS.iter();
            let kinds = kinds.map(|row| choice(row.1, say::note_kind(lang, row.0)));
            let kinds = kinds.collect();
            form.fields = vec![
                asked(Slot::Kind, ShiftText::NoteKind.text(lang), kinds, "", lang),
                text(Slot::Comment, ShiftText::Words.text(lang), "", true),
            ];
        }
        if self.0 == OnShift::Pass {
            let reason = ShiftText::Reason.text(lang);
            form.fields = vec![text(Slot::Comment, reason, "", true)];
        }
        Some(())
    }

    fn command(&self, form: &Form, _ctx: &FormCtx<'_>) -> Result<Command, Flaw> {
        let shift = form.about.first().map_or("", String::as_str);
        let words = Clean::from(form.text(&Slot::Comment));
        let wish = match self.0 {
            OnShift::Take => Wish::Take,
            OnShift::Note => Wish::Note {
                kind: NoteKind::by_key(&form.text(&Slot::Kind)).unwrap_or(NoteKind::Other),
                words,
            },
            OnShift::Prepare => Wish::Prepare,
            OnShift::Read => Wish::Read,
            OnShift::Pass => Wish::Override { reason: words },
            OnShift::SignOut => Wish::Sign(Side::Out),
            OnShift::SignIn => Wish::Sign(Side::In),
        };
        Ok(Command::Shift {
            shift: ShiftId::new(shift),
            wish,
        })
    }
}
