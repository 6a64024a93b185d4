//! Ambient air: the index of an hour and of a day by dated standards, and the statistics of longer periods.
//!
//! Exact integer arithmetic on [`Value`](crate::domain::quantity::Value)s (µg/m³, CO mg/m³); tables are data with
//! their document, table and page. Not here: which upstream delivers which series, and any word for people.
//! Called by the desk (board, rules), the reports and `lookout aqi` / `lookout stats`.
//!
//! Reading order: what is judged ([`pollutant`], [`index`]), by what ([`standard`], [`breakpoints`], [`level`]),
//! how ([`hj633`], [`epa`], [`eaqi`]), and how stations become a unit ([`mean`]).

pub mod breakpoints;
pub mod eaqi;
pub mod epa;
pub mod hj633;
pub mod index;
pub mod level;
pub mod mean;
pub mod pollutant;
pub mod standard;
mod tally;

pub use index::Absence;
pub use index::AirIndex;
pub use index::Day;
pub use index::Hour;
pub use index::Peaks;
pub use index::Sliding;
pub use level::Level;
pub use pollutant::Pollutant;
pub use pollutant::Pollutants;
pub use standard::Standard;
pub use standard::standard_on;

use index::Rules;

/// The index of one hour of one point or unit; concentrations in µg/m³ (CO mg/m³).
///
/// HJ 633-2012 is read as the national platform publishes it; [`hj633::hourly_by_text`] is the other reading.
/// Negative and absurd values are left out and named in [`AirIndex::invalid`]; there is no error.
pub fn hourly(standard: Standard, hour: &Hour) -> AirIndex {
    rules(standard).hourly(hour)
}

/// The index of one natural day of one point or unit; concentrations in µg/m³ (CO mg/m³).
///
/// Negative and absurd values are left out and named in [`AirIndex::invalid`]; there is no error.
pub fn daily(standard: Standard, day: &Day) -> AirIndex {
    rules(standard).daily(day)
}

fn rules(standard: Standard) -> &'static dyn Rules {
    match standard {
        Standard::Hj633_2012 => &hj633::HJ633_2012,
        Standard::Hj633_2026 => &hj633::HJ633_2026,
        Standard::Epa2024 => &epa::Epa2024,
        Standard::Eaqi => &eaqi::Eaqi,
    }
}
