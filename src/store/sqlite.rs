//! The store of one room: one SQLite file, written ahead and synchronised at every commit.
//!
//! Every write is one immediate transaction (a deferred one that reads first fails at once when another process
//! commits between); readers never wait. Not for network file systems, which SQLite's log does not survive.

mod fault;
mod ledger;
mod open;
mod papers;
mod polling;
mod readings;
mod rights;
mod schema;

use crate::domain::ledger::Draft;
use crate::domain::ledger::Entry;
use crate::domain::ledger::State;
use crate::domain::reading::Reading;
use crate::domain::reading::Revision;
use crate::domain::signal::Signal;
use crate::domain::time::Moment;
use crate::domain::time::Span;
use crate::store::Audit;
use crate::store::Kept;
use crate::store::Lease;
use crate::store::SeriesKey;
use crate::store::Sighting;
use crate::store::Store;
use crate::store::StoreError;
use crate::store::snapshot;
use crate::store::sqlite::fault::Halt;
use crate::store::sqlite::fault::is_busy;
use crate::store::sqlite::fault::reading;
use crate::store::sqlite::fault::writing;
use crate::store::sqlite::readings::Known;
use rusqlite::Connection;
use rusqlite::Transaction;
use rusqlite::TransactionBehavior;
use std::path::Path;
use std::path::PathBuf;
use std::time::Duration;

/// How often another lookout's lock is waited for again.
const OURS: u32 = 4;
/// How long a program that was found in the way is waited for.
const HURRY: Duration = Duration::from_millis(50);

/// How a file is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenMode {
    /// To read and write; the file, and the folder it is in, are made where they are missing.
    ReadWrite,
    /// To read alone, also where nothing can be written.
    ReadOnly,
}

/// A room's file.
#[derive(Debug)]
pub struct Sqlite {
    conn: Connection,
    path: PathBuf,
    known: Known,
    /// Whether another program was found in the way: until it lets go nobody waits for it.
    hurried: bool,
}

impl Sqlite {
    /// Opens the file at `path` and brings its form up to date. Several processes may do so at once.
    ///
    /// [`StoreError::ReadOnly`] says that it may be opened with [`OpenMode::ReadOnly`]; [`StoreError::Newer`] and
    /// [`StoreError::Open`] leave the file as it was.
    pub fn open(path: &Path, mode: OpenMode) -> Result<Self, StoreError> {
        Ok(Self {
            conn: open::open(path, mode)?,
            path: path.to_path_buf(),
            known: Known::default(),
            hurried: false,
        })
    }

    /// One immediate transaction. What fails leaves nothing behind.
    fn write<T>(
        &mut self,
        operation: &'static str,
        work: impl FnOnce(&Transaction<'_>, &mut Known) -> Result<T, Halt>,
    ) -> Result<T, StoreError> {
        let (conn, known) = (&self.conn, &mut self.known);
        let begun = begin(conn, &self.path);
        let hurried = begun.as_ref().is_err_and(is_busy);
        if std::mem::replace(&mut self.hurried, hurried) != hurried {
            conn.busy_timeout(if hurried { HURRY } else { open::PATIENCE })
                .ok();
        }
        let run = || {
            let write = begun?;
            let done = work(&write, known)?;
            write.commit()?;
            Ok(done)
        };
        let done = run();
        if done.is_err() {
            self.known.forget();
        }
        done.map_err(writing(operation, &self.path))
    }
}

/// Begins to write. Another lookout is waited for longer than a program that may never let go.
fn begin<'c>(conn: &'c Connection, path: &Path) -> rusqlite::Result<Transaction<'c>> {
    let mut waits = OURS;
    loop {
        match Transaction::new_unchecked(conn, TransactionBehavior::Immediate) {
            Err(error) if is_busy(&error) && waits > 0 && rights::is_ours(&rights::holder(path)) => {
                waits -= 1;
            }
            other => return other,
        }
    }
}

impl Store for Sqlite {
    fn reader(&self) -> Result<Box<dyn Store>, StoreError> {
        Ok(Box::new(Self::open(&self.path, OpenMode::ReadOnly)?))
    }

    fn tidy(&mut self) -> Result<(), StoreError> {
        self.conn
            .execute_batch("PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE)")
            .map_err(Halt::from)
            .map_err(writing("tidy up", &self.path))
    }

