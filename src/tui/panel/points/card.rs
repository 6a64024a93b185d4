//! The card of one point: its series, whose it is, what it may reach, what is open there, what lies around it.

use crate::domain::directory::Point;
use crate::domain::directory::near::Neighbour;
use crate::domain::place::Place;
use crate::domain::quantity::{Quantity, Value};
use crate::domain::reading::{Period, Reading};
use crate::domain::time::{Moment, Span};
use crate::lang::screens::fires::Fires;
use crate::lang::screens::points::Points;
use crate::lang::screens::{Screen, points as words};
use crate::lang::{domain as say, fill, when};
use crate::tui::look::Meaning;
use crate::tui::panel::points::cells::{declared, town};
use crate::tui::panel::points::open::matters;
use crate::tui::panel::points::{figure, water};
use crate::tui::part;
use crate::tui::part::card::Card;
use crate::tui::part::chart::Chart;
use crate::tui::part::pane;
use crate::tui::view::{Ctx, View};
use chrono::Timelike;
use imbl::Vector;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// From this height on the card has a chart above it.
const HIGH: u16 = 18;
/// Rows of the chart with its title.
const CHART: u16 = 9;
/// How far around a point is looked for its neighbours, in metres, and how many are shown.
const AROUND: (f64, usize) = (1_500.0, 6);
/// Sections named up and down the river.
const STRIP: usize = 6;

/// Draws the card of `point` into `area`.
pub(super) fn draw(ctx: &Ctx<'_>, view: &View, point: &Point, (area, buf): (Rect, &mut Buffer)) {
    let series = figure::series(ctx, &point.id).filter(|_| area.height >= HIGH);
    let (upper, lower) = pane::top(area, if series.is_some() { CHART } else { 0 });
    if let Some((reading, series)) = series {
        let quantity = reading.quantity;
        let what = format!(
            "{} {}",
            say::quantity(ctx.lang, quantity),
            quantity.unit().symbol()
        );
        let title = fill(Points::Chart.text(ctx.lang), &[("what", &what)]);
        let body = pane::titled(ctx, upper, buf, &title, "");
        chart(ctx, point, (reading, series), (body, buf));
    }
    let mut card = Card::new(ctx, lower);
    facts(ctx, point, &mut card);
    water::draw(ctx, point, &mut card);
    river(ctx, point, &mut card);
    readings(ctx, point, &mut card);
    let at = |id: &_| *id == point.id || point.pair.as_ref() == Some(id);
    matters(ctx, &mut card, &at, None);
    if let Some(place) = point.place {
        around(ctx, place, point.id.as_str(), &mut card);
    }
    card.draw(point.name.as_str(), view, lower, buf);
}

/// The last 24 hours, a column an hour: what is measured more often as its mean, more seldom as it stood.
fn chart(
    ctx: &Ctx<'_>,
    point: &Point,
    (reading, series): (&Reading, &Vector<(Moment, Value)>),
    (area, buf): (Rect, &mut Buffer),
) {
    let hour = Span::hours(1);
    let last = Moment::from_ms(reading.at.ms() - 1).floor(hour) + hour;
    let long = if reading.period == Period::FourHours {
        Span::hours(4)
    } else {
        hour
    };
    let values: Vec<Option<f64>> = (0..24)
        .rev()
        .map(|ago| {
            let end = last - Span::hours(ago);
            let within = series
                .iter()
                .filter(|(at, _)| *at > end - hour && *at <= end - hour + long);
            let (sum, count) =
                within.fold((0.0, 0.0), |(sum, n), (_, value)| (sum + value.to_f64(), n + 1.0));
            (count > 0.0).then(|| sum / count)
        })
        .collect();
    let permitted = point.limit(reading.quantity);
    let limit = permitted.map(|limit| (limit.to_f64(), ctx.look.style(Meaning::ChartLimit)));
    let highest = values.iter().flatten().copied().fold(0.0, f64::max);
    let rule = ctx.look.style(Meaning::Rule);
    let mut bands: Vec<(f64, Style)> = steps(highest).into_iter().map(|at| (at, rule)).collect();
    bands.extend(limit);
    bands.sort_by(|a, b| a.0.total_cmp(&b.0));
    let chart = Chart {
        values: &values,
        last_hour: last.local(ctx.board.room.zone).hour(),
        bands: &bands,
        axis: ctx.look.style(Meaning::Dim),
        body: ctx.look.style(Meaning::Chart),
        decimals: match highest {
            low if low < 1.0 => 2,
            low if low < 10.0 => 1,
            _ => 0,
        },
        glyphs: ctx.look.glyphs,
    };
    let over = permitted.map_or(f64::INFINITY, Value::to_f64);
    chart.draw(buf, area, |value| {
        ctx.look.style(if value > over {
            Meaning::Warn
        } else {
            Meaning::Chart
        })
    });
}

/// Round numbers for the axis: a step of 1, 2 or 5 times a power of ten, three steps or so.
fn steps(highest: f64) -> Vec<f64> {
    let highest = highest.max(1e-3);
    let power = 10_f64.powf((highest / 3.0).log10().floor());
    let fitting = [1.0, 2.0, 5.0, 10.0].map(|by| by * power);
    let step = fitting
        .into_iter()
        .find(|step| step * 3.0 > highest)
        .unwrap_or(highest);
    (1..=4).map(|nth| f64::from(nth) * step).collect()
}

