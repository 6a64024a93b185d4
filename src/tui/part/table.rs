//! A windowed table: only rows on the screen are built, columns drop by priority, rows are known by identity.
//!
//! Called by panels with the view's listing; the row builder is asked once for each visible row and answers `None`
//! for a thing that is no more, whose row stays in its place so that nothing moves.

use crate::lang::tui::Tui;
use crate::lang::{Lang, fill};
use crate::tui::action::Action;
use crate::tui::look::Meaning;
use crate::tui::part;
use crate::tui::part::outside;
use crate::tui::view::{Ctx, RowId, View};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// On which side a column's text stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// Text.
    #[default]
    Left,
    /// Numbers.
    Right,
}

/// A column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its head.
    pub head: fn(Lang) -> &'static str,
    /// Its least width in cells; one blank between columns is added.
    pub least: u16,
    /// Its share of the room that is left over; 0 keeps it at `least`.
    pub share: u16,
    /// 0 is always there; of the others the highest number is dropped first.
    pub priority: u8,
    /// On which side its text stands.
    pub align: Align,
}

impl Column {
    /// A column of text: head, least width, share, priority.
    pub const fn left(head: fn(Lang) -> &'static str, least: u16, share: u16, priority: u8) -> Self {
        Self {
            head,
            least,
            share,
            priority,
            align: Align::Left,
        }
    }

    /// A column of numbers: head, least width, share, priority.
    pub const fn right(head: fn(Lang) -> &'static str, least: u16, share: u16, priority: u8) -> Self {
        Self {
            align: Align::Right,
            ..Self::left(head, least, share, priority)
        }
    }
}

/// A cell: its text and what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The text; cut to the column.
    pub text: String,
    /// What it means.
    pub meaning: Meaning,
    /// A symbol before the text, with ink of its own.
    pub lead: Option<(&'static str, Style)>,
}

impl Cell {
    /// Running text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::new(text, Meaning::Text)
    }

    /// Text with a meaning.
    pub fn new(text: impl Into<String>, meaning: Meaning) -> Self {
        Self {
            text: text.into(),
            meaning,
            lead: None,
        }
    }

    /// With words in brackets before the text; unchanged where there are none.
    #[must_use]
    pub fn marked(mut self, words: &str) -> Self {
        if !words.is_empty() {
            self.text = format!("[{words}] {}", self.text);
        }
        self
    }

    /// With a symbol before the text, one blank between them.
    #[must_use]
    pub fn led_by(mut self, symbol: &'static str, ink: Style) -> Self {
        self.text = format!("{} {}", " ".repeat(part::width(symbol)), self.text);
        self.lead = Some((symbol, ink));
        self
    }
}

/// The width of the gutter that holds cursor and mark.
const GUTTER: u16 = 2;

/// Draws the head, the visible rows of `view.list`, and the edge line with position and `+14 新`.
/// Gives how many rows there was room for; the seat pages by it.
pub fn draw(
    ctx: &Ctx<'_>,
    view: &View,
    spot: (Rect, &mut Buffer),
    columns: &[Column],
    row: &dyn Fn(&RowId) -> Option<Vec<Cell>>,
) -> u16 {
    let (area, buf) = spot;
    let area = area.intersection(buf.area);
    if area.width < GUTTER + 2 || area.height == 0 {
        return 0;
    }
    if view.list.ids.is_empty() && !view.filter.is_empty() {
        return outside::nothing(ctx, view, "", (area, buf));
    }
    let widths = layout(columns, area.width - GUTTER);
    let headed = u16::from(area.height >= 4);
    let edged = u16::from(
        area.height >= 3
            && (view.list.waiting > 0 || view.list.ids.len() > usize::from(area.height - headed)),
    );
    let rows = area.height - headed - edged;
    if headed == 1 {
        draw_head(ctx, buf, area, columns, &widths);
    }
    let top = view.window(usize::from(rows));
    for y in 0..rows {
        let Some(id) = view.list.ids.get(top + usize::from(y)) else {
            break;
        };
        let line = part::row(area, headed + y);
        draw_row(ctx, view, (line, buf), (id, row(id)), (columns, &widths));
    }
    if edged == 1 {
        draw_edge(
            ctx,
            view,
            (part::row(area, area.height - 1), buf),
            (top, usize::from(rows)),
        );
    }
    rows
}

/// Which columns are shown, and how wide: `(index, width)`. Columns drop by priority until the rest fits.
fn layout(columns: &[Column], room: u16) -> Vec<(usize, u16)> {
    let mut shown: Vec<usize> = (0..columns.len()).collect();
    let least = |i: &usize| columns.get(*i).map_or(0, |c| c.least + 1);
    while shown.iter().map(least).sum::<u16>() > room + 1 && shown.len() > 1 {
        let Some(drop) = shown
            .iter()
            .copied()
            .filter_map(|i| columns.get(i).map(|c| (c.priority, i)))
            .max()
            .filter(|worst| worst.0 > 0)
        else {
            break;
        };
        shown.retain(|i| *i != drop.1);
    }
    let used: u16 = shown.iter().map(least).sum();
    let left = (room + 1).saturating_sub(used);
    // Where even the columns that always stay do not fit, the one that would grow gives way.
    let over = used.saturating_sub(room + 1);
    let greedy = shown
        .iter()
        .copied()
        .max_by_key(|i| columns.get(*i).map(|c| c.share));
    let shares: u16 = shown
        .iter()
        .filter_map(|i| columns.get(*i))
        .map(|c| c.share)
        .sum();
    let mut given = 0;
    let mut seen = 0;
    let mut out = Vec::with_capacity(shown.len());
    for i in shown {
        let Some(column) = columns.get(i) else { continue };
        seen += column.share;
        let until = (left * seen).checked_div(shares).unwrap_or(0);
        let least = if greedy == Some(i) {
            column.least.saturating_sub(over).max(1)
        } else {
            column.least
        };
        out.push((i, least + (until - given)));
        given = until;
    }
    out
}

