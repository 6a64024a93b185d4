//! `lookout salvage`: all that can be read of a damaged ledger in a new one, and what stands behind a gap beside it.

use crate::cli::Io;
use crate::cli::args::Salvage;
use crate::cli::exit::Exit;
use crate::cli::fault::Fault;
use crate::domain::text::hex;
use crate::lang::cli::CliText;
use crate::lang::fill;
use crate::store::beside;
use crate::store::rows::EntryRow;
use crate::store::sqlite::{Holds, Salvaged, Sqlite};
use serde_json::{Value, json};
use std::fmt::Display;
use std::fs::File;
use std::io;
use std::io::{BufWriter, Write};
use std::path::Path;

/// The end of the name of the file of what stands behind a gap.
const BEYOND: &str = "-beyond.jsonl";
/// The ends of the names of all that a salvage may write.
const ENDS: [&str; 5] = ["", "-wal", "-shm", "-tip", BEYOND];

/// Reads the damaged ledger into a new one, and says what was read and what is missing.
///
/// # Errors
/// A file is there already or cannot be written; nothing of a ledger can be read.
pub(super) fn run(args: &Salvage, stage: &mut Io<'_>) -> Result<Exit, Fault> {
    let named = |end: &str| beside(&args.new, end);
    // Also what another ledger left beside that name: it may be all there is of it.
    for path in ENDS.map(named) {
        if path.exists() {
            let values: [(&str, &dyn Display); 1] = [("path", &path.display())];
            let words = fill(CliText::BackupExists.text(stage.lang), &values);
            return Err(Fault::new(Exit::Usage, words));
        }
    }
    if !args.ledger.exists() {
        let values: [(&str, &dyn Display); 1] = [("path", &args.ledger.display())];
        let words = fill(CliText::NoLedger.text(stage.lang), &values);
        return Err(Fault::new(Exit::Store, words));
    }
    let beyond = named(BEYOND);
    let mut lines: Option<BufWriter<File>> = None;
    let saved = Sqlite::salvage(&args.ledger, &args.new, |row, hash, holds| {
        if lines.is_none() {
            lines = Some(BufWriter::new(File::create_new(&beyond)?));
        }
        lines.as_mut().map_or(Ok(()), |to| line(to, row, hash, holds))
    });
    let saved = saved.and_then(|saved| {
        let ended = lines.as_mut().map_or(Ok(()), Write::flush);
        ended
            .map(|()| saved)
            .map_err(|error| crate::store::StoreError::Open {
                path: beyond.clone(),
                why: error.to_string(),
            })
    });
    let saved = saved.map_err(|error| Fault::store(&error)).inspect_err(|_| {
        // Half of it is nothing, and would be in the way of the next attempt.
        for path in ENDS.map(named) {
            let _ = std::fs::remove_file(path);
        }
    })?;
    say(&saved, (&args.new, &beyond), stage)?;
    Ok(if saved.is_whole() {
        Exit::Good
    } else {
        Exit::Findings
    })
}

/// An entry behind a gap, as a line of JSON. `fits`: whether it follows the one before it; null where that one is missing.
fn line(to: &mut impl Write, row: &EntryRow<'_>, hash: &[u8; 32], holds: Holds) -> io::Result<()> {
    let fits = match holds {
        Holds::Whole | Holds::Fits => Value::Bool(true),
        Holds::Not => Value::Bool(false),
        Holds::Alone => Value::Null,
    };
    let fact = serde_json::from_str(row.fact).unwrap_or_else(|_| Value::from(row.fact));
    let line = json!({
        "seq": row.seq, "fits": fits, "stream": row.stream, "nth": row.nth, "at": row.at, "by": row.by, "seat": row.seat,
        "kind": row.kind, "version": row.version, "fact": fact, "hash": hex(hash),
    });
    writeln!(to, "{line}")
}

fn say(saved: &Salvaged, (new, beside): (&Path, &Path), stage: &mut Io<'_>) -> io::Result<()> {
    let lang = stage.lang;
    let (head, missing) = (hex(&saved.head), ranges(&saved.missing));
    let lost = saved.beside.lost.join(", ");
    let values: [(&str, &dyn Display); 2] = [("path", &beside.display()), ("unfit", &saved.unfit)];
    let of = |n: &u64, more: &[(&str, &dyn Display)], text: CliText| {
        let own: [(&str, &dyn Display); 1] = [("n", n)];
        fill(&fill(text.text(lang), &own), more)
    };
    let here: [(&str, &dyn Display); 2] = [("path", &new.display()), ("head", &head)];
    let whole = if saved.kept > 0 {
        CliText::SalvagedEntries
    } else {
        CliText::SalvagedNone
    };
    let mut lines = vec![of(&saved.kept, &here, whole)];
    if saved.beyond > 0 {
        lines.push(of(&saved.beyond, &values, CliText::SalvagedBeyond));
    }
    if !missing.is_empty() {
        let known: [(&str, &dyn Display); 2] = [("list", &missing), ("last", &saved.last)];
        lines.push(fill(CliText::SalvagedMissing.text(lang), &known));
    }
    let series: [(&str, &dyn Display); 2] =
        [("series", &saved.beside.series), ("older", &saved.beside.older)];
    lines.push(of(&saved.beside.readings, &series, CliText::SalvagedReadings));
    let (list, papers): ([(&str, &dyn Display); 1], _) = ([("list", &lost)], &saved.beside.papers);
    let text = if lost.is_empty() {
        CliText::SalvagedPapers
    } else {
        CliText::SalvagedLost
    };
    lines.push(of(papers, &list, text));
    if saved.pages > 0 {
        lines.push(of(&(saved.pages as u64), &[], CliText::SalvagedPages));
    }
    lines.push(fill(CliText::SalvagedNext.text(lang), &here));
    lines.iter().try_for_each(|line| writeln!(stage.out, "{line}"))
}

/// Numbers from and to: `12–15, 40`.
fn ranges(all: &[(u64, u64)]) -> String {
    let one = |(from, to): &(u64, u64)| {
        if from == to {
            from.to_string()
        } else {
            format!("{from}–{to}")
        }
    };
    let parts: Vec<String> = all.iter().map(one).collect();
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::check::tests::Given;
    use crate::cli::tests::ran;

    #[test]
    fn what_stands_beside_the_new_place_is_refused_and_left_as_it_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at("bad.db"), "not a ledger").expect("written");
        for end in ["", "-wal", "-shm", "-tip", "-beyond.jsonl"] {
            let left = at(&format!("room.db{end}"));
            std::fs::write(&left, "another ledger's").expect("written");
            let line = format!("salvage {} {}", at("bad.db").display(), at("room.db").display());
            let (exit, _, said) = ran(&line, &Given::default());
            assert!(left.exists(), "{end} is gone: {said}");
            assert_eq!(exit, Exit::Usage, "{end}: {said}");
            std::fs::remove_file(left).expect("removed");
        }
    }
}
