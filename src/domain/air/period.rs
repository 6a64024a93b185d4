//! Means over time and when they count: hour → day → month → year, and the daily maximum 8-hour mean of ozone.
//!
//! GB 3095-2026, 3.7–3.13 and table 4 (the numbers are those of GB 3095-2012), HJ 663-2013 and HJ 663-2026, 6.1.2.
//! Means over stations are in [`mean`](super::mean).

use crate::domain::air::index::{Day, Peaks};
use crate::domain::air::mean::mean;
use crate::domain::air::pollutant::{Pollutant, Pollutants};
use crate::domain::quantity::Value;
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeMap;

/// The one-hour means of a natural day. The first is the hour from 00:00 to 01:00, which Chinese platforms call 01时.
pub type Hours = [Option<Value>; 24];

/// A mean, and whether enough went into it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mean {
    /// The arithmetic mean of all that is valid (GB 3095-2026, 6.4), enough or not; `None` of nothing.
    pub so_far: Option<Value>,
    /// How many values went in.
    pub valid: usize,
    /// How many the rule wants.
    pub needed: usize,
}

impl Mean {
    /// Of the valid among `values`, when `needed` of them make it count.
    pub fn of(values: impl IntoIterator<Item = Option<Value>>, needed: usize) -> Self {
        let mut valid = 0;
        let so_far = mean(values.into_iter().flatten().inspect(|_| valid += 1));
        Self {
            so_far,
            valid,
            needed,
        }
    }

    /// The mean where enough went into it.
    pub fn value(self) -> Option<Value> {
        self.so_far.filter(|_| self.valid >= self.needed)
    }
}

/// Hours that make a day count: 20 (table 4).
pub const HOURS_A_DAY: usize = 20;
/// Hours that make an 8-hour mean count: 6 (table 4).
pub const HOURS_OF_EIGHT: usize = 6;
/// Days that make a year count: 324 (table 4).
pub const DAYS_A_YEAR: usize = 324;

/// Days that make a month count: 27, in February 25 (table 4).
pub const fn days_a_month(month: u32) -> usize {
    if month == 2 { 25 } else { 27 }
}

/// How the daily maximum 8-hour mean of ozone is taken. HJ 663 is read here by two implementations in two ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OzoneRule {
    /// The label of the day's first 8-hour mean: 8 keeps to the hours of the day (08时 to 24时, 17 means); 1 reaches
    /// seven hours into the day before (24 means).
    pub first: usize,
    /// Valid 8-hour means that make the day count.
    pub needed: usize,
    /// A maximum above this counts with fewer (µg/m³): the grade II limit.
    pub limit: Value,
}

/// 17 means from 08时 on, 14 of them, or above 160 µg/m³ (HJ 663, 6.1.2).
pub const OZONE_RULE: OzoneRule = OzoneRule {
    first: 8,
    needed: 14,
    limit: Value::whole(160),
};

/// The daily maximum 8-hour mean, and whether it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OzoneDay {
    /// The highest valid 8-hour mean so far; `None` of none.
    pub highest: Option<Value>,
    /// How many 8-hour means are valid.
    pub windows: usize,
    /// Whether it counts.
    pub valid: bool,
}

impl OzoneDay {
    /// The maximum where it counts.
    pub fn value(self) -> Option<Value> {
        self.highest.filter(|_| self.valid)
    }
}

/// The 8-hour mean of a window of hours: at least six of them valid.
pub fn eight_hours(window: &[Option<Value>]) -> Option<Value> {
    Mean::of(window.iter().copied(), HOURS_OF_EIGHT).value()
}

/// Sliding means of `width` hours, one for each hour of `series`; those with fewer than `needed` valid hours are `None`.
pub fn sliding(series: &[Option<Value>], width: usize, needed: usize) -> Vec<Option<Value>> {
    (1..=series.len())
        .map(|end| {
            let window = series.get(end.saturating_sub(width)..end).unwrap_or_default();
            Mean::of(window.iter().copied(), needed).value()
        })
        .collect()
}

