//! From an action to its dialog: what it is about, whether this role may, what can be done with a row at all.

use crate::desk::board::Board;
use crate::domain::alarm::Alarm;
use crate::domain::case::engine;
use crate::domain::case::engine::Around;
use crate::domain::id::AlarmId;
use crate::domain::id::CaseId;
use crate::domain::ledger::Stream;
use crate::domain::playbook::Playbook;
use crate::lang::domain as say;
use crate::lang::fill;
use crate::lang::tui::Tui;
use crate::tui::action::Action;
use crate::tui::form::Desk;
use crate::tui::form::Form;
use crate::tui::form::Pressed;
use crate::tui::form::Purpose;
use crate::tui::form::build;
use crate::tui::form::deed;
use crate::tui::form::intake;
use crate::tui::form::order;
use crate::tui::keys::Key;
use crate::tui::panel::RowId;
use crate::tui::pick::Run;
use crate::tui::seat::Mode;
use crate::tui::seat::Now;
use crate::tui::seat::Out;
use crate::tui::seat::Seat;
use crate::tui::seat::drafts;
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
            Action::Acknowledge => some(alarms, &board, |a| a.unacked).map(Purpose::Acknowledge),
            Action::Shelve => some(alarms, &board, |a| a.hold.is_none()).map(Purpose::Shelve),
            Action::Dispatch if rows.len() > 1 => match self.dispatch_all(&board, &rows) {
                Ok(purpose) => Some(purpose),
                Err(why) => return self.say(&why, true, now),
            },
            Action::Dispatch => rows.first().and_then(|row| self.dispatch_of(&board, row)),
            Action::Note if rows.len() > 1 => {
                let what = action.row().text.text(self.lang);
                let values: [(&str, &dyn std::fmt::Display); 2] = [("what", &what), ("n", &rows.len())];
                let words = fill(Tui::OneAtATime.text(self.lang), &values);
                return self.say(&words, true, now);
            }
            Action::Note => rows
                .first()
                .and_then(|row| case_of(&board, row))
                .map(Purpose::Note),
            Action::Undo => self.undo_of(&board, rows.first()).map(Purpose::Undo),
            _ => None,
        };
        if let Some(purpose) = purpose {
            self.ask(&purpose, &board, now);
        } else {
            let what = action.row().text.text(self.lang);
            let text = if action == Action::Undo {
                Tui::NothingToUndo
            } else {
                Tui::NotHere
            };
            self.say(&fill(text.text(self.lang), &[("what", &what)]), true, now);
        }
    }

    /// Opens a dialog, with what was written in it before.
    pub(super) fn ask(&mut self, purpose: &Purpose, board: &Board, now: Now) {
        if !self.may(purpose) {
            let role = say::role(self.lang, self.who.role);
            self.say(
                &fill(Tui::RoleMayNot.text(self.lang), &[("role", &role)]),
                true,
                now,
            );
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
    fn may(&self, purpose: &Purpose) -> bool {
        matches!(purpose, Purpose::Step { .. } | Purpose::Steps { .. }) || self.who.role.may_act()
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
                self.leave_mode(now);
                return Vec::new();
            }
            Pressed::Do => match deed::deed(&form, live, self.lang) {
                Ok(deed) => return vec![self.send(&form, deed, now)],
                Err(flaw) => form.flaw = Some(flaw),
            },
            Pressed::Changed(slot) => {
                order::follow(&mut form, live, self.lang, slot);
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
            let purpose = self.dispatch_case(live, &id);
            self.ask(&purpose, live, now);
        }
    }

    /// An order for a row: for its case, or else for the case that is opened first.
    pub(super) fn dispatch_of(&self, board: &Board, row: &RowId) -> Option<Purpose> {
        if let Some(case) = case_of(board, row) {
            return Some(self.dispatch_case(board, &case));
        }
        let RowId::Alarm(id) = row else { return None };
        let alarm = board.state.alarms.get(id)?;
        let playbook = playbooks_for(board, alarm).next()?;
        Some(Purpose::Open {
            alarm: id.clone(),
            playbook: playbook.id.clone(),
            then_dispatch: true,
        })
    }

    /// One order for each marked row's case, by one step of one loop; or which of them cannot be.
    fn dispatch_all(&self, board: &Board, rows: &[RowId]) -> Result<Purpose, String> {
        let mut step = None;
        let mut apart = Vec::new();
        let cases = cases_of(board, rows);
        for row in rows {
            let own = case_of(board, row).map(|id| self.dispatch_case(board, &id));
            let loop_of = |id: &CaseId| board.state.cases.get(id).map(|case| &case.matter.playbook);
            match own {
                Some(Purpose::Step { case, step: own })
                    if *step.get_or_insert_with(|| (own.clone(), loop_of(&case)))
                        == (own.clone(), loop_of(&case)) => {}
                _ => apart.push(row.text()),
            }
        }
        if let Some((step, _)) = step.filter(|_| apart.is_empty()) {
            return Ok(Purpose::Steps { cases, step });
        }
        let what = Tui::Dispatch.text(self.lang);
        let which = apart.join(self.lang.pick("、", ", "));
        let values: [(&str, &dyn std::fmt::Display); 3] =
            [("n", &rows.len()), ("what", &what), ("which", &which)];
        Err(fill(Tui::NotTogether.text(self.lang), &values))
    }

    /// The step that dispatches where the playbook offers one now, or a further order.
    pub(super) fn dispatch_case(&self, board: &Board, id: &CaseId) -> Purpose {
        let case = board.state.cases.get(id);
        let playbook = case.and_then(|c| playbook_of(board, c));
        let step = case.zip(playbook).and_then(|(case, playbook)| {
            engine::offered(case, playbook, &self.who, Around::of(&board.state, case))
                .find(|step| step.dispatches)
        });
        match step {
            Some(step) => Purpose::Step {
                case: id.clone(),
                step: step.id.clone(),
            },
            None => Purpose::Dispatch(id.clone()),
        }
    }

    /// The last thing this person did here, or what the row is about.
    fn undo_of(&self, board: &Board, row: Option<&RowId>) -> Option<Stream> {
        let last = self.done.last().cloned();
        last.or_else(|| match row? {
            RowId::Alarm(id) => {
                let alarm = board.state.alarms.get(id)?;
                (alarm.ack.is_some() || alarm.hold.is_some()).then(|| Stream::Alarm(id.clone()))
            }
            RowId::Case(id) => Some(Stream::Case(id.clone())),
            RowId::Task(_) | RowId::Point(_) | RowId::Source(_) | RowId::Group(_) | RowId::Other(_) => None,
        })
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

/// The alarms that rows are about: themselves, or those of a case.
pub(super) fn alarms_of(board: &Board, rows: &[RowId]) -> Vec<AlarmId> {
    let mut out = Vec::new();
    let mut known = BTreeSet::new();
    for row in rows {
        match row {
            RowId::Alarm(id) => out.push(id.clone()),
            RowId::Case(id) => out.extend(
                board
                    .state
                    .cases
                    .get(id)
                    .into_iter()
                    .flat_map(|c| c.alarms.clone()),
            ),
            RowId::Group(key) => {
                let own = board.state.alarms.values().filter(|alarm| key.holds(alarm));
                out.extend(own.map(|alarm| alarm.id.clone()));
            }
            RowId::Task(_) | RowId::Point(_) | RowId::Source(_) | RowId::Other(_) => {}
        }
    }
    // A group, a case and an alarm in it may all be marked: each alarm once.
    out.retain(|id| known.insert(id.clone()));
    out
}

/// The cases that rows are or belong to, each once.
pub(super) fn cases_of(board: &Board, rows: &[RowId]) -> Vec<CaseId> {
    let mut known = BTreeSet::new();
    let cases = rows.iter().filter_map(|row| case_of(board, row));
    cases.filter(|id| known.insert(id.clone())).collect()
}

/// Those of the alarms that pass a test; `None` where none does.
pub(super) fn some(ids: Vec<AlarmId>, board: &Board, test: impl Fn(&Alarm) -> bool) -> Option<Vec<AlarmId>> {
    let passes = |id: &AlarmId| board.state.alarms.get(id).is_some_and(&test);
    let kept: Vec<AlarmId> = ids.into_iter().filter(passes).collect();
    (!kept.is_empty()).then_some(kept)
}

/// The case that a row is, or belongs to.
pub(super) fn case_of(board: &Board, row: &RowId) -> Option<CaseId> {
    match row {
        RowId::Case(id) => Some(id.clone()),
        RowId::Alarm(id) => board.state.alarms.get(id)?.case.clone(),
        RowId::Task(id) => board.state.tasks.get(id).map(|task| task.order.case.clone()),
        RowId::Point(_) | RowId::Source(_) | RowId::Group(_) | RowId::Other(_) => None,
    }
}

pub(super) fn playbook_of<'a>(board: &'a Board, case: &crate::domain::case::Case) -> Option<&'a Playbook> {
    board.room.playbooks.iter().find(|p| p.id == case.matter.playbook)
}

/// The playbooks a case on this alarm may run by: those that open on its kind first.
pub(super) fn playbooks_for<'a>(board: &'a Board, alarm: &Alarm) -> impl Iterator<Item = &'a Playbook> {
    let code = alarm.cause.code.clone();
    let all = board.room.playbooks.iter();
    let (first, rest): (Vec<&Playbook>, Vec<&Playbook>) = all
        .filter(|playbook| playbook.by_hand && playbook.under.is_none())
        .partition(|playbook| playbook.takes(code.as_str()));
    first.into_iter().chain(rest)
}
