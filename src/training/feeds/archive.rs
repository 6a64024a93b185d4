//! The last 48 hours of all stations as the hourly CSV archive writes them: a row an hour and quantity, a column a
//! station. With it the charts are full at the first start.

use crate::domain::air::{Hour, Norm, Pollutant, hourly};
use crate::domain::quantity::Value;
use crate::domain::time::{CHINA, Moment, Span};
use crate::training::air::Hourly;
use crate::training::feeds::stations::newest;
use crate::training::feeds::{CSV, Feed};
use crate::training::world::World;

pub(super) const FEED: Feed = Feed {
    name: "archive",
    path: "/archive/",
    kind: CSV,
    body,
};

/// The archive's names of the pollutants.
const TYPES: &[(Pollutant, &str)] = &[
    (Pollutant::Pm25, "PM2.5"),
    (Pollutant::Pm10, "PM10"),
    (Pollutant::So2, "SO2"),
    (Pollutant::No2, "NO2"),
    (Pollutant::O3, "O3"),
    (Pollutant::Co, "CO"),
];

fn body(world: &World, now: Moment) -> String {
    let last = newest(now);
    let mut out = String::from("date,hour,type");
    for station in &world.county.stations {
        out.extend([",", &station.id]);
    }
    out.push('\n');
    for hour in world.hours(last - Span::hours(47), last) {
        push_hour(&mut out, &hour);
    }
    out
}

fn push_hour(out: &mut String, hour: &Hourly) {
    let label = hour.at.local(CHINA).format("%Y%m%d,%-H").to_string();
    let standard = Norm::Hj633.at(hour.at, CHINA);
    let mut push = |kind: &str, cells: Vec<String>| {
        out.extend([&label, ",", kind, ",", &cells.join(","), "\n"].map(|part| part as &str));
    };
    let stations = hour.stations.iter();
    let index = stations.map(|row| {
        let aqi = row.and_then(|row| hourly(standard, &Hour::of(row)).aqi);
        aqi.map_or_else(String::new, |aqi| aqi.to_string())
    });
    push("AQI", index.collect());
    for &(pollutant, kind) in TYPES {
        let cell = |value: Option<Value>| value.map_or_else(String::new, |v| v.fixed(pollutant.decimals()));
        let values = hour
            .stations
            .iter()
            .map(|row| cell(row.and_then(|row| pollutant.pick(&row))));
        push(kind, values.collect());
    }
}
