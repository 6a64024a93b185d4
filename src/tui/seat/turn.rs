//! What a seat shows: which screen, frozen or live, in which language and theme; one step back.

use crate::desk::board::Board;
use crate::domain::id::OperatorId;
use crate::domain::person::{Operator, ROLES, Role};
use crate::lang::tui::Tui;
use crate::lang::{Lang, domain, fill};
use crate::tui::action::Action;
use crate::tui::look::{Glyphs, Look};
use crate::tui::panel::{PANELS, Panel};
use crate::tui::pick::{Item, Pick, Run};
use crate::tui::seat::{Mode, Now, Out, Seat};
use std::sync::Arc;

impl Seat {
    pub(super) fn neighbour(&self, by: isize) -> Action {
        let at = PANELS
            .iter()
            .position(|panel| panel.action == self.screen)
            .unwrap_or(0);
        let count = PANELS.len().max(1);
        let next = (at + count).saturating_add_signed(by) % count;
        PANELS.get(next).map_or(self.screen, |panel| panel.action)
    }

    pub(super) fn show(&mut self, screen: Action, live: &Arc<Board>, now: Now) {
        self.screen = screen;
        if !self.views.contains_key(&screen) {
            self.take_in(live, now);
        }
        self.sees(live, now);
    }

    /// One step back: the card, the marks, the filter, the cursor.
    pub(super) fn back(&mut self, live: &Arc<Board>, now: Now) {
        let Some(view) = self.views.get_mut(&self.screen) else {
            return;
        };
        if view.open {
            (view.open, view.card) = (false, 0);
        } else if !view.marks.is_empty() || view.range.is_some() {
            view.marks.clear();
            view.range = None;
        } else if !view.filter.is_empty() {
            self.filter("", live, now);
        } else if self.frozen.is_some() {
            self.freeze(live, now);
        } else {
            view.cursor = None;
            view.top = 0;
            self.take_in(live, now);
        }
    }

    /// `q`: closes what is open, and leaves the seat where nothing is.
    pub(super) fn close(&mut self, live: &Arc<Board>, now: Now) -> Vec<Out> {
        if self.view().open {
            self.back(live, now);
            return Vec::new();
        }
        vec![Out::Quit]
    }

    pub(super) fn freeze(&mut self, live: &Arc<Board>, now: Now) {
        self.frozen = match self.frozen {
            Some(_) => None,
            None => Some(Arc::new(Board {
                at: now.room,
                ..(**live).clone()
            })),
        };
        self.sees(live, now);
    }

    pub(super) fn speak(&mut self, now: Now) {
        if !self.can_chinese {
            self.say(Tui::NoChinese.text(self.lang), true, now);
            return;
        }
        self.lang = self.lang.pick(Lang::En, Lang::Zh);
    }

    pub(super) fn dress(&mut self, now: Now) {
        self.theme = (self.theme + 1) % self.themes.len().max(1);
        if let Some(theme) = self.themes.get(self.theme) {
            self.look = Look::new(theme, self.look.depth, self.look.glyphs).painted(self.air);
            let words = fill(Tui::ThemeIs.text(self.lang), &[("name", &theme.name)]);
            self.say(&words, false, now);
        }
    }

    /// The roles to play, in the training city alone: a real room's configuration says who somebody is.
    pub(super) fn roles(&mut self, live: &Board, now: Now) {
        if !live.room.training {
            self.say(Tui::RoleFixed.text(self.lang), true, now);
            return;
        }
        let items = ROLES.iter().map(|(role, key)| Item {
            head: Tui::Role.text(self.lang).to_owned(),
            words: domain::role(self.lang, *role).to_owned(),
            note: String::new(),
            id: (*key).to_owned(),
            run: Run::Role(*role),
        });
        let title = Tui::RoleTitle.text(self.lang).to_owned();
        self.mode = Mode::Pick(Pick::new(title, items.collect()));
    }

    /// Plays a role, as a person of its own: what needs another hand can be tried too. What the role may not see leaves
    /// the lists with the next board.
    pub(super) fn play(&mut self, role: Role, live: &Board, now: Now) {
        if !live.room.training {
            return;
        }
        self.who = Operator {
            id: OperatorId::new(role.key()),
            role,
        };
        self.views.clear();
        (self.frozen, self.counted) = (None, None);
        // Who keeps the same role gets no other board: the lists are filled here.
        self.take_in(live, now);
        let words = fill(
            Tui::RoleIs.text(self.lang),
            &[("role", &domain::role(self.lang, role))],
        );
        self.say(&words, false, now);
    }

    /// The terminal draws ambiguous characters so wide that the other set of characters is needed.
    pub fn draw_with(&mut self, glyphs: &'static Glyphs) {
        if let Some(theme) = self.themes.get(self.theme) {
            self.look = Look::new(theme, self.look.depth, glyphs).painted(self.air);
        }
    }

    pub(super) fn panel_act(&mut self, action: Action, live: &Arc<Board>, now: Now) {
        let Some(panel) = Panel::of(self.screen) else {
            return;
        };
        let mut view = self.view();
        let asked = (view.choice, view.pane);
        if (panel.act)(action, &self.ctx(live, now.room), &mut view) {
            let anew = (view.choice, view.pane) != asked;
            self.views.insert(self.screen, view);
            if anew {
                self.take_in(live, now);
            }
        }
    }
}
