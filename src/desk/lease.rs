//! The collector's lease: one process at a time polls, judges and empties the outbox; another takes over in 15 s.

use crate::desk::Event;
use crate::domain::text::Clean;
use crate::domain::time::Span;
use crate::store::Lease;
use crate::store::Store;
use crate::store::StoreError;

/// How long a lease lasts without being renewed.
const LENGTH: Span = Span::secs(12);
/// How old a renewal may be for letters still to leave under it: long before anybody else can have taken over.
const SURE: Span = Span::secs(6);
/// How often it is renewed, or tried for.
const EVERY: Span = Span::secs(3);
/// How often the desk looks at its clocks.
const BEAT: Span = Span::from_ms(900);

/// This process as a holder of the lease. Times are the hand's: since the process began, by a clock that nobody sets.
/// Whether one still holds is decided by it; whether another one may take over, by the store's clock.
pub(super) struct Holder {
    name: String,
    may: bool,
    /// The term it holds, and from when its last renewal counts.
    term: Option<(u64, Span)>,
    /// Whether it polls without a lease, since nothing can be written: so that live data are shown.
    alone: bool,
    tried: Option<Span>,
    beat: Option<Span>,
}

impl Holder {
    pub(super) fn new(may: bool) -> Self {
        let name = format!("{}-{:08x}", std::process::id(), rand::random::<u32>());
        Self {
            name,
            may,
            term: None,
            alone: false,
            tried: None,
            beat: None,
        }
    }

    /// The term that it holds: under it the desk's facts are appended.
    pub(super) fn term(&self, hand: Span) -> Option<u64> {
        self.younger_than(LENGTH, hand)
    }

    /// Whether letters may leave: the lease was renewed so lately that nobody else can hold it.
    pub(super) fn delivers(&self, hand: Span) -> bool {
        self.younger_than(SURE, hand).is_some()
    }

    /// Under which term sources are polled; 0 where nothing can be written, so that nobody holds one.
    pub(super) fn polls(&self, hand: Span) -> Option<u64> {
        self.term(hand).or_else(|| self.alone.then_some(0))
    }

    fn younger_than(&self, age: Span, hand: Span) -> Option<u64> {
        let (term, since) = self.term?;
        (hand - since < age).then_some(term)
    }

    /// Whether a beat has passed since the last time this said so.
    pub(super) fn is_beat(&mut self, hand: Span) -> bool {
        let due = self.beat.is_none_or(|at| hand - at >= BEAT);
        if due {
            self.beat = Some(hand);
        }
        due
    }

    /// Tries for the lease, or renews it, when that is due. Says what changed.
    ///
    /// Where nothing can be written there can be no lease either: then this process polls all the same; nothing it learns
    /// is recorded, no letter leaves, and the board says so.
    pub(super) fn renew(&mut self, store: &mut dyn Store, hand: Span) -> Option<Event> {
        if !self.may || self.tried.is_some_and(|at| hand - at < EVERY) {
            return None;
        }
        let first = self.tried.replace(hand).is_none();
        let held = self.polls(hand).is_some();
        match store.lease(&self.name, LENGTH) {
            Ok(lease) => self.settle(&lease, hand, first || lease.held != held),
            Err(error @ (StoreError::ReadOnly { .. } | StoreError::Unknown { .. })) => {
                self.alone = true;
                Some(Event::Writable(Err(error.fault())))
            }
            // Nobody else can take it either; whoever collects goes on.
            Err(error @ StoreError::Busy { .. }) => {
                if first {
                    self.tried = None;
                }
                Some(Event::Writable(Err(error.fault())))
            }
            // Whoever collects, it cannot be known now.
            Err(error) => {
                tracing::error!(%error, "no lease");
                (!held).then(|| collects(false, ""))
            }
        }
    }

    fn settle(&mut self, lease: &Lease, hand: Span, changed: bool) -> Option<Event> {
        self.alone = false;
        self.term = lease.held.then_some((lease.epoch, hand));
        changed.then(|| collects(lease.held, &lease.holder))
    }

    /// Somebody else collects by now: so the store has said.
    pub(super) fn lose(&mut self) -> Event {
        (self.term, self.alone) = (None, false);
        collects(false, "")
    }

    /// Gives the lease back, so that another process need not wait for it to run out.
    pub(super) fn release(&self, store: &mut dyn Store) {
        if self.term.is_some()
            && let Err(error) = store.release(&self.name)
        {
            tracing::warn!(%error, "the lease was not given back; it runs out by itself");
        }
    }
}

fn collects(us: bool, holder: &str) -> Event {
    Event::Collects {
        us,
        holder: Clean::new(holder),
    }
}
