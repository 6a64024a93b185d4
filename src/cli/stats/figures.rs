//! Figures as rows: one a line in CSV, one object a station in JSON.

use super::{Args, By, FormulaChoice, Gathered, Span};
use crate::cli::pipe::PipeError;
use crate::domain::air::good::Comparison;
use crate::domain::air::period::Shortfall;
use crate::domain::air::summary::Summary;
use crate::domain::air::{Day, Norm, Pollutant};
use crate::domain::quantity::Value;
use chrono::{Datelike, NaiveDate};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::fmt::Display;
use std::io::Write;

/// One station's figures, or the unit's (with an empty name).
pub(super) struct Rows {
    station: String,
    rows: Vec<Row>,
}

/// A figure and the pollutant it is of (empty for all).
struct Row {
    figure: String,
    pollutant: &'static str,
    value: Cell,
}

/// A figure's value. A number keeps the decimals that its standard rounds it to.
enum Cell {
    Text(String),
    Number(String),
    Flag(bool),
    /// `NA` in CSV, null in JSON.
    Missing,
}

impl Cell {
    fn number(value: Option<Value>, decimals: u32) -> Self {
        value.map_or(Self::Missing, |value| Self::Number(value.fixed(decimals)))
    }

    fn count(count: impl Display) -> Self {
        Self::Number(count.to_string())
    }

    fn plain(&self) -> &str {
        match self {
            Self::Text(text) | Self::Number(text) => text,
            Self::Flag(true) => "true",
            Self::Flag(false) => "false",
            Self::Missing => "NA",
        }
    }

    fn json(&self) -> String {
        match self {
            Self::Text(text) => quoted(text),
            Self::Missing => "null".to_owned(),
            Self::Number(_) | Self::Flag(_) => self.plain().to_owned(),
        }
    }
}

/// The figures that the options ask for.
pub(super) fn of(args: &Args, gathered: &Gathered) -> Vec<Rows> {
    let (span, days) = asked(args, gathered);
    let last = if args.year_on_year {
        days_of(args, gathered, span.year_before())
    } else {
        BTreeMap::new()
    };
    let formula = match args.formula {
        FormulaChoice::ByDate => None,
        FormulaChoice::Fixed(formula) => Some(formula),
    };
    let of_station = |(station, days): (String, BTreeMap<NaiveDate, Day>)| {
        let mut rows = rows(&Summary::of(&days, args.standard, formula)?);
        if args.year_on_year {
            let before = last.get(&station).cloned().unwrap_or_default();
            rows.extend(year_on_year(args.standard, &days, &before));
        }
        Some(Rows { station, rows })
    };
    days.into_iter().filter_map(of_station).collect()
}

/// The days of each station, or of the unit under an empty name.
fn days_of(args: &Args, gathered: &Gathered, span: Span) -> BTreeMap<String, BTreeMap<NaiveDate, Day>> {
    match args.by {
        By::Unit => BTreeMap::from([(String::new(), gathered.unit(args, span))]),
        By::Station => gathered.stations(args, span),
    }
}

/// The span that is asked for, with its days. To compare years, it begins with the year of the last day where nothing
/// else is said, and ends with that day.
fn asked(args: &Args, gathered: &Gathered) -> (Span, BTreeMap<String, BTreeMap<NaiveDate, Day>>) {
    let all = days_of(args, gathered, args.span());
    let last = all.values().filter_map(|days| days.keys().next_back()).max();
    let Some(to) = last.filter(|_| args.year_on_year).copied() else {
        return (args.span(), all);
    };
    let from = args.from.or_else(|| to.with_ordinal(1)).unwrap_or(to);
    let span = Span { from, to };
    (span, days_of(args, gathered, span))
}

/// Good days of both years by one standard.
fn year_on_year(norm: Norm, this: &BTreeMap<NaiveDate, Day>, last: &BTreeMap<NaiveDate, Day>) -> Vec<Row> {
    let Some(of) = Comparison::of(norm, this, last) else {
        return Vec::new();
    };
    let end = |date: Option<&NaiveDate>| date.map_or(Cell::Missing, |date| Cell::Text(date.to_string()));
    let all = [
        ("standard", Cell::Text(of.standard.key().to_owned())),
        ("recomputed", Cell::Flag(of.recomputed)),
        ("valid_days", Cell::count(of.this.valid())),
        ("good_days", Cell::count(of.this.good())),
        ("good_day_ratio_percent", Cell::number(of.this.ratio(), 1)),
        ("last_from", end(last.keys().next())),
        ("last_to", end(last.keys().next_back())),
        ("last_valid_days", Cell::count(of.last.valid())),
        ("last_good_days", Cell::count(of.last.good())),
        ("last_good_day_ratio_percent", Cell::number(of.last.ratio(), 1)),
        ("change_percentage_points", Cell::number(of.change(), 1)),
    ];
    let row = |(figure, value): (&str, Cell)| Row {
        figure: format!("year_on_year_{figure}"),
        pollutant: "",
        value,
    };
    all.into_iter().map(row).collect()
}

