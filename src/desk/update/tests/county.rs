//! The county's hours as readings come, are corrected, come late, or do not come.

use super::bench::NOON;
use super::*;
use crate::domain::air;
use crate::domain::air::mean::mean;
use crate::domain::air::{Hour, Pollutant};
use crate::domain::directory::{Point, PointKind};
use crate::domain::id::PointId;
use crate::domain::quantity::{Quantity, Value};
use crate::domain::reading::{Flag, Period, Reading};
use proptest::prelude::*;

/// The end of an hour that is over at [`NOON`].
fn hour(ago: i64) -> Moment {
    NOON.floor(Span::hours(1)) - Span::hours(ago)
}

fn id(nth: usize) -> PointId {
    PointId::new(&format!("S{nth}"))
}

/// A station's clean hour, but for PM2.5.
fn spoke(station: &PointId, at: Moment, pm25: i64) -> Vec<Reading> {
    let reading = |p: Pollutant| Reading {
        point: station.clone(),
        quantity: p.quantity(),
        period: Period::Hour,
        at,
        value: Some(Value::whole(if p == Pollutant::Pm25 { pm25 } else { 1 })),
        flag: Flag::Valid,
        source: SourceId::new("eye"),
    };
    Pollutant::ALL.map(reading).to_vec()
}

/// A desk that knows four stations.
fn four() -> Bench {
    let mut bench = Bench::new();
    for nth in 0..4 {
        let point = Point::new(id(nth), Clean::new(&format!("{nth}号站")), PointKind::Air);
        bench.desk.board.points.insert(id(nth), point);
    }
    bench
}

fn poll(bench: &mut Bench, readings: Vec<Reading>, at: Moment) -> Vec<Effect> {
    let take = PollResult {
        readings,
        ..PollResult::default()
    };
    bench.desk.update(Event::Read {
        source: SourceId::new("eye"),
        take: Box::new(take),
        at,
        next: at,
    })
}

#[test]
fn one_station_of_four_is_no_county_and_the_silent_are_named() {
    let mut bench = four();
    for nth in 0..4 {
        poll(&mut bench, spoke(&id(nth), hour(4), 200), hour(4));
    }
    for ago in [3, 2, 1, 0] {
        poll(&mut bench, spoke(&id(0), hour(ago), 20), NOON);
    }
    let county = bench.desk.board.county(hour(-1)).expect("an hour of now");
    assert_eq!((county.index.aqi, county.heard(), county.due), (None, 1, 4));
    assert_eq!(county.silent, [id(1), id(2), id(3)]);
}

#[test]
fn a_county_of_which_nobody_speaks_any_more_has_no_hour() {
    let mut bench = four();
    for nth in 0..4 {
        poll(&mut bench, spoke(&id(nth), hour(0), 20), NOON);
    }
    let board = &bench.desk.board;
    assert!(
        board
            .county(NOON)
            .is_some_and(|county| county.index.aqi.is_some())
    );
    assert_eq!(board.county(hour(0) + Span::mins(181)), None);
    assert_eq!(board.air_now(&id(0), hour(0) + Span::mins(181)), None);
    assert_eq!(board.stations.len(), 4);
}

#[test]
fn a_station_of_years_ago_is_known_and_is_not_now() {
    let mut bench = Bench::new();
    poll(&mut bench, spoke(&id(9), hour(24 * 3916), 180), NOON);
    poll(&mut bench, spoke(&id(0), hour(0), 20), NOON);
    let board = &bench.desk.board;
    assert!(board.air.contains_key(&id(9)) && board.air_now(&id(9), NOON).is_none());
    assert_eq!(
        board.county(NOON).map(|of| of.due),
        Some(1),
        "nobody describes it"
    );
    let point = Point::new(id(9), Clean::default(), PointKind::Air);
    bench.desk.update(Event::Read {
        source: SourceId::new("eye"),
        take: Box::new(PollResult {
            points: vec![point],
            ..PollResult::default()
        }),
        at: NOON,
        next: NOON,
    });
    assert_eq!(
        bench.desk.board.county(NOON).map(|of| (of.due, of.heard())),
        Some((2, 1))
    );
}

