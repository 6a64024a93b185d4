//! The collector's lease: one process at a time polls, judges and empties the outbox; another takes over in 15 s.

use crate::clock::Clock;
use crate::desk::Event;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::domain::time::Span;
use crate::store::Store;
use crate::store::StoreError;

/// How long a lease lasts without being renewed.
const LENGTH: Span = Span::secs(12);
/// How often it is renewed, or tried for.
const EVERY: Span = Span::secs(3);
/// How often the desk looks at its clocks.
const BEAT: Span = Span::from_ms(900);

/// This process as a holder of the lease. Leases run on the wall clock, also in a training city that runs faster.
pub(super) struct Holder {
    name: String,
    wall: Clock,
    may: bool,
    holds: bool,
    tried: Option<Moment>,
    beat: Option<Moment>,
}

impl Holder {
    pub(super) fn new(may: bool) -> Self {
        let name = format!("{}-{:08x}", std::process::id(), rand::random::<u32>());
        Self {
            name,
            wall: Clock::Wall,
            may,
            holds: false,
            tried: None,
            beat: None,
        }
    }

    pub(super) fn holds(&self) -> bool {
        self.holds
    }

    /// Whether a beat has passed since the last time this said so.
    pub(super) fn is_beat(&mut self) -> bool {
        let now = self.wall.now();
        let due = self.beat.is_none_or(|at| now.age_of(at) >= BEAT || at > now);
        if due {
            self.beat = Some(now);
        }
        due
    }

    /// Tries for the lease, or renews it, when that is due. Says what changed.
    ///
    /// Where nothing can be written there can be no lease either: then this process polls all the same, so that
    /// live data are shown; nothing it learns is recorded, and the board says so.
    pub(super) fn renew(&mut self, store: &mut dyn Store) -> Option<Event> {
        let now = self.wall.now();
        if !self.may || self.tried.is_some_and(|at| at <= now && now.age_of(at) < EVERY) {
            return None;
        }
        let first = self.tried.replace(now).is_none();
        match store.lease(&self.name, now, LENGTH) {
            Ok(lease) => {
                let changed = lease.held != self.holds;
                self.holds = lease.held;
                (changed || first).then(|| Event::Collects {
                    us: lease.held,
                    holder: Clean::new(&lease.holder),
                })
            }
            Err(error @ StoreError::ReadOnly { .. }) => {
                self.holds = true;
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
                (!self.holds).then(|| Event::Collects {
                    us: false,
                    holder: Clean::default(),
                })
            }
        }
    }

    /// Gives the lease back, so that another process need not wait for it to run out.
    pub(super) fn release(&self, store: &mut dyn Store) {
        if self.holds
            && let Err(error) = store.release(&self.name)
        {
            tracing::warn!(%error, "the lease was not given back; it runs out by itself");
        }
    }
}
