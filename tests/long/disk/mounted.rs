//! Disks of their own: full ones and read-only ones. Only root may mount them.

use crate::disk::stand::{Report, SOON, Stand};
use std::io::Write;
use std::path::PathBuf;
use std::process::Command;

/// Room for what the test brings when nothing else takes it.
const SMALL: &str = "4m";
/// Room for a ledger, and not for what the test brings.
const LITTLE: u64 = 300 << 10;
const NO_MOUNT: &str = "no disk can be mounted here";

/// A small disk in the room's folder with the ledger on it; unmounted when it is let go of.
struct Disk(PathBuf);

impl Disk {
    /// None where this account may not mount.
    fn of(stand: &Stand, size: &str) -> Option<Self> {
        let at = stand.room.home.path().join("d");
        std::fs::create_dir(&at).expect("a folder");
        let size = format!("size={size}");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &size, "lookout"])
            .arg(&at)
            .output();
        if !mounted.is_ok_and(|mounted| mounted.status.success()) {
            return None;
        }
        stand
            .room
            .configure(|config| config.replace("path = \"room.db\"", "path = \"d/room.db\""));
        Some(Self(at))
    }

    fn file(&self) -> PathBuf {
        self.0.join("room.db")
    }

    /// Takes all the room but so many bytes.
    fn fills(&self, but: u64) {
        let mut file = std::fs::File::create(self.0.join("other")).expect("a file");
        for piece in [4096, 512, 1] {
            while file.write_all(&vec![b'x'; piece]).is_ok() {}
        }
        let taken = file.metadata().expect("its size").len();
        file.set_len(taken.saturating_sub(but)).expect("shorter");
    }

    fn frees(&self) {
        std::fs::remove_file(self.0.join("other")).expect("it was there");
    }

    fn is_mounted(&self, how: &str) {
        let done = Command::new("mount")
            .args(["-o", &format!("remount,{how}")])
            .arg(&self.0)
            .status();
        assert!(done.expect("mount runs").success(), "{how}");
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        Command::new("umount").arg("-l").arg(&self.0).status().ok();
    }
}

/// What cannot be stored is not shown as an alarm, live data go on, and it records again when there is room. An act may find
/// the room that a thousand alarms did not.
pub(super) fn fills_up() -> Report {
    let stand = Stand::new();
    let Some(disk) = Disk::of(&stand, SMALL) else {
        return Report::skipped(NO_MOUNT);
    };
    disk.fills(LITTLE);
    let mut person = stand.sits();
    person.records("before");
    person.harmed();
    stand.lists(2000);
    person.is_told("READ-ONLY: the ledger cannot be written (the disk is full)", SOON);
    person.acts("during", SOON);
    assert!(
        !person.console.text().contains("Disk of host 1999"),
        "it is not stored"
    );
    person.console.press("2");
    person.console.wait_for("测试东");
    stand.lists(8);
    disk.frees();
    person.sees_it_well();
    person.records("after");
    person.leaves().judge(&disk.file())
}

/// There is nothing to show yet: it ends, says why, and begins when there is room.
pub(super) fn full_before_there_is_one() -> Report {
    let stand = Stand::new();
    let Some(disk) = Disk::of(&stand, SMALL) else {
        return Report::skipped(NO_MOUNT);
    };
    disk.fills(0);
    let mut person = stand.sits_after(&stand.shim.script());
    assert_eq!(person.console.end(), 3);
    person.console.finish();
    let said = person.console.text();
    assert!(
        said.contains("the disk is full") && said.contains("Free some space"),
        "{said}"
    );
    disk.frees();
    let mut again = stand.sits();
    again.records("after");
    again.leaves().judge(&disk.file())
}

/// A ledger is there: it is shown, and that what comes cannot be stored is said.
pub(super) fn full_at_the_start() -> Report {
    let stand = Stand::new();
    let Some(disk) = Disk::of(&stand, SMALL) else {
        return Report::skipped(NO_MOUNT);
    };
    disk.fills(LITTLE);
    let mut first = stand.sits();
    first.records("before");
    let report = first.leaves();
    disk.fills(0);
    stand.lists(2000);
    let mut person = stand.sits();
    person.report = report;
    person.is_told("READ-ONLY: the ledger cannot be written (the disk is full)", SOON);
    person.acts("during", SOON);
    stand.lists(8);
    disk.frees();
    person.sees_it_well();
    person.records("after");
    person.leaves().judge(&disk.file())
}

/// A disk that was mounted to read alone, after a start that was left in order or killed.
fn read_alone(is_killed: bool) -> Report {
    let stand = Stand::new();
    let Some(disk) = Disk::of(&stand, "20m") else {
        return Report::skipped(NO_MOUNT);
    };
    let mut first = stand.sits();
    first.records("before");
    let report = if is_killed { first.loses() } else { first.leaves() };
    disk.is_mounted("ro");
    let mut person = stand.sits();
    person.report = report;
    person.is_told(
        "READ-ONLY: the ledger cannot be written (the disk is read-only)",
        SOON,
    );
    person.is_refused("during");
    let (code, said) = stand.runs(&["audit", "verify"]);
    assert_eq!(code, Some(0), "{said}");
    let report = person.leaves();
    disk.is_mounted("rw");
    let mut again = stand.sits();
    again.report = report;
    again.records("after");
    again.leaves().judge(&disk.file())
}

pub(super) fn read_only() -> Report {
    read_alone(false)
}

pub(super) fn read_only_with_a_log() -> Report {
    read_alone(true)
}
