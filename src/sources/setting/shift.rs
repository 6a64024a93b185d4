//! The places of an address that are filled with a time: `{time:%Y%m%d}`, `{time-1d:%Y-%m-%d}`, `{time+8h:%H}`.

use crate::domain::time::{Moment, Span};
use chrono::format::{Item, StrftimeItems};

/// How far from now the time lies that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::sources) struct TimeShift(Span);

impl TimeShift {
    /// The shift and the strftime form of a place, without its braces.
    pub(in crate::sources) fn parse(place: &str) -> Option<(Self, &str)> {
        let rest = place.strip_prefix("time")?;
        let (shift, form) = rest.split_once(':')?;
        let span = match shift.strip_prefix('-') {
            Some(back) => Span::from_ms(-Span::parse(back)?.ms()),
            None if shift.is_empty() => Span::ZERO,
            None => Span::parse(shift.strip_prefix('+')?)?,
        };
        Some((Self(span), form))
    }

    /// Whether a place can be filled: its form is known too.
    pub(in crate::sources) fn is_good(place: &str) -> bool {
        Self::parse(place).is_some_and(|(_, form)| {
            form.contains('%') && !StrftimeItems::new(form).any(|item| item == Item::Error)
        })
    }

    /// The time that is asked for at `now`.
    pub(in crate::sources) fn of(self, now: Moment) -> Moment {
        now + self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_may_be_shifted_and_nothing_else_is_a_place() {
        let of = |place: &str| {
            TimeShift::parse(place).map(|(shift, form)| (shift.of(Moment::from_ms(0)).ms(), form.to_owned()))
        };
        assert_eq!(of("time:%Y"), Some((0, "%Y".to_owned())));
        assert_eq!(of("time-1d:%Y%m%d"), Some((-86_400_000, "%Y%m%d".to_owned())));
        assert_eq!(of("time+8h:%H:%M"), Some((28_800_000, "%H:%M".to_owned())));
        for place in ["pge", "time", "time:%Q", "time-:%Y", "timex:%Y", "time:2026"] {
            assert!(!TimeShift::is_good(place), "{place}");
        }
    }
}
