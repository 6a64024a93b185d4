//! The parts of the Overview that sum up: the strip of counts, the county's air with its stations, the line of sources.

use crate::desk::board::AirNow;
use crate::domain::alarm::AlarmState;
use crate::domain::feed::FEED_STATES;
use crate::domain::feed::FeedState;
use crate::domain::id::PointId;
use crate::lang::domain as say;
use crate::lang::fill;
use crate::lang::screens::air::Air;
use crate::lang::screens::overview::Overview;
use crate::lang::when;
use crate::tui::look::Meaning;
use crate::tui::panel::Ctx;
use crate::tui::part;
use crate::tui::part::air;
use crate::tui::part::big;
use crate::tui::part::calm;
use crate::tui::part::card::line;
use crate::tui::part::case;
use crate::tui::part::feed;
use crate::tui::part::fire;
use crate::tui::part::pane;
use crate::tui::part::sparkline;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Rows that the county's index takes, its title included.
pub const COUNTY_ROWS: u16 = 5;

/// The counts that matter, in one line: what is zero is dim, what is not stands out.
pub fn strip(ctx: &Ctx<'_>, area: Rect, buf: &mut Buffer) {
    let (lang, state) = (ctx.lang, &ctx.board.state);
    let open: Vec<_> = state
        .cases
        .values()
        .filter(|case| case.closed.is_none())
        .collect();
    let late = open.iter().filter(|case| case::is_late(ctx, case)).count();
    let fires = open.iter().filter(|case| fire::is_fire(ctx, case)).count();
    let failed = state.tasks.values().filter(|task| super::failed(task)).count();
    let counts = [
        (
            Overview::Unhandled,
            state.count(AlarmState::Unacknowledged),
            Meaning::Strong,
        ),
        (
            Overview::Returned,
            state.count(AlarmState::Returned),
            Meaning::Text,
        ),
        (Overview::Late, late, Meaning::Late),
        (Overview::Fires, fires, Meaning::Text),
        (Overview::Cases, open.len(), Meaning::Text),
        (Overview::Failed, failed, Meaning::Bad),
    ];
    let mut x = 2;
    for (text, count, meaning) in counts {
        let meaning = if count == 0 { Meaning::Dim } else { meaning };
        let text = fill(text.text(lang), &[("n", &count)]);
        x += part::put(buf, area, (x, 0), &text, ctx.look.style(meaning)) + 3;
    }
}

/// The line of sources: how many are in each state, and the first that is not fresh.
pub fn feeds(ctx: &Ctx<'_>, area: Rect, buf: &mut Buffer) {
    if area.is_empty() {
        return;
    }
    let title = Overview::Feeds.text(ctx.lang);
    let mut x = 2 + part::put(buf, area, (2, 0), title, ctx.look.style(Meaning::Label)) + 2;
    for (state, _) in FEED_STATES {
        let count = ctx
            .board
            .feeds
            .values()
            .filter(|f| f.state_at(ctx.now) == *state)
            .count();
        if count > 0 {
            let text = format!(
                "{} {} {count}",
                ctx.look.glyphs.of_feed(*state),
                say::feed_state(ctx.lang, *state)
            );
            x += part::put(buf, area, (x, 0), &text, ctx.look.style(feed::meaning(*state))) + 2;
        }
    }
    let gaps = ctx.board.gaps(ctx.now);
    for gap in gaps
        .iter()
        .filter(|gap| gap.state != FeedState::Never)
        .chain(gaps.iter().filter(|gap| gap.state == FeedState::Never))
    {
        let text = calm::gap_words(ctx, gap);
        if x + part::width(&text) as u16 > area.width {
            return;
        }
        x += part::put(buf, area, (x, 0), &text, ctx.look.style(Meaning::Dim)) + 2;
    }
}

/// The county's index and the stations.
pub fn air(ctx: &Ctx<'_>, area: Rect, buf: &mut Buffer) {
    let hour = ctx
        .board
        .county
        .as_ref()
        .map(|county| when::stamp(county.hour, ctx.now, ctx.board.room.zone));
    let note = hour.unwrap_or_default();
    let title = format!(
        "{} {}",
        ctx.board.room.directory.county,
        Overview::Air.text(ctx.lang)
    );
    let body = pane::titled(ctx, area, buf, title.trim(), &note);
    let (county, stations) = pane::top(body, COUNTY_ROWS - 1);
    draw_county(ctx, county, buf);
    draw_stations(ctx, stations, buf);
}

