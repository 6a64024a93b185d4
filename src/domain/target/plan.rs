//! The goals that a room has set itself for the year, and how each of them stands.
//!
//! A target's figure is computed from the year's days where they are enough, or else given by hand in the
//! configuration; a figure of too few days is shown as such and decides nothing.

use crate::domain::air::Pollutant;
use crate::domain::air::year::Year;
use crate::domain::id::TargetId;
use crate::domain::playbook::Provenance;
use crate::domain::playbook::Words;
use crate::domain::quantity::Value;
use crate::domain::target::Goal;
use crate::domain::target::Judgement;
use crate::domain::target::MARGIN_PERCENT;
use crate::domain::target::Marks;
use crate::domain::target::Reason;
use crate::domain::target::Sense;
use crate::domain::target::budget::Budget;
use crate::domain::target::need::YearMean;
use crate::domain::text::Clean;

/// Which figure a target is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// The good-day ratio in per cent (优良天数比率).
    GoodDays,
    /// Days of heavy pollution (重污染天数).
    HeavyDays,
    /// The year's mean of PM2.5 in µg/m³.
    Pm25,
    /// The 90th percentile of ozone's daily maximum 8-hour means in µg/m³.
    O3,
    /// The composite index (综合指数).
    Composite,
    /// Given by hand.
    Manual,
}

/// One row a figure: its key in the configuration.
pub const FIGURES: &[(Figure, &str)] = &[
    (Figure::GoodDays, "good_days"),
    (Figure::HeavyDays, "heavy_days"),
    (Figure::Pm25, "pm25"),
    (Figure::O3, "o3"),
    (Figure::Composite, "composite"),
    (Figure::Manual, "manual"),
];

/// One row a side of a goal: its key in the configuration.
pub const SENSES: &[(Sense, &str)] = &[
    (Sense::AtLeast, "at_least"),
    (Sense::Above, "above"),
    (Sense::AtMost, "at_most"),
    (Sense::Below, "below"),
];

/// What part of the days gone must count before a figure is claimed: 324 of 365 (GB 3095-2026, table 4).
const ENOUGH: (u64, u64) = (324, 365);

/// A goal of the room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Its key.
    pub id: TargetId,
    /// What people call it.
    pub name: Words,
    /// Where its figure is from.
    pub figure: Figure,
    /// What is wanted.
    pub goal: Goal,
    /// The unit of the figure; may be empty.
    pub unit: Clean,
    /// What last year came to.
    pub last_year: Option<Value>,
    /// The figure as given by hand.
    pub now: Option<Value>,
    /// Who set the goal.
    pub provenance: Provenance,
}

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
}

/// How a target stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
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
}

impl Target {
    /// How it stands, by the days of `year`.
    pub fn see(&self, year: Option<&Year>) -> Seen {
        let computed = year.and_then(|year| Some((year, self.compute(year)?, self.days(year))));
        let enough = |days: u32, gone: u32| u64::from(days) * ENOUGH.1 >= u64::from(gone) * ENOUGH.0;
        match computed {
            Some((year, value, days)) if days > 0 && enough(days, year.gone()) => {
                self.claimed(year, value, days)
            }
            other => {
                let marks = self.marks(self.now);
                let from = match (self.now, year) {
                    (None, Some(year)) if self.figure != Figure::Manual => From::Computed {
                        days: self.days(year),
                        gone: year.gone(),
                    },
                    _ => From::Hand,
                };
                Seen {
                    marks,
                    judgement: self.judged(&marks),
                    from,
                    too_few: other.map(|(_, value, _)| value).filter(|_| self.now.is_none()),
                    budget: None,
                    needed: None,
                }
            }
        }
    }

    fn marks(&self, now: Option<Value>) -> Marks {
        Marks {
            goal: self.goal,
            last_year: self.last_year,
            now,
        }
    }

    /// A share of all is as clear as it can be: no margin lies beyond a hundred per cent.
    fn judged(&self, marks: &Marks) -> Judgement {
        let all = self.unit.as_str() == "%" && marks.now.is_some_and(|now| now >= Value::whole(100));
        if all && self.goal.upwards() {
            return Reason::Clear.judged();
        }
        marks.judge(MARGIN_PERCENT, false)
    }

    /// A figure that enough days stand behind.
    fn claimed(&self, year: &Year, value: Value, days: u32) -> Seen {
        let marks = self.marks(Some(value));
        let over = year.gone() == year.total();
        let budget = self.budget(year);
        let mean = (self.figure == Figure::Pm25).then(|| YearMean {
            goal: self.goal,
            so_far: Some(value),
            done: year.gone(),
            total: year.total(),
            highest: None,
        });
        let judgement = match (budget, mean) {
            (Some(budget), _) => budget.judge(MARGIN_PERCENT),
            (None, Some(mean)) => mean.judge(MARGIN_PERCENT),
            (None, None) => marks.judge(MARGIN_PERCENT, over),
        };
        Seen {
            marks,
            judgement,
            from: From::Computed {
                days,
                gone: year.gone(),
            },
            too_few: None,
            budget,
            needed: mean.and_then(|mean| mean.needed()),
        }
    }

    /// Its figure of all the days there are, enough or not.
    fn compute(&self, year: &Year) -> Option<Value> {
        let summary = year.summary.as_ref()?;
        let figures = |p: Pollutant| summary.pollutants.get(p.index());
        match self.figure {
            Figure::GoodDays => summary.days.ratio(),
            Figure::HeavyDays => Some(Value::whole(summary.days.heavy().into())),
            Figure::Pm25 => figures(Pollutant::Pm25)?.mean.map(|v| v.round(0)),
            Figure::O3 => figures(Pollutant::O3)?.percentile.map(|v| v.round(0)),
            Figure::Composite => summary.composite.index,
            Figure::Manual => None,
        }
    }

