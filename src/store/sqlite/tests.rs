use super::*;
use crate::domain::fact::Fact;
use crate::domain::fact::alarm::{AlarmFact, Cause};
use crate::domain::id::{AlarmId, PointId};
use crate::domain::ledger::{Draft, Stream};
use crate::domain::ledger_fault::LedgerFault;
use crate::domain::person::Actor;
use crate::domain::quantity::{Quantity, Value};
use crate::domain::reading::{Flag, Period, Reading};
use crate::domain::text::{Clean, hex};
use crate::store::Readings;
use crate::store::chain::link;
use sha2::{Digest, Sha256};

const NOON: Moment = Moment::from_ms(1_790_000_000_000);

impl Sqlite {
    /// Lets the file grow to so many pages at most: a disk that is full.
    fn limit_pages(&self, most: i64) {
        let set = self
            .conn
            .pragma_update_and_check(None, "max_page_count", most, |_| Ok(()));
        set.expect("a limit");
    }
}

fn raised(id: &str, title: &str) -> Draft {
    let cause = Cause {
        title: Clean::new(title),
        began: NOON,
        ..Cause::default()
    };
    Draft {
        stream: Stream::Alarm(AlarmId::new(id)),
        expect: 0,
        at: NOON,
        by: Actor::Desk,
        seat: None,
        fact: Fact::Alarm(AlarmFact::raised(cause)),
    }
}

#[test]
fn a_full_disk_is_said_and_reading_goes_on_and_writing_comes_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = Sqlite::open(&folder.path().join("room.db"), OpenMode::ReadWrite).expect("a store");
    store
        .append(&[raised("first", "short")], Under::Anyone)
        .expect("there is room yet");
    let pages: i64 = store
        .conn
        .pragma_query_value(None, "page_count", |row| row.get(0))
        .expect("pages");
    store.limit_pages(pages);
    let long = "长".repeat(1500);
    let fill = |store: &mut Sqlite, from: u32| {
        (from..from + 50).find_map(|n| {
            store
                .append(&[raised(&format!("full/{n}"), &long)], Under::Anyone)
                .err()
        })
    };
    match fill(&mut store, 0) {
        Some(StoreError::ReadOnly { why, .. }) => assert_eq!(why, LedgerFault::DiskFull),
        other => panic!("expected no space, got {other:?}"),
    }
    let head = store.head().expect("head");
    let hour = |nth: i64| Reading {
        point: PointId::new("3305A"),
        quantity: Quantity::Pm25,
        period: Period::Hour,
        at: NOON - Span::hours(nth),
        value: Some(Value::whole(30)),
        flag: Flag::Valid,
        source: crate::domain::id::SourceId::new("air"),
    };
    let hours: Vec<Reading> = (0..2000).map(hour).collect();
    assert!(matches!(
        store.keep(&hours, NOON),
        Err(StoreError::ReadOnly { .. })
    ));
    assert_eq!(store.latest().expect("latest"), Vec::new(), "all or nothing");
    let entries = store.entries(0, 100).expect("since");
    assert_eq!(entries.len() as u64, head.seq, "reading goes on");
    assert!(store.state(None).is_ok());
    store.limit_pages(i64::from(u32::MAX));
    assert!(fill(&mut store, 100).is_none(), "writing came back by itself");
    assert_eq!(store.keep(&hours, NOON).expect("keep"), 2000);
    let audit = store.verify(&mut |_, _| {}).expect("verify");
    assert_eq!(audit.broken, None);
}

/// An append whose commit failed: what it had made is open.
fn left_open(store: &mut Sqlite, made: &[Entry]) {
    store.open = Some((made.to_vec(), "the disk failed".into()));
}

