//! The pipe over lines of JSON objects. A key's value is a number, a text or null.

use super::Judge;
use crate::cli::columns::{Cells, Column, HeadingFault, heading};
use crate::cli::flaw::Flaws;
use crate::cli::pipe::{PipeError, Unjudged};
use crate::cli::stamp::Stamp;
use crate::domain::air::{AirIndex, Pollutant};
use crate::lang::pipe::PipeText;
use crate::lang::{Lang, air};
use serde_json::{Map, Value as Json};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::{BufRead, BufWriter, Write};

/// Reads, judges, writes; answers how many rows had something wrong.
pub(super) fn run(
    judge: &mut Judge,
    input: &mut dyn BufRead,
    output: &mut dyn Write,
    errors: &mut dyn Write,
) -> Result<u64, PipeError> {
    let mut flaws = Flaws::new(errors, judge.lang);
    let mut output = BufWriter::new(output);
    let (mut line, mut number, mut unknown) = (Vec::new(), 0, BTreeSet::new());
    while input.read_until(b'\n', &mut line)? > 0 {
        number += 1;
        flaws.next_row(number);
        if !line.trim_ascii().is_empty() {
            match serde_json::from_slice::<Map<String, Json>>(&line) {
                Ok(mut row) => {
                    let index = judged(judge, &row, &mut unknown, &mut flaws)?;
                    add(&mut row, index.as_ref(), judge.lang);
                    serde_json::to_writer(&mut output, &row).map_err(std::io::Error::from)?;
                    output.write_all(b"\n")?;
                }
                Err(_) => flaws.about(PipeText::NoObject, &String::from_utf8_lossy(&line))?,
            }
        }
        line.clear();
    }
    output.flush()?;
    Ok(flaws.rows())
}

fn judged(
    judge: &mut Judge,
    row: &Map<String, Json>,
    unknown: &mut BTreeSet<String>,
    flaws: &mut Flaws<'_>,
) -> Result<Option<AirIndex>, PipeError> {
    let mut cells = Cells::default();
    let (mut time, mut station) = (Cow::Borrowed(""), Cow::Borrowed(""));
    for (key, value) in row {
        let heading = match heading(key) {
            Ok(heading) => heading,
            Err(HeadingFault::Unit) => return Err(PipeError::Unit(key.clone())),
            Err(HeadingFault::Unknown) => {
                if unknown.insert(key.clone()) {
                    flaws.unknown(key)?;
                }
                continue;
            }
        };
        match heading.column {
            Column::Time => time = text(value),
            Column::Station => station = text(value),
            Column::Own(_) | Column::Other(_) => {
                let text = text(value);
                if let Err(fault) = cells.put(heading, &text) {
                    flaws.cell(fault, key, &text)?;
                }
            }
        }
    }
    let stamp = Stamp::parse(&time);
    if stamp.is_none() && !time.trim().is_empty() {
        flaws.about(PipeText::BadTime, &time)?;
    }
    judge
        .row(stamp, &station, &cells)
        .map(Some)
        .or_else(|why: Unjudged| {
            flaws.unjudged(why)?;
            Ok(None)
        })
}

/// Numbers keep the digits they were written with.
fn text(value: &Json) -> Cow<'_, str> {
    match value {
        Json::Null => Cow::Borrowed(""),
        Json::String(text) => Cow::Borrowed(text),
        Json::Number(number) => Cow::Owned(number.to_string()),
        Json::Bool(_) | Json::Array(_) | Json::Object(_) => Cow::Owned(value.to_string()),
    }
}

fn add(row: &mut Map<String, Json>, index: Option<&AirIndex>, lang: Lang) {
    let level = index.and_then(|i| i.level.map(|level| (i.standard, level)));
    let mut put = |key: String, value: Json| row.insert(key, value);
    put("aqi".into(), index.and_then(|i| i.aqi).into());
    put("level".into(), level.map(|(_, level)| level.number()).into());
    let class = level.map(|(standard, level)| air::class(lang, standard, level));
    put("class".into(), class.into());
    let primary = index
        .filter(|i| i.aqi.is_some())
        .map(|i| i.primary.iter().map(Pollutant::symbol).collect::<Vec<_>>());
    put("primary".into(), primary.into());
    for p in Pollutant::ALL {
        put(format!("iaqi_{}", p.key()), index.and_then(|i| i.of(p)).into());
    }
    let withheld = index.filter(|i| !i.withheld.is_empty()).map(|i| {
        let ends = i
            .withheld
            .iter()
            .map(|p| (p.key().to_owned(), i.end_of(p).into()));
        Json::Object(ends.collect())
    });
    put("standard".into(), index.map(|i| i.standard.key()).into());
    if let Some(withheld) = withheld {
        put("withheld".into(), withheld);
    }
    if let Some(why) = index.and_then(|i| i.why) {
        put("why".into(), why.key().into());
    }
}
