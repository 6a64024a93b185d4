//! The air over the training county: six pollutants a station and hour, with daily courses, weather, episodes of
//! pollution and smoke. What stations report of it (outages, stuck instruments, gaps) is added at the end.

use crate::domain::air::Pollutant;
use crate::domain::quantity::Value;
use crate::domain::time::{Moment, Span};
use crate::training::county::Station;
use crate::training::fires::Fire;
use crate::training::weather::{Weather, daily, hour_of_day, winter};
use crate::training::world::World;

/// Six values in the order of [`Pollutant::ALL`], µg/m³ (CO mg/m³).
pub(super) type Six = [f64; 6];
/// Six reported values; `None` is a gap.
pub(super) type Reported = [Option<Value>; 6];

/// The hourly means that end at one hour.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Hourly {
    /// The end of the hour.
    pub(super) at: Moment,
    /// One row a station, in the county's order; `None` is a station that did not report at all.
    pub(super) stations: Vec<Option<Reported>>,
}

/// Fires that can still be smelt burnt at most this long ago.
const SMOKE_LASTS: Span = Span::hours(4);

impl World {
    /// The reported hours from `first` to `last`, both ends of hours.
    pub(super) fn hours(&self, first: Moment, last: Moment) -> Vec<Hourly> {
        let fires = self.fires(first - SMOKE_LASTS - Span::hours(10), last);
        let hours = (last - first).ms() / Span::hours(1).ms();
        let ends = (0..=hours).map(|n| first + Span::hours(n));
        ends.map(|at| self.hour(at, &fires)).collect()
    }

    fn hour(&self, at: Moment, fires: &[Fire]) -> Hourly {
        let stations = self.county.stations.iter().enumerate();
        let stations = stations.map(|(nth, station)| self.reported(nth, station, at, fires));
        Hourly {
            at,
            stations: stations.collect(),
        }
    }

    /// What a station reports of the hour that ends at `at`.
    fn reported(&self, nth: usize, station: &Station, at: Moment, fires: &[Fire]) -> Option<Reported> {
        let count = self.county.stations.len();
        if self.upkeep.outage(nth, count, at).is_some() {
            return None;
        }
        let mut six = self.truth(station, at, fires);
        if let Some((since, pollutant)) = self.upkeep.stuck(nth, count, at)
            && let Some(cell) = six.get_mut(pollutant)
        {
            let then = self.truth(station, since.floor(Span::hours(1)), fires);
            *cell = then.get(pollutant).copied().unwrap_or(*cell);
        }
        let report = |pollutant: Pollutant| {
            let missing = self.upkeep.missing(nth, pollutant.index(), at);
            let value = Value::from_f64(pollutant.pick(&six))?;
            (!missing).then(|| value.round(pollutant.decimals()))
        };
        Some(Pollutant::ALL.map(report))
    }

    /// What really was in the air at a station in the hour that ends at `at`.
    fn truth(&self, station: &Station, at: Moment, fires: &[Fire]) -> Six {
        let middle = at - Span::mins(30);
        let own = self.chance.of("station").of(&station.id);
        let vary = |name: &str, much: f64| {
            let slow = own.of(name).of("slow").wave(middle, Span::hours(7));
            let quick = own.of(name).of("quick").nth(at.ms()).bell();
            1.0 + much * (0.7 * slow + 0.3 * quick)
        };
        let load = station.load;
        let smoke = self.smoke(station, at, fires);
        let [so2, no2, co, o3, pm10, pm25] = self.region(middle);
        let pm25 = pm25 * load * vary("pm25", 0.16) + smoke;
        let pm10 = (pm10 * load * vary("pm10", 0.2) + 1.15 * smoke).max(pm25 + 3.0);
        [
            (so2 * load * vary("so2", 0.3)).max(2.0),
            (no2 * load.powf(1.4) * vary("no2", 0.25) + 0.06 * smoke).max(3.0),
            (co * vary("co", 0.15) + 0.006 * smoke).max(0.2),
            (o3 * (1.6 - 0.6 * load) * vary("o3", 0.1) - 0.1 * smoke).max(4.0),
            pm10,
            pm25.max(3.0),
        ]
    }

