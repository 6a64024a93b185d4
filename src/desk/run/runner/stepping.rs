//! The machine's clock against the one that nobody sets. The room goes on by the latter until it stands in the ledger that
//! what waits goes with the step: so no limit passes by it, and no source falls silent.

use crate::clock;
use crate::desk::run::runner::Runner;
use crate::desk::{Event, share};
use crate::domain::fact::Fact;
use crate::domain::fact::room::RoomFact;
use crate::domain::ledger::Entry;
use crate::domain::time::{Moment, Span};

/// So long a step is said on every screen.
const SAID: Span = Span::mins(5);
/// So long whoever does not collect waits for the step to be written down: another one collects by then.
const PATIENCE: Span = Span::secs(20);

/// From here on it can be told whether a step that this process did not see was undone while it slept: who began after the
/// step goes by the time behind it.
const TO_AND_FRO: Span = Span::mins(2);

/// What a process knows of steps, by the hand.
#[derive(Debug, Default)]
pub(super) struct Stepping {
    /// Since when the clock stands elsewhere and is not followed yet.
    seen: Option<Span>,
    /// When it was last followed.
    followed: Option<Span>,
    /// By how much it was followed before that was written down: the limits in the ledger do not go with it yet.
    owed: Span,
}

/// A step as it was written down, at what time before it.
pub(super) type Written = (Span, Moment);

/// The steps among what was written down, by this process or another one on this machine.
pub(super) fn steps(stored: &[Entry]) -> Vec<Written> {
    let mut all = Vec::new();
    for entry in stored {
        if let Fact::Room(RoomFact::ClockStepped { by }) = entry.fact {
            all.push((Span::from_ms(by), entry.at));
        }
    }
    all
}

impl Runner {
    /// Once a beat, before time passes. The collector writes a step down; where nobody can, the clock is followed all the
    /// same, and the step is written down as soon as somebody can.
    pub(super) fn look_at_clock(&mut self, hand: Span) {
        if self.stepping.owed != Span::ZERO {
            self.write_step(self.stepping.owed, hand);
        }
        let Some(by) = self.clock.stepped() else {
            self.stepping.seen = None;
            let is_over = self.stepping.followed.is_some_and(|at| hand - at >= SAID);
            if is_over && self.desk.board().stepped.is_some() {
                self.take(Event::Steady);
            }
            return;
        };
        let seen = *self.stepping.seen.get_or_insert(hand);
        self.write_step(by, hand);
        if hand - seen >= PATIENCE && self.follow_step((by, self.clock.now())) {
            self.stepping.owed = self.stepping.owed + by;
        }
    }

    fn write_step(&mut self, by: Span, hand: Span) {
        if self.holder.term(hand).is_some() {
            let at = self.clock.now();
            self.take(Event::ClockSet { by, at });
        }
    }

    /// A step stands in the ledger: it is followed now, or was before and is owed no more. Who slept while the clock was set
    /// to and fro goes by the time before it all the same: the way back is owed, which nobody may have written down.
    pub(super) fn heed_step(&mut self, (by, at): Written) {
        if self.follow_step((by, at)) {
            return;
        }
        let since = self.clock.now() - at;
        let [since, step] = [since, by].map(|span| span.ms().abs());
        let is_back = step >= TO_AND_FRO.ms() && since.saturating_mul(2) < step;
        if self.stepping.owed == Span::ZERO && !is_back {
            return;
        }
        let left = self.stepping.owed - by;
        self.stepping.owed = if clock::is_small(left) { Span::ZERO } else { left };
    }

    /// From now on the room's clock shows what the machine's does, where that is set by so much; whether it is.
    fn follow_step(&mut self, (by, at): Written) -> bool {
        if !self.clock.take(by, at) {
            return false;
        }
        tracing::warn!(by_ms = by.ms(), "the system clock was set");
        (self.stepping.seen, self.stepping.followed) = (None, Some(self.hand()));
        self.outbox.step(by);
        self.take(Event::Stepped(by));
        self.leave_moved();
        self.deliver();
        true
    }

    /// Who collects leaves the health of its sources as it is by the new clock. Who follows takes that in, and no longer what
    /// was left by the old one.
    fn leave_moved(&mut self) {
        self.leavings = true;
        let is_read = self.desk.board().readable.is_ok();
        if !is_read || self.holder.term(self.hand()).is_none() {
            return;
        }
        let feeds = self.desk.board().feeds.values();
        let polled = feeds.filter(|feed| feed.last_poll.is_some() && !self.owed.contains_key(&feed.id));
        for feed in polled {
            share::leave_feed(self.store.as_mut(), feed);
        }
    }
}
