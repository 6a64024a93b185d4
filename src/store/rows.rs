//! Entries as they are stored: the columns of one, and back. How a fact itself is written is [`crate::domain::fact`]'s
//! matter. Called by every backend.

mod batch;
pub(super) mod notice;
pub(super) mod whole;

use crate::domain::fact::Fact;
use crate::domain::fact::pool::Pool;
use crate::domain::ledger::{Entry, Stream};
use crate::domain::person::Actor;
use crate::domain::time::Moment;
use crate::store::StoreError;

pub(super) use batch::Batch;

/// The columns of one entry as they are stored, borrowed from wherever they lie. The chain is computed over all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntryRow<'a> {
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

/// Whether a fact may stand in a stream: an alarm's in an alarm's, and so on.
pub fn fits(stream: &Stream, fact: &Fact) -> bool {
    matches!(
        (stream, fact),
        (Stream::Alarm(_), Fact::Alarm(_))
            | (Stream::Case(_), Fact::Case(_))
            | (Stream::Task(_), Fact::Task(_))
            | (Stream::Notice(_), Fact::Notice(_))
            | (Stream::Shift(_), Fact::Shift(_))
            | (Stream::Room, Fact::Room(_))
    )
}

/// The entry that a row stands for; [`StoreError::Entry`] names it when it cannot be understood.
pub fn entry(row: &EntryRow<'_>, hash: [u8; 32], pool: &mut Pool) -> Result<Entry, StoreError> {
    let damaged = |why: String| StoreError::Entry { seq: row.seq, why };
    let stream = Stream::parse(row.stream).ok_or_else(|| damaged(format!("no stream: {}", row.stream)))?;
    let fact = Fact::read(row.kind, row.version, row.fact, pool).map_err(damaged)?;
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
