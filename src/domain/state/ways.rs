//! What the state keeps of ways out: one that takes nothing takes nothing from anyone, whatever it was asked to take.

use crate::domain::id::ChannelId;
use crate::domain::state::State;
use crate::domain::text::Clean;
use crate::domain::time::Moment;

/// That a way takes nothing from anyone.
#[derive(Clone, Debug, PartialEq)]
pub struct WayBlock {
    /// When it first said so, of what holds on.
    pub since: Moment,
    /// Until when; the longest that it said.
    pub until: Moment,
    /// What it said of that.
    pub words: Clean,
}

impl State {
    /// The block of a way, where it takes nothing at `now`.
    pub fn block(&self, way: &ChannelId, now: Moment) -> Option<&WayBlock> {
        self.blocks.get(way).filter(|block| block.until > now)
    }

    /// A way said that it takes nothing: one that lasts still goes on.
    pub(super) fn blocked_by(&mut self, way: &ChannelId, said: WayBlock) {
        let lasting = self.block(way, said.since).cloned();
        let block = match lasting {
            Some(before) if before.until >= said.until => before,
            Some(before) => WayBlock {
                since: before.since,
                ..said
            },
            None => said,
        };
        self.blocks.insert(way.clone(), block);
    }
}
