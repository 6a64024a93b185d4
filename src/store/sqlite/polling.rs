//! What polling keeps in SQLite beside the ledger: how often signals were seen, what sources remember, who collects.

use crate::domain::signal::Signal;
use crate::domain::time::{Moment, Span};
use crate::store::sqlite::fault::Halt;
use crate::store::{Lease, Sighting, StoreError, Under};
use rusqlite::{Connection, OptionalExtension, Transaction, params};

/// Longer than any lease lasts.
const LONGEST: Span = Span::mins(1);

pub(super) fn sight(write: &Transaction<'_>, signals: &[Signal], at: Moment) -> Result<Vec<Sighting>, Halt> {
    let mut count = write.prepare_cached(
        "INSERT INTO sighting(source, id, first_seen, last_seen, count) VALUES(?1, ?2, ?3, ?3, 1)
         ON CONFLICT(source, id) DO UPDATE SET last_seen = excluded.last_seen, count = count + 1
         RETURNING first_seen, count",
    )?;
    let mut seen = Vec::with_capacity(signals.len());
    for signal in signals {
        let key = params![signal.source.as_str(), signal.id.as_str(), at.ms()];
        seen.push(count.query_row(key, |row| {
            Ok(Sighting {
                first: Moment::from_ms(row.get(0)?),
                count: row.get::<_, i64>(1)?.cast_unsigned(),
            })
        })?);
    }
    Ok(seen)
}

/// Rows that one transaction drops, so that no append waits long.
pub(super) const FORGOTTEN_AT_ONCE: usize = 10_000;

/// Drops some of the signals that were last seen before `before`; how many.
pub(super) fn forget(write: &Transaction<'_>, before: Moment) -> Result<usize, Halt> {
    let most = i64::try_from(FORGOTTEN_AT_ONCE).unwrap_or(i64::MAX);
    let dropped = write
        .prepare_cached(
            "DELETE FROM sighting WHERE (source, id) IN
             (SELECT source, id FROM sighting WHERE last_seen < ?1 LIMIT ?2)",
        )?
        .execute(params![before.ms(), most])?;
    Ok(dropped)
}

pub(super) fn recall(conn: &Connection, key: &str) -> rusqlite::Result<Option<String>> {
    conn.prepare_cached("SELECT value FROM memo WHERE key = ?1")?
        .query_row([key], |row| row.get(0))
        .optional()
}

pub(super) fn remember(write: &Transaction<'_>, key: &str, value: &serde_json::Value) -> Result<(), Halt> {
    write
        .prepare_cached(
            "INSERT INTO memo(key, value) VALUES(?1, ?2)
             ON CONFLICT(key) DO UPDATE SET value = excluded.value",
        )?
        .execute([key, &value.to_string()])?;
    Ok(())
}

/// One statement takes, renews or leaves it. A lease that ends later than anyone could have asked for was written by a
/// clock that has since been set back; it holds nobody off.
const TAKE: &str = "
INSERT INTO lease(name, holder, epoch, expires) VALUES('collector', ?1, 1, ?2)
ON CONFLICT(name) DO UPDATE SET epoch = epoch + (holder <> ?1), holder = ?1, expires = ?2
WHERE lease.holder = ?1 OR lease.expires < ?3 OR lease.expires > ?4";

pub(super) fn lease(write: &Transaction<'_>, holder: &str, now: Moment, length: Span) -> Result<Lease, Halt> {
    let end = now + length;
    let absurd = end + length;
    write
        .prepare_cached(TAKE)?
        .execute(params![holder, end.ms(), now.ms(), absurd.ms()])?;
    let lease = write
        .prepare_cached("SELECT holder, epoch FROM lease WHERE name = 'collector'")?
        .query_row([], |row| {
            let at_work: String = row.get(0)?;
            Ok(Lease {
                held: at_work == holder,
                holder: at_work,
                epoch: row.get::<_, i64>(1)?.cast_unsigned(),
            })
        })?;
    Ok(lease)
}

/// Refuses what was decided under a term that is over.
pub(super) fn guard(write: &Transaction<'_>, under: Under) -> Result<(), Halt> {
    let Under::Term(had) = under else {
        return Ok(());
    };
    let now: Option<i64> = write
        .prepare_cached("SELECT epoch FROM lease WHERE name = 'collector'")?
        .query_row([], |row| row.get(0))
        .optional()?;
    let now = now.map_or(0, i64::cast_unsigned);
    if now == had {
        return Ok(());
    }
    Err(Halt::Store(StoreError::Fenced { had, now }))
}

/// The holder of a lease that runs at `now`. One that runs longer than any is taken for was written by another clock.
pub(super) fn collector(conn: &Connection, now: Moment) -> rusqlite::Result<Option<String>> {
    let furthest = now + LONGEST;
    conn.prepare_cached("SELECT holder FROM lease WHERE name = 'collector' AND expires BETWEEN ?1 AND ?2")?
        .query_row([now.ms(), furthest.ms()], |row| row.get(0))
        .optional()
}

pub(super) fn seen(conn: &Connection, signals: &[(&str, &str)]) -> rusqlite::Result<Vec<u64>> {
    let mut read = conn.prepare_cached("SELECT count FROM sighting WHERE source = ?1 AND id = ?2")?;
    let mut counts = Vec::with_capacity(signals.len());
    for (source, id) in signals {
        let count: Option<i64> = read.query_row([source, id], |row| row.get(0)).optional()?;
        counts.push(count.map_or(0, i64::cast_unsigned));
    }
    Ok(counts)
}

pub(super) fn release(write: &Transaction<'_>, holder: &str) -> Result<(), Halt> {
    write
        .prepare_cached("UPDATE lease SET expires = ?2 WHERE name = 'collector' AND holder = ?1")?
        .execute(params![holder, i64::MIN])?;
    Ok(())
}