fn facts(ctx: &Ctx<'_>, point: &Point, card: &mut Card<'_>) {
    let lang = ctx.lang;
    let (value, meaning) = figure::text(ctx, point);
    card.pieces(&[
        (
            &value,
            if meaning == Meaning::Text {
                Meaning::Strong
            } else {
                meaning
            },
        ),
        ("  ", Meaning::Text),
        (&declared(ctx, point), Meaning::Stale),
    ]);
    let kind = format!("{}  {}", words::kind(lang, point.kind), point.id);
    card.field(Points::Kind.text(lang), &kind, Meaning::Text);
    card.field(
        Screen::Township.text(lang),
        town(ctx, point.township.as_ref()),
        Meaning::Text,
    );
    owner(ctx, point, card);
    let target = point.class.map(|class| words::class(lang, class));
    card.field(
        Points::Target.text(lang),
        target.unwrap_or_default(),
        Meaning::Text,
    );
    let own = |rows: &[(Quantity, Value)]| {
        let row = |(of, value): &(Quantity, Value)| {
            let (name, number) = (say::quantity(lang, *of), value.fixed(of.decimals()));
            format!("{name} {number} {}", of.unit().symbol())
        };
        rows.iter().map(row).collect::<Vec<_>>().join("  ")
    };
    card.field(Points::Limit.text(lang), &own(&point.limits), Meaning::Text);
    card.field(Points::Range.text(lang), &own(&point.ranges), Meaning::Dim);
    if point.drinking {
        card.field("", Points::Drinking.text(lang), Meaning::Text);
    }
    let metres = |metres: Option<f64>| metres.map_or_else(String::new, |m| format!("{m:.0} m"));
    card.field(Points::Reach.text(lang), &metres(point.reach_m), Meaning::Text);
    card.field(Points::Radius.text(lang), &metres(point.radius_m), Meaning::Text);
    if let Some(place) = point.place {
        let at = format!("{:.5} N  {:.5} E", place.lat(), place.lon());
        card.field(Fires::Position.text(lang), &at, Meaning::Dim);
    }
}

/// Whose it is, and who answers the telephone there.
fn owner(ctx: &Ctx<'_>, point: &Point, card: &mut Card<'_>) {
    let lang = ctx.lang;
    let owner = point
        .owner
        .as_ref()
        .and_then(|id| ctx.board.room.directory.enterprise(id));
    if let Some(firm) = owner {
        let badge = if firm.positive_list {
            Points::Positive.text(lang)
        } else {
            ""
        };
        let text = format!("{}  {badge}", firm.name);
        card.field(Points::Enterprise.text(lang), text.trim_end(), Meaning::Text);
        let contact = format!("{} {}", firm.contact, firm.phone);
        card.field(Points::Contact.text(lang), contact.trim(), Meaning::Text);
    }
}

/// What lies up and down the river, each with its class.
fn river(ctx: &Ctx<'_>, point: &Point, card: &mut Card<'_>) {
    let directory = &ctx.board.room.directory;
    let strip = |sections: Vec<&Point>| {
        let more = sections.len() > STRIP;
        let named = sections.iter().take(STRIP).map(|section| {
            let class = figure::water(ctx, section).and_then(|found| found.class());
            let class = class
                .map(|class| words::class(ctx.lang, class))
                .unwrap_or_default();
            format!("{} {class}", section.name).trim_end().to_owned()
        });
        let mut text = named.collect::<Vec<_>>().join("  ");
        if more {
            text.push_str(ctx.look.glyphs.cut);
        }
        text
    };
    let (above, below) = (directory.upstream(&point.id), directory.downstream(&point.id));
    card.field(Points::Upstream.text(ctx.lang), &strip(above), Meaning::Text);
    card.field(Points::Downstream.text(ctx.lang), &strip(below), Meaning::Text);
}

fn readings(ctx: &Ctx<'_>, point: &Point, card: &mut Card<'_>) {
    let all = figure::readings(ctx, &point.id);
    if all.is_empty() {
        return;
    }
    card.heading(Points::Readings.text(ctx.lang));
    for reading in all {
        let quantity = reading.quantity;
        let value = reading.value.map(|value| value.fixed(quantity.decimals()));
        let value = value.unwrap_or_else(|| ctx.look.glyphs.none.to_owned());
        let age = when::age(ctx.lang, ctx.now - reading.at);
        let text = format!(
            "{} {}",
            part::fit_right(&value, 8, ""),
            part::fit(quantity.unit().symbol(), 8, "")
        );
        let name = part::fit(say::quantity(ctx.lang, quantity), 12, "");
        card.pieces(&[
            (&name, Meaning::Label),
            (&text, Meaning::Text),
            (&age, Meaning::Dim),
        ]);
    }
}

/// Enterprises and points around a place, nearest first.
pub(super) fn around(ctx: &Ctx<'_>, place: Place, own: &str, card: &mut Card<'_>) {
    card.heading(Points::Near.text(ctx.lang));
    let found = ctx.board.room.directory.near(place, AROUND.0);
    let others = found.into_iter().filter_map(|(near, metres)| {
        let (id, name, what) = match near {
            Neighbour::Enterprise(firm) => (firm.id.as_str(), &firm.name, firm.sector.as_str()),
            Neighbour::Point(point) => (point.id.as_str(), &point.name, words::kind(ctx.lang, point.kind)),
        };
        (id != own).then_some((name, what, metres))
    });
    let before = card.height();
    for (name, what, metres) in others.take(AROUND.1) {
        let metres = part::fit_right(&format!("{metres:.0} m"), 8, "");
        let name = format!("  {name}  ");
        card.pieces(&[
            (&metres, Meaning::Dim),
            (&name, Meaning::Text),
            (what, Meaning::Dim),
        ]);
    }
    if card.height() == before {
        card.text(Points::Nothing.text(ctx.lang), Meaning::Dim);
    }
}
