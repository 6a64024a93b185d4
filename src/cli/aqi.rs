//! `lookout aqi`: a pipe. Rows of concentrations come in on standard input, the same rows go out with their index.
//!
//! Row by row in constant memory (24 hours a station where sliding means are wanted). What is wrong with a row goes to
//! standard error with its line; the row still goes out, with `NA` where nothing can be said. Never the wall clock: the
//! standard is chosen by the row's own date, so rows of the past and of the future are judged alike.

mod json;
mod judge;
mod table;
mod windows;

use crate::cli::pipe::PipeError;
use crate::domain::air::{Norm, Standard};
use crate::lang::Lang;
use clap::ValueEnum;
use std::io;
use std::io::{BufRead, Write};

pub use judge::{Judge, day};

/// Options of `lookout aqi`.
#[derive(Clone, Debug, clap::Args)]
pub struct Args {
    /// auto, hj633-2012, hj633-2026, epa-2024 or eaqi; auto chooses by each row's date
    #[arg(long, default_value = "auto", value_parser = choice)]
    pub standard: Norm,
    /// What a row is about
    #[arg(long, value_enum, default_value_t = Period::Hour)]
    pub period: Period,
    /// How HJ 633-2012 reads an hour
    #[arg(long, value_enum, default_value_t = Realtime::Published)]
    pub realtime: Realtime,
    /// Lines of JSON instead of CSV, in and out
    #[arg(long)]
    pub json: bool,
}

/// What a row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Period {
    /// One hour: one-hour means.
    Hour,
    /// One day: daily means, o3_8h the daily maximum 8-hour mean, o3 the highest hour.
    Day,
}

/// How HJ 633-2012 reads an hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Realtime {
    /// One-hour means of all six, particles on the 24-hour columns, as the national platform does.
    Published,
    /// Sliding means of 24 hours (particles) and 8 hours (O₃), as the text says.
    Text,
}

/// How it went, for the exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Every row was whole.
    Whole,
    /// So many rows had something wrong; each is on standard error.
    Flawed(u64),
}

/// Reads the option `--standard`.
///
/// # Errors
/// What can be written there.
pub fn choice(text: &str) -> Result<Norm, String> {
    if text == "auto" {
        return Ok(Norm::Hj633);
    }
    Standard::by_key(text).map(Norm::Only).ok_or_else(|| {
        let keys: Vec<_> = Standard::ALL.iter().map(|s| s.key()).collect();
        format!("auto, {}", keys.join(", "))
    })
}

/// Runs the pipe to the end of `input`. A reader of `output` that goes away ends it without an error.
pub fn run(
    args: &Args,
    lang: Lang,
    input: &mut dyn BufRead,
    output: &mut dyn Write,
    errors: &mut dyn Write,
) -> Result<Outcome, PipeError> {
    if args.period == Period::Day && args.standard == Norm::Only(Standard::Eaqi) {
        return Err(PipeError::NoDailyForm);
    }
    let mut judge = Judge::new(args, lang);
    let flawed = if args.json {
        json::run(&mut judge, input, output, errors)
    } else {
        table::run(&mut judge, input, output, errors)
    };
    match flawed {
        Ok(0) => Ok(Outcome::Whole),
        Ok(count) => Ok(Outcome::Flawed(count)),
        Err(PipeError::Io(why)) if why.kind() == io::ErrorKind::BrokenPipe => Ok(Outcome::Whole),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests;
