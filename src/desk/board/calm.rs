//! Whether silence means peace: "no alarms" may be said only while every source is fresh.
//!
//! Called by whatever shows alarms or their absence: screens, lists, reports.

use crate::desk::board::Board;
use crate::domain::feed::Feed;
use crate::domain::feed::FeedState;
use crate::domain::time::Moment;

/// A source that cannot be trusted to have told everything.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gap<'a> {
    /// Which.
    pub feed: &'a Feed,
    /// How it stands: never `Ok` or `Empty`.
    pub state: FeedState,
    /// Since when nothing good, or nothing new, has come; `None` if it never has.
    pub since: Option<Moment>,
}

impl Board {
    /// The sources that are not fresh at `now`, in the order of their names.
    pub fn gaps(&self, now: Moment) -> Vec<Gap<'_>> {
        self.feeds
            .values()
            .filter_map(|feed| {
                let state = feed.state_at(now);
                let since = since(feed, state);
                (!state.is_fresh()).then_some(Gap { feed, state, since })
            })
            .collect()
    }

    /// Whether the absence of alarms may be called calm: there are sources, and all of them are fresh.
    pub fn hears_all(&self, now: Moment) -> bool {
        !self.feeds.is_empty() && self.feeds.values().all(|feed| feed.state_at(now).is_fresh())
    }
}

fn since(feed: &Feed, state: FeedState) -> Option<Moment> {
    match state {
        FeedState::Error => feed.last_good.or(feed.failing_since),
        FeedState::Late => match (feed.late_after, feed.newest) {
            (Some(_), Some(newest)) => feed.last_good.map(|good| good.min(newest)),
            (Some(_) | None, _) => feed.last_good,
        },
        FeedState::Degraded => feed.degraded_since,
        FeedState::Never | FeedState::Ok | FeedState::Empty => feed.last_good,
    }
}
