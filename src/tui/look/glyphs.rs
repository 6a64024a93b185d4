//! The characters a seat draws with: a full set, and one for terminals that draw ambiguous characters two cells wide.
//!
//! Status is never colour alone: every severity and state has a symbol here and a word in `lang`.

use crate::domain::alarm::AlarmState;
use crate::domain::feed::FeedState;
use crate::domain::signal::Severity;

/// A set of characters, each one cell wide on the terminals it is meant for.
#[derive(Debug, PartialEq, Eq)]
pub struct Glyphs {
    /// Red, orange, yellow, blue.
    pub severity: [&'static str; 4],
    /// An alarm that is unacknowledged, returned, acknowledged, shelved, suppressed, out of service; ISA-18.2's
    /// letter follows it.
    pub alarm: [&'static str; 6],
    /// A feed that was never polled, is ok, empty, degraded, late, wrong.
    pub feed: [&'static str; 6],
    /// In front of the row under the cursor.
    pub cursor: &'static str,
    /// In front of a marked row.
    pub mark: &'static str,
    /// Done, delivered.
    pub check: &'static str,
    /// Refused, failed.
    pub cross: &'static str,
    /// On its way, waiting.
    pub pending: &'static str,
    /// At the end of what was cut.
    pub cut: &'static str,
    /// Rising, falling, level.
    pub trend: [&'static str; 3],
    /// More above, more below.
    pub more: [&'static str; 2],
    /// Between short things in a line.
    pub dot: &'static str,
    /// Between steps: from → to.
    pub arrow: &'static str,
    /// A row for many that shows only itself.
    pub collapsed: &'static str,
    /// A row for many with its own rows below.
    pub expanded: &'static str,
    /// No value.
    pub none: &'static str,
    /// Horizontal and vertical line; corners: top left, top right, bottom left, bottom right.
    pub line: [&'static str; 6],
    /// Levels of a sparkline, lowest first.
    pub spark: [&'static str; 8],
    /// A bar's filled and empty part.
    pub bar: [&'static str; 2],
    /// On the map: station, fire, township.
    pub map: [&'static str; 3],
    /// Whether charts and maps may use braille patterns.
    pub braille: bool,
}

/// The full set.
pub const FULL: Glyphs = Glyphs {
    severity: ["■", "▲", "●", "○"],
    alarm: ["‼", "↩", "▲", "⏸", "⊘", "✖"],
    feed: ["·", "●", "○", "◐", "▲", "✗"],
    cursor: "▌",
    mark: "◆",
    check: "✓",
    cross: "✗",
    pending: "…",
    cut: "…",
    trend: ["↑", "↓", "→"],
    more: ["▲", "▼"],
    dot: "·",
    arrow: "→",
    collapsed: "▸",
    expanded: "▾",
    none: "—",
    line: ["─", "│", "┌", "┐", "└", "┘"],
    spark: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
    bar: ["█", "░"],
    map: ["●", "▲", "·"],
    braille: true,
};

/// For terminals that draw ambiguous characters two cells wide, and for those with few characters.
pub const NARROW: Glyphs = Glyphs {
    severity: ["#", "^", "*", "o"],
    alarm: ["!", "<", "^", "=", "/", "x"],
    feed: [".", "+", "o", "%", "^", "x"],
    cursor: ">",
    mark: "*",
    check: "+",
    cross: "x",
    pending: "~",
    cut: "~",
    trend: ["^", "v", "-"],
    more: ["^", "v"],
    dot: ".",
    arrow: ">",
    collapsed: ">",
    expanded: "v",
    none: "-",
    line: ["-", "|", "+", "+", "+", "+"],
    spark: ["_", ".", ":", "-", "=", "+", "*", "#"],
    bar: ["#", "."],
    map: ["o", "^", "."],
    braille: false,
};

impl Glyphs {
    /// A severity's symbol.
    pub fn of_severity(&self, severity: Severity) -> &'static str {
        let [red, orange, yellow, blue] = self.severity;
        match severity {
            Severity::Red => red,
            Severity::Orange => orange,
            Severity::Yellow => yellow,
            Severity::Blue => blue,
        }
    }

    /// An alarm state's symbol; blank for a normal one.
    pub fn of_alarm(&self, state: AlarmState) -> &'static str {
        let [unacked, returned, acked, shelved, suppressed, out] = self.alarm;
        match state {
            AlarmState::Unacknowledged => unacked,
            AlarmState::Returned => returned,
            AlarmState::Acknowledged => acked,
            AlarmState::Shelved => shelved,
            AlarmState::Suppressed => suppressed,
            AlarmState::OutOfService => out,
            AlarmState::Normal => " ",
        }
    }

    /// A feed state's symbol.
    pub fn of_feed(&self, state: FeedState) -> &'static str {
        let [never, ok, empty, degraded, late, error] = self.feed;
        match state {
            FeedState::Never => never,
            FeedState::Ok => ok,
            FeedState::Empty => empty,
            FeedState::Degraded => degraded,
            FeedState::Late => late,
            FeedState::Error => error,
        }
    }
}
