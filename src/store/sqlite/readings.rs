//! Readings in SQLite: one row a value, keyed by (series, end of period); corrections move the older value aside.

use crate::domain::id::{PointId, SourceId};
use crate::domain::quantity::{Quantity, Value};
use crate::domain::reading::{Flag, Period, Reading, Revision};
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::store::received::Received;
use crate::store::sqlite::fault::{Halt, reading};
use crate::store::sqlite::{Sqlite, received};
use crate::store::{Readings, SeriesKey, StoreError};
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use std::collections::HashMap;

impl Readings for Sqlite {
    fn keep(&mut self, readings: &[Reading], at: Moment) -> Result<usize, StoreError> {
        self.write("keep readings", |write, known| keep(write, known, readings, at))
    }

    fn latest(&self) -> Result<Vec<Reading>, StoreError> {
        latest(&self.conn).map_err(reading("read the latest readings"))
    }

    fn series(&self, key: SeriesKey<'_>, from: Moment, to: Moment) -> Result<Vec<Reading>, StoreError> {
        series(&self.conn, key, from, to).map_err(reading("read a series"))
    }

    fn revisions(&self, key: SeriesKey<'_>, from: Moment, to: Moment) -> Result<Vec<Revision>, StoreError> {
        revisions(&self.conn, key, from, to).map_err(reading("read revisions"))
    }

    fn received(&self, from: u32) -> Result<Vec<(u32, Moment)>, StoreError> {
        received::days(&self.conn, from).map_err(reading("read the days of receiving"))
    }

    fn turn(&mut self, at: Moment) -> Result<(), StoreError> {
        self.write("end a day of receiving", |write, _| received::turn(write, at))
    }

    fn look_on(&self, look: &mut Received, most: usize) -> Result<bool, StoreError> {
        received::look_on(&self.conn, look, most).map_err(reading("look at all readings"))
    }

    fn prune(&mut self, before: Moment) -> Result<usize, StoreError> {
        const OPERATION: &str = "drop old readings";
        let mut dropped = 0;
        for own in all_series(&self.conn).map_err(reading(OPERATION))? {
            if has_before(&self.conn, own, before).map_err(reading(OPERATION))? {
                dropped += self.write(OPERATION, |write, _| prune(write, own, before))?;
            }
        }
        Ok(dropped)
    }
}

/// The numbers under which series and sources are stored, learnt as they are met. Numbers never change, but one that was
/// given in a transaction which failed was never given: then everything is forgotten.
#[derive(Debug, Default)]
pub(super) struct Known {
    series: HashMap<(PointId, Quantity, Period), i64>,
    sources: HashMap<SourceId, i64>,
}

impl Known {
    pub(super) fn forget(&mut self) {
        self.series.clear();
        self.sources.clear();
    }

    fn series(&mut self, write: &Transaction<'_>, reading: &Reading) -> rusqlite::Result<i64> {
        let key = (reading.point.clone(), reading.quantity, reading.period);
        if let Some(id) = self.series.get(&key) {
            return Ok(*id);
        }
        let names = params![
            reading.point.as_str(),
            reading.quantity.key(),
            reading.period.key()
        ];
        write
            .prepare_cached("INSERT OR IGNORE INTO series(point, quantity, period) VALUES(?1, ?2, ?3)")?
            .execute(names)?;
        let id = series_id(write, (&reading.point, reading.quantity, reading.period))?.unwrap_or_default();
        self.series.insert(key, id);
        Ok(id)
    }

    fn source(&mut self, write: &Transaction<'_>, source: &SourceId) -> rusqlite::Result<i64> {
        if let Some(id) = self.sources.get(source) {
            return Ok(*id);
        }
        write
            .prepare_cached("INSERT OR IGNORE INTO source(name) VALUES(?1)")?
            .execute([source.as_str()])?;
        let id = write
            .prepare_cached("SELECT id FROM source WHERE name = ?1")?
            .query_row([source.as_str()], |row| row.get(0))?;
        self.sources.insert(source.clone(), id);
        Ok(id)
    }
}

fn series_id(conn: &Connection, key: SeriesKey<'_>) -> rusqlite::Result<Option<i64>> {
    conn.prepare_cached("SELECT id FROM series WHERE point = ?1 AND quantity = ?2 AND period = ?3")?
        .query_row(params![key.0.as_str(), key.1.key(), key.2.key()], |row| {
            row.get(0)
        })
        .optional()
}

/// Stores what is new, corrects what is different, leaves what is the same.
fn keep(write: &Transaction<'_>, known: &mut Known, readings: &[Reading], at: Moment) -> Result<usize, Halt> {
    let mut upsert = write.prepare_cached(
        "INSERT INTO reading(series, at, value, flag, source, kept, revision, lot)
         VALUES(?1, ?2, ?3, ?4, ?5, ?6, 1, ?7)
         ON CONFLICT(series, at) DO UPDATE SET value = excluded.value, flag = excluded.flag, source = excluded.source,
             kept = excluded.kept, revision = revision + 1, lot = excluded.lot
         WHERE value IS NOT excluded.value OR flag <> excluded.flag",
    )?;
    let lot = received::open(write, at)?;
    let mut changed = 0;
    for reading in readings {
        changed += upsert.execute(params![
            known.series(write, reading)?,
            reading.at.ms(),
            reading.value.map(Value::micro),
            flag_number(reading.flag),
            known.source(write, &reading.source)?,
            at.ms(),
            lot,
        ])?;
    }
    Ok(changed)
}

