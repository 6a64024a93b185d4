//! Panels: what the middle of the screen shows. One file and one row in [`PANELS`] adds a screen.
//!
//! A panel draws; it keeps nothing. What a person has done in it is its [`View`], the same for all, kept by the seat.

pub mod air;
pub mod alarms;
pub mod cases;
pub mod control;
pub mod feeds;
pub mod fires;
pub mod overview;
pub mod points;
pub mod shift;
pub mod targets;

use crate::domain::time::Moment;
use crate::lang::Lang;
use crate::tui::action::Action;
use crate::tui::find::Words;
use crate::tui::view::{Ctx, RowId, View};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// A screen.
#[derive(Clone, Copy, Debug)]
pub struct Panel {
    /// The action that shows it: by that it is told from the others.
    pub action: Action,
    /// Its name in the header.
    pub title: fn(Lang) -> &'static str,
    /// What its list shows before any filter, in order. Asked when the list is opened, filtered or taken in, and
    /// at most once a second to count what is new; never for a frame.
    pub rows: fn(&Ctx<'_>, &View) -> Vec<RowId>,
    /// Adds the words that the filter finds a row of the list by.
    pub words: fn(&Ctx<'_>, &RowId, &mut Words),
    /// The fields that its filter may ask a row for, beside words.
    pub fields: &'static [&'static str],
    /// How many unhandled matters of this screen no shown row stands for: they lie behind the filter, in another
    /// sub-list, or beyond the list's length. Asked when the rows are.
    pub outside: fn(&Ctx<'_>, &View, &[RowId]) -> usize,
    /// Draws it, the card of the row under the cursor included where `view.open`. Gives how many rows of the list
    /// there was room for. Any size, also none.
    pub draw: fn(&Ctx<'_>, &View, Rect, &mut Buffer) -> u16,
    /// What its footer offers, most wanted first.
    pub actions: &'static [Action],
    /// What it makes of an action that the seat has no general meaning for (`Left`, `Right`, `NextPane`, `Sort`).
    /// `false` where nothing changed.
    pub act: fn(Action, &Ctx<'_>, &mut View) -> bool,
    /// When what it shows reads differently although nothing happened: the earliest change of a visible age or
    /// countdown. `None` while nothing on it counts.
    pub wakes: fn(&Ctx<'_>, &View) -> Option<Moment>,
}

/// Every screen, in the order of the keys.
pub const PANELS: &[Panel] = &[
    overview::PANEL,
    air::PANEL,
    fires::PANEL,
    control::PANEL,
    cases::PANEL,
    alarms::PANEL,
    points::PANEL,
    targets::PANEL,
    shift::PANEL,
    feeds::PANEL,
];

impl Panel {
    /// The screen that an action shows, if it shows one.
    pub fn of(action: Action) -> Option<&'static Self> {
        PANELS.iter().find(|panel| panel.action == action)
    }
}