fn rows(of: &Summary) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut all = |figure: &str, value: Cell| {
        rows.push(Row {
            figure: figure.to_owned(),
            pollutant: "",
            value,
        });
    };
    let named = |text: &dyn Display| Cell::Text(text.to_string());
    all("from", named(&of.first));
    all("to", named(&of.last));
    all("standard", named(&norm_key(of.norm)));
    all("valid_days", Cell::count(of.days.valid()));
    all("days_without_index", Cell::count(of.days.without));
    all("good_days", Cell::count(of.days.good()));
    all("good_day_ratio_percent", Cell::number(of.days.ratio(), 1));
    all("heavy_days", Cell::count(of.days.heavy()));
    for (nth, days) in (1..).zip(of.days.levels) {
        all(&format!("level{nth}_days"), Cell::count(days));
    }
    let composite = &of.composite;
    all("composite_formula", named(&composite.formula.key));
    all(
        "composite_index",
        Cell::number(composite.index, composite.formula.decimals),
    );
    all("composite_main", named(&composite.main));
    for p in Pollutant::ALL {
        rows.extend(pollutant(of, p));
    }
    rows
}

fn pollutant(of: &Summary, p: Pollutant) -> Vec<Row> {
    let Some(figures) = of.pollutants.get(p.index()) else {
        return Vec::new();
    };
    let row = |figure: &str, value: Cell| Row {
        figure: figure.to_owned(),
        pollutant: p.key(),
        value,
    };
    let decimals = p.decimals() + 1;
    let mut rows = vec![
        row("valid_days", Cell::count(figures.valid)),
        row("mean", Cell::number(figures.mean, decimals)),
        row(
            &format!("percentile_{}", figures.percent),
            Cell::number(figures.percentile, decimals),
        ),
        row("highest", Cell::number(figures.highest, decimals)),
        row("days_over_limit", Cell::count(figures.over)),
        row("composite_term", Cell::number(p.pick(&of.composite.terms), 4)),
    ];
    for shortfall in &figures.shortfalls {
        let (figure, have, need) = match *shortfall {
            Shortfall::Year { have, need } => ("too_few_days".to_owned(), have, need),
            Shortfall::Month { month, have, need } => (format!("too_few_days_{month:02}"), have, need),
        };
        rows.push(row(&figure, Cell::Text(format!("{have}/{need}"))));
    }
    rows
}

/// What was asked for: a standard, or that of each date.
fn norm_key(norm: Norm) -> &'static str {
    match norm {
        Norm::Hj633 => "auto",
        Norm::Only(standard) => standard.key(),
    }
}

/// Writes CSV.
pub(super) fn table(all: &[Rows], output: &mut dyn Write) -> Result<(), PipeError> {
    let mut writer = csv::Writer::from_writer(output);
    writer.write_record(["station", "figure", "pollutant", "value"])?;
    for station in all {
        for row in &station.rows {
            let name = station.station.as_str();
            writer.write_record([name, row.figure.as_str(), row.pollutant, row.value.plain()])?;
        }
    }
    Ok(writer.flush()?)
}

/// Writes one object a station; a pollutant's figures are an object of their own, numbers keep their decimals.
pub(super) fn json(all: &[Rows], output: &mut dyn Write) -> Result<(), PipeError> {
    for station in all {
        let of = |pollutant: &str| {
            let rows = station.rows.iter().filter(move |row| row.pollutant == pollutant);
            rows.map(|row| member(&row.figure, &row.value.json())).collect()
        };
        let mut members = vec![member("station", &quoted(&station.station))];
        members.extend::<Vec<String>>(of(""));
        for p in Pollutant::ALL {
            let own: Vec<String> = of(p.key());
            members.push(member(p.key(), &format!("{{{}}}", own.join(","))));
        }
        writeln!(output, "{{{}}}", members.join(","))?;
    }
    Ok(output.flush()?)
}

fn member(key: &str, value: &str) -> String {
    format!("{}:{value}", quoted(key))
}

fn quoted(text: &str) -> String {
    Json::from(text).to_string()
}
