//! Letters leave: what is due is sent, or written down first where its way has no key.

use crate::desk::Event;
use crate::desk::run::runner::Runner;

impl Runner {
    /// Sends what is due, where this process surely holds the lease.
    pub(super) fn deliver(&mut self) {
        let at = self.clock.now();
        if !self.holder.delivers(self.hand()) {
            // Whether it still holds is known at one of the next beats.
            self.deliver_at = Some(at);
            return;
        }
        let due = self.outbox.deliver(&self.desk.board().state, at);
        let told = self.outbox.tell(self.desk.board(), at);
        self.deliver_at = due.again.into_iter().chain(told).min();
        if !due.begin.is_empty() {
            // Once they are stored the outbox is looked at again, within this call.
            self.take(Event::Begins { tasks: due.begin, at });
            self.outbox.written();
        }
    }
}
