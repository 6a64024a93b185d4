//! The loop itself: one thread that owns the store, takes events in and performs effects.

mod appending;
mod catching;
mod closing;
mod delivering;
mod heard;
mod housing;
mod owing;
mod polling;
mod settling;
mod stepping;
mod waiting;

use crate::clock::Clock;
use crate::desk::board::Board;
use crate::desk::lease::Holder;
use crate::desk::outbox::Outbox;
use crate::desk::poll::Cursors;
use crate::desk::poll::wishes::Wished;
use crate::desk::run::anchoring::Anchors;
use crate::desk::run::answers::Answers;
use crate::desk::run::aside::Aside;
use crate::desk::run::posting::Posting;
use crate::desk::run::runner::closing::Closing;
use crate::desk::run::runner::owing::Owed;
use crate::desk::run::runner::polling::AskOn;
use crate::desk::run::runner::settling::Open;
use crate::desk::run::runner::stepping::Stepping;
use crate::desk::update::Desk;
use crate::desk::{Effect, Event, revised, share};
use crate::domain::id::AlarmId;
use crate::domain::ledger::Stream;
use crate::domain::time::{Moment, Span};
use crate::store::{Store, Under};
use std::collections::HashSet;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;
use tokio::sync::watch;

/// The desk's own beat: clocks, late sources, the lease.
const BEAT: Duration = Duration::from_secs(1);

/// Where what the desk says goes.
pub(super) struct Outlets {
    /// To the polls: under which term this process polls, while it does.
    pub(super) term: watch::Sender<Option<u64>>,
    /// To the polls: from where their sources are asked on.
    pub(super) cursors: watch::Sender<Cursors>,
    /// To the polls: which sources people want to be asked at once.
    pub(super) wishes: watch::Sender<Wished>,
    /// To the seats: the newest board.
    pub(super) publish: watch::Sender<Arc<Board>>,
    /// To the seats: answers to their acts.
    pub(super) answers: Answers,
    /// To the seats: that the loop came round. Stands still while the ledger's disk does not answer.
    pub(super) beat: Box<dyn Fn() + Send>,
}

/// How a runner behaves.
pub(super) struct Settings {
    pub(super) clock: Clock,
    pub(super) retention: Option<Span>,
    pub(super) watched: bool,
    pub(super) anchors: (Anchors, Posting),
    pub(super) aside: Aside,
}

#[expect(
    clippy::struct_excessive_bools,
    reason = "five things that each may be so, none of them a mode"
)]
/// The loop of a desk, round by round.
pub struct Runner {
    desk: Desk,
    inbox: Receiver<Event>,
    store: Box<dyn Store>,
    outbox: Outbox,
    clock: Clock,
    holder: Holder,
    /// What was sent to the ledger and may stand there or not.
    open: Option<Open>,
    /// Whether something of what came last was not stored.
    unkept: bool,
    /// Whether the ledger did not take it; and whether because somebody else was first.
    refused: bool,
    collided: bool,
    /// What polls brought and the ledger did not take.
    owed: Owed,
    /// From where the source whose facts are sent next is asked on: goes with them.
    ask_on: Option<AskOn>,
    /// What could not be recorded since the ledger could last be written.
    lost: HashSet<Stream>,
    outlets: Outlets,
    anchors: Anchors,
    posting: Posting,
    closing: Closing,
    retention: Option<Span>,
    /// Whether another process's writes wake it; else every beat looks.
    watched: bool,
    /// Whether the board changed since it was published.
    dirty: bool,
    /// Whether another process may have written since the ledger was last read.
    news: bool,
    /// The same for what a collector leaves beside the ledger, taken in once a beat.
    leavings: bool,
    /// What sources have described, as other processes were left it.
    described: share::Described,
    /// When the outbox wants to be looked at again.
    deliver_at: Option<Moment>,
    /// Entries taken in since the last snapshot.
    folded: u64,
    /// When an entry was last taken in that may not be in the ledger's one file yet.
    unrested: Option<Span>,
    /// When old readings are next dropped, by the hand.
    prune_at: Span,
    /// What it knows of steps of the machine's clock.
    stepping: Stepping,
}

impl Runner {
    /// A runner over a desk that has been folded; `watched` says whether another process's writes wake it.
    pub(super) fn new(
        (desk, inbox): (Desk, Receiver<Event>),
        store: Box<dyn Store>,
        (outbox, holder): (Outbox, Holder),
        outlets: Outlets,
        settings: Settings,
    ) -> Self {
        let prune_at = settings.clock.steady() + housing::FIRST;
        Self {
            desk,
            inbox,
            store,
            outbox,
            holder,
            open: None,
            unkept: false,
            refused: false,
            collided: false,
            owed: Owed::new(),
            ask_on: None,
            lost: HashSet::new(),
            outlets,
            anchors: settings.anchors.0,
            posting: settings.anchors.1,
            closing: Closing::new(settings.clock.steady(), settings.aside),
            clock: settings.clock,
            retention: settings.retention,
            watched: settings.watched,
            dirty: false,
            news: false,
            leavings: true,
            described: share::Described::default(),
            deliver_at: None,
            folded: 0,
            unrested: Some(Span::ZERO),
            prune_at,
            stepping: Stepping::default(),
        }
    }

    /// Until it is told to stop, or nobody can send any more.
    pub(super) fn run(mut self) {
        let mut first = None;
        while self.round(first) {
            first = match self.inbox.recv_timeout(BEAT) {
                Ok(event) => Some(event),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => break,
            };
        }
        self.leave();
    }

