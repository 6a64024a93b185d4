//! Water stations at sections and reservoirs (断面、水库): six items every four hours, the last two days.

use crate::domain::directory::PointKind;
use crate::domain::time::{Moment, Span};
use crate::training::feeds::{Feed, JSON, rounded, rows, stamp};
use crate::training::population::points::Watched;
use crate::training::weather::winter;
use crate::training::world::World;
use serde_json::{Value, json};

pub(super) const FEED: Feed = Feed {
    name: "sections",
    path: "/water/sections",
    kind: JSON,
    body,
};

/// One cycle of a station.
const CYCLE: Span = Span::hours(4);
/// How many are listed.
const LISTED: i64 = 12;
/// Reservoirs with a station of their own.
const STATIONS: usize = 4;

fn body(world: &World, now: Moment) -> String {
    // The cycles of a day begin at midnight.
    let newest = (now - Span::mins(40) + Span::hours(8)).floor(CYCLE) - Span::hours(8);
    let ends = (0..LISTED)
        .rev()
        .map(|back| newest - Span::from_ms(CYCLE.ms() * back));
    let all = ends.flat_map(|end| {
        let sections = world.population.of_kind(PointKind::Water);
        let reservoirs = world.population.of_kind(PointKind::Reservoir);
        let all = sections.chain(reservoirs.take(STATIONS));
        all.map(move |(_, point)| row(world, point, end))
    });
    rows(&all.collect::<Vec<Value>>())
}

fn row(world: &World, point: &Watched, end: Moment) -> Value {
    let own = world.chance.of("water").of(&point.id);
    // Part of what the class it must reach allows (GB 3838-2002): a fifth of the sections live close to it.
    let load = match point.class {
        Some("II") => 0.55,
        Some("IV") => own.of("load").between(0.7, 1.25),
        Some(_) | None => own.of("load").between(0.45, 0.98),
    };
    let spill = if world.upkeep.spill(&point.id, end) {
        1.9
    } else {
        1.0
    };
    let vary = |name: &str| {
        let quick = 0.03 * own.of(name).nth(end.ms()).bell();
        load * spill * (1.0 + 0.12 * own.of(name).wave(end, Span::hours(30)) + quick)
    };
    // What the class allows: permanganate index, ammonia, phosphorus (class II of a lake is the strictest).
    let (codmn, nh3n, tp) = match point.class {
        Some("II") => (4.0, 0.5, 0.025),
        Some(_) | None => (6.0, 1.0, 0.2),
    };
    let oxygen = 8.2 + 1.6 * winter(end) - 1.8 * vary("do");
    json!({
        "code": point.id,
        "time": stamp(end),
        "ph": rounded(7.4 + 0.3 * own.of("ph").wave(end, Span::hours(40)), 1),
        "do": rounded(oxygen.max(1.0), 2),
        "codmn": rounded(codmn * vary("codmn"), 2),
        "nh3n": rounded(nh3n * vary("nh3n"), 3),
        "tp": rounded(tp * vary("tp"), 3),
        "tn": rounded(2.7 * vary("tn"), 2),
    })
}
