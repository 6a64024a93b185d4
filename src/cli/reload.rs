//! The configuration read again while a room runs: when one of its files changes, what it says takes force, or, where
//! anything is wrong, is said with its place while the last good one stays in force.
//!
//! What a desk is given anew is the room itself: directory, loops, roster, rules, goals. Sources, channels, operators and keys
//! are wired at the start; a change of theirs is named and waits for the next start.

use crate::cli::common::Common;
use crate::cli::furnish;
use crate::cli::load;
use crate::cli::load::Chosen;
use crate::cli::room::Opened;
use crate::config::Config;
use crate::config::check::Outside;
use crate::config::check::World;
use crate::desk::Event;
use crate::domain::text::Clean;
use crate::lang::Lang;
use std::collections::BTreeMap;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::mpsc::Sender;
use std::time::Duration;
use std::time::SystemTime;

/// How often the files are looked at.
const EVERY: Duration = Duration::from_secs(5);

/// When a file was written, and how long it is; `None` where there is none.
type Stamp = Option<(SystemTime, u64)>;

/// The real world, which remembers what was read of it.
#[derive(Debug, Default)]
struct Noting(Mutex<BTreeMap<PathBuf, Stamp>>);

impl Noting {
    fn note(&self, path: &Path) {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        seen.insert(path.to_path_buf(), stamp(path));
    }

    /// Whether anything that was read is another now.
    fn is_old(&self) -> bool {
        let seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        seen.iter().any(|(path, before)| stamp(path) != *before)
    }
}

fn stamp(path: &Path) -> Stamp {
    let known = std::fs::metadata(path).ok()?;
    Some((known.modified().ok()?, known.len()))
}

impl Outside for Noting {
    fn variable(&self, name: &str) -> Option<String> {
        World.variable(name)
    }

    fn file(&self, path: &Path) -> Result<Vec<u8>, String> {
        self.note(path);
        World.file(path)
    }

    fn files(&self, folder: &Path) -> Result<Vec<PathBuf>, String> {
        self.note(folder);
        World.files(folder)
    }
}

/// Looks after the configuration's files until the desk is gone. The training city has none.
pub(super) fn watch(opened: &Opened, common: &Common, lang: Lang) {
    if opened.city.is_some() {
        return;
    }
    let (common, events): (Common, Sender<Event>) = (common.clone(), opened.running.events.clone());
    std::thread::spawn(move || {
        let mut read = Noting::default();
        // Only to know which files there are; what they say is in force already.
        let mut before = load::chosen(&common, &read, lang).ok();
        loop {
            std::thread::sleep(EVERY);
            if !read.is_old() {
                continue;
            }
            read = Noting::default();
            let event = match load::chosen(&common, &read, lang) {
                Ok(Chosen::Training) => continue,
                Ok(Chosen::Room(config)) => {
                    waits(before.as_ref(), &config);
                    let event = furnish(&config);
                    before = Some(Chosen::Room(config));
                    event
                }
                Err(bad) => misread(&bad.into_fault(lang).words),
            };
            if events.send(event).is_err() {
                return;
            }
        }
    });
}

fn furnish(config: &Config) -> Event {
    tracing::info!("the configuration was read again and is in force");
    Event::Furnished {
        room: Box::new(furnish::room(config, false)),
        rules: config.rules.clone(),
    }
}

fn misread(words: &str) -> Event {
    for line in words.lines() {
        tracing::error!("configuration: {line}");
    }
    let first = words.lines().next().unwrap_or_default();
    Event::Misread(Clean::new(first))
}

/// What was changed and is wired only at the start is named.
fn waits(before: Option<&Chosen>, after: &Config) {
    let Some(Chosen::Room(before)) = before else {
        return;
    };
    let ids = |config: &Config| {
        let sources = config.sources.iter().map(|source| source.id.to_string());
        let channels = config.channels.iter().map(|(id, _)| id.to_string());
        sources.chain(channels).collect::<Vec<_>>()
    };
    if ids(before) != ids(after) || before.operators != after.operators || before.keys != after.keys {
        tracing::warn!("changed sources, channels, operators or keys take force at the next start");
    }
}
