//! Banners: what must be known on every screen before anything on it is believed.

use crate::lang::fill;
use crate::lang::tui::Tui;
use crate::lang::when;
use crate::tui::frame::Stage;
use crate::tui::look::Meaning;
use crate::tui::panel::Ctx;
use crate::tui::part;
use crate::tui::seat::list;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// So many sources are named.
const NAMED: usize = 4;

/// A banner: its words and what they mean.
pub(super) type Banner = (String, Meaning);

/// The banners of the live board, the gravest first.
pub(super) fn all(stage: &Stage<'_>) -> Vec<Banner> {
    let Stage { ctx, seat, live, .. } = stage;
    let lang = ctx.lang;
    let mut out = Vec::new();
    if let Err(why) = &live.writable {
        let words = fill(
            Tui::ReadOnlyBanner.text(lang),
            &[("why", why), ("n", &live.unrecorded)],
        );
        out.push((words, Meaning::BannerBad));
    }
    if let Some(frozen) = &seat.frozen {
        let since = live.state.seq.saturating_sub(frozen.state.seq);
        let at = when::clock(frozen.at, live.room.zone);
        let words = fill(Tui::Frozen.text(lang), &[("at", &at), ("n", &since)]);
        out.push((words, Meaning::Banner));
    }
    if let Some(why) = &live.misread {
        let words = fill(Tui::MisreadBanner.text(lang), &[("why", why)]);
        out.push((words, Meaning::Banner));
    }
    let stale: Vec<&str> = list::stale(live).map(|feed| feed.id.as_str()).collect();
    if !stale.is_empty() {
        let mut names: Vec<&str> = stale.iter().copied().take(NAMED).collect();
        if stale.len() > NAMED {
            names.push(ctx.look.glyphs.cut);
        }
        let names = names.join(lang.pick("、", ", "));
        let words = fill(
            Tui::StaleBanner.text(lang),
            &[("n", &stale.len()), ("names", &names)],
        );
        out.push((words, Meaning::Stale));
    }
    out
}

/// Draws as many as there are rows.
pub(super) fn draw(ctx: &Ctx<'_>, banners: &[Banner], area: Rect, buf: &mut Buffer) {
    for (y, (words, meaning)) in (0..area.height).zip(banners) {
        let line = part::row(area, y);
        let style = ctx.look.style(*meaning);
        buf.set_style(line, style);
        let words = part::cut(
            words,
            usize::from(line.width.saturating_sub(2)),
            ctx.look.glyphs.cut,
        );
        part::put(buf, line, (1, 0), &words, style);
    }
}
