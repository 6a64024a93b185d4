//! `lookout stats`: the figures of a period — good-day ratio, means, percentiles, validity, composite index — from rows of
//! hours or days on standard input, or from the readings of a ledger.
//!
//! Unlike `aqi` it keeps what it reads: six numbers an hour and station.

mod figures;
mod gather;
mod stored;

use crate::cli::aqi::{Outcome, Period, choice};
use crate::cli::pipe::PipeError;
use crate::domain::air::Norm;
use crate::domain::air::composite::{FORMULAS, Formula};
use crate::domain::air::natural_day::Label;
use crate::domain::air::period::{OZONE_RULE, OzoneRule};
use crate::lang::Lang;
use chrono::{Months, NaiveDate};
use clap::ValueEnum;
use std::io::{BufRead, Write};

pub use gather::Gathered;
pub use stored::gather;

/// Options of `lookout stats`.
#[derive(Clone, Debug, clap::Args)]
pub struct Args {
    /// What judges the days.
    #[arg(long, default_value = "auto", value_name = "STANDARD", value_parser = choice)]
    pub standard: Norm,
    /// What a row is about.
    #[arg(long, value_enum, value_name = "PERIOD", default_value_t = Period::Hour)]
    pub period: Period,
    /// What an hour's label means.
    #[arg(long, value_enum, value_name = "LABEL", default_value_t = LabelChoice::End)]
    pub label: LabelChoice,
    /// One unit, or each station alone.
    #[arg(long, value_enum, value_name = "BY", default_value_t = By::Unit)]
    pub by: By,
    /// A background station, left out of the unit.
    #[arg(long, value_name = "STATION")]
    pub background: Vec<String>,
    /// The composite index's formula.
    #[arg(long, default_value = "auto", value_name = "FORMULA", value_parser = formula)]
    pub formula: FormulaChoice,
    /// Whether the 8-hour means of ozone reach into the evening before.
    #[arg(long)]
    pub reach_back: bool,
    /// A point of the ledger, instead of standard input.
    #[arg(long, value_name = "POINT")]
    pub point: Vec<String>,
    /// The first day.
    #[arg(long, value_name = "DATE")]
    pub from: Option<NaiveDate>,
    /// The last day.
    #[arg(long, value_name = "DATE")]
    pub to: Option<NaiveDate>,
    /// Good days beside those of the same days a year before, both by one standard.
    #[arg(long)]
    pub year_on_year: bool,
    /// Whether JSON is wanted.
    #[arg(long)]
    pub json: bool,
}

/// What an hour's label means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LabelChoice {
    /// The hour ends there, as on Chinese platforms.
    End,
    /// The hour begins there.
    Start,
}

/// Days from the first to the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    from: NaiveDate,
    to: NaiveDate,
}

impl Span {
    fn holds(self, date: NaiveDate) -> bool {
        self.from <= date && date <= self.to
    }

    /// The same days of the calendar a year before; the 29th of February is the 28th there.
    fn year_before(self) -> Self {
        let before = |date: NaiveDate| date.checked_sub_months(Months::new(12)).unwrap_or(date);
        Self {
            from: before(self.from),
            to: before(self.to),
        }
    }
}

/// Whose figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum By {
    /// The mean of all stations.
    Unit,
    /// Each station.
    Station,
}

/// Which formula the composite index uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormulaChoice {
    /// The one of the last day.
    ByDate,
    /// This one.
    Fixed(Formula),
}

fn formula(text: &str) -> Result<FormulaChoice, String> {
    if text == "auto" {
        return Ok(FormulaChoice::ByDate);
    }
    Formula::by_key(text).map(FormulaChoice::Fixed).ok_or_else(|| {
        let keys: Vec<_> = FORMULAS.iter().map(|f| f.key).collect();
        format!("auto, {}", keys.join(", "))
    })
}

impl Args {
    fn label(&self) -> Label {
        match self.label {
            LabelChoice::End => Label::End,
            LabelChoice::Start => Label::Start,
        }
    }

    fn ozone(&self) -> OzoneRule {
        OzoneRule {
            first: if self.reach_back { 1 } else { OZONE_RULE.first },
            ..OZONE_RULE
        }
    }

    /// The days that are asked for.
    fn span(&self) -> Span {
        Span {
            from: self.from.unwrap_or(NaiveDate::MIN),
            to: self.to.unwrap_or(NaiveDate::MAX),
        }
    }
}

/// Reads rows from `input` to its end and writes their figures.
pub fn run(
    args: &Args,
    lang: Lang,
    input: &mut dyn BufRead,
    output: &mut dyn Write,
    errors: &mut dyn Write,
) -> Result<Outcome, PipeError> {
    let (gathered, flawed) = gather::read(args, lang, input, errors)?;
    write(args, &gathered, output)?;
    Ok(match flawed {
        0 => Outcome::Whole,
        count => Outcome::Flawed(count),
    })
}

/// Writes the figures of what was gathered.
pub fn write(args: &Args, gathered: &Gathered, output: &mut dyn Write) -> Result<(), PipeError> {
    let all = figures::of(args, gathered);
    if args.json {
        figures::json(&all, output)
    } else {
        figures::table(&all, output)
    }
}

#[cfg(test)]
mod tests;
