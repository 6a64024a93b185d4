//! "If the day ended now" (此刻结束): the daily index of a point or a unit so far, what would tip it into the next level
//! and at which hour, and whether the day can still stay good. Arithmetic on what was measured, no forecast.
//!
//! A unit's day is made as when it is over: each station's own day first, then their mean where enough of them have one
//! (HJ 663, 6.1.3). A point is a unit of one station.

use crate::domain::air::index::{Absence, AirIndex, Day};
use crate::domain::air::judge::daily;
use crate::domain::air::level::Level;
use crate::domain::air::mean::{HJ663_QUORUM, Member, mean, of_unit};
use crate::domain::air::period::{HOURS_A_DAY, HOURS_OF_EIGHT, Hours, OZONE_RULE, eight_hours, sliding};
use crate::domain::air::pollutant::Pollutant;
use crate::domain::air::standard::Standard;
use crate::domain::quantity::Value;

/// A day's hours so far at each station, µg/m³ (CO mg/m³).
#[derive(Clone, Copy, Debug)]
pub struct Today<'a> {
    /// One-hour means in the order of [`Pollutant::ALL`]; what lies beyond `over` is not looked at.
    pub stations: &'a [Member<[Hours; 6]>],
    /// How many hours are over, 0 to 24.
    pub over: usize,
}

/// What a day is and may become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SoFar {
    /// How many hours are over, 0 to 24.
    pub over: usize,
    /// The daily index if the day ended now: of the hours so far, of a pollutant only while it has missed no more hours
    /// than a day may (4 of 24; ozone 3 of its 17 eight-hour means).
    pub now: AirIndex,
    /// The daily index if not a microgram came from now on.
    pub at_best: AirIndex,
    /// What would tip the day into the next level; `None` for a day that is over, for the highest level, where nothing was
    /// measured, and for the European bands.
    pub tip: Option<DayTip>,
}

/// The pollutant that would tip the day first, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayTip {
    /// Which.
    pub pollutant: Pollutant,
    /// The level the day would tip into.
    pub into: Level,
    /// Its concentration in the last hour.
    pub present: Value,
    /// If that lasts: the hour of the day by whose end the day has tipped, 1 to 24 (01时 to 24时). `None` if it never does.
    pub hour: Option<usize>,
    /// The least concentration that, held to the end of the day, tips it.
    pub needed: Value,
}

impl SoFar {
    /// Whether the day can still end at index 100 or below. `false` also where nothing was measured yet and no
    /// statement is possible: see [`SoFar::now`].
    pub fn can_stay_good(&self) -> bool {
        let best = self.at_best.highest();
        best.is_some_and(|index| index <= Level::Two.top())
    }
}

/// Judges a day that is not over, or just is.
pub fn so_far(standard: Standard, today: &Today<'_>) -> SoFar {
    let stations: Vec<[Hours; 6]> = today
        .stations
        .iter()
        .filter(|station| !station.background)
        .map(|station| cleaned(&station.of))
        .collect();
    let over = today.over.min(24);
    let now = daily(standard, &unit(&stations, over));
    SoFar {
        over,
        now,
        at_best: daily(standard, &unit_at_best(&stations, over)),
        tip: first_tip(standard, &stations, over, &now),
    }
}

/// Without what is no measurement.
fn cleaned(hours: &[Hours; 6]) -> [Hours; 6] {
    Pollutant::ALL.map(|p| p.pick(hours).map(|hour| hour.filter(|&c| p.plausible(c))))
}

/// The unit's day of the first `over` hours.
fn unit(stations: &[[Hours; 6]], over: usize) -> Day {
    let mut day = Day::default();
    for p in Pollutant::ALL {
        put(&mut day, p, &of(p, stations), over);
    }
    day
}

/// One pollutant's part in the unit's day of the first `over` hours.
fn put(day: &mut Day, p: Pollutant, stations: &[Hours], over: usize) {
    let peak = |of: fn(&[Option<Value>]) -> Option<Value>| {
        let each: Vec<_> = stations.iter().map(|hours| of(first(hours, over))).collect();
        of_unit(p, &each, HJ663_QUORUM)
    };
    if let Some(cell) = day.values.get_mut(p.index()) {
        *cell = value_after(p, stations, over);
    }
    match p {
        Pollutant::So2 => day.peaks.so2_1h = peak(highest),
        Pollutant::No2 => day.peaks.no2_1h = peak(highest),
        Pollutant::Co => day.peaks.co_8h = peak(|hours| highest(&sliding(hours, 8, HOURS_OF_EIGHT))),
        Pollutant::O3 => day.peaks.o3_1h = peak(highest),
        Pollutant::Pm10 | Pollutant::Pm25 => {}
    }
}

