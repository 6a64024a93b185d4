//! What each built-in kind of source wants to know. Fields that are absent mean the upstream's usual form.

use crate::config::check::Check;
use crate::config::document::At;
use crate::config::fault::FaultKind;
use crate::config::source::position;
use crate::domain::id::PointId;
use crate::domain::place::Place;
use crate::domain::quantity::QUANTITIES;
use crate::domain::quantity::Quantity;
use crate::domain::signal::SEVERITIES;
use crate::domain::signal::Severity;
use crate::domain::text::Clean;
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

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
}

/// A model of air or weather.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OpenMeteo {
    /// Where the model is asked.
    pub points: Vec<Spot>,
    /// What is asked; the six pollutants where empty.
    pub quantities: Vec<Quantity>,
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
pub struct AnswersRaw {}

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
}

impl CnemcRaw {
    pub(super) fn check(&self, check: &mut Check<'_>, at: &At) -> Option<Cnemc> {
        let forms = ["stations", "archive"];
        let form = self.form.as_deref().unwrap_or("stations");
        let archive = check.one_of(&at.key("form"), form, &forms, |form| {
            forms.contains(&form).then_some(form == "archive")
        })?;
        let city = Clean::new(self.city.as_deref().unwrap_or(""));
        if !archive && city.is_empty() {
            check.fault(&at.key("city"), FaultKind::Missing);
        }
        Some(Cnemc {
            city,
            stations: self.stations.iter().map(|code| PointId::new(code)).collect(),
            archive,
        })
    }
}

impl OpenMeteoRaw {
    pub(super) fn check(&self, check: &mut Check<'_>, at: &At) -> Option<OpenMeteo> {
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
            Some(Spot {
                id: PointId::new(id.as_str()),
                name: raw.name.as_deref().map_or(id, Clean::new),
                place: position(check, &at.key("lat"), raw.lat, raw.lon)?,
            })
        });
        let points = points.collect::<Option<_>>()?;
        let at = at.key("quantities");
        let mut quantities = Vec::new();
        for (n, key) in self.quantities.iter().enumerate() {
            quantities.extend(check.one_of(&at.nth(n), key, MODELLED, Quantity::by_key));
        }
        let of_air = |quantity: &Quantity| MODELLED.iter().take(6).any(|key| *key == quantity.key());
        if let Some(first) = quantities.first()
            && let Some(other) = quantities.iter().find(|q| of_air(q) != of_air(first))
        {
            check.fault(&at, FaultKind::Clash(other.key().to_owned()));
        }
        Some(OpenMeteo { points, quantities })
    }
}