/// The daily maximum 8-hour mean of `day`; `before` are the last seven hours of the day before, used by a rule that
/// reaches back.
pub fn ozone_day(before: &[Option<Value>; 7], day: &Hours, rule: OzoneRule) -> OzoneDay {
    let mut hours = [None; 31];
    for (to, from) in hours.iter_mut().zip(before.iter().chain(day)) {
        *to = *from;
    }
    let (mut highest, mut windows) = (None, 0);
    for window in hours.windows(8).skip(rule.first.saturating_sub(1)) {
        if let Some(value) = eight_hours(window) {
            highest = highest.max(Some(value));
            windows += 1;
        }
    }
    OzoneDay {
        highest,
        windows,
        valid: windows >= rule.needed || highest.is_some_and(|h| h > rule.limit),
    }
}

/// One natural day of a point, made from its hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Made {
    /// The values that count, ready for [`daily`](super::daily).
    pub day: Day,
    /// Measured, but in too few hours to count.
    pub too_few: Pollutants,
}

/// Makes a day from the hours of six pollutants (in the order of [`Pollutant::ALL`]) and the seven hours of ozone
/// before it. Negative and absurd hours are left out.
pub fn day(hours: &[Hours; 6], ozone_before: &[Option<Value>; 7], rule: OzoneRule) -> Made {
    let usable = |p: Pollutant| p.pick(hours).map(|hour| hour.filter(|&value| p.plausible(value)));
    let highest = |p: Pollutant| usable(p).into_iter().flatten().max();
    let co_8h = sliding(&usable(Pollutant::Co), 8, HOURS_OF_EIGHT);
    let mut too_few = Pollutants::NONE;
    let values = Pollutant::ALL.map(|p| {
        let hours = usable(p);
        let (so_far, value) = if p == Pollutant::O3 {
            let ozone = ozone_day(ozone_before, &hours, rule);
            (ozone.highest, ozone.value())
        } else {
            let mean = Mean::of(hours, HOURS_A_DAY);
            (mean.so_far, mean.value())
        };
        if so_far.is_some() && value.is_none() {
            too_few = too_few.with(p);
        }
        value
    });
    Made {
        day: Day {
            values,
            peaks: Peaks {
                so2_1h: highest(Pollutant::So2),
                no2_1h: highest(Pollutant::No2),
                co_8h: co_8h.into_iter().flatten().max(),
                o3_1h: highest(Pollutant::O3),
            },
            exempt: Pollutants::NONE,
        },
        too_few,
    }
}

/// Why a month or a year does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shortfall {
    /// Too few days in the year.
    Year {
        /// Valid days.
        have: usize,
        /// Days wanted.
        need: usize,
    },
    /// Too few days in a month.
    Month {
        /// 1 to 12.
        month: u32,
        /// Valid days.
        have: usize,
        /// Days wanted.
        need: usize,
    },
}