    /// How many days its figure stands on.
    fn days(&self, year: &Year) -> u32 {
        let fewest = || Pollutant::ALL.into_iter().map(|p| year.valid(p)).min();
        match self.figure {
            Figure::GoodDays | Figure::HeavyDays => {
                year.summary.as_ref().map_or(0, |summary| summary.days.valid())
            }
            Figure::Pm25 => year.valid(Pollutant::Pm25),
            Figure::O3 => year.valid(Pollutant::O3),
            Figure::Composite => fewest().unwrap_or(0),
            Figure::Manual => 0,
        }
    }

    fn budget(&self, year: &Year) -> Option<Budget> {
        let days = year.summary.as_ref()?.days;
        match self.figure {
            Figure::GoodDays => {
                // Days that are over and have no index count as without.
                let without = year.gone().saturating_sub(days.valid());
                let days = crate::domain::air::good::DayCount { without, ..days };
                Budget::of_good_days(self.goal, year.total(), days)
            }
            Figure::HeavyDays => {
                let whole = u32::try_from(self.goal.value.micro() / Value::ONE).ok()?;
                let allowed = match self.goal.sense {
                    Sense::AtMost => whole,
                    Sense::Below => whole.checked_sub(1)?,
                    Sense::AtLeast | Sense::Above => return None,
                };
                Some(Budget {
                    total: year.total(),
                    elapsed: year.gone(),
                    allowed,
                    used: days.heavy(),
                })
            }
            Figure::Pm25 | Figure::O3 | Figure::Composite | Figure::Manual => None,
        }
    }
}

/// How many goals may be lost or are lost, as far as there are figures.
pub fn at_risk(targets: &[Target], year: Option<&Year>) -> usize {
    targets
        .iter()
        .filter(|target| target.see(year).is_at_risk())
        .count()
}

impl Seen {
    /// Whether the room must look at it: it may be lost or is lost. A target without a figure is not one of them; it is
    /// counted by itself.
    pub fn is_at_risk(&self) -> bool {
        let reason = self.judgement.reason;
        reason != Reason::NoFigure && reason.standing() >= crate::domain::target::Standing::AtRisk
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::air::index::Day;
    use crate::domain::playbook::Origin;
    use crate::domain::target::Standing;
    use chrono::NaiveDate;
    use std::collections::BTreeMap;

    fn target(figure: Figure, goal: &str, sense: Sense) -> Target {
        Target {
            id: TargetId::new("t"),
            name: Words::default(),
            figure,
            goal: Goal {
                value: Value::parse(goal).expect("a number"),
                sense,
            },
            unit: Clean::default(),
            last_year: None,
            now: None,
            provenance: Provenance {
                origin: Origin::Default,
                text: Words::default(),
            },
        }
    }

    /// `gone` days of 2025, of which the first `with` have values and every `bad`th is bad.
    fn year(gone: u32, with: u32, bad: u32) -> Year {
        let first = NaiveDate::from_ymd_opt(2025, 1, 1).expect("a date");
        let of = |v| Some(Value::whole(v));
        let days: BTreeMap<NaiveDate, Day> = (1..=with)
            .zip(first.iter_days())
            .map(|(nth, date)| {
                let pm25 = if nth % bad == 0 { 90 } else { 28 };
                (date, Day::of([of(7), of(28), of(1), of(100), of(50), of(pm25)]))
            })
            .collect();
        let until = first.iter_days().nth(gone as usize - 1).expect("a day");
        Year::of(crate::domain::air::Norm::Hj633, until, days)
    }

    #[test]
    fn a_ratio_of_good_days_has_a_budget_and_is_judged_by_its_pace() {
        let target = target(Figure::GoodDays, "87.7", Sense::Above);
        let seen = target.see(Some(&year(300, 300, 5)));
        assert_eq!(seen.judgement.reason, Reason::OutOfReach, "60 bad of 44 allowed");
        let seen = target.see(Some(&year(300, 300, 10)));
        let budget = seen.budget.expect("days");
        assert_eq!((budget.allowed, budget.used, budget.left()), (44, 30, 14));
        assert_eq!(seen.judgement.standing, Standing::Met);
        assert_eq!(seen.marks.now, Value::parse("90"));
    }

    #[test]
    fn a_figure_of_too_few_days_is_shown_and_claims_nothing() {
        let target = target(Figure::Pm25, "31", Sense::Below);
        let seen = target.see(Some(&year(300, 200, 400)));
        assert_eq!((seen.marks.now, seen.too_few), (None, Some(Value::whole(28))));
        assert_eq!(seen.judgement.reason, Reason::NoFigure);
        assert!(!seen.is_at_risk(), "no claim either way");
        let enough = target.see(Some(&year(300, 270, 400)));
        assert_eq!(enough.marks.now, Some(Value::whole(28)));
        assert!(enough.needed.is_some());
    }

    #[test]
    fn a_figure_given_by_hand_stands_where_there_are_no_days() {
        let mut target = target(Figure::GoodDays, "87.7", Sense::Above);
        assert_eq!(target.see(None).judgement.reason, Reason::NoFigure);
        target.now = Value::parse("80");
        let seen = target.see(Some(&year(300, 2, 400)));
        assert_eq!((seen.marks.now, seen.from), (target.now, From::Hand));
        assert!(seen.is_at_risk());
    }

    #[test]
    fn one_heavy_day_loses_a_goal_of_none() {
        let target = target(Figure::HeavyDays, "0", Sense::AtMost);
        assert_eq!(
            target.see(Some(&year(300, 300, 400))).judgement.reason,
            Reason::Clear
        );
    }
}
