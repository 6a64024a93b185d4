//! Banners: what must be known on every screen before anything on it is believed.

use crate::domain::calm::Doubt;
use crate::domain::decide::blockers::InTheWay;
use crate::domain::id::SourceId;
use crate::domain::ledger_fault::LedgerFault;
use crate::domain::text::Clean;
use crate::lang::tui::Tui;
use crate::lang::{calm, chain as link, duty, fill, ledger, notice, when};
use crate::tui::action::Action;
use crate::tui::frame::Stage;
use crate::tui::look::Meaning;
use crate::tui::part;
use crate::tui::view::Ctx;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// So many sources are named.
const NAMED: usize = 4;

/// The empty cells at both ends of a banner.
const MARGINS: usize = 2;

/// At least so many cells between what a banner says and what stands at its end.
const GAP: usize = 2;

/// A banner: its words and what they mean.
pub(super) type Banner = (String, Meaning);

/// The banners of the live board, the gravest first.
pub(super) fn all(stage: &Stage<'_>, width: u16) -> Vec<Banner> {
    let Stage { ctx, seat, live, .. } = stage;
    let lang = ctx.lang;
    let mut out = of_the_ledger(stage);
    out.extend(notice(stage, usize::from(width)));
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
    if let Some(by) = live.stepped {
        let what = when::stepped(lang, by);
        let words = fill(Tui::SteppedBanner.text(lang), &[("what", &what)]);
        out.push((words, Meaning::Banner));
    }
    if !live.waits.is_empty() {
        let keys: Vec<&str> = live.waits.iter().map(Clean::as_str).collect();
        let keys = keys.join(lang.pick("、", ", "));
        let words = fill(Tui::WaitsBanner.text(lang), &[("keys", &keys)]);
        out.push((words, Meaning::Banner));
    }
    if let Some(shift) = live.state.shift().filter(|shift| !shift.overrides.is_empty()) {
        let way = InTheWay::of(&live.state, &live.room.playbooks, shift);
        let passed = way.passed.iter();
        out.extend(
            passed.map(|(pass, still)| (duty::passed(lang, pass, still, live.room.zone), Meaning::Banner)),
        );
    }
    out.extend(doubts(stage));
    out
}

/// What stands in the way of what is recorded, each with what to do about it.
fn of_the_ledger(stage: &Stage<'_>) -> Vec<Banner> {
    let Stage { ctx, live, .. } = stage;
    let lang = ctx.lang;
    let mut out = Vec::new();
    if let Err(why) = &live.writable {
        let (text, n) = if matches!(why, LedgerFault::Damaged(_)) {
            (Tui::DamagedBanner, &live.state.seq)
        } else {
            (Tui::ReadOnlyBanner, &live.unrecorded)
        };
        let words = fill(text.text(lang), &[("why", &ledger::what(lang, why)), ("n", n)]);
        out.push((words, Meaning::BannerBad));
        out.push((ledger::remedy(lang, why).to_owned(), Meaning::Banner));
    }
    if let Err(why) = &live.readable {
        let words = fill(
            Tui::UnreadBanner.text(lang),
            &[("why", &ledger::what(lang, why)), ("n", &live.state.seq)],
        );
        out.push((words, Meaning::BannerBad));
        out.push((ledger::remedy(lang, why).to_owned(), Meaning::Banner));
    }
    if let Err(why) = live.chain.holds() {
        let words = fill(Tui::BrokenBanner.text(lang), &[("why", &ledger::what(lang, why))]);
        out.push((words, Meaning::BannerBad));
        out.push((ledger::remedy(lang, why).to_owned(), Meaning::Banner));
    }
    // What stands in the ledger's way has been said.
    let beside = live
        .beside
        .as_ref()
        .err()
        .filter(|why| live.writable.as_ref().err() != Some(*why));
    if let Some(why) = beside {
        let words = fill(Tui::BesideBanner.text(lang), &[("why", &ledger::what(lang, why))]);
        out.push((words, Meaning::BannerBad));
        if matches!(why, LedgerFault::Damaged(_)) {
            out.push((ledger::remedy(lang, why).to_owned(), Meaning::Banner));
        }
    }
    if !live.chain.days.differ.is_empty() {
        let what = link::days(lang, &live.chain.days, live.room.zone);
        let words = fill(Tui::DaysBanner.text(lang), &[("what", &what)]);
        out.push((words, Meaning::BannerBad));
        out.push((link::compare(lang).to_owned(), Meaning::Banner));
    }
    if let Err(why) = &live.anchored {
        let words = fill(Tui::AnchorBanner.text(lang), &[("why", &ledger::what(lang, why))]);
        out.push((words, Meaning::BannerBad));
        out.push((ledger::remedy(lang, why).to_owned(), Meaning::Banner));
    }
    out
}

/// The first of what the people of this seat's role have to see; at its end how many wait and by which key they are shown.
fn notice(stage: &Stage<'_>, width: usize) -> Option<Banner> {
    let Stage { ctx, seat, live, now } = stage;
    let role = seat.who.role;
    let known = notice::NoticeBasis {
        state: &live.state,
        playbooks: &live.room.playbooks,
        now: now.room,
    };
    let words = notice::banner(ctx.lang, live.state.waiting(role).next()?, known);
    let key = ctx.keymap.hint(Action::SeeNotice);
    let tail = notice::tail(ctx.lang, live.state.waiting_count(role), &key);
    let room = width.saturating_sub(MARGINS + GAP + part::width(&tail));
    let words = part::cut(&words, room, ctx.look.glyphs.cut);
    let gap = " ".repeat(room + GAP - part::width(&words));
    Some((format!("{words}{gap}{tail}"), Meaning::Banner))
}

/// What makes silence prove nothing; what stands in a banner of its own, and a room without sources, is left out.
fn doubts(stage: &Stage<'_>) -> Vec<Banner> {
    let Stage { ctx, live, now, .. } = stage;
    let lang = ctx.lang;
    let judged = live.calm(now.room).doubts;
    let (sources, others): (Vec<_>, Vec<_>) = judged.into_iter().partition(|doubt| doubt.source().is_some());
    let others = others.iter().filter_map(|doubt| match doubt {
        Doubt::Stuck(_) | Doubt::Lost(_) => Some((calm::doubt(lang, doubt, now.room), Meaning::BannerBad)),
        Doubt::NobodyCollects(_) => Some((calm::doubt(lang, doubt, now.room), Meaning::Stale)),
        Doubt::Ledger(_) | Doubt::NoSources | Doubt::Source(_) => None,
    });
    let mut out: Vec<Banner> = others.collect();
    if let Some(why) = calm::doubts(lang, &sources, now.room) {
        let ids = sources.iter().filter_map(Doubt::source).map(SourceId::as_str);
        let mut names: Vec<&str> = ids.take(NAMED).collect();
        if sources.len() > NAMED {
            names.push(ctx.look.glyphs.cut);
        }
        let names = names.join(lang.pick("、", ", "));
        let words = fill(Tui::DoubtBanner.text(lang), &[("why", &why), ("names", &names)]);
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