/// What makes a month or a year of daily values not count, month by month and then the year; empty where it counts.
///
/// Only days of `year` (and of `month`, if given) are counted. Table 4 has this rule for SO₂, NO₂, PM10 and PM2.5.
pub fn shortfalls(days: &BTreeMap<NaiveDate, Value>, year: i32, month: Option<u32>) -> Vec<Shortfall> {
    let count = |m: u32| days.keys().filter(|d| d.year() == year && d.month() == m).count();
    let months = month.map_or(1..=12, |m| m..=m);
    let mut found: Vec<Shortfall> = months
        .map(|m| (m, count(m), days_a_month(m)))
        .filter(|&(_, have, need)| have < need)
        .map(|(month, have, need)| Shortfall::Month { month, have, need })
        .collect();
    let have = days.keys().filter(|d| d.year() == year).count();
    if month.is_none() && have < DAYS_A_YEAR {
        found.push(Shortfall::Year {
            have,
            need: DAYS_A_YEAR,
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flat(micrograms: i64, valid: usize) -> Hours {
        let mut hours = [None; 24];
        hours
            .iter_mut()
            .take(valid)
            .for_each(|hour| *hour = Some(Value::whole(micrograms)));
        hours
    }

    #[test]
    fn twenty_hours_make_a_day_and_nineteen_do_not() {
        assert_eq!(
            Mean::of(flat(40, 20), HOURS_A_DAY).value(),
            Some(Value::whole(40))
        );
        let short = Mean::of(flat(40, 19), HOURS_A_DAY);
        assert_eq!((short.value(), short.so_far), (None, Some(Value::whole(40))));
    }

    #[test]
    fn six_of_eight_hours_make_an_eight_hour_mean() {
        assert!(eight_hours(&flat(50, 6)[..8]).is_some());
        assert!(eight_hours(&flat(50, 5)[..8]).is_none());
    }

    #[test]
    fn the_ozone_day_has_seventeen_means_and_needs_fourteen_or_a_high_one() {
        let none = [None; 7];
        let whole = ozone_day(&none, &flat(90, 24), OZONE_RULE);
        assert_eq!((whole.windows, whole.valid), (17, true));
        let of = |micrograms, valid| ozone_day(&none, &flat(micrograms, valid), OZONE_RULE);
        assert_eq!((of(90, 19).windows, of(90, 19).valid), (14, true));
        assert_eq!((of(90, 18).windows, of(90, 18).valid), (13, false));
        assert!(of(161, 18).valid && !of(160, 18).valid);
        assert_eq!(of(90, 5).highest, None);
    }

    #[test]
    fn an_ozone_rule_that_reaches_back_counts_the_night_before() {
        let before = [Some(Value::whole(200)); 7];
        let back = OzoneRule {
            first: 1,
            ..OZONE_RULE
        };
        assert_eq!(
            ozone_day(&before, &flat(20, 24), OZONE_RULE).highest,
            Some(Value::whole(20))
        );
        let reached = ozone_day(&before, &flat(20, 24), back);
        assert_eq!((reached.highest, reached.windows), (Value::parse("177.5"), 24));
    }

    #[test]
    fn a_day_is_made_of_what_counts_and_names_what_does_not() {
        let mut hours = [flat(40, 24); 6];
        hours[Pollutant::Pm10.index()] = flat(80, 12);
        hours[Pollutant::Co.index()] = flat(-1, 24);
        let made = day(&hours, &[None; 7], OZONE_RULE);
        assert_eq!(made.too_few.to_string(), "PM10");
        assert_eq!(made.day.values[2], None);
        assert_eq!(made.day.values[5], Some(Value::whole(40)));
        assert_eq!(made.day.peaks.o3_1h, Some(Value::whole(40)));
    }

    #[test]
    fn a_february_needs_25_days_and_a_year_324() {
        let first = NaiveDate::from_ymd_opt(2026, 1, 1).expect("a date");
        let mut days: BTreeMap<_, _> = first
            .iter_days()
            .take(365)
            .map(|d| (d, Value::whole(30)))
            .collect();
        assert!(shortfalls(&days, 2026, None).is_empty());
        days.retain(|d, _| d.month() != 2 || d.day() > 4);
        assert_eq!(
            shortfalls(&days, 2026, Some(2)),
            [Shortfall::Month {
                month: 2,
                have: 24,
                need: 25
            }]
        );
        days.retain(|d, _| d.month() < 11);
        assert_eq!(shortfalls(&days, 2026, None).len(), 4);
    }

    #[test]
    fn a_sliding_mean_has_one_value_an_hour() {
        let series: Vec<_> = (1..=10).map(|h| Some(Value::whole(h))).collect();
        let means = sliding(&series, 8, 6);
        assert_eq!(means.len(), 10);
        assert_eq!(means[4], None);
        assert_eq!(means[5], Value::parse("3.5"));
        assert_eq!(means[9], Value::parse("6.5"));
    }
}
