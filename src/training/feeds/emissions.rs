//! Emission points and outlets (重点排污监控点位、排口): hourly means of what each is watched for, the last half day.

use crate::domain::directory::PointKind;
use crate::domain::quantity::Quantity;
use crate::domain::time::{Moment, Span};
use crate::training::feeds::{Feed, JSON, rounded, rows, stamp};
use crate::training::population::points::Watched;
use crate::training::world::World;
use serde_json::{Value, json};

pub(super) const FEED: Feed = Feed {
    name: "emissions",
    path: "/emission/hourly",
    kind: JSON,
    body,
};

/// How many hours are listed.
const LISTED: i64 = 12;
/// What the platform calls what a point is watched for.
const NAMES: [(Quantity, &str); 3] = [
    (Quantity::StackNox, "nox"),
    (Quantity::StackSo2, "so2"),
    (Quantity::Cod, "cod"),
];

fn body(world: &World, now: Moment) -> String {
    let newest = (now - Span::mins(8)).floor(Span::hours(1));
    let ends = (0..LISTED).rev().map(|back| newest - Span::hours(back));
    let all = ends.flat_map(|end| {
        let points = world.population.of_kind(PointKind::Emission);
        let outlets = world.population.of_kind(PointKind::Outlet);
        let all = points.chain(outlets);
        all.filter_map(move |(_, point)| row(world, point, end))
    });
    rows(&all.collect::<Vec<Value>>())
}

fn row(world: &World, point: &Watched, end: Moment) -> Option<Value> {
    let (_, what) = NAMES.iter().find(|row| Some(row.0) == point.of)?;
    let own = world.chance.of("emission").of(&point.id);
    let flow = own.of("flow").between(8.0, 60.0)
        * (1.0 + 0.1 * own.of("flow").wave(end, Span::hours(5)) + 0.02 * own.of("flow").nth(end.ms()).bell());
    let value = concentration(world, point, end);
    Some(json!({ "code": point.id, "time": stamp(end), *what: rounded(value, 1), "flow": rounded(flow, 1) }))
}

/// What comes out at a moment: a level of its own, a course of hours, and the unrest of every process and instrument.
pub(super) fn concentration(world: &World, point: &Watched, end: Moment) -> f64 {
    let own = world.chance.of("emission").of(&point.id);
    let limit = point.limit.unwrap_or(50.0);
    let usual = own.of("usual").between(0.3, 0.62);
    let course = 0.16 * own.of("course").wave(end, Span::hours(9)) + 0.03 * own.nth(end.ms()).bell();
    let over = if world.upkeep.excess(&point.id, end) {
        1.9
    } else {
        1.0
    };
    limit * ((usual + course) * over).max(0.02)
}
