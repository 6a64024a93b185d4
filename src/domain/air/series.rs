//! The hours of one point, laid out by natural days, ready to become days. Whoever reads hours from a file or from the
//! store puts them in here.

use crate::domain::air::index::Day;
use crate::domain::air::period::{Hours, Made, OzoneRule, day};
use crate::domain::air::pollutant::Pollutant;
use crate::domain::quantity::Value;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// One point's hours by local date.
#[derive(Clone, Debug, Default)]
pub struct PointHours {
    days: BTreeMap<NaiveDate, [Hours; 6]>,
}

impl PointHours {
    /// Puts a one-hour mean in its place (µg/m³, CO mg/m³); what was there before.
    pub fn put(&mut self, at: (NaiveDate, usize), p: Pollutant, value: Value) -> Option<Value> {
        let hours = self.days.entry(at.0).or_insert([[None; 24]; 6]);
        hours.get_mut(p.index())?.get_mut(at.1)?.replace(value)
    }

    /// The hours of a day; all missing where nothing was put.
    pub fn hours(&self, date: NaiveDate) -> [Hours; 6] {
        self.days.get(&date).copied().unwrap_or([[None; 24]; 6])
    }

    /// Every day that has an hour, made of its hours.
    pub fn made(&self, rule: OzoneRule) -> BTreeMap<NaiveDate, Made> {
        let made = self.days.iter().map(|(date, hours)| {
            let before = date.pred_opt().map(|d| Pollutant::O3.pick(&self.hours(d)));
            let mut night = [None; 7];
            for (to, from) in night.iter_mut().zip(before.iter().flatten().skip(17)) {
                *to = *from;
            }
            (*date, day(hours, &night, rule))
        });
        made.collect()
    }

    /// The days alone.
    pub fn days(&self, rule: OzoneRule) -> BTreeMap<NaiveDate, Day> {
        let made = self.made(rule).into_iter();
        made.map(|(date, made)| (date, made.day)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::air::period::OZONE_RULE;

    fn date(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, day).expect("a date")
    }

    #[test]
    fn a_rule_that_reaches_back_finds_the_evening_before() {
        let mut series = PointHours::default();
        for hour in 0..24 {
            series.put((date(1), hour), Pollutant::O3, Value::whole(200));
            series.put((date(2), hour), Pollutant::O3, Value::whole(20));
        }
        let back = OzoneRule {
            first: 1,
            ..OZONE_RULE
        };
        let o3 = |rule| series.days(rule).get(&date(2)).and_then(|day| day.values[3]);
        assert_eq!(o3(OZONE_RULE), Some(Value::whole(20)));
        assert_eq!(o3(back), Value::parse("177.5"));
        assert_eq!(
            series.put((date(2), 0), Pollutant::O3, Value::whole(1)),
            Some(Value::whole(20))
        );
    }
}
