//! The store as one process holds it: the shared [`Disk`], and what goes wrong between the two.

use crate::disk::Disk;
use crate::planted::Planted;
use lookout::clock::Clock;
use lookout::domain::chain::Distrust;
use lookout::domain::fact::readings::DayRoot;
use lookout::domain::ledger::{Draft, Entry, Tip};
use lookout::domain::ledger_fault::LedgerFault;
use lookout::domain::reading::{Reading, Revision};
use lookout::domain::signal::Signal;
use lookout::domain::state::State;
use lookout::domain::text::Clean;
use lookout::domain::time::{Moment, Span};
use lookout::store::chain::Walk;
use lookout::store::received::Received;
use lookout::store::{Kept, Lease, Ledger, Notes, Readings, SeriesKey, Sighting, Store, StoreError, Under};
use serde_json::Value;
use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What a process is killed with, in the middle of whatever it does.
pub(crate) struct Killed;

/// What goes wrong between one process and the disk.
#[derive(Debug, Default)]
pub(crate) struct Wrong {
    /// Nothing can be written.
    pub(crate) full: bool,
    /// Nothing can be written beside the ledger.
    pub(crate) beside: bool,
    /// No entry can be read.
    pub(crate) unread: bool,
    /// The next append's outcome is not known; whether it stands.
    pub(crate) unknown: Option<bool>,
    /// How often what is open cannot be settled.
    pub(crate) unsettled: u32,
    /// After how many steps on the disk the process is killed; whether the last of them is done.
    pub(crate) kill: Option<(u32, bool)>,
}

pub(crate) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A handle on the disk.
pub(crate) struct Simulated {
    pub(crate) disk: Arc<Mutex<Disk>>,
    pub(crate) by: usize,
    pub(crate) clock: Clock,
    pub(crate) wrong: Arc<Mutex<Wrong>>,
    open: Option<Vec<Entry>>,
    /// The last entry that it read on to or wrote.
    seen: Cell<Tip>,
    /// Whether it is another handle that only reads.
    beside: bool,
}

impl Simulated {
    pub(crate) fn new(disk: &Arc<Mutex<Disk>>, by: usize, clock: Clock, wrong: &Arc<Mutex<Wrong>>) -> Self {
        Self {
            disk: Arc::clone(disk),
            by,
            clock,
            wrong: Arc::clone(wrong),
            open: None,
            seen: Cell::default(),
            beside: false,
        }
    }

    fn saw(&self, tip: Tip) {
        if tip.seq > self.seen.get().seq {
            self.seen.set(tip);
        }
    }

    /// Appends behind what it has seen, as the program's own store does.
    fn add(
        &self,
        drafts: &[Draft],
        under: Under,
        note: Option<(&str, &Value)>,
    ) -> Result<Vec<Entry>, StoreError> {
        let (by, seen) = (self.by, self.seen.get());
        let made = self.write(|disk| {
            disk.follows(&seen)?;
            disk.append_noting(by, drafts, under, note)
        })??;
        if let Some(last) = made.last() {
            self.saw(last.tip());
        }
        Ok(made)
    }

    /// One step on the disk, where the process may die before or after it.
    fn write<T>(&self, step: impl FnOnce(&mut Disk) -> T) -> Result<T, StoreError> {
        let (full, kill) = {
            let mut wrong = locked(&self.wrong);
            if let Some((left, _)) = &mut wrong.kill {
                *left = left.saturating_sub(1);
            }
            (wrong.full, wrong.kill.filter(|kill| kill.0 == 0))
        };
        if kill == Some((0, false)) {
            std::panic::resume_unwind(Box::new(Killed));
        }
        if full {
            return Err(failed());
        }
        let done = step(&mut locked(&self.disk));
        if kill.is_some() {
            std::panic::resume_unwind(Box::new(Killed));
        }
        Ok(done)
    }

    /// The same for what is no entry.
    fn write_beside<T>(&self, step: impl FnOnce(&mut Disk) -> T) -> Result<T, StoreError> {
        if locked(&self.wrong).beside {
            return Err(failed());
        }
        self.write(step)
    }

    fn read(&self) -> Result<MutexGuard<'_, Disk>, StoreError> {
        if locked(&self.wrong).unread {
            return Err(StoreError::Backend {
                operation: "read entries",
                why: "input/output error".to_owned(),
            });
        }
        Ok(locked(&self.disk))
    }
}

fn cause() -> LedgerFault {
    LedgerFault::Said(Clean::new("no space left on device"))
}

fn failed() -> StoreError {
    StoreError::ReadOnly {
        operation: "append to the ledger",
        why: cause(),
    }
}

