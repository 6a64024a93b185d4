//! The rules that tell made-up values, tried against the county: a day and night of its honest data raise no suspicion, and
//! what is made up on top of them is found, at several seeds.

use super::*;
use crate::domain::air::Norm;
use crate::domain::declared::Declared;
use crate::domain::declared::STAY;
use crate::domain::directory::Point;
use crate::domain::directory::PointKind;
use crate::domain::fact::declared::Declaration;
use crate::domain::fact::declared::DeclaredKind;
use crate::domain::fact::declared::Subject;
use crate::domain::id::PointId;
use crate::domain::person::Actor;
use crate::domain::quantity::Quantity;
use crate::domain::quantity::Value as Figure;
use crate::domain::reading::Period;
use crate::domain::rule;
use crate::domain::rule::RuleSetting;
use crate::domain::rule::Scene;
use crate::domain::scene::Trends;
use crate::domain::text::Clean;
use crate::training::population::points::Watched;
use imbl::OrdMap;
use imbl::Vector;
use std::collections::BTreeMap;
use std::sync::Arc;

const SEEDS: [u64; 3] = [1, 7, 2026];
/// Two days, as far back as trends reach, and the day that is judged.
const PAST: i64 = 72;

/// What the county's platforms told, and what rules know of it.
struct Told {
    world: Arc<World>,
    points: OrdMap<PointId, Point>,
    trends: Trends,
    declared: OrdMap<u32, Declared>,
}

fn point(watched: &Watched) -> Point {
    let own = |value: Option<f64>| {
        let value = value.and_then(Figure::from_f64);
        watched.of.zip(value).into_iter().collect()
    };
    Point {
        limits: own(watched.limit),
        ranges: own(watched.range),
        pair: watched.pair.as_deref().map(PointId::new),
        ..Point::new(PointId::new(&watched.id), Clean::new(&watched.name), watched.kind)
    }
}

impl Told {
    /// Three days of emission points until `until`, and the meters' last hours.
    fn until(seed: u64, until: Moment) -> Self {
        let world = Arc::new(World::new(seed));
        let points = world.population.points.iter().map(point);
        let points = points.map(|point| (point.id.clone(), point)).collect();
        let mut told = Self {
            world,
            points,
            trends: Trends::new(),
            declared: OrdMap::new(),
        };
        for back in (0..PAST).step_by(12) {
            told.poll_emissions(until - Span::hours(back));
        }
        for back in (0..120).step_by(15) {
            told.poll_meters(until - Span::mins(back));
        }
        told
    }

    fn put(&mut self, key: (&str, Quantity, Period), at: Moment, value: f64) {
        let (point, quantity, period) = key;
        let value = Figure::from_f64(value).expect("a number");
        let series = self.trends.entry((PointId::new(point), quantity, period));
        let series = series.or_default();
        match series.binary_search_by(|(known, _)| known.cmp(&at)) {
            Ok(place) => drop(series.set(place, (at, value))),
            Err(place) => series.insert(place, (at, value)),
        }
    }

    fn poll_emissions(&mut self, at: Moment) {
        let of: BTreeMap<_, _> = self
            .world
            .population
            .points
            .iter()
            .map(|p| (p.id.clone(), p.of))
            .collect();
        let body = json(&emissions::FEED, &self.world, at);
        for row in body["data"].as_array().expect("rows") {
            let id = row["code"].as_str().expect("a code");
            let quantity = of.get(id).copied().flatten();
            let end = stamped(row);
            let of_flow = row["flow"].as_f64().expect("a flow");
            self.put((id, Quantity::Flow, Period::Hour), end, of_flow);
            let named = ["nox", "so2", "cod"].iter().find_map(|name| row[*name].as_f64());
            let quantity = quantity.expect("is watched for something");
            self.put((id, quantity, Period::Hour), end, named.expect("a concentration"));
        }
    }

