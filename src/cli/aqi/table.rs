//! The pipe over CSV.

use super::Judge;
use crate::cli::columns::{Cells, Column};
use crate::cli::flaw::Flaws;
use crate::cli::pipe::PipeError;
use crate::cli::rows::{Header, open};
use crate::cli::stamp::Stamp;
use crate::domain::air::{AirIndex, Pollutant};
use crate::lang::air;
use crate::lang::pipe::PipeText;
use csv::{ByteRecord, Writer, WriterBuilder};
use std::borrow::Cow;
use std::io::{BufRead, Write};

/// The columns that are added, before the sub-indices and the standard.
const ADDED: [&str; 4] = ["aqi", "level", "class", "primary"];

/// Reads, judges, writes; answers how many rows had something wrong.
pub(super) fn run(
    judge: &mut Judge,
    input: &mut dyn BufRead,
    output: &mut dyn Write,
    errors: &mut dyn Write,
) -> Result<u64, PipeError> {
    let mut reader = open(input);
    let mut writer = WriterBuilder::new().flexible(true).from_writer(output);
    let mut flaws = Flaws::new(errors, judge.lang);
    let mut names = ByteRecord::new();
    reader.read_byte_record(&mut names)?;
    let header = Header::read(&names, judge.needs_time(), &mut flaws)?;
    write_header(&mut writer, &names)?;
    let numbers = Numbers::new();
    let mut record = ByteRecord::new();
    while reader.read_byte_record(&mut record)? {
        flaws.next_row(record.position().map_or(0, csv::Position::line));
        if header.fits(&record, &mut flaws)? {
            let cells = header.cells(&record, &names, &mut flaws)?;
            let index = judged(judge, &header, &record, &cells, &mut flaws)?;
            write_row(&mut writer, &record, index.as_ref(), judge, &numbers)?;
        }
    }
    writer.flush()?;
    Ok(flaws.rows())
}

fn judged(
    judge: &mut Judge,
    header: &Header,
    record: &ByteRecord,
    cells: &Cells,
    flaws: &mut Flaws<'_>,
) -> Result<Option<AirIndex>, PipeError> {
    let time = header.text(record, Column::Time);
    let stamp = Stamp::parse(time);
    if stamp.is_none() && !time.trim().is_empty() {
        flaws.about(PipeText::BadTime, time)?;
    }
    match judge.row(stamp, header.text(record, Column::Station), cells) {
        Ok(index) => Ok(Some(index)),
        Err(why) => {
            flaws.unjudged(why)?;
            Ok(None)
        }
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
    put(&numbers.text(index.and_then(|i| i.aqi)))?;
    put(&numbers.text(level.map(|(_, level)| level.number().into())))?;
    put(level.map_or("NA", |(standard, level)| air::class(judge.lang, standard, level)))?;
    put(&index.filter(|i| i.aqi.is_some()).map_or_else(
        || Cow::Borrowed("NA"),
        |i| match (i.primary.len(), i.primary.first()) {
            (1, Some(one)) => Cow::Borrowed(one.symbol()),
            _ => i.primary.to_string().into(),
        },
    ))?;
    for p in Pollutant::ALL {
        put(&sub_index(index, p, numbers))?;
    }
    put(index.map_or("NA", |i| i.standard.key()))?;
    Ok(writer.write_record(None::<&[u8]>)?)
}

/// A pollutant's cell: `/` where it is not monitored by plan, `≥200` where it lies above its table and is withheld.
fn sub_index<'n>(index: Option<&AirIndex>, p: Pollutant, numbers: &'n Numbers) -> Cow<'n, str> {
    let sub = index.and_then(|i| i.of(p));
    match index.filter(|_| sub.is_none()) {
        Some(i) if i.exempt.contains(p) => Cow::Borrowed("/"),
        Some(i) if i.withheld.contains(p) => i.end_of(p).map_or("NA".into(), |end| format!("≥{end}").into()),
        _ => numbers.text(sub),
    }
}

/// The texts of most indices, made once.
struct Numbers(Vec<String>);

impl Numbers {
    fn new() -> Self {
        Self((0..=500).map(|n: u16| n.to_string()).collect())
    }

    fn text(&self, number: Option<u16>) -> Cow<'_, str> {
        let known = |n: u16| {
            self.0
                .get(usize::from(n))
                .map(|text| Cow::Borrowed(text.as_str()))
        };
        number.map_or(Cow::Borrowed("NA"), |n| {
            known(n).unwrap_or_else(|| n.to_string().into())
        })
    }
}
