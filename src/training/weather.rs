//! The weather over the training county: seasons, days, and passing pressure systems. Hourly truth for all feeds.

use crate::domain::time::{CHINA, Moment, Span};
use crate::training::chance::Chance;
use chrono::{Datelike, Timelike};
use std::f64::consts::TAU;

/// The weather at a moment, the same over the whole county.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Weather {
    /// Degrees Celsius.
    pub(super) temperature: f64,
    /// Relative humidity in per cent.
    pub(super) humidity: f64,
    /// Metres a second.
    pub(super) wind_speed: f64,
    /// Where the wind comes from, degrees clockwise from north.
    pub(super) wind_from: f64,
    /// Hectopascal.
    pub(super) pressure: f64,
    /// Millimetres an hour.
    pub(super) rain: f64,
}

/// The hour of the local day with its fraction, 0 ≤ h < 24.
pub(super) fn hour_of_day(at: Moment) -> f64 {
    let local = at.local(CHINA);
    f64::from(local.num_seconds_from_midnight()) / 3600.0
}

/// 1 at midwinter (mid-January), −1 at midsummer.
pub(super) fn winter(at: Moment) -> f64 {
    let day = f64::from(at.local(CHINA).ordinal());
    ((day - 15.0) / 365.25 * TAU).cos()
}

/// 1 at `peak` o'clock, −1 twelve hours later.
pub(super) fn daily(at: Moment, peak: f64) -> f64 {
    ((hour_of_day(at) - peak) / 24.0 * TAU).cos()
}

impl Weather {
    /// The weather of this world at `at`.
    pub(super) fn at(chance: Chance, at: Moment) -> Self {
        let chance = chance.of("weather");
        let wave = |name: &str, hours| chance.of(name).wave(at, Span::hours(hours));
        let winter = winter(at);
        let wet = wave("wet", 40);
        let rain = (wet - 0.45).max(0.0) * 6.0 * (1.0 + 0.5 * wave("shower", 1)).max(0.0);
        let sun = (daily(at, 13.0)).max(0.0) * (1.0 - wet.max(0.0));
        // Cold air comes from the north-west in winter, the monsoon from the south-east in summer; a sea breeze by day.
        let prevailing = if winter > 0.0 { 325.0 } else { 135.0 };
        let turn = wave("turn", 30) * 70.0 + wave("veer", 5) * 20.0 + sun * 15.0;
        Self {
            temperature: 17.5 - 12.0 * winter + 3.8 * daily(at, 14.5) + 3.5 * wave("warm", 72) - rain * 0.3,
            humidity: (72.0 + 20.0 * wet - 14.0 * daily(at, 14.5) + 6.0 * wave("damp", 9)).clamp(25.0, 99.0),
            wind_speed: (2.1 + 1.1 * wave("wind", 36) + 0.7 * sun + 0.4 * wave("gust", 2)).max(0.2),
            wind_from: (prevailing + turn).rem_euclid(360.0),
            pressure: 1016.0 + 8.5 * winter - 5.0 * wet + 1.2 * daily(at, 10.0),
            rain: (rain * 10.0).round() / 10.0,
        }
    }

    /// How much stale air keeps what is put into it: 1 on an average day, above in calm and below in wind and rain.
    pub(super) fn stagnation(&self) -> f64 {
        let calm = 1.75 - 0.35 * self.wind_speed;
        let washed = 1.0 - 0.12 * self.rain.min(4.0);
        (calm * washed).clamp(0.4, 1.8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_of_weather_is_possible_and_has_seasons() {
        let start = Moment::parse_rfc3339("2026-01-01T00:00:00+08:00").expect("a fixed text");
        let mut means = [0.0; 2];
        for hour in 0..8760 {
            let at = start + Span::hours(hour);
            let weather = Weather::at(Chance::new(1), at);
            assert!((-12.0..42.0).contains(&weather.temperature), "{weather:?}");
            assert!((0.1..8.0).contains(&weather.wind_speed), "{weather:?}");
            assert!(
                (0.0..360.0).contains(&weather.wind_from) && weather.rain < 8.0,
                "{weather:?}"
            );
            match at.local(CHINA).month() {
                1 => means[0] += weather.temperature / 744.0,
                7 => means[1] += weather.temperature / 744.0,
                _ => {}
            }
        }
        assert!(
            (2.0..9.0).contains(&means[0]) && (26.0..33.0).contains(&means[1]),
            "{means:?}"
        );
    }
}
