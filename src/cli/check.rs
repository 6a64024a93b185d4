//! `lookout check`: every fault of the configuration at once, and where there is none, what the ledger holds that it has no
//! loop for, and one trial poll of each source.

use crate::bench::check::Import;
use crate::bench::fault as config_fault;
use crate::cli::args::Check;
use crate::cli::common::Common;
use crate::cli::exit::Exit;
use crate::cli::fault::{Fault, told};
use crate::cli::load::{Bad, Chosen};
use crate::cli::{Io, furnish, load, open};
use crate::config::Config;
use crate::desk::board::Board;
use crate::desk::picture;
use crate::lang::cli::CliText;
use crate::lang::{Lang, calm, fill};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

mod trial;

/// Checks the configuration, then the sources.
///
/// # Errors
/// The file cannot be read, or the output cannot be written.
pub fn run(args: &Check, common: &Common, stage: &mut Io<'_>) -> Result<Exit, Fault> {
    match load::chosen(common, stage.outside, stage.lang) {
        Ok(Chosen::Room(config)) => good(&config, args, (common, stage)),
        Ok(Chosen::Training) => Err(Fault::new(
            Exit::Usage,
            CliText::TrainingHasNoFile.text(stage.lang),
        )),
        Err(Bad::Fault(fault)) => Err(fault),
        Err(Bad::Faults(faults)) => bad(&faults, args, stage),
    }
}

/// Nothing is wrong with the file: the sources are asked.
fn good(config: &Config, args: &Check, (common, stage): (&Common, &mut Io<'_>)) -> Result<Exit, Fault> {
    let file = config
        .file
        .as_ref()
        .map(|path| path.display().to_string())
        .unwrap_or_default();
    if !args.json {
        let words = fill(CliText::CheckGood.text(stage.lang), &[("path", &file)]);
        writeln!(stage.out, "{words}")?;
        for hint in told(&config.hints, stage.outside, stage.lang) {
            writeln!(stage.out, "{hint}")?;
        }
        for import in &config.imports {
            let (file, rows) = (import.file.display(), import.rows);
            let text = CliText::CheckImport.text(stage.lang);
            writeln!(stage.out, "{}", fill(text, &[("file", &file), ("rows", &rows)]))?;
        }
    }
    let board = ledger(config, common, stage)?;
    let lost = board.as_ref().and_then(|board| board.calm(board.at).lost());
    let lost = lost.map(|lost| calm::lost_cases(stage.lang, &lost));
    let trials = if args.offline {
        Vec::new()
    } else {
        trial::all(config, stage.lang)?
    };
    if args.json {
        let hints: Vec<Value> = config.hints.iter().map(|hint| row(hint, stage.lang)).collect();
        let sources: Vec<Value> = trials.iter().map(|trial| trial.json(config.zone)).collect();
        writeln!(
            stage.out,
            "{:#}",
            json!({ "file": file, "faults": [], "hints": hints, "imports": imports(config), "sources": sources, "lost_cases": lost })
        )?;
    } else {
        if let Some(words) = &lost {
            writeln!(stage.out, "{words}")?;
        }
        write!(stage.out, "{}", trial::table(&trials, config.zone, stage.lang))?;
    }
    let failed = lost.is_some() || trials.iter().any(trial::Trial::failed);
    Ok(if failed { Exit::Findings } else { Exit::Good })
}

/// What the room's ledger would be under this configuration; `None` where there is none yet.
fn ledger(config: &Config, common: &Common, stage: &Io<'_>) -> Result<Option<Board>, Fault> {
    let known = open::file(Some(config), common, stage);
    if !known.is_ok_and(|file| file.exists()) {
        return Ok(None);
    }
    let store = open::reader(Some(config), common, stage)?;
    let board = picture::picture(furnish::room(config, false), &store, &[]);
    board.map(Some).map_err(|error| Fault::store(&error))
}

fn imports(config: &Config) -> Vec<Value> {
    let row = |import: &Import| json!({ "file": import.file.display().to_string(), "rows": import.rows });
    config.imports.iter().map(row).collect()
}

/// How many rows of each file beside the configuration have faults.
fn bad_rows(faults: &[config_fault::Fault]) -> BTreeMap<&Path, BTreeSet<u32>> {
    let mut files: BTreeMap<&Path, BTreeSet<u32>> = BTreeMap::new();
    for fault in faults.iter().filter(|fault| fault.column == 0 && fault.line > 1) {
        files.entry(&fault.file).or_default().insert(fault.line);
    }
    files
}

fn bad(faults: &[config_fault::Fault], args: &Check, stage: &mut Io<'_>) -> Result<Exit, Fault> {
    let lang = stage.lang;
    if args.json {
        let rows: Vec<Value> = faults.iter().map(|fault| row(fault, lang)).collect();
        writeln!(stage.out, "{:#}", json!({ "faults": rows }))?;
    } else {
        for fault in told(faults, stage.outside, lang) {
            writeln!(stage.out, "{fault}")?;
        }
        for (file, rows) in bad_rows(faults) {
            let (file, rows) = (file.display(), rows.len());
            let text = CliText::CheckBadRows.text(lang);
            writeln!(stage.out, "{}", fill(text, &[("file", &file), ("rows", &rows)]))?;
        }
        writeln!(
            stage.out,
            "{}",
            fill(CliText::CheckFaults.text(lang), &[("count", &faults.len())])
        )?;
    }
    Ok(Exit::Usage)
}

fn row(fault: &config_fault::Fault, lang: Lang) -> Value {
    json!({
        "file": fault.file.display().to_string(),
        "line": fault.line,
        "column": fault.column,
        "key": fault.key,
        "words": fault.words(lang),
        "near": fault.near,
        "remedy": fault.remedy(lang),
    })
}
