//! From an action to its dialog: what it is about, whether this role may, what can be done with a row at all.

use crate::desk::board::Board;
use crate::domain::id::{AlarmId, CaseId};
use crate::lang::fill;
use crate::lang::tui::Tui;
use crate::tui::action::Action;
use crate::tui::form::purpose::Sending;
use crate::tui::form::{Desk, Form, Pressed, Purpose, build, deed, intake, order, said};
use crate::tui::keys::Key;
use crate::tui::pick::Run;
use crate::tui::seat::object::judged::{ACKNOWLEDGE, HOLD, able};
use crate::tui::seat::object::{Object, alarms_of, objects, playbooks_for};
use crate::tui::seat::{Mode, Now, Out, Seat, drafts, object};
use crate::tui::view::RowId;
use std::collections::BTreeSet;
use std::sync::Arc;

impl Seat {
    /// Opens the dialog of an action over the marked rows or the row under the cursor.
    #[expect(clippy::wildcard_enum_match_arm, reason = "only these actions ask something")]
    pub(super) fn ask_about(&mut self, action: Action, live: &Arc<Board>, now: Now) {
        let board = self.frozen.clone().unwrap_or_else(|| Arc::clone(live));
        let rows = self.view().targets();
        if rows.is_empty() && action != Action::Undo {
            self.say(Tui::ChooseRow.text(self.lang), false, now);
            return;
        }
        let alarms = alarms_of(&board, &rows);
        let purpose = match action {
            Action::Acknowledge => able(&board, &alarms, ACKNOWLEDGE, now).map(Purpose::Acknowledge),
            Action::Shelve => able(&board, &alarms, HOLD, now).map(Purpose::Shelve),
            Action::Dispatch => match self.dispatch(&board, &rows, now) {
                Ok(purpose) => Some(purpose),
                Err(why) => return self.say(&why, true, now),
            },
            Action::Note => {
                let cases = object::cases(&objects(&board, &rows));
                Some(cases).filter(|cases| !cases.is_empty()).map(Purpose::Note)
            }
            Action::Undo => match self.undo(&board, &rows) {
                Ok(purpose) => Some(purpose),
                Err(why) => return self.say(&why, true, now),
            },
            _ => None,
        };
        if let Some(purpose) = purpose {
            self.ask(&purpose, &board, now);
        } else {
            let what = action.row().text.text(self.lang);
            self.say(&fill(Tui::NotHere.text(self.lang), &[("what", &what)]), true, now);
        }
    }

    /// Opens a dialog, with what was written in it before.
    pub(super) fn ask(&mut self, purpose: &Purpose, board: &Board, now: Now) {
        if !self.may(purpose) {
            self.say(&self.may_not(), true, now);
            return;
        }
        let desk = Desk {
            board,
            lang: self.lang,
            now: now.room,
            hand: now.hand,
        };
        let draft = self
            .drafts
            .get(&drafts::key(purpose))
            .cloned()
            .unwrap_or_default();
        let Some(mut form) = build::form(purpose, &desk) else {
            self.say(&fill(Tui::NotHere.text(self.lang), &[("what", &"")]), true, now);
            return;
        };
        if purpose.takes_many() {
            form.about.splice(0..0, self.marked_out_of_sight());
            let out = self.left_out(board, purpose, now);
            form.about.extend(said::left_out(self.lang, &out));
        }
        form.opener = self.last_key.map(|(key, _)| (key, now.hand));
        if !draft.is_empty() {
            let draft = drafts::slots(&form, &draft);
            if purpose.is_bound() {
                form.restore(&draft);
                self.say(Tui::DraftBack.text(self.lang), false, now);
            } else {
                form.kept = draft;
            }
        }
        self.mode = Mode::Form(Box::new(form));
    }

    /// How many of the marked rows are not in the list, where any is not: a filter or a sub-list hides them.
    fn marked_out_of_sight(&self) -> Option<String> {
        let view = self.view();
        let shown: BTreeSet<&RowId> = view.list.ids.iter().collect();
        let away = view.marks.iter().filter(|row| !shown.contains(row)).count();
        let values: [(&str, &dyn std::fmt::Display); 2] = [("all", &view.marks.len()), ("n", &away)];
        (away > 0).then(|| fill(Tui::MarkedAway.text(self.lang), &values))
    }

    /// Whether this role may: a playbook's own roles are asked where its steps are offered.
    pub(super) fn may(&self, purpose: &Purpose) -> bool {
        // Where several get their orders, each was asked for by itself.
        let own = matches!(
            purpose,
            Purpose::Step { .. } | Purpose::Steps { .. } | Purpose::Orders(_)
        );
        own || self.who.role.may_act()
    }

