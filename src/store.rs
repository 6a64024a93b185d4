//! The store: the [`Ledger`], the [`Readings`] and polling's [`Notes`], each by itself, and the three together.
//!
//! Blocking by nature; the desk calls it from a thread of its own. Its story is told in `tests/ledger.rs`.
//!
//! ```
//! use lookout::domain::fact::Fact;
//! use lookout::domain::fact::alarm::{AlarmFact, Cause};
//! use lookout::domain::id::AlarmId;
//! use lookout::domain::ledger::{Draft, Stream};
//! use lookout::domain::person::Actor;
//! use lookout::domain::time::Moment;
//! use lookout::store::{Ledger, OpenMode, Sqlite, StoreError, Under};
//!
//! let folder = tempfile::tempdir().expect("a folder");
//! let mut store = Sqlite::open(&folder.path().join("room.db"), OpenMode::ReadWrite)?;
//! let raised = Draft {
//!     stream: Stream::Alarm(AlarmId::new("AIR-AQI/1")),
//!     // Nothing was known of this alarm when it was decided to raise it.
//!     expect: 0,
//!     at: Moment::from_ms(1_790_000_000_000),
//!     by: Actor::Desk,
//!     seat: None,
//!     fact: Fact::Alarm(AlarmFact::raised(Cause::default())),
//! };
//! let entries = store.append(std::slice::from_ref(&raised), Under::Anyone)?;
//! assert_eq!((entries.len(), store.head()?.seq), (1, 1));
//!
//! // Who decides the same without having seen that it stands is refused, and nothing is written.
//! let second = store.append(&[raised], Under::Anyone);
//! assert!(matches!(second, Err(StoreError::Conflict { .. })));
//! assert_eq!(store.head()?.seq, 1);
//!
//! // Entry by entry the chain is what it was when it was written.
//! let audit = store.verify(&mut |_, _| {})?;
//! assert_eq!((audit.good, audit.broken), (1, None));
//! # Ok::<(), StoreError>(())
//! ```

use crate::domain::chain::Distrust;
use crate::domain::fact::readings::DayRoot;
use crate::domain::id::PointId;
use crate::domain::ledger::{Draft, Entry, Hash, Tip};
use crate::domain::ledger_fault::{LedgerFault, Misfit};
use crate::domain::quantity::Quantity;
use crate::domain::reading::{Period, Reading, Revision};
use crate::domain::signal::Signal;
use crate::domain::state::State;
use crate::domain::time::{Moment, Span};
use crate::store::chain::Walk;
use crate::store::received::Received;
use std::path::{Path, PathBuf};

pub mod anchors;
pub mod chain;
mod error;
pub mod received;
pub mod room_key;
pub mod rows;
mod snapshot;
pub mod sqlite;

pub use error::StoreError;
pub use sqlite::{OpenMode, Sqlite};

/// How many entries pass between two words on progress.
const STRIDE: usize = 4096;

/// What storing a batch of signals found: which are new, and how often each was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sighting {
    /// When it was first seen.
    pub first: Moment,
    /// How many polls have seen it, this one included.
    pub count: u64,
}

/// Which series: a point's quantity over a period.
pub type SeriesKey<'a> = (&'a PointId, Quantity, Period);

/// Who collects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lease {
    /// Whether the one who asked holds it.
    pub held: bool,
    /// Who holds it.
    pub holder: String,
    /// The term: grows with each change of hands.
    pub epoch: u64,
}

/// A paper as it went out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its text in Markdown, word for word.
    pub text: String,
    /// Its tables in CSV, word for word.
    pub tables: String,
    /// The records behind its rows, by their keys, in JSON.
    pub records: String,
}

/// What `audit verify` found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audit {
    /// Entries whose hash and numbering are right, counted from the first.
    pub good: u64,
    /// The first entry that is not, and why; `None` when the whole chain holds.
    pub broken: Option<(u64, Misfit)>,
    /// The hash of the last good entry.
    pub head: [u8; 32],
}

/// On whose behalf something is appended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Under {
    /// A person's act, or a process's word on itself: whoever collects.
    Anyone,
    /// The collector's, under that term: refused as [`StoreError::Fenced`] once another one has begun.
    Term(u64),
}

/// The ledger: entries in one chain. Nothing that was shown as done is lost.
///
/// What only reads takes `&self`.
pub trait Ledger {
    /// Appends all drafts in one durable transaction, or none. On return they are on disk.
    ///
    /// Each draft expects the number of its stream's last entry as its decision saw it; several drafts of one stream
    /// may all expect that number, or count on from each other.
    ///
    /// # Errors
    /// Nothing was stored, unless it says [`StoreError::Unknown`]: then nothing more is taken until [`Ledger::settle`]
    /// has found out.
    fn append(&mut self, drafts: &[Draft], under: Under) -> Result<Vec<Entry>, StoreError>;

