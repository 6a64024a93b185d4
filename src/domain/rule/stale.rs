//! `stale`: a point that no longer reports while its source does. A source that is silent is `silence`'s matter.

use crate::domain::air::Norm;
use crate::domain::directory::PointKind;
use crate::domain::id::PointId;
use crate::domain::reading::{Period, Reading};
use crate::domain::rule::{Condition, Judge, Kind, RuleSetting, Scene, at_point, proposed};
use crate::domain::signal::Severity;
use crate::domain::text::Clean;
use crate::domain::threshold::{Amounts, ValueKind, thresholds};
use crate::domain::time::{Moment, Span};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The row of this rule.
pub(super) const KIND: Kind = Kind {
    key: "stale",
    says: "A point that no longer reports while its source does.",
    thresholds: thresholds! {
        needed kinds: ValueKind::Kinds, "Points of which kinds: `air`, `water`, `emission`, `production` …";
        optional red: ValueKind::SPAN, "How long the next value is overdue until it is red: `2h`.";
        optional orange: ValueKind::SPAN, "How long the next value is overdue until it is orange: `2h`.";
        optional yellow: ValueKind::SPAN, "How long the next value is overdue until it is yellow: `2h`.";
        optional blue: ValueKind::SPAN, "How long the next value is overdue until it is blue: `2h`.";
    },
    make: |given| {
        Ok(Arc::new(Stale {
            kinds: given.kinds("kinds")?,
            steps: given.steps(Amounts::span, |span| format!("{} min", span.as_mins()))?,
        }))
    },
    standard,
};

#[derive(Debug)]
struct Stale {
    /// Points of which kinds; a point that is not known is of kind `other`.
    kinds: Vec<PointKind>,
    /// How long the next value is overdue, and how severe that is, in any order. An hourly value is due an hour after
    /// the one before, one of a moment at once.
    steps: Vec<(Span, Severity)>,
}

/// AIR-STALE, SRC-OFF, DUST-OFF, WQ-STALE.
fn standard(_: Norm) -> Vec<RuleSetting> {
    let rule = |code, kinds: &[PointKind], steps: &[(i64, Severity)], text| {
        let test = Stale {
            kinds: kinds.to_vec(),
            steps: steps.iter().map(|(h, how)| (Span::hours(*h), *how)).collect(),
        };
        proposed(code, test, text)
    };
    let sources = [
        PointKind::Emission,
        PointKind::Outlet,
        PointKind::Production,
        PointKind::Treatment,
    ];
    let off = [(1, Severity::Blue), (12, Severity::Orange)];
    vec![
        rule(
            "AIR-STALE",
            &[PointKind::Air, PointKind::Other],
            &[(2, Severity::Blue)],
            "2 h",
        ),
        rule("SRC-OFF", &sources, &off, "1 h / 12 h"),
        rule("DUST-OFF", &[PointKind::Site], &[(1, Severity::Yellow)], "1 h"),
        rule(
            "WQ-STALE",
            &[PointKind::Water, PointKind::Reservoir],
            &[(4, Severity::Blue)],
            "8 h: 4 h + 4 h",
        ),
    ]
}

impl Judge for Stale {
    fn judge(&self, code: &Clean, scene: &Scene<'_>, out: &mut Vec<Condition>) {
        for (point, (newest, due)) in newest_of_each(scene, &self.kinds) {
            let fresh_source = scene
                .feeds
                .get(&newest.source)
                .is_some_and(|feed| feed.state.is_fresh());
            if !fresh_source {
                continue;
            }
            let due = scene.since.map_or(due, |since| due.max(since));
            let overdue = scene.now.age_of(due);
            let step = self.steps.iter().filter(|(after, _)| overdue > *after);
            let verdict = step.max_by_key(|(_, how)| *how).map(|(after, how)| {
                let title = format!("{} > {} h", scene.name(point), after.as_mins() / 60);
                scene.cause(code, *how, point, &title, newest.at)
            });
            let id = at_point(code, point);
            out.push(Condition { id, verdict });
        }
    }
}

/// The newest reading of each point of these kinds, and when the next one was due. Stations of air are judged by their
/// hourly values alone: what else comes from them is the weather.
fn newest_of_each<'a>(
    scene: &Scene<'a>,
    kinds: &[PointKind],
) -> BTreeMap<&'a PointId, (&'a Reading, Moment)> {
    let mut newest: BTreeMap<&PointId, (&Reading, Moment)> = BTreeMap::new();
    for ((point, _, period), reading) in scene.latest {
        let kind = scene.points.get(point).map_or(PointKind::Other, |p| p.kind);
        let hourly = matches!(kind, PointKind::Air | PointKind::Other);
        if !kinds.contains(&kind) || hourly && *period != Period::Hour {
            continue;
        }
        let due = reading.at + period.length();
        if newest.get(point).is_none_or(|known| known.1 < due) {
            newest.insert(point, (reading, due));
        }
    }
    newest
}
