//! A room opened and its desk started: the ledger, the training city's feeds, the log.

use crate::cli::common::Common;
use crate::cli::exit::Exit;
use crate::cli::fault::Fault;
use crate::cli::load::Chosen;
use crate::cli::{Io, furnish, load, open, place};
use crate::clock::Clock;
use crate::config::Config;
use crate::desk::board::LogLine;
use crate::desk::run::Running;
use crate::desk::{Event, run};
use crate::domain::text::Clean;
use crate::lang::cli::CliText;
use crate::lang::{Lang, fill, ledger as said};
use crate::log::{Log, LogError};
use crate::store::{Notes, OpenMode, Sqlite, Store, StoreError};
use crate::training::City;
use crate::{log, training};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use tracing_appender::non_blocking::WorkerGuard;

/// The note by which a collector finds out, before it says that it collects, whether anything can be written.
const PROBE: &str = "writable";

/// Whether a room is of use where nothing can be recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writes {
    /// A console shows live data all the same, and says so.
    Can,
    /// A collector does not.
    Must,
}

/// A room whose desk runs.
pub struct Opened {
    /// The desk.
    pub running: Running,
    /// What it was made of.
    pub config: Config,
    /// The ledger's file.
    pub file: PathBuf,
    /// The room's clock.
    pub clock: Clock,
    /// The training city's feeds, as long as they are wanted.
    pub city: Option<City>,
    /// Why there is no log, where there is none: a room runs all the same.
    pub unlogged: Option<String>,
    /// The log's file; what is left is written when this is dropped.
    _log: Option<WorkerGuard>,
}

/// Why there is no log, for people.
fn unlogged(why: &LogError, lang: Lang) -> String {
    let why = match why {
        LogError::Link(path) => fill(CliText::LogLink.text(lang), &[("path", &path.display())]),
        LogError::File(_) | LogError::Twice(_) => why.to_string(),
    };
    fill(CliText::NoLog.text(lang), &[("why", &why)])
}

/// Opens the room that the command line asks for and starts its desk. Needs a tokio runtime around it.
///
/// # Errors
/// The configuration, the ledger or the training city cannot be used.
pub async fn start(common: &Common, stage: &Io<'_>, writes: Writes) -> Result<Opened, Fault> {
    place::keep_private(stage.outside);
    let chosen = load::chosen(common, stage.outside, stage.lang)
        .map_err(|bad| bad.into_fault(stage.outside, stage.lang))?;
    let Premises {
        config,
        city,
        file,
        store,
        clock,
    } = match chosen {
        Chosen::Room(config) => {
            let file = open::file(Some(&config), common, stage)?;
            let store = ledger(&file, writes, stage.lang)?;
            Premises {
                config: *config,
                city: None,
                file,
                store,
                clock: Clock::steadied(Clock::Wall),
            }
        }
        Chosen::Training => training(common, stage, writes).await?,
    };
    let setup = |store| furnish::setup(&config, city.is_some(), clock.clone(), store, file.clone());
    let level = stage.outside.variable("LOOKOUT_LOG");
    let folder = place::state_folder(stage.outside, stage.lang).ok();
    let log = folder.map(|folder| log::start(&folder, level.as_deref(), clock.clone()));
    let (log, unlogged) = match log.transpose() {
        Ok(log) => (log, None),
        Err(why) => (None, Some(unlogged(&why, stage.lang))),
    };
    let running = match run::start(setup(store)) {
        Err(error) if writes == Writes::Can => Sqlite::last_good(&file, error)
            .and_then(|store| run::start(setup(Box::new(store.by(clock.clone()))))),
        started => started,
    };
    let running = running.map_err(|error| unusable(&file, &error, stage.lang))?;
    if let Err(error) = &running.board.borrow().beside {
        tracing::error!(%error, "started without what stands beside the ledger");
    }
    let log = log.map(|log| told(log, &running.events));
    if let Some(words) = &unlogged {
        warn(words, &running, &clock);
    }
    let sources = config.sources.len();
    tracing::info!(version = env!("CARGO_PKG_VERSION"), ledger = %file.display(), sources, "started");
    if let Some(city) = &city {
        tracing::info!(address = %city.address, "training city");
    }
    Ok(Opened {
        running,
        config,
        file,
        clock,
        city,
        unlogged,
        _log: log,
    })
}

/// What a desk is set up on.
struct Premises {
    config: Config,
    city: Option<City>,
    file: PathBuf,
    store: Box<dyn Store>,
    clock: Clock,
}

