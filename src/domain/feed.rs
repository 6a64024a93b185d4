//! A source's health: what its last polls gave, told apart so that an error is never an empty list.

use crate::domain::directory::Point;
use crate::domain::id::SourceId;
use crate::domain::id::TaskId;
use crate::domain::reading::Reading;
use crate::domain::signal::Signal;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::domain::time::Span;

/// What one poll gave. Reading never fails as a whole: good rows come through, bad ones are flaws.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Take {
    /// Points as the upstream describes them (name, position); the directory's own description goes first.
    pub points: Vec<Point>,
    /// Readings, in the upstream's order.
    pub readings: Vec<Reading>,
    /// Signals, in the upstream's order.
    pub signals: Vec<Signal>,
    /// What units answered to orders, in the upstream's order.
    pub answers: Vec<TaskAnswer>,
    /// Whether `signals` is everything that is active now, so that one no longer listed has ended.
    pub complete: bool,
    /// Rows that could not be read.
    pub flaws: Vec<Flaw>,
}

/// A unit's answer to an order, as an upstream reports it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskAnswer {
    /// The order it answers.
    pub task: TaskId,
    /// `received`, `on_scene`, `done` or `returned`.
    pub kind: Clean,
    /// The unit's words.
    pub text: Clean,
    /// When it answered.
    pub at: Moment,
}

/// A row that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// Where in the body: `row 17, PM2_5`.
    pub place: Clean,
    /// What stood there, shortened.
    pub found: Clean,
    /// What was wrong.
    pub why: FlawKind,
}

/// What was wrong with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FlawKind {
    /// A field that is needed is missing.
    Missing,
    /// A number is no number.
    NotANumber,
    /// A number lies outside what the quantity can be.
    OutOfRange,
    /// A time cannot be read.
    NotATime,
    /// A time lies in the future by more than an hour.
    Future,
    /// A unit is unknown or does not fit.
    Unit,
    /// The position is not on the globe.
    Position,
    /// The same key stands twice with different values.
    Duplicate,
    /// The row's shape is not the one expected.
    Shape,
}

/// Why a poll gave nothing that could be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The name could not be resolved, or nobody listens.
    Unreachable(Clean),
    /// The certificate was refused.
    Certificate(Clean),
    /// No answer within the time-out.
    Silent,
    /// The connection broke in the middle of the body.
    Truncated,
    /// The body passed the limit, before or after decompression; the limit in bytes.
    TooLarge(u64),
    /// A redirect to another host, or in a circle.
    Redirect(Clean),
    /// 401 or 403: the key is missing, wrong or expired.
    Key(u16),
    /// 429, or the upstream's own word for it; when it may be asked again, if told.
    TooOften(Option<Moment>),
    /// Another status than success.
    Status(u16, Clean),
    /// The body is not what the source speaks: HTML, another schema, broken JSON.
    Foreign(Clean),
    /// The upstream says in its own words that something is wrong.
    Said(Clean),
}

impl Trouble {
    /// Its name in logs and in the ledger, with what the other side said; words for people are in `lang`.
    pub fn code(&self) -> String {
        match self {
            Self::Unreachable(why) => format!("unreachable: {why}"),
            Self::Certificate(why) => format!("certificate: {why}"),
            Self::Silent => "no answer in time".to_owned(),
            Self::Truncated => "answer broke off".to_owned(),
            Self::TooLarge(limit) => format!("answer larger than {limit} bytes"),
            Self::Redirect(to) => format!("redirected: {to}"),
            Self::Key(status) => format!("key refused: {status}"),
            Self::TooOften(_) => "asked too often".to_owned(),
            Self::Status(status, why) => format!("status {status}: {why}"),
            Self::Foreign(why) => format!("not understood: {why}"),
            Self::Said(why) => format!("said: {why}"),
        }
    }
}

/// How a source stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FeedState {
    /// Never polled since this process began, or not yet answered.
    #[default]
    Never,
    /// The last poll was good.
    Ok,
    /// The last poll was good and had nothing to say.
    Empty,
    /// Polls are good, but the newest data are older than they may be, or no poll came back for three intervals.
    Late,
    /// The last poll failed.
    Error,
}

/// One row a state: its key in JSON and filters.
pub const FEED_STATES: &[(FeedState, &str)] = &[
    (FeedState::Never, "never"),
    (FeedState::Ok, "ok"),
    (FeedState::Empty, "empty"),
    (FeedState::Late, "late"),
    (FeedState::Error, "error"),
];

impl FeedState {
    /// The key in JSON and filters.
    pub fn key(self) -> &'static str {
        FEED_STATES
            .iter()
            .find(|row| row.0 == self)
            .map_or("", |row| row.1)
    }

    /// Whether data of this source may be called fresh.
    pub fn is_fresh(self) -> bool {
        matches!(self, Self::Ok | Self::Empty)
    }
}

