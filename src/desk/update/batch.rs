//! Drafts that belong together: one decision, one transaction.

use crate::desk::{Effect, Request};
use crate::domain::fact::Fact;
use crate::domain::fact::alarm::{AlarmFact, Cause};
use crate::domain::fact::case::{CaseFact, Matter};
use crate::domain::fact::task::TaskFact;
use crate::domain::id::{AlarmId, CaseId, PlaybookId, PointId, SeatId, TaskId};
use crate::domain::ledger::{Draft, Stream};
use crate::domain::person::Actor;
use crate::domain::state::State;
use crate::domain::time::Moment;
use std::collections::HashMap;

/// Drafts of one decision, numbered after the state it was taken on.
pub(super) struct Batch {
    at: Moment,
    by: Actor,
    seat: Option<SeatId>,
    drafts: Vec<Draft>,
    /// Number of the last draft of each stream in this batch.
    last: HashMap<Stream, u32>,
}

impl Batch {
    /// Of the desk itself.
    pub(super) fn of_desk(at: Moment) -> Self {
        Self::new(at, Actor::Desk, None)
    }

    /// Of a person at a seat.
    pub(super) fn of_person(request: &Request) -> Self {
        Self::new(
            request.at,
            Actor::Person(request.by.id.clone()),
            Some(request.seat.clone()),
        )
    }

    fn new(at: Moment, by: Actor, seat: Option<SeatId>) -> Self {
        Self {
            at,
            by,
            seat,
            drafts: Vec::new(),
            last: HashMap::new(),
        }
    }

    /// Adds a fact by the batch's own actor.
    pub(super) fn push(&mut self, state: &State, stream: Stream, fact: Fact) {
        self.push_by(state, stream, fact, self.by.clone());
    }

    /// Adds a fact by another actor, such as the unit that answered.
    pub(super) fn push_by(&mut self, state: &State, stream: Stream, fact: Fact, by: Actor) {
        let expect = self
            .last
            .get(&stream)
            .copied()
            .unwrap_or_else(|| state.version(&stream));
        self.last.insert(stream.clone(), expect.saturating_add(1));
        self.drafts.push(Draft {
            stream,
            expect,
            at: self.at,
            by,
            seat: self.seat.clone(),
            fact,
        });
    }

    /// Whose decision it is.
    pub(super) fn by(&self) -> Actor {
        self.by.clone()
    }

    /// When the decision is taken.
    pub(super) fn at(&self) -> Moment {
        self.at
    }

    /// How many cases with that letter it opens already: the next one's number counts on from there.
    pub(super) fn opened(&self, letter: char) -> u32 {
        let own = |draft: &&Draft| matches!((&draft.stream, draft.expect), (Stream::Case(id), 0) if id.as_str().starts_with(letter));
        self.drafts.iter().filter(own).count() as u32
    }

    /// The cases it opens.
    pub(super) fn openings(&self) -> impl Iterator<Item = (&CaseId, &Matter)> {
        self.drafts.iter().filter_map(opened)
    }

    /// What a case that it opens is about.
    pub(super) fn matter(&self, case: &CaseId) -> Option<&Matter> {
        let drafts = self.drafts.iter().rev();
        drafts
            .filter_map(opened)
            .find(|row| row.0 == case)
            .map(|row| row.1)
    }

    /// Why it raises an alarm, if it does.
    pub(super) fn cause(&self, alarm: &AlarmId) -> Option<&Cause> {
        self.drafts
            .iter()
            .find_map(|draft| match (&draft.stream, &draft.fact) {
                (Stream::Alarm(id), Fact::Alarm(AlarmFact::Raised(cause))) if id == alarm => Some(&**cause),
                _ => None,
            })
    }

    /// The case of that loop about that point that it opens.
    pub(super) fn opening(&self, playbook: &PlaybookId, point: Option<&PointId>) -> Option<CaseId> {
        let mut openings = self.openings().filter(|_| point.is_some());
        let own = |matter: &Matter| matter.playbook == *playbook && matter.point.as_ref() == point;
        openings.find(|(_, matter)| own(matter)).map(|(id, _)| id.clone())
    }

    /// Whether it withdraws that order.
    pub(super) fn withdraws(&self, task: &TaskId) -> bool {
        let own = |draft: &Draft| matches!(&draft.stream, Stream::Task(id) if id == task);
        let gone = |draft: &Draft| draft.fact == Fact::Task(TaskFact::Withdrawn);
        self.drafts.iter().any(|draft| own(draft) && gone(draft))
    }

    /// Whether it has a fact for `stream`.
    pub(super) fn touches(&self, stream: &Stream) -> bool {
        self.last.contains_key(stream)
    }

    /// The effects: nothing for an empty batch of the desk.
    pub(super) fn into_effects(self, request: Option<Box<Request>>) -> Vec<Effect> {
        if self.drafts.is_empty() && request.is_none() {
            return Vec::new();
        }
        vec![Effect::Append {
            drafts: self.drafts,
            request,
        }]
    }
}

fn opened(draft: &Draft) -> Option<(&CaseId, &Matter)> {
    match (&draft.stream, &draft.fact) {
        (Stream::Case(id), Fact::Case(CaseFact::Opened(matter))) => Some((id, matter)),
        _ => None,
    }
}
