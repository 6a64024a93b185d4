//! How a screen is shared out: a list, and beside, below or instead of it the card of the row under the cursor.

use crate::tui::look::Meaning;
use crate::tui::part;
use crate::tui::view::{Ctx, RowId, View};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// From this width on a card stands beside the list at all times.
pub const WIDE: u16 = 160;

/// From this height on an opened card stands below the list; else it takes the list's place.
const HIGH: u16 = 28;

/// More rows than this are on no screen.
const MOST_ROWS: usize = 120;

/// Where list and card stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Split {
    /// The list; empty while the card stands in its place.
    pub list: Rect,
    /// The card, if it is shown.
    pub card: Option<Rect>,
}

/// Shares `area` out; `open` where the person has opened the card.
pub fn split(area: Rect, open: bool) -> Split {
    if area.width >= WIDE {
        let card = (area.width * 2 / 5).clamp(60, 100);
        let (list, rest) = left(area, area.width - card - 2);
        return Split {
            list,
            card: Some(rest),
        };
    }
    match (open, area.height >= HIGH) {
        (false, _) => Split {
            list: area,
            card: None,
        },
        (true, true) => {
            let (list, card) = top(area, area.height / 2);
            Split {
                list,
                card: Some(card),
            }
        }
        (true, false) => Split {
            list: Rect { height: 0, ..area },
            card: Some(area),
        },
    }
}

/// The first `rows` of an area, and the rest.
pub fn top(area: Rect, rows: u16) -> (Rect, Rect) {
    let rows = rows.min(area.height);
    let rest = Rect {
        y: area.y + rows,
        height: area.height - rows,
        ..area
    };
    (Rect { height: rows, ..area }, rest)
}

/// The first `columns` of an area, and the rest after a gutter of two.
pub fn left(area: Rect, columns: u16) -> (Rect, Rect) {
    let columns = columns.min(area.width);
    let skip = (columns + 2).min(area.width);
    let rest = Rect {
        x: area.x + skip,
        width: area.width - skip,
        ..area
    };
    (
        Rect {
            width: columns,
            ..area
        },
        rest,
    )
}

/// The area without the gutter that a table keeps at the screen's left edge, so that panes and tables stand in line.
pub fn inset(area: Rect) -> Rect {
    let by = 2_u16.saturating_sub(area.x).min(area.width);
    Rect {
        x: area.x + by,
        width: area.width - by,
        ..area
    }
}

/// Draws a pane's title with a rule after it along the first row, a note at its end; gives the area below. The screen's
/// last column stays free.
pub fn titled(ctx: &Ctx<'_>, area: Rect, buf: &mut Buffer, title: &str, note: &str) -> Rect {
    let mut area = inset(area);
    area.width -= u16::from(area.right() == buf.area.right() && area.width > 0);
    let (head, rest) = top(area, 1);
    if head.is_empty() {
        return rest;
    }
    let glyphs = ctx.look.glyphs;
    let rule = glyphs.line.first().copied().unwrap_or("-");
    let line = rule.repeat(usize::from(area.width));
    part::put(buf, head, (0, 0), &line, ctx.look.style(Meaning::Rule));
    let title = format!("{} ", part::cut(title, usize::from(area.width), glyphs.cut));
    let used = part::put(buf, head, (0, 0), &title, ctx.look.style(Meaning::Title));
    let note = if note.is_empty() {
        String::new()
    } else {
        format!(" {note}")
    };
    let wide = part::width(&note) as u16;
    if used + wide <= area.width {
        part::put(
            buf,
            head,
            (area.width - wide, 0),
            &note,
            ctx.look.style(Meaning::Dim),
        );
    }
    rest
}

/// The row whose card is shown: the one under the cursor, or else the first.
pub fn current(view: &View) -> Option<&RowId> {
    view.cursor.as_ref().or_else(|| view.list.ids.first())
}

/// The rows that may be on the screen: what a panel looks at to say when it reads differently.
pub fn shown(view: &View) -> impl Iterator<Item = &RowId> {
    view.list.ids.iter().skip(view.top).take(MOST_ROWS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_card_stands_beside_below_or_instead_of_the_list() {
        let at = |w, h, open| split(Rect::new(0, 0, w, h), open);
        assert_eq!(at(80, 20, false).card, None);
        assert_eq!(at(80, 20, true).list.height, 0);
        assert_eq!(at(120, 36, true).card, Some(Rect::new(0, 18, 120, 18)));
        assert_eq!(at(200, 56, false).card, Some(Rect::new(120, 0, 80, 56)));
    }

    #[test]
    fn no_size_is_too_small() {
        for w in 0..10 {
            for h in 0..4 {
                let area = Rect::new(0, 0, w, h);
                assert!(top(area, 2).1.height <= h && left(area, 3).1.width <= w);
                assert!(split(area, true).card.is_some());
            }
        }
    }
}
