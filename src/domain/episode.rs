//! A control episode (应急管控) as figures: which one is in force, its level, its day, and all that runs under it.
//!
//! A view over the cases of the loops `episode`, `measure`, `curtailment`, `cruise` and `problem`; it decides nothing.
//! Read by the Control screen, the Overview, rules that watch curtailed enterprises, and reports. What runs under an
//! episode is in [`under`].

pub mod under;

use crate::domain::case::Case;
use crate::domain::id::{CaseId, EnterpriseId, PlaybookId, StageId};
use crate::domain::scene::Restraint;
use crate::domain::state::State;
use crate::domain::time::{Moment, Zone};
use chrono::NaiveDate;
use imbl::OrdMap;
use std::collections::BTreeSet;

pub use crate::domain::playbook::meaning::cruise::LOOP as CRUISE;
pub use crate::domain::playbook::meaning::curtailment::{LIMIT_KW, LOOP as CURTAILMENT, WATCH};
pub use crate::domain::playbook::meaning::episode::{CAUSE, ENDS, LEVEL, LOOP as EPISODE, ORDER_NO};
pub use crate::domain::playbook::meaning::measure::LOOP as MEASURE;
pub use crate::domain::playbook::meaning::problem::LOOP as PROBLEM;

/// How far an episode is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Talked about or proposed (会商、拟启动).
    Proposed,
    /// Ordered and on its way to units and enterprises (已发布).
    Issued,
    /// In force, also while its lifting is proposed (响应中、拟解除).
    InForce,
    /// Lifted, evaluated or filed (已终止、评估、归档).
    Lifted,
    /// Talked about and not started (未启动).
    Dropped,
}

/// What the stages of the loop `episode` mean, each with how far it is.
const PHASES: &[(&str, Phase)] = &[
    ("consulting", Phase::Proposed),
    ("proposed", Phase::Proposed),
    ("issued", Phase::Issued),
    ("in_force", Phase::InForce),
    ("lifting", Phase::InForce),
    ("lifted", Phase::Lifted),
    ("evaluated", Phase::Lifted),
    ("filed", Phase::Lifted),
    ("not_started", Phase::Dropped),
];

fn phase_of(means: &StageId) -> Option<Phase> {
    let row = PHASES.iter().find(|row| row.0 == means.as_str());
    row.map(|row| row.1)
}

/// Which day of an episode it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    /// The first local day is 1.
    pub nth: u32,
    /// How many there will be, where its last day is expected.
    pub of: Option<u32>,
}

/// One episode, with the state that it stands in.
#[derive(Clone, Copy, Debug)]
pub struct Episode<'a> {
    /// Its case.
    pub case: &'a Case,
    state: &'a State,
}

impl<'a> Episode<'a> {
    /// The episode of that number; `None` where there is none or it is a case of another loop.
    pub fn of(state: &'a State, id: &CaseId) -> Option<Self> {
        let case = state.cases.get(id)?;
        is(case, EPISODE).then_some(Self { case, state })
    }

    /// Every episode in hand, in the order of their numbers.
    pub fn all(state: &'a State) -> impl Iterator<Item = Self> {
        let cases = state.cases_of(&PlaybookId::new(EPISODE));
        cases.map(move |case| Self { case, state })
    }

    /// The one that the room is busy with: of those not over, the one furthest along; of several alike the newest.
    pub fn now(state: &'a State) -> Option<Self> {
        let open = Self::all(state).filter(|episode| episode.phase() < Phase::Lifted);
        open.max_by_key(|episode| (episode.phase(), episode.case.matter.detected))
    }

    /// The one that was lifted last.
    pub fn last(state: &'a State) -> Option<Self> {
        let over = Self::all(state).filter(|episode| episode.phase() == Phase::Lifted);
        over.max_by_key(Self::lifted)
    }

    /// How far it is. A stage that the loop of this program does not know counts as in force while it is open.
    pub fn phase(&self) -> Phase {
        let unknown = if self.case.is_open() {
            Phase::InForce
        } else {
            Phase::Lifted
        };
        phase_of(&self.case.state.means).unwrap_or(unknown)
    }

    /// Whether it is ordered or in force: what was ordered under it holds.
    pub fn is_running(&self) -> bool {
        matches!(self.phase(), Phase::Issued | Phase::InForce)
    }

    /// The code of its level; empty before one is given.
    pub fn level(&self) -> &'a str {
        self.case.field(LEVEL)
    }

    /// Since when it is or was in force; `None` before.
    pub fn began(&self) -> Option<Moment> {
        first_in(self.case, Phase::InForce)
    }

    /// Since when it is lifted; `None` before.
    pub fn lifted(&self) -> Option<Moment> {
        first_in(self.case, Phase::Lifted)
    }

    /// Its expected last day.
    pub fn ends(&self) -> Option<NaiveDate> {
        self.case.field(ENDS).parse().ok()
    }

    /// Which of its days it is at `now`, or was when it was lifted; `None` before it is in force.
    pub fn day(&self, now: Moment, zone: Zone) -> Option<Day> {
        let first = self.began()?.date(zone);
        let nth = |last: NaiveDate| u32::try_from((last - first).num_days() + 1).ok();
        let today = self.lifted().unwrap_or(now).date(zone);
        Some(Day {
            nth: nth(today)?,
            of: self.ends().and_then(nth).filter(|of| *of > 0),
        })
    }

    /// The local days on which it was in force until `now` (管控天数).
    pub fn days(&self, now: Moment, zone: Zone) -> impl Iterator<Item = NaiveDate> + use<> {
        let first = self.began().map(|at| at.date(zone));
        let last = self.lifted().unwrap_or(now).date(zone);
        let days = first.into_iter().flat_map(|day| day.iter_days());
        days.take_while(move |day| *day <= last)
    }

    /// Every case under it, in the order of their numbers.
    fn under(&self, of: &'static str) -> impl Iterator<Item = &'a Case> + use<'a> {
        let cases = self.state.under(&self.case.id);
        cases.filter(move |case| is(case, of))
    }
}

/// The local days on which any episode was in force until `now`; two on one day count it once.
pub fn control_days(state: &State, now: Moment, zone: Zone) -> BTreeSet<NaiveDate> {
    let all = Episode::all(state);
    all.flat_map(|episode| episode.days(now, zone)).collect()
}

/// What curtailed enterprises may draw now, and since when: those told to, whose limit is known, under an episode that is
/// ordered or in force. While one explains itself or is looked at on site its limit holds on. One under two episodes stands
/// under both limits.
pub fn curtailed(state: &State) -> OrdMap<EnterpriseId, Vec<Restraint>> {
    let mut limits: OrdMap<EnterpriseId, Vec<Restraint>> = OrdMap::new();
    let running = state.children.keys().filter_map(|id| Episode::of(state, id));
    for episode in running.filter(Episode::is_running) {
        for curtailed in episode.curtailments() {
            if let (Some(enterprise), Some(restraint)) = (curtailed.enterprise(), curtailed.restraint()) {
                limits.entry(enterprise.clone()).or_default().push(restraint);
            }
        }
    }
    limits
}

/// Whether a case runs by that loop.
fn is(case: &Case, playbook: &str) -> bool {
    case.matter.playbook.as_str() == playbook
}

/// When a case first entered a stage of that phase.
fn first_in(case: &Case, phase: Phase) -> Option<Moment> {
    let walk = case.walk();
    let mut there = walk
        .meanings()
        .filter(|(means, _)| phase_of(means) == Some(phase));
    there.next().map(|(_, at)| at)
}

#[cfg(test)]
mod tests;
