//! What can be written after `lookout`: commands and flags. Their words stand in `lang::cli`; `help` joins the two.

use crate::cli::common::Common;
use crate::cli::{aqi, report, stats};
use crate::domain::text::unhex;
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// The command line. Flags hold for every command and may stand before or behind it.
#[derive(Clone, Debug, Parser)]
#[command(name = "lookout", disable_help_flag = true, disable_version_flag = true)]
#[command(disable_help_subcommand = true, subcommand_negates_reqs = true)]
pub struct Cli {
    /// Which command; the console where none is given.
    #[command(subcommand)]
    pub command: Option<CliCommand>,
    /// What holds for all of them.
    #[command(flatten)]
    pub common: Common,
}

/// The commands.
#[derive(Clone, Debug, Subcommand)]
pub enum CliCommand {
    /// The console.
    Watch,
    /// A collector without a screen.
    Serve,
    /// The configuration and the sources, checked.
    Check(Check),
    /// The configuration, shown or begun.
    Config(Config),
    /// The ledger's chain, verified.
    Audit(Audit),
    /// The ledger, copied.
    Backup(Backup),
    /// A copy in the ledger's place.
    Restore(Backup),
    /// What can be read of a damaged ledger.
    Salvage(Salvage),
    /// Alarms.
    Alarms(List),
    /// Cases.
    Cases(List),
    /// Points with their newest readings.
    Points(List),
    /// Sources with their health.
    #[command(name = "sources", alias = "feeds")]
    Feeds(List),
    /// The pipe of the air index.
    Aqi(aqi::Args),
    /// The figures of a period of air.
    Stats(stats::Args),
    /// One of the room's documents.
    Report(report::Args),
    /// A drill.
    Drill(Drill),
    /// A shell's completion script.
    Completions(Completions),
    /// The manual page.
    Man,
    /// The words of the field as they are used here.
    Words,
}

/// Options of `check`.
#[derive(Clone, Debug, Args)]
pub struct Check {
    /// Whether JSON is wanted.
    #[arg(long)]
    pub json: bool,
    /// Whether the sources are left in peace.
    #[arg(long)]
    pub offline: bool,
}

/// `audit …`.
#[derive(Clone, Debug, Args)]
pub struct Audit {
    /// What to do with it.
    #[command(subcommand)]
    pub what: AuditCommand,
}

/// What to do with the ledger's chain.
#[derive(Clone, Debug, Subcommand)]
pub enum AuditCommand {
    /// Recompute it.
    Verify(Verify),
    /// Draw every recorded draw again.
    Draws,
    /// Show the room's key.
    Key,
}

/// Options of `audit verify`.
#[derive(Clone, Debug, Args)]
pub struct Verify {
    /// What it is held against.
    #[arg(long, value_name = "ANCHOR")]
    pub against: Option<String>,
    /// The public key that must have signed it.
    #[arg(long, value_name = "KEY", requires = "against", value_parser = key)]
    pub key: Option<PublicKey>,
}

/// A public key of a room (Ed25519).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey(pub Vec<u8>);

fn key(text: &str) -> Result<PublicKey, String> {
    let key = unhex(text).filter(|key| key.len() == 32).map(PublicKey);
    key.ok_or_else(|| "64 hexadecimal digits".to_owned())
}

/// The file of `backup` and `restore`.
#[derive(Clone, Debug, Args)]
pub struct Backup {
    /// Which.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

/// The files of `salvage`.
#[derive(Clone, Debug, Args)]
pub struct Salvage {
    /// The damaged ledger.
    #[arg(value_name = "LEDGER")]
    pub ledger: PathBuf,
    /// The new one.
    #[arg(value_name = "NEW")]
    pub new: PathBuf,
}

/// Options of the lists.
#[derive(Clone, Debug, Args)]
pub struct List {
    /// Whether JSON is wanted.
    #[arg(long)]
    pub json: bool,
    /// Which rows.
    #[arg(long, value_name = "FILTER", default_value = "", allow_hyphen_values = true)]
    pub filter: String,
}

/// `config …`.
#[derive(Clone, Debug, Args)]
pub struct Config {
    /// What to do with it.
    #[command(subcommand)]
    pub what: ConfigCommand,
}

/// What to do with the configuration.
#[derive(Clone, Debug, Subcommand)]
pub enum ConfigCommand {
    /// Every value with its origin.
    Show,
    /// The JSON schema.
    Schema,
    /// The parts of a playbook's text of orders.
    Parts,
    /// An example to begin with.
    Init(Init),
}

/// Options of `config init`.
#[derive(Clone, Debug, Args)]
pub struct Init {
    /// The file to write.
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
}

/// Options of `drill`.
#[derive(Clone, Debug, Args)]
pub struct Drill {
    /// Which one.
    #[arg(value_enum, value_name = "DRILL")]
    pub name: DrillName,
    /// Whether JSON is wanted.
    #[arg(long)]
    pub json: bool,
    /// How many of its days are played.
    #[arg(long, value_name = "DAYS", default_value_t = 365, value_parser = clap::value_parser!(u32).range(12..=365))]
    pub days: u32,
    /// Where the ledger is kept.
    #[arg(long, value_name = "FILE")]
    pub store: Option<PathBuf>,
}

/// The drills there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum DrillName {
    /// The year that the room's yearly report of 2023 tells of.
    #[value(name = "year-2023")]
    Year2023,
}

/// Options of `completions`.
#[derive(Clone, Debug, Args)]
pub struct Completions {
    /// Whose script.
    #[arg(value_enum, value_name = "SHELL")]
    pub shell: clap_complete::Shell,
}
