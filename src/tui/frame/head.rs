//! The header: which room, whether it is training, what nobody has seen yet, the clock, the screens.

use crate::desk::board::Board;
use crate::domain::alarm::UNSEEN;
use crate::domain::id::AlarmId;
use crate::domain::signal::{SEVERITIES, Severity};
use crate::domain::task::Failing;
use crate::domain::time::Moment;
use crate::lang::tui::Tui;
use crate::lang::{fill, when};
use crate::tui::frame::{STRIP, Stage};
use crate::tui::look::Meaning;
use crate::tui::panel::PANELS;
use crate::tui::part;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use std::cmp::Reverse;

/// More than this many of a severity are not counted further for a header.
const MANY: usize = 999;

/// From this width on the header says in words what its symbols stand for.
const WORDY: u16 = 100;

/// Draws one line (the essentials) or two (the screens below it). Counts and clock are always the live ones.
pub(super) fn draw(stage: &Stage<'_>, area: Rect, buf: &mut Buffer) {
    let ctx = &stage.ctx;
    buf.set_style(area, ctx.look.style(Meaning::Bar));
    if area.height == 0 {
        return;
    }
    // Training is said before anything else; counts take what is left, the clock what they leave.
    let first = if area.height >= 2 {
        name(stage)
    } else {
        brief(stage, area.width)
    };
    let said = u16::try_from(first.width()).unwrap_or(u16::MAX);
    let room = if area.height >= 2 {
        area.width
    } else {
        area.width.saturating_sub(said)
    };
    let right = right(stage, room);
    let wide = u16::try_from(right.width()).unwrap_or(room).min(room);
    let left = Rect::new(area.x, area.y, area.width.saturating_sub(wide), 1);
    part::put_line(buf, left, (0, 0), &first);
    if area.height >= 2 {
        part::put_line(buf, part::row(area, 1), (0, 0), &tabs(stage, area.width));
    }
    part::put_line(buf, area, (area.width - wide, 0), &right);
}

fn training(stage: &Stage<'_>) -> Vec<Span<'static>> {
    let Stage { ctx, live, .. } = stage;
    if !live.room.training {
        return Vec::new();
    }
    let words = format!(" {} ", Tui::TrainingBanner.text(ctx.lang));
    vec![
        Span::styled(words, ctx.look.style(Meaning::Training)),
        Span::raw(" "),
    ]
}

/// All that a terminal with one line for it is told.
fn brief(stage: &Stage<'_>, width: u16) -> Line<'static> {
    let mut spans = training(stage);
    if width >= STRIP.0 {
        spans.extend(here(stage));
    }
    Line::from(spans)
}

fn name(stage: &Stage<'_>) -> Line<'static> {
    let Stage { ctx, live, .. } = stage;
    let mut spans = vec![Span::raw(" ")];
    spans.extend(training(stage));
    let words = fill(Tui::TitleBar.text(ctx.lang), &[("room", &live.room.name)]);
    spans.push(Span::styled(words, ctx.look.style(Meaning::Title)));
    Line::from(spans)
}

fn here(stage: &Stage<'_>) -> Option<Span<'static>> {
    let Stage { ctx, seat, .. } = stage;
    let panel = PANELS.iter().find(|panel| panel.action == seat.screen)?;
    let words = format!(" {} ", (panel.title)(ctx.lang));
    Some(Span::styled(words, ctx.look.style(Meaning::TabHere)))
}

/// The screens with their keys; in a narrow terminal the others give only their key.
fn tabs(stage: &Stage<'_>, room: u16) -> Line<'static> {
    let full = tab_line(stage, true);
    if full.width() <= usize::from(room) {
        full
    } else {
        tab_line(stage, false)
    }
}

fn tab_line(stage: &Stage<'_>, named: bool) -> Line<'static> {
    let Stage { ctx, seat, .. } = stage;
    let mut spans = vec![Span::raw(" ")];
    for panel in PANELS {
        let at_it = panel.action == seat.screen;
        let key = ctx.keymap.hint(panel.action);
        let name = if named || at_it {
            format!(" {}", (panel.title)(ctx.lang))
        } else {
            String::new()
        };
        let meaning = if at_it { Meaning::TabHere } else { Meaning::Tab };
        spans.push(Span::styled(format!(" {key}{name} "), ctx.look.style(meaning)));
    }
    Line::from(spans)
}

/// Unhandled alarms by severity, orders that failed, and the clock; what does not fit is left out, the clock first.
fn right(stage: &Stage<'_>, room: u16) -> Line<'static> {
    let Stage { ctx, live, now, .. } = stage;
    let mut spans = Vec::new();
    let counts: Vec<(Severity, usize)> = SEVERITIES
        .iter()
        .map(|row| (row.0, unseen(live, row.0)))
        .collect();
    let quiet = counts.iter().all(|row| row.1 == 0);
    if !quiet && room >= 60 {
        spans.push(Span::styled(
            format!("{} ", Tui::Unhandled.text(ctx.lang)),
            ctx.look.style(Meaning::Hint),
        ));
    }
    for (severity, count) in counts.into_iter().filter(|row| row.1 > 0) {
        let symbol = ctx.look.glyphs.of_severity(severity);
        let many = if count > MANY {
            format!("{MANY}+")
        } else {
            count.to_string()
        };
        let style = ctx.look.style(Meaning::of_severity(severity));
        spans.push(Span::styled(format!(" {symbol}{many} "), style));
        spans.push(Span::styled(" ", Style::new()));
    }
    for (glyph, text, count) in failed(stage).into_iter().filter(|row| row.2 > 0) {
        let name = if room >= WORDY { text.text(ctx.lang) } else { "" };
        let words = format!(" {glyph}{name}{count} ");
        spans.push(Span::styled(words, ctx.look.style(Meaning::BannerBad)));
        spans.push(Span::styled(" ", Style::new()));
    }
    if room >= 40 {
        let clock = when::header(ctx.lang, now.room, live.room.zone);
        spans.push(Span::styled(format!(" {clock} "), ctx.look.style(Meaning::Bar)));
    }
    Line::from(spans)
}

/// Orders that no way took, and orders in doubt: symbol, words, how many.
fn failed(stage: &Stage<'_>) -> [(&'static str, Tui, usize); 2] {
    let of = |how| stage.live.state.failing().filter(|row| row.1 == how).count();
    let glyphs = stage.ctx.look.glyphs;
    [
        (glyphs.cross, Tui::NotTaken, of(Failing::NoWay)),
        ("?", Tui::InDoubt, of(Failing::InDoubt)),
    ]
}

/// How many alarms of a severity nobody has seen, counted up to one more than is shown.
pub(super) fn unseen(board: &Board, severity: Severity) -> usize {
    UNSEEN
        .iter()
        .map(|state| {
            let state = *state;
            let from = (
                state,
                Reverse(severity),
                Reverse(Moment::from_ms(i64::MAX)),
                AlarmId::default(),
            );
            let same = board.state.ranks.range(from..);
            same.take_while(|rank| rank.0 == state && rank.1 == Reverse(severity))
                .take(MANY + 1)
                .count()
        })
        .sum()
}
