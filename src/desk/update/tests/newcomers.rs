//! A source whose points have other names at every poll: as many are taken as it may have, and that is said.

use super::*;
use crate::domain::directory::{Point, PointKind};
use crate::domain::feed::bounds::{Bound, Passed};
use crate::domain::feed::{FeedState, Rows};
use crate::domain::id::PointId;
use crate::domain::quantity::{Quantity, Value};
use crate::domain::reading::{Flag, Period, Reading};
use std::ops::Range;

fn eye() -> SourceId {
    SourceId::new("eye")
}

/// A poll with a reading of each of these stations, which it describes too; how many readings are kept of it.
fn poll(bench: &mut Bench, stations: Range<u32>, at: Moment) -> usize {
    let id = |n: u32| PointId::new(&format!("S{n}"));
    let point = |n| Point::new(id(n), Clean::new("a station"), PointKind::Air);
    let reading = |n| Reading {
        point: id(n),
        quantity: Quantity::Pm25,
        period: Period::Hour,
        at,
        value: Some(Value::whole(35)),
        flag: Flag::Valid,
        source: eye(),
    };
    let rows = stations.len() as u32;
    let take = PollResult {
        points: stations.clone().map(point).collect(),
        readings: stations.map(reading).collect(),
        rows: Rows {
            there: rows,
            lost: 0,
            gave: rows,
        },
        ..PollResult::default()
    };
    let effects = bench.desk.update(Event::Read {
        source: eye(),
        take: Box::new(take),
        at,
        next: at + Span::mins(1),
    });
    let kept = effects.iter().map(|effect| {
        if let Effect::Keep(readings) = effect {
            readings.len()
        } else {
            0
        }
    });
    kept.sum()
}

fn bench(most: u32) -> Bench {
    let mut bench = Bench::new();
    if let Some(feed) = bench.desk.board.feeds.get_mut(&eye()) {
        feed.bounds.points = most;
    }
    bench
}

#[test]
fn points_that_are_ever_new_fill_neither_memory_nor_store_and_are_said() {
    let mut bench = bench(100);
    for n in 0..50 {
        let kept = poll(&mut bench, 40 * n..40 * n + 40, NOON + Span::mins(i64::from(n)));
        assert_eq!(kept, [40, 40, 20, 0][n.min(3) as usize], "poll {n}");
    }
    let board = &bench.desk.board;
    assert_eq!(
        (board.points.len(), board.latest.len(), board.trends.len()),
        (100, 100, 100)
    );
    let feed = board.feeds.get(&eye()).expect("the source");
    let passed = Passed {
        bound: Bound::Points,
        found: 140,
        most: 100,
    };
    assert_eq!(feed.passed, Some(passed));
    assert_eq!((feed.state, feed.loses_too_much()), (FeedState::Degraded, true));
    // What it had before is still taken, and what is not new is no trouble.
    assert_eq!(poll(&mut bench, 0..100, NOON + Span::hours(2)), 100);
    let feed = bench.desk.board.feeds.get(&eye()).expect("the source");
    assert_eq!((feed.passed, feed.state), (None, FeedState::Ok));
}

#[test]
fn points_of_the_directory_do_not_count_and_a_restart_does_not_begin_anew() {
    let mut bench = bench(10);
    poll(&mut bench, 0..10, NOON);
    let board = bench.desk.board.clone();
    bench.desk = Desk::new(board, Vec::new());
    assert_eq!(poll(&mut bench, 10..20, NOON + Span::mins(1)), 0);
    assert_eq!(poll(&mut bench, 5..15, NOON + Span::mins(2)), 5);
}
