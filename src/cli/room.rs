//! A configuration made into a room: its store opened, its sources and channels built, all that a desk is set up with.

use crate::channels;
use crate::cli::exit::Exit;
use crate::cli::fault::Fault;
use crate::clock::Clock;
use crate::config::Config;
use crate::desk::board::Room;
use crate::desk::poll::Wired;
use crate::desk::run::Setup;
use crate::domain::directory::Directory;
use crate::domain::id::ChannelId;
use crate::domain::playbook::Playbook;
use crate::domain::text::Clean;
use crate::lang::Lang;
use crate::net::client::Client;
use crate::net::client::Manners;
use crate::sources;
use crate::store::OpenMode;
use crate::store::Sqlite;
use crate::store::Store;
use crate::store::StoreError;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

/// What kind of room a process runs.
#[derive(Clone, Debug)]
pub struct Kind {
    /// Its clock.
    pub clock: Clock,
    /// Whether it is the training city.
    pub training: bool,
    /// The loops in force.
    pub playbooks: Vec<Playbook>,
}

/// Opens the ledger to write, or to read alone where nothing can be written.
///
/// # Errors
/// It cannot even be read.
pub fn open(file: &Path) -> Result<Box<dyn Store>, Fault> {
    let opened = match Sqlite::open(file, OpenMode::ReadWrite) {
        Err(StoreError::ReadOnly { why, .. }) => {
            tracing::warn!(why, "the ledger is opened to read alone");
            Sqlite::open(file, OpenMode::ReadOnly)
        }
        opened => opened,
    };
    opened.map(|store| Box::new(store) as Box<dyn Store>).map_err(|error| Fault::store(&error))
}

/// Everything a desk is set up with.
pub fn setup(config: &Config, kind: Kind, store: Box<dyn Store>, file: PathBuf) -> Setup {
    let clock = kind.clock.clone();
    let now = clock.clone();
    let place = channels::Room { lang: config.language, zone: config.zone };
    Setup {
        sources: wired(config),
        channels: config
            .channels
            .iter()
            .map(|(id, options)| (id.clone(), Arc::from(channels::channel(options, place))))
            .collect(),
        room: room(config, kind),
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
        source,
    }
}

fn room(config: &Config, kind: Kind) -> Room {
    Room {
        name: config.name.clone(),
        training: kind.training,
        zone: config.zone,
        directory: config.directory.clone(),
        playbooks: kind.playbooks,
        channels: config.channels.iter().map(|(id, _)| id.clone()).collect::<Vec<ChannelId>>(),
        ack_expires: config.acknowledgement_holds,
        keep_closed: config.keep_closed,
        longest_shelf: config.longest_shelf,
    }
}

/// A tokio runtime for a console or a collector: little of it is ever busy.
///
/// # Errors
/// The system has no threads left.
pub fn runtime(lang: Lang) -> Result<tokio::runtime::Runtime, Fault> {
    let built = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    built.map_err(|error| {
        Fault::new(Exit::Outside, lang.pick(format!("无法启动：{error}"), format!("cannot start: {error}")))
    })
}
