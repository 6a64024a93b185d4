//! The sources of the sample in their states, and the lines of its log.

use super::ago;
use lookout::desk::board::LogLine;
use lookout::domain::feed::{Feed, FeedState, PollError, PollResult};
use lookout::domain::id::SourceId;
use lookout::domain::time::Span;

pub(super) fn feeds() -> imbl::OrdMap<SourceId, Feed> {
    let feed = |id: &str, kind: &str, mins: i64| {
        Feed::new(
            SourceId::new(id),
            kind.into(),
            Span::mins(mins),
            Some(Span::mins(90)),
        )
    };
    let good = |mut feed: Feed, mins: i64, rows: u32| {
        feed.good(&PollResult::default(), ago(mins));
        (feed.rows, feed.state, feed.newest) = (rows, FeedState::Ok, Some(ago(mins)));
        feed.next = Some(ago(mins) + feed.every);
        feed
    };
    let mut firms = feed("firms", "firms", 10);
    firms.good(&PollResult::default(), ago(76));
    for _ in 0..5 {
        firms.bad(PollError::Status(503, "Service Unavailable".into()), ago(4));
    }
    firms.failing_since = Some(ago(66));
    let mut late = good(feed("cams", "openmeteo", 60), 62, 24);
    late.state = FeedState::Late;
    late.newest = Some(ago(182));
    [
        good(feed("ningbo-air", "ningbo", 5), 2, 30),
        good(feed("fires", "mapped", 1), 0, 3),
        firms,
        late,
        good(feed("warnings", "cap", 5), 4, 1),
        feed("alerts", "alertmanager", 1),
    ]
    .into_iter()
    .map(|feed| (feed.id.clone(), feed))
    .collect()
}

pub(super) fn log() -> imbl::Vector<LogLine> {
    let line = |mins, level, text: &str| LogLine {
        at: ago(mins),
        level,
        text: text.into(),
    };
    [
        line(200, "info", "collecting as duty-1"),
        line(66, "warn", "firms: 503 Service Unavailable, again in 20 s"),
        line(26, "error", "firms: five polls failed in a row"),
        line(9, "info", "F20261123-0002 opened by zhiban-1"),
    ]
    .into_iter()
    .collect()
}
