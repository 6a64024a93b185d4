//! What a collector leaves in the store for every other process, and for itself after a restart: its sources' health, the
//! points that they describe, and by which clock it runs. Readings and sightings stand there anyway. Disposable.

mod chain;
mod days;
mod feeds;
mod points;

use crate::clock::Clock;
use crate::desk::board::Board;
use crate::desk::poll::Cursors;
use crate::desk::share::chain::{CHAIN, ChainRow};
use crate::desk::share::days::{DAYS, DaysRow};
use crate::desk::share::feeds::FeedRow;
use crate::desk::share::points::PointRow;
use crate::desk::update::Desk;
use crate::desk::{revised, update};
use crate::domain::chain::Checked;
use crate::domain::days::Days;
use crate::domain::directory::Point;
use crate::domain::feed::Feed;
use crate::domain::id::{AlarmId, PointId, SourceId};
use crate::domain::reading::Reading;
use crate::domain::time::{Moment, Span};
use crate::store::{Store, StoreError};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

/// By which clock a training city runs.
pub(super) const CLOCK: &str = "clock";
/// How far back of what is known already a series is read again: corrections come with what is new.
const AGAIN: Span = Span::hours(6);

/// The collector leaves the health of the source that was just polled: one small write a poll. That the others grow
/// old meanwhile, every console knows by itself.
pub fn leave_feed(store: &mut dyn Store, feed: &Feed) {
    leave(store, &feed_key(&feed.id), &FeedRow::of(feed));
}

/// The points that sources have described, as they were last left.
#[derive(Debug, Default)]
pub struct Described(BTreeMap<SourceId, BTreeMap<PointId, Point>>);

impl Described {
    /// The collector leaves what a source just described, where that is anything new.
    pub fn leave(&mut self, store: &mut dyn Store, source: &SourceId, points: Vec<Point>) {
        let before = || described(store, source).into_iter();
        let known = self.0.entry(source.clone());
        let known = known.or_insert_with(|| before().map(|point| (point.id.clone(), point)).collect());
        let mut changed = false;
        for point in points {
            changed |= known.get(&point.id) != Some(&point);
            known.insert(point.id.clone(), point);
        }
        if changed {
            let rows: Vec<PointRow> = known.values().map(PointRow::of).collect();
            leave(store, &points_key(source), &rows);
        }
    }
}

/// The collector of a training city leaves by which clock it runs: its hour, the wall's, and how fast it goes.
pub(super) fn leave_clock(store: &mut dyn Store, clock: &Clock) {
    let row = (clock.now().ms(), Clock::Wall.now().ms(), clock.speed());
    leave(store, CLOCK, &row);
}

/// A process leaves what it found when it verified the chain.
pub(super) fn leave_chain(store: &mut dyn Store, found: &Checked) {
    if let Some(row) = ChainRow::of(found) {
        leave(store, CHAIN, &row);
    }
}

/// What was found last, by whichever process.
pub(super) fn chain(store: &dyn Store) -> Checked {
    left::<ChainRow>(store, CHAIN).map_or(Checked::Never, ChainRow::back)
}

/// The same for the readings of the days that are over.
pub(super) fn leave_days(store: &mut dyn Store, found: &Days) {
    leave(store, DAYS, &DaysRow::of(found));
}

/// What was found of them last, by whichever process.
pub(super) fn days(store: &dyn Store) -> Days {
    left::<DaysRow>(store, DAYS)
        .map(DaysRow::back)
        .unwrap_or_default()
}

fn leave(store: &mut dyn Store, key: &str, row: &impl Serialize) {
    let row = serde_json::to_value(row).map_err(|e| e.to_string());
    let left = row.and_then(|row| store.remember(key, &row).map_err(|e| e.to_string()));
    if let Err(error) = left {
        tracing::debug!(%error, key, "not left for other processes");
    }
}

/// What was left under a key; `None` where nothing was, or it cannot be understood.
pub(super) fn left<T: DeserializeOwned>(store: &dyn Store, key: &str) -> Option<T> {
    let row = store.recall(key).ok().flatten()?;
    serde_json::from_value(row).ok()
}

/// The collector leaves from where a source is asked on.
pub(super) fn leave_cursor(store: &mut dyn Store, source: &SourceId, cursor: &str) {
    leave(store, &cursor_key(source), &cursor);
}

/// The same as a note that goes with what was stored.
pub(super) fn cursor_note((source, cursor): &(SourceId, String)) -> (String, serde_json::Value) {
    (cursor_key(source), cursor.as_str().into())
}

