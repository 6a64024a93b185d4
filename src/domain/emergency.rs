//! Pollution-weather warnings (重污染天气预警) and the light-to-moderate linkage (轻中度污染天气应急联动): which step of an
//! editable table a forecast reaches.
//!
//! The tables are data with their provenance, read by `config`; here is only the reading of them. What is then ordered
//! of whom is an episode's matter. What is judged is a [`forecast`]. Called by the desk and the Control screen.

pub mod ahead;
pub mod forecast;

use crate::domain::fact::forecast::{ForecastDay, PollutionCause};
use crate::domain::playbook::{Provenance, Words};
use crate::domain::quantity::Value;
use crate::domain::signal::Severity;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// The way that is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Way {
    /// The plan with its steps.
    Plan,
    /// A health notice, and stronger daily supervision of what makes ozone.
    Supervision,
    /// A health notice, and dust control where needed.
    Notice,
}

/// What a condition looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Metric {
    /// The daily index.
    Aqi,
    /// The daily maximum 8-hour mean of ozone, µg/m³.
    OzoneMaxEightHours,
    /// The daily mean of PM2.5, µg/m³.
    Pm25,
}

/// So many days in a row above a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// Of what.
    pub metric: Metric,
    /// Strictly above this.
    pub above: Value,
    /// At least so many consecutive days; 24 hours of the text are one.
    pub days: u32,
}

/// One step of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its key, such as `yellow`.
    pub key: String,
    /// What people read.
    pub words: Words,
    /// The colour it is announced by, where it is a warning.
    pub severity: Option<Severity>,
    /// Reached when all runs of any of these are there.
    pub any: Vec<Vec<Run>>,
}

/// A table of steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ladder {
    /// Its key.
    pub key: String,
    /// What people read.
    pub words: Words,
    /// The first day it holds for; `None`: always.
    pub from: Option<NaiveDate>,
    /// Who says so.
    pub provenance: Provenance,
    /// The way for each cause; a cause that is not named goes by the plan.
    pub ways: BTreeMap<PollutionCause, Way>,
    /// Highest first.
    pub steps: Vec<Step>,
}

/// A run that was found, with its days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Met {
    /// The condition.
    pub run: Run,
    /// The first day.
    pub first: NaiveDate,
    /// The last day.
    pub last: NaiveDate,
}

/// What a table says of a forecast.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict<'a> {
    /// The highest step reached.
    pub step: Option<&'a Step>,
    /// The runs that reach it: the reason that is shown.
    pub because: Vec<Met>,
    /// Days that would count but whose cause takes another way.
    pub elsewhere: Vec<(NaiveDate, PollutionCause, Way)>,
    /// Days inside the forecast without an index: the verdict does not know them.
    pub unknown: Vec<NaiveDate>,
}

impl PollutionCause {
    /// What the words of an upstream name, where they are a key, a symbol or a common name of it; `None` for other words:
    /// an unknown cause is for the caller to say, never to route.
    pub fn named(words: &str) -> Option<Self> {
        const NAMES: &[(PollutionCause, &[&str])] = &[
            (PollutionCause::Pm25, &["pm2.5", "pm₂.₅", "细颗粒物"]),
            (PollutionCause::O3, &["o₃", "臭氧", "ozone", "o3-8h", "o3_8h"]),
            (PollutionCause::Dust, &["沙尘", "扬沙", "浮尘"]),
            (PollutionCause::Fire, &["山火", "野火"]),
            // Known, and without a way of their own.
            (
                PollutionCause::Other,
                &[
                    "pm10",
                    "pm₁₀",
                    "可吸入颗粒物",
                    "no2",
                    "no₂",
                    "二氧化氮",
                    "so2",
                    "so₂",
                    "二氧化硫",
                    "co",
                    "一氧化碳",
                ],
            ),
        ];
        let words = words.trim().to_lowercase();
        let keyed = Self::by_key(&words);
        let called = || {
            NAMES
                .iter()
                .find(|row| row.1.contains(&words.as_str()))
                .map(|row| row.0)
        };
        keyed.or_else(called)
    }
}

impl Way {
    /// Every way with its key.
    pub const KEYS: &'static [(Self, &'static str)] = &[
        (Self::Plan, "plan"),
        (Self::Supervision, "supervision"),
        (Self::Notice, "notice"),
    ];
}

