//! Readings onto the board: the newest of each series, two days of trends, the index of each hour that changed.

use crate::desk::board::{AirNow, Board};
use crate::desk::update::county;
use crate::desk::update::trend::{TREND, put};
use crate::domain::air::Pollutant;
use crate::domain::directory::PointKind;
use crate::domain::id::PointId;
use crate::domain::quantity::{Quantity, Value};
use crate::domain::reading::{Flag, Period, Reading};
use crate::domain::time::{Moment, Span};
use crate::domain::{age, air};
use imbl::Vector;
use std::collections::BTreeSet;

/// What readings that were taken in want done after them.
#[derive(Debug, Default)]
pub(in crate::desk) struct Taken {
    /// The hours whose indices are to be computed anew.
    hours: BTreeSet<(PointId, Moment)>,
    /// The hourly series of air in which a known value was corrected.
    pub(in crate::desk) corrected: BTreeSet<(PointId, Quantity)>,
}

impl Taken {
    /// Takes readings in, but those ahead of the clock.
    pub(in crate::desk) fn take(&mut self, board: &mut Board, readings: Vec<Reading>, now: Moment) {
        for reading in readings
            .into_iter()
            .filter(|reading| reading.at <= now + age::AHEAD)
        {
            if reading.period == Period::Hour && is_of_air(reading.quantity) {
                self.hours.insert((reading.point.clone(), reading.at));
                if is_corrected(board, &reading) {
                    self.corrected.insert((reading.point.clone(), reading.quantity));
                }
            }
            trend(board, &reading);
            upkeep(board, &reading);
            let key = (reading.point.clone(), reading.quantity, reading.period);
            let newer = board.latest.get(&key).is_none_or(|known| known.at <= reading.at);
            if newer {
                board.latest.insert(key, reading);
            }
        }
    }

    /// Every hour that is known, such as where another standard judges them.
    pub(in crate::desk) fn all(board: &Board) -> Self {
        let of = |(point, series): (&PointId, &Vector<(Moment, Option<u16>)>)| {
            let hours = series.iter().map(|(hour, _)| (point.clone(), *hour));
            hours.collect::<Vec<_>>()
        };
        Self {
            hours: board.index_trends.iter().flat_map(of).collect(),
            corrected: BTreeSet::new(),
        }
    }

    /// Computes anew every index that they touch.
    pub(in crate::desk) fn settle(&self, board: &mut Board, now: Moment) {
        let mut touched = self.hours.clone();
        touched.extend(later(board, &touched));
        for (point, hour) in &touched {
            index(board, point, *hour);
        }
        county::settle(board, touched.iter().map(|(_, hour)| *hour).collect(), now);
    }
}

/// The known hours whose longer means reach back to one of `touched`, where the room's standard reads such means.
fn later(board: &Board, touched: &BTreeSet<(PointId, Moment)>) -> Vec<(PointId, Moment)> {
    let reach = |hour: Moment| board.standard_at(hour).reach();
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

/// Whether the board knows another value of that hour.
fn is_corrected(board: &Board, reading: &Reading) -> bool {
    let known = board.hour_value(&reading.point, reading.quantity, reading.at);
    known.is_some_and(|known| reading.usable() != Some(known))
}

fn is_of_air(quantity: Quantity) -> bool {
    Pollutant::of(quantity).is_some() || quantity == Quantity::PublishedIndex
}

/// Puts a value into its trend, in the order of time; a correction replaces what stood there, and what is no longer usable
/// leaves it.
fn trend(board: &mut Board, reading: &Reading) {
    let key = (reading.point.clone(), reading.quantity, reading.period);
    match (reading.usable(), board.trends.get_mut(&key)) {
        (Some(value), _) => put(board.trends.entry(key).or_default(), (reading.at, value)),
        (None, Some(series)) => {
            if let Ok(place) = series.binary_search_by(|(at, _)| at.cmp(&reading.at)) {
                series.remove(place);
            }
        }
        (None, None) => {}
    }
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

/// Computes the index of one hour at one point.
fn index(board: &mut Board, point: &PointId, at: Moment) {
    let standard = board.standard_at(at);
    let hour = board.hour_of(standard, point, at);
    let known = board.index_trends.get(point);
    let known = known.is_some_and(|series| series.binary_search_by(|(end, _)| end.cmp(&at)).is_ok());
    if !known && hour.values.iter().all(Option::is_none) {
        return;
    }
    let index = air::hourly(standard, &hour);
    let series = board.index_trends.entry(point.clone()).or_default();
    put(series, (at, index.known()));
    if board.air.get(point).is_some_and(|now| now.hour > at) {
        return;
    }
    let published = board
        .hour_value(point, Quantity::PublishedIndex, at)
        .map(|v| v.round(0).micro() / Value::ONE);
    let now = AirNow {
        hour: at,
        index,
        published: published.and_then(|n| u16::try_from(n).ok()),
        modelled: is_modelled(board, point),
    };
    board.air.insert(point.clone(), now);
}

/// Whether a point is a model's, by its kind or by what it gave last.
pub(super) fn is_modelled(board: &Board, point: &PointId) -> bool {
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
