//! A collector whose desk is gone ends at once, and says so.

use super::*;
use crate::bench::check::tests::Given;
use crate::cli::furnish::room;
use crate::cli::room::runtime;
use crate::clock::Clock;
use crate::config::anchor::Anchoring;
use crate::config::checked;
use crate::desk::luck::Luck;
use crate::desk::run;
use crate::desk::run::{Setup, aside};
use crate::domain::chain::Distrust;
use crate::domain::fact::readings::DayRoot;
use crate::domain::ledger::{Draft, Entry, Tip};
use crate::domain::ledger_fault::LedgerFault;
use crate::domain::reading::{Reading, Revision};
use crate::domain::signal::Signal;
use crate::domain::state::State;
use crate::domain::time::{Moment, Span};
use crate::lang::LANGS;
use crate::net::client::{Client, Manners};
use crate::store::chain::Walk;
use crate::store::received::Received;
use crate::store::{Kept, Lease, Ledger, Notes, Readings, SeriesKey, Sighting, Store, StoreError, Under};
use std::path::{Path, PathBuf};

/// A store that is read once, and breaks whoever touches it afterwards.
struct Broken;

fn breaks() -> ! {
    panic!("the store is poisoned")
}

impl Ledger for Broken {
    fn append(&mut self, _: &[Draft], _: Under) -> Result<Vec<Entry>, StoreError> {
        breaks()
    }
    fn settle(&mut self) -> Result<Option<Vec<Entry>>, StoreError> {
        breaks()
    }
    fn since(&self, _: &Tip, _: usize) -> Result<Vec<Entry>, StoreError> {
        Ok(Vec::new())
    }
    fn entries(&self, _: u64, _: usize) -> Result<Vec<Entry>, StoreError> {
        Ok(Vec::new())
    }
    fn head(&self) -> Result<Tip, StoreError> {
        Ok(Tip::default())
    }
    fn fold(&self, _: Option<Span>) -> Result<(State, Option<Distrust>), StoreError> {
        Ok((State::default(), None))
    }
    fn snapshot(&mut self, _: &State, _: Moment) -> Result<Option<Entry>, StoreError> {
        breaks()
    }
    fn walk(&self) -> Result<Walk, StoreError> {
        breaks()
    }
    fn marked(&self) -> Option<Tip> {
        breaks()
    }
    fn walk_on(&self, _: &mut Walk, _: usize) -> Result<bool, StoreError> {
        breaks()
    }
    fn indexed(&self) -> Result<(), StoreError> {
        breaks()
    }
    fn roots(&self, _: u64) -> Result<Vec<DayRoot>, StoreError> {
        breaks()
    }
    fn file(&mut self, _: &str, _: &Kept) -> Result<(), StoreError> {
        breaks()
    }
    fn filed(&self, _: &str) -> Result<Option<Kept>, StoreError> {
        Ok(None)
    }
}

impl Readings for Broken {
    fn keep(&mut self, _: &[Reading], _: Moment) -> Result<usize, StoreError> {
        breaks()
    }
    fn latest(&self) -> Result<Vec<Reading>, StoreError> {
        Ok(Vec::new())
    }
    fn series(&self, _: SeriesKey<'_>, _: Moment, _: Moment) -> Result<Vec<Reading>, StoreError> {
        Ok(Vec::new())
    }
    fn revisions(&self, _: SeriesKey<'_>, _: Moment, _: Moment) -> Result<Vec<Revision>, StoreError> {
        Ok(Vec::new())
    }
    fn received(&self, _: u32) -> Result<Vec<(u32, Moment)>, StoreError> {
        breaks()
    }
    fn turn(&mut self, _: Moment) -> Result<(), StoreError> {
        breaks()
    }
    fn look_on(&self, _: &mut Received, _: usize) -> Result<bool, StoreError> {
        breaks()
    }
    fn prune(&mut self, _: Moment) -> Result<usize, StoreError> {
        breaks()
    }
}

impl Notes for Broken {
    fn sight(&mut self, _: &[Signal], _: Moment) -> Result<Vec<Sighting>, StoreError> {
        breaks()
    }
    fn forget(&mut self, _: Moment) -> Result<usize, StoreError> {
        breaks()
    }
    fn seen(&self, _: &[(&str, &str)]) -> Result<Vec<u64>, StoreError> {
        Ok(Vec::new())
    }
    fn recall(&self, _: &str) -> Result<Option<serde_json::Value>, StoreError> {
        Ok(None)
    }
    fn remember(&mut self, _: &str, _: &serde_json::Value) -> Result<(), StoreError> {
        breaks()
    }
    fn lease(&mut self, _: &str, _: Span) -> Result<Lease, StoreError> {
        breaks()
    }
    fn collector(&self) -> Result<Option<String>, StoreError> {
        Ok(None)
    }
    fn release(&mut self, _: &str) -> Result<(), StoreError> {
        breaks()
    }
}

impl Store for Broken {
    fn append_noting(
        &mut self,
        _: &[Draft],
        _: Under,
        _: (&str, &serde_json::Value),
    ) -> Result<Vec<Entry>, StoreError> {
        breaks()
    }
    fn reader(&self) -> Result<Box<dyn Store>, StoreError> {
        Ok(Box::new(Self))
    }
    fn stands(&self) -> Result<(), LedgerFault> {
        Ok(())
    }
    fn copy(&self, _: &Path) -> Result<(), StoreError> {
        breaks()
    }
    fn rescue(&self) -> Result<PathBuf, StoreError> {
        breaks()
    }
    fn rest(&mut self) -> Result<bool, StoreError> {
        breaks()
    }
    fn tidy(&mut self) -> Result<(), StoreError> {
        breaks()
    }
}

/// A desk over that store: its thread panics with its first beat.
fn desk() -> Running {
    let config = checked::read(Path::new("built-in"), "", &Given::default()).expect("an empty one is good");
    let setup = Setup {
        room: room(&config, false),
        rules: Vec::new(),
        store: Box::new(Broken),
        file: None,
        sources: Vec::new(),
        channels: Vec::new(),
        clock: Clock::Wall,
        client: Client::new(Manners::default(), || Clock::Wall.now()),
        may_collect: true,
        retention: None,
        luck: Luck::new(1),
        aside: aside::thread,
        anchoring: Anchoring::default(),
    };
    run::start(setup).expect("it starts")
}

#[test]
fn a_collector_whose_desk_has_panicked_ends_with_an_error_in_the_persons_language() {
    for (lang, ..) in LANGS {
        let runtime = runtime(*lang).expect("a runtime");
        let ended = runtime.block_on(async { until(desk(), *lang).await });
        let fault = ended.expect_err("nothing is collected any more");
        assert_eq!(fault.kind.code(), 4);
        assert!(
            fault.words.contains(lang.pick("值班台", "the desk")),
            "{}",
            fault.words
        );
        runtime.shutdown_background();
    }
}
