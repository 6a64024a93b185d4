//! `flat`: the same value for hours — an instrument that is stuck.

use crate::domain::quantity::{Quantity, Value};
use crate::domain::rule::{Condition, RuleSetting, Scene, Test, last_hours, of_quantity, proposed, symbol};
use crate::domain::signal::Severity;
use crate::domain::text::Clean;

/// Thresholds of `flat`.
#[derive(Clone, Debug, PartialEq)]
pub struct Flat {
    /// Of which quantity.
    pub of: Quantity,
    /// For how many hours in a row.
    pub hours: usize,
    /// Only above this value: near the detection limit air is flat by nature.
    pub above: Value,
}

/// AIR-FLAT: what moves by the hour.
pub(super) fn standard() -> Vec<RuleSetting> {
    let rule = |of| {
        let test = Flat {
            of,
            hours: 4,
            above: Value::whole(5),
        };
        proposed("AIR-FLAT", Test::Flat(test), "4 h")
    };
    [Quantity::Pm25, Quantity::Pm10, Quantity::O3, Quantity::No2]
        .map(rule)
        .to_vec()
}

impl Flat {
    pub(super) fn judge(&self, code: &Clean, scene: &Scene<'_>, out: &mut Vec<Condition>) {
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
