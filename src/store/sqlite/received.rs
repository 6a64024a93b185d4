//! The days of receiving in SQLite: under which number what comes is kept, and a look at all that was kept.

use crate::domain::fact::Fact;
use crate::domain::fact::readings::DayRoot;
use crate::domain::fact::room::RoomFact;
use crate::domain::time::Moment;
use crate::store::StoreError;
use crate::store::received::{Leaf, Names, Received};
use crate::store::sqlite::fault::Halt;
use crate::store::sqlite::ledger;
use rusqlite::{Connection, Row, Transaction, params};

/// Both tables as one, in the order of their keys.
const LOOK: &str = "
SELECT series, at, revision, value, flag, source, kept, lot FROM reading WHERE (series, at) >= (?1, ?2)
UNION ALL
SELECT series, at, revision, value, flag, source, kept, lot FROM superseded WHERE (series, at) >= (?1, ?2)
ORDER BY 1, 2, 3";

/// The number of the day that is being received. The first one begins with the first reading; where it is not known, as in
/// a file that was saved out of a damaged one, it is the one after the last that the ledger says is over.
pub(super) fn open(write: &Transaction<'_>, at: Moment) -> Result<u32, Halt> {
    let last: Option<u32> = write
        .prepare_cached("SELECT max(number) FROM lot")?
        .query_row([], |row| row.get(0))?;
    if let Some(last) = last {
        return Ok(last);
    }
    let over = roots(write, u64::MAX)?;
    let next = over.iter().map(|root| root.lot + 1).max().unwrap_or(0);
    begin(write, next, at)?;
    Ok(next)
}

/// Ends the day that is being received.
pub(super) fn turn(write: &Transaction<'_>, at: Moment) -> Result<(), Halt> {
    let over = open(write, at)?;
    begin(write, over + 1, at)
}

fn begin(write: &Transaction<'_>, number: u32, at: Moment) -> Result<(), Halt> {
    write
        .prepare_cached("INSERT INTO lot(number, began) VALUES(?1, ?2)")?
        .execute(params![number, at.ms()])?;
    Ok(())
}

/// The days from that number on.
pub(super) fn days(conn: &Connection, from: u32) -> rusqlite::Result<Vec<(u32, Moment)>> {
    conn.prepare_cached("SELECT number, began FROM lot WHERE number >= ?1 ORDER BY number")?
        .query_map([from], |row| Ok((row.get(0)?, Moment::from_ms(row.get(1)?))))?
        .collect()
}

/// The roots that are recorded, up to that entry.
pub(super) fn roots(conn: &Connection, upto: u64) -> Result<Vec<DayRoot>, StoreError> {
    let upto = i64::try_from(upto).unwrap_or(i64::MAX);
    let recorded = "WHERE stream = 'room' AND kind = 'room.readings' AND seq <= ?1 ORDER BY nth";
    let sql = format!("{} {recorded}", ledger::COLUMNS);
    let mut roots = Vec::new();
    ledger::each(conn, &sql, [upto], |entry| {
        if let Fact::Room(RoomFact::Readings(root)) = entry.fact {
            roots.push(*root);
        }
    })?;
    Ok(roots)
}

/// Looks on. A correction that comes meanwhile moves a value from one table to the other, where it stands at the same place.
pub(super) fn look_on(conn: &Connection, look: &mut Received, most: usize) -> rusqlite::Result<bool> {
    if look.names.is_none() {
        look.names = Some(names(conn)?);
    }
    let last = look.last;
    let (series, at, _) = last.unwrap_or((i64::MIN, i64::MIN, 0));
    let mut statement = conn.prepare_cached(LOOK)?;
    let mut rows = statement.query([series, at])?;
    let mut left = most;
    while let Some(row) = rows.next()? {
        let leaf = leaf(row)?;
        if last.is_some_and(|last| (leaf.series, leaf.at, leaf.revision) <= last) {
            continue;
        }
        if left == 0 {
            return Ok(true);
        }
        left -= 1;
        look.take(&leaf);
    }
    Ok(false)
}

fn leaf(row: &Row<'_>) -> rusqlite::Result<Leaf> {
    Ok(Leaf {
        series: row.get(0)?,
        at: row.get(1)?,
        revision: row.get(2)?,
        value: row.get(3)?,
        flag: row.get(4)?,
        source: row.get(5)?,
        kept: row.get(6)?,
        lot: row.get(7)?,
    })
}

fn names(conn: &Connection) -> rusqlite::Result<Names> {
    let series = conn
        .prepare_cached("SELECT id, point, quantity, period FROM series")?
        .query_map([], |row| {
            Ok((row.get(0)?, [row.get(1)?, row.get(2)?, row.get(3)?]))
        })?
        .collect::<rusqlite::Result<_>>()?;
    let sources = conn
        .prepare_cached("SELECT id, name FROM source")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(Names { series, sources })
}
