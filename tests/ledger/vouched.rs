//! The snapshot of the state is taken for true only as the bytes that an entry of the chain vouches for.

use crate::drafts::{alarm, desk, noon, raised};
use crate::facts::folded;
use flate2::Crc;
use lookout::domain::chain::Distrust;
use lookout::domain::fact::Fact;
use lookout::domain::fact::room::RoomFact;
use lookout::domain::text::hex;
use lookout::store::{Ledger, OpenMode, Sqlite, Under};
use rusqlite::Connection;
use sha2::{Digest, Sha256};
use std::path::Path;

fn open(path: &Path) -> Sqlite {
    Sqlite::open(path, OpenMode::ReadWrite).expect("the file opens")
}

/// Twelve red alarms and a snapshot of them.
fn twelve(path: &Path) -> Sqlite {
    let mut store = open(path);
    for n in 0..12 {
        let draft = desk(alarm(&format!("servers/{n}")), 0, raised("Disk of host"));
        store.append(&[draft], Under::Anyone).expect("append");
    }
    let state = store.state(None).expect("state");
    let vouched = store
        .snapshot(&state, noon())
        .expect("a snapshot")
        .expect("it is vouched for");
    assert!(matches!(
        vouched.fact,
        Fact::Room(RoomFact::Snapshot { entry: 12, .. })
    ));
    store
}

/// Rewrites the snapshot: its lines through `change`, its checksum set right.
fn rewrite(path: &Path, change: impl Fn(&str) -> String) {
    let conn = Connection::open(path).expect("the file opens");
    let (seq, hash, body): (i64, Vec<u8>, Vec<u8>) = conn
        .query_row("SELECT seq, hash, body FROM snapshot", [], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .expect("a snapshot");
    let (_, rest) = body.split_first_chunk::<4>().expect("a checksum");
    let (length, rest) = rest.split_first_chunk::<8>().expect("a length");
    let length = usize::try_from(u64::from_le_bytes(*length)).expect("a length");
    let (lines, past) = rest.split_at(length);
    let lines = change(std::str::from_utf8(lines).expect("text"));
    let mut rest = (lines.len() as u64).to_le_bytes().to_vec();
    rest.extend_from_slice(lines.as_bytes());
    rest.extend_from_slice(past);
    let mut crc = Crc::new();
    crc.update(&seq.to_le_bytes());
    crc.update(&hash);
    crc.update(&rest);
    let body = [crc.sum().to_le_bytes().to_vec(), rest].concat();
    conn.execute("UPDATE snapshot SET body = ?1", [body])
        .expect("written");
}

/// No alarm at all.
fn emptied(lines: &str) -> String {
    let kept: Vec<&str> = lines.lines().filter(|line| !line.contains("servers/")).collect();
    kept.join("\n").replace("\"alarms\":12", "\"alarms\":0") + "\n"
}

#[test]
fn alarms_taken_out_of_the_snapshot_with_its_checksum_set_right_are_still_there_and_it_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("room.db");
    drop(twelve(&path));
    assert_eq!(
        open(&path).fold(None).expect("state").1,
        None,
        "it was taken for true"
    );
    rewrite(&path, emptied);
    let (state, distrust) = open(&path).fold(None).expect("state");
    assert_eq!(state.alarms.len(), 12);
    assert_eq!(distrust, Some(Distrust::Bytes));
    // A new snapshot sets it right.
    let mut store = open(&path);
    store.snapshot(&state, noon()).expect("a snapshot");
    assert_eq!(store.fold(None).expect("state").1, None);
}

#[test]
fn a_ledger_of_an_older_program_is_folded_anew_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("room.db");
    drop(twelve(&path));
    let conn = Connection::open(&path).expect("the file opens");
    conn.execute_batch(
        "DELETE FROM entry WHERE seq = 13; UPDATE head SET seq = 12, hash = (SELECT hash FROM entry WHERE seq = 12)",
    )
    .expect("as an older program left it");
    Sqlite::accept(&path, &open_read(&path).head().expect("head")).expect("marked");
    let mut store = open(&path);
    let (state, distrust) = store.fold(None).expect("state");
    assert_eq!((state.alarms.len(), distrust), (12, Some(Distrust::Unvouched)));
    store.snapshot(&state, noon()).expect("a snapshot");
    assert_eq!(store.fold(None).expect("state").1, None);
}

fn open_read(path: &Path) -> Sqlite {
    Sqlite::open(path, OpenMode::ReadOnly).expect("the file opens")
}

#[test]
fn an_entry_that_vouches_and_was_changed_with_the_snapshot_vouches_for_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("room.db");
    drop(twelve(&path));
    rewrite(&path, emptied);
    let conn = Connection::open(&path).expect("the file opens");
    let body: Vec<u8> = conn
        .query_row("SELECT body FROM snapshot", [], |row| row.get(0))
        .expect("a snapshot");
    let digest = hex(&Sha256::digest(&body));
    conn.execute(
        "UPDATE entry SET fact = json_set(fact, '$.digest', ?1) WHERE seq = 13",
        [digest],
    )
    .expect("changed");
    let (state, distrust) = open(&path).fold(None).expect("state");
    assert_eq!((state.alarms.len(), distrust), (12, Some(Distrust::Unvouched)));
}

#[test]
fn nothing_is_vouched_for_twice_and_a_follower_takes_the_entry_in() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("room.db");
    let mut store = twelve(&path);
    let follower = open_read(&path);
    for _ in 0..3 {
        let state = follower.state(None).expect("state");
        assert_eq!(state, folded(&store.entries(0, 99).expect("entries")));
        assert_eq!(store.snapshot(&state, noon()).expect("none is needed"), None);
    }
    assert_eq!(store.head().expect("head").seq, 13);
    let other = store
        .state(Some(lookout::domain::time::Span::days(30)))
        .expect("state");
    store.snapshot(&other, noon()).expect("one of another stay");
    assert_eq!(store.head().expect("head").seq, 14);
}
