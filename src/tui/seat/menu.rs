//! Lists to pick from: the palette, the help, everything that can be done with a row, what of it is to be copied.

use crate::desk::board::Board;
use crate::domain::case::engine;
use crate::domain::case::engine::Around;
use crate::domain::declared;
use crate::domain::declared::Declared;
use crate::domain::id::AlarmId;
use crate::domain::id::CaseId;
use crate::domain::id::EnterpriseId;
use crate::domain::id::PointId;
use crate::domain::id::TaskId;
use crate::domain::playbook::When;
use crate::domain::task::Delivery;
use crate::domain::task::decide;
use crate::domain::text::Clean;
use crate::lang::domain;
use crate::lang::fill;
use crate::lang::refusal;
use crate::lang::tui::Tui;
use crate::tui::action::ACTIONS;
use crate::tui::action::Action;
use crate::tui::action::Group;
use crate::tui::action::Row;
use crate::tui::form::DUTY_ACTS;
use crate::tui::form::Purpose;
use crate::tui::form::duty;
use crate::tui::form::room::declared_words;
use crate::tui::keys::Key;
use crate::tui::panel::Panel;
use crate::tui::panel::PanelId;
use crate::tui::panel::RowId;
use crate::tui::pick::Item;
use crate::tui::pick::Pick;
use crate::tui::pick::Run;
use crate::tui::seat::Mode;
use crate::tui::seat::Now;
use crate::tui::seat::Seat;
use crate::tui::seat::drafts;
use crate::tui::seat::object;
use crate::tui::seat::object::ACKNOWLEDGE;
use crate::tui::seat::object::HOLD;
use crate::tui::seat::object::Judge;
use crate::tui::seat::object::Object;
use crate::tui::seat::object::RELEASE;
use crate::tui::seat::object::UNACKNOWLEDGE;
use crate::tui::seat::object::able;
use crate::tui::seat::object::alarms_of;
use crate::tui::seat::object::objects;
use crate::tui::seat::object::playbook_of;
use crate::tui::seat::object::playbooks_for;
use std::fmt::Display;
use std::sync::Arc;

/// The actions that there are: another role may be taken in the training city alone.
fn there(board: &Board) -> impl Iterator<Item = &'static Row> {
    let training = board.room.training;
    ACTIONS
        .iter()
        .filter(move |row| training || row.action != Action::Role)
}

impl Seat {
    /// Every action, to be found by words, initials or its name.
    pub(super) fn palette(&self, live: &Board) -> Pick {
        let items = there(live).map(|row| self.item(row)).collect();
        Pick::new(Tui::PaletteTitle.text(self.lang).to_owned(), items)
    }

    /// The same under its headings, what this screen offers first.
    pub(super) fn help(&self, live: &Board) -> Pick {
        let panel = Panel::of(self.screen);
        let title = panel.map_or("", |panel| (panel.title)(self.lang));
        let here = panel.map_or(&[][..], |panel| panel.actions);
        let mut items: Vec<Item> = here
            .iter()
            .map(|action| Item {
                head: title.to_owned(),
                ..self.item(action.row())
            })
            .collect();
        let rest = there(live).filter(|row| !here.contains(&row.action));
        items.extend(rest.map(|row| self.item(row)));
        Pick::new(fill(Tui::HelpTitle.text(self.lang), &[("screen", &title)]), items)
    }

    fn item(&self, row: &Row) -> Item {
        let keys: Vec<String> = self.keymap.keys(row.action).iter().map(Key::to_string).collect();
        Item {
            head: group(row.group).text(self.lang).to_owned(),
            words: row.text.text(self.lang).to_owned(),
            note: keys.join("  "),
            id: row.id.to_owned(),
            run: Run::Action(row.action),
        }
    }

    /// Everything that can be done with the row under the cursor.
    pub(super) fn menu(&mut self, live: &Arc<Board>, now: Now) {
        let board = self.frozen.clone().unwrap_or_else(|| Arc::clone(live));
        let rows = self.view().targets();
        if self.screen == PanelId::Shift {
            return self.duty_menu();
        }
        let Some(row) = rows.first() else {
            self.say(Tui::ChooseRow.text(self.lang), false, now);
            return;
        };
        let mut items = Vec::new();
        let ids = alarms_of(&board, &rows);
        if !ids.is_empty() {
            self.alarm_items(&board, &ids, now, &mut items);
        }
        let about = objects(&board, &rows);
        if let [Object::Case(case)] = &about[..] {
            self.case_items(&board, case, &mut items);
            self.plan_items(&board, case, &mut items);
        } else if about.len() > 1 {
            self.bulk_items(&board, &about, now, &mut items);
            self.many_items(&board, &rows, now, &mut items);
        }
        if rows.len() == 1 {
            self.declared_items(&board, row, now, &mut items);
        }
        items.push(self.item(Action::Copy.row()));
        if let [Object::Case(case)] = &about[..] {
            self.blocked_items(&board, case, &mut items);
        }
        // The playbook's steps first, then everything else under one heading.
        let steps = Tui::GroupSteps.text(self.lang);
        let blocked = Tui::GroupBlocked.text(self.lang);
        items.sort_by_key(|item| (item.head != steps, item.head == blocked));
        let title = fill(Tui::MenuTitle.text(self.lang), &[("what", &row.text())]);
        self.mode = Mode::Pick(Pick::new(title, items));
    }

