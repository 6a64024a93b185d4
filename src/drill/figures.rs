//! The year's figures: each counted from a state folded out of the whole ledger, beside what the yearly report says.
//!
//! The expected ones of a part of a year are its share. What a figure counts stands in its row.

use crate::domain::case::Case;
use crate::domain::case::CaseFact;
use crate::domain::ledger::State;
use crate::domain::quantity::Value;
use crate::domain::time::CHINA;
use crate::domain::time::Moment;
use crate::training::year::Plan;
use crate::training::year::volume;
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// A figure, expected and counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// Its id in the yearly report's list.
    pub id: &'static str,
    /// What the report says.
    pub expected: Value,
    /// What the ledger says, rounded alike; `None` where it says nothing.
    pub actual: Option<Value>,
    /// Digits behind the point.
    pub decimals: u32,
}

impl Figure {
    /// Whether both are the same.
    pub fn is_met(&self) -> bool {
        self.actual == Some(self.expected)
    }
}

/// One row a count: its id, the year's volume, how it is counted.
type Row = (&'static str, u32, fn(&State) -> u64);

const COUNTS: &[Row] = &[
    ("fires", volume::FIRES, |state| {
        count(state, "straw-fire", |case| {
            case.closed.is_some() && is(case.verdict.as_ref(), "true")
        })
    }),
    ("hot_grid_warnings", volume::GRIDS, |state| {
        count(state, "hot-grid", |case| case.closed.is_some())
    }),
    ("hot_grid_enterprises", volume::GRID_FIRMS, |state| {
        let firms = |case: &Case| case.field("firms").parse::<u64>().unwrap_or(0);
        of(state, "hot-grid").map(firms).sum()
    }),
    ("control_days", volume::CONTROL_DAYS, |state| {
        let days = of(state, "episode").flat_map(days_in_force);
        days.collect::<BTreeSet<NaiveDate>>().len() as u64
    }),
    ("cruise_days", volume::CRUISE_DAYS, |state| {
        let days = of(state, "cruise").flat_map(|case| made(case, "start"));
        days.map(|at| at.date(CHINA)).collect::<BTreeSet<_>>().len() as u64
    }),
    ("control_problems", volume::CONTROL_PROBLEMS, |state| {
        problems(state, "episode", true)
    }),
    ("curtailments", volume::CURTAILMENTS, |state| {
        count(state, "curtailment", |case| made(case, "effect").next().is_some())
    }),
    ("supervised", volume::SUPERVISED, |state| {
        problems(state, "area_source", true)
    }),
    ("problems_found", volume::PROBLEMS, |state| {
        count(state, "problem", |case| !is(case.verdict.as_ref(), "false"))
    }),
    (
        "problems_closed",
        volume::PROBLEMS - volume::PROBLEMS_OPEN,
        |state| count(state, "problem", is_put_right),
    ),
    ("problems_open", volume::PROBLEMS_OPEN, |state| {
        count(state, "problem", |case| {
            !is(case.verdict.as_ref(), "false") && !is_put_right(case)
        })
    }),
    ("green_sword_points", volume::SWORD_POINTS, |state| {
        count(state, "inspection", |case| {
            case.field("draw").starts_with("绿剑") && made(case, "inspect").next().is_some()
        })
    }),
    ("green_sword_problems", volume::SWORD_PROBLEMS, |state| {
        problems(state, "green_sword", true)
    }),
    ("petitions", volume::PETITIONS, |state| {
        count(state, "petition", |case| made(case, "accept").next().is_some())
    }),
    ("noise_repeats", volume::NOISE_REPEATS, |state| noise(state).0),
    ("source_water_problems", volume::SOURCE_WATER, |state| {
        problems(state, "water_source", false)
    }),
    ("mine_problems", volume::MINES, |state| {
        problems(state, "mine", true)
    }),
    ("inspection_problems", volume::INSPECTION, |state| {
        problems(state, "inspection", true)
    }),
    ("satellite_patches", volume::PATCHES, |state| {
        count(state, "patch", |case| made(case, "check").next().is_some())
    }),
];

/// Every figure that the ledger can tell.
pub fn of_year(plan: &Plan, state: &State) -> Vec<Figure> {
    let mut all: Vec<Figure> = COUNTS
        .iter()
        .map(|(id, whole, counted)| Figure {
            id,
            expected: Value::whole(expected(plan, id, *whole)),
            actual: Some(Value::whole(counted(state) as i64)),
            decimals: 0,
        })
        .collect();
    let (repeats, base) = noise(state);
    let share = |repeats: u64, base: u64| {
        let percent = Value::whole(100).scale(repeats as i64, base.max(1) as i64);
        percent.map(|percent| percent.round(1))
    };
    let (wanted, among) = (plan.volume(volume::NOISE_REPEATS), plan.volume(volume::NOISE));
    all.push(Figure {
        id: "noise_repeat_share",
        expected: share(wanted.into(), among.into()).unwrap_or_default(),
        actual: share(repeats, base),
        decimals: 1,
    });
    all
}

/// What is closed is what is not open, also where shares were rounded.
fn expected(plan: &Plan, id: &str, whole: u32) -> i64 {
    let share = plan.volume(whole);
    let closed = plan.volume(volume::PROBLEMS) - plan.volume(volume::PROBLEMS_OPEN);
    i64::from(if id == "problems_closed" { closed } else { share })
}

fn of<'a>(state: &'a State, playbook: &'a str) -> impl Iterator<Item = &'a Case> {
    let all = state.cases.values();
    all.filter(move |case| case.matter.playbook.as_str() == playbook)
}

fn count(state: &State, playbook: &str, wanted: impl Fn(&Case) -> bool) -> u64 {
    of(state, playbook).filter(|case| wanted(case)).count() as u64
}

fn is(found: Option<&crate::domain::text::Clean>, wanted: &str) -> bool {
    found.is_some_and(|found| found.as_str() == wanted)
}

/// Problems of that source; those put right alone where `closed`.
fn problems(state: &State, source: &str, closed: bool) -> u64 {
    count(state, "problem", |case| {
        case.field("source") == source && (!closed || is_put_right(case))
    })
}

/// Accepted and not rebounded since: closed, or looked back at (完成整改).
fn is_put_right(case: &Case) -> bool {
    let stages = ["closed", "look_back", "held", "look_back_again", "ended"];
    stages.contains(&case.stage.as_str())
}

/// Repeated noise complaints, and all noise complaints that were accepted: the repeats' own base.
fn noise(state: &State) -> (u64, u64) {
    let accepted = |case: &&Case| case.field("medium") == "noise" && made(case, "accept").next().is_some();
    let all = of(state, "petition").filter(accepted);
    all.fold((0, 0), |(repeats, all), case| {
        (repeats + u64::from(case.matter.repeats.is_some()), all + 1)
    })
}

/// When a step was made.
fn made<'a>(case: &'a Case, wanted: &'a str) -> impl Iterator<Item = Moment> + 'a {
    case.timeline.iter().filter_map(move |line| match &line.fact {
        CaseFact::Moved { step, .. } if step.as_str() == wanted => Some(line.at),
        CaseFact::Moved { .. }
        | CaseFact::Opened(_)
        | CaseFact::Reverted { .. }
        | CaseFact::Late { .. }
        | CaseFact::Joined(_)
        | CaseFact::Ordered(_)
        | CaseFact::Noted(_) => None,
    })
}

/// The local days on which an episode was in force: from its start to its end, both counted.
fn days_in_force(case: &Case) -> Vec<NaiveDate> {
    let (Some(start), Some(end)) = (made(case, "start").next(), made(case, "lift").last()) else {
        return Vec::new();
    };
    let last = end.date(CHINA);
    let days = start.date(CHINA).iter_days();
    days.take_while(|day| *day <= last).collect()
}
