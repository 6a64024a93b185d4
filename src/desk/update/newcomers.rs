//! Points that a source has not had before: as many as it may have. A list whose points have other names at every poll fills
//! neither the room's memory nor its store.

use crate::desk::update::Desk;
use crate::domain::feed::PollResult;
use crate::domain::feed::bounds::{Bound, Passed};
use crate::domain::id::{PointId, SourceId};
use std::collections::HashSet;

impl Desk {
    /// Leaves out of a poll what is of more points than the source may have; those of the directory do not count.
    pub(super) fn admit(&mut self, source: &SourceId, take: &mut PollResult) {
        let Some(feed) = self.board.feeds.get(source) else {
            return;
        };
        let most = feed.bounds.points;
        let latest = self.board.latest.values();
        let listed = &self.board.room.directory.points;
        let before = || {
            let own = latest.filter(|reading| reading.source == *source && !listed.has(&reading.point));
            own.map(|reading| reading.point.clone()).collect()
        };
        let own = self.own_points.entry(source.clone()).or_insert_with(before);
        let mut left_out = HashSet::new();
        let mut is_taken = |id: &PointId| {
            if listed.has(id) || own.contains(id) {
                return true;
            }
            let has_room = own.len() < most as usize;
            let group = if has_room { &mut *own } else { &mut left_out };
            group.insert(id.clone());
            has_room
        };
        take.readings.retain(|reading| is_taken(&reading.point));
        take.points.retain(|point| is_taken(&point.id));
        let found = (own.len() + left_out.len()) as u64;
        if let Some(passed) = Passed::over(Bound::Points, found, most) {
            take.pass(passed);
        }
    }
}
