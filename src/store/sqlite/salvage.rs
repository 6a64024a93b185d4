//! What can still be read of a damaged file, row by row past every bad page: a new ledger of what holds, or the last good
//! state to look at. The damaged file is read, never written.

mod beside;
mod cells;
mod found;
mod pages;
mod told;

pub use beside::Readable;
pub use told::Holds;

use crate::domain::fact::pool::Pool;
use crate::domain::ledger::{Hash, Tip};
use crate::domain::ledger_fault::LedgerFault;
use crate::domain::text::Clean;
use crate::store::rows::EntryRow;
use crate::store::sqlite::fault::{Halt, reading, writing};
use crate::store::sqlite::salvage::found::{Found, Shape};
use crate::store::sqlite::{Sqlite, ledger, open, place, vouched};
use crate::store::{OpenMode, StoreError, rows, snapshot};
use rusqlite::{Connection, Transaction};
use std::path::Path;

const OPERATION: &str = "salvage the ledger";

/// What was saved of a damaged file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Salvaged {
    /// Entries of the new ledger: all that hold from the first on.
    pub kept: u64,
    /// The hash of the last of them.
    pub head: Hash,
    /// Entries behind the first gap, told to the caller.
    pub beyond: u64,
    /// Those among them that do not fit the one before them: damaged, or changed.
    pub unfit: u64,
    /// The last entry that is known to have been.
    pub last: u64,
    /// The numbers up to it that cannot be read: from, to.
    pub missing: Vec<(u64, u64)>,
    /// Readings, their older revisions, and papers.
    pub beside: Readable,
    /// Images of pages that do not hold what they say.
    pub pages: usize,
}

impl Salvaged {
    /// Whether nothing is known to be missing.
    pub fn is_whole(&self) -> bool {
        self.kept == self.last && self.pages == 0 && self.beside.is_whole()
    }
}

impl Sqlite {
    /// Reads all that can be read of the damaged file `from` into a new ledger at `to`, whose chain is whole; what stands
    /// behind the first gap goes to `beyond`.
    ///
    /// # Errors
    /// Nothing can be read, or the new ledger cannot be written.
    pub fn salvage(
        from: &Path,
        to: &Path,
        mut beyond: impl FnMut(&EntryRow<'_>, &Hash, Holds) -> std::io::Result<()>,
    ) -> Result<Salvaged, StoreError> {
        let found = Found::of(from).map_err(|error| unread(from, &error.to_string()))?;
        if found.entries.is_empty() && ends(&found, from).is_empty() {
            return Err(unread(from, "no entry of a ledger is found in it"));
        }
        let mut out = Self::open(to, OpenMode::ReadWrite)?;
        let mut saved = Salvaged::default();
        let tip = out.write(OPERATION, |write, _| {
            let tip = entries(write, &found, &mut saved, &mut beyond)?;
            beside::fill(write, &found)?;
            Ok(tip)
        })?;
        (saved.kept, saved.head, saved.pages) = (tip.seq, tip.hash, found.damaged());
        let known = ends(&found, from).into_iter().map(|end| end.seq);
        saved.last = known.chain([saved.last, tip.seq]).max().unwrap_or_default();
        saved.close();
        saved.beside = beside::count(&out)?;
        place::mark(to, &tip).ok();
        out.conn
            .execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")
            .map_err(Halt::from)
            .map_err(writing(OPERATION, to))?;
        Ok(saved)
    }

    /// Whether it holds the last entry that is marked beside it.
    ///
    /// # Errors
    /// It does not: it went back, or is another one.
    pub fn holds_mark(&self) -> Result<(), StoreError> {
        place::marked(&self.path).map_or(Ok(()), |mark| ledger::follows(&self.conn, &mark))
    }

    /// The last good state of a file that is damaged, to read alone: every entry that can be read and fits, with the
    /// snapshot and what stands beside them, in a place of its own that goes with it.
    ///
    /// # Errors
    /// `error`, where it does not come of damage or nothing can be read.
    pub fn last_good(path: &Path, error: StoreError) -> Result<Self, StoreError> {
        let went_back = matches!(error, StoreError::Forked { .. });
        if !error.is_damage() && !went_back {
            return Err(error);
        }
        let Ok(found) = Found::of(path) else {
            return Err(error);
        };
        if found.entries.is_empty() {
            return Err(error);
        }
        let conn = open::aside().map_err(reading(OPERATION))?;
        let write = conn.unchecked_transaction().map_err(reading(OPERATION))?;
        let is_strange = readable(&write, &found).map_err(writing(OPERATION, path))?;
        // What SQLite no longer sees and is there all the same lies in a log that is damaged.
        let mark = place::marked(path).filter(|_| went_back);
        let stands = mark.map(|mark| Ok(ledger::hash_at(&write, mark.seq)? == Some(mark.hash)));
        if stands.transpose().map_err(reading(OPERATION))? == Some(false) || went_back && mark.is_none() {
            return Err(error);
        }
        if is_strange && matches!(error, StoreError::Entry { .. }) {
            // It is as it was written; this program does not understand it.
            return Err(error);
        }
        beside::fill(&write, &found).map_err(writing(OPERATION, path))?;
        write.commit().map_err(reading(OPERATION))?;
        let why = if went_back || matches!(error, StoreError::Entry { .. }) {
            LedgerFault::Damaged(Clean::new(&error.to_string()))
        } else {
            error.fault()
        };
        Ok(Self::aside(conn, path, why))
    }
}

impl Salvaged {
    fn see(&mut self, seq: u64, holds: Holds) {
        let next = self.missing.pop().map_or(1, |(from, _)| from);
        if next < seq {
            self.missing.push((next, seq - 1));
        }
        // What begins here is open until the next one is seen.
        self.missing.push((seq + 1, u64::MAX));
        if matches!(holds, Holds::Whole | Holds::Fits) {
            self.last = self.last.max(seq);
        }
        if holds != Holds::Whole {
            self.beyond += 1;
            self.unfit += u64::from(holds == Holds::Not);
        }
    }

