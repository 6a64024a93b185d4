//! The goals that a room has set itself for the year, and how each of them stands.
//!
//! A target's figure is computed from the year's days where they are enough, or else given by hand in the
//! configuration; a figure of too few days is shown as such and decides nothing. A typed figure is held against the live
//! data that it belongs to ([`live`](super::live)): nothing is claimed that they do not bear out.

use crate::domain::air::Pollutant;
use crate::domain::air::year::Year;
use crate::domain::id::TargetId;
use crate::domain::playbook::{Provenance, Words};
use crate::domain::quantity::Value;
use crate::domain::target::budget::Budget;
use crate::domain::target::live::{Bearing, Live, LiveData, LiveFigure};
use crate::domain::target::need::YearMean;
use crate::domain::target::score::Table;
use crate::domain::target::seen::{From, TargetView};
use crate::domain::target::{Goal, Judgement, MARGIN_PERCENT, Marks, Sense, TargetReason, need, score};
use crate::domain::text::Clean;
use crate::domain::water::{Body, Class, Item};

/// Which figure a target is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetFigure {
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
    /// Points by a table of rules over other goals' figures.
    Points,
    /// Given by hand.
    Manual,
}

/// Months of a year: the parts of a mean that is made of monthly ones.
const MONTHS: u32 = 12;

/// One row a figure: its key in the configuration.
pub const FIGURES: &[(TargetFigure, &str)] = &[
    (TargetFigure::GoodDays, "good_days"),
    (TargetFigure::HeavyDays, "heavy_days"),
    (TargetFigure::Pm25, "pm25"),
    (TargetFigure::O3, "o3"),
    (TargetFigure::Composite, "composite"),
    (TargetFigure::Points, "points"),
    (TargetFigure::Manual, "manual"),
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
    pub figure: TargetFigure,
    /// What is wanted.
    pub goal: Goal,
    /// The unit of the figure; may be empty.
    pub unit: Clean,
    /// What last year came to.
    pub last_year: Option<Value>,
    /// The figure as given by hand.
    pub now: Option<Value>,
    /// Of how many months it is the mean, where it is one.
    pub months: Option<u32>,
    /// The class of water whose limit is the goal, where it is one.
    pub class: Option<(Body, Item, Class)>,
    /// Which live data it is held against.
    pub live: Live,
    /// The table of points, where its figure is made of one.
    pub table: Option<Table>,
    /// Who set the goal.
    pub provenance: Provenance,
}

/// What goals are seen by.
#[derive(Clone, Copy, Debug)]
pub struct PlanBasis<'a> {
    /// All goals: points by rules are made of the others' figures.
    pub targets: &'a [Target],
    /// The year's days.
    pub year: Option<&'a Year>,
    /// Where the live data stand.
    pub sight: LiveData<'a>,
}

impl Target {
    /// How it stands, by the year's days and the live data.
    pub fn see(&self, around: &PlanBasis<'_>) -> TargetView {
        if self.figure == TargetFigure::Points {
            return self.scored(around);
        }
        let year = around.year;
        let computed = year.and_then(|year| Some((year, self.compute(year)?, self.days(year))));
        let enough = |days: u32, gone: u32| u64::from(days) * ENOUGH.1 >= u64::from(gone) * ENOUGH.0;
        match computed {
            Some((year, value, days)) if days > 0 && enough(days, year.gone()) => {
                self.claimed(year, value, days)
            }
            other => {
                let too_few = other.map(|(_, value, _)| value);
                let from = match (self.now, year) {
                    (None, Some(year)) if self.figure != TargetFigure::Manual => From::Computed {
                        days: self.days(year),
                        gone: year.gone(),
                    },
                    _ => From::Hand,
                };
                self.typed(from, too_few, around)
            }
        }
    }

    /// A figure that was typed, or that the live data alone give.
    fn typed(&self, from: From, too_few: Option<Value>, around: &PlanBasis<'_>) -> TargetView {
        let held = self.live.hold(self.goal, &around.sight);
        let live = match held {
            Some(LiveFigure::Share(share)) if self.is_percent() => share.percent(),
            Some(LiveFigure::Share(share)) => Some(Value::whole(share.reaching.into())),
            Some(LiveFigure::Value { value, .. }) => value,
            None => None,
        };
        let (now, from) = match (self.now, live) {
            (None, Some(live)) => (Some(live), From::Live),
            (typed, _) => (typed, from),
        };
        let marks = self.marks(now);
        let mean = self.mean();
        let judgement = match (held, mean) {
            (Some(LiveFigure::Share(share)), _) if from == From::Live && self.is_percent() => {
                share.judge(false)
            }
            (_, Some(mean)) => mean.judge(MARGIN_PERCENT),
            (_, None) => self.judged(&marks),
        };
        let bearing = held.map(|held| held.bearing(self.goal, self.is_percent()));
        TargetView {
            judgement: self.borne_out(judgement, &marks, bearing),
            marks,
            from,
            too_few,
            needed: mean.and_then(|mean| mean.needed()),
            held,
            ..TargetView::empty()
        }
    }

