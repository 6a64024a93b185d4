//! Reports: one document a file, made from the [`Books`] as data, then written as Markdown or CSV.
//!
//! A report is added by its file and its row in [`REPORTS`]. Making one changes nothing; that it was issued is a fact
//! that the desk or the command line records. Called by `cli` and by the Shift screen.

mod anchored;
mod books;
#[cfg(test)]
mod hand;
mod heard;
mod paper;
mod span;

pub mod emergency;
pub mod episode;
pub mod handover;
pub mod hot_grid;
pub mod inspection;
pub mod petitions;
pub mod problems;
pub mod straw;
pub mod water;
pub mod year;

use crate::domain::quantity::Quantity;
use crate::lang::Lang;
use crate::lang::report::Rep;

pub use books::{Books, Covered, ids, percent};
pub use heard::heard;
pub use paper::{Block, ReportDocument, Row, Table};
pub use span::Rhythm;

/// A report.
#[derive(Clone, Copy, Debug)]
pub struct Report {
    /// Its name on the command line and in the ledger.
    pub key: &'static str,
    /// Its name for people.
    pub title: Rep,
    /// What time it covers.
    pub rhythm: Rhythm,
    /// The hourly readings it needs.
    pub reads: &'static [Quantity],
    /// Makes what it tells.
    make: fn(&Books, Lang) -> ReportDocument,
}

/// Every report.
pub const REPORTS: &[Report] = &[
    straw::REPORT,
    handover::LOG,
    handover::REPORT,
    episode::REPORT,
    hot_grid::REPORT,
    problems::REPORT,
    inspection::REPORT,
    petitions::REPORT,
    water::REPORT,
    emergency::REPORT,
    year::REPORT,
];

impl Report {
    /// The document, with the end of the ledger that it tells of. One of a training city or a drill says at its head that it is.
    pub fn paper(&self, books: &Books, lang: Lang) -> ReportDocument {
        let mut paper = (self.make)(books, lang);
        anchored::anchor(&mut paper, books, lang);
        if books.room.training {
            let words = Rep::Rehearsal.text(lang).to_owned();
            paper.blocks.insert(0, Block::Words(words));
        }
        paper
    }

    /// By its key.
    pub fn by_key(key: &str) -> Option<&'static Self> {
        REPORTS.iter().find(|report| report.key == key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::report::NAMES;

    #[test]
    fn every_report_has_its_name_in_the_log() {
        let rows: Vec<_> = REPORTS.iter().map(|report| (report.key, report.title)).collect();
        let mut names = NAMES.to_vec();
        names.sort_by_key(|row| REPORTS.iter().position(|report| report.key == row.0));
        assert_eq!(rows, names);
    }
}
