//! `level`: a value, or the index, at or above a step for some hours in a row.

use crate::domain::id::PointId;
use crate::domain::quantity::Quantity;
use crate::domain::quantity::Value;
use crate::domain::rule::Condition;
use crate::domain::rule::RuleSetting;
use crate::domain::rule::Scene;
use crate::domain::rule::Test;
use crate::domain::rule::at_point;
use crate::domain::rule::last_hours;
use crate::domain::rule::of_quantity;
use crate::domain::rule::proposed;
use crate::domain::rule::symbol;
use crate::domain::signal::Severity;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::domain::time::Span;

/// Thresholds of `level`.
#[derive(Clone, Debug, PartialEq)]
pub struct Level {
    /// Of which quantity, in its canonical unit; the hourly index where `None`.
    pub of: Option<Quantity>,
    /// Above which value how severe, in any order.
    pub steps: Vec<(Value, Severity)>,
    /// For how many hours in a row; it ends with the first hour that is not.
    pub hours: usize,
}

/// AIR-AQI: the index of the technical regulation's classes.
pub(super) fn standard() -> Vec<RuleSetting> {
    let steps = [
        (150, Severity::Orange),
        (100, Severity::Yellow),
        (200, Severity::Red),
    ];
    let test = Level {
        of: None,
        steps: steps.map(|(index, how)| (Value::whole(index), how)).to_vec(),
        hours: 2,
    };
    vec![proposed("AIR-AQI", Test::Level(test), "AQI > 100/150/200, 2 h")]
}

impl Level {
    pub(super) fn judge(&self, code: &Clean, scene: &Scene<'_>, out: &mut Vec<Condition>) {
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
