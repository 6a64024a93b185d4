//! `constant`: the same value again and again at a source that is not known to stand still (恒值).
//!
//! Concentrations only: a pump's flow and an acidity may well stay the same. And only where the last digit is fine enough
//! to see a process move: six hours at 3 mg/m³ are the rounding of a clean stack.

use crate::domain::air::Norm;
use crate::domain::declared::STAY;
use crate::domain::directory::PointKind;
use crate::domain::quantity::Value;
use crate::domain::rule::{
    Condition, FAKE, Judge, Kind, RuleSetting, Scene, emitted, faked, proposed, shown, symbol,
};
use crate::domain::scene::series::Series;
use crate::domain::signal::Severity;
use crate::domain::text::Clean;
use crate::domain::threshold::{ValueKind, thresholds};
use crate::domain::time::{Moment, Span};
use std::sync::Arc;

/// The row of this rule.
pub(super) const KIND: Kind = Kind {
    key: "constant",
    says: "The same value again and again at a source.",
    thresholds: thresholds! {
        needed times: ValueKind::Count(2, 1000), "How many values in a row: 2 to 1000.";
        needed lasts: ValueKind::TWO_DAYS, "For at least how long, at most two days: `2h`.";
        usual(0) above: ValueKind::Value, "Only above this value.";
        usual(100) steps: ValueKind::Count(0, 10_000), "Only from so many steps of its last digit on: 0 to 10000, 100 where absent.";
    },
    make: |given| {
        Ok(Arc::new(Constant {
            times: given.count("times")?,
            lasts: given.span("lasts")?,
            above: given.value("above")?,
            steps: given.count("steps")?,
        }))
    },
    standard,
};

#[derive(Debug)]
struct Constant {
    /// How many values in a row, and …
    times: usize,
    lasts: Span,
    /// Only above this value: a source that stands still reports nothing but nothing.
    above: Value,
    steps: i64,
}

/// SRC-FAKE.
fn standard(_: Norm) -> Vec<RuleSetting> {
    let test = Constant {
        times: 6,
        lasts: Span::hours(2),
        above: Value::default(),
        steps: 100,
    };
    vec![proposed(FAKE, test, "= × 6, 2 h, ≥ 100 × last digit")]
}

impl Judge for Constant {
    fn judge(&self, code: &Clean, scene: &Scene<'_>, out: &mut Vec<Condition>) {
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
