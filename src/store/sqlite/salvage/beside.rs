//! Readings and papers out of a damaged file, as far as they can be read.

use crate::domain::quantity::Quantity;
use crate::domain::reading::Period;
use crate::domain::state::State;
use crate::domain::text::hex;
use crate::store::sqlite::fault::{Halt, reading};
use crate::store::sqlite::salvage::OPERATION;
use crate::store::sqlite::salvage::cells::Value;
use crate::store::sqlite::salvage::found::{Found, Shape};
use crate::store::sqlite::{Sqlite, readings};
use crate::store::{Ledger, StoreError};
use rusqlite::{Statement, Transaction, params};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// Later than any number of a source or a revision, earlier than any time of a reading, in milliseconds.
const TIMES: i64 = 100_000_000_000;

/// What was read beside the entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Readable {
    /// Series of readings.
    pub series: u64,
    /// Readings.
    pub readings: u64,
    /// Older revisions of them.
    pub older: u64,
    /// Papers.
    pub papers: u64,
    /// The sums of papers that the entries say were issued and that are not there.
    pub lost: Vec<String>,
}

impl Readable {
    pub(super) fn is_whole(&self) -> bool {
        self.lost.is_empty()
    }
}

/// Writes what is found of sources, series, readings and papers.
pub(super) fn fill(write: &Transaction<'_>, found: &Found) -> Result<(), Halt> {
    let (sources, series) = names(write, found)?;
    let mut current = write.prepare(
        "INSERT OR REPLACE INTO reading(series, at, value, flag, source, kept, revision, lot)
         SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 WHERE NOT EXISTS
             (SELECT 1 FROM reading WHERE series = ?1 AND at = ?2 AND revision >= ?7)",
    )?;
    let mut older =
        write.prepare("INSERT OR IGNORE INTO superseded VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?;
    let mut papers = write.prepare("INSERT OR IGNORE INTO paper VALUES(?1, ?2, ?3, ?4)")?;
    let mut failed = None;
    found.each(&[Shape::Reading, Shape::Paper], |shape, _, values| {
        let put = if shape == Shape::Paper {
            paper(&mut papers, &values)
        } else {
            one(&mut current, &mut older, (&sources, &series), &values)
        };
        failed = failed.take().or(put.err());
    });
    failed.map_or(Ok(()), |error| Err(error.into()))
}

/// The numbers of sources and series, each from its table or from the index of its names.
fn names(write: &Transaction<'_>, found: &Found) -> Result<(BTreeSet<i64>, BTreeSet<i64>), Halt> {
    let mut source = write.prepare("INSERT OR IGNORE INTO source(id, name) VALUES(?1, ?2)")?;
    let mut series =
        write.prepare("INSERT OR IGNORE INTO series(id, point, quantity, period) VALUES(?1, ?2, ?3, ?4)")?;
    let mut failed = None;
    found.each(&[Shape::Source, Shape::Series], |shape, rowid, values| {
        let (id, texts) = match rowid {
            Some(id) => (Some(id), values.get(1..)),
            None => (
                values.last().and_then(Value::int),
                values.split_last().map(|row| row.1),
            ),
        };
        let texts: Vec<&str> = texts.unwrap_or_default().iter().filter_map(Value::text).collect();
        let put = match (shape, id, texts.as_slice()) {
            (Shape::Source, Some(id), [name]) => source.execute(params![id, name]),
            (Shape::Series, Some(id), [point, quantity, period])
                if Quantity::by_key(quantity).is_some() && Period::by_key(period).is_some() =>
            {
                series.execute(params![id, point, quantity, period])
            }
            _ => Ok(0),
        };
        failed = failed.take().or(put.err());
    });
    if let Some(error) = failed {
        return Err(error.into());
    }
    let ids = |sql: &str| -> rusqlite::Result<BTreeSet<i64>> {
        write.prepare(sql)?.query_map([], |row| row.get(0))?.collect()
    };
    Ok((ids("SELECT id FROM source")?, ids("SELECT id FROM series")?))
}

/// A reading or an older revision of one: told apart by where the time stands at which it was kept.
fn one(
    current: &mut Statement<'_>,
    older: &mut Statement<'_>,
    (sources, series): (&BTreeSet<i64>, &BTreeSet<i64>),
    values: &[Value],
) -> rusqlite::Result<usize> {
    let numbers: Vec<Option<i64>> = values.iter().take(7).map(Value::int).collect();
    // What was written before days had numbers has none.
    let lot = values.get(7).and_then(Value::int).unwrap_or(0);
    let is_known = |own: i64, flag: i64, source: i64| {
        series.contains(&own) && sources.contains(&source) && readings::is_flag(flag)
    };
    match *numbers.as_slice() {
        [
            Some(own),
            Some(at),
            value,
            Some(flag),
            Some(source),
            Some(kept),
            Some(revision),
        ] if kept >= TIMES && revision < TIMES => {
            if !is_known(own, flag, source) {
                return Ok(0);
            }
            current.execute(params![own, at, value, flag, source, kept, revision, lot])
        }
        [
            Some(own),
            Some(at),
            Some(revision),
            value,
            Some(flag),
            Some(source),
            Some(kept),
        ] if kept >= TIMES && source < TIMES => {
            if !is_known(own, flag, source) {
                return Ok(0);
            }
            older.execute(params![own, at, revision, value, flag, source, kept, lot])
        }
        _ => Ok(0),
    }
}

/// A paper proves itself by the sum of its text.
fn paper(papers: &mut Statement<'_>, values: &[Value]) -> rusqlite::Result<usize> {
    let texts: Vec<&str> = values.iter().filter_map(Value::text).collect();
    let [digest, text, tables, records] = *texts.as_slice() else {
        return Ok(0);
    };
    if hex(&Sha256::digest(text.as_bytes())) != digest {
        return Ok(0);
    }
    papers.execute([digest, text, tables, records])
}

/// What was written of it, and which papers the entries speak of that are not there.
pub(super) fn count(store: &Sqlite) -> Result<Readable, StoreError> {
    let rows = |table: &str| {
        let sql = format!("SELECT count(*) FROM {table}");
        let count = store.conn.query_row(&sql, [], |row| row.get::<_, i64>(0));
        count.map(i64::cast_unsigned).map_err(reading(OPERATION))
    };
    // Entries of a newer program are no reason to save nothing.
    let state: State = store.state(None).unwrap_or_default();
    let mut lost = Vec::new();
    for issued in state.reports.values() {
        if store.filed(issued.digest.as_str())?.is_none() {
            lost.push(issued.digest.to_string());
        }
    }
    Ok(Readable {
        series: rows("series")?,
        readings: rows("reading")?,
        older: rows("superseded")?,
        papers: rows("paper")?,
        lost,
    })
}
