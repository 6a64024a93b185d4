//! `constant`: the same value again and again at a source that is not known to stand still (恒值).
//!
//! Concentrations only: a pump's flow and an acidity may well stay the same. And only where the last digit is fine enough
//! to see a process move: six hours at 3 mg/m³ are the rounding of a clean stack.

use crate::domain::declared::STAY;
use crate::domain::directory::PointKind;
use crate::domain::quantity::Value;
use crate::domain::rule::{
    Condition, FAKE, RuleSetting, Scene, Test, emitted, faked, proposed, shown, symbol,
};
use crate::domain::scene::series::Series;
use crate::domain::signal::Severity;
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Span};

/// Thresholds of `constant`.
#[derive(Clone, Debug, PartialEq)]
pub struct Constant {
    /// How many values in a row, and …
    pub times: usize,
    /// … for at least how long.
    pub lasts: Span,
    /// Only above this value: a source that stands still reports nothing but nothing.
    pub above: Value,
    /// Only from so many steps of its last digit on.
    pub steps: i64,
}

/// SRC-FAKE.
pub(super) fn standard() -> Vec<RuleSetting> {
    let test = Constant {
        times: 6,
        lasts: Span::hours(2),
        above: Value::default(),
        steps: 100,
    };
    vec![proposed(
        FAKE,
        Test::Constant(test),
        "= × 6, 2 h, ≥ 100 × last digit",
    )]
}

impl Constant {
    pub(super) fn judge(&self, code: &Clean, scene: &Scene<'_>, out: &mut Vec<Condition>) {
        for point in scene.of_kind(&[PointKind::Emission, PointKind::Outlet]) {
            for series in emitted(scene, &point.id) {
                let quantity = series.quantity;
                let Some((until, newest)) = series.last() else {
                    continue;
                };
                let gap = crate::domain::scene::series::gap(series.period);
                let enough = self
                    .lasts
                    .max(Span::from_ms(gap.ms().saturating_mul(self.times as i64)));
                let Some(run) = series.run(enough, |value| value == newest) else {
                    continue;
                };
                let stays = run.count >= self.times && run.lasted() >= self.lasts;
                // The last digit is looked for in two days of values: only where the rest holds.
                let seen = || newest.micro() >= step(&series).saturating_mul(self.steps);
                let stuck = stays && newest > self.above && seen();
                if stuck && !scene.is_plain(&point.id, (run.began, until)) {
                    continue;
                }
                let verdict = stuck.then(|| {
                    let (name, value) = (scene.name(&point.id), shown(quantity, newest));
                    let title = format!("{name} {} = {value} × {}", symbol(quantity), run.count);
                    let mut cause = scene.cause(code, Severity::Red, &point.id, &title, run.began);
                    let past = series.after(run.began - self.lasts);
                    cause.evidence = scene.evidence(&point.id, quantity, &past, point.limit(quantity));
                    cause
                });
                let id = faked(code, &point.id, (quantity, "constant"));
                out.push(Condition { id, verdict });
            }
        }
    }
}

/// The last digit of a series in millionths: the finest that its values use, or, where they are all the same, the one
/// that people read.
fn step(series: &Series<'_>) -> i64 {
    let values = series.after(series.last().map_or(Moment::from_ms(0), |(at, _)| at - STAY));
    let moves = values.windows(2).any(|pair| matches!(pair, [a, b] if a.1 != b.1));
    let own = 10_i64.pow(6 - series.quantity.decimals().min(6));
    let uses = |step: &i64| values.iter().all(|(_, value)| value.micro() % step == 0);
    let coarser = [Value::ONE, Value::ONE / 10, Value::ONE / 100];
    let coarsest = coarser.into_iter().find(uses).filter(|_| moves);
    coarsest.map_or(own, |step| step.max(own))
}
