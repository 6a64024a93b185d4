//! From an action to its dialog: what it is about, whether this role may, what can be done with a row at all.

use crate::desk::board::Board;
use crate::lang::fill;
use crate::lang::tui::Tui;
use crate::tui::act::{Act, Purpose, dispatch_case};
use crate::tui::action::Action;
use crate::tui::form::{Form, FormCtx, Opener, Pressed, said};
use crate::tui::keys::Key;
use crate::tui::pick::Run;
use crate::tui::seat::{Mode, Now, Out, Seat, drafts};
use crate::tui::view::RowId;
use std::collections::BTreeSet;
use std::sync::Arc;

/// An open dialog.
#[derive(Clone, Debug, PartialEq)]
pub struct Asking {
    /// What it is for.
    pub purpose: Purpose,
    /// What it asks, and what was filled in.
    pub form: Form,
}

impl Seat {
    /// What a dialog is opened over.
    pub(super) fn form_ctx<'a>(&self, board: &'a Board, now: Now) -> FormCtx<'a> {
        FormCtx {
            board,
            lang: self.lang,
            now: now.room,
            hand: now.hand,
        }
    }

    /// Opens the dialog of an action over the marked rows or the row under the cursor.
    pub(super) fn ask_about(&mut self, action: Action, live: &Arc<Board>, now: Now) {
        let board = self.frozen.clone().unwrap_or_else(|| Arc::clone(live));
        let rows = self.view().targets();
        if rows.is_empty() && Act::needs_rows(action) {
            self.say(Tui::ChooseRow.text(self.lang), false, now);
            return;
        }
        let ctx = self.act_ctx(&board, &rows, now);
        let asked = Act::by_key(action).map_or_else(|| Err(ctx.not_here("")), |ask| ask(&ctx));
        match asked {
            Ok(purpose) => self.ask(purpose, &board, now),
            Err(why) => {
                if action == Action::Undo && self.view().marks.is_empty() {
                    // What cannot be taken back is forgotten: the next undo goes on behind it.
                    self.done.pop();
                }
                self.say(&why, true, now);
            }
        }
    }

    /// Opens a dialog, with what was written in it before.
    pub(super) fn ask(&mut self, purpose: Purpose, board: &Board, now: Now) {
        let rows = self.view().targets();
        let ctx = self.act_ctx(board, &rows, now);
        if !purpose.may(&ctx) {
            let why = ctx.may_not();
            return self.say(&why, true, now);
        }
        let Some(mut form) = purpose.open(&ctx) else {
            let why = ctx.not_here("");
            return self.say(&why, true, now);
        };
        if let Some(out) = purpose.left_out(&ctx) {
            form.about.splice(0..0, self.marked_out_of_sight());
            form.about.extend(said::left_out(self.lang, &out));
        }
        form.opener = self.last_key.map(|(key, _)| Opener {
            key,
            last: now.hand,
            repeats: false,
        });
        let draft = self.drafts.get(&purpose.key()).cloned().unwrap_or_default();
        if !draft.is_empty() {
            let draft = drafts::slots(&form, &draft);
            if purpose.is_bound() {
                form.restore(&draft);
                self.say(Tui::DraftBack.text(self.lang), false, now);
            } else {
                form.kept = draft;
            }
        }
        self.mode = Mode::Form(Box::new(Asking { purpose, form }));
    }

    /// How many of the marked rows are not in the list, where any is not: a filter or a sub-list hides them.
    fn marked_out_of_sight(&self) -> Option<String> {
        let view = self.view();
        let shown: BTreeSet<&RowId> = view.list.ids.iter().collect();
        let away = view.marks.iter().filter(|row| !shown.contains(row)).count();
        let values: [(&str, &dyn std::fmt::Display); 2] = [("all", &view.marks.len()), ("n", &away)];
        (away > 0).then(|| fill(Tui::MarkedAway.text(self.lang), &values))
    }

    pub(super) fn form_key(
        &mut self,
        mut open: Box<Asking>,
        key: Key,
        live: &Arc<Board>,
        now: Now,
    ) -> Vec<Out> {
        let ctx = self.form_ctx(live, now);
        match open.form.key(key, now.hand) {
            Pressed::Cancel => {
                self.mode = Mode::Form(open);
                return self.leave_mode();
            }
            Pressed::Do => match open.purpose.asked(&open.form, &ctx) {
                Ok(command) => return vec![self.send(*open, command, now)],
                Err(flaw) => open.form.refuse(flaw),
            },
            Pressed::Changed(slot) => open.purpose.follow(&mut open.form, &ctx, &slot),
            Pressed::Stay => {}
        }
        self.mode = Mode::Form(open);
        Vec::new()
    }

    /// A case that was opened in order to be dispatched is on the board: the order's dialog opens.
    pub(super) fn follow_case(&mut self, live: &Arc<Board>, now: Now) {
        let there = self.follow.take_if(|id| live.state.cases.contains_key(id));
        if let (Some(id), Mode::Look) = (there, &self.mode) {
            let asked = dispatch_case(&self.act_ctx(live, &[], now), &id);
            match asked {
                Ok(purpose) => self.ask(purpose, live, now),
                Err(why) => self.say(&why, true, now),
            }
        }
    }

    /// Does what was picked in a list.
    pub(super) fn run(&mut self, run: Run, live: &Arc<Board>, now: Now) -> Vec<Out> {
        match run {
            Run::Action(action) => self.act(action, live, now),
            Run::Ask(purpose) => {
                let board = self.frozen.clone().unwrap_or_else(|| Arc::clone(live));
                self.ask(purpose, &board, now);
                Vec::new()
            }
            Run::Say(why) => {
                self.say(&why, true, now);
                Vec::new()
            }
            Run::Role(role) => {
                self.play(role, live, now);
                Vec::new()
            }
            Run::Copy(text) => {
                let what = crate::tui::part::cut(&text, 40, "…");
                self.say(&fill(Tui::Copied.text(self.lang), &[("what", &what)]), false, now);
                vec![Out::Copy(text)]
            }
        }
    }
}