fn draw_county(ctx: &Ctx<'_>, area: Rect, buf: &mut Buffer) {
    let lang = ctx.lang;
    let Some(now) = &ctx.board.county else {
        part::put(
            buf,
            area,
            (0, 0),
            Overview::NoIndex.text(lang),
            ctx.look.style(Meaning::Dim),
        );
        return;
    };
    let digits = now
        .index
        .aqi
        .map_or_else(|| "-".to_owned(), |index| index.to_string());
    let size = big::Size::Normal;
    let meaning = air::class_meaning(now.index.level);
    let ink = if meaning == Meaning::Text {
        Meaning::Strong
    } else {
        meaning
    };
    if ctx.look.glyphs.braille {
        big::draw(buf, area, &digits, size, ctx.look.style(ink));
    } else {
        part::put(buf, area, (0, 1), &digits, ctx.look.style(ink));
    }
    let x = size.width(&digits) + 2;
    let class = air::class_long(lang, now);
    let chip = air::chip(ctx.look, now.index.aqi);
    let head = [
        (chip.text.as_str(), chip.meaning),
        (" ", Meaning::Text),
        (&class, ink),
    ];
    part::put_line(buf, area, (x, 0), &line(ctx, &head));
    let primary = air::primary(lang, now.index.primary);
    if !primary.is_empty() {
        let text = format!("{} {primary}", Overview::Primary.text(lang));
        part::put(buf, area, (x, 1), &text, ctx.look.style(Meaning::Text));
    }
    let mut facts = fill(Overview::Stations.text(lang), &[("n", &now.stations)]);
    if let Some(published) = now.published {
        facts.push_str(&format!("  {} {published}", Overview::Published.text(lang)));
    }
    facts.push_str(&format!("  {}", now.index.standard.version()));
    part::put(buf, area, (x, 2), &facts, ctx.look.style(Meaning::Dim));
}

fn draw_stations(ctx: &Ctx<'_>, area: Rect, buf: &mut Buffer) {
    let mut stations: Vec<(&PointId, &AirNow)> = ctx.board.air.iter().collect();
    stations.sort_by_key(|(_, now)| (now.modelled, std::cmp::Reverse(now.index.aqi)));
    for (y, (id, now)) in stations.into_iter().take(usize::from(area.height)).enumerate() {
        draw_station(ctx, (id, now), (part::row(area, y as u16), buf));
    }
}

/// Name, chip, class, trend arrow, sparkline where there is room, age.
fn draw_station(ctx: &Ctx<'_>, (id, now): (&PointId, &AirNow), (row, buf): (Rect, &mut Buffer)) {
    let age = when::age(ctx.lang, ctx.now - now.hour);
    let age_wide = part::width(&age) as u16;
    let spark = row.width.saturating_sub(34).min(24);
    let fixed = 4 + 1 + 9 + 1 + 2 + age_wide + if spark > 0 { spark + 2 } else { 0 };
    let name_wide = row.width.saturating_sub(fixed).clamp(4, 16);
    let model = if now.modelled {
        Air::Model.text(ctx.lang)
    } else {
        ""
    };
    let name = if now.modelled {
        format!("{model} {}", air::name(ctx, id))
    } else {
        air::name(ctx, id)
    };
    let dim = ctx.look.style(Meaning::Dim);
    let text = ctx
        .look
        .style(if now.modelled { Meaning::Dim } else { Meaning::Text });
    part::put(
        buf,
        row,
        (0, 0),
        &part::cut(&name, usize::from(name_wide), ctx.look.glyphs.cut),
        text,
    );
    let mut x = name_wide + 1;
    let chip = air::chip(ctx.look, now.index.aqi);
    x += part::put(buf, row, (x, 0), &chip.text, ctx.look.style(chip.meaning)) + 1;
    let hours = air::index_hours(ctx.board, id, now.hour, 24);
    let class = part::fit(air::class(ctx.lang, now), ctx.lang.pick(4, 9), "");
    x += part::put(
        buf,
        row,
        (x, 0),
        &class,
        ctx.look.style(air::class_meaning(now.index.level)),
    );
    x += part::put(
        buf,
        row,
        (x, 0),
        &format!(" {} ", air::trend(ctx.look, &hours)),
        dim,
    );
    if spark > 0 {
        let top = hours.iter().flatten().copied().fold(100.0, f64::max);
        let text = sparkline::text(ctx.look.glyphs, &hours, top, usize::from(spark));
        part::put(buf, row, (x, 0), &text, ctx.look.style(Meaning::Chart));
    }
    if row.width > age_wide {
        part::put(buf, row, (row.width - age_wide, 0), &age, dim);
    }
}
