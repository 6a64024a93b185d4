//! Readings (读数): one value of one quantity at one point for one period.

use crate::domain::id::{PointId, SourceId};
use crate::domain::quantity::{Quantity, Value};
use crate::domain::time::{Moment, Span};

/// The time a value stands for; it ends at [`Reading::at`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// The moment itself.
    Instant,
    /// The minute that ends at `at`.
    Minute,
    /// The five minutes that end at `at`.
    FiveMinutes,
    /// The quarter of an hour that ends at `at`.
    QuarterHour,
    /// The hour that ends at `at`.
    Hour,
    /// The four hours that end at `at`: a round of a water station.
    FourHours,
    /// The eight hours that end at `at` (sliding).
    EightHours,
    /// The 24 hours that end at `at` (sliding).
    Day,
}

/// One row a period: its key and its length.
pub const PERIODS: &[(Period, &str, Span)] = &[
    (Period::Instant, "instant", Span::ZERO),
    (Period::Minute, "minute", Span::mins(1)),
    (Period::FiveMinutes, "5m", Span::mins(5)),
    (Period::QuarterHour, "15m", Span::mins(15)),
    (Period::Hour, "hour", Span::hours(1)),
    (Period::FourHours, "4h", Span::hours(4)),
    (Period::EightHours, "8h", Span::hours(8)),
    (Period::Day, "24h", Span::hours(24)),
];

impl Period {
    /// The key in configuration, JSON and the store.
    pub fn key(self) -> &'static str {
        PERIODS.iter().find(|row| row.0 == self).map_or("", |row| row.1)
    }

    /// The time a value stands for; none for a moment.
    pub fn length(self) -> Span {
        PERIODS
            .iter()
            .find(|row| row.0 == self)
            .map_or(Span::ZERO, |row| row.2)
    }

    /// By its key.
    pub fn by_key(key: &str) -> Option<Self> {
        PERIODS.iter().find(|row| row.1 == key).map(|row| row.0)
    }
}

/// What the upstream, or we, say of a value's quality.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Flag {
    /// Nothing was said against it.
    #[default]
    Valid,
    /// Computed by a model, not measured; never judged as a measurement.
    Modelled,
    /// The instrument is being maintained or calibrated.
    Maintenance,
    /// The upstream or a range check says it is wrong; kept, never used.
    Invalid,
    /// The ceiling of an instrument, which may be a true value or the end of what it can measure; kept, and used only
    /// once the hour before or the county's other stations bear it out.
    Suspect,
}

/// One row a flag: its key in JSON and filters.
pub const FLAGS: &[(Flag, &str)] = &[
    (Flag::Valid, "valid"),
    (Flag::Modelled, "modelled"),
    (Flag::Maintenance, "maintenance"),
    (Flag::Invalid, "invalid"),
    (Flag::Suspect, "suspect"),
];

impl Flag {
    /// The key in JSON and filters.
    pub fn key(self) -> &'static str {
        FLAGS.iter().find(|row| row.0 == self).map_or("", |row| row.1)
    }

    /// By its key.
    pub fn by_key(key: &str) -> Option<Self> {
        FLAGS.iter().find(|row| row.1 == key).map(|row| row.0)
    }
}

/// One value. The key of a reading is (point, quantity, period, at); a later one with the same key is a correction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Where.
    pub point: PointId,
    /// What, in its canonical unit.
    pub quantity: Quantity,
    /// Over which time.
    pub period: Period,
    /// The end of the period.
    pub at: Moment,
    /// The number; `None` where the upstream says that there is none (`—`, `NA`, null).
    pub value: Option<Value>,
    /// Its quality.
    pub flag: Flag,
    /// Who said so.
    pub source: SourceId,
}

/// An older value of a reading, replaced by a correction of its upstream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// The reading as it was.
    pub reading: Reading,
    /// When it was stored.
    pub kept: Moment,
}

impl Reading {
    /// The value if it may be computed with: present and not marked against.
    pub fn usable(&self) -> Option<Value> {
        match self.flag {
            Flag::Valid | Flag::Modelled => self.value,
            Flag::Maintenance | Flag::Invalid | Flag::Suspect => None,
        }
    }
}
