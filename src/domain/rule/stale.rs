//! `stale`: a station that no longer reports while its source does. A source that is silent is `silence`'s matter.

use crate::domain::id::AlarmId;
use crate::domain::id::PointId;
use crate::domain::reading::Period;
use crate::domain::reading::Reading;
use crate::domain::rule::Condition;
use crate::domain::rule::Scene;
use crate::domain::signal::Severity;
use crate::domain::text::Clean;
use crate::domain::time::Span;
use std::collections::BTreeMap;

/// Thresholds of `stale`.
#[derive(Clone, Debug, PartialEq)]
pub struct Stale {
    /// The age of its newest hour from which it is stale.
    pub after: Span,
}

impl Stale {
    pub(super) fn judge(&self, code: &Clean, scene: &Scene<'_>, out: &mut Vec<Condition>) {
        for (point, newest) in newest_of_each(scene) {
            let fresh_source = scene
                .feeds
                .get(&newest.source)
                .is_some_and(|feed| feed.state.is_fresh());
            if !fresh_source || !scene.is_measured(point) {
                continue;
            }
            let stale = scene.now.age_of(newest.at) > self.after;
            let id = AlarmId::new(&format!("{code}/{point}"));
            let verdict = stale.then(|| {
                let title = format!("{} > {} h", scene.name(point), self.after.as_mins() / 60);
                scene.cause(code, Severity::Blue, point, &title, newest.at)
            });
            out.push(Condition { id, verdict });
        }
    }
}

/// The newest hourly reading with a value of each point.
fn newest_of_each<'a>(scene: &Scene<'a>) -> BTreeMap<&'a PointId, &'a Reading> {
    let mut newest: BTreeMap<&PointId, &Reading> = BTreeMap::new();
    for ((point, _, period), reading) in scene.latest {
        if *period == Period::Hour && newest.get(point).is_none_or(|known| known.at < reading.at) {
            newest.insert(point, reading);
        }
    }
    newest
}
