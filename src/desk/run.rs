//! The desk's loop: takes events in, performs effects, publishes the board. One thread a process, which owns the store.
//!
//! Polls and deliveries run as tasks beside it and send their outcomes in as events; seats do the same with acts.

use crate::channels::Channel;
use crate::clock::Clock;
use crate::desk::Act;
use crate::desk::Done;
use crate::desk::Effect;
use crate::desk::Event;
use crate::desk::Tell;
use crate::desk::board::Board;
use crate::desk::board::Room;
use crate::desk::lease::Holder;
use crate::desk::outbox::Outbox;
use crate::desk::outbox::Way;
use crate::desk::poll;
use crate::desk::poll::Line;
use crate::desk::poll::Wired;
use crate::desk::share;
use crate::desk::start;
use crate::desk::update::Desk;
use crate::domain::case::CaseFact;
use crate::domain::id::AlarmId;
use crate::domain::ledger::Draft;
use crate::domain::ledger::Fact;
use crate::domain::ledger::RoomFact;
use crate::domain::ledger::Stream;
use crate::domain::person::Actor;
use crate::domain::refusal::Refusal;
use crate::domain::rule::RuleSetting;
use crate::domain::signal::Severity;
use crate::domain::task::TaskFact;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::domain::time::Span;
use crate::net::client::Client;
use crate::store::Store;
use crate::store::StoreError;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::sync::mpsc::RecvTimeoutError;
use std::sync::mpsc::Sender;
use std::time::Duration;
use tokio::sync::broadcast;
use tokio::sync::watch;

/// How often an act is decided again when somebody else was first, before the person is told to look.
const MOST_RETRIES: u32 = 5;
/// Entries read at once while catching up.
const PAGE: usize = 10_000;
/// The desk's own beat: clocks, late sources, the lease.
const BEAT: Duration = Duration::from_secs(1);

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
}

/// A running desk.
pub struct Running {
    /// The newest board.
    pub board: watch::Receiver<Arc<Board>>,
    /// The way in.
    pub events: Sender<Event>,
    /// Answers to acts, for all seats.
    pub answers: broadcast::Sender<Tell>,
    /// New alarms that need a person.
    pub rings: broadcast::Sender<Severity>,
    thread: std::thread::JoinHandle<()>,
    _watcher: Option<crate::desk::follow::Watcher>,
}

impl Running {
    /// Ends the desk: the lease is given back, a snapshot is kept, the thread is joined.
    pub fn stop(self) {
        if self.events.send(Event::Stop).is_ok() && self.thread.join().is_err() {
            tracing::error!("the desk's thread panicked");
        }
    }

    /// Whether the desk's thread has ended, by a panic if nobody stopped it.
    pub fn has_ended(&self) -> bool {
        self.thread.is_finished()
    }
}

/// Starts a desk: folds the state, publishes the first board, then polls. Needs a tokio runtime around it.
///
/// # Errors
/// The store cannot be read, or the thread cannot be started.
pub fn start(setup: Setup) -> Result<Running, StoreError> {
    let runtime = tokio::runtime::Handle::current();
    let (events, inbox) = std::sync::mpsc::channel();
    let board = start::board(
        setup.room,
        setup.store.as_ref(),
        &setup.sources,
        setup.clock.now(),
    )?;
    let desk = Desk::new(board, setup.rules);
    let (publish, seen) = watch::channel(Arc::new(desk.board.clone()));
    let (answers, _) = broadcast::channel(256);
    let (rings, _) = broadcast::channel(16);
    let (collects, collecting) = watch::channel(false);
    let line = Line {
        client: setup.client.clone(),
        clock: setup.clock.clone(),
        events: events.clone(),
        collects: collecting,
    };
    for wired in setup.sources {
        runtime.spawn(poll::run(wired, line.clone()));
    }
    let ways = setup
        .channels
        .into_iter()
        .map(|(id, channel)| Way { id, channel })
        .collect();
    let outbox = Outbox::new(ways, setup.client, setup.clock.clone(), events.clone(), runtime);
    let runner = Runner {
        desk,
        store: setup.store,
        outbox,
        clock: setup.clock,
        holder: Holder::new(setup.may_collect),
        collects,
        publish,
        answers: answers.clone(),
        rings: rings.clone(),
        retention: setup.retention,
        dirty: false,
        deliver_at: None,
        folded: 0,
        pruned: None,
    };
    let watcher = setup
        .file
        .and_then(|file| crate::desk::follow::watch(&file, events.clone()));
    let thread = std::thread::Builder::new()
        .name("desk".into())
        .spawn(move || runner.run(&inbox));
    let thread = thread.map_err(|e| StoreError::Backend {
        operation: "start the desk",
        why: e.to_string(),
    })?;
    Ok(Running {
        board: seen,
        events,
        answers,
        rings,
        thread,
        _watcher: watcher,
    })
}

