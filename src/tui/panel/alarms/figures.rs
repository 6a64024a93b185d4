//! The line of figures above the alarms: how fast they come, what chatters, what lies long, what is held, what can be heard.

use crate::domain::alarm::{AlarmState, kpi};
use crate::domain::feed::FeedState;
use crate::lang::screens::alarms::Alarms;
use crate::lang::{alarm, fill, when};
use crate::tui::look::Meaning;
use crate::tui::part;
use crate::tui::view::Ctx;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Stale alarms are counted no further.
const CAP: usize = 999;

/// Cells of the title of the alarm that came first of a flood.
const FIRST: usize = 12;

/// States in which an alarm holds back.
const HELD: [AlarmState; 3] = [
    AlarmState::Shelved,
    AlarmState::Suppressed,
    AlarmState::OutOfService,
];

/// Draws the line into the first row of `area`.
pub fn draw(ctx: &Ctx<'_>, area: Rect, buf: &mut Buffer) {
    if area.is_empty() {
        return;
    }
    let lang = ctx.lang;
    let figures = &ctx.board.figures;
    let rates = rates(ctx);
    let held: usize = HELD.iter().map(|state| ctx.board.state.count(*state)).sum();
    let gaps = ctx.board.calm(ctx.now).gaps().count();
    let feeds = ctx.board.feeds.len();
    let sources = fill(
        Alarms::Sources.text(lang),
        &[("ok", &(feeds - gaps)), ("all", &feeds)],
    );
    let flood = flood(ctx);
    let chatter = fill(
        Alarms::ChatterCount.text(lang),
        &[("n", &figures.chattering(ctx.now).len())],
    );
    let stale = fill(Alarms::Stale.text(lang), &[("n", &stale(ctx))]);
    let held = fill(Alarms::HeldCount.text(lang), &[("n", &held)]);
    let rated = if flood.is_some() {
        Meaning::Warn
    } else {
        Meaning::Dim
    };
    let mut x = 2;
    if let Some(words) = &flood {
        x += part::put(buf, area, (x, 0), words, ctx.look.style(Meaning::Bad)) + 2;
    }
    let late = ctx.look.glyphs.of_feed(FeedState::Late);
    let heard = match gaps {
        0 => (sources, Meaning::Dim),
        _ => (format!("{sources} {late}"), Meaning::Stale),
    };
    let figures = [
        (rates, rated),
        (chatter, Meaning::Dim),
        (stale, Meaning::Dim),
        (held, Meaning::Dim),
        heard,
    ];
    let figures = figures.map(|(text, meaning)| (text, ctx.look.style(meaning)));
    part::put_whole(buf, area, x, &figures, ctx.look.glyphs.cut);
}

/// How fast they come; since when that is known, where it is not long.
fn rates(ctx: &Ctx<'_>) -> String {
    let (lang, zone) = (ctx.lang, ctx.board.room.zone);
    let figures = &ctx.board.figures;
    let rates = figures.rates(ctx.now);
    let counts = [
        ("ten", &rates.ten_minutes as &dyn std::fmt::Display),
        ("hour", &rates.hour),
        ("day", &rates.day),
    ];
    match figures.since(ctx.now) {
        None => fill(Alarms::Raised.text(lang), &counts),
        Some(since) => {
            let since = when::stamp(since, ctx.now, zone);
            let [ten, hour, day] = counts;
            fill(
                Alarms::RaisedSince.text(lang),
                &[ten, hour, day, ("since", &since)],
            )
        }
    }
}

/// Since when they come in a flood, and which came first.
fn flood(ctx: &Ctx<'_>) -> Option<String> {
    let (lang, zone) = (ctx.lang, ctx.board.room.zone);
    ctx.board.figures.flood().map(|flood| {
        let first = ctx.board.state.alarms.get(&flood.first);
        let first = first.map_or_else(
            || flood.first.to_string(),
            |alarm| alarm::title(ctx.lang, &alarm.cause).into_owned(),
        );
        let since = when::stamp(flood.since, ctx.now, zone);
        let first = part::cut(&first, FIRST, ctx.look.glyphs.cut);
        fill(
            Alarms::FloodSince.text(lang),
            &[("since", &since), ("first", &first)],
        )
    })
}

/// How many lie too long, counted no further than [`CAP`].
fn stale(ctx: &Ctx<'_>) -> String {
    let open = [AlarmState::Unacknowledged, AlarmState::Acknowledged];
    let before = ctx.now - kpi::STALE_AFTER;
    let old = open
        .into_iter()
        .flat_map(|state| ctx.board.state.raised_before(state, before));
    match old.take(CAP + 1).count() {
        count if count > CAP => format!(">{CAP}"),
        count => count.to_string(),
    }
}