fn highest(hours: &[Option<Value>]) -> Option<Value> {
    hours.iter().copied().flatten().max()
}

/// The same if every hour to come were zero.
fn unit_at_best(stations: &[[Hours; 6]], over: usize) -> Day {
    let best = |p| {
        let hours = held(&of(p, stations), (over, 24), Value::whole(0));
        value_after(p, &hours, 24)
    };
    Day {
        values: Pollutant::ALL.map(best),
        ..unit(stations, over)
    }
}

/// One pollutant's hours at every station.
fn of(p: Pollutant, stations: &[[Hours; 6]]) -> Vec<Hours> {
    stations.iter().map(|six| p.pick(six)).collect()
}

fn first(hours: &Hours, over: usize) -> &[Option<Value>] {
    hours.get(..over).unwrap_or(hours)
}

/// The hours with `value` in each of those after the first `over`, to the end of hour `until`.
fn held(stations: &[Hours], (over, until): (usize, usize), value: Value) -> Vec<Hours> {
    let mut with = stations.to_vec();
    for hours in &mut with {
        for hour in hours.iter_mut().take(until).skip(over) {
            *hour = Some(value);
        }
    }
    with
}

/// The unit's daily value of the first `over` hours.
fn value_after(p: Pollutant, stations: &[Hours], over: usize) -> Option<Value> {
    let each: Vec<_> = stations
        .iter()
        .map(|hours| of_station(p, first(hours, over)))
        .collect();
    of_unit(p, &each, HJ663_QUORUM)
}

/// A station's daily value of its hours so far, while it can still count.
fn of_station(p: Pollutant, hours: &[Option<Value>]) -> Option<Value> {
    if p == Pollutant::O3 {
        // Only 8-hour means that are over: the next ones would be made of fewer hours.
        let means: Vec<_> = hours.windows(8).map(eight_hours).collect();
        let highest = highest(&means);
        let missed = means.iter().filter(|mean| mean.is_none()).count();
        let all = 25 - OZONE_RULE.first;
        let counts = missed + OZONE_RULE.needed <= all || highest > Some(OZONE_RULE.limit);
        highest.filter(|_| counts)
    } else {
        let missed = hours.iter().filter(|hour| hour.is_none()).count();
        (missed + HOURS_A_DAY <= 24)
            .then(|| mean(hours.iter().copied().flatten()))
            .flatten()
    }
}

/// Of the pollutants' tips into the level above the day's own: the one that comes by itself first, else the one that needs
/// the smallest rise.
fn first_tip(standard: Standard, stations: &[[Hours; 6]], over: usize, now: &AirIndex) -> Option<DayTip> {
    // The European bands are no scale of 0 to 500.
    let scaled = standard != Standard::Eaqi && over < 24;
    let own = Level::of(now.highest().filter(|_| scaled)?);
    let into = Level::by_number(own.number() + 1)?;
    let tips = Pollutant::ALL
        .into_iter()
        .filter_map(|p| tip(standard, p, (&of(p, stations), over), into));
    tips.min_by(|a, b| {
        let rise =
            |of: &DayTip, by: &DayTip| i128::from(of.needed.micro()) * i128::from(by.present.micro().max(1));
        let hours = a.hour.unwrap_or(25).cmp(&b.hour.unwrap_or(25));
        hours.then_with(|| rise(a, b).cmp(&rise(b, a)))
    })
}

fn tip(standard: Standard, p: Pollutant, (stations, over): (&[Hours], usize), into: Level) -> Option<DayTip> {
    let last: Vec<_> = stations
        .iter()
        .map(|hours| first(hours, over).last().copied().flatten())
        .collect();
    let present = of_unit(p, &last, HJ663_QUORUM)?;
    let tipped = |value, hour| {
        let mut day = Day::default();
        put(&mut day, p, &held(stations, (over, hour), value), hour);
        let index = daily(standard, &day);
        // Above the table's end the index is withheld, and is no lower for it.
        index.why == Some(Absence::Beyond) || index.of(p).map(Level::of) >= Some(into)
    };
    Some(DayTip {
        pollutant: p,
        into,
        present,
        hour: (over + 1..=24).find(|&hour| tipped(present, hour)),
        needed: least(p, |value| tipped(value, 24))?,
    })
}

/// The least measurable concentration for which `holds`, to a millionth; for larger ones it holds too.
fn least(p: Pollutant, holds: impl Fn(Value) -> bool) -> Option<Value> {
    let (mut low, mut high) = (-1, p.absurd_above().micro());
    if !holds(Value::from_micro(high)) {
        return None;
    }
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if holds(Value::from_micro(middle)) {
            high = middle;
        } else {
            low = middle;
        }
    }
    Some(Value::from_micro(high))
}

#[cfg(test)]
mod tests;
