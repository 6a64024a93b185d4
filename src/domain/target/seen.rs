//! How a goal stands, as it is shown.

use crate::domain::air::Pollutant;
use crate::domain::quantity::Value;
use crate::domain::target::budget::Budget;
use crate::domain::target::live::LiveFigure;
use crate::domain::target::{Goal, Judgement, Marks, Sense, TargetReason, TargetStanding, score};

/// Where the present figure is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// Computed of so many of the days gone.
    Computed {
        /// Days that count.
        days: u32,
        /// Days that are over.
        gone: u32,
    },
    /// Given by hand.
    Hand,
    /// Counted of the live data.
    Live,
    /// Points by rules.
    Points,
}

/// How a target stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetView {
    /// Goal, last year, now; `now` is only there where it may be claimed.
    pub marks: Marks,
    /// The state and why.
    pub judgement: Judgement,
    /// Where the figure is from.
    pub from: From,
    /// A computed figure of too few days: to be shown as such, never claimed.
    pub too_few: Option<Value>,
    /// The days that may still be bad, where it is a matter of days.
    pub budget: Option<Budget>,
    /// What the rest of the year must bring on average, where it is a mean.
    pub needed: Option<Value>,
    /// What the live data come to, where some belong to it.
    pub held: Option<LiveFigure>,
    /// The rules behind its points, with what each figure must become alone (反推).
    pub points: Vec<score::Row>,
    /// What a pollutant may be so that the composite index is the goal, the others as they are (反推), with what it is.
    pub allowed: Vec<(Pollutant, Value, Value)>,
}

impl TargetView {
    /// Nothing known yet.
    pub(super) fn empty() -> Self {
        let goal = Goal {
            value: Value::whole(0),
            sense: Sense::AtLeast,
        };
        Self {
            marks: Marks {
                goal,
                last_year: None,
                now: None,
            },
            judgement: TargetReason::NoFigure.judged(),
            from: From::Hand,
            too_few: None,
            budget: None,
            needed: None,
            held: None,
            points: Vec::new(),
            allowed: Vec::new(),
        }
    }

    /// Whether the room must look at it: it may be lost or is lost, or the live data contradict it. A target without a
    /// figure, or with one that is not verified, is not one of them; those are counted by themselves.
    pub fn is_at_risk(&self) -> bool {
        let reason = self.judgement.reason;
        !matches!(reason, TargetReason::NoFigure | TargetReason::Unverified)
            && reason.standing() >= TargetStanding::AtRisk
    }
}
