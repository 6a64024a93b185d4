//! The anchor: the number and hash of the last entry that a document tells of, at its end, so that whoever has the paper can
//! find out later whether the ledger is still the same up to there.

use crate::domain::text::hex;
use crate::lang::Lang;
use crate::lang::report::Rep;
use crate::report::{Books, ReportDocument, Row};

/// The key of its row, by which its record is asked for.
const KEY: &str = "anchor";

/// Adds it; short enough to be typed, the whole hash among the records. An empty ledger has none.
pub(super) fn anchor(paper: &mut ReportDocument, books: &Books, lang: Lang) {
    let tip = books.tip;
    if tip.seq == 0 {
        return;
    }
    let cells = vec![tip.seq.to_string(), tip.typed()];
    let whole = format!("{}:{}", tip.seq, hex(&tip.hash));
    let columns = [Rep::UpToEntry, Rep::AnchorTyped].map(|c| c.text(lang));
    let row = Row::new(KEY, cells, vec![whole]);
    paper.table(Rep::Anchor.text(lang), &columns, vec![row], "");
}
