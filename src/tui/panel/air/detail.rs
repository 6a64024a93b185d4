//! One station in detail: the six pollutants with value and sub-index, the standard, published beside recomputed,
//! and the chart of the chosen one over 24 hours. Its day so far is `day`'s matter.

use crate::desk::board::AirNow;
use crate::domain::air::published::Beside;
use crate::domain::air::{Level, Pollutant, published};
use crate::lang::screens::Screen;
use crate::lang::screens::air::AirText;
use crate::lang::{air as say_air, domain as say, fill, when};
use crate::tui::look::Meaning;
use crate::tui::panel::air::day;
use crate::tui::part;
use crate::tui::part::air::Listed;
use crate::tui::part::card::line;
use crate::tui::part::chart::Chart;
use crate::tui::part::{air, pane};
use crate::tui::view::{Ctx, View};
use chrono::Timelike;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Cells that the table of pollutants takes.
const FACTS: u16 = 36;

/// Rows of facts and pollutants.
const FACT_ROWS: u16 = 12;

/// From this width on an opened detail shows the day beside the facts.
const BESIDE: u16 = 100;

/// Fewest rows in which the day is begun below the facts, and a chart below the day.
const ENOUGH: u16 = 8;

/// Draws the detail of a station into `area`: its hour, its day so far, its chart. Opened, the day has the room of the
/// chart: on a small screen all of it.
pub fn draw(ctx: &Ctx<'_>, view: &View, of: Listed<'_>, (area, buf): (Rect, &mut Buffer)) {
    let standard = of
        .air
        .map_or_else(|| ctx.board.standard_at(ctx.now), |air| air.index.standard);
    let note = format!("{}  {}", standard.version(), of.id);
    let name = air::name(ctx, of.id);
    let has_day = of.current && !of.is_modelled();
    if view.open && has_day && area.width < BESIDE {
        // A day that is young says little: the pollutants of the hour stand below it, with a line between where there is one.
        let rows = day::rows(ctx, of, area);
        let fits = |rows: &u16| rows + FACT_ROWS <= area.height + 1;
        let rows = [rows, rows.saturating_sub(1)].into_iter().find(fits);
        let (top, below) = pane::top(area, rows.unwrap_or(area.height));
        day::draw(ctx, view, of, (&name, top, buf));
        if rows.is_some() {
            let (_, below) = pane::left(below, 0);
            draw_facts(ctx, of, (below, buf));
        }
        return;
    }
    let body = pane::titled(ctx, area, buf, &name, &note);
    let (facts, chart) = if body.width >= 76 {
        pane::left(body, FACTS)
    } else {
        pane::top(body, FACT_ROWS)
    };
    draw_facts(ctx, of, (facts, buf));
    let (_, below) = pane::top(facts, FACT_ROWS);
    if !has_day {
        draw_chart(ctx, view, of, (chart, buf));
    } else if view.open {
        let rows = day::rows(ctx, of, chart).min(chart.height);
        let rows = if chart.height - rows < ENOUGH {
            chart.height
        } else {
            rows
        };
        let (top, rest) = pane::top(chart, rows);
        day::draw(ctx, view, of, ("", top, buf));
        draw_chart(ctx, view, of, (rest, buf));
    } else {
        draw_chart(ctx, view, of, (chart, buf));
        if below.height >= ENOUGH {
            day::draw(ctx, view, of, ("", below, buf));
        }
    }
}

fn draw_facts(ctx: &Ctx<'_>, of: Listed<'_>, (area, buf): (Rect, &mut Buffer)) {
    for (y, pieces) in (0..).zip(head(ctx, of, area.width)) {
        let pieces: Vec<(&str, Meaning)> = pieces.iter().map(|(text, m)| (text.as_str(), *m)).collect();
        part::put_line(buf, area, (0, y), &line(ctx, &pieces));
    }
    let lang = ctx.lang;
    let head = format!(
        "{}{}{}",
        part::fit(AirText::Pollutant.text(lang), 10, ""),
        part::fit_right(AirText::Value.text(lang), 12, ""),
        part::fit_right(AirText::Sub.text(lang), 10, ""),
    );
    part::put(buf, area, (0, 4), &head, ctx.look.style(Meaning::Heading));
    for (y, pollutant) in Pollutant::ALL.into_iter().enumerate() {
        let row = part::row(area, 5 + y as u16);
        draw_pollutant(ctx, of, pollutant, (row, buf));
    }
}

/// A line of pieces, each with what it means.
type Pieces = Vec<(String, Meaning)>;

