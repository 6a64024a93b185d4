//! Open-Meteo: a model of air (CAMS) or weather at given places. No key; 10,000 calls a day, not commercial, CC BY 4.0.
//!
//! Not measured: points are model cells and every value is flagged so; one cell of about 40 km covers a county.
//! Parallel arrays per hour, nulls allowed; all gases in µg/m³, carbon monoxide too; `time` is wall time of
//! `utc_offset_seconds`, or epoch seconds. Several places answer as a list in their order. Hours ahead of now
//! are left out, or given too where they are wanted as a forecast. (Vendor's `OpenAPI` description; upstreams, part 6.)

use crate::bench::check::Check;
use crate::bench::document::At;
use crate::bench::fault::FaultKind;
use crate::bench::known::keys;
use crate::domain::directory::{Directory, Point, PointKind};
use crate::domain::feed::{FlawKind, PollError};
use crate::domain::id::PointId;
use crate::domain::place::Place;
use crate::domain::quantity::{MeasureUnit, Quantity};
use crate::domain::reading::{Flag, Period};
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Span, Zone};
use crate::net::{Ask, Response};
use crate::sources::gather::{Gather, Slot, Spot};
use crate::sources::upstream::{Upstream, with_query};
use crate::sources::{Cursor, Kind, Options, Read, Source, SourceSetting, answer, field, stamp};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;
use std::sync::Arc;

/// The row of this kind.
pub(super) const KIND: Kind = Kind {
    key: "open-meteo",
    says: "Open-Meteo: a model of air or weather, without a key.",
    needs: &[],
    shape: |generator| generator.subschema_for::<OpenMeteoRaw>(),
    read: |check, given| given.read(check, OpenMeteoRaw::check),
};

const AIR: &str = "https://air-quality-api.open-meteo.com/v1/air-quality";
const WEATHER: &str = "https://api.open-meteo.com/v1/forecast";

/// A variable, what it is, and over which time.
const VARIABLES: &[(&str, Quantity, Period)] = &[
    ("pm10", Quantity::Pm10, Period::Hour),
    ("pm2_5", Quantity::Pm25, Period::Hour),
    ("carbon_monoxide", Quantity::Co, Period::Hour),
    ("nitrogen_dioxide", Quantity::No2, Period::Hour),
    ("sulphur_dioxide", Quantity::So2, Period::Hour),
    ("ozone", Quantity::O3, Period::Hour),
    ("temperature_2m", Quantity::Temperature, Period::Instant),
    ("relative_humidity_2m", Quantity::Humidity, Period::Instant),
    ("wind_speed_10m", Quantity::WindSpeed, Period::Instant),
    ("wind_direction_10m", Quantity::WindFrom, Period::Instant),
    ("surface_pressure", Quantity::Pressure, Period::Instant),
    ("precipitation", Quantity::Rain, Period::Hour),
];

/// How many of [`VARIABLES`] are of the air; the others are of the weather.
const OF_AIR: usize = 6;

struct Model {
    upstream: Upstream,
    options: OpenMeteo,
}

/// A named position.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
struct SpotRaw {
    /// Its key.
    id: String,
    /// What people call it; the key where absent.
    name: Option<String>,
    /// Degrees north, WGS 84.
    lat: f64,
    /// Degrees east, WGS 84.
    lon: f64,
}

/// A named position.
#[derive(Clone, Debug, PartialEq)]
struct ModelSpot {
    /// Its key.
    id: PointId,
    /// What people call it.
    name: Clean,
    /// Where it is.
    place: Place,
}

keys! {
    /// What Open-Meteo knows: six of the air, the others of the weather. One address answers for the one or the other.
    ModelledKey, modelled: vec![
    "pm10",
    "pm25",
    "co",
    "no2",
    "so2",
    "o3",
    "temperature",
    "humidity",
    "wind_speed",
    "wind_from",
    "pressure",
    "rain",
];
}

/// `[source.open-meteo]`: a model of air or weather.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
struct OpenMeteoRaw {
    /// Where the model is asked: at most 50 points.
    points: Vec<SpotRaw>,
    /// What is asked: `["pm25", "o3"]`, all of the air or all of the weather; the six pollutants where absent.
    #[serde(default)]
    #[schemars(with = "Vec<ModelledKey>")]
    quantities: Vec<String>,
    /// So many days to come, 1 to 5, are asked for and judged as a forecast by the tables of `[emergency]`; none where absent.
    forecast_days: Option<u32>,
}

