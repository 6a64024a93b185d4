//! The parts of the Overview that sum up: the strip of counts, the county's air with its stations, the line of sources.

use crate::domain::alarm::AlarmState;
use crate::domain::calm::Doubt;
use crate::domain::episode;
use crate::domain::episode::Episode;
use crate::domain::feed::{FEED_STATES, FeedState};
use crate::domain::id::FieldId;
use crate::domain::target::plan;
use crate::lang::screens::air::AirText;
use crate::lang::screens::control::Control;
use crate::lang::screens::overview::Overview;
use crate::lang::screens::targets::Targets;
use crate::lang::tui::Tui;
use crate::lang::{domain as say, fill, when};
use crate::tui::look::Meaning;
use crate::tui::panel::overview::county;
use crate::tui::part;
use crate::tui::part::air::Listed;
use crate::tui::part::card::line;
use crate::tui::part::{air, calm, case, feed, fire, pane, sparkline};
use crate::tui::view::Ctx;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Rows that the county's index and its day take, the title included.
pub const COUNTY_ROWS: u16 = 6;

/// Narrower screens have no place for the air beside the list; the county's index stands in the last line instead.
pub const NARROW: u16 = 72;

/// A station's line is no wider than this, so that the eye finds its age.
const WIDEST_STATION: u16 = 72;

/// The counts that matter, in one line: what is zero is dim, what is not stands out.
pub fn strip(ctx: &Ctx<'_>, area: Rect, buf: &mut Buffer) {
    let (lang, state) = (ctx.lang, &ctx.board.state);
    let needs = ctx.board.needs(ctx.now);
    let fires = fire::loops(ctx).map(|own| state.open_count_of(&own.id)).sum();
    let unseen = state.count(AlarmState::Unacknowledged);
    let returned = state.count(AlarmState::Returned);
    let counts = [
        (Overview::Unhandled, unseen, Meaning::Strong),
        (Overview::Late, needs.late, Meaning::Late),
        (Overview::Lost, needs.lost, Meaning::Late),
        (Overview::Failed, needs.orders, Meaning::Bad),
        (Overview::Fires, fires, Meaning::Text),
        (Overview::Cases, state.open_count(), Meaning::Text),
        (Overview::Returned, returned, Meaning::Text),
        (Overview::Withheld, ctx.board.withheld, Meaning::Warn),
    ];
    let counts = counts
        .into_iter()
        .filter(|row| !matches!(row.0, Overview::Withheld | Overview::Lost) || row.1 > 0);
    let counts: Vec<_> = counts
        .map(|(text, count, meaning)| {
            let meaning = if count == 0 { Meaning::Dim } else { meaning };
            (fill(text.text(lang), &[("n", &count)]), ctx.look.style(meaning))
        })
        .collect();
    let mut x = part::put_whole(buf, area, 2, &counts, ctx.look.glyphs.cut);
    if let Some(words) = control(ctx).filter(|words| x + part::width(words) as u16 <= area.width) {
        x += part::put(buf, area, (x, 0), &words, ctx.look.style(Meaning::Warn)) + part::APART;
    }
    let risks = plan::at_risk(&ctx.board.goals(ctx.now));
    let words = fill(Targets::AtRisk.text(lang), &[("n", &risks)]);
    if risks > 0 && x + part::width(&words) as u16 <= area.width {
        part::put(buf, area, (x, 0), &words, ctx.look.style(Meaning::Warn));
    }
}

/// The episode that the room is busy with: its level, and its day or how far it is.
fn control(ctx: &Ctx<'_>) -> Option<String> {
    let episode = Episode::now(&ctx.board.state)?;
    let day = episode.day(ctx.now, ctx.board.room.zone);
    let far = match day {
        Some(day) => fill(Control::Day.text(ctx.lang), &[("n", &day.nth)]),
        None => case::stage(ctx, episode.case).text,
    };
    let known = case::playbook(ctx, episode.case);
    let known = known.and_then(|playbook| playbook.field(&FieldId::new(episode::LEVEL)));
    let level = known.zip(episode.case.state.fields.get(episode::LEVEL));
    let level = level.map_or_else(String::new, |(field, value)| case::value(ctx, field, value));
    Some(format!("{} {level} {far}", Tui::Control.text(ctx.lang)))
}

