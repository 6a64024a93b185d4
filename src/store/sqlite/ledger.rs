//! Entries in SQLite: append, read, audit.

use crate::domain::fact::pool::Pool;
use crate::domain::ledger::{Draft, Entry, Hash, Stream, Tip};
use crate::domain::ledger_fault::Misfit;
use crate::domain::text::Clean;
use crate::store::chain::{Numbers, Walk};
use crate::store::rows::EntryRow;
use crate::store::sqlite::fault::{Halt, is_damage, reading};
use crate::store::{StoreError, rows, snapshot};
use rusqlite::ffi::SQLITE_IOERR;
use rusqlite::types::FromSqlError;
use rusqlite::{CachedStatement, Connection, OptionalExtension, Params, Transaction, params};

pub(super) const COLUMNS: &str =
    "SELECT seq, stream, nth, at, actor, seat, kind, version, fact, hash FROM entry";

/// How an entry is written; it fails where one of its number is there.
const INSERT: &str = "INSERT INTO entry VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";

pub(super) fn append(write: &Transaction<'_>, drafts: &[Draft]) -> Result<Vec<Entry>, Halt> {
    let mut tip = tip(write)?;
    let mut numbers = Numbers::default();
    let mut into = write.prepare_cached(INSERT)?;
    let mut entries = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let nth = numbers.next(draft, || nth_of(write, &draft.stream))?;
        let written = tip.extend(draft, nth)?;
        insert(&mut into, &written.row(), &tip.hash)?;
        entries.push(written.entry);
    }
    set_head(write, &tip)?;
    Ok(entries)
}

/// Writes one entry as it stands.
pub(super) fn insert(
    into: &mut CachedStatement<'_>,
    row: &EntryRow<'_>,
    hash: &Hash,
) -> rusqlite::Result<()> {
    into.execute(params![
        row.seq.cast_signed(),
        row.stream,
        row.nth,
        row.at,
        row.by,
        row.seat,
        row.kind,
        row.version,
        row.fact,
        hash.as_slice(),
    ])?;
    Ok(())
}

/// Notes the end of the chain beside it.
pub(super) fn set_head(write: &Transaction<'_>, tip: &Tip) -> rusqlite::Result<()> {
    write
        .prepare_cached("UPDATE head SET seq = ?1, hash = ?2")?
        .execute(params![tip.seq.cast_signed(), tip.hash.as_slice()])?;
    Ok(())
}

/// How many entries the stream has.
pub(super) fn nth_of(write: &Transaction<'_>, stream: &Stream) -> Result<u32, Halt> {
    let nth: Option<u32> = write
        .prepare_cached("SELECT max(nth) FROM entry WHERE stream = ?1")?
        .query_row([stream.to_string()], |row| row.get(0))?;
    Ok(nth.unwrap_or(0))
}

/// The end of the chain as noted beside it.
pub(super) fn tip(conn: &Connection) -> rusqlite::Result<Tip> {
    conn.prepare_cached("SELECT seq, hash FROM head")?
        .query_row([], |row| {
            let (seq, hash): (i64, Hash) = (row.get(0)?, row.get(1)?);
            Ok(Tip {
                seq: seq.cast_unsigned(),
                hash,
            })
        })
}

/// The hash of one entry, if it is there.
pub(super) fn hash_at(conn: &Connection, seq: u64) -> rusqlite::Result<Option<Hash>> {
    conn.prepare_cached("SELECT hash FROM entry WHERE seq = ?1")?
        .query_row([seq.cast_signed()], |row| row.get(0))
        .optional()
}

/// Whether the ledger holds that entry; where it does not it went back, or is another one.
pub(super) fn follows(conn: &Connection, after: &Tip) -> Result<(), StoreError> {
    if *after == Tip::default() {
        return Ok(());
    }
    let there = hash_at(conn, after.seq).map_err(reading("read an entry"))?;
    if there == Some(after.hash) {
        return Ok(());
    }
    let head = tip(conn).map_err(reading("read the head"))?;
    Err(StoreError::Forked {
        ours: after.seq,
        theirs: head.seq,
    })
}

