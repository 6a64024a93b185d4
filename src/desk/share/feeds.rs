//! A source's health as the store keeps it for other processes.

use crate::domain::feed::bounds::{Bound, Passed};
use crate::domain::feed::quota::HeldBack;
use crate::domain::feed::{BadRow, FEED_STATES, Feed, FlawKind, Lack, PollError, Rows, Volume};
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use serde::{Deserialize, Serialize};

/// A source's health as the store keeps it.
#[derive(Serialize, Deserialize)]
pub(super) struct FeedRow {
    state: String,
    last_good: Option<i64>,
    last_poll: Option<i64>,
    next: Option<i64>,
    newest: Option<i64>,
    failing_since: Option<i64>,
    failures: u32,
    trouble: Option<TroubleRow>,
    rows: u32,
    flaws: u32,
    /// Rows there, lost and understood.
    #[serde(default)]
    read: (u32, u32, u32),
    #[serde(default)]
    flaw_samples: Vec<FlawRow>,
    #[serde(default)]
    cut: bool,
    #[serde(default)]
    passed: Option<PassedRow>,
    #[serde(default)]
    blank: bool,
    #[serde(default)]
    lacks: Vec<LackRow>,
    #[serde(default)]
    degraded_since: Option<i64>,
    #[serde(default)]
    volume: Option<VolumeRow>,
    #[serde(default)]
    held: Option<HeldRow>,
    #[serde(default)]
    leapt: Option<i64>,
}

/// A bound that was passed as the store keeps it: its key, found, most.
#[derive(Serialize, Deserialize)]
struct PassedRow(String, u64, u64);

/// What is held back of a source that floods as the store keeps it: since when, waiting, gone, most a minute.
#[derive(Serialize, Deserialize)]
struct HeldRow(i64, u64, u64, u32);

/// What was heard of a source's volume as the store keeps it: the rows that were looked for, since when, the newest rows.
#[derive(Serialize, Deserialize)]
struct VolumeRow(u32, Option<i64>, Vec<(i64, u64)>);

/// A flaw as the store keeps it: place, what stood there, key of the kind.
#[derive(Serialize, Deserialize)]
struct FlawRow(String, String, String);

/// A lack as the store keeps it.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum LackRow {
    Alert(String),
    NoHeartbeat(String),
    WrongHeartbeat(String, i64),
    Volume(u32, u32),
}

/// A trouble as the store keeps it.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum TroubleRow {
    Unreachable(String),
    Certificate(String),
    Silent,
    Truncated,
    TooLarge(u64),
    Redirect(String),
    Key(u16),
    TooOften(Option<i64>),
    Status(u16, String),
    Foreign(String),
    Said(String),
    NoneUnderstood(u32, Option<FlawRow>),
    Nothing,
    TooMuch(u64),
    Beyond(PassedRow),
}

impl FeedRow {
    pub(super) fn of(feed: &Feed) -> Self {
        Self {
            state: feed.state.key().to_owned(),
            last_good: feed.last_good.map(Moment::ms),
            last_poll: feed.last_poll.map(Moment::ms),
            next: feed.next.map(Moment::ms),
            newest: feed.newest.map(Moment::ms),
            failing_since: feed.failing_since.map(Moment::ms),
            failures: feed.failures,
            trouble: feed.trouble.as_ref().map(TroubleRow::of),
            rows: feed.rows,
            flaws: feed.flaws,
            read: (feed.read.there, feed.read.lost, feed.read.gave),
            flaw_samples: feed.flaw_samples.iter().map(FlawRow::of).collect(),
            cut: feed.cut,
            passed: feed.passed.map(PassedRow::of),
            blank: feed.blank,
            lacks: feed.lacks.iter().map(LackRow::of).collect(),
            degraded_since: feed.degraded_since.map(Moment::ms),
            volume: feed.volume.as_ref().map(VolumeRow::of),
            held: feed.held.map(HeldRow::of),
            leapt: feed.leapt.map(Moment::ms),
        }
    }

    pub(super) fn onto(self, mut feed: Feed) -> Feed {
        feed.state = FEED_STATES
            .iter()
            .find(|row| row.1 == self.state)
            .map_or(feed.state, |row| row.0);
        feed.last_good = self.last_good.map(Moment::from_ms);
        feed.last_poll = self.last_poll.map(Moment::from_ms);
        feed.next = self.next.map(Moment::from_ms);
        feed.newest = self.newest.map(Moment::from_ms);
        feed.failing_since = self.failing_since.map(Moment::from_ms);
        (feed.failures, feed.rows, feed.flaws) = (self.failures, self.rows, self.flaws);
        feed.trouble = self.trouble.map(TroubleRow::back);
        let (there, lost, gave) = self.read;
        feed.read = Rows { there, lost, gave };
        feed.flaw_samples = self.flaw_samples.into_iter().map(FlawRow::back).collect();
        (feed.cut, feed.blank) = (self.cut, self.blank);
        feed.passed = self.passed.and_then(PassedRow::back);
        feed.lacks = self.lacks.into_iter().map(LackRow::back).collect();
        feed.degraded_since = self.degraded_since.map(Moment::from_ms);
        feed.held = self.held.map(HeldRow::back);
        feed.leapt = self.leapt.map(Moment::from_ms);
        if let (Some(row), Some(volume)) = (self.volume, &mut feed.volume) {
            row.onto(volume);
        }
        feed
    }

