//! What a process found when it looked at the readings of the days that are over, for every other process and for commands.

use crate::domain::days::{Days, Differs};
use crate::domain::time::Moment;
use serde::{Deserialize, Serialize};

/// Where it is left.
pub(super) const DAYS: &str = "days";

/// What was found, as it is left; times in milliseconds.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct DaysRow {
    whole: u64,
    dropped: u64,
    before: Option<i64>,
    differ: Vec<(i64, u64, u64)>,
}

impl DaysRow {
    pub(super) fn of(days: &Days) -> Self {
        let differ = days.differ.iter();
        Self {
            whole: days.whole,
            dropped: days.dropped,
            before: days.before.map(Moment::ms),
            differ: differ
                .map(|day| (day.from.ms(), day.recorded, day.there))
                .collect(),
        }
    }

    pub(super) fn back(self) -> Days {
        let differs = |(from, recorded, there)| Differs {
            from: Moment::from_ms(from),
            recorded,
            there,
        };
        Days {
            whole: self.whole,
            dropped: self.dropped,
            before: self.before.map(Moment::from_ms),
            differ: self.differ.into_iter().map(differs).collect(),
        }
    }
}
