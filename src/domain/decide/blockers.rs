//! All that forbids a hand-over now, judged from the room's state: nobody leaves a room with these open (交接「三清」).

use crate::domain::case::walk::Walked;
use crate::domain::case::{Case, CaseLine};
use crate::domain::episode::{EPISODE, Episode};
use crate::domain::fact::case::CaseFact;
use crate::domain::fact::shift::Blocker;
use crate::domain::id::PlaybookId;
use crate::domain::person::Actor;
use crate::domain::playbook::Playbook;
use crate::domain::playbook::meaning::emergency;
use crate::domain::shift::{Obstacle, Override, Shift};
use crate::domain::signal::Severity;
use crate::domain::state::State;
use crate::domain::time::Moment;

/// The playbook of environmental emergencies.
pub const EMERGENCY: &str = emergency::LOOP;

/// All that forbids this shift's hand-over, overridden or not: alarms worst first, then cases by number.
pub fn blockers(state: &State, playbooks: &[Playbook], shift: &Shift) -> Vec<Obstacle> {
    let alarms = state.unseen_from(Severity::Orange).map(|rank| Obstacle {
        what: Blocker::Alarm(rank.3.clone()),
        since: rank.2.0,
    });
    let open = [EPISODE, EMERGENCY].map(|own| state.open_of(&PlaybookId::new(own)));
    let mut open: Vec<&Case> = open.into_iter().flatten().collect();
    open.sort_by_key(|case| &case.id);
    let cases = open.into_iter().filter_map(|case| {
        let what = match case.matter.playbook.as_str() {
            EPISODE if is_running(state, case) && !is_noted(case, shift) => Blocker::Episode(case.id.clone()),
            EMERGENCY if has_clock(case, playbooks) => Blocker::Report(case.id.clone()),
            _ => return None,
        };
        let since = case.state.entered + case.state.stepped;
        Some(Obstacle { what, since })
    });
    alarms.chain(cases).collect()
}

/// What stands in the way of a hand-over now: what still forbids it, and what a leader let pass and is still so.
#[derive(Clone, Debug)]
pub struct InTheWay<'a> {
    /// What forbids it.
    pub open: Vec<Blocker>,
    /// What was let pass, by whom and why; only while it still stands. Never empty lists.
    pub passed: Vec<(&'a Override, Vec<Blocker>)>,
}

impl<'a> InTheWay<'a> {
    /// As it is now: letting something pass does not make it go away, and what comes anew is not let pass.
    pub fn of(state: &State, playbooks: &[Playbook], shift: &'a Shift) -> Self {
        let all = blockers(state, playbooks, shift);
        let newest = |one: &Obstacle| shift.overrides.iter().rposition(|pass| pass.covers(one));
        let by = |nth: usize| {
            let own = all.iter().filter(|one| newest(one) == Some(nth));
            own.map(|one| one.what.clone()).collect::<Vec<_>>()
        };
        let passed = shift.overrides.iter().enumerate();
        let passed = passed.map(|(nth, pass)| (pass, by(nth)));
        Self {
            open: shift.standing(&all),
            passed: passed.filter(|(_, own)| !own.is_empty()).collect(),
        }
    }

    /// Whether nothing is: only then may "none" be said.
    pub fn is_empty(&self) -> bool {
        self.open.is_empty() && self.passed.is_empty()
    }
}

/// Whether a person wrote a note on the case, or made a step of it with words that stands, since the shift was taken.
fn is_noted(case: &Case, shift: &Shift) -> bool {
    let since = shift.taken.at.min(shift.duty.from);
    let is_new = |at: Moment, by: &Actor| at >= since && *by != Actor::Desk;
    let noted = |line: &CaseLine| matches!(line.fact, CaseFact::Noted { .. }) && is_new(line.at, &line.by);
    let walk = case.walk();
    let said = |step: &Walked<'_>| !step.given.comment.is_empty() && is_new(step.at, step.by);
    case.timeline.iter().any(noted) || walk.steps().iter().any(said)
}

/// Whether an episode is ordered or in force.
fn is_running(state: &State, case: &Case) -> bool {
    Episode::of(state, &case.id).is_some_and(|episode| episode.is_running())
}

fn has_clock(case: &Case, playbooks: &[Playbook]) -> bool {
    let playbook = playbooks.iter().find(|p| p.id == case.matter.playbook);
    playbook.is_some_and(|playbook| case.due(playbook).is_some())
}
