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
