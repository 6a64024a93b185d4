//! `lookout backup` and `lookout restore`: the ledger as one whole file, and such a file in the ledger's place.
//!
//! What is copied is verified before it counts; what is replaced is kept beside it.

use crate::cli::args::Backup;
use crate::cli::common::Common;
use crate::cli::exit::Exit;
use crate::cli::fault::Fault;
use crate::cli::{Io, open};
use crate::domain::text::hex;
use crate::lang::cli::CliText;
use crate::lang::{fill, ledger};
use crate::store::{Ledger, OpenMode, Sqlite, Store, StoreError};
use std::fmt::Display;
use std::path::Path;

/// Copies the ledger as it is now into a new file, and verifies that one.
///
/// # Errors
/// The file is there already, or cannot be written; the ledger cannot be read.
pub(super) fn back_up(args: &Backup, common: &Common, stage: &mut Io<'_>) -> Result<Exit, Fault> {
    let config = open::config(common, stage)?;
    let store = open::reader(config.as_ref(), common, stage)?;
    if args.file.exists() {
        let values: [(&str, &dyn Display); 1] = [("path", &args.file.display())];
        return Err(Fault::new(
            Exit::Usage,
            fill(CliText::BackupExists.text(stage.lang), &values),
        ));
    }
    let copied = store.copy(&args.file).map_err(|error| Fault::store(&error));
    let copy = copied.and_then(|()| whole(&args.file, stage)).inspect_err(|_| {
        // Half a backup is none, and would be in the way of the next one.
        let _ = std::fs::remove_file(&args.file);
    })?;
    said(CliText::BackupDone, &copy, &args.file, stage)
}

/// Puts a whole, verified file in the ledger's place. The ledger's own file is taken as it is.
///
/// # Errors
/// The file is no ledger or is damaged; the ledger's place cannot be written.
pub(super) fn restore(args: &Backup, common: &Common, stage: &mut Io<'_>) -> Result<Exit, Fault> {
    let config = open::config(common, stage)?;
    let place = open::file(config.as_ref(), common, stage)?;
    let from = whole(&args.file, stage)?;
    let fault = |error| Fault::store(&error);
    if same(&args.file, &place) {
        let tip = from.head().map_err(fault)?;
        Sqlite::accept(&place, &tip).map_err(fault)?;
        return said(CliText::RestoreAccepted, &from, &place, stage);
    }
    if place.exists() {
        let kept = Sqlite::open(&place, OpenMode::ReadOnly).and_then(|old| {
            old.holds_mark()?;
            old.rescue()
        });
        let kept = match kept {
            // What cannot be read, such as behind a gap in its log, cannot be copied: it is kept as it is.
            Err(error) if error.is_damage() || matches!(error, StoreError::Forked { .. }) => {
                Sqlite::set_aside(&place)
            }
            kept => kept,
        };
        let kept = kept.map_err(fault)?;
        let values: [(&str, &dyn Display); 1] = [("path", &kept.display())];
        writeln!(
            stage.out,
            "{}",
            fill(CliText::RestoreKept.text(stage.lang), &values)
        )?;
    }
    Sqlite::put(&from, &place).map_err(fault)?;
    let now = whole(&place, stage)?;
    said(CliText::RestoreDone, &now, &place, stage)
}

fn same(one: &Path, other: &Path) -> bool {
    one.canonicalize().ok() == other.canonicalize().ok()
}

/// A ledger whose whole chain holds, open to read.
pub(super) fn whole(path: &Path, stage: &Io<'_>) -> Result<Sqlite, Fault> {
    let store = Sqlite::open(path, OpenMode::ReadOnly).map_err(|error| Fault::store(&error))?;
    let audit = store
        .verify(&mut |_, _| {})
        .map_err(|error| Fault::store(&error))?;
    let Some((seq, why)) = audit.broken else {
        return Ok(store);
    };
    let why = ledger::misfit(stage.lang, &why);
    let values: [(&str, &dyn Display); 3] = [("path", &path.display()), ("seq", &seq), ("why", &why)];
    Err(Fault::new(
        Exit::Store,
        fill(CliText::NotWhole.text(stage.lang), &values),
    ))
}

fn said(text: CliText, store: &Sqlite, path: &Path, stage: &mut Io<'_>) -> Result<Exit, Fault> {
    let head = store.head().map_err(|error| Fault::store(&error))?;
    let hash = hex(&head.hash);
    let values: [(&str, &dyn Display); 3] =
        [("path", &path.display()), ("count", &head.seq), ("head", &hash)];
    writeln!(stage.out, "{}", fill(text.text(stage.lang), &values))?;
    Ok(Exit::Good)
}
