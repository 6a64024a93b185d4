//! An order has arrived, or is withdrawn: its case is led on, or back, where a step waits for that.

use crate::desk::update::Desk;
use crate::desk::update::batch::Batch;
use crate::domain::case::Case;
use crate::domain::decide::{engine, withdrawal};
use crate::domain::fact::Fact;
use crate::domain::id::TaskId;
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

    /// What the withdrawal of `task` makes of its case: it is to be sent anew, unless another order of that sending stands.
    pub(super) fn recalled(&self, task: &Task, batch: &mut Batch) {
        let state = &self.board.state;
        let case = state.cases.get(&task.order.case);
        let Some((case, playbook)) =
            case.and_then(|case| Some((case, self.playbook(&case.matter.playbook)?)))
        else {
            return;
        };
        let stands = |id: &TaskId| {
            let other = state.tasks.get(id);
            other.is_some_and(Task::is_outstanding) && !batch.withdraws(id)
        };
        if let Some(fact) = withdrawal::withdrawn(case, playbook, &task.id, stands) {
            self.push_case(batch, case, fact);
        }
    }
}
