//! Older values of hourly air readings that their upstream corrected, read back from the store: at the start, after a
//! correction was kept, and by a console that follows another process.

use crate::desk::Event;
use crate::desk::board::Board;
use crate::desk::update::Desk;
use crate::domain::air::Pollutant;
use crate::domain::id::PointId;
use crate::domain::quantity::Quantity;
use crate::domain::reading::{Period, Revision};
use crate::domain::time::{Moment, Span};
use crate::store::{Store, StoreError};
use std::collections::BTreeSet;

/// How far back corrections are of interest to who watches the air.
const REACH: Span = Span::hours(48);

/// A series and what it said before.
type Revised = ((PointId, Quantity), Vec<Revision>);

/// The hourly air series on the board, that of published indices among them.
pub(super) fn series(board: &Board) -> impl Iterator<Item = (PointId, Quantity)> {
    let quantities = Pollutant::ALL.map(Pollutant::quantity);
    let quantities = quantities.into_iter().chain([Quantity::PublishedIndex]);
    let quantities: Vec<Quantity> = quantities.collect();
    let stations = board.air.keys();
    stations.flat_map(move |id| {
        quantities
            .clone()
            .into_iter()
            .map(|quantity| (id.clone(), quantity))
    })
}

/// What each of these series said before, where anything of it was corrected.
pub(super) fn read(
    store: &dyn Store,
    series: impl IntoIterator<Item = (PointId, Quantity)>,
    now: Moment,
) -> Result<Vec<Revised>, StoreError> {
    let mut found = Vec::new();
    for (point, quantity) in series {
        let older = store.revisions((&point, quantity, Period::Hour), now - REACH, now)?;
        if !older.is_empty() {
            found.push(((point, quantity), older));
        }
    }
    Ok(found)
}

/// Takes in what another process found corrected: the older values, and the hours' values as they are now.
pub(super) fn follow(store: &dyn Store, desk: &mut Desk, now: Moment) -> Result<(), StoreError> {
    let all: Vec<_> = series(desk.board()).collect();
    let mut news = read(store, all, now)?;
    let known = &desk.board().revisions;
    news.retain(|(key, older)| known.get(key).is_none_or(|known| !known.iter().eq(older)));
    let mut readings = Vec::new();
    for ((point, quantity), older) in &news {
        let hours: BTreeSet<Moment> = older.iter().map(|revision| revision.reading.at).collect();
        for hour in hours {
            let key = (point, *quantity, Period::Hour);
            readings.extend(store.series(key, hour - Span::from_ms(1), hour)?);
        }
    }
    if !news.is_empty() {
        desk.follow_readings(readings, now);
        desk.update(Event::Revised(news));
    }
    Ok(())
}

#[cfg(test)]
pub(in crate::desk) mod tests;
