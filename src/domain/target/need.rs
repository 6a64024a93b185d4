//! What the rest of the year must bring: a mean still needed, a share of sections still to be made (反推).

use super::{Goal, Judgement, Sense, TargetReason};
use crate::domain::quantity::Value;
use crate::domain::water::{Body, Class, Item, limit};

/// A mean over a year of equal parts (days, months, rounds).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearMean {
    /// What the year's mean is wanted to be.
    pub goal: Goal,
    /// The mean of the parts that are there; `None` before the first.
    pub so_far: Option<Value>,
    /// How many parts are there.
    pub done: u32,
    /// How many the year has.
    pub total: u32,
    /// The highest a part can be, where there is one (100 for a share); upward goals beyond it are out of reach.
    pub highest: Option<Value>,
}

impl YearMean {
    /// Parts still to come.
    pub const fn to_come(&self) -> u32 {
        self.total.saturating_sub(self.done)
    }

    /// The mean that the rest of the year must have for the year to come out exactly at the goal, to six decimals;
    /// for [`Sense::Below`] and [`Sense::Above`] it must be beyond it. Negative where even zero is too much. `None` at the
    /// year's end or where parts are said to be done that have no mean.
    pub fn needed(&self) -> Option<Value> {
        let to_come = i64::from(self.to_come());
        if to_come == 0 {
            return None;
        }
        let made = match (self.done, self.so_far) {
            (0, _) => 0,
            (done, Some(mean)) => mean.micro().checked_mul(done.into())?,
            (_, None) => return None,
        };
        let wanted = self.goal.value.micro().checked_mul(self.total.into())?;
        Value::from_micro(wanted.checked_sub(made)?).scale(1, to_come)
    }

    /// The state; within `margin_percent` of the goal it is unsteady.
    pub fn judge(&self, margin_percent: i64) -> Judgement {
        let Some(mean) = self.so_far.filter(|_| self.done > 0) else {
            return TargetReason::NoFigure.judged();
        };
        let met = self.goal.met(mean);
        let reason = match self.needed() {
            None if met => TargetReason::Secured,
            None => TargetReason::Over,
            Some(needed) if self.out_of_reach(needed) => TargetReason::OutOfReach,
            Some(needed) if self.secured(needed) => TargetReason::Secured,
            Some(_) if !met => TargetReason::Behind,
            Some(_) if self.goal.met_clearly(mean, margin_percent) => TargetReason::Clear,
            Some(_) => TargetReason::Close,
        };
        reason.judged()
    }

    fn out_of_reach(&self, needed: Value) -> bool {
        let zero = Value::whole(0);
        match self.goal.sense {
            Sense::AtMost => needed < zero,
            Sense::Below => needed <= zero,
            Sense::AtLeast => self.highest.is_some_and(|highest| needed > highest),
            Sense::Above => self.highest.is_some_and(|highest| needed >= highest),
        }
    }

    /// Whether no value from zero to the highest can lose it.
    fn secured(&self, needed: Value) -> bool {
        let zero = Value::whole(0);
        match self.goal.sense {
            Sense::AtLeast => needed <= zero,
            Sense::Above => needed < zero,
            Sense::AtMost => self.highest.is_some_and(|highest| needed >= highest),
            Sense::Below => self.highest.is_some_and(|highest| needed > highest),
        }
    }
}

/// The year's mean that an item of a section needs to come to a class: its limit as a goal. `None` for what has no upper
/// limit (pH, dissolved oxygen, nitrogen in rivers: give those a goal of their own).
pub fn of_class(body: Body, item: Item, class: Class, so_far: Option<Value>, done: u32) -> Option<YearMean> {
    Some(YearMean {
        goal: Goal {
            value: limit(body, item, class)?,
            sense: Sense::AtMost,
        },
        so_far,
        done,
        total: 12,
        highest: None,
    })
}

/// A share of sections (or of enterprises, parcels …) in per cent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// The share wanted, in per cent.
    pub goal: Goal,
    /// How many there are.
    pub total: u32,
    /// How many reach it.
    pub reaching: u32,
    /// How many are judged; the others may still come out either way.
    pub judged: u32,
}

impl Share {
    /// How many must reach it; `None` for a goal that is no upward one.
    pub fn needed(&self) -> Option<u32> {
        super::budget::good_needed(self.goal, self.total)
    }

    /// How many more must reach it; 0 where enough do.
    pub fn still_needed(&self) -> Option<u32> {
        Some(self.needed()?.saturating_sub(self.reaching))
    }

    /// How many may be lost before it is missed; `None` where it is not met.
    pub fn spare(&self) -> Option<u32> {
        self.reaching.checked_sub(self.needed()?)
    }

    /// The share now in per cent, one decimal, half to even.
    pub fn percent(&self) -> Option<Value> {
        crate::domain::air::good::percent(self.reaching, self.total)
    }

    /// The state: met with none to spare is unsteady.
    pub fn judge(&self, year_over: bool) -> Judgement {
        let reason = match (self.needed(), self.spare()) {
            (None, _) => TargetReason::NoFigure,
            (Some(needed), _) if needed > self.total => TargetReason::OutOfReach,
            (_, Some(_)) if year_over => TargetReason::Secured,
            (_, Some(0)) => TargetReason::Close,
            (_, Some(_)) => TargetReason::Clear,
            (_, None) if year_over => TargetReason::Over,
            (_, None) if self.judged == 0 => TargetReason::NoFigure,
            (_, None) => TargetReason::Behind,
        };
        reason.judged()
    }
}