/// A model of air or weather.
#[derive(Clone, Debug, Default, PartialEq)]
struct OpenMeteo {
    /// Where the model is asked.
    points: Vec<ModelSpot>,
    /// What is asked; the six pollutants where empty.
    quantities: Vec<Quantity>,
    /// Days to come that are judged as a forecast.
    forecast_days: u32,
}

impl OpenMeteoRaw {
    fn check(&self, check: &mut Check<'_>, at: &At) -> Option<OpenMeteo> {
        if self.points.is_empty() {
            check.fault(&at.key("points"), FaultKind::Empty);
        }
        check.within(&at.key("points"), self.points.len(), 0, 50);
        let spots = at.key("points");
        let ids = self
            .points
            .iter()
            .enumerate()
            .map(|(n, p)| (spots.nth(n), p.id.as_str()));
        check.unique("id", ids);
        let points = self.points.iter().enumerate().map(|(n, raw)| {
            let at = spots.nth(n);
            let id = check.words(&at.key("id"), &raw.id);
            Some(ModelSpot {
                id: PointId::new(id.as_str()),
                name: raw.name.as_deref().map_or(id, Clean::new),
                place: check.position(&at.key("lat"), raw.lat, raw.lon)?,
            })
        });
        let points = points.collect::<Option<_>>()?;
        let days = at.key("forecast_days");
        let forecast_days = self.forecast_days.map(|n| check.within(&days, n, 1, MOST_DAYS));
        let at = at.key("quantities");
        let mut quantities = Vec::new();
        for (n, key) in self.quantities.iter().enumerate() {
            quantities.extend(check.one_of(&at.nth(n), key, &modelled(), Quantity::by_key));
        }
        let of_air = |quantity: &Quantity| modelled().iter().take(OF_AIR).any(|key| *key == quantity.key());
        if let Some(first) = quantities.first()
            && let Some(other) = quantities.iter().find(|q| of_air(q) != of_air(first))
        {
            check.fault(&at, FaultKind::Clash(other.key().to_owned()));
        }
        if let Some(weather) = quantities
            .iter()
            .find(|q| !of_air(q))
            .filter(|_| forecast_days.is_some())
        {
            check.fault(&days, FaultKind::Clash(weather.key().to_owned()));
        }
        Some(OpenMeteo {
            points,
            quantities,
            forecast_days: forecast_days.unwrap_or(0),
        })
    }
}

/// So many days ahead the model of the air reaches.
const MOST_DAYS: u32 = 5;

impl Options for OpenMeteo {
    fn source(&self, setting: &SourceSetting, _: &Arc<Directory>) -> Box<dyn Source> {
        Box::new(Model {
            upstream: Upstream::new(setting),
            options: self.clone(),
        })
    }
}

impl Model {
    /// What is asked; the air where the configuration does not say.
    fn variables(&self) -> Vec<&'static (&'static str, Quantity, Period)> {
        let wanted = &self.options.quantities;
        let usual = VARIABLES.iter().take(OF_AIR);
        if wanted.is_empty() {
            return usual.collect();
        }
        let wanted = VARIABLES.iter().filter(|row| wanted.contains(&row.1));
        wanted.collect()
    }

    fn list_of(&self, of: impl Fn(Place) -> f64) -> String {
        let numbers = self.options.points.iter().map(|spot| of(spot.place).to_string());
        numbers.collect::<Vec<_>>().join(",")
    }
}

impl Source for Model {
    fn ask(&self, _: &Cursor, _: Moment) -> Ask {
        let variables = self.variables();
        let air = VARIABLES.iter().take(OF_AIR);
        let is_air = air.clone().any(|row| variables.contains(&row));
        let names: Vec<&str> = variables.iter().map(|row| row.0).collect();
        let days = self.options.forecast_days + 1;
        let address = self.upstream.url().unwrap_or(if is_air { AIR } else { WEATHER });
        self.upstream.get(with_query(
            address,
            &[
                ("latitude", self.list_of(Place::lat).as_str()),
                ("longitude", self.list_of(Place::lon).as_str()),
                ("hourly", names.join(",").as_str()),
                ("past_days", "1"),
                ("forecast_days", days.to_string().as_str()),
                ("timezone", "GMT"),
                ("timeformat", "unixtime"),
                ("wind_speed_unit", if is_air { "" } else { "ms" }),
                ("apikey", self.upstream.key().unwrap_or("")),
            ],
        ))
    }

