//! Commands that are a few lines each: help, completions, the manual page, the words, the pipe of `aqi`, the figures of `stats`.

use crate::cli::aqi::Outcome;
use crate::cli::args::Completions;
use crate::cli::common::Common;
use crate::cli::exit::Exit;
use crate::cli::fault::Fault;
use crate::cli::pipe::PipeError;
use crate::cli::{Io, aqi, help, open, stats};
use crate::lang::glossary::WORDS;

/// Writes a shell's completion script.
///
/// # Errors
/// The output cannot be written.
pub fn completions(args: &Completions, stage: &mut Io<'_>) -> Result<Exit, Fault> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut help::command(stage.lang), "lookout", &mut script);
    stage.out.write_all(&script)?;
    Ok(Exit::Good)
}

/// Writes the manual page.
///
/// # Errors
/// The output cannot be written.
pub fn man(stage: &mut Io<'_>) -> Result<Exit, Fault> {
    let mut page = Vec::new();
    clap_mangen::Man::new(help::command(stage.lang)).render(&mut page)?;
    stage.out.write_all(&page)?;
    Ok(Exit::Good)
}

/// Writes the words of the field with what each stands for.
///
/// # Errors
/// The output cannot be written.
pub fn words(stage: &mut Io<'_>) -> Result<Exit, Fault> {
    for word in WORDS {
        writeln!(stage.out, "{}", word.line(stage.lang))?;
    }
    Ok(Exit::Good)
}

/// Runs the pipe from standard input.
///
/// # Errors
/// The header cannot be used, or reading or writing failed.
pub fn aqi(args: &aqi::Args, stage: &mut Io<'_>) -> Result<Exit, Fault> {
    let lang = stage.lang;
    let mut input = std::io::stdin().lock();
    match aqi::run(args, lang, &mut input, stage.out, stage.err) {
        Ok(aqi::Outcome::Whole) => Ok(Exit::Good),
        Ok(aqi::Outcome::Flawed(_)) => Ok(Exit::Findings),
        Err(error) => Err(Fault::new(Exit::Usage, error.words(lang))),
    }
}

/// Writes the figures of a period: from the ledger where a point is named, else from standard input.
///
/// # Errors
/// The header cannot be used, there is no such ledger, or reading or writing failed.
pub fn stats(args: &stats::Args, common: &Common, stage: &mut Io<'_>) -> Result<Exit, Fault> {
    let lang = stage.lang;
    let usage = |error: PipeError| Fault::new(Exit::Usage, error.words(lang));
    if !args.point.is_empty() {
        let config = open::config(common, stage)?;
        let store = open::reader(config.as_ref(), common, stage)?;
        let gathered = stats::gather(args, &store).map_err(|error| Fault::store(&error))?;
        stats::write(args, &gathered, stage.out).map_err(usage)?;
        return Ok(Exit::Good);
    }
    match stats::run(args, lang, &mut std::io::stdin().lock(), stage.out, stage.err) {
        Ok(Outcome::Whole) => Ok(Exit::Good),
        Ok(Outcome::Flawed(_)) => Ok(Exit::Findings),
        Err(error) => Err(usage(error)),
    }
}
