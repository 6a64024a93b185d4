//! Help in the person's language: joins the commands of `args` with the words of `lang::cli`, and says clap's errors.

use crate::cli::args::Cli;
use crate::cli::exit;
use crate::cli::exit::Exit;
use crate::cli::fault::Fault;
use crate::lang::cli::CliText;
use crate::lang::help::HELP;
use crate::lang::{Lang, fill};
use clap::CommandFactory;
use clap::error::{ContextKind, ContextValue, ErrorKind};

/// The commands with their words.
pub fn command(lang: Lang) -> clap::Command {
    let exits: Vec<String> = exit::rows()
        .iter()
        .map(|(code, text)| format!("  {code:<5} {}\n", text.text(lang)))
        .collect();
    let exits = exits.concat();
    let tail = format!("{}\n{exits}", CliText::ExitCodes.text(lang));
    let command = Cli::command().after_help(tail.trim_end().to_owned());
    localized(command, "", lang)
}

fn localized(command: clap::Command, path: &str, lang: Lang) -> clap::Command {
    let name = |child: &str| format!("{path} {child}").trim_start().to_owned();
    let children: Vec<String> = command
        .get_subcommands()
        .map(|c| c.get_name().to_owned())
        .collect();
    let mut command = command
        .about(words(path, lang))
        .long_about(None)
        .help_template(template(lang))
        .subcommand_help_heading(CliText::Commands.text(lang))
        .subcommand_value_name(CliText::CommandName.text(lang))
        .mut_args(|arg| {
            let words = words(&flag_name(path, &arg), lang);
            let heading = if arg.is_positional() {
                CliText::Arguments
            } else {
                CliText::Options
            };
            let arg = arg.help(words).long_help(None).help_heading(heading.text(lang));
            if arg.get_action().takes_values() {
                arg.hide_possible_values(true).hide_default_value(true)
            } else {
                arg
            }
        });
    for child in children {
        command = command.mut_subcommand(&child, |c| localized(c, &name(&child), lang));
    }
    command
}

/// The name of a flag in the table of words: alone where it holds for every command, else with its command before it.
pub fn flag_name(path: &str, arg: &clap::Arg) -> String {
    let own = match arg.get_long() {
        Some(long) => format!("--{long}"),
        None => format!("<{}>", arg.get_id()),
    };
    if arg.is_global_set() || path.is_empty() {
        own
    } else {
        format!("{path} {own}")
    }
}

fn words(name: &str, lang: Lang) -> &'static str {
    HELP.iter()
        .find(|row| row.0 == name)
        .map_or("", |row| lang.pick(row.1, row.2))
}

fn template(lang: Lang) -> String {
    let usage = CliText::Usage.text(lang);
    format!("{{about-with-newline}}\n{usage} {{usage}}\n\n{{all-args}}{{after-help}}")
}

/// What was wrong with the command line, in words.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "clap's kinds grow; what is not told apart is told as it is"
)]
pub fn usage_fault(error: &clap::Error, lang: Lang) -> Fault {
    let context = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        _ => String::new(),
    };
    let arg = context(ContextKind::InvalidArg);
    let value = context(ContextKind::InvalidValue);
    let command = context(ContextKind::InvalidSubcommand);
    let (text, what) = match error.kind() {
        ErrorKind::UnknownArgument => (CliText::UnknownArgument, &arg),
        ErrorKind::InvalidSubcommand => (CliText::UnknownCommand, &command),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation if value.is_empty() => {
            (CliText::NeedsValue, &arg)
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => (CliText::BadValue, &value),
        ErrorKind::MissingRequiredArgument | ErrorKind::MissingSubcommand => (CliText::MissingArgument, &arg),
        ErrorKind::ArgumentConflict => (CliText::Conflict, &arg),
        _ => (CliText::BadUsage, &arg),
    };
    let words = fill(text.text(lang), &[("what", what), ("arg", &arg)]);
    let near = [
        ContextKind::SuggestedArg,
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedValue,
    ];
    let near = near.map(context).into_iter().find(|text| !text.is_empty());
    let known = context(ContextKind::ValidValue);
    let mut hints = Vec::new();
    if let Some(near) = near {
        hints.push(fill(CliText::DidYouMean.text(lang), &[("near", &near)]));
    } else if !known.is_empty() {
        hints.push(fill(CliText::KnownAre.text(lang), &[("list", &known)]));
    }
    hints.push(CliText::SeeHelp.text(lang).to_owned());
    Fault {
        kind: Exit::Usage,
        words,
        hints,
        ledger: None,
    }
}
