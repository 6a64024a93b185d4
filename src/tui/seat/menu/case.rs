//! What is offered for one case: the steps of its loop, orders, a note; and what cannot be done now, each with the reason.

use crate::desk::board::Board;
use crate::domain::decide::engine;
use crate::domain::decide::engine::Around;
use crate::domain::id::CaseId;
use crate::domain::playbook::When;
use crate::lang::tui::Tui;
use crate::lang::{domain, fill, refusal};
use crate::tui::action::Action;
use crate::tui::form::Purpose;
use crate::tui::pick::{Item, Run};
use crate::tui::seat::Seat;
use crate::tui::seat::object::playbook_of;
use std::fmt::Display;

impl Seat {
    pub(super) fn case_items(&self, board: &Board, id: &CaseId, items: &mut Vec<Item>) {
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
    }

    /// The steps of the stage that cannot be made now, each with the reason.
    pub(super) fn blocked_items(&self, board: &Board, id: &CaseId, items: &mut Vec<Item>) {
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
}
