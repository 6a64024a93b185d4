//! Draws a dialog: what it is about, its fields, its named buttons.

use crate::domain::id::UnitId;
use crate::lang::fill;
use crate::lang::tui::Tui;
use crate::tui::form::{Desk, Field, Form, Here, Slot, Value, order, said};
use crate::tui::frame::boxed;
use crate::tui::look::Meaning;
use crate::tui::part;
use crate::tui::view::Ctx;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// The widest dialog, in cells.
const WIDEST: u16 = 78;

/// Draws it; gives where the next typed character goes.
pub(super) fn draw(ctx: &Ctx<'_>, form: &Form, area: Rect, buf: &mut Buffer) -> Option<Position> {
    let width = WIDEST.min(area.width.saturating_sub(2)).max(area.width.min(40));
    let about: Vec<String> = form
        .about
        .iter()
        .flat_map(|line| part::wrap(line, usize::from(width.saturating_sub(4))))
        .chain(under_way(ctx, form, usize::from(width.saturating_sub(4))))
        .chain(preview(ctx, form, usize::from(width.saturating_sub(4))))
        .collect();
    let count = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
    let (abouts, fields) = (count(about.len()), count(form.fields.len()));
    let gap = u16::from(fields > 0);
    let height = abouts.saturating_add(fields).saturating_add(gap + 6);
    let inner = boxed::open(ctx, area, (width, height), &form.title, buf);
    // Buttons and fields come first; what is left is for what it is about.
    let foot = 4.min(inner.height);
    let shown = fields.min(inner.height.saturating_sub(foot));
    let room = inner.height - foot - shown;
    let named = abouts.min(room.saturating_sub(gap.min(room)));
    for (y, line) in (0..named).zip(&about) {
        part::put(
            buf,
            part::row(inner, y),
            (0, 0),
            line,
            ctx.look.style(Meaning::Strong),
        );
    }
    let below = named + gap.min(room.saturating_sub(named));
    let place = Rect::new(inner.x, inner.y + below, inner.width, shown);
    let cursor = draw_fields(ctx, form, place, buf);
    let rest = Rect::new(
        inner.x,
        place.bottom(),
        inner.width,
        inner.bottom().saturating_sub(place.bottom()),
    );
    draw_foot(ctx, form, rest, buf);
    cursor
}

/// What else the unit that is chosen has under way, where the dialog sends it an order.
fn under_way(ctx: &Ctx<'_>, form: &Form, cells: usize) -> Vec<String> {
    if form.field(&Slot::Text).is_none() {
        return Vec::new();
    }
    let desk = Desk {
        board: ctx.board,
        lang: ctx.lang,
        now: ctx.now,
        hand: form.appeared,
    };
    let case = form.purpose.case();
    let chosen = form
        .field(&Slot::Unit)
        .map(|_| UnitId::new(&form.text(&Slot::Unit)));
    let Some(unit) = chosen.or_else(|| order::told(&desk, case?)) else {
        return Vec::new();
    };
    let lines = said::under_way(&desk, &unit, case);
    lines.iter().flat_map(|line| part::wrap(line, cells)).collect()
}

/// The words of an order, whole, as they will go out.
fn preview(ctx: &Ctx<'_>, form: &Form, cells: usize) -> Vec<String> {
    let case = form.purpose.case().filter(|_| form.field(&Slot::Text).is_some());
    let text = case.map(|case| order::filled(form, ctx.board, case).text);
    let Some(text) = text.filter(|text| !text.is_empty()) else {
        return Vec::new();
    };
    let words = fill(Tui::GoesOut.text(ctx.lang), &[("text", &text)]);
    part::wrap(&words, cells)
}

