//! One station in detail: the six pollutants with value and sub-index, the standard, published beside recomputed,
//! and the chart of the chosen one over 24 hours.

use crate::desk::board::AirNow;
use crate::domain::air::Level;
use crate::domain::air::Pollutant;
use crate::domain::id::PointId;
use crate::lang::air as say_air;
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
    let chip = air::chip(ctx.look, Some(&now.index));
    let class = air::class_long(lang, now);
    let colour = now.index.level.map_or("", |level| {
        let colour = say_air::colour(lang, now.index.standard, level);
        let wide = part::width(&chip.text) + part::width(&class) + part::width(colour) + 2;
        if wide <= usize::from(area.width) {
            colour
        } else {
            ""
        }
    });
    let pieces = [
        (chip.text.as_str(), chip.meaning),
        (" ", Meaning::Text),
        (&class, air::class_meaning(now.index.level)),
        (" ", Meaning::Text),
        (colour, Meaning::Dim),
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
    let cited = say_air::citation(lang, now.index.standard);
    part::put(buf, area, (0, 3), cited, ctx.look.style(Meaning::Dim));
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

/// The chosen series large; where there is room, all six pollutants small below it.
fn draw_chart(ctx: &Ctx<'_>, view: &View, station: (&PointId, &AirNow), (area, buf): (Rect, &mut Buffer)) {
    let (upper, lower) = if area.height >= 28 {
        pane::top(area, area.height - (area.height / 2).clamp(16, 28))
    } else {
        (area, Rect { height: 0, ..area })
    };
    let chosen = view.choice.checked_sub(1);
    let chosen = chosen.and_then(|nth| Pollutant::ALL.into_iter().nth(nth));
    draw_series(ctx, station, chosen, (upper, buf));
    let name = series_name(ctx, chosen);
    let hint = part::width(&name) as u16 + 2;
    let words = Air::ChartHint.text(ctx.lang);
    part::put(buf, upper, (hint, 0), words, ctx.look.style(Meaning::Hint));
    for (nth, pollutant) in (0_u16..).zip(Pollutant::ALL) {
        let (wide, high) = (lower.width / 3, lower.height / 2);
        let small = Rect {
            x: lower.x + nth % 3 * wide,
            y: lower.y + nth / 3 * high + 1,
            width: wide.saturating_sub(2),
            height: high.saturating_sub(1),
        };
        draw_series(ctx, station, Some(pollutant), (small, buf));
    }
}

fn series_name(ctx: &Ctx<'_>, pollutant: Option<Pollutant>) -> String {
    let what = match pollutant {
        None => Air::Index.text(ctx.lang).to_owned(),
        Some(p) => {
            let quantity = p.quantity();
            format!(
                "{} {}",
                say::quantity(ctx.lang, quantity),
                quantity.unit().symbol()
            )
        }
    };
    fill(Air::Chart.text(ctx.lang), &[("what", &what)])
}

/// One series over 24 hours under its name: the index with its levels, or a pollutant.
fn draw_series(
    ctx: &Ctx<'_>,
    (id, now): (&PointId, &AirNow),
    pollutant: Option<Pollutant>,
    (area, buf): (Rect, &mut Buffer),
) {
    let look = ctx.look;
    let standard = now.index.standard;
    let (title, plot) = pane::top(area, 1);
    let name = series_name(ctx, pollutant);
    part::put(buf, title, (0, 0), &name, look.style(Meaning::Heading));
    let (values, borders) = match pollutant {
        None => (
            air::index_hours(ctx.board, id, now.hour, 24),
            Level::ALL.map(|level| f64::from(standard.top(level))).to_vec(),
        ),
        Some(p) => {
            let values = air::value_hours(ctx.board, id, p.quantity(), (now.hour, 24));
            let borders = even_bands(&values);
            (values, borders)
        }
    };
    let line = look.style(Meaning::Rule);
    let bands: Vec<(f64, Style)> = borders.into_iter().map(|border| (border, line)).collect();
    let chart = Chart {
        values: &values,
        last_hour: now.hour.local(ctx.board.room.zone).hour(),
        bands: &bands,
        axis: look.style(Meaning::Dim),
        body: look.style(Meaning::Chart),
        decimals: pollutant.map_or(0, Pollutant::decimals) as usize,
        glyphs: look.glyphs,
    };
    chart.draw(buf, plot, |value| match pollutant {
        None => air::cap_ink(look, standard.level(value as u16)),
        Some(_) => look.style(Meaning::Chart),
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
