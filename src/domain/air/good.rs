//! Good days: the ratio (优良天数比率), the levels of a year's days, and years made comparable.

use crate::domain::air::index::{AirIndex, Day};
use crate::domain::air::judge::daily;
use crate::domain::air::level::Level;
use crate::domain::air::period::DAYS_A_YEAR;
use crate::domain::air::standard::{Norm, Standard};
use crate::domain::quantity::Value;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Days counted by level. A day is good at index 100 or below; a day without a verdict (no index, or one that is known to
/// be too low) counts nowhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DayCount {
    /// Days at each level, in the order of [`Level::ALL`].
    pub levels: [u32; 6],
    /// Days without a verdict.
    pub without: u32,
}

impl DayCount {
    /// Counts indices of days.
    pub fn of<'a>(days: impl IntoIterator<Item = &'a AirIndex>) -> Self {
        let mut count = Self::default();
        for day in days {
            match day.level.filter(|_| day.least().is_none()) {
                Some(level) => {
                    if let Some(cell) = count.levels.get_mut(level as usize) {
                        *cell += 1;
                    }
                }
                None => count.without += 1,
            }
        }
        count
    }

    /// Days with index 100 or below (优良天数).
    pub fn good(self) -> u32 {
        Level::One.pick(&self.levels) + Level::Two.pick(&self.levels)
    }

    /// Days with an index (有效天数).
    pub fn valid(self) -> u32 {
        self.levels.iter().sum()
    }

    /// Days above 100.
    pub fn bad(self) -> u32 {
        self.valid() - self.good()
    }

    /// Days above 200 (重度及以上污染天数).
    pub fn heavy(self) -> u32 {
        Level::Five.pick(&self.levels) + Level::Six.pick(&self.levels)
    }

    /// Good days of valid days in per cent, one decimal, half to even; `None` without a valid day.
    pub fn ratio(self) -> Option<Value> {
        percent(self.good(), self.valid())
    }
}

/// `part` of `whole` in per cent, one decimal, half to even; `None` of nothing.
pub fn percent(part: u32, whole: u32) -> Option<Value> {
    let tenths = Value::from_micro(i64::from(part) * 1000).scale(1, i64::from(whole))?;
    Some(Value::from_micro(tenths.micro() * 100_000))
}

/// Two years under one standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The standard both were judged by: that of the later year's last day, or the one that was asked for.
    pub standard: Standard,
    /// The later year.
    pub this: DayCount,
    /// The earlier year.
    pub last: DayCount,
    /// Whether any day was judged by another standard than that of its own date; reports must say so.
    pub recomputed: bool,
}

impl Comparison {
    /// Judges both years' days by one standard of `norm`. `None` where the later year has no day.
    pub fn of(norm: Norm, this: &BTreeMap<NaiveDate, Day>, last: &BTreeMap<NaiveDate, Day>) -> Option<Self> {
        let standard = norm.on(*this.keys().next_back()?);
        let count = |days: &BTreeMap<NaiveDate, Day>| {
            let indices: Vec<AirIndex> = days.values().map(|day| daily(standard, day)).collect();
            DayCount::of(&indices)
        };
        Some(Self {
            standard,
            this: count(this),
            last: count(last),
            recomputed: this
                .keys()
                .chain(last.keys())
                .any(|date| norm.on(*date) != standard),
        })
    }

    /// Whether both have a verdict of enough of `days` days: as large a share as makes a year count (GB 3095, table 4).
    pub fn enough(self, days: u32) -> bool {
        let counts = |of: DayCount| u64::from(of.valid()) * 365 >= u64::from(days) * DAYS_A_YEAR as u64;
        counts(self.this) && counts(self.last)
    }

    /// This year's ratio less last year's, in percentage points of the shown ratios.
    pub fn change(self) -> Option<Value> {
        let (this, last) = (self.this.ratio()?, self.last.ratio()?);
        Some(Value::from_micro(this.micro() - last.micro()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(good: u32, valid: u32) -> String {
        percent(good, valid).expect("some days").fixed(1)
    }

    #[test]
    fn the_seed_years_ratios_come_out() {
        assert_eq!(ratio(333, 365), "91.2");
        assert_eq!(ratio(317, 365), "86.8");
        assert_eq!(ratio(321, 366), "87.7");
        assert_eq!(ratio(320, 366), "87.4");
        assert_eq!(percent(0, 0), None);
    }

    #[test]
    fn a_ratio_is_rounded_once_and_halves_go_to_even() {
        assert_eq!([ratio(1, 2000), ratio(3, 2000)], ["0.0", "0.2"]);
    }

    fn days(year: i32, pm25: i64, count: usize) -> BTreeMap<NaiveDate, Day> {
        let clean = |v| Some(Value::whole(v));
        let day = Day::of([clean(5), clean(20), clean(0), clean(90), clean(50), clean(pm25)]);
        let first = NaiveDate::from_ymd_opt(year, 6, 1).expect("a date");
        first.iter_days().take(count).map(|date| (date, day)).collect()
    }

    #[test]
    fn years_are_compared_under_one_standard_and_say_that_the_older_was_judged_again() {
        let of = Comparison::of(Norm::Hj633, &days(2026, 70, 10), &days(2025, 70, 10)).expect("days");
        assert_eq!((of.standard, of.recomputed), (Standard::Hj633_2026, true));
        assert_eq!((of.this.bad(), of.last.bad()), (10, 10));
        assert_eq!(of.change(), Some(Value::whole(0)));
        let old = Comparison::of(Norm::Hj633, &days(2025, 70, 10), &days(2024, 80, 10)).expect("days");
        assert_eq!((old.standard, old.recomputed), (Standard::Hj633_2012, false));
        assert_eq!(old.change(), Some(Value::whole(100)));
        assert_eq!(
            Comparison::of(Norm::Hj633, &BTreeMap::new(), &days(2024, 1, 1)),
            None
        );
    }

    #[test]
    fn a_day_without_an_index_counts_nowhere() {
        let mut all = days(2026, 200, 3);
        let next = NaiveDate::from_ymd_opt(2026, 7, 1).expect("a date");
        all.insert(next, Day::default());
        let count = Comparison::of(Norm::Hj633, &all, &BTreeMap::new())
            .expect("days")
            .this;
        assert_eq!((count.valid(), count.without, count.heavy()), (3, 1, 3));
        assert_eq!(count.good(), 0);
    }
}
