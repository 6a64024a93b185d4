//! The entries that were found, told in the order of their numbers: those that hold from the first on, and those that stand
//! behind a gap.

use crate::domain::ledger::{GENESIS, Hash, Tip};
use crate::store::chain::link;
use crate::store::rows::EntryRow;
use crate::store::sqlite::salvage::cells::Value;
use crate::store::sqlite::salvage::found::{Found, Spot};

/// How an entry stands in the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// It and every one before it fit.
    Whole,
    /// One before it is missing or does not fit; it fits the one before it.
    Fits,
    /// The same, and the one before it is not there to say.
    Alone,
    /// It does not fit the one before it.
    Not,
}

/// An entry as it was read.
struct Read {
    seq: u64,
    nth: u32,
    at: i64,
    version: u32,
    values: Vec<Value>,
    hash: Hash,
}

impl Read {
    fn of(found: &Found, spot: Spot) -> Option<Self> {
        let (seq, values) = found.entry(spot)?;
        let small = |nth: usize| u32::try_from(values.get(nth)?.int()?).ok();
        Some(Self {
            seq: u64::try_from(seq).ok()?,
            nth: small(2)?,
            at: values.get(3)?.int()?,
            version: small(7)?,
            hash: Hash::try_from(values.get(9)?.blob()?).ok()?,
            values,
        })
    }

    fn row(&self) -> Option<EntryRow<'_>> {
        let text = |nth: usize| self.values.get(nth).and_then(Value::text);
        Some(EntryRow {
            seq: self.seq,
            stream: text(1)?,
            nth: self.nth,
            at: self.at,
            by: text(4),
            seat: text(5),
            kind: text(6)?,
            version: self.version,
            fact: text(8)?,
        })
    }
}

/// Tells every entry that was found, once, by its number; gives the last one of those that hold from the first on.
///
/// # Errors
/// What `take` says.
pub(super) fn tell<E>(
    found: &Found,
    mut take: impl FnMut(&EntryRow<'_>, &Hash, Holds) -> Result<(), E>,
) -> Result<Tip, E> {
    let mut whole = Tip {
        seq: 0,
        hash: GENESIS,
    };
    let mut before = whole;
    for claims in found.entries.chunk_by(|one, other| one.0 == other.0) {
        let Some(seq) = claims.first().map(|claim| claim.0) else {
            continue;
        };
        let is_next = before.seq + 1 == seq;
        let fits = |read: &Read| {
            let row = read.row();
            is_next && row.is_some_and(|row| link(&before.hash, &row) == read.hash)
        };
        // One that fits, else the first that can be read at all: copies of one page may stand in the log many times.
        let mut chosen: Option<(Read, bool)> = None;
        for (_, spot) in claims {
            let Some(read) = Read::of(found, *spot) else {
                continue;
            };
            let does = fits(&read);
            if does || chosen.is_none() {
                chosen = Some((read, does));
            }
            if does {
                break;
            }
        }
        let Some((read, does)) = chosen else { continue };
        let Some(row) = read.row() else { continue };
        let holds = match (does, is_next) {
            (true, _) if whole.seq == before.seq => Holds::Whole,
            (true, _) => Holds::Fits,
            (false, true) => Holds::Not,
            (false, false) => Holds::Alone,
        };
        take(&row, &read.hash, holds)?;
        before = Tip { seq, hash: read.hash };
        if holds == Holds::Whole {
            whole = before;
        }
    }
    Ok(whole)
}
