//! `rolling`: the mean of the last hours above a value, such as the total nitrogen that a river may carry to the sea.
//!
//! A local limit belongs to its section: it stands with the point in the directory, and a point without one is not judged.
//! Rivers have no general one of total nitrogen, which takes no part in their class (环办〔2011〕22号).

use crate::domain::air::Norm;
use crate::domain::directory::{Point, PointKind};
use crate::domain::id::PointId;
use crate::domain::quantity::{Quantity, Value};
use crate::domain::rule::{Condition, Judge, Kind, RuleSetting, Scene, of_quantity, proposed, shown, symbol};
use crate::domain::signal::Severity;
use crate::domain::text::Clean;
use crate::domain::threshold::{ValueKind, thresholds};
use crate::domain::time::Span;
use std::sync::Arc;

/// The row of this rule.
pub(super) const KIND: Kind = Kind {
    key: "rolling",
    says: "A rolling mean above a value.",
    thresholds: thresholds! {
        needed kinds: ValueKind::Kinds, "Points of which kinds.";
        optional only: ValueKind::Points, "Only these points.";
        needed of: ValueKind::Quantity, "Of which quantity.";
        needed over: ValueKind::TWO_DAYS, "Over how long, at most two days: `24h`.";
        optional above: ValueKind::Value, "Above which value; the point's own limit of the quantity where absent.";
        needed severity: ValueKind::Severity, "How severe.";
    },
    make: |given| {
        Ok(Arc::new(Rolling {
            kinds: given.kinds("kinds")?,
            only: given.points("only").unwrap_or_default(),
            of: given.quantity("of")?,
            over: given.span("over")?,
            above: given.value("above").ok(),
            severity: given.severity("severity")?,
        }))
    },
    standard,
};

#[derive(Debug)]
struct Rolling {
    kinds: Vec<PointKind>,
    /// Only these points; all of the kinds where empty.
    only: Vec<PointId>,
    of: Quantity,
    over: Span,
    /// Above which value; the point's own limit of the quantity where `None`.
    above: Option<Value>,
    severity: Severity,
}

/// WQ-TN.
fn standard(_: Norm) -> Vec<RuleSetting> {
    let test = Rolling {
        kinds: vec![PointKind::Water],
        only: Vec::new(),
        of: Quantity::TotalNitrogen,
        over: Span::hours(24),
        above: None,
        severity: Severity::Yellow,
    };
    let text = "24 h > own limit";
    vec![proposed("WQ-TN", test, text)]
}

impl Judge for Rolling {
    fn judge(&self, code: &Clean, scene: &Scene<'_>, out: &mut Vec<Condition>) {
        for point in scene.of_kind(&self.kinds) {
            if !self.only.is_empty() && !self.only.contains(&point.id) {
                continue;
            }
            let Some(above) = self.above.or(point.limit(self.of)) else {
                continue;
            };
            out.extend(self.judge_one(code, scene, point, above));
        }
    }
}

impl Rolling {
    fn judge_one(&self, code: &Clean, scene: &Scene<'_>, point: &Point, above: Value) -> Option<Condition> {
        let series = match self.above {
            Some(_) => scene.series(&point.id, self.of)?,
            None => scene.limited(point, self.of)?,
        };
        let (until, _) = series.last()?;
        let mean = series.mean(until - self.over, until)?;
        let verdict = (mean > above).then(|| {
            let (value, line) = (shown(self.of, mean), shown(self.of, above));
            let name = scene.name(&point.id);
            let title = format!("{name} {} {value} > {line}", symbol(self.of));
            let began = until - self.over;
            let mut cause = scene.cause(code, self.severity, &point.id, &title, began);
            cause.evidence = scene.evidence(&point.id, self.of, &series.after(began), Some(above));
            cause
        });
        let id = of_quantity(code, &point.id, self.of);
        Some(Condition { id, verdict })
    }
}
