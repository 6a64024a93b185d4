//! The head of the Control screen: level, cause, order number, day, clock, and what the forecast reaches.

use super::outlook;
use crate::domain::case::Case;
use crate::domain::episode;
use crate::domain::episode::{Episode, Phase};
use crate::domain::id::FieldId;
use crate::lang::screens::control::Control;
use crate::lang::{fill, when};
use crate::tui::look::Meaning;
use crate::tui::part;
use crate::tui::part::card::line;
use crate::tui::part::case;
use crate::tui::view::Ctx;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// A field of an episode in words; a dash where nothing stands in it.
pub(super) fn field(ctx: &Ctx<'_>, case: &Case, id: &str) -> String {
    let id = FieldId::new(id);
    let known = case::playbook(ctx, case).and_then(|playbook| playbook.field(&id));
    let value = case.state.fields.get(&id);
    match (known, value) {
        (Some(field), Some(value)) => case::value(ctx, field, value),
        (_, Some(value)) => value.to_string(),
        (_, None) => ctx.look.glyphs.none.to_owned(),
    }
}

/// Its second and third line: what was written down of it.
fn written(ctx: &Ctx<'_>, shown: &Episode<'_>, area: Rect, buf: &mut Buffer) {
    let (lang, case) = (ctx.lang, shown.case);
    let zone = ctx.board.room.zone;
    let began = shown.began().map(|at| when::stamp(at, ctx.now, zone));
    let cause = field(ctx, case, episode::CAUSE);
    let (order, ends) = (
        field(ctx, case, episode::ORDER_NO),
        field(ctx, case, episode::ENDS),
    );
    let since = began.unwrap_or_else(|| ctx.look.glyphs.none.to_owned());
    let rows = [
        [(Control::Cause, &cause), (Control::OrderNo, &order)],
        [(Control::Since, &since), (Control::Ends, &ends)],
    ];
    for (y, row) in (1..area.height).zip(rows) {
        let mut pieces = Vec::new();
        for (name, value) in row {
            pieces.extend([
                (name.text(lang), Meaning::Label),
                (" ", Meaning::Text),
                (value.as_str(), Meaning::Text),
                ("    ", Meaning::Text),
            ]);
        }
        part::put_line(buf, part::row(area, y), (1, 0), &line(ctx, &pieces));
    }
}

/// Draws up to four lines.
pub(super) fn draw(ctx: &Ctx<'_>, shown: &Episode<'_>, area: Rect, buf: &mut Buffer) {
    let (lang, case) = (ctx.lang, shown.case);
    let zone = ctx.board.room.zone;
    let level = format!(" {} ", field(ctx, case, episode::LEVEL));
    let day = shown
        .day(ctx.now, zone)
        .map_or_else(String::new, |day| match day.of {
            Some(of) => fill(Control::DayOf.text(lang), &[("n", &day.nth), ("of", &of)]),
            None => fill(Control::Day.text(lang), &[("n", &day.nth)]),
        });
    let over = shown.phase() >= Phase::Lifted;
    let rated = if over {
        Meaning::Dim
    } else {
        outlook::meaning(shown.level())
    };
    let (stage, clock) = (case::stage(ctx, case), case::clock(ctx, case));
    let first = [
        (level.as_str(), rated),
        ("  ", Meaning::Text),
        (&stage.text, Meaning::Strong),
        ("  ", Meaning::Text),
        (&day, Meaning::Strong),
        ("  ", Meaning::Text),
        (&clock.text, clock.meaning),
        ("  ", Meaning::Text),
        (if over { Control::Last.text(lang) } else { "" }, Meaning::Dim),
    ];
    part::put_line(buf, part::row(area, 0), (1, 0), &line(ctx, &first));
    written(ctx, shown, area, buf);
    if area.height > 3 {
        let (words, meaning) = outlook::line(ctx);
        let name = Control::Forecast.text(lang);
        let pieces = [
            (name, Meaning::Label),
            (" ", Meaning::Text),
            (words.as_str(), meaning),
        ];
        part::put_line(buf, part::row(area, 3), (1, 0), &line(ctx, &pieces));
    }
}
