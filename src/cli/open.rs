//! Which ledger a command works on, and opening it to read.

use crate::cli::Stage;
use crate::cli::common::Common;
use crate::cli::exit::Exit;
use crate::cli::fault::Fault;
use crate::cli::load;
use crate::cli::load::Chosen;
use crate::cli::place;
use crate::config::Config;
use crate::lang::cli::CliText;
use crate::lang::fill;
use crate::store::OpenMode;
use crate::store::Sqlite;
use std::path::PathBuf;

/// The room's configuration; `None` for the training city.
///
/// # Errors
/// It cannot be read, or something is wrong with it.
pub fn config(common: &Common, stage: &Stage<'_>) -> Result<Option<Config>, Fault> {
    let chosen = load::chosen(common, stage.outside, stage.lang).map_err(|bad| bad.into_fault(stage.lang))?;
    match chosen {
        Chosen::Room(config) => Ok(Some(*config)),
        Chosen::Training => Ok(None),
    }
}

/// The ledger's file: `--db`, the configuration's, or the state folder's; the training city's is apart.
///
/// # Errors
/// No folder is known to hold it.
pub fn file(config: Option<&Config>, common: &Common, stage: &Stage<'_>) -> Result<PathBuf, Fault> {
    if let Some(named) = &common.db {
        return Ok(named.clone());
    }
    if let Some(path) = config.and_then(|config| config.store.clone()) {
        return Ok(path);
    }
    let name = if config.is_some() {
        "lookout.db"
    } else {
        "training.db"
    };
    Ok(place::state_folder(stage.outside, stage.lang)?.join(name))
}

/// Opens the ledger to read alone.
///
/// # Errors
/// There is none, or it cannot be read.
pub fn reader(config: Option<&Config>, common: &Common, stage: &Stage<'_>) -> Result<Sqlite, Fault> {
    let path = file(config, common, stage)?;
    if !path.exists() {
        let words = fill(CliText::NoLedger.text(stage.lang), &[("path", &path.display())]);
        let mut fault = Fault::new(Exit::Store, words);
        fault.hints.push(CliText::NameLedger.text(stage.lang).to_owned());
        return Err(fault);
    }
    Sqlite::open(&path, OpenMode::ReadOnly).map_err(|error| Fault::store(&error))
}