/// From where sources are asked on, as it was left: by this process before it ended, or by the collector before us.
pub(super) fn cursors<'a>(store: &dyn Store, sources: impl IntoIterator<Item = &'a SourceId>) -> Cursors {
    let kept = |source: &SourceId| Some((source.clone(), left(store, &cursor_key(source))?));
    sources.into_iter().filter_map(kept).collect()
}

fn cursor_key(source: &SourceId) -> String {
    format!("cursor/{source}")
}

fn feed_key(source: &SourceId) -> String {
    format!("feed/{source}")
}

fn points_key(source: &SourceId) -> String {
    format!("points/{source}")
}

fn described(store: &dyn Store, source: &SourceId) -> Vec<Point> {
    let rows: Vec<PointRow> = left(store, &points_key(source)).unwrap_or_default();
    rows.into_iter().filter_map(PointRow::back).collect()
}

/// Takes back onto a first board what collectors left: points, sightings, and how much each source has said. Their sources'
/// health is not taken: it is that of another time.
pub(super) fn recall(store: &dyn Store, board: &mut Board) -> Result<(), StoreError> {
    for source in board.feeds.keys() {
        for point in described(store, source) {
            if !board.room.directory.points.has(&point.id) {
                board.points.insert(point.id.clone(), point);
            }
        }
    }
    let now = board.at;
    let ids: Vec<SourceId> = board.feeds.keys().cloned().collect();
    for id in ids {
        let row = left::<FeedRow>(store, &feed_key(&id));
        if let (Some(row), Some(feed)) = (row, board.feeds.get_mut(&id)) {
            row.heard_onto(feed, now);
        }
    }
    let counts = sightings(store, board)?;
    board.sightings = counts.into_iter().filter(|(_, count)| *count > 1).collect();
    readable(store, board)
}

/// Whether the notes of its sources can be read; what they say is another matter.
fn readable(store: &dyn Store, board: &Board) -> Result<(), StoreError> {
    let mut keys = board.feeds.keys().map(feed_key).chain([CLOCK.to_owned()]);
    keys.try_for_each(|key| store.recall(&key).map(drop))
}

/// Takes in what the collector left: readings, the health of sources, points, sightings; all of it that can be read.
///
/// # Errors
/// The first of them that cannot be read.
pub(super) fn follow(store: &dyn Store, desk: &mut Desk, now: Moment) -> Result<(), StoreError> {
    let sources: Vec<SourceId> = desk.board().feeds.keys().cloned().collect();
    desk.follow_points(
        sources
            .iter()
            .flat_map(|source| described(store, source))
            .collect(),
    );
    let readings = newer(store, desk.board()).map(|readings| desk.follow_readings(readings, now));
    let corrections = revised::follow(store, desk, now);
    let mut feeds = desk.board().feeds.clone();
    for feed in desk.board().feeds.values() {
        if let Some(row) = left::<FeedRow>(store, &feed_key(&feed.id)) {
            feeds.insert(feed.id.clone(), row.onto(feed.clone()));
        }
    }
    desk.follow_feeds(feeds);
    let counts = sightings(store, desk.board()).map(|counts| desk.follow_sightings(counts));
    readings
        .and(corrections)
        .and(counts)
        .and(readable(store, desk.board()))
}

/// The readings that the board does not have: of each series that has a newer one, all since the one that is known.
fn newer(store: &dyn Store, board: &Board) -> Result<Vec<Reading>, StoreError> {
    let mut found = Vec::new();
    for newest in store.latest()? {
        let id = (newest.point.clone(), newest.quantity, newest.period);
        let known = board.latest.get(&id);
        if known == Some(&newest) {
            continue;
        }
        let furthest = newest.at - update::reach(newest.period);
        let from = known.map_or(furthest, |known| (known.at - AGAIN).max(furthest));
        let key = (&newest.point, newest.quantity, newest.period);
        found.extend(store.series(key, from, newest.at)?);
    }
    Ok(found)
}

/// How often the signals of the alarms in hand were seen.
fn sightings(store: &dyn Store, board: &Board) -> Result<Vec<(AlarmId, u64)>, StoreError> {
    let of = |id: &AlarmId| {
        let (source, signal) = id.as_str().split_once('/')?;
        board
            .feeds
            .contains_key(source)
            .then(|| (source.to_owned(), signal.to_owned()))
    };
    let alarms = board.state.alarms.keys();
    let (ids, names): (Vec<AlarmId>, Vec<_>) = alarms.filter_map(|id| Some((id.clone(), of(id)?))).unzip();
    let names: Vec<(&str, &str)> = names
        .iter()
        .map(|(source, id)| (source.as_str(), id.as_str()))
        .collect();
    Ok(ids.into_iter().zip(store.seen(&names)?).collect())
}

#[cfg(test)]
mod tests;