    /// Of another time only what was heard is taken: since the last poll nobody has listened.
    pub(super) fn heard_onto(self, feed: &mut Feed, now: Moment) {
        if let (Some(row), Some(volume)) = (self.volume, &mut feed.volume) {
            row.onto(volume);
            volume.resume(self.last_poll.map(Moment::from_ms), now);
        }
    }
}

impl PassedRow {
    fn of(passed: Passed) -> Self {
        Self(passed.bound.key().to_owned(), passed.found, passed.most)
    }

    fn back(self) -> Option<Passed> {
        let Self(key, found, most) = self;
        let bound = Bound::by_key(&key)?;
        Some(Passed { bound, found, most })
    }
}

impl HeldRow {
    fn of(held: HeldBack) -> Self {
        Self(held.since.ms(), held.waiting, held.gone, held.most)
    }

    fn back(self) -> HeldBack {
        let Self(since, waiting, gone, most) = self;
        HeldBack {
            since: Moment::from_ms(since),
            waiting,
            gone,
            most,
        }
    }
}

impl VolumeRow {
    fn of(volume: &Volume) -> Self {
        let (least, since, seen) = volume.learned();
        Self(
            least,
            since.map(Moment::ms),
            seen.map(|(at, key)| (at.ms(), key)).collect(),
        )
    }

    fn onto(self, volume: &mut Volume) {
        let seen = self.2.into_iter().map(|(at, key)| (Moment::from_ms(at), key));
        volume.recall(self.0, self.1.map(Moment::from_ms), seen);
    }
}

impl FlawRow {
    fn of(flaw: &BadRow) -> Self {
        let (place, found) = (flaw.place.as_str(), flaw.found.as_str());
        Self(place.to_owned(), found.to_owned(), flaw.why.key().to_owned())
    }

    fn back(self) -> BadRow {
        BadRow {
            place: Clean::new(&self.0),
            found: Clean::new(&self.1),
            why: FlawKind::by_key(&self.2).unwrap_or(FlawKind::Shape),
        }
    }
}

impl LackRow {
    fn of(lack: &Lack) -> Self {
        match lack {
            Lack::Alert(name) => Self::Alert(name.as_str().to_owned()),
            Lack::NoHeartbeat(path) => Self::NoHeartbeat(path.as_str().to_owned()),
            Lack::WrongHeartbeat(path, at) => Self::WrongHeartbeat(path.as_str().to_owned(), at.ms()),
            Lack::Volume(found, least) => Self::Volume(*found, *least),
        }
    }

    fn back(self) -> Lack {
        match self {
            Self::Alert(name) => Lack::Alert(Clean::new(&name)),
            Self::NoHeartbeat(path) => Lack::NoHeartbeat(Clean::new(&path)),
            Self::WrongHeartbeat(path, at) => Lack::WrongHeartbeat(Clean::new(&path), Moment::from_ms(at)),
            Self::Volume(found, least) => Lack::Volume(found, least),
        }
    }
}

impl TroubleRow {
    fn of(trouble: &PollError) -> Self {
        let text = |t: &Clean| t.as_str().to_owned();
        match trouble {
            PollError::Unreachable(t) => Self::Unreachable(text(t)),
            PollError::Certificate(t) => Self::Certificate(text(t)),
            PollError::Silent => Self::Silent,
            PollError::Truncated => Self::Truncated,
            PollError::TooLarge(bytes) => Self::TooLarge(*bytes),
            PollError::Redirect(t) => Self::Redirect(text(t)),
            PollError::Key(status) => Self::Key(*status),
            PollError::TooOften(until) => Self::TooOften(until.map(Moment::ms)),
            PollError::Status(status, t) => Self::Status(*status, text(t)),
            PollError::Foreign(t) => Self::Foreign(text(t)),
            PollError::Said(t) => Self::Said(text(t)),
            PollError::NoneUnderstood(rows, first) => {
                Self::NoneUnderstood(*rows, first.as_deref().map(FlawRow::of))
            }
            PollError::Nothing => Self::Nothing,
            PollError::TooMuch(limit) => Self::TooMuch(*limit),
            PollError::Beyond(passed) => Self::Beyond(PassedRow::of(*passed)),
        }
    }

    fn back(self) -> PollError {
        let clean = |t: String| Clean::new(&t);
        match self {
            Self::Unreachable(t) => PollError::Unreachable(clean(t)),
            Self::Certificate(t) => PollError::Certificate(clean(t)),
            Self::Silent => PollError::Silent,
            Self::Truncated => PollError::Truncated,
            Self::TooLarge(bytes) => PollError::TooLarge(bytes),
            Self::Redirect(t) => PollError::Redirect(clean(t)),
            Self::Key(status) => PollError::Key(status),
            Self::TooOften(until) => PollError::TooOften(until.map(Moment::from_ms)),
            Self::Status(status, t) => PollError::Status(status, clean(t)),
            Self::Foreign(t) => PollError::Foreign(clean(t)),
            Self::Said(t) => PollError::Said(clean(t)),
            Self::NoneUnderstood(rows, first) => {
                PollError::NoneUnderstood(rows, first.map(|first| Box::new(first.back())))
            }
            Self::Nothing => PollError::Nothing,
            Self::TooMuch(limit) => PollError::TooMuch(limit),
            // A bound of a later version is one of memory to this one.
            Self::Beyond(row) => {
                let most = row.2;
                row.back().map_or(PollError::TooMuch(most), PollError::Beyond)
            }
        }
    }
}
