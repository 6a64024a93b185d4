//! Power meters of production lines and treatment facilities (联网用电监控): means of five minutes, the last quarter of an hour.

use crate::domain::directory::PointKind;
use crate::domain::time::{CHINA, Moment, Span};
use crate::training::feeds::{Feed, JSON, rounded, rows, stamp};
use crate::training::population::points::Watched;
use crate::training::weather::hour_of_day;
use crate::training::world::World;
use chrono::Datelike;
use serde_json::{Value, json};

pub(super) const FEED: Feed = Feed {
    name: "meters",
    path: "/power/meters",
    kind: JSON,
    body,
};

/// One value.
const SLOT: Span = Span::mins(5);
/// How many are listed.
const LISTED: i64 = 3;
/// An instrument's range is so much wider than the rated power.
const MARGIN: f64 = 1.5;

fn body(world: &World, now: Moment) -> String {
    let ends = (0..LISTED)
        .rev()
        .map(|back| now.floor(SLOT) - Span::from_ms(SLOT.ms() * back));
    let all = ends.flat_map(|end| {
        let meters = world
            .population
            .points
            .iter()
            .filter(|point| point.kind.is_meter());
        meters.map(move |meter| row(world, meter, end))
    });
    rows(&all.collect::<Vec<Value>>())
}

fn row(world: &World, meter: &Watched, end: Moment) -> Value {
    let rated = meter.range.unwrap_or(100.0) / MARGIN;
    let own = world.chance.of("meter").of(&meter.id);
    let line = meter
        .pair
        .as_deref()
        .filter(|_| meter.kind == PointKind::Treatment)
        .unwrap_or(&meter.id);
    let stands = meter.kind == PointKind::Treatment && world.upkeep.treatment(&meter.id, end);
    let load = if stands { 0.0 } else { load(world, line, end) };
    let ripple = 1.0 + 0.04 * own.nth(end.ms()).bell();
    json!({ "code": meter.id, "time": stamp(end), "kw": rounded((rated * load * ripple).max(0.0), 1) })
}

/// What part of its rated power a line draws: some run day and night, most by day and not on Sundays.
fn load(world: &World, line: &str, at: Moment) -> f64 {
    let own = world.chance.of("line").of(line);
    let (hour, day) = (hour_of_day(at), at.local(CHINA).weekday().num_days_from_monday());
    let always = own.of("always").happens(0.25);
    let runs = always || (day < 6 && (7.5..18.0 + 4.0 * own.of("late").unit()).contains(&hour));
    let steady = 0.55 + 0.15 * own.of("level").unit();
    if runs {
        steady + 0.12 * own.of("course").wave(at, Span::hours(3))
    } else {
        0.02
    }
}
