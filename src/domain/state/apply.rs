//! How entries change the state: the only way it changes. A fact of each kind goes to its thing; what follows from
//! it (ranks, lists of what waits, what is let go) is kept in step here.

use crate::domain::alarm::{Alarm, AlarmState};
use crate::domain::case::Case;
use crate::domain::declared;
use crate::domain::declared::Declared;
use crate::domain::fact::Fact;
use crate::domain::fact::alarm::AlarmFact;
use crate::domain::fact::case::CaseFact;
use crate::domain::fact::room::RoomFact;
use crate::domain::fact::task::TaskFact;
use crate::domain::id::{AlarmId, CaseId, OperatorId, TaskId};
use crate::domain::ledger::{Entry, Stream};
use crate::domain::person::Actor;
use crate::domain::state::tally::Counted;
use crate::domain::state::{AlarmRank, Bygone, ReportKey, State, WayBlock, rank_of};
use crate::domain::task::Task;
use crate::domain::time::{Moment, Span};
use std::sync::Arc;

impl State {
    /// Takes the next entry in: the only way state changes. One that was taken in already changes nothing, nor does one
    /// before which another is missing: it comes again when the missing one is read.
    pub fn apply(&mut self, entry: &Entry) {
        if entry.seq != self.seq + 1 {
            return;
        }
        self.follow(entry);
        match (&entry.stream, &entry.fact) {
            (Stream::Alarm(id), Fact::Alarm(fact)) => self.apply_alarm(id, fact, entry),
            (Stream::Case(id), Fact::Case(fact)) => self.apply_case(id, fact, entry),
            (Stream::Task(id), Fact::Task(fact)) => self.apply_task(id, fact, entry),
            (Stream::Notice(id), Fact::Notice(fact)) => self.apply_notice(id, fact, entry),
            (Stream::Shift(id), Fact::Shift(fact)) => self.apply_shift(id, fact, entry),
            (Stream::Room, Fact::Room(fact)) => self.apply_room(fact, entry),
            // A fact in a foreign stream: refused by the store on its way in and on its way out.
            (
                Stream::Alarm(_)
                | Stream::Case(_)
                | Stream::Task(_)
                | Stream::Notice(_)
                | Stream::Shift(_)
                | Stream::Room,
                _,
            ) => {}
        }
        self.tally_notices(&entry.stream);
        if let Some(stay) = self.stay {
            self.forget(entry.at - stay);
            self.forget_shifts(entry.at - stay);
        }
    }

    /// Takes the next entry in where it was made by `last`, and passes over one that was made later: what stood then.
    /// Whether it was taken in.
    pub fn apply_until(&mut self, entry: &Entry, last: Moment) -> bool {
        let is_then = entry.at <= last;
        if is_then {
            self.apply(entry);
        } else if entry.seq == self.seq + 1 {
            self.follow(entry);
        }
        is_then
    }

    fn follow(&mut self, entry: &Entry) {
        (self.seq, self.hash) = (entry.seq, entry.hash);
        if entry.seq == 1 {
            self.genesis = entry.hash;
        }
    }

    /// What is declared is kept for as long as trends show it, and leaves with a later entry of the room.
    fn apply_room(&mut self, fact: &RoomFact, entry: &Entry) {
        self.room = entry.nth;
        match fact {
            RoomFact::Declared(what) => {
                let (id, what, by) = (entry.nth, (**what).clone(), entry.by.clone());
                self.declared.insert(id, Declared { id, what, by });
            }
            RoomFact::DeclarationEnded { id } => {
                if let Some(declared) = self.declared.get_mut(id) {
                    declared.what.until = declared.what.until.min(entry.at);
                }
            }
            RoomFact::Forecast(forecast) => {
                self.forecasts
                    .insert(forecast.source.clone(), (**forecast).clone());
            }
            RoomFact::Reported {
                kind,
                from,
                until,
                digest,
                ..
            } => {
                let report = ReportKey {
                    kind: kind.clone(),
                    from: *from,
                    until: *until,
                };
                self.report(report, digest, entry);
            }
            RoomFact::ClockStepped { by } => self.step(Span::from_ms(*by)),
            RoomFact::Collecting { .. }
            | RoomFact::Snapshot { .. }
            | RoomFact::Readings(_)
            | RoomFact::Noted { .. }
            | RoomFact::Asked { .. }
            | RoomFact::Drawn(_) => {}
        }
        let over = entry.at - declared::STAY;
        let gone: Vec<u32> = self
            .declared
            .values()
            .filter(|declared| declared.what.until <= over)
            .map(|declared| declared.id)
            .collect();
        for id in gone {
            self.declared.remove(&id);
        }
    }

