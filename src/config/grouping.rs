//! `[[grouping]]`: when alarms of a kind at a point are read as one row (汇并).

use crate::bench::check::Check;
use crate::bench::document::At;
use crate::domain::alarm::group;
use crate::domain::alarm::group::Grouping;
use crate::domain::id::PointId;
use crate::domain::playbook::{Origin, Provenance};
use crate::domain::text::Clean;
use schemars::JsonSchema;
use serde::Deserialize;

/// `[[grouping]]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GroupingRaw {
    /// Of this code, such as `DUST-EX`; of any where absent.
    pub code: Option<String>,
    /// At this point; at any where absent.
    pub point: Option<String>,
    /// Counting those raised within this time, rolling: `24h`.
    pub within: String,
    /// From this many on: 2 to 1000.
    pub threshold: usize,
}

/// The room's own in the order of the file, then the standard one.
pub(super) fn groupings(check: &mut Check<'_>) -> Vec<Grouping> {
    let rows: Vec<(At, GroupingRaw)> = check.list("grouping");
    let mut all: Vec<Grouping> = rows.iter().filter_map(|(at, row)| row.check(check, at)).collect();
    all.extend(group::standard());
    all
}

impl GroupingRaw {
    fn check(&self, check: &mut Check<'_>, at: &At) -> Option<Grouping> {
        let within = check.span(&at.key("within"), &self.within);
        let threshold = check.within(&at.key("threshold"), self.threshold, 2, 1000);
        Some(Grouping {
            code: self.code.as_deref().map(Clean::new),
            point: self.point.as_deref().map(PointId::new),
            within: within?,
            threshold,
            provenance: Provenance {
                origin: Origin::Local,
                text: format!("{threshold} / {}", self.within).as_str().into(),
            },
        })
    }
}
