//! What only a file can suffer: several writers, damage, no space, no permission, another program's bytes.

use crate::drafts::{acknowledged, alarm, desk, noon, person, raised};
use crate::facts::folded;
use lookout::domain::chain::Distrust;
use lookout::domain::ledger_fault::Misfit;
use lookout::domain::time::Span;
use lookout::store::{Ledger, Notes, OpenMode, Sqlite, Store, StoreError, Under};
use rusqlite::{Connection, params};
use std::path::{Path, PathBuf};
use std::sync::Barrier;
use std::thread;

fn open(path: &Path) -> Sqlite {
    Sqlite::open(path, OpenMode::ReadWrite).expect("the file opens")
}

fn room() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("room.db");
    (folder, path)
}

/// A file with `count` alarms, closed.
fn filled(path: &Path, count: u32) {
    let mut store = open(path);
    for n in 0..count {
        let draft = person(alarm(&format!("firms/{n}")), 0, raised("秸秆火情"));
        store.append(&[draft], Under::Anyone).expect("append");
    }
}

fn broken(path: &Path) -> Option<(u64, Misfit)> {
    let store = Sqlite::open(path, OpenMode::ReadOnly).expect("the file opens");
    store.verify(&mut |_, _| {}).expect("verify").broken
}

#[test]
fn eight_that_start_at_once_on_nothing_all_come_up() {
    let (_folder, path) = room();
    let start = Barrier::new(8);
    thread::scope(|scope| {
        for n in 0..8 {
            let (start, path) = (&start, &path);
            scope.spawn(move || {
                start.wait();
                let mut store = open(path);
                let draft = desk(alarm(&n.to_string()), 0, raised("up"));
                store.append(&[draft], Under::Anyone).expect("append");
                store.lease(&n.to_string(), Span::secs(12)).expect("lease")
            });
        }
    });
    let mut store = open(&path);
    assert_eq!(store.head().expect("head").seq, 8);
    assert_eq!(store.lease("ninth", Span::secs(12)).expect("lease").epoch, 1);
    assert_eq!(broken(&path), None);
}

#[test]
fn of_two_who_race_for_each_step_one_is_refused_and_no_number_is_lost() {
    let (_folder, path) = room();
    open(&path);
    let start = Barrier::new(2);
    let race = || {
        let mut store = open(&path);
        let mut won = 0;
        start.wait();
        for nth in 0..100 {
            match store.append(&[desk(alarm("a"), nth, raised("mine"))], Under::Anyone) {
                Ok(entries) => won += entries.len(),
                Err(StoreError::Conflict { have, .. }) => assert!(have > nth),
                Err(other) => panic!("{other}"),
            }
        }
        won
    };
    let won = thread::scope(|scope| {
        let (one, two) = (scope.spawn(race), scope.spawn(race));
        one.join().expect("no panic") + two.join().expect("no panic")
    });
    assert_eq!(won, 100, "every step was made exactly once");
    let entries = open(&path).entries(0, usize::MAX).expect("since");
    let places: Vec<_> = entries.iter().map(|e| (e.seq, e.nth)).collect();
    assert_eq!(places, (1..=100).map(|n| (u64::from(n), n)).collect::<Vec<_>>());
    assert_eq!(broken(&path), None);
}

#[test]
fn what_one_console_stores_another_reads_at_once() {
    let (_folder, path) = room();
    let mut one = open(&path);
    let other = one.reader().expect("a second handle");
    assert_eq!(other.head().expect("head").seq, 0);
    one.append(&[desk(alarm("a"), 0, raised("new"))], Under::Anyone)
        .expect("append");
    assert_eq!(other.head().expect("head").seq, 1);
    assert_eq!(other.entries(0, 10).expect("since").len(), 1);
}

