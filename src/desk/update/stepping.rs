//! The machine's clock was set: written down by the collector, and then all that waits goes with it.

use crate::desk::Effect;
use crate::desk::update::Desk;
use crate::desk::update::batch::Batch;
use crate::domain::decide;
use crate::domain::fact::Fact;
use crate::domain::fact::room::RoomFact;
use crate::domain::ledger::Stream;
use crate::domain::time::{Moment, Span};

impl Desk {
    /// The collector writes it down, at the time that would be had nobody set the clock.
    pub(super) fn clock_set(&self, by: Span, at: Moment) -> Vec<Effect> {
        let mut batch = Batch::of_desk(at);
        let fact = Fact::Room(RoomFact::ClockStepped { by: by.ms() });
        batch.push(&self.board.state, Stream::Room, fact);
        batch.into_effects(None)
    }

    /// The room's clock has followed: the ages of sources stay as they are, and it is said.
    pub(super) fn stepped(&mut self, by: Span) -> Vec<Effect> {
        self.board.stepped = Some(by);
        self.judged = self.judged + by;
        self.quotas.values_mut().for_each(|quota| quota.step(by));
        let feeds = self.board.feeds.values().cloned().map(|mut feed| {
            feed.step(by);
            (feed.id.clone(), feed)
        });
        self.board.feeds = feeds.collect();
        vec![Effect::Publish]
    }

    /// What alarms wait for has moved, and by when they were raised.
    pub(super) fn wait_anew(&mut self, by: Span) {
        self.board.figures.step(by);
        let alarms = self.board.state.alarms.values();
        self.due = alarms
            .filter_map(|alarm| Some((decide::alarm::next_due(alarm)?, alarm.id.clone())))
            .collect();
    }
}
