//! All figures of a period of days at one point or of one unit: what a monthly or yearly bulletin says of the air.

use crate::domain::air::composite::{Composite, Formula, represented_by};
use crate::domain::air::good::DayCount;
use crate::domain::air::index::{AirIndex, Day};
use crate::domain::air::judge::daily;
use crate::domain::air::limits::{Average, Limits};
use crate::domain::air::mean::mean;
use crate::domain::air::percentile::percentile;
use crate::domain::air::period::{Shortfall, shortfalls};
use crate::domain::air::pollutant::Pollutant;
use crate::domain::air::standard::Norm;
use crate::domain::quantity::Value;
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeMap;

/// The figures of a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// The first day that was given.
    pub first: NaiveDate,
    /// The last day that was given.
    pub last: NaiveDate,
    /// What the days were judged by.
    pub norm: Norm,
    /// Days by level.
    pub days: DayCount,
    /// Each pollutant's figures, in the order of [`Pollutant::ALL`].
    pub pollutants: [Figures; 6],
    /// The composite index.
    pub composite: Composite,
}

/// One pollutant's figures of a period, µg/m³ (CO mg/m³), of its valid days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures {
    /// Valid days.
    pub valid: usize,
    /// The arithmetic mean.
    pub mean: Option<Value>,
    /// Which percentile is an annual indicator (HJ 663-2026, table 1).
    pub percent: u32,
    /// That percentile.
    pub percentile: Option<Value>,
    /// The highest day.
    pub highest: Option<Value>,
    /// Days above the daily limit of grade II in force on their date.
    pub over: usize,
    /// What makes the mean of a whole month or year not count; empty where it counts, and for periods of other lengths
    /// and for CO and O₃, for which GB 3095, table 4 has no rule.
    pub shortfalls: Vec<Shortfall>,
}

/// The daily percentile that is an annual indicator beside the mean: SO₂ and NO₂ 98, PM10, PM2.5 and CO 95, O₃ 90.
pub const fn indicator(p: Pollutant) -> u32 {
    match p {
        Pollutant::So2 | Pollutant::No2 => 98,
        Pollutant::Pm10 | Pollutant::Pm25 | Pollutant::Co => 95,
        Pollutant::O3 => 90,
    }
}

impl Summary {
    /// Of the days given; the O₃ cell of a day is its daily maximum 8-hour mean. Without a `formula` the last day's
    /// is used. `None` of nothing.
    pub fn of(days: &BTreeMap<NaiveDate, Day>, norm: Norm, formula: Option<Formula>) -> Option<Self> {
        let (first, last) = (*days.keys().next()?, *days.keys().next_back()?);
        let indices: Vec<AirIndex> = days
            .iter()
            .map(|(date, day)| daily(norm.on(*date), day))
            .collect();
        let pollutants = Pollutant::ALL.map(|p| Figures::of(p, days));
        let statistics = statistics(&pollutants);
        Some(Self {
            first,
            last,
            norm,
            days: DayCount::of(&indices),
            composite: formula.unwrap_or_else(|| Formula::on(last)).apply(&statistics),
            pollutants,
        })
    }

    /// What represents each pollutant in the composite index, in the order of [`Pollutant::ALL`].
    pub fn statistics(&self) -> [Option<Value>; 6] {
        statistics(&self.pollutants)
    }
}

impl Figures {
    fn of(p: Pollutant, days: &BTreeMap<NaiveDate, Day>) -> Self {
        let valid: BTreeMap<NaiveDate, Value> = days
            .iter()
            .filter_map(|(date, day)| Some((*date, p.pick(&day.values).filter(|&v| p.plausible(v))?)))
            .collect();
        let percent = indicator(p);
        Self {
            valid: valid.len(),
            mean: mean(valid.values().copied()),
            percent,
            percentile: percentile(valid.values().copied(), percent),
            highest: valid.values().max().copied(),
            over: valid
                .iter()
                .filter(|(date, value)| over_limit(p, **date, **value))
                .count(),
            shortfalls: lacking(p, days, &valid),
        }
    }
}

/// Compared as reported: rounded to the pollutant's decimals.
fn over_limit(p: Pollutant, date: NaiveDate, value: Value) -> bool {
    let average = if p == Pollutant::O3 {
        Average::MaxEightHours
    } else {
        Average::Day
    };
    let limit = Limits::on(date).limit(p, average);
    limit.is_some_and(|limit| value.round(p.decimals()) > limit)
}

/// Only for a whole month or a whole year, from its first day to its last.
fn lacking(
    p: Pollutant,
    days: &BTreeMap<NaiveDate, Day>,
    valid: &BTreeMap<NaiveDate, Value>,
) -> Vec<Shortfall> {
    let (Some(first), Some(last)) = (days.keys().next(), days.keys().next_back()) else {
        return Vec::new();
    };
    let ends = last.succ_opt().is_some_and(|next| next.day() == 1);
    if matches!(p, Pollutant::Co | Pollutant::O3) || first.day() != 1 || !ends || first.year() != last.year()
    {
        return Vec::new();
    }
    match (first.month(), last.month()) {
        (a, b) if a == b => shortfalls(valid, first.year(), Some(a)),
        (1, 12) => shortfalls(valid, first.year(), None),
        _ => Vec::new(),
    }
}

fn statistics(pollutants: &[Figures; 6]) -> [Option<Value>; 6] {
    Pollutant::ALL.map(|p| {
        let of = pollutants.get(p.index())?;
        match represented_by(p) {
            Some(_) => of.percentile,
            None => of.mean,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn year(pm25: impl Fn(u32) -> Option<i64>) -> BTreeMap<NaiveDate, Day> {
        let first = NaiveDate::from_ymd_opt(2027, 1, 1).expect("a date");
        let days = (0..365).zip(first.iter_days());
        days.map(|(n, date)| {
            let of = |v: i64| Some(Value::whole(v));
            let values = [
                of(7),
                of(28),
                Some(Value::from_micro(900_000)),
                of(100),
                of(50),
                pm25(n).map(Value::whole),
            ];
            (date, Day::of(values))
        })
        .collect()
    }

    #[test]
    fn a_year_has_its_ratio_its_indicators_and_its_composite_index() {
        let of = Summary::of(&year(|n| Some(if n < 32 { 70 } else { 25 })), Norm::Hj633, None).expect("days");
        assert_eq!(
            (of.days.good(), of.days.ratio().map(|r| r.fixed(1))),
            (333, Some("91.2".into()))
        );
        let pm25 = &of.pollutants[5];
        assert_eq!((pm25.valid, pm25.over, pm25.percent), (365, 32, 95));
        assert_eq!(
            (pm25.percentile, pm25.highest),
            (Some(Value::whole(70)), Some(Value::whole(70)))
        );
        assert_eq!(of.composite.formula.key, "2026-transition");
        assert!(of.composite.index.is_some() && pm25.shortfalls.is_empty());
    }

    #[test]
    fn a_year_with_too_few_days_says_so_and_half_a_month_is_no_year() {
        let days = year(|n| (n >= 50).then_some(25));
        let of = Summary::of(&days, Norm::Hj633, None).expect("days");
        assert_eq!(of.pollutants[5].shortfalls.len(), 3);
        assert_eq!(of.days.without, 50);
        let half: BTreeMap<_, _> = days.into_iter().take(15).collect();
        assert_eq!(
            Summary::of(&half, Norm::Hj633, None).expect("days").pollutants[5].shortfalls,
            []
        );
        assert_eq!(Summary::of(&BTreeMap::new(), Norm::Hj633, None), None);
    }
}