struct Runner {
    desk: Desk,
    store: Box<dyn Store>,
    outbox: Outbox,
    clock: Clock,
    holder: Holder,
    collects: watch::Sender<bool>,
    publish: watch::Sender<Arc<Board>>,
    answers: broadcast::Sender<Tell>,
    rings: broadcast::Sender<Severity>,
    retention: Option<Span>,
    /// Whether the board changed since it was published.
    dirty: bool,
    /// When the outbox wants to be looked at again.
    deliver_at: Option<Moment>,
    /// Entries taken in since the last snapshot.
    folded: u64,
    /// When readings were last pruned.
    pruned: Option<Moment>,
}

impl Runner {
    fn run(mut self, inbox: &Receiver<Event>) {
        self.beat();
        self.show();
        loop {
            match inbox.recv_timeout(BEAT) {
                Ok(Event::Stop) | Err(RecvTimeoutError::Disconnected) => break,
                Ok(event) => self.take(event),
                Err(RecvTimeoutError::Timeout) => {}
            }
            // What is waiting is taken in before the board is shown once.
            for _ in 0..64 {
                match inbox.try_recv() {
                    Ok(Event::Stop) => return self.leave(),
                    Ok(event) => self.take(event),
                    Err(_) => break,
                }
            }
            self.beat();
            self.show();
        }
        self.leave();
    }

    fn leave(mut self) {
        if let Err(error) = self.store.snapshot(&self.desk.board.state) {
            tracing::warn!(%error, "no snapshot kept; the next start folds more");
        }
        self.holder.release(self.store.as_mut());
    }

    /// Everything that time alone brings, at most once a beat.
    fn beat(&mut self) {
        if !self.holder.is_beat() {
            return;
        }
        if let Some(event) = self.holder.renew(self.store.as_mut()) {
            self.take(event);
        }
        self.collects
            .send_if_modified(|now| std::mem::replace(now, self.holder.holds()) != self.holder.holds());
        let now = self.clock.now();
        self.take(Event::Tick(now));
        if self.deliver_at.is_some_and(|at| at <= now) {
            self.deliver();
        }
        self.try_again(now);
        self.keep_house(now);
    }

    /// While nothing can be recorded, tries with a fact that is worth having: that it was so.
    fn try_again(&mut self, now: Moment) {
        if self.desk.board.writable.is_ok() {
            return;
        }
        let words = format!(
            "recording again; {} could not be recorded",
            self.desk.board.unrecorded
        );
        let draft = Draft {
            stream: Stream::Room,
            expect: self.desk.board.state.version(&Stream::Room),
            at: now,
            by: Actor::Desk,
            seat: None,
            fact: Fact::Room(RoomFact::Noted(Clean::new(&words))),
        };
        match self.store.append(&[draft]) {
            Ok(entries) => {
                self.take(Event::Writable(Ok(())));
                self.take(Event::Stored(entries));
            }
            Err(StoreError::Conflict { .. }) => self.look(),
            Err(_) => {}
        }
    }

    fn take(&mut self, event: Event) {
        match &event {
            Event::Look => return self.look(),
            Event::Sent { task, .. } => self.outbox.landed(task),
            Event::Read { .. }
            | Event::Silent { .. }
            | Event::Act(_)
            | Event::Stored(_)
            | Event::Tick(_)
            | Event::Collects { .. }
            | Event::Writable(_)
            | Event::Sighted(_)
            | Event::Logged(_)
            | Event::Stop => {}
        }
        let polled = matches!(event, Event::Read { .. } | Event::Silent { .. });
        for effect in self.desk.update(event) {
            self.perform(effect, 0);
        }
        if polled && self.holder.holds() {
            share::leave_feeds(self.store.as_mut(), &self.desk.board);
        }
    }

