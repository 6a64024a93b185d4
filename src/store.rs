//! The store: the ledger, and beside it the readings, the signals' first and last sightings, cursors and the lease.
//!
//! Blocking by nature; the desk calls it from a thread of its own. Its story is told in `tests/ledger.rs`.

use crate::domain::id::PointId;
use crate::domain::ledger::Draft;
use crate::domain::ledger::Entry;
use crate::domain::ledger::State;
use crate::domain::ledger::Stream;
use crate::domain::ledger_fault::LedgerFault;
use crate::domain::quantity::Quantity;
use crate::domain::reading::Period;
use crate::domain::reading::Reading;
use crate::domain::reading::Revision;
use crate::domain::signal::Signal;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::domain::time::Span;
use std::path::PathBuf;

pub mod chain;
pub mod rows;
mod snapshot;
pub mod sqlite;

pub use sqlite::OpenMode;
pub use sqlite::Sqlite;

/// Why the store did not do it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Somebody was first: the stream has another last entry than expected. Read the newer entries and decide again.
    #[error("stream {stream} is at {have}, not at {expected}")]
    Conflict {
        /// The stream.
        stream: Stream,
        /// What the decision saw.
        expected: u32,
        /// What is there.
        have: u32,
    },
    /// Nothing can be written: disk full, read-only, no permission. Reading still works.
    #[error("{operation}: nothing can be written: {why}")]
    ReadOnly {
        /// What was tried.
        operation: &'static str,
        /// What stands in the way.
        why: LedgerFault,
    },
    /// An entry cannot be understood: damaged, or written by a newer program.
    #[error("ledger entry {seq}: {why}")]
    Entry {
        /// Which entry.
        seq: u64,
        /// What is wrong with it.
        why: String,
    },
    /// The store cannot be opened at all: not there, not ours, not readable.
    #[error("{}: {why}", path.display())]
    Open {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        why: String,
    },
    /// The store was written by a newer program; this one must be updated before it may touch it.
    #[error("the store has form {found}, this program knows up to {known}")]
    Newer {
        /// The form of the store.
        found: u32,
        /// The newest form known here.
        known: u32,
    },
    /// Another process holds the store longer than is waited for. Trying again later is right.
    #[error("{operation}: another process is writing: {by}")]
    Busy {
        /// What was tried.
        operation: &'static str,
        /// Its name and number; empty where they are not known.
        by: Clean,
    },
    /// Anything else that the backend said.
    #[error("{operation}: {why}")]
    Backend {
        /// What was tried.
        operation: &'static str,
        /// What it said.
        why: String,
    },
}

impl StoreError {
    /// What stands in the ledger's way.
    pub fn fault(&self) -> LedgerFault {
        match self {
            Self::ReadOnly { why, .. } => why.clone(),
            Self::Busy { by, .. } => LedgerFault::Locked(by.clone()),
            Self::Conflict { .. }
            | Self::Entry { .. }
            | Self::Open { .. }
            | Self::Newer { .. }
            | Self::Backend { .. } => LedgerFault::Said(Clean::new(&self.to_string())),
        }
    }
}

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
    /// Grows with each change of hands.
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
    pub broken: Option<(u64, String)>,
    /// The hash of the last good entry.
    pub head: [u8; 32],
}

/// A place where nothing that was shown as done is lost.
///
/// What only reads takes `&self`; [`Store::reader`] gives another handle for a thread of its own, such as the one that
/// follows other processes by [`Store::head`] and [`Store::since`].
pub trait Store: Send {
    /// Another handle on the same store that only reads.
    fn reader(&self) -> Result<Box<dyn Store>, StoreError>;

    /// Housekeeping for a quiet moment, such as once a night: brings the files to their least size.
    fn tidy(&mut self) -> Result<(), StoreError>;

    /// Appends all drafts in one durable transaction, or none. On return they are on disk.
    ///
    /// Each draft expects the number of its stream's last entry as its decision saw it; several drafts of one stream
    /// may all expect that number, or count on from each other.
    fn append(&mut self, drafts: &[Draft]) -> Result<Vec<Entry>, StoreError>;

    /// Entries after `seq`, oldest first, at most `most`.
    fn since(&self, seq: u64, most: usize) -> Result<Vec<Entry>, StoreError>;

    /// The number of the last entry; cheap, for following other processes.
    fn head(&self) -> Result<u64, StoreError>;

    /// The state now, closed cases staying as long as `stay` says: the newest snapshot that can be read and was made
    /// with the same stay, and the entries after it.
    fn state(&self, stay: Option<Span>) -> Result<State, StoreError>;

    /// Keeps a snapshot that the next start may use; disposable.
    fn snapshot(&mut self, state: &State) -> Result<(), StoreError>;

    /// Recomputes the whole chain; `progress` is called with (done, total).
    fn verify(&self, progress: &mut dyn FnMut(u64, u64)) -> Result<Audit, StoreError>;

    /// Keeps a paper that is about to be issued under the sum of its text, durable; one that is kept is not changed.
    fn file(&mut self, digest: &str, paper: &Kept) -> Result<(), StoreError>;

    /// The paper that was kept under that sum.
    fn filed(&self, digest: &str) -> Result<Option<Kept>, StoreError>;

    /// Stores readings in one transaction; a changed value for a known key keeps the older revision. Returns how many were new or changed.
    fn keep(&mut self, readings: &[Reading], at: Moment) -> Result<usize, StoreError>;

    /// The newest reading of each (point, quantity, period).
    fn latest(&self) -> Result<Vec<Reading>, StoreError>;

    /// Current revisions of one series in time order, `from` < at ≤ `to`.
    fn series(&self, key: SeriesKey<'_>, from: Moment, to: Moment) -> Result<Vec<Reading>, StoreError>;

    /// Older revisions of the readings of one series, `from` < at ≤ `to`, by their time, the oldest revision first; none of
    /// what was never corrected.
    fn revisions(&self, key: SeriesKey<'_>, from: Moment, to: Moment) -> Result<Vec<Revision>, StoreError>;

    /// Drops readings and their older revisions that ended before `before`. Returns how many.
    fn prune(&mut self, before: Moment) -> Result<usize, StoreError>;

    /// Counts signals by (source, id) in one transaction, durable: accepted means kept.
    fn sight(&mut self, signals: &[Signal], at: Moment) -> Result<Vec<Sighting>, StoreError>;

    /// What was remembered under `key`: disposable notes of the collector for other processes.
    fn recall(&self, key: &str) -> Result<Option<serde_json::Value>, StoreError>;

    /// Remembers it.
    fn remember(&mut self, key: &str, value: &serde_json::Value) -> Result<(), StoreError>;

    /// Takes or renews the collector's lease for `holder` until `now + length`, if nobody else's is running.
    fn lease(&mut self, holder: &str, now: Moment, length: Span) -> Result<Lease, StoreError>;

    /// Who holds a lease that runs at `now`, if anybody does.
    fn collector(&self, now: Moment) -> Result<Option<String>, StoreError>;

    /// How often each of these signals, by source and id, was seen; 0 for one that never was.
    fn seen(&self, signals: &[(&str, &str)]) -> Result<Vec<u64>, StoreError>;

    /// Gives the lease back.
    fn release(&mut self, holder: &str) -> Result<(), StoreError>;
}
