//! Who may read what the program writes: its own account alone, or the folder's group where the folder is shared.

use crate::Room;
use crate::upstream::Answer;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

/// The rights of every file and folder below `folder`, by name; the configuration's own left out.
fn modes(folder: &Path) -> BTreeMap<String, u32> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder").flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let known = entry.metadata().expect("it is there");
            if known.is_dir() {
                folders.push(entry.path());
            }
            // A log carries its day.
            let name = if entry.path().extension().is_some_and(|end| end == "log") {
                "log".to_owned()
            } else {
                name
            };
            if name != "room.toml" {
                found.insert(name, known.permissions().mode() & 0o7777);
            }
        }
    }
    found
}

fn run(room: &Room) -> BTreeMap<String, u32> {
    let mut console = room.console();
    console.press("6");
    console.wait_for("Disk of host 0 is full");
    let while_running = modes(room.home.path());
    console.press("q");
    console.end();
    while_running
}

fn set(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("it is ours");
}

#[test]
fn nobody_else_reads_the_ledger_its_log_the_state_or_the_programs_log() {
    let room = Room::new();
    set(room.home.path(), 0o755);
    let modes = run(&room);
    let own = |name: &str| modes.get(name).copied();
    for file in ["room.db", "room.db-wal", "room.db-shm", "log"] {
        assert_eq!(
            own(file).map(|mode| format!("{mode:o}")),
            Some("600".to_owned()),
            "{file}: {modes:?}"
        );
    }
    assert_eq!(
        own("lookout").map(|mode| format!("{mode:o}")),
        Some("700".to_owned()),
        "the state folder"
    );
}

#[test]
fn an_older_ledger_that_everybody_may_read_is_closed_to_them() {
    let room = Room::new();
    run(&room);
    let state = room.home.path().join("state/lookout");
    set(&state, 0o755);
    for file in std::fs::read_dir(&state).expect("a folder").flatten() {
        set(&file.path(), 0o644);
    }
    set(&room.home.path().join("room.db"), 0o644);
    let modes = run(&room);
    for (name, want) in [("room.db", 0o600), ("lookout", 0o700)] {
        assert_eq!(modes.get(name).copied(), Some(want), "{name}: {modes:?}");
    }
}

#[test]
fn in_a_folder_that_its_group_shares_the_group_may_write_and_others_may_not_read() {
    let room = Room::new();
    set(room.home.path(), 0o2777);
    room.upstream.set("/air", Answer::Status(500));
    let modes = run(&room);
    for file in ["room.db", "room.db-wal", "room.db-shm"] {
        let mode = modes.get(file).copied();
        assert_eq!(
            mode.map(|mode| format!("{mode:o}")),
            Some("660".to_owned()),
            "{file}: {modes:?}"
        );
    }
}

#[test]
fn an_account_of_the_folders_group_writes_into_the_same_ledger() {
    let owner = std::fs::metadata("/proc/self").expect("this process");
    if owner.uid() != 0 {
        println!("skipped: only root may run as two accounts");
        return;
    }
    let room = Room::new();
    set(room.home.path(), 0o2777);
    run(&room);
    let mut other = Command::new(env!("CARGO_BIN_EXE_lookout"))
        .args(["serve", "--config"])
        .arg(room.home.path().join("room.toml"))
        .env_clear()
        .env("HOME", room.home.path().join("other"))
        .uid(65534)
        .gid(owner.gid())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut said = String::new();
    let out = other.stdout.take().expect("its output");
    BufReader::new(out).read_line(&mut said).expect("text");
    other.kill().ok();
    let end = other.wait_with_output().expect("its end");
    let err = String::from_utf8_lossy(&end.stderr).into_owned();
    assert!(said.starts_with("collecting"), "{said}{err}");
}