    /// What is missing up to the last one that is known to have been.
    fn close(&mut self) {
        if self.kept == 0 && self.missing.is_empty() {
            self.missing.push((1, u64::MAX));
        }
        let last = self.last;
        self.missing.retain(|(from, _)| *from <= last);
        for (_, to) in &mut self.missing {
            *to = last.min(*to);
        }
    }
}

fn unread(path: &Path, why: &str) -> StoreError {
    StoreError::Open {
        path: path.to_path_buf(),
        why: why.to_owned(),
    }
}

/// Writes what holds, and tells what stands behind the first gap.
fn entries(
    write: &Transaction<'_>,
    found: &Found,
    saved: &mut Salvaged,
    beyond: &mut impl FnMut(&EntryRow<'_>, &Hash, Holds) -> std::io::Result<()>,
) -> Result<Tip, Halt> {
    let tip = told::tell(found, |row, hash, holds| {
        saved.see(row.seq, holds);
        if holds == Holds::Whole {
            return put(write, row, hash);
        }
        beyond(row, hash, holds).map_err(|error| {
            Halt::Store(StoreError::Backend {
                operation: OPERATION,
                why: error.to_string(),
            })
        })
    })?;
    ledger::set_head(write, &tip)?;
    Ok(tip)
}

/// Writes every entry that is understood and is not known to be wrong, and the newest snapshot. Whether one that fits is
/// not understood.
fn readable(write: &Transaction<'_>, found: &Found) -> Result<bool, Halt> {
    let mut pool = Pool::default();
    // Stretches without a gap: the first and the last of each.
    let mut stretches: Vec<(u64, Tip)> = Vec::new();
    let mut is_strange = false;
    told::tell(found, |row, hash, holds| {
        let is_understood = rows::entry(row, *hash, &mut pool).is_ok();
        is_strange |= !is_understood && matches!(holds, Holds::Whole | Holds::Fits);
        if holds == Holds::Not || !is_understood {
            return Ok::<(), Halt>(());
        }
        put(write, row, hash)?;
        let tip = Tip {
            seq: row.seq,
            hash: *hash,
        };
        match stretches.last_mut().filter(|(_, end)| end.seq + 1 == row.seq) {
            Some((_, end)) => *end = tip,
            None => stretches.push((row.seq, tip)),
        }
        Ok(())
    })?;
    let first = stretches.first().filter(|(from, _)| *from == 1);
    let mut good = first.map(|(_, end)| *end).unwrap_or_default();
    if let Some((tip, body)) = newest_snapshot(found) {
        let around = stretches
            .iter()
            .find(|(from, end)| (*from..=end.seq).contains(&tip.seq));
        if let Some((_, end)) = around {
            vouched::put(write, &tip, &body)?;
            good = if end.seq > good.seq { *end } else { good };
        }
    }
    ledger::set_head(write, &good)?;
    Ok(is_strange)
}

/// One that is found more than once is written once.
fn put(write: &Transaction<'_>, row: &EntryRow<'_>, hash: &Hash) -> Result<(), Halt> {
    let mut into = write
        .prepare_cached("INSERT OR IGNORE INTO entry VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")?;
    ledger::insert(&mut into, row, hash)?;
    Ok(())
}

/// Where the ledger is said to end: by its head, by a snapshot whose bytes are whole, by the mark beside the file.
fn ends(found: &Found, path: &Path) -> Vec<Tip> {
    let mut ends: Vec<Tip> = place::marked(path).into_iter().collect();
    found.each(&[Shape::Head], |_, _, values| ends.extend(tip_of(&values)));
    ends.extend(newest_snapshot(found).map(|(tip, _)| tip));
    ends
}

/// A number and a hash.
fn tip_of(values: &[cells::Value]) -> Option<Tip> {
    Some(Tip {
        seq: u64::try_from(values.get(1)?.int()?).ok()?,
        hash: Hash::try_from(values.get(2)?.blob()?).ok()?,
    })
}

fn newest_snapshot(found: &Found) -> Option<(Tip, Vec<u8>)> {
    let mut newest: Option<(Tip, Vec<u8>)> = None;
    found.each(&[Shape::Snapshot], |_, _, values| {
        let Some(tip) = tip_of(&values) else { return };
        let Some(body) = values.get(3).and_then(cells::Value::blob) else {
            return;
        };
        if newest.as_ref().is_none_or(|(known, _)| known.seq < tip.seq) && snapshot::is_whole(body, &tip) {
            newest = Some((tip, body.to_vec()));
        }
    });
    newest
}

/// Another handle's content, in a place of its own.
pub(super) fn again(from: &Connection) -> rusqlite::Result<Connection> {
    let mut to = open::aside()?;
    open::over(from, &mut to)?;
    Ok(to)
}

#[cfg(test)]
mod tests;
