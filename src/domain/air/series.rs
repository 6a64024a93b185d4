//! The hours of one point, laid out by natural days, ready to become days. Whoever reads hours from a file or from the
//! store puts them in here.

use crate::domain::air::index::Day;
use crate::domain::air::period::Hours;
use crate::domain::air::period::Made;
use crate::domain::air::period::OzoneRule;
use crate::domain::air::period::day;
use crate::domain::air::pollutant::Pollutant;
use crate::domain::quantity::Value;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// What an hour's label means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// The hour ends there: "08:00" is 07:00 to 08:00, and "00:00" the last of the day before. Chinese platforms.
    End,
    /// The hour begins there: HJ 212, most others.
    Start,
}

/// One point's hours by local date.
#[derive(Clone, Debug, Default)]
pub struct Series {
    days: BTreeMap<NaiveDate, [Hours; 6]>,
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

impl Series {
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
    fn midnight_ends_the_day_before_or_begins_the_day_after() {
        assert_eq!(place(date(2), 0, Label::End), Some((date(1), 23)));
        assert_eq!(place(date(1), 24, Label::End), Some((date(1), 23)));
        assert_eq!(place(date(1), 1, Label::End), Some((date(1), 0)));
        assert_eq!(place(date(1), 0, Label::Start), Some((date(1), 0)));
        assert_eq!(place(date(1), 24, Label::Start), Some((date(2), 0)));
        assert_eq!(place(date(1), 25, Label::End), None);
    }

    #[test]
    fn a_rule_that_reaches_back_finds_the_evening_before() {
        let mut series = Series::default();
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
