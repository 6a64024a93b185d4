//! The ledger (台账): facts, the entries that carry them, and the state folded from them.
//!
//! State changes only by [`State::apply`]. A fact says what happened, never what to do.

use crate::domain::alarm::Alarm;
use crate::domain::alarm::AlarmFact;
use crate::domain::alarm::AlarmState;
use crate::domain::case::Case;
use crate::domain::case::CaseFact;
use crate::domain::id::AlarmId;
use crate::domain::id::CaseId;
use crate::domain::id::OperatorId;
use crate::domain::id::SeatId;
use crate::domain::id::TaskId;
use crate::domain::person::Actor;
use crate::domain::task::Delivery;
use crate::domain::task::Task;
use crate::domain::task::TaskFact;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use imbl::HashMap;
use imbl::OrdMap;
use imbl::OrdSet;
use std::cmp::Reverse;
use std::fmt;

/// What an entry is about. Entries of one stream are numbered 1, 2, 3 … and appended with the number expected.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stream {
    /// One alarm.
    Alarm(AlarmId),
    /// One case.
    Case(CaseId),
    /// One task.
    Task(TaskId),
    /// The room itself.
    Room,
}

impl Stream {
    /// By the text [`fmt::Display`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        match text.split_once('/') {
            Some(("alarm", id)) => Some(Self::Alarm(AlarmId::new(id))),
            Some(("case", id)) => Some(Self::Case(CaseId::new(id))),
            Some(("task", id)) => Some(Self::Task(TaskId::new(id))),
            Some(_) => None,
            None => (text == "room").then_some(Self::Room),
        }
    }
}

impl fmt::Display for Stream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Alarm(id) => write!(f, "alarm/{id}"),
            Self::Case(id) => write!(f, "case/{id}"),
            Self::Task(id) => write!(f, "task/{id}"),
            Self::Room => f.write_str("room"),
        }
    }
}

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Fact {
    /// To an alarm.
    Alarm(AlarmFact),
    /// To a case.
    Case(CaseFact),
    /// To a task.
    Task(TaskFact),
    /// To the room.
    Room(RoomFact),
}

/// What happened to the room itself.
#[derive(Clone, Debug, PartialEq)]
pub enum RoomFact {
    /// A process began to collect with this version of the program.
    Collecting {
        /// The program's version.
        version: Clean,
    },
    /// Words for the log.
    Noted(Clean),
}

/// A fact about to be appended.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// What it is about.
    pub stream: Stream,
    /// The number of the stream's last entry as the decision saw it; 0 for none.
    pub expect: u32,
    /// When it was decided.
    pub at: Moment,
    /// Who decided.
    pub by: Actor,
    /// At which seat; `None` for the desk.
    pub seat: Option<SeatId>,
    /// What happened.
    pub fact: Fact,
}

/// A stored fact.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its place in the whole ledger: 1, 2, 3 … without gaps.
    pub seq: u64,
    /// What it is about.
    pub stream: Stream,
    /// Its place in the stream: 1, 2, 3 … without gaps.
    pub nth: u32,
    /// When it was decided.
    pub at: Moment,
    /// Who decided.
    pub by: Actor,
    /// At which seat.
    pub seat: Option<SeatId>,
    /// What happened.
    pub fact: Fact,
    /// SHA-256 over the hash before it and its stored bytes.
    pub hash: [u8; 32],
}

/// Where an alarm stands in the list that people read: what needs them first, then worst, then newest.
pub type AlarmRank = (
    AlarmState,
    Reverse<crate::domain::signal::Severity>,
    Reverse<Moment>,
    AlarmId,
);

/// Everything that is true now, folded from the entries. Cloning costs nothing to speak of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// The last entry taken in.
    pub seq: u64,
    /// Alarms that are not normal.
    pub alarms: OrdMap<AlarmId, Alarm>,
    /// The same in the order people read them.
    pub ranks: OrdSet<AlarmRank>,
    /// How many alarms are in each state.
    pub counts: OrdMap<AlarmState, usize>,
    /// Cases: the open ones, and closed ones for as long as [`State::forget`] keeps them.
    pub cases: OrdMap<CaseId, Case>,
    /// Tasks of those cases.
    pub tasks: OrdMap<TaskId, Task>,
    /// Tasks whose delivery is pending: what the outbox works from.
    pub outbox: OrdSet<TaskId>,
    /// Number of the last entry of every stream ever seen.
    pub versions: HashMap<Stream, u32>,
}

impl State {
    /// Number of the last entry of `stream`; 0 if there is none.
    pub fn version(&self, stream: &Stream) -> u32 {
        self.versions.get(stream).copied().unwrap_or(0)
    }

