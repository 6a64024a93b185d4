//! The first board: state folded, newest readings and two days of trends read back, every source «never polled».

use crate::desk::board::Board;
use crate::desk::board::JOURNAL;
use crate::desk::board::Room;
use crate::desk::poll::Wired;
use crate::desk::revised;
use crate::desk::update;
use crate::desk::update::airing::Taken;
use crate::domain::age;
use crate::domain::alarm::AlarmFact;
use crate::domain::alarm::kpi;
use crate::domain::alarm::kpi::Figures;
use crate::domain::id::AlarmId;
use crate::domain::ledger::Entry;
use crate::domain::ledger::Fact;
use crate::domain::ledger::Stream;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::store::Store;
use crate::store::StoreError;
use imbl::OrdMap;
use imbl::Vector;
use std::sync::Arc;

/// The newest entries, from which the log goes on writing itself.
fn journal(store: &dyn Store) -> Result<Vector<Entry>, StoreError> {
    let before = store.head()?.saturating_sub(JOURNAL as u64);
    Ok(store.since(before, JOURNAL)?.into())
}

/// Entries read at once on the way back through the ledger.
const BLOCK: usize = 4096;
/// No more are read back for the figures of a day: a start does not wait for them, and the figures say from when they count.
const READ_BACK: u64 = 32_768;

/// The figures of the last day as the ledger has them, also of alarms that are normal again.
fn figures(store: &dyn Store, now: Moment) -> Result<Figures, StoreError> {
    let from = now - kpi::DAY;
    let head = store.head()?;
    let mut before = head;
    let mut since = now;
    let mut raises: Vec<(Moment, AlarmId)> = Vec::new();
    while before > 0 && since > from && head - before < READ_BACK {
        let after = before.saturating_sub(BLOCK as u64);
        let block = store.since(after, usize::try_from(before - after).unwrap_or(BLOCK))?;
        since = block.first().map_or(since, |entry| entry.at);
        let raised = block
            .iter()
            .filter_map(|entry| match (&entry.stream, &entry.fact) {
                (Stream::Alarm(id), Fact::Alarm(AlarmFact::Raised(_))) => Some((entry.at, id.clone())),
                _ => None,
            });
        raises.extend(raised);
        before = after;
    }
    raises.sort_unstable();
    // Before its first entry a room had no alarms: nothing is missing there.
    Ok(Figures::of(raises, since, now))
}

/// The board of the ledger alone: no reading is taken back.
pub(super) fn bare(
    room: Room,
    store: &dyn Store,
    sources: &[Wired],
    now: Moment,
) -> Result<Board, StoreError> {
    let feeds = sources
        .iter()
        .map(|wired| (wired.id.clone(), wired.feed()))
        .collect();
    let points = room
        .directory
        .points
        .iter()
        .map(|p| (p.id.clone(), p.clone()))
        .collect();
    let state = store.state(Some(room.keep_closed))?;
    Ok(Board {
        at: now,
        room: Arc::new(room),
        points,
        latest: OrdMap::new(),
        air: OrdMap::new(),
        stations: Vector::new(),
        county_hours: Vector::new(),
        county_day: None,
        year: None,
        trends: OrdMap::new(),
        index_trends: OrdMap::new(),
        revisions: OrdMap::new(),
        maintained: OrdMap::new(),
        feeds,
        writable: Ok(()),
        readable: Ok(()),
        stuck: None,
        unrecorded: 0,
        collects: false,
        collector: Clean::default(),
        sightings: OrdMap::new(),
        misread: None,
        withheld: 0,
        figures: figures(store, now)?,
        state,
        log: Vector::new(),
        journal: journal(store)?,
    })
}

/// Reads back what the store has. Air indices are computed anew from the readings, by the standard of their date.
pub(super) fn board(
    room: Room,
    store: &dyn Store,
    sources: &[Wired],
    now: Moment,
) -> Result<Board, StoreError> {
    let mut board = bare(room, store, sources, now)?;
    let mut taken = Taken::default();
    for newest in store.latest()? {
        let reach = update::reach(newest.period);
        if now.age_of(newest.at) < reach {
            let key = (&newest.point, newest.quantity, newest.period);
            taken.take(&mut board, store.series(key, now - reach, now + age::AHEAD)?, now);
        }
        taken.take(&mut board, vec![newest], now);
    }
    taken.settle(&mut board, now);
    let series: Vec<_> = revised::series(&board).collect();
    for (key, older) in revised::read(store, series, now)? {
        board.revisions.insert(key, older.into());
    }
    Ok(board)
}
