//! `class`: water of a worse class than it must be (GB 3838-2002), in some rounds of its station, until it was good as long.
//!
//! A section must reach its own target; a drinking-water source class Ⅲ and the limits of its further items (table 2).
//! A round counts when every item that the station measures is there: half a sample says neither good nor bad.

use crate::domain::air::Norm;
use crate::domain::directory::{Point, PointKind};
use crate::domain::playbook::Origin;
use crate::domain::quantity::{Quantity, Value};
use crate::domain::rule::{Condition, Judge, Kind, RuleSetting, Scene, at_point, setting, shown, symbol};
use crate::domain::scene::series::Series;
use crate::domain::signal::Severity;
use crate::domain::text::Clean;
use crate::domain::threshold::{ValueKind, thresholds};
use crate::domain::time::Moment;
use crate::domain::water;
use crate::domain::water::{Body, Item, SOURCE_WATER};
use std::sync::Arc;

/// The row of this rule.
pub(super) const KIND: Kind = Kind {
    key: "class",
    says: "Water of a worse class than it must be.",
    thresholds: thresholds! {
        optional drinking: ValueKind::Flag, "Drinking-water sources, held against class Ⅲ; else sections, against their own target.";
        needed rounds: ValueKind::Count(1, 12), "Worse in so many rounds in a row: 1 to 12.";
        needed good: ValueKind::Count(1, 12), "Over after so many good rounds in a row: 1 to 12.";
        needed severity: ValueKind::Severity, "How severe.";
    },
    make: |given| {
        Ok(Arc::new(Class {
            drinking: given.flag("drinking"),
            rounds: given.count("rounds")?,
            good: given.count("good")?,
            severity: given.severity("severity")?,
        }))
    },
    standard,
};

#[derive(Debug)]
struct Class {
    drinking: bool,
    rounds: usize,
    good: usize,
    severity: Severity,
}

/// WQ-CLASS, WQ-DRINK.
fn standard(_: Norm) -> Vec<RuleSetting> {
    let class = |drinking, rounds| Class {
        drinking,
        rounds,
        good: 2,
        severity: Severity::Orange,
    };
    let text = "GB 3838-2002, 2 × 4 h; 2 × 4 h";
    let drinking = "GB 3838-2002, table 1 Ⅲ, table 2";
    vec![
        setting("WQ-CLASS", class(false, 2), (Origin::Default, text)),
        setting("WQ-DRINK", class(true, 1), (Origin::Law, drinking)),
    ]
}

/// One round, judged.
struct Round {
    at: Moment,
    /// What is worse than it must be: the worst item, in words, with its limit. `None` where all is good.
    worse: Option<(Quantity, Value, String)>,
}

impl Judge for Class {
    fn judge(&self, code: &Clean, scene: &Scene<'_>, out: &mut Vec<Condition>) {
        for point in scene.of_kind(&[PointKind::Water, PointKind::Reservoir]) {
            let target = if self.drinking {
                point.drinking.then_some(water::Class::Three)
            } else {
                point.class
            };
            if let Some(target) = target {
                out.extend(self.judge_one(code, scene, point, target));
            }
        }
    }
}

impl Class {
    fn judge_one(
        &self,
        code: &Clean,
        scene: &Scene<'_>,
        point: &Point,
        target: water::Class,
    ) -> Option<Condition> {
        let series = self.series(scene, point);
        let rounds = self.rounds(&series, point, target);
        let id = at_point(code, &point.id);
        let newest = |count: usize| rounds.iter().rev().take(count);
        let bad = newest(self.rounds).filter(|round| round.worse.is_some()).count();
        let good = newest(self.good).filter(|round| round.worse.is_none()).count();
        if good == self.good {
            return Some(Condition { id, verdict: None });
        }
        if bad < self.rounds {
            return None;
        }
        let began = rounds.get(rounds.len().checked_sub(self.rounds)?)?.at;
        let (quantity, limit, words) = rounds.last()?.worse.clone()?;
        let title = format!("{} {words}", scene.name(&point.id));
        let mut cause = scene.cause(code, self.severity, &point.id, &title, began);
        let deciding = series.iter().find(|series| series.quantity == quantity)?;
        let past = deciding.after(scene.now - crate::domain::declared::STAY);
        let line = Some(limit).filter(|limit| limit.micro() > 0);
        cause.evidence = scene.evidence(&point.id, quantity, &past, line);
        let verdict = Some(cause);
        Some(Condition { id, verdict })
    }