/// The fields, scrolled so that the one with the keys is seen.
fn draw_fields(ctx: &Ctx<'_>, form: &Form, area: Rect, buf: &mut Buffer) -> Option<Position> {
    let label = form
        .fields
        .iter()
        .map(|f| part::width(&f.label))
        .max()
        .unwrap_or(0);
    let at = match form.here {
        Here::Field(at) => at,
        Here::Do | Here::Cancel => 0,
    };
    let top = (at + 1).saturating_sub(usize::from(area.height));
    let mut cursor = None;
    for (y, (nth, field)) in (0..area.height).zip(form.fields.iter().enumerate().skip(top)) {
        let here = form.here == Here::Field(nth);
        let line = part::row(area, y);
        let name = part::fit(&field.label, label, ctx.look.glyphs.cut);
        part::put(buf, line, (0, 0), &name, ctx.look.style(Meaning::Label));
        let left = u16::try_from(label + 2).unwrap_or(u16::MAX).min(line.width);
        let place = Rect::new(line.x + left, line.y, line.width - left, 1);
        let put = draw_value(ctx, field, here, (place, buf));
        cursor = cursor.or(put);
    }
    cursor
}

fn draw_value(
    ctx: &Ctx<'_>,
    field: &Field,
    here: bool,
    (place, buf): (Rect, &mut Buffer),
) -> Option<Position> {
    let style = ctx
        .look
        .style(if here { Meaning::FieldHere } else { Meaning::Field });
    match &field.value {
        Value::Text(edit) => {
            buf.set_style(place, style);
            let cells = usize::from(place.width);
            let (text, at) = if here {
                edit.window(cells)
            } else {
                (part::cut(&edit.text(), cells, ctx.look.glyphs.cut), 0)
            };
            part::put(buf, place, (0, 0), &text, style);
            let x = place.x + u16::try_from(at).unwrap_or(0);
            here.then(|| Position::new(x.min(place.right().saturating_sub(1)), place.y))
        }
        Value::Choice(choices, at) => {
            let words = choices.get(*at).map_or("", |choice| choice.words.as_str());
            let words = part::cut(
                words,
                usize::from(place.width.saturating_sub(12)),
                ctx.look.glyphs.cut,
            );
            let used = part::put(buf, place, (0, 0), &format!("< {words} >"), style);
            let count = format!("{}/{}", (at + 1).min(choices.len()), choices.len());
            part::put(buf, place, (used + 1, 0), &count, ctx.look.style(Meaning::Dim));
            None
        }
    }
}

/// What is still wrong, the buttons, the keys.
fn draw_foot(ctx: &Ctx<'_>, form: &Form, area: Rect, buf: &mut Buffer) {
    let note = form.note.as_deref().map(|note| (note, Meaning::Warn));
    let kept = (!form.kept.is_empty()).then(|| (Tui::DraftThere.text(ctx.lang), Meaning::Dim));
    let flaw = form.flaw.as_deref().map(|flaw| (flaw, Meaning::Bad));
    if let Some((words, meaning)) = flaw.or(note).or(kept) {
        part::put(buf, part::row(area, 0), (0, 0), words, ctx.look.style(meaning));
    }
    let buttons = if area.height >= 3 {
        1
    } else {
        area.height.saturating_sub(1)
    };
    let line = part::row(area, buttons);
    let cancel = format!(" {} ", Tui::Cancel.text(ctx.lang));
    let room = usize::from(line.width).saturating_sub(part::width(&cancel) + 4);
    let verb = format!(" {} ", part::cut(&form.verb, room, ctx.look.glyphs.cut));
    let style = |here: Here| {
        ctx.look.style(if form.here == here {
            Meaning::ButtonHere
        } else {
            Meaning::Button
        })
    };
    let used = part::put(buf, line, (0, 0), &verb, style(Here::Do));
    part::put(buf, line, (used + 2, 0), &cancel, style(Here::Cancel));
    if area.height > buttons + 1 {
        let words = Tui::FormKeys.text(ctx.lang);
        part::put(
            buf,
            part::row(area, area.height - 1),
            (0, 0),
            words,
            ctx.look.style(Meaning::Dim),
        );
    }
}
