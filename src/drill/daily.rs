//! The straw daily as the leader issues it from a seat: made from the board, kept word for word, recorded with the
//! sum of its text.

use crate::desk::Command;
use crate::desk::board::Board;
use crate::domain::state::ReportKey;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::lang::Lang;
use crate::report::{Books, ReportDocument, straw};
use crate::store::Kept;

/// The daily of the day that `at` lies in, and what is kept of it; `None` outside the calendar.
pub(super) fn issue(board: &Board, at: Moment) -> Option<(Command, Kept)> {
    let report = straw::REPORT;
    let period = report.rhythm.on(at.date(board.room.zone), &board.room)?;
    let paper = report.paper(&Books::of_board(board, period, at), Lang::Zh);
    let text = paper.markdown();
    let command = Command::Report {
        report: ReportKey {
            kind: Clean::new(report.key),
            from: period.from,
            until: period.until,
        },
        digest: Clean::new(&ReportDocument::digest(&text)),
    };
    let kept = Kept {
        text,
        tables: paper.csv(),
        records: serde_json::json!(paper.records()).to_string(),
    };
    Some((command, kept))
}
