//! Files of the ledger that vanish, move, are replaced, or may not be written by this account.

use crate::disk::stand::{NOBODY, Person, Report, SOON, Stand};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

const NO_OTHER_ACCOUNT: &str = "only root may take another account";

/// The file that a console kept of a ledger whose files vanished.
fn kept(folder: &Path) -> PathBuf {
    let files = std::fs::read_dir(folder).expect("the room's folder").flatten();
    let is = |path: &PathBuf| {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        name.starts_with("room.db-kept-") && !name.ends_with("-wal") && !name.ends_with("-shm")
    };
    let mut all: Vec<PathBuf> = files.map(|file| file.path()).filter(is).collect();
    all.sort();
    all.pop().expect("it was kept")
}

/// The harm is named, acts are refused, all that was said stands in what was kept, and the room goes on with that.
fn harmed(harm: impl Fn(&Stand), words: &str) -> Report {
    let stand = Stand::new();
    let mut person = stand.sits();
    person.records("before");
    person.harmed();
    harm(&stand);
    person.is_told(words, SOON);
    person.is_refused("during");
    let report = person.leaves();
    let kept = kept(stand.room.home.path());
    let report = report.judge(&kept);
    for end in ["", "-wal", "-shm"] {
        std::fs::remove_file(stand.beside(end)).ok();
    }
    stand.restores(&kept);
    let mut again = stand.sits();
    again.report = report;
    again.records("after");
    again.leaves().judge(&stand.file())
}

pub(super) fn deleted() -> Report {
    let harm = |stand: &Stand| {
        for end in ["", "-wal", "-shm"] {
            std::fs::remove_file(stand.beside(end)).expect("it was there");
        }
    };
    harmed(harm, "the ledger's file is gone")
}

pub(super) fn log_deleted() -> Report {
    let harm = |stand: &Stand| std::fs::remove_file(stand.beside("-wal")).expect("it was there");
    harmed(harm, "the ledger's log (-wal) is gone")
}

pub(super) fn replaced() -> Report {
    let harm = |stand: &Stand| {
        let copy = stand.beside("-older");
        std::fs::copy(stand.file(), &copy).expect("copied");
        std::fs::rename(copy, stand.file()).expect("moved over it");
    };
    harmed(harm, "another file stands in the ledger's place")
}

/// The folder goes elsewhere under a console, and comes back: nothing is lost, and the room goes on after a new start.
pub(super) fn renamed() -> Report {
    let stand = Stand::new();
    let folder = stand.room.home.path().join("d");
    std::fs::create_dir(&folder).expect("a folder");
    stand
        .room
        .configure(|config| config.replace("path = \"room.db\"", "path = \"d/room.db\""));
    let file = folder.join("room.db");
    let mut person = stand.sits();
    person.records("before");
    let elsewhere = stand.room.home.path().join("elsewhere");
    person.harmed();
    std::fs::rename(&folder, &elsewhere).expect("renamed");
    person.is_told("the ledger's file is gone", SOON);
    person.is_refused("during");
    let report = person.loses();
    // What the console kept lies where the folder was.
    std::fs::rename(&folder, stand.room.home.path().join("kept")).ok();
    std::fs::rename(&elsewhere, &folder).expect("renamed back");
    let mut again = stand.sits();
    again.report = report;
    again.records("after");
    again.leaves().judge(&file)
}

/// A room of another account's, prepared so; what its console says.
fn as_nobody(prepare: impl Fn(&Stand), words: &str) -> Option<(Stand, Person)> {
    if !rustix::process::getuid().is_root() {
        return None;
    }
    let stand = Stand::kept();
    for end in ["-wal", "-shm"] {
        std::fs::remove_file(stand.beside(end)).ok();
    }
    let home = stand.room.home.path();
    let owned = std::process::Command::new("chown")
        .args(["-R", "65534:65534"])
        .arg(home)
        .status();
    assert!(owned.expect("chown runs").success());
    set(home, 0o755);
    prepare(&stand);
    let mut person = stand.sits_after(NOBODY);
    if words.is_empty() {
        person.console.wait_for("Disk of host ");
    } else {
        person.is_told(words, SOON);
    }
    Some((stand, person))
}

fn set(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("root may");
}

/// What cannot be written is shown, refuses acts, and records again once it may be written.
fn not_writable(prepare: impl Fn(&Stand), release: impl Fn(&Stand)) -> Report {
    let Some((stand, mut person)) = as_nobody(prepare, "READ-ONLY: the ledger cannot be written") else {
        return Report::skipped(NO_OTHER_ACCOUNT);
    };
    person.console.wait_for("Disk of host ");
    person.is_refused("during");
    let report = person.leaves();
    release(&stand);
    let mut again = stand.sits_after(NOBODY);
    again.console.wait_for("Disk of host ");
    again.report = report;
    again.records("after");
    again.leaves().judge(&stand.file())
}

pub(super) fn read_only_file() -> Report {
    not_writable(
        |stand| set(&stand.file(), 0o444),
        |stand| {
            // What was made beside it has its rights.
            for end in ["", "-wal", "-shm"] {
                let file = stand.beside(end);
                if file.exists() {
                    set(&file, 0o644);
                }
            }
        },
    )
}

pub(super) fn read_only_folder() -> Report {
    not_writable(
        |stand| set(stand.room.home.path(), 0o555),
        |stand| set(stand.room.home.path(), 0o755),
    )
}

/// Drafts and logs cannot be kept; the ledger is well.
pub(super) fn read_only_state() -> Report {
    let prepare = |stand: &Stand| set(&stand.room.home.path().join("state/lookout"), 0o555);
    let Some((stand, mut person)) = as_nobody(prepare, "") else {
        return Report::skipped(NO_OTHER_ACCOUNT);
    };
    person.records("during");
    person.leaves().judge(&stand.file())
}

/// A ledger that this account may not even read: the console does not begin, and says whose it is.
pub(super) fn of_another() -> Report {
    if !rustix::process::getuid().is_root() {
        return Report::skipped(NO_OTHER_ACCOUNT);
    }
    let stand = Stand::kept();
    let home = stand.room.home.path();
    set(home, 0o777);
    set(&stand.file(), 0o600);
    let mut person = stand.sits_after(NOBODY);
    assert_eq!(person.console.end(), 3);
    person.console.finish();
    let said: String = person.console.text().split_whitespace().collect();
    for words in ["maynotwrite", "itbelongstoaccount0", "chgrp"] {
        assert!(said.contains(words), "{said}");
    }
    let mut again = stand.sits();
    again.records("after");
    again.leaves().judge(&stand.file())
}
