//! `constant`: the same value again and again at a source that is not known to stand still (恒值).

use crate::domain::directory::PointKind;
use crate::domain::quantity::Quantity;
use crate::domain::quantity::Value;
use crate::domain::rule::Condition;
use crate::domain::rule::EMITTED;
use crate::domain::rule::FAKE;
use crate::domain::rule::RuleSetting;
use crate::domain::rule::Scene;
use crate::domain::rule::Test;
use crate::domain::rule::faked;
use crate::domain::rule::proposed;
use crate::domain::rule::shown;
use crate::domain::rule::symbol;
use crate::domain::signal::Severity;
use crate::domain::text::Clean;
use crate::domain::time::Span;

/// Thresholds of `constant`.
#[derive(Clone, Debug, PartialEq)]
pub struct Constant {
    /// How many values in a row, and …
    pub times: usize,
    /// … for at least how long.
    pub lasts: Span,
    /// Only above this value: a source that stands still reports nothing but nothing.
    pub above: Value,
}

/// SRC-FAKE.
pub(super) fn standard() -> Vec<RuleSetting> {
    let test = Constant {
        times: 6,
        lasts: Span::hours(2),
        above: Value::default(),
    };
    vec![proposed(FAKE, Test::Constant(test), "= × 6, 2 h")]
}

impl Constant {
    pub(super) fn judge(&self, code: &Clean, scene: &Scene<'_>, out: &mut Vec<Condition>) {
        for point in scene.of_kind(&[PointKind::Emission, PointKind::Outlet]) {
            for series in scene.sampled(&point.id) {
                let quantity = series.quantity;
                let last = series.last().filter(|_| is_judged(quantity));
                let Some((until, newest)) = last else { continue };
                let gap = crate::domain::scene::series::gap(series.period);
                let enough = self
                    .lasts
                    .max(Span::from_ms(gap.ms().saturating_mul(self.times as i64)));
                let Some(run) = series.run(enough, |value| value == newest) else {
                    continue;
                };
                let stuck = newest > self.above && run.count >= self.times && run.lasted() >= self.lasts;
                if stuck && !scene.is_plain(&point.id, (run.began, until)) {
                    continue;
                }
                let verdict = stuck.then(|| {
                    let (name, value) = (scene.name(&point.id), shown(quantity, newest));
                    let title = format!("{name} {} = {value} × {}", symbol(quantity), run.count);
                    let mut cause = scene.cause(code, Severity::Red, &point.id, &title, run.began);
                    let past = series.after(run.began - self.lasts);
                    cause.evidence = scene.evidence(&point.id, quantity, &past, point.limit);
                    cause
                });
                let id = faked(code, &point.id, (quantity, "constant"));
                out.push(Condition { id, verdict });
            }
        }
    }
}

/// Concentrations and flows; an acidity may well stay the same.
fn is_judged(quantity: Quantity) -> bool {
    EMITTED.contains(&quantity) || quantity == Quantity::Flow
}
