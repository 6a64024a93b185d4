//! The one door to all standards: an hour or a day, and the standard to judge it by.

use crate::domain::air::eaqi::Eaqi;
use crate::domain::air::epa::Epa2024;
use crate::domain::air::hj633;
use crate::domain::air::index::{AirIndex, Day, Hour, Rules};
use crate::domain::air::standard::Standard;

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
        Standard::Epa2024 => &Epa2024,
        Standard::Eaqi => &Eaqi,
    }
}
