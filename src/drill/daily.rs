//! The straw daily as the leader issues it from a seat: made from the board, recorded with the sum of its text.

use crate::desk::Deed;
use crate::desk::board::Board;
use crate::domain::ledger::ReportKey;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::lang::Lang;
use crate::report::Books;
use crate::report::straw;
use sha2::Digest;
use sha2::Sha256;

/// The daily of the day that `at` lies in; `None` outside the calendar.
pub(super) fn issue(board: &Board, at: Moment) -> Option<Deed> {
    let report = straw::REPORT;
    let period = report.rhythm.on(at.date(board.room.zone), &board.room)?;
    let paper = (report.make)(&Books::of_board(board, period, at), Lang::Zh);
    let sum = Sha256::digest(paper.markdown().as_bytes());
    let hex: Vec<String> = sum.iter().map(|byte| format!("{byte:02x}")).collect();
    Some(Deed::Report {
        report: ReportKey {
            kind: Clean::new(report.key),
            from: period.from,
            until: period.until,
        },
        digest: Clean::new(&hex.concat()),
    })
}
