//! What is wrong with rows of an air table, said on standard error with the line. Shared by `aqi` and `stats`.

use crate::cli::columns::CellFault;
use crate::cli::pipe::Unjudged;
use crate::domain::text::Clean;
use crate::lang::pipe::PipeText;
use crate::lang::{Lang, fill};
use std::io;
use std::io::Write;

/// Says flaws and counts the rows that have one.
pub struct Flaws<'a> {
    errors: &'a mut dyn Write,
    lang: Lang,
    line: u64,
    rows: u64,
    counted: bool,
}

impl<'a> Flaws<'a> {
    /// Says them on `errors`.
    pub fn new(errors: &'a mut dyn Write, lang: Lang) -> Self {
        Self {
            errors,
            lang,
            line: 0,
            rows: 0,
            counted: false,
        }
    }

    /// What follows is about the row on `line`, counted from 1.
    pub fn next_row(&mut self, line: u64) {
        (self.line, self.counted) = (line, false);
    }

    /// How many rows had a flaw so far.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// A cell that cannot be used.
    pub fn cell(&mut self, fault: CellFault, name: &str, text: &str) -> io::Result<()> {
        let what = match fault {
            CellFault::NoNumber => PipeText::NoNumber,
            CellFault::Negative => PipeText::Negative,
            CellFault::Absurd => PipeText::Absurd,
        };
        let (name, text) = (Clean::new(name), Clean::new(text));
        self.say(&fill(what.text(self.lang), &[("name", &name), ("text", &text)]))
    }

    /// A column that is none that is known here; said once a table, and no flaw of any row.
    pub fn unknown(&mut self, name: &str) -> io::Result<()> {
        let what = PipeText::Unknown.text(self.lang);
        writeln!(self.errors, "{}", fill(what, &[("name", &Clean::new(name))]))
    }

    /// A row with another number of fields than the header.
    pub fn fields(&mut self, wanted: usize, found: usize) -> io::Result<()> {
        let what = PipeText::Fields.text(self.lang);
        self.say(&fill(what, &[("wanted", &wanted), ("found", &found)]))
    }

    /// A row whose time does not allow an index.
    pub fn unjudged(&mut self, why: Unjudged) -> io::Result<()> {
        let what = match why {
            Unjudged::NoDate => PipeText::NoDate,
            Unjudged::NoHour => PipeText::NoHour,
            Unjudged::OutOfOrder => PipeText::OutOfOrder,
        };
        self.say(what.text(self.lang))
    }

    /// Anything else about the row, with the text it is about.
    pub fn about(&mut self, what: PipeText, text: &str) -> io::Result<()> {
        self.say(&fill(what.text(self.lang), &[("text", &Clean::new(text))]))
    }

    fn say(&mut self, words: &str) -> io::Result<()> {
        if !self.counted {
            (self.rows, self.counted) = (self.rows + 1, true);
        }
        let line = fill(PipeText::Line.text(self.lang), &[("line", &self.line)]);
        writeln!(self.errors, "{line}{words}")
    }
}
