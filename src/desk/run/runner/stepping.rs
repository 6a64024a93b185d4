//! The machine's clock against the one that nobody sets. The room goes on by the latter until it stands in the ledger that
//! what waits goes with the step: so no limit passes by it, and no source falls silent.

use crate::desk::Event;
use crate::desk::run::runner::Runner;
use crate::domain::fact::Fact;
use crate::domain::fact::room::RoomFact;
use crate::domain::ledger::Entry;
use crate::domain::time::Span;

/// So long a step is said on every screen.
const SAID: Span = Span::mins(5);
/// So long whoever does not collect waits for the step to be written down: another one collects by then.
const PATIENCE: Span = Span::secs(20);

/// What a process knows of steps, by the hand.
#[derive(Debug, Default)]
pub(super) struct Stepping {
    /// Since when the clock stands elsewhere and is not followed yet.
    seen: Option<Span>,
    /// When it was last followed.
    followed: Option<Span>,
}

/// The steps among what was written down, by this process or another one on this machine.
pub(super) fn steps(stored: &[Entry]) -> Vec<Span> {
    let mut all = Vec::new();
    for entry in stored {
        if let Fact::Room(RoomFact::ClockStepped { by }) = entry.fact {
            all.push(Span::from_ms(by));
        }
    }
    all
}

impl Runner {
    /// Once a beat. The collector writes a step down; where nobody can, the clock is followed all the same.
    pub(super) fn look_at_clock(&mut self, hand: Span) {
        let Some(by) = self.clock.stepped() else {
            self.stepping.seen = None;
            let is_over = self.stepping.followed.is_some_and(|at| hand - at >= SAID);
            if is_over && self.desk.board().stepped.is_some() {
                self.take(Event::Steady);
            }
            return;
        };
        let seen = *self.stepping.seen.get_or_insert(hand);
        if self.holder.term(hand).is_some() {
            let at = self.clock.now();
            self.take(Event::ClockSet { by, at });
        }
        if hand - seen >= PATIENCE {
            self.follow_step(by);
        }
    }

    /// From now on the room's clock shows what the machine's does, where that is set by so much.
    pub(super) fn follow_step(&mut self, by: Span) {
        if !self.clock.take(by) {
            return;
        }
        tracing::warn!(by_ms = by.ms(), "the system clock was set");
        self.stepping = Stepping {
            seen: None,
            followed: Some(self.hand()),
        };
        self.outbox.step(by);
        self.take(Event::Stepped(by));
        self.deliver();
    }
}