    /// What became of an append whose outcome was not known: its entries where they stand after all, `None` where they do
    /// not and never will, or where nothing is open.
    ///
    /// # Errors
    /// It still cannot be known.
    fn settle(&mut self) -> Result<Option<Vec<Entry>>, StoreError>;

    /// What was appended after that entry, oldest first, at most `most`: how a ledger is followed.
    ///
    /// # Errors
    /// [`StoreError::Forked`] where the ledger does not hold that entry.
    fn since(&self, after: &Tip, most: usize) -> Result<Vec<Entry>, StoreError>;

    /// Entries after that number, oldest first, at most `most`: how a ledger is looked back into.
    fn entries(&self, after: u64, most: usize) -> Result<Vec<Entry>, StoreError>;

    /// The hash of one entry, if it is there.
    fn hash_at(&self, seq: u64) -> Result<Option<Hash>, StoreError> {
        let found = self.entries(seq.saturating_sub(1), 1)?;
        let found = found.first().filter(|entry| entry.seq == seq);
        Ok(found.map(|entry| entry.hash))
    }

    /// The last entry; cheap.
    fn head(&self) -> Result<Tip, StoreError>;

    /// The state now, closed cases staying as long as `stay` says: the snapshot, where an entry vouches for it and it was
    /// made with the same stay, and the entries after it; else all entries. Says why a snapshot was not taken for true.
    fn fold(&self, stay: Option<Span>) -> Result<(State, Option<Distrust>), StoreError>;

    /// The same, for whoever only wants the state.
    fn state(&self, stay: Option<Span>) -> Result<State, StoreError> {
        self.fold(stay).map(|(state, _)| state)
    }

    /// Keeps a snapshot that the next start may use, and in the same transaction appends the entry that vouches for its
    /// bytes; `None` where nothing happened since the one that is there.
    ///
    /// # Errors
    /// As of [`Ledger::append`].
    fn snapshot(&mut self, state: &State, at: Moment) -> Result<Option<Entry>, StoreError>;

    /// A walk along the chain from its beginning; it must pass whatever is noted in the file.
    fn walk(&self) -> Result<Walk, StoreError>;

    /// The last entry as it was marked beside the file; without a mark nothing is known.
    fn marked(&self) -> Option<Tip>;

    /// Goes on with it by so many entries; whether there may be more. What is damaged is an entry that does not hold.
    ///
    /// # Errors
    /// It could not be read now, which says nothing about the chain.
    fn walk_on(&self, walk: &mut Walk, most: usize) -> Result<bool, StoreError>;

    /// Whether the entries are also found by their streams, which decides what is appended next.
    ///
    /// # Errors
    /// What the backend says of its index.
    fn indexed(&self) -> Result<(), StoreError>;

    /// The roots of the days of receiving readings that were recorded, in the order of the entries, up to that one.
    fn roots(&self, upto: u64) -> Result<Vec<DayRoot>, StoreError>;

    /// Recomputes the whole chain at once; `progress` is called with (done, total).
    fn verify(&self, progress: &mut dyn FnMut(u64, u64)) -> Result<Audit, StoreError> {
        self.verify_past(None, progress)
    }

    /// The same for a chain that must also pass that place.
    fn verify_past(
        &self,
        noted: Option<Tip>,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Audit, StoreError> {
        let total = self.head()?.seq;
        let mut walk = self.walk()?.past(noted);
        while self.walk_on(&mut walk, STRIDE)? {
            progress(walk.good(), total.max(walk.good()));
        }
        let audit = walk.end();
        if audit.broken.is_none() {
            self.indexed()?;
        }
        progress(audit.good, total.max(audit.good));
        Ok(audit)
    }

    /// Keeps a paper that is about to be issued under the sum of its text, durable; one that is kept is not changed.
    fn file(&mut self, digest: &str, paper: &Kept) -> Result<(), StoreError>;

    /// The paper that was kept under that sum.
    fn filed(&self, digest: &str) -> Result<Option<Kept>, StoreError>;
}

/// Readings: series of points, with what was corrected later. Trouble here is no trouble of the ledger.
pub trait Readings {
    /// Stores readings in one transaction, under the number of the day that is being received; a changed value for a known
    /// key keeps the older revision, under the number that it has. Returns how many were new or changed.
    fn keep(&mut self, readings: &[Reading], at: Moment) -> Result<usize, StoreError>;

    /// The newest reading of each (point, quantity, period).
    fn latest(&self) -> Result<Vec<Reading>, StoreError>;

