//! What readings leave on the board.

use super::*;
use crate::domain::id::PointId;
use crate::domain::quantity::Quantity;
use crate::domain::quantity::Value;
use crate::domain::reading::Flag;
use crate::domain::reading::Period;

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
    let take = Take {
        readings: minutes.chain(hours).collect(),
        ..Take::default()
    };
    bench.give(Event::Read {
        source: SourceId::new("eye"),
        take: Box::new(take),
        at: NOON,
        next: NOON,
    });
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