/// The training city's.
///
/// # Errors
/// Its ledger, a port on loopback or a flag of the command line cannot be used.
async fn training(common: &Common, stage: &Io<'_>, writes: Writes) -> Result<Premises, Fault> {
    // First of all, for it takes longest and needs nothing of the rest.
    let begun = training::begin(common.seed.unwrap_or(furnish::SEED));
    let file = open::file(None, common, stage)?;
    let store = ledger(&file, writes, stage.lang)?;
    let clock = training_clock(store.as_ref(), common.speed.unwrap_or(1));
    let city = begun.serve(clock.clone()).await;
    let city = city.map_err(|error| Fault::new(Exit::Outside, error.to_string()))?;
    let config = furnish::training_config((&city.config, &city.beside(stage.outside)), common, stage)?;
    Ok(Premises {
        config,
        city: Some(city),
        file,
        store,
        clock,
    })
}

/// Says on the board's log what no log takes.
fn warn(words: &str, running: &Running, clock: &Clock) {
    let line = LogLine {
        at: clock.now(),
        level: "warn",
        text: Clean::new(words),
    };
    // Where the desk has ended already, its caller finds out.
    running.events.send(Event::Logged(line)).ok();
}

/// The newest lines of the log go to the board.
fn told(log: Log, events: &Sender<Event>) -> WorkerGuard {
    let (lines, events) = (log.lines, events.clone());
    std::thread::spawn(move || {
        for line in lines {
            if events.send(Event::Logged(line)).is_err() {
                return;
            }
        }
    });
    log.writer
}

/// A training city that ran faster than the wall has a ledger ahead of it: its time goes on from there.
fn training_clock(store: &dyn Store, speed: u32) -> Clock {
    let head = store.head().map_or(0, |head| head.seq);
    let last = store
        .entries(head.saturating_sub(1), 1)
        .ok()
        .and_then(|entries| entries.last().map(|entry| entry.at));
    Clock::going_on(last, speed)
}

/// Opens the ledger to write, or, where that is enough, to read alone where nothing can be written.
///
/// # Errors
/// It cannot be written, or not even be read: why not written is said, for that is the cause.
fn ledger(file: &Path, writes: Writes, lang: Lang) -> Result<Box<dyn Store>, Fault> {
    let opened = Sqlite::open(file, OpenMode::ReadWrite);
    let opened = match (opened, writes) {
        (Ok(mut store), Writes::Must) => probed(&mut store).map(|()| store),
        (Err(error @ StoreError::ReadOnly { .. }), Writes::Can) => {
            Sqlite::open(file, OpenMode::ReadOnly).map_err(|_| error)
        }
        (Err(error), Writes::Can) => Sqlite::last_good(file, error),
        (opened, _) => opened,
    };
    opened
        .map(|store| Box::new(store) as Box<dyn Store>)
        .map_err(|error| unusable(file, &error, lang))
}

/// Whether it can be recorded in, and known who collects. A note that is damaged stands in nobody's way.
fn probed(store: &mut Sqlite) -> Result<(), StoreError> {
    store.collector()?;
    match store.remember(PROBE, &Value::Bool(true)) {
        Err(error) if error.is_damage() => Ok(()),
        probed => probed,
    }
}

/// What, where, and what to do.
fn unusable(file: &Path, error: &StoreError, lang: Lang) -> Fault {
    let (StoreError::ReadOnly { .. }
    | StoreError::Busy { .. }
    | StoreError::Gone { .. }
    | StoreError::Damaged { .. }
    | StoreError::Forked { .. }) = error
    else {
        return Fault::store(error);
    };
    let why = error.fault();
    let values: &[(&str, &dyn std::fmt::Display)] =
        &[("path", &file.display()), ("why", &said::what(lang, &why))];
    let mut fault = Fault::new(Exit::Store, fill(CliText::Unwritable.text(lang), values));
    fault.hints.push(said::remedy(lang, &why).to_owned());
    fault
}

/// A tokio runtime for a console or a collector: little of it is ever busy.
///
/// # Errors
/// The system has no threads left.
pub fn runtime(lang: Lang) -> Result<tokio::runtime::Runtime, Fault> {
    let built = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    built.map_err(|error| {
        Fault::new(
            Exit::Outside,
            lang.pick(format!("无法启动：{error}"), format!("cannot start: {error}")),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_that_is_a_link_is_said_in_the_persons_language() {
        let why = LogError::Link(PathBuf::from("/s/lookout.log"));
        assert_eq!(
            unlogged(&why, Lang::Zh),
            "日志不可写（/s/lookout.log 是指向别处的链接，请删除）"
        );
        assert_eq!(
            unlogged(&why, Lang::En),
            "the log cannot be written (/s/lookout.log is a link elsewhere: remove it)"
        );
    }
}
