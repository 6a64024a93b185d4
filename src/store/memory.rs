//! The store in memory: for tests and drills. Keeps rows in their stored form, so that it is as strict as the real one.

use crate::domain::id::PointId;
use crate::domain::id::SourceId;
use crate::domain::ledger::Draft;
use crate::domain::ledger::Entry;
use crate::domain::ledger::State;
use crate::domain::ledger::Stream;
use crate::domain::quantity::Quantity;
use crate::domain::reading::Period;
use crate::domain::reading::Reading;
use crate::domain::reading::Revision;
use crate::domain::signal::Signal;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::domain::time::Span;
use crate::store::Audit;
use crate::store::Lease;
use crate::store::SeriesKey;
use crate::store::Sighting;
use crate::store::Store;
use crate::store::StoreError;
use crate::store::chain::Numbers;
use crate::store::chain::Tip;
use crate::store::chain::Walk;
use crate::store::chain::Written;
use crate::store::rows;
use crate::store::rows::Pool;
use std::collections::BTreeMap;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;

/// A ledger that is gone with the process. Clones are handles on the same one.
#[derive(Clone, Debug, Default)]
pub struct Memory(Arc<Mutex<Shelf>>);

type Series = (PointId, Quantity, Period);

#[derive(Debug, Default)]
struct Shelf {
    tip: Tip,
    written: Vec<Written>,
    streams: HashMap<Stream, Vec<usize>>,
    snapshot: Option<State>,
    readings: BTreeMap<Series, BTreeMap<Moment, (Reading, Moment)>>,
    superseded: BTreeMap<(Series, Moment), Vec<Revision>>,
    sightings: HashMap<(SourceId, Clean), Sighting>,
    memos: HashMap<String, serde_json::Value>,
    lease: Option<(Lease, Moment)>,
}

impl Memory {
    /// An empty one.
    pub fn new() -> Self {
        Self::default()
    }

    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        // Whoever panicked while holding it had not yet changed anything: each change is made at once, at its end.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shelf {
    /// Decodes what was stored, as a file would have to.
    fn read(&self, numbers: impl Iterator<Item = usize>) -> Result<Vec<Entry>, StoreError> {
        let mut pool = Pool::default();
        numbers
            .filter_map(|number| self.written.get(number))
            .map(|written| rows::entry(&written.row(), written.entry.hash, &mut pool))
            .collect()
    }

    fn keep(&mut self, reading: &Reading, at: Moment) -> bool {
        let key = (reading.point.clone(), reading.quantity, reading.period);
        let series = self.readings.entry(key.clone()).or_default();
        let before = series.get(&reading.at);
        if before.is_some_and(|(old, _)| (old.value, old.flag) == (reading.value, reading.flag)) {
            return false;
        }
        if let Some((reading, kept)) = series.insert(reading.at, (reading.clone(), at)) {
            let aside = self.superseded.entry((key, reading.at)).or_default();
            aside.push(Revision { reading, kept });
        }
        true
    }
}

impl Store for Memory {
    fn reader(&self) -> Result<Box<dyn Store>, StoreError> {
        Ok(Box::new(self.clone()))
    }

    fn probe(&mut self) -> Result<(), StoreError> {
        Ok(())
    }

    fn tidy(&mut self) -> Result<(), StoreError> {
        Ok(())
    }

    fn append(&mut self, drafts: &[Draft]) -> Result<Vec<Entry>, StoreError> {
        let mut shelf = self.shelf();
        let (mut tip, mut numbers, mut batch) = (shelf.tip, Numbers::default(), Vec::new());
        for draft in drafts {
            let nth = numbers.next(draft, || {
                let last = shelf.streams.get(&draft.stream).map_or(0, Vec::len);
                Ok::<_, StoreError>(u32::try_from(last).unwrap_or(u32::MAX))
            })?;
            batch.push(tip.extend(draft, nth)?);
        }
        shelf.tip = tip;
        let entries = batch.iter().map(|written| written.entry.clone()).collect();
        for written in batch {
            let number = shelf.written.len();
            let stream = written.entry.stream.clone();
            shelf.streams.entry(stream).or_default().push(number);
            shelf.written.push(written);
        }
        Ok(entries)
    }

    fn since(&self, seq: u64, most: usize) -> Result<Vec<Entry>, StoreError> {
        let shelf = self.shelf();
        let first = usize::try_from(seq).unwrap_or(usize::MAX);
        shelf.read((first..shelf.written.len()).take(most))
    }

    fn stream(&self, stream: &Stream) -> Result<Vec<Entry>, StoreError> {
        let shelf = self.shelf();
        shelf.read(shelf.streams.get(stream).into_iter().flatten().copied())
    }

    fn head(&self) -> Result<u64, StoreError> {
        Ok(self.shelf().tip.seq)
    }

    fn state(&self, stay: Option<Span>) -> Result<State, StoreError> {
        let snapshot = self.shelf().snapshot.clone();
        let mut state = snapshot
            .filter(|state| state.stay == stay)
            .unwrap_or_else(|| State::staying(stay));
        for entry in self.since(state.seq, usize::MAX)? {
            state.apply(&entry);
        }
        Ok(state)
    }

