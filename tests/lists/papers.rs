//! The document beside the shift's log is of the board that is shown, and of no more of it than belongs to it.

use crate::common;
use crate::common::story::Sitting;
use crate::common::{Writer, ago, now};
use lookout::desk::board::Board;
use lookout::domain::fact::alarm::AlarmFact;
use lookout::domain::ledger::Entry;
use lookout::domain::signal::Severity;
use lookout::domain::time::Span;
use lookout::lang::Lang;
use lookout::report::{Books, Covered, REPORTS};
use proptest::prelude::*;
use std::sync::Arc;

/// Raises an alarm of that name so many minutes ago.
fn raise(ledger: &mut Writer, id: &str, mins: i64) {
    let cause = common::cause("WTR-TP", Severity::Red, id, ago(mins));
    ledger.alarm(id, ago(mins), AlarmFact::raised(cause));
}

/// A board of these alarms, each by its name and how many minutes ago.
fn raised(all: &[(&str, i64)]) -> Board {
    let mut ledger = Writer::default();
    for (id, mins) in all {
        raise(&mut ledger, id, *mins);
    }
    common::board_with(ledger)
}

#[test]
fn a_changed_board_and_a_chosen_document_change_what_stands_beside_the_log() {
    // The log stays empty: only the document can name them.
    let raised = |all: &[(&str, i64)]| Board {
        journal: imbl::Vector::new(),
        ..raised(all)
    };
    let beside = |sitting: &mut Sitting| sitting.keys("9").draw(200, 60);
    for lang in [Lang::Zh, Lang::En] {
        let mut sitting = Sitting::in_tongue(raised(&[("first", 3)]), lang);
        let before = beside(&mut sitting);
        assert!(before.contains("first") && !before.contains("second"), "{before}");
        sitting.board = Arc::new(raised(&[("first", 3), ("second", 2)]));
        sitting.sees();
        let after = beside(&mut sitting);
        assert!(after.contains("second"), "{after}");
        let chosen = sitting.keys("o").draw(200, 60);
        assert_ne!(chosen, after, "another document");
    }
}

#[test]
fn a_hand_over_names_the_alarms_of_sources_and_no_others_whatever_these_are_called() {
    let names = [
        "SYS-SRB/a",
        "SYS-SRC",
        "SYS-SRC.a/b",
        "SYS-SRC/air",
        "SYS-SRC/fires",
        "SYS-SRC0/x",
        "SYS-SRD/y",
        "rule/z",
    ];
    let all: Vec<(&str, i64)> = names.iter().map(|name| (*name, 2000)).collect();
    let board = raised(&all);
    let report = REPORTS
        .iter()
        .find(|report| report.key == "handover")
        .expect("one");
    let period = report.rhythm.at(now(), &board.room).expect("a period");
    let paper = report.paper(&Books::of_board(&board, period, now()), Lang::En);
    let lost: Vec<&str> = paper
        .rows()
        .filter(|row| row.key.starts_with("alarm."))
        .map(|row| row.key.as_str())
        .collect();
    assert_eq!(lost, ["alarm.air", "alarm.fires"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_entries_of_a_period_are_those_that_fall_in_it(
        mins in proptest::collection::vec(0..40_i64, 0..40), from in 0..40_i64, long in 0..40_i64,
    ) {
        let mut ledger = Writer::default();
        for (n, mins) in mins.iter().enumerate() {
            raise(&mut ledger, &format!("a/{n}"), *mins);
        }
        let board = common::board_with(ledger);
        let period = Covered { from: ago(from), until: ago(from) + Span::mins(long) };
        let books = Books::of_board(&board, period, now());
        let own = |entry: &&Entry| period.has(entry.at);
        let whole: Vec<&Entry> = board.journal.iter().filter(own).collect();
        prop_assert_eq!(books.entries.iter().collect::<Vec<_>>(), whole);
    }
}
