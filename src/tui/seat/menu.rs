//! Lists to pick from: the palette, the help, everything that can be done with a row, what of it is to be copied.
//!
//! `case` offers what is done with one case, `orders` what is done with orders and with several rows at once.

mod case;
mod orders;

use crate::desk::board::Board;
use crate::domain::declared;
use crate::domain::declared::Declared;
use crate::domain::id::{AlarmId, EnterpriseId, PointId};
use crate::domain::text::Clean;
use crate::lang::fill;
use crate::lang::tui::Tui;
use crate::tui::action::{ACTIONS, Action, Group, Row};
use crate::tui::form::room::declared_words;
use crate::tui::form::{DUTY_ACTS, Purpose, duty};
use crate::tui::keys::Key;
use crate::tui::panel::Panel;
use crate::tui::pick::{Item, Pick, Run};
use crate::tui::seat::object::judged::{ACKNOWLEDGE, HOLD, Judge, RELEASE, UNACKNOWLEDGE, able};
use crate::tui::seat::object::{Object, alarms_of, objects, playbooks_for};
use crate::tui::seat::{Mode, Now, Seat, drafts};
use crate::tui::view::RowId;
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
        if self.screen == Action::Shift {
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
            if rows.len() == 1 {
                self.task_items(&board, (row, case), &mut items);
            }
        } else if about.len() > 1 {
            self.bulk_items(&board, &about, now, &mut items);
            self.many_items(&board, &rows, now, &mut items);
        }
        if rows.len() == 1 {
            self.declared_items(&board, row, now, &mut items);
        }
        if rows.len() > 1 || about.len() > 1 {
            self.order_items(&board, &rows, &mut items);
        }
        if rows.iter().any(|row| matches!(row, RowId::Source(_))) {
            items.push(self.item(Action::AskNow.row()));
        }
        items.push(self.item(Action::Copy.row()));
        if let [Object::Case(case)] = &about[..] {
            self.blocked_items(&board, case, &mut items);
        }
        // The playbook's steps first, then everything else under one heading.
        let steps = Tui::GroupSteps.text(self.lang);
        let blocked = Tui::GroupBlocked.text(self.lang);
        items.sort_by_key(|item| (item.head != steps, item.head == blocked));
        let more = rows.len() - 1;
        let what = if more > 0 {
            format!("{} +{more}", row.text())
        } else {
            row.text().to_owned()
        };
        let title = fill(Tui::MenuTitle.text(self.lang), &[("what", &what)]);
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

    /// A line that says why something cannot be done now.
    pub(in crate::tui::seat) fn blocked(&self, words: &str, why: String) -> Item {
        Item {
            head: Tui::GroupBlocked.text(self.lang).to_owned(),
            words: words.to_owned(),
            note: why.clone(),
            id: String::new(),
            run: Run::Say(why),
        }
    }

    pub(in crate::tui::seat) fn offer(&self, words: &str, note: &str, purpose: Purpose) -> Item {
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
