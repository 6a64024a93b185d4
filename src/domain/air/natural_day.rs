//! Which natural day an hour belongs to. The one answer for rows of a file, readings of the store and the live screens:
//! the hour from 23:00 to 24:00 is the last of its day, however its end is written.

use crate::domain::time::{Moment, Span, Zone};
use chrono::{NaiveDate, Timelike};

/// What an hour's label means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// The hour ends there: "08:00" is 07:00 to 08:00, and "00:00" the last of the day before. Chinese platforms.
    End,
    /// The hour begins there: HJ 212, most others.
    Start,
}

/// The natural day of an hour and its place in it, 0 to 23; `None` for a label that is no hour.
pub fn place(date: NaiveDate, hour: u8, label: Label) -> Option<(NaiveDate, usize)> {
    match (label, hour) {
        (Label::End, 0) => Some((date.pred_opt()?, 23)),
        (Label::End, 1..=24) => Some((date, usize::from(hour) - 1)),
        (Label::Start, 24) => Some((date.succ_opt()?, 0)),
        (Label::Start, 0..=23) => Some((date, usize::from(hour))),
        (_, 25..) => None,
    }
}

/// [`place`] of the hour (or of the sliding mean) that ends at `end`, by the clocks of `zone`.
pub fn place_of(end: Moment, zone: Zone) -> (NaiveDate, usize) {
    let last = (end - Span::from_ms(1)).local(zone);
    (last.date_naive(), last.hour() as usize)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::CHINA;

    fn date(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, day).expect("a date")
    }

    #[test]
    fn midnight_ends_the_day_before_or_begins_the_day_after() {
        assert_eq!(place(date(2), 0, Label::End), Some((date(1), 23)));
        assert_eq!(place(date(1), 24, Label::End), Some((date(1), 23)));
        assert_eq!(place(date(1), 1, Label::End), Some((date(1), 0)));
        assert_eq!(place(date(1), 0, Label::Start), Some((date(1), 0)));
        assert_eq!(place(date(1), 24, Label::Start), Some((date(2), 0)));
        assert_eq!(place(date(1), 25, Label::End), None);
    }

    #[test]
    fn a_moment_has_the_place_of_its_written_end() {
        let begin = Moment::parse_rfc3339("2026-03-01T00:00:00+08:00").expect("a time");
        for hour in 1..=24_u8 {
            let moment = place_of(begin + Span::hours(hour.into()), CHINA);
            assert_eq!(Some(moment), place(date(1), hour, Label::End), "{hour}");
            let before = place_of(begin + Span::hours(i64::from(hour) - 1), CHINA);
            assert_eq!(Some(before), place(date(1), hour - 1, Label::End), "{hour}");
        }
    }
}
