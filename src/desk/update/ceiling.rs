//! Ceilings of instruments: a reading at one is used only once the hour before or the county's other stations bear it out.

use crate::desk::board::Board;
use crate::desk::update::trends;
use crate::domain::directory::PointKind;
use crate::domain::id::PointId;
use crate::domain::quantity::Value;
use crate::domain::reading::{Flag, Reading};
use crate::domain::time::{Moment, Span};
use std::collections::BTreeMap;

/// How far back the value lies that may bear a ceiling out: the hour before, and one that came late.
const BEFORE: Span = Span::hours(2);

/// A way to bear a suspect reading out, by what stands on the board and in the same poll.
type Way = fn(&Board, &[Reading], &Reading) -> bool;

/// The ways, in the order they are tried.
const WAYS: [Way; 2] = [by_the_hour_before, by_the_neighbours];

/// Marks those suspect readings valid that are borne out, hour by hour, so that a rise over several hours is believed and
/// an instrument that stands at its end is not. What is still suspect is looked at again whenever its upstream gives it.
pub(super) fn settle(board: &Board, readings: &mut [Reading]) {
    let mut hours: BTreeMap<Moment, Vec<usize>> = BTreeMap::new();
    for (n, reading) in readings.iter().enumerate() {
        if reading.flag == Flag::Suspect {
            hours.entry(reading.at).or_default().push(n);
        }
    }
    for suspects in hours.values() {
        for is_borne_out in WAYS {
            let of = |n: &usize| {
                readings
                    .get(*n)
                    .is_some_and(|one| is_borne_out(board, readings, one))
            };
            let believed: Vec<usize> = suspects.iter().copied().filter(of).collect();
            for n in believed {
                if let Some(reading) = readings.get_mut(n) {
                    reading.flag = Flag::Valid;
                }
            }
        }
    }
}

/// The newest usable value of the same series before it bears it out: on the board, or in the same poll.
fn by_the_hour_before(board: &Board, readings: &[Reading], suspect: &Reading) -> bool {
    let near = |at: &Moment| *at < suspect.at && *at >= suspect.at - BEFORE;
    let key = (suspect.point.clone(), suspect.quantity, suspect.period);
    let known = board.trends.get(&key).into_iter().flatten();
    let known = known.filter(|(at, _)| near(at)).copied();
    let same = readings.iter().filter(|reading| {
        reading.quantity == suspect.quantity
            && reading.period == suspect.period
            && reading.point == suspect.point
            && near(&reading.at)
    });
    let same = same.filter_map(|reading| Some((reading.at, reading.usable()?)));
    let newest = known.chain(same).max_by_key(|(at, _)| *at);
    suspect
        .value
        .zip(newest)
        .is_some_and(|(value, (_, before))| suspect.quantity.bears_out(before, value))
}

/// The county's other stations bear it out by their values of the same hour.
fn by_the_neighbours(board: &Board, readings: &[Reading], suspect: &Reading) -> bool {
    let is_other = |point: &PointId| *point != suspect.point && measures_air(board, point);
    let mut others: BTreeMap<&PointId, Value> = BTreeMap::new();
    for ((point, quantity, period), series) in &board.trends {
        let same = *quantity == suspect.quantity && *period == suspect.period && is_other(point);
        let hour = || series.iter().find(|(at, _)| *at == suspect.at);
        if let Some((_, value)) = same.then(hour).flatten() {
            others.insert(point, *value);
        }
    }
    for reading in readings.iter().filter(|reading| {
        reading.quantity == suspect.quantity
            && reading.period == suspect.period
            && reading.at == suspect.at
            && is_other(&reading.point)
    }) {
        match reading.usable().filter(|_| reading.flag == Flag::Valid) {
            Some(value) => others.insert(&reading.point, value),
            None => others.remove(&reading.point),
        };
    }
    let others: Vec<Value> = others.into_values().collect();
    let value = suspect.value;
    value.is_some_and(|value| suspect.quantity.neighbours_bear_out(&others, value))
}

/// Whether a point measures the county's air, as far as anybody describes it: no model's, and no site's own dust.
fn measures_air(board: &Board, point: &PointId) -> bool {
    let kind = board.points.get(point).map(|known| known.kind);
    let by_kind = kind.is_none_or(|kind| matches!(kind, PointKind::Air | PointKind::Other));
    by_kind && !trends::is_modelled(board, point)
}
