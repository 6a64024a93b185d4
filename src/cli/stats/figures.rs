//! Figures as rows: one a line in CSV, one object a station in JSON.

use super::Args;
use super::By;
use super::FormulaChoice;
use super::Gathered;
use crate::cli::aqi::PipeError;
use crate::domain::air::Norm;
use crate::domain::air::Pollutant;
use crate::domain::air::period::Shortfall;
use crate::domain::air::summary::Summary;
use crate::domain::quantity::Value;
use serde_json::Map;
use serde_json::Value as Json;
use std::io::Write;

/// One station's figures, or the unit's (with an empty name).
pub(super) struct Rows {
    station: String,
    rows: Vec<Row>,
}

/// A figure, the pollutant it is of (empty for all), and its text.
struct Row {
    figure: String,
    pollutant: &'static str,
    value: String,
}

/// The figures that the options ask for.
pub(super) fn of(args: &Args, gathered: &Gathered) -> Vec<Rows> {
    let of_days = |station: String, days| {
        let formula = match args.formula {
            FormulaChoice::ByDate => None,
            FormulaChoice::Fixed(formula) => Some(formula),
        };
        let summary = Summary::of(&days, args.standard, formula)?;
        let rows = rows(&summary);
        Some(Rows { station, rows })
    };
    match args.by {
        By::Unit => of_days(String::new(), gathered.unit(args)).into_iter().collect(),
        By::Station => gathered
            .stations(args)
            .into_iter()
            .filter_map(|(station, days)| of_days(station, days))
            .collect(),
    }
}

fn rows(of: &Summary) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut all = |figure: &str, value: String| {
        rows.push(Row {
            figure: figure.to_owned(),
            pollutant: "",
            value,
        });
    };
    all("from", of.first.to_string());
    all("to", of.last.to_string());
    all("standard", norm_key(of.norm).to_owned());
    all("valid_days", of.days.valid().to_string());
    all("days_without_index", of.days.without.to_string());
    all("good_days", of.days.good().to_string());
    all("good_day_ratio_percent", text(of.days.ratio(), 1));
    all("heavy_days", of.days.heavy().to_string());
    for (nth, days) in (1..).zip(of.days.levels) {
        all(&format!("level{nth}_days"), days.to_string());
    }
    all("composite_formula", of.composite.formula.key.to_owned());
    all(
        "composite_index",
        text(of.composite.index, of.composite.formula.decimals),
    );
    all("composite_main", of.composite.main.to_string());
    for p in Pollutant::ALL {
        rows.extend(pollutant(of, p));
    }
    rows
}

fn pollutant(of: &Summary, p: Pollutant) -> Vec<Row> {
    let Some(figures) = of.pollutants.get(p.index()) else {
        return Vec::new();
    };
    let row = |figure: &str, value: String| Row {
        figure: figure.to_owned(),
        pollutant: p.key(),
        value,
    };
    let decimals = p.decimals() + 1;
    let mut rows = vec![
        row("valid_days", figures.valid.to_string()),
        row("mean", text(figures.mean, decimals)),
        row(
            &format!("percentile_{}", figures.percent),
            text(figures.percentile, decimals),
        ),
        row("highest", text(figures.highest, decimals)),
        row("days_over_limit", figures.over.to_string()),
        row("composite_term", text(p.pick(&of.composite.terms), 4)),
    ];
    for shortfall in &figures.shortfalls {
        let (figure, have, need) = match *shortfall {
            Shortfall::Year { have, need } => ("too_few_days".to_owned(), have, need),
            Shortfall::Month { month, have, need } => (format!("too_few_days_{month:02}"), have, need),
        };
        rows.push(row(&figure, format!("{have}/{need}")));
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

fn text(value: Option<Value>, decimals: u32) -> String {
    value.map_or_else(|| "NA".to_owned(), |value| value.fixed(decimals))
}

/// Writes CSV.
pub(super) fn table(all: &[Rows], output: &mut dyn Write) -> Result<(), PipeError> {
    let mut writer = csv::Writer::from_writer(output);
    writer.write_record(["station", "figure", "pollutant", "value"])?;
    for station in all {
        for row in &station.rows {
            let name = station.station.as_str();
            writer.write_record([name, row.figure.as_str(), row.pollutant, row.value.as_str()])?;
        }
    }
    Ok(writer.flush()?)
}

/// Writes one object a station; a pollutant's figures are an object of their own, numbers are numbers, `NA` is null.
pub(super) fn json(all: &[Rows], output: &mut dyn Write) -> Result<(), PipeError> {
    for station in all {
        let mut object = Map::new();
        object.insert("station".to_owned(), station.station.clone().into());
        for row in &station.rows {
            let place = if row.pollutant.is_empty() {
                Some(&mut object)
            } else {
                let own = object
                    .entry(row.pollutant)
                    .or_insert_with(|| Json::Object(Map::new()));
                own.as_object_mut()
            };
            if let Some(place) = place {
                place.insert(row.figure.clone(), number(&row.value));
            }
        }
        writeln!(output, "{}", Json::Object(object))?;
    }
    Ok(output.flush()?)
}

fn number(text: &str) -> Json {
    match text {
        "NA" => Json::Null,
        text => serde_json::from_str(text)
            .ok()
            .filter(Json::is_number)
            .unwrap_or_else(|| text.into()),
    }
}
