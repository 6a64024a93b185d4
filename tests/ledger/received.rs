//! The days of receiving in the file: what is kept stands under the number of its day, also in a file of an older program and
//! in one that was saved out of a damaged one.

use crate::drafts::{desk, noon, reading};
use lookout::domain::days::dropped;
use lookout::domain::fact::Fact;
use lookout::domain::fact::readings::DayRoot;
use lookout::domain::fact::room::RoomFact;
use lookout::domain::ledger::Stream;
use lookout::domain::reading::Reading;
use lookout::domain::time::{Moment, Span};
use lookout::store::received::Received;
use lookout::store::{Ledger, OpenMode, Readings, Sqlite, Under};
use rusqlite::Connection;

fn looked(store: &Sqlite, mut look: Received, most: usize) -> Received {
    while store.look_on(&mut look, most).expect("looked at") {}
    look
}

/// What stands under a number, looked at in such pieces.
fn root(store: &Sqlite, lot: u32, most: usize) -> DayRoot {
    let look = looked(store, Received::of_day(lot, None), most);
    look.close(lot, (Moment::default(), noon())).expect("the day")
}

fn record(store: &mut Sqlite, root: DayRoot) {
    let (day, root) = (root.lot, Fact::Room(RoomFact::Readings(Box::new(root))));
    let draft = desk(Stream::Room, day, root);
    store.append(&[draft], Under::Anyone).expect("stored");
}

fn whole(store: &Sqlite) -> u64 {
    let roots = store.roots(u64::MAX).expect("roots");
    let days = looked(store, Received::of(&roots), 10).judge(&roots, dropped(&roots));
    assert_eq!(days.differ, []);
    days.whole
}

#[test]
fn a_root_is_the_same_in_any_pieces_and_after_any_correction_of_a_later_day() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("room.db");
    let mut store = Sqlite::open(&path, OpenMode::ReadWrite).expect("a store");
    let day: Vec<Reading> = (0..24)
        .flat_map(|hour| [reading("s1", hour, hour), reading("s2", hour, 9)])
        .collect();
    store.keep(&day, noon()).expect("kept");
    store
        .keep(&[reading("s1", 3, 77)], noon())
        .expect("corrected on its day");
    store.turn(noon() + Span::days(1)).expect("the next day");
    let first = root(&store, 0, 1);
    assert_eq!(first.count, 49, "and what it was before");
    for most in [2, 7, 1000] {
        assert_eq!(root(&store, 0, most), first);
    }
    record(&mut store, first.clone());
    // Whatever the clock says: a reading is of the day that it was received on.
    let later = [reading("s1", 3, 78), reading("s2", 5, 10), reading("s3", 5, 1)];
    store
        .keep(&later, noon() - Span::days(900))
        .expect("corrected later");
    assert_eq!(root(&store, 0, 5), first);
    assert_eq!(root(&store, 1, 5).count, 3);
    // Corrections come between two pieces, before the place that was reached and behind it.
    let mut look = Received::of_day(0, None);
    assert!(store.look_on(&mut look, 20).expect("looked at"));
    store
        .keep(&[reading("s1", 1, 5), reading("s2", 22, 5)], noon())
        .expect("corrected");
    let look = looked(&store, look, 20);
    assert_eq!(look.close(0, (Moment::default(), noon())), Some(first));
    store.turn(noon() + Span::days(2)).expect("the next day");
    let days = store.received(0).expect("days");
    let began = [noon(), noon() + Span::days(1), noon() + Span::days(2)];
    assert_eq!(days, (0..).zip(began).collect::<Vec<_>>());
    let second = root(&store, 1, 9);
    record(&mut store, second);
    assert_eq!(whole(&store), 2);
    // What is saved out of the file is under the same numbers, and goes on after the last day that is over.
    drop(store);
    let saved = folder.path().join("saved.db");
    Sqlite::salvage(&path, &saved, |_, _, _| Ok(())).expect("saved");
    let mut saved = Sqlite::open(&saved, OpenMode::ReadWrite).expect("a store");
    assert_eq!(whole(&saved), 2);
    saved.keep(&[reading("s4", 1, 1)], noon()).expect("kept");
    assert_eq!(saved.received(0).expect("days"), [(2, noon())]);
    assert_eq!((whole(&saved), root(&saved, 2, 9).count), (2, 1));
}

#[test]
fn readings_of_an_older_program_are_of_the_first_day() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("room.db");
    let mut store = Sqlite::open(&path, OpenMode::ReadWrite).expect("a store");
    store
        .keep(&[reading("s1", 1, 1), reading("s1", 2, 2)], noon())
        .expect("kept");
    store.keep(&[reading("s1", 1, 3)], noon()).expect("corrected");
    let then = root(&store, 0, 9);
    drop(store);
    let conn = Connection::open(&path).expect("the file");
    let older = "DROP TRIGGER reading_corrected; DROP TABLE lot;
        ALTER TABLE reading DROP COLUMN lot; ALTER TABLE superseded DROP COLUMN lot;
        CREATE TRIGGER reading_corrected AFTER UPDATE ON reading BEGIN
            INSERT INTO superseded(series, at, revision, value, flag, source, kept)
            VALUES(old.series, old.at, old.revision, old.value, old.flag, old.source, old.kept);
        END;
        PRAGMA user_version = 2;";
    conn.execute_batch(older).expect("as it was");
    drop(conn);
    let mut store = Sqlite::open(&path, OpenMode::ReadWrite).expect("brought up to date");
    assert_eq!(root(&store, 0, 9), then);
    store.turn(noon() + Span::days(1)).expect("the next day");
    store.keep(&[reading("s1", 2, 4)], noon()).expect("corrected");
    assert_eq!(root(&store, 0, 9), then);
    assert_eq!(root(&store, 1, 9).count, 1);
}
