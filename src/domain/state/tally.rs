//! Running figures of the state: kept in step with each entry, so that a frame reads them and never counts anew.

use crate::domain::alarm::group::GroupKey;
use crate::domain::alarm::{Alarm, AlarmState};
use crate::domain::case::Case;
use crate::domain::id::{CaseId, NoticeId, PlaybookId, TaskId};
use crate::domain::notice::Notice;
use crate::domain::person::Role;
use crate::domain::state::alike::Alikes;
use crate::domain::state::{AlarmRank, State, rank_of};
use crate::domain::task::{Failing, Task};
use crate::domain::time::Moment;
use imbl::{OrdMap, OrdSet};

/// What is counted while it changes. A row that holds nothing is not there.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Tally {
    /// Whether all this and the ranks are drawn up later: while a state is read from the store.
    pub(super) later: bool,
    /// The cases of each loop, and the open ones among them.
    loops: OrdMap<PlaybookId, OrdSet<CaseId>>,
    open: OrdMap<PlaybookId, OrdSet<CaseId>>,
    /// Orders whose delivery a person must see to.
    failed: OrdSet<TaskId>,
    /// Those among them whose ways failed them.
    failing: OrdMap<TaskId, Failing>,
    /// Orders that have not reached their units, as far as is known.
    undelivered: OrdSet<TaskId>,
    /// Orders that their units still owe an answer for.
    outstanding: OrdSet<TaskId>,
    /// Alarms by what they share.
    pub(super) alikes: Alikes,
    /// Acknowledged alarms, by their cases.
    seen_in: OrdMap<CaseId, usize>,
    /// Acknowledged alarms that stand in no open case.
    alone: usize,
    /// Notices that wait to be seen, by whom, the first told first.
    pub(super) waiting: OrdMap<Role, OrdSet<(Moment, NoticeId)>>,
}

/// What of an alarm is counted.
#[derive(PartialEq)]
pub(super) struct Counted {
    pub(super) key: Option<GroupKey>,
    pub(super) rank: AlarmRank,
    case: Option<CaseId>,
}

impl Counted {
    pub(super) fn of(alarm: &Alarm) -> Self {
        Self {
            key: GroupKey::of(alarm),
            rank: rank_of(alarm),
            case: alarm.case.clone(),
        }
    }
}

impl State {
    /// How many cases are open.
    pub fn open_count(&self) -> usize {
        self.tally.open.values().map(OrdSet::len).sum()
    }