/// A source with its health.
#[derive(Clone, Debug, PartialEq)]
pub struct Feed {
    /// Its configured name.
    pub id: SourceId,
    /// The kind of upstream: a key of `SOURCES`.
    pub kind: Clean,
    /// How often it is polled.
    pub every: Span,
    /// Data older than this are late; `None` for upstreams that only speak when something happens.
    pub late_after: Option<Span>,
    /// How it stands.
    pub state: FeedState,
    /// The end of the last good poll.
    pub last_good: Option<Moment>,
    /// The end of the last poll, good or not.
    pub last_poll: Option<Moment>,
    /// When it is polled next, if this process polls.
    pub next: Option<Moment>,
    /// The newest observation it ever gave.
    pub newest: Option<Moment>,
    /// Since when polls fail; `None` while they are good.
    pub failing_since: Option<Moment>,
    /// Polls that failed in a row.
    pub failures: u32,
    /// What the last failure was.
    pub trouble: Option<Trouble>,
    /// Rows of the last good poll.
    pub rows: u32,
    /// Flaws of the last good poll.
    pub flaws: u32,
    /// The first few of them.
    pub flaw_samples: Vec<Flaw>,
}

impl Feed {
    /// A source that was never polled.
    pub fn new(id: SourceId, kind: Clean, every: Span, late_after: Option<Span>) -> Self {
        Self {
            id,
            kind,
            every,
            late_after,
            state: FeedState::Never,
            last_good: None,
            last_poll: None,
            next: None,
            newest: None,
            failing_since: None,
            failures: 0,
            trouble: None,
            rows: 0,
            flaws: 0,
            flaw_samples: Vec::new(),
        }
    }

    /// After a good poll.
    pub fn good(&mut self, take: &Take, at: Moment) {
        (self.last_good, self.last_poll) = (Some(at), Some(at));
        (self.failing_since, self.failures, self.trouble) = (None, 0, None);
        self.rows = (take.readings.len() + take.signals.len() + take.answers.len()) as u32;
        self.flaws = take.flaws.len() as u32;
        self.flaw_samples = take.flaws.iter().take(5).cloned().collect();
        let newest = take
            .readings
            .iter()
            .map(|r| r.at)
            .chain(take.signals.iter().map(|s| s.at))
            .max();
        self.newest = self.newest.max(newest);
        self.state = if self.rows == 0 {
            FeedState::Empty
        } else {
            FeedState::Ok
        };
        self.judge(at);
    }

    /// After a failed poll.
    pub fn bad(&mut self, trouble: Trouble, at: Moment) {
        self.last_poll = Some(at);
        self.failing_since = self.failing_since.or(Some(at));
        self.failures = self.failures.saturating_add(1);
        (self.trouble, self.state) = (Some(trouble), FeedState::Error);
    }

    /// As time goes by: a source that was fresh may have become late.
    pub fn judge(&mut self, now: Moment) {
        self.state = self.state_at(now);
    }

    /// How it stands at `now`, as a seat must show it even when nothing has been published since.
    ///
    /// A last good poll that lies ahead of `now` means that the clock was set back: late until polled again.
    pub fn state_at(&self, now: Moment) -> FeedState {
        let Some(good) = self.last_good else {
            return self.state;
        };
        if self.state == FeedState::Error {
            return FeedState::Error;
        }
        let ahead = good > now + Span::mins(2);
        let silent = now.age_of(good) > Span::from_ms(self.every.ms().saturating_mul(3));
        let old =
            matches!((self.late_after, self.newest), (Some(most), Some(newest)) if now.age_of(newest) > most);
        match (ahead || silent || old, self.rows) {
            (true, _) => FeedState::Late,
            (false, 0) => FeedState::Empty,
            (false, _) => FeedState::Ok,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn polled(at: Moment) -> Feed {
        let mut feed = Feed::new(
            SourceId::new("air"),
            Clean::new("cnemc"),
            Span::mins(5),
            Some(Span::hours(2)),
        );
        feed.good(&Take::default(), at);
        feed
    }

    #[test]
    fn silence_makes_a_source_late_and_an_empty_answer_does_not() {
        let at = Moment::from_ms(0);
        assert_eq!(polled(at).state_at(at + Span::mins(15)), FeedState::Empty);
        assert_eq!(polled(at).state_at(at + Span::mins(16)), FeedState::Late);
    }

    #[test]
    fn a_clock_that_was_set_back_makes_no_source_fresh() {
        let at = Moment::from_ms(0);
        assert_eq!(polled(at).state_at(at - Span::hours(1)), FeedState::Late);
    }

    #[test]
    fn a_failure_stays_one_whatever_the_time() {
        let at = Moment::from_ms(0);
        let mut feed = polled(at);
        feed.bad(Trouble::Silent, at + Span::secs(1));
        assert_eq!(feed.state_at(at + Span::secs(2)), FeedState::Error);
    }
}