    /// Once round: takes in what waits, after `first`, then what others wrote and what time brings, and shows the board
    /// once. Whether to go on: not once it was told to stop.
    pub fn round(&mut self, first: Option<Event>) -> bool {
        if !self.take_waiting(first) {
            return false;
        }
        // What others wrote comes before what time brings: a limit that somebody met a moment ago has not passed. The board
        // is shown last and once, so that no seat sees half a round.
        self.look();
        self.beat();
        self.show();
        true
    }

    /// Ends it: keeps a snapshot and gives the lease back.
    pub fn leave(mut self) {
        let at = self.clock.now();
        if let Err(error) = self.store.snapshot(&self.desk.board().state, at) {
            tracing::warn!(%error, "no snapshot kept; the next start folds more");
        }
        self.holder.release(self.store.as_mut());
        if let Err(error) = self.store.rest() {
            tracing::warn!(%error, "the ledger's file alone is not all of it; its log belongs to it");
        }
    }

    /// Everything that time alone brings, at most once a beat.
    fn beat(&mut self) {
        let hand = self.hand();
        if !self.holder.is_beat(hand) {
            return;
        }
        (self.outlets.beat)();
        // Who cannot read the ledger records nothing: another one may.
        let said = if self.desk.board().readable.is_ok() {
            self.holder.renew(self.store.as_mut(), hand)
        } else {
            self.holder.yields(self.store.as_mut())
        };
        if let Some(event) = said {
            // Who takes over judges by all that was written under the term before, and nothing of that comes after it.
            self.catch_up();
            self.take(event);
        }
        // Polls hear of a term only once the desk has caught up with what came before it.
        self.say_term();
        self.news |= !self.watched || self.has_moved();
        self.leavings |= !self.watched;
        if self.holder.polls(hand).is_none() && std::mem::take(&mut self.leavings) {
            let now = self.clock.now();
            let followed = share::follow(self.store.as_ref(), &mut self.desk, now);
            self.beside(followed);
            self.dirty = true;
        }
        self.look_at_clock(hand);
        let now = self.clock.now();
        self.take(Event::Tick(now));
        if self.deliver_at.is_some_and(|at| at <= now) && self.desk.board().writable.is_ok() {
            self.deliver();
        }
        self.settle();
        self.try_again(now);
        self.pay();
        self.keep_house(now);
        self.anchor(now);
        self.end_day(now);
    }

    /// The time by a clock that nobody sets.
    fn hand(&self) -> Span {
        self.clock.steady()
    }

    /// The polls are told under which term they are, where that changed, and before it from where their sources are asked on.
    fn say_term(&self) {
        let term = self.holder.polls(self.hand());
        if term.is_some() && *self.outlets.term.borrow() != term {
            let kept = share::cursors(self.store.as_ref(), self.desk.board().feeds.keys());
            self.outlets.cursors.send_replace(kept);
        }
        self.outlets
            .term
            .send_if_modified(|now| std::mem::replace(now, term) != term);
    }

    fn take(&mut self, event: Event) {
        let Some(heard) = self.hear(&event) else {
            return;
        };
        let event = event.taken();
        let polled = event.polled().cloned();
        let points = event.points().to_vec();
        if matches!(event, Event::Collects { us: true, .. }) && self.desk.board().room.training {
            share::leave_clock(self.store.as_mut(), &self.clock);
        }
        if heard.asked.is_some() {
            (self.unkept, self.refused, self.collided) = (false, false, false);
        }
        let under = self.under(&event);
        let on_from = polled.clone().zip(heard.on);
        let effects = self.desk.update(event);
        self.perform_all(effects, under, on_from.as_ref());
        // A step is heeded once what it is about stands on the board.
        for by in heard.steps {
            self.heed_step(by);
        }
        let Some(source) = polled else {
            return;
        };
        // What is owed is known first: from behind it a source is not asked on, and nothing vouches for it.
        if let Some((term, read)) = heard.asked {
            self.owe(&source, term, read);
        }
        if let Some(on) = on_from.filter(|on| !self.unkept && !self.owed.contains_key(&on.0)) {
            self.ask_on(on);
        }
        self.vouch(&source, points);
    }

    fn perform(&mut self, effect: Effect, under: Option<Under>, retries: u32) {
        match effect {
            Effect::Append { drafts, request } => self.append(&drafts, (request, under), retries),
            Effect::Keep(readings) => {
                let kept = self.store.keep(&readings, self.clock.now());
                self.beside(kept.map(drop));
            }
            Effect::Reread(series) => match revised::read(self.store.as_ref(), series, self.clock.now()) {
                Ok(older) => self.take(Event::Revised(older)),
                Err(error) => tracing::warn!(%error, "corrections cannot be read"),
            },
            Effect::Sight(signals) => match self.store.sight(&signals, self.clock.now()) {
                Ok(sightings) => {
                    self.beside(Ok(()));
                    let ids = signals
                        .iter()
                        .map(|s| AlarmId::new(&format!("{}/{}", s.source, s.id)));
                    self.take(Event::SignalsCounted(
                        ids.zip(sightings.iter().map(|s| s.count)).collect(),
                    ));
                }
                Err(error) => self.beside(Err(error)),
            },
            Effect::Publish => self.dirty = true,
            Effect::Reply(reply) => self.outlets.answers.give(reply),
            Effect::Deliver => self.deliver(),
        }
    }

    fn show(&mut self) {
        if std::mem::take(&mut self.dirty) {
            let shown = self.desk.shown(self.clock.now());
            self.outlets.publish.send_replace(shown);
        }
    }
}
