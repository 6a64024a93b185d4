//! `rolling`: the mean of the last hours above a value, such as the total nitrogen that a river may carry to the sea.

use crate::domain::directory::PointKind;
use crate::domain::id::AlarmId;
use crate::domain::id::PointId;
use crate::domain::playbook::Origin;
use crate::domain::quantity::Quantity;
use crate::domain::quantity::Value;
use crate::domain::rule::Condition;
use crate::domain::rule::RuleSetting;
use crate::domain::rule::Scene;
use crate::domain::rule::Test;
use crate::domain::rule::setting;
use crate::domain::rule::shown;
use crate::domain::rule::symbol;
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
    /// Above which value.
    pub above: Value,
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
        above: Value::from_micro(3_380_000),
        severity: Severity::Yellow,
    };
    let text = "TN < 3.38 mg/L (陶家路江, 2024), 24 h";
    vec![setting("WQ-TN", Test::Rolling(test), (Origin::Local, text))]
}

impl Rolling {
    pub(super) fn judge(&self, code: &Clean, scene: &Scene<'_>, out: &mut Vec<Condition>) {
        for point in scene.of_kind(&self.kinds) {
            if !self.only.is_empty() && !self.only.contains(&point.id) {
                continue;
            }
            let Some(series) = scene.series(&point.id, self.of) else {
                continue;
            };
            let Some((until, _)) = series.last() else { continue };
            let Some(mean) = series.mean(until - self.over, until) else {
                continue;
            };
            let verdict = (mean > self.above).then(|| {
                let (value, line) = (shown(self.of, mean), shown(self.of, self.above));
                let name = scene.name(&point.id);
                let title = format!("{name} {} {value} > {line}", symbol(self.of));
                let began = until - self.over;
                let mut cause = scene.cause(code, self.severity, &point.id, &title, began);
                cause.evidence = scene.evidence(&point.id, self.of, &series.after(began), Some(self.above));
                cause
            });
            let id = AlarmId::new(&format!("{code}/{}/{}", point.id, self.of.key()));
            out.push(Condition { id, verdict });
        }
    }
}