    fn append(&mut self, drafts: &[Draft]) -> Result<Vec<Entry>, StoreError> {
        if drafts.is_empty() {
            return Ok(Vec::new());
        }
        self.write("append to the ledger", |write, _| ledger::append(write, drafts))
    }

    fn since(&self, seq: u64, most: usize) -> Result<Vec<Entry>, StoreError> {
        ledger::since(&self.conn, seq, most)
    }

    fn head(&self) -> Result<u64, StoreError> {
        let tip = ledger::tip(&self.conn).map_err(reading("read the head"))?;
        Ok(tip.seq)
    }

    fn state(&self, stay: Option<Span>) -> Result<State, StoreError> {
        let mut state = ledger::snapshot(&self.conn, stay).unwrap_or_else(|| State::staying(stay));
        ledger::walk(&self.conn, state.seq, |entry| state.apply(&entry))?;
        Ok(state)
    }

    fn snapshot(&mut self, state: &State) -> Result<(), StoreError> {
        let Some(tip) = ledger::tip_at(&self.conn, state.seq)? else {
            return Ok(());
        };
        // Made before the transaction: nobody waits for it.
        let body = snapshot::write(state, &tip);
        self.write("keep a snapshot", |write, _| {
            ledger::set_snapshot(write, &tip, &body)
        })
    }

    fn verify(&self, progress: &mut dyn FnMut(u64, u64)) -> Result<Audit, StoreError> {
        ledger::verify(&self.conn, progress)
    }

    fn file(&mut self, digest: &str, paper: &Kept) -> Result<(), StoreError> {
        self.write("keep a paper", |write, _| papers::file(write, digest, paper))
    }

    fn filed(&self, digest: &str) -> Result<Option<Kept>, StoreError> {
        papers::find(&self.conn, digest).map_err(reading("read a paper"))
    }

    fn keep(&mut self, readings: &[Reading], at: Moment) -> Result<usize, StoreError> {
        self.write("keep readings", |write, known| {
            readings::keep(write, known, readings, at)
        })
    }

    fn latest(&self) -> Result<Vec<Reading>, StoreError> {
        readings::latest(&self.conn).map_err(reading("read the latest readings"))
    }

    fn series(&self, key: SeriesKey<'_>, from: Moment, to: Moment) -> Result<Vec<Reading>, StoreError> {
        readings::series(&self.conn, key, from, to).map_err(reading("read a series"))
    }

    fn revisions(&self, key: SeriesKey<'_>, from: Moment, to: Moment) -> Result<Vec<Revision>, StoreError> {
        readings::revisions(&self.conn, key, from, to).map_err(reading("read revisions"))
    }

    fn prune(&mut self, before: Moment) -> Result<usize, StoreError> {
        const OPERATION: &str = "drop old readings";
        let mut dropped = 0;
        for series in readings::all_series(&self.conn).map_err(reading(OPERATION))? {
            if readings::has_before(&self.conn, series, before).map_err(reading(OPERATION))? {
                dropped += self.write(OPERATION, |write, _| readings::prune(write, series, before))?;
            }
        }
        Ok(dropped)
    }

    fn sight(&mut self, signals: &[Signal], at: Moment) -> Result<Vec<Sighting>, StoreError> {
        self.write("count signals", |write, _| polling::sight(write, signals, at))
    }

    fn recall(&self, key: &str) -> Result<Option<serde_json::Value>, StoreError> {
        let text = polling::recall(&self.conn, key).map_err(reading("recall"))?;
        // What cannot be read is as good as not remembered: a source then starts from its beginning.
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
    }

    fn remember(&mut self, key: &str, value: &serde_json::Value) -> Result<(), StoreError> {
        self.write("remember", |write, _| polling::remember(write, key, value))
    }

    fn lease(&mut self, holder: &str, now: Moment, length: Span) -> Result<Lease, StoreError> {
        self.write("take the lease", |write, _| {
            polling::lease(write, holder, now, length)
        })
    }

    fn collector(&self, now: Moment) -> Result<Option<String>, StoreError> {
        polling::collector(&self.conn, now).map_err(reading("read who collects"))
    }

    fn seen(&self, signals: &[(&str, &str)]) -> Result<Vec<u64>, StoreError> {
        polling::seen(&self.conn, signals).map_err(reading("read how often signals were seen"))
    }

    fn release(&mut self, holder: &str) -> Result<(), StoreError> {
        self.write("give the lease back", |write, _| polling::release(write, holder))
    }
}

#[cfg(test)]
mod tests;
