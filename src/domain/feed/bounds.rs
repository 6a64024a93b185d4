//! How much of a source the room takes: each bound by its key in the configuration, with what holds where that says nothing.

use crate::domain::time::Span;

/// Per cent of a source's rows that may be lost before it is an alarm.
pub const MOST_LOST: u32 = 10;

/// Alarms that a source may raise in a minute: a night of straw fires, or a thousand stations at once, pass.
pub const MOST_ALARMS: u32 = 1000;

/// How long a source may put us off.
pub const MOST_LATER: Span = Span::hours(1);

/// What bounds a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// `most_lost`: per cent of its rows that may be lost before it is an alarm.
    pub lost: u32,
    /// `most_alarms`: alarms that it may raise in a minute.
    pub alarms: u32,
    /// `most_later`: how long it may put us off by one word.
    pub later: Span,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            lost: MOST_LOST,
            alarms: MOST_ALARMS,
            later: MOST_LATER,
        }
    }
}
