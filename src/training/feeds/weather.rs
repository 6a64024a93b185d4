//! The weather station's hourly values of the last two days, as a bureau's own platform might give them.

use crate::domain::time::{CHINA, Moment, Span};
use crate::training::feeds::{Feed, JSON};
use crate::training::weather::Weather;
use crate::training::world::World;
use serde_json::{Value, json};

pub(super) const FEED: Feed = Feed {
    name: "weather",
    path: "/weather/hourly",
    kind: JSON,
    body,
};

fn body(world: &World, now: Moment) -> String {
    let last = now.floor(Span::hours(1));
    let rows: Vec<Value> = (0..48)
        .rev()
        .map(|back| row(world, last - Span::hours(back)))
        .collect();
    json!({ "code": 0, "message": "ok", "data": rows }).to_string()
}

fn row(world: &World, at: Moment) -> Value {
    let weather = Weather::at(world.chance, at);
    let tenth = |number: f64| (number * 10.0).round() / 10.0;
    json!({
        "station": "W01",
        "time": at.local(CHINA).format("%Y-%m-%d %H:%M").to_string(),
        "temperature": tenth(weather.temperature),
        "humidity": weather.humidity.round(),
        "windSpeed": tenth(weather.wind_speed),
        "windFrom": weather.wind_from.round() % 360.0,
        "pressure": tenth(weather.pressure),
        "rain": weather.rain,
    })
}
