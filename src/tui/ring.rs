//! When the bell rings: for a red or orange alarm that nobody has seen, at once, and again until somebody has; for what the
//! people of the seat's role are told, each time they are told; for an order that its ways failed, at once and a few times
//! more; and while the desk hears nothing, because no alarm can be raised then. Pure.

use crate::desk::board::Board;
use crate::domain::alarm::{Alarm, AlarmState};
use crate::domain::calm::Doubt;
use crate::domain::fact::notice::About;
use crate::domain::id::{AlarmId, TaskId};
use crate::domain::notice::Notice;
use crate::domain::person::Role;
use crate::domain::signal::Severity;
use crate::domain::task::Task;
use crate::domain::time::{Moment, Span};
use crate::tui::seat::Now;
use std::collections::BTreeSet;

/// New alarms ring at most this often.
const APART: Span = Span::secs(5);

/// As long as one is unseen it rings again after this time.
const AGAIN: Span = Span::mins(1);

/// Orders that fail ring so often, the first time included; from then on the header alone says it.
const ORDER_RINGS: u8 = 3;

/// A desk that hears nothing rings after this time: a collector that went is followed by another within it.
const DEAF_FOR: Span = Span::secs(15);

/// What rings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Rung<'a> {
    /// An alarm.
    Alarm(&'a Alarm),
    /// What the role was told, or told again.
    Notice(&'a Notice),
    /// An order that its ways failed.
    Order(&'a Task),
    /// Something that no alarm can speak for: nothing is judged, or nothing recorded.
    Deaf(Doubt<'a>),
}

/// What has rung at one seat. Times are the hand's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ring {
    /// The newest unseen alarm that has rung, with the moment it was raised.
    heard: Option<(Moment, AlarmId)>,
    /// When the last notice that has rung was told.
    told: Option<Moment>,
    /// The failing orders that have rung.
    orders: BTreeSet<TaskId>,
    /// How often they have, since the last new one.
    rings: u8,
    /// Since when the desk hears nothing.
    deaf: Option<Span>,
    last: Option<Span>,
}

impl Ring {
    /// What to ring for now, if anything is due.
    pub fn due<'a>(&mut self, board: &'a Board, role: Role, now: Now) -> Option<Rung<'a>> {
        let doubt = deaf(board, now);
        self.deaf = doubt.map(|_| self.deaf.unwrap_or(now.hand));
        if newest(board).is_none() {
            self.heard = None;
        }
        // One that was sent again and fails again is a new one.
        self.orders.retain(|id| is_failing(board, id));
        let due = self.next(board, role, now).filter(|due| due.0 <= now.hand)?;
        self.last = Some(now.hand);
        match due.1 {
            Rung::Alarm(alarm) => self.heard = Some((alarm.raised, alarm.id.clone())),
            Rung::Notice(notice) => self.told = Some(notice.last(&board.room.notices, now.room)),
            Rung::Order(_) => {
                let new = self.new_order(board).is_some();
                self.rings = if new { 1 } else { self.rings.saturating_add(1) };
                self.orders
                    .extend(board.state.failing().map(|(id, _)| id.clone()));
            }
            Rung::Deaf(_) => {}
        }
        Some(due.1)
    }

    /// When one is due next, if nothing else happens.
    pub fn at(&self, board: &Board, role: Role, now: Now) -> Option<Span> {
        self.next(board, role, now).map(|due| due.0)
    }

    /// What rings next, and when: the soonest, and of several the gravest.
    fn next<'a>(&self, board: &'a Board, role: Role, now: Now) -> Option<(Span, Rung<'a>)> {
        let after = |new| {
            let pause = if new { APART } else { AGAIN };
            self.last.map_or(Span::ZERO, |last| later(last, pause))
        };
        let alarm = newest(board).map(|alarm| {
            let known = self.heard.as_ref();
            let new = known.is_none_or(|heard| *heard < (alarm.raised, alarm.id.clone()));
            (after(new), Rung::Alarm(alarm))
        });
        let told = self.new_telling(board, role, now.room);
        let told = told.map(|notice| (after(true), Rung::Notice(notice)));
        let fresh = self.new_order(board).map(|task| (after(true), task));
        let known = || self.orders.first().and_then(|id| board.state.tasks.get(id));
        let again = || (self.rings < ORDER_RINGS).then(known).flatten();
        let order = fresh.or_else(|| again().map(|task| (after(false), task)));
        let order = order.map(|(at, task)| (at, Rung::Order(task)));
        // Where an alarm rings, that nothing is heard need not.
        let silent = || {
            let (doubt, since) = (deaf(board, now)?, self.deaf?);
            let at = later(since, DEAF_FOR).max(after(false));
            Some((at, Rung::Deaf(doubt)))
        };
        let deaf = if alarm.is_none() { silent() } else { None };
        [alarm, told, order, deaf]
            .into_iter()
            .flatten()
            .min_by_key(|due| due.0)
    }

    /// The newest telling to the role that has not rung here.
    fn new_telling<'a>(&self, board: &'a Board, role: Role, now: Moment) -> Option<&'a Notice> {
        let last = |notice: &Notice| notice.last(&board.room.notices, now);
        let waiting = board.state.waiting(role);
        let rings = waiting.filter(|notice| !rings_itself(board, notice, (role, last(notice))));
        let newest = rings.max_by_key(|notice| last(notice))?;
        self.told.is_none_or(|told| told < last(newest)).then_some(newest)
    }

    /// When the role is told again, in the room's time.
    pub fn again(board: &Board, role: Role, now: Moment) -> Option<Moment> {
        let waiting = board.state.waiting(role);
        let next = waiting.filter_map(|notice| notice.next(&board.room.notices, now));
        next.min()
    }

    /// A failing order that has not rung.
    fn new_order<'a>(&self, board: &'a Board) -> Option<&'a Task> {
        let mut failing = board.state.failing().map(|(id, _)| id);
        let new = failing.find(|id| !self.orders.contains(*id))?;
        board.state.tasks.get(new)
    }
}

/// An order that fails has rung by itself when the operators are first told of it.
fn rings_itself(board: &Board, notice: &Notice, (role, last): (Role, Moment)) -> bool {
    let About::Undelivered { task, .. } = &notice.telling.about else {
        return false;
    };
    role == Role::Operator && last == notice.told && is_failing(board, task)
}

fn is_failing(board: &Board, id: &TaskId) -> bool {
    let task = board.state.tasks.get(id);
    task.is_some_and(|task| task.failing().is_some())
}

fn later(at: Span, pause: Span) -> Span {
    Span::from_ms(at.ms() + pause.ms())
}

/// The gravest doubt that no alarm speaks for.
fn deaf(board: &Board, now: Now) -> Option<Doubt<'_>> {
    board.calm(now.room).doubts.into_iter().find(Doubt::is_deaf)
}

/// The newest red or orange alarm that nobody has seen.
fn newest(board: &Board) -> Option<&Alarm> {
    let of = |severity| board.state.newest(AlarmState::Unacknowledged, severity);
    let both = [of(Severity::Red), of(Severity::Orange)];
    both.into_iter().flatten().max_by_key(|alarm| alarm.raised)
}
