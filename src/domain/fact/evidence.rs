//! What an alarm was judged by: the raw values, the line they were held against, and what was declared meanwhile.
//!
//! Kept with the alarm when it is raised, because trends pass and readings are corrected. Drawn on the alarm's card.

use crate::domain::fact::declared::Mark;
use crate::domain::quantity::{Quantity, Value};
use crate::domain::time::Moment;
use serde::{Deserialize, Serialize};

/// Most values kept: what a small chart can show, and little enough for the ledger.
pub const MOST: usize = 60;

/// The series an alarm was judged by.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// Of what.
    #[serde(rename = "of")]
    pub quantity: Quantity,
    /// The values in its canonical unit, oldest first; at most [`MOST`].
    pub values: Vec<(Moment, Value)>,
    /// The line they were held against, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<Value>,
    /// What was declared meanwhile, and the hours that were flagged as maintenance.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<Mark>,
}

impl Evidence {
    /// Of `values`, oldest first. Of more than [`MOST`] every second, third … is kept, counted from the newest.
    pub fn new(
        quantity: Quantity,
        values: &[(Moment, Value)],
        limit: Option<Value>,
        marks: Vec<Mark>,
    ) -> Self {
        let every = values.len().div_ceil(MOST).max(1);
        let mut kept: Vec<(Moment, Value)> = values.iter().rev().step_by(every).copied().collect();
        kept.reverse();
        Self {
            quantity,
            values: kept,
            limit,
            marks,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_series_is_thinned_and_keeps_its_newest() {
        let all: Vec<_> = (0..150).map(|n| (Moment::from_ms(n), Value::whole(n))).collect();
        let kept = Evidence::new(Quantity::Power, &all, None, Vec::new()).values;
        assert_eq!((kept.len(), kept.last()), (50, all.last()));
        let few = Evidence::new(Quantity::Power, &all[..MOST], None, Vec::new()).values;
        assert_eq!(few, &all[..MOST]);
    }
}
