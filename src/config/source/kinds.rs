//! What each built-in kind of source wants to know. Fields that are absent mean the upstream's usual form.

use crate::domain::id::{PointId, UnitId};
use crate::domain::place::Place;
use crate::domain::quantity::Quantity;
use crate::domain::signal::Severity;
use crate::domain::text::Clean;
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

pub(super) mod check;

/// `[source.cnemc]`: stations of 中国环境监测总站.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CnemcRaw {
    /// The city as the platform writes it: `宁波市`. Needed by the `stations` form.
    pub city: Option<String>,
    /// Station codes to keep: `["1234A"]`; all where absent.
    #[serde(default)]
    pub stations: Vec<String>,
    /// `stations` (the platform's JSON, the default) or `archive` (the hourly CSV of one day, `{time:%Y%m%d}` in the address).
    pub form: Option<String>,
}

/// Stations of 中国环境监测总站.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cnemc {
    /// The city as the platform writes it; empty if not given.
    pub city: Clean,
    /// Stations to keep; all where empty.
    pub stations: Vec<PointId>,
    /// Whether the address answers with the hourly CSV archive.
    pub archive: bool,
}

/// A named position.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SpotRaw {
    /// Its key.
    pub id: String,
    /// What people call it; the key where absent.
    pub name: Option<String>,
    /// Degrees north, WGS 84.
    pub lat: f64,
    /// Degrees east, WGS 84.
    pub lon: f64,
}

/// A named position.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    /// Its key.
    pub id: PointId,
    /// What people call it.
    pub name: Clean,
    /// Where it is.
    pub place: Place,
}

/// `[source.open-meteo]`: a model of air or weather.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenMeteoRaw {
    /// Where the model is asked: at most 50 points.
    pub points: Vec<SpotRaw>,
    /// What is asked: `["pm25", "o3"]`, all of the air or all of the weather; the six pollutants where absent.
    #[serde(default)]
    pub quantities: Vec<String>,
    /// So many days to come, 1 to 5, are asked for and judged as a forecast by the tables of `[emergency]`; none where absent.
    pub forecast_days: Option<u32>,
}

/// A model of air or weather.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OpenMeteo {
    /// Where the model is asked.
    pub points: Vec<Spot>,
    /// What is asked; the six pollutants where empty.
    pub quantities: Vec<Quantity>,
    /// Days to come that are judged as a forecast.
    pub forecast_days: u32,
}

/// A circle on the ground.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CircleRaw {
    /// Degrees north of its centre, WGS 84.
    pub lat: f64,
    /// Degrees east of its centre, WGS 84.
    pub lon: f64,
    /// Its radius in metres.
    pub radius_m: u32,
}

/// A circle on the ground.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Circle {
    /// Its centre.
    pub centre: Place,
    /// Its radius in metres.
    pub radius_m: u32,
}

/// `[source.openaq]`: stations of the world.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenAqRaw {
    /// Location ids: at most 40.
    #[serde(default)]
    pub locations: Vec<u64>,
    /// Or all locations within a circle of at most 25 km.
    pub near: Option<CircleRaw>,
}

/// Stations of the world.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OpenAq {
    /// Location ids.
    pub locations: Vec<u64>,
    /// Or all locations within a circle.
    pub near: Option<Circle>,
}

/// `[source.firms]`: fires seen by satellites.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FirmsRaw {
    /// West, south, east, north in degrees; rows outside are left out.
    pub area: [f64; 4],
    /// The sensors asked; the three VIIRS of near real time where absent.
    #[serde(default)]
    pub sensors: Vec<String>,
    /// `low`, `nominal` (the default) or `high`: the least confidence that is kept.
    pub least: Option<String>,
    /// Known sources of heat (steel works, kilns): detections within are left out.
    #[serde(default)]
    pub known_heat: Vec<CircleRaw>,
}

/// Fires seen by satellites.
#[derive(Clone, Debug, PartialEq)]
pub struct Firms {
    /// The south-west and the north-east corner.
    pub area: (Place, Place),
    /// The sensors asked.
    pub sensors: Vec<Clean>,
    /// The least confidence that is kept.
    pub least: Confidence,
    /// Known sources of heat.
    pub known_heat: Vec<Circle>,
}

/// How sure a satellite's algorithm is of a fire.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// Low: sun glint or a weak anomaly; MODIS below 30.
    Low,
    /// Nominal; MODIS 30 to 79.
    #[default]
    Nominal,
    /// High: a saturated pixel; MODIS 80 and more.
    High,
}

/// One row a confidence: its key, and the letter the API writes.
pub const CONFIDENCES: &[(Confidence, &str, &str)] = &[
    (Confidence::Low, "low", "l"),
    (Confidence::Nominal, "nominal", "n"),
    (Confidence::High, "high", "h"),
];

impl Confidence {
    /// By its key in the configuration.
    pub fn by_key(key: &str) -> Option<Self> {
        CONFIDENCES.iter().find(|row| row.1 == key).map(|row| row.0)
    }
}

/// `[source.nws]`: weather alerts of the US.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NwsRaw {
    /// States or marine areas: `["CA"]`.
    #[serde(default)]
    pub areas: Vec<String>,
    /// Or forecast zones or counties: `["CAZ041"]`.
    #[serde(default)]
    pub zones: Vec<String>,
    /// Events to keep: `["Air Quality Alert"]`; all where absent.
    #[serde(default)]
    pub events: Vec<String>,
}

/// Weather alerts of the US.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Nws {
    /// States or marine areas.
    pub areas: Vec<Clean>,
    /// Or forecast zones or counties.
    pub zones: Vec<Clean>,
    /// Events to keep; all where empty.
    pub events: Vec<Clean>,
}

/// `[source.answers]`: units' answers to orders, in this program's own form.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswersRaw {
    /// The unit whose answers these are; where absent, each row says its own.
    pub unit: Option<String>,
}

/// Units' answers to orders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// The unit whose answers these are.
    pub unit: Option<UnitId>,
}

/// `[source.alertmanager]`: alerts of Alertmanager v2.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AlertmanagerRaw {
    /// Matchers of which all must hold: `["team=\"air\""]`.
    #[serde(default)]
    pub filters: Vec<String>,
    /// The label that tells how much it matters; `severity` where absent.
    pub severity_label: Option<String>,
    /// What its values mean: `{ page = "red" }`, before the usual ones.
    #[serde(default)]
    pub severities: BTreeMap<String, String>,
    /// Names of alerts that must always stand: `["Watchdog"]`. While they do they are no alarm; when one is missing, the
    /// source is not fresh.
    #[serde(default)]
    pub expect: Vec<String>,
}

/// Alerts of Alertmanager v2.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alertmanager {
    /// Matchers of which all must hold.
    pub filters: Vec<Clean>,
    /// The label that tells how much it matters.
    pub severity_label: String,
    /// What its values mean, before the usual ones.
    pub severities: BTreeMap<String, Severity>,
    /// Names of alerts that must always stand.
    pub expect: Vec<Clean>,
}