    /// What the station measures that has a class, all by the same period.
    fn series<'a>(&self, scene: &Scene<'a>, point: &Point) -> Vec<Series<'a>> {
        let mut all = scene.sampled(&point.id);
        all.retain(|series| {
            Item::of(series.quantity).is_some() || self.drinking && further(series.quantity).is_some()
        });
        let period = all.iter().map(|series| series.period).max();
        all.retain(|series| Some(series.period) == period);
        all
    }

    /// The newest rounds in which every item is there, without a gap, oldest first.
    fn rounds(&self, series: &[Series<'_>], point: &Point, target: water::Class) -> Vec<Round> {
        let count = self.rounds.max(self.good);
        let newest: Option<Vec<_>> = series.iter().map(|series| series.newest(count)).collect();
        let Some(newest) = newest.filter(|all| !all.is_empty()) else {
            return Vec::new();
        };
        let mut rounds = Vec::new();
        for nth in 0..count {
            let round: Option<Vec<(Moment, Value)>> = newest.iter().map(|s| s.get(nth).copied()).collect();
            let at = round
                .as_ref()
                .and_then(|values| values.first())
                .map(|first| first.0);
            let (Some(round), Some(at)) = (round, at) else {
                continue;
            };
            // One item is late or was lost: the newest rounds of all do not lie side by side.
            if round.iter().any(|value| value.0 != at) {
                return Vec::new();
            }
            let sample = series.iter().zip(&round).map(|(s, value)| (s.quantity, value.1));
            let worse = worse(&sample.collect::<Vec<_>>(), point, target);
            rounds.push(Round { at, worse });
        }
        rounds
    }
}

/// The worst item of a sample that does not reach the target, or that is over the limit of table 2.
fn worse(
    sample: &[(Quantity, Value)],
    point: &Point,
    target: water::Class,
) -> Option<(Quantity, Value, String)> {
    let body = if point.kind == PointKind::Reservoir {
        Body::Lake
    } else {
        Body::River
    };
    let items: Vec<(Item, Value)> = sample
        .iter()
        .filter_map(|(quantity, value)| Some((Item::of(*quantity)?, *value)))
        .collect();
    let judged = water::assess(body, &items);
    if let Some(class) = judged.class.filter(|class| *class > target) {
        let finding = judged
            .findings
            .iter()
            .find(|f| f.takes_part && f.class == Some(class))?;
        let quantity = finding.item.quantity()?;
        let limit = water::limit(body, finding.item, target).unwrap_or_default();
        let (name, value) = (symbol(quantity), shown(quantity, finding.value));
        let words = format!("{} > {} · {name} {value}", class.key(), target.key());
        return Some((quantity, limit, words));
    }
    let over = |(quantity, value): &(Quantity, Value)| {
        let limit = further(*quantity).filter(|limit| value > limit)?;
        let words = format!(
            "{} {} > {}",
            symbol(*quantity),
            shown(*quantity, *value),
            shown(*quantity, limit)
        );
        Some((*quantity, limit, words))
    };
    sample.iter().filter(|_| point.drinking).find_map(over)
}

/// The limit of a further item of drinking-water sources (table 2).
fn further(quantity: Quantity) -> Option<Value> {
    let row = SOURCE_WATER.iter().find(|row| row.0 == quantity.key());
    row.map(|row| row.1)
}
