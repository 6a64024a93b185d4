//! Why the store did not do it.

use crate::domain::ledger::Stream;
use crate::domain::ledger_fault::{LedgerFault, Missing};
use crate::domain::text::Clean;
use std::io;
use std::io::ErrorKind;
use std::path::PathBuf;

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
    /// Somebody else collects by now: what a collector wants to append under an older term is not taken. Whoever asked
    /// gives the lease up.
    #[error("term {had} is over, {now} has begun")]
    Fenced {
        /// Under which term it was asked.
        had: u64,
        /// Which one runs.
        now: u64,
    },
    /// The ledger does not hold the entry up to which it was read: it went back, or is another one. Nothing newer may be
    /// taken from it.
    #[error("the ledger was read up to entry {ours} and is another one there (its last is {theirs})")]
    Forked {
        /// Up to where it was read.
        ours: u64,
        /// Its last entry now.
        theirs: u64,
    },
    /// There was a ledger, by the mark beside it, and there is none.
    #[error("{}: there was a ledger up to entry {last}, and the file is gone", path.display())]
    Gone {
        /// Which file.
        path: PathBuf,
        /// Up to which entry it is known to have been.
        last: u64,
    },
    /// It may have been stored or not: the disk failed while it was made durable. [`Ledger::settle`] finds out.
    ///
    /// [`Ledger::settle`]: crate::store::Ledger::settle
    #[error("{operation}: it is not known whether it was stored: {why}")]
    Unknown {
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
    /// A page of the file is not what it must be. It does not heal by itself.
    #[error("a page of the file is damaged ({operation}: {why})")]
    Damaged {
        /// What was tried.
        operation: &'static str,
        /// What the backend said.
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
    /// Whether it comes of damage to what is stored, or may: an entry that cannot be understood may be a newer program's.
    pub fn is_damage(&self) -> bool {
        matches!(self, Self::Damaged { .. } | Self::Entry { .. })
    }

    /// What stands in the ledger's way.
    pub fn fault(&self) -> LedgerFault {
        match self {
            Self::ReadOnly { why, .. } => why.clone(),
            Self::Unknown { why, .. } => LedgerFault::Unknown(Box::new(why.clone())),
            Self::Forked { ours, theirs } => LedgerFault::WentBack {
                ours: *ours,
                theirs: *theirs,
            },
            Self::Busy { by, .. } => LedgerFault::Locked(by.clone()),
            Self::Gone { .. } => LedgerFault::Lost {
                what: Missing::File,
                kept: Clean::default(),
            },
            Self::Damaged { operation, why } => {
                LedgerFault::Damaged(Clean::new(&format!("{operation}: {why}")))
            }
            Self::Conflict { .. }
            | Self::Fenced { .. }
            | Self::Entry { .. }
            | Self::Open { .. }
            | Self::Newer { .. }
            | Self::Backend { .. } => LedgerFault::Said(Clean::new(&self.to_string())),
        }
    }
}

/// What the system says of a disk that takes nothing.
pub(super) fn of_disk(error: &io::Error) -> Option<LedgerFault> {
    let kind = error.kind();
    if matches!(kind, ErrorKind::StorageFull | ErrorKind::QuotaExceeded) {
        return Some(LedgerFault::DiskFull);
    }
    (kind == ErrorKind::ReadOnlyFilesystem).then_some(LedgerFault::ReadOnlyDisk)
}
