//! How much needs a person (待处置): alarms that nobody has seen, orders that do not arrive, cases past their time.
//!
//! Each is judged where it stands ([`AlarmState::needs_person`](crate::domain::alarm::AlarmState::needs_person),
//! [`Task::needs_person`](crate::domain::task::Task::needs_person), [`is_late`]); here they are counted together, for
//! what a list says lies outside it.

use crate::domain::case::clock::is_late;
use crate::domain::id::PlaybookId;
use crate::domain::ledger::State;
use crate::domain::playbook::Playbook;
use crate::domain::time::Moment;

/// How many matters need a person: alarms, orders and cases, each for itself.
pub fn count(state: &State, playbooks: &[Playbook], now: Moment) -> usize {
    let orders = state.tasks.values().filter(|task| task.needs_person()).count();
    let of = |id: &PlaybookId| playbooks.iter().find(|playbook| playbook.id == *id);
    let cases = state.cases.values();
    let late = cases.filter(|one| is_late(one, of(&one.matter.playbook), now));
    state.unseen_count() + orders + late.count()
}
