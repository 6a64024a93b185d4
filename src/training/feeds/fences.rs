//! Fences and boundary posts of source water (电子围栏、界桩): who crossed one in the last eight hours.

use crate::domain::directory::PointKind;
use crate::domain::time::{Moment, Span};
use crate::training::feeds::{Feed, JSON, day_of, midnight, rows, stamp};
use crate::training::world::World;
use serde_json::{Value, json};

pub(super) const FEED: Feed = Feed {
    name: "fences",
    path: "/fences/events",
    kind: JSON,
    body,
};

/// How likely a fence is crossed on a day.
const LIKELY: f64 = 0.02;

fn body(world: &World, now: Moment) -> String {
    let days = [day_of(now) - 1, day_of(now)];
    let all = days.into_iter().flat_map(|day| {
        let fences = world.population.of_kind(PointKind::Fence);
        fences.filter_map(move |(nth, fence)| {
            let own = world.chance.of("fence").nth(nth as i64).nth(day);
            let at = midnight(day) + own.of("at").span(Span::hours(5), Span::hours(21));
            let recent = at <= now && now < at + Span::hours(8);
            (recent && own.of("likely").happens(LIKELY)).then(|| {
                json!({
                    "eventId": format!("WL{day}-{}", fence.id),
                    "time": stamp(at),
                    "code": fence.id,
                    "fence": fence.name,
                    "what": own.of("what").pick(&world.population.census.seen.crossed),
                    "town": fence.town,
                    "lat": fence.place.map(crate::domain::place::Place::lat),
                    "lng": fence.place.map(crate::domain::place::Place::lon),
                })
            })
        })
    });
    rows(&all.collect::<Vec<Value>>())
}