    /// The county's mean without fires.
    pub(super) fn region(&self, at: Moment) -> Six {
        let chance = self.chance.of("air");
        let weather = Weather::at(self.chance, at);
        let (winter, stale) = (winter(at), weather.stagnation());
        let hour = hour_of_day(at);
        let bump = |peak: f64, wide: f64| (-((hour - peak) / wide).powi(2)).exp();
        let rush = bump(8.0, 1.8) + 0.9 * bump(18.5, 2.4);
        let polluted = self.pollution(at);
        let drift = 1.0 + 0.3 * chance.of("drift").wave(at, Span::hours(30));
        let pm25 =
            (27.0 + 12.0 * winter) * stale.powf(1.2) * drift * (0.92 + 0.16 * rush) * (1.0 + 1.7 * polluted);
        let dust = 14.0 * chance.of("dust").wave(at, Span::hours(20)).max(0.0) * weather.wind_speed;
        let sun = daily(at, 14.5).max(0.0) * (1.0 - 0.2 * weather.rain.min(4.0));
        let ozone = 42.0 - 12.0 * winter - 14.0 * rush * stale;
        [
            (6.5 + 2.0 * winter) * stale * (1.0 + 0.3 * daily(at, 11.0)),
            (22.0 + 9.0 * winter) * stale * (0.7 + 0.8 * rush) * (1.0 + 0.4 * polluted),
            0.42 + 0.12 * winter + 0.008 * pm25 + 0.15 * rush * stale,
            ozone + sun * (84.0 - 46.0 * winter) * (0.75 + 0.3 * stale) * (1.0 + 0.7 * polluted),
            1.3 * pm25 + 14.0 + dust,
            pm25,
        ]
    }

    /// How strong an episode of pollution (污染过程) is: 0 on most days, up to about 1.
    pub(super) fn pollution(&self, at: Moment) -> f64 {
        let slot = Span::days(6);
        let nth = at.ms().div_euclid(slot.ms());
        let chance = self.chance.of("episode").nth(nth);
        if !chance.of("likely").happens(0.55) {
            return 0.0;
        }
        let lasts = chance.of("lasts").span(Span::hours(30), Span::hours(72));
        let room = Span::from_ms(slot.ms() - lasts.ms());
        let begins = Moment::from_ms(nth * slot.ms()) + chance.of("begins").span(Span::ZERO, room);
        let part = (at - begins).ms() as f64 / lasts.ms() as f64;
        if !(0.0..=1.0).contains(&part) {
            return 0.0;
        }
        (part * std::f64::consts::PI).sin() * chance.of("strength").between(0.5, 1.1)
    }

    /// Fine particles from smoke in the hour that ends at `at`: the mean of six looks.
    fn smoke(&self, station: &Station, at: Moment, fires: &[Fire]) -> f64 {
        let near = fires
            .iter()
            .filter(|fire| fire.at < at && at - SMOKE_LASTS < fire.at + fire.lasts);
        let near: Vec<&Fire> = near.collect();
        let look = |n: i64| {
            let at = at - Span::mins(5 + 10 * n);
            let weather = Weather::at(self.chance, at);
            near.iter()
                .map(|fire| fire.smoke(station.place, at, &weather))
                .sum::<f64>()
        };
        (0..6).map(look).sum::<f64>() / 6.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every sixth hour of a year, with all stations.
    fn year() -> Vec<Hourly> {
        let world = World::new(1);
        let start = Moment::parse_rfc3339("2026-01-01T00:00:00+08:00").expect("a fixed text");
        (0..365 * 4)
            .map(|n| world.hour(start + Span::hours(6 * n + n % 6), &[]))
            .collect()
    }

    #[test]
    fn a_year_of_air_looks_like_the_county_and_is_never_absurd() {
        let mut sums = [(0.0, 0u32); 6];
        for row in year().iter().flat_map(|hour| hour.stations.iter().flatten()) {
            for pollutant in Pollutant::ALL {
                let Some(value) = pollutant.pick(row) else {
                    continue;
                };
                assert!(pollutant.plausible(value), "{pollutant:?} {value}");
                sums[pollutant.index()].0 += value.to_f64();
                sums[pollutant.index()].1 += 1;
            }
        }
        let means = sums.map(|(sum, count)| sum / f64::from(count));
        let bounds = [
            (4.0, 10.0),
            (15.0, 32.0),
            (0.5, 1.0),
            (45.0, 95.0),
            (42.0, 70.0),
            (22.0, 38.0),
        ];
        for (mean, (low, high)) in means.into_iter().zip(bounds) {
            assert!((low..high).contains(&mean), "{means:?}");
        }
    }

    #[test]
    fn some_hours_miss_values_and_some_stations_are_out() {
        let rows = year();
        let cells: Vec<Option<Reported>> = rows.into_iter().flat_map(|hour| hour.stations).collect();
        let there: Vec<Option<Value>> = cells.iter().flatten().flatten().copied().collect();
        let out = cells.iter().filter(|station| station.is_none()).count();
        let gaps = there.iter().filter(|value| value.is_none()).count();
        assert!((1..cells.len() / 15).contains(&out), "{out} of {}", cells.len());
        assert!(
            (0.002..0.02).contains(&(gaps as f64 / there.len() as f64)),
            "{gaps}"
        );
    }
}
