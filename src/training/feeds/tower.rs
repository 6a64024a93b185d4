//! The camera platform (高空瞭望): what the towers took for a straw fire in the last hours, true or not. Positions on
//! GCJ-02, as Chinese platforms write them.

use crate::domain::place::Datum;
use crate::domain::time::{CHINA, Moment, Span};
use crate::training::county::Camera;
use crate::training::feeds::{Feed, JSON};
use crate::training::fires::Fire;
use crate::training::world::World;
use serde_json::{Value, json};

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
/// How often a real fire is reported by a second camera too.
const SEEN_TWICE: f64 = 0.3;
/// How far a bearing is off, in degrees (1 σ).
const BEARING_SLIP_DEG: f64 = 0.3;
/// From this much smoke on the platform calls it urgent.
const URGENT: f64 = 2.2;

fn body(world: &World, now: Moment) -> String {
    let fires = world.fires(now - LOOKED_BACK, now);
    let seen = fires
        .iter()
        .map(|fire| (fire, seen_by(world, fire)))
        .filter(|(_, cameras)| !cameras.is_empty());
    let seen: Vec<(&Fire, Vec<&Camera>)> = seen.collect();
    let quiet = seen.len().saturating_sub(AT_LEAST);
    let listed = seen
        .iter()
        .enumerate()
        .filter(|(n, (fire, _))| *n >= quiet || fire.at >= now - LISTED);
    let rows: Vec<Value> = listed
        .flat_map(|(_, (fire, cameras))| {
            let rows = cameras.iter().enumerate();
            rows.map(|(nth, camera)| row(world, fire, nth, camera))
        })
        .collect();
    json!({ "code": 0, "message": "ok", "data": { "total": rows.len(), "list": rows } }).to_string()
}

/// The cameras that report it, the nearest that works first; a second one only sometimes, and only of a real fire.
fn seen_by<'w>(world: &'w World, fire: &Fire) -> Vec<&'w Camera> {
    let cameras = world.county.cameras.iter().enumerate();
    let working = cameras.filter(|(nth, _)| world.upkeep.camera(*nth, fire.at).is_none());
    let far = working.map(|(_, camera)| (camera.place.distance_m(fire.place), camera));
    let mut seeing: Vec<(f64, &Camera)> = far.filter(|(metres, _)| *metres <= SIGHT_M).collect();
    seeing.sort_by(|a, b| a.0.total_cmp(&b.0));
    let twice = fire.is_real() && world.chance.of("twice").of(&fire.id).happens(SEEN_TWICE);
    let cameras = seeing.into_iter().map(|(_, camera)| camera);
    cameras.take(if twice { 2 } else { 1 }).collect()
}

/// What the `nth` camera (from 0) says of a fire, in its own number and bearing.
fn row(world: &World, fire: &Fire, nth: usize, camera: &Camera) -> Value {
    let (lat, lon) = fire.place.to(Datum::Gcj02);
    let degree = |number: f64| (number * 1e5).round() / 1e5;
    let words = &world.script.tower;
    let slip = BEARING_SLIP_DEG * world.chance.of("slip").of(&camera.id).of(&fire.id).bell();
    let bearing = (camera.place.bearing_deg(fire.place) + slip).rem_euclid(360.0);
    let tail = if nth == 0 { "" } else { "-2" };
    let urgent = fire.strength * fire.confidence > URGENT;
    json!({
        "eventId": format!("{}{tail}", fire.id),
        "eventType": words.event,
        "eventTime": fire.at.local(CHINA).format("%Y-%m-%d %H:%M:%S").to_string(),
        "level": if urgent { &words.urgent } else { &words.usual },
        "towerCode": camera.id,
        "towerName": camera.name,
        "bearing": (bearing * 10.0).round() / 10.0,
        "picture": format!("http://tower.training.example/{}{tail}.jpg", fire.id),
        "distance": camera.place.distance_m(fire.place).round(),
        "town": fire.township,
        "lng": degree(lon),
        "lat": degree(lat),
        "confidence": format!("{:.0}%", fire.confidence * 100.0),
        "status": words.pending,
    })
}
