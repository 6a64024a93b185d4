//! Which ledger a command works on, and opening it to read.

use crate::cli::common::Common;
use crate::cli::exit::Exit;
use crate::cli::fault::Fault;
use crate::cli::load::Chosen;
use crate::cli::who::who;
use crate::cli::{Io, furnish, load, place};
use crate::config::{Config, checked};
use crate::desk::board::Board;
use crate::desk::board::sight::seen_by;
use crate::desk::picture;
use crate::domain::ledger_fault::LedgerFault;
use crate::lang::cli::CliText;
use crate::lang::tui::Tui;
use crate::lang::{fill, ledger};
use crate::store::{OpenMode, Sqlite, Store};
use crate::training::Papers;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The room's configuration; `None` for the training city.
///
/// # Errors
/// It cannot be read, or something is wrong with it.
pub fn config(common: &Common, stage: &Io<'_>) -> Result<Option<Config>, Fault> {
    let chosen = load::chosen(common, stage.outside, stage.lang)
        .map_err(|bad| bad.into_fault(stage.outside, stage.lang))?;
    match chosen {
        Chosen::Room(config) => Ok(Some(*config)),
        Chosen::Training => Ok(None),
    }
}

/// A room whose ledger is read, without a desk.
pub struct Asked {
    /// How it is configured.
    pub config: Config,
    /// Whether it is the training city.
    pub training: bool,
    /// The ledger's file.
    pub file: PathBuf,
    /// The ledger, to read alone: its last good state where it is damaged.
    pub store: Sqlite,
}

impl Asked {
    /// The room as its store tells it, as the person may see it. Of a damaged ledger the last good state, with a word on
    /// standard error that it is that.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn board(&mut self, stage: &mut Io<'_>) -> Result<Arc<Board>, Fault> {
        let room = || furnish::room(&self.config, self.training);
        let sources = furnish::wired(&self.config);
        let mut told = picture::picture(room(), &self.store, &sources);
        if let Err(error) = told {
            self.store = Sqlite::last_good(&self.file, error).map_err(|error| Fault::store(&error))?;
            told = picture::picture(room(), &self.store, &sources);
        }
        let mut board = told.map_err(|error| Fault::store(&error))?;
        if let Some(why) = self.doubt() {
            let what = ledger::what(stage.lang, &why);
            let values: [(&str, &dyn std::fmt::Display); 3] = [
                ("path", &self.file.display()),
                ("why", &what),
                ("n", &board.state.seq),
            ];
            let words = match self.store.damage() {
                Some(_) => fill(CliText::LastGood.text(stage.lang), &values),
                None => format!("{}: {what}", self.file.display()),
            };
            writeln!(stage.err, "{words}")?;
            writeln!(stage.err, "  {}", ledger::remedy(stage.lang, &why))?;
            board.writable = Err(why);
        } else if let Err(why) = &board.beside {
            let words = fill(
                Tui::BesideBanner.text(stage.lang),
                &[("why", &ledger::what(stage.lang, why))],
            );
            writeln!(stage.err, "{words}")?;
            writeln!(stage.err, "  {}", ledger::remedy(stage.lang, why))?;
        }
        let role = who(&self.config, stage.outside).role;
        Ok(seen_by(Arc::new(board), role))
    }
}

impl Asked {
    /// How a command ends that made the best of it.
    pub fn ends(&self, exit: Exit) -> Exit {
        if self.doubt().is_some() { Exit::Store } else { exit }
    }

    /// Why what is read is not all that was recorded: the ledger is damaged, or ends before what is known to have stood there.
    fn doubt(&self) -> Option<LedgerFault> {
        let went_back = || self.store.holds_mark().err().map(|error| error.fault());
        self.store.damage().cloned().or_else(went_back)
    }
}

/// The room that the command line asks for, its ledger open to read. A ledger that is named without a configuration is
/// nobody's: it has the program's own loops and no sources.
///
/// # Errors
/// The configuration or the ledger cannot be used.
pub fn asked(common: &Common, stage: &Io<'_>) -> Result<Asked, Fault> {
    let given = config(common, stage)?;
    let file = file(given.as_ref(), common, stage)?;
    present(&file, stage)?;
    let store = Sqlite::open(&file, OpenMode::ReadOnly)
        .or_else(|error| Sqlite::last_good(&file, error))
        .map_err(|error| Fault::store(&error))?;
    let store = match store.holds_mark() {
        Ok(()) => Ok(store),
        Err(error) => {
            // Whoever closes a file that it read by itself gives up every lock that this process has on it.
            drop(store);
            Sqlite::last_good(&file, error).or_else(|_| Sqlite::open(&file, OpenMode::ReadOnly))
        }
    };
    let store = store.map_err(|error| Fault::store(&error))?;
    let training = given.is_none() && (common.training || common.db.is_none());
    let config = match given {
        Some(config) => config,
        None if training => {
            let papers = Papers::new(common.seed.unwrap_or(furnish::SEED));
            furnish::training_config((&papers.config, &papers.beside(stage.outside)), common, stage)?
        }
        None => checked::read(Path::new("built-in"), "", stage.outside)
            .map_err(|faults| Fault::config(&faults, stage.outside, stage.lang))?,
    };
    Ok(Asked {
        config,
        training,
        file,
        store,
    })
}

/// The ledger's file: `--db`, the configuration's, or the state folder's; the training city's is apart.
///
/// # Errors
/// No folder is known to hold it.
pub fn file(config: Option<&Config>, common: &Common, stage: &Io<'_>) -> Result<PathBuf, Fault> {
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
pub fn reader(config: Option<&Config>, common: &Common, stage: &Io<'_>) -> Result<Sqlite, Fault> {
    let path = file(config, common, stage)?;
    present(&path, stage)?;
    Sqlite::open(&path, OpenMode::ReadOnly).map_err(|error| Fault::store(&error))
}

/// Whether there is a ledger at all.
fn present(path: &Path, stage: &Io<'_>) -> Result<(), Fault> {
    if path.exists() {
        return Ok(());
    }
    let words = fill(CliText::NoLedger.text(stage.lang), &[("path", &path.display())]);
    let mut fault = Fault::new(Exit::Store, words);
    fault.hints.push(CliText::NameLedger.text(stage.lang).to_owned());
    Err(fault)
}
