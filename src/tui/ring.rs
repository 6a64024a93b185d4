//! When the bell rings: for a red or orange alarm that nobody has seen, at once, and again until somebody has; and while
//! the desk hears nothing, because no alarm can be raised then. Pure.

use crate::desk::board::Board;
use crate::domain::alarm::Alarm;
use crate::domain::alarm::AlarmState;
use crate::domain::calm::Doubt;
use crate::domain::id::AlarmId;
use crate::domain::signal::Severity;
use crate::domain::time::Moment;
use crate::domain::time::Span;
use crate::tui::seat::Now;
use std::cmp::Reverse;

/// New alarms ring at most this often.
const APART: Span = Span::secs(5);

/// As long as one is unseen it rings again after this time.
const AGAIN: Span = Span::mins(1);

/// A desk that hears nothing rings after this time: a collector that went is followed by another within it.
const DEAF_FOR: Span = Span::secs(15);

/// What rings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Rung<'a> {
    /// An alarm.
    Alarm(&'a Alarm),
    /// Something that no alarm can speak for: nothing is judged, or nothing recorded.
    Deaf(Doubt<'a>),
}

/// What has rung at one seat. Times are the hand's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ring {
    /// The newest unseen alarm that has rung, with the moment it was raised.
    heard: Option<(Moment, AlarmId)>,
    /// Since when the desk hears nothing.
    deaf: Option<Span>,
    last: Option<Span>,
}

impl Ring {
    /// What to ring for now, if anything is due.
    pub fn due<'a>(&mut self, board: &'a Board, now: Now) -> Option<Rung<'a>> {
        let (alarm, doubt) = (newest(board), deaf(board, now));
        self.deaf = doubt.map(|_| self.deaf.unwrap_or(now.hand));
        if alarm.is_none() {
            self.heard = None;
        }
        if self.at(board, now).is_none_or(|at| now.hand < at) {
            return None;
        }
        self.last = Some(now.hand);
        match alarm {
            Some(alarm) => {
                self.heard = Some((alarm.raised, alarm.id.clone()));
                Some(Rung::Alarm(alarm))
            }
            None => doubt.map(Rung::Deaf),
        }
    }

    /// When one is due next, if nothing else happens.
    pub fn at(&self, board: &Board, now: Now) -> Option<Span> {
        let after = |pause| self.last.map_or(Span::ZERO, |last| later(last, pause));
        let Some(alarm) = newest(board) else {
            let since = deaf(board, now).and(self.deaf)?;
            return Some(later(since, DEAF_FOR).max(after(AGAIN)));
        };
        let new = self
            .heard
            .as_ref()
            .is_none_or(|heard| *heard < (alarm.raised, alarm.id.clone()));
        Some(after(if new { APART } else { AGAIN }))
    }
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
    let first = |severity| {
        let from = (
            AlarmState::Unacknowledged,
            Reverse(severity),
            Reverse(Moment::from_ms(i64::MAX)),
            AlarmId::default(),
        );
        let rank = board.state.ranks.range(from..).next()?;
        let same = rank.0 == AlarmState::Unacknowledged && rank.1 == Reverse(severity);
        same.then(|| board.state.alarms.get(&rank.3)).flatten()
    };
    let both = [first(Severity::Red), first(Severity::Orange)];
    both.into_iter().flatten().max_by_key(|alarm| alarm.raised)
}
