//! The desk's loop: takes events in, performs effects, publishes the board. One thread a process, which owns the store.
//!
//! Polls and deliveries run as tasks beside it and send their outcomes in as events; seats do the same with acts.

mod anchoring;
pub mod answers;
pub mod aside;
mod posting;
mod runner;
pub mod wiring;

use crate::channels::Channel;
use crate::clock::Clock;
use crate::config::anchor::Anchoring;
use crate::desk::board::{Board, Room};
use crate::desk::lease::Holder;
use crate::desk::luck::Luck;
use crate::desk::outbox::{Outbox, Ways};
use crate::desk::poll::many::Polls;
use crate::desk::poll::wishes::{Wished, Wishes};
use crate::desk::poll::{Cursors, PollIo, Wired};
use crate::desk::run::anchoring::Anchors;
use crate::desk::run::answers::Answers;
use crate::desk::run::aside::Aside;
use crate::desk::run::posting::Posting;
use crate::desk::run::runner::{Outlets, Settings};
use crate::desk::run::wiring::Wiring;
use crate::desk::update::Desk;
use crate::desk::{Event, start, verify, year};
use crate::domain::rule::RuleSetting;
use crate::domain::time::Span;
use crate::net::client::Client;
use crate::store::{Store, StoreError};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::Instant;
use tokio::sync::watch;

pub use crate::desk::run::runner::Runner;

/// Everything a desk is made of.
pub struct Setup {
    /// What the room knows beforehand.
    pub room: Room,
    /// The rules in force.
    pub rules: Vec<RuleSetting>,
    /// Where facts and readings are kept.
    pub store: Box<dyn Store>,
    /// The store's file, to be told when another process writes.
    pub file: Option<PathBuf>,
    /// Sources to poll.
    pub sources: Vec<Wired>,
    /// Channels for orders.
    pub channels: Vec<(crate::domain::id::ChannelId, Arc<dyn Channel>)>,
    /// The room's clock.
    pub clock: Clock,
    /// The HTTP client.
    pub client: Client,
    /// Whether this process may collect at all.
    pub may_collect: bool,
    /// How long readings are kept; for ever where `None`.
    pub retention: Option<Span>,
    /// Where the end of the ledger is written down.
    pub anchoring: Anchoring,
    /// What spreads its waits, and makes its name as a collector another one than everybody's.
    pub luck: Luck,
    /// How what need not be waited for is done.
    pub aside: Aside,
}

/// A desk that nothing drives yet.
pub struct Made {
    /// Its loop, for a thread of its own or for whoever goes round by round.
    pub runner: Runner,
    /// The newest board.
    pub board: watch::Receiver<Arc<Board>>,
    /// When its loop last came round.
    pub beat: watch::Receiver<Instant>,
    /// The way in.
    pub events: Sender<Event>,
    /// Answers to acts, each for its seat.
    pub answers: Answers,
    wiring: Wiring,
    watcher: Option<crate::desk::follow::Watcher>,
}

/// A running desk.
pub struct Running {
    /// The newest board.
    pub board: watch::Receiver<Arc<Board>>,
    /// When its loop last came round, for seats: a desk that hangs cannot say so itself.
    pub beat: watch::Receiver<Instant>,
    /// The way in.
    pub events: Sender<Event>,
    /// Answers to acts, each for its seat.
    pub answers: Answers,
    /// How it is wired, for whoever wires it anew.
    pub wiring: Option<Wiring>,
    thread: std::thread::JoinHandle<()>,
    _watcher: Option<crate::desk::follow::Watcher>,
}

impl Running {
    /// Ends the desk: the lease is given back, a snapshot is kept, the thread is joined. Whether it went well to its
    /// end: not where it had panicked.
    pub fn stop(self) -> bool {
        // A desk that has ended already takes no more events; what became of it is told by its thread.
        self.events.send(Event::Stop).ok();
        let ended = self.thread.join();
        if ended.is_err() {
            tracing::error!("the desk's thread panicked");
        }
        ended.is_ok()
    }

    /// Waits until the desk has ended: by a panic, if nobody stopped it.
    pub fn ended(&self) -> impl Future<Output = ()> + use<> {
        let mut board = self.board.clone();
        // The desk alone publishes boards: once it is gone nothing changes any more.
        async move { while board.changed().await.is_ok() {} }
    }
}

