//! Yearly goals (目标): three marks, a budget or a need for the rest of the year, a state and the rule that decides it.
//!
//! Exact arithmetic on figures that others counted. A target is one of three kinds: a count that may be used up
//! ([`budget`]), a mean or a share that is still to be made ([`need`]), or points by rules ([`score`]). Which goals a room
//! has is configuration. Called by the desk and by reports.

pub mod budget;
pub mod live;
pub mod need;
pub mod plan;
pub mod score;
pub mod seen;

use crate::domain::quantity::Value;

/// Which figures meet a goal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sense {
    /// The goal or more (达到).
    AtLeast,
    /// More than the goal (高于).
    Above,
    /// The goal or less.
    AtMost,
    /// Less than the goal (低于).
    Below,
}

/// A goal, in the unit of its figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Goal {
    /// The figure.
    pub value: Value,
    /// Which side of it is wanted.
    pub sense: Sense,
}

/// The three marks of a gauge: goal, last year, now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marks {
    /// What is wanted.
    pub goal: Goal,
    /// What last year came to.
    pub last_year: Option<Value>,
    /// What this year has come to.
    pub now: Option<Value>,
}

/// A target's state, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TargetStanding {
    /// 达标: met, with room.
    Met,
    /// 不稳定: met now, and little is needed to lose it.
    Unsteady,
    /// 有风险: not met now, or not at this pace; it can still be reached.
    AtRisk,
    /// 不达标: missed, or out of reach.
    Missed,
}

/// The rule that decides a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TargetReason {
    /// Whatever still comes, it is met.
    Secured,
    /// Met now with more than the margin.
    Clear,
    /// Met now within the margin of the goal.
    Close,
    /// Most of the budget is used up by the year's end at this pace.
    Tight,
    /// At this pace the budget is overdrawn by the year's end.
    OverPace,
    /// Not met now; the rest of the year can still bring it.
    Behind,
    /// Nothing the rest of the year brings can meet it.
    OutOfReach,
    /// The year is over, and it was not met.
    Over,
    /// A figure was typed, and no live data bear it out: no claim is made that all is well.
    Unverified,
    /// A figure was typed that live data contradict.
    Contradicted,
    /// There is no figure: no claim is made that all is well.
    NoFigure,
}

/// A state with the rule that decides it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// The state.
    pub standing: TargetStanding,
    /// Why.
    pub reason: TargetReason,
}

/// How near to the goal is too near, in per cent of the goal or of the budget. Configuration; this is our default.
pub const MARGIN_PERCENT: i64 = 5;

impl TargetReason {
    /// The state it leads to.
    pub const fn standing(self) -> TargetStanding {
        match self {
            Self::Secured | Self::Clear => TargetStanding::Met,
            Self::Close | Self::Tight => TargetStanding::Unsteady,
            Self::OverPace | Self::Behind | Self::Unverified | Self::Contradicted | Self::NoFigure => {
                TargetStanding::AtRisk
            }
            Self::OutOfReach | Self::Over => TargetStanding::Missed,
        }
    }

    /// As a judgement.
    pub const fn judged(self) -> Judgement {
        Judgement {
            standing: self.standing(),
            reason: self,
        }
    }
}

impl Goal {
    /// Whether `figure` meets it.
    pub fn met(self, figure: Value) -> bool {
        match self.sense {
            Sense::AtLeast => figure >= self.value,
            Sense::Above => figure > self.value,
            Sense::AtMost => figure <= self.value,
            Sense::Below => figure < self.value,
        }
    }

    /// Whether more of the figure is better.
    pub const fn upwards(self) -> bool {
        matches!(self.sense, Sense::AtLeast | Sense::Above)
    }

    /// How far `figure` lies on the good side, in the goal's unit; negative on the bad side.
    pub const fn room(self, figure: Value) -> Value {
        let over = figure.micro().saturating_sub(self.value.micro());
        Value::from_micro(if self.upwards() { over } else { -over })
    }

    /// Whether `figure` meets it by more than `percent` of the goal.
    pub fn met_clearly(self, figure: Value, percent: i64) -> bool {
        let margin = self.value.scale(percent, 100).map_or(0, Value::micro).abs();
        self.met(figure) && self.room(figure).micro() > margin
    }
}

impl Marks {
    /// Judges a figure that stands for itself (a rate of safe use, a class reached): no rest of the year is reckoned.
    pub fn judge(&self, margin_percent: i64, year_over: bool) -> Judgement {
        let reason = match self.now {
            None => TargetReason::NoFigure,
            Some(now) if self.goal.met(now) && year_over => TargetReason::Secured,
            Some(now) if self.goal.met_clearly(now, margin_percent) => TargetReason::Clear,
            Some(now) if self.goal.met(now) => TargetReason::Close,
            Some(_) if year_over => TargetReason::Over,
            Some(_) => TargetReason::Behind,
        };
        reason.judged()
    }

    /// This year less last year.
    pub fn change(&self) -> Option<Value> {
        let (now, last) = (self.now?, self.last_year?);
        now.micro().checked_sub(last.micro()).map(Value::from_micro)
    }

    /// This year less last year in per cent of last year, to six decimals; `None` where last year was zero or unknown.
    pub fn change_percent(&self) -> Option<Value> {
        let last = self.last_year.filter(|last| last.micro() != 0)?;
        Value::from_micro(self.change()?.micro().checked_mul(100)?).scale(Value::ONE, last.micro())
    }
}

#[cfg(test)]
mod tests;
