//! How one of several gets its order: by the step of its loop that dispatches, as a further one, or with a case of its own.

use crate::desk::board::Board;
use crate::domain::case::Case;
use crate::domain::decide::engine;
use crate::domain::decide::engine::Around;
use crate::domain::decide::opening::Opening;
use crate::domain::id::{AlarmId, CaseId};
use crate::domain::playbook::{Move, Need, Playbook};
use crate::lang::fill;
use crate::lang::tui::Tui;
use crate::tui::form::purpose::Sending;
use crate::tui::form::{Desk, order, orders};
use crate::tui::seat::object::{Object, playbook_of, playbooks_for};
use crate::tui::seat::{Now, Seat};

impl Seat {
    /// How one of several gets its order: by the step that dispatches, as a further one, or with a case of its own; or
    /// why it gets none.
    pub(in crate::tui::seat) fn sending(
        &self,
        board: &Board,
        object: &Object,
        now: Now,
    ) -> Result<Sending, String> {
        let sending = match object {
            Object::Case(id) => self.sending_of_case(board, id)?,
            Object::Alarm(id) => self.sending_of_alarm(board, id, now)?,
        };
        let desk = Desk {
            board,
            lang: self.lang,
            now: now.room,
            hand: now.hand,
        };
        let unknown = || Tui::NoUnit.text(self.lang).to_owned();
        orders::order(&desk, &sending)
            .map(|_| sending)
            .ok_or_else(unknown)
    }

    fn sending_of_case(&self, board: &Board, id: &CaseId) -> Result<Sending, String> {
        let gone = || fill(Tui::NotHere.text(self.lang), &[("what", &"")]);
        let case = board.state.cases.get(id).ok_or_else(gone)?;
        if let Some(step) = self.dispatching(board, case) {
            return if asks_only(step, &[Need::Unit, Need::Comment]) {
                Ok(Sending::Step(id.clone(), step.id.clone()))
            } else {
                Err(Tui::OneByOne.text(self.lang).to_owned())
            };
        }
        let mut tasks = case.tasks.iter().filter_map(|task| board.state.tasks.get(task));
        if let Some(task) = tasks
            .find(|task| task.is_outstanding())
            .filter(|_| case.is_open())
        {
            return Err(fill(
                Tui::OrderIsOut.text(self.lang),
                &[("unit", &task.order.unit_name)],
            ));
        }
        self.may_order(board, case)?;
        Ok(Sending::Further(id.clone()))
    }

    fn sending_of_alarm(&self, board: &Board, id: &AlarmId, now: Now) -> Result<Sending, String> {
        let gone = || fill(Tui::NotHere.text(self.lang), &[("what", &"")]);
        let alarm = board.state.alarms.get(id).ok_or_else(gone)?;
        if !self.who.role.may_act() {
            return Err(self.may_not());
        }
        let none = || Tui::OneByOne.text(self.lang).to_owned();
        let playbook = playbooks_for(board, alarm).next().ok_or_else(none)?;
        let opening = Opening::of_alarm(id, &alarm.cause);
        let case = order::to_be(board, playbook, &opening, now.room);
        let step = self.dispatching_by(board, &case, playbook);
        let step = step.filter(|step| asks_only(step, &[Need::Unit]));
        step.map(|_| Sending::Open(id.clone(), playbook.id.clone()))
            .ok_or_else(none)
    }

    /// Whether a further order may go out for a case.
    pub(in crate::tui::seat) fn may_order(&self, board: &Board, case: &Case) -> Result<(), String> {
        if !self.who.role.may_act() {
            return Err(self.may_not());
        }
        engine::may_order(case).map_err(|why| self.why(board, &why))
    }

    /// The step that dispatches, where the playbook offers one now.
    pub(in crate::tui::seat) fn dispatching<'a>(
        &'a self,
        board: &'a Board,
        case: &'a Case,
    ) -> Option<&'a Move> {
        self.dispatching_by(board, case, playbook_of(board, case)?)
    }

    fn dispatching_by<'a>(&'a self, board: &Board, case: &'a Case, own: &'a Playbook) -> Option<&'a Move> {
        let around = Around::of(&board.state, case);
        let mut steps = engine::offered(case, own, &self.who, around);
        steps.find(|step| step.dispatches)
    }
}

/// Whether a step asks nothing else of whoever makes it.
fn asks_only(step: &Move, needs: &[Need]) -> bool {
    step.asks.is_empty() && step.needs.iter().all(|need| needs.contains(need))
}
