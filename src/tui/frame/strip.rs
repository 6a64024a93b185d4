//! The critical strip: what needs a person, in a terminal too small for anything else.

use crate::lang::{alarm, when};
use crate::tui::look::Meaning;
use crate::tui::part;
use crate::tui::part::calm;
use crate::tui::view::Ctx;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Unhandled alarms, worst first; where there are none, whether that may be believed.
pub(super) fn draw(ctx: &Ctx<'_>, area: Rect, buf: &mut Buffer) {
    let area = area.intersection(buf.area);
    let state = &ctx.board.state;
    let ranks = state.unseen();
    let mut y = 0;
    for alarm in ranks
        .filter_map(|rank| state.alarms.get(&rank.3))
        .take(usize::from(area.height))
    {
        let line = part::row(area, y);
        let age = when::age(ctx.lang, ctx.now.age_of(alarm.since()));
        let room = usize::from(line.width).saturating_sub(part::width(&age) + 5);
        let symbol = format!(" {} ", ctx.look.glyphs.of_severity(alarm.cause.severity));
        let style = ctx.look.style(Meaning::of_severity(alarm.cause.severity));
        let used = part::put(buf, line, (0, 0), &symbol, style);
        let title = part::fit(&alarm::title(ctx.lang, &alarm.cause), room, ctx.look.glyphs.cut);
        let used = used + 1 + part::put(buf, line, (used + 1, 0), &title, ctx.look.style(Meaning::Text));
        part::put(buf, line, (used + 1, 0), &age, ctx.look.style(Meaning::Dim));
        y += 1;
    }
    if y == 0 {
        let (words, calm) = calm::phrase(ctx);
        let meaning = if calm { Meaning::Good } else { Meaning::Stale };
        for (y, line) in (0..area.height).zip(part::wrap(&words, usize::from(area.width.saturating_sub(2)))) {
            part::put(buf, part::row(area, y), (1, 0), &line, ctx.look.style(meaning));
        }
    }
}
