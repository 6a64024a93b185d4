//! Draws a dialog: what it is about, its fields, its named buttons.

use crate::domain::id::UnitId;
use crate::lang::fill;
use crate::lang::tui::Tui;
use crate::tui::form::{Field, Filled, Form, FormCtx, Here, Slot, order, said};
use crate::tui::frame::boxed;
use crate::tui::look::Meaning;
use crate::tui::part;
use crate::tui::view::Ctx;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// The widest dialog, in cells.
const WIDEST: u16 = 78;

/// So many choices are written out below their field, at most.
const LISTED: u16 = 8;

/// Fewer choices than these stand in their field alone.
const FEW: usize = 4;

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
    draw_choices(ctx, form, (place, inner), buf);
    cursor
}

/// What else the unit that is chosen has under way, where the dialog sends it an order.
fn under_way(ctx: &Ctx<'_>, form: &Form, cells: usize) -> Vec<String> {
    if form.field(&Slot::Text).is_none() {
        return Vec::new();
    }
    let form_ctx = FormCtx {
        board: ctx.board,
        lang: ctx.lang,
        now: ctx.now,
        hand: form.appeared,
    };
    let case = form.case.as_ref();
    let chosen = form
        .field(&Slot::Unit)
        .map(|_| UnitId::new(&form.text(&Slot::Unit)));
    let Some(unit) = chosen.or_else(|| order::told(&form_ctx, case?)) else {
        return Vec::new();
    };
    let lines = said::under_way(&form_ctx, &unit, case);
    lines.iter().flat_map(|line| part::wrap(line, cells)).collect()
}

/// The words of an order, whole, as they will go out.
fn preview(ctx: &Ctx<'_>, form: &Form, cells: usize) -> Vec<String> {
    let case = form.case.as_ref().filter(|_| form.field(&Slot::Text).is_some());
    let text = case.map(|case| order::filled(form, ctx.board, case).text);
    let Some(text) = text.filter(|text| !text.is_empty()) else {
        return Vec::new();
    };
    let words = fill(Tui::GoesOut.text(ctx.lang), &[("text", &text)]);
    part::wrap(&words, cells)
}

/// The field that stands at the top, so that the one with the keys is seen.
fn top(form: &Form, area: Rect) -> usize {
    let at = match form.here {
        Here::Field(at) => at,
        Here::Do | Here::Cancel => 0,
    };
    (at + 1).saturating_sub(usize::from(area.height))
}

/// The cells that labels take: the widest, and the mark of what may not stay empty.
fn label_width(form: &Form) -> usize {
    let label = |field: &Field| part::width(&field.label) + if field.needed { 2 } else { 0 };
    form.fields.iter().map(label).max().unwrap_or(0)
}

/// Where a field's value stands in its line.
fn value_place(form: &Form, line: Rect) -> Rect {
    let left = u16::try_from(label_width(form) + 2).unwrap_or(u16::MAX);
    let left = left.min(line.width);
    Rect::new(line.x + left, line.y, line.width - left, 1)
}

/// The fields; what may not stay empty is marked, and loudly as long as it is empty.
fn draw_fields(ctx: &Ctx<'_>, form: &Form, area: Rect, buf: &mut Buffer) -> Option<Position> {
    let top = top(form, area);
    let mut cursor = None;
    for (y, (nth, field)) in (0..area.height).zip(form.fields.iter().enumerate().skip(top)) {
        let here = form.here == Here::Field(nth);
        let line = part::row(area, y);
        let used = part::put(buf, line, (0, 0), &field.label, ctx.look.style(Meaning::Label));
        if field.needed {
            let open = field.is_empty();
            let mark = if open { Meaning::Warn } else { Meaning::Label };
            part::put(buf, line, (used + 1, 0), "*", ctx.look.style(mark));
        }
        let put = draw_value(ctx, field, here, (value_place(form, line), buf));
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
        Filled::Text(edit) => {
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
        Filled::Choice(choices, at) => {
            let words = choices.get(*at).map_or("", |choice| choice.words.as_str());
            let room = usize::from(place.width.saturating_sub(12));
            let words = part::cut(words, room, ctx.look.glyphs.cut);
            let used = part::put(buf, place, (0, 0), &format!("< {words} >"), style);
            let found = field.found();
            let nth = found
                .iter()
                .position(|place| place == at)
                .map_or(0, |nth| nth + 1);
            let count = format!("{nth}/{}", found.len());
            let dim = ctx.look.style(Meaning::Dim);
            let count = used + 1 + part::put(buf, place, (used + 1, 0), &count, dim);
            let typed = field.typed.text();
            let key = ctx.look.style(Meaning::Key);
            let end = count + 1 + part::put(buf, place, (count + 1, 0), &typed, key);
            let x = (place.x + end).min(place.right().saturating_sub(1));
            (here && !typed.is_empty()).then(|| Position::new(x, place.y))
        }
    }
}

/// The choices of the field that has the keys, written out over the fields below it: what it is about, what is wrong and
/// the buttons stay to be seen.
fn draw_choices(ctx: &Ctx<'_>, form: &Form, (fields, inner): (Rect, Rect), buf: &mut Buffer) {
    let Here::Field(at) = form.here else { return };
    let Some(field) = form.fields.get(at) else { return };
    let Filled::Choice(choices, chosen) = &field.value else {
        return;
    };
    let found = field.found();
    if choices.len() < FEW && field.typed.is_empty() || found.is_empty() {
        return;
    }
    let nth = at.saturating_sub(top(form, fields));
    let y = fields.y + u16::try_from(nth).unwrap_or(0);
    let below = fields.bottom().saturating_sub(y + 1);
    let rows = u16::try_from(found.len())
        .unwrap_or(u16::MAX)
        .min(LISTED)
        .min(below);
    let here = found.iter().position(|place| place == chosen).unwrap_or(0);
    let first = (here + 1).saturating_sub(usize::from(rows));
    let left = value_place(form, part::row(inner, 0));
    for (line, place) in (0..rows).zip(found.iter().skip(first)) {
        let area = Rect::new(left.x, y + 1 + line, left.width, 1);
        let meaning = if place == chosen {
            Meaning::Cursor
        } else {
            Meaning::Field
        };
        let style = ctx.look.style(meaning);
        let words = choices.get(*place).map_or("", |choice| choice.words.as_str());
        let words = part::fit(
            &format!("  {words}"),
            usize::from(area.width),
            ctx.look.glyphs.cut,
        );
        part::put(buf, area, (0, 0), &words, style);
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
