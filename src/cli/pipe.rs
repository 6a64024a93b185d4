//! What a pipe of rows ends with, and why a row of it has no index: words between what reads the rows, what judges them
//! and what tells their flaws.

use crate::lang::pipe::PipeText;
use crate::lang::{Lang, fill};
use std::io;

/// Why nothing, or nothing more, came out.
#[derive(Debug, thiserror::Error)]
pub enum PipeError {
    /// Reading or writing failed.
    #[error("standard input or output: {0}")]
    Io(#[from] io::Error),
    /// No column of the header is a concentration.
    #[error("the header names no pollutant")]
    NoPollutant,
    /// The standard is to follow the date, and there is no `time`.
    #[error("no column `time`; name a standard")]
    NoTime,
    /// A pollutant in a unit that is none of it.
    #[error("column `{0}` is in a unit that is none of its pollutant")]
    Unit(String),
    /// A column stands twice.
    #[error("column `{0}` stands twice")]
    Twice(String),
    /// The European index has no daily form.
    #[error("eaqi has no index of a day")]
    NoDailyForm,
}

impl From<csv::Error> for PipeError {
    fn from(error: csv::Error) -> Self {
        Self::Io(error.into())
    }
}

impl PipeError {
    /// In a person's language.
    pub fn words(&self, lang: Lang) -> String {
        match self {
            Self::Io(why) => fill(PipeText::Io.text(lang), &[("why", why)]),
            Self::NoPollutant => PipeText::NoPollutant.text(lang).to_owned(),
            Self::NoTime => PipeText::NoTime.text(lang).to_owned(),
            Self::Unit(name) => fill(PipeText::Unit.text(lang), &[("name", name)]),
            Self::Twice(name) => fill(PipeText::Twice.text(lang), &[("name", name)]),
            Self::NoDailyForm => PipeText::NoDailyForm.text(lang).to_owned(),
        }
    }
}

/// Why a row has no index, beyond what the standard itself says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unjudged {
    /// The standard follows the date, and the row has none.
    NoDate,
    /// Sliding means want the hour, and the row has none.
    NoHour,
    /// Not after the row before it of the same station: its sliding means are unknown.
    OutOfOrder,
}