/// A place with its hash, and what else stands in the row; `None` for whatever cannot be read.
pub(super) fn noted<T>(
    conn: &Connection,
    sql: &str,
    rest: impl FnOnce(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
) -> Option<(Tip, T)> {
    let mut statement = conn.prepare_cached(sql).ok()?;
    let row = statement.query_row([], |row| {
        let (seq, hash): (i64, Hash) = (row.get(0)?, row.get(1)?);
        let seq = seq.cast_unsigned();
        Ok((Tip { seq, hash }, rest(row)?))
    });
    row.ok()
}

pub(super) fn since(conn: &Connection, seq: u64, most: usize) -> Result<Vec<Entry>, StoreError> {
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let mut entries = Vec::new();
    each(
        conn,
        &format!("{COLUMNS} WHERE seq > ?1 ORDER BY seq LIMIT ?2"),
        params![seq.cast_signed(), most],
        |entry| entries.push(entry),
    )?;
    Ok(entries)
}

pub(super) fn each(
    conn: &Connection,
    sql: &str,
    given: impl Params,
    mut take: impl FnMut(Entry),
) -> Result<(), StoreError> {
    let mut pool = Pool::default();
    each_row(conn, sql, given, |row, hash| {
        take(rows::entry(row, hash, &mut pool)?);
        Ok(())
    })
}

/// The same as they are stored.
pub(super) fn each_row(
    conn: &Connection,
    sql: &str,
    given: impl Params,
    mut take: impl FnMut(&EntryRow<'_>, Hash) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    const OPERATION: &str = "read entries";
    let mut statement = conn.prepare_cached(sql).map_err(reading(OPERATION))?;
    let mut rows = statement.query(given).map_err(reading(OPERATION))?;
    while let Some(found) = rows.next().map_err(reading(OPERATION))? {
        let (row, hash) = columns(found).map_err(|why| damaged(found, why))?;
        let hash = <Hash>::try_from(hash);
        take(
            &row,
            hash.map_err(|_| damaged(found, "its hash has not 32 bytes".to_owned()))?,
        )?;
    }
    Ok(())
}

fn damaged(found: &rusqlite::Row<'_>, why: String) -> StoreError {
    let seq = found.get::<_, i64>(0).unwrap_or_default().cast_unsigned();
    StoreError::Entry { seq, why }
}

/// The stored columns and hash of one entry; why not, when a column is not of its type.
pub(super) fn columns<'a>(found: &'a rusqlite::Row<'_>) -> Result<(EntryRow<'a>, &'a [u8]), String> {
    let at = |nth: usize| found.get_ref(nth).map_err(|e| e.to_string());
    let strange = |nth: usize| move |e: FromSqlError| format!("column {nth}: {e}");
    let words = |nth: usize| at(nth)?.as_str().map_err(strange(nth));
    let maybe = |nth: usize| at(nth)?.as_str_or_null().map_err(strange(nth));
    let number = |nth: usize| at(nth)?.as_i64().map_err(strange(nth));
    let small = |nth: usize| u32::try_from(number(nth)?).map_err(|e| format!("column {nth}: {e}"));
    let hash = at(9)?.as_blob().map_err(strange(9))?;
    let row = EntryRow {
        seq: number(0)?.cast_unsigned(),
        stream: words(1)?,
        nth: small(2)?,
        at: number(3)?,
        by: maybe(4)?,
        seat: maybe(5)?,
        kind: words(6)?,
        version: small(7)?,
        fact: words(8)?,
    };
    Ok((row, hash))
}

/// Where the snapshot lies, if its bytes are whole: a damaged one says nothing about the entries.
fn noted_by_snapshot(conn: &Connection) -> Option<Tip> {
    let (tip, body) = noted(conn, "SELECT seq, hash, body FROM snapshot", |row| {
        row.get::<_, Vec<u8>>(2)
    })?;
    snapshot::is_whole(&body, &tip).then_some(tip)
}

/// A walk that must pass the end of the chain as noted beside it, and the snapshot.
pub(super) fn begin_walk(conn: &Connection) -> Result<Walk, StoreError> {
    let mut noted = vec![tip(conn).map_err(reading("verify the ledger"))?];
    noted.extend(noted_by_snapshot(conn));
    Ok(Walk::new(noted))
}

/// Walks on. What SQLite itself finds damaged is a broken entry like any other.
pub(super) fn walk_on(conn: &Connection, walk: &mut Walk, most: usize) -> Result<bool, StoreError> {
    const OPERATION: &str = "verify the ledger";
    // The first is looked for among all there are: none may stand before it.
    let after = match walk.good() {
        0 => i64::MIN,
        good => good.cast_signed(),
    };
    let limit = i64::try_from(most).unwrap_or(i64::MAX);
    let mut statement = conn
        .prepare_cached(&format!("{COLUMNS} WHERE seq > ?1 ORDER BY seq LIMIT ?2"))
        .map_err(reading(OPERATION))?;
    let mut rows = statement.query([after, limit]).map_err(reading(OPERATION))?;
    for _ in 0..most {
        let holds = match rows.next() {
            Ok(None) => return Ok(false),
            Ok(Some(found)) => match columns(found) {
                Ok((row, hash)) => walk.step(&row, hash),
                Err(why) => walk.stop(Misfit::Unreadable(Clean::new(&why))),
            },
            Err(error) if is_damage(&error) => walk.stop(Misfit::Unreadable(Clean::new(&error.to_string()))),
            Err(error) => return Err(reading(OPERATION)(error)),
        };
        if !holds {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The entries hold; whether they are also found by their stream is another matter, and decides what is appended next.
pub(super) fn index_holds(conn: &Connection) -> Result<(), StoreError> {
    let operation = "verify the ledger";
    let said: String = conn
        .query_row("PRAGMA integrity_check('entry')", [], |row| row.get(0))
        .map_err(reading(operation))?;
    if said == "ok" {
        return Ok(());
    }
    if is_passing(&said) {
        return Err(StoreError::Backend { operation, why: said });
    }
    let why = format!("every entry holds, but their index is damaged: {said}");
    Err(StoreError::Damaged { operation, why })
}

/// Whether a table's pages cannot be read now, rather than are damaged: SQLite calls both the same where a statement meets them.
pub(super) fn only_passing(conn: &Connection, table: &str) -> bool {
    let check = format!("PRAGMA integrity_check('{table}')");
    let said = conn.query_row(&check, [], |row| row.get::<_, String>(0));
    said.is_ok_and(|said| said == "ok" || is_passing(&said))
}

/// Whether a check says that a page could not be read now, which tells nothing of what stands on it: SQLite names its code
/// among what it found, in the lowest byte.
fn is_passing(said: &str) -> bool {
    let codes = said.split("error code=").skip(1);
    let code = |rest: &str| {
        let digits = rest.split(|c: char| !c.is_ascii_digit()).next()?;
        digits.parse::<i32>().ok()
    };
    codes.filter_map(code).any(|code| code & 0xff == SQLITE_IOERR)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_could_not_be_read_now_is_no_damage() {
        let tree = "*** in database main ***\nTree 4 page 9: ";
        for (said, is) in [
            ("unable to get the page. error code=10", true),
            (
                "unable to get the page. error code=266\nrow 3 missing from index entry_stream",
                true,
            ),
            ("unable to get the page. error code=11", false),
            ("btreeInitPage() returns error code 11", false),
            ("row 3 missing from index entry_stream", false),
        ] {
            assert_eq!(is_passing(&format!("{tree}{said}")), is, "{said}");
        }
    }
}
