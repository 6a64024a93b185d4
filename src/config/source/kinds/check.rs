//! The check of the built-in kinds' options: every mistake with its place.

use super::{
    Alertmanager, AlertmanagerRaw, Answers, AnswersRaw, CONFIDENCES, Circle, CircleRaw, Cnemc, CnemcRaw,
    Confidence, Firms, FirmsRaw, Nws, NwsRaw, OpenAq, OpenAqRaw, OpenMeteo, OpenMeteoRaw, Spot,
};
use crate::config::check::Check;
use crate::config::document::At;
use crate::config::fault::FaultKind;
use crate::config::source::position;
use crate::domain::id::{PointId, UnitId};
use crate::domain::quantity::{QUANTITIES, Quantity};
use crate::domain::signal::{SEVERITIES, Severity};
use crate::domain::text::Clean;

impl CnemcRaw {
    pub(in crate::config::source) fn check(&self, check: &mut Check<'_>, at: &At) -> Option<Cnemc> {
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

impl AnswersRaw {
    pub(in crate::config::source) fn check(&self, check: &mut Check<'_>, at: &At) -> Answers {
        let unit = self.unit.as_deref();
        let unit = unit.map(|unit| check.words(&at.key("unit"), unit));
        Answers {
            unit: unit.map(UnitId::from),
        }
    }
}

impl OpenMeteoRaw {
    pub(in crate::config::source) fn check(&self, check: &mut Check<'_>, at: &At) -> Option<OpenMeteo> {
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
        let days = at.key("forecast_days");
        let forecast_days = self.forecast_days.map(|n| check.within(&days, n, 1, MOST_DAYS));
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
pub(in crate::config::source) fn quantity(check: &mut Check<'_>, at: &At, key: &str) -> Option<Quantity> {
    let known: Vec<&str> = QUANTITIES.iter().map(|row| row.1).collect();
    check.one_of(at, key, &known, Quantity::by_key)
}

/// A severity by its key; a fault with the near match where there is none.
pub(in crate::config::source) fn severity(check: &mut Check<'_>, at: &At, key: &str) -> Option<Severity> {
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
    pub(in crate::config::source) fn check(&self, check: &mut Check<'_>, at: &At) -> Option<OpenAq> {
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
const FIRMS_SENSORS: &[&str] = &[
    "VIIRS_SNPP_NRT",
    "VIIRS_NOAA20_NRT",
    "VIIRS_NOAA21_NRT",
    "MODIS_NRT",
    "LANDSAT_NRT",
];

impl FirmsRaw {
    pub(in crate::config::source) fn check(&self, check: &mut Check<'_>, at: &At) -> Option<Firms> {
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
    pub(in crate::config::source) fn check(&self, check: &mut Check<'_>, at: &At) -> Option<Nws> {
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
    pub(in crate::config::source) fn check(&self, check: &mut Check<'_>, at: &At) -> Option<Alertmanager> {
        let table = at.key("severities");
        let pairs = self.severities.iter().filter_map(|(value, key)| {
            let severity = severity(check, &table.key(value), key)?;
            Some((value.to_lowercase(), severity))
        });
        Some(Alertmanager {
            severities: pairs.collect(),
            expect: self.expect.iter().map(|text| Clean::new(text)).collect(),
            filters: self.filters.iter().map(|text| Clean::new(text)).collect(),
            severity_label: self
                .severity_label
                .clone()
                .unwrap_or_else(|| "severity".to_owned()),
        })
    }
}
