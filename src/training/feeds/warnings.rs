//! The weather service's warnings in force: often none, and then an empty list that is good news.

use crate::domain::time::{CHINA, Moment, Span};
use crate::training::feeds::{Feed, JSON};
use crate::training::script::Warning;
use crate::training::weather::{Weather, hour_of_day};
use crate::training::world::World;
use serde_json::{Value, json};

pub(super) const FEED: Feed = Feed {
    name: "warnings",
    path: "/weather/warnings",
    kind: JSON,
    body,
};

/// The weather is judged once in this time; a warning lasts while it stays as it is.
const LOOK: Span = Span::hours(3);

/// When a warning is given.
type When = fn(&World, Moment, &Weather) -> bool;

fn body(world: &World, now: Moment) -> String {
    let words = &world.script.warnings;
    let kinds: [(&str, &Warning, When); 5] = [
        ("fog", &words.fog, |_, at, weather| {
            weather.humidity > 88.0 && weather.wind_speed < 2.2 && hour_of_day(at) < 10.0
        }),
        ("gale", &words.gale, |_, _, weather| weather.wind_speed > 3.6),
        ("heat", &words.heat, |_, _, weather| weather.temperature > 35.5),
        ("rain", &words.rain, |_, _, weather| weather.rain > 2.5),
        ("haze", &words.haze, |world, at, _| world.pollution(at) > 0.45),
    ];
    let rows = kinds.iter().filter_map(|&(key, words, when)| {
        let since = since(world, now, when)?;
        Some(row(key, words, since, now))
    });
    let rows: Vec<Value> = rows.collect();
    json!({ "code": 0, "message": "ok", "data": rows }).to_string()
}

/// Since when it has been so at `now`, at most three days; `None` if it is not.
fn since(world: &World, now: Moment, when: When) -> Option<Moment> {
    let looks = (0..24).map(|back| now.floor(LOOK) - Span::from_ms(LOOK.ms() * back));
    let so = |at: &Moment| when(world, *at, &Weather::at(world.chance, *at));
    looks.take_while(so).last()
}

fn row(key: &str, words: &Warning, since: Moment, now: Moment) -> Value {
    let ends = now.floor(LOOK) + LOOK + Span::hours(1);
    let text = |at: Moment| at.local(CHINA).format("%Y-%m-%d %H:%M").to_string();
    json!({
        "id": format!("{key}-{}", since.local(CHINA).format("%Y%m%d%H")),
        "type": words.r#type,
        "level": words.level,
        "text": words.text,
        "published": text(since),
        "expires": text(ends),
    })
}