    fn poll_meters(&mut self, at: Moment) {
        let body = json(&meters::FEED, &self.world, at);
        for row in body["data"].as_array().expect("rows") {
            let id = row["code"].as_str().expect("a code");
            let load = row["kw"].as_f64().expect("a load");
            self.put((id, Quantity::Power, Period::FiveMinutes), stamped(row), load);
        }
    }

    /// The `nth` emission point that is watched for nitrogen oxides, with its limit in mg/m³.
    fn stack(&self, nth: usize) -> (String, f64) {
        let points = self.world.population.of_kind(PointKind::Emission);
        let mut stacks = points.filter(|(_, point)| point.of == Some(Quantity::StackNox));
        let (_, stack) = stacks.nth(nth).expect("there are twenty-nine");
        (stack.id.clone(), stack.limit.expect("it has one"))
    }

    /// Makes up the last `hours` hourly values of nitrogen oxides at a stack.
    fn make_up(&mut self, id: &str, until: Moment, hours: i64, value: impl Fn(i64) -> f64) {
        for ago in 0..hours {
            let end = until.floor(Span::hours(1)) - Span::hours(ago);
            let value = rounded(value(ago), 1);
            self.put((id, Quantity::StackNox, Period::Hour), end, value);
        }
    }

    /// Minute values of nitrogen oxides at a stack over the last hours: of the same process as its hours.
    fn minutes(&mut self, id: &str, until: Moment, hours: i64) {
        let points = &self.world.population.points;
        let watched = points
            .iter()
            .find(|point| point.id == id)
            .expect("is there")
            .clone();
        for ago in 0..hours * 60 {
            let end = until.floor(Span::mins(1)) - Span::mins(ago);
            let value = emissions::concentration(&self.world, &watched, end);
            self.put((id, Quantity::StackNox, Period::Minute), end, rounded(value, 1));
        }
    }

    /// As it was at an earlier moment.
    fn at(&self, now: Moment) -> Self {
        let then = |series: &Vector<(Moment, Figure)>| {
            let reached = |at: Moment| at <= now && now - at <= STAY;
            series
                .iter()
                .filter(|(at, _)| reached(*at))
                .copied()
                .collect::<Vector<_>>()
        };
        let trends = self
            .trends
            .iter()
            .map(|(key, series)| (key.clone(), then(series)));
        Self {
            world: Arc::clone(&self.world),
            points: self.points.clone(),
            trends: trends.collect(),
            declared: self.declared.clone(),
        }
    }

    fn stop(&mut self, id: &str, at: Moment) {
        let what = Declaration {
            of: Subject::Point(PointId::new(id)),
            kind: DeclaredKind::Stop,
            from: at - Span::hours(3),
            until: at + Span::hours(9),
            words: Clean::new("停产检修"),
        };
        let by = Actor::Desk;
        self.declared.insert(1, Declared { id: 1, what, by });
    }

    /// What the standard rules of these codes hold against whom.
    fn suspected(&self, codes: &[&str], now: Moment) -> Vec<String> {
        let mut rules: Vec<RuleSetting> = rule::standard(Norm::default());
        rules.retain(|rule| codes.contains(&rule.code.as_str()));
        let scene = Scene {
            now,
            zone: CHINA,
            points: &self.points,
            feeds: &OrdMap::new(),
            trends: &self.trends,
            indices: &OrdMap::new(),
            latest: &OrdMap::new(),
            declared: &self.declared,
            maintained: &OrdMap::new(),
            curtailed: &OrdMap::new(),
            since: None,
        };
        let said = rule::judge(&rules, &scene).into_iter();
        let held = said.filter(|one| one.verdict.is_some());
        held.map(|one| one.id.to_string()).collect()
    }
}

fn stamped(row: &Value) -> Moment {
    let text = row["time"].as_str().expect("a time");
    let local = chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S").expect("a time");
    Moment::from_local(local, CHINA).expect("a moment")
}

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
