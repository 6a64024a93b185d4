//! What readings leave on the board.

use super::*;
use crate::domain::air::{Norm, Pollutant, Standard};
use crate::domain::directory::{Point, PointKind};
use crate::domain::id::PointId;
use crate::domain::quantity::{Quantity, Value};
use crate::domain::reading::{Flag, Period, Reading};
use crate::domain::time::Zone;
use std::sync::Arc;

/// A reading of power at `meter`, so many minutes before noon.
fn power(period: Period, ago: i64) -> Reading {
    Reading {
        point: PointId::new("meter"),
        quantity: Quantity::Power,
        period,
        at: NOON - Span::mins(ago),
        value: Some(Value::whole(ago)),
        flag: Flag::Valid,
        source: SourceId::new("eye"),
    }
}

#[test]
fn each_period_of_a_series_keeps_two_days_of_its_own() {
    let mut bench = Bench::new();
    let minutes = (0..5_000).rev().map(|n| power(Period::Minute, n));
    let hours = (0..100).rev().map(|n| power(Period::Hour, n * 60));
    let take = PollResult {
        readings: minutes.chain(hours).collect(),
        ..PollResult::default()
    };
    bench.read(take, NOON);
    let kept = |period| {
        let key = (PointId::new("meter"), Quantity::Power, period);
        let series = bench.desk.board.trends.get(&key);
        series.map(|s| (s.len(), s.front().map(|item| item.1), s.last().map(|item| item.1)))
    };
    let span = |items, oldest| {
        let (oldest, newest) = (Some(Value::whole(oldest)), Some(Value::whole(0)));
        Some((items, oldest, newest))
    };
    assert_eq!(kept(Period::Minute), span(2_880, 2_879));
    assert_eq!(kept(Period::Hour), span(48, 47 * 60));
    assert_eq!(kept(Period::QuarterHour), None);
}

/// One-hour means at `station`, 40 in each of `hours` before `newest`, with PM2.5 at 20 and at 90 in the newest.
fn hours_to(newest: Moment, hours: i64) -> Vec<Reading> {
    let hour = |ago: i64, p: Pollutant| Reading {
        point: PointId::new("station"),
        quantity: p.quantity(),
        period: Period::Hour,
        at: newest - Span::hours(ago),
        value: Some(Value::whole(match (p, ago) {
            (Pollutant::Co, _) => 1,
            (Pollutant::Pm25, 0) => 90,
            (Pollutant::Pm25, _) => 20,
            (Pollutant::So2 | Pollutant::No2 | Pollutant::O3 | Pollutant::Pm10, _) => 40,
        })),
        flag: Flag::Valid,
        source: SourceId::new("eye"),
    };
    let each = |ago| Pollutant::ALL.map(|p| hour(ago, p));
    (0..hours).rev().flat_map(each).collect()
}

fn bench_of(standard: Norm, zone: Zone) -> Bench {
    let mut bench = Bench::new();
    let room = Arc::make_mut(&mut bench.desk.board.room);
    (room.standard, room.zone) = (standard, zone);
    bench
}

fn take_in(bench: &mut Bench, readings: Vec<Reading>) {
    let take = PollResult {
        readings,
        ..PollResult::default()
    };
    bench.read(take, NOON);
}

#[test]
fn a_rooms_air_is_judged_by_its_own_standard() {
    let of = |norm: Norm| {
        let mut bench = bench_of(norm, CHINA);
        take_in(&mut bench, hours_to(NOON, 24));
        let board = &bench.desk.board;
        let station = board
            .air
            .get(&PointId::new("station"))
            .expect("has an index")
            .index;
        let county = board.county(NOON).expect("has an index").index;
        assert_eq!(station, county, "one station is its county");
        (station.standard, station.aqi, station.primary.to_string())
    };
    assert_eq!(
        of(Norm::Hj633),
        (Standard::Hj633_2026, Some(128), "PM2.5".to_owned())
    );
    // The NowCast of 90 after eleven hours of 20 is 55.0: 149.
    assert_eq!(
        of(Norm::Only(Standard::Epa2024)),
        (Standard::Epa2024, Some(149), "PM2.5".to_owned())
    );
    assert_eq!(
        of(Norm::Only(Standard::Eaqi)),
        (Standard::Eaqi, Some(4), "PM2.5".to_owned())
    );
}

#[test]
fn an_hour_that_comes_late_corrects_the_longer_means_of_the_hours_after_it() {
    let mut bench = bench_of(Norm::Only(Standard::Epa2024), CHINA);
    let mut hours = hours_to(NOON, 24);
    let late = hours.split_off(22 * 6);
    let newest = late.iter().filter(|r| r.at == NOON).cloned().collect();
    let before = late.into_iter().filter(|r| r.at < NOON).collect();
    for part in [hours, newest, before] {
        take_in(&mut bench, part);
    }
    let mut whole = bench_of(Norm::Only(Standard::Epa2024), CHINA);
    take_in(&mut whole, hours_to(NOON, 24));
    assert_eq!(bench.desk.board.air, whole.desk.board.air);
    assert_eq!(bench.desk.board.index_trends, whole.desk.board.index_trends);
}

