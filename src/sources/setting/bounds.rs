//! The bounds of a source, `most_…`, as they are written and within what they may be.

use crate::bench::check::Check;
use crate::bench::document::At;
use crate::domain::feed::bounds::{Bounds, Most};
use crate::sources::setting::Shared;

impl Shared {
    /// What of it is taken; each bound within what it may be.
    pub(super) fn check_bounds(&self, check: &mut Check<'_>, at: &At) -> Bounds {
        let own = Bounds::default();
        let later = self.most_later.as_deref();
        let later = later.and_then(|text| check.span(&at.key("most_later"), text));
        let mut count = |key: &str, given: Option<u32>, own: u32, (low, high): (u32, u32)| {
            check.within(&at.key(key), given.unwrap_or(own), low, high)
        };
        Bounds {
            lost: count("most_lost", self.most_lost, own.lost, (0, 100)),
            alarms: count("most_alarms", self.most_alarms, own.alarms, (1, 1_000_000)),
            later: later.unwrap_or(own.later),
            points: count("most_points", self.most_points, own.points, (1, 1_000_000)),
            most: Most {
                rows: count("most_rows", self.most_rows, own.most.rows, (1, 10_000_000)),
                values: count("most_values", self.most_values, own.most.values, (1, 100_000_000)),
                depth: count("most_depth", self.most_depth, own.most.depth, (1, 120)),
            },
        }
    }
}
