//! `curtail`: an enterprise under a curtailment in force draws more than it may (错峰、限停产未落实).
//!
//! The load of an enterprise is that of all its production meters together. Which enterprises are curtailed, to what and
//! since when, is the scene's to say; what was drawn before counts for nothing. Without a curtailment in force, as after
//! the end of its episode, the condition has ended.

use crate::domain::air::Norm;
use crate::domain::directory::{Point, PointKind};
use crate::domain::id::EnterpriseId;
use crate::domain::quantity::{Quantity, Value};
use crate::domain::rule::{Condition, Judge, Kind, RuleSetting, Scene, at_point, proposed, shown};
use crate::domain::scene::series::Series;
use crate::domain::scene::{Restraint, series};
use crate::domain::signal::Severity;
use crate::domain::text::Clean;
use crate::domain::threshold::{ValueKind, thresholds};
use crate::domain::time::{Moment, Span};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The row of this rule.
pub(super) const KIND: Kind = Kind {
    key: "curtail",
    says: "A curtailed enterprise draws more than it may.",
    thresholds: thresholds! {
        needed lasts: ValueKind::SPAN, "For how long: `30m`.";
        usual(0) slack: ValueKind::Value, "By how much above the limit, in kW.";
    },
    make: |given| {
        Ok(Arc::new(Curtail {
            lasts: given.span("lasts")?,
            slack: given.value("slack")?,
        }))
    },
    standard,
};

#[derive(Debug)]
struct Curtail {
    /// For how long, counted from its coming into force.
    lasts: Span,
    /// By how much above the limit, in kW: what a stopped plant still draws for its light and its guard.
    slack: Value,
}

/// MTR-CURTAIL.
fn standard(_: Norm) -> Vec<RuleSetting> {
    let test = Curtail {
        lasts: Span::mins(30),
        slack: Value::whole(2),
    };
    vec![proposed("MTR-CURTAIL", test, "+2 kW, 30 min")]
}

impl Judge for Curtail {
    fn judge(&self, code: &Clean, scene: &Scene<'_>, out: &mut Vec<Condition>) {
        let mut meters: BTreeMap<&EnterpriseId, Vec<&Point>> = BTreeMap::new();
        for point in scene.of_kind(&[PointKind::Production]) {
            if let Some(owner) = &point.owner {
                meters.entry(owner).or_default().push(point);
            }
        }
        for (owner, meters) in meters {
            let Some(first) = meters.first() else { continue };
            let id = at_point(code, &first.id);
            let limits = scene.curtailed.get(owner).map_or(&[][..], Vec::as_slice);
            let mut said: Vec<Option<Condition>> = limits
                .iter()
                .map(|limit| self.judge_one(code, scene, &meters, *limit))
                .collect();
            // Over one of several limits is over; kept to all of them, or under none, it has ended.
            let over = said
                .iter()
                .position(|one| matches!(one, Some(c) if c.verdict.is_some()));
            match over {
                Some(first) => out.extend(said.swap_remove(first)),
                None if said.iter().all(Option::is_some) => out.push(Condition { id, verdict: None }),
                None => {}
            }
        }
    }
}

impl Curtail {
    /// The condition over the meters of one enterprise; `None` where it is neither begun nor ended.
    fn judge_one(
        &self,
        code: &Clean,
        scene: &Scene<'_>,
        meters: &[&Point],
        Restraint { limit, since }: Restraint,
    ) -> Option<Condition> {
        let own = |point: &&Point| Some(scene.series(&point.id, Quantity::Power)?.since(since));
        let all: Vec<Series<'_>> = meters.iter().map(own).collect::<Option<_>>()?;
        let (first, point) = (all.first()?, meters.first()?);
        let id = at_point(code, &point.id);
        let loads = total(&all, scene.now - self.lasts - Span::hours(2))?;
        let (_, newest) = *loads.last()?;
        let line = Value::from_micro(limit.micro().saturating_add(self.slack.micro()));
        let newest_first = loads.iter().rev().copied();
        let Some(run) = series::run(newest_first, first.period, self.lasts, |load| load > line) else {
            return Some(Condition { id, verdict: None });
        };
        if run.lasted() < self.lasts {
            return None;
        }
        let kilowatts = |load| shown(Quantity::Power, load);
        let title = format!(
            "{} {} > {}",
            scene.name(&point.id),
            kilowatts(newest),
            kilowatts(limit)
        );
        let mut cause = scene.cause(code, Severity::Red, &point.id, &title, run.began);
        cause.evidence = scene.evidence(&point.id, Quantity::Power, &loads, Some(limit));
        let verdict = Some(cause);
        Some(Condition { id, verdict })
    }
}

/// The load of all meters together at the moments of the first one, back to the first moment at which one is missing.
fn total(all: &[Series<'_>], from: Moment) -> Option<Vec<(Moment, Value)>> {
    let (first, others) = all.split_first()?;
    let mut loads = Vec::new();
    for (at, load) in first.after(from).into_iter().rev() {
        let rest: Option<Vec<Value>> = others.iter().map(|series| series.at(at)).collect();
        let Some(rest) = rest else { break };
        let sum = rest
            .iter()
            .fold(load.micro(), |sum, value| sum.saturating_add(value.micro()));
        loads.push((at, Value::from_micro(sum)));
    }
    loads.reverse();
    (!loads.is_empty()).then_some(loads)
}
