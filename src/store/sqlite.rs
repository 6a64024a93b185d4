//! The store of one room: one SQLite file, written ahead and synchronised at every commit.
//!
//! Every write is one immediate transaction (a deferred one that reads first fails at once when another process
//! commits between); readers never wait. Not for network file systems, which SQLite's log does not survive.

mod fault;
mod fold;
mod ledger;
mod log;
mod open;
mod papers;
mod place;
mod polling;
mod readings;
mod received;
mod rights;
mod salvage;
mod schema;
mod transaction;
mod vouched;

use crate::clock::Clock;
use crate::domain::chain::Distrust;
use crate::domain::fact::readings::DayRoot;
use crate::domain::ledger::{Draft, Entry, Tip};
use crate::domain::ledger_fault::LedgerFault;
use crate::domain::signal::Signal;
use crate::domain::state::{Fold, State};
use crate::domain::time::{Moment, Span};
use crate::store::chain::Walk;
use crate::store::sqlite::fault::{Halt, is_damage, reading, writing};
use crate::store::sqlite::place::Place;
use crate::store::sqlite::readings::Known;
pub use crate::store::sqlite::salvage::{Holds, Readable, Salvaged};
use crate::store::{Kept, Lease, Ledger, Notes, Sighting, Store, StoreError, Under, beside, snapshot};
use rusqlite::{Connection, Transaction};
use std::cell::Cell;
use std::path::{Path, PathBuf};

/// Under which key it is noted that something open was settled.
const SETTLED: &str = "settled";
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
    place: Place,
    /// Whether this handle has marked an entry beside the file.
    marked: bool,
    known: Known,
    /// By which leases run.
    clock: Clock,
    /// The last entry that it read on to or wrote: nothing is appended to a ledger that does not hold it.
    seen: Cell<Tip>,
    /// What an append wrote whose outcome is not known, and what stood in its way.
    open: Option<(Vec<Entry>, LedgerFault)>,
    /// Whether another program was found in the way: until it lets go nobody waits for it.
    hurried: bool,
    /// The damage for which it is the last good state alone: nothing is written, and nothing behind a gap is read.
    damaged: Option<LedgerFault>,
}

impl Sqlite {
    /// Opens the file at `path` and brings its form up to date. Several processes may do so at once.
    ///
    /// [`StoreError::ReadOnly`] says that it may be opened with [`OpenMode::ReadOnly`]; [`StoreError::Newer`] and
    /// [`StoreError::Open`] leave the file as it was.
    pub fn open(path: &Path, mode: OpenMode) -> Result<Self, StoreError> {
        let conn = open::open(path, mode)?;
        Ok(Self::over(conn, path, mode == OpenMode::ReadWrite))
    }

    fn over(conn: Connection, path: &Path, writes: bool) -> Self {
        Self {
            conn,
            path: path.to_path_buf(),
            place: Place::of(path, writes),
            marked: false,
            known: Known::default(),
            clock: Clock::Wall,
            seen: Cell::default(),
            open: None,
            hurried: false,
            damaged: None,
        }
    }

    /// What was read out of the damaged file at `path` into a place of its own.
    fn aside(conn: Connection, path: &Path, why: LedgerFault) -> Self {
        let damaged = Some(why);
        Self {
            damaged,
            ..Self::over(conn, path, false)
        }
    }

    /// The same by another clock than the wall's: leases run by it.
    #[must_use]
    pub fn by(self, clock: Clock) -> Self {
        Self { clock, ..self }
    }

    /// Appends, and remembers what goes with it.
    fn append_with(
        &mut self,
        drafts: &[Draft],
        under: Under,
        note: Option<(&str, &serde_json::Value)>,
    ) -> Result<Vec<Entry>, StoreError> {
        if drafts.is_empty() {
            return Ok(Vec::new());
        }
        let (mut note, mut spoilt) = (note, false);
        let made = loop {
            let done = self.add("append to the ledger", |write| {
                polling::guard(write, under)?;
                let made = ledger::append(write, drafts)?;
                let noted = note.map_or(Ok(()), |(key, value)| polling::remember(write, key, value));
                spoilt = matches!(&noted, Err(Halt::Sql(error)) if is_damage(error));
                noted.map(|()| made)
            });
            // Where only what polling keeps is damaged, which is named by whoever reads it, entries are stored without it; a
            // transaction that met the damage cannot be committed any more.
            if done.is_ok() || !std::mem::take(&mut spoilt) {
                break done?;
            }
            note = None;
        };
        if let Some(last) = made.last().filter(|_| !self.marked) {
            self.mark(&last.tip());
        }
        Ok(made)
    }

