//! Ceilings of instruments: a reading at one is used only once the hour before bears it out.

use crate::desk::board::Board;
use crate::domain::quantity::Value;
use crate::domain::reading::Flag;
use crate::domain::reading::Reading;
use crate::domain::time::Moment;
use crate::domain::time::Span;

/// How far back the value lies that may bear a ceiling out: the hour before, and one that came late.
const BEFORE: Span = Span::hours(2);

/// Marks those suspect readings valid that the value before them bears out, the earliest first, so that a rise over
/// several hours is believed and an instrument that stands at its end is not.
pub(super) fn settle(board: &Board, readings: &mut [Reading]) {
    let mut suspects: Vec<usize> = readings
        .iter()
        .enumerate()
        .filter(|(_, reading)| reading.flag == Flag::Suspect)
        .map(|(n, _)| n)
        .collect();
    suspects.sort_by_key(|n| readings.get(*n).map(|reading| reading.at));
    for n in suspects {
        let Some(suspect) = readings.get(n).cloned() else {
            continue;
        };
        let before = before(board, readings, &suspect);
        let borne_out = suspect
            .value
            .zip(before)
            .is_some_and(|(value, before)| suspect.quantity.bears_out(before, value));
        if let Some(reading) = readings.get_mut(n).filter(|_| borne_out) {
            reading.flag = Flag::Valid;
        }
    }
}

/// The newest usable value of the same series before `suspect`: on the board, or in the same poll.
fn before(board: &Board, readings: &[Reading], suspect: &Reading) -> Option<Value> {
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
    known
        .chain(same)
        .max_by_key(|(at, _)| *at)
        .map(|(_, value)| value)
}
