//! How things look: what a thing means becomes a style, for one seat's theme and colour depth.
//!
//! Code everywhere else names a [`Meaning`] and never a colour; the colours stand in `themes/*.toml`. Called by
//! every part and panel through [`Look::style`]. Not here: reducing colours that are already cells (`backend`).

pub mod depth;
pub mod glyphs;
pub mod theme;

use crate::domain::air::level::Rgb;
use crate::domain::air::{Level, Norm, Standard};
use crate::domain::signal::Severity;
use ratatui::style::{Color, Style};

pub use depth::Depth;
pub use glyphs::Glyphs;
pub use theme::{THEMES, Theme, ThemeFault};

/// Declares the meanings with their keys in theme files.
macro_rules! meanings {
    ($($(#[$doc:meta])* $name:ident $key:literal),+ $(,)?) => {
        /// What something on the screen means. A theme gives each one a style.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Meaning { $($(#[$doc])* $name),+ }

        /// One row a meaning: its key in theme files.
        pub const MEANINGS: &[(Meaning, &str)] = &[$((Meaning::$name, $key)),+];
    };
}

meanings! {
    /// The ground of the whole screen.
    Ground "ground",
    /// Running text.
    Text "text",
    /// What the eye should find first in a line.
    Strong "strong",
    /// What is there for whoever looks for it: units, ages, provenance.
    Dim "dim",
    /// A panel's or dialog's title.
    Title "title",
    /// A table's column heads.
    Heading "heading",
    /// Borders and separating lines.
    Rule "rule",
    /// The border of what has the keys.
    RuleFocus "rule-focus",
    /// The header and the footer.
    Bar "bar",
    /// The name of a screen in the header.
    Tab "tab",
    /// The name of this screen in the header.
    TabHere "tab-here",
    /// A key in a hint.
    Key "key",
    /// What a key does.
    Hint "hint",
    /// The row under the cursor.
    Cursor "cursor",
    /// The row under the cursor of a pane that has not got the keys.
    CursorIdle "cursor-idle",
    /// A marked row's mark.
    Mark "mark",
    /// What the filter found in a row.
    Match "match",
    /// A row whose thing is no more; it stays so that nothing moves.
    Gone "gone",
    /// The counter of new rows that wait.
    Waiting "waiting",
    /// An id that leads elsewhere.
    Link "link",
    /// In order.
    Good "good",
    /// To be watched.
    Warn "warn",
    /// Wrong.
    Bad "bad",
    /// Too old to be called fresh.
    Stale "stale",
    /// A red alarm (红) that nobody has seen.
    AlarmRed "alarm-red",
    /// An orange alarm (橙) that nobody has seen.
    AlarmOrange "alarm-orange",
    /// A yellow alarm (黄) that nobody has seen.
    AlarmYellow "alarm-yellow",
    /// A blue alarm (蓝) that nobody has seen.
    AlarmBlue "alarm-blue",
    /// An alarm of any severity that has been seen or is held.
    AlarmSeen "alarm-seen",
    /// Past its time limit.
    Late "late",
    /// The banner of the training city (训练).
    Training "training",
    /// A banner that wants attention: sources late, view frozen.
    Banner "banner",
    /// A banner that says that something does not work: read-only.
    BannerBad "banner-bad",
    /// An answer that it was done.
    Toast "toast",
    /// An answer that it was not done.
    ToastBad "toast-bad",
    /// The ground of a dialog.
    Box "box",
    /// The border of a dialog.
    BoxRule "box-rule",
    /// The name of a field.
    Label "label",
    /// A field.
    Field "field",
    /// The field that is being written in.
    FieldHere "field-here",
    /// A button.
    Button "button",
    /// The button that Enter presses.
    ButtonHere "button-here",
    /// A series in a chart or sparkline.
    Chart "chart",
    /// A second series beside it: published beside computed, last year.
    ChartSecond "chart-second",
    /// A limit in a chart or gauge.
    ChartLimit "chart-limit",
    /// The county's boundary.
    MapBorder "map-border",
    /// A township's name.
    MapTown "map-town",
    /// A station without an index.
    MapStation "map-station",
    /// A fire.
    MapFire "map-fire",
    /// Level 1 of the air: 优.
    AqiExcellent "aqi-excellent",
    /// Level 2 of the air: 良.
    AqiGood "aqi-good",
    /// Level 3 of the air: 轻度污染.
    AqiLight "aqi-light",
    /// Level 4 of the air: 中度污染.
    AqiModerate "aqi-moderate",
    /// Level 5 of the air: 重度污染.
    AqiHeavy "aqi-heavy",
    /// Level 6 of the air: 严重污染.
    AqiSevere "aqi-severe",
    /// No index.
    AqiNone "aqi-none",
}

impl Meaning {
    /// An alarm of this severity that nobody has seen.
    pub fn of_severity(severity: Severity) -> Self {
        match severity {
            Severity::Red => Self::AlarmRed,
            Severity::Orange => Self::AlarmOrange,
            Severity::Yellow => Self::AlarmYellow,
            Severity::Blue => Self::AlarmBlue,
        }
    }

    /// The level of an air index.
    pub fn of_level(level: Option<Level>) -> Self {
        match level {
            None => Self::AqiNone,
            Some(Level::One) => Self::AqiExcellent,
            Some(Level::Two) => Self::AqiGood,
            Some(Level::Three) => Self::AqiLight,
            Some(Level::Four) => Self::AqiModerate,
            Some(Level::Five) => Self::AqiHeavy,
            Some(Level::Six) => Self::AqiSevere,
        }
    }
}

/// One seat's look: a theme at a colour depth, and the characters its terminal draws right.
#[derive(Clone, Debug)]
pub struct Look {
    /// How many colours the terminal has.
    pub depth: Depth,
    /// The characters to draw with.
    pub glyphs: &'static Glyphs,
    styles: Vec<Style>,
}

impl Look {
    /// A theme at a depth. Without colours the mono theme is used, whichever was asked for.
    pub fn new(theme: &Theme, depth: Depth, glyphs: &'static Glyphs) -> Self {
        let mono = Theme::embedded("mono");
        let used = if depth == Depth::None { &mono } else { theme };
        let styles = MEANINGS.iter().map(|row| used.style(row.0, depth)).collect();
        Self {
            depth,
            glyphs,
            styles,
        }
    }

    /// With the levels of the air on the grounds that the room's standard prints. Themes hold those of HJ 633; a ground that
    /// another standard does not share is replaced, in as many colours as there are.
    #[must_use]
    pub fn painted(mut self, room: Norm) -> Self {
        let standard = room.newest();
        for level in Level::ALL {
            let (rgb, themes_own) = (standard.colour(level), Standard::Hj633_2026.colour(level));
            let style = self.styles.get_mut(Meaning::of_level(Some(level)) as usize);
            if let Some(style) = style.filter(|style| rgb != themes_own && style.bg.is_some()) {
                let Rgb(r, g, b) = rgb;
                style.bg = Some(self.depth.reduce(Color::Rgb(r, g, b)));
                style.fg = Some(self.depth.reduce(ink_on(rgb)));
            }
        }
        self
    }

    /// The style of a meaning.
    pub fn style(&self, meaning: Meaning) -> Style {
        self.styles.get(meaning as usize).copied().unwrap_or_default()
    }
}

/// Black or white, whichever is read better on a ground.
fn ink_on(Rgb(r, g, b): Rgb) -> Color {
    let light = 299 * u32::from(r) + 587 * u32::from(g) + 114 * u32::from(b);
    if light > 128_000 {
        Color::Rgb(0, 0, 0)
    } else {
        Color::Rgb(255, 255, 255)
    }
}

#[cfg(test)]
mod tests;
