//! The line of figures above the alarms: how fast they come, what lies long, what is held, what can be heard.
//!
//! Rates count open alarms only, up to a cap, by range queries: a frame's cost does not grow with a flood.

use crate::domain::alarm::AlarmState;
use crate::domain::feed::FeedState;
use crate::domain::signal::SEVERITIES;
use crate::domain::time::Moment;
use crate::domain::time::Span;
use crate::lang::fill;
use crate::lang::screens::alarms::Alarms;
use crate::tui::look::Meaning;
use crate::tui::panel::Ctx;
use crate::tui::part;
use crate::tui::part::alarm;
use crate::tui::part::card::line;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// More than this many in ten minutes is a flood (EEMUA 191, ISA-18.2).
const FLOOD: usize = 10;

/// Counting stops here.
const CAP: usize = 999;

/// States in which an alarm is open and not held.
const OPEN: [AlarmState; 3] = [
    AlarmState::Unacknowledged,
    AlarmState::Returned,
    AlarmState::Acknowledged,
];

/// Draws the line into the first row of `area`.
pub fn draw(ctx: &Ctx<'_>, area: Rect, buf: &mut Buffer) {
    if area.is_empty() {
        return;
    }
    let lang = ctx.lang;
    let ten = raised_since(ctx, ctx.now - Span::mins(10));
    let (hour, day) = (
        raised_since(ctx, ctx.now - Span::hours(1)),
        raised_since(ctx, ctx.now - Span::hours(24)),
    );
    let rates = fill(
        Alarms::Raised.text(lang),
        &[
            ("ten", &capped(ten)),
            ("hour", &capped(hour)),
            ("day", &capped(day)),
        ],
    );
    let held: usize = [
        AlarmState::Shelved,
        AlarmState::Suppressed,
        AlarmState::OutOfService,
    ]
    .iter()
    .map(|state| ctx.board.state.count(*state))
    .sum();
    let open = ctx.board.state.ranks.len().saturating_sub(held);
    let stale = fill(
        Alarms::Stale.text(lang),
        &[(
            "n",
            &(if day > CAP {
                "?".to_owned()
            } else {
                open.saturating_sub(day).to_string()
            }),
        )],
    );
    let gaps = ctx.board.gaps(ctx.now).len();
    let sources = fill(
        Alarms::Sources.text(lang),
        &[
            ("ok", &(ctx.board.feeds.len() - gaps)),
            ("all", &ctx.board.feeds.len()),
        ],
    );
    let flood = ten > FLOOD;
    let mut pieces = vec![("  ", Meaning::Dim)];
    if flood {
        pieces.extend([(Alarms::Flood.text(lang), Meaning::Bad), ("  ", Meaning::Dim)]);
    }
    let held = fill(Alarms::HeldCount.text(lang), &[("n", &held)]);
    pieces.extend([
        (rates.as_str(), if flood { Meaning::Warn } else { Meaning::Dim }),
        ("   ", Meaning::Dim),
    ]);
    pieces.extend([(stale.as_str(), Meaning::Dim), ("   ", Meaning::Dim)]);
    pieces.extend([(held.as_str(), Meaning::Dim), ("   ", Meaning::Dim)]);
    let late = ctx.look.glyphs.of_feed(FeedState::Late);
    pieces.push((
        sources.as_str(),
        if gaps > 0 { Meaning::Stale } else { Meaning::Dim },
    ));
    if gaps > 0 {
        pieces.extend([(" ", Meaning::Stale), (late, Meaning::Stale)]);
    }
    part::put_line(buf, area, (0, 0), &line(ctx, &pieces));
}

fn capped(count: usize) -> String {
    if count > CAP {
        format!(">{CAP}")
    } else {
        count.to_string()
    }
}

/// How many open alarms were raised at or after `since`, counted no further than one beyond [`CAP`].
fn raised_since(ctx: &Ctx<'_>, since: Moment) -> usize {
    let mut count = 0;
    for state in OPEN {
        for (severity, _) in SEVERITIES {
            let ranks = ctx.board.state.ranks.range(alarm::first(state, *severity)..);
            let fresh = ranks.take_while(|r| r.0 == state && r.1.0 == *severity && r.2.0 >= since);
            count += fresh.take(CAP + 1 - count).count();
            if count > CAP {
                return count;
            }
        }
    }
    count
}