#[test]
fn an_hour_ahead_of_the_clock_is_a_flaw_and_is_neither_shown_nor_kept() {
    let mut bench = four();
    let effects = poll(&mut bench, spoke(&id(0), hour(-1), 20), NOON);
    let board = &bench.desk.board;
    assert!(board.air.is_empty() && board.latest.is_empty());
    assert_eq!(board.feeds[&SourceId::new("eye")].flaws, 6);
    let kept = |effect: &Effect| matches!(effect, Effect::Keep(readings) if !readings.is_empty());
    assert!(!effects.iter().any(kept), "{effects:?}");
}

#[test]
fn a_value_that_is_withdrawn_leaves_the_index_and_is_read_back_as_a_revision() {
    let mut bench = four();
    poll(&mut bench, spoke(&id(0), hour(0), 180), NOON);
    assert!(bench.desk.board.air[&id(0)].index.aqi > Some(200));
    let mut again = spoke(&id(0), hour(0), 180);
    again[5].flag = Flag::Invalid;
    let effects = poll(&mut bench, again, NOON);
    assert_eq!(bench.desk.board.air[&id(0)].index.of(Pollutant::Pm25), None);
    let reread = Effect::Reread(vec![(id(0), Quantity::Pm25)]);
    assert!(effects.contains(&reread), "{effects:?}");
    assert!(!poll(&mut bench, spoke(&id(0), hour(0) - Span::hours(1), 20), NOON).contains(&reread));
}

#[test]
fn a_days_hours_are_those_of_its_own_date_and_no_more() {
    let mut bench = four();
    let midnight = hour(0) - Span::hours(20);
    bench.desk.board.room = std::sync::Arc::new(crate::desk::board::Room {
        zone: midnight_at(midnight),
        ..(*bench.desk.board.room).clone()
    });
    for ago in (0..30).rev() {
        for nth in 0..4 {
            poll(
                &mut bench,
                spoke(&id(nth), hour(ago), if ago < 20 { 50 } else { 500 }),
                NOON,
            );
        }
    }
    let day = bench.desk.board.county_day(NOON).expect("a day");
    assert_eq!((day.of.over, day.until), (20, hour(0)));
    assert_eq!(
        day.of.now.of(Pollutant::Pm25),
        Some(80),
        "yesterday's 500 is not in it"
    );
}

/// A zone in which `moment` is midnight.
fn midnight_at(moment: Moment) -> crate::domain::time::Zone {
    let past = moment.ms().rem_euclid(86_400_000) / 1000;
    let east = if past == 0 { 0 } else { 86_400 - past };
    let east = if east > 43_200 { east - 86_400 } else { east };
    crate::domain::time::Zone::east_opt(i32::try_from(east).expect("half a day")).expect("a zone")
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 32, ..ProptestConfig::default() })]

    /// The curve under the warning lines shows the hours that the Overview shows one by one: what stands on the board for
    /// an hour is the index of the concentrations averaged over those that spoke, where they were enough.
    #[test]
    fn every_hour_of_the_curve_is_the_countys_index_of_that_hour(
        said in proptest::collection::vec(proptest::array::uniform4(proptest::option::weighted(0.8, 1_i64..400)), 1..20),
    ) {
        let mut bench = four();
        let count = said.len() as i64;
        for (nth, stations) in said.iter().enumerate() {
            let at = hour(count - 1 - nth as i64);
            let readings = stations.iter().enumerate().filter_map(|(nth, pm25)| Some(spoke(&id(nth), at, (*pm25)?)));
            poll(&mut bench, readings.flatten().collect(), at);
            let heard: Vec<Value> = stations.iter().flatten().map(|pm25| Value::whole(*pm25)).collect();
            let one = Some(Value::whole(1));
            let of = Hour::of([one, one, one, one, one, mean(heard.iter().copied())]);
            let wanted = (heard.len() >= 3).then(|| air::hourly(bench.desk.board.standard_at(at), &of).aqi).flatten();
            // At the end of its hour and an hour on, when it is no longer awaited.
            let board = &bench.desk.board;
            let shown = board.county(at + Span::hours(1)).filter(|county| county.hour == at);
            prop_assert_eq!(shown.and_then(|county| county.index.aqi), wanted);
            let curve = board.county_hours.iter().find(|(end, _)| *end == at);
            prop_assert_eq!(curve.and_then(|(_, county)| county.index.aqi), wanted);
        }
    }
}
