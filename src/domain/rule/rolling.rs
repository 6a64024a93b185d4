//! `rolling`: the mean of the last hours above a value, such as the total nitrogen that a river may carry to the sea.
//!
//! A local limit belongs to its section: it stands with the point in the directory, and a point without one is not judged.
//! Rivers have no general one of total nitrogen, which takes no part in their class (环办〔2011〕22号).

use crate::domain::directory::{Point, PointKind};
use crate::domain::id::PointId;
use crate::domain::quantity::{Quantity, Value};
use crate::domain::rule::{Condition, RuleSetting, Scene, Test, of_quantity, proposed, shown, symbol};
use crate::domain::signal::Severity;
use crate::domain::text::Clean;
use crate::domain::time::Span;

/// Thresholds of `rolling`.
#[derive(Clone, Debug, PartialEq)]
pub struct Rolling {
    /// Points of which kinds.
    pub kinds: Vec<PointKind>,
    /// Only these points; all of the kinds where empty.
    pub only: Vec<PointId>,
    /// Of which quantity.
    pub of: Quantity,
    /// Over how long, at most two days.
    pub over: Span,
    /// Above which value; the point's own limit of the quantity where `None`.
    pub above: Option<Value>,
    /// How severe.
    pub severity: Severity,
}

/// WQ-TN.
pub(super) fn standard() -> Vec<RuleSetting> {
    let test = Rolling {
        kinds: vec![PointKind::Water],
        only: Vec::new(),
        of: Quantity::TotalNitrogen,
        over: Span::hours(24),
        above: None,
        severity: Severity::Yellow,
    };
    let text = "24 h > own limit";
    vec![proposed("WQ-TN", Test::Rolling(test), text)]
}

impl Rolling {
    pub(super) fn judge(&self, code: &Clean, scene: &Scene<'_>, out: &mut Vec<Condition>) {
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
