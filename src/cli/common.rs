//! Flags that hold for every command; what each command is given beside its own.

use clap::Args;
use std::path::PathBuf;

/// The fastest that a training city runs.
const FASTEST: u32 = 3600;

/// Flags that hold for every command.
#[derive(Clone, Debug, Default, Args)]
pub struct Common {
    /// The configuration file.
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The ledger's file.
    #[arg(long, global = true, value_name = "FILE", env = "LOOKOUT_DB", hide_env = true)]
    pub db: Option<PathBuf>,
    /// The language.
    #[arg(long, global = true, value_name = "zh|en", value_parser = ["zh", "en"])]
    pub lang: Option<String>,
    /// The theme.
    #[arg(
        long,
        global = true,
        value_name = "THEME",
        env = "LOOKOUT_THEME",
        hide_env = true
    )]
    pub theme: Option<String>,
    /// Whether the training city is wanted.
    #[arg(long, global = true)]
    pub training: bool,
    /// How many times as fast the training city runs.
    #[arg(long, global = true, value_name = "N", value_parser = speed)]
    pub speed: Option<u32>,
    /// The training city's seed.
    #[arg(long, global = true, value_name = "N")]
    pub seed: Option<u64>,
    /// clap shows the help itself.
    #[arg(long, short = 'h', global = true, action = clap::ArgAction::Help)]
    help: Option<bool>,
    /// Whether the version is wanted.
    #[arg(long, short = 'V')]
    pub version: bool,
}

/// How many times as fast; `max` is as fast as may be.
fn speed(text: &str) -> Result<u32, String> {
    if text == "max" {
        return Ok(FASTEST);
    }
    let number = text.parse().ok();
    let number = number.filter(|n| (1..=FASTEST).contains(n));
    number.ok_or_else(|| format!("1 to {FASTEST}, max"))
}
