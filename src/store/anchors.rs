//! The file of anchors: where the ledger ended, a line a time, for a place that the ledger's owner cannot rewrite.

use crate::domain::anchor::Anchor;
use crate::domain::ledger_fault::LedgerFault;
use crate::domain::text::Clean;
use crate::store::error::of_disk;
use std::fs::{File, OpenOptions};
use std::io;
use std::io::{Read, Seek, SeekFrom, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// The longest line there is, with room to spare.
const LONGEST: u64 = 1024;

/// Reads every anchor of a file; of what is no anchor, the number of its line.
///
/// # Errors
/// It cannot be read.
pub fn read(path: &Path) -> io::Result<Vec<Result<Anchor, usize>>> {
    let text = std::fs::read_to_string(path)?;
    let lines = (1..)
        .zip(text.lines())
        .filter(|(_, line)| !line.trim().is_empty());
    Ok(lines
        .map(|(nth, line)| Anchor::read(line).map_err(|_| nth))
        .collect())
}

/// Adds an anchor at the end of the file, which is made for its own account alone where it is missing; durable when it
/// returns. One that says no more than the last line is not written again; nor is one after a last line that does not fit
/// the ledger: written over it nobody would see that one any more.
///
/// # Errors
/// What stands in the way, or what `fits` says of the last one; the file is as it was, or ends in a line that is no anchor.
pub fn note(
    path: &Path,
    anchor: &Anchor,
    fits: impl FnOnce(&Anchor) -> Result<(), LedgerFault>,
) -> Result<(), LedgerFault> {
    let failed = |error| fault(path, &error);
    let (file, end) = opened(path).map_err(failed)?;
    let text = String::from_utf8_lossy(&end);
    let last = text.lines().rev().find_map(|line| Anchor::read(line).ok());
    if let Some(last) = last {
        if last.seq == anchor.seq && last.hash == anchor.hash {
            return Ok(());
        }
        fits(&last)?;
    }
    // Half a line, left by a full disk or a power cut, is ended first.
    let torn = end.last().is_some_and(|byte| *byte != b'\n');
    let line = format!("{}{}\n", if torn { "\n" } else { "" }, anchor.line());
    append(&file, &line).map_err(failed)
}

fn append(mut file: &File, line: &str) -> io::Result<()> {
    file.write_all(line.as_bytes())?;
    file.sync_all()
}

/// The file, which is made where it is missing, and its last bytes.
fn opened(path: &Path) -> io::Result<(File, Vec<u8>)> {
    let mut file = OpenOptions::new()
        .read(true)
        .append(true)
        .create(true)
        .mode(0o600)
        .open(path)?;
    let length = file.metadata()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(LONGEST)))?;
    let mut end = Vec::new();
    file.read_to_end(&mut end)?;
    Ok((file, end))
}

fn fault(path: &Path, error: &io::Error) -> LedgerFault {
    of_disk(error).unwrap_or_else(|| LedgerFault::Said(Clean::new(&format!("{}: {error}", path.display()))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ledger::Tip;
    use crate::domain::time::Moment;
    use std::os::unix::fs::PermissionsExt;

    fn anchor(seq: u64) -> Anchor {
        let hash = [u8::try_from(seq).unwrap_or(0); 32];
        Anchor::of(&Tip { seq, hash }, [9; 32], Moment::from_ms(1_790_000_000_000))
    }

    #[test]
    fn a_line_is_added_where_it_says_something_new_also_after_half_a_line() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("anchors");
        let none = |_: &Anchor| Err("nothing new is said".into());
        assert_eq!(note(&path, &anchor(1), none), Ok(()));
        assert_eq!(note(&path, &anchor(1), none), Ok(()));
        let torn = std::fs::read_to_string(&path).expect("read") + "2026-11-27T0";
        std::fs::write(&path, torn).expect("written");
        for seq in 2..40 {
            let before = |last: &Anchor| {
                assert_eq!(*last, anchor(seq - 1));
                Ok(())
            };
            assert_eq!(note(&path, &anchor(seq), before), Ok(()));
        }
        let refused = note(&path, &anchor(40), |last| Err(LedgerFault::NotAnchored(last.seq)));
        assert_eq!(
            refused,
            Err(LedgerFault::NotAnchored(39)),
            "nothing is written after it"
        );
        let all = read(&path).expect("read");
        let (good, bad): (Vec<_>, Vec<_>) = all.into_iter().partition(Result::is_ok);
        assert_eq!(bad, [Err(2)]);
        assert_eq!(good, (1..40).map(|seq| Ok(anchor(seq))).collect::<Vec<_>>());
        let rights = path.metadata().expect("there").permissions().mode();
        assert_eq!(rights & 0o777, 0o600);
    }

    #[test]
    fn what_stands_in_the_way_is_named_with_the_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let why = note(&folder.path().join("no/anchors"), &anchor(1), |_| Ok(())).expect_err("no folder");
        assert!(why.to_string().contains("no/anchors"), "{why}");
        let no_file = note(folder.path(), &anchor(1), |_| Ok(()));
        assert!(no_file.is_err(), "a folder is no file");
    }
}
