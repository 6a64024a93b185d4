//! What one poll gave, and whether it may be believed: rows understood against rows there.

use crate::domain::directory::Point;
use crate::domain::fact::forecast::Forecast;
use crate::domain::feed::PollError;
use crate::domain::feed::bounds::Passed;
use crate::domain::id::{TaskId, UnitId};
use crate::domain::reading::{Flag, Reading};
use crate::domain::signal::Signal;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use std::collections::HashSet;

/// Flaws that are kept of one poll; the others are counted.
pub const KEPT_FLAWS: usize = 5;

/// Bytes of memory that a reading takes on its way to the board and the store, about.
pub const READING_WEIGHT: u64 = 400;

/// Bytes of memory that a signal takes, about.
pub const SIGNAL_WEIGHT: u64 = 1500;

/// Why a list was cut that gave more than there is memory for.
pub const MORE_THAN_ROOM: &str = "there is more than a poll may take in memory";

/// Why a list was cut that has more pages than a poll asks for.
pub const MORE_THAN_ASKS: &str = "there are more pages than a poll may ask for";

/// Why a list counts as cut that changed from page to page.
pub const MOVED: &str = "the list moved while it was read";

/// What one poll gave. Good rows come through, bad ones are flaws; [`PollResult::settle`] says whether it may be used at all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PollResult {
    /// Points as the upstream describes them (name, position); the directory's own description goes first.
    pub points: Vec<Point>,
    /// Readings, in the upstream's order.
    pub readings: Vec<Reading>,
    /// Signals, in the upstream's order.
    pub signals: Vec<Signal>,
    /// What units answered to orders, in the upstream's order.
    pub answers: Vec<TaskAnswer>,
    /// Forecasts, one an issue, oldest first.
    pub forecasts: Vec<Forecast>,
    /// Whether `signals` is everything that is active now, so that one no longer listed has ended. Needs proof: no row
    /// lost, no page missing or repeated.
    pub complete: bool,
    /// What began before this was not asked for, so its absence ends nothing; `None` where everything was asked for.
    pub since: Option<Moment>,
    /// What became of the rows.
    pub rows: Rows,
    /// The first few of what could not be read, at most [`KEPT_FLAWS`].
    pub flaws: Vec<BadRow>,
    /// How many flaws there were in all.
    pub flawed: u32,
    /// Whether the upstream always has readings to give, so that none at all are a fault.
    pub speaks: bool,
    /// Whether the list could not be read to its end.
    pub cut: bool,
    /// The bound that was passed, where something was left out for it.
    pub passed: Option<Passed>,
    /// What ended the reading before its end, where a later page failed.
    pub broke: Option<PollError>,
    /// What must be there by the configuration and is not.
    pub lacks: Vec<Lack>,
}

/// What became of the rows of a poll.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    /// Rows that were there and were wanted.
    pub there: u32,
    /// Those of which something could not be understood.
    pub lost: u32,
    /// Those that gave something.
    pub gave: u32,
}

/// Something that must be there by the configuration and is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lack {
    /// An alert that always stands, such as `Watchdog`.
    Alert(Clean),
    /// The upstream's own heartbeat is missing or not a time: the path.
    NoHeartbeat(Clean),
    /// The upstream's own heartbeat is not of now, older or ahead: the path, and what it says.
    WrongHeartbeat(Clean, Moment),
    /// Fewer rows than expected in a span: how many there were, and how many there must be.
    Volume(u32, u32),
}

/// A unit's answer to an order, as an upstream reports it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskAnswer {
    /// The order it answers, by its number on the wire.
    pub task: TaskId,
    /// The unit that answers.
    pub unit: UnitId,
    /// `received`, `on_scene`, `done` or `returned`.
    pub kind: Clean,
    /// The unit's words.
    pub text: Clean,
    /// When it answered, by its own clock.
    pub at: Moment,
    /// A photo: an address.
    pub photo: Option<Clean>,
}

/// A row that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRow {
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
    /// A number lies outside what the quantity can be, or is a code of an instrument and no measurement.
    OutOfRange,
    /// A number is the ceiling of an instrument.
    Ceiling,
    /// An address on the web is none, or is too long.
    NotAnAddress,
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
    /// A member stands twice in one object.
    Doubled,
    /// A word is not in the table that ranks or routes by it: a severity, a township.
    Unknown,
    /// An answer names no order of this room.
    NoOrder,
    /// An answer comes of another unit than the order went to.
    OtherUnit,
    /// An answer is older than its order, or than its delivery.
    TooEarly,
    /// The row's shape is not the one expected.
    Shape,
    /// The list could not be read to its end: a page limit, a repeated page, a window that moved.
    Cut,
}

/// One row a kind of flaw: its key in the store.
pub const FLAW_KINDS: &[(FlawKind, &str)] = &[
    (FlawKind::Missing, "missing"),
    (FlawKind::NotANumber, "not_a_number"),
    (FlawKind::OutOfRange, "out_of_range"),
    (FlawKind::Ceiling, "ceiling"),
    (FlawKind::NotAnAddress, "not_an_address"),
    (FlawKind::NotATime, "not_a_time"),
    (FlawKind::Future, "future"),
    (FlawKind::Unit, "unit"),
    (FlawKind::Position, "position"),
    (FlawKind::Duplicate, "duplicate"),
    (FlawKind::Doubled, "doubled"),
    (FlawKind::Unknown, "unknown"),
    (FlawKind::NoOrder, "no_order"),
    (FlawKind::OtherUnit, "other_unit"),
    (FlawKind::TooEarly, "too_early"),
    (FlawKind::Shape, "shape"),
    (FlawKind::Cut, "cut"),
];

