//! Air tables in CSV: the header and the cells of a row. Shared by `aqi` and `stats`.

use crate::cli::columns::{Cells, Column, Heading, HeadingFault, heading};
use crate::cli::flaw::Flaws;
use crate::cli::pipe::PipeError;
use csv::{ByteRecord, Reader};
use std::io;
use std::io::BufRead;

/// What each column of the header means.
pub struct Header {
    columns: Vec<Option<Heading>>,
    time: Option<usize>,
    station: Option<usize>,
}

/// A reader that gives the header as its first record and every row as it is.
pub fn open(input: &mut dyn BufRead) -> Reader<&mut dyn BufRead> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(input)
}

impl Header {
    /// Reads the names of the first record; each that is not understood is said.
    ///
    /// # Errors
    /// No pollutant, one in a unit that is none of it, a column twice, or no `time` where rows need one.
    pub fn read(names: &ByteRecord, needs_time: bool, flaws: &mut Flaws<'_>) -> Result<Self, PipeError> {
        let mut columns: Vec<Option<Heading>> = Vec::with_capacity(names.len());
        for name in names {
            let name = String::from_utf8_lossy(name);
            let heading = match heading(&name) {
                Ok(known) => Some(known),
                Err(HeadingFault::Unit) => return Err(PipeError::Unit(name.into_owned())),
                Err(HeadingFault::Unknown) => None,
            };
            let same = |before: &Heading| heading.is_some_and(|own| own.column == before.column);
            if columns.iter().flatten().any(same) {
                return Err(PipeError::Twice(name.into_owned()));
            }
            if heading.is_none() {
                flaws.unknown(&name)?;
            }
            columns.push(heading);
        }
        let at = |wanted| columns.iter().position(|c| c.is_some_and(|c| c.column == wanted));
        let (time, station) = (at(Column::Time), at(Column::Station));
        if !columns.iter().flatten().any(|c| c.column.pollutant().is_some()) {
            return Err(PipeError::NoPollutant);
        }
        if needs_time && time.is_none() {
            return Err(PipeError::NoTime);
        }
        Ok(Self {
            columns,
            time,
            station,
        })
    }

    /// Whether a row has as many fields as the header; says so where it has not.
    pub fn fits(&self, record: &ByteRecord, flaws: &mut Flaws<'_>) -> io::Result<bool> {
        let fits = record.len() == self.columns.len();
        if !fits {
            flaws.fields(self.columns.len(), record.len())?;
        }
        Ok(fits)
    }

    /// The concentrations of a row; what is wrong with a cell is said, and the cell is missing.
    pub fn cells(&self, record: &ByteRecord, names: &ByteRecord, flaws: &mut Flaws<'_>) -> io::Result<Cells> {
        let mut cells = Cells::default();
        for ((heading, field), name) in self.columns.iter().zip(record).zip(names) {
            let Some(heading) = *heading else { continue };
            let text = std::str::from_utf8(field).unwrap_or("\u{fffd}");
            if let Err(fault) = cells.put(heading, text) {
                flaws.cell(fault, &String::from_utf8_lossy(name), text)?;
            }
        }
        Ok(cells)
    }

    /// The text of the time or of the station; empty where the table has none.
    pub fn text<'r>(&self, record: &'r ByteRecord, column: Column) -> &'r str {
        let at = match column {
            Column::Time => self.time,
            Column::Station => self.station,
            Column::Own(_) | Column::Other(_) => None,
        };
        at.and_then(|at| record.get(at))
            .and_then(|field| std::str::from_utf8(field).ok())
            .unwrap_or_default()
    }
}