    fn read(&self, _: &Cursor, reply: &Response, now: Moment) -> Result<Read, PollError> {
        let mut gather = Gather::new(&self.upstream.id, now);
        let body = answer::json(reply, &mut gather)?;
        if body.get("error").and_then(Value::as_bool) == Some(true) {
            return Err(PollError::Said(answer::words(reply)));
        }
        let cells = body.as_array().map_or(std::slice::from_ref(&body), Vec::as_slice);
        if cells.iter().all(|cell| cell.get("hourly").is_none()) {
            return Err(PollError::Foreign(answer::head(&body.to_string())));
        }
        let asked = self.variables();
        let until = if self.options.forecast_days == 0 {
            now
        } else {
            now + Span::days(i64::from(self.options.forecast_days) + 1)
        };
        for (n, spot) in self.options.points.iter().enumerate() {
            match cells.get(n) {
                Some(cell) => read_cell(n + 1, (spot, cell), &asked, until, &mut gather),
                None => gather.flaw(Spot(n + 1, ""), spot.id.as_str(), FlawKind::Missing),
            }
        }
        Ok(Read {
            take: gather.finish_speaking(),
            ..Read::default()
        })
    }

    fn every(&self) -> Span {
        Span::mins(30)
    }

    /// The model runs ahead: an hour is there when it comes.
    fn late_after(&self) -> Option<Span> {
        Some(Span::hours(3))
    }
}

type Variable = (&'static str, Quantity, Period);

fn read_cell(
    n: usize,
    (spot, cell): (&ModelSpot, &Value),
    asked: &[&Variable],
    until: Moment,
    gather: &mut Gather<'_>,
) {
    gather.point(Point {
        place: Some(spot.place),
        ..Point::new(spot.id.clone(), Clean::clone(&spot.name), PointKind::Model)
    });
    let (hourly, units) = (cell.get("hourly"), cell.get("hourly_units"));
    let offset = cell.get("utc_offset_seconds").and_then(Value::as_i64);
    let zone = i32::try_from(offset.unwrap_or(0)).ok().and_then(Zone::east_opt);
    let times = field::list(hourly.and_then(|h| h.get("time")));
    for (name, quantity, period) in VARIABLES {
        let Some(values) = hourly.and_then(|h| h.get(*name)) else {
            if asked.iter().any(|row| row.0 == *name) {
                gather.flaw(Spot(n, name), "", FlawKind::Missing);
            }
            continue;
        };
        let values = field::list(Some(values));
        if values.len() != times.len() {
            gather.flaw(Spot(n, name), &values.len().to_string(), FlawKind::Shape);
        }
        let unit = units.and_then(|u| u.get(*name)).and_then(Value::as_str);
        let Some(unit) = MeasureUnit::parse(unit.unwrap_or("")) else {
            gather.flaw(Spot(n, name), unit.unwrap_or(""), FlawKind::Unit);
            continue;
        };
        for (time, value) in times.iter().zip(values) {
            let Some(at) = hour(time, zone) else {
                gather.flaw(Spot(n, "time"), &time.to_string(), FlawKind::NotATime);
                continue;
            };
            let slot = Slot {
                point: spot.id.clone(),
                quantity: *quantity,
                unit,
                period: *period,
                at,
                flag: Flag::Modelled,
            };
            match field::plain(value) {
                _ if at > until => {}
                None => gather.nothing(Spot(n, name), slot),
                Some(text) => gather.number(Spot(n, name), slot, &text),
            }
        }
    }
}

fn hour(time: &Value, zone: Option<Zone>) -> Option<Moment> {
    match time.as_str() {
        Some(text) => stamp::iso(text, zone?),
        None => Some(Moment::from_ms(time.as_i64()?.checked_mul(1000)?)),
    }
}
