//! A ledger that cannot be written: a collector ends with an error that says what, where and what to do; a console shows
//! what stands in the way and goes on showing live data.

use crate::console::Console;
use crate::upstream::Answer;
use crate::{Room, SIZE, bodies};
use rusqlite::Connection;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// An account that owns nothing.
const NOBODY: u32 = 65534;

fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|known| std::os::unix::fs::MetadataExt::uid(&known) == 0)
}

/// Runs `lookout serve` on the room, as an account without rights where the test has them all; kills it where it serves.
fn serve(room: &Room, prepare: &str) -> (Option<i32>, String, String) {
    let config = room.home.path().join("room.toml");
    let mut command = Command::new("/bin/sh");
    command
        .args(["-c", &format!("{prepare}\nexec \"$0\" \"$@\"")])
        .arg(env!("CARGO_BIN_EXE_lookout"))
        .args(["serve", "--config"])
        .arg(config)
        .env_clear()
        .env("PATH", "/usr/bin:/bin:/usr/sbin:/sbin")
        .env("HOME", room.home.path().join("nobody"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    if is_root() && prepare.is_empty() {
        command.uid(NOBODY).gid(NOBODY);
    }
    let mut child = command.spawn().expect("it starts");
    let end = Instant::now() + Duration::from_secs(20);
    while child.try_wait().expect("its status").is_none() && Instant::now() < end {
        std::thread::park_timeout(Duration::from_millis(20));
    }
    child.kill().ok();
    let Output {
        status,
        stdout,
        stderr,
    } = child.wait_with_output().expect("its end");
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    (status.code(), text(stdout), text(stderr))
}

fn set(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("it is ours");
}

/// A room with a ledger of its own account.
fn kept() -> Room {
    let room = Room::new();
    set(room.home.path(), 0o755);
    let mut console = room.console();
    console.press("6");
    console.wait_for("Disk of host 0 is full");
    console.press("q");
    console.end();
    room
}

#[track_caller]
fn assert_refused(ended: &(Option<i32>, String, String), words: &[&str]) {
    let (code, out, err) = ended;
    assert_eq!(*code, Some(3), "{out}{err}");
    assert!(!out.contains("collecting"), "{out}");
    for word in words.iter().chain(&["room.db"]) {
        assert!(err.contains(word), "“{word}” is not in: {err}");
    }
}

#[test]
fn a_collector_without_the_right_to_write_ends_and_says_what_to_do() {
    let room = kept();
    let file = room.home.path().join("room.db");
    set(room.home.path(), 0o777);
    set(&file, 0o444);
    assert_refused(&serve(&room, ""), &["may not write", "chmod"]);
    if is_root() {
        set(&file, 0o664);
        assert_refused(&serve(&room, ""), &["may not write", "belongs to", "group"]);
        set(&file, 0o666);
        set(room.home.path(), 0o755);
        assert_refused(&serve(&room, ""), &["may not write", "folder"]);
    }
}

/// Whether this test may mount a disk of its own.
fn can_mount() -> bool {
    let tried = Command::new("unshare")
        .args(["-m", "mount", "-t", "tmpfs", "lookout", "/mnt"])
        .output();
    tried.is_ok_and(|tried| tried.status.success())
}

#[test]
fn a_disk_that_fills_up_while_running_is_named_and_live_data_go_on() {
    if !can_mount() {
        println!("skipped: no disk can be mounted here");
        return;
    }
    let room = Room::new();
    let home = room.home.path().display();
    let script = format!(
        "exec unshare -m /bin/bash -c 'mkdir -p {home}/d && mount -t tmpfs -o size=400k lookout {home}/d && exec \"$0\" \"$@\"' \"$@\""
    );
    room.configure(|config| config.replace("path = \"room.db\"", "path = \"d/room.db\""));
    let config = room.home.path().join("room.toml");
    let config = config.to_str().expect("UTF-8");
    let mut console = Console::start_after(room.home.path(), &script, &["--config", config], SIZE);
    console.press("6");
    console.wait_for("Disk of host 0 is full");
    let alerts = |count| Answer::Body(bodies::alerts(count), "application/json");
    room.upstream.set("/am/api/v2/alerts", alerts(2000));
    console.wait_for("READ-ONLY: the ledger cannot be written (the disk is full)");
    console.press("2");
    console.wait("live data", |text| text.contains("测试东") && text.contains("78"));
    room.upstream.set("/am/api/v2/alerts", alerts(1));
    console.wait("that it records again", |text| !text.contains("READ-ONLY"));
    console.press("q");
}

#[test]
fn a_full_disk_is_named_at_the_start() {
    if !can_mount() {
        println!("skipped: no disk can be mounted here");
        return;
    }
    let room = Room::new();
    let home = room.home.path().display();
    // A disk of its own, full but for a few blocks.
    let prepare = format!(
        "exec unshare -m /bin/sh -c 'mkdir -p {home}/d && mount -t tmpfs -o size=64k lookout {home}/d && dd if=/dev/zero of={home}/d/x bs=4k count=100 2>/dev/null; exec \"$0\" \"$@\"' \"$0\" \"$@\""
    );
    room.configure(|config| config.replace("path = \"room.db\"", "path = \"d/room.db\""));
    assert_refused(&serve(&room, &prepare), &["disk is full"]);
}

#[test]
fn a_lock_that_another_program_holds_is_shown_with_that_programs_name() {
    let room = Room::new();
    let mut console: Console = room.console();
    console.press("6");
    console.wait_for("Disk of host 0 is full");
    let other = Connection::open(room.home.path().join("room.db")).expect("the ledger's file");
    other.execute_batch("BEGIN IMMEDIATE").expect("its lock");
    console.wait("who holds the ledger", |text| {
        text.contains("READ-ONLY")
            && text.contains("locked by")
            && text.contains(&std::process::id().to_string())
    });
    other.execute_batch("ROLLBACK").expect("let go");
    console.wait("that it records again", |text| !text.contains("READ-ONLY"));
    console.press("q");
}
