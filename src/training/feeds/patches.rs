//! Suspected places on satellite imagery (卫星图斑): about thirty a year, listed for two days.

use crate::domain::time::{Moment, Span};
use crate::training::feeds::{Feed, JSON, day_of, midnight, rounded, rows, stamp};
use crate::training::world::World;
use serde_json::{Value, json};

pub(super) const FEED: Feed = Feed {
    name: "patches",
    path: "/satellite/patches",
    kind: JSON,
    body,
};

/// Patches of a mean day.
const A_DAY: f64 = 30.0 / 365.0;
/// How many days are listed.
const LISTED: i64 = 2;

fn body(world: &World, now: Moment) -> String {
    let days = (day_of(now) - LISTED)..=day_of(now);
    let all = days.filter_map(|day| {
        let own = world.chance.of("patch").nth(day);
        let at = midnight(day) + own.of("at").span(Span::hours(9), Span::hours(16));
        if at > now || !own.of("likely").happens(A_DAY) {
            return None;
        }
        let field = own.of("town").pick(&world.county.fields)?;
        Some(json!({
            "patchId": format!("TB{day}"),
            "time": stamp(at),
            "town": field.township,
            "what": own.of("what").pick(&world.population.census.seen.patches),
            "area": own.of("area").between(200.0, 9000.0).round(),
            "lat": rounded(field.centre.lat() + 0.012 * own.of("n").bell(), 5),
            "lng": rounded(field.centre.lon() + 0.012 * own.of("e").bell(), 5),
        }))
    });
    rows(&all.collect::<Vec<Value>>())
}
