//! One station in detail: the six pollutants with value and sub-index, the standard, published beside recomputed,
//! and the chart of the chosen one over 24 hours.

use crate::desk::board::AirNow;
use crate::domain::air::Level;
use crate::domain::air::Pollutant;
use crate::domain::id::PointId;
use crate::lang::domain as say;
use crate::lang::fill;
use crate::lang::screens::Screen;
use crate::lang::screens::air::Air;
use crate::lang::when;
use crate::tui::look::Meaning;
use crate::tui::panel::Ctx;
use crate::tui::panel::View;
use crate::tui::part;
use crate::tui::part::air;
use crate::tui::part::card::line;
use crate::tui::part::chart::Chart;
use crate::tui::part::pane;
use chrono::Timelike;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Cells that the table of pollutants takes.
const FACTS: u16 = 36;

/// Rows of facts and pollutants.
const FACT_ROWS: u16 = 12;

/// Draws the detail of a station into `area`.
pub fn draw(ctx: &Ctx<'_>, view: &View, (id, now): (&PointId, &AirNow), (area, buf): (Rect, &mut Buffer)) {
    let note = format!("{}  {}", now.index.standard.version(), id);
    let body = pane::titled(ctx, area, buf, &air::name(ctx, id), &note);
    if body.width >= 76 {
        let (facts, chart) = pane::left(body, FACTS);
        draw_facts(ctx, id, now, (facts, buf));
        draw_chart(ctx, view, (id, now), (chart, buf));
    } else {
        let (facts, chart) = pane::top(body, FACT_ROWS);
        draw_facts(ctx, id, now, (facts, buf));
        draw_chart(ctx, view, (id, now), (chart, buf));
    }
}

fn draw_facts(ctx: &Ctx<'_>, id: &PointId, now: &AirNow, (area, buf): (Rect, &mut Buffer)) {
    let lang = ctx.lang;
    let chip = air::chip(ctx.look, now.index.aqi);
    let class = air::class_long(lang, now);
    let pieces = [
        (chip.text.as_str(), chip.meaning),
        (" ", Meaning::Text),
        (&class, air::class_meaning(now.index.level)),
    ];
    part::put_line(buf, area, (0, 0), &line(ctx, &pieces));
    part::put_line(
        buf,
        area,
        (0, 1),
        &line(ctx, &[(&beside(ctx, now), Meaning::Dim)]),
    );
    let hour = when::stamp(now.hour, ctx.now, ctx.board.room.zone);
    let source = air::reading(ctx, id, Pollutant::Pm25).map_or("", |r| r.source.as_str());
    let note = if now.modelled {
        format!("{hour}  {}", Air::ModelNote.text(lang))
    } else {
        format!("{hour}  {} {source}", Screen::Source.text(lang))
    };
    let meaning = if now.modelled {
        Meaning::Stale
    } else {
        Meaning::Dim
    };
    part::put(buf, area, (0, 2), &note, ctx.look.style(meaning));
    let head = format!(
        "{}{}{}",
        part::fit(Air::Pollutant.text(lang), 10, ""),
        part::fit_right(Air::Value.text(lang), 12, ""),
        part::fit_right(Air::Sub.text(lang), 10, ""),
    );
    part::put(buf, area, (0, 4), &head, ctx.look.style(Meaning::Heading));
    for (y, pollutant) in Pollutant::ALL.into_iter().enumerate() {
        let row = part::row(area, 5 + y as u16);
        draw_pollutant(ctx, (id, now), pollutant, (row, buf));
    }
}