    /// A figure that meets its goal is only claimed where the live data bear it out, or nothing measures it.
    fn borne_out(&self, judged: Judgement, marks: &Marks, bearing: Option<Bearing>) -> Judgement {
        if !marks.now.is_some_and(|now| self.goal.met(now)) {
            return judged;
        }
        match bearing {
            Some(Bearing::Misses) => TargetReason::Contradicted.judged(),
            Some(Bearing::Meets) => judged,
            None if self.live == Live::Nothing => judged,
            Some(Bearing::Undecided) | None => TargetReason::Unverified.judged(),
        }
    }

    fn is_percent(&self) -> bool {
        self.unit.as_str() == "%"
    }

    /// A mean of months whose rest can be reckoned (反推).
    fn mean(&self) -> Option<YearMean> {
        let done = self.months?;
        let of_class = |(body, item, class)| need::of_class(body, item, class, self.now, done);
        self.class.and_then(of_class).or(Some(YearMean {
            goal: self.goal,
            so_far: self.now,
            done,
            total: MONTHS,
            highest: self.is_percent().then_some(Value::whole(100)),
        }))
    }

    /// Points by rules over the figures of the other goals; no sum while one is missing.
    fn scored(&self, around: &PlanBasis<'_>) -> TargetView {
        let others = |key: &str| {
            let own = |target: &&Self| target.id.as_str() == key && target.figure != TargetFigure::Points;
            around.targets.iter().find(own).map(|target| target.see(around))
        };
        let figure = |key: &str| others(key).and_then(|seen| seen.marks.now);
        let lines = self.table.as_ref().map_or(&[][..], |table| &table.lines);
        let points = self
            .table
            .as_ref()
            .map(|table| table.rows(figure, self.goal.value));
        let marks = self.marks(score::total(lines, figure).filter(|_| !lines.is_empty()));
        let doubtful = lines.iter().filter_map(|line| others(&line.figure)).any(|seen| {
            matches!(
                seen.judgement.reason,
                TargetReason::Unverified | TargetReason::Contradicted
            )
        });
        let judged = marks.judge(MARGIN_PERCENT, false);
        let met = marks.now.is_some_and(|now| self.goal.met(now));
        TargetView {
            judgement: if doubtful && met {
                TargetReason::Unverified.judged()
            } else {
                judged
            },
            marks,
            from: From::Points,
            points: points.unwrap_or_default(),
            ..TargetView::empty()
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
            return TargetReason::Clear.judged();
        }
        marks.judge(MARGIN_PERCENT, false)
    }

