//! What a changed configuration gives a seat that is taken: who sits there, what keys mean, how things look.

use crate::domain::air::Norm;
use crate::domain::person::Operator;
use crate::lang::Lang;
use crate::tui::keys::Keymap;
use crate::tui::look::Theme;
use crate::tui::seat::Seat;

/// What a changed configuration gives a seat that is taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Manner {
    /// Who sits there.
    pub who: Operator,
    /// The language, where the room's is another than before.
    pub lang: Option<Lang>,
    /// The themes to choose from, the room's first.
    pub themes: Vec<Theme>,
    /// What keys mean.
    pub keymap: Keymap,
    /// What the room's air is judged by.
    pub air: Norm,
}

impl Seat {
    /// The configuration was read again. Themes that are the same leave the one that was chosen.
    pub fn furnish(&mut self, manner: Manner) {
        (self.who, self.keymap) = (manner.who, manner.keymap);
        if let Some(lang) = manner.lang.filter(|_| self.can_chinese) {
            self.lang = lang;
        }
        self.air = manner.air;
        if manner.themes != self.themes {
            (self.themes, self.theme) = (manner.themes, 0);
        }
        self.draw_with(self.look.glyphs);
    }
}
