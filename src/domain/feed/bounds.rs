//! How much of a source the room takes: each bound by its key in the configuration, with what holds where that says nothing.

use crate::domain::time::Span;

/// Per cent of a source's rows that may be lost before it is an alarm.
pub const MOST_LOST: u32 = 10;

/// Alarms that a source may raise in a minute: a night of straw fires, or a thousand stations at once, pass.
pub const MOST_ALARMS: u32 = 1000;

/// How long a source may put us off.
pub const MOST_LATER: Span = Span::hours(1);

/// Points that a source may have: ten times the stations of the country.
pub const MOST_POINTS: u32 = 20_000;

/// What bounds a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// `most_lost`: per cent of its rows that may be lost before it is an alarm.
    pub lost: u32,
    /// `most_alarms`: alarms that it may raise in a minute.
    pub alarms: u32,
    /// `most_later`: how long it may put us off by one word.
    pub later: Span,
    /// `most_points`: points that it may have. One whose points have other names at every poll fills no memory and no store.
    pub points: u32,
    /// What is read of its replies.
    pub most: Most,
}

/// How much of one reply is read; rows also of one poll.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Most {
    /// `most_rows`: rows. What is above is left out.
    pub rows: u32,
    /// `most_values`: values of JSON, lists and objects among them. More than that is not read at all.
    pub values: u32,
    /// `most_depth`: lists and objects within each other. Deeper ones are not read at all.
    pub depth: u32,
}

/// What of a source is bounded by a count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// Rows of a reply, or of a poll.
    Rows,
    /// Values of a reply.
    Values,
    /// The depth of a reply.
    Depth,
    /// Points of a source.
    Points,
}

/// One row a bound: its key in the configuration.
pub const BOUNDS: &[(Bound, &str)] = &[
    (Bound::Rows, "most_rows"),
    (Bound::Values, "most_values"),
    (Bound::Depth, "most_depth"),
    (Bound::Points, "most_points"),
];

/// The kind of trouble that a passed bound is, as a code.
pub const BEYOND: &str = "more than is read";

/// A bound that was passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passed {
    /// Which.
    pub bound: Bound,
    /// How much there was.
    pub found: u64,
    /// How much is taken.
    pub most: u64,
}

impl Passed {
    /// What there was, where it is more than may be.
    pub fn over(bound: Bound, found: u64, most: u32) -> Option<Self> {
        let most = u64::from(most);
        (found > most).then_some(Self { bound, found, most })
    }

    /// Its name in the ledger. Without what was found, which is another figure at every poll.
    pub fn code(self) -> String {
        format!("{BEYOND}: {} {}", self.bound.key(), self.most)
    }
}

impl Bound {
    /// Its key in the configuration.
    pub fn key(self) -> &'static str {
        BOUNDS.iter().find(|row| row.0 == self).map_or("", |row| row.1)
    }

    /// By its key.
    pub fn by_key(key: &str) -> Option<Self> {
        BOUNDS.iter().find(|row| row.1 == key).map(|row| row.0)
    }
}

impl Default for Most {
    fn default() -> Self {
        Self {
            rows: 200_000,
            values: 4_000_000,
            depth: 120,
        }
    }
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            lost: MOST_LOST,
            alarms: MOST_ALARMS,
            later: MOST_LATER,
            points: MOST_POINTS,
            most: Most::default(),
        }
    }
}
