//! Air tables in CSV: the header and the cells of a row. Shared by `aqi` and `stats`.

use crate::cli::aqi::PipeError;
use crate::cli::columns::Cells;
use crate::cli::columns::Column;
use crate::cli::columns::column;
use crate::cli::flaw::Flaws;
use csv::ByteRecord;
use csv::Reader;
use std::io;
use std::io::BufRead;

/// What each column of the header means.
pub struct Header {
    columns: Vec<Option<Column>>,
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
    /// Reads the names of the first record.
    ///
    /// # Errors
    /// No pollutant, a column twice, or no `time` where rows need one.
    pub fn read(names: &ByteRecord, needs_time: bool) -> Result<Self, PipeError> {
        let columns: Vec<Option<Column>> = names
            .iter()
            .map(|name| std::str::from_utf8(name).ok().and_then(column))
            .collect();
        for (nth, known) in columns.iter().enumerate() {
            if known.is_some() && columns.iter().take(nth).any(|before| before == known) {
                let name = names.get(nth).unwrap_or_default();
                return Err(PipeError::Twice(String::from_utf8_lossy(name).into_owned()));
            }
        }
        let at = |wanted| columns.iter().position(|c| *c == Some(wanted));
        let (time, station) = (at(Column::Time), at(Column::Station));
        if !columns
            .iter()
            .any(|c| matches!(c, Some(Column::Own(_) | Column::Other(_))))
        {
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
        for ((column, field), name) in self.columns.iter().zip(record).zip(names) {
            let Some(column) = *column else { continue };
            let text = std::str::from_utf8(field).unwrap_or("\u{fffd}");
            if let Err(fault) = cells.put(column, text) {
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