const LATEST: &str = "
SELECT s.point, s.quantity, s.period, r.at, r.value, r.flag, n.name FROM series s
JOIN reading r ON r.series = s.id AND r.at = (SELECT max(at) FROM reading WHERE series = s.id)
JOIN source n ON n.id = r.source";

fn latest(conn: &Connection) -> rusqlite::Result<Vec<Reading>> {
    conn.prepare_cached(LATEST)?
        .query_map([], |row| {
            Ok(Reading {
                point: PointId::new(row.get_ref(0)?.as_str()?),
                quantity: keyed(row, 1, Quantity::by_key)?,
                period: keyed(row, 2, Period::by_key)?,
                ..valued(row, 3)?
            })
        })?
        .collect()
}

fn series(conn: &Connection, key: SeriesKey<'_>, from: Moment, to: Moment) -> rusqlite::Result<Vec<Reading>> {
    let Some(id) = series_id(conn, key)? else {
        return Ok(Vec::new());
    };
    conn.prepare_cached(
        "SELECT r.at, r.value, r.flag, n.name FROM reading r JOIN source n ON n.id = r.source
         WHERE r.series = ?1 AND r.at > ?2 AND r.at <= ?3 ORDER BY r.at",
    )?
    .query_map(params![id, from.ms(), to.ms()], |row| {
        valued(row, 0).map(|reading| of(key, reading))
    })?
    .collect()
}

fn revisions(
    conn: &Connection,
    key: SeriesKey<'_>,
    from: Moment,
    to: Moment,
) -> rusqlite::Result<Vec<Revision>> {
    let Some(id) = series_id(conn, key)? else {
        return Ok(Vec::new());
    };
    conn.prepare_cached(
        "SELECT r.at, r.value, r.flag, n.name, r.kept FROM superseded r JOIN source n ON n.id = r.source
         WHERE r.series = ?1 AND r.at > ?2 AND r.at <= ?3 ORDER BY r.at, r.revision",
    )?
    .query_map(params![id, from.ms(), to.ms()], |row| {
        Ok(Revision {
            reading: of(key, valued(row, 0)?),
            kept: Moment::from_ms(row.get(4)?),
        })
    })?
    .collect()
}

/// The series there are: pruned one by one, so that no other writer waits long.
fn all_series(conn: &Connection) -> rusqlite::Result<Vec<i64>> {
    conn.prepare_cached("SELECT id FROM series")?
        .query_map([], |row| row.get(0))?
        .collect()
}

fn has_before(conn: &Connection, series: i64, before: Moment) -> rusqlite::Result<bool> {
    conn.prepare_cached("SELECT EXISTS(SELECT 1 FROM reading WHERE series = ?1 AND at < ?2)")?
        .query_row(params![series, before.ms()], |row| row.get(0))
}

fn prune(write: &Transaction<'_>, series: i64, before: Moment) -> Result<usize, Halt> {
    write
        .prepare_cached("DELETE FROM superseded WHERE series = ?1 AND at < ?2")?
        .execute(params![series, before.ms()])?;
    Ok(write
        .prepare_cached("DELETE FROM reading WHERE series = ?1 AND at < ?2")?
        .execute(params![series, before.ms()])?)
}

/// The columns at, value, flag, source from `first` on; the key is filled in by the caller.
fn valued(row: &Row<'_>, first: usize) -> rusqlite::Result<Reading> {
    Ok(Reading {
        point: PointId::default(),
        quantity: Quantity::PublishedIndex,
        period: Period::Instant,
        at: Moment::from_ms(row.get(first)?),
        value: row.get::<_, Option<i64>>(first + 1)?.map(Value::from_micro),
        flag: flag_of(row.get(first + 2)?).ok_or_else(|| strange(first + 2, Type::Integer))?,
        source: Clean::new(row.get_ref(first + 3)?.as_str()?).into(),
    })
}

fn of(key: SeriesKey<'_>, reading: Reading) -> Reading {
    Reading {
        point: key.0.clone(),
        quantity: key.1,
        period: key.2,
        ..reading
    }
}

fn keyed<T>(row: &Row<'_>, nth: usize, by_key: fn(&str) -> Option<T>) -> rusqlite::Result<T> {
    by_key(row.get_ref(nth)?.as_str()?).ok_or_else(|| strange(nth, Type::Text))
}

fn strange(column: usize, kind: Type) -> rusqlite::Error {
    let why = "damaged, or a name that a newer program gave".into();
    rusqlite::Error::FromSqlConversionFailure(column, kind, why)
}

/// One row a flag: its number in the file. Numbers are never given anew.
const FLAGS: &[(Flag, i64)] = &[
    (Flag::Valid, 0),
    (Flag::Modelled, 1),
    (Flag::Maintenance, 2),
    (Flag::Invalid, 3),
    (Flag::Suspect, 4),
];

fn flag_number(flag: Flag) -> i64 {
    FLAGS.iter().find(|row| row.0 == flag).map_or(3, |row| row.1)
}

/// Whether a flag has that number.
pub(super) fn is_flag(number: i64) -> bool {
    flag_of(number).is_some()
}

fn flag_of(number: i64) -> Option<Flag> {
    FLAGS.iter().find(|row| row.1 == number).map(|row| row.0)
}
