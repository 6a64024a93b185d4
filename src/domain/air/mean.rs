//! From stations to a unit (county, city): averaged concentrations, never averaged indices. Means over time are in
//! `period`.

use crate::domain::air::index::{Day, Hour, Peaks, Sliding};
use crate::domain::air::pollutant::Pollutant;
use crate::domain::quantity::Value;

/// The share of a unit's stations that must have a valid value (HJ 663-2013, 6.1.3; configuration).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quorum {
    /// With fewer stations than this the smaller share is enough.
    pub few: usize,
    /// Per cent wanted with few stations.
    pub few_percent: usize,
    /// Per cent wanted otherwise.
    pub percent: usize,
}

/// 75 %, or 50 % with fewer than four stations.
pub const HJ663_QUORUM: Quorum = Quorum {
    few: 4,
    few_percent: 50,
    percent: 75,
};

impl Quorum {
    /// Whether `valid` of `all` stations are enough; never with none.
    pub const fn met(self, valid: usize, all: usize) -> bool {
        let percent = if all < self.few {
            self.few_percent
        } else {
            self.percent
        };
        valid > 0 && valid * 100 >= all * percent
    }
}

/// One station's part in a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member<T> {
    /// Its concentrations.
    pub of: T,
    /// A background station (对照点、背景点): kept out of the unit's means.
    pub background: bool,
}

/// The arithmetic mean, rounded half to even in the last of six decimals; `None` of nothing or out of range.
pub fn mean(values: impl IntoIterator<Item = Value>) -> Option<Value> {
    let (sum, count) = values.into_iter().fold((0_i128, 0_i128), |(sum, count), v| {
        (sum + i128::from(v.micro()), count + 1)
    });
    if count == 0 {
        return None;
    }
    let (whole, rest) = (sum.div_euclid(count), sum.rem_euclid(count));
    let up = match (2 * rest).cmp(&count) {
        std::cmp::Ordering::Less => 0,
        std::cmp::Ordering::Equal => whole & 1,
        std::cmp::Ordering::Greater => 1,
    };
    i64::try_from(whole + up).ok().map(Value::from_micro)
}

/// The hour of a unit: the mean of its stations' hours, pollutant by pollutant, background stations left out.
///
/// µg/m³ (CO mg/m³). A pollutant without `quorum`, or whose values are all negative or absurd, is missing.
pub fn unit_hour(members: &[Member<Hour>], quorum: Quorum) -> Hour {
    let of = |p: Pollutant, cell: fn(&Hour, Pollutant) -> Option<Value>| over(members, quorum, p, cell);
    Hour {
        values: Pollutant::ALL.map(|p| of(p, |hour, p| p.pick(&hour.values))),
        sliding: Sliding {
            so2_24h: of(Pollutant::So2, |hour, _| hour.sliding.so2_24h),
            co_8h: of(Pollutant::Co, |hour, _| hour.sliding.co_8h),
            o3_8h: of(Pollutant::O3, |hour, _| hour.sliding.o3_8h),
            pm10_24h: of(Pollutant::Pm10, |hour, _| hour.sliding.pm10_24h),
            pm25_24h: of(Pollutant::Pm25, |hour, _| hour.sliding.pm25_24h),
        },
        exempt: Pollutant::ALL
            .into_iter()
            .filter(|&p| counted(members).all(|hour| hour.exempt.contains(p)))
            .collect(),
    }
}

/// The day of a unit: the mean of its stations' daily values (O₃: of their daily maximum 8-hour means).
///
/// µg/m³ (CO mg/m³). Background stations are left out; a pollutant without `quorum` is missing.
pub fn unit_day(members: &[Member<Day>], quorum: Quorum) -> Day {
    let of = |p: Pollutant, cell: fn(&Day, Pollutant) -> Option<Value>| over(members, quorum, p, cell);
    Day {
        values: Pollutant::ALL.map(|p| of(p, |day, p| p.pick(&day.values))),
        peaks: Peaks {
            so2_1h: of(Pollutant::So2, |day, _| day.peaks.so2_1h),
            no2_1h: of(Pollutant::No2, |day, _| day.peaks.no2_1h),
            co_8h: of(Pollutant::Co, |day, _| day.peaks.co_8h),
            o3_1h: of(Pollutant::O3, |day, _| day.peaks.o3_1h),
        },
        exempt: Pollutant::ALL
            .into_iter()
            .filter(|&p| counted(members).all(|day| day.exempt.contains(p)))
            .collect(),
    }
}

fn counted<T>(members: &[Member<T>]) -> impl Iterator<Item = &T> {
    members.iter().filter(|member| !member.background).map(|m| &m.of)
}

fn over<T>(
    members: &[Member<T>],
    quorum: Quorum,
    p: Pollutant,
    cell: fn(&T, Pollutant) -> Option<Value>,
) -> Option<Value> {
    let values: Vec<Option<Value>> = counted(members).map(|of| cell(of, p)).collect();
    of_unit(p, &values, quorum)
}

/// The mean of one value a station, those without one counted; `None` without `quorum`.
pub(super) fn of_unit(p: Pollutant, stations: &[Option<Value>], quorum: Quorum) -> Option<Value> {
    let valid = || stations.iter().flatten().copied().filter(|&v| p.plausible(v));
    quorum
        .met(valid().count(), stations.len())
        .then(|| mean(valid()))
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::air::hj633::HJ633_2026;
    use crate::domain::air::index::Rules;

    fn pm25(values: &[Option<i64>]) -> Vec<Member<Hour>> {
        values
            .iter()
            .map(|v| Member {
                of: Hour::of([None, None, None, None, None, v.map(Value::whole)]),
                background: false,
            })
            .collect()
    }

    #[test]
    fn a_unit_is_judged_by_its_mean_concentration_and_not_by_its_stations_indices() {
        let hour = unit_hour(&pm25(&[Some(30), Some(200)]), HJ663_QUORUM);
        assert_eq!(hour.values[5], Some(Value::whole(115)));
        assert_eq!(HJ633_2026.hourly(&hour).aqi, Some(150));
    }

    #[test]
    fn a_background_station_stays_out_of_the_mean() {
        let mut members = pm25(&[Some(40), Some(60), Some(500)]);
        members[2].background = true;
        assert_eq!(
            unit_hour(&members, HJ663_QUORUM).values[5],
            Some(Value::whole(50))
        );
    }

    #[test]
    fn too_few_stations_make_no_unit() {
        let with = |values: &[Option<i64>]| unit_hour(&pm25(values), HJ663_QUORUM).values[5].is_some();
        assert!(with(&[Some(1), Some(1), Some(1), None]));
        assert!(!with(&[Some(1), Some(1), None, None]));
        assert!(with(&[Some(1), None]));
        assert!(!with(&[Some(1), None, None]));
        assert!(!with(&[None]) && !with(&[]));
        assert!(!with(&[Some(-1)]));
    }

    #[test]
    fn a_mean_is_rounded_half_to_even_in_its_last_decimal() {
        let of = |micro: &[i64]| mean(micro.iter().map(|&m| Value::from_micro(m))).map(Value::micro);
        assert_eq!(of(&[1, 2]), Some(2));
        assert_eq!(of(&[2, 3]), Some(2));
        assert_eq!(of(&[-1, -2]), Some(-2));
        assert_eq!(of(&[i64::MAX, i64::MAX]), Some(i64::MAX));
        assert_eq!(of(&[]), None);
    }
}
