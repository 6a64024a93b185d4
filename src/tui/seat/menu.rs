//! Lists to pick from: the palette, the help, everything that can be done with a row, what of it is to be copied.

use crate::desk::board::Board;
use crate::domain::alarm::Alarm;
use crate::domain::alarm::AlarmState;
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
use crate::tui::form::build;
use crate::tui::form::duty;
use crate::tui::form::room::declared_words;
use crate::tui::keys::Key;
use crate::tui::panel::Panel;
use crate::tui::panel::PanelId;
use crate::tui::panel::RowId;
use crate::tui::part;
use crate::tui::pick::Item;
use crate::tui::pick::Pick;
use crate::tui::pick::Run;
use crate::tui::seat::Mode;
use crate::tui::seat::Now;
use crate::tui::seat::Seat;
use crate::tui::seat::ask::alarms_of;
use crate::tui::seat::ask::case_of;
use crate::tui::seat::ask::playbook_of;
use crate::tui::seat::ask::playbooks_for;
use crate::tui::seat::ask::some;
use crate::tui::seat::drafts;
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
            self.alarm_items(&board, &ids, &mut items);
        }
        if rows.len() > 1 {
            self.bulk_items(&board, &rows, &mut items);
        } else if let Some(case) = case_of(&board, row) {
            self.case_items(&board, &case, &mut items);
            self.plan_items(&board, &case, &mut items);
        }
        if rows.len() == 1 {
            self.declared_items(&board, row, now, &mut items);
        }
        items.push(self.item(Action::Copy.row()));
        if let Some(case) = case_of(&board, row).filter(|_| rows.len() == 1) {
            self.blocked_items(&board, &case, &mut items);
        }
        // The playbook's steps first, then everything else under one heading.
        let steps = Tui::GroupSteps.text(self.lang);
        items.sort_by_key(|item| item.head != steps);
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

    fn offer(&self, words: &str, note: &str, purpose: Purpose) -> Item {
        Item {
            head: Tui::GroupHandling.text(self.lang).to_owned(),
            words: words.to_owned(),
            note: note.to_owned(),
            id: drafts::key(&purpose),
            run: Run::Ask(purpose),
        }
    }

    fn alarm_items(&self, board: &Board, ids: &[AlarmId], items: &mut Vec<Item>) {
        let keep = |test: fn(&Alarm) -> bool| some(ids.to_vec(), board, test);
        let held = |a: &Alarm| matches!(a.state(), AlarmState::Shelved | AlarmState::OutOfService);
        let offers = [
            (
                Tui::Acknowledge,
                Action::Acknowledge,
                keep(|a| a.unacked).map(Purpose::Acknowledge),
            ),
            (
                Tui::Shelve,
                Action::Shelve,
                keep(|a| a.hold.is_none()).map(Purpose::Shelve),
            ),
        ];
        for (text, action, purpose) in offers {
            let hint = self.keymap.hint(action);
            items.extend(purpose.map(|purpose| self.offer(text.text(self.lang), &hint, purpose)));
        }
        let more = [
            (
                Tui::Unacknowledge,
                keep(|a| a.ack.is_some() && !a.unacked).map(Purpose::Unacknowledge),
            ),
            (Tui::Release, keep(held).map(Purpose::Release)),
            (
                Tui::OutOfService,
                keep(|a| a.hold.is_none()).map(Purpose::OutOfService),
            ),
        ];
        for (text, purpose) in more {
            items.extend(purpose.map(|purpose| self.offer(text.text(self.lang), "", purpose)));
        }
        let [id] = ids else { return };
        if let Some(alarm) = board.state.alarms.get(id).filter(|alarm| alarm.case.is_none()) {
            if let Some(purpose) = self.dispatch_of(board, &RowId::Alarm(id.clone())) {
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
        // Where the playbook's own step dispatches, it stands among the steps already.
        let further = self.dispatch_case(board, id);
        if matches!(further, Purpose::Dispatch(_)) {
            items.push(self.offer(Tui::Dispatch.text(self.lang), &order, further));
        }
        items.push(self.offer(Tui::Note.text(self.lang), &note, Purpose::Note(id.clone())));
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
        for (text, purpose) in [
            (Tui::Answered, Purpose::Answered(id.clone())),
            (Tui::Called, Purpose::Called(id.clone())),
            (Tui::Withdraw, Purpose::Withdraw(id.clone())),
        ] {
            items.push(self.offer(text.text(self.lang), name, purpose));
        }
    }

    /// What of the row is to be copied.
    pub(super) fn copy(&mut self, live: &Arc<Board>, now: Now) {
        let rows = self.view().targets();
        if rows.is_empty() {
            self.say(Tui::ChooseRow.text(self.lang), false, now);
            return;
        }
        let ids: Vec<&str> = rows.iter().map(RowId::text).collect();
        let lines: Vec<String> = rows.iter().map(|row| self.line(live, row, now)).collect();
        let texts = [ids.join("\n"), lines.join("\n")];
        let items = texts.into_iter().map(|text| Item {
            head: Tui::Copy.text(self.lang).to_owned(),
            words: part::cut(text.lines().next().unwrap_or_default(), 60, "…"),
            note: String::new(),
            id: String::new(),
            run: Run::Copy(text),
        });
        self.mode = Mode::Pick(Pick::new(Tui::Copy.text(self.lang).to_owned(), items.collect()));
    }

    fn line(&self, board: &Board, row: &RowId, now: Now) -> String {
        let words = match row {
            RowId::Alarm(id) => {
                let alarm = board.state.alarms.get(id);
                alarm.map(|alarm| build::alarm_words(self.lang, alarm, now.room))
            }
            RowId::Case(id) => board
                .state
                .cases
                .get(id)
                .map(|case| case.matter.title.to_string()),
            RowId::Task(id) => board.state.tasks.get(id).map(|task| task.order.text.to_string()),
            RowId::Point(id) => board.points.get(id).map(|point| point.name.to_string()),
            RowId::Source(_) | RowId::Group(_) | RowId::Other(_) => None,
        };
        words.map_or_else(
            || row.text().to_owned(),
            |words| format!("{}  {words}", row.text()),
        )
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
