//! Rows become series of hours, or days, by station.

use super::{Args, Span};
use crate::cli::aqi::{Period, day};
use crate::cli::columns::{Cells, Column};
use crate::cli::flaw::Flaws;
use crate::cli::pipe::PipeError;
use crate::cli::rows::{Header, open};
use crate::cli::stamp::Stamp;
use crate::domain::air::mean::{HJ663_QUORUM, Member, unit_day};
use crate::domain::air::natural_day::place;
use crate::domain::air::series::PointHours;
use crate::domain::air::{Day, Pollutant};
use crate::lang::Lang;
use crate::lang::pipe::PipeText;
use chrono::NaiveDate;
use csv::ByteRecord;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, Write};

/// Everything that was read, by station.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    /// Rows of hours.
    pub hours: BTreeMap<String, PointHours>,
    /// Rows of days.
    pub days: BTreeMap<String, BTreeMap<NaiveDate, Day>>,
}

impl Gathered {
    /// Each station's days within a span.
    pub(super) fn stations(&self, args: &Args, span: Span) -> BTreeMap<String, BTreeMap<NaiveDate, Day>> {
        let mut all: BTreeMap<_, _> = self
            .hours
            .iter()
            .map(|(station, series)| (station.clone(), series.days(args.ozone())))
            .collect();
        for (station, days) in &self.days {
            all.entry(station.clone()).or_default().extend(days);
        }
        for days in all.values_mut() {
            days.retain(|date, _| span.holds(*date));
        }
        all
    }

    /// The days of the unit that all stations make; a station without a day counts as one without a value.
    pub(super) fn unit(&self, args: &Args, span: Span) -> BTreeMap<NaiveDate, Day> {
        let stations = self.stations(args, span);
        let dates: BTreeSet<NaiveDate> = stations.values().flat_map(BTreeMap::keys).copied().collect();
        let of = |date: NaiveDate| {
            let members: Vec<Member<Day>> = stations
                .iter()
                .map(|(station, days)| Member {
                    of: days.get(&date).copied().unwrap_or_default(),
                    background: args.background.contains(station),
                })
                .collect();
            (date, unit_day(&members, HJ663_QUORUM))
        };
        dates.into_iter().map(of).collect()
    }
}

/// Reads a CSV to its end; answers how many rows had something wrong.
pub(super) fn read(
    args: &Args,
    lang: Lang,
    input: &mut dyn BufRead,
    errors: &mut dyn Write,
) -> Result<(Gathered, u64), PipeError> {
    let mut reader = open(input);
    let mut flaws = Flaws::new(errors, lang);
    let mut names = ByteRecord::new();
    reader.read_byte_record(&mut names)?;
    let header = Header::read(&names, true, &mut flaws)?;
    let mut gathered = Gathered::default();
    let mut record = ByteRecord::new();
    while reader.read_byte_record(&mut record)? {
        flaws.next_row(record.position().map_or(0, csv::Position::line));
        if !header.fits(&record, &mut flaws)? {
            continue;
        }
        let cells = header.cells(&record, &names, &mut flaws)?;
        let time = header.text(&record, Column::Time);
        match Stamp::parse(time) {
            None => flaws.about(PipeText::BadTime, time)?,
            Some(stamp) => {
                let station = header.text(&record, Column::Station);
                match args.period {
                    Period::Day => gathered.day(station, stamp, &cells, &mut flaws)?,
                    Period::Hour => gathered.hour(args, station, stamp, &cells, &mut flaws)?,
                }
            }
        }
    }
    Ok((gathered, flaws.rows()))
}

impl Gathered {
    fn day(
        &mut self,
        station: &str,
        stamp: Stamp,
        cells: &Cells,
        flaws: &mut Flaws<'_>,
    ) -> Result<(), PipeError> {
        let days = entry(&mut self.days, station);
        if days.insert(stamp.date, day(cells)).is_some() {
            flaws.about(PipeText::Duplicate, "")?;
        }
        Ok(())
    }

    fn hour(
        &mut self,
        args: &Args,
        station: &str,
        stamp: Stamp,
        cells: &Cells,
        flaws: &mut Flaws<'_>,
    ) -> Result<(), PipeError> {
        let Some(at) = stamp.hour.and_then(|hour| place(stamp.date, hour, args.label())) else {
            return Ok(flaws.about(PipeText::NoHour, "")?);
        };
        let series = entry(&mut self.hours, station);
        let mut twice = false;
        for (p, value) in Pollutant::ALL.into_iter().zip(cells.own) {
            if let Some(value) = value {
                twice |= series.put(at, p, value).is_some();
            }
        }
        if twice {
            flaws.about(PipeText::Duplicate, "")?;
        }
        Ok(())
    }
}

fn entry<'a, T: Default>(all: &'a mut BTreeMap<String, T>, station: &str) -> &'a mut T {
    if !all.contains_key(station) {
        all.insert(station.to_owned(), T::default());
    }
    all.entry(station.to_owned()).or_default()
}