#[test]
fn an_append_whose_outcome_is_not_known_is_found_or_known_to_be_lost_and_until_then_nothing_is_taken() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = Sqlite::open(&folder.path().join("room.db"), OpenMode::ReadWrite).expect("a new file");
    assert_eq!(store.settle().expect("nothing is open"), None);
    let stands = store
        .append(&[raised("a", "first")], Under::Anyone)
        .expect("append");
    left_open(&mut store, &stands);
    let refused = store.append(&[raised("b", "second")], Under::Anyone);
    assert!(matches!(refused, Err(StoreError::ReadOnly { .. })), "{refused:?}");
    assert_eq!(store.settle().expect("it can be known"), Some(stands.clone()));
    let second = store
        .append(&[raised("b", "second")], Under::Anyone)
        .expect("append");
    // Another one came to stand in its place.
    let never = [Entry {
        hash: [3; 32],
        ..second.first().expect("an entry").clone()
    }];
    left_open(&mut store, &never);
    assert_eq!(store.settle().expect("it can be known"), None);
    assert_eq!(store.settle().expect("nothing is open"), None);
    store
        .append(&[raised("c", "third")], Under::Anyone)
        .expect("append");
    assert_eq!(store.entries(0, 10).expect("entries").len(), 3);
}

#[test]
fn a_mark_that_the_ledger_does_not_hold_stays() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("room.db");
    let mut store = Sqlite::open(&path, OpenMode::ReadWrite).expect("a new file");
    let first = store.append(&[raised("a", "first")], Under::Anyone);
    let own = store.head().expect("a head");
    assert_eq!(first.expect("append").last().map(Entry::tip), Some(own));
    assert!(store.rest().expect("it can"));
    assert_eq!(place::marked(&path), Some(own));
    // What an older copy in the ledger's place does not hold, or a damaged log hides.
    let newer = Tip {
        seq: 9,
        hash: [7; 32],
    };
    let other = Tip { hash: [7; 32], ..own };
    for known in [newer, other] {
        place::mark(&path, &known).expect("marked");
        assert!(store.rest().expect("it can"));
        assert_eq!(place::marked(&path), Some(known), "after a quiet moment");
        let id = format!("b/{}", known.seq);
        store
            .append(&[raised(&id, "second")], Under::Anyone)
            .expect("append");
        let state = store.state(None).expect("a state");
        store.snapshot(&state, NOON).expect("kept");
        assert_eq!(place::marked(&path), Some(known), "after an append");
        let damage = StoreError::Damaged {
            operation: "read",
            why: "a page".to_owned(),
        };
        let mut good = Sqlite::last_good(&path, damage).expect("the last good state");
        assert!(good.rest().expect("nothing to do"));
        assert_eq!(place::marked(&path), Some(known), "of the last good state");
    }
    Sqlite::accept(&path, &own).expect("accepted");
    assert!(store.rest().expect("it can"));
    assert_eq!(place::marked(&path), Some(store.head().expect("a head")));
}

#[test]
fn an_entry_that_is_missing_is_named_to_whoever_follows() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = Sqlite::open(&folder.path().join("room.db"), OpenMode::ReadWrite).expect("a new file");
    for id in ["a", "b", "c", "d"] {
        store
            .append(&[raised(id, "an alarm")], Under::Anyone)
            .expect("append");
    }
    let after = |seq: u64| store.entries(seq - 1, 1).expect("read").first().map(Entry::tip);
    let (first, second) = (after(1).expect("there"), after(2).expect("there"));
    store
        .conn
        .execute("DELETE FROM entry WHERE seq = 3", [])
        .expect("deleted");
    let read = store.since(&first, 10).expect("up to the hole");
    assert_eq!(read.iter().map(|entry| entry.seq).collect::<Vec<_>>(), [2]);
    let stopped = store.since(&second, 10);
    assert!(
        matches!(stopped, Err(StoreError::Entry { seq: 3, .. })),
        "{stopped:?}"
    );
}