    /// The declared states of the row's point or enterprise, to be ended before their time.
    fn declared_items(&self, board: &Board, row: &RowId, now: Now, items: &mut Vec<Item>) {
        let all = &board.state.declared;
        let at_point = |id: &PointId| {
            let point = board.points.get(id);
            let here = point.map(|point| declared::at_point(all, point, now.room).collect());
            here.unwrap_or_default()
        };
        let firm = EnterpriseId::from(Clean::new(row.text()));
        let here: Vec<&Declared> = match row {
            RowId::Point(id) => at_point(id),
            RowId::Alarm(id) => {
                let point = board.state.alarms.get(id);
                let point = point.and_then(|alarm| alarm.cause.point.as_ref());
                point.map(at_point).unwrap_or_default()
            }
            RowId::Other(_) => declared::of_enterprise(all, &firm, &board.points, now.room).collect(),
            RowId::Case(_) | RowId::Task(_) | RowId::Source(_) | RowId::Group(_) => Vec::new(),
        };
        for declared in here {
            let note = declared_words(self.lang, board, declared);
            let purpose = Purpose::EndDeclaration(declared.id);
            items.push(self.offer(Tui::EndDeclaration.text(self.lang), &note, purpose));
        }
    }

    /// Everything that can be done with the shift.
    fn duty_menu(&mut self) {
        let offers = DUTY_ACTS.iter();
        let offers = offers.map(|act| self.offer(duty::title(*act).text(self.lang), "", Purpose::Duty(*act)));
        let title = Tui::Shift.text(self.lang).to_owned();
        self.mode = Mode::Pick(Pick::new(title, offers.collect()));
    }

    /// Orders and notes for all that the rows are about.
    fn many_items(&self, board: &Board, rows: &[RowId], now: Now, items: &mut Vec<Item>) {
        let (note, order) = (self.keymap.hint(Action::Note), self.keymap.hint(Action::Dispatch));
        let words = Tui::Dispatch.text(self.lang);
        items.push(match self.dispatch(board, rows, now) {
            Ok(purpose) => self.offer(words, &order, purpose),
            Err(why) => self.blocked(words, why),
        });
        let cases = object::cases(&objects(board, rows));
        if !cases.is_empty() {
            items.push(self.offer(Tui::Note.text(self.lang), &note, Purpose::Note(cases)));
        }
    }

    /// A line that says why something cannot be done now.
    fn blocked(&self, words: &str, why: String) -> Item {
        Item {
            head: Tui::GroupBlocked.text(self.lang).to_owned(),
            words: words.to_owned(),
            note: why.clone(),
            id: String::new(),
            run: Run::Say(why),
        }
    }

    fn offer(&self, words: &str, note: &str, purpose: Purpose) -> Item {
        if !self.may(&purpose) {
            return self.blocked(words, self.may_not());
        }
        Item {
            head: Tui::GroupHandling.text(self.lang).to_owned(),
            words: words.to_owned(),
            note: note.to_owned(),
            id: drafts::key(&purpose),
            run: Run::Ask(purpose),
        }
    }

    fn alarm_items(&self, board: &Board, ids: &[AlarmId], now: Now, items: &mut Vec<Item>) {
        let keep = |judge: Judge| able(board, ids, judge, now);
        let offers = [
            (
                Tui::Acknowledge,
                Action::Acknowledge,
                keep(ACKNOWLEDGE).map(Purpose::Acknowledge),
            ),
            (Tui::Shelve, Action::Shelve, keep(HOLD).map(Purpose::Shelve)),
        ];
        for (text, action, purpose) in offers {
            let hint = self.keymap.hint(action);
            items.extend(purpose.map(|purpose| self.offer(text.text(self.lang), &hint, purpose)));
        }
        let more = [
            (
                Tui::Unacknowledge,
                keep(UNACKNOWLEDGE).map(Purpose::Unacknowledge),
            ),
            (Tui::Release, keep(RELEASE).map(Purpose::Release)),
            (Tui::OutOfService, keep(HOLD).map(Purpose::OutOfService)),
        ];
        for (text, purpose) in more {
            items.extend(purpose.map(|purpose| self.offer(text.text(self.lang), "", purpose)));
        }
        let [id] = ids else { return };
        if let Some(alarm) = board.state.alarms.get(id).filter(|alarm| alarm.case.is_none()) {
            if let Ok(purpose) = self.dispatch(board, &[RowId::Alarm(id.clone())], now) {
                let hint = self.keymap.hint(Action::Dispatch);
                items.push(self.offer(Tui::Dispatch.text(self.lang), &hint, purpose));
            }
            for playbook in playbooks_for(board, alarm) {
                let words = fill(
                    Tui::OpenTitle.text(self.lang),
                    &[("what", &self.lang.of(&playbook.words))],
                );
                let purpose = Purpose::Open {
                    alarm: id.clone(),
                    playbook: playbook.id.clone(),
                    then_dispatch: false,
                };
                items.push(self.offer(&words, "", purpose));
            }
        }
    }

