//! Why the ledger cannot be written, or not read on: named, so that a person knows what to do. Words are in `lang`.

use crate::domain::id::ChannelId;
use crate::domain::text::Clean;
use std::fmt;

/// What stands in the ledger's way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LedgerFault {
    /// The disk is full.
    DiskFull,
    /// The disk takes no writing at all.
    ReadOnlyDisk,
    /// This account may not write.
    NoRight(Box<NoRight>),
    /// Another program holds the lock: its name and number; empty where they are not known.
    Locked(Clean),
    /// The disk failed while something was made durable: whether it was stored is not known yet.
    Unknown(Box<LedgerFault>),
    /// The ledger does not hold what was read from it: it went back, or is another one.
    WentBack {
        /// The last entry that was read.
        ours: u64,
        /// The last entry that is there.
        theirs: u64,
    },
    /// The files of the ledger are not those that were opened.
    Lost {
        /// What is missing.
        what: Missing,
        /// Where all that can still be read was kept; empty where nowhere.
        kept: Clean,
    },
    /// A page of the file is not what it must be, or an entry cannot be read: what the store said. It does not heal.
    Damaged(Clean),
    /// The ledger does not hold the entry of that number as it was written down beside it.
    NotAnchored(u64),
    /// The disk of that file has not answered for long.
    NoAnswer(Clean),
    /// An entry does not fit the chain: the ledger was changed by other means than this program, or the disk failed.
    Broken {
        /// The first entry that does not hold.
        entry: u64,
        /// What is wrong with it.
        why: Misfit,
    },
    /// A channel does not take the end of the ledger.
    NotPosted {
        /// Which.
        channel: ChannelId,
        /// What it answered, or why it did not.
        why: Clean,
    },
    /// The room's key that the configuration names is not there, so that nothing can be signed: which file.
    NoKey(Clean),
    /// Anything else, as the system or the store says it.
    Said(Clean),
}

/// Why an entry does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// It is not there; the next one that is stored has this number.
    Missing(u64),
    /// Neither it nor any after it is there, although so many were stored.
    CutOff(u64),
    /// Its hash does not fit its content and the entry before it.
    Hash,
    /// It is not the entry that was stored: the chain was written anew.
    Anew,
    /// It cannot be read: what the store said.
    Unreadable(Clean),
}

/// What of the ledger's files is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// The file is not there.
    File,
    /// Another file stands in its place.
    Own,
    /// Its log is not there, or another one is.
    Log,
}

/// A file or folder that an account may not write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoRight {
    /// Which.
    pub path: Clean,
    /// Whether it is the folder around the ledger.
    pub is_folder: bool,
    /// Whose it is, by number.
    pub owner: u32,
    /// Its group, by number.
    pub group: u32,
    /// Its rights, the last nine bits.
    pub mode: u32,
    /// The account that wants to write, by number.
    pub account: u32,
}

impl LedgerFault {
    /// What stands behind it, where the outcome was not known.
    #[must_use]
    pub fn cause(self) -> Self {
        if let Self::Unknown(why) = self { *why } else { self }
    }
}

impl From<&str> for LedgerFault {
    fn from(said: &str) -> Self {
        Self::Said(Clean::new(said))
    }
}

/// For the log; people read `lang`.
impl fmt::Display for LedgerFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DiskFull => f.write_str("disk full"),
            Self::ReadOnlyDisk => f.write_str("read-only disk"),
            Self::NoRight(no) => write!(
                f,
                "account {} may not write {} ({}:{} {:o})",
                no.account, no.path, no.owner, no.group, no.mode
            ),
            Self::Locked(by) => write!(f, "locked by {by}"),
            Self::Unknown(why) => write!(f, "outcome not known: {why}"),
            Self::WentBack { ours, theirs } => {
                write!(f, "read up to entry {ours}, now another one at {theirs}")
            }
            Self::Lost { what, .. } => write!(f, "not the files that were opened: {what:?}"),
            Self::Damaged(words) => write!(f, "damaged: {words}"),
            Self::NotAnchored(seq) => write!(f, "entry {seq} is not the one that was anchored"),
            Self::NoAnswer(path) => write!(f, "{path} does not answer"),
            Self::Broken { entry, why } => write!(f, "entry {entry} does not hold: {why}"),
            Self::NotPosted { channel, why } => write!(f, "{channel}: {why}"),
            Self::NoKey(path) => write!(f, "no room key in {path}"),
            Self::Said(words) => words.fmt(f),
        }
    }
}

/// For the log and for scripts; people read `lang`.
impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(next) => write!(f, "missing, the next one stored is {next}"),
            Self::CutOff(stored) => write!(f, "missing, {stored} were stored"),
            Self::Hash => f.write_str("its hash does not fit"),
            Self::Anew => f.write_str("not the entry that was stored"),
            Self::Unreadable(words) => write!(f, "not readable: {words}"),
        }
    }
}
