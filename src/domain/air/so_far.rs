//! "If the day ended now": today's index so far, what would tip it into the next level hour by hour, and whether the
//! day can still stay good. Arithmetic on what was measured, no forecast.

use crate::domain::air::breakpoints::Column;
use crate::domain::air::breakpoints::TABLE_2012;
use crate::domain::air::breakpoints::TABLE_2026;
use crate::domain::air::breakpoints::Table;
use crate::domain::air::index::AirIndex;
use crate::domain::air::index::Day;
use crate::domain::air::judge::daily;
use crate::domain::air::level::Level;
use crate::domain::air::mean::mean;
use crate::domain::air::period::HOURS_OF_EIGHT;
use crate::domain::air::period::Hours;
use crate::domain::air::period::eight_hours;
use crate::domain::air::pollutant::Pollutant;
use crate::domain::air::standard::Standard;
use crate::domain::quantity::Value;

/// Today's hours so far, µg/m³ (CO mg/m³).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Today {
    /// One-hour means in the order of [`Pollutant::ALL`]; hours to come are `None`.
    pub hours: [Hours; 6],
    /// How many hours are over, 0 to 24.
    pub over: usize,
}

/// What today is and may become.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SoFar {
    /// The daily index if the day ended now: means of the hours so far, whether or not they are enough.
    pub now: AirIndex,
    /// The daily index if not a microgram came from now on.
    pub at_best: AirIndex,
    /// For each pollutant, in the order of [`Pollutant::ALL`], what would tip it into the level above its own.
    pub tips: [Vec<Tip>; 6],
}

/// A concentration that would tip a pollutant's daily value into the next level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tip {
    /// The hour of the day by its end, 1 to 24 (01时 to 24时).
    pub hour: usize,
    /// Held from now to the end of that hour, this concentration or more tips it (µg/m³, CO mg/m³).
    pub concentration: Value,
    /// The level it would tip into.
    pub into: Level,
}

impl SoFar {
    /// Whether the day can still end at index 100 or below. `false` also where nothing was measured yet and no
    /// statement is possible: see [`SoFar::now`].
    pub fn can_stay_good(&self) -> bool {
        self.at_best
            .highest()
            .is_some_and(|index| index <= Level::Two.top())
    }

    /// Whether the day can still end at `level` or better.
    pub fn can_stay(&self, level: Level) -> bool {
        self.at_best.highest().is_some_and(|index| index <= level.top())
    }
}

/// Judges today by one of the two Chinese editions; `None` for the others, whose days are made differently.
pub fn so_far(standard: Standard, today: &Today) -> Option<SoFar> {
    let table = match standard {
        Standard::Hj633_2012 => &TABLE_2012,
        Standard::Hj633_2026 => &TABLE_2026,
        Standard::Epa2024 | Standard::Eaqi => return None,
    };
    let today = &cleaned(today);
    let now = daily(
        standard,
        &Day::of(Pollutant::ALL.map(|p| value_after(p, today, today.over))),
    );
    Some(SoFar {
        now,
        at_best: daily(standard, &Day::of(Pollutant::ALL.map(|p| at_best(p, today)))),
        tips: Pollutant::ALL.map(|p| tips(column(table, p), p, today)),
    })
}

/// Without what is not a measurement and without hours that are not over.
fn cleaned(today: &Today) -> Today {
    let over = today.over.min(24);
    Today {
        hours: Pollutant::ALL.map(|p| {
            let mut hours = p.pick(&today.hours).map(|h| h.filter(|&c| p.plausible(c)));
            hours.iter_mut().skip(over).for_each(|hour| *hour = None);
            hours
        }),
        over,
    }
}