/// Starts a desk: folds the state, publishes the first board, then polls. Needs a tokio runtime around it.
///
/// # Errors
/// The store cannot be read, or the thread cannot be started.
pub fn start(setup: Setup) -> Result<Running, StoreError> {
    let made = make(setup)?;
    let runner = made.runner;
    let thread = std::thread::Builder::new()
        .name("desk".into())
        .spawn(move || runner.run());
    let thread = thread.map_err(|e| StoreError::Backend {
        operation: "start the desk",
        why: e.to_string(),
    })?;
    Ok(Running {
        board: made.board,
        beat: made.beat,
        events: made.events,
        answers: made.answers,
        wiring: Some(made.wiring),
        thread,
        _watcher: made.watcher,
    })
}

/// A state that nobody vouches for was not taken for true; that is worth a line.
fn distrusted(board: &Board) {
    if let Some(why) = board.chain.distrust {
        tracing::warn!(
            ?why,
            "the kept state is not vouched for by the chain; it was folded anew from all entries"
        );
    }
}

/// What is looked at beside the loop, each by a handle of its own: the year so far, and the chain.
fn look_beside(
    (store, clock): (&dyn Store, &Clock),
    seen: &watch::Receiver<Arc<Board>>,
    events: &Sender<Event>,
) -> Result<(), StoreError> {
    let year = year::run(store.reader()?, seen.clone(), clock.clone(), events.clone());
    tokio::spawn(year);
    // Of the last good state it is known that it is damaged, and each reader of it is a copy.
    if store.damage().is_none() {
        tokio::spawn(verify::run(store.reader()?, clock.clone(), events.clone()));
    }
    Ok(())
}

/// A desk without its thread: folds the state, publishes the first board, begins the polls. Needs a tokio runtime around it.
///
/// # Errors
/// The store cannot be read.
pub fn make(setup: Setup) -> Result<Made, StoreError> {
    let runtime = tokio::runtime::Handle::current();
    let (events, inbox) = std::sync::mpsc::channel();
    let now = setup.clock.now();
    let board = start::board(setup.room, setup.store.as_ref(), &setup.sources, now)?;
    distrusted(&board);
    let (publish, seen) = watch::channel(Arc::new(board.clone()));
    let (store, clock) = (setup.store.as_ref(), &setup.clock);
    look_beside((store, clock), &seen, &events)?;
    let desk = Desk::new(board, setup.rules);
    let answers = Answers::default();
    let (term, terms) = watch::channel(None);
    let (cursors, asked) = watch::channel(Cursors::default());
    let (wishes, heard) = watch::channel(Wished::default());
    let (beat, beats) = watch::channel(Instant::now());
    let line = PollIo {
        client: setup.client.clone(),
        clock: setup.clock.clone(),
        events: events.clone(),
        term: terms,
        cursors: asked,
        wishes: Wishes::new(heard),
        luck: setup.luck.clone(),
    };
    // The first board has been published: no seat waits for an upstream.
    let mut polls = Polls::new(line, runtime.clone());
    for wired in setup.sources {
        polls.begin(wired, Span::ZERO);
    }
    let (ways, leave) = watch::channel(setup.channels.into_iter().collect::<Ways>());
    let (clock, chance) = (setup.clock.clone(), (runtime, setup.luck.clone()));
    let by = (setup.client.clone(), clock.clone(), chance.0.clone());
    let posting = Posting::new(&setup.anchoring, setup.file.as_deref(), leave.clone(), by);
    let outbox = Outbox::new(leave, setup.client, clock, events.clone(), chance);
    let anchors = Anchors::new(setup.anchoring, setup.file.as_deref());
    let watch = |file: PathBuf| crate::desk::follow::watch(&file, events.clone());
    let watcher = setup.file.and_then(watch);
    let outlets = Outlets {
        term,
        cursors,
        wishes,
        publish,
        answers: answers.clone(),
        beat: Box::new(move || beat.send_modify(|at| *at = Instant::now())),
    };
    let settings = Settings {
        clock: setup.clock,
        retention: setup.retention,
        watched: watcher.is_some(),
        anchors: (anchors, posting),
        aside: setup.aside,
    };
    let holder = Holder::new(setup.may_collect, &setup.luck);
    Ok(Made {
        runner: Runner::new((desk, inbox), setup.store, (outbox, holder), outlets, settings),
        board: seen,
        beat: beats,
        events,
        answers,
        wiring: Wiring::new(polls, ways),
        watcher,
    })
}