    pub(super) fn form_key(
        &mut self,
        mut form: Box<Form>,
        key: Key,
        live: &Arc<Board>,
        now: Now,
    ) -> Vec<Out> {
        match form.key(key, now.hand) {
            Pressed::Cancel => {
                self.mode = Mode::Form(form);
                return self.leave_mode();
            }
            Pressed::Do => match deed::deed(&form, live, self.lang) {
                Ok(deed) => return vec![self.send(&form, deed, now)],
                Err(flaw) => form.flaw = Some(flaw),
            },
            Pressed::Changed(slot) => {
                order::follow(&mut form, live, &slot);
                intake::follow(&mut form, live, self.lang, now.room);
            }
            Pressed::Stay => {}
        }
        self.mode = Mode::Form(form);
        Vec::new()
    }

    /// A case that was opened in order to be dispatched is on the board: the order's dialog opens.
    pub(super) fn follow_case(&mut self, live: &Arc<Board>, now: Now) {
        let there = self.follow.take_if(|id| live.state.cases.contains_key(id));
        if let (Some(id), Mode::Look) = (there, &self.mode) {
            match self.dispatch_case(live, &id) {
                Ok(purpose) => self.ask(&purpose, live, now),
                Err(why) => self.say(&why, true, now),
            }
        }
    }

    /// Orders for what the rows are about: one by its own dialog, several at once each by its own loop.
    ///
    /// # Errors
    /// None of it can be ordered; why.
    pub(super) fn dispatch(&self, board: &Board, rows: &[RowId], now: Now) -> Result<Purpose, String> {
        let all = objects(board, rows);
        match &all[..] {
            [] => {
                let what = Tui::Dispatch.text(self.lang);
                Err(fill(Tui::NotHere.text(self.lang), &[("what", &what)]))
            }
            [Object::Case(id)] => self.dispatch_case(board, id),
            [Object::Alarm(id)] => self.dispatch_alarm(board, id),
            _ => {
                let send = |object: &Object| self.sending(board, object, now);
                let sent: Vec<Sending> = all.iter().filter_map(|object| send(object).ok()).collect();
                if sent.is_empty() {
                    let out = self.left_out(board, &Purpose::Orders(sent), now);
                    return Err(said::left_out(self.lang, &out).unwrap_or_default());
                }
                Ok(Purpose::Orders(sent))
            }
        }
    }

    /// A case is opened on the alarm, and its order's dialog follows.
    fn dispatch_alarm(&self, board: &Board, id: &AlarmId) -> Result<Purpose, String> {
        let alarm = board.state.alarms.get(id);
        let playbook = alarm.and_then(|alarm| playbooks_for(board, alarm).next());
        let none = || Tui::NoCase.text(self.lang).to_owned();
        Ok(Purpose::Open {
            alarm: id.clone(),
            playbook: playbook.ok_or_else(none)?.id.clone(),
            then_dispatch: true,
        })
    }

    /// The step that dispatches where the playbook offers one now, or a further order.
    ///
    /// # Errors
    /// Neither may be; why.
    pub(super) fn dispatch_case(&self, board: &Board, id: &CaseId) -> Result<Purpose, String> {
        let none = || Tui::NoCase.text(self.lang).to_owned();
        let case = board.state.cases.get(id).ok_or_else(none)?;
        if let Some(step) = self.dispatching(board, case) {
            return Ok(Purpose::Step {
                case: id.clone(),
                step: step.id.clone(),
            });
        }
        self.may_order(board, case)?;
        Ok(Purpose::Dispatch(id.clone()))
    }

    /// Takes back what the marked rows are about, or what this person did last, or what the row is about.
    ///
    /// # Errors
    /// None of it can be taken back; why. What was done last is forgotten then: the next undo goes on behind it.
    fn undo(&mut self, board: &Board, rows: &[RowId]) -> Result<Purpose, String> {
        let (able, out) = self.undoing(board, rows);
        if !able.is_empty() {
            return Ok(Purpose::Undo(able));
        }
        if self.view().marks.is_empty() {
            self.done.pop();
        }
        let nothing = || Tui::NothingToUndo.text(self.lang).to_owned();
        Err(said::left_out(self.lang, &out).unwrap_or_else(nothing))
    }

    /// Does what was picked in a list.
    pub(super) fn run(&mut self, run: Run, live: &Arc<Board>, now: Now) -> Vec<Out> {
        match run {
            Run::Action(action) => self.act(action, live, now),
            Run::Ask(purpose) => {
                let board = self.frozen.clone().unwrap_or_else(|| Arc::clone(live));
                self.ask(&purpose, &board, now);
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
