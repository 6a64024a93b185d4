//! The pipe over CSV.

use super::Judge;
use super::PipeError;
use crate::cli::columns::Cells;
use crate::cli::columns::Column;
use crate::cli::columns::column;
use crate::cli::flaw::Flaws;
use crate::cli::stamp::Stamp;
use crate::domain::air::AirIndex;
use crate::domain::air::Pollutant;
use crate::lang::air;
use crate::lang::pipe::PipeText;
use csv::ByteRecord;
use csv::Writer;
use csv::WriterBuilder;
use std::io::BufRead;
use std::io::Write;

/// The columns that are added, before the sub-indices and the standard.
const ADDED: [&str; 4] = ["aqi", "level", "class", "primary"];

/// What each column of the header means.
struct Header {
    columns: Vec<Option<Column>>,
    time: Option<usize>,
    station: Option<usize>,
}

/// Reads, judges, writes; answers how many rows had something wrong.
pub(super) fn run(
    judge: &mut Judge,
    input: &mut dyn BufRead,
    output: &mut dyn Write,
    errors: &mut dyn Write,
) -> Result<u64, PipeError> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(input);
    let mut writer = WriterBuilder::new().flexible(true).from_writer(output);
    let mut flaws = Flaws::new(errors, judge.lang);
    let mut record = ByteRecord::new();
    if !reader.read_byte_record(&mut record)? {
        return Err(PipeError::NoPollutant);
    }
    let header = Header::read(&record, judge.needs_time())?;
    write_header(&mut writer, &record)?;
    let names = record.clone();
    let numbers = Numbers::new();
    while reader.read_byte_record(&mut record)? {
        flaws.next_row(record.position().map_or(0, csv::Position::line));
        if record.len() != header.columns.len() {
            flaws.fields(header.columns.len(), record.len())?;
            continue;
        }
        let index = judged(judge, &header, &record, &names, &mut flaws)?;
        write_row(&mut writer, &record, index.as_ref(), judge, &numbers)?;
    }
    writer.flush()?;
    Ok(flaws.rows())
}

fn judged(
    judge: &mut Judge,
    header: &Header,
    record: &ByteRecord,
    names: &ByteRecord,
    flaws: &mut Flaws<'_>,
) -> Result<Option<AirIndex>, PipeError> {
    let mut cells = Cells::default();
    for ((column, field), name) in header.columns.iter().zip(record).zip(names) {
        let Some(column) = *column else { continue };
        let text = std::str::from_utf8(field).unwrap_or("\u{fffd}");
        if let Err(fault) = cells.put(column, text) {
            flaws.cell(fault, &String::from_utf8_lossy(name), text)?;
        }
    }
    let text = |at: Option<usize>| {
        at.and_then(|at| record.get(at))
            .and_then(|field| std::str::from_utf8(field).ok())
            .unwrap_or_default()
    };
    let time = text(header.time);
    let stamp = Stamp::parse(time);
    if stamp.is_none() && !time.trim().is_empty() {
        flaws.about(PipeText::BadTime, time)?;
    }
    match judge.row(stamp, text(header.station), &cells) {
        Ok(index) => Ok(Some(index)),
        Err(why) => {
            flaws.unjudged(why)?;
            Ok(None)
        }
    }
}

impl Header {
    fn read(record: &ByteRecord, needs_time: bool) -> Result<Self, PipeError> {
        let columns: Vec<Option<Column>> = record
            .iter()
            .map(|name| std::str::from_utf8(name).ok().and_then(column))
            .collect();
        for (nth, known) in columns.iter().enumerate() {
            if known.is_some() && columns.iter().take(nth).any(|before| before == known) {
                let name = record.get(nth).unwrap_or_default();
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
}

fn write_header(writer: &mut Writer<&mut dyn Write>, names: &ByteRecord) -> Result<(), PipeError> {
    for name in names {
        writer.write_field(name)?;
    }
    for name in ADDED {
        writer.write_field(name)?;
    }
    for p in Pollutant::ALL {
        writer.write_field(format!("iaqi_{}", p.key()))?;
    }
    writer.write_field("standard")?;
    Ok(writer.write_record(None::<&[u8]>)?)
}

fn write_row(
    writer: &mut Writer<&mut dyn Write>,
    record: &ByteRecord,
    index: Option<&AirIndex>,
    judge: &Judge,
    numbers: &Numbers,
) -> Result<(), PipeError> {
    for field in record {
        writer.write_field(field)?;
    }
    let level = index.and_then(|i| i.level.map(|level| (i.standard, level)));
    let mut put = |text: &str| writer.write_field(text);
    put(numbers.text(index.and_then(|i| i.aqi)))?;
    put(numbers.text(level.map(|(_, level)| level.number().into())))?;
    put(level.map_or("NA", |(standard, level)| air::class(judge.lang, standard, level)))?;
    put(&index.filter(|i| i.aqi.is_some()).map_or_else(
        || "NA".into(),
        |i| match (i.primary.len(), i.primary.first()) {
            (1, Some(one)) => std::borrow::Cow::Borrowed(one.symbol()),
            _ => i.primary.to_string().into(),
        },
    ))?;
    for p in Pollutant::ALL {
        let sub = index.and_then(|i| i.of(p));
        let exempt = sub.is_none() && index.is_some_and(|i| i.exempt.contains(p));
        put(if exempt { "/" } else { numbers.text(sub) })?;
    }
    put(index.map_or("NA", |i| i.standard.key()))?;
    Ok(writer.write_record(None::<&[u8]>)?)
}

/// The texts of all indices, made once.
struct Numbers(Vec<String>);

impl Numbers {
    fn new() -> Self {
        Self((0..=500).map(|n: u16| n.to_string()).collect())
    }

    fn text(&self, number: Option<u16>) -> &str {
        number
            .and_then(|n| self.0.get(usize::from(n)))
            .map_or("NA", String::as_str)
    }
}