#[test]
fn verify_names_the_entry_in_which_any_byte_was_changed() {
    let (_folder, path) = room();
    filled(&path, 5);
    let conn = Connection::open(&path).expect("the file opens");
    let columns = [
        "stream", "nth", "at", "actor", "seat", "kind", "version", "fact", "hash",
    ];
    for column in columns {
        let bytes: Vec<u8> = conn
            .query_row(
                &format!("SELECT CAST({column} AS BLOB) FROM entry WHERE seq = 3"),
                [],
                |row| row.get(0),
            )
            .expect("a column");
        let cast = match column {
            "nth" | "at" | "version" => "CAST(CAST(?1 AS TEXT) AS INTEGER)",
            "hash" => "?1",
            _ => "CAST(?1 AS TEXT)",
        };
        let set = format!("UPDATE entry SET {column} = {cast} WHERE seq = 3");
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 0x40;
            conn.execute(&set, [&changed]).expect("tamper");
            let found = broken(&path).map(|(seq, _)| seq);
            assert_eq!(found, Some(3), "byte {at} of {column}");
        }
        conn.execute(&set, [&bytes]).expect("mend");
        assert_eq!(broken(&path), None, "{column} is as it was");
    }
}

#[test]
fn verify_names_what_was_taken_out_put_elsewhere_or_cut_off() {
    let cases = [
        ("taken out", "DELETE FROM entry WHERE seq = 3", 3),
        (
            "put elsewhere",
            "UPDATE entry SET seq = 90 WHERE seq = 2; UPDATE entry SET seq = 2 WHERE seq = 3; UPDATE entry SET seq = 3 WHERE seq = 90",
            2,
        ),
        ("cut off", "DELETE FROM entry WHERE seq > 3", 4),
        ("all gone", "DELETE FROM entry", 1),
        (
            "cut off behind a smoothed head",
            "DELETE FROM entry WHERE seq > 3; UPDATE head SET seq = 3, hash = (SELECT hash FROM entry WHERE seq = 3)",
            4,
        ),
        (
            "a nobody made somebody",
            "UPDATE entry SET seat = NULL WHERE seq = 4",
            4,
        ),
        (
            "a name of other bytes",
            "UPDATE entry SET actor = CAST(x'FFFE' AS TEXT) WHERE seq = 5",
            5,
        ),
    ];
    for (what, tamper, named) in cases {
        let (_folder, path) = room();
        filled(&path, 5);
        let mut store = open(&path);
        let state = store.state(None).expect("state");
        store.snapshot(&state, noon()).expect("snapshot");
        drop(store);
        let conn = Connection::open(&path).expect("the file opens");
        conn.execute_batch(tamper).expect(what);
        drop(conn);
        assert_eq!(broken(&path).map(|(seq, _)| seq), Some(named), "{what}");
    }
}

#[test]
fn a_ledger_whose_end_was_cut_off_is_not_continued_as_if_nothing_had_been_there() {
    let (_folder, path) = room();
    filled(&path, 5);
    let conn = Connection::open(&path).expect("the file opens");
    conn.execute("DELETE FROM entry WHERE seq = 5", [])
        .expect("tamper");
    let mut store = open(&path);
    let entries = store
        .append(&[desk(alarm("later"), 0, raised("later"))], Under::Anyone)
        .expect("append");
    assert_eq!(entries.first().map(|e| e.seq), Some(6));
    assert_eq!(broken(&path).map(|(seq, _)| seq), Some(5));
}

#[test]
fn behind_an_older_copy_in_the_same_file_nothing_is_written_by_who_knew_more() {
    let (_folder, path) = room();
    filled(&path, 3);
    let older = open(&path).head().expect("head");
    let (mut wrote, mut read) = (open(&path), open(&path));
    let made = wrote
        .append(&[desk(alarm("more/1"), 0, raised("more"))], Under::Anyone)
        .expect("appended");
    let more = read.since(&older, 10).expect("it is read");
    assert_eq!((made.len(), more.len()), (1, 1));
    let conn = Connection::open(&path).expect("the file");
    conn.execute("DELETE FROM entry WHERE seq > ?1", [older.seq.cast_signed()])
        .expect("cut off");
    conn.execute(
        "UPDATE head SET seq = ?1, hash = ?2",
        params![older.seq.cast_signed(), older.hash.as_slice()],
    )
    .expect("as it was");
    for (store, who) in [(&mut wrote, "who wrote it"), (&mut read, "who read it")] {
        let said = store.append(&[desk(alarm("more/2"), 0, raised("more"))], Under::Anyone);
        let is_told = matches!(said, Err(StoreError::Forked { ours, theirs }) if (ours, theirs) == (older.seq + 1, older.seq));
        assert!(is_told, "{who}: {said:?}");
    }
    assert_eq!(wrote.head().expect("head"), older, "nothing was written");
    Sqlite::accept(&path, &older).expect("whoever begins anew takes it for the right one");
    let mut fresh = open(&path);
    fresh
        .append(&[desk(alarm("more/2"), 0, raised("more"))], Under::Anyone)
        .expect("whoever begins anew goes on");
}

