//! A configuration made into a room: its store opened, its sources and channels built, all that a desk is set up with.

use crate::channels;
use crate::cli::Stage;
use crate::cli::common::Common;
use crate::cli::exit::Exit;
use crate::cli::fault::Fault;
use crate::cli::load;
use crate::cli::load::Chosen;
use crate::cli::open;
use crate::cli::place;
use crate::clock::Clock;
use crate::config::Config;
use crate::config::checked;
use crate::desk::Event;
use crate::desk::board::Room;
use crate::desk::poll::Wired;
use crate::desk::run;
use crate::desk::run::Running;
use crate::desk::run::Setup;
use crate::domain::directory::Directory;
use crate::domain::feed::Volume;
use crate::domain::id::ChannelId;
use crate::domain::text::Clean;
use crate::lang::Lang;
use crate::log;
use crate::log::Log;
use crate::net::client::Client;
use crate::net::client::Manners;
use crate::sources;
use crate::store::OpenMode;
use crate::store::Sqlite;
use crate::store::Store;
use crate::store::StoreError;
use crate::training;
use crate::training::Beside;
use crate::training::City;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use tracing_appender::non_blocking::WorkerGuard;

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
    /// The log's file; what is left is written when this is dropped.
    pub log: Option<WorkerGuard>,
}

/// Opens the room that the command line asks for and starts its desk. Needs a tokio runtime around it.
///
/// # Errors
/// The configuration, the ledger or the training city cannot be used.
pub async fn start(common: &Common, stage: &Stage<'_>) -> Result<Opened, Fault> {
    let chosen = load::chosen(common, stage.outside, stage.lang).map_err(|bad| bad.into_fault(stage.lang))?;
    let (config, city, file, store, clock) = match chosen {
        Chosen::Room(config) => {
            let file = open::file(Some(&config), common, stage)?;
            let store = ledger(&file)?;
            (*config, None, file, store, Clock::Wall)
        }
        Chosen::Training => {
            let file = open::file(None, common, stage)?;
            let store = ledger(&file)?;
            let clock = training_clock(store.as_ref(), common.speed.unwrap_or(1));
            let city = training::start(common.seed.unwrap_or(SEED), clock.clone()).await;
            let city = city.map_err(|error| Fault::new(Exit::Outside, error.to_string()))?;
            (
                training_config((&city.config, &city.beside(stage.outside)), common, stage)?,
                Some(city),
                file,
                store,
                clock,
            )
        }
    };
    let setup = setup(&config, city.is_some(), clock.clone(), store, file.clone());
    let level = stage.outside.variable("LOOKOUT_LOG");
    let folder = place::state_folder(stage.outside, stage.lang).ok();
    let log = folder.and_then(|folder| log::start(&folder, level.as_deref(), clock.clone()).ok());
    let running = run::start(setup).map_err(|error| Fault::store(&error))?;
    let log = log.map(|log| told(log, &running.events));
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
        log,
    })
}

/// The newest lines of the log go to the board; without a log, such as on a full disk or without
/// a state folder, a room runs all the same.
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

/// The training city's configuration goes the way of every room's.
pub(super) fn training_config(
    (text, beside): (&str, &Beside<'_>),
    common: &Common,
    stage: &Stage<'_>,
) -> Result<Config, Fault> {
    let read = checked::read(Path::new("training.toml"), text, beside);
    let mut config = read.map_err(|faults| Fault::config(&faults, stage.lang))?;
    config.file = None;
    if common.lang.is_none() {
        config.language = stage.lang;
    }
    load::lay_over(&mut config, common);
    Ok(config)
}

/// A training city that ran faster than the wall has a ledger ahead of it: its time goes on from there.
fn training_clock(store: &dyn Store, speed: u32) -> Clock {
    let head = store.head().unwrap_or(0);
    let last = store
        .since(head.saturating_sub(1), 1)
        .ok()
        .and_then(|entries| entries.last().map(|entry| entry.at));
    Clock::going_on(last, speed)
}

/// The seed of the training city where none is given.
pub(super) const SEED: u64 = 1;

/// Opens the ledger to write, or to read alone where nothing can be written.
///
/// # Errors
/// It cannot even be read.
fn ledger(file: &Path) -> Result<Box<dyn Store>, Fault> {
    let opened = match Sqlite::open(file, OpenMode::ReadWrite) {
        Err(StoreError::ReadOnly { why, .. }) => {
            tracing::warn!(why, "the ledger is opened to read alone");
            Sqlite::open(file, OpenMode::ReadOnly)
        }
        opened => opened,
    };
    opened
        .map(|store| Box::new(store) as Box<dyn Store>)
        .map_err(|error| Fault::store(&error))
}

/// Everything a desk is set up with.
pub(super) fn setup(
    config: &Config,
    training: bool,
    clock: Clock,
    store: Box<dyn Store>,
    file: PathBuf,
) -> Setup {
    let now = clock.clone();
    let place = channels::Room {
        lang: config.language,
        zone: config.zone,
    };
    let channel = |(id, options): &(ChannelId, _)| (id.clone(), Arc::from(channels::channel(options, place)));
    Setup {
        sources: wired(config),
        channels: config.channels.iter().map(channel).collect(),
        room: room(config, training),
        rules: config.rules.clone(),
        store,
        file: Some(file),
        client: Client::new(Manners::default(), move || now.now()),
        clock,
        may_collect: true,
        retention: Some(config.keep_readings),
    }
}

/// The configured sources, ready to be polled.
pub fn wired(config: &Config) -> Vec<Wired> {
    let directory = Arc::new(config.directory.clone());
    let wire = |setting| wire(setting, &directory);
    config.sources.iter().map(wire).collect()
}

fn wire(setting: &crate::config::source::SourceSetting, directory: &Arc<Directory>) -> Wired {
    let source = sources::build(setting, directory);
    Wired {
        id: setting.id.clone(),
        kind: Clean::new(setting.options.key()),
        every: setting.every.unwrap_or_else(|| source.every()),
        late_after: setting.late_after.or_else(|| source.late_after()),
        most_lost: setting.most_lost,
        volume: setting.volume.map(|(rows, within)| Volume::new(rows, within)),
        source,
    }
}

/// What the room knows beforehand.
pub(super) fn room(config: &Config, training: bool) -> Room {
    Room {
        name: config.name.clone(),
        training,
        zone: config.zone,
        standard: config.standard,
        directory: config.directory.clone(),
        playbooks: config.playbooks.clone(),
        channels: config.channels.iter().map(|(id, _)| id.clone()).collect(),
        ack_expires: config.acknowledgement_holds,
        keep_closed: config.keep_closed,
        longest_shelf: config.longest_shelf,
        groupings: config.groupings.clone(),
        roster: config.roster.clone(),
        ladders: config.ladders.clone(),
        targets: config.targets.clone(),
    }
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