/// What Open-Meteo knows: six of the air, the others of the weather. One address answers for the one or the other.
const MODELLED: &[&str] = &[
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

/// A quantity by its key; a fault with the near match where there is none.
pub(super) fn quantity(check: &mut Check<'_>, at: &At, key: &str) -> Option<Quantity> {
    let known: Vec<&str> = QUANTITIES.iter().map(|row| row.1).collect();
    check.one_of(at, key, &known, Quantity::by_key)
}

/// A severity by its key; a fault with the near match where there is none.
pub(super) fn severity(check: &mut Check<'_>, at: &At, key: &str) -> Option<Severity> {
    let known: Vec<&str> = SEVERITIES.iter().map(|row| row.1).collect();
    check.one_of(at, key, &known, Severity::by_key)
}

impl CircleRaw {
    fn check(&self, check: &mut Check<'_>, at: &At, most_m: u32) -> Option<Circle> {
        Some(Circle {
            radius_m: check.within(&at.key("radius_m"), self.radius_m, 1, most_m),
            centre: position(check, &at.key("lat"), self.lat, self.lon)?,
        })
    }
}

impl OpenAqRaw {
    pub(super) fn check(&self, check: &mut Check<'_>, at: &At) -> Option<OpenAq> {
        check.within(&at.key("locations"), self.locations.len(), 0, 40);
        let near = match &self.near {
            Some(raw) => Some(raw.check(check, &at.key("near"), 25_000)?),
            None => None,
        };
        match (self.locations.is_empty(), near) {
            (true, None) => check.fault(&at.key("locations"), FaultKind::Missing),
            (false, Some(_)) => check.fault(&at.key("near"), FaultKind::Clash("locations".to_owned())),
            (true, Some(_)) | (false, None) => {}
        }
        Some(OpenAq {
            locations: self.locations.clone(),
            near,
        })
    }
}

/// The sensors of FIRMS in near real time.
pub const FIRMS_SENSORS: &[&str] = &[
    "VIIRS_SNPP_NRT",
    "VIIRS_NOAA20_NRT",
    "VIIRS_NOAA21_NRT",
    "MODIS_NRT",
    "LANDSAT_NRT",
];

impl FirmsRaw {
    pub(super) fn check(&self, check: &mut Check<'_>, at: &At) -> Option<Firms> {
        let [west, south, east, north] = self.area;
        let corner = at.key("area");
        let area = position(check, &corner, south, west).zip(position(check, &corner, north, east))?;
        if west >= east || south >= north {
            check.fault(&corner, FaultKind::Position);
        }
        let sensors = at.key("sensors");
        for (n, name) in self.sensors.iter().enumerate() {
            if !FIRMS_SENSORS.contains(&name.as_str()) {
                check.unknown(&sensors.nth(n), name, FIRMS_SENSORS);
            }
        }
        let known: Vec<&str> = CONFIDENCES.iter().map(|row| row.1).collect();
        let least = match self.least.as_deref() {
            Some(key) => check.one_of(&at.key("least"), key, &known, Confidence::by_key)?,
            None => Confidence::default(),
        };
        let heat = at.key("known_heat");
        let known_heat = self.known_heat.iter().enumerate();
        let known_heat = known_heat.filter_map(|(n, raw)| raw.check(check, &heat.nth(n), 50_000));
        Some(Firms {
            area,
            known_heat: known_heat.collect(),
            sensors: if self.sensors.is_empty() {
                let usual = FIRMS_SENSORS.iter().take(3);
                usual.map(|name| Clean::new(name)).collect()
            } else {
                self.sensors.iter().map(|name| Clean::new(name)).collect()
            },
            least,
        })
    }
}

impl NwsRaw {
    #[expect(
        clippy::unnecessary_wraps,
        reason = "the same form as the other kinds, so that one line of the table calls each"
    )]
    pub(super) fn check(&self, check: &mut Check<'_>, at: &At) -> Option<Nws> {
        match (self.areas.is_empty(), self.zones.is_empty()) {
            (true, true) => check.fault(&at.key("areas"), FaultKind::Missing),
            (false, false) => check.fault(&at.key("zones"), FaultKind::Clash("areas".to_owned())),
            (true, false) | (false, true) => {}
        }
        let clean = |texts: &[String]| texts.iter().map(|text| Clean::new(text)).collect();
        Some(Nws {
            areas: clean(&self.areas),
            zones: clean(&self.zones),
            events: clean(&self.events),
        })
    }
}

impl AlertmanagerRaw {
    #[expect(
        clippy::unnecessary_wraps,
        reason = "the same form as the other kinds, so that one line of the table calls each"
    )]
    pub(super) fn check(&self, check: &mut Check<'_>, at: &At) -> Option<Alertmanager> {
        let table = at.key("severities");
        let pairs = self.severities.iter().filter_map(|(value, key)| {
            let severity = severity(check, &table.key(value), key)?;
            Some((value.to_lowercase(), severity))
        });
        Some(Alertmanager {
            severities: pairs.collect(),
            filters: self.filters.iter().map(|text| Clean::new(text)).collect(),
            severity_label: self
                .severity_label
                .clone()
                .unwrap_or_else(|| "severity".to_owned()),
        })
    }
}
