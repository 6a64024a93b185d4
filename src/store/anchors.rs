//! The file of anchors: where the ledger ended, a line a time, for a place that the ledger's owner cannot rewrite.

use crate::domain::anchor::Anchor;
use crate::domain::ledger_fault::LedgerFault;
use crate::domain::text::Clean;
use std::fs::OpenOptions;
use std::io;
use std::io::ErrorKind;
use std::io::Read;
use std::io::Seek;
use std::io::SeekFrom;
use std::io::Write;
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
/// returns. One that says no more than the last line is not written again.
///
/// Gives the last anchor that stood there before.
///
/// # Errors
/// What stands in the way; the file is as it was, or ends in a line that is no anchor.
pub fn note(path: &Path, anchor: &Anchor) -> Result<Option<Anchor>, LedgerFault> {
    append(path, anchor).map_err(|error| fault(path, &error))
}

fn append(path: &Path, anchor: &Anchor) -> io::Result<Option<Anchor>> {
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
    let text = String::from_utf8_lossy(&end);
    let last = text.lines().rev().find_map(|line| Anchor::read(line).ok());
    let says_it = |last: &Anchor| last.seq == anchor.seq && last.hash == anchor.hash;
    if last.as_ref().is_some_and(says_it) {
        return Ok(last);
    }
    // Half a line, left by a full disk or a power cut, is ended first.
    let torn = end.last().is_some_and(|byte| *byte != b'\n');
    let line = format!("{}{}\n", if torn { "\n" } else { "" }, anchor.line());
    file.write_all(line.as_bytes())?;
    file.sync_all()?;
    Ok(last)
}

fn fault(path: &Path, error: &io::Error) -> LedgerFault {
    let kind = error.kind();
    if matches!(kind, ErrorKind::StorageFull | ErrorKind::QuotaExceeded) {
        LedgerFault::DiskFull
    } else if kind == ErrorKind::ReadOnlyFilesystem {
        LedgerFault::ReadOnlyDisk
    } else {
        LedgerFault::Said(Clean::new(&format!("{}: {error}", path.display())))
    }
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
        assert_eq!(note(&path, &anchor(1)), Ok(None));
        assert_eq!(note(&path, &anchor(1)), Ok(Some(anchor(1))));
        let torn = std::fs::read_to_string(&path).expect("read") + "2026-11-27T0";
        std::fs::write(&path, torn).expect("written");
        for seq in 2..40 {
            assert_eq!(note(&path, &anchor(seq)), Ok(Some(anchor(seq - 1))));
        }
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
        let why = note(&folder.path().join("no/anchors"), &anchor(1)).expect_err("no folder");
        assert!(why.to_string().contains("no/anchors"), "{why}");
        assert!(note(folder.path(), &anchor(1)).is_err(), "a folder is no file");
    }
}
