//! The command line: one subcommand a file. Reads the arguments, runs the command, says how it went.
//!
//! All a command touches is handed to it on a [`Io`], so that tests run commands without a process. What went wrong is
//! one [`fault::Fault`], written once, here; its kind is the exit code.

use crate::bench::check::{Outside, World};
use crate::cli::args::{AuditCommand, Cli, CliCommand};
use crate::cli::door::Door;
use crate::cli::exit::Exit;
use crate::cli::fault::Fault;
use crate::cli::list::Subject;
use crate::lang::Lang;
use clap::FromArgMatches;
use clap::error::ErrorKind;
use std::ffi::OsString;
use std::io::Write;

pub mod aqi;
pub mod args;
pub mod audit;
mod backup;
pub mod check;
pub mod columns;
pub mod common;
pub mod config;
pub mod console;
mod door;
mod drafts;
mod draws;
mod drill;
pub mod exit;
pub mod fault;
pub mod flaw;
pub mod furnish;
mod guard;
pub mod help;
pub mod list;
pub mod load;
mod manner;
pub mod open;
pub mod pipe;
pub mod place;
mod progress;
mod reload;
pub mod report;
pub mod room;
pub mod rows;
mod salvage;
pub mod serve;
pub mod shell;
pub mod stamp;
pub mod stats;
pub mod version;
pub mod watch;
mod who;

/// What a command runs on.
pub struct Io<'a> {
    /// The person's language.
    pub lang: Lang,
    /// Where results go.
    pub out: &'a mut dyn Write,
    /// Where what is wrong goes.
    pub err: &'a mut dyn Write,
    /// The environment and the disk.
    pub outside: &'a dyn Outside,
}

/// Runs the process: real arguments, real streams. The value is the exit code.
pub fn main() -> u8 {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let world = World;
    let (mut out, mut err) = (Door::new(std::io::stdout()), Door::new(std::io::stderr()));
    let mut stage = Io {
        lang: language(&arguments, &world),
        out: &mut out,
        err: &mut err,
        outside: &world,
    };
    let parsed = parse(arguments.clone(), &mut stage);
    let held = match &parsed {
        Ok(Some(cli)) => guard::hold(cli, &arguments, &mut stage),
        Ok(None) | Err(_) => None,
    };
    let code = held.unwrap_or_else(|| run(parsed, &mut stage).code());
    // Whoever has gone away has all they want.
    let _ = out.flush().and_then(|()| err.flush());
    code
}

/// Runs one command line, as [`parse`] read it, to its end.
pub fn run(parsed: Result<Option<Cli>, Fault>, stage: &mut Io<'_>) -> Exit {
    let ended = parsed.and_then(|parsed| match parsed {
        Some(cli) => command(&cli, stage),
        None => Ok(Exit::Good),
    });
    ended.unwrap_or_else(|fault| {
        // A reader that goes away early, as `head` does, has all it wants.
        if fault.kind != Exit::Good {
            let _ = fault.write(stage.err, stage.lang);
        }
        fault.kind
    })
}

/// The command line as meant; `None` where help or the version was asked for and given.
///
/// # Errors
/// It cannot be understood.
pub fn parse(arguments: Vec<OsString>, stage: &mut Io<'_>) -> Result<Option<Cli>, Fault> {
    let matches = match help::command(stage.lang).try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) if error.kind() == ErrorKind::DisplayHelp => {
            write!(stage.out, "{error}")?;
            return Ok(None);
        }
        Err(error) => return Err(help::usage_fault(&error, stage.lang)),
    };
    let cli = Cli::from_arg_matches(&matches).map_err(|error| help::usage_fault(&error, stage.lang))?;
    if cli.common.version {
        writeln!(stage.out, "{}", version::text())?;
        return Ok(None);
    }
    Ok(Some(cli))
}

fn command(cli: &Cli, stage: &mut Io<'_>) -> Result<Exit, Fault> {
    let common = &cli.common;
    match &cli.command {
        Some(CliCommand::Check(args)) => check::run(args, common, stage),
        Some(CliCommand::Config(args)) => config::run(&args.what, common, stage),
        Some(CliCommand::Audit(args)) => match &args.what {
            AuditCommand::Verify(args) => audit::verify(args, common, stage),
            AuditCommand::Draws => draws::run(common, stage),
            AuditCommand::Key => audit::key(common, stage),
        },
        Some(CliCommand::Backup(args)) => backup::back_up(args, common, stage),
        Some(CliCommand::Restore(args)) => backup::restore(args, common, stage),
        Some(CliCommand::Salvage(args)) => salvage::run(args, stage),
        Some(CliCommand::Alarms(args)) => list::run(Subject::Alarms, args, common, stage),
        Some(CliCommand::Cases(args)) => list::run(Subject::Cases, args, common, stage),
        Some(CliCommand::Points(args)) => list::run(Subject::Points, args, common, stage),
        Some(CliCommand::Feeds(args)) => list::run(Subject::Feeds, args, common, stage),
        Some(CliCommand::Aqi(args)) => shell::aqi(args, stage),
        Some(CliCommand::Stats(args)) => shell::stats(args, common, stage),
        Some(CliCommand::Report(args)) => report::run(args, common, stage),
        Some(CliCommand::Drill(args)) => drill::run(args, common, stage),
        Some(CliCommand::Completions(args)) => shell::completions(args, stage),
        Some(CliCommand::Man) => shell::man(stage),
        Some(CliCommand::Words) => shell::words(stage),
        Some(CliCommand::Serve) => serve::run(common, stage),
        Some(CliCommand::Watch) | None => watch::run(common, stage),
    }
}

/// The language of help and faults: `--lang`, else `LC_ALL`, `LC_MESSAGES`, `LANG`; English where none of them is Chinese.
pub fn language(arguments: &[OsString], outside: &dyn Outside) -> Lang {
    let texts: Vec<&str> = arguments.iter().filter_map(|a| a.to_str()).collect();
    let joined = texts.iter().find_map(|text| text.strip_prefix("--lang="));
    let apart = texts.iter().skip_while(|text| **text != "--lang").nth(1);
    if let Some(lang) = joined.or(apart.copied()).and_then(Lang::by_key) {
        return lang;
    }
    let set = |name: &&str| outside.variable(name).filter(|value| !value.is_empty());
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(set);
    match locale {
        Some(locale) if locale.starts_with("zh") => Lang::Zh,
        Some(_) | None => Lang::En,
    }
}

#[cfg(test)]
mod tests;
