//! `level`: a value, or the index, at or above a step for some hours in a row.

use crate::domain::air::{Norm, Standard};
use crate::domain::id::PointId;
use crate::domain::quantity::{Quantity, Value};
use crate::domain::rule::{
    Condition, Judge, Kind, RuleSetting, Scene, at_point, last_hours, of_quantity, proposed, symbol,
};
use crate::domain::signal::Severity;
use crate::domain::text::Clean;
use crate::domain::threshold::{Amounts, ValueKind, thresholds};
use crate::domain::time::{Moment, Span};
use std::sync::Arc;

/// The row of this rule.
pub(super) const KIND: Kind = Kind {
    key: "level",
    says: "A value, or the index, above steps for some hours.",
    thresholds: thresholds! {
        optional of: ValueKind::Quantity, "Of which quantity, such as `pm25`; the hourly index where absent.";
        optional red: ValueKind::Value, "Above this it is red.";
        optional orange: ValueKind::Value, "Above this it is orange.";
        optional yellow: ValueKind::Value, "Above this it is yellow.";
        optional blue: ValueKind::Value, "Above this it is blue.";
        needed hours: ValueKind::Count(1, 24), "For how many hours in a row: 1 to 24.";
    },
    make: |given| {
        Ok(Arc::new(Level {
            of: given.quantity("of").ok(),
            steps: given.steps(Amounts::value, |value| value.to_string())?,
            hours: given.count("hours")?,
        }))
    },
    standard,
};

#[derive(Debug)]
struct Level {
    /// Of which quantity, in its canonical unit; the hourly index where `None`.
    of: Option<Quantity>,
    /// Above which value how severe, in any order.
    steps: Vec<(Value, Severity)>,
    /// For how many hours in a row; it ends with the first hour that is not.
    hours: usize,
}

/// Hours in a row above a step of the index before AIR-AQI begins (our default, no norm).
const INDEX_HOURS: usize = 2;

/// How severe the three levels of an index are that AIR-AQI speaks of, mildest first.
const INDEX_SEVERITIES: [Severity; 3] = [Severity::Yellow, Severity::Orange, Severity::Red];

/// AIR-AQI: the index above the classes of the room's standard. HJ 633 and EPA-454/B-24-002 end their
/// second, third and fourth classes at 100, 150 and 200; the bands of ETC HE report 2024/17 are counted 1 to 6, poor being 4.
fn standard(norm: Norm) -> Vec<RuleSetting> {
    let (above, text) = match norm.newest() {
        Standard::Hj633_2012 | Standard::Hj633_2026 => ([100, 150, 200], "HJ 633: AQI > 100/150/200, 2 h"),
        Standard::Epa2024 => ([100, 150, 200], "US EPA: AQI > 100/150/200, 2 h"),
        Standard::Eaqi => ([3, 4, 5], "EAQI: 4/5/6, 2 h"),
    };
    let test = Level {
        of: None,
        steps: above
            .map(Value::whole)
            .into_iter()
            .zip(INDEX_SEVERITIES)
            .collect(),
        hours: INDEX_HOURS,
    };
    vec![proposed("AIR-AQI", test, text)]
}

impl Judge for Level {
    fn judge(&self, code: &Clean, scene: &Scene<'_>, out: &mut Vec<Condition>) {
        match self.of {
            Some(quantity) => {
                for (point, series) in scene.measured(quantity) {
                    let enough = scene.now - Span::hours(self.hours as i64 + 4);
                    self.judge_one(code, scene, (point, &series.after(enough)), out);
                }
            }
            None => {
                for (point, hours) in scene.indices() {
                    let known = hours
                        .iter()
                        .filter_map(|(at, index)| Some((*at, Value::whole((*index)?.into()))));
                    self.judge_one(code, scene, (point, &known.collect::<Vec<_>>()), out);
                }
            }
        }
    }
}

impl Level {
    fn judge_one(
        &self,
        code: &Clean,
        scene: &Scene<'_>,
        (point, series): (&PointId, &[(Moment, Value)]),
        out: &mut Vec<Condition>,
    ) {
        let Some((_, newest)) = series.last() else { return };
        let least =
            last_hours(series, self.hours).and_then(|items| items.iter().map(|(_, value)| *value).min());
        let begins = least.and_then(|least| self.step(least));
        // Still above the lowest step in the newest hour: neither begun nor ended, the alarm stays as it is.
        if begins.is_none() && self.step(*newest).is_some() {
            return;
        }
        let id = match self.of {
            Some(quantity) => of_quantity(code, point, quantity),
            None => at_point(code, point),
        };
        let verdict = begins.map(|(limit, severity)| {
            let what = self.of.map_or("AQI", symbol);
            let title = format!("{} {what} {newest} > {limit}", scene.name(point));
            let began = last_hours(series, self.hours).and_then(|items| items.first().map(|(at, _)| *at));
            scene.cause(code, severity, point, &title, began.unwrap_or(scene.now))
        });
        out.push(Condition { id, verdict });
    }

    /// The most severe step that lies below `value`.
    fn step(&self, value: Value) -> Option<(Value, Severity)> {
        self.steps
            .iter()
            .filter(|(limit, _)| value > *limit)
            .max_by_key(|(_, severity)| *severity)
            .copied()
    }
}
