//! `jump`: a value far above the median of the other points in the same hour — an instrument, or a fire close by.

use crate::domain::air::Norm;
use crate::domain::id::PointId;
use crate::domain::quantity::{Quantity, Value};
use crate::domain::rule::{Condition, Judge, Kind, RuleSetting, Scene, of_quantity, proposed, symbol};
use crate::domain::signal::Severity;
use crate::domain::text::Clean;
use crate::domain::threshold::{ValueKind, thresholds};
use crate::domain::time::Moment;
use std::sync::Arc;

/// Fewer other points than this make no median worth the name.
const LEAST_OTHERS: usize = 3;

/// The row of this rule.
pub(super) const KIND: Kind = Kind {
    key: "jump",
    says: "A value far above the median of the other points.",
    thresholds: thresholds! {
        needed of: ValueKind::Quantity, "Of which quantity.";
        needed percent: ValueKind::Count(0, 1000), "By so many per cent of the median of the others, and …";
        needed least: ValueKind::Value, "… by at least so much.";
    },
    make: |given| {
        Ok(Arc::new(Jump {
            of: given.quantity("of")?,
            percent: given.count("percent")?,
            least: given.value("least")?,
        }))
    },
    standard,
};

#[derive(Debug)]
struct Jump {
    of: Quantity,
    /// By at least so many per cent of the median, and …
    percent: i64,
    /// … by at least so much, in the canonical unit.
    least: Value,
}

/// AIR-JUMP: particles.
fn standard(_: Norm) -> Vec<RuleSetting> {
    let rule = |of| {
        let test = Jump {
            of,
            percent: 50,
            least: Value::whole(30),
        };
        proposed("AIR-JUMP", test, "+50 %, +30 µg/m³")
    };
    [Quantity::Pm25, Quantity::Pm10].map(rule).to_vec()
}

impl Judge for Jump {
    fn judge(&self, code: &Clean, scene: &Scene<'_>, out: &mut Vec<Condition>) {
        let newest: Vec<(&PointId, Moment, Value)> = scene
            .measured(self.of)
            .filter_map(|(point, series)| series.last().map(|(at, value)| (point, at, value)))
            .collect();
        for (point, at, value) in &newest {
            let mut others: Vec<Value> = newest
                .iter()
                .filter(|(p, t, _)| p != point && t == at)
                .map(|(_, _, v)| *v)
                .collect();
            others.sort_unstable();
            let Some(median) = others
                .get(others.len() / 2)
                .filter(|_| others.len() >= LEAST_OTHERS)
            else {
                continue;
            };
            let limit = median.scale(100 + self.percent, 100).map_or(*value, |by_share| {
                by_share.max(Value::from_micro(median.micro() + self.least.micro()))
            });
            let id = of_quantity(code, point, self.of);
            let verdict = (*value >= limit && value > median).then(|| {
                let shown = |v: Value| v.fixed(self.of.decimals());
                let title = format!(
                    "{} {} {} ↑ {}",
                    scene.name(point),
                    symbol(self.of),
                    shown(*value),
                    shown(*median)
                );
                scene.cause(code, Severity::Yellow, point, &title, *at)
            });
            out.push(Condition { id, verdict });
        }
    }
}