    /// The cases of a loop, closed ones too, in the order of their numbers.
    pub fn cases_of<'a>(&'a self, playbook: &PlaybookId) -> impl Iterator<Item = &'a Case> + use<'a> {
        let own = self.tally.loops.get(playbook).into_iter().flatten();
        own.filter_map(|id| self.cases.get(id))
    }

    /// The open cases of a loop, in the order of their numbers.
    pub fn open_of<'a>(&'a self, playbook: &PlaybookId) -> impl Iterator<Item = &'a Case> + use<'a> {
        let open = self.tally.open.get(playbook).into_iter().flatten();
        open.filter_map(|id| self.cases.get(id))
    }

    /// The open cases, loop by loop.
    pub fn open_cases(&self) -> impl Iterator<Item = &Case> {
        let open = self.tally.open.values().flatten();
        open.filter_map(|id| self.cases.get(id))
    }

    /// How many open cases a loop has.
    pub fn open_count_of(&self, playbook: &PlaybookId) -> usize {
        self.tally.open.get(playbook).map_or(0, OrdSet::len)
    }

    /// The orders whose delivery a person must see to.
    pub fn failed(&self) -> impl Iterator<Item = &Task> {
        let failed = self.tally.failed.iter();
        failed.filter_map(|id| self.tasks.get(id))
    }

    /// How many orders a person must see to.
    pub fn failed_count(&self) -> usize {
        self.tally.failed.len()
    }

    /// The orders whose ways failed them, and how.
    pub fn failing(&self) -> impl Iterator<Item = (&TaskId, Failing)> {
        self.tally.failing.iter().map(|(id, how)| (id, *how))
    }

    /// The orders that have not reached their units, as far as is known.
    pub fn undelivered(&self) -> impl Iterator<Item = &Task> {
        let undelivered = self.tally.undelivered.iter();
        undelivered.filter_map(|id| self.tasks.get(id))
    }

    /// How many orders have not reached their units: on their way, or refused and not yet called by telephone.
    pub fn undelivered_count(&self) -> usize {
        self.tally.undelivered.len()
    }

    /// The orders that their units still owe an answer for.
    pub fn outstanding(&self) -> impl Iterator<Item = &Task> {
        let outstanding = self.tally.outstanding.iter();
        outstanding.filter_map(|id| self.tasks.get(id))
    }

    /// How many alarms were seen, last, and stand in no open case.
    pub fn seen_alone(&self) -> usize {
        self.tally.alone
    }

    /// Takes an alarm into the figures, or out of them; a normal one is in none.
    pub(super) fn tally_alarm(&mut self, alarm: &Counted, there: bool) {
        let (tally, state) = (&mut self.tally, alarm.rank.0);
        if let Some(key) = alarm.key.as_ref().filter(|_| state != AlarmState::Normal) {
            tally.alikes.put(key, &alarm.rank, there);
        }
        self.tally_seen(alarm, there);
    }

    /// Takes an alarm that was seen into the figures of those, or out of them; any other is in none.
    pub(super) fn tally_seen(&mut self, alarm: &Counted, there: bool) {
        if alarm.rank.0 != AlarmState::Acknowledged {
            return;
        }
        let tally = &mut self.tally;
        if let Some(case) = &alarm.case {
            step(&mut tally.seen_in, case, there);
        }
        let case = alarm.case.as_ref().and_then(|case| self.cases.get(case));
        if !case.is_some_and(Case::is_open) {
            tally.alone = if there {
                tally.alone + 1
            } else {
                tally.alone.saturating_sub(1)
            };
        }
    }

    /// Takes a case into those of its loop, or out of them.
    pub(super) fn tally_case(&mut self, case: &Case, there: bool) {
        if self.tally.later {
            return;
        }
        put(&mut self.tally.loops, &case.matter.playbook, &case.id, there);
        if case.is_open() {
            self.tally_open(&case.id, &case.matter.playbook, there);
        }
    }

    /// Takes a case into the open ones, or out of them.
    pub(super) fn tally_open(&mut self, id: &CaseId, playbook: &PlaybookId, there: bool) {
        if self.tally.later {
            return;
        }
        let tally = &mut self.tally;
        let seen = tally.seen_in.get(id).copied().unwrap_or(0);
        put(&mut tally.open, playbook, id, there);
        tally.alone = if there {
            tally.alone.saturating_sub(seen)
        } else {
            tally.alone + seen
        };
    }

    /// Takes an order into the figures as it stands, or where it is no more, out of them.
    pub(super) fn tally_task(&mut self, id: &TaskId) {
        if self.tally.later {
            return;
        }
        let task = self.tasks.get(id);
        let is = |holds: fn(&Task) -> bool| task.is_some_and(holds);
        keep(&mut self.tally.failed, id, is(Task::needs_person));
        keep(&mut self.tally.undelivered, id, is(Task::is_undelivered));
        keep(&mut self.tally.outstanding, id, is(Task::is_outstanding));
        match task.and_then(Task::failing) {
            Some(how) => self.tally.failing.insert(id.clone(), how),
            None => self.tally.failing.remove(id),
        };
    }

    /// Takes a notice into those that wait, or out of them; who passes one on may change.
    pub(super) fn tally_notice(&mut self, notice: &Notice, waits: bool) {
        if self.tally.later {
            return;
        }
        let row = (notice.told, notice.id.clone());
        for role in [notice.telling.role, Role::Operator] {
            put(&mut self.tally.waiting, &role, &row, waits && notice.is_for(role));
        }
    }
}

fn keep<I: Ord + Clone>(set: &mut OrdSet<I>, id: &I, there: bool) {
    if there {
        set.insert(id.clone());
    } else {
        set.remove(id);
    }
}

fn put<K: Ord + Clone, I: Ord + Clone>(sets: &mut OrdMap<K, OrdSet<I>>, key: &K, id: &I, there: bool) {
    if there {
        sets.entry(key.clone()).or_default().insert(id.clone());
    } else if let Some(own) = sets.get_mut(key) {
        own.remove(id);
        if own.is_empty() {
            sets.remove(key);
        }
    }
}

fn step<K: Ord + Clone>(counts: &mut OrdMap<K, usize>, key: &K, up: bool) {
    match (counts.get(key).copied().unwrap_or(0), up) {
        (count, true) => counts.insert(key.clone(), count + 1),
        (0 | 1, false) => counts.remove(key),
        (count, false) => counts.insert(key.clone(), count - 1),
    };
}