    fn case_items(&self, board: &Board, id: &CaseId, items: &mut Vec<Item>) {
        let Some(case) = board.state.cases.get(id) else {
            return;
        };
        if let Some(playbook) = playbook_of(board, case) {
            for step in engine::offered(case, playbook, &self.who, Around::of(&board.state, case)) {
                let purpose = Purpose::Step {
                    case: id.clone(),
                    step: step.id.clone(),
                };
                items.push(Item {
                    head: Tui::GroupSteps.text(self.lang).to_owned(),
                    ..self.offer(self.lang.of(&step.words), "", purpose)
                });
            }
        }
        let (note, order) = (self.keymap.hint(Action::Note), self.keymap.hint(Action::Dispatch));
        let words = Tui::Dispatch.text(self.lang);
        match self.dispatch_case(board, id) {
            Ok(further @ Purpose::Dispatch(_)) => items.push(self.offer(words, &order, further)),
            // Where the playbook's own step dispatches, it stands among the steps already.
            Ok(_) => {}
            Err(why) => items.push(self.blocked(words, why)),
        }
        let noted = Purpose::Note(vec![id.clone()]);
        items.push(self.offer(Tui::Note.text(self.lang), &note, noted));
        for task in &case.tasks {
            self.task_items(board, task, items);
        }
    }

    /// The steps of the stage that cannot be made now, each with the reason.
    fn blocked_items(&self, board: &Board, id: &CaseId, items: &mut Vec<Item>) {
        let Some(case) = board.state.cases.get(id) else {
            return;
        };
        let Some(playbook) = playbook_of(board, case) else {
            return;
        };
        let around = Around::of(&board.state, case);
        for (step, why) in engine::blocked(case, playbook, &self.who, around) {
            let mut why = refusal::words(self.lang, &why, board.room.zone, &board.room.playbooks);
            if !step.roles.contains(&self.who.role) {
                let roles = step.roles.iter().map(|role| domain::role(self.lang, *role));
                let roles: Vec<&str> = roles.collect();
                let only = [("roles", &roles.join("、") as &dyn Display)];
                why = fill(Tui::OnlyRoles.text(self.lang), &only);
            } else if step.when == When::Settled && !around.settled {
                why = self.open_under(board, id);
            }
            items.push(Item {
                head: Tui::GroupBlocked.text(self.lang).to_owned(),
                words: self.lang.of(&step.words).to_owned(),
                note: why.clone(),
                id: step.id.to_string(),
                run: Run::Say(why),
            });
        }
    }

    /// Which cases under this one, and under those, are open: how many, and the first.
    fn open_under(&self, board: &Board, id: &CaseId) -> String {
        let open: Vec<&CaseId> = board
            .state
            .below(id)
            .into_iter()
            .filter(|case| case.is_open())
            .map(|case| &case.id)
            .collect();
        let first = open.first().map_or(String::new(), ToString::to_string);
        let what = if open.len() > 1 {
            format!("{first}…")
        } else {
            first
        };
        let given = [("n", &open.len() as &dyn Display), ("what", &what)];
        fill(Tui::OpenUnder.text(self.lang), &given)
    }

    fn task_items(&self, board: &Board, id: &TaskId, items: &mut Vec<Item>) {
        let Some(task) = board.state.tasks.get(id) else {
            return;
        };
        if matches!(task.delivery, Delivery::Withdrawn { .. }) {
            return;
        }
        let name = task.order.unit_name.as_str();
        let again = !matches!(
            task.delivery,
            Delivery::Trying { .. } | Delivery::Delivered { .. }
        );
        if again {
            items.push(self.offer(Tui::Resend.text(self.lang), name, Purpose::Resend(id.clone())));
        }
        let called = decide::called(task, Clean::default());
        for (text, purpose, judged) in [
            (Tui::Answered, Purpose::Answered(id.clone()), Ok(())),
            (Tui::Called, Purpose::Called(id.clone()), called.map(drop)),
            (
                Tui::Withdraw,
                Purpose::Withdraw(id.clone()),
                decide::withdraw(task).map(drop),
            ),
        ] {
            let words = text.text(self.lang);
            items.push(match judged {
                Ok(()) => self.offer(words, name, purpose),
                Err(why) => self.blocked(words, format!("{name}: {}", self.why(board, &why))),
            });
        }
    }
}

/// The heading of a group.
fn group(group: Group) -> Tui {
    match group {
        Group::Screens => Tui::GroupScreens,
        Group::Moving => Tui::GroupMoving,
        Group::Finding => Tui::GroupFinding,
        Group::Handling => Tui::GroupHandling,
        Group::Seat => Tui::GroupSeat,
    }
}
