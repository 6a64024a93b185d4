//! A count that may be used up over a year: days that may be bad, heavy days that must not be, events that are allowed.

use super::{Goal, Judgement, Sense, TargetReason};
use crate::domain::air::good::DayCount;
use crate::domain::quantity::Value;

/// A budget over a year of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Days that count by the year's end, if all that are to come do.
    pub total: u32,
    /// Days that have counted.
    pub elapsed: u32,
    /// How many may be bad.
    pub allowed: u32,
    /// How many have been.
    pub used: u32,
}

impl Budget {
    /// The bad-day budget of a good-day ratio (优良天数比率) in per cent, for a year of `year` days.
    ///
    /// Days without an index can never count: they make the year shorter, not better. 87.7 % of 366 days are 321 good
    /// ones, and 45 may be bad. `None` where the goal is no upward one or the counts do not fit the year.
    pub fn of_good_days(goal: Goal, year: u32, days: DayCount) -> Option<Self> {
        let total = year.checked_sub(days.without)?;
        let good = good_needed(goal, total)?;
        (days.valid() <= total).then_some(Self {
            total,
            elapsed: days.valid(),
            allowed: total.saturating_sub(good),
            used: days.bad(),
        })
    }

    /// How many may still be bad; negative where it is overdrawn.
    pub fn left(self) -> i64 {
        i64::from(self.allowed) - i64::from(self.used)
    }

    /// Days still to come.
    pub fn to_come(self) -> u32 {
        self.total.saturating_sub(self.elapsed)
    }

    /// Good days still needed; 0 where they are all there.
    pub fn good_needed(self) -> u32 {
        let good = self.elapsed.saturating_sub(self.used);
        self.total.saturating_sub(self.allowed).saturating_sub(good)
    }

    /// What is used up by the year's end at this pace, rounded up; `None` before the first day.
    pub fn at_pace(self) -> Option<u32> {
        let all = u64::from(self.used) * u64::from(self.total);
        let days = all
            .checked_add(u64::from(self.elapsed).checked_sub(1)?)?
            .checked_div(self.elapsed.into())?;
        u32::try_from(days).ok()
    }

    /// What may be used up by now if the budget is spent evenly, rounded down.
    pub fn even_share(self) -> u32 {
        let all = u64::from(self.allowed) * u64::from(self.elapsed);
        all.checked_div(self.total.into())
            .and_then(|days| u32::try_from(days).ok())
            .unwrap_or(0)
    }

    /// The state; within `margin_percent` of the budget at this pace it is unsteady.
    pub fn judge(self, margin_percent: i64) -> Judgement {
        let allowed = i64::from(self.allowed);
        let reason = match self.at_pace() {
            _ if self.left() < 0 && self.to_come() == 0 => TargetReason::Over,
            _ if self.left() < 0 => TargetReason::OutOfReach,
            _ if i64::from(self.to_come()) <= self.left() => TargetReason::Secured,
            None => TargetReason::NoFigure,
            Some(pace) if i64::from(pace) > allowed => TargetReason::OverPace,
            Some(pace) if i64::from(pace) * 100 > allowed * (100 - margin_percent) => TargetReason::Tight,
            Some(_) => TargetReason::Clear,
        };
        reason.judged()
    }
}

/// The fewest good days of `total` that meet a ratio in per cent; `None` for a goal that is no upward one or out of range.
pub fn good_needed(goal: Goal, total: u32) -> Option<u32> {
    const HUNDRED: i64 = 100 * Value::ONE;
    let wanted = goal.value.micro().checked_mul(total.into())?;
    let good = match goal.sense {
        Sense::AtLeast => wanted.div_euclid(HUNDRED) + i64::from(wanted.rem_euclid(HUNDRED) > 0),
        Sense::Above => wanted.div_euclid(HUNDRED) + 1,
        Sense::AtMost | Sense::Below => return None,
    };
    u32::try_from(good.max(0)).ok()
}
