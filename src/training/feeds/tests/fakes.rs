//! The rules that tell made-up values, tried against the county: a day and night of its honest data raise no suspicion, and
//! what is made up on top of them is found, at several seeds.

mod told;

use super::*;
use crate::domain::air::Norm;
use crate::domain::declared::{Declared, STAY};
use crate::domain::directory::{Point, PointKind};
use crate::domain::fact::declared::{Declaration, DeclaredKind, Subject};
use crate::domain::id::PointId;
use crate::domain::person::Actor;
use crate::domain::quantity::{Quantity, Value as Figure};
use crate::domain::reading::Period;
use crate::domain::rule;
use crate::domain::rule::{RuleSetting, Scene};
use crate::domain::scene::Trends;
use crate::domain::text::Clean;
use crate::training::population::points::Watched;
use imbl::{OrdMap, Vector};
use std::collections::BTreeMap;
use std::sync::Arc;
use told::Told;

const SEEDS: [u64; 3] = [1, 7, 2026];
/// Two days, as far back as trends reach, and the day that is judged.
const PAST: i64 = 72;

/// Ten past an hour: the newest hour has just been told.
fn at(hours: i64) -> Moment {
    noon() + Span::mins(10) + Span::hours(hours)
}

#[test]
fn a_day_of_honest_data_raises_no_suspicion() {
    for seed in SEEDS {
        let told = Told::until(seed, at(24));
        for hour in 0..24 {
            let now = at(hour);
            let suspected = told.at(now).suspected(&["SRC-FAKE"], now);
            assert_eq!(suspected, [] as [&str; 0], "seed {seed}, hour {hour}");
        }
    }
}

#[test]
fn a_day_of_honest_minutes_raises_no_suspicion() {
    for seed in SEEDS {
        let mut told = Told::until(seed, at(24));
        told.trends = Trends::new();
        for nth in 0..4 {
            let (id, _) = told.stack(nth);
            told.minutes(&id, at(24), 48);
        }
        for hour in 0..24 {
            let now = at(hour);
            let suspected = told.at(now).suspected(&["SRC-FAKE"], now);
            assert_eq!(suspected, [] as [&str; 0], "seed {seed}, hour {hour}");
        }
    }
}

/// One way of making values up: what it does to a stack and the meters, and what must be found.
type Way = (
    &'static str,
    fn(&mut Told, &str, f64, Moment),
    &'static [&'static str],
);

const WAYS: [Way; 10] = [
    (
        "the same value for seven hours",
        |told, id, limit, now| told.make_up(id, now, 7, |_| limit * 0.42),
        &["constant"],
    ),
    (
        "within a band of one per cent of the range for half a day",
        |told, id, limit, now| {
            told.make_up(id, now, 14, |ago| {
                limit * (0.84 + 0.02 * ((ago * 7 % 5) as f64 / 5.0))
            });
        },
        &["ripple"],
    ),
    (
        "at the end of the range for two hours",
        |told, id, limit, now| told.make_up(id, now, 2, |ago| limit * 4.0 - 0.3 * ago as f64),
        &["clip"],
    ),
    (
        "just below the limit, two hours of three",
        |told, id, limit, now| {
            told.make_up(id, now, 48, |ago| {
                limit
                    * if ago % 3 == 2 {
                        0.5 + 0.01 * (ago % 11) as f64
                    } else {
                        0.955 + 0.004 * (ago % 10) as f64
                    }
            });
        },
        &["near_limit"],
    ),
    (
        "the probe taken out for three minutes",
        |told, id, limit, now| {
            told.minutes(id, now, 3);
            for ago in 20..23 {
                let end = now.floor(Span::mins(1)) - Span::mins(ago);
                told.put((id, Quantity::StackNox, Period::Minute), end, limit * 0.01);
            }
            for ago in (0..180).filter(|ago| !(20..23).contains(ago)) {
                let end = now.floor(Span::mins(1)) - Span::mins(ago);
                told.put(
                    (id, Quantity::StackNox, Period::Minute),
                    end,
                    rounded(limit * (0.6 + 0.01 * (ago * 5 % 7) as f64), 1),
                );
            }
        },
        &["spike"],
    ),
    (
        "declared stopped, and it discharges",
        |told, id, _, now| told.stop(id, now),
        &["running"],
    ),
    (
        "mixed: one value just below the limit for thirty hours",
        |told, id, limit, now| {
            told.make_up(id, now, 48, |ago| {
                if ago < 32 {
                    limit * 0.97
                } else {
                    limit * 0.6 + ago as f64
                }
            });
        },
        &["constant", "near_limit"],
    ),
    (
        "mixed: a narrow band just below the limit",
        |told, id, limit, now| told.make_up(id, now, 48, |ago| limit * (0.955 + 0.004 * (ago % 10) as f64)),
        &["near_limit", "ripple"],
    ),
    (
        "mixed: at the end of the range, and all the same",
        |told, id, limit, now| told.make_up(id, now, 8, |_| limit * 4.0),
        &["clip", "constant"],
    ),
    (
        "mixed: the probe taken out, and at the end of the range before",
        |told, id, limit, now| {
            for ago in 0..180 {
                let end = now.floor(Span::mins(1)) - Span::mins(ago);
                let value = if (20..23).contains(&ago) {
                    1.0
                } else {
                    limit * 4.0 - (ago % 3) as f64
                };
                told.put((id, Quantity::StackNox, Period::Minute), end, value);
            }
        },
        &["spike"],
    ),
];