    /// It has read on to that entry, or has written it.
    fn saw(&self, tip: Tip) {
        if tip.seq > self.seen.get().seq {
            self.seen.set(tip);
        }
    }

    /// One moment of the file, to read more than once from.
    fn moment(&self, operation: &'static str) -> Result<Transaction<'_>, StoreError> {
        self.conn.unchecked_transaction().map_err(reading(operation))
    }
}

impl Ledger for Sqlite {
    fn append(&mut self, drafts: &[Draft], under: Under) -> Result<Vec<Entry>, StoreError> {
        self.append_with(drafts, under, None)
    }

    /// A commit that failed may lie in the log all the same, and count once the log is read anew. The next one that
    /// succeeds is written over it: whatever is not seen from within that one never will be.
    fn settle(&mut self) -> Result<Option<Vec<Entry>>, StoreError> {
        let open = self.open.as_ref().and_then(|(made, _)| made.last());
        let Some(last) = open.map(|last| (last.seq, last.hash)) else {
            return Ok(None);
        };
        let stands = self.write("settle what is open", |write, _| {
            let stands = ledger::hash_at(write, last.0)? == Some(last.1);
            polling::remember(
                write,
                SETTLED,
                &serde_json::Value::from(last.0 + u64::from(stands)),
            )?;
            Ok(stands)
        })?;
        let open = self.open.take();
        Ok(open.map(|(made, _)| made).filter(|_| stands))
    }

    fn since(&self, after: &Tip, most: usize) -> Result<Vec<Entry>, StoreError> {
        let moment = self.moment("read entries")?;
        ledger::follows(&moment, after)?;
        let mut entries = ledger::since(&moment, after.seq, most)?;
        let places = (after.seq + 1..).zip(&entries);
        let unbroken = places.take_while(|(seq, entry)| entry.seq == *seq).count();
        // Nobody gets past a missing entry, who follows would else ask for the same for ever.
        if let Some(next) = entries
            .first()
            .filter(|_| unbroken == 0 && self.damaged.is_none())
        {
            let why = format!("it is missing; the next one stored is {}", next.seq);
            let seq = after.seq + 1;
            return Err(StoreError::Entry { seq, why });
        }
        entries.truncate(unbroken);
        self.saw(entries.last().map_or(*after, Entry::tip));
        Ok(entries)
    }

    fn entries(&self, after: u64, most: usize) -> Result<Vec<Entry>, StoreError> {
        ledger::since(&self.conn, after, most)
    }

    fn head(&self) -> Result<Tip, StoreError> {
        ledger::tip(&self.conn).map_err(reading("read the head"))
    }

    fn fold(&self, stay: Option<Span>) -> Result<(State, Option<Distrust>), StoreError> {
        let moment = self.moment("fold the entries")?;
        let taken = vouched::take(&moment, stay);
        let distrust = taken.as_ref().err().copied();
        let kept = taken.ok().flatten().unwrap_or_else(|| Fold::staying(stay));
        let state = fold::fold(&moment, kept, self.damaged.is_some())?;
        Ok((state, distrust))
    }

    fn snapshot(&mut self, state: &State, at: Moment) -> Result<Option<Entry>, StoreError> {
        let tip = state.tip();
        ledger::follows(&self.conn, &tip)?;
        if tip.seq == 0 || vouched::is_fresh(&self.conn, state.stay) {
            return Ok(None);
        }
        // Made before the transaction: nobody waits for it.
        let body = snapshot::write(state, &tip);
        let made = self.add("keep a snapshot", |write| {
            Ok(vec![vouched::keep(write, &tip, &body, at)?])
        })?;
        let last = made.into_iter().next();
        if let Some(last) = &last {
            self.mark(&last.tip());
        }
        Ok(last)
    }

    fn walk(&self) -> Result<Walk, StoreError> {
        ledger::begin_walk(&self.conn)
    }

    fn marked(&self) -> Option<Tip> {
        place::marked(&self.path)
    }

    fn walk_on(&self, walk: &mut Walk, most: usize) -> Result<bool, StoreError> {
        ledger::walk_on(&self.conn, walk, most)
    }

    fn indexed(&self) -> Result<(), StoreError> {
        ledger::index_holds(&self.conn)
    }

    fn roots(&self, upto: u64) -> Result<Vec<DayRoot>, StoreError> {
        received::roots(&self.conn, upto)
    }

    fn file(&mut self, digest: &str, paper: &Kept) -> Result<(), StoreError> {
        self.write("keep a paper", |write, _| papers::file(write, digest, paper))
    }

