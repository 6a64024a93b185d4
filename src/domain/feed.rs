//! A source's health: what its last polls gave, told apart so that an error is never an empty list.

pub mod bounds;
pub mod quota;
pub mod reason;
mod take;
#[cfg(test)]
mod tests;
mod trouble;
mod volume;

pub use take::{
    BadRow, FLAW_KINDS, FlawKind, KEPT_FLAWS, Lack, MORE_THAN_ASKS, MORE_THAN_ROOM, MOVED, PollResult,
    READING_WEIGHT, Rows, SIGNAL_WEIGHT, TaskAnswer,
};
pub use trouble::PollError;
pub use volume::Volume;

use crate::domain::age;
use crate::domain::feed::bounds::{Bounds, Passed};
use crate::domain::feed::quota::HeldBack;
use crate::domain::id::SourceId;
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Span};

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
    /// The last poll gave something, but not all that was there or must be there: rows lost, a list cut, a heartbeat
    /// missing, no value in any reading.
    Degraded,
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
    (FeedState::Degraded, "degraded"),
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

    /// By its key.
    pub fn by_key(key: &str) -> Option<Self> {
        FEED_STATES.iter().find(|row| row.1 == key).map(|row| row.0)
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
    /// The last good poll before the clock was last set, while the newest observation counts as having moved with it.
    pub leapt: Option<Moment>,
    /// Since when polls fail; `None` while they are good.
    pub failing_since: Option<Moment>,
    /// Polls that failed in a row.
    pub failures: u32,
    /// What the last failure was.
    pub trouble: Option<PollError>,
    /// What came through of the last good poll: readings, signals, answers.
    pub rows: u32,
    /// Rows that were there in the last poll, and what became of them.
    pub read: Rows,
    /// Flaws of the last good poll.
    pub flaws: u32,
    /// The first few of them.
    pub flaw_samples: Vec<BadRow>,
    /// Whether the last list could not be read to its end.
    pub cut: bool,
    /// The bound that it passed, where something was left out for it.
    pub passed: Option<Passed>,
    /// Whether the last readings were all without a value.
    pub blank: bool,
    /// What must be there by the configuration and was not in the last good poll.
    pub lacks: Vec<Lack>,
    /// Since when a good poll has been degraded; `None` while it is whole.
    pub degraded_since: Option<Moment>,
    /// How much of it is taken.
    pub bounds: Bounds,
    /// How much it must at least say, with what was heard of it so far.
    pub volume: Option<Volume>,
    /// What of it waits to be raised, while it floods.
    pub held: Option<HeldBack>,
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
            leapt: None,
            failing_since: None,
            failures: 0,
            trouble: None,
            rows: 0,
            read: Rows::default(),
            flaws: 0,
            flaw_samples: Vec::new(),
            cut: false,
            passed: None,
            blank: false,
            lacks: Vec::new(),
            degraded_since: None,
            bounds: Bounds::default(),
            volume: None,
            held: None,
        }
    }

    /// The same as another one is configured: how it is asked, and what is expected of it.
    #[must_use]
    pub fn set_as(mut self, by: &Self) -> Self {
        (self.every, self.late_after) = (by.every, by.late_after);
        self.bounds = by.bounds;
        let heard = self.volume.take();
        self.volume = by.volume.clone().map(|own| match &heard {
            Some(heard) => own.on_from(heard),
            None => own,
        });
        self
    }

    /// After a good poll.
    pub fn good(&mut self, take: &PollResult, at: Moment) {
        (self.last_good, self.last_poll) = (Some(at), Some(at));
        (self.failing_since, self.failures) = (None, 0);
        self.trouble.clone_from(&take.broke);
        let days = take.forecasts.iter().map(|forecast| forecast.days.len());
        self.rows =
            (take.readings.len() + take.signals.len() + take.answers.len() + days.sum::<usize>()) as u32;
        self.read = take.rows;
        self.flaws = take.flawed;
        (self.cut, self.blank) = (take.cut || take.broke.is_some(), take.is_blank());
        self.passed = take.passed;
        self.lacks.clone_from(&take.lacks);
        let volume = self.volume.as_mut();
        self.lacks.extend(volume.and_then(|volume| volume.take(take, at)));
        self.degraded_since = self.is_degraded().then(|| self.degraded_since.unwrap_or(at));
        self.flaw_samples = take.flaws.iter().take(5).cloned().collect();
        let newest = take
            .readings
            .iter()
            .map(|r| r.at)
            .chain(take.signals.iter().map(|s| s.at))
            .chain(take.forecasts.iter().map(|f| f.issued))
            .filter(|newest| *newest <= at + age::AHEAD)
            .max();
        let settled = self.late_after.unwrap_or_default();
        if newest.is_some() && self.leapt.is_some_and(|before| at.age_of(before) > settled) {
            (self.newest, self.leapt) = (newest, None);
        }
        self.newest = self.newest.max(newest);
        self.state = if self.rows == 0 {
            FeedState::Empty
        } else {
            FeedState::Ok
        };
        self.judge(at);
    }

    /// Until when it put us off, where it is asked again before that.
    pub fn cut_short(&self) -> Option<(Moment, Moment)> {
        let Some(PollError::TooOften(Some(later))) = self.trouble else {
            return None;
        };
        self.next.filter(|next| *next < later).map(|next| (later, next))
    }

    /// What of it waits to be raised after a good poll.
    pub fn hold(&mut self, held: Option<HeldBack>, at: Moment) {
        self.held = held;
        self.degraded_since = self.is_degraded().then(|| self.degraded_since.unwrap_or(at));
        self.judge(at);
    }

    /// Whether the last good poll gave less than was there, or than must be there, or not all of it is raised.
    pub fn is_degraded(&self) -> bool {
        self.read.lost > 0 || self.cut || self.blank || !self.lacks.is_empty() || self.held.is_some()
    }

    /// Why it cannot be relied on, as a code: what the other side said, or what of it is held back.
    pub fn said(&self) -> Option<String> {
        let trouble = self.trouble.as_ref().map(PollError::code);
        let passed = || self.passed.map(Passed::code);
        trouble
            .or_else(|| self.held.as_ref().map(HeldBack::reason))
            .or_else(passed)
    }

    /// Whether what is missing is so much that a person must know: more than the allowed share of the rows, the rest of
    /// a list, every value, or what must be there. That it floods is an alarm of its own.
    pub fn loses_too_much(&self) -> bool {
        let lost = u64::from(self.read.lost) * 100;
        let most = u64::from(self.read.there) * u64::from(self.bounds.lost);
        lost > most || self.cut || self.blank || !self.lacks.is_empty()
    }

    /// The clock was set by so much: all ages stay as they are, that of the newest data until as much time has passed as
    /// makes a source late.
    pub fn step(&mut self, by: Span) {
        let all = [
            &mut self.last_good,
            &mut self.last_poll,
            &mut self.next,
            &mut self.newest,
            &mut self.failing_since,
            &mut self.degraded_since,
        ];
        for at in all.into_iter().flatten() {
            *at = *at + by;
        }
        if let Some(held) = &mut self.held {
            held.since = held.since + by;
        }
        self.leapt = self.last_good;
        if let Some(volume) = &mut self.volume {
            volume.step(by);
        }
    }

    /// After a failed poll.
    pub fn bad(&mut self, trouble: PollError, at: Moment) {
        self.last_poll = Some(at);
        self.failing_since = self.failing_since.or(Some(at));
        self.failures = self.failures.saturating_add(1);
        (self.trouble, self.state) = (Some(trouble), FeedState::Error);
    }

    /// As time goes by: a source that was fresh may have become late.
    pub fn judge(&mut self, now: Moment) {
        self.state = self.state_at(now);
    }

    /// Whether three intervals have passed without a good poll: since the last one, or since it began to fail.
    pub fn is_unheard(&self, now: Moment) -> bool {
        let most = Span::from_ms(self.every.ms().saturating_mul(3));
        let since = self.last_good.or(self.failing_since);
        since.is_some_and(|since| now.age_of(since) > most)
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
        let silent = self.is_unheard(now);
        let old =
            matches!((self.late_after, self.newest), (Some(most), Some(newest)) if now.age_of(newest) > most);
        match (ahead || silent || old, self.rows) {
            (true, _) => FeedState::Late,
            (false, _) if self.is_degraded() => FeedState::Degraded,
            (false, 0) => FeedState::Empty,
            (false, _) => FeedState::Ok,
        }
    }
}
