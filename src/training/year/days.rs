//! What was measured in the training year: the county's air day by day, its tributaries month by month.
//!
//! The values are drawn so that the standards' own arithmetic comes to the yearly report's figures: means, the ozone
//! percentile and the number of bad days are set, the days among which they fall are chance.

use crate::domain::air::Pollutant;
use crate::domain::id::{PointId, SourceId};
use crate::domain::quantity::{Quantity, Value};
use crate::domain::reading::{Flag, Period, Reading};
use crate::training::year::{WHOLE, YearPlan};

/// The point that the county's days are of.
pub const COUNTY: &str = "county-days";
/// What the numbers of the tributaries' sections begin with.
pub const TRIBUTARY: char = 'B';
/// Tributary sections of good class, of all 41 (一级支流优良率 80.5 %).
pub const GOOD_TRIBUTARIES: u32 = 33;
/// All of them.
pub const TRIBUTARIES: u32 = 41;

/// A year of air as the report tells of it.
#[derive(Clone, Copy, Debug)]
pub struct Air {
    /// Days that are not good, in a whole year.
    pub bad: u32,
    /// The 90th percentile of ozone, µg/m³.
    pub ozone: i64,
}

/// The year: 333 good days, ozone 153.
pub const THIS_YEAR: Air = Air { bad: 32, ozone: 153 };
/// The year before: 317 good days, ozone 160.
pub const YEAR_BEFORE: Air = Air { bad: 48, ozone: 160 };

/// The days of a year: what each pollutant was, in the order of [`Pollutant::ALL`].
pub fn air(plan: &YearPlan, air: Air) -> Vec<[Value; 6]> {
    let days = plan.days as usize;
    let order = shuffled(plan, days);
    let bad = plan.volume(air.bad) as usize;
    let ozone_bad = bad * 5 / 8;
    // The percentile lies between two ranks (HJ 663, annex A); both are that value.
    let above = days.saturating_sub(2 + (days.saturating_sub(1)) * 9 / 10);
    let ozone = |rank: usize| match rank {
        rank if rank < ozone_bad => 161 + rank as i64,
        rank if rank < above => i64::midpoint(air.ozone, 160),
        rank if rank < above + 3 => air.ozone,
        rank => 60 + (rank * 37 % 80) as i64,
    };
    // Fine particles are bad on the days after those of ozone, and their mean is 28 whatever the bad days were.
    let dusty = |rank: usize| (ozone_bad..bad).contains(&rank);
    let peak = |rank: usize| 76 + (rank % 12) as i64;
    let peaks: i64 = (ozone_bad..bad).map(peak).sum();
    let rest = (28 * days as i64 - peaks) * 1_000_000 / (days - (bad - ozone_bad)) as i64;
    let mut clear = 0_i64;
    let mut all = vec![[Value::whole(0); 6]; days];
    for (rank, day) in order.into_iter().enumerate() {
        let swing = if rank % 2 == 0 { 1 } else { -1 };
        let fine = if dusty(rank) {
            Value::whole(peak(rank))
        } else {
            clear += 1;
            let last = clear + (bad - ozone_bad) as i64 == days as i64 && clear % 2 == 1;
            Value::from_micro(
                rest + if last {
                    0
                } else {
                    8_000_000 * (2 * (clear % 2) - 1)
                },
            )
        };
        let level = |p: Pollutant| match p {
            Pollutant::So2 => Value::whole(6),
            Pollutant::No2 => Value::whole(27),
            Pollutant::Co => Value::from_micro(if rank < days / 5 + 2 { 900_000 } else { 600_000 }),
            Pollutant::O3 => Value::whole(ozone(rank)),
            Pollutant::Pm10 if rank + 1 == days && days % 2 == 1 => Value::from_micro(46_500_000),
            Pollutant::Pm10 => Value::from_micro(46_500_000 + swing * 20_000_000),
            Pollutant::Pm25 => fine,
        };
        if let Some(values) = all.get_mut(day) {
            *values = Pollutant::ALL.map(level);
        }
    }
    all
}

/// The numbers of the days in the order of chance.
fn shuffled(plan: &YearPlan, days: usize) -> Vec<usize> {
    let chance = plan.chance("air");
    let mut order: Vec<usize> = (0..days).collect();
    order.sort_by_key(|day| chance.nth(*day as i64).hex());
    order
}

/// The readings of one day's air; `before` years ahead of the plan's.
pub fn day(plan: &YearPlan, day: i64, values: &[Value; 6]) -> Vec<Reading> {
    let of = |(p, value): (Pollutant, &Value)| Reading {
        point: PointId::new(COUNTY),
        quantity: p.quantity(),
        // Ozone's day is its highest 8-hour mean.
        period: if p == Pollutant::O3 {
            Period::EightHours
        } else {
            Period::Day
        },
        at: plan.midnight(day + 1),
        value: Some(*value),
        flag: Flag::Valid,
        source: SourceId::new("county-days"),
    };
    Pollutant::ALL.into_iter().zip(values).map(of).collect()
}

/// The days of the year before, as far as the plan plays them.
pub fn year_before(plan: &YearPlan) -> Vec<Reading> {
    let days = air(plan, YEAR_BEFORE);
    let of = |(n, values)| day(plan, n as i64 - i64::from(WHOLE), values);
    days.iter().enumerate().flat_map(of).collect()
}

/// The samples of `day` at the sections `points`: on the first day of each 30.
pub fn rivers<'a>(plan: &YearPlan, of: i64, points: impl Iterator<Item = &'a PointId>) -> Vec<Reading> {
    if of.rem_euclid(30) != 0 {
        return Vec::new();
    }
    let sample = |(nth, point): (u32, &PointId)| {
        let good = nth < GOOD_TRIBUTARIES;
        let ammonia = if good { 700_000 } else { 1_300_000 };
        let value = |quantity, micro| Reading {
            point: point.clone(),
            quantity,
            period: Period::Instant,
            at: plan.midnight(of),
            value: Some(Value::from_micro(micro)),
            flag: Flag::Valid,
            source: SourceId::new("river-samples"),
        };
        [
            value(Quantity::Permanganate, 4_200_000),
            value(Quantity::Ammonia, ammonia),
            value(Quantity::TotalPhosphorus, 150_000),
        ]
    };
    (0..).zip(points).flat_map(sample).collect()
}
