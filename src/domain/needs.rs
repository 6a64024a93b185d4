//! How much needs a person (待处置): alarms that nobody has seen, orders that do not arrive, cases past their time or
//! without a loop that knows it.
//!
//! Each is judged where it stands ([`AlarmState::needs_person`](crate::domain::alarm::AlarmState::needs_person),
//! [`Task::needs_person`](crate::domain::task::Task::needs_person), [`is_late`](crate::domain::case::clock::is_late));
//! here they are counted together, for what calm covers and for what a list says lies outside it.

use crate::domain::case::Case;
use crate::domain::state::State;

/// How many matters need a person, each for itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// Alarms that nobody has seen.
    pub alarms: usize,
    /// Orders that have not arrived and that a person must see to.
    pub orders: usize,
    /// Cases past their time.
    pub late: usize,
    /// Cases whose loop or stage is not configured: no limit runs on them.
    pub lost: usize,
}

/// The open cases whose loop or stage is not configured ([`is_lost`](crate::domain::case::clock::is_lost)).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lost<'a> {
    /// The first of them.
    pub first: &'a Case,
    /// How many there are.
    pub count: usize,
}

impl Needs {
    /// By the running figures of a state, of whose cases so many are late, and so many without their loop. Costs nothing
    /// to speak of.
    pub fn of(state: &State, late: usize, lost: usize) -> Self {
        Self {
            alarms: state.unseen_count(),
            orders: state.failed_count(),
            late,
            lost,
        }
    }

    /// Together.
    pub fn total(self) -> usize {
        self.alarms + self.orders + self.late + self.lost
    }
}
