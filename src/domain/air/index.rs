//! What goes into an air index and what comes out of it, the same for every standard. No rule is here.

use crate::domain::air::level::Level;
use crate::domain::air::pollutant::{Pollutant, Pollutants};
use crate::domain::air::standard::Standard;
use crate::domain::quantity::Value;

/// The concentrations of one hour at a point or of a unit, µg/m³ (CO mg/m³). `None` is missing or invalid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hour {
    /// One-hour means in the order of [`Pollutant::ALL`]. For the US index the particles are the NowCast.
    pub values: [Option<Value>; 6],
    /// Longer means that end with this hour; only some readings of some standards want them.
    pub sliding: Sliding,
    /// Not monitored by plan, and never primary in a polluted episode of three years (HJ 633-2026, 5.3.2).
    pub exempt: Pollutants,
}

/// Sliding means that end with an hour, µg/m³ (CO mg/m³). Never mixed with one-hour means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sliding {
    /// SO₂ over 24 hours; HJ 633-2012 wants it where the hour is above 800 µg/m³.
    pub so2_24h: Option<Value>,
    /// CO over 8 hours; the US index wants it.
    pub co_8h: Option<Value>,
    /// O₃ over 8 hours.
    pub o3_8h: Option<Value>,
    /// PM10 over 24 hours.
    pub pm10_24h: Option<Value>,
    /// PM2.5 over 24 hours.
    pub pm25_24h: Option<Value>,
}

/// The concentrations of one natural day at a point or of a unit, µg/m³ (CO mg/m³).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Day {
    /// Daily means in the order of [`Pollutant::ALL`]; the O₃ cell is the daily maximum 8-hour mean.
    pub values: [Option<Value>; 6],
    /// Highest shorter means of the day; only some standards want them.
    pub peaks: Peaks,
    /// Not monitored by plan, and never primary in a polluted episode of three years (HJ 633-2026, 5.3.2).
    pub exempt: Pollutants,
}

/// The highest shorter means within a day, µg/m³ (CO mg/m³).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Peaks {
    /// Highest hour of SO₂; the US index wants it.
    pub so2_1h: Option<Value>,
    /// Highest hour of NO₂; the US index wants it.
    pub no2_1h: Option<Value>,
    /// Highest 8-hour mean of CO; the US index wants it.
    pub co_8h: Option<Value>,
    /// Highest hour of O₃; HJ 633-2012 (5.1.2) and the US index want it.
    pub o3_1h: Option<Value>,
}

impl Hour {
    /// One-hour means alone.
    pub const fn of(values: [Option<Value>; 6]) -> Self {
        Self {
            values,
            sliding: Sliding {
                so2_24h: None,
                co_8h: None,
                o3_8h: None,
                pm10_24h: None,
                pm25_24h: None,
            },
            exempt: Pollutants::NONE,
        }
    }
}

impl Day {
    /// Daily means, with the daily maximum 8-hour mean of O₃ in its cell.
    pub const fn of(values: [Option<Value>; 6]) -> Self {
        Self {
            values,
            peaks: Peaks {
                so2_1h: None,
                no2_1h: None,
                co_8h: None,
                o3_1h: None,
            },
            exempt: Pollutants::NONE,
        }
    }
}

/// An air index with all that a report shows of it, and the standard that computed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AirIndex {
    /// What it was computed by; stored with it.
    pub standard: Standard,
    /// The index (AQI): 1 to 500 by HJ 633-2026, 0 to 500 by HJ 633-2012, from 0 without an upper end in the US, band 1 to
    /// 6 in Europe. `None` is the standard's `NA`; [`AirIndex::why`] says why.
    pub aqi: Option<u16>,
    /// The level; `None` with the index, and for a day of HJ 633-2012 that lacks a pollutant and is not above 100.
    pub level: Option<Level>,
    /// Primary pollutants (首要污染物), ties together; empty at level one and with no index.
    pub primary: Pollutants,
    /// Sub-indices (IAQI) in the order of [`Pollutant::ALL`].
    pub sub: [Option<u16>; 6],
    /// Sub-index above 100: 超标污染物 of HJ 633-2012, 3.4; the 2026 text has no such notion, it chooses the
    /// sensitive groups of its table 2.
    pub exceeded: Pollutants,
    /// Wanted and not there, or invalid: `NA` in the report.
    pub missing: Pollutants,
    /// Given, but negative or absurd, and so left out; always also in `missing`.
    pub invalid: Pollutants,
    /// Measured, but above the end of its table while the mean that decides there is missing (HJ 633-2012, table 1, notes 2
    /// and 3; US table 6): the item has no sub-index, the index is that of the others.
    pub withheld: Pollutants,
    /// The end of the table that each of them left, in the order of [`Pollutant::ALL`].
    pub ends: [Option<u16>; 6],
    /// Not monitored by plan: `/` in the report.
    pub exempt: Pollutants,
    /// Why there is no index, or no level.
    pub why: Option<Absence>,
}

/// Why an index is `NA`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Absence {
    /// No concentration at all.
    NoData,
    /// A pollutant is missing and the rest gives no more than 100 (HJ 633-2026, 5.3.1; days of HJ 633-2012 by practice).
    Incomplete,
    /// Nothing else was measured than what is withheld.
    Beyond,
    /// The standard defines no index of this period.
    Undefined,
}

impl Absence {
    /// Key of its text.
    pub const fn key(self) -> &'static str {
        match self {
            Self::NoData => "no-data",
            Self::Incomplete => "incomplete",
            Self::Beyond => "beyond-table",
            Self::Undefined => "undefined",
        }
    }
}

impl AirIndex {
    /// The highest sub-index, even where the standard forbids to publish it as the index.
    pub fn highest(&self) -> Option<u16> {
        self.sub.iter().copied().flatten().max()
    }

    /// What the index is at least where an item is withheld and would have been higher; `None` where the index says all.
    pub fn least(&self) -> Option<u16> {
        let end = self.ends.iter().copied().flatten().max();
        end.filter(|end| self.aqi.is_none_or(|aqi| aqi < *end))
    }

    /// The end of the table that a withheld pollutant left: its sub-index would be no less.
    pub fn end_of(&self, pollutant: Pollutant) -> Option<u16> {
        pollutant.pick(&self.ends)
    }

    /// The highest that is known of the index: itself, or what it is at least.
    pub fn known(&self) -> Option<u16> {
        self.least().or(self.aqi)
    }

    /// The sub-index of one pollutant.
    pub fn of(&self, pollutant: Pollutant) -> Option<u16> {
        pollutant.pick(&self.sub)
    }

    /// No index by `standard`, because of `why`.
    pub const fn none(standard: Standard, why: Absence) -> Self {
        Self {
            standard,
            aqi: None,
            level: None,
            primary: Pollutants::NONE,
            sub: [None; 6],
            exceeded: Pollutants::NONE,
            missing: Pollutants::ALL,
            invalid: Pollutants::NONE,
            withheld: Pollutants::NONE,
            ends: [None; 6],
            exempt: Pollutants::NONE,
            why: Some(why),
        }
    }
}

/// What a standard does with an hour and with a day. Pure, total, without error: what cannot be computed is `NA`.
pub trait Rules: Sync {
    /// The index of one hour.
    fn hourly(&self, hour: &Hour) -> AirIndex;
    /// The index of one natural day.
    fn daily(&self, day: &Day) -> AirIndex;
}
