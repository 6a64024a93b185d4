//! Reads the configuration that the command line asks for, and lays the command line's own values over it.

use crate::bench::check::{Check, Outside};
use crate::bench::document::{At, Document};
use crate::bench::fault as config_fault;
use crate::bench::fault::FaultKind;
use crate::bench::text::text;
use crate::cli::common::Common;
use crate::cli::exit::Exit;
use crate::cli::fault::Fault;
use crate::cli::place;
use crate::config::{Config, checked, raw};
use crate::lang::cli::CliText;
use crate::lang::{Lang, fill};
use crate::tui::action::ACTIONS;
use crate::tui::keys::{KeyFault, Keymap};
use crate::tui::look::theme::{THEMES, Theme};
use serde_json::{Map, Value, json};
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
    pub fn into_fault(self, lang: Lang) -> Fault {
        match self {
            Self::Fault(fault) => fault,
            Self::Faults(faults) => Fault::config(&faults, lang),
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
    let read = checked::read_with(&file.path, &file.text, outside, beyond);
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

/// The schema of the whole file, with what only the console can say: the actions that keys are bound to, and the themes.
pub fn schema() -> Value {
    let mut schema = raw::schema();
    let actions: Map<String, Value> = ACTIONS
        .iter()
        .map(|row| {
            let keys = json!({ "type": "array", "items": { "type": "string" }, "description": row.text.text(Lang::En) });
            (row.id.to_owned(), keys)
        })
        .collect();
    if let Some(keys) = schema
        .pointer_mut("/properties/keys")
        .and_then(Value::as_object_mut)
    {
        keys.insert("properties".to_owned(), actions.into());
        keys.insert("additionalProperties".to_owned(), false.into());
    }
    let theme = schema.pointer_mut("/$defs/RawScreen/properties/theme");
    if let Some(theme) = theme.and_then(Value::as_object_mut) {
        theme.remove("type");
        let known: Vec<&str> = THEMES.iter().map(|row| row.0).collect();
        let file = json!({ "type": "string", "pattern": "\\.toml$" });
        theme.insert(
            "anyOf".to_owned(),
            json!([{ "type": "string", "enum": known }, file]),
        );
    }
    schema
}

/// What only the console can say of a configuration: its keys and its theme.
fn beyond(config: &Config, check: &mut Check<'_>) {
    let bindings: Vec<(String, Vec<String>)> = config.keys.clone().into_iter().collect();
    for fault in Keymap::new(&bindings).err().unwrap_or_default() {
        key_fault(&fault, check);
    }
    theme_fault(&config.theme, check);
}

/// What is wrong with the theme that the command line asks for, a file as seen from where the command is given.
fn asked(common: &Common, outside: &dyn Outside) -> Vec<config_fault::Fault> {
    let place = Path::new("--theme");
    let (document, _) = Document::parse(place, "");
    let mut check = Check::new(&document, outside);
    if let Some(theme) = &common.theme {
        theme_fault(theme, &mut check);
    }
    let mut faults = check.into_faults();
    for fault in faults.iter_mut().filter(|fault| fault.file == place) {
        (fault.line, fault.column) = (0, 0);
        fault.key.clear();
    }
    faults
}

/// A theme is one of the embedded ones, or a file whose name ends in `.toml`.
fn theme_fault(theme: &str, check: &mut Check<'_>) {
    let at = At::root().key("screen").key("theme");
    if Path::new(theme).extension().is_none_or(|end| end != "toml") {
        let known: Vec<&str> = THEMES.iter().map(|row| row.0).collect();
        if !known.contains(&theme) {
            check.unknown(&at, theme, &known);
        }
        return;
    }
    let path = check.beside(Path::new(theme));
    let text = check.text(&at, &path);
    if let Some(Err(fault)) = text.map(|text| Theme::parse(theme, &text)) {
        check.fault(&at, FaultKind::Expression(theme.to_owned(), fault.to_string()));
    }
}

fn key_fault(fault: &KeyFault, check: &mut Check<'_>) {
    let at = |action: &str| At::root().key("keys").key(action);
    match fault {
        KeyFault::UnknownAction { action } => {
            let known: Vec<&str> = ACTIONS.iter().map(|row| row.id).collect();
            check.unknown(&at(action), action, &known);
        }
        KeyFault::NotAKey { action, key } => check.fault(&at(action), FaultKind::NotAKey(key.clone())),
        KeyFault::Unreachable { action, key, owner } => {
            check.fault(
                &at(action),
                FaultKind::Unreachable(key.clone(), (*owner).to_owned()),
            );
        }
        KeyFault::Conflict { action, other, .. } => {
            check.fault(&at(action), FaultKind::Clash(format!("keys.{other}")));
        }
        KeyFault::NoKey { action } => check.fault(&at(action), FaultKind::Empty),
    }
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