#[test]
fn the_rooms_own_date_chooses_the_edition() {
    let zone = |hours: i32| Zone::east_opt(hours * 3600).expect("a zone");
    let change = Moment::parse_rfc3339("2026-03-01T01:00:00+08:00").expect("a time");
    for (end, zone, standard) in [
        (change, CHINA, Standard::Hj633_2026),
        (change - Span::hours(1), CHINA, Standard::Hj633_2012),
        (change, zone(-5), Standard::Hj633_2012),
        (change + Span::hours(12), zone(-5), Standard::Hj633_2012),
        (change + Span::hours(13), zone(-5), Standard::Hj633_2026),
        (change - Span::hours(3), zone(11), Standard::Hj633_2026),
    ] {
        let mut bench = bench_of(Norm::Hj633, zone);
        take_in(&mut bench, hours_to(end, 1));
        let board = &bench.desk.board;
        let now = board.county(end).expect("has an index");
        assert_eq!(now.index.standard, standard, "{end:?} {zone}");
    }
}

#[test]
fn a_ceiling_enters_no_index_until_the_hour_before_bears_it_out() {
    let pm10 = |hours: i64, value: i64, flag: Flag| Reading {
        quantity: Quantity::Pm10,
        period: Period::Hour,
        at: NOON.floor(Span::hours(1)) + Span::hours(hours),
        value: Some(Value::whole(value)),
        flag,
        ..power(Period::Hour, 0)
    };
    let suspects = |readings: Vec<Reading>| {
        let mut bench = Bench::new();
        for reading in readings {
            let take = PollResult {
                readings: vec![reading],
                ..PollResult::default()
            };
            bench.read(take, NOON);
        }
        let key = (PointId::new("meter"), Quantity::Pm10, Period::Hour);
        let used = bench
            .desk
            .board
            .trends
            .get(&key)
            .map(|series| series.iter().map(|v| v.1).collect::<Vec<_>>());
        let flag = bench.desk.board.latest.get(&key).map(|reading| reading.flag);
        (used.unwrap_or_default(), flag)
    };
    let whole = Value::whole;
    assert_eq!(
        suspects(vec![pm10(-1, 60, Flag::Valid), pm10(0, 985, Flag::Suspect)]),
        (vec![whole(60)], Some(Flag::Suspect)),
        "clean air an hour ago"
    );
    assert_eq!(
        suspects(vec![
            pm10(-2, 600, Flag::Valid),
            pm10(-1, 985, Flag::Suspect),
            pm10(0, 985, Flag::Suspect)
        ]),
        (vec![whole(600), whole(985), whole(985)], Some(Flag::Valid)),
        "a storm that came and stays"
    );
    assert_eq!(
        suspects(vec![pm10(-1, 985, Flag::Suspect), pm10(0, 985, Flag::Suspect)]),
        (vec![], Some(Flag::Suspect)),
        "an instrument that stands at its end bears nothing out"
    );
}

#[test]
fn a_ceiling_is_borne_out_by_the_other_stations_of_its_hour_and_by_nothing_else() {
    let at = NOON.floor(Span::hours(1));
    let pm10 = |point: &str, value: i64, flag: Flag| Reading {
        point: PointId::new(point),
        quantity: Quantity::Pm10,
        period: Period::Hour,
        at,
        value: Some(Value::whole(value)),
        flag,
        source: SourceId::new("eye"),
    };
    let flag = |others: &[(&str, i64, Flag)]| {
        let mut bench = Bench::new();
        for (id, kind) in [("mast", PointKind::Site), ("cell", PointKind::Model)] {
            let point = Point::new(PointId::new(id), Clean::new(id), kind);
            bench.desk.follow_points(vec![point]);
        }
        let others = others.iter().map(|(id, value, flag)| pm10(id, *value, *flag));
        // The suspect comes first, as it may in a body.
        let readings = std::iter::once(pm10("here", 985, Flag::Suspect)).chain(others);
        take_in(&mut bench, readings.collect());
        let key = (PointId::new("here"), Quantity::Pm10, Period::Hour);
        let used = bench.desk.board.trends.contains_key(&key);
        let flag = bench.desk.board.latest.get(&key).map(|reading| reading.flag);
        assert_eq!(used, flag == Some(Flag::Valid), "what is suspect enters nothing");
        flag
    };
    let (valid, borne, not) = (Flag::Valid, Some(Flag::Valid), Some(Flag::Suspect));
    assert_eq!(
        flag(&[("a", 700, valid), ("b", 493, valid)]),
        borne,
        "a storm over the county"
    );
    assert_eq!(
        flag(&[("a", 700, valid), ("b", 800, valid), ("c", 60, valid)]),
        borne,
        "most of it"
    );
    for (others, why) in [
        (vec![("a", 900, valid)], "one alone may stand in the same smoke"),
        (vec![("a", 900, valid), ("b", 492, valid)], "below half of it"),
        (
            vec![
                ("a", 900, valid),
                ("b", 900, valid),
                ("c", 60, valid),
                ("d", 60, valid),
                ("e", 60, valid),
            ],
            "most of the county is clean",
        ),
        (
            vec![("a", 985, Flag::Suspect), ("b", 985, Flag::Suspect)],
            "suspects bear out nothing",
        ),
        (
            vec![("a", 900, Flag::Modelled), ("cell", 900, valid)],
            "a model has measured nothing",
        ),
        (
            vec![("mast", 900, valid), ("a", 900, valid)],
            "a building site has its own dust",
        ),
    ] {
        assert_eq!(flag(&others), not, "{why}");
    }
}
