//! A box over the screen: its ground, its border, its title.

use crate::tui::look::Meaning;
use crate::tui::part;
use crate::tui::view::Ctx;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Draws a box of at most `size` in the middle of `area`, and gives what is inside its border. In a terminal too
/// small for a border the box is the whole of it.
pub(super) fn open(
    ctx: &Ctx<'_>,
    area: Rect,
    (width, height): (u16, u16),
    title: &str,
    buf: &mut Buffer,
) -> Rect {
    let (w, h) = (width.min(area.width), height.min(area.height));
    let x = area.x + (area.width - w) / 2;
    // A little above the middle, where the eye is.
    let y = area.y + (area.height - h) / 3;
    let place = Rect::new(x, y, w, h);
    for position in place.positions() {
        if let Some(cell) = buf.cell_mut(position) {
            cell.reset();
        }
    }
    buf.set_style(place, ctx.look.style(Meaning::Ground));
    buf.set_style(place, ctx.look.style(Meaning::Box));
    if w < 20 || h < 5 {
        return place;
    }
    border(ctx, place, buf);
    let style = ctx.look.style(Meaning::Title).patch(ground(ctx));
    let title = format!(
        " {} ",
        part::cut(title, usize::from(w.saturating_sub(6)), ctx.look.glyphs.cut)
    );
    part::put(buf, place, (2, 0), &title, style);
    Rect::new(x + 2, y + 1, w - 4, h - 2)
}

/// The ground of a box, to be put under a style that has none.
fn ground(ctx: &Ctx<'_>) -> ratatui::style::Style {
    ratatui::style::Style {
        fg: None,
        ..ctx.look.style(Meaning::Box)
    }
}

fn border(ctx: &Ctx<'_>, place: Rect, buf: &mut Buffer) {
    let [flat, upright, tl, tr, bl, br] = ctx.look.glyphs.line;
    let style = ctx.look.style(Meaning::BoxRule);
    let inner = usize::from(place.width.saturating_sub(2));
    let (top, bottom) = (
        format!("{tl}{}{tr}", flat.repeat(inner)),
        format!("{bl}{}{br}", flat.repeat(inner)),
    );
    part::put(buf, place, (0, 0), &top, style);
    part::put(buf, place, (0, place.height - 1), &bottom, style);
    for y in 1..place.height - 1 {
        part::put(buf, place, (0, y), upright, style);
        part::put(buf, place, (place.width - 1, y), upright, style);
    }
}
