//! `silence`: a source that fails or is late. What it would have said is unknown, which is never «nothing».

use crate::domain::air::Norm;
use crate::domain::fact::alarm::Cause;
use crate::domain::feed::{Feed, FeedState, reason};
use crate::domain::id::AlarmId;
use crate::domain::rule::{Condition, Judge, Kind, RuleSetting, Scene, proposed};
use crate::domain::text::Clean;
use crate::domain::threshold::{ValueKind, thresholds};
use crate::domain::time::Moment;
use std::sync::Arc;

/// The row of this rule.
pub(super) const KIND: Kind = Kind {
    key: "silence",
    says: "A source that is late or fails.",
    thresholds: thresholds! {
        needed failures: ValueKind::Count(1, 100), "Failed polls in a row: 1 to 100. Late data are an alarm at once.";
    },
    make: |given| {
        Ok(Arc::new(Silence {
            failures: given.count("failures")?,
        }))
    },
    standard,
};

#[derive(Debug)]
struct Silence {
    /// Failed polls in a row from which it is an alarm; late data are one at once.
    failures: u32,
}

/// SYS-SRC: every source.
fn standard(_: Norm) -> Vec<RuleSetting> {
    let test = Silence { failures: 2 };
    vec![proposed("SYS-SRC", test, "2 polls, or 3 intervals")]
}

impl Judge for Silence {
    fn judge(&self, code: &Clean, scene: &Scene<'_>, out: &mut Vec<Condition>) {
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

    fn is_of_sources(&self) -> bool {
        true
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
