//! `lookout check`: every fault of the configuration at once; its exit code says whether there was one.

use crate::cli::Stage;
use crate::cli::args::Check;
use crate::cli::args::Common;
use crate::cli::exit::Exit;
use crate::cli::fault::Fault;
use crate::cli::fault::line;
use crate::cli::load;
use crate::cli::load::Bad;
use crate::config::fault as config_fault;
use crate::lang::Lang;
use crate::lang::cli::CliText;
use crate::lang::fill;
use serde_json::Value;
use serde_json::json;

/// Checks the configuration.
///
/// # Errors
/// The file cannot be read, or the output cannot be written.
pub fn run(args: &Check, common: &Common, stage: &mut Stage<'_>) -> Result<Exit, Fault> {
    match load::chosen(common, stage.outside, stage.lang) {
        Ok(_) => good(args, common, stage),
        Err(Bad::Fault(fault)) => Err(fault),
        Err(Bad::Faults(faults)) => bad(&faults, args, stage),
    }
}

fn good(args: &Check, common: &Common, stage: &mut Stage<'_>) -> Result<Exit, Fault> {
    let file = load::file(common, stage.outside, stage.lang).ok().flatten();
    let path = file.map_or_else(|| "training".to_owned(), |file| file.path.display().to_string());
    if args.json {
        writeln!(stage.out, "{:#}", json!({ "file": path, "faults": [] }))?;
    } else {
        let words = fill(CliText::CheckGood.text(stage.lang), &[("path", &path)]);
        writeln!(stage.out, "{words}")?;
    }
    Ok(Exit::Good)
}

fn bad(faults: &[config_fault::Fault], args: &Check, stage: &mut Stage<'_>) -> Result<Exit, Fault> {
    let lang = stage.lang;
    if args.json {
        let rows: Vec<Value> = faults.iter().map(|fault| row(fault, lang)).collect();
        writeln!(stage.out, "{:#}", json!({ "faults": rows }))?;
    } else {
        for fault in faults {
            writeln!(stage.out, "{}", line(fault, lang))?;
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
