//! What is offered beside a row's own steps: matters written down by hand (登记), the plan of an episode, one step for many.

use crate::desk::board::Board;
use crate::domain::case::Case;
use crate::domain::decide::engine;
use crate::domain::decide::engine::Around;
use crate::domain::episode::{CURTAILMENT, EPISODE, MEASURE};
use crate::domain::id::{CaseId, PlaybookId};
use crate::domain::playbook::{Need, Playbook};
use crate::lang::screens::control::Control;
use crate::lang::tui::Tui;
use crate::lang::{domain as say, fill};
use crate::tui::form::purpose::{Plan, Sending};
use crate::tui::form::{Purpose, plan};
use crate::tui::pick::{Item, Pick, Run};
use crate::tui::seat::object::{Object, case_of, playbook_of};
use crate::tui::seat::{Mode, Now, Seat, drafts, object};
use std::sync::Arc;

impl Seat {
    /// Offers every loop of which a case may be opened by hand.
    pub(super) fn intake(&mut self, live: &Arc<Board>, now: Now) {
        if !self.who.role.may_act() {
            let role = say::role(self.lang, self.who.role);
            let words = fill(Tui::RoleMayNot.text(self.lang), &[("role", &role)]);
            self.say(&words, true, now);
            return;
        }
        let board = self.frozen.clone().unwrap_or_else(|| Arc::clone(live));
        // Of several marked rows none is the one that the new matter belongs under.
        let rows = self.view().targets();
        let here = rows.first().filter(|_| rows.len() == 1);
        let here = here.and_then(|row| case_of(&board, row));
        let parent = here
            .and_then(|id| board.state.cases.get(&id))
            .filter(|case| case.is_open());
        let seen = |playbook: &&Playbook| playbook.by_hand && playbook.is_seen_by(self.who.role);
        let loops = || board.room.playbooks.iter().filter(seen);
        let mut items = Vec::new();
        if let Some(parent) = parent {
            let under = loops().filter(|playbook| playbook.under.as_ref() == Some(&parent.matter.playbook));
            items.extend(under.map(|playbook| self.loop_item(playbook, Some(&parent.id))));
        }
        let alone = loops().filter(|playbook| playbook.under.is_none());
        items.extend(alone.map(|playbook| self.loop_item(playbook, None)));
        items.extend([
            self.room_item(Tui::DrawTitle, Purpose::Draw),
            self.room_item(Tui::DeclareTitle, Purpose::Declare),
        ]);
        self.mode = Mode::Pick(Pick::new(Tui::IntakePick.text(self.lang).to_owned(), items));
    }

    /// What the plan still asks for under an episode.
    pub(super) fn plan_items(&self, board: &Board, id: &CaseId, items: &mut Vec<Item>) {
        let case = board.state.cases.get(id).filter(|case| case.is_open());
        let Some(case) = case.filter(|case| case.matter.playbook.as_str() == EPISODE) else {
            return;
        };
        let Some(playbook) = playbook_of(board, case) else {
            return;
        };
        // Before the command's order nothing of the plan is written down.
        let around = Around::of(&board.state, case);
        let opens: Vec<&PlaybookId> = engine::offered(case, playbook, &self.who, around)
            .filter_map(|step| step.opens.as_ref())
            .collect();
        for (plan, text, of) in [
            (Plan::Measures, Control::DeployMeasures, MEASURE),
            (Plan::Enterprises, Control::DeployFirms, CURTAILMENT),
        ] {
            if !opens.iter().any(|id| id.as_str() == of) {
                continue;
            }
            let count = plan::openings(board, case, plan).len();
            if count > 0 {
                let purpose = Purpose::Deploy {
                    episode: id.clone(),
                    plan,
                };
                let words = fill(text.text(self.lang), &[("n", &count)]);
                items.push(self.room_words(&words, purpose));
            }
        }
    }

    /// The steps of one loop that some of the cases offer, each for those that do.
    pub(super) fn bulk_items(&self, board: &Board, about: &[Object], now: Now, items: &mut Vec<Item>) {
        let ids = object::cases(about);
        let cases: Vec<&Case> = ids.iter().filter_map(|id| board.state.cases.get(id)).collect();
        let Some(playbook) = cases.first().and_then(|case| playbook_of(board, case)) else {
            return;
        };
        let own = cases.iter().filter(|case| case.matter.playbook == playbook.id);
        let own: Vec<&Case> = own.copied().collect();
        for step in playbook
            .moves
            .iter()
            .filter(|step| !step.needs.contains(&Need::Case))
        {
            let offers = |case: &&&Case| {
                let around = Around::of(&board.state, case);
                engine::may((case, playbook), step, &self.who, around).is_ok()
            };
            let cases: Vec<CaseId> = own.iter().filter(offers).map(|case| case.id.clone()).collect();
            let sent = |id: &CaseId| self.sending(board, &Object::Case(id.clone()), now).ok();
            let (count, purpose) = if step.dispatches {
                let by = |sending: &Sending| matches!(sending, Sending::Step(_, id) if *id == step.id);
                let sent: Vec<Sending> = cases.iter().filter_map(sent).filter(by).collect();
                (sent.len(), Purpose::Orders(sent))
            } else {
                let step = step.id.clone();
                (cases.len(), Purpose::Steps { cases, step })
            };
            if count > 0 {
                let verb = self.lang.of(&step.words);
                let values: [(&str, &dyn std::fmt::Display); 2] = [("verb", &verb), ("n", &count)];
                let words = fill(Control::BulkStep.text(self.lang), &values);
                items.push(Item {
                    head: Tui::GroupSteps.text(self.lang).to_owned(),
                    id: step.id.to_string(),
                    ..self.room_words(&words, purpose)
                });
            }
        }
    }

    fn room_item(&self, words: Tui, purpose: Purpose) -> Item {
        self.room_words(words.text(self.lang), purpose)
    }

    fn room_words(&self, words: &str, purpose: Purpose) -> Item {
        Item {
            head: Tui::GroupHandling.text(self.lang).to_owned(),
            words: words.to_owned(),
            note: String::new(),
            id: drafts::key(&purpose),
            run: Run::Ask(purpose),
        }
    }

    fn loop_item(&self, playbook: &Playbook, parent: Option<&CaseId>) -> Item {
        let purpose = Purpose::Intake {
            playbook: playbook.id.clone(),
            parent: parent.cloned(),
        };
        Item {
            head: parent.map_or_else(|| Tui::New.text(self.lang).to_owned(), CaseId::to_string),
            words: self.lang.of(&playbook.words).to_owned(),
            note: playbook.letter.to_string(),
            id: drafts::key(&purpose),
            run: Run::Ask(purpose),
        }
    }
}
