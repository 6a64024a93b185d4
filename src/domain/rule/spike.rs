//! `spike`: a value that leaves its level and is back within minutes (尖峰回落): a probe taken out, a sample diluted.
//!
//! Seen only in series of five minutes or finer. A source that starts or stops does not come back; a calibration does, and
//! is a mark.

use crate::domain::air::Norm;
use crate::domain::directory::{Point, PointKind};
use crate::domain::quantity::Value;
use crate::domain::reading::Period;
use crate::domain::rule::{
    Condition, FAKE, Judge, Kind, RuleSetting, Scene, emitted, faked, percent, proposed, shown, symbol,
};
use crate::domain::scene::series::Series;
use crate::domain::signal::Severity;
use crate::domain::text::Clean;
use crate::domain::threshold::{ValueKind, thresholds};
use crate::domain::time::{Moment, Span};
use std::sync::Arc;

/// How far back spikes are looked for; the alarm lasts as long.
const WINDOW: Span = Span::hours(1);
/// Fewer values than this have no level.
const FEWEST: usize = 10;

/// The row of this rule.
pub(super) const KIND: Kind = Kind {
    key: "spike",
    says: "A value that leaves its level and is back within minutes.",
    thresholds: thresholds! {
        needed percent: ValueKind::Count(1, 1000), "By how many per cent of the level it leaves, and …";
        usual(5) of_range: ValueKind::Count(0, 100), "… by how many per cent of the instrument's range, where that is known: 0 to 100, 5 where absent.";
        needed back: ValueKind::SPAN, "Back within this: `5m`.";
        usual(0) above: ValueKind::Value, "Only where the level is above this value.";
    },
    make: |given| {
        Ok(Arc::new(Spike {
            percent: given.count("percent")?,
            of_range: given.count("of_range")?,
            back: given.span("back")?,
            above: given.value("above")?,
        }))
    },
    standard,
};

#[derive(Debug)]
struct Spike {
    percent: i64,
    /// … by how many per cent of the instrument's range, where that is known: low values are restless by nature.
    of_range: i64,
    back: Span,
    above: Value,
}

/// SRC-FAKE.
fn standard(_: Norm) -> Vec<RuleSetting> {
    let test = Spike {
        percent: 50,
        of_range: 5,
        back: Span::mins(5),
        above: Value::default(),
    };
    vec![proposed(FAKE, test, "±50 %, ≥ 5 % of the range, ≤ 5 min")]
}

impl Judge for Spike {
    fn judge(&self, code: &Clean, scene: &Scene<'_>, out: &mut Vec<Condition>) {
        for point in scene.of_kind(&[PointKind::Emission, PointKind::Outlet]) {
            for series in emitted(scene, &point.id).iter().filter(|series| is_fine(series)) {
                out.extend(self.judge_one(code, scene, point, series));
            }
        }
    }
}

impl Spike {
    fn judge_one(
        &self,
        code: &Clean,
        scene: &Scene<'_>,
        point: &Point,
        series: &Series<'_>,
    ) -> Option<Condition> {
        let (from, until) = (scene.now - WINDOW, scene.now);
        let values = series.after(from);
        let level = level(&values).filter(|level| *level > self.above)?;
        let least = point
            .range(series.quantity)
            .map(|range| percent(range, self.of_range));
        let far = percent(level, self.percent).max(least.unwrap_or_default());
        let found = self.find(&values, (level, far), series.period);
        if found.is_some() && !scene.is_plain(&point.id, (from, until)) {
            return None;
        }
        let quantity = series.quantity;
        let verdict = found.map(|(at, value)| {
            let (was, is) = (level.fixed(quantity.decimals()), shown(quantity, value));
            let name = scene.name(&point.id);
            let title = format!("{name} {} {was} → {is} → {was}", symbol(quantity));
            let mut cause = scene.cause(code, Severity::Red, &point.id, &title, at);
            cause.evidence = scene.evidence(&point.id, quantity, &values, point.limit(quantity));
            cause
        });
        let id = faked(code, &point.id, (quantity, "spike"));
        Some(Condition { id, verdict })
    }

    /// The last spike: the values between two that stand on the level, soon one after the other.
    fn find(
        &self,
        values: &[(Moment, Value)],
        (level, far): (Value, Value),
        period: Period,
    ) -> Option<(Moment, Value)> {
        let is_off = |value: Value| (value.micro() - level.micro()).abs() >= far.micro();
        let parts: Vec<&[(Moment, Value)]> = values.chunk_by(|a, b| is_off(a.1) == is_off(b.1)).collect();
        let mut spikes = parts.windows(3).rev().filter_map(|three| {
            let [before, spike, after] = three else {
                return None;
            };
            let (left, back) = (before.last()?.0 + period.length(), after.first()?.0);
            let (at, value) = *spike
                .iter()
                .max_by_key(|(_, v)| (v.micro() - level.micro()).abs())?;
            let away = back - left;
            (is_off(value) && !is_off(before.last()?.1) && away <= self.back).then_some((at, value))
        });
        spikes.next()
    }
}

fn is_fine(series: &Series<'_>) -> bool {
    series.period.length() <= Period::FiveMinutes.length()
}

/// The median: what most values are near to.
fn level(values: &[(Moment, Value)]) -> Option<Value> {
    let mut sorted: Vec<Value> = values.iter().map(|(_, value)| *value).collect();
    sorted.sort_unstable();
    sorted
        .get(sorted.len() / 2)
        .copied()
        .filter(|_| sorted.len() >= FEWEST)
}
