//! An order has arrived: its case is led on where a step waits for that.

use crate::desk::update::Desk;
use crate::desk::update::batch::Batch;
use crate::domain::case::Case;
use crate::domain::case::engine;
use crate::domain::fact::Fact;
use crate::domain::ledger::Stream;
use crate::domain::person::Actor;
use crate::domain::task::Task;

impl Desk {
    /// What the arrival of `task` makes of its case: a measure is to be signed, an enterprise is told. Gives the case as it
    /// is after that; `None` where it is no more.
    pub(super) fn arrived(&self, task: &Task, by: &Actor, batch: &mut Batch) -> Option<Case> {
        let state = &self.board.state;
        let mut case = state.cases.get(&task.order.case)?.clone();
        let playbook = self.playbook(&case.matter.playbook)?;
        let step = engine::delivered(&case, playbook, &task.id);
        if let Some(fact) = step.filter(|_| task.is_undelivered()) {
            case.apply(&fact, by, batch.at(), case.version + 1);
            let stream = Stream::Case(case.id.clone());
            batch.push_by(state, stream, Fact::Case(fact), by.clone());
        }
        Some(case)
    }
}
