//! Reads the configuration that the command line asks for, and lays the command line's own values over it.

use crate::bench::check::{Check, Outside};
use crate::bench::document::{At, Document};
use crate::bench::fault as config_fault;
use crate::bench::text::text;
use crate::cli::common::Common;
use crate::cli::exit::Exit;
use crate::cli::fault::Fault;
use crate::cli::{console, place};
use crate::config::{Config, checked};
use crate::lang::cli::CliText;
use crate::lang::{Lang, fill};
use std::path::{Path, PathBuf};

/// What to run on.
#[derive(Debug)]
pub enum Chosen {
    /// A room of one's own.
    Room(Box<Config>),
    /// The training city.
    Training,
}

/// The text of a configuration file with its path.
#[derive(Debug)]
pub struct File {
    /// Its path.
    pub path: PathBuf,
    /// What it says.
    pub text: String,
}

/// Why a configuration cannot be used.
#[derive(Debug)]
pub enum Bad {
    /// Something that is said in one sentence.
    Fault(Fault),
    /// All that is wrong in the file.
    Faults(Vec<config_fault::Fault>),
}

impl Bad {
    /// As the edge says it.
    pub fn into_fault(self, outside: &dyn Outside, lang: Lang) -> Fault {
        match self {
            Self::Fault(fault) => fault,
            Self::Faults(faults) => Fault::config(&faults, outside, lang),
        }
    }
}

/// The file that is meant; `None` for the training city.
///
/// # Errors
/// A file was named that cannot be read.
pub fn file(common: &Common, outside: &dyn Outside, lang: Lang) -> Result<Option<File>, Bad> {
    if common.training {
        return Ok(None);
    }
    let Some(path) = place::config_file(common.config.as_deref(), outside) else {
        return Ok(None);
    };
    match outside.file(&path) {
        Ok(bytes) => match text(&path, bytes) {
            Ok(text) => Ok(Some(File { path, text })),
            Err(faults) => Err(Bad::Faults(faults)),
        },
        Err(why) => Err(Bad::Fault(missing(&path, &why, lang))),
    }
}

/// The configuration to run on.
///
/// # Errors
/// It cannot be read, or something is wrong with it.
pub fn chosen(common: &Common, outside: &dyn Outside, lang: Lang) -> Result<Chosen, Bad> {
    let faults = asked(common, outside);
    if !faults.is_empty() {
        return Err(Bad::Faults(faults));
    }
    let Some(file) = file(common, outside, lang)? else {
        return Ok(Chosen::Training);
    };
    let read = checked::read_with(&file.path, &file.text, outside, console::check);
    let mut config = read.map_err(Bad::Faults)?;
    lay_over(&mut config, common);
    Ok(Chosen::Room(Box::new(config)))
}

/// Lays the command line's own values over a configuration.
pub fn lay_over(config: &mut Config, common: &Common) {
    if let Some(db) = &common.db {
        config.store = Some(db.clone());
    }
    if let Some(theme) = &common.theme {
        config.theme = place::theme(theme);
    }
    if let Some(language) = common.lang.as_deref().and_then(Lang::by_key) {
        config.language = language;
    }
}

/// What is wrong with the theme that the command line asks for, a file as seen from where the command is given.
fn asked(common: &Common, outside: &dyn Outside) -> Vec<config_fault::Fault> {
    let place = Path::new("--theme");
    let (document, _) = Document::parse(place, "");
    let mut check = Check::new(&document, outside);
    if let Some(theme) = &common.theme {
        console::theme::read(theme, &At::root(), &mut check);
    }
    let mut faults = check.into_faults();
    for fault in faults.iter_mut().filter(|fault| fault.file == place) {
        (fault.line, fault.column) = (0, 0);
        fault.key.clear();
    }
    faults
}

fn missing(path: &Path, why: &str, lang: Lang) -> Fault {
    let path = path.display();
    let words = fill(CliText::NoConfigFile.text(lang), &[("path", &path)]);
    Fault {
        ledger: None,
        kind: Exit::Usage,
        words: format!("{words} ({why})"),
        hints: vec![fill(CliText::WriteExample.text(lang), &[("path", &path)])],
    }
}
