//! Orders on their way: what came of each attempt, and the next way where one fails.

use crate::desk::Effect;
use crate::desk::update::Desk;
use crate::desk::update::batch::Batch;
use crate::domain::fact::Fact;
use crate::domain::fact::task::TaskFact;
use crate::domain::id::{ChannelId, TaskId};
use crate::domain::ledger::Stream;
use crate::domain::person::Actor;
use crate::domain::task::outcome;
use crate::domain::task::outcome::Outcome;
use crate::domain::time::Moment;
use crate::domain::ways;

impl Desk {
    /// An attempt to deliver an order ended.
    pub(super) fn sent(
        &mut self,
        id: &TaskId,
        (way, at): (&ChannelId, Moment),
        outcome: Outcome,
    ) -> Vec<Effect> {
        let Some(task) = self.board.state.tasks.get(id) else {
            return Vec::new();
        };
        let own = self.board.room.directory.ways_to(&task.order.unit);
        let next = ways::after(own, way);
        let mut batch = Batch::of_desk(at);
        for fact in outcome::follow(task, (way, at), outcome, next) {
            if let TaskFact::Delivered { .. } = fact {
                self.arrived(task, &Actor::Desk, &mut batch);
            }
            batch.push(&self.board.state, Stream::Task(id.clone()), Fact::Task(fact));
        }
        batch.into_effects(None)
    }

    /// Attempts begin by ways without a key.
    pub(super) fn begins(&mut self, tasks: &[TaskId], at: Moment) -> Vec<Effect> {
        let mut batch = Batch::of_desk(at);
        for task in tasks.iter().filter_map(|id| self.board.state.tasks.get(id)) {
            if let Some(fact) = outcome::begun(task) {
                let stream = Stream::Task(task.id.clone());
                batch.push(&self.board.state, stream, Fact::Task(fact));
            }
        }
        batch.into_effects(None)
    }
}
