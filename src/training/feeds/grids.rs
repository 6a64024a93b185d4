//! Hot cells of the grid (热点网格), pushed by the province: about 69 a year, listed for a day. A cell is 3 km wide.

use crate::domain::time::{Moment, Span};
use crate::training::feeds::{Feed, JSON, day_of, midnight, rounded, rows, stamp};
use crate::training::world::World;
use serde_json::{Value, json};

pub(super) const FEED: Feed = Feed {
    name: "grids",
    path: "/grid/warnings",
    kind: JSON,
    body,
};

/// Warnings of a mean day.
const A_DAY: f64 = 69.0 / 365.0;
/// How many days are listed.
const LISTED: i64 = 1;

fn body(world: &World, now: Moment) -> String {
    let days = (day_of(now) - LISTED)..=day_of(now);
    let all = days.filter_map(|day| {
        let own = world.chance.of("grid").nth(day);
        let at = midnight(day) + own.of("at").span(Span::hours(8), Span::hours(17));
        if at > now || !own.of("likely").happens(A_DAY) {
            return None;
        }
        let field = own.of("town").pick(&world.county.fields)?;
        Some(json!({
            "warningId": format!("RD{day}"),
            "time": stamp(at),
            "town": field.township,
            "grid": format!("{:04}", own.of("cell").nth(1).between(1000.0, 1400.0) as i64),
            "pollutant": own.of("what").pick(&world.population.census.seen.pollutants),
            "ratio": rounded(own.of("ratio").between(1.3, 2.4), 2),
            "lat": rounded(field.centre.lat() + 0.01 * own.of("n").bell(), 5),
            "lng": rounded(field.centre.lon() + 0.01 * own.of("e").bell(), 5),
        }))
    });
    rows(&all.collect::<Vec<Value>>())
}
