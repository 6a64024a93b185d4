//! When an alarm rings: a red or orange one that nobody has seen, at once, and again until somebody has. Pure.

use crate::desk::board::Board;
use crate::domain::alarm::Alarm;
use crate::domain::alarm::AlarmState;
use crate::domain::id::AlarmId;
use crate::domain::signal::Severity;
use crate::domain::time::Moment;
use crate::domain::time::Span;
use std::cmp::Reverse;

/// New alarms ring at most this often.
const APART: Span = Span::secs(5);

/// As long as one is unseen it rings again after this time.
const AGAIN: Span = Span::mins(1);

/// What has rung at one seat. Times are the hand's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ring {
    /// The newest unseen alarm that has rung, with the moment it was raised.
    heard: Option<(Moment, AlarmId)>,
    last: Option<Span>,
}

impl Ring {
    /// The alarm to ring for now, if one is due.
    pub fn due<'a>(&mut self, board: &'a Board, hand: Span) -> Option<&'a Alarm> {
        let Some(alarm) = newest(board) else {
            self.heard = None;
            return None;
        };
        if self.at(board).is_none_or(|at| hand < at) {
            return None;
        }
        self.heard = Some((alarm.raised, alarm.id.clone()));
        self.last = Some(hand);
        Some(alarm)
    }

    /// When one is due next, if nothing else happens.
    pub fn at(&self, board: &Board) -> Option<Span> {
        let alarm = newest(board)?;
        let new = self
            .heard
            .as_ref()
            .is_none_or(|heard| *heard < (alarm.raised, alarm.id.clone()));
        let pause = if new { APART } else { AGAIN };
        Some(
            self.last
                .map_or(Span::ZERO, |last| Span::from_ms(last.ms() + pause.ms())),
        )
    }
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
