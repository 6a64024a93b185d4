//! Two days of hours at every station of the sample, taken in as the desk takes readings in.

use super::{board, now, take, watched};
use lookout::desk::board::Board;
use lookout::domain::id::{PointId, SourceId};
use lookout::domain::quantity::{Quantity, Value};
use lookout::domain::reading::{Flag, Period, Reading};
use lookout::domain::time::Span;

const SIX: [Quantity; 6] = [
    Quantity::So2,
    Quantity::No2,
    Quantity::Co,
    Quantity::O3,
    Quantity::Pm10,
    Quantity::Pm25,
];

/// Station, its six values now, what was published.
type Hourly = (&'static str, [Option<i64>; 6], Option<u16>);

/// The hour of every station.
const AIR: &[Hourly] = &[
    (
        "YY01",
        [Some(7), Some(38), Some(1), Some(41), Some(82), Some(48)],
        Some(67),
    ),
    (
        "YY02",
        [Some(8), Some(44), Some(1), Some(36), Some(121), Some(89)],
        Some(118),
    ),
    (
        "YY03",
        [Some(9), Some(51), Some(1), Some(22), Some(168), Some(132)],
        Some(172),
    ),
    (
        "YY04",
        [Some(6), Some(30), Some(1), Some(55), Some(61), Some(33)],
        None,
    ),
    (
        "YY05",
        [Some(4), Some(9), None, Some(78), Some(28), Some(15)],
        Some(26),
    ),
    (
        "CAMS-1",
        [Some(5), Some(33), Some(1), Some(48), Some(70), Some(44)],
        None,
    ),
];

/// Two days of hours at every station, one hour missing everywhere, taken in as the desk takes readings in.
pub(super) fn air(board: Board) -> Board {
    air_of(board, |_, _| true)
}

/// The sample board with only those hours of its stations that `spoke` tells, by station and hours ago.
pub(crate) fn heard(spoke: impl Fn(&str, i64) -> bool) -> Board {
    let mut board = board();
    board.latest.clear();
    board.air.clear();
    board.trends.clear();
    board.index_trends.clear();
    board.county_hours.clear();
    let mut board = air_of(board, spoke);
    watched::measure(&mut board);
    board
}

fn air_of(board: Board, spoke: impl Fn(&str, i64) -> bool) -> Board {
    let hour = now().floor(Span::hours(1));
    let mut readings = Vec::new();
    for (id, six, published) in AIR {
        let modelled = *id == "CAMS-1";
        let reading = |quantity, ago: i64, value: Option<i64>| Reading {
            point: PointId::new(id),
            quantity,
            period: Period::Hour,
            at: hour - Span::hours(ago),
            value: value.map(Value::whole),
            flag: if modelled { Flag::Modelled } else { Flag::Valid },
            source: SourceId::new(if modelled { "cams" } else { "ningbo-air" }),
        };
        let wave = |v: i64, ago: i64| match ago {
            0 => v,
            _ => (v * (70 + (ago * 29 + v) % 45) / 100).max(1),
        };
        for (quantity, value) in SIX.iter().zip(six) {
            let hours = (0..48).rev().filter(|ago| *ago != 17 && spoke(id, *ago));
            readings.extend(hours.map(|ago| reading(*quantity, ago, value.map(|v| wave(v, ago)))));
        }
        let published = published.map(i64::from).filter(|_| spoke(id, 0));
        readings.extend(published.map(|index| reading(Quantity::PublishedIndex, 0, Some(index))));
    }
    for (quantity, value) in [(Quantity::WindFrom, 52), (Quantity::WindSpeed, 2)] {
        readings.push(Reading {
            point: PointId::new("YY03"),
            quantity,
            period: Period::Hour,
            at: hour,
            value: Some(Value::whole(value)),
            flag: Flag::Valid,
            source: SourceId::new("ningbo-air"),
        });
    }
    take(board, readings)
}
