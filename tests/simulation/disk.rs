//! The disk under the simulated store: what really stands there, and who wrote it. Planted faults aside it does what the
//! contract of the store says, which `tests/ledger` tells of it as of SQLite.

use crate::planted::Planted;
use crate::receipts::Receipts;
use lookout::domain::fact::Fact;
use lookout::domain::fact::pool::Pool;
use lookout::domain::fact::readings::DayRoot;
use lookout::domain::fact::room::RoomFact;
use lookout::domain::ledger::{Draft, Entry, Stream, Tip};
use lookout::domain::person::Actor;
use lookout::domain::state::State;
use lookout::domain::text::Clean;
use lookout::domain::time::{Moment, Span};
use lookout::store::chain::{Numbers, Walk, Written};
use lookout::store::{Audit, Kept, Lease, StoreError, Under, rows};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};

/// One append as the disk saw it, whatever it let through.
#[derive(Clone, Debug)]
pub(crate) struct Wrote {
    /// Which process.
    pub(crate) by: usize,
    /// On whose behalf.
    pub(crate) under: Under,
    /// Whose term ran, and which.
    pub(crate) term: Option<(usize, u64)>,
    /// The first entry.
    pub(crate) first: u64,
    /// How many.
    pub(crate) count: usize,
}

/// Who collects: by which process, under which name and term, until when.
#[derive(Clone, Debug)]
pub(crate) struct Held {
    pub(crate) by: usize,
    pub(crate) holder: String,
    pub(crate) epoch: u64,
    pub(crate) expires: Moment,
}

/// Everything that stands on the disk.
#[derive(Debug, Default)]
pub(crate) struct Disk {
    pub(crate) rows: Vec<Written>,
    pub(crate) tip: Tip,
    nth: HashMap<String, u32>,
    pub(crate) held: Option<Held>,
    /// What was left for other processes, each with the entry up to which the ledger went then.
    notes: BTreeMap<String, (u64, Value)>,
    pub(crate) sightings: BTreeMap<(String, String), (Moment, Moment, u64)>,
    pub(crate) received: Receipts,
    pub(crate) papers: BTreeMap<String, Kept>,
    snapshot: Option<State>,
    pub(crate) wrote: Vec<Wrote>,
    pub(crate) planted: Option<Planted>,
}

impl Disk {
    /// Which term runs, of which process.
    fn term(&self) -> Option<(usize, u64)> {
        self.held.as_ref().map(|held| (held.by, held.epoch))
    }

    /// Appends in one transaction, or nothing.
    pub(crate) fn append(
        &mut self,
        by: usize,
        drafts: &[Draft],
        under: Under,
    ) -> Result<Vec<Entry>, StoreError> {
        let now = self.held.as_ref().map_or(0, |held| held.epoch);
        if let Under::Term(had) = under
            && had != now
            && self.planted != Some(Planted::NoFence)
        {
            return Err(StoreError::Fenced { had, now });
        }
        let mut tip = self.tip;
        let mut numbers = Numbers::default();
        let mut written = Vec::with_capacity(drafts.len());
        for draft in drafts {
            let last =
                || Ok::<u32, StoreError>(self.nth.get(&draft.stream.to_string()).copied().unwrap_or(0));
            let nth = numbers.next(draft, last)?;
            written.push(tip.extend(draft, nth)?);
        }
        let entries: Vec<Entry> = written.iter().map(|row| row.entry.clone()).collect();
        if self.planted == Some(Planted::Drops) && self.tip.seq % 40 == 39 {
            return Ok(entries);
        }
        self.wrote.push(Wrote {
            by,
            under,
            term: self.term(),
            first: self.tip.seq + 1,
            count: entries.len(),
        });
        for row in &written {
            self.nth.insert(row.stream.clone(), row.entry.nth);
        }
        self.rows.extend(written);
        self.tip = tip;
        if self.planted == Some(Planted::Twice) && drafts.iter().any(|draft| draft.seat.is_some()) {
            self.again(by, drafts, under);
        }
        if self.planted == Some(Planted::Rewrites) && self.rows.len() > 60 {
            self.rewrite();
        }
        Ok(entries)
    }

