//! The configuration read again while a room runs: when one of its files changes, what it says takes force, or, where
//! anything is wrong, is said with its place while the last good one stays in force.
//!
//! The desk is given the room itself anew: directory, loops, roster, rules, goals; sources and channels are wired anew, and
//! seats learn who they are, what keys mean and how things look. The few keys that wait for the next start ([`change`])
//! are named, on the screen and in the log.

mod change;

use crate::bench::check::{Outside, World};
use crate::cli::common::Common;
use crate::cli::load::{Bad, Chosen};
use crate::cli::manner::manner;
use crate::cli::room::Opened;
use crate::cli::{fault, furnish, load};
use crate::clock::Clock;
use crate::config::Config;
use crate::desk::board::Board;
use crate::desk::run::wiring::Wiring;
use crate::desk::{Event, poll};
use crate::domain::id::SourceId;
use crate::domain::text::Clean;
use crate::domain::time::Span;
use crate::lang::Lang;
use crate::tui::seat::manner::Manner;
use change::Change;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};
use tokio::sync::watch;

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
        // The first look counts: what is read again in the same round is not what was checked.
        seen.entry(path.to_path_buf()).or_insert_with(|| stamp(path));
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
pub(super) fn watch(opened: &mut Opened, common: &Common, lang: Lang, seat: Option<Seats>) {
    let Some(wiring) = opened.running.wiring.take().filter(|_| opened.city.is_none()) else {
        return;
    };
    let mut room = InForce {
        started: opened.config.clone(),
        before: opened.config.clone(),
        wiring,
        board: opened.running.board.clone(),
        events: opened.running.events.clone(),
        seat,
    };
    let common = common.clone();
    std::thread::spawn(move || {
        let mut read = Noting::default();
        // Only to know which files there are; what they say is in force already.
        load::chosen(&common, &read, lang).ok();
        loop {
            std::thread::sleep(EVERY);
            if !read.is_old() {
                continue;
            }
            read = Noting::default();
            let sent = match load::chosen(&common, &read, lang) {
                Ok(Chosen::Training) => continue,
                Ok(Chosen::Room(config)) => room.take(*config, &read),
                Err(bad) => room.events.send(misread(bad, lang)).is_ok(),
            };
            if !sent {
                return;
            }
        }
    });
}

/// Where seats learn who they are, what keys mean and how things look.
pub(super) type Seats = watch::Sender<Option<Manner>>;

/// A room whose configuration may change.
struct InForce {
    /// What it was started with.
    started: Config,
    /// What is in force.
    before: Config,
    wiring: Wiring,
    board: watch::Receiver<Arc<Board>>,
    events: Sender<Event>,
    seat: Option<Seats>,
}

impl InForce {
    /// Puts a good configuration in force. Whether the desk is still there.
    fn take(&mut self, mut after: Config, outside: &dyn Outside) -> bool {
        let change = change::of(&self.started, &self.before, &mut after);
        let room = furnish::room(&after, false);
        let sources = furnish::wired(&after);
        let is_taken = self.board.borrow().lost_by(&room).is_none();
        let event = Event::Reconfigured {
            room: Box::new(room),
            rules: after.rules.clone(),
            feeds: sources.iter().map(poll::Wired::feed).collect(),
            keep_readings: after.keep_readings,
            waits: change.waits.iter().map(|key| Clean::new(key)).collect(),
        };
        if !is_taken {
            return self.events.send(event).is_ok();
        }
        for id in change.gone.iter().chain(&change.begun) {
            self.wiring.end(id);
        }
        let sent = self.events.send(event).is_ok();
        for source in sources {
            if change.begun.contains(&source.id) {
                self.wiring.begin(source, Span::ZERO);
            } else if change.reread.contains(&source.id) {
                let wait = self.until_next(&source.id);
                self.wiring.begin(source, wait);
            }
        }
        self.wiring.send_by(furnish::channels(&after));
        if let Some(seat) = &self.seat {
            let speaks = (after.language != self.before.language).then_some(after.language);
            seat.send_replace(Some(manner(&after, outside, speaks)));
        }
        self.before = after;
        told(&change);
        sent
    }

    /// How long the source's next poll is away: it is asked no sooner for being read otherwise.
    fn until_next(&self, id: &SourceId) -> Span {
        let board = self.board.borrow();
        let next = board.feeds.get(id).and_then(|feed| feed.next);
        next.map_or(Span::ZERO, |next| next - Clock::Wall.now())
            .max(Span::ZERO)
    }
}

/// What took force, and what did not.
fn told(change: &Change) {
    let names = |ids: &[SourceId]| ids.iter().map(SourceId::as_str).collect::<Vec<_>>().join(" ");
    let (gone, begun, waits) = (names(&change.gone), names(&change.begun), change.waits.join(" "));
    if waits.is_empty() {
        tracing::info!(gone, begun, "the configuration was read again and is in force");
    } else {
        tracing::warn!(
            gone,
            begun,
            waits,
            "the configuration was read again and is in force but for what waits"
        );
    }
}

/// What is wrong, each fault a line of the log; what the file says beside it stays in the file.
fn misread(bad: Bad, lang: Lang) -> Event {
    let told: Vec<String> = match bad {
        Bad::Fault(fault) => fault.words.lines().map(str::to_owned).collect(),
        Bad::Faults(faults) => faults.iter().map(|one| fault::line(one, lang)).collect(),
    };
    for line in &told {
        tracing::error!("configuration: {line}");
    }
    Event::ConfigRejected(Clean::new(told.first().map_or("", String::as_str)))
}
