//! The collector's lease: one process at a time polls, judges and empties the outbox; another takes over in 15 s.

use crate::desk::Event;
use crate::desk::luck::Luck;
use crate::domain::text::Clean;
use crate::domain::time::Span;
use crate::store::{Lease, Store, StoreError};

/// How long a lease lasts without being renewed.
const LENGTH: Span = Span::secs(12);
/// How old a renewal may be for letters still to leave under it: long before anybody else can have taken over.
const SURE: Span = Span::secs(6);
/// How often it is renewed, or tried for.
const EVERY: Span = Span::secs(3);
/// How often the desk looks at its clocks.
const BEAT: Span = Span::from_ms(900);

/// This process as a holder of the lease. Times are the hand's: by a clock that nobody sets.
/// Whether one still holds is decided by it; whether another one may take over, by the store's clock.
pub(super) struct Holder {
    name: String,
    may: bool,
    /// The term it holds, and from when its last renewal counts.
    term: Option<(u64, Span)>,
    /// Whether it polls without a lease, since nothing can be written: so that live data are shown.
    alone: bool,
    /// Who collects, as it was last said: whether it is us, and the holder.
    said: Option<(bool, String)>,
    tried: Option<Span>,
    beat: Option<Span>,
}

impl Holder {
    pub(super) fn new(may: bool, luck: &Luck) -> Self {
        let name = format!("{}-{:08x}", std::process::id(), luck.bits() >> 32);
        Self {
            name,
            may,
            term: None,
            alone: false,
            said: None,
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
            Ok(lease) => self.settle(&lease, hand),
            Err(
                error @ (StoreError::ReadOnly { .. }
                | StoreError::Unknown { .. }
                | StoreError::Damaged { .. }),
            ) => {
                self.alone = true;
                Some(Event::Writable(Err(error.fault())))
            }
            // Nobody else can take it either; whoever collects goes on.
            Err(error @ StoreError::Busy { .. }) => {
                self.alone |= held;
                if first {
                    self.tried = None;
                }
                Some(Event::Writable(Err(error.fault())))
            }
            // Whoever collects, it cannot be known now.
            Err(error) => {
                tracing::error!(%error, "no lease");
                if held { None } else { self.say(false, "") }
            }
        }
    }

    fn settle(&mut self, lease: &Lease, hand: Span) -> Option<Event> {
        self.alone = false;
        self.term = lease.held.then_some((lease.epoch, hand));
        self.say(lease.held, &lease.holder)
    }

    /// Somebody else collects by now: so the store has said.
    pub(super) fn lose(&mut self) -> Option<Event> {
        (self.term, self.alone) = (None, false);
        self.say(false, "")
    }

    /// Leaves collecting to another one that can.
    pub(super) fn yields(&mut self, store: &mut dyn Store) -> Option<Event> {
        if self.term.is_none() && !self.alone {
            return None;
        }
        self.release(store);
        self.lose()
    }

    /// Who collects, where that is not what was last said.
    fn say(&mut self, us: bool, holder: &str) -> Option<Event> {
        let now = (us, holder.to_owned());
        let is_new = self.said.as_ref() != Some(&now);
        self.said = Some(now);
        is_new.then(|| Event::Collects {
            us,
            holder: Clean::new(holder),
        })
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::domain::time::Moment;
    use crate::store::sqlite::Sqlite;
    use crate::store::{Notes, OpenMode};
    use rusqlite::Connection;

    const NOON: Moment = Moment::from_ms(1_790_000_000_000);

    fn said(event: Option<Event>) -> Option<(bool, Clean)> {
        match event {
            Some(Event::Collects { us, holder }) => Some((us, holder)),
            _ => None,
        }
    }

    /// A process that holds the lease, and the clock of its store.
    fn holder(folder: &tempfile::TempDir) -> (Holder, Sqlite, Clock) {
        let clock = Clock::standing(NOON);
        let store = Sqlite::open(&folder.path().join("room.db"), OpenMode::ReadWrite).expect("a new file");
        let (mut holder, mut store) = (Holder::new(true, &Luck::new(1)), store.by(clock.clone()));
        let first = said(holder.renew(&mut store, Span::ZERO));
        assert!(first.is_some_and(|(us, _)| us), "it collects, and says so");
        (holder, store, clock)
    }

    #[test]
    fn whoever_was_paused_and_passed_over_says_that_another_one_collects() {
        let folder = tempfile::tempdir().expect("a folder");
        let (mut holder, mut store, clock) = holder(&folder);
        assert_eq!(
            holder.renew(&mut store, Span::secs(3)),
            None,
            "nothing has changed"
        );
        clock.set(NOON + Span::secs(20));
        assert!(store.lease("another", LENGTH).expect("a lease").held);
        let hand = Span::secs(23);
        assert_eq!((holder.term(hand), holder.polls(hand)), (None, None));
        assert!(!holder.delivers(hand));
        let now = said(holder.renew(&mut store, hand));
        assert_eq!(now, Some((false, Clean::new("another"))));
        assert_eq!(holder.renew(&mut store, Span::secs(26)), None, "it was said");
        // A third one after that: its name is said.
        clock.set(NOON + Span::secs(40));
        assert!(store.lease("third", LENGTH).expect("a lease").held);
        let now = said(holder.renew(&mut store, Span::secs(43)));
        assert_eq!(now, Some((false, Clean::new("third"))));
    }

    #[test]
    fn while_another_program_holds_the_lock_whoever_collects_polls_on_and_sends_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let (mut holder, mut store, _clock) = holder(&folder);
        let raw = Connection::open(folder.path().join("room.db")).expect("the file opens");
        raw.execute_batch("BEGIN IMMEDIATE").expect("the lock");
        let mut follower = Holder::new(true, &Luck::new(2));
        for secs in [3, 6, 9, 12, 15, 18] {
            let hand = Span::secs(secs);
            holder.renew(&mut store, hand);
            follower.renew(&mut store, hand);
            assert!(holder.polls(hand).is_some(), "live data go on after {secs} s");
            assert_eq!(follower.polls(hand), None, "who did not collect does not begin");
        }
        let hand = Span::secs(18);
        assert_eq!((holder.term(hand), holder.delivers(hand)), (None, false));
        raw.execute_batch("ROLLBACK").expect("it lets go");
        holder.renew(&mut store, Span::secs(21));
        assert!(holder.delivers(Span::secs(21)));
    }
}
