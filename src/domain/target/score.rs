//! Points by rules (such as 甬有碧水): a sum of straight lines, read forwards (what is it worth?) and backwards (what must
//! a figure become for the goal?). The rules are a room's own data; no public rule of this kind was found.

use crate::domain::playbook::{Provenance, Words};
use crate::domain::quantity::Value;

/// A table of rules with its provenance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its key.
    pub key: String,
    /// What people call it; an example says that it is one.
    pub words: Words,
    /// Who says so.
    pub provenance: Provenance,
    /// The rules.
    pub lines: Vec<ScoreRule>,
}

/// One rule as it counts now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The goal whose figure it takes, by its key.
    pub figure: String,
    /// That figure.
    pub value: Option<Value>,
    /// What it is worth.
    pub points: Option<Value>,
    /// What it must become so that the sum is the goal, the others staying as they are.
    pub needed: Option<Value>,
}

impl Table {
    /// Every rule with what it is worth, and what its figure must become for the sum to be `goal`.
    pub fn rows(&self, figure: impl Fn(&str) -> Option<Value>, goal: Value) -> Vec<Row> {
        let rows = self.lines.iter().map(|line| {
            let value = figure(&line.figure);
            Row {
                figure: line.figure.clone(),
                value,
                points: value.and_then(|value| line.points(value)),
                needed: needed(&self.lines, &figure, &line.figure, goal),
            }
        });
        rows.collect()
    }
}

/// One rule: `base` points at `from`, `slope` points more for each unit above it, never outside `lowest` to `highest`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScoreRule {
    /// The figure it is about, by its key.
    pub figure: String,
    /// The figure at which it is worth `base`.
    pub from: Value,
    /// Points there.
    pub base: Value,
    /// Points for one unit more; negative where less is better.
    pub slope: Value,
    /// At least so many points.
    pub lowest: Value,
    /// At most so many points.
    pub highest: Value,
}

impl ScoreRule {
    /// What `figure` is worth, to six decimals; `None` out of range.
    pub fn points(&self, figure: Value) -> Option<Value> {
        let above = Value::from_micro(figure.micro().checked_sub(self.from.micro())?);
        let more = above.scale(self.slope.micro(), Value::ONE)?;
        let points = Value::from_micro(self.base.micro().checked_add(more.micro())?);
        Some(points.clamp(self.lowest, self.highest.max(self.lowest)))
    }

    /// The figure that is worth exactly `points`; `None` where no figure is (outside the rule's ends, or a level rule).
    pub fn figure_for(&self, points: Value) -> Option<Value> {
        if points < self.lowest || points > self.highest || self.slope.micro() == 0 {
            return None;
        }
        let more = Value::from_micro(points.micro().checked_sub(self.base.micro())?);
        let above = more.scale(Value::ONE, self.slope.micro())?;
        self.from
            .micro()
            .checked_add(above.micro())
            .map(Value::from_micro)
    }
}

/// The sum of all rules; `figure` finds the value of a key. `None` while one is missing.
pub fn total(lines: &[ScoreRule], figure: impl Fn(&str) -> Option<Value>) -> Option<Value> {
    lines.iter().try_fold(Value::whole(0), |sum, line| {
        let points = line.points(figure(&line.figure)?)?;
        sum.micro().checked_add(points.micro()).map(Value::from_micro)
    })
}

/// What the figure of `key` must become for the sum to be `goal`, the others staying as they are; `None` where it cannot
/// bring it alone.
pub fn needed(
    lines: &[ScoreRule],
    figure: impl Fn(&str) -> Option<Value>,
    key: &str,
    goal: Value,
) -> Option<Value> {
    let (own, others): (Vec<ScoreRule>, Vec<ScoreRule>) =
        lines.iter().cloned().partition(|line| line.figure == key);
    let [line] = own.as_slice() else { return None };
    let rest = goal.micro().checked_sub(total(&others, figure)?.micro())?;
    line.figure_for(Value::from_micro(rest))
}
