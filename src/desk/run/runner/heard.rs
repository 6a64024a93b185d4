//! What the runner itself makes of an event before the desk decides, and what it keeps of it until the desk has.

use crate::desk::poll::wishes;
use crate::desk::run::runner::stepping::Written;
use crate::desk::run::runner::{Runner, stepping};
use crate::desk::{Event, share};
use crate::domain::directory::Point;
use crate::domain::id::SourceId;

/// What is kept of an event until the desk has taken it in.
#[derive(Default)]
pub(super) struct Heard {
    /// From where a poll asks on, once all that it brought is stored.
    pub(super) on: Option<String>,
    /// The term under which a poll asked, with what it read.
    pub(super) asked: Option<(u64, Option<Event>)>,
    /// Steps of the machine's clock that were written down.
    pub(super) steps: Vec<Written>,
}

impl Runner {
    /// `None` where nothing more is to be made of it.
    pub(super) fn hear(&mut self, event: &Event) -> Option<Heard> {
        let mut heard = Heard::default();
        match event {
            // Somebody else collects by now: what they read meanwhile is newer.
            Event::Polled { term, .. } if self.holder.polls(self.hand()) != Some(*term) => {
                tracing::warn!(term, "a poll that began under another term is dropped");
                return None;
            }
            Event::Polled { term, came, on, .. } => {
                let read = matches!(**came, Event::Read { .. }).then(|| (**came).clone());
                heard.on.clone_from(on);
                heard.asked = Some((*term, read));
            }
            Event::StoreChanged => {
                (self.news, self.leavings) = (true, true);
                return None;
            }
            // Before the desk draws up the next letters, so that this one is not on its way any more.
            Event::Sent { task, .. } => self.outbox.landed(task),
            Event::Carried { notice, .. } => self.outbox.carried(notice),
            Event::Stored(entries) => {
                self.anchors.heed(entries);
                self.posting.heed(entries);
                heard.steps = stepping::steps(entries);
                self.pass_on(wishes::of(entries));
            }
            Event::Verified(found) => share::leave_chain(self.store.as_mut(), found),
            Event::Looked(days) => share::leave_days(self.store.as_mut(), days),
            Event::Reconfigured { keep_readings, .. } => {
                self.retention = self.retention.map(|_| *keep_readings);
            }
            Event::Read { .. }
            | Event::Silent { .. }
            | Event::Request(_)
            | Event::Begins { .. }
            | Event::Tick(_)
            | Event::Collects { .. }
            | Event::Writable(_)
            | Event::Unrecorded { .. }
            | Event::TryAgain(_)
            | Event::Readable(_)
            | Event::DayOver { .. }
            | Event::Beside(_)
            | Event::Anchored(_)
            | Event::SignalsCounted(_)
            | Event::Year(_)
            | Event::ConfigRejected(_)
            | Event::Revised(_)
            | Event::Logged(_)
            | Event::ClockSet { .. }
            | Event::Stepped(_)
            | Event::Steady
            | Event::Stop => {}
        }
        Some(heard)
    }

    /// Other processes are told how a source that was polled stands. Who records nothing vouches for no source.
    pub(super) fn vouch(&mut self, source: &SourceId, points: Vec<Point>) {
        let board = self.desk.board();
        let is_read = board.readable.is_ok() && !self.owed.contains_key(source);
        if !is_read || self.holder.term(self.hand()).is_none() {
            return;
        }
        let points = points
            .into_iter()
            .filter(|point| board.points.contains_key(&point.id));
        let points = points.collect();
        self.described.leave(self.store.as_mut(), source, points);
        if let Some(feed) = self.desk.board().feeds.get(source) {
            share::leave_feed(self.store.as_mut(), feed);
        }
    }
}
