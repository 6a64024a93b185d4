//! Petitions (信访): about three a day, from several platforms, listed for ten hours. Some spots complain again and again.

use crate::domain::time::{Moment, Span};
use crate::training::feeds::{Feed, JSON, day_of, midnight, rows, stamp};
use crate::training::world::World;
use serde_json::{Value, json};

pub(super) const FEED: Feed = Feed {
    name: "petitions",
    path: "/petitions/new",
    kind: JSON,
    body,
};

/// The most on one day; each is there or not, so that a year has about 1,148.
const MOST: i64 = 6;
/// How likely each of them is.
const LIKELY: f64 = 1_148.0 / 365.0 / 6.0;
/// How long one is listed.
const RECENT: Span = Span::hours(10);
/// How many days are looked through.
const LISTED: i64 = 1;
/// Spots of a township that are complained of.
const SPOTS: f64 = 5.0;

fn body(world: &World, now: Moment) -> String {
    let days = (day_of(now) - LISTED)..=day_of(now);
    let all = days.flat_map(|day| (0..MOST).filter_map(move |nth| petition(world, day, nth, now)));
    rows(&all.collect::<Vec<Value>>())
}

fn petition(world: &World, day: i64, nth: i64, now: Moment) -> Option<Value> {
    let own = world.chance.of("petition").nth(day).nth(nth);
    let at = midnight(day) + own.of("at").span(Span::hours(7), Span::hours(23));
    if at > now || now - at > RECENT || !own.of("likely").happens(LIKELY) {
        return None;
    }
    let words = &world.population.census.petition;
    let field = own.of("town").pick(&world.county.fields)?;
    let kind = (own.of("kind").unit().powi(2) * words.kinds.len() as f64) as usize;
    let spot = own.of("spot").pick(&words.spots)?;
    let number = 1 + (SPOTS * own.of("number").unit()) as i64;
    Some(json!({
        "number": format!("XF{day}{}", nth + 1),
        "time": stamp(at),
        "town": field.township,
        "channel": own.of("channel").pick(&words.channels),
        "kind": words.kinds.get(kind),
        "medium": words.media.get(kind),
        "spot": format!("{spot}{number}"),
    }))
}
