//! Snapshots in SQLite, each vouched for by an entry: what no entry vouches for is not taken for true.
//!
//! The entry says up to which entry the snapshot goes and the SHA-256 of its bytes; both are stored in one transaction. So
//! whoever changes a snapshot has to change the entry, and with it the one after, at which a start looks too; from there on
//! the chain is broken, or was written anew to its end: the one is found by verifying it, the other by what was written
//! down elsewhere.

use crate::domain::chain::Distrust;
use crate::domain::fact::Fact;
use crate::domain::fact::pool::Pool;
use crate::domain::fact::room::RoomFact;
use crate::domain::ledger::{Draft, Entry, GENESIS, Hash, Stream, Tip};
use crate::domain::person::Actor;
use crate::domain::state::Fold;
use crate::domain::text::{Clean, hex};
use crate::domain::time::{Moment, Span};
use crate::store::sqlite::fault::Halt;
use crate::store::sqlite::ledger;
use crate::store::{StoreError, chain, snapshot};
use rusqlite::{Connection, Transaction, params};
use sha2::{Digest, Sha256};
use std::thread;

/// The last entry that vouches for a snapshot.
struct Voucher {
    /// Its own number.
    seq: u64,
    /// Up to which entry the snapshot goes.
    upto: u64,
    /// SHA-256 of its bytes.
    digest: Clean,
}

impl Voucher {
    fn is_of(&self, body: &[u8]) -> bool {
        hex(&Sha256::digest(body)) == self.digest.as_str()
    }
}

/// The state of the snapshot; `None` where there is none, or only one of another form or stay.
pub(super) fn take(conn: &Connection, stay: Option<Span>) -> Result<Option<Fold>, Distrust> {
    let Some((tip, body)) = stored(conn) else {
        return Ok(None);
    };
    let voucher = voucher(conn).ok_or(Distrust::Unvouched)?;
    let on_chain = ledger::hash_at(conn, tip.seq).ok().flatten() == Some(tip.hash);
    if voucher.upto != tip.seq || !on_chain {
        return Err(Distrust::Place);
    }
    // Summed beside the reading: a start waits for the longer of the two, not for both.
    let (state, is_it) = thread::scope(|scope| {
        let sum = scope.spawn(|| voucher.is_of(&body));
        let state = snapshot::read(&body, &tip, stay);
        (state, sum.join())
    });
    if is_it.is_ok_and(|is_it| is_it) {
        Ok(state)
    } else {
        Err(Distrust::Bytes)
    }
}

/// Whether a snapshot with that stay stands there, and nothing happened after it but that it was vouched for.
pub(super) fn is_fresh(conn: &Connection, stay: Option<Span>) -> bool {
    let vouched = voucher(conn).zip(ledger::tip(conn).ok());
    let kept = vouched.filter(|(last, head)| last.seq == head.seq && last.upto + 1 == head.seq);
    let of = kept.and_then(|(last, _)| {
        stored(conn)
            .filter(|(tip, _)| tip.seq == last.upto)
            .map(|(_, body)| (last, body))
    });
    of.is_some_and(|(last, body)| last.is_of(&body) && snapshot::is_of(&body, stay))
}

/// Keeps a snapshot and vouches for it.
pub(super) fn keep(write: &Transaction<'_>, tip: &Tip, body: &[u8], at: Moment) -> Result<Entry, Halt> {
    put(write, tip, body)?;
    let fact = RoomFact::Snapshot {
        entry: tip.seq,
        digest: Clean::new(&hex(&Sha256::digest(body))),
    };
    let draft = Draft {
        stream: Stream::Room,
        expect: ledger::nth_of(write, &Stream::Room)?,
        at,
        by: Actor::Desk,
        seat: None,
        fact: Fact::Room(fact),
    };
    let made = ledger::append(write, &[draft])?;
    made.into_iter().next().ok_or_else(|| {
        Halt::Store(StoreError::Backend {
            operation: "keep a snapshot",
            why: "nothing was appended".to_owned(),
        })
    })
}

/// Puts a snapshot there; for itself it is worth nothing.
pub(super) fn put(write: &Transaction<'_>, tip: &Tip, body: &[u8]) -> Result<(), Halt> {
    write
        .prepare_cached("INSERT OR REPLACE INTO snapshot(one, seq, hash, body) VALUES(1, ?1, ?2, ?3)")?
        .execute(params![tip.seq.cast_signed(), tip.hash.as_slice(), body])?;
    Ok(())
}

fn stored(conn: &Connection) -> Option<(Tip, Vec<u8>)> {
    ledger::noted(conn, "SELECT seq, hash, body FROM snapshot", |row| row.get(2))
}

/// The last entry that vouches for a snapshot, where its hash holds, and that of the one after it.
fn voucher(conn: &Connection) -> Option<Voucher> {
    let newest = format!(
        "{} WHERE stream = 'room' AND kind = 'room.snapshot' ORDER BY nth DESC LIMIT 1",
        ledger::COLUMNS
    );
    let mut statement = conn.prepare_cached(&newest).ok()?;
    let mut rows = statement.query([]).ok()?;
    let (row, hash) = ledger::columns(rows.next().ok()??).ok()?;
    let before = match row.seq {
        0 | 1 => GENESIS,
        seq => ledger::hash_at(conn, seq - 1).ok()??,
    };
    let hash = Hash::try_from(hash).ok()?;
    let holds = chain::link(&before, &row) == hash && is_followed(conn, &Tip { seq: row.seq, hash })?;
    match Fact::read(row.kind, row.version, row.fact, &mut Pool::default()) {
        Ok(Fact::Room(RoomFact::Snapshot { entry, digest })) if holds => Some(Voucher {
            seq: row.seq,
            upto: entry,
            digest,
        }),
        _ => None,
    }
}

/// Whether the entry after that one fits it, where there is one.
fn is_followed(conn: &Connection, tip: &Tip) -> Option<bool> {
    let next = format!("{} WHERE seq = ?1", ledger::COLUMNS);
    let mut statement = conn.prepare_cached(&next).ok()?;
    let mut rows = statement.query([(tip.seq + 1).cast_signed()]).ok()?;
    let Some(found) = rows.next().ok()? else {
        return Some(true);
    };
    let (row, hash) = ledger::columns(found).ok()?;
    Some(chain::link(&tip.hash, &row) == hash)
}
