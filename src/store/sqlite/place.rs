//! Whether the ledger's files are still those that were opened, and the mark beside them by which a ledger that vanished or
//! was put back is known at the next start.

use crate::domain::ledger::{Hash, Tip};
use crate::domain::ledger_fault::{LedgerFault, Missing};
use crate::domain::text::{Clean, hex, unhex};
use crate::store::sqlite::Sqlite;
use crate::store::{Ledger, Store, StoreError, beside};
use std::cell::Cell;
use std::io;
use std::io::Write;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// The end of the mark's name.
const MARK: &str = "-tip";

impl Sqlite {
    /// Puts a whole ledger in the place of another one, or of none. A room that runs on it finds that it went back.
    ///
    /// # Errors
    /// One of the two cannot be used; what is there is as it was unless the disk failed midway.
    pub fn put(from: &Self, to: &Path) -> Result<(), StoreError> {
        clear(to).map_err(|error| unmarked(&error))?;
        from.copy(to)?;
        let tip = from.head()?;
        mark(to, &tip).map_err(|error| unmarked(&error))
    }

    /// Takes the ledger at `path` for the right one, whatever is marked beside it.
    ///
    /// # Errors
    /// The mark cannot be written.
    pub fn accept(path: &Path, tip: &Tip) -> Result<(), StoreError> {
        mark(path, tip).map_err(|error| unmarked(&error))
    }

    /// Marks that entry, where the ledger is the one that was opened and holds what is marked: a mark never moves back. Without
    /// it a ledger is as good: only that it vanished or went back would not be noticed.
    pub(super) fn mark(&mut self, tip: &Tip) {
        let known = marked(&self.path);
        if tip.seq == 0 || known == Some(*tip) {
            return;
        }
        let is_older = known.is_some_and(|known| known.seq >= tip.seq);
        let stands = self.damaged.is_none() && self.place.stands().is_ok();
        let may = stands && !is_older && self.holds_mark().is_ok();
        self.marked = may && mark(&self.path, tip).is_ok();
    }

    /// Moves a ledger that cannot be read out of the way, as it is; gives its new name.
    ///
    /// # Errors
    /// Its folder cannot be written.
    pub fn set_aside(path: &Path) -> Result<PathBuf, StoreError> {
        let mut names = (1..).map(|nth| beside(path, &format!("-damaged-{nth}")));
        let kept = names.find(|name| !name.exists()).unwrap_or_default();
        let moved = std::fs::rename(path, &kept).and_then(|()| {
            let log = beside(path, "-wal");
            if log.exists() {
                std::fs::rename(log, beside(&kept, "-wal"))?;
            }
            Ok(())
        });
        moved.map_err(|error| StoreError::Backend {
            operation: "move the damaged ledger aside",
            why: error.to_string(),
        })?;
        Ok(kept)
    }
}

fn unmarked(error: &std::io::Error) -> StoreError {
    StoreError::Backend {
        operation: "mark the last entry",
        why: error.to_string(),
    }
}

/// A file by device and number.
type Node = (u64, u64);

/// The files of an open ledger.
#[derive(Debug)]
pub(super) struct Place {
    path: PathBuf,
    file: Option<Node>,
    /// The write-ahead log, once it was there.
    log: Cell<Option<Node>>,
    /// Whether the log is ours to expect: whoever only reads may see it come and go.
    writes: bool,
}

impl Place {
    /// Where the file lies that was just opened.
    pub(super) fn of(path: &Path, writes: bool) -> Self {
        Self {
            path: path.to_path_buf(),
            file: node(path),
            log: Cell::new(node(&beside(path, "-wal"))),
            writes,
        }
    }

    /// Whether they are still there and the same.
    pub(super) fn stands(&self) -> Result<(), LedgerFault> {
        let kept = Clean::default();
        self.missing()
            .map_or(Ok(()), |what| Err(LedgerFault::Lost { what, kept }))
    }

    fn missing(&self) -> Option<Missing> {
        let Some(now) = node(&self.path) else {
            return Some(Missing::File);
        };
        if Some(now) != self.file {
            return Some(Missing::Own);
        }
        if !self.writes {
            return None;
        }
        let log = node(&beside(&self.path, "-wal"));
        if self.log.get().is_none() {
            self.log.set(log);
        }
        (log != self.log.get()).then_some(Missing::Log)
    }
}

fn node(path: &Path) -> Option<Node> {
    let known = path.metadata().ok()?;
    Some((known.dev(), known.ino()))
}

/// Where there is no ledger, what one left beside it is moved out of the way, never thrown away.
pub(super) fn clear(path: &Path) -> io::Result<()> {
    if path.exists() {
        return Ok(());
    }
    for end in ["-wal", "-shm"] {
        let left = beside(path, end);
        if left.exists() {
            std::fs::rename(&left, beside(path, &format!("{end}-old")))?;
        }
    }
    Ok(())
}

/// The last entry as it was marked beside the file; `None` where there is no mark, or none that can be read.
pub(super) fn marked(path: &Path) -> Option<Tip> {
    let text = std::fs::read_to_string(beside(path, MARK)).ok()?;
    let (seq, hash) = text.trim().split_once(' ')?;
    let hash = Hash::try_from(unhex(hash)?).ok()?;
    Some(Tip {
        seq: seq.parse().ok()?,
        hash,
    })
}

/// Marks the last entry beside the file: all at once, so that nobody reads half a mark, and each process by a file of its own.
pub(super) fn mark(path: &Path, tip: &Tip) -> io::Result<()> {
    let own = format!("{MARK}.{}", std::process::id());
    let (to, new) = (beside(path, MARK), beside(path, &own));
    let mut file = std::fs::File::create(&new)?;
    writeln!(file, "{} {}", tip.seq, hex(&tip.hash))?;
    if let Ok(own) = path.metadata() {
        file.set_permissions(own.permissions())?;
    }
    file.sync_all()?;
    std::fs::rename(&new, &to)
}
