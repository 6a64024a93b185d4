//! Series on the board: how long they are and how a value comes into one.

use crate::domain::time::{Moment, Span};
use imbl::Vector;

/// How long the trend of each series reaches back; whatever is older than this before its newest value is let go.
pub(in crate::desk) const TREND: Span = Span::hours(48);
/// Most values kept of one series: two days of minutes. Instants may come faster.
const TREND_MOST: usize = 2880;

/// Puts an item into its series, in the order of time; one of the same time is replaced.
pub(super) fn put<T: Clone>(series: &mut Vector<(Moment, T)>, item: (Moment, T)) {
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
