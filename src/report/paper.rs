//! A document as data: a title, paragraphs, and tables whose rows know the records behind them. Written as Markdown or CSV.

mod plain;

use crate::domain::text::hex;
use sha2::{Digest, Sha256};

/// A report, made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReportDocument {
    /// Its title.
    pub title: String,
    /// What it is made of, in order.
    pub blocks: Vec<Block>,
}

/// One part of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Words(String),
    /// A table.
    Table(Table),
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Its heading.
    pub title: String,
    /// The words above the columns.
    pub columns: Vec<String>,
    /// Its rows; never empty in a document: a table without rows says so in words.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// What it can be asked for by: the id of a figure, a township, a case.
    pub key: String,
    /// Its cells, one a column.
    pub cells: Vec<String>,
    /// The cases, alarms, orders, points or reports behind it.
    pub records: Vec<String>,
}

impl Row {
    /// A row with the records behind it.
    pub fn new(key: &str, cells: Vec<String>, records: Vec<String>) -> Self {
        Self {
            key: key.to_owned(),
            cells,
            records,
        }
    }
}

impl ReportDocument {
    /// A document without anything in it.
    pub fn new(title: String) -> Self {
        Self {
            title,
            blocks: Vec::new(),
        }
    }

    /// Adds a paragraph.
    pub fn say(&mut self, words: String) {
        self.blocks.push(Block::Words(words));
    }

    /// Adds a table; where it has no rows, its heading with `none`.
    pub fn table(&mut self, title: &str, columns: &[&str], rows: Vec<Row>, none: &str) {
        if rows.is_empty() {
            self.say(format!("{title}: {none}"));
            return;
        }
        self.blocks.push(Block::Table(Table {
            title: title.to_owned(),
            columns: columns.iter().map(|&column| column.to_owned()).collect(),
            rows,
        }));
    }

    /// The records behind its rows, by their keys.
    pub fn records(&self) -> Vec<(String, Vec<String>)> {
        let row = |row: &Row| (row.key.clone(), row.records.clone());
        self.rows().map(row).collect()
    }

    /// Every row of every table.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.blocks.iter().flat_map(|block| match block {
            Block::Table(table) => table.rows.as_slice(),
            Block::Words(_) => &[],
        })
    }

    /// What the ledger holds of a paper that was issued: SHA-256 of its text in Markdown, in hexadecimal.
    pub fn digest(text: &str) -> String {
        hex(&Sha256::digest(text.as_bytes()))
    }

    /// As Markdown.
    pub fn markdown(&self) -> String {
        let mut out = format!("# {}\n", plain::line(&self.title));
        for block in &self.blocks {
            out.push('\n');
            match block {
                Block::Words(words) => {
                    out.push_str(&plain::paragraph(words));
                    out.push('\n');
                }
                Block::Table(table) => table.markdown(&mut out),
            }
        }
        out
    }

    /// Its tables as CSV, one after another with an empty line between; the first cell of a row is its key.
    pub fn csv(&self) -> String {
        let tables = self.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table.csv()),
            Block::Words(_) => None,
        });
        tables.collect::<Vec<_>>().join("\n")
    }
}

impl Table {
    fn markdown(&self, out: &mut String) {
        let line = |cells: &[String]| {
            let cells: Vec<String> = cells.iter().map(|cell| plain::line(cell)).collect();
            format!("| {} |\n", cells.join(" | "))
        };
        if !self.title.is_empty() {
            out.extend(["## ", &plain::line(&self.title), "\n\n"]);
        }
        out.push_str(&line(&self.columns));
        out.extend(["|", &"---|".repeat(self.columns.len()), "\n"]);
        for row in &self.rows {
            out.push_str(&line(&row.cells));
        }
    }

    fn csv(&self) -> String {
        let line = |key: &str, cells: &[String]| {
            let all = std::iter::once(key).chain(cells.iter().map(String::as_str));
            let quoted: Vec<String> = all.map(quoted).collect();
            quoted.join(",") + "\n"
        };
        let mut out = line("key", &self.columns);
        for row in &self.rows {
            out.push_str(&line(&row.key, &row.cells));
        }
        out
    }
}

/// A cell of CSV by RFC 4180. One that a spreadsheet would take for a formula, blanks before it or not, gets an apostrophe
/// before it.
fn quoted(cell: &str) -> String {
    let begins = |marks: &[char]| cell.trim_start().starts_with(marks);
    let formula = cell.starts_with(['\t', '\r'])
        || begins(&['=', '@', '＝', '＠'])
        || (begins(&['+', '-', '＋', '－']) && cell.trim().parse::<f64>().is_err());
    let cell = if formula {
        format!("'{cell}")
    } else {
        cell.to_owned()
    };
    if cell.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell
    }
}

#[cfg(test)]
impl ReportDocument {
    /// The row of that key.
    pub fn row(&self, key: &str) -> Option<&Row> {
        self.rows().find(|row| row.key == key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document() -> ReportDocument {
        let mut document = ReportDocument::new("Daily".to_owned());
        document.say("Signed by chen".to_owned());
        let row = Row::new(
            "found",
            vec!["found, all".to_owned(), "=2|3".to_owned()],
            vec!["F1".to_owned()],
        );
        document.table("Figures", &["what", "n"], vec![row], "none");
        document.table("Open", &["case"], Vec::new(), "none");
        document
    }

    #[test]
    fn a_document_is_written_as_markdown() {
        assert_eq!(
            document().markdown(),
            "# Daily\n\nSigned by chen\n\n## Figures\n\n| what | n |\n|---|---|\n| found, all | =2\\|3 |\n\nOpen: none\n"
        );
    }

    #[test]
    fn a_cell_of_a_csv_is_never_a_formula() {
        for cell in [
            "=1+1",
            " =1+1",
            "+cmd|' /C calc'!A0",
            "-2+3",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "＝1+1",
        ] {
            assert!(quoted(cell).trim_start_matches('"').starts_with('\''), "{cell:?}");
        }
        for number in ["-2.5", "+3", "1-2"] {
            assert_eq!(quoted(number), number);
        }
        assert_eq!(document().csv(), "key,what,n\nfound,\"found, all\",'=2|3\n");
        assert_eq!(document().row("found").map(|row| row.records.len()), Some(1));
    }
}