/// Index and class, what was published, hour and source, what it is computed by; of a silent station when it last spoke.
fn head(ctx: &Ctx<'_>, of: Listed<'_>, width: u16) -> Vec<Pieces> {
    let lang = ctx.lang;
    let chip = of.chip(ctx.look);
    let Some(now) = of.air.filter(|_| of.current) else {
        let last = of.air.map_or_else(
            || AirText::NeverSpoke.text(lang).to_owned(),
            |air| {
                let at = when::dated(air.hour, ctx.now, ctx.board.room.zone);
                fill(AirText::LastAt.text(lang), &[("at", &at)])
            },
        );
        let silent = (AirText::NoData.text(lang).to_owned(), Meaning::Stale);
        return vec![
            vec![(format!("{} ", chip.text), chip.meaning), silent],
            vec![(last, Meaning::Stale)],
        ];
    };
    let class = air::class_long(lang, &now.index);
    let colour = now
        .index
        .level
        .map_or("", |level| say_air::colour(lang, now.index.standard, level));
    let wide = part::width(&chip.text) + part::width(&class) + part::width(colour) + 2;
    let colour = if wide <= usize::from(width) { colour } else { "" };
    let hour = when::stamp(now.hour, ctx.now, ctx.board.room.zone);
    let source = Pollutant::ALL
        .into_iter()
        .find_map(|p| air::reading(ctx, of.id, p));
    let source = source.map_or("", |reading| reading.source.as_str());
    let (note, meaning) = if now.modelled {
        (
            format!("{hour}  {}", AirText::ModelNote.text(lang)),
            Meaning::Stale,
        )
    } else {
        (
            format!("{hour}  {} {source}", Screen::Source.text(lang)),
            Meaning::Dim,
        )
    };
    let cited = say_air::citation(lang, now.index.standard);
    vec![
        vec![
            (format!("{} ", chip.text), chip.meaning),
            (format!("{class} "), air::class_meaning(air::level(&now.index))),
            (colour.to_owned(), Meaning::Dim),
        ],
        vec![(beside(ctx, now), Meaning::Dim)],
        vec![(note, meaning)],
        vec![(cited.to_owned(), Meaning::Dim)],
    ]
}

fn draw_pollutant(ctx: &Ctx<'_>, of: Listed<'_>, pollutant: Pollutant, (row, buf): (Rect, &mut Buffer)) {
    let quantity = pollutant.quantity();
    let index = of.air.map(|air| air.index).filter(|_| of.current);
    let value = air::reading(ctx, of.id, pollutant).and_then(|r| r.value);
    let none = ctx.look.glyphs.none;
    let value = value.map_or_else(|| none.to_owned(), |v| v.fixed(pollutant.decimals()));
    let sub = index.and_then(|index| index.of(pollutant));
    let sub = sub.map_or_else(|| none.to_owned(), |sub| sub.to_string());
    let primary = index.is_some_and(|index| index.primary.contains(pollutant));
    let meaning = match (of.current, primary) {
        (false, _) => Meaning::Stale,
        (true, true) => Meaning::Strong,
        (true, false) => Meaning::Text,
    };
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
        return AirText::NotPublished.text(lang).to_owned();
    };
    let verdict = match published::beside(&now.index, theirs) {
        Beside::Same => AirText::Same.text(lang).to_owned(),
        Beside::Differs(by) => fill(AirText::Differs.text(lang), &[("n", &format!("{by:+}"))]),
        Beside::OtherStandard => {
            let own = now.index.standard.version();
            fill(AirText::NotCompared.text(lang), &[("standard", &own)])
        }
        Beside::Alone => String::new(),
    };
    format!("{} {theirs}  {verdict}", AirText::PublishedIndex.text(lang))
}

/// The chosen series large; where there is room, all six pollutants small below it.
fn draw_chart(ctx: &Ctx<'_>, view: &View, of: Listed<'_>, (area, buf): (Rect, &mut Buffer)) {
    let (upper, lower) = if area.height >= 28 {
        pane::top(area, area.height - (area.height / 2).clamp(16, 28))
    } else {
        (area, Rect { height: 0, ..area })
    };
    let chosen = view.choice.checked_sub(1);
    let chosen = chosen.and_then(|nth| Pollutant::ALL.into_iter().nth(nth));
    draw_series(ctx, of, chosen, (upper, buf));
    let name = series_name(ctx, chosen);
    let hint = part::width(&name) as u16 + 2;
    let words = AirText::ChartHint.text(ctx.lang);
    part::put(buf, upper, (hint, 0), words, ctx.look.style(Meaning::Hint));
    for (nth, pollutant) in (0_u16..).zip(Pollutant::ALL) {
        let (wide, high) = (lower.width / 3, lower.height / 2);
        let small = Rect {
            x: lower.x + nth % 3 * wide,
            y: lower.y + nth / 3 * high + 1,
            width: wide.saturating_sub(2),
            height: high.saturating_sub(1),
        };
        draw_series(ctx, of, Some(pollutant), (small, buf));
    }
}

fn series_name(ctx: &Ctx<'_>, pollutant: Option<Pollutant>) -> String {
    let what = match pollutant {
        None => AirText::Index.text(ctx.lang).to_owned(),
        Some(p) => {
            let quantity = p.quantity();
            format!(
                "{} {}",
                say::quantity(ctx.lang, quantity),
                quantity.unit().symbol()
            )
        }
    };
    fill(AirText::Chart.text(ctx.lang), &[("what", &what)])
}

/// One series over 24 hours under its name: the index with its levels, or a pollutant.
fn draw_series(
    ctx: &Ctx<'_>,
    of: Listed<'_>,
    pollutant: Option<Pollutant>,
    (area, buf): (Rect, &mut Buffer),
) {
    let look = ctx.look;
    let last = of.last_hour(ctx.now);
    let standard = ctx.board.standard_at(last);
    let (title, plot) = pane::top(area, 1);
    let name = series_name(ctx, pollutant);
    part::put(buf, title, (0, 0), &name, look.style(Meaning::Heading));
    let (values, borders) = match pollutant {
        None => (
            air::index_hours(ctx.board, of.id, last, 24),
            Level::ALL.map(|level| f64::from(standard.top(level))).to_vec(),
        ),
        Some(p) => {
            let values = air::value_hours(ctx.board, of.id, p.quantity(), (last, 24));
            let borders = even_bands(&values);
            (values, borders)
        }
    };
    let line = look.style(Meaning::Rule);
    let bands: Vec<(f64, Style)> = borders.into_iter().map(|border| (border, line)).collect();
    let chart = Chart {
        values: &values,
        last_hour: last.local(ctx.board.room.zone).hour(),
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