/// The line of sources: how many are in each state, and the first that is not fresh.
pub fn feeds(ctx: &Ctx<'_>, area: Rect, buf: &mut Buffer) {
    if area.is_empty() {
        return;
    }
    let mut x = 2;
    if area.width < NARROW {
        let county = ctx.board.county(ctx.now);
        let chip = air::chip(ctx.look, county.map(|now| &now.index));
        let class = county.map_or_else(String::new, |now| match county::silence(ctx, now) {
            Some(silent) if now.index.aqi.is_none() => silent,
            Some(_) | None => air::class(ctx.lang, &now.index).to_owned(),
        });
        x += part::put(buf, area, (x, 0), &chip.text, ctx.look.style(chip.meaning)) + 1;
        x += part::put(buf, area, (x, 0), &class, ctx.look.style(Meaning::Text)) + 2;
    }
    let title = Overview::Feeds.text(ctx.lang);
    x += part::put(buf, area, (x, 0), title, ctx.look.style(Meaning::Label)) + 2;
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
    let mut doubts = ctx.board.calm(ctx.now).doubts;
    doubts.sort_by_key(|doubt| matches!(doubt, Doubt::Source(gap) if gap.state == FeedState::Never));
    for doubt in &doubts {
        let text = calm::doubt_words(ctx, doubt);
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
        .county(ctx.now)
        .map(|county| when::stamp(county.hour, ctx.now, ctx.board.room.zone));
    let note = hour.unwrap_or_default();
    let title = format!(
        "{} {}",
        ctx.board.room.directory.county,
        Overview::Air.text(ctx.lang)
    );
    let body = pane::titled(ctx, area, buf, title.trim(), &note);
    let (county, stations) = pane::top(body, COUNTY_ROWS - 1);
    county::draw(ctx, county, buf);
    draw_stations(ctx, stations, buf);
}

fn draw_stations(ctx: &Ctx<'_>, area: Rect, buf: &mut Buffer) {
    let mut stations = air::listed(ctx);
    // A model's cell wants room for the word that says so.
    stations.retain(|of| !of.is_modelled() || area.width >= 40);
    let area = Rect {
        width: area.width.min(WIDEST_STATION),
        ..area
    };
    let room = usize::from(area.height);
    let shown = if stations.len() > room {
        room.saturating_sub(1)
    } else {
        room
    };
    for (y, station) in stations.iter().take(shown).enumerate() {
        draw_station(ctx, *station, (part::row(area, y as u16), buf));
    }
    if let Some(more) = stations.len().checked_sub(shown).filter(|more| *more > 0) {
        let words = fill(Overview::More.text(ctx.lang), &[("n", &more)]);
        part::put(buf, area, (0, shown as u16), &words, ctx.look.style(Meaning::Dim));
    }
}

/// Name, index, class, trend, the last hours where there is room, age. What is not of now wears no colour of a level.
fn draw_station(ctx: &Ctx<'_>, of: Listed<'_>, (row, buf): (Rect, &mut Buffer)) {
    let look = ctx.look;
    let (class_wide, spark, name_wide) = station_columns(ctx, row.width);
    let name = air::name(ctx, of.id);
    let (name, meaning) = match (of.is_modelled(), of.current) {
        (true, _) => (format!("{} {name}", AirText::Model.text(ctx.lang)), Meaning::Dim),
        (false, true) => (name, Meaning::Text),
        (false, false) => (name, Meaning::Stale),
    };
    let name = part::cut(&name, usize::from(name_wide), look.glyphs.cut);
    part::put(buf, row, (0, 0), &name, look.style(meaning));
    let mut x = name_wide + 1;
    let chip = of.chip(look);
    x += part::put(buf, row, (x, 0), &chip.text, look.style(chip.meaning)) + 1;
    let class = of.class_cell(look, ctx.lang);
    let word = part::cut(&class.text, usize::from(class_wide), "");
    part::put(buf, row, (x, 0), &word, look.style(class.meaning));
    if let Some((symbol, ink)) = class.lead {
        part::put(buf, row, (x, 0), symbol, ink);
    }
    x += class_wide;
    let hours = air::index_hours(ctx.board, of.id, of.last_hour(ctx.now), 24);
    let trend = if of.current { air::trend(look, &hours) } else { " " };
    x += part::put(buf, row, (x, 0), &format!(" {trend} "), look.style(Meaning::Dim));
    if spark > 0 {
        let top = air::scale(ctx.board.standard_at(ctx.now), &hours);
        let text = sparkline::text(look.glyphs, &hours, top, usize::from(spark));
        part::put(buf, row, (x, 0), &text, look.style(Meaning::Chart));
    }
    let age = of.age(ctx);
    let wide = part::width(&age.text) as u16;
    if row.width > wide {
        part::put(
            buf,
            row,
            (row.width - wide, 0),
            &age.text,
            look.style(age.meaning),
        );
    }
}

/// The widths of class, series and name: the class is its symbol alone, and there is no series, before the name is
/// no longer known.
fn station_columns(ctx: &Ctx<'_>, width: u16) -> (u16, u16, u16) {
    // Blank, index, blank; trend; blank, age.
    const FIXED: u16 = 1 + 5 + 3 + 8;
    const NAME: u16 = 12;
    let word = ctx.lang.pick(6, 11);
    let class = if width < FIXED + word + 8 { 2 } else { word };
    let room = width.saturating_sub(FIXED + class);
    let spark = match room.saturating_sub(NAME) {
        0..6 => 0,
        more => more.min(24),
    };
    (class, spark, (room - spark).clamp(4, 20))
}

/// Rows that [`cases`] wants, its title included; none where no case is open.
pub fn cases_rows(ctx: &Ctx<'_>) -> u16 {
    let rows = u16::try_from(ctx.board.state.open_count()).unwrap_or(u16::MAX);
    if rows == 0 {
        0
    } else {
        rows.saturating_add(1).max(3)
    }
}

/// The open cases, the nearest deadline first: stage, clock, title, township, order.
pub fn cases(ctx: &Ctx<'_>, area: Rect, buf: &mut Buffer) {
    let open = ctx.board.state.open_count();
    if open == 0 || area.height < 3 {
        return;
    }
    let body = pane::titled(
        ctx,
        area,
        buf,
        Overview::OpenCases.text(ctx.lang),
        &open.to_string(),
    );
    let deadlines = ctx.board.deadlines();
    for (y, case) in deadlines.iter().take(usize::from(body.height)).enumerate() {
        let row = part::row(body, y as u16);
        let (stage, clock) = (case::stage(ctx, case), case::clock(ctx, case));
        let order = case::delivery(ctx, case::last_task(ctx, case));
        let cut = ctx.look.glyphs.cut;
        let (stage_wide, town_wide, order_wide) = match row.width {
            0..60 => (8, 0, 0),
            60..80 => (9, 9, 12),
            80.. => (14, 11, 14),
        };
        let town = case::township(ctx, case, false);
        let fixed = stage_wide + 12 + town_wide + 1 + order_wide + 1;
        let room = usize::from(row.width).saturating_sub(fixed);
        let pieces = [
            (part::fit(&stage.text, stage_wide, cut), stage.meaning),
            (
                format!(" {} ", part::fit_right(&clock.text, 10, cut)),
                clock.meaning,
            ),
            (part::fit(case.matter.title.as_str(), room, cut), Meaning::Text),
            (format!(" {}", part::fit(&town, town_wide, cut)), Meaning::Text),
            (
                format!(" {}", part::fit(&order.text, order_wide, "")),
                order.meaning,
            ),
        ];
        let pieces: Vec<(&str, Meaning)> = pieces.iter().map(|(text, m)| (text.as_str(), *m)).collect();
        part::put_line(buf, row, (0, 0), &line(ctx, &pieces));
    }
}
