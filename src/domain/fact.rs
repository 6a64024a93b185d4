//! Facts: what happened, as the ledger keeps it for ever. The only types that are stored, and the only part of the domain
//! that knows how: a type here is its own stored form.
//!
//! A fact stands in the ledger as a kind (`alarm.raised`), the version of that kind, and JSON. Stored bytes are never
//! written anew, for the chain of hashes covers them; so a form grows in two ways only:
//!
//! - **A further field** is optional: it has a default and is skipped while it has it, so that what was stored before reads
//!   and writes back byte by byte.
//! - **A changed meaning** is a version of its own: a variant named `moved.2` beside `moved`, which stays readable.
//!
//! A kind, version or field that is not known is refused by name: a ledger of a newer program is never half understood.
//! One line of every kind stands in `tests/fixtures/ledger/` and is held against these types.

pub mod alarm;
pub mod case;
mod day;
pub mod declared;
pub mod evidence;
pub mod forecast;
mod form;
pub mod notice;
pub mod pool;
pub mod readings;
pub mod role;
pub mod room;
pub mod shift;
pub mod task;
mod words;

use crate::domain::fact::alarm::AlarmFact;
use crate::domain::fact::case::CaseFact;
use crate::domain::fact::notice::NoticeFact;
use crate::domain::fact::pool::{Pool, Pooled};
use crate::domain::fact::room::RoomFact;
use crate::domain::fact::shift::ShiftFact;
use crate::domain::fact::task::TaskFact;

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Fact {
    /// To an alarm.
    Alarm(AlarmFact),
    /// To a case.
    Case(CaseFact),
    /// To a task.
    Task(TaskFact),
    /// To a notice.
    Notice(NoticeFact),
    /// To a shift.
    Shift(ShiftFact),
    /// To the room.
    Room(RoomFact),
}

/// A fact in its stored form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// What kind of fact: `alarm.raised`, `case.moved` …
    pub kind: String,
    /// The version of the kind's form.
    pub version: u32,
    /// JSON.
    pub json: String,
}

impl Fact {
    /// Its stored form.
    pub fn stored(&self) -> Stored {
        match self {
            Self::Alarm(fact) => form::write("alarm", fact),
            Self::Case(fact) => form::write("case", fact),
            Self::Task(fact) => form::write("task", fact),
            Self::Notice(fact) => form::write("notice", fact),
            Self::Shift(fact) => form::write("shift", fact),
            Self::Room(fact) => form::write("room", fact),
        }
    }

    /// The fact that was stored; why not, when its kind or version is unknown or its JSON is not of that form.
    pub fn read(kind: &str, version: u32, json: &str, pool: &mut Pool) -> Result<Self, String> {
        let known = (kind, version);
        let mut fact = match kind.split_once('.') {
            Some(("alarm", _)) => Self::Alarm(form::read(known, json)?),
            Some(("case", _)) => Self::Case(form::read(known, json)?),
            Some(("task", _)) => Self::Task(form::read(known, json)?),
            Some(("notice", _)) => Self::Notice(form::read(known, json)?),
            Some(("shift", _)) => Self::Shift(form::read(known, json)?),
            Some(("room", _)) => Self::Room(form::read(known, json)?),
            Some(_) | None => return Err(form::unknown(known)),
        };
        fact.share(pool);
        Ok(fact)
    }
}

impl Pooled for Fact {
    fn share(&mut self, pool: &mut Pool) {
        match self {
            Self::Alarm(fact) => fact.share(pool),
            Self::Case(fact) => fact.share(pool),
            Self::Task(fact) => fact.share(pool),
            Self::Notice(fact) => fact.share(pool),
            Self::Shift(fact) => fact.share(pool),
            Self::Room(_) => {}
        }
    }
}
