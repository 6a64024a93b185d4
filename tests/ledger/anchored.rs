//! What somebody who holds the file, this program and its chain does to a ledger by plain SQL: the chain alone finds nothing,
//! an anchor names each.

use crate::drafts::{alarm, desk, noon, raised};
use lookout::domain::anchor::Anchor;
use lookout::domain::ledger::{Entry, GENESIS, Hash};
use lookout::domain::text::hex;
use lookout::store::chain::link;
use lookout::store::room_key::RoomKey;
use lookout::store::rows::EntryRow;
use lookout::store::{Ledger, OpenMode, Sqlite, Store, Under, anchors};
use rusqlite::{Connection, params};
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// A ledger of twenty entries with a snapshot and a signed anchor at every second one; a copy of it as it was at the twelfth.
struct Kept {
    folder: TempDir,
}

impl Kept {
    fn new(title: &str) -> Self {
        let kept = Self {
            folder: tempfile::tempdir().expect("a folder"),
        };
        let path = kept.path("room.db");
        let key = RoomKey::make(&RoomKey::place(&path)).expect("a key");
        let mut store = Sqlite::open(&path, OpenMode::ReadWrite).expect("a ledger");
        for nth in 1..=20 {
            let draft = desk(
                alarm(&format!("servers/{nth}")),
                0,
                raised(&format!("{title} {nth}")),
            );
            store.append(&[draft], Under::Anyone).expect("stored");
            if nth % 2 == 0 {
                let first = store.entries(0, 1).expect("read");
                let genesis = first.first().map(|entry| entry.hash).expect("an entry");
                let mut anchor = Anchor::of(&store.head().expect("the head"), genesis, noon());
                key.seal(&mut anchor);
                anchors::note(&kept.path("anchors"), &anchor, |_| Ok(())).expect("written");
            }
            if nth == 12 {
                store.copy(&kept.path("older.db")).expect("copied");
            }
        }
        let state = store.state(None).expect("a state");
        store.snapshot(&state, noon()).expect("a snapshot");
        kept
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A copy of the ledger's one file, without what is marked beside it.
    fn copy(&self) -> PathBuf {
        let copy = self.path("copy.db");
        std::fs::remove_file(&copy).ok();
        let conn = Connection::open(self.path("room.db")).expect("the ledger");
        conn.execute("VACUUM INTO ?1", [copy.to_str()]).expect("copied");
        copy
    }

    /// What the audit says of a ledger held against these anchors, under the room's key.
    fn against(&self, ledger: &Path, anchors: &Path) -> (Option<i32>, String) {
        let key = RoomKey::read(&RoomKey::place(&self.path("room.db"))).expect("read");
        let key = hex(&key.expect("a key").public());
        let anchors = anchors.to_str().expect("a path");
        let (exit, said) = audit(ledger, &["--against", anchors, "--key", &key]);
        (exit, said.replace(anchors, "FILE"))
    }
}

fn audit(ledger: &Path, more: &[&str]) -> (Option<i32>, String) {
    let ran = Command::new(env!("CARGO_BIN_EXE_lookout"))
        .args([
            "audit",
            "verify",
            "--lang",
            "en",
            "--db",
            ledger.to_str().expect("a path"),
        ])
        .args(more)
        .env_clear()
        .output()
        .expect("the binary starts");
    let said = [ran.stdout, ran.stderr].concat();
    (ran.status.code(), String::from_utf8(said).expect("text"))
}

/// The end of the ledger is cut off, with its head and its snapshot.
fn cut(path: &Path, last: u64) {
    let conn = Connection::open(path).expect("the ledger");
    let cut = format!(
        "DELETE FROM entry WHERE seq > {last}; DELETE FROM snapshot;
         UPDATE head SET (seq, hash) = (SELECT seq, hash FROM entry WHERE seq = {last});"
    );
    conn.execute_batch(&cut).expect("cut off");
}

/// One entry says something else, and every hash from there on is computed anew.
fn rewrite(path: &Path, changed: u64) {
    let store = Sqlite::open(path, OpenMode::ReadOnly).expect("the ledger");
    let entries = store.entries(0, 1000).expect("read");
    drop(store);
    let conn = Connection::open(path).expect("the ledger");
    let mut before: Hash = GENESIS;
    for Entry {
        seq,
        stream,
        nth,
        at,
        fact,
        ..
    } in entries
    {
        let stored = fact.stored();
        let json = if seq == changed {
            stored.json.replace("as it was", "as it never was")
        } else {
            stored.json
        };
        let (own, stream) = (seq.cast_signed(), stream.to_string());
        let row = EntryRow {
            seq,
            stream: &stream,
            nth,
            at: at.ms(),
            by: None,
            seat: None,
            kind: &stored.kind,
            version: stored.version,
            fact: &json,
        };
        before = link(&before, &row);
        let change = "UPDATE entry SET fact = ?2, hash = ?3 WHERE seq = ?1";
        conn.execute(change, params![own, json, before.as_slice()])
            .expect("written");
    }
    conn.execute("UPDATE head SET hash = ?1", [before.as_slice()])
        .expect("written");
    conn.execute("DELETE FROM snapshot", []).expect("taken away");
}

/// What is done to a copy of the ledger.
type Done<'a> = &'a dyn Fn(&Path);

#[test]
fn a_cut_tail_a_rewrite_an_older_copy_a_forged_anchor_and_another_room_are_each_named() {
    let room = Kept::new("as it was");
    let anchors = room.path("anchors");
    let put_back = |path: &Path| assert!(std::fs::copy(room.path("older.db"), path).is_ok(), "put back");
    let cases: [(&str, Done<'_>, Option<i32>, &str); 5] = [
        ("nothing", &|_| {}, Some(0), "it fits FILE, up to entry 20"),
        (
            "its tail",
            &|path| cut(path, 15),
            Some(1),
            "the ledger ends at entry 15, FILE knows entry 20",
        ),
        (
            "an entry",
            &|path| rewrite(path, 7),
            Some(1),
            "not what FILE has, from an entry between 7 and 8 on",
        ),
        (
            "the first",
            &|path| rewrite(path, 1),
            Some(1),
            "from its first entry on it is not what FILE has",
        ),
        (
            "an older copy",
            &put_back,
            Some(1),
            "the ledger ends at entry 12, FILE knows entry 20",
        ),
    ];
    for (what, done, exit, words) in cases {
        let copy = room.copy();
        done(&copy);
        let (alone, said) = audit(&copy, &[]);
        assert_eq!(alone, Some(0), "{what}: the chain alone cannot know: {said}");
        let (found, said) = room.against(&copy, &anchors);
        assert!(found == exit && said.contains(words), "{what}: {said}");
    }
    // The anchors are written anew to fit a rewrite: the key did not sign that.
    let copy = room.copy();
    rewrite(&copy, 7);
    let store = Sqlite::open(&copy, OpenMode::ReadOnly).expect("the ledger");
    let entries = store.entries(0, 1000).expect("read");
    let forged = anchors::read(&anchors).expect("read").into_iter().map(|line| {
        let anchor = line.expect("an anchor");
        let entry = entries
            .iter()
            .find(|entry| entry.seq == anchor.seq)
            .expect("its entry");
        let (hash, genesis) = (entry.hash.to_vec(), entries.first().map(|entry| entry.hash));
        let forged = Anchor {
            hash,
            genesis,
            ..anchor
        };
        forged.line() + "\n"
    });
    std::fs::write(room.path("forged"), forged.collect::<String>()).expect("written");
    let (exit, said) = room.against(&copy, &room.path("forged"));
    let words = "FILE: the signature of the anchor at entry 8 is wrong";
    assert!(exit == Some(1) && said.contains(words), "{said}");
    // Another room's ledger, and another room's anchors.
    let other = Kept::new("elsewhere");
    let (exit, said) = room.against(&other.copy(), &anchors);
    let words = "that is another ledger's";
    assert!(exit == Some(1) && said.contains(words), "{said}");
    let (exit, said) = room.against(&room.copy(), &other.path("anchors"));
    assert!(
        exit == Some(1) && said.contains("the anchor at entry 2 is not signed by that key"),
        "{said}"
    );
}
