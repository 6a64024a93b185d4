//! Draws a list to pick from: palette, help, menu.

use crate::lang::tui::Tui;
use crate::tui::frame::boxed;
use crate::tui::look::Meaning;
use crate::tui::part;
use crate::tui::pick::{Item, Pick};
use crate::tui::view::Ctx;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// A drawn line: a heading, or an item with its place among those found.
enum Drawn<'a> {
    Head(&'a str),
    Item(usize, &'a Item),
}

/// Draws it; gives where the query's cursor stands.
pub(super) fn draw(ctx: &Ctx<'_>, pick: &Pick, area: Rect, buf: &mut Buffer) -> Option<Position> {
    let found = pick.found();
    let lines = lines(&found, pick.query.is_empty());
    let height = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(6);
    let inner = boxed::open(ctx, area, (64, height.max(8)), &pick.title, buf);
    if inner.is_empty() {
        return None;
    }
    let cursor = Some(draw_query(ctx, pick, part::row(inner, 0), buf));
    let rows = inner.height.saturating_sub(if inner.height > 6 { 4 } else { 3 });
    let here = lines
        .iter()
        .position(|line| matches!(line, Drawn::Item(at, _) if *at == pick.at))
        .unwrap_or(0);
    let top = (here + 1).saturating_sub(usize::from(rows));
    for (y, line) in (0..rows).zip(lines.iter().skip(top)) {
        draw_line(ctx, line, pick.at, (part::row(inner, y + 2), buf));
    }
    if lines.is_empty() {
        let words = Tui::NoMatch.text(ctx.lang);
        part::put(
            buf,
            part::row(inner, 2),
            (0, 0),
            words,
            ctx.look.style(Meaning::Dim),
        );
    }
    if inner.height > 3 {
        let words = Tui::PickKeys.text(ctx.lang);
        part::put(
            buf,
            part::row(inner, inner.height - 1),
            (0, 0),
            words,
            ctx.look.style(Meaning::Dim),
        );
    }
    cursor
}

/// Headings are shown while nothing is typed: what is found stands close together.
fn lines<'a>(found: &[&'a Item], headed: bool) -> Vec<Drawn<'a>> {
    let mut out = Vec::with_capacity(found.len() + 8);
    let mut head = "";
    for (at, item) in found.iter().enumerate() {
        if headed && item.head != head {
            head = &item.head;
            out.push(Drawn::Head(head));
        }
        out.push(Drawn::Item(at, item));
    }
    out
}

fn draw_query(ctx: &Ctx<'_>, pick: &Pick, line: Rect, buf: &mut Buffer) -> Position {
    let used = part::put(buf, line, (0, 0), "> ", ctx.look.style(Meaning::Key));
    let (text, at) = pick.query.window(usize::from(line.width.saturating_sub(used)));
    if pick.query.is_empty() {
        let words = Tui::Typing.text(ctx.lang);
        part::put(buf, line, (used + 1, 0), words, ctx.look.style(Meaning::Dim));
    } else {
        part::put(buf, line, (used, 0), &text, ctx.look.style(Meaning::Strong));
    }
    Position::new(line.x + used + u16::try_from(at).unwrap_or(0), line.y)
}

fn draw_line(ctx: &Ctx<'_>, line: &Drawn<'_>, here: usize, (place, buf): (Rect, &mut Buffer)) {
    match line {
        Drawn::Head(words) => {
            part::put(buf, place, (0, 0), words, ctx.look.style(Meaning::Heading));
        }
        Drawn::Item(at, item) => {
            let at_it = *at == here;
            if at_it {
                buf.set_style(place, ctx.look.style(Meaning::Cursor));
            }
            let style = |meaning| {
                if at_it {
                    ctx.look.style(Meaning::Cursor)
                } else {
                    ctx.look.style(meaning)
                }
            };
            let note = part::cut(&item.note, usize::from(place.width / 2), ctx.look.glyphs.cut);
            let wide = u16::try_from(part::width(&note)).unwrap_or(0);
            let room = usize::from(place.width.saturating_sub(wide + 4));
            let words = part::cut(&item.words, room, ctx.look.glyphs.cut);
            part::put(buf, place, (2, 0), &words, style(Meaning::Text));
            part::put(
                buf,
                place,
                (place.width.saturating_sub(wide + 1), 0),
                &note,
                style(Meaning::Key),
            );
        }
    }
}