    fn apply_alarm(&mut self, id: &AlarmId, fact: &AlarmFact, entry: &Entry) {
        let by = person(&entry.by);
        let Some(state) = self.change_alarm(id, |alarm| alarm.apply(fact, &by, entry.at, entry.nth)) else {
            self.raise(id, fact, entry);
            return;
        };
        if state == AlarmState::Normal
            && let Some(alarm) = self.alarms.remove(id)
        {
            let bygone = Bygone {
                version: alarm.version,
                occurrences: alarm.occurrences,
                first_seen: alarm.first_seen,
            };
            self.past.put(&entry.stream, bygone);
            self.let_notices_go(&entry.stream);
        }
    }

    /// Changes an alarm in hand: its place in the list and the figures follow. Its state then.
    pub(super) fn change_alarm(
        &mut self,
        id: &AlarmId,
        change: impl FnOnce(&mut Alarm),
    ) -> Option<AlarmState> {
        let alarm = self.alarms.get_mut(id)?;
        let before = (!self.tally.later).then(|| Counted::of(alarm));
        change(alarm);
        let state = alarm.state();
        if let Some(before) = before {
            let after = Counted::of(alarm);
            self.recount(&before, &after);
        }
        Some(state)
    }

    fn recount(&mut self, before: &Counted, after: &Counted) {
        if before == after {
            return;
        }
        self.tally_alarm(before, false);
        self.tally_alarm(after, true);
        if before.rank != after.rank {
            self.unrank(&before.rank);
            if after.rank.0 != AlarmState::Normal {
                self.rank(after.rank.clone());
            }
        }
    }

    /// An alarm that is not in hand: new, or the same one again after it was normal.
    fn raise(&mut self, id: &AlarmId, fact: &AlarmFact, entry: &Entry) {
        let bygone = self.past.get(&entry.stream);
        let AlarmFact::Raised(cause) = fact else {
            let version = entry.nth;
            let bygone = bygone.unwrap_or_default();
            self.past.put(&entry.stream, Bygone { version, ..bygone });
            return;
        };
        let mut alarm = Alarm::raised(id.clone(), Arc::clone(cause), entry.at, entry.nth);
        if let Some(bygone) = bygone.filter(|bygone| bygone.occurrences > 0) {
            alarm.first_seen = bygone.first_seen;
            alarm.occurrences = bygone.occurrences.saturating_add(1);
        }
        if !self.tally.later {
            self.rank(rank_of(&alarm));
            self.tally_alarm(&Counted::of(&alarm), true);
        }
        self.alarms.insert(id.clone(), alarm);
    }

    fn rank(&mut self, rank: AlarmRank) {
        *self.counts.entry(rank.0).or_insert(0) += 1;
        self.ranks.insert(rank);
    }

    fn unrank(&mut self, rank: &AlarmRank) {
        self.ranks.remove(rank);
        match self.count(rank.0) {
            0 | 1 => self.counts.remove(&rank.0),
            more => self.counts.insert(rank.0, more - 1),
        };
    }

    fn apply_case(&mut self, id: &CaseId, fact: &CaseFact, entry: &Entry) {
        if let Some(case) = self.cases.get_mut(id) {
            let before = case.rests();
            case.apply(fact, &entry.by, entry.at, entry.nth);
            let (after, playbook) = (case.rests(), case.matter.playbook.clone());
            self.list(id, before, false);
            self.list(id, after, true);
            if before.1.is_none() != after.1.is_none() {
                self.tally_open(id, &playbook, after.1.is_none());
            }
        } else if let CaseFact::Opened(matter) = fact {
            let (by, matter) = (entry.by.clone(), (**matter).clone());
            if let Some(like) = &matter.likeness {
                self.likes.insert(like.clone(), (entry.at, id.clone()));
            }
            let case = Case::opened(id.clone(), matter, by, entry.at, entry.nth);
            self.belong(&case);
            self.tally_case(&case, true);
            self.cases.insert(id.clone(), case);
        } else {
            self.put_by(&entry.stream, entry.nth);
        }
    }

    pub(super) fn belong(&mut self, case: &Case) {
        if let Some(parent) = &case.matter.parent {
            let children = self.children.entry(parent.clone()).or_default();
            children.insert(case.id.clone());
        }
    }

