//! A forecast (预报) as it was issued.

use crate::domain::fact::day;
use crate::domain::id::SourceId;
use crate::domain::quantity::Value;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A forecast of some days, as it was issued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Forecast {
    /// Who says so.
    pub source: SourceId,
    /// When it was issued.
    pub issued: Moment,
    /// Its days, in their order.
    pub days: Vec<ForecastDay>,
}

/// What makes the air bad; it chooses the way that is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PollutionCause {
    /// Fine particles.
    Pm25,
    /// Ozone.
    O3,
    /// Sand and dust.
    Dust,
    /// Wildfires.
    Fire,
    /// Anything else, or not known: treated as fine particles are.
    Other,
}

/// One day of a forecast (or of what was measured).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ForecastDay {
    /// The day.
    #[serde(with = "day")]
    pub date: NaiveDate,
    /// Its index; the upper end where the forecast is a range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aqi: Option<u16>,
    /// Its daily maximum 8-hour mean of ozone, µg/m³.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub o3_8h: Option<Value>,
    /// Its mean of PM2.5, µg/m³.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pm25: Option<Value>,
    /// What would make it bad.
    pub cause: PollutionCause,
    /// The same in the upstream's own words; empty where it says nothing.
    #[serde(default, skip_serializing_if = "Clean::is_empty")]
    pub words: Clean,
}

impl PollutionCause {
    /// Every cause with its key.
    pub const KEYS: &'static [(Self, &'static str)] = &[
        (Self::Pm25, "pm25"),
        (Self::O3, "o3"),
        (Self::Dust, "dust"),
        (Self::Fire, "fire"),
        (Self::Other, "other"),
    ];

    /// The key in JSON and the store.
    pub fn key(self) -> &'static str {
        Self::KEYS
            .iter()
            .find(|row| row.0 == self)
            .map_or("", |row| row.1)
    }

    /// By its key.
    pub fn by_key(key: &str) -> Option<Self> {
        Self::KEYS.iter().find(|row| row.1 == key).map(|row| row.0)
    }
}
