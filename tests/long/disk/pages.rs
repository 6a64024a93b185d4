//! Bad pages: the room shows what it still can, and after a salvage all that it ever said stands in the ledger again.

use crate::collector::Collector;
use crate::disk::stand::{Person, Report, SOON, Stand};
use rusqlite::Connection;
use std::os::unix::fs::FileExt;

const PAGE: u64 = 4096;

/// The number of the page where a table or index begins.
fn root(stand: &Stand, name: &str) -> u64 {
    if name == "the first page" {
        return 1;
    }
    let conn = Connection::open(stand.file()).expect("it opens");
    let sql = "SELECT rootpage FROM sqlite_schema WHERE name = ?1";
    let root: i64 = conn
        .query_row(sql, [name], |row| row.get(0))
        .expect("it is there");
    root.cast_unsigned()
}

fn spoil(file: &std::path::Path, from: u64, length: usize) {
    let file = std::fs::OpenOptions::new()
        .write(true)
        .open(file)
        .expect("it opens");
    file.write_all_at(&vec![0xA5; length], from).expect("written");
}

/// Reads out what is left, puts it in place, and goes on recording.
fn salvaged(stand: &Stand, report: Report) -> Report {
    let new = stand.beside("-new");
    let (old, to) = (stand.file(), new.clone());
    let (_, said) = stand.runs(&[
        "salvage",
        old.to_str().expect("UTF-8"),
        to.to_str().expect("UTF-8"),
    ]);
    assert!(said.contains(" hold"), "{said}");
    stand.restores(&new);
    let mut again = stand.sits();
    again.report = report;
    again.records("after");
    again.leaves().judge(&stand.file())
}

/// What the ledger itself needs is shown from its last good state and refuses acts; what lies beside it refuses none.
pub(super) fn damaged(name: &str) -> Report {
    let stand = Stand::new();
    let mut first = stand.sits();
    first.console.press("2");
    first.console.wait_for("测试东");
    first.records("before");
    let report = first.leaves();
    let conn = Connection::open(stand.file()).expect("it opens");
    conn.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")
        .expect("all of it in the file");
    drop(conn);
    let page = root(&stand, name);
    let skipped = if page == 1 { 100 } else { 0 };
    spoil(&stand.file(), (page - 1) * PAGE + skipped, 200);
    let mut person = stand.sits();
    person.report = report;
    let words = match name {
        "reading" | "memo" => "readings or notes of polls cannot be read or kept",
        "snapshot" => "",
        // SQLite finds it at once, or the verification of the chain does.
        "entry_stream" => "the ledger's file is damaged",
        _ => "READ-ONLY: the last good state, up to entry",
    };
    if !words.is_empty() {
        person.is_told(words, SOON);
    }
    if !["reading", "memo", "snapshot"].contains(&name) {
        person.is_refused("during");
        return salvaged(&stand, person.leaves());
    }
    person.records("during");
    person.leaves().judge(&stand.file())
}

/// What a damaged frame hides is found by the mark beside the ledger, and read all the same.
pub(super) fn frame() -> Report {
    let stand = Stand::new();
    let mut first = stand.sits();
    first.records("before");
    let report = first.loses();
    spoil(&stand.beside("-wal"), 32 + 24 + 2000, 8);
    let mut person = stand.sits();
    person.report = report;
    person.is_told("READ-ONLY: the last good state, up to entry", SOON);
    person.is_refused("during");
    salvaged(&stand, person.leaves())
}

/// A page is overwritten under a collector and a console. What they hold of it may heal it when it is written again; where
/// it does not, the next start names it. Either way all that was said is there.
pub(super) fn under_way() -> Report {
    let stand = Stand::new();
    let mut collector = Collector::starts(&stand.room, "en");
    assert!(collector.says().starts_with("collecting;"));
    let mut person: Person = stand.sits();
    person.records("before");
    let conn = Connection::open(stand.file()).expect("it opens");
    conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        .expect("all of it in the file");
    drop(conn);
    let page = root(&stand, "entry");
    spoil(&stand.file(), (page - 1) * PAGE, 200);
    stand.lists(20);
    person.acts("during", SOON);
    let report = person.loses();
    drop(collector);
    let (code, said) = stand.runs(&["audit", "verify"]);
    if code == Some(0) {
        let mut again = stand.sits();
        again.report = report;
        again.records("after");
        return again.leaves().judge(&stand.file());
    }
    assert!(
        said.contains("lookout salvage") || said.contains("does not fit"),
        "{said}"
    );
    let mut again = stand.sits();
    again.report = report;
    again.is_told("READ-ONLY: the last good state, up to entry", SOON);
    salvaged(&stand, again.leaves())
}
