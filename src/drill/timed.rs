//! A store that notes how long it took: so that a drill can say where its time went.

use crate::domain::chain::Distrust;
use crate::domain::fact::readings::DayRoot;
use crate::domain::ledger::{Draft, Entry, Tip};
use crate::domain::ledger_fault::LedgerFault;
use crate::domain::reading::{Reading, Revision};
use crate::domain::signal::Signal;
use crate::domain::state::State;
use crate::domain::time::{Moment, Span};
use crate::store::chain::Walk;
use crate::store::received::Received;
use crate::store::{Kept, Lease, Ledger, Notes, Readings, SeriesKey, Sighting, Store, StoreError, Under};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// How long a store took in all, and how often it wrote. Clones share the same.
#[derive(Clone, Debug, Default)]
pub(super) struct Times {
    nanos: Arc<AtomicU64>,
    commits: Arc<AtomicU64>,
}

impl Times {
    /// The time in all.
    pub(super) fn spent(&self) -> Duration {
        Duration::from_nanos(self.nanos.load(Ordering::Relaxed))
    }

    /// How often something was written.
    pub(super) fn commits(&self) -> u64 {
        self.commits.load(Ordering::Relaxed)
    }

    fn write<T>(&self, work: impl FnOnce() -> T) -> T {
        self.commits.fetch_add(1, Ordering::Relaxed);
        self.read(work)
    }

    fn read<T>(&self, work: impl FnOnce() -> T) -> T {
        let began = Instant::now();
        let done = work();
        let nanos = u64::try_from(began.elapsed().as_nanos()).unwrap_or(u64::MAX);
        self.nanos.fetch_add(nanos, Ordering::Relaxed);
        done
    }
}

/// Another store, timed.
pub(super) struct Timed {
    inner: Box<dyn Store>,
    times: Times,
}

impl Timed {
    pub(super) fn new(inner: Box<dyn Store>, times: Times) -> Self {
        Self { inner, times }
    }
}

impl Ledger for Timed {
    fn append(&mut self, drafts: &[Draft], under: Under) -> Result<Vec<Entry>, StoreError> {
        let inner = &mut self.inner;
        self.times.write(|| inner.append(drafts, under))
    }

    fn settle(&mut self) -> Result<Option<Vec<Entry>>, StoreError> {
        let inner = &mut self.inner;
        self.times.write(|| inner.settle())
    }

    fn since(&self, after: &Tip, most: usize) -> Result<Vec<Entry>, StoreError> {
        self.times.read(|| self.inner.since(after, most))
    }

    fn entries(&self, after: u64, most: usize) -> Result<Vec<Entry>, StoreError> {
        self.times.read(|| self.inner.entries(after, most))
    }

    fn head(&self) -> Result<Tip, StoreError> {
        self.times.read(|| self.inner.head())
    }

    fn fold(&self, stay: Option<Span>) -> Result<(State, Option<Distrust>), StoreError> {
        self.times.read(|| self.inner.fold(stay))
    }

    fn snapshot(&mut self, state: &State, at: Moment) -> Result<Option<Entry>, StoreError> {
        let inner = &mut self.inner;
        self.times.write(|| inner.snapshot(state, at))
    }

    fn walk(&self) -> Result<Walk, StoreError> {
        self.times.read(|| self.inner.walk())
    }

    fn marked(&self) -> Option<Tip> {
        self.inner.marked()
    }

    fn walk_on(&self, walk: &mut Walk, most: usize) -> Result<bool, StoreError> {
        self.times.read(|| self.inner.walk_on(walk, most))
    }

    fn indexed(&self) -> Result<(), StoreError> {
        self.times.read(|| self.inner.indexed())
    }

    fn roots(&self, upto: u64) -> Result<Vec<DayRoot>, StoreError> {
        self.times.read(|| self.inner.roots(upto))
    }

    fn file(&mut self, digest: &str, paper: &Kept) -> Result<(), StoreError> {
        let inner = &mut self.inner;
        self.times.write(|| inner.file(digest, paper))
    }

