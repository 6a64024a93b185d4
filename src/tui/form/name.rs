//! How an alarm is named in a dialog: in a line of it, and on its button.

use crate::domain::alarm::Alarm;
use crate::domain::time::Moment;
use crate::lang::{Lang, alarm, domain as say, when};
use crate::tui::part;

/// An alarm in one line: symbol-free, so that it can be read out.
pub fn alarm_words(lang: Lang, alarm: &Alarm, now: Moment) -> String {
    format!(
        "{} {}  {}",
        say::severity(lang, alarm.cause.severity),
        alarm::title(lang, &alarm.cause),
        when::age(lang, now.age_of(alarm.since()))
    )
}

/// A title short enough for a button.
pub fn short(title: &str) -> String {
    part::cut(title, 24, "…")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fact::alarm::Cause;
    use crate::domain::id::AlarmId;
    use crate::domain::time::Span;
    use std::sync::Arc;

    #[test]
    fn one_that_was_raised_by_a_wrong_clock_is_no_older_once_that_is_set_right() {
        let raised = Moment::from_ms(1_790_000_000_000);
        let mut alarm = Alarm::raised(AlarmId::new("a/1"), Arc::new(Cause::default()), raised, 1);
        for by in [Span::days(2), Span::hours(-51)] {
            alarm.step(by);
            let now = raised + alarm.stepped + Span::mins(3);
            assert!(alarm_words(Lang::En, &alarm, now).ends_with("  3m"), "{by:?}");
        }
    }
}