#[test]
fn an_entry_that_cannot_be_understood_is_named_and_a_snapshot_after_it_still_starts() {
    let (_folder, path) = room();
    filled(&path, 4);
    let mut store = open(&path);
    let state = store.state(None).expect("state");
    store.snapshot(&state, noon()).expect("snapshot");
    let conn = Connection::open(&path).expect("the file opens");
    conn.execute("UPDATE entry SET version = 9 WHERE seq = 2", [])
        .expect("tamper");
    match store.entries(0, 10) {
        Err(StoreError::Entry { seq: 2, why }) => assert!(why.contains("newer"), "{why}"),
        other => panic!("{other:?}"),
    }
    let kept = store.state(None).expect("from the snapshot");
    assert_eq!(
        (kept.seq, kept.alarms),
        (5, state.alarms),
        "and the entry that vouches for it"
    );
    conn.execute("UPDATE snapshot SET body = CAST(x'00' || body AS BLOB)", [])
        .expect("tamper");
    assert!(matches!(store.state(None), Err(StoreError::Entry { seq: 2, .. })));
}

#[test]
fn a_snapshot_that_is_damaged_or_lies_beside_the_chain_is_thrown_away() {
    let (bytes, place) = (Some(Distrust::Bytes), Some(Distrust::Place));
    let tampers = [
        (
            "UPDATE snapshot SET body = CAST(substr(body, 1, 40) || x'FF' || substr(body, 42) AS BLOB)",
            bytes,
        ),
        (
            "UPDATE snapshot SET body = CAST(substr(body, 1, length(body) - 1) AS BLOB)",
            bytes,
        ),
        ("UPDATE snapshot SET body = x''", bytes),
        ("UPDATE snapshot SET hash = zeroblob(32)", place),
        (
            "UPDATE snapshot SET seq = 2, hash = (SELECT hash FROM entry WHERE seq = 2)",
            place,
        ),
        ("UPDATE snapshot SET seq = 77", place),
        ("UPDATE snapshot SET hash = x'01'", None),
        ("DROP TABLE snapshot", None),
    ];
    for (tamper, why) in tampers {
        let (_folder, path) = room();
        filled(&path, 4);
        let mut store = open(&path);
        let early = folded(&store.entries(0, 10).expect("since"));
        store.snapshot(&early, noon()).expect("snapshot");
        let whole = folded(&store.entries(0, 10).expect("since"));
        let conn = Connection::open(&path).expect("the file opens");
        conn.execute_batch(tamper).expect("tamper");
        let (state, distrust) = store.fold(None).expect("state");
        assert_eq!(state, whole, "{tamper}");
        assert_eq!(distrust, why, "{tamper}");
    }
}