fn draw_head(ctx: &Ctx<'_>, buf: &mut Buffer, area: Rect, columns: &[Column], widths: &[(usize, u16)]) {
    let style = ctx.look.style(Meaning::Heading);
    let mut x = GUTTER;
    for (i, wide) in widths {
        let Some(column) = columns.get(*i) else { continue };
        let text = aligned(column, (column.head)(ctx.lang), *wide, "");
        part::put(buf, area, (x, 0), &text, style);
        x += wide + 1;
    }
}

fn draw_row(
    ctx: &Ctx<'_>,
    view: &View,
    (area, buf): (Rect, &mut Buffer),
    (id, cells): (&RowId, Option<Vec<Cell>>),
    (columns, widths): (&[Column], &[(usize, u16)]),
) {
    let here = view.cursor.as_ref() == Some(id);
    let under = if here {
        ctx.look.style(Meaning::Cursor)
    } else {
        Style::new()
    };
    buf.set_style(area, under);
    let glyphs = ctx.look.glyphs;
    if here {
        part::put(buf, area, (0, 0), glyphs.cursor, under);
    }
    if view.marks.contains(id) {
        part::put(
            buf,
            area,
            (1, 0),
            glyphs.mark,
            ctx.look.style(Meaning::Mark).patch(under),
        );
    }
    let Some(cells) = cells else {
        let text = fill(Tui::Gone.text(ctx.lang), &[("id", &id.text())]);
        part::put(
            buf,
            area,
            (GUTTER, 0),
            &text,
            ctx.look.style(Meaning::Gone).patch(under),
        );
        return;
    };
    let mut x = GUTTER;
    for (i, wide) in widths {
        if let (Some(column), Some(cell)) = (columns.get(*i), cells.get(*i)) {
            let text = aligned(column, &cell.text, *wide, glyphs.cut);
            let style = cell_style(ctx, cell.meaning, here, under);
            part::put(buf, area, (x, 0), &text, style);
            if let Some((symbol, ink)) = cell.lead {
                part::put(buf, area, (x, 0), symbol, ink);
            }
        }
        x += wide + 1;
    }
}

/// Under the cursor a cell takes the cursor's ink, but what has a ground of its own (alarms, index classes) keeps it.
fn cell_style(ctx: &Ctx<'_>, meaning: Meaning, here: bool, under: Style) -> Style {
    let own = ctx.look.style(meaning);
    if here && meaning == Meaning::Chart {
        // A series keeps its ink: blocks in the cursor's would glare.
        under.patch(own)
    } else if here && own.bg.is_none() {
        own.patch(under)
    } else {
        own
    }
}

fn draw_edge(ctx: &Ctx<'_>, view: &View, (area, buf): (Rect, &mut Buffer), (top, rows): (usize, usize)) {
    let all = view.list.ids.len();
    let last = (top + rows).min(all);
    let text = fill(
        Tui::Edge.text(ctx.lang),
        &[("from", &(top + 1).min(all)), ("to", &last), ("all", &all)],
    );
    let mut x = GUTTER;
    x += part::put(buf, area, (x, 0), &text, ctx.look.style(Meaning::Dim)) + 2;
    if view.list.waiting > 0 {
        let text = fill(
            Tui::Waiting.text(ctx.lang),
            &[
                ("n", &view.list.waiting),
                ("key", &ctx.keymap.hint(Action::TakeIn)),
            ],
        );
        part::put(buf, area, (x, 0), &text, ctx.look.style(Meaning::Waiting));
    }
}

fn aligned(column: &Column, text: &str, wide: u16, mark: &str) -> String {
    match column.align {
        Align::Left => part::fit(text, usize::from(wide), mark),
        Align::Right => part::fit_right(text, usize::from(wide), mark),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn column(least: u16, share: u16, priority: u8) -> Column {
        Column {
            head: |_| "",
            least,
            share,
            priority,
            align: Align::Left,
        }
    }

    #[test]
    fn columns_drop_by_priority_and_the_rest_fill_the_width() {
        let columns = [
            column(4, 0, 0),
            column(10, 1, 1),
            column(6, 0, 3),
            column(5, 0, 2),
        ];
        assert_eq!(layout(&columns, 40), [(0, 4), (1, 22), (2, 6), (3, 5)]);
        assert_eq!(layout(&columns, 24), [(0, 4), (1, 13), (3, 5)]);
        assert_eq!(layout(&columns, 16), [(0, 4), (1, 11)]);
        assert_eq!(layout(&columns, 3), [(0, 3)], "no wider than the room");
    }

    #[test]
    fn the_widths_never_pass_the_room() {
        let columns = [
            column(4, 2, 0),
            column(10, 1, 1),
            column(6, 3, 3),
            column(5, 0, 2),
        ];
        for room in 5..300 {
            let used: u16 = layout(&columns, room).iter().map(|c| c.1 + 1).sum();
            assert!(used <= room + 1, "{room}");
        }
    }
}
