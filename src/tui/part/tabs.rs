//! Sub-lists of a screen as tabs in one line, each with its count; the chosen one is `View::choice`.

use crate::tui::action::Action;
use crate::tui::look::Meaning;
use crate::tui::part;
use crate::tui::view::{Ctx, View};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// A tab.
#[derive(Clone, Copy, Debug)]
pub struct Tab {
    /// Its name.
    pub name: &'static str,
    /// How many rows its list has.
    pub count: usize,
}

/// Draws the tabs into the first row of `area`.
pub fn draw(ctx: &Ctx<'_>, view: &View, area: Rect, buf: &mut Buffer, tabs: &[Tab]) {
    let mut x = 1;
    for (nth, tab) in tabs.iter().enumerate() {
        let here = nth == view.choice;
        let meaning = if here { Meaning::TabHere } else { Meaning::Dim };
        let text = format!(" {} {} ", tab.name, tab.count);
        x += part::put(buf, area, (x, 0), &text, ctx.look.style(meaning)) + 1;
    }
}

/// Chooses the next or previous of `count` tabs; the list then starts anew.
pub fn act(action: Action, count: usize, view: &mut View) -> bool {
    let last = count.saturating_sub(1);
    let next = if action == Action::Left {
        view.choice.saturating_sub(1)
    } else if action == Action::Right {
        (view.choice + 1).min(last)
    } else if action == Action::NextPane {
        (view.choice + 1) % count.max(1)
    } else {
        view.choice
    };
    if next == view.choice {
        return false;
    }
    (view.choice, view.cursor, view.top, view.card) = (next, None, 0, 0);
    true
}
