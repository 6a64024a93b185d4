//! Alarms (告警) by ISA-18.2: two memories (active, unacknowledged) and the ways an alarm is held.
//!
//! What an alarm is and what a fact does to it stands here, the figures over many alarms in its submodules, who may do what
//! in [`crate::domain::decide::alarm`].

pub mod group;
pub mod kpi;

use crate::domain::fact::alarm::{AlarmFact, Cause, Hold};
use crate::domain::id::{AlarmId, CaseId, OperatorId};
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Span};
use std::sync::Arc;

/// An alarm that is not normal. Its identity is its dedupe key, so a repeat is the same alarm.
#[derive(Clone, Debug, PartialEq)]
pub struct Alarm {
    /// The dedupe key.
    pub id: AlarmId,
    /// Why it is there. Shared: most of an alarm is its cause, and most of what happens to one leaves it as it is.
    pub cause: Arc<Cause>,
    /// First memory: the condition lasts.
    pub active: bool,
    /// Second memory: nobody has yet said «seen».
    pub unacked: bool,
    /// Held back, if it is.
    pub hold: Option<Hold>,
    /// The last acknowledgement of this occurrence.
    pub ack: Option<Ack>,
    /// When the desk first raised it; kept over repeats.
    pub first_seen: Moment,
    /// When this occurrence, or its last rise in severity, was raised.
    pub raised: Moment,
    /// By how much the clock was set since then.
    pub stepped: Span,
    /// When the condition ended, if it has.
    pub returned: Option<Moment>,
    /// How often it was raised, this time included.
    pub occurrences: u32,
    /// The case opened on it, if one.
    pub case: Option<CaseId>,
    /// Number of its last entry; actions carry it.
    pub version: u32,
}

/// An acknowledgement.
#[derive(Clone, Debug, PartialEq)]
pub struct Ack {
    /// Who.
    pub by: OperatorId,
    /// When.
    pub at: Moment,
    /// Their words; may be empty.
    pub comment: Clean,
    /// When it expires and the alarm is unacknowledged again.
    pub until: Option<Moment>,
}

/// The seven states of ISA-18.2, derived from the two memories and the hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AlarmState {
    /// B: active, unacknowledged. Sounds and stands out.
    Unacknowledged,
    /// D: returned to normal, not yet seen. Kept until it is.
    Returned,
    /// C: active, acknowledged.
    Acknowledged,
    /// E: shelved.
    Shelved,
    /// F: suppressed by design.
    Suppressed,
    /// G: out of service.
    OutOfService,
    /// A: normal; leaves the list.
    Normal,
}

/// One row a state: its key in JSON and filters, and its letter in ISA-18.2.
pub const ALARM_STATES: &[(AlarmState, &str, char)] = &[
    (AlarmState::Unacknowledged, "unacknowledged", 'B'),
    (AlarmState::Returned, "returned", 'D'),
    (AlarmState::Acknowledged, "acknowledged", 'C'),
    (AlarmState::Shelved, "shelved", 'E'),
    (AlarmState::Suppressed, "suppressed", 'F'),
    (AlarmState::OutOfService, "out_of_service", 'G'),
    (AlarmState::Normal, "normal", 'A'),
];

impl AlarmState {
    /// The key in JSON and filters.
    pub fn key(self) -> &'static str {
        ALARM_STATES
            .iter()
            .find(|row| row.0 == self)
            .map_or("", |row| row.1)
    }

    /// By its key.
    pub fn by_key(key: &str) -> Option<Self> {
        ALARM_STATES.iter().find(|row| row.1 == key).map(|row| row.0)
    }
}

/// The states of alarms that nobody has seen, the more urgent first: the beginning of the order people read them in.
pub const UNSEEN: &[AlarmState] = &[AlarmState::Unacknowledged, AlarmState::Returned];

impl AlarmState {
    /// Whether an alarm in this state needs a person.
    pub fn needs_person(self) -> bool {
        UNSEEN.contains(&self)
    }
}

impl Alarm {
    /// The alarm that a first `Raised` makes.
    pub fn raised(id: AlarmId, cause: Arc<Cause>, at: Moment, version: u32) -> Self {
        Self {
            id,
            cause,
            active: true,
            unacked: true,
            hold: None,
            ack: None,
            first_seen: at,
            raised: at,
            stepped: Span::ZERO,
            returned: None,
            occurrences: 1,
            case: None,
            version,
        }
    }

    /// Its ISA-18.2 state.
    pub fn state(&self) -> AlarmState {
        match (&self.hold, self.active, self.unacked) {
            (Some(Hold::Shelved { .. }), _, _) => AlarmState::Shelved,
            (Some(Hold::Suppressed { .. }), _, _) => AlarmState::Suppressed,
            (Some(Hold::OutOfService { .. }), _, _) => AlarmState::OutOfService,
            (None, true, true) => AlarmState::Unacknowledged,
            (None, false, true) => AlarmState::Returned,
            (None, true, false) => AlarmState::Acknowledged,
            (None, false, false) => AlarmState::Normal,
        }
    }

    /// Takes one fact in. The only way an alarm changes.
    pub fn apply(&mut self, fact: &AlarmFact, by: &OperatorId, at: Moment, version: u32) {
        self.version = version;
        match fact {
            AlarmFact::Raised(cause) => {
                self.cause = Arc::clone(cause);
                (self.active, self.unacked, self.returned, self.ack) = (true, true, None, None);
                (self.raised, self.stepped) = (at, Span::ZERO);
                self.occurrences = self.occurrences.saturating_add(1);
            }
            AlarmFact::Regraded { severity, title } => {
                if *severity > self.cause.severity {
                    (self.unacked, self.ack, self.raised) = (true, None, at);
                    self.stepped = Span::ZERO;
                }
                let cause = Arc::make_mut(&mut self.cause);
                (cause.severity, cause.title) = (*severity, title.clone());
            }
            AlarmFact::Returned => (self.active, self.returned) = (false, Some(at)),
            AlarmFact::Acknowledged { comment, until } => {
                self.unacked = false;
                self.ack = Some(Ack {
                    by: by.clone(),
                    at,
                    comment: comment.clone(),
                    until: *until,
                });
            }
            AlarmFact::Unacknowledged { .. } => (self.unacked, self.ack) = (true, None),
            AlarmFact::Held(hold) => self.hold = Some(hold.clone()),
            AlarmFact::Released => self.hold = None,
            AlarmFact::Joined { case } => self.case = Some(case.clone()),
        }
    }

    /// Since when it stands, by the clock as it goes now.
    pub fn since(&self) -> Moment {
        self.raised + self.stepped
    }

    /// The clock was set by so much: the ends of its acknowledgement and its shelving go with it, and that of its condition
    /// where the desk set it. What an upstream told stays in the calendar.
    pub fn step(&mut self, by: Span) {
        self.stepped = self.stepped + by;
        if let Some(ends) = self.cause.ends.filter(|_| self.cause.own_end) {
            Arc::make_mut(&mut self.cause).ends = Some(ends + by);
        }
        if let Some(Hold::Shelved { until, .. }) = &mut self.hold {
            *until = *until + by;
        }
        if let Some(ack) = &mut self.ack {
            ack.until = ack.until.map(|until| until + by);
        }
    }
}
