//! Ambient air: the index of an hour and of a day by dated standards, and the statistics of longer periods.
//!
//! Exact integer arithmetic on [`Value`](crate::domain::quantity::Value)s (µg/m³, CO mg/m³); tables are data with
//! their document, table and page. Not here: which upstream delivers which series, and any word for people.
//! Called by the desk (board, rules), the reports and `lookout aqi` / `lookout stats`.
//!
//! Reading order: what is judged ([`pollutant`], [`index`]), by what ([`standard`], [`breakpoints`], [`level`]),
//! how ([`hj633`], [`epa`], [`nowcast`], [`eaqi`], all through [`judge`]; [`past`] gives them longer means; [`published`] is what an upstream says
//! beside it), how stations
//! become a unit ([`mean`], [`mod@unit`]), how hours become days, months and years ([`natural_day`], [`series`], [`period`],
//! [`limits`]), the figures of a period ([`percentile`],
//! [`composite`], [`good`], [`summary`], [`year`]), and what today may still become ([`so_far`]).
//!
//! ```
//! use lookout::domain::air::{Absence, Day, Standard, daily};
//! use lookout::domain::quantity::Value;
//!
//! // One natural day of SO₂, NO₂, CO (mg/m³), O₃ (8 h), PM10, PM2.5. For both kinds of particles HJ 633-2026 ends class two
//! // here (table 3).
//! let means = ["10", "15", "0.5", "80", "120", "60"].map(Value::parse);
//! let index = daily(Standard::Hj633_2026, &Day::of(means));
//! assert_eq!(index.aqi, Some(100));
//! assert_eq!(index.primary.to_string(), "PM10+PM2.5");
//!
//! // The edition before it ended class two at 150 and 75 µg/m³.
//! assert_eq!(daily(Standard::Hj633_2012, &Day::of(means)).aqi, Some(85));
//!
//! // Without PM2.5 the others say no more than 100: there is no index, and why is said (5.3.1).
//! let [so2, no2, co, o3, pm10, _] = means;
//! let index = daily(Standard::Hj633_2026, &Day::of([so2, no2, co, o3, pm10, None]));
//! assert_eq!((index.aqi, index.why), (None, Some(Absence::Incomplete)));
//! ```

pub mod breakpoints;
pub mod composite;
pub mod eaqi;
pub mod epa;
pub mod good;
pub mod hj633;
pub mod index;
pub mod judge;
pub mod level;
pub mod limits;
pub mod mean;
pub mod natural_day;
pub mod nowcast;
pub mod past;
pub mod percentile;
pub mod period;
pub mod pollutant;
pub mod published;
pub mod series;
pub mod so_far;
pub mod standard;
pub mod summary;
mod tally;
pub mod unit;
pub mod year;

pub use index::{Absence, AirIndex, Day, Hour, Peaks, Sliding};
pub use judge::{daily, hourly};
pub use level::Level;
pub use pollutant::{Pollutant, Pollutants};
pub use standard::{Norm, Standard};
