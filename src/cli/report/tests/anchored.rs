//! Every paper carries the end of the ledger that it tells of, so that whoever holds it can find out what was changed since.

use crate::bench::check::tests::Given;
use crate::cli::exit::Exit;
use crate::cli::report::tests::{day, ledger, moved, opened, put, ran};
use crate::cli::tests;
use crate::domain::text::hex;
use crate::report::REPORTS;
use crate::store::{Ledger, OpenMode, Sqlite};
use std::path::Path;

/// What the audit says of the ledger, held against that.
fn audit(db: &str, what: &str) -> (Exit, String) {
    let line = format!("audit verify --db {db} --against {what}");
    let (exit, out, err) = tests::ran(&line, &Given::default());
    (exit, out + &err)
}

#[test]
fn every_paper_names_the_last_entry_that_it_tells_of_and_no_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = ledger(folder.path());
    let mut store = Sqlite::open(Path::new(&db), OpenMode::ReadWrite).expect("a ledger");
    // A day later something is written down, and after it what was decided before midnight: the clock had been wrong.
    let late = "2027-02-01T09:00:00+08:00";
    put(&mut store, "F20270201-0001", (0, late), opened(late));
    put(
        &mut store,
        "F20261123-0003",
        (1, &day("18:30")),
        moved("false", "false_alarm", Some("false")),
    );
    put(
        &mut store,
        "F20270201-0001",
        (1, late),
        moved("false", "false_alarm", Some("false")),
    );
    let entries = store.entries(0, 100).expect("read");
    assert_eq!(entries.len(), 10);
    let last = entries.iter().rfind(|entry| entry.seq == 9).expect("an entry");
    let whole = format!("9:{}\n", hex(&last.hash));
    for report in REPORTS {
        let line = format!("{} --date 2026-11-24", report.key);
        let (exit, records, err) = ran(&format!("{line} --records anchor"), &db);
        assert_eq!(
            (exit, records.as_str()),
            (Exit::Good, whole.as_str()),
            "{line} {err}"
        );
        let typed = last.tip().typed();
        let (_, text, _) = ran(&line, &db);
        assert!(text.contains(&format!("| 9 | {typed} |")), "{line}: {text}");
        let (_, tables, _) = ran(&format!("{line} --csv"), &db);
        assert!(
            tables.contains(&format!("anchor,9,{typed}\n")),
            "{line}: {tables}"
        );
        let (exit, said) = audit(&db, &typed);
        assert!(exit == Exit::Good && said.contains("up to entry 9"), "{said}");
    }
}

#[test]
fn an_issued_paper_finds_what_was_done_to_the_ledger_after_it_went_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = ledger(folder.path());
    let (exit, paper, err) = ran("daily --date 2026-11-24 --issue", &db);
    assert_eq!((exit, err.as_str()), (Exit::Good, ""));
    let typed = paper
        .split_whitespace()
        .find(|word| word.starts_with("7:"))
        .expect("an anchor")
        .to_owned();
    let (exit, said) = audit(&db, &typed);
    assert_eq!(exit, Exit::Good, "{said}");
    let other = tempfile::tempdir().expect("a folder");
    let path = other.path().join("room.db");
    let mut store = Sqlite::open(&path, OpenMode::ReadWrite).expect("a ledger");
    for nth in 0..5 {
        let id = format!("F20261123-000{nth}");
        put(&mut store, &id, (0, &day("09:00")), opened(&day("09:00")));
    }
    let (exit, said) = audit(&path.display().to_string(), &typed);
    assert!(
        exit == Exit::Findings && said.contains("the ledger ends at entry 5, "),
        "{said}"
    );
}
