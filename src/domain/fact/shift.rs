//! What happens to a shift (班次).

use crate::domain::fact::pool::{Pool, Pooled, share};
use crate::domain::id::{AlarmId, CaseId, OperatorId};
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use serde::{Deserialize, Serialize};

/// What a note of the duty is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoteKind {
    /// What a leader told the room to do (指示): a promise until it is done.
    Instruction,
    /// A call that came in or went out: a promise where one was made.
    Call,
    /// What the sky does, for whoever comes.
    Weather,
    /// Anything else.
    Other,
}

/// One row a kind of note: its key in the ledger and in JSON.
pub const NOTE_KINDS: &[(NoteKind, &str)] = &[
    (NoteKind::Instruction, "instruction"),
    (NoteKind::Call, "call"),
    (NoteKind::Weather, "weather"),
    (NoteKind::Other, "other"),
];

impl NoteKind {
    /// The key in the ledger and in JSON.
    pub fn key(self) -> &'static str {
        NOTE_KINDS
            .iter()
            .find(|row| row.0 == self)
            .map_or("", |row| row.1)
    }

    /// By its key.
    pub fn by_key(key: &str) -> Option<Self> {
        NOTE_KINDS.iter().find(|row| row.1 == key).map(|row| row.0)
    }
}

/// Which of the two signatures of a hand-over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// Of whoever leaves (交班).
    Out,
    /// Of whoever comes (接班).
    In,
}

/// One row a side: its key in the ledger.
pub const SIDES: &[(Side, &str)] = &[(Side::Out, "out"), (Side::In, "in")];

impl Side {
    /// The key in the ledger.
    pub fn key(self) -> &'static str {
        SIDES.iter().find(|row| row.0 == self).map_or("", |row| row.1)
    }

    /// By its key.
    pub fn by_key(key: &str) -> Option<Self> {
        SIDES.iter().find(|row| row.1 == key).map(|row| row.0)
    }
}

/// What may forbid a hand-over, by kind and name; what does is judged in [`crate::domain::decide::blockers`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "(String, Clean)", into = "(String, Clean)")]
pub enum Blocker {
    /// A red or orange alarm that nobody has acknowledged.
    Alarm(AlarmId),
    /// An episode in force on which nobody noted anything during this shift.
    Episode(CaseId),
    /// An emergency whose report is due: its clock runs.
    Report(CaseId),
}

impl Blocker {
    /// The key of its kind in the ledger.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Alarm(_) => "alarm",
            Self::Episode(_) => "episode",
            Self::Report(_) => "report",
        }
    }

    /// What stands in the way, by its name.
    pub fn name(&self) -> &str {
        match self {
            Self::Alarm(id) => id.as_str(),
            Self::Episode(id) | Self::Report(id) => id.as_str(),
        }
    }

    /// By kind and name.
    pub fn of(kind: &str, name: &str) -> Option<Self> {
        match kind {
            "alarm" => Some(Self::Alarm(AlarmId::new(name))),
            "episode" => Some(Self::Episode(CaseId::new(name))),
            "report" => Some(Self::Report(CaseId::new(name))),
            _ => None,
        }
    }
}

impl From<Blocker> for (String, Clean) {
    fn from(blocker: Blocker) -> Self {
        (blocker.kind().to_owned(), Clean::new(blocker.name()))
    }
}

impl TryFrom<(String, Clean)> for Blocker {
    type Error = String;

    fn try_from((kind, name): (String, Clean)) -> Result<Self, String> {
        Self::of(&kind, name.as_str()).ok_or_else(|| format!("no kind of blocker: {kind}"))
    }
}

/// One shift of one day with those who are due: what a hand-over is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Duty {
    /// The key of its turn.
    pub turn: Clean,
    /// Those on duty.
    pub operators: Vec<OperatorId>,
    /// The leader on call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub leader: Option<OperatorId>,
    /// Its beginning.
    pub from: Moment,
    /// Its end.
    pub until: Moment,
}

/// What happened to a shift, as the ledger keeps it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ShiftFact {
    /// Somebody took it: the roster's row as it was then.
    Opened(Box<Duty>),
    /// Words for the log.
    Noted {
        /// What about.
        kind: NoteKind,
        /// As they were written; a correction is a further note.
        words: Clean,
    },
    /// The hand-over is ready to be read.
    Prepared,
    /// Whoever comes has begun to read it.
    Read,
    /// A leader let the hand-over go on in spite of these.
    Overridden {
        /// What stood in the way.
        blockers: Vec<Blocker>,
        /// Why; never empty.
        reason: Clean,
    },
    /// One of the two signatures.
    Signed {
        /// Of the two who sign, leaving and coming.
        side: Side,
        /// What stood in the way and had been overridden.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        despite: Vec<Blocker>,
    },
    /// Both have signed.
    Closed,
}

share!(Duty: turn, operators, leader);

impl Pooled for ShiftFact {
    fn share(&mut self, pool: &mut Pool) {
        if let Self::Opened(duty) = self {
            duty.share(pool);
        }
    }
}
