//! Rows on their way: read by one, understood by another.

use crate::domain::fact::pool::Pool;
use crate::domain::ledger::{Entry, Hash};
use crate::store::StoreError;
use crate::store::rows::{EntryRow, entry};

/// Some rows with their hashes.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    /// The texts of all of them, one behind the other.
    text: String,
    rows: Vec<Kept>,
}

#[derive(Debug)]
struct Kept {
    seq: u64,
    nth: u32,
    at: i64,
    version: u32,
    /// How long its texts are, in their order.
    stream: usize,
    by: Option<usize>,
    seat: Option<usize>,
    kind: usize,
    fact: usize,
    hash: Hash,
}

impl Batch {
    /// Takes one in.
    pub(crate) fn push(&mut self, row: &EntryRow<'_>, hash: Hash) {
        let mut keep = |text: &str| {
            self.text.push_str(text);
            text.len()
        };
        self.rows.push(Kept {
            seq: row.seq,
            nth: row.nth,
            at: row.at,
            version: row.version,
            stream: keep(row.stream),
            by: row.by.map(&mut keep),
            seat: row.seat.map(&mut keep),
            kind: keep(row.kind),
            fact: keep(row.fact),
            hash,
        });
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The entries that they stand for.
    pub(crate) fn entries(&self, pool: &mut Pool) -> Result<Vec<Entry>, StoreError> {
        let mut rest = self.text.as_str();
        let mut next = |length: usize| {
            let (text, after) = rest.split_at(length);
            rest = after;
            text
        };
        let rows = self.rows.iter().map(|kept| {
            let row = EntryRow {
                seq: kept.seq,
                stream: next(kept.stream),
                nth: kept.nth,
                at: kept.at,
                by: kept.by.map(&mut next),
                seat: kept.seat.map(&mut next),
                kind: next(kept.kind),
                version: kept.version,
                fact: next(kept.fact),
            };
            entry(&row, kept.hash, pool)
        });
        rows.collect()
    }
}
