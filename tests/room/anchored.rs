//! The end of the ledger is written down out of its owner's reach, as configured; what was done to the ledger since is found
//! by it, and seen by whoever opens the console.

use crate::{Room, acknowledge};
use lookout::store::{Ledger, Store, anchors};
use std::process::Command;
use std::time::Duration;

/// A room that writes the end of its ledger down into a folder apart.
fn room() -> Room {
    let room = Room::new();
    std::fs::create_dir(room.home.path().join("apart")).expect("a folder");
    room.configure(|config| format!("[anchor]\nfile = \"apart/anchors\"\nevery = \"1s\"\n{config}"));
    room
}

fn ran(room: &Room, arguments: &[&str]) -> (Option<i32>, String) {
    let ran = Command::new(env!("CARGO_BIN_EXE_lookout"))
        .args(arguments)
        .args(["--lang", "en", "--config"])
        .arg(room.home.path().join("room.toml"))
        .output()
        .expect("it runs");
    (
        ran.status.code(),
        String::from_utf8_lossy(&ran.stdout).into_owned(),
    )
}

/// The audit of the ledger, held against what the room wrote down under its key.
fn verify(room: &Room, key: &str) -> (Option<i32>, String) {
    let file = room.home.path().join("apart/anchors").display().to_string();
    ran(
        room,
        &["audit", "verify", "--against", &file, "--key", key.trim()],
    )
}

/// The last entry that was written down.
fn known(room: &Room) -> u64 {
    let lines = anchors::read(&room.home.path().join("apart/anchors")).unwrap_or_default();
    let last = lines.iter().rev().find_map(|line| line.as_ref().ok());
    last.map_or(0, |anchor| anchor.seq)
}

#[test]
fn an_older_copy_in_the_ledgers_place_is_seen_at_the_start_and_named_by_the_audit() {
    let room = room();
    let key = ran(&room, &["audit", "key"]).1;
    let mut console = room.console();
    console.press("6");
    console.wait_for("Disk of host 0 is full");
    let copy = room.home.path().join("copy.db");
    room.ledger().copy(&copy).expect("copied");
    let ends = lookout::store::Sqlite::open(&copy, lookout::store::OpenMode::ReadOnly)
        .and_then(|copy| copy.head())
        .expect("the copy's end")
        .seq;
    acknowledge(&mut console);
    console.wait("all of it is written down", |_| {
        let head = room.ledger().head().expect("the head").seq;
        head > ends && known(&room) == head
    });
    console.press("q");
    assert_eq!(console.end(), 0);
    let (exit, said) = verify(&room, &key);
    assert!(exit == Some(0) && said.contains("it fits"), "{said}");
    for end in ["", "-wal", "-shm", "-tip"] {
        std::fs::remove_file(room.home.path().join(format!("room.db{end}"))).ok();
    }
    std::fs::copy(&copy, room.home.path().join("room.db")).expect("put back");
    let anchored = known(&room);
    let (exit, said) = verify(&room, &key);
    let words = format!("the ledger ends at entry {ends}, ");
    assert!(exit == Some(1) && said.contains(&words), "{said}");
    let mut console = room.console();
    let words = "the ledger does not fit the anchor file: entry";
    console.wait_for(words);
    console.press("6");
    console.wait_for("Disk of host 0 is full");
    acknowledge(&mut console);
    let is_gone = |text: &str| !text.contains(words);
    assert!(
        !console.becomes(Duration::from_secs(4), &is_gone),
        "{}",
        console.text()
    );
    console.press("q");
    assert_eq!(console.end(), 0);
    assert_eq!(known(&room), anchored, "nothing is written over it");
}

#[test]
fn a_place_that_cannot_be_written_is_named_and_refuses_no_act() {
    let room = Room::new();
    room.configure(|config| format!("[anchor]\nfile = \"nowhere/anchors\"\n{config}"));
    let mut console = room.console();
    console.wait_for("the ledger's anchor: ");
    console.press("6");
    console.wait_for("Disk of host 0 is full");
    acknowledge(&mut console);
    assert_eq!(room.acknowledged(), 1);
    console.press("q");
    assert_eq!(console.end(), 0);
}
