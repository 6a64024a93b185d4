//! The first board: state folded, newest readings and two days of trends read back, every source «never polled».

use crate::desk::board::deadlines::Deadlines;
use crate::desk::board::{Board, JOURNAL, Room};
use crate::desk::poll::Wired;
use crate::desk::update::trends::Taken;
use crate::desk::{revised, share, update};
use crate::domain::age;
use crate::domain::alarm::kpi;
use crate::domain::alarm::kpi::Figures;
use crate::domain::chain::Chain;
use crate::domain::fact::Fact;
use crate::domain::fact::alarm::AlarmFact;
use crate::domain::fact::room::RoomFact;
use crate::domain::id::AlarmId;
use crate::domain::ledger::{Entry, Stream};
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Span};
use crate::store::{Store, StoreError};
use imbl::{OrdMap, Vector};
use std::sync::Arc;

/// The newest entries, from which the log goes on writing itself.
fn journal(store: &dyn Store) -> Result<Vector<Entry>, StoreError> {
    let before = store.head()?.seq.saturating_sub(JOURNAL as u64);
    Ok(store.entries(before, JOURNAL)?.into())
}

/// Entries read at once on the way back through the ledger.
const BLOCK: u64 = 4096;
/// No more are read back for the figures of a day: a start does not wait for them, and the figures say from when they count.
const READ_BACK: u64 = 32_768;

/// The figures of the last day as the ledger has them, also of alarms that are normal again, by the clock as it goes now.
fn figures(store: &dyn Store, now: Moment, block: u64) -> Result<Figures, StoreError> {
    let from = now - kpi::DAY;
    let head = store.head()?.seq;
    let mut before = head;
    let (mut since, mut set) = (now, Span::ZERO);
    let mut raises: Vec<(Moment, AlarmId)> = Vec::new();
    while before > 0 && since > from && head - before < READ_BACK {
        let after = before.saturating_sub(block);
        let block = store.entries(after, usize::try_from(before - after).unwrap_or(usize::MAX))?;
        for entry in block.iter().rev() {
            match (&entry.stream, &entry.fact) {
                (Stream::Alarm(id), Fact::Alarm(AlarmFact::Raised(_))) => {
                    raises.push((entry.at + set, id.clone()));
                }
                (_, Fact::Room(RoomFact::ClockStepped { by })) => set = set + Span::from_ms(*by),
                _ => {}
            }
        }
        since = block.first().map_or(since, |entry| entry.at + set);
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
    let (state, distrust) = store.fold(Some(room.keep_closed))?;
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
        chain: Chain {
            distrust,
            checked: share::chain(store),
            days: share::days(store).unlooked(),
        },
        beside: Ok(()),
        anchored: Ok(()),
        stuck: None,
        unrecorded: 0,
        collects: false,
        collector: Clean::default(),
        sightings: OrdMap::new(),
        misread: None,
        stepped: None,
        waits: Vec::new(),
        withheld: 0,
        deadlines: Deadlines::default(),
        figures: figures(store, now, BLOCK)?,
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
    let notes = share::recall(store, &mut board);
    // Without what stands beside the ledger a room starts all the same, and says so.
    if let Err(error) = notes.and(read_back(store, &mut board, now)) {
        board.beside = Err(error.fault());
    }
    Ok(board)
}

/// Newest readings, trends and corrections.
fn read_back(store: &dyn Store, board: &mut Board, now: Moment) -> Result<(), StoreError> {
    let mut taken = Taken::default();
    for newest in store.latest()? {
        let reach = update::reach(newest.period);
        if now.age_of(newest.at) < reach {
            let key = (&newest.point, newest.quantity, newest.period);
            taken.take(board, store.series(key, now - reach, now + age::AHEAD)?, now);
        }
        taken.take(board, vec![newest], now);
    }
    taken.settle(board, now);
    let series: Vec<_> = revised::series(board).collect();
    for (key, older) in revised::read(store, series, now)? {
        board.revisions.insert(key, older.into());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fact::alarm::Cause;
    use crate::domain::ledger::Draft;
    use crate::domain::person::Actor;
    use crate::domain::signal::Severity;
    use crate::store::sqlite::Sqlite;
    use crate::store::{Ledger, OpenMode, Under};

    const NOW: Moment = Moment::from_ms(1_790_000_000_000);

    /// An alarm raised at `at` and normal again a minute later.
    fn came_and_went(store: &mut Sqlite, id: &str, at: Moment) {
        let cause = Cause {
            severity: Severity::Blue,
            began: at,
            ..Cause::default()
        };
        let ended = AlarmFact::Acknowledged {
            comment: Clean::default(),
            until: None,
        };
        let facts = [AlarmFact::raised(cause), ended, AlarmFact::Returned];
        for (nth, fact) in (0..).zip(facts) {
            let draft = Draft {
                stream: Stream::Alarm(AlarmId::new(id)),
                expect: nth,
                at: at + Span::secs(i64::from(nth)),
                by: Actor::Desk,
                seat: None,
                fact: Fact::Alarm(fact),
            };
            store.append(&[draft], Under::Anyone).expect("stored");
        }
    }

    #[test]
    fn after_a_restart_alarms_that_are_normal_again_are_still_counted() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("room.db");
        let mut store = Sqlite::open(&path, OpenMode::ReadWrite).expect("a new file");
        came_and_went(&mut store, "old", NOW - Span::hours(30));
        for nth in 0..12 {
            came_and_went(&mut store, &format!("a/{nth}"), NOW - Span::secs(300 - 20 * nth));
        }
        let state = store.state(None).expect("a state");
        assert!(state.alarms.is_empty(), "none is in hand");
        for block in [3, 5, 4096] {
            let figures = figures(&store, NOW, block).expect("read");
            let rates = figures.rates(NOW);
            assert_eq!((rates.ten_minutes, rates.day), (12, 12), "by blocks of {block}");
            assert_eq!(figures.flood().map(|flood| flood.first.as_str()), Some("a/0"));
            assert_eq!(figures.since(NOW), None, "the whole day was read");
        }
        drop(store);
    }

    #[test]
    fn after_a_restart_alarms_from_before_the_clock_was_set_are_as_old_as_they_were() {
        let folder = tempfile::tempdir().expect("a folder");
        for (nth, by) in [Span::hours(-1), Span::hours(1), Span::days(730)]
            .into_iter()
            .enumerate()
        {
            let path = folder.path().join(format!("{nth}.db"));
            let mut store = Sqlite::open(&path, OpenMode::ReadWrite).expect("a new file");
            came_and_went(&mut store, "old", NOW - by - Span::hours(30));
            for nth in 0..12 {
                came_and_went(
                    &mut store,
                    &format!("a/{nth}"),
                    NOW - by - Span::secs(300 - 20 * nth),
                );
            }
            let set = Draft {
                stream: Stream::Room,
                expect: 0,
                at: NOW - by - Span::secs(30),
                by: Actor::Desk,
                seat: None,
                fact: Fact::Room(RoomFact::ClockStepped { by: by.ms() }),
            };
            store.append(&[set], Under::Anyone).expect("stored");
            let figures = figures(&store, NOW, 5).expect("read");
            let rates = figures.rates(NOW);
            assert_eq!(
                (rates.ten_minutes, rates.day, figures.since(NOW)),
                (12, 12, None),
                "{by:?}"
            );
            assert_eq!(figures.flood().map(|flood| flood.first.as_str()), Some("a/0"));
            drop(store);
        }
    }
}
