//! The stations' current hour as the national platform writes it: an array of objects whose values are all texts.

use crate::domain::air::{Hour, Norm, Pollutant, hourly};
use crate::domain::quantity::Value;
use crate::domain::time::{CHINA, Moment, Span};
use crate::training::air::{Hourly, Reported};
use crate::training::feeds::{Feed, JSON};
use crate::training::world::World;
use serde_json::{Map, json};

pub(super) const FEED: Feed = Feed {
    name: "stations",
    path: "/CityData/GetAQIDataPublishLive",
    kind: JSON,
    body,
};

/// An hour is published some minutes after its end.
const PUBLISHED_AFTER: Span = Span::mins(8);
/// What the platform writes where there is no value.
const NONE: &str = "—";

/// The end of the newest hour that is published at `now`.
pub(super) fn newest(now: Moment) -> Moment {
    (now - PUBLISHED_AFTER).floor(Span::hours(1))
}

fn body(world: &World, now: Moment) -> String {
    let last = newest(now);
    let hours = world.hours(last - Span::hours(31), last);
    let count = world.county.stations.len();
    let rows: Vec<Map<String, serde_json::Value>> = (0..count).map(|nth| row(world, nth, &hours)).collect();
    json!(rows).to_string()
}

/// One station's object: names and places, then the index, then every pollutant with its longer means.
fn row(world: &World, nth: usize, hours: &[Hourly]) -> Map<String, serde_json::Value> {
    let mut row = Map::new();
    let mut put = |key: &str, text: String| row.insert(key.to_owned(), text.into());
    let at = hours.last().map(|hour| hour.at).unwrap_or_default();
    if let Some(station) = world.county.stations.get(nth) {
        put("StationCode", station.id.clone());
        put("PositionName", station.name.clone());
        put("Latitude", format!("{:.4}", station.place.lat()));
        put("Longitude", format!("{:.4}", station.place.lon()));
    }
    put("Area", world.script.air.area.clone());
    put("CityCode", "330281".to_owned());
    put("OrderId", (nth + 1).to_string());
    put("IsPublish", "true".to_owned());
    put(
        "TimePoint",
        at.local(CHINA).format("%Y-%m-%dT%H:%M:%S").to_string(),
    );
    for (key, text) in published(world, nth, hours) {
        put(key, text);
    }
    let series = Series { nth, hours };
    for &(pollutant, key) in KEYS {
        put(key, text(series.mean(pollutant, 1, 1), pollutant));
        put(&format!("{key}_24h"), text(series.day(pollutant), pollutant));
    }
    put("O3_8h", text(series.mean(Pollutant::O3, 8, 6), Pollutant::O3));
    put("O3_8h_24h", text(series.highest_eight_hours(), Pollutant::O3));
    row
}

/// The platform's keys.
const KEYS: &[(Pollutant, &str)] = &[
    (Pollutant::Pm25, "PM2_5"),
    (Pollutant::Pm10, "PM10"),
    (Pollutant::So2, "SO2"),
    (Pollutant::No2, "NO2"),
    (Pollutant::O3, "O3"),
    (Pollutant::Co, "CO"),
];

fn text(value: Option<Value>, pollutant: Pollutant) -> String {
    value.map_or_else(|| NONE.to_owned(), |value| value.fixed(pollutant.decimals()))
}

/// The index, its class and its primary pollutants, as the platform publishes them.
fn published(world: &World, nth: usize, hours: &[Hourly]) -> [(&'static str, String); 3] {
    let index = hours.last().and_then(|hour| {
        let values = hour.stations.get(nth).copied()??;
        let standard = Norm::Hj633.at(hour.at, CHINA);
        Some(hourly(standard, &Hour::of(values)))
    });
    let none = || NONE.to_owned();
    let words = &world.script.air;
    let level = index.and_then(|index| index.level);
    let primary = index.iter().flat_map(|index| index.primary.iter());
    let primary: Vec<&str> = primary
        .filter_map(|pollutant| words.primary.get(pollutant.index()))
        .map(String::as_str)
        .collect();
    let quality = level.and_then(|level| words.quality.get(usize::from(level.number()).checked_sub(1)?));
    let aqi = index.and_then(|index| index.aqi);
    [
        ("AQI", aqi.map_or_else(none, |aqi| aqi.to_string())),
        ("Quality", quality.cloned().unwrap_or_else(none)),
        (
            "PrimaryPollutant",
            if primary.is_empty() {
                none()
            } else {
                primary.join(",")
            },
        ),
    ]
}

/// One station's values up to an hour.
pub(super) struct Series<'a> {
    /// Which station.
    pub(super) nth: usize,
    /// Hours without gaps, the one that is looked at last.
    pub(super) hours: &'a [Hourly],
}

impl Series<'_> {
    fn values(&self, pollutant: Pollutant, count: usize) -> Vec<Value> {
        let newest = self.hours.iter().rev().take(count);
        let rows = newest.filter_map(|hour| hour.stations.get(self.nth).copied().flatten());
        rows.filter_map(|row: Reported| pollutant.pick(&row)).collect()
    }

    /// The mean of the last `count` hours, if at least `least` of them have a value.
    pub(super) fn mean(&self, pollutant: Pollutant, count: usize, least: usize) -> Option<Value> {
        let values = self.values(pollutant, count);
        let sum: i64 = values.iter().map(|value| value.micro()).sum();
        let mean = Value::from_micro(sum).scale(1, values.len() as i64)?;
        (values.len() >= least).then(|| mean.round(pollutant.decimals()))
    }

    /// What the platform calls the 24-hour value: the mean, of ozone the highest hour.
    pub(super) fn day(&self, pollutant: Pollutant) -> Option<Value> {
        match pollutant {
            Pollutant::O3 => self.values(pollutant, 24).into_iter().max(),
            Pollutant::So2 | Pollutant::No2 | Pollutant::Co | Pollutant::Pm10 | Pollutant::Pm25 => {
                self.mean(pollutant, 24, 20)
            }
        }
    }

    /// The highest sliding eight-hour mean of ozone of the last 24 hours.
    pub(super) fn highest_eight_hours(&self) -> Option<Value> {
        let ends = (0..24).filter_map(|back| self.hours.get(..self.hours.len().checked_sub(back)?));
        let means = ends.filter_map(|hours| Series { hours, ..*self }.mean(Pollutant::O3, 8, 6));
        means.max()
    }
}
