//! The monitoring station's forecast of the air: every day at 17:00 the next three days, as a range of the daily index
//! with its primary pollutant. It knows the simulated weather, and nothing of the fires that are still to come.

use crate::domain::air;
use crate::domain::air::{Day, Pollutant};
use crate::domain::quantity::Value as Figure;
use crate::domain::time::{CHINA, Moment, Span};
use crate::training::feeds::{Feed, JSON, day_of, midnight, rows, stamp};
use crate::training::world::World;
use serde_json::{Value, json};

pub(super) const FEED: Feed = Feed {
    name: "outlook",
    path: "/weather/outlook",
    kind: JSON,
    body,
};

/// When it is issued.
const ISSUED: Span = Span::hours(17);
/// How many days ahead.
const DAYS: i64 = 3;
/// Half the width of the range.
const WIDTH: u16 = 10;

fn body(world: &World, now: Moment) -> String {
    let day = day_of(now - ISSUED);
    let issued = midnight(day) + ISSUED;
    let all = (1..=DAYS).filter_map(|ahead| row(world, issued, day + ahead));
    rows(&all.collect::<Vec<Value>>())
}

fn row(world: &World, issued: Moment, day: i64) -> Option<Value> {
    let begins = midnight(day);
    let hours: Vec<_> = (0..24)
        .map(|hour| world.region(begins + Span::hours(hour) + Span::mins(30)))
        .collect();
    let of = |p: Pollutant, hours: &[[f64; 6]]| {
        let sum: f64 = hours.iter().filter_map(|six| six.get(p.index())).sum();
        sum / hours.len().max(1) as f64
    };
    let ozone = hours
        .windows(8)
        .map(|eight| of(Pollutant::O3, eight))
        .fold(0.0, f64::max);
    let values = Pollutant::ALL.map(|p| {
        let mean = if p == Pollutant::O3 { ozone } else { of(p, &hours) };
        Figure::from_f64(mean).map(|value| value.round(p.decimals()))
    });
    let index = air::daily(air::Norm::default().on(begins.date(CHINA)), &Day::of(values));
    let aqi = index.aqi?;
    let primary = Pollutant::ALL.into_iter().find(|p| index.primary.contains(*p));
    let date = begins + Span::hours(12);
    Some(json!({
        "published": stamp(issued),
        "date": stamp(date).split(' ').next(),
        "aqi": format!("{}~{}", aqi.saturating_sub(WIDTH), aqi.saturating_add(WIDTH)),
        "primary": primary.map_or("", Pollutant::symbol),
    }))
}
