//! What stands where there are no alarms: that nothing is unhandled and what that covers, only while everything is
//! heard; else every doubt.

use crate::domain::calm::{Calm as Judged, Cover, Doubt};
use crate::lang::calm::CalmText;
use crate::lang::{calm, fill};
use crate::tui::look::Meaning;
use crate::tui::part;
use crate::tui::view::Ctx;
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
    let judged = ctx.board.calm(ctx.now);
    let Some(why) = calm::doubts(lang, &judged.doubts, ctx.now) else {
        let fresh = fill(CalmText::AllFresh.text(lang), &[("n", &judged.sources)]);
        let covers = calm::covers(lang, cover(ctx, &judged));
        let first = if judged.holds() {
            (format!("{} {covers}", ctx.look.glyphs.check), Meaning::Good)
        } else {
            (covers, Meaning::Warn)
        };
        return vec![first, (fresh, Meaning::Dim)];
    };
    let blind = fill(CalmText::Silence.text(lang), &[("why", &why)]);
    let gaps = judged.doubts.iter().filter(|doubt| doubt.source().is_some());
    let gaps = gaps.map(|gap| (doubt_words(ctx, gap), Meaning::Text));
    std::iter::once((blind, Meaning::Stale)).chain(gaps).collect()
}

/// What it covers here: what the role may not see is hidden too.
fn cover(ctx: &Ctx<'_>, judged: &Judged<'_>) -> Cover {
    let cover = judged.cover();
    Cover {
        hidden: cover.hidden + ctx.board.withheld,
        ..cover
    }
}

/// A doubt in words, a source with its symbol: `▲ firms late, silent for 1h06`.
pub fn doubt_words(ctx: &Ctx<'_>, doubt: &Doubt<'_>) -> String {
    let words = calm::doubt(ctx.lang, doubt, ctx.now);
    match doubt {
        Doubt::Source(gap) => format!("{} {words}", ctx.look.glyphs.of_feed(gap.state)),
        Doubt::Ledger(_) | Doubt::Stuck(_) | Doubt::NoSources | Doubt::NobodyCollects(_) | Doubt::Lost(_) => {
            words
        }
    }
}

/// That nothing is unhandled, in one phrase with what is in doubt; and whether it is calm.
pub fn phrase(ctx: &Ctx<'_>) -> (String, bool) {
    let judged = ctx.board.calm(ctx.now);
    match calm::doubts(ctx.lang, &judged.doubts, ctx.now) {
        None => (calm::covers(ctx.lang, cover(ctx, &judged)), judged.holds()),
        Some(why) => (fill(CalmText::Silence.text(ctx.lang), &[("why", &why)]), false),
    }
}