    /// A figure that enough days stand behind.
    fn claimed(&self, year: &Year, value: Value, days: u32) -> TargetView {
        let marks = self.marks(Some(value));
        let over = year.gone() == year.total();
        let budget = self.budget(year);
        let mean = (self.figure == TargetFigure::Pm25).then(|| YearMean {
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
        TargetView {
            marks,
            judgement,
            from: From::Computed {
                days,
                gone: year.gone(),
            },
            budget,
            needed: mean.and_then(|mean| mean.needed()),
            allowed: self.allowed(year),
            ..TargetView::empty()
        }
    }

    /// What each pollutant may be for the composite index to come out at the goal, with what it is.
    fn allowed(&self, year: &Year) -> Vec<(Pollutant, Value, Value)> {
        let Some(summary) = year
            .summary
            .as_ref()
            .filter(|_| self.figure == TargetFigure::Composite)
        else {
            return Vec::new();
        };
        let statistics = summary.statistics();
        let formula = summary.composite.formula;
        let rows = Pollutant::ALL.into_iter().filter_map(|p| {
            let may = formula.allowed(p, &statistics, self.goal.value)?;
            Some((p, may, p.pick(&statistics)?))
        });
        rows.collect()
    }

    /// Its figure of all the days there are, enough or not.
    fn compute(&self, year: &Year) -> Option<Value> {
        let summary = year.summary.as_ref()?;
        let figures = |p: Pollutant| summary.pollutants.get(p.index());
        match self.figure {
            TargetFigure::GoodDays => summary.days.ratio(),
            TargetFigure::HeavyDays => Some(Value::whole(summary.days.heavy().into())),
            TargetFigure::Pm25 => figures(Pollutant::Pm25)?.mean.map(|v| v.round(0)),
            TargetFigure::O3 => figures(Pollutant::O3)?.percentile.map(|v| v.round(0)),
            TargetFigure::Composite => summary.composite.index,
            TargetFigure::Points | TargetFigure::Manual => None,
        }
    }

    /// How many days its figure stands on.
    fn days(&self, year: &Year) -> u32 {
        let fewest = || Pollutant::ALL.into_iter().map(|p| year.valid(p)).min();
        match self.figure {
            TargetFigure::GoodDays | TargetFigure::HeavyDays => {
                year.summary.as_ref().map_or(0, |summary| summary.days.valid())
            }
            TargetFigure::Pm25 => year.valid(Pollutant::Pm25),
            TargetFigure::O3 => year.valid(Pollutant::O3),
            TargetFigure::Composite => fewest().unwrap_or(0),
            TargetFigure::Points | TargetFigure::Manual => 0,
        }
    }

    fn budget(&self, year: &Year) -> Option<Budget> {
        let days = year.summary.as_ref()?.days;
        match self.figure {
            TargetFigure::GoodDays => {
                // Days that are over and have no index count as without.
                let without = year.gone().saturating_sub(days.valid());
                let days = crate::domain::air::good::DayCount { without, ..days };
                Budget::of_good_days(self.goal, year.total(), days)
            }
            TargetFigure::HeavyDays => {
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
            TargetFigure::Pm25
            | TargetFigure::O3
            | TargetFigure::Composite
            | TargetFigure::Points
            | TargetFigure::Manual => None,
        }
    }
}

/// How many goals may be lost or are lost, as far as there are figures that can be claimed.
pub fn at_risk(around: &PlanBasis<'_>) -> usize {
    let targets = around.targets.iter();
    targets.filter(|target| target.see(around).is_at_risk()).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::air::index::Day;
    use crate::domain::playbook::Origin;
    use crate::domain::target::TargetStanding;
    use chrono::NaiveDate;
    use std::collections::BTreeMap;

    fn target(figure: TargetFigure, goal: &str, sense: Sense) -> Target {
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
            months: None,
            class: None,
            live: Live::Nothing,
            table: None,
            provenance: Provenance {
                origin: Origin::Default,
                text: Words::default(),
            },
        }
    }

    fn see(target: &Target, year: Option<&Year>) -> TargetView {
        target.see(&PlanBasis {
            targets: &[],
            year,
            sight: LiveData {
                points: &imbl::OrdMap::new(),
                latest: &imbl::OrdMap::new(),
                now: crate::domain::time::Moment::from_ms(0),
            },
        })
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
        Year::of(crate::domain::air::Norm::Hj633, until, &days)
    }

    #[test]
    fn a_ratio_of_good_days_has_a_budget_and_is_judged_by_its_pace() {
        let target = target(TargetFigure::GoodDays, "87.7", Sense::Above);
        let seen = see(&target, Some(&year(300, 300, 5)));
        assert_eq!(
            seen.judgement.reason,
            TargetReason::OutOfReach,
            "60 bad of 44 allowed"
        );
        let seen = see(&target, Some(&year(300, 300, 10)));
        let budget = seen.budget.expect("days");
        assert_eq!((budget.allowed, budget.used, budget.left()), (44, 30, 14));
        assert_eq!(seen.judgement.standing, TargetStanding::Met);
        assert_eq!(seen.marks.now, Value::parse("90"));
    }

    #[test]
    fn a_figure_of_too_few_days_is_shown_and_claims_nothing() {
        let target = target(TargetFigure::Pm25, "31", Sense::Below);
        let seen = see(&target, Some(&year(300, 200, 400)));
        assert_eq!((seen.marks.now, seen.too_few), (None, Some(Value::whole(28))));
        assert_eq!(seen.judgement.reason, TargetReason::NoFigure);
        assert!(!seen.is_at_risk(), "no claim either way");
        let enough = see(&target, Some(&year(300, 270, 400)));
        assert_eq!(enough.marks.now, Some(Value::whole(28)));
        assert!(enough.needed.is_some());
    }

    #[test]
    fn a_figure_given_by_hand_stands_where_there_are_no_days() {
        let mut target = target(TargetFigure::GoodDays, "87.7", Sense::Above);
        assert_eq!(see(&target, None).judgement.reason, TargetReason::NoFigure);
        target.now = Value::parse("80");
        let seen = see(&target, Some(&year(300, 2, 400)));
        assert_eq!((seen.marks.now, seen.from), (target.now, From::Hand));
        assert!(seen.is_at_risk());
    }

    #[test]
    fn one_heavy_day_loses_a_goal_of_none() {
        let target = target(TargetFigure::HeavyDays, "0", Sense::AtMost);
        assert_eq!(
            see(&target, Some(&year(300, 300, 400))).judgement.reason,
            TargetReason::Clear
        );
    }
}