impl Metric {
    /// Every metric with its key.
    pub const KEYS: &'static [(Self, &'static str)] = &[
        (Self::Aqi, "aqi"),
        (Self::OzoneMaxEightHours, "o3_8h"),
        (Self::Pm25, "pm25"),
    ];

    /// Its symbol, the same in every language.
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Aqi => "AQI",
            Self::OzoneMaxEightHours => "O3-8h",
            Self::Pm25 => "PM2.5",
        }
    }

    fn of(self, day: &ForecastDay) -> Option<Value> {
        match self {
            Self::Aqi => day.aqi.map(|index| Value::whole(index.into())),
            Self::OzoneMaxEightHours => day.o3_8h,
            Self::Pm25 => day.pm25,
        }
    }
}

impl Ladder {
    /// The highest step that a forecast reaches, and why. Days may come in any order; a day given again is corrected.
    pub fn judge(&self, forecast: &[ForecastDay]) -> Verdict<'_> {
        let days: BTreeMap<NaiveDate, &ForecastDay> = forecast.iter().map(|day| (day.date, day)).collect();
        let planned: Vec<&ForecastDay> = days
            .values()
            .filter(|day| self.way(day.cause) == Way::Plan)
            .copied()
            .collect();
        let reached = self
            .steps
            .iter()
            .find_map(|step| Some((step, step.any.iter().find_map(|all| met(all, &planned))?)));
        let counts = |day: &&&ForecastDay| {
            let mut runs = self.steps.iter().flat_map(|step| step.any.iter().flatten());
            runs.any(|run| exceeds(*run, day))
        };
        Verdict {
            step: reached.as_ref().map(|(step, _)| *step),
            because: reached.map(|(_, because)| because).unwrap_or_default(),
            elsewhere: days
                .values()
                .filter(|day| self.way(day.cause) != Way::Plan)
                .filter(counts)
                .map(|day| (day.date, day.cause, self.way(day.cause)))
                .collect(),
            unknown: unknown(&days),
        }
    }

    /// The way that is taken for a cause.
    pub fn way(&self, cause: PollutionCause) -> Way {
        self.ways.get(&cause).copied().unwrap_or(Way::Plan)
    }
}

/// All runs, or `None` where one is missing.
fn met(all: &[Run], days: &[&ForecastDay]) -> Option<Vec<Met>> {
    all.iter().map(|run| longest(*run, days)).collect()
}

/// The longest run of consecutive days that fulfils `run`; the first of several.
fn longest(run: Run, days: &[&ForecastDay]) -> Option<Met> {
    let mut best: Option<(u32, Met)> = None;
    let mut now: Option<(u32, Met)> = None;
    for day in days {
        let before = now
            .take()
            .filter(|(_, met)| met.last.succ_opt() == Some(day.date));
        if exceeds(run, day) {
            let (count, first) = before.map_or((0, day.date), |(n, met)| (n, met.first));
            let last = day.date;
            now = Some((count + 1, Met { run, first, last }));
        }
        if now.map(|n| n.0) > best.map(|b| b.0) {
            best = now;
        }
    }
    best.filter(|(count, _)| *count >= run.days).map(|(_, met)| met)
}

fn exceeds(run: Run, day: &ForecastDay) -> bool {
    run.metric.of(day).is_some_and(|value| value > run.above)
}

/// Days without an index between the first and the last of the forecast, those not given included.
fn unknown(days: &BTreeMap<NaiveDate, &ForecastDay>) -> Vec<NaiveDate> {
    let (Some(first), Some(last)) = (days.keys().next(), days.keys().next_back()) else {
        return Vec::new();
    };
    first
        .iter_days()
        .take_while(|date| date <= last)
        .filter(|date| days.get(date).is_none_or(|day| day.aqi.is_none()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::air::Pollutant;

    #[test]
    fn a_primary_pollutant_of_any_kind_is_a_known_cause() {
        for pollutant in Pollutant::ALL {
            assert!(
                PollutionCause::named(pollutant.symbol()).is_some(),
                "{}",
                pollutant.symbol()
            );
        }
        assert_eq!(PollutionCause::named("静稳"), None);
    }
}