#[test]
fn an_index_that_is_damaged_is_damage() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("room.db");
    let mut store = Sqlite::open(&path, OpenMode::ReadWrite).expect("a new file");
    store
        .append(&[raised("a", "an alarm")], Under::Anyone)
        .expect("append");
    store.indexed().expect("it holds");
    store
        .conn
        .execute_batch(
            "PRAGMA writable_schema = ON;
             UPDATE sqlite_schema SET sql = replace(sql, 'stream, nth', 'nth, stream') WHERE name = 'entry_stream';",
        )
        .expect("changed");
    drop(store);
    let store = Sqlite::open(&path, OpenMode::ReadOnly).expect("it opens");
    let said = store.indexed();
    assert!(said.as_ref().is_err_and(StoreError::is_damage), "{said:?}");
}

#[test]
fn room_is_made_in_the_log_that_was_opened_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let mut store = Sqlite::open(&at("room.db"), OpenMode::ReadWrite).expect("a new file");
    store
        .append(&[raised("a", "an alarm")], Under::Anyone)
        .expect("append");
    for end in ["", "-wal"] {
        let (from, to) = (at(&format!("room.db{end}")), at(&format!("moved.db{end}")));
        std::fs::rename(&from, to).expect("moved");
        std::fs::write(from, "another ledger's").expect("put there");
    }
    store.tidy().expect("tidy");
    assert!(store.make_room().expect("nothing to do"));
    let log = std::fs::read(at("room.db-wal")).expect("read");
    assert!(log == b"another ledger's", "{} bytes", log.len());
}

#[test]
fn room_is_made_piece_by_piece_behind_what_is_written_meanwhile() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("room.db");
    let mut store = Sqlite::open(&path, OpenMode::ReadWrite).expect("a new file");
    let mut pieces = 0;
    while !store.make_room().expect("there is room") {
        pieces += 1;
        store
            .append(&[raised(&format!("a/{pieces}"), "an alarm")], Under::Anyone)
            .expect("append");
    }
    let length = || beside(&path, "-wal").metadata().expect("a log").len();
    let whole = length();
    assert!(pieces >= 15 && whole > 16_000_000, "{pieces} {whole}");
    assert!(store.make_room().expect("there is enough"));
    assert_eq!(length(), whole);
    let other = Sqlite::open(&path, OpenMode::ReadOnly).expect("it opens");
    assert_eq!(other.head().expect("a head").seq, pieces);
}

#[test]
fn an_entry_that_vouches_anew_does_not_fit_the_one_after_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let [mut store, mut other] =
        ["room.db", "other.db"].map(|name| Sqlite::open(&at(name), OpenMode::ReadWrite).expect("a new file"));
    let ids = [(&mut store, "a"), (&mut other, "forged")];
    let [state, forged] = ids.map(|(ledger, id)| {
        let draft = raised(id, "an alarm");
        ledger.append(&[draft], Under::Anyone).expect("append");
        ledger.state(None).expect("a state")
    });
    store.snapshot(&state, NOON).expect("a snapshot");
    store
        .append(&[raised("b", "an alarm")], Under::Anyone)
        .expect("append");
    // Snapshot and entry are made to fit each other, and the entry the one before it.
    let body = snapshot::write(&forged, &state.tip());
    let (conn, digest) = (&store.conn, hex(&Sha256::digest(&body)));
    conn.execute("UPDATE snapshot SET body = ?1", [&body])
        .and_then(|_| {
            let sql = "UPDATE entry SET fact = json_set(fact, '$.digest', ?1) WHERE seq = 2";
            conn.execute(sql, [digest])
        })
        .expect("changed");
    let sql = format!("{} WHERE seq = 2", ledger::COLUMNS);
    let linked = conn.query_row(&sql, [], |found| {
        let (row, _) = ledger::columns(found).expect("a row");
        Ok(link(&state.hash, &row))
    });
    let linked = linked.expect("read");
    conn.execute("UPDATE entry SET hash = ?1 WHERE seq = 2", [linked.as_slice()])
        .expect("changed");
    let (folded, distrust) = store.fold(None).expect("a state");
    assert_eq!((distrust, folded.alarms.len()), (Some(Distrust::Unvouched), 2));
}
