//! The hash chain: each entry's hash covers the one before it and every stored column, so that no entry before the end can be
//! changed, taken out or put elsewhere unless every hash after it is made anew.
//!
//! Not a proof against someone who does just that with this program: for that, the head is written down elsewhere
//! ([`crate::domain::anchor`]): on every document, and in a file ([`crate::store::anchors`]). Called wherever entries are
//! appended, verified or salvaged, and where one vouches for a snapshot.

use crate::domain::fact::Stored;
use crate::domain::id::SeatId;
use crate::domain::ledger::{Draft, Entry, GENESIS, Hash, Stream, Tip};
use crate::domain::ledger_fault::Misfit;
use crate::domain::person::Actor;
use crate::store::rows::EntryRow;
use crate::store::{Audit, StoreError, rows};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// The hash of `row` after `before`: SHA-256 over the hash before it and the columns in order, each text led by its
/// length and each absent one told apart from an empty one, so that two different rows never give the same bytes.
pub fn link(before: &Hash, row: &EntryRow<'_>) -> Hash {
    let mut sum = Sha256::new();
    sum.update(before);
    sum.update(row.seq.to_le_bytes());
    text(&mut sum, row.stream);
    sum.update(row.nth.to_le_bytes());
    sum.update(row.at.to_le_bytes());
    maybe(&mut sum, row.by);
    maybe(&mut sum, row.seat);
    text(&mut sum, row.kind);
    sum.update(row.version.to_le_bytes());
    text(&mut sum, row.fact);
    sum.finalize().into()
}

fn text(sum: &mut Sha256, text: &str) {
    sum.update((text.len() as u64).to_le_bytes());
    sum.update(text.as_bytes());
}

fn maybe(sum: &mut Sha256, given: Option<&str>) {
    sum.update([u8::from(given.is_some())]);
    text(sum, given.unwrap_or_default());
}

/// A draft with its place and hash, ready to be stored.
#[derive(Clone, Debug)]
pub struct Written {
    /// The entry.
    pub entry: Entry,
    /// Its stream as stored.
    pub stream: String,
    /// Its fact as stored.
    pub stored: Stored,
}

impl Written {
    /// The columns to store.
    pub fn row(&self) -> EntryRow<'_> {
        EntryRow {
            seq: self.entry.seq,
            stream: &self.stream,
            nth: self.entry.nth,
            at: self.entry.at.ms(),
            by: match &self.entry.by {
                Actor::Person(id) => Some(id.as_str()),
                Actor::Desk => None,
            },
            seat: self.entry.seat.as_ref().map(SeatId::as_str),
            kind: &self.stored.kind,
            version: self.stored.version,
            fact: &self.stored.json,
        }
    }
}

impl Tip {
    /// Adds a draft at the end as the `nth` of its stream; refused where its fact does not belong in its stream.
    pub fn extend(&mut self, draft: &Draft, nth: u32) -> Result<Written, StoreError> {
        let seq = self.seq + 1;
        if !rows::fits(&draft.stream, &draft.fact) {
            let why = format!("the fact does not belong in {}", draft.stream);
            return Err(StoreError::Entry { seq, why });
        }
        let mut written = Written {
            entry: Entry {
                seq,
                stream: draft.stream.clone(),
                nth,
                at: draft.at,
                by: draft.by.clone(),
                seat: draft.seat.clone(),
                fact: draft.fact.clone(),
                hash: GENESIS,
            },
            stream: draft.stream.to_string(),
            stored: draft.fact.stored(),
        };
        written.entry.hash = link(&self.hash, &written.row());
        (self.seq, self.hash) = (seq, written.entry.hash);
        Ok(written)
    }
}

/// The streams that one append touches: where each was before it, and where it is now.
#[derive(Debug, Default)]
pub struct Numbers(HashMap<Stream, (u32, u32)>);

impl Numbers {
    /// The next number for a draft; `last` tells where its stream stood before this append.
    ///
    /// A draft expects the number that its decision saw. Several drafts of one decision may all carry that number, or
    /// count on from each other.
    pub fn next<E: From<StoreError>>(
        &mut self,
        draft: &Draft,
        last: impl FnOnce() -> Result<u32, E>,
    ) -> Result<u32, E> {
        let (before, now) = match self.0.get(&draft.stream) {
            Some(known) => *known,
            None => last().map(|last| (last, last))?,
        };
        if draft.expect != before && draft.expect != now {
            return Err(E::from(StoreError::Conflict {
                stream: draft.stream.clone(),
                expected: draft.expect,
                have: before,
            }));
        }
        self.0.insert(draft.stream.clone(), (before, now + 1));
        Ok(now + 1)
    }
}

/// A walk along the chain from its beginning. Ends at the first entry that does not hold.
#[derive(Debug)]
pub struct Walk {
    audit: Audit,
    noted: Vec<Tip>,
}

impl Walk {
    /// A walk that must pass every `noted` place with the hash noted there: what is kept beside the chain (its head, a
    /// snapshot) shows when its end was cut off or it was written anew.
    pub fn new(noted: Vec<Tip>) -> Self {
        let audit = Audit {
            good: 0,
            broken: None,
            head: GENESIS,
        };
        Self { audit, noted }
    }

    /// The same, and it must pass that place too.
    #[must_use]
    pub fn past(mut self, noted: Option<Tip>) -> Self {
        self.noted.extend(noted);
        self
    }

    /// Takes the next stored row with its stored hash; `false` when it does not hold and the walk is over.
    pub fn step(&mut self, row: &EntryRow<'_>, stored: &[u8]) -> bool {
        let seq = self.audit.good + 1;
        if row.seq != seq {
            return self.stop(Misfit::Missing(row.seq));
        }
        let hash = link(&self.audit.head, row);
        if hash != stored {
            return self.stop(Misfit::Hash);
        }
        if self.noted.iter().any(|tip| tip.seq == seq && tip.hash != hash) {
            return self.stop(Misfit::Anew);
        }
        (self.audit.good, self.audit.head) = (seq, hash);
        true
    }

    /// The next entry does not hold; a backend that cannot even read it says so. Always `false`.
    pub fn stop(&mut self, why: Misfit) -> bool {
        self.audit.broken = Some((self.audit.good + 1, why));
        false
    }

    /// How many entries hold so far.
    pub fn good(&self) -> u64 {
        self.audit.good
    }

    /// The end of the rows: entries that were noted and are not there were cut off.
    pub fn end(mut self) -> Audit {
        let stored = self.noted.iter().map(|tip| tip.seq).max().unwrap_or(0);
        if self.audit.broken.is_none() && stored > self.audit.good {
            self.stop(Misfit::CutOff(stored));
        }
        self.audit
    }
}