fn unknown() -> StoreError {
    StoreError::Unknown {
        operation: "append to the ledger",
        why: cause(),
    }
}

impl Simulated {
    fn append_with(
        &mut self,
        drafts: &[Draft],
        under: Under,
        note: Option<(&str, &Value)>,
    ) -> Result<Vec<Entry>, StoreError> {
        if drafts.is_empty() {
            return Ok(Vec::new());
        }
        if self.open.is_some() {
            let why = LedgerFault::Unknown(Box::new(cause()));
            return Err(StoreError::ReadOnly {
                operation: "append to the ledger",
                why,
            });
        }
        if let Some((key, value)) = note.filter(|_| locked(&self.disk).planted == Some(Planted::CursorFirst))
        {
            self.write(|disk| disk.leave(key, value))?;
        }
        let unknown_now = locked(&self.wrong).unknown.take();
        match unknown_now {
            None => return self.add(drafts, under, note),
            Some(true) => {
                self.open = Some(self.add(drafts, under, note)?);
            }
            Some(false) => self.open = Some(Vec::new()),
        }
        if locked(&self.disk).planted == Some(Planted::Ghost) {
            self.open = None;
            return Err(failed());
        }
        Err(unknown())
    }
}

impl Ledger for Simulated {
    fn append(&mut self, drafts: &[Draft], under: Under) -> Result<Vec<Entry>, StoreError> {
        self.append_with(drafts, under, None)
    }

    fn settle(&mut self) -> Result<Option<Vec<Entry>>, StoreError> {
        if self.open.is_none() {
            return Ok(None);
        }
        {
            let mut wrong = locked(&self.wrong);
            if wrong.unsettled > 0 {
                wrong.unsettled -= 1;
                return Err(unknown());
            }
        }
        let last = self.open.iter().flatten().last().map(Entry::tip);
        // Looked for anew: an older copy may have been put in its place since.
        let stands = self.write(|disk| {
            let forgets = disk.planted == Some(Planted::SettlesNone);
            last.is_some_and(|last| !forgets && disk.holds(&last))
        })?;
        Ok(self.open.take().filter(|_| stands))
    }

    fn since(&self, after: &Tip, most: usize) -> Result<Vec<Entry>, StoreError> {
        let entries = self.read()?.since(after, most)?;
        self.saw(entries.last().map_or(*after, Entry::tip));
        Ok(entries)
    }

    fn entries(&self, after: u64, most: usize) -> Result<Vec<Entry>, StoreError> {
        Ok(self.read()?.entries(after, most))
    }

    fn head(&self) -> Result<Tip, StoreError> {
        Ok(self.read()?.tip)
    }

    fn fold(&self, stay: Option<Span>) -> Result<(State, Option<Distrust>), StoreError> {
        Ok((self.read()?.state(stay), None))
    }

    fn snapshot(&mut self, state: &State, at: Moment) -> Result<Option<Entry>, StoreError> {
        let by = self.by;
        self.write(|disk| disk.snapshot(by, state, at))?
    }

    /// What is verified beside the loop runs on threads that no seed drives: the witness does it here.
    fn walk(&self) -> Result<Walk, StoreError> {
        if self.beside {
            return Err(failed());
        }
        Ok(Walk::new(vec![self.read()?.tip]))
    }

    fn marked(&self) -> Option<Tip> {
        None
    }

    fn walk_on(&self, walk: &mut Walk, most: usize) -> Result<bool, StoreError> {
        Ok(self.read()?.walk_on(walk, most))
    }

    fn indexed(&self) -> Result<(), StoreError> {
        Ok(())
    }

    fn roots(&self, upto: u64) -> Result<Vec<DayRoot>, StoreError> {
        Ok(self.read()?.roots(upto))
    }

    fn file(&mut self, digest: &str, paper: &Kept) -> Result<(), StoreError> {
        self.write(|disk| {
            let papers = &mut disk.papers;
            if !papers.contains_key(digest) {
                papers.insert(digest.to_owned(), paper.clone());
            }
        })
    }

    fn filed(&self, digest: &str) -> Result<Option<Kept>, StoreError> {
        Ok(self.read()?.papers.get(digest).cloned())
    }
}

impl Readings for Simulated {
    fn keep(&mut self, readings: &[Reading], at: Moment) -> Result<usize, StoreError> {
        self.write_beside(|disk| disk.received.keep(readings, at, disk.planted))
    }

    fn latest(&self) -> Result<Vec<Reading>, StoreError> {
        Ok(locked(&self.disk).received.latest())
    }

