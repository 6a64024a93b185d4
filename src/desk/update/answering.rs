//! What units answer: set aside where it may not be believed, else onto its order, and along the playbook where a step waits
//! for it. All answers of one poll count, each where the one before it led.

use crate::desk::update::Desk;
use crate::desk::update::batch::Batch;
use crate::domain::case::Case;
use crate::domain::decide::answering::Named;
use crate::domain::decide::{answering, engine};
use crate::domain::fact::Fact;
use crate::domain::feed::{BadRow, FlawKind, PollResult, TaskAnswer};
use crate::domain::id::{CaseId, OperatorId, TaskId};
use crate::domain::ledger::Stream;
use crate::domain::person::Actor;
use crate::domain::task::Task;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use std::collections::HashMap;

impl Desk {
    /// Answers that may be believed stay, oldest first; the others are flaws, counted with those of the poll.
    pub(super) fn sort_answers(&self, take: &mut PollResult, now: Moment) {
        let mut answers = std::mem::take(&mut take.answers);
        answers.sort_by_key(|answer| answer.at);
        for answer in answers {
            match self.doubt(&answer, now) {
                None => take.answers.push(answer),
                Some(why) => take.set_aside(BadRow {
                    place: Clean::new(answer.task.as_str()),
                    found: Clean::new(&format!(
                        "{} {} {}",
                        answer.unit,
                        answer.kind,
                        answer.at.rfc3339(self.zone())
                    )),
                    why,
                }),
            }
        }
    }

    fn doubt(&self, answer: &TaskAnswer, now: Moment) -> Option<FlawKind> {
        match answering::named(&self.board.state, answer.task.as_str()) {
            None => Some(FlawKind::NoOrder),
            Some(Named::Bygone) => None,
            Some(Named::Order(task)) if answering::is_known(task, answer) => None,
            Some(Named::Order(task)) => answering::doubt(task, answer, now),
        }
    }

    /// Answers that are believed, oldest first.
    pub(super) fn take_answers(&self, answers: &[TaskAnswer], batch: &mut Batch) {
        let state = &self.board.state;
        let (mut tasks, mut cases) = (HashMap::<TaskId, Task>::new(), HashMap::<CaseId, Case>::new());
        for answer in answers {
            let Some(Named::Order(task)) = answering::named(state, answer.task.as_str()) else {
                continue;
            };
            let task = tasks.entry(task.id.clone()).or_insert_with(|| task.clone());
            let Some(fact) = answering::answered(task, answer) else {
                continue;
            };
            let by = Actor::Person(OperatorId::new(task.order.unit.as_str()));
            task.apply(&fact, &by, batch.at(), task.version + 1);
            batch.push_by(state, Stream::Task(task.id.clone()), Fact::Task(fact), by.clone());
            let Some(case) = state.cases.get(&task.order.case) else {
                continue;
            };
            let case = cases.entry(case.id.clone()).or_insert_with(|| case.clone());
            self.step_answered(case, answer, by, batch);
        }
    }

    /// The step of its case that an answer makes.
    fn step_answered(&self, case: &mut Case, answer: &TaskAnswer, by: Actor, batch: &mut Batch) {
        let Some(playbook) = self.playbook(&case.matter.playbook) else {
            return;
        };
        if let Some(fact) = engine::answered(case, playbook, answer) {
            case.apply(&fact, &by, batch.at(), case.version + 1);
            let stream = Stream::Case(case.id.clone());
            batch.push_by(&self.board.state, stream, Fact::Case(fact), by);
        }
    }
}
