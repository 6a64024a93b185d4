//! `lookout config show|schema|parts|init`: what holds and why, what may be written, something to begin with.

use crate::bench::document::Document;
use crate::cli::args::{ConfigCommand, Init};
use crate::cli::common::Common;
use crate::cli::exit::Exit;
use crate::cli::fault::Fault;
use crate::cli::{Io, console, load};
use crate::config::show::ValueOrigin;
use crate::config::{checked, show};
use crate::lang::cli::CliText;
use crate::lang::order::parts::PARTS;
use crate::lang::{Lang, fill};
use std::path::Path;

/// The commented configuration to begin with.
pub const EXAMPLE: &str = include_str!("config/example.toml");

/// Runs one of them.
///
/// # Errors
/// The configuration is wrong, or the output cannot be written.
pub fn run(what: &ConfigCommand, common: &Common, stage: &mut Io<'_>) -> Result<Exit, Fault> {
    match what {
        ConfigCommand::Show => show(common, stage),
        ConfigCommand::Schema => schema(stage),
        ConfigCommand::Parts => parts(stage),
        ConfigCommand::Init(init) => begin(init, stage),
    }
}

fn show(common: &Common, stage: &mut Io<'_>) -> Result<Exit, Fault> {
    let lang = stage.lang;
    let file = load::file(common, stage.outside, lang).map_err(|bad| bad.into_fault(stage.outside, lang))?;
    let Some(file) = file else {
        return Err(Fault::new(Exit::Usage, CliText::TrainingHasNoFile.text(lang)));
    };
    if let Err(faults) = checked::read(&file.path, &file.text, stage.outside) {
        return Err(Fault::config(&faults, stage.outside, lang));
    }
    let (document, _) = Document::parse(&file.path, &file.text);
    writeln!(stage.out, "# {}", file.path.display())?;
    for row in over(show::rows(&document), common) {
        let origin = origin(&row.origin, lang);
        writeln!(stage.out, "{} = {}  # {origin}", row.key, row.value)?;
    }
    Ok(Exit::Good)
}

/// The command line's own values, laid over the file's.
fn over(mut rows: Vec<show::Row>, common: &Common) -> Vec<show::Row> {
    let quoted = |text: &str| toml::Value::from(text).to_string();
    let db = common.db.as_ref().map(|path| path.display().to_string());
    let given = [
        ("store.path", "--db", db),
        ("screen.theme", "--theme", common.theme.clone()),
        ("room.language", "--lang", common.lang.clone()),
    ];
    for (key, flag, value) in given {
        let Some(value) = value else { continue };
        let new = show::Row {
            key: key.to_owned(),
            value: quoted(&value),
            origin: ValueOrigin::Flag(flag),
        };
        match rows.iter_mut().find(|row| row.key == key) {
            Some(row) => *row = new,
            None => rows.push(new),
        }
    }
    rows
}

fn origin(origin: &ValueOrigin, lang: Lang) -> String {
    match origin {
        ValueOrigin::File(line) => fill(CliText::OriginFile.text(lang), &[("line", line)]),
        ValueOrigin::Default => CliText::OriginDefault.text(lang).to_owned(),
        ValueOrigin::Env(name) => fill(CliText::OriginEnv.text(lang), &[("name", name)]),
        ValueOrigin::Flag(name) => fill(CliText::OriginFlag.text(lang), &[("name", name)]),
    }
}

fn schema(stage: &mut Io<'_>) -> Result<Exit, Fault> {
    writeln!(stage.out, "{:#}", console::schema())?;
    Ok(Exit::Good)
}

fn parts(stage: &mut Io<'_>) -> Result<Exit, Fault> {
    for part in PARTS {
        writeln!(
            stage.out,
            "{{{}}}  {}",
            part.name,
            stage.lang.pick(part.zh, part.en)
        )?;
    }
    Ok(Exit::Good)
}

fn begin(init: &Init, stage: &mut Io<'_>) -> Result<Exit, Fault> {
    match &init.file {
        None => write!(stage.out, "{EXAMPLE}")?,
        Some(path) => {
            create(path, stage.lang)?;
            let words = fill(CliText::Written.text(stage.lang), &[("path", &path.display())]);
            writeln!(stage.out, "{words}")?;
        }
    }
    Ok(Exit::Good)
}

/// Writes the example to a file that does not exist yet.
fn create(path: &Path, lang: Lang) -> Result<(), Fault> {
    let fault = |error: &std::io::Error| {
        let path = path.display();
        if error.kind() == std::io::ErrorKind::AlreadyExists {
            fill(CliText::FileExists.text(lang), &[("path", &path)])
        } else {
            fill(
                CliText::CannotWrite.text(lang),
                &[("path", &path), ("why", error)],
            )
        }
    };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let made = folder.map_or(Ok(()), std::fs::create_dir_all);
    let written = made.and_then(|()| std::fs::File::create_new(path));
    written
        .and_then(|mut file| std::io::Write::write_all(&mut file, EXAMPLE.as_bytes()))
        .map_err(|error| Fault::new(Exit::Usage, fault(&error)))
}
