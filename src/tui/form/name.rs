//! How an alarm is named in a dialog: in a line of it, and on its button.

use crate::domain::alarm::Alarm;
use crate::domain::time::Moment;
use crate::lang::{Lang, domain as say, trouble, when};
use crate::tui::part;

/// An alarm in one line: symbol-free, so that it can be read out.
pub fn alarm_words(lang: Lang, alarm: &Alarm, now: Moment) -> String {
    format!(
        "{} {}  {}",
        say::severity(lang, alarm.cause.severity),
        trouble::title(lang, &alarm.cause),
        when::age(lang, now.age_of(alarm.raised))
    )
}

/// A title short enough for a button.
pub fn short(title: &str) -> String {
    part::cut(title, 24, "…")
}