    /// The same, with what is remembered with it.
    pub(crate) fn append_noting(
        &mut self,
        by: usize,
        drafts: &[Draft],
        under: Under,
        note: Option<(&str, &Value)>,
    ) -> Result<Vec<Entry>, StoreError> {
        let made = self.append(by, drafts, under)?;
        if let Some((key, value)) = note {
            self.leave(key, value);
        }
        Ok(made)
    }

    /// A planted fault: all of it is appended once more.
    fn again(&mut self, by: usize, drafts: &[Draft], under: Under) {
        let again = drafts.iter().map(|draft| {
            let own = drafts.iter().filter(|other| other.stream == draft.stream);
            let expect = draft.expect + u32::try_from(own.count()).unwrap_or(0);
            Draft {
                expect,
                ..draft.clone()
            }
        });
        let (again, planted): (Vec<Draft>, _) = (again.collect(), self.planted.take());
        drop(self.append(by, &again, under));
        self.planted = planted;
    }

    /// A planted fault: a byte of the past is changed.
    fn rewrite(&mut self) {
        if let Some(row) = self.rows.get_mut(50) {
            row.stored.json = row.stored.json.replace('e', "E");
        }
    }

    /// The roots of days of receiving, up to that entry.
    pub(crate) fn roots(&self, upto: u64) -> Vec<DayRoot> {
        let entries = self.rows.iter().map(|row| &row.entry);
        let root = |entry: &Entry| {
            let Fact::Room(RoomFact::Readings(root)) = &entry.fact else {
                return None;
            };
            Some(DayRoot::clone(root))
        };
        entries
            .filter(|entry| entry.seq <= upto)
            .filter_map(root)
            .collect()
    }

    /// The hash of one entry.
    pub(crate) fn hash_at(&self, seq: u64) -> Option<[u8; 32]> {
        let nth = usize::try_from(seq.checked_sub(1)?).ok()?;
        self.rows.get(nth).map(|row| row.entry.hash)
    }

    /// Whether that entry stands there.
    pub(crate) fn holds(&self, tip: &Tip) -> bool {
        *tip == Tip::default() || self.hash_at(tip.seq) == Some(tip.hash)
    }

    /// Whether it goes on from there.
    pub(crate) fn follows(&self, after: &Tip) -> Result<(), StoreError> {
        if self.holds(after) || self.planted == Some(Planted::SinceByNumber) {
            return Ok(());
        }
        let (ours, theirs) = (after.seq, self.tip.seq);
        Err(StoreError::Forked { ours, theirs })
    }

    pub(crate) fn since(&self, after: &Tip, most: usize) -> Result<Vec<Entry>, StoreError> {
        if self.planted == Some(Planted::Blind) && self.tip.seq.is_multiple_of(3) {
            return Ok(Vec::new());
        }
        self.follows(after)?;
        Ok(self.entries(after.seq, most))
    }

    pub(crate) fn entries(&self, after: u64, most: usize) -> Vec<Entry> {
        let after = usize::try_from(after).unwrap_or(usize::MAX);
        let rows = self.rows.iter().skip(after).take(most);
        rows.map(|row| row.entry.clone()).collect()
    }

    pub(crate) fn state(&self, stay: Option<Span>) -> State {
        let known = self.snapshot.clone();
        let known = known.filter(|state| state.stay == stay && self.holds(&state.tip()));
        let mut state = known.unwrap_or_else(|| State::staying(stay));
        let from = usize::try_from(state.seq).unwrap_or(usize::MAX);
        for row in self.rows.iter().skip(from) {
            state.apply(&row.entry);
        }
        state
    }

