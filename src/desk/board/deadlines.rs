//! The open cases of a board by their deadlines (时限), kept in step by what changed: a frame reads them, however many
//! there are.

use crate::desk::board::{Board, Room};
use crate::domain::case::{Case, clock};
use crate::domain::id::CaseId;
use crate::domain::needs::{Lost, Needs};
use crate::domain::playbook::Playbook;
use crate::domain::time::Moment;
use imbl::ordmap::DiffItem;
use imbl::{OrdMap, OrdSet};
use std::borrow::Cow;
use std::sync::Arc;

/// Since when a case is late or will be, by when its stage must be left, and its number.
type Deadline = (Moment, Moment, CaseId);

/// No deadline at all.
const NEVER: Moment = Moment::from_ms(i64::MAX);

/// The open cases in the order in which they press. Knows of which cases and of which room it tells.
#[derive(Clone, Debug, Default)]
pub struct Deadlines {
    room: Option<Arc<Room>>,
    cases: OrdMap<CaseId, Case>,
    order: OrdSet<Deadline>,
    /// Those whose loop or stage the room has not: nobody knows by when.
    lost: OrdSet<CaseId>,
    /// When they were last counted, and how many were late then.
    counted: (Moment, usize),
}

impl Deadlines {
    /// Follows the cases to what they are now. Costs what changed, and what became late meanwhile.
    pub fn follow(&mut self, room: &Arc<Room>, cases: &OrdMap<CaseId, Case>, at: Moment) {
        if !self.room.as_ref().is_some_and(|own| Arc::ptr_eq(own, room)) {
            *self = Self {
                room: Some(Arc::clone(room)),
                counted: (at, 0),
                ..Self::default()
            };
        }
        let old = std::mem::replace(&mut self.cases, cases.clone());
        for change in old.diff(cases) {
            let (before, after) = match change {
                DiffItem::Add(_, new) => (None, Some(new)),
                DiffItem::Update { old, new } => (Some(old.1), Some(new.1)),
                DiffItem::Remove(_, old) => (Some(old), None),
            };
            if let Some(gone) = before.filter(|case| is_lost(room, case)) {
                self.lost.remove(&gone.id);
            }
            if let Some(new) = after.filter(|case| is_lost(room, case)) {
                self.lost.insert(new.id.clone());
            }
            if let Some(gone) = before.and_then(|case| deadline(room, case)) {
                self.counted.1 -= usize::from(gone.0 <= self.counted.0);
                self.order.remove(&gone);
            }
            if let Some(new) = after.and_then(|case| deadline(room, case)) {
                self.counted.1 += usize::from(new.0 <= self.counted.0);
                self.order.insert(new);
            }
        }
        self.counted = (at, self.late(at));
    }

    /// How many are late at `now`. Costs those that became late since it followed.
    pub fn late(&self, now: Moment) -> usize {
        let (at, late) = self.counted;
        let after = |at: Moment| {
            (
                Moment::from_ms(at.ms() + 1),
                Moment::from_ms(i64::MIN),
                CaseId::default(),
            )
        };
        let between = |from, to| self.order.range(after(from)..after(to)).count();
        if now >= at {
            late + between(at, now)
        } else {
            late - between(now, at)
        }
    }

    /// Those of `cases`, which it follows, whose loop or stage the room has not.
    pub fn lost<'a>(&self, cases: &'a OrdMap<CaseId, Case>) -> Option<Lost<'a>> {
        let first = self.lost.get_min().and_then(|id| cases.get(id))?;
        let count = self.lost.len();
        Some(Lost { first, count })
    }

    /// Those that need a person at `now`, the most pressing first: without their loop, then late.
    pub fn pressing(&self, now: Moment) -> impl Iterator<Item = &Case> {
        self.iter().take(self.lost.len() + self.late(now))
    }

    /// All, the most pressing first: those without their loop, late ones, then by deadline, then those without.
    pub fn iter(&self) -> impl Iterator<Item = &Case> {
        let timed = self.order.iter().map(|(_, _, id)| id);
        let all = self.lost.iter().chain(timed);
        all.filter_map(|id| self.cases.get(id))
    }

    /// Themselves where they tell of these cases in this room; else made anew of them.
    pub fn of(&self, room: &Arc<Room>, cases: &OrdMap<CaseId, Case>, at: Moment) -> Cow<'_, Self> {
        let is_of_room = self.room.as_ref().is_some_and(|own| Arc::ptr_eq(own, room));
        if is_of_room && self.cases.ptr_eq(cases) {
            return Cow::Borrowed(self);
        }
        let mut own = Self::default();
        own.follow(room, cases, at);
        Cow::Owned(own)
    }
}

fn loop_of<'a>(room: &'a Room, case: &Case) -> Option<&'a Playbook> {
    room.playbooks.iter().find(|own| own.id == case.matter.playbook)
}

fn is_lost(room: &Room, case: &Case) -> bool {
    clock::is_lost(case, loop_of(room, case))
}

/// The deadline of an open case, where there is somebody who knows it.
fn deadline(room: &Room, case: &Case) -> Option<Deadline> {
    let own = loop_of(room, case);
    let due = own.and_then(|own| case.due(own)).map_or(NEVER, |due| due.0);
    let late = clock::late_from(case, own).unwrap_or(NEVER);
    let is_known = case.is_open() && !clock::is_lost(case, own);
    is_known.then(|| (late, due, case.id.clone()))
}

impl Board {
    /// The open cases by their deadlines; made anew only for a board whose cases were changed by nobody but its maker.
    pub fn deadlines(&self) -> Cow<'_, Deadlines> {
        self.deadlines.of(&self.room, &self.state.cases, self.at)
    }

    /// How much needs a person at `now`.
    pub fn needs(&self, now: Moment) -> Needs {
        let deadlines = self.deadlines();
        Needs::of(&self.state, deadlines.late(now), deadlines.lost.len())
    }
}
