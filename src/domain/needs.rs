//! What needs a person (待处置): alarms that nobody has seen, orders that do not arrive, cases past their time.
//!
//! The one judgement behind every list of unhandled matters, every count of them, and what a list says lies outside it.

use crate::domain::alarm::UNSEEN;
use crate::domain::case::clock::is_late;
use crate::domain::id::PlaybookId;
use crate::domain::ledger::AlarmRank;
use crate::domain::ledger::State;
use crate::domain::playbook::Playbook;
use crate::domain::time::Moment;

/// The alarms that nobody has seen, worst first.
pub fn unseen(state: &State) -> impl Iterator<Item = &AlarmRank> {
    state.ranks.iter().take_while(|rank| rank.0.is_unseen())
}

/// How many alarms nobody has seen.
pub fn unseen_count(state: &State) -> usize {
    UNSEEN.iter().map(|one| state.count(*one)).sum()
}

/// How many matters need a person: alarms, orders and cases, each for itself.
pub fn count(state: &State, playbooks: &[Playbook], now: Moment) -> usize {
    let orders = state.tasks.values().filter(|task| task.needs_person()).count();
    let of = |id: &PlaybookId| playbooks.iter().find(|playbook| playbook.id == *id);
    let cases = state.cases.values();
    let late = cases.filter(|one| is_late(one, of(&one.matter.playbook), now));
    unseen_count(state) + orders + late.count()
}
