//! What was written in dialogs and not sent, kept between consoles in the state folder. Losing it is no fault.
//!
//! Drafts belong to a person: the file keeps them by operator, and nobody is offered another's.

use crate::domain::id::OperatorId;
use crate::tui::seat::Drafts;
use rustix::fs::OFlags;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::io::{Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::Duration;

/// How often, and how far apart, a lock is tried that another console holds: it writes a few kilobytes.
const TRIES: u32 = 50;
const PAUSE: Duration = Duration::from_millis(10);

/// The file: everybody's drafts by operator. What earlier versions kept without a name is nobody's, and forgotten.
#[derive(Default, Deserialize, Serialize)]
#[serde(default)]
struct Kept {
    operators: BTreeMap<String, Drafts>,
}

/// What this person wrote; nothing where there is no such file or it cannot be read.
pub(super) fn read(file: &Path, who: &OperatorId) -> Drafts {
    all(file).operators.remove(who.as_str()).unwrap_or_default()
}

/// Keeps this person's drafts beside the others', or forgets them where there are none. Whether that went well.
pub(super) fn keep(file: &Path, who: &OperatorId, drafts: &Drafts) -> bool {
    let done = changed(file, who, drafts);
    if let Err(error) = &done {
        tracing::warn!(%error, file = %file.display(), "drafts were not kept");
    }
    done.is_ok()
}

fn changed(file: &Path, who: &OperatorId, drafts: &Drafts) -> io::Result<()> {
    if drafts.is_empty() && !file.try_exists()? {
        return Ok(());
    }
    // Until the end of this, nobody else reads what is about to be written anew.
    let _lock = locked(file)?;
    let mut kept = all(file);
    kept.operators.remove(who.as_str());
    if !drafts.is_empty() {
        kept.operators.insert(who.to_string(), drafts.clone());
    }
    if kept.operators.is_empty() {
        match std::fs::remove_file(file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            Ok(()) | Err(_) => Ok(()),
        }
    } else {
        write(file, &serde_json::to_string(&kept)?)
    }
}

/// The drafts are this console's alone while the value lives. A console that was stopped just then keeps the others
/// waiting for a moment only.
fn locked(file: &Path) -> io::Result<File> {
    let mut how = OpenOptions::new();
    let lock = opened(how.write(true).create(true), &file.with_extension("lock"))?;
    for _ in 0..TRIES {
        match lock.try_lock() {
            Ok(()) => return Ok(lock),
            Err(TryLockError::WouldBlock) => std::thread::sleep(PAUSE),
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
    Err(io::Error::other("another console holds the drafts"))
}

fn all(file: &Path) -> Kept {
    let mut text = String::new();
    let read =
        opened(OpenOptions::new().read(true), file).and_then(|mut file| file.read_to_string(&mut text));
    read.map_or_else(
        |_| Kept::default(),
        |_| serde_json::from_str(&text).unwrap_or_default(),
    )
}

/// Writes the file anew: it is there as it was or as it is now, also where the process ends between.
fn write(file: &Path, text: &str) -> io::Result<()> {
    if file.is_symlink() {
        return Err(io::Error::other("the file is a link elsewhere: remove it"));
    }
    let new = file.with_extension("new");
    opened(OpenOptions::new().write(true).create(true).truncate(true), &new)?.write_all(text.as_bytes())?;
    std::fs::rename(new, file)
}

/// Opens it where it is none of another's choosing: a link is not followed.
fn opened(how: &mut OpenOptions, file: &Path) -> io::Result<File> {
    how.custom_flags(OFlags::NOFOLLOW.bits().cast_signed()).open(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drafts(note: &str) -> Drafts {
        let fields = vec![("comment".to_owned(), note.to_owned())];
        [("note F20261123-0002".to_owned(), fields)].into_iter().collect()
    }

    #[test]
    fn what_one_operator_wrote_is_not_offered_to_another() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("drafts.json");
        let (a, b) = (OperatorId::new("a"), OperatorId::new("b"));
        assert!(keep(&file, &a, &drafts("half written note")), "it is kept");
        assert_eq!(read(&file, &b), Drafts::new());
        assert_eq!(read(&file, &a), drafts("half written note"));
        assert!(keep(&file, &b, &drafts("another")));
        assert!(keep(&file, &a, &Drafts::new()));
        assert_eq!(
            (read(&file, &a), read(&file, &b)),
            (Drafts::new(), drafts("another"))
        );
        assert!(keep(&file, &b, &Drafts::new()));
        assert!(!file.exists(), "nothing is left behind");
    }

    #[test]
    fn consoles_that_keep_at_the_same_time_lose_nothing_of_each_other() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("drafts.json");
        let names: Vec<OperatorId> = (0..4)
            .map(|n| OperatorId::new(&format!("operator-{n}")))
            .collect();
        std::thread::scope(|threads| {
            for who in &names {
                let file = &file;
                threads.spawn(move || {
                    for n in 0..25 {
                        assert!(keep(file, who, &drafts(&format!("{who} {n}"))), "{who} {n}");
                        assert_eq!(read(file, who), drafts(&format!("{who} {n}")));
                    }
                });
            }
        });
    }

    #[test]
    fn a_link_is_neither_read_nor_written_through() {
        let a = OperatorId::new("a");
        for planted in ["drafts.json", "drafts.new", "drafts.lock"] {
            let folder = tempfile::tempdir().expect("a folder");
            let (file, other) = (folder.path().join("drafts.json"), folder.path().join("other"));
            keep(&other, &a, &drafts("theirs"));
            let before = std::fs::read(&other).expect("it is there");
            std::os::unix::fs::symlink(&other, folder.path().join(planted)).expect("a link");
            assert_eq!(read(&file, &a), Drafts::new(), "{planted}");
            assert!(!keep(&file, &a, &drafts("mine")), "{planted}");
            assert_eq!(std::fs::read(&other).ok(), Some(before), "{planted}");
        }
    }

    #[test]
    fn an_older_or_broken_file_is_no_fault_and_nobodys() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("drafts.json");
        let a = OperatorId::new("a");
        for text in ["{\"note F1\": [[\"Comment\", \"by whom?\"]]}", "not json", ""] {
            std::fs::write(&file, text).expect("written");
            assert_eq!(read(&file, &a), Drafts::new(), "{text}");
        }
        keep(&file, &a, &drafts("mine"));
        assert_eq!(read(&file, &a), drafts("mine"));
    }
}