    /// Current revisions of one series in time order, `from` < at ≤ `to`.
    fn series(&self, key: SeriesKey<'_>, from: Moment, to: Moment) -> Result<Vec<Reading>, StoreError>;

    /// Older revisions of the readings of one series, `from` < at ≤ `to`, by their time, the oldest revision first; none of
    /// what was never corrected.
    fn revisions(&self, key: SeriesKey<'_>, from: Moment, to: Moment) -> Result<Vec<Revision>, StoreError>;

    /// The days of receiving from that number on, with when each began; the last one is not over.
    fn received(&self, from: u32) -> Result<Vec<(u32, Moment)>, StoreError>;

    /// Ends the day of receiving that is not over: what is kept from now on stands under the next number.
    fn turn(&mut self, at: Moment) -> Result<(), StoreError>;

    /// Goes on with a look at all readings by so many rows; whether there may be more.
    fn look_on(&self, look: &mut Received, most: usize) -> Result<bool, StoreError>;

    /// Drops readings and their older revisions that ended before `before`. Returns how many.
    fn prune(&mut self, before: Moment) -> Result<usize, StoreError>;
}

/// What polling keeps: how often signals were seen, notes for other processes, who collects. Disposable but for the lease.
pub trait Notes {
    /// Counts signals by (source, id) in one transaction, durable: accepted means kept.
    fn sight(&mut self, signals: &[Signal], at: Moment) -> Result<Vec<Sighting>, StoreError>;

    /// How often each of these signals, by source and id, was seen; 0 for one that never was.
    fn seen(&self, signals: &[(&str, &str)]) -> Result<Vec<u64>, StoreError>;

    /// Forgets how often signals were seen whose source has not listed them since `before`. Returns how many.
    fn forget(&mut self, before: Moment) -> Result<usize, StoreError>;

    /// What was remembered under `key`: disposable notes of the collector for other processes.
    fn recall(&self, key: &str) -> Result<Option<serde_json::Value>, StoreError>;

    /// Remembers it.
    fn remember(&mut self, key: &str, value: &serde_json::Value) -> Result<(), StoreError>;

    /// Takes or renews the collector's lease for `holder` for that long by the store's own clock, if nobody else's is
    /// running.
    fn lease(&mut self, holder: &str, length: Span) -> Result<Lease, StoreError>;

    /// Who holds a lease that runs now by the store's own clock, if anybody does.
    fn collector(&self) -> Result<Option<String>, StoreError>;

    /// Gives the lease back.
    fn release(&mut self, holder: &str) -> Result<(), StoreError>;
}

/// A room's store: its ledger, its readings, and what polling keeps.
///
/// [`Store::reader`] gives another handle for a thread of its own, such as the one that follows other processes.
pub trait Store: Ledger + Readings + Notes + Send {
    /// Another handle on the same store that only reads.
    fn reader(&self) -> Result<Box<dyn Store>, StoreError>;

    /// Appends as [`Ledger::append`] does, and in the same transaction remembers something under a key: whoever recalls it
    /// finds all of that in the ledger. Trouble with the note alone keeps no entry out; it is then not remembered.
    ///
    /// # Errors
    /// As of [`Ledger::append`].
    fn append_noting(
        &mut self,
        drafts: &[Draft],
        under: Under,
        note: (&str, &serde_json::Value),
    ) -> Result<Vec<Entry>, StoreError>;

    /// The damage for which it is the last good state alone; `None` where it is the ledger itself.
    fn damage(&self) -> Option<&LedgerFault> {
        None
    }

    /// Whether the files are still those that were opened.
    ///
    /// # Errors
    /// What is missing: nothing that is appended now would be found again.
    fn stands(&self) -> Result<(), LedgerFault>;

    /// Copies all that can be read, as of one moment, into a new file.
    fn copy(&self, to: &Path) -> Result<(), StoreError>;

    /// Copies all that can be read into a file beside the ledger's place; gives its name.
    fn rescue(&self) -> Result<PathBuf, StoreError>;

    /// For every quiet moment: brings what was written into the ledger's one file, so that a copy of it is the ledger, and
    /// marks its end. Nobody waits for it. Whether all is there.
    fn rest(&mut self) -> Result<bool, StoreError>;

    /// Housekeeping for a quiet moment, such as once a night: everything is in the one file.
    fn tidy(&mut self) -> Result<(), StoreError>;

    /// For quiet moments, a little at a time: gives what is written next room beforehand, so that it is quick. Whether there
    /// is enough of it.
    fn make_room(&mut self) -> Result<bool, StoreError> {
        Ok(true)
    }
}

/// The file beside the ledger at `path` whose name ends so.
pub fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}