    fn perform(&mut self, effect: Effect, retries: u32) {
        match effect {
            Effect::Append { drafts, act } => self.append(&drafts, act, retries),
            Effect::Keep(readings) => {
                if let Err(error) = self.store.keep(&readings, self.clock.now()) {
                    self.not_recorded(&error, readings.len());
                }
            }
            Effect::Sight(signals) => match self.store.sight(&signals, self.clock.now()) {
                Ok(sightings) => {
                    let ids = signals
                        .iter()
                        .map(|s| AlarmId::new(&format!("{}/{}", s.source, s.id)));
                    self.take(Event::Sighted(
                        ids.zip(sightings.iter().map(|s| s.count)).collect(),
                    ));
                }
                Err(error) => self.not_recorded(&error, signals.len()),
            },
            Effect::Publish => self.dirty = true,
            Effect::Tell(tell) => self.tell(tell),
            Effect::Ring(severity) => {
                // Nobody listening is no fault: a headless collector has no seat.
                self.rings.send(severity).ok();
            }
            Effect::Deliver => self.deliver(),
        }
    }

    fn append(&mut self, drafts: &[Draft], act: Option<Box<Act>>, retries: u32) {
        match self.store.append(drafts) {
            Ok(entries) => {
                self.folded += entries.len() as u64;
                self.take(Event::Stored(entries));
                if let Some(act) = act {
                    self.show();
                    self.tell(Tell {
                        seat: act.seat,
                        ticket: act.ticket,
                        answer: Ok(done(drafts)),
                    });
                }
            }
            Err(StoreError::Conflict { stream, .. }) => {
                self.look();
                match act {
                    Some(act) if retries < MOST_RETRIES => {
                        for effect in self.desk.update(Event::Act(act)) {
                            self.perform(effect, retries + 1);
                        }
                    }
                    Some(act) => {
                        let refusal = Refusal::Changed {
                            stream,
                            by: None,
                            at: None,
                        };
                        self.tell(Tell {
                            seat: act.seat,
                            ticket: act.ticket,
                            answer: Err(refusal),
                        });
                    }
                    // The desk's own facts are decided again by the next poll or beat.
                    None => {}
                }
            }
            Err(error) => {
                self.not_recorded(&error, drafts.len());
                if let Some(act) = act {
                    let refusal = Refusal::ReadOnly(Clean::new(&error.to_string()));
                    self.tell(Tell {
                        seat: act.seat,
                        ticket: act.ticket,
                        answer: Err(refusal),
                    });
                }
            }
        }
    }

    /// Reads what other processes wrote.
    fn look(&mut self) {
        loop {
            match self.store.since(self.desk.board.state.seq, PAGE) {
                Ok(entries) if entries.is_empty() => break,
                Ok(entries) => {
                    self.folded += entries.len() as u64;
                    self.take(Event::Stored(entries));
                }
                Err(error) => {
                    tracing::error!(%error, "cannot follow the ledger");
                    break;
                }
            }
        }
        if !self.holder.holds() {
            share::follow(self.store.as_ref(), &mut self.desk);
            self.dirty = true;
        }
    }

    fn deliver(&mut self) {
        if self.holder.holds() {
            self.deliver_at = self.outbox.deliver(&self.desk.board.state, self.clock.now());
        }
    }

    fn tell(&mut self, tell: Tell) {
        // A seat that has gone needs no answer.
        self.answers.send(tell).ok();
    }

    fn not_recorded(&mut self, error: &StoreError, count: usize) {
        tracing::error!(%error, count, "not recorded");
        self.desk.board.unrecorded += count as u64;
        self.take(Event::Writable(Err(Clean::new(&error.to_string()))));
    }

    fn show(&mut self) {
        if std::mem::take(&mut self.dirty) {
            self.desk.board.at = self.clock.now();
            self.publish.send_replace(Arc::new(self.desk.board.clone()));
        }
    }

    /// Snapshots and retention: never while something waits, seldom, and without them nothing is wrong.
    fn keep_house(&mut self, now: Moment) {
        if self.folded >= 5_000 && self.store.snapshot(&self.desk.board.state).is_ok() {
            self.folded = 0;
        }
        let Some(retention) = self.retention else { return };
        if self.holder.holds() && self.pruned.is_none_or(|at| now.age_of(at) > Span::hours(6)) {
            self.pruned = Some(now);
            if let Err(error) = self.store.prune(now - retention) {
                tracing::warn!(%error, "old readings were not dropped");
            }
        }
    }
}

/// What was done, told by the drafts that were stored.
fn done(drafts: &[Draft]) -> Done {
    let mut done = Done {
        count: drafts.len(),
        ..Done::default()
    };
    for draft in drafts {
        match (&draft.stream, &draft.fact) {
            (Stream::Case(id), Fact::Case(CaseFact::Opened(_))) => done.case = Some(id.clone()),
            (Stream::Task(id), Fact::Task(TaskFact::Ordered(_))) => done.task = Some(id.clone()),
            _ => {}
        }
    }
    done
}
