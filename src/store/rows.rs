//! Stored forms of facts and entries: a kind, a version of that kind, and JSON. Nothing else knows how a fact is written.
//!
//! The domain's types stay free of encodings; each kind has a row type of its own, and a kind whose form changes
//! gets a new version beside the old one, which stays readable for ever. Called by every backend.

mod alarm;
mod case;
mod evidence;
mod form;
mod room;
mod shift;
mod task;
pub(super) mod whole;

use crate::domain::ledger::Entry;
use crate::domain::ledger::Fact;
use crate::domain::ledger::Stream;
use crate::domain::person::Actor;
use crate::domain::time::Moment;
use crate::store::StoreError;

pub use form::Pool;

/// The columns of one entry as they are stored, borrowed from wherever they lie. The chain is computed over all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row<'a> {
    /// Place in the ledger.
    pub seq: u64,
    /// The stream as [`Stream`] displays it.
    pub stream: &'a str,
    /// Place in the stream.
    pub nth: u32,
    /// Milliseconds since the epoch.
    pub at: i64,
    /// The operator's log-in name; `None` for the desk.
    pub by: Option<&'a str>,
    /// The seat; `None` for the desk.
    pub seat: Option<&'a str>,
    /// What kind of fact.
    pub kind: &'a str,
    /// The version of the kind's form.
    pub version: u32,
    /// The fact in JSON.
    pub fact: &'a str,
}

/// A fact in its stored form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// What kind of fact: `alarm.raised`, `case.moved` …
    pub kind: &'static str,
    /// The version of the kind's form.
    pub version: u32,
    /// JSON.
    pub json: String,
}

/// The stored form of a fact.
pub fn encode(fact: &Fact) -> Stored {
    match fact {
        Fact::Alarm(fact) => alarm::encode(fact),
        Fact::Case(fact) => case::encode(fact),
        Fact::Task(fact) => task::encode(fact),
        Fact::Shift(fact) => shift::encode(fact),
        Fact::Room(fact) => room::encode(fact),
    }
}

/// The fact that was stored; why not, when its kind or version is unknown or its JSON is not of that form.
pub fn decode(kind: &str, version: u32, json: &str, pool: &mut Pool) -> Result<Fact, String> {
    let fact = match kind.split_once('.') {
        Some(("alarm", _)) => Fact::Alarm(alarm::decode((kind, version), json, pool)?),
        Some(("case", _)) => Fact::Case(case::decode((kind, version), json, pool)?),
        Some(("task", _)) => Fact::Task(task::decode((kind, version), json, pool)?),
        Some(("shift", _)) => Fact::Shift(shift::decode((kind, version), json, pool)?),
        Some(("room", _)) => Fact::Room(room::decode((kind, version), json)?),
        Some(_) | None => return Err(form::unknown((kind, version))),
    };
    Ok(fact)
}

/// Whether a fact may stand in a stream: an alarm's in an alarm's, and so on.
pub fn fits(stream: &Stream, fact: &Fact) -> bool {
    matches!(
        (stream, fact),
        (Stream::Alarm(_), Fact::Alarm(_))
            | (Stream::Case(_), Fact::Case(_))
            | (Stream::Task(_), Fact::Task(_))
            | (Stream::Shift(_), Fact::Shift(_))
            | (Stream::Room, Fact::Room(_))
    )
}

/// The entry that a row stands for; [`StoreError::Entry`] names it when it cannot be understood.
pub fn entry(row: &Row<'_>, hash: [u8; 32], pool: &mut Pool) -> Result<Entry, StoreError> {
    let damaged = |why: String| StoreError::Entry { seq: row.seq, why };
    let stream = Stream::parse(row.stream).ok_or_else(|| damaged(format!("no stream: {}", row.stream)))?;
    let fact = decode(row.kind, row.version, row.fact, pool).map_err(damaged)?;
    if !fits(&stream, &fact) {
        return Err(damaged(format!("{} does not belong in {stream}", row.kind)));
    }
    Ok(Entry {
        seq: row.seq,
        stream,
        nth: row.nth,
        at: Moment::from_ms(row.at),
        by: row
            .by
            .map_or(Actor::Desk, |by| Actor::Person(pool.take(by).into())),
        seat: row.seat.map(|seat| pool.take(seat).into()),
        fact,
        hash,
    })
}
