//! A document as it is written out: its text, its tables and the records behind its rows, made now or as they were kept.

use crate::report::ReportDocument;
use crate::store::Kept;

/// A document, written.
pub(super) struct Sheet {
    /// In Markdown.
    pub(super) text: String,
    /// Its tables, in CSV.
    pub(super) tables: String,
    /// The records behind its rows, by their keys.
    pub(super) records: Vec<(String, Vec<String>)>,
}

impl Sheet {
    /// Of a document that was made.
    pub(super) fn of(paper: &ReportDocument) -> Self {
        Self {
            text: paper.markdown(),
            tables: paper.csv(),
            records: paper.records(),
        }
    }

    /// Of one that was kept; `None` where it cannot be read.
    pub(super) fn of_kept(kept: &Kept) -> Option<Self> {
        Some(Self {
            text: kept.text.clone(),
            tables: kept.tables.clone(),
            records: serde_json::from_str(&kept.records).ok()?,
        })
    }

    /// As it is kept.
    pub(super) fn kept(&self) -> Kept {
        Kept {
            text: self.text.clone(),
            tables: self.tables.clone(),
            records: serde_json::json!(self.records).to_string(),
        }
    }
}
