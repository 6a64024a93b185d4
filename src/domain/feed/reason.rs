//! Why a source cannot be relied on, as it stands with its alarm in the ledger: `air: no answer in time; key refused: 401`.
//!
//! A kind of reason is told once an occurrence, however often reasons change, so that a source that fails now in this way
//! and now in that does not write an entry a poll. Words for people are in `lang`.

use crate::domain::feed::bounds::Passed;
use crate::domain::feed::{Feed, FeedState, Lack, PollError};
use crate::domain::text::Clean;

/// Characters of the other side's words that are kept of a reason.
const WORDS: usize = 60;
/// Most reasons that one title holds.
const MOST: usize = 8;

/// Between a source's name and its reasons, and between a reason and what the other side said.
const BEFORE: &str = ": ";
/// Between two reasons.
const BETWEEN: &str = "; ";

/// The title of a source's alarm: its name and why.
pub fn title(feed: &Feed) -> Clean {
    let reason = reason(feed);
    let reason = reason.replace(BETWEEN, ", ");
    let words: String = reason.chars().take(WORDS).collect();
    match words.trim() {
        "" => Clean::new(feed.id.as_str()),
        words => Clean::new(&format!("{}{BEFORE}{words}", feed.id)),
    }
}

/// Why, now; empty where nothing is known. No figures: they change at every poll.
fn reason(feed: &Feed) -> String {
    match feed.state {
        FeedState::Error => feed.trouble.as_ref().map(PollError::code).unwrap_or_default(),
        FeedState::Late => "late".to_owned(),
        FeedState::Degraded => match (feed.lacks.first(), &feed.trouble) {
            (Some(Lack::Alert(name) | Lack::NoHeartbeat(name) | Lack::WrongHeartbeat(name, _)), _) => {
                name.to_string()
            }
            (Some(Lack::Volume(..)), _) => "too few rows".to_owned(),
            (None, Some(why)) => why.code(),
            (None, None) if feed.passed.is_some() => feed.passed.map(Passed::code).unwrap_or_default(),
            (None, None) if feed.cut => "list cut".to_owned(),
            (None, None) if feed.read.lost > 0 => "rows not understood".to_owned(),
            (None, None) => "no values".to_owned(),
        },
        FeedState::Never | FeedState::Ok | FeedState::Empty => String::new(),
    }
}

/// The reasons that a title holds, the newest first.
pub fn reasons(title: &str) -> impl Iterator<Item = &str> {
    let reasons = title.split_once(BEFORE).map_or("", |(_, reasons)| reasons);
    reasons.split(BETWEEN).filter(|reason| !reason.is_empty())
}

/// A reason's kind, and what the other side said.
pub fn parts(reason: &str) -> (&str, &str) {
    reason.split_once(BEFORE).unwrap_or((reason, ""))
}

/// The title with what `now` adds to it; `None` where it holds that kind of reason already.
pub fn added(before: &str, now: &str) -> Option<Clean> {
    let new = reasons(now).next()?;
    let is_known = |old: &str| parts(old).0 == parts(new).0;
    if reasons(before).any(is_known) || reasons(before).count() >= MOST {
        return None;
    }
    let title = match before.split_once(BEFORE) {
        Some((name, older)) => format!("{name}{BEFORE}{new}{BETWEEN}{older}"),
        None => format!("{before}{BEFORE}{new}"),
    };
    Some(Clean::new(&title))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::SourceId;
    use crate::domain::time::{Moment, Span};

    #[test]
    fn each_kind_of_reason_is_told_once_and_two_are_told_apart() {
        let mut feed = Feed::new(SourceId::new("air"), "cnemc".into(), Span::mins(5), None);
        let mut told = Clean::new("air");
        for (trouble, adds) in [
            (PollError::Key(401), true),
            (PollError::Foreign("Log in; please".into()), true),
            (PollError::Key(403), false),
            (PollError::Foreign("other words".into()), false),
            (PollError::Status(500, "no".into()), true),
            (PollError::Status(502, "no".into()), true),
            (PollError::NoneUnderstood(7, None), true),
            (PollError::NoneUnderstood(8, None), false),
        ] {
            feed.bad(trouble, Moment::from_ms(0));
            let now = added(told.as_str(), title(&feed).as_str());
            assert_eq!(now.is_some(), adds, "{told} + {}", title(&feed));
            told = now.unwrap_or(told);
        }
        let reasons: Vec<&str> = reasons(told.as_str()).collect();
        let apart = [
            "rows not understood",
            "status 502: no",
            "status 500: no",
            "not understood: Log in, please",
            "key refused: 401",
        ];
        assert_eq!(reasons, apart);
    }
}
