//! `silence`: a source that fails or is late. What it would have said is unknown, which is never «nothing».

use crate::domain::fact::alarm::Cause;
use crate::domain::feed::{Feed, FeedState, reason};
use crate::domain::id::AlarmId;
use crate::domain::rule::{Condition, RuleSetting, Scene, Test, proposed};
use crate::domain::text::Clean;
use crate::domain::time::Moment;

/// Thresholds of `silence`.
#[derive(Clone, Debug, PartialEq)]
pub struct Silence {
    /// Failed polls in a row from which it is an alarm; late data are one at once.
    pub failures: u32,
}

/// SYS-SRC: every source.
pub(super) fn standard() -> Vec<RuleSetting> {
    let test = Test::Silence(Silence { failures: 2 });
    vec![proposed("SYS-SRC", test, "2 polls, or 3 intervals")]
}

impl Silence {
    pub(super) fn judge(&self, code: &Clean, scene: &Scene<'_>, out: &mut Vec<Condition>) {
        for feed in scene.feeds.values() {
            let silent = match feed.state {
                FeedState::Late => true,
                FeedState::Degraded => feed.loses_too_much(),
                // One that told us to come again much later has failed once only, and is not heard all the same.
                FeedState::Error if feed.failures >= self.failures || feed.is_unheard(scene.now) => true,
                // Not yet often enough, or not yet asked: neither begun nor ended.
                FeedState::Error | FeedState::Never => continue,
                FeedState::Ok | FeedState::Empty => false,
            };
            let id = AlarmId::new(&format!("{code}/{}", feed.id));
            let verdict = silent.then(|| cause(code, feed, scene));
            out.push(Condition { id, verdict });
        }
    }
}

fn cause(code: &Clean, feed: &Feed, scene: &Scene<'_>) -> Cause {
    let began = began(feed).unwrap_or(scene.now);
    Cause::of_source(code.clone(), feed.id.clone(), reason::title(feed), began)
}

fn began(feed: &Feed) -> Option<Moment> {
    match feed.state {
        FeedState::Degraded => feed.degraded_since,
        FeedState::Never | FeedState::Ok | FeedState::Empty | FeedState::Late | FeedState::Error => {
            feed.failing_since.or(feed.newest)
        }
    }
}
