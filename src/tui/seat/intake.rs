//! Writing a matter down by hand (登记): which loops are offered, those under the case at the cursor first.

use crate::desk::board::Board;
use crate::domain::id::CaseId;
use crate::domain::playbook::Playbook;
use crate::lang::domain as say;
use crate::lang::fill;
use crate::lang::tui::Tui;
use crate::tui::form::Purpose;
use crate::tui::pick::Item;
use crate::tui::pick::Pick;
use crate::tui::pick::Run;
use crate::tui::seat::Mode;
use crate::tui::seat::Now;
use crate::tui::seat::Seat;
use crate::tui::seat::answer;
use crate::tui::seat::ask::case_of;
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
        let here = self.view().cursor.and_then(|row| case_of(&board, &row));
        let parent = here
            .and_then(|id| board.state.cases.get(&id))
            .filter(|case| case.closed.is_none());
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

    fn room_item(&self, words: Tui, purpose: Purpose) -> Item {
        Item {
            head: Tui::GroupHandling.text(self.lang).to_owned(),
            words: words.text(self.lang).to_owned(),
            note: String::new(),
            id: answer::key(&purpose),
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
            id: answer::key(&purpose),
            run: Run::Ask(purpose),
        }
    }
}