    /// How many alarms are in `state`.
    pub fn count(&self, state: AlarmState) -> usize {
        self.counts.get(&state).copied().unwrap_or(0)
    }

    /// Folds entries from nothing.
    pub fn fold<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Self {
        let mut state = Self::default();
        for entry in entries {
            state.apply(entry);
        }
        state
    }

    /// Takes one entry in: the only way state changes. An entry already taken in changes nothing.
    pub fn apply(&mut self, entry: &Entry) {
        if entry.seq <= self.seq {
            return;
        }
        self.seq = entry.seq;
        self.versions.insert(entry.stream.clone(), entry.nth);
        match (&entry.stream, &entry.fact) {
            (Stream::Alarm(id), Fact::Alarm(fact)) => self.apply_alarm(id, fact, entry),
            (Stream::Case(id), Fact::Case(fact)) => self.apply_case(id, fact, entry),
            (Stream::Task(id), Fact::Task(fact)) => self.apply_task(id, fact, entry),
            // A room's fact changes nothing that is folded; a fact in a foreign stream is refused by the store's codec.
            (Stream::Alarm(_) | Stream::Case(_) | Stream::Task(_) | Stream::Room, _) => {}
        }
    }

    fn apply_alarm(&mut self, id: &AlarmId, fact: &AlarmFact, entry: &Entry) {
        let before = self.alarms.remove(id);
        if let Some(alarm) = &before {
            self.unrank(alarm);
        }
        let after = match (before, fact) {
            (Some(mut alarm), _) => {
                alarm.apply(fact, &person(&entry.by), entry.at, entry.nth);
                alarm
            }
            (None, AlarmFact::Raised(cause)) => {
                Alarm::raised(id.clone(), (**cause).clone(), entry.at, entry.nth)
            }
            (None, _) => return,
        };
        if after.state() != AlarmState::Normal {
            self.rank(&after);
            self.alarms.insert(id.clone(), after);
        }
    }

    fn rank(&mut self, alarm: &Alarm) {
        self.ranks.insert(rank_of(alarm));
        *self.counts.entry(alarm.state()).or_insert(0) += 1;
    }

    fn unrank(&mut self, alarm: &Alarm) {
        self.ranks.remove(&rank_of(alarm));
        if let Some(count) = self.counts.get_mut(&alarm.state()) {
            *count = count.saturating_sub(1);
        }
    }

    fn apply_case(&mut self, id: &CaseId, fact: &CaseFact, entry: &Entry) {
        if let Some(case) = self.cases.get_mut(id) {
            case.apply(fact, &entry.by, entry.at, entry.nth);
        } else if let CaseFact::Opened(matter) = fact {
            let case = Case::opened(
                id.clone(),
                (**matter).clone(),
                entry.by.clone(),
                entry.at,
                entry.nth,
            );
            self.cases.insert(id.clone(), case);
        }
    }

    fn apply_task(&mut self, id: &TaskId, fact: &TaskFact, entry: &Entry) {
        if let Some(task) = self.tasks.get_mut(id) {
            task.apply(fact, entry.at, entry.nth);
        } else if let TaskFact::Ordered(order) = fact {
            self.tasks.insert(
                id.clone(),
                Task::ordered(id.clone(), (**order).clone(), entry.at, entry.nth),
            );
        }
        match self.tasks.get(id).map(|task| &task.delivery) {
            Some(Delivery::Pending { .. }) => self.outbox.insert(id.clone()),
            Some(Delivery::Delivered { .. } | Delivery::Refused { .. } | Delivery::Withdrawn { .. })
            | None => self.outbox.remove(id),
        };
    }

    /// Drops closed cases, with their tasks, that were closed before `before`. They stay in the ledger.
    pub fn forget(&mut self, before: Moment) {
        let old: Vec<CaseId> = self
            .cases
            .values()
            .filter(|case| case.closed.is_some_and(|at| at < before))
            .map(|case| case.id.clone())
            .collect();
        for id in old {
            for task in self.cases.remove(&id).map(|case| case.tasks).unwrap_or_default() {
                self.tasks.remove(&task);
                self.outbox.remove(&task);
            }
        }
    }
}

/// Where an alarm stands in the list.
pub fn rank_of(alarm: &Alarm) -> AlarmRank {
    (
        alarm.state(),
        Reverse(alarm.cause.severity),
        Reverse(alarm.raised),
        alarm.id.clone(),
    )
}

fn person(by: &Actor) -> OperatorId {
    match by {
        Actor::Person(id) => id.clone(),
        Actor::Desk => OperatorId::default(),
    }
}