    fn series(&self, key: SeriesKey<'_>, from: Moment, to: Moment) -> Result<Vec<Reading>, StoreError> {
        let key = (key.0.clone(), key.1, key.2);
        Ok(locked(&self.disk).received.series(&key, from, to))
    }

    fn revisions(&self, key: SeriesKey<'_>, from: Moment, to: Moment) -> Result<Vec<Revision>, StoreError> {
        let key = (key.0.clone(), key.1, key.2);
        Ok(locked(&self.disk).received.revisions(&key, from, to))
    }

    fn received(&self, from: u32) -> Result<Vec<(u32, Moment)>, StoreError> {
        let disk = locked(&self.disk);
        let days = disk.received.days.iter().filter(|day| day.0 >= from);
        Ok(days.copied().collect())
    }

    fn turn(&mut self, at: Moment) -> Result<(), StoreError> {
        self.write_beside(|disk| disk.received.turn(at))
    }

    fn look_on(&self, look: &mut Received, _: usize) -> Result<bool, StoreError> {
        self.read()?.received.look(look);
        Ok(false)
    }

    fn prune(&mut self, before: Moment) -> Result<usize, StoreError> {
        self.write_beside(|disk| disk.received.prune(before, disk.planted))
    }
}

impl Notes for Simulated {
    fn sight(&mut self, signals: &[Signal], at: Moment) -> Result<Vec<Sighting>, StoreError> {
        self.write_beside(|disk| {
            let count = |signal: &Signal| {
                let key = (signal.source.to_string(), signal.id.to_string());
                let seen = disk.sightings.entry(key).or_insert((at, at, 0));
                (seen.1, seen.2) = (at, seen.2 + 1);
                Sighting {
                    first: seen.0,
                    count: seen.2,
                }
            };
            signals.iter().map(count).collect()
        })
    }

    fn seen(&self, signals: &[(&str, &str)]) -> Result<Vec<u64>, StoreError> {
        let disk = locked(&self.disk);
        let count = |(source, id): &(&str, &str)| {
            let seen = disk.sightings.get(&((*source).to_owned(), (*id).to_owned()));
            seen.map_or(0, |seen| seen.2)
        };
        Ok(signals.iter().map(count).collect())
    }

    fn forget(&mut self, before: Moment) -> Result<usize, StoreError> {
        self.write_beside(|disk| {
            let all = disk.sightings.len();
            disk.sightings.retain(|_, seen| seen.1 >= before);
            all - disk.sightings.len()
        })
    }

    fn recall(&self, key: &str) -> Result<Option<Value>, StoreError> {
        Ok(locked(&self.disk).note(key))
    }

    fn remember(&mut self, key: &str, value: &Value) -> Result<(), StoreError> {
        self.write_beside(|disk| disk.leave(key, value))
    }

    fn lease(&mut self, holder: &str, length: Span) -> Result<Lease, StoreError> {
        let (by, now) = (self.by, self.clock.now());
        self.write(|disk| disk.lease(by, (holder, length), now))
    }

    fn collector(&self) -> Result<Option<String>, StoreError> {
        let (disk, now) = (locked(&self.disk), self.clock.now());
        let held = disk.held.as_ref().filter(|held| held.expires >= now);
        Ok(held.map(|held| held.holder.clone()))
    }

    fn release(&mut self, holder: &str) -> Result<(), StoreError> {
        self.write(|disk| {
            let own = disk.held.as_mut().filter(|held| held.holder == holder);
            if let Some(own) = own {
                own.expires = Moment::from_ms(i64::MIN);
            }
        })
    }
}

impl Store for Simulated {
    fn append_noting(
        &mut self,
        drafts: &[Draft],
        under: Under,
        note: (&str, &Value),
    ) -> Result<Vec<Entry>, StoreError> {
        let beside = locked(&self.wrong).beside;
        self.append_with(drafts, under, Some(note).filter(|_| !beside))
    }

    fn reader(&self) -> Result<Box<dyn Store>, StoreError> {
        let other = Self::new(&self.disk, self.by, self.clock.clone(), &self.wrong);
        Ok(Box::new(Self {
            beside: true,
            ..other
        }))
    }

    fn stands(&self) -> Result<(), LedgerFault> {
        Ok(())
    }

    fn copy(&self, _: &Path) -> Result<(), StoreError> {
        Err(failed())
    }

    fn rescue(&self) -> Result<PathBuf, StoreError> {
        Err(failed())
    }

    fn rest(&mut self) -> Result<bool, StoreError> {
        Ok(true)
    }

    fn tidy(&mut self) -> Result<(), StoreError> {
        Ok(())
    }
}