impl FlawKind {
    /// Its key in the store.
    pub fn key(self) -> &'static str {
        FLAW_KINDS
            .iter()
            .find(|row| row.0 == self)
            .map_or("", |row| row.1)
    }

    /// Whether something of the row is lost by it. A value out of range is kept and marked, a word that nobody knows is
    /// shown as it is, a picture is left out, of two values the better one stays, and an answer to another room's order is none of ours.
    pub fn loses(self) -> bool {
        match self {
            Self::Missing
            | Self::NotANumber
            | Self::NotATime
            | Self::Future
            | Self::Unit
            | Self::Position
            | Self::Doubled
            | Self::OtherUnit
            | Self::TooEarly
            | Self::Shape => true,
            Self::OutOfRange
            | Self::NotAnAddress
            | Self::Ceiling
            | Self::Duplicate
            | Self::Unknown
            | Self::NoOrder
            | Self::Cut => false,
        }
    }

    /// By its key.
    pub fn by_key(key: &str) -> Option<Self> {
        FLAW_KINDS.iter().find(|row| row.1 == key).map(|row| row.0)
    }
}

impl PollResult {
    /// Nothing read yet of a poll that may turn out to be whole.
    pub fn begun() -> Self {
        Self {
            complete: true,
            ..Self::default()
        }
    }

    /// Takes in the next page of the same poll. A signal that was on an earlier page means that the list moved while it
    /// was read: what slipped from one page to the other may have been missed.
    pub fn add(&mut self, page: Self) {
        if page.complete && self.complete && self.shares_a_signal_with(&page) {
            self.cut_at("pages", MOVED);
        }
        self.complete &= page.complete;
        self.points.extend(page.points);
        self.readings.extend(page.readings);
        self.signals.extend(page.signals);
        self.answers.extend(page.answers);
        for forecast in page.forecasts {
            let same = |known: &&mut Forecast| known.issued == forecast.issued;
            match self.forecasts.iter_mut().find(same) {
                Some(known) => known.join(forecast),
                None => self.forecasts.push(forecast),
            }
        }
        self.since = self.since.max(page.since);
        self.rows.there = self.rows.there.saturating_add(page.rows.there);
        self.rows.lost = self.rows.lost.saturating_add(page.rows.lost);
        self.rows.gave = self.rows.gave.saturating_add(page.rows.gave);
        let room = KEPT_FLAWS.saturating_sub(self.flaws.len());
        self.flaws.extend(page.flaws.into_iter().take(room));
        self.flawed = self.flawed.saturating_add(page.flawed);
        self.speaks |= page.speaks;
        self.cut |= page.cut;
        self.passed = self.passed.or(page.passed);
        self.broke = self.broke.take().or(page.broke);
        self.lacks.extend(page.lacks);
    }

    /// Bytes of memory that it takes, about.
    pub fn weight(&self) -> u64 {
        let of = |count: usize, each: u64| (count as u64).saturating_mul(each);
        of(self.readings.len(), READING_WEIGHT)
            .saturating_add(of(self.signals.len() + self.answers.len(), SIGNAL_WEIGHT))
            .saturating_add(of(self.points.len(), READING_WEIGHT))
    }

    fn shares_a_signal_with(&self, page: &Self) -> bool {
        let known: HashSet<&str> = self.signals.iter().map(|signal| signal.id.as_str()).collect();
        page.signals
            .iter()
            .any(|signal| known.contains(signal.id.as_str()))
    }

    /// The list was not read to its end: it ends nothing, and says so.
    pub fn cut_at(&mut self, place: &str, why: &str) {
        (self.cut, self.complete) = (true, false);
        self.note(BadRow {
            place: Clean::new(place),
            found: Clean::new(why),
            why: FlawKind::Cut,
        });
    }

    /// Not all of it is taken: it ends nothing, and says so.
    pub fn pass(&mut self, passed: Passed) {
        (self.cut, self.complete) = (true, false);
        self.passed = self.passed.or(Some(passed));
    }

    /// A later page failed: what was read stands, and ends nothing.
    pub fn break_off(&mut self, why: PollError) {
        (self.broke, self.complete, self.speaks) = (Some(why), false, false);
    }

    /// Counts a flaw, and keeps it if it is among the first.
    pub fn note(&mut self, flaw: BadRow) {
        self.flawed = self.flawed.saturating_add(1);
        if self.flaws.len() < KEPT_FLAWS {
            self.flaws.push(flaw);
        }
    }

    /// A row that was read gives nothing after all.
    pub fn set_aside(&mut self, flaw: BadRow) {
        if flaw.why.loses() {
            self.rows.lost = self.rows.lost.saturating_add(1);
        }
        self.note(flaw);
    }

    /// Whether readings came and not one of them has a value: the upstream answers and knows nothing.
    pub fn is_blank(&self) -> bool {
        let says = |reading: &Reading| match reading.flag {
            Flag::Valid | Flag::Modelled | Flag::Maintenance | Flag::Suspect => reading.value.is_some(),
            Flag::Invalid => false,
        };
        !self.readings.is_empty() && self.signals.is_empty() && !self.readings.iter().any(says)
    }

    /// The whole poll, if it may be used.
    ///
    /// # Errors
    /// There were rows and none of them was understood, or there was nothing where there must be something.
    pub fn settle(self) -> Result<Self, PollError> {
        if self.rows.there > 0 && self.rows.gave == 0 {
            return Err(PollError::NoneUnderstood(
                self.rows.there,
                self.flaws.into_iter().next().map(Box::new),
            ));
        }
        if self.speaks && self.readings.is_empty() && !self.cut {
            return Err(PollError::Nothing);
        }
        Ok(self)
    }
}