    /// Keeps a snapshot, and appends the entry that vouches for it where anything has happened since the last.
    pub(crate) fn snapshot(
        &mut self,
        by: usize,
        state: &State,
        at: Moment,
    ) -> Result<Option<Entry>, StoreError> {
        let tip = state.tip();
        if !self.holds(&tip) {
            let (ours, theirs) = (tip.seq, self.tip.seq);
            return Err(StoreError::Forked { ours, theirs });
        }
        let mut state = state.clone();
        if self.planted == Some(Planted::Snapshot)
            && let Some(id) = state.alarms.keys().next().cloned()
        {
            state.alarms.remove(&id);
        }
        let known = self.snapshot.as_ref().filter(|known| known.stay == state.stay);
        if tip.seq == 0 || known.is_some_and(|known| known.seq + 1 == self.tip.seq) {
            return Ok(None);
        }
        self.snapshot = Some(state);
        let vouches = RoomFact::Snapshot {
            entry: tip.seq,
            digest: Clean::new("of what is kept"),
        };
        let draft = Draft {
            stream: Stream::Room,
            expect: self.nth.get("room").copied().unwrap_or(0),
            at,
            by: Actor::Desk,
            seat: None,
            fact: Fact::Room(vouches),
        };
        Ok(self.append(by, &[draft], Under::Anyone)?.into_iter().next())
    }

    /// Goes on with a walk over the stored columns; whether there may be more.
    pub(crate) fn walk_on(&self, walk: &mut Walk, most: usize) -> bool {
        let from = usize::try_from(walk.good()).unwrap_or(usize::MAX);
        let mut some = self.rows.iter().skip(from).take(most);
        let holds = some.all(|row| walk.step(&row.row(), &row.entry.hash));
        holds && from.saturating_add(most) < self.rows.len()
    }

    /// Walks the whole chain.
    pub(crate) fn verify(&self) -> Audit {
        let mut walk = Walk::new(vec![self.tip]);
        self.walk_on(&mut walk, usize::MAX);
        walk.end()
    }

    /// Whether every stored row reads back as the entry that it is.
    pub(crate) fn reads_back(&self) -> bool {
        let mut pool = Pool::default();
        let same = |row: &Written| {
            rows::entry(&row.row(), row.entry.hash, &mut pool).is_ok_and(|entry| entry == row.entry)
        };
        self.rows.iter().all(same)
    }

    /// The lease as the store's contract has it.
    pub(crate) fn lease(&mut self, by: usize, (holder, length): (&str, Span), now: Moment) -> Lease {
        let end = now + length;
        let eternal = self.planted == Some(Planted::Eternal);
        let free = match &self.held {
            None => true,
            Some(held) if held.holder == holder => true,
            Some(held) if eternal => held.expires == Moment::from_ms(i64::MIN),
            Some(_) if self.planted == Some(Planted::Two) => true,
            Some(held) => held.expires < now || held.expires > end + length,
        };
        if free {
            let epoch = self.held.as_ref().map_or(1, |held| {
                held.epoch + u64::from(held.holder != holder && self.planted != Some(Planted::Two))
            });
            self.held = Some(Held {
                by,
                holder: holder.to_owned(),
                epoch,
                expires: end,
            });
        }
        let held = self.held.as_ref();
        Lease {
            held: held.is_some_and(|held| held.holder == holder),
            holder: held.map(|held| held.holder.clone()).unwrap_or_default(),
            epoch: held.map_or(0, |held| held.epoch),
        }
    }

    /// What an older copy of the file would be: everything after that entry is gone, and with it all that was appended
    /// together with what is gone.
    pub(crate) fn cut(&mut self, after: u64) {
        let is_within = |wrote: &&Wrote| wrote.first <= after && after + 1 < wrote.first + wrote.count as u64;
        let after = self
            .wrote
            .iter()
            .find(is_within)
            .map_or(after, |wrote| wrote.first - 1);
        self.rows.truncate(usize::try_from(after).unwrap_or(usize::MAX));
        self.tip = self.rows.last().map(|row| row.entry.tip()).unwrap_or_default();
        self.nth.clear();
        for row in &self.rows {
            self.nth.insert(row.stream.clone(), row.entry.nth);
        }
        self.wrote.retain(|wrote| wrote.first <= after);
        self.notes.retain(|_, (then, _)| *then <= after);
    }

    /// What was left under a key.
    pub(crate) fn note(&self, key: &str) -> Option<Value> {
        self.notes.get(key).map(|note| note.1.clone())
    }

    /// Leaves something under a key.
    pub(crate) fn leave(&mut self, key: &str, value: &Value) {
        self.notes.insert(key.to_owned(), (self.tip.seq, value.clone()));
    }
}
