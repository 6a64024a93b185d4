//! `flat`: the same value for hours — an instrument that is stuck.

use crate::domain::air::Norm;
use crate::domain::quantity::{Quantity, Value};
use crate::domain::rule::{
    Condition, Judge, Kind, RuleSetting, Scene, last_hours, of_quantity, proposed, symbol,
};
use crate::domain::signal::Severity;
use crate::domain::text::Clean;
use crate::domain::threshold::{ValueKind, thresholds};
use std::sync::Arc;

/// The row of this rule.
pub(super) const KIND: Kind = Kind {
    key: "flat",
    says: "The same value for hours.",
    thresholds: thresholds! {
        needed of: ValueKind::Quantity, "Of which quantity.";
        needed hours: ValueKind::Count(2, 48), "For how many hours in a row: 2 to 48.";
        usual(0) above: ValueKind::Value, "Only above this value.";
    },
    make: |given| {
        Ok(Arc::new(Flat {
            of: given.quantity("of")?,
            hours: given.count("hours")?,
            above: given.value("above")?,
        }))
    },
    standard,
};

#[derive(Debug)]
struct Flat {
    of: Quantity,
    hours: usize,
    /// Only above this value: near the detection limit air is flat by nature.
    above: Value,
}

/// AIR-FLAT: what moves by the hour.
fn standard(_: Norm) -> Vec<RuleSetting> {
    let rule = |of| {
        let test = Flat {
            of,
            hours: 4,
            above: Value::whole(5),
        };
        proposed("AIR-FLAT", test, "4 h")
    };
    [Quantity::Pm25, Quantity::Pm10, Quantity::O3, Quantity::No2]
        .map(rule)
        .to_vec()
}

impl Judge for Flat {
    fn judge(&self, code: &Clean, scene: &Scene<'_>, out: &mut Vec<Condition>) {
        for (point, series) in scene.measured(self.of) {
            let Some(items) = series.newest(self.hours) else {
                continue;
            };
            let Some(items) = last_hours(&items, self.hours) else {
                continue;
            };
            let Some((began, first)) = items.first().copied() else {
                continue;
            };
            let stuck = first > self.above && items.iter().all(|(_, value)| *value == first);
            let id = of_quantity(code, point, self.of);
            let verdict = stuck.then(|| {
                let title = format!(
                    "{} {} = {first} × {} h",
                    scene.name(point),
                    symbol(self.of),
                    self.hours
                );
                scene.cause(code, Severity::Blue, point, &title, began)
            });
            out.push(Condition { id, verdict });
        }
    }
}