fn draw_pollutant(
    ctx: &Ctx<'_>,
    (id, now): (&PointId, &AirNow),
    pollutant: Pollutant,
    (row, buf): (Rect, &mut Buffer),
) {
    let quantity = pollutant.quantity();
    let value = air::reading(ctx, id, pollutant).and_then(|r| r.value);
    let none = ctx.look.glyphs.none;
    let value = value.map_or_else(|| none.to_owned(), |v| v.fixed(pollutant.decimals()));
    let sub = now
        .index
        .of(pollutant)
        .map_or_else(|| none.to_owned(), |sub| sub.to_string());
    let primary = now.index.primary.contains(pollutant);
    let meaning = if primary { Meaning::Strong } else { Meaning::Text };
    let mark = if primary { ctx.look.glyphs.cursor } else { " " };
    let pieces = [
        (part::fit(say::quantity(ctx.lang, quantity), 8, ""), meaning),
        (part::fit_right(&value, 7, ""), meaning),
        (
            format!(" {}", part::fit(quantity.unit().symbol(), 6, "")),
            Meaning::Dim,
        ),
        (part::fit_right(&sub, 9, ""), meaning),
        (format!(" {mark}"), Meaning::Strong),
    ];
    let pieces: Vec<(&str, Meaning)> = pieces.iter().map(|(text, m)| (text.as_str(), *m)).collect();
    part::put_line(buf, row, (0, 0), &line(ctx, &pieces));
}

/// Published beside recomputed, and by how much they differ.
fn beside(ctx: &Ctx<'_>, now: &AirNow) -> String {
    let lang = ctx.lang;
    let Some(theirs) = now.published else {
        return Air::NotPublished.text(lang).to_owned();
    };
    let verdict = match now.index.aqi {
        Some(ours) if ours == theirs => Air::Same.text(lang).to_owned(),
        Some(ours) => {
            let by = i32::from(theirs) - i32::from(ours);
            fill(Air::Differs.text(lang), &[("n", &format!("{by:+}"))])
        }
        None => String::new(),
    };
    format!("{} {theirs}  {verdict}", Air::PublishedIndex.text(lang))
}

fn draw_chart(ctx: &Ctx<'_>, view: &View, (id, now): (&PointId, &AirNow), (area, buf): (Rect, &mut Buffer)) {
    let (title, plot) = pane::top(area, 1);
    let pollutant = view
        .choice
        .checked_sub(1)
        .and_then(|nth| Pollutant::ALL.into_iter().nth(nth));
    let (what, values, bands, decimals) = match pollutant {
        None => (
            Air::Index.text(ctx.lang).to_owned(),
            air::index_hours(ctx.board, id, now.hour, 24),
            Level::ALL.map(|level| f64::from(level.top())).to_vec(),
            0,
        ),
        Some(p) => {
            let quantity = p.quantity();
            let name = say::quantity(ctx.lang, quantity);
            let values = air::value_hours(ctx.board, id, quantity, (now.hour, 24));
            let bands = even_bands(&values);
            (
                format!("{name} {}", quantity.unit().symbol()),
                values,
                bands,
                p.decimals(),
            )
        }
    };
    let text = fill(Air::Chart.text(ctx.lang), &[("what", &what)]);
    part::put(buf, title, (0, 0), &text, ctx.look.style(Meaning::Heading));
    let used = part::width(&text) as u16 + 2;
    let hint = Air::ChartHint.text(ctx.lang);
    part::put(buf, title, (used, 0), hint, ctx.look.style(Meaning::Hint));
    let limit = ctx.look.style(Meaning::Rule);
    let bands: Vec<(f64, Style)> = bands.into_iter().map(|border| (border, limit)).collect();
    let chart = Chart {
        values: &values,
        last_hour: now.hour.local(ctx.board.room.zone).hour(),
        bands: &bands,
        axis: ctx.look.style(Meaning::Dim),
        decimals: decimals as usize,
        glyphs: ctx.look.glyphs,
    };
    chart.draw(buf, plot, |value| match pollutant {
        None => air::ink(ctx.look, Some(value as u16)),
        Some(_) => ctx.look.style(Meaning::Chart),
    });
}

/// Round borders for a scale without levels: a step of 1, 2 or 5 times a power of ten, four steps or fewer.
fn even_bands(values: &[Option<f64>]) -> Vec<f64> {
    let highest = values.iter().flatten().copied().fold(0.0, f64::max).max(1e-3);
    let power = 10_f64.powf((highest / 4.0).log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].map(|by| by * power);
    let step = step
        .into_iter()
        .find(|step| step * 4.0 > highest)
        .unwrap_or(highest);
    (1..=5).map(|nth| f64::from(nth) * step).collect()
}