const fn column(table: &'static Table, p: Pollutant) -> &'static Column {
    match p {
        Pollutant::So2 => &table.so2_24h,
        Pollutant::No2 => &table.no2_24h,
        Pollutant::Co => &table.co_24h,
        Pollutant::O3 => &table.o3_8h,
        Pollutant::Pm10 => &table.pm10_24h,
        Pollutant::Pm25 => &table.pm25_24h,
    }
}

/// The daily value of the first `over` hours.
fn value_after(p: Pollutant, today: &Today, over: usize) -> Option<Value> {
    let hours = p.pick(&today.hours);
    if p == Pollutant::O3 {
        // Only 8-hour means that are over: the next ones would be made of fewer hours.
        let over = hours.get(..over).unwrap_or(&hours);
        over.windows(8).filter_map(eight_hours).max()
    } else {
        mean(hours.into_iter().take(over).flatten())
    }
}

/// The daily value if every hour to come were zero.
fn at_best(p: Pollutant, today: &Today) -> Option<Value> {
    let mut of = *today;
    if let Some(hours) = of.hours.get_mut(p.index()) {
        hours
            .iter_mut()
            .skip(today.over)
            .for_each(|hour| *hour = Some(Value::whole(0)));
    }
    value_after(p, &of, 24)
}

/// For each hour to come, the concentration that must be held until its end.
fn tips(column: &Column, p: Pollutant, today: &Today) -> Vec<Tip> {
    let index = value_after(p, today, today.over).map_or(Ok(0), |c| column.index(c));
    let Some((border, into)) = index.ok().and_then(|index| next_level(column, index)) else {
        return Vec::new();
    };
    let mut least = i64::MAX;
    (today.over + 1..=24)
        .filter_map(|hour| {
            let held = held_until(p, today, hour, border)?;
            // An 8-hour mean that tipped earlier has tipped the day.
            least = if p == Pollutant::O3 { least.min(held) } else { held };
            Some(Tip {
                hour,
                concentration: Value::from_micro(least),
                into,
            })
        })
        .collect()
}

/// The concentration, in millionths and rounded up, that brings the mean that ends with `hour` to `border` when it is
/// held from now on; `None` where too few of its hours are valid.
fn held_until(p: Pollutant, today: &Today, hour: usize, border: Value) -> Option<i64> {
    let first = if p == Pollutant::O3 {
        hour.checked_sub(8)?
    } else {
        0
    };
    let hours = p.pick(&today.hours);
    let known = hours.get(first..today.over).unwrap_or_default().iter().flatten();
    let (count, sum) = known.fold((0, 0), |(n, sum), c| (n + 1, sum + c.micro()));
    let to_come = (hour - today.over.max(first)) as i64;
    if p == Pollutant::O3 && count + to_come < HOURS_OF_EIGHT as i64 {
        return None;
    }
    let wanted = (border.micro() * (count + to_come) - sum).max(0);
    Some((wanted + to_come - 1).div_euclid(to_come))
}

/// The smallest concentration of the level after that of `index`, and that level.
fn next_level(column: &Column, index: u16) -> Option<(Value, Level)> {
    let top = Level::of(index).top();
    let border = column.point(top)?;
    let into = Level::by_number(Level::of(index).number() + 1)?;
    // Half to even: at an odd last digit a half is already rounded up.
    let unit = 10_i64.pow(6 - column.decimals);
    let odd = (border * Value::ONE / unit) & 1 == 1;
    let half = border * Value::ONE + unit / 2;
    Some((Value::from_micro(half + i64::from(!odd)), into))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn today(over: usize, of: [i64; 6]) -> Today {
        let mut hours = [[None; 24]; 6];
        for (hours, micrograms) in hours.iter_mut().zip(of) {
            hours
                .iter_mut()
                .take(over)
                .for_each(|h| *h = Some(Value::whole(micrograms)));
        }
        Today { hours, over }
    }

    fn at(standard: Standard, today: &Today) -> SoFar {
        so_far(standard, today).expect("a Chinese edition")
    }

    #[test]
    fn half_a_day_of_particles_tips_by_what_the_other_half_brings() {
        let of = at(Standard::Hj633_2026, &today(12, [5, 20, 1, 80, 40, 50]));
        assert_eq!(of.now.of(Pollutant::Pm25), Some(80));
        let tips = &of.tips[Pollutant::Pm25.index()];
        assert_eq!(tips.len(), 12);
        // 60.500001 · 24 − 50 · 12, over twelve hours; and all of it in the next one.
        let last = tips.last().expect("hour 24");
        assert_eq!(
            (last.hour, last.concentration.to_string().as_str()),
            (24, "71.000002")
        );
        assert_eq!(tips[0].concentration.to_string(), "186.500013");
        assert_eq!(last.into, Level::Three);
        assert!(of.can_stay_good());
    }

    #[test]
    fn eight_hours_of_ozone_cannot_be_taken_back_and_particles_can() {
        let of = at(Standard::Hj633_2026, &today(16, [5, 20, 1, 170, 40, 80]));
        assert_eq!(of.now.primary.to_string(), "PM2.5");
        assert!(!of.can_stay_good() && of.can_stay(Level::Three));
        let of = at(Standard::Hj633_2026, &today(16, [5, 20, 1, 90, 40, 80]));
        assert!(of.now.aqi > Some(100) && of.can_stay_good());
    }

    #[test]
    fn before_the_first_hour_nothing_is_said() {
        let of = at(Standard::Hj633_2026, &today(0, [0; 6]));
        assert_eq!(of.now.aqi, None);
        assert_eq!(of.tips[5].len(), 24);
        assert_eq!(of.tips[5][23].concentration.to_string(), "35.5");
        assert_eq!(so_far(Standard::Epa2024, &today(1, [1; 6])), None);
    }

    #[test]
    fn a_finished_day_has_no_tips_and_equals_its_best() {
        let of = at(Standard::Hj633_2026, &today(24, [5, 20, 1, 80, 40, 50]));
        assert!(of.tips.iter().all(Vec::is_empty));
        assert_eq!(of.now, of.at_best);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_tip_tips_and_a_hair_less_does_not(
            over in 0_usize..24, levels in proptest::array::uniform6(0_i64..120), new in any::<bool>(),
        ) {
            let standard = if new { Standard::Hj633_2026 } else { Standard::Hj633_2012 };
            let mut levels = levels;
            levels[2] /= 10;
            let today = today(over, levels);
            let before = at(standard, &today);
            for p in Pollutant::ALL {
                for tip in &before.tips[p.index()] {
                    let with = |micro: i64| {
                        let mut then = today;
                        for hour in &mut then.hours[p.index()][over..tip.hour] {
                            *hour = Some(Value::from_micro(micro));
                        }
                        then.over = tip.hour;
                        at(standard, &then).now.of(p).map(Level::of)
                    };
                    let held = tip.concentration;
                    if held.micro() > 0 && p.plausible(held) {
                        prop_assert!(with(held.micro()) >= Some(tip.into), "{p:?} {tip:?}");
                        // 24 hours of a millionth: a mean is itself rounded to millionths.
                        prop_assert!(with(held.micro() - 24) < Some(tip.into), "{p:?} {tip:?}");
                    }
                }
            }
        }
    }
}