    fn leave(&mut self, case: &Case) {
        let Some(parent) = &case.matter.parent else { return };
        let mut children = self.children.remove(parent).unwrap_or_default();
        children.remove(&case.id);
        if !children.is_empty() {
            self.children.insert(parent.clone(), children);
        }
    }

    /// Puts a case among those that are taken up again or those that leave, or takes it from there.
    pub(super) fn list(
        &mut self,
        id: &CaseId,
        (again, closed): (Option<Moment>, Option<Moment>),
        there: bool,
    ) {
        let (list, at) = match (again, closed) {
            (Some(at), _) => (&mut self.waking, at),
            (None, Some(at)) => (&mut self.closed, at),
            (None, None) => return,
        };
        if there {
            list.insert((at, id.clone()));
        } else {
            list.remove(&(at, id.clone()));
        }
    }

    fn apply_task(&mut self, id: &TaskId, fact: &TaskFact, entry: &Entry) {
        self.block_way(id, fact, entry.at);
        if let Some(task) = self.tasks.get_mut(id) {
            task.apply(fact, &entry.by, entry.at, entry.nth);
        } else if let TaskFact::Ordered(order) = fact {
            let task = Task::ordered(id.clone(), (**order).clone(), entry.at, entry.nth);
            self.tasks.insert(id.clone(), task);
        } else {
            self.put_by(&entry.stream, entry.nth);
        }
        self.tally_task(id);
        if self.tasks.get(id).is_some_and(Task::is_leaving) {
            self.outbox.insert(id.clone());
        } else {
            self.outbox.remove(id);
        }
    }

    /// What its way said to an order may be about the way itself.
    fn block_way(&mut self, id: &TaskId, fact: &TaskFact, since: Moment) {
        let leaving = self.tasks.get(id).filter(|task| task.is_leaving());
        if let (
            Some(task),
            TaskFact::Failed {
                why,
                next,
                blocks: true,
            },
        ) = (leaving, fact)
        {
            let (way, until, words) = (task.way.clone(), *next, why.clone());
            self.blocked_by(&way, WayBlock { since, until, words });
        }
    }

    /// The state without an alarm, for whoever may not see it. Such a state is looked at, never folded further.
    pub fn leave_out_alarm(&mut self, id: &AlarmId) {
        if let Some(alarm) = self.alarms.remove(id) {
            self.unrank(&rank_of(&alarm));
            self.tally_alarm(&Counted::of(&alarm), false);
        }
        self.let_notices_go(&Stream::Alarm(id.clone()));
    }

    /// The state without a case and its orders, for whoever may not see them.
    pub fn leave_out_case(&mut self, id: &CaseId) {
        let Some(case) = self.cases.remove(id) else { return };
        self.list(id, case.rests(), false);
        self.leave(&case);
        self.tally_case(&case, false);
        for task in &case.tasks {
            self.tasks.remove(task);
            self.outbox.remove(task);
            self.tally_task(task);
            self.let_notices_go(&Stream::Task(task.clone()));
        }
        self.let_notices_go(&Stream::Case(id.clone()));
    }

    /// Lets go of cases, with their tasks, that were closed before `before`. They stay in the ledger.
    fn forget(&mut self, before: Moment) {
        while let Some((at, id)) = self.closed.get_min().filter(|(at, _)| *at < before).cloned() {
            self.closed.remove(&(at, id.clone()));
            let Some(case) = self.cases.remove(&id) else {
                continue;
            };
            self.leave(&case);
            self.tally_case(&case, false);
            for id in case.tasks {
                self.outbox.remove(&id);
                if let Some(task) = self.tasks.remove(&id) {
                    self.tally_task(&id);
                    let stream = Stream::Task(id);
                    self.put_by(&stream, task.version);
                    self.let_notices_go(&stream);
                }
            }
            let stream = Stream::Case(id);
            self.put_by(&stream, case.version);
            self.let_notices_go(&stream);
        }
    }

    pub(super) fn put_by(&mut self, stream: &Stream, version: u32) {
        let bygone = Bygone {
            version,
            ..Bygone::default()
        };
        self.past.put(stream, bygone);
    }
}

fn person(by: &Actor) -> OperatorId {
    match by {
        Actor::Person(id) => id.clone(),
        Actor::Desk => OperatorId::default(),
    }
}