    fn filed(&self, digest: &str) -> Result<Option<Kept>, StoreError> {
        self.times.read(|| self.inner.filed(digest))
    }
}

impl Readings for Timed {
    fn keep(&mut self, readings: &[Reading], at: Moment) -> Result<usize, StoreError> {
        let inner = &mut self.inner;
        self.times.write(|| inner.keep(readings, at))
    }

    fn latest(&self) -> Result<Vec<Reading>, StoreError> {
        self.times.read(|| self.inner.latest())
    }

    fn series(&self, key: SeriesKey<'_>, from: Moment, to: Moment) -> Result<Vec<Reading>, StoreError> {
        self.times.read(|| self.inner.series(key, from, to))
    }

    fn revisions(&self, key: SeriesKey<'_>, from: Moment, to: Moment) -> Result<Vec<Revision>, StoreError> {
        self.times.read(|| self.inner.revisions(key, from, to))
    }

    fn received(&self, from: u32) -> Result<Vec<(u32, Moment)>, StoreError> {
        self.times.read(|| self.inner.received(from))
    }

    fn turn(&mut self, at: Moment) -> Result<(), StoreError> {
        let inner = &mut self.inner;
        self.times.write(|| inner.turn(at))
    }

    fn look_on(&self, look: &mut Received, most: usize) -> Result<bool, StoreError> {
        self.times.read(|| self.inner.look_on(look, most))
    }

    fn prune(&mut self, before: Moment) -> Result<usize, StoreError> {
        let inner = &mut self.inner;
        self.times.write(|| inner.prune(before))
    }
}

impl Notes for Timed {
    fn sight(&mut self, signals: &[Signal], at: Moment) -> Result<Vec<Sighting>, StoreError> {
        let inner = &mut self.inner;
        self.times.write(|| inner.sight(signals, at))
    }

    fn forget(&mut self, before: Moment) -> Result<usize, StoreError> {
        let inner = &mut self.inner;
        self.times.write(|| inner.forget(before))
    }

    fn seen(&self, signals: &[(&str, &str)]) -> Result<Vec<u64>, StoreError> {
        self.inner.seen(signals)
    }

    fn recall(&self, key: &str) -> Result<Option<serde_json::Value>, StoreError> {
        self.times.read(|| self.inner.recall(key))
    }

    fn remember(&mut self, key: &str, value: &serde_json::Value) -> Result<(), StoreError> {
        let inner = &mut self.inner;
        self.times.write(|| inner.remember(key, value))
    }

    fn lease(&mut self, holder: &str, length: Span) -> Result<Lease, StoreError> {
        let inner = &mut self.inner;
        self.times.write(|| inner.lease(holder, length))
    }

    fn collector(&self) -> Result<Option<String>, StoreError> {
        self.inner.collector()
    }

    fn release(&mut self, holder: &str) -> Result<(), StoreError> {
        let inner = &mut self.inner;
        self.times.write(|| inner.release(holder))
    }
}

impl Store for Timed {
    fn append_noting(
        &mut self,
        drafts: &[Draft],
        under: Under,
        note: (&str, &serde_json::Value),
    ) -> Result<Vec<Entry>, StoreError> {
        let inner = &mut self.inner;
        self.times.write(|| inner.append_noting(drafts, under, note))
    }

    fn reader(&self) -> Result<Box<dyn Store>, StoreError> {
        self.inner.reader()
    }

    fn stands(&self) -> Result<(), LedgerFault> {
        self.inner.stands()
    }

    fn copy(&self, to: &Path) -> Result<(), StoreError> {
        self.inner.copy(to)
    }

    fn rescue(&self) -> Result<PathBuf, StoreError> {
        self.inner.rescue()
    }

    fn rest(&mut self) -> Result<bool, StoreError> {
        let inner = &mut self.inner;
        self.times.write(|| inner.rest())
    }

    fn tidy(&mut self) -> Result<(), StoreError> {
        let inner = &mut self.inner;
        self.times.write(|| inner.tidy())
    }

    fn make_room(&mut self) -> Result<bool, StoreError> {
        let inner = &mut self.inner;
        self.times.write(|| inner.make_room())
    }
}
