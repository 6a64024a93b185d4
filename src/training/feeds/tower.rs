//! The camera platform (高空瞭望): what the towers took for a straw fire in the last hours, true or not. Positions on
//! GCJ-02, as Chinese platforms write them.

use crate::domain::place::Datum;
use crate::domain::place::Place;
use crate::domain::time::CHINA;
use crate::domain::time::Moment;
use crate::domain::time::Span;
use crate::training::county::Camera;
use crate::training::feeds::Feed;
use crate::training::feeds::JSON;
use crate::training::fires::Fire;
use crate::training::world::World;
use serde_json::Value;
use serde_json::json;

pub(super) const FEED: Feed = Feed {
    name: "tower",
    path: "/tower/api/events",
    kind: JSON,
    body,
};

/// How far back the platform lists everything.
const LISTED: Span = Span::hours(3);
/// How far back it looks for a few more in quiet hours, and how many it then lists at least.
const LOOKED_BACK: Span = Span::hours(14);
const AT_LEAST: usize = 4;
/// How far a camera sees, in metres.
const SIGHT_M: f64 = 16_000.0;
/// From this much smoke on the platform calls it urgent.
const URGENT: f64 = 2.2;

fn body(world: &World, now: Moment) -> String {
    let fires = world.fires(now - LOOKED_BACK, now);
    let seen = fires
        .iter()
        .filter_map(|fire| Some((fire, seen_by(world, fire.place, fire.at)?)));
    let seen: Vec<(&Fire, &Camera)> = seen.collect();
    let quiet = seen.len().saturating_sub(AT_LEAST);
    let listed = seen
        .iter()
        .enumerate()
        .filter(|(n, (fire, _))| *n >= quiet || fire.at >= now - LISTED);
    let rows: Vec<Value> = listed
        .map(|(_, (fire, camera))| row(world, fire, camera))
        .collect();
    json!({ "code": 0, "message": "ok", "data": { "total": rows.len(), "list": rows } }).to_string()
}

/// The nearest camera that works and sees the place.
fn seen_by(world: &World, place: Place, at: Moment) -> Option<&Camera> {
    let cameras = world.county.cameras.iter().enumerate();
    let working = cameras.filter(|(nth, _)| world.upkeep.camera(*nth, at).is_none());
    let far = working.map(|(_, camera)| (camera.place.distance_m(place), camera));
    let seeing = far.filter(|(metres, _)| *metres <= SIGHT_M);
    seeing
        .min_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, camera)| camera)
}

fn row(world: &World, fire: &Fire, camera: &Camera) -> Value {
    let (lat, lon) = fire.place.to(Datum::Gcj02);
    let degree = |number: f64| (number * 1e5).round() / 1e5;
    let words = &world.script.tower;
    let urgent = fire.strength * fire.confidence > URGENT;
    json!({
        "eventId": fire.id,
        "eventType": words.event,
        "eventTime": fire.at.local(CHINA).format("%Y-%m-%d %H:%M:%S").to_string(),
        "level": if urgent { &words.urgent } else { &words.usual },
        "towerCode": camera.id,
        "towerName": camera.name,
        "bearing": camera.place.bearing_deg(fire.place).round(),
        "distance": camera.place.distance_m(fire.place).round(),
        "town": fire.township,
        "lng": degree(lon),
        "lat": degree(lat),
        "confidence": format!("{:.0}%", fire.confidence * 100.0),
        "status": words.pending,
    })
}