    fn filed(&self, digest: &str) -> Result<Option<Kept>, StoreError> {
        papers::find(&self.conn, digest).map_err(reading("read a paper"))
    }
}

impl Notes for Sqlite {
    fn sight(&mut self, signals: &[Signal], at: Moment) -> Result<Vec<Sighting>, StoreError> {
        self.write("count signals", |write, _| polling::sight(write, signals, at))
    }

    fn forget(&mut self, before: Moment) -> Result<usize, StoreError> {
        let mut forgotten = 0;
        loop {
            let some = self.write("forget old signals", |write, _| polling::forget(write, before))?;
            forgotten += some;
            if some < polling::FORGOTTEN_AT_ONCE {
                return Ok(forgotten);
            }
        }
    }

    fn seen(&self, signals: &[(&str, &str)]) -> Result<Vec<u64>, StoreError> {
        polling::seen(&self.conn, signals).map_err(reading("read how often signals were seen"))
    }

    fn recall(&self, key: &str) -> Result<Option<serde_json::Value>, StoreError> {
        let text = polling::recall(&self.conn, key).map_err(reading("recall"))?;
        // What cannot be read is as good as not remembered: a source then starts from its beginning.
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
    }

    fn remember(&mut self, key: &str, value: &serde_json::Value) -> Result<(), StoreError> {
        self.write("remember", |write, _| polling::remember(write, key, value))
    }

    fn lease(&mut self, holder: &str, length: Span) -> Result<Lease, StoreError> {
        const OPERATION: &str = "take the lease";
        let now = self.clock.now();
        let taken = self.write(OPERATION, |write, _| polling::lease(write, holder, now, length));
        // Whoever collects tries again after what passes, and never after damage.
        match taken {
            Err(StoreError::Damaged { operation, why }) if ledger::only_passing(&self.conn, "lease") => {
                Err(StoreError::Backend { operation, why })
            }
            taken => taken,
        }
    }

    fn collector(&self) -> Result<Option<String>, StoreError> {
        polling::collector(&self.conn, self.clock.now()).map_err(reading("read who collects"))
    }

    fn release(&mut self, holder: &str) -> Result<(), StoreError> {
        self.write("give the lease back", |write, _| polling::release(write, holder))
    }
}

impl Store for Sqlite {
    fn reader(&self) -> Result<Box<dyn Store>, StoreError> {
        let other = match &self.damaged {
            None => Self::open(&self.path, OpenMode::ReadOnly)?,
            Some(why) => {
                let conn = salvage::again(&self.conn).map_err(reading("read the last good state"))?;
                Self::aside(conn, &self.path, why.clone())
            }
        };
        Ok(Box::new(other.by(self.clock.clone())))
    }

    fn append_noting(
        &mut self,
        drafts: &[Draft],
        under: Under,
        note: (&str, &serde_json::Value),
    ) -> Result<Vec<Entry>, StoreError> {
        self.append_with(drafts, under, Some(note))
    }

    fn damage(&self) -> Option<&LedgerFault> {
        self.damaged.as_ref()
    }

    fn stands(&self) -> Result<(), LedgerFault> {
        self.place.stands()
    }

    fn copy(&self, to: &Path) -> Result<(), StoreError> {
        open::copy(&self.conn, to)
            .map_err(Halt::from)
            .map_err(writing("copy the ledger", to))
    }

    fn rescue(&self) -> Result<PathBuf, StoreError> {
        let stamp = self.clock.now().ms() / 1000;
        let mut names = (stamp..).map(|nth| beside(&self.path, &format!("-kept-{nth}")));
        let kept = names.find(|name| !name.exists()).unwrap_or_default();
        self.copy(&kept)?;
        Ok(kept)
    }

    fn rest(&mut self) -> Result<bool, StoreError> {
        const OPERATION: &str = "bring the log into the file";
        if self.damaged.is_some() {
            return Ok(true);
        }
        let tip = self.head()?;
        let passive = "PRAGMA wal_checkpoint(PASSIVE)";
        let done = self.conn.query_row(passive, [], |row| {
            let (log, moved): (i64, i64) = (row.get(1)?, row.get(2)?);
            Ok(log == moved)
        });
        let done = done.map_err(Halt::from).map_err(writing(OPERATION, &self.path))?;
        self.mark(&tip);
        Ok(done)
    }

    fn tidy(&mut self) -> Result<(), StoreError> {
        log::tidy(&self.conn)
            .map_err(Halt::from)
            .map_err(writing("tidy up", &self.path))
    }

    fn make_room(&mut self) -> Result<bool, StoreError> {
        if self.damaged.is_some() {
            return Ok(true);
        }
        log::make_room(&self.conn, &self.path, &self.place)
            .map_err(Halt::from)
            .map_err(writing("make room for the log", &self.path))
    }
}

#[cfg(test)]
mod tests;
