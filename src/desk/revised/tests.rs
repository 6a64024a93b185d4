use super::*;
use crate::desk::board::Room;
use crate::desk::start;
use crate::domain::directory::Directory;
use crate::domain::id::SourceId;
use crate::domain::quantity::Value;
use crate::domain::reading::{Flag, Reading};
use crate::domain::shift::Roster;
use crate::domain::text::Clean;
use crate::domain::time::CHINA;
use crate::store::{OpenMode, Readings, Sqlite};

const NOON: Moment = Moment::from_ms(1_790_000_400_000);

pub(in crate::desk) fn room() -> Room {
    Room {
        name: Clean::new("test"),
        training: false,
        zone: CHINA,
        standard: crate::domain::air::Norm::Hj633,
        directory: Directory::default(),
        playbooks: Vec::new(),
        channels: Vec::new(),
        telephones: Vec::new(),
        ack_expires: Span::hours(8),
        keep_closed: Span::days(90),
        letters: crate::desk::board::Letters::default(),
        longest_shelf: Span::hours(12),
        notices: crate::domain::notice::Policy::default(),
        groupings: Vec::new(),
        roster: Roster::default(),
        ladders: Vec::new(),
        targets: Vec::new(),
    }
}

/// PM2.5 at the station, so many hours before noon.
fn pm25(ago: i64, value: i64) -> Reading {
    Reading {
        source: SourceId::new("air"),
        point: PointId::new("S1"),
        quantity: Quantity::Pm25,
        period: Period::Hour,
        at: NOON - Span::hours(ago),
        value: Some(Value::whole(value)),
        flag: Flag::Valid,
    }
}

fn desk(store: &dyn Store) -> Desk {
    let board = start::board(room(), store, &[], NOON).expect("the store reads");
    Desk::new(board, Vec::new())
}

/// What the board says that the station said before, oldest first.
fn before(desk: &Desk) -> Vec<(Moment, Option<Value>)> {
    let older = desk.board().revisions.get(&(PointId::new("S1"), Quantity::Pm25));
    let older = older.into_iter().flatten();
    older.map(|of| (of.reading.at, of.reading.value)).collect()
}

#[test]
fn a_start_and_a_follower_know_what_was_corrected_and_the_value_that_stands_now() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = Sqlite::open(&folder.path().join("room.db"), OpenMode::ReadWrite).expect("a store");
    store
        .keep(&[pm25(2, 30), pm25(1, 40), pm25(0, 50)], NOON)
        .expect("the store keeps");
    let mut follower = desk(&store);
    assert_eq!(before(&follower), []);
    // The collector keeps a correction of an hour that is not the newest.
    store.keep(&[pm25(1, 90)], NOON).expect("the store keeps");
    follow(&store, &mut follower, NOON).expect("the store reads");
    for desk in [follower, desk(&store)] {
        assert_eq!(before(&desk), [(NOON - Span::hours(1), Some(Value::whole(40)))]);
        let now = desk
            .board()
            .hour_value(&PointId::new("S1"), Quantity::Pm25, NOON - Span::hours(1));
        assert_eq!(now, Some(Value::whole(90)));
    }
}
