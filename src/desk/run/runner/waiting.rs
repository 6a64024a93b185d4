//! What waits at the desk's door is taken in together: attempts to deliver that ended meanwhile are one transaction.

use crate::desk::run::runner::Runner;
use crate::desk::{Effect, Event};

/// Most events that are taken in before the board is shown.
const AT_ONCE: usize = 64;

impl Runner {
    /// Takes `first` in and what waits behind it, in their order. Whether to go on: not once one says stop.
    pub(super) fn take_waiting(&mut self, first: Option<Event>) -> bool {
        let waiting = first.into_iter().chain(self.inbox.try_iter().take(AT_ONCE));
        let waiting: Vec<Event> = waiting.collect();
        let mut ended = Vec::new();
        for event in waiting {
            if matches!(event, Event::Sent { .. }) {
                ended.push(event);
                continue;
            }
            self.take_ended(&mut ended);
            if event == Event::Stop {
                return false;
            }
            self.take(event);
        }
        self.take_ended(&mut ended);
        true
    }

    /// Attempts that ended: each touches an order of its own, so that all of them are stored at once.
    fn take_ended(&mut self, ended: &mut Vec<Event>) {
        let under = ended.first().and_then(|event| self.under(event));
        let mut together = Vec::new();
        for event in ended.drain(..) {
            if let Event::Sent { task, .. } = &event {
                self.outbox.landed(task);
            }
            for effect in self.desk.update(event) {
                match effect {
                    Effect::Append {
                        drafts,
                        request: None,
                    } => together.extend(drafts),
                    Effect::Append { .. }
                    | Effect::Keep(_)
                    | Effect::Reread(_)
                    | Effect::Sight(_)
                    | Effect::Publish
                    | Effect::Reply(_)
                    | Effect::Deliver => self.perform(effect, under, 0),
                }
            }
        }
        if !together.is_empty() {
            self.append(&together, (None, under), 0);
        }
    }
}
