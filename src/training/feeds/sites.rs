//! Dust monitors at sites and mines (工地扬尘): particles over a quarter of an hour, the last two hours.

use crate::domain::directory::PointKind;
use crate::domain::time::{Moment, Span};
use crate::training::feeds::{Feed, JSON, rows, stamp};
use crate::training::population::points::Watched;
use crate::training::weather::{Weather, hour_of_day};
use crate::training::world::World;
use serde_json::{Value, json};

pub(super) const FEED: Feed = Feed {
    name: "sites",
    path: "/sites/dust",
    kind: JSON,
    body,
};

/// One value.
const SLOT: Span = Span::mins(15);
/// How many are listed.
const LISTED: i64 = 8;

fn body(world: &World, now: Moment) -> String {
    let newest = (now - Span::mins(2)).floor(SLOT);
    let ends = (0..LISTED)
        .rev()
        .map(|back| newest - Span::from_ms(SLOT.ms() * back));
    let all = ends.flat_map(|end| {
        let rain = Weather::at(world.chance, end).rain;
        let sites = world.population.of_kind(PointKind::Site);
        sites.map(move |(_, site)| row(world, site, end, rain))
    });
    rows(&all.collect::<Vec<Value>>())
}

fn row(world: &World, site: &Watched, end: Moment, rain: f64) -> Value {
    let own = world.chance.of("dust").of(&site.id);
    let works = (7.0..18.0).contains(&hour_of_day(end));
    let usual = own.of("usual").between(28.0, 62.0) * if works { 1.35 } else { 0.8 };
    let course = 1.0 + 0.25 * own.of("course").wave(end, Span::hours(2)) + 0.08 * own.nth(end.ms()).bell();
    let over = if works && world.upkeep.excess(&site.id, end) {
        3.4
    } else {
        1.0
    };
    let wet = if rain > 0.2 { 0.5 } else { 1.0 };
    json!({ "code": site.id, "time": stamp(end), "pm10": (usual * course * over * wet).max(8.0).round() })
}
