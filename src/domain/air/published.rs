//! The index that an upstream published, beside ours of the same hour.

use crate::domain::air::index::AirIndex;
use crate::domain::air::standard::Standard;

/// How a published index stands to ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside {
    /// They are the same.
    Same,
    /// It is higher than ours by so much.
    Differs(i32),
    /// Ours is by another standard: the two say nothing of each other.
    OtherStandard,
    /// There is none of ours.
    Alone,
}

/// Holds a published index against ours. What is published is an index of HJ 633, of the edition of its date
/// ([`crate::domain::quantity::Quantity::PublishedIndex`]); beside one of another standard it is shown and not compared.
pub fn beside(ours: &AirIndex, published: u16) -> Beside {
    match (ours.standard, ours.aqi) {
        (Standard::Epa2024 | Standard::Eaqi, _) => Beside::OtherStandard,
        (Standard::Hj633_2012 | Standard::Hj633_2026, None) => Beside::Alone,
        (Standard::Hj633_2012 | Standard::Hj633_2026, Some(ours)) if ours == published => Beside::Same,
        (Standard::Hj633_2012 | Standard::Hj633_2026, Some(ours)) => {
            Beside::Differs(i32::from(published) - i32::from(ours))
        }
    }
}
