//! What is offered for orders that went out, and for several rows at once: each act with how many it is done to.

use crate::desk::board::Board;
use crate::domain::id::{CaseId, TaskId};
use crate::domain::task::Delivery;
use crate::lang::fill;
use crate::lang::tui::Tui;
use crate::tui::action::Action;
use crate::tui::form::{Purpose, said};
use crate::tui::pick::Item;
use crate::tui::seat::object::judged::ORDER_ACTS;
use crate::tui::seat::object::{objects, orders_of};
use crate::tui::seat::{Now, Seat, object};
use crate::tui::view::RowId;
use std::fmt::Display;

impl Seat {
    /// Orders and notes for all that the rows are about.
    pub(in crate::tui::seat) fn many_items(
        &self,
        board: &Board,
        rows: &[RowId],
        now: Now,
        items: &mut Vec<Item>,
    ) {
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

    /// What can be done with the orders that the rows are about, and whether the marked rows can be undone.
    pub(super) fn order_items(&self, board: &Board, rows: &[RowId], items: &mut Vec<Item>) {
        if orders_of(board, rows).iter().any(Result::is_ok) {
            for act in ORDER_ACTS {
                let verb = act.text.text(self.lang);
                let (able, out) = self.orders_for(board, rows, act);
                let given: [(&str, &dyn Display); 2] = [("verb", &verb), ("n", &able.len())];
                let words = fill(Tui::DoMany.text(self.lang), &given);
                items.push(if able.is_empty() {
                    self.blocked(verb, said::left_out(self.lang, &out).unwrap_or_default())
                } else {
                    self.offer(&words, "", (act.purpose)(able))
                });
            }
        }
        let (able, _) = self.undoing(board, rows);
        if !self.view().marks.is_empty() && !able.is_empty() {
            let verb = Tui::Undo.text(self.lang);
            let given: [(&str, &dyn Display); 2] = [("verb", &verb), ("n", &able.len())];
            let words = fill(Tui::DoMany.text(self.lang), &given);
            let hint = self.keymap.hint(Action::Undo);
            items.push(self.offer(&words, &hint, Purpose::Undo(able)));
        }
    }

    /// What can be done with the row's one order, or with each order of its case.
    pub(super) fn task_items(&self, board: &Board, (row, case): (&RowId, &CaseId), items: &mut Vec<Item>) {
        let case = board.state.cases.get(case);
        let tasks: Vec<&TaskId> = match row {
            RowId::Task(id) => vec![id],
            RowId::Alarm(_)
            | RowId::Case(_)
            | RowId::Group(_)
            | RowId::Point(_)
            | RowId::Source(_)
            | RowId::Other(_) => case.into_iter().flat_map(|case| &case.tasks).collect(),
        };
        let tasks = tasks.into_iter().filter_map(|id| board.state.tasks.get(id));
        for task in tasks.filter(|task| !matches!(task.delivery, Delivery::Withdrawn { .. })) {
            let name = task.order.unit_name.as_str();
            for act in ORDER_ACTS {
                let words = act.text.text(self.lang);
                items.push(match (act.judge)(task) {
                    Ok(()) => self.offer(words, name, (act.purpose)(vec![task.id.clone()])),
                    Err(why) => self.blocked(words, format!("{name}: {}", self.why(board, &why))),
                });
            }
        }
    }
}
