//! Readings onto the board: the newest of each series, two days of trends, the index of each hour that changed.

use crate::desk::board::AirNow;
use crate::desk::board::Board;
use crate::domain::air;
use crate::domain::air::Hour;
use crate::domain::air::Pollutant;
use crate::domain::air::Standard;
use crate::domain::air::mean;
use crate::domain::air::mean::Member;
use crate::domain::air::past::Past;
use crate::domain::directory::PointKind;
use crate::domain::id::PointId;
use crate::domain::quantity::Quantity;
use crate::domain::quantity::Value;
use crate::domain::reading::Flag;
use crate::domain::reading::Period;
use crate::domain::reading::Reading;
use crate::domain::time::Moment;
use crate::domain::time::Span;
use imbl::Vector;
use std::collections::BTreeSet;

/// How long the trend of each series reaches back; whatever is older than this before its newest value is let go.
pub(in crate::desk) const TREND: Span = Span::hours(48);
/// Most values kept of one series: two days of minutes. Instants may come faster.
const TREND_MOST: usize = 2880;
/// A station whose newest hour is older than this does not go into the county's hour.
const COUNTY_LAG: Span = Span::hours(1);

/// Takes readings in; afterwards every index that they touch is computed anew.
pub(super) fn take(board: &mut Board, readings: Vec<Reading>) {
    let mut touched: BTreeSet<(PointId, Moment)> = BTreeSet::new();
    for reading in readings {
        if reading.period == Period::Hour && is_of_air(reading.quantity) {
            touched.insert((reading.point.clone(), reading.at));
        }
        trend(board, &reading);
        upkeep(board, &reading);
        let key = (reading.point.clone(), reading.quantity, reading.period);
        let newer = board.latest.get(&key).is_none_or(|known| known.at <= reading.at);
        if newer {
            board.latest.insert(key, reading);
        }
    }
    let any = !touched.is_empty();
    touched.extend(later(board, &touched));
    for (point, hour) in touched {
        index(board, &point, hour);
    }
    if any {
        board.county = county(board);
    }
}

/// The known hours whose longer means reach back to one of `touched`, where the room's standard reads such means.
fn later(board: &Board, touched: &BTreeSet<(PointId, Moment)>) -> Vec<(PointId, Moment)> {
    let reach = |hour: Moment| standard_at(board, hour).reach();
    let after = |(point, hour): &(PointId, Moment)| {
        let known = board.index_trends.get(point);
        let hours = known.into_iter().flatten().rev().map(|(at, _)| *at);
        let hours = hours
            .take_while(|at| at > hour)
            .filter(|at| *at - *hour < reach(*at));
        hours.map(|at| (point.clone(), at)).collect::<Vec<_>>()
    };
    touched.iter().flat_map(after).collect()
}

fn is_of_air(quantity: Quantity) -> bool {
    Pollutant::of(quantity).is_some() || quantity == Quantity::PublishedIndex
}

/// Puts a value into its trend, in the order of time; a correction replaces what stood there.
fn trend(board: &mut Board, reading: &Reading) {
    let Some(value) = reading.usable() else {
        return;
    };
    let series = board
        .trends
        .entry((reading.point.clone(), reading.quantity, reading.period))
        .or_default();
    put(series, (reading.at, value));
}

/// Notes the hour in which an upstream says that a point is maintained.
fn upkeep(board: &mut Board, reading: &Reading) {
    if reading.flag != Flag::Maintenance {
        return;
    }
    let hour = (reading.at - Span::from_ms(1)).floor(Span::hours(1)) + Span::hours(1);
    let hours = board.maintained.entry(reading.point.clone()).or_default();
    if let Err(place) = hours.binary_search(&hour) {
        hours.insert(place, hour);
    }
    let oldest = hours.last().map(|newest| *newest - TREND);
    while hours.front().copied() <= oldest {
        hours.pop_front();
    }
}

fn put<T: Clone>(series: &mut Vector<(Moment, T)>, item: (Moment, T)) {
    match series.binary_search_by(|(at, _)| at.cmp(&item.0)) {
        Ok(place) => {
            series.set(place, item);
        }
        Err(place) if place == series.len() => series.push_back(item),
        Err(place) => series.insert(place, item),
    }
    let oldest = series.last().map(|newest| newest.0 - TREND);
    while series.len() > TREND_MOST || series.front().map(|item| item.0) <= oldest {
        series.pop_front();
    }
}

/// Computes the index of one hour at one point.
fn index(board: &mut Board, point: &PointId, at: Moment) {
    let standard = standard_at(board, at);
    let hour = hour_of(board, standard, point, at);
    if hour.values.iter().all(Option::is_none) {
        return;
    }
    let index = air::hourly(standard, &hour);
    let series = board.index_trends.entry(point.clone()).or_default();
    put(series, (at, index.aqi));
    if board.air.get(point).is_some_and(|now| now.hour > at) {
        return;
    }
    let published =
        value_at(board, point, Quantity::PublishedIndex, at).map(|v| v.round(0).micro() / Value::ONE);
    let now = AirNow {
        hour: at,
        index,
        published: published.and_then(|n| u16::try_from(n).ok()),
        modelled: is_modelled(board, point),
        stations: 1,
    };
    board.air.insert(point.clone(), now);
}

/// The standard for an hour that ends at `end`: the room's own, by the room's date.
fn standard_at(board: &Board, end: Moment) -> Standard {
    board.room.standard.at(end, board.room.zone)
}

fn is_modelled(board: &Board, point: &PointId) -> bool {
    let by_kind = board
        .points
        .get(point)
        .is_some_and(|p| p.kind == PointKind::Model);
    by_kind
        || Pollutant::ALL.into_iter().any(|p| {
            let newest = board.latest.get(&(point.clone(), p.quantity(), Period::Hour));
            newest.is_some_and(|r| r.flag == Flag::Modelled)
        })
}

fn hour_of(board: &Board, standard: Standard, point: &PointId, at: Moment) -> Hour {
    let past = |p: Pollutant, ago: usize| {
        let hour = at - Span::hours(ago as i64);
        value_at(board, point, p.quantity(), hour)
    };
    past.as_read_by(standard)
}

fn value_at(board: &Board, point: &PointId, quantity: Quantity, at: Moment) -> Option<Value> {
    let series = board.trends.get(&(point.clone(), quantity, Period::Hour))?;
    let place = series.binary_search_by(|(t, _)| t.cmp(&at)).ok()?;
    series.get(place).map(|(_, value)| *value)
}

/// The county's index: of the concentrations averaged over its measuring stations, never of their indices.
fn county(board: &Board) -> Option<AirNow> {
    let stations = || board.air.iter().filter(|(_, now)| !now.modelled);
    let hour = stations().map(|(_, now)| now.hour).max()?;
    let standard = standard_at(board, hour);
    let members: Vec<Member<Hour>> = stations()
        .filter(|(_, now)| now.hour + COUNTY_LAG > hour)
        .map(|(point, _)| Member {
            of: hour_of(board, standard, point, hour),
            background: board.points.get(point).is_some_and(|p| p.background),
        })
        .collect();
    let of = mean::unit_hour(&members, mean::HJ663_QUORUM);
    let index = air::hourly(standard, &of);
    let stations = members.iter().filter(|m| !m.background).count() as u32;
    Some(AirNow {
        hour,
        index,
        published: None,
        modelled: false,
        stations,
    })
}
