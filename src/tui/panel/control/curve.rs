//! The county's index over two days under the borders of the levels, and what the episode adds up to.

use crate::domain::episode::Episode;
use crate::domain::episode::under::Ratio;
use crate::lang::fill;
use crate::lang::screens::control::Control;
use crate::tui::look::Meaning;
use crate::tui::part;
use crate::tui::part::chart::Chart;
use crate::tui::part::{air, pane};
use crate::tui::view::Ctx;
use chrono::Timelike;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Hours of the curve.
const HOURS: i64 = 48;

/// Draws curve and figures; gives the height, which holds no list.
pub(super) fn draw(ctx: &Ctx<'_>, episode: &Episode<'_>, area: Rect, buf: &mut Buffer) -> u16 {
    let figures = lines(ctx, episode);
    let below = (figures.len() as u16 + 1).min(area.height / 2);
    let (plot, text) = pane::top(area, area.height - below);
    let plot = pane::titled(ctx, plot, buf, Control::Curve.text(ctx.lang), "");
    curve(ctx, plot, buf);
    let text = pane::titled(ctx, text, buf, Control::Evaluation.text(ctx.lang), "");
    for (y, words) in (0..text.height).zip(&figures) {
        part::put(
            buf,
            part::row(text, y),
            (1, 0),
            words,
            ctx.look.style(Meaning::Text),
        );
    }
    area.height
}

/// The county's own hours, as the Overview shows them one by one; a gap where too few stations spoke.
fn curve(ctx: &Ctx<'_>, area: Rect, buf: &mut Buffer) {
    let hours = &ctx.board.county_hours;
    if hours.is_empty() {
        let words = Control::NoAir.text(ctx.lang);
        part::put(buf, area, (1, 0), words, ctx.look.style(Meaning::Dim));
        return;
    }
    let last = ctx.board.county(ctx.now).map_or(ctx.now, |now| now.hour);
    let values = air::by_hour(last, HOURS, |at| {
        let place = hours.binary_search_by(|(hour, _)| hour.cmp(&at)).ok()?;
        hours.get(place)?.1.index.known().map(f64::from)
    });
    let bands: Vec<(f64, ratatui::style::Style)> = [100.0, 150.0, 200.0, 300.0]
        .into_iter()
        .zip([
            Meaning::AlarmBlue,
            Meaning::AlarmYellow,
            Meaning::AlarmOrange,
            Meaning::AlarmRed,
        ])
        .map(|(border, meaning)| (border, ctx.look.style(meaning)))
        .collect();
    let chart = Chart {
        values: &values,
        last_hour: last.local(ctx.board.room.zone).hour(),
        bands: &bands,
        axis: ctx.look.style(Meaning::Dim),
        body: ctx.look.style(Meaning::Dim),
        decimals: 0,
        glyphs: ctx.look.glyphs,
    };
    let standard = ctx.board.standard_at(last);
    chart.draw(buf, area, |value| {
        air::cap_ink(ctx.look, standard.level(value.round() as u16))
    });
}

/// The evaluation in lines, as figures that are counted from the records.
fn lines(ctx: &Ctx<'_>, episode: &Episode<'_>) -> Vec<String> {
    let figures = episode.figures(ctx.now, ctx.board.room.zone);
    let lang = ctx.lang;
    let share = |share: Ratio| {
        let percent = share.permille();
        let percent = percent.map_or_else(String::new, |p| format!("  {}.{} %", p / 10, p % 10));
        format!("{}/{}{percent}", share.there, share.of)
    };
    vec![
        fill(Control::EvalDays.text(lang), &[("n", &figures.days)]),
        fill(
            Control::EvalMeasures.text(lang),
            &[("share", &share(figures.measures))],
        ),
        fill(
            Control::EvalFirms.text(lang),
            &[
                ("told", &figures.told),
                ("exempt", &figures.exempt),
                ("share", &share(figures.complied)),
                ("breached", &figures.breached),
                ("undecided", &figures.undecided),
                ("unseen", &figures.unseen),
                ("filed", &figures.filed),
            ],
        ),
        fill(
            Control::EvalCruises.text(lang),
            &[
                ("n", &figures.cruises),
                ("days", &figures.cruise_days),
                ("km", &figures.km),
            ],
        ),
        fill(
            Control::EvalProblems.text(lang),
            &[("share", &share(figures.problems))],
        ),
    ]
}