#[test]
fn everything_that_is_made_up_is_found_and_nobody_else_is_suspected() {
    for (nth, seed) in SEEDS.into_iter().enumerate() {
        let now = at(7);
        let honest = Told::until(seed, now);
        for (words, make_up, expected) in WAYS {
            let mut told = honest.at(now);
            let (id, limit) = told.stack(3 + 5 * nth);
            make_up(&mut told, &id, limit, now);
            let suspected = told.suspected(&["SRC-FAKE"], now);
            let own = format!("SRC-FAKE/{id}/");
            assert!(
                suspected.iter().all(|id| id.starts_with(&own)),
                "{words}: {suspected:?}"
            );
            for way in expected {
                let found = suspected.iter().any(|id| id.ends_with(&format!("/{way}")));
                assert!(found, "seed {seed}: {words}: {way} not among {suspected:?}");
            }
        }
    }
}

#[test]
fn a_line_that_runs_without_its_treatment_or_against_its_word_is_found() {
    for seed in SEEDS {
        let now = noon() + Span::mins(1);
        let mut told = Told::until(seed, now);
        let honest = told.suspected(&["MTR-TREAT-OFF", "SRC-FAKE"], now);
        let lines: Vec<(String, String)> = told
            .world
            .population
            .of_kind(PointKind::Production)
            .filter_map(|(_, line)| Some((line.id.clone(), line.pair.clone()?)))
            .collect();
        let runs = |told: &Told, id: &str| {
            let series = told
                .trends
                .get(&(PointId::new(id), Quantity::Power, Period::FiveMinutes));
            series.is_some_and(|series| series.iter().all(|(_, load)| *load > Figure::whole(20)))
        };
        let (line, treatment) = lines
            .iter()
            .find(|(line, _)| runs(&told, line))
            .expect("some line runs");
        for ago in 0..4 {
            let end = now.floor(Span::mins(5)) - Span::mins(5 * ago);
            told.put((treatment, Quantity::Power, Period::FiveMinutes), end, 0.2);
        }
        let mut expected = honest.clone();
        expected.push(format!("MTR-TREAT-OFF/{line}"));
        expected.sort();
        let mut found = told.suspected(&["MTR-TREAT-OFF", "SRC-FAKE"], now);
        found.sort();
        assert_eq!(found, expected, "seed {seed}");
        told.stop(line, now);
        let found = told.suspected(&["SRC-FAKE"], now);
        assert_eq!(found, [format!("SRC-FAKE/{line}/power/running")], "seed {seed}");
    }
}
