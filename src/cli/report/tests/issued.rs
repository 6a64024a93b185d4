//! What was issued is shown word for word, a correction is marked as one, and what is not over is not issued.

use crate::cli::exit::Exit;
use crate::cli::report::tests::{day, ledger, moved, put, ran};
use crate::clock::Clock;
use crate::domain::fact::Fact;
use crate::domain::fact::room::RoomFact;
use crate::domain::time::CHINA;
use crate::report::REPORTS;
use crate::store::{Ledger, OpenMode, Sqlite};
use rusqlite::Connection;
use std::path::Path;

fn good(line: &str, db: &str) -> (String, String) {
    let (exit, out, err) = ran(line, db);
    assert_eq!(exit, Exit::Good, "{line}: {err}");
    (out, err)
}

/// The third fire is judged false after the daily of its day went out: the daily of the next day says so.
fn judged(db: &str) {
    let mut store = Sqlite::open(Path::new(db), OpenMode::ReadWrite).expect("a ledger");
    let fact = moved("false", "false_alarm", Some("false"));
    put(&mut store, "F20261123-0003", (1, &day("18:30")), fact);
}

#[test]
fn an_issued_paper_is_shown_word_for_word_and_issued_again_it_is_a_correction() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = ledger(folder.path());
    let (issued, err) = good("daily --date 2026-11-24 --issue", &db);
    assert_eq!(err, "");
    judged(&db);
    let (shown, err) = good("daily --date 2026-11-24", &db);
    assert_eq!(shown, issued);
    assert!(
        err.starts_with("issued at ") && err.contains("this is what was kept"),
        "{err}"
    );
    let (draft, err) = good("daily --date 2026-11-24 --draft", &db);
    assert!(
        draft.contains("correction 1 · in place of what was issued") && err.is_empty(),
        "{draft}"
    );
    let (corrected, _) = good("daily --date 2026-11-24 --issue", &db);
    assert!(
        corrected.contains("correction 1 · ") && corrected != issued,
        "{corrected}"
    );
    let (shown, err) = good("daily --date 2026-11-24", &db);
    assert_eq!(shown, corrected);
    assert!(err.ends_with("correction 1\n"), "{err}");
    // The records behind it, and its tables, are those that went out.
    let (records, _) = good("daily --date 2026-11-24 --records false", &db);
    assert_eq!(records, "F20261123-0003\n");
    let (tables, _) = good("daily --date 2026-11-24 --csv", &db);
    assert!(tables.contains("false,false,1"), "{tables}");
    let (third, _) = good("daily --date 2026-11-24 --issue", &db);
    assert!(third.contains("correction 2 · "), "{third}");
    let store = Sqlite::open(Path::new(&db), OpenMode::ReadOnly).expect("a ledger");
    let entries = store.entries(0, 100).expect("entries");
    let nth = entries.iter().filter_map(|entry| match &entry.fact {
        Fact::Room(RoomFact::Reported { correction, .. }) => Some(*correction),
        Fact::Alarm(_) | Fact::Case(_) | Fact::Task(_) | Fact::Notice(_) | Fact::Shift(_) | Fact::Room(_) => {
            None
        }
    });
    assert_eq!(nth.collect::<Vec<_>>(), [0, 1, 2]);
    let (log, _) = good("shift --from 2026-11-23 --to 2030-01-01", &db);
    assert!(
        log.contains("issued a report · Straw daily · correction 2"),
        "{log}"
    );
}

#[test]
fn what_was_kept_and_is_not_what_was_issued_is_not_shown() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = ledger(folder.path());
    good("daily --date 2026-11-24 --issue", &db);
    let conn = Connection::open(&db).expect("a file");
    conn.execute("UPDATE paper SET text = replace(text, 'found', 'lost')", [])
        .expect("changed");
    let (exit, out, err) = ran("daily --date 2026-11-24", &db);
    assert_eq!((exit, out.as_str()), (Exit::Findings, ""));
    assert!(err.contains("does not have the sum in the ledger"), "{err}");
    conn.execute("DELETE FROM paper", []).expect("deleted");
    let (out, err) = good("daily --date 2026-11-24", &db);
    assert!(
        out.contains("| found |") && err.contains("its text was not kept"),
        "{err}{out}"
    );
}

#[test]
fn no_report_of_a_time_that_is_not_over_is_issued_but_what_tells_of_an_event_is_due_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = ledger(folder.path());
    let today = Clock::Wall.now().date(CHINA);
    for report in REPORTS {
        let (exit, out, err) = ran(&format!("{} --date {today} --issue", report.key), &db);
        if report.key == "emergency" {
            assert_eq!((exit, err.as_str()), (Exit::Good, ""), "{out}");
            continue;
        }
        // From five in the afternoon on the daily of the day is due: then the fires of tomorrow's are not over.
        if report.key == "daily" && exit == Exit::Good {
            let tomorrow = today.succ_opt().expect("a day");
            assert_eq!(
                ran(&format!("daily --date {tomorrow} --issue"), &db).0,
                Exit::Usage
            );
            continue;
        }
        assert_eq!((exit, out.as_str()), (Exit::Usage, ""), "{}", report.key);
        assert!(
            err.contains("Its time is not over; it can be issued from 20"),
            "{err}"
        );
    }
    // Each report of an event stands for itself: the next one is no correction.
    let (out, _) = good(&format!("emergency --date {today} --issue"), &db);
    assert!(!out.contains("correction"), "{out}");
    let (shown, err) = good(&format!("emergency --date {today}"), &db);
    assert_eq!(shown, out);
    assert!(err.contains("this is what was kept"), "{err}");
}