#[test]
fn a_file_opened_to_read_refuses_every_write() {
    let (_folder, path) = room();
    filled(&path, 2);
    let mut store = Sqlite::open(&path, OpenMode::ReadOnly).expect("the file opens");
    let refused = store.append(
        &[person(alarm("firms/0"), 1, acknowledged("seen"))],
        Under::Anyone,
    );
    assert!(matches!(refused, Err(StoreError::ReadOnly { .. })), "{refused:?}");
    let lease = store.lease("one", Span::secs(12));
    assert!(matches!(lease, Err(StoreError::ReadOnly { .. })), "{lease:?}");
    assert_eq!(store.state(None).expect("state").alarms.len(), 2);
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_still_shows_its_ledger() {
    use std::fs::Permissions;
    use std::os::unix::fs::PermissionsExt;
    let (folder, path) = room();
    filled(&path, 2);
    let allow = |file: u32, dir: u32| {
        std::fs::set_permissions(&path, Permissions::from_mode(file)).expect("permissions");
        std::fs::set_permissions(folder.path(), Permissions::from_mode(dir)).expect("permissions");
    };
    allow(0o400, 0o500);
    if std::fs::File::create(folder.path().join("probe")).is_ok() {
        eprintln!("skipped: this user may write anywhere");
        return;
    }
    let refused = Sqlite::open(&path, OpenMode::ReadWrite).err();
    assert!(
        matches!(refused, Some(StoreError::ReadOnly { .. })),
        "{refused:?}"
    );
    let store = Sqlite::open(&path, OpenMode::ReadOnly).expect("it can be read");
    assert_eq!(store.state(None).expect("state").alarms.len(), 2);
    allow(0o600, 0o700);
    let mut store = open(&path);
    store
        .append(
            &[person(alarm("firms/0"), 1, acknowledged("seen"))],
            Under::Anyone,
        )
        .expect("append");
}

#[test]
fn a_newer_file_is_refused_and_left_alone() {
    let (_folder, path) = room();
    filled(&path, 1);
    let conn = Connection::open(&path).expect("the file opens");
    conn.pragma_update(None, "user_version", 99)
        .expect("a later form");
    for mode in [OpenMode::ReadWrite, OpenMode::ReadOnly] {
        match Sqlite::open(&path, mode) {
            Err(StoreError::Newer { found: 99, known }) => assert!(known < 99),
            other => panic!("{:?}", other.err()),
        }
    }
    let form: i64 = conn
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .expect("form");
    assert_eq!(form, 99);
}

#[test]
fn what_is_no_ledger_is_refused_with_its_path() {
    let (folder, path) = room();
    let conn = Connection::open(&path).expect("the file opens");
    conn.execute_batch("CREATE TABLE theirs(x)")
        .expect("another program's table");
    let text = folder.path().join("notes.txt");
    std::fs::write(&text, "a text of more than a hundred bytes, ".repeat(10)).expect("write");
    let missing = folder.path().join("missing.db");
    let empty = folder.path().join("empty.db");
    std::fs::write(&empty, "").expect("write");
    let tries = [
        (&path, OpenMode::ReadWrite),
        (&path, OpenMode::ReadOnly),
        (&text, OpenMode::ReadWrite),
        (&text, OpenMode::ReadOnly),
        (&missing, OpenMode::ReadOnly),
        (&empty, OpenMode::ReadOnly),
    ];
    for (path, mode) in tries {
        match Sqlite::open(path, mode) {
            Err(error @ StoreError::Open { .. }) => {
                assert!(error.to_string().contains(&path.display().to_string()), "{error}");
            }
            other => panic!("{} {mode:?}: {:?}", path.display(), other.err()),
        }
    }
    let tables: i64 = conn
        .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
        .expect("count");
    assert_eq!(tables, 1, "nothing was added to it");
}

#[test]
fn a_byte_that_changes_in_the_file_itself_is_noticed_in_the_entry_and_in_its_index() {
    let (_folder, path) = room();
    filled(&path, 200);
    open(&path).tidy().expect("everything in one file");
    let whole = std::fs::read(&path).expect("read");
    let name = b"firms/150";
    let places: Vec<_> = (0..whole.len() - name.len())
        .filter(|at| whole[*at..].starts_with(name))
        .collect();
    // A page that was split may hold a third, which means nothing any more.
    let (mut entry, mut index) = (0, 0);
    for at in places {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x20;
        std::fs::write(&path, bytes).expect("write");
        let store = Sqlite::open(&path, OpenMode::ReadOnly).expect("the file opens");
        match store.verify(&mut |_, _| {}) {
            Ok(audit) => entry += u32::from(audit.broken.is_some_and(|(seq, _)| seq == 151)),
            Err(error) => index += u32::from(error.to_string().contains("index is damaged")),
        }
    }
    assert_eq!((entry, index), (1, 1));
}
