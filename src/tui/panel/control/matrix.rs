//! Measures by unit (单位 × 措施): a line of symbols for each unit, one a measure, and how many of them are in place.

use crate::domain::case::Case;
use crate::domain::episode::under::MeasureStanding;
use crate::domain::episode::{Episode, under};
use crate::lang::fill;
use crate::lang::screens::control::Control;
use crate::tui::look::Meaning;
use crate::tui::part;
use crate::tui::part::{case, pane};
use crate::tui::view::{Ctx, RowId, View};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The width of a unit's name and of the gap after its symbols.
const NAME: u16 = 14;
const GAP: u16 = 2;

/// The measures, unit by unit, each in the order of the plan.
pub(super) fn cases<'a>(episode: &Episode<'a>) -> Vec<&'a Case> {
    episode.by_unit().into_values().flatten().collect()
}

/// How a standing looks.
fn symbol(ctx: &Ctx<'_>, standing: MeasureStanding) -> (&'static str, Meaning) {
    let glyphs = ctx.look.glyphs;
    match standing {
        MeasureStanding::ToSend => (glyphs.dot, Meaning::Warn),
        MeasureStanding::Sending => ("!", Meaning::Warn),
        MeasureStanding::ToSign => (glyphs.pending, Meaning::Warn),
        MeasureStanding::Signed => (glyphs.arrow, Meaning::Text),
        MeasureStanding::Running => (glyphs.collapsed, Meaning::Text),
        MeasureStanding::Checking => ("?", Meaning::Text),
        MeasureStanding::Failed => (glyphs.cross, Meaning::Bad),
        MeasureStanding::InPlace => (glyphs.check, Meaning::Good),
        MeasureStanding::Withdrawn => (glyphs.none, Meaning::Dim),
    }
}

/// Draws the matrix into the head of `area`, at most half of it; gives what is left for the list.
pub(super) fn draw(ctx: &Ctx<'_>, view: &View, episode: &Episode<'_>, area: Rect, buf: &mut Buffer) -> Rect {
    let units = episode.by_unit();
    let widest = units.values().map(Vec::len).max().unwrap_or(0) as u16;
    if units.is_empty() || area.height < 8 {
        return area;
    }
    let cell = NAME + 7 + widest + GAP;
    let across = (area.width / cell.max(1)).max(1);
    let lines = (units.len() as u16).div_ceil(across).min(area.height / 2);
    let (head, list) = pane::top(area, lines + 1);
    let here = view.cursor.as_ref();
    for (nth, (unit, measures)) in (0_u16..).zip(&units) {
        let (x, y) = (nth / lines * cell, nth % lines);
        if x + cell > area.width + GAP {
            break;
        }
        let spot = Rect::new(head.x + 1 + x, head.y + y, area.width - x - 1, 1);
        draw_unit(ctx, (spot, buf), &case::unit(ctx, *unit), measures, here);
    }
    let whole = under::in_place(episode.measures());
    let words = fill(
        Control::InPlace.text(ctx.lang),
        &[("n", &whole.there), ("of", &whole.of)],
    );
    let columns = (area.width + GAP) / cell.max(1);
    let hidden = units.len().saturating_sub(usize::from(lines * columns));
    let more = match hidden {
        0 => String::new(),
        n => fill(Control::MoreUnits.text(ctx.lang), &[("n", &n)]) + "   ",
    };
    let legend = format!("{more}{words}   {}", legend(ctx));
    let last = part::row(head, lines);
    let room = usize::from(last.width.saturating_sub(2));
    let legend = part::cut(&legend, room, ctx.look.glyphs.cut);
    part::put(buf, last, (1, 0), &legend, ctx.look.style(Meaning::Dim));
    list
}

fn draw_unit(
    ctx: &Ctx<'_>,
    (spot, buf): (Rect, &mut Buffer),
    name: &str,
    measures: &[&Case],
    here: Option<&RowId>,
) {
    let share = under::in_place(measures.iter().copied());
    let done = share.there == share.of;
    let name = part::fit(name, usize::from(NAME), ctx.look.glyphs.cut);
    part::put(buf, spot, (0, 0), &name, ctx.look.style(Meaning::Text));
    let counted = format!("{:>2}/{:<2}", share.there, share.of);
    let meaning = if done { Meaning::Good } else { Meaning::Strong };
    part::put(buf, spot, (NAME, 0), &counted, ctx.look.style(meaning));
    for (n, measure) in (0_u16..).zip(measures) {
        let (glyph, meaning) = symbol(ctx, MeasureStanding::of(measure));
        let is_here = matches!(here, Some(RowId::Case(id)) if *id == measure.id);
        let meaning = if is_here { Meaning::Cursor } else { meaning };
        part::put(buf, spot, (NAME + 6 + n, 0), glyph, ctx.look.style(meaning));
    }
}

fn legend(ctx: &Ctx<'_>) -> String {
    let rows = [
        (MeasureStanding::ToSend, Control::ToSend),
        (MeasureStanding::Sending, Control::Sending),
        (MeasureStanding::ToSign, Control::ToSign),
        (MeasureStanding::Signed, Control::Signed),
        (MeasureStanding::Running, Control::Running),
        (MeasureStanding::Checking, Control::Checking),
        (MeasureStanding::InPlace, Control::Placed),
        (MeasureStanding::Failed, Control::Failed),
    ];
    let rows = rows.map(|(standing, word)| format!("{}{}", symbol(ctx, standing).0, word.text(ctx.lang)));
    rows.join(" ")
}