    fn snapshot(&mut self, state: &State) -> Result<(), StoreError> {
        self.shelf().snapshot = Some(state.clone());
        Ok(())
    }

    fn verify(&self, progress: &mut dyn FnMut(u64, u64)) -> Result<Audit, StoreError> {
        let shelf = self.shelf();
        let mut walk = Walk::new(vec![shelf.tip]);
        for written in &shelf.written {
            if !walk.step(&written.row(), &written.entry.hash) {
                break;
            }
        }
        let audit = walk.end();
        progress(audit.good, shelf.tip.seq);
        Ok(audit)
    }

    fn keep(&mut self, readings: &[Reading], at: Moment) -> Result<usize, StoreError> {
        let mut shelf = self.shelf();
        Ok(readings.iter().filter(|reading| shelf.keep(reading, at)).count())
    }

    fn latest(&self) -> Result<Vec<Reading>, StoreError> {
        let shelf = self.shelf();
        let newest = shelf
            .readings
            .values()
            .filter_map(|series| series.last_key_value());
        Ok(newest.map(|(_, (reading, _))| reading.clone()).collect())
    }

    fn series(&self, key: SeriesKey<'_>, from: Moment, to: Moment) -> Result<Vec<Reading>, StoreError> {
        let shelf = self.shelf();
        let series = shelf.readings.get(&(key.0.clone(), key.1, key.2));
        let within = series
            .into_iter()
            .flatten()
            .filter(|(at, _)| **at > from && **at <= to);
        Ok(within.map(|(_, (reading, _))| reading.clone()).collect())
    }

    fn revisions(&self, key: SeriesKey<'_>, from: Moment, to: Moment) -> Result<Vec<Revision>, StoreError> {
        let series = (key.0.clone(), key.1, key.2);
        let shelf = self.shelf();
        let within = shelf.superseded.range((series.clone(), from)..=(series, to));
        let within = within.filter(|((_, at), _)| *at > from);
        Ok(within.flat_map(|(_, older)| older.iter().cloned()).collect())
    }

    fn prune(&mut self, before: Moment) -> Result<usize, StoreError> {
        let mut shelf = self.shelf();
        shelf.superseded.retain(|(_, at), _| *at >= before);
        let mut dropped = 0;
        for series in shelf.readings.values_mut() {
            let kept = series.split_off(&before);
            dropped += std::mem::replace(series, kept).len();
        }
        Ok(dropped)
    }

    fn sight(&mut self, signals: &[Signal], at: Moment) -> Result<Vec<Sighting>, StoreError> {
        let mut shelf = self.shelf();
        let seen = signals.iter().map(|signal| {
            let key = (signal.source.clone(), signal.id.clone());
            let sighting = shelf
                .sightings
                .entry(key)
                .or_insert(Sighting { first: at, count: 0 });
            sighting.count += 1;
            sighting.clone()
        });
        Ok(seen.collect())
    }

    fn recall(&self, key: &str) -> Result<Option<serde_json::Value>, StoreError> {
        Ok(self.shelf().memos.get(key).cloned())
    }

    fn remember(&mut self, key: &str, value: &serde_json::Value) -> Result<(), StoreError> {
        self.shelf().memos.insert(key.to_owned(), value.clone());
        Ok(())
    }

    fn lease(&mut self, holder: &str, now: Moment, length: Span) -> Result<Lease, StoreError> {
        let mut shelf = self.shelf();
        let end = now + length;
        let (before, free) = match &shelf.lease {
            None => (None, true),
            Some((lease, expires)) => {
                let free = lease.holder == holder || *expires < now || *expires > end + length;
                (Some(lease), free)
            }
        };
        match before {
            Some(lease) if !free => Ok(Lease {
                held: false,
                ..lease.clone()
            }),
            _ => {
                let epoch = before.map_or(1, |lease| lease.epoch + u64::from(lease.holder != holder));
                let lease = Lease {
                    held: true,
                    holder: holder.to_owned(),
                    epoch,
                };
                shelf.lease = Some((lease.clone(), end));
                Ok(lease)
            }
        }
    }

    fn collector(&self, now: Moment) -> Result<Option<String>, StoreError> {
        let shelf = self.shelf();
        let running = shelf.lease.as_ref().filter(|(_, expires)| *expires >= now);
        Ok(running.map(|(lease, _)| lease.holder.clone()))
    }

    fn seen(&self, signals: &[(&str, &str)]) -> Result<Vec<u64>, StoreError> {
        let shelf = self.shelf();
        let count = |(source, id): &(&str, &str)| {
            let known = shelf
                .sightings
                .iter()
                .find(|(key, _)| key.0.as_str() == *source && key.1.as_str() == *id);
            known.map_or(0, |(_, sighting)| sighting.count)
        };
        Ok(signals.iter().map(count).collect())
    }

    fn release(&mut self, holder: &str) -> Result<(), StoreError> {
        match &mut self.shelf().lease {
            Some((lease, expires)) if lease.holder == holder => *expires = Moment::from_ms(i64::MIN),
            Some(_) | None => {}
        }
        Ok(())
    }
}
