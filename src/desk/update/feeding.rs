//! The sources as they are configured, and as who begins to poll them finds them.

use crate::desk::update::Desk;
use crate::desk::update::batch::Batch;
use crate::domain::decide;
use crate::domain::feed::Feed;
use crate::domain::id::{AlarmId, SourceId};

impl Desk {
    /// The sources are these from now on; what is known of their health stays. Gives those that are gone.
    pub(super) fn feed_on(&mut self, feeds: Vec<Feed>) -> Vec<SourceId> {
        let before = std::mem::take(&mut self.board.feeds);
        let on = feeds.into_iter().map(|new| {
            let old = before.get(&new.id).filter(|old| old.kind == new.kind);
            let on = old.map_or_else(|| new.clone(), |old| old.clone().set_as(&new));
            (on.id.clone(), on)
        });
        self.board.feeds = on.collect();
        let gone = before.keys().filter(|id| !self.board.feeds.contains_key(*id));
        gone.cloned().collect()
    }

    /// Nobody waits any more for a source that is gone.
    pub(super) fn end_silence_of(&self, gone: &[SourceId], batch: &mut Batch) {
        let codes = self.rules.iter().filter(|rule| rule.test.is_of_sources());
        for (code, source) in codes.flat_map(|rule| gone.iter().map(move |source| (&rule.code, source))) {
            let id = AlarmId::new(&format!("{code}/{source}"));
            if let Some(fact) = self.board.state.alarms.get(&id).and_then(decide::alarm::end) {
                self.push_alarm(batch, &id, fact);
            }
        }
    }

    /// Whatever the collector before us left of its sources' health is over: nobody polled since.
    pub(super) fn begin_to_poll(&mut self) {
        self.quotas.clear();
        self.own_points.clear();
        let now = self.board.at;
        let fresh = |feed: &Feed| {
            let new = Feed::new(feed.id.clone(), feed.kind.clone(), feed.every, feed.late_after);
            let mut new = new.set_as(feed);
            new.newest = feed.newest;
            if let Some(volume) = new.volume.as_mut().filter(|_| feed.last_poll.is_some()) {
                volume.resume(feed.last_poll, now);
            }
            (feed.id.clone(), new)
        };
        self.board.feeds = self.board.feeds.values().map(fresh).collect();
    }
}
