//! The rows of `OpenAQ`'s answers: locations with their sensors, and newest values.

use crate::domain::directory::{Point, PointKind};
use crate::domain::feed::FlawKind;
use crate::domain::id::PointId;
use crate::domain::place::Datum;
use crate::domain::quantity::{MeasureUnit, Quantity};
use crate::domain::reading::{Flag, Period};
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Span};
use crate::sources::field;
use crate::sources::gather::{Gather, Slot, Spot};
use serde_json::Value;
use std::collections::BTreeMap;

/// What the service calls the quantities known here.
const PARAMETERS: &[(&str, Quantity)] = &[
    ("pm25", Quantity::Pm25),
    ("pm10", Quantity::Pm10),
    ("no2", Quantity::No2),
    ("so2", Quantity::So2),
    ("o3", Quantity::O3),
    ("co", Quantity::Co),
    ("temperature", Quantity::Temperature),
    ("relativehumidity", Quantity::Humidity),
    ("humidity", Quantity::Humidity),
    ("pressure", Quantity::Pressure),
    ("wind_speed", Quantity::WindSpeed),
    ("wind_direction", Quantity::WindFrom),
];

/// What it also gives and no screen or rule here knows: left out without a word. Any other name is counted as unknown.
const LEFT_OUT: &[&str] = &[
    "bc", "ch4", "co2", "no", "nox", "pm1", "pm4", "so4", "ufp", "um003", "um005", "um010", "um025", "um050",
    "um100",
];

/// A sensor's id, with its parameter and unit as the service writes them.
type Sensor = (u64, (String, String));

/// Takes in a location's point; gives its id and its sensors.
pub(super) fn location(n: usize, row: &Value, gather: &mut Gather<'_>) -> Option<(u64, Vec<Sensor>)> {
    let Some(id) = row.get("id").and_then(Value::as_u64) else {
        gather.flaw(Spot(n, "id"), &row.to_string(), FlawKind::Missing);
        return None;
    };
    let code = id.to_string();
    let name = field::text(row, "name");
    let none = Value::Null;
    let at = row.get("coordinates").unwrap_or(&none);
    let (lat, lon) = (field::text(at, "latitude"), field::text(at, "longitude"));
    let place = gather.place(Spot(n, "coordinates"), &lat, &lon, Datum::Wgs84);
    let called = Clean::new(if name.is_empty() { &code } else { &name });
    gather.point(Point {
        place,
        ..Point::new(PointId::new(&code), called, PointKind::Air)
    });
    gather.understood(n);
    let sensors = field::list(row.get("sensors")).iter().filter_map(|sensor| {
        let parameter = sensor.get("parameter")?;
        let (name, units) = (field::text(parameter, "name"), field::text(parameter, "units"));
        let id = sensor.get("id")?.as_u64()?;
        Some((id, (name.into_owned(), units.into_owned())))
    });
    Some((id, sensors.collect()))
}

/// Takes in a location's newest values.
pub(super) fn latest(
    location: u64,
    rows: &[Value],
    sensors: &BTreeMap<u64, (String, String)>,
    gather: &mut Gather<'_>,
) {
    let point = PointId::new(&location.to_string());
    for (n, row) in rows.iter().enumerate() {
        let n = n + 1;
        let sensor = row.get("sensorsId").and_then(Value::as_u64);
        let Some((name, units)) = sensor.and_then(|id| sensors.get(&id)) else {
            gather.flaw(
                Spot(n, "sensorsId"),
                &field::text(row, "sensorsId"),
                FlawKind::Missing,
            );
            continue;
        };
        let Some((_, quantity)) = PARAMETERS.iter().find(|known| known.0 == name) else {
            gather.understood(n);
            if !LEFT_OUT.contains(&name.as_str()) {
                gather.flaw(Spot(n, "parameter"), name, FlawKind::Unknown);
            }
            continue;
        };
        let Some(unit) = MeasureUnit::parse(units) else {
            gather.flaw(Spot(n, name), units, FlawKind::Unit);
            continue;
        };
        let none = Value::Null;
        let written = field::text(row.get("datetime").unwrap_or(&none), "utc");
        let Some(at) = Moment::parse_rfc3339(&written) else {
            gather.flaw(Spot(n, "datetime"), &written, FlawKind::NotATime);
            continue;
        };
        if !gather.may_be(Spot(n, "datetime"), at) {
            continue;
        }
        let slot = Slot {
            point: point.clone(),
            quantity: *quantity,
            unit,
            // The answer names no period: a value at the full hour is taken for that hour's mean, others for a moment.
            period: if at.floor(Span::hours(1)) == at {
                Period::Hour
            } else {
                Period::Instant
            },
            at,
            flag: Flag::Valid,
        };
        match row.get("value").and_then(field::plain) {
            Some(text) => gather.number(Spot(n, name), slot, &text),
            None => gather.nothing(Spot(n, name), slot),
        }
    }
}
