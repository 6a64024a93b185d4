//! What stands where there are no alarms: "no alarms" only while every source is fresh, else which is silent since when.

use crate::desk::board::calm::Gap;
use crate::lang::domain as say;
use crate::lang::fill;
use crate::lang::screens::overview::Overview;
use crate::lang::when;
use crate::tui::look::Meaning;
use crate::tui::panel::Ctx;
use crate::tui::part;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Draws it from the second row of `area` on; gives the rows of the area.
pub fn draw(ctx: &Ctx<'_>, area: Rect, buf: &mut Buffer) -> u16 {
    let y = u16::from(area.height > 2);
    for (nth, (text, meaning)) in lines(ctx).into_iter().enumerate() {
        part::put(buf, area, (2, y + nth as u16), &text, ctx.look.style(meaning));
    }
    area.height
}

/// The lines, most important first.
pub fn lines(ctx: &Ctx<'_>) -> Vec<(String, Meaning)> {
    let lang = ctx.lang;
    let count = ctx.board.feeds.len();
    if count == 0 {
        return vec![(Overview::NoSources.text(lang).to_owned(), Meaning::Stale)];
    }
    let gaps = ctx.board.gaps(ctx.now);
    if gaps.is_empty() {
        let fresh = fill(Overview::AllFresh.text(lang), &[("n", &count)]);
        let calm = format!("{} {}", ctx.look.glyphs.check, Overview::NoAlarms.text(lang));
        return vec![(calm, Meaning::Good), (fresh, Meaning::Dim)];
    }
    let blind = fill(Overview::Blind.text(lang), &[("n", &gaps.len())]);
    let mut lines = vec![(blind, Meaning::Stale)];
    lines.extend(gaps.iter().map(|gap| (gap_words(ctx, gap), Meaning::Text)));
    lines
}

/// A source that is not fresh, in words: `▲ firms late, silent for 1h06`.
pub fn gap_words(ctx: &Ctx<'_>, gap: &Gap<'_>) -> String {
    let state = say::feed_state(ctx.lang, gap.state);
    let age = gap.since.map(|since| when::age(ctx.lang, ctx.now - since));
    let words = match age {
        Some(age) => fill(
            Overview::SilentSince.text(ctx.lang),
            &[("source", &gap.feed.id), ("state", &state), ("age", &age)],
        ),
        None => fill(
            Overview::SilentEver.text(ctx.lang),
            &[("source", &gap.feed.id), ("state", &state)],
        ),
    };
    format!("{} {words}", ctx.look.glyphs.of_feed(gap.state))
}
