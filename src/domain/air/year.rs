//! The days of a year so far at the county's stations, and their figures: made once a night, drawn all day.
//!
//! Pure: whoever reads the store hands in hours and gets days. Called by the desk's I/O half; the Targets screen and
//! reports read [`Year`].

use crate::domain::air::good::Comparison;
use crate::domain::air::index::Day;
use crate::domain::air::mean::{HJ663_QUORUM, Member, unit_day};
use crate::domain::air::period::{Hours, OZONE_RULE, day};
use crate::domain::air::pollutant::Pollutant;
use crate::domain::air::standard::Norm;
use crate::domain::air::summary::Summary;
use crate::domain::quantity::Value;
use crate::domain::time::{Moment, Span, Zone};
use chrono::{Datelike, Months, NaiveDate};
use std::collections::BTreeMap;

/// The days of a year that are over, with their figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Year {
    /// The last day that is over.
    pub until: NaiveDate,
    /// The county's days, those with any value.
    pub days: BTreeMap<NaiveDate, Day>,
    /// Their figures; `None` without a day.
    pub summary: Option<Summary>,
    /// Their good days beside those of the same days a year before, by one standard; `None` without a day of both.
    pub comparison: Option<Comparison>,
}

/// The hours of one station: each pollutant's hourly means by the end of their hour, in the order of [`Pollutant::ALL`].
pub type StationHours = [BTreeMap<Moment, Value>; 6];

impl Year {
    /// Of days that were made before, judged by `norm`; those of the year before are compared with.
    pub fn of(norm: Norm, until: NaiveDate, days: &BTreeMap<NaiveDate, Day>) -> Self {
        let to = |end: NaiveDate| {
            let within = move |date: &NaiveDate| date.year() == end.year() && *date <= end;
            let whole = days.iter().filter(move |(date, _)| within(date));
            let known = whole.filter(|(_, day)| day.values.iter().any(Option::is_some));
            known
                .map(|(date, day)| (*date, *day))
                .collect::<BTreeMap<NaiveDate, Day>>()
        };
        let (this, last) = (to(until), to(year_before(until)));
        Self {
            until,
            summary: Summary::of(&this, norm, None),
            comparison: Comparison::of(norm, &this, &last).filter(|_| !last.is_empty()),
            days: this,
        }
    }

    /// Of the stations' hours: each station's days first, then their mean over the stations (HJ 663, 6.2). The flag says
    /// whether a station is a background site.
    pub fn of_hours(norm: Norm, (until, zone): (NaiveDate, Zone), stations: &[(StationHours, bool)]) -> Self {
        let first = first_day(until);
        let days = first.iter_days().take_while(|date| *date <= until);
        let days = days.filter_map(|date| {
            let midnight = Moment::from_local(date.and_hms_opt(0, 0, 0)?, zone)?;
            let members: Vec<Member<Day>> = stations
                .iter()
                .map(|(hours, background)| Member {
                    of: day_of(hours, midnight),
                    background: *background,
                })
                .collect();
            Some((date, unit_day(&members, HJ663_QUORUM)))
        });
        Self::of(norm, until, &days.collect())
    }

    /// How many days of the year are over.
    pub fn gone(&self) -> u32 {
        self.until.ordinal()
    }

    /// How many days the year has.
    pub fn total(&self) -> u32 {
        if self.until.leap_year() { 366 } else { 365 }
    }

    /// Days that count for a pollutant.
    pub fn valid(&self, p: Pollutant) -> u32 {
        let figures = self.summary.as_ref().and_then(|of| of.pollutants.get(p.index()));
        u32::try_from(figures.map_or(0, |of| of.valid)).unwrap_or(u32::MAX)
    }
}

/// The first day whose hours are wanted for the year until this day: that of the year before, to compare with.
pub fn first_day(until: NaiveDate) -> NaiveDate {
    year_before(until).with_ordinal(1).unwrap_or(until)
}

/// The same day of the calendar a year before; the 28th for a 29th of February.
pub fn year_before(date: NaiveDate) -> NaiveDate {
    date.checked_sub_months(Months::new(12)).unwrap_or(date)
}

/// One natural day of a station.
fn day_of(station: &StationHours, midnight: Moment) -> Day {
    let hour = |p: usize, nth: i64| {
        let series = station.get(p)?;
        series.get(&(midnight + Span::hours(nth + 1))).copied()
    };
    let hours: [Hours; 6] = std::array::from_fn(|p| std::array::from_fn(|nth| hour(p, nth as i64)));
    let ozone = Pollutant::O3.index();
    let before = std::array::from_fn(|nth| hour(ozone, nth as i64 - 7));
    day(&hours, &before, OZONE_RULE).day
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::CHINA;

    fn station(value: i64, hours: i64) -> StationHours {
        let midnight = Moment::parse_rfc3339("2026-01-01T00:00:00+08:00").expect("a fixed text");
        let series = (1..=hours).map(|nth| (midnight + Span::hours(nth), Value::whole(value)));
        let series: BTreeMap<Moment, Value> = series.collect();
        std::array::from_fn(|_| series.clone())
    }

    #[test]
    fn days_are_made_of_hours_and_a_day_with_too_few_of_them_is_none() {
        let until = NaiveDate::from_ymd_opt(2026, 1, 3).expect("a date");
        let year = Year::of_hours(
            Norm::Hj633,
            (until, CHINA),
            &[(station(30, 60), false), (station(50, 60), false)],
        );
        assert_eq!(year.gone(), 3);
        assert_eq!(year.days.len(), 2, "twelve hours make no day");
        let mean = year.summary.as_ref().and_then(|of| of.pollutants[5].mean);
        assert_eq!(mean, Some(Value::whole(40)));
        assert_eq!(year.valid(Pollutant::Pm25), 2);
    }

    #[test]
    fn good_days_stand_beside_those_of_the_same_days_a_year_before_by_one_standard() {
        let of = |v: i64| Some(Value::whole(v));
        let day = |pm25: i64| Day::of([of(5), of(20), of(0), of(90), of(50), of(pm25)]);
        let dates = |year: i32| {
            let first = NaiveDate::from_ymd_opt(year, 1, 1).expect("a date");
            first.iter_days().take(365)
        };
        let days = dates(2026).map(|date| (date, day(50)));
        // 70 was good by the old edition and is not by the new.
        let before = dates(2025).map(|date| (date, day(if date.day() == 1 { 70 } else { 50 })));
        let until = NaiveDate::from_ymd_opt(2026, 4, 30).expect("a date");
        let year = Year::of(Norm::Hj633, until, &days.chain(before).collect());
        let of = year.comparison.expect("both years have days");
        assert_eq!(
            (year.days.len(), of.this.valid(), of.last.valid()),
            (120, 120, 120)
        );
        assert_eq!((of.this.good(), of.last.good(), of.recomputed), (120, 116, true));
        assert!(of.enough(year.gone()) && !of.enough(365));
        let alone = Year::of(
            Norm::Hj633,
            until,
            &dates(2026).map(|date| (date, day(50))).collect(),
        );
        assert_eq!(alone.comparison, None);
    }

    #[test]
    fn another_years_days_do_not_count() {
        let until = NaiveDate::from_ymd_opt(2027, 1, 2).expect("a date");
        let year = Year::of_hours(Norm::Hj633, (until, CHINA), &[(station(30, 60), false)]);
        assert_eq!((year.days.len(), year.summary), (0, None));
    }
}
