//! Working days (工作日): Monday to Friday, less the holidays and more the shifted days that the authority announces each year.
//!
//! Limits of law count by them (petitions, rectification). Which days they are is configuration; a playbook carries the
//! calendar that its limits count by.

use crate::domain::time::{CHINA, Moment, Zone};
use chrono::{Datelike, Days, NaiveDate, NaiveTime, Weekday};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Which days are worked, in the room's zone. Cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// The room's zone: its days begin at this zone's midnight.
    pub zone: Zone,
    /// Weekdays that are free.
    pub holidays: Arc<BTreeSet<NaiveDate>>,
    /// Days of a weekend that are worked (调休).
    pub workdays: Arc<BTreeSet<NaiveDate>>,
}

impl Default for Calendar {
    /// China's zone, no holidays.
    fn default() -> Self {
        Self {
            zone: CHINA,
            holidays: Arc::default(),
            workdays: Arc::default(),
        }
    }
}

impl Calendar {
    /// Whether `day` is worked.
    pub fn is_worked(&self, day: NaiveDate) -> bool {
        let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        self.workdays.contains(&day) || (!weekend && !self.holidays.contains(&day))
    }

    /// The end of the `count`-th working day after the day of `from`; that day itself does not count.
    pub fn after(&self, from: Moment, count: u32) -> Moment {
        let mut day = from.date(self.zone);
        let mut left = count;
        // Even a year of holidays has an end: a count of days cannot run on for ever.
        let mut most = count.saturating_mul(7).saturating_add(400);
        while left > 0 && most > 0 {
            day = day.checked_add_days(Days::new(1)).unwrap_or(day);
            left -= u32::from(self.is_worked(day));
            most -= 1;
        }
        self.end_of(day)
    }

    /// The last moment of a day: the next midnight.
    pub fn end_of(&self, day: NaiveDate) -> Moment {
        let next = day.checked_add_days(Days::new(1)).unwrap_or(day);
        Moment::from_local(next.and_time(NaiveTime::MIN), self.zone).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a fixed text")
    }

    fn moment(text: &str) -> Moment {
        Moment::parse_rfc3339(text).expect("a fixed text")
    }

    #[test]
    fn a_weekend_is_skipped_and_the_first_day_does_not_count() {
        let friday = moment("2026-11-20T09:00:00+08:00");
        let end = Calendar::default().after(friday, 2);
        assert_eq!(end, moment("2026-11-25T00:00:00+08:00"));
        assert_eq!(
            Calendar::default().after(friday, 0),
            moment("2026-11-21T00:00:00+08:00")
        );
    }

    #[test]
    fn holidays_are_free_and_shifted_days_are_worked() {
        let calendar = Calendar {
            holidays: Arc::new(BTreeSet::from([day("2026-11-23")])),
            workdays: Arc::new(BTreeSet::from([day("2026-11-22")])),
            ..Calendar::default()
        };
        let friday = moment("2026-11-20T09:00:00+08:00");
        assert_eq!(calendar.after(friday, 1), moment("2026-11-23T00:00:00+08:00"));
        assert_eq!(calendar.after(friday, 2), moment("2026-11-25T00:00:00+08:00"));
    }
}
