//! The terminal is put back whatever becomes of the console, and the console ends with the process that holds its terminal.

use crate::Room;
use crate::console::Console;
use std::path::Path;
use std::time::{Duration, Instant};

/// A console in a terminal where a script ran first.
fn shown_after(room: &Room, script: &str) -> Console {
    let config = room.home.path().join("room.toml");
    let arguments = ["--config", config.to_str().expect("UTF-8")];
    let console = Console::start_after(room.home.path(), script, &arguments, crate::SIZE);
    console.wait_for("Test room");
    console
}

/// Whether every one of these processes is stopped, and whether none is.
fn stopped(pids: &[String]) -> (bool, bool) {
    let is_stopped = |pid: &String| {
        let known = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        known
            .rsplit_once(") ")
            .is_some_and(|(_, rest)| rest.starts_with('T'))
    };
    (pids.iter().all(is_stopped), !pids.iter().any(is_stopped))
}

/// Waits until it is so.
#[track_caller]
fn wait_until(what: &str, is_so: impl Fn() -> bool) {
    let end = Instant::now() + Duration::from_secs(20);
    while !is_so() {
        assert!(Instant::now() < end, "waited in vain for {what}");
        std::thread::park_timeout(Duration::from_millis(5));
    }
}

/// A console on its first screen.
fn shown(room: &Room) -> Console {
    let console = room.console();
    console.wait_for("Test room");
    console
}

#[test]
fn a_console_that_is_killed_or_aborts_leaves_the_terminal_as_it_was_and_it_is_said() {
    let room = Room::new();
    let ends = [("KILL", 9), ("ABRT", 6), ("QUIT", 3)];
    for (name, number) in ends {
        let mut console = shown(&room);
        console.signal_console(name);
        assert_eq!(console.end(), 128 + number, "{name}");
        console.finish();
        assert_eq!(console.is_restored(), Ok(()), "{name}");
        let words = format!("ended by signal {number}");
        assert!(console.text().contains(&words), "{name}: {}", console.text());
    }
}

#[test]
fn it_is_said_in_the_persons_language() {
    let room = Room::new();
    let config = room.home.path().join("room.toml");
    let arguments = ["--lang", "zh", "--config", config.to_str().expect("UTF-8")];
    let mut console = Console::start(room.home.path(), &arguments, crate::SIZE);
    console.wait_for("Test room");
    console.signal_console("KILL");
    console.end();
    console.finish();
    let text: String = console.text().split_whitespace().collect();
    assert!(text.contains("控制台被信号9终止"), "{text}");
}

#[test]
fn a_console_whose_holder_is_killed_ends_by_itself_and_puts_the_terminal_back() {
    let room = Room::new();
    let mut console = shown(&room);
    let held = console.held();
    console.signal("KILL");
    console.end();
    console.finish();
    assert_eq!(console.is_restored(), Ok(()));
    wait_until("the end of the console", || {
        held.iter()
            .all(|pid| !Path::new(&format!("/proc/{pid}")).exists())
    });
}

#[test]
fn a_console_whose_holder_was_killed_before_it_looked_does_not_begin() {
    let room = Room::new();
    let script = "export LOOKOUT_HELD_BY=1; exec \"$@\"";
    let mut console = Console::start_after(room.home.path(), script, &[], crate::SIZE);
    let is_shown = console.becomes(Duration::from_secs(5), &|text| text.contains("Lookout"));
    assert!(!is_shown, "{}", console.text());
    assert_eq!(console.end(), 143);
}

#[test]
fn a_console_that_was_left_does_not_begin_again_where_ended_children_are_ignored() {
    let room = Room::new();
    let mut console = shown_after(&room, "trap '' CHLD; exec \"$@\"");
    console.press("q");
    assert_eq!(console.end(), 0);
    console.finish();
    assert_eq!(console.is_restored(), Ok(()));
}

#[test]
fn a_console_that_is_killed_leaves_its_screen_also_where_the_modes_were_put_back_before() {
    let room = Room::new();
    let console_modes = room.home.path().join("modes");
    let script = format!("stty -g >{}; exec \"$@\"", console_modes.display());
    let mut console = shown_after(&room, &script);
    let modes = std::fs::read_to_string(console_modes).expect("the modes before");
    let tty = std::fs::read_link(format!("/proc/{}/fd/0", console.pid())).expect("its terminal");
    let set = std::process::Command::new("stty")
        .arg("-F")
        .arg(tty)
        .arg(modes.trim())
        .status();
    assert!(set.expect("stty runs").success());
    console.signal_console("KILL");
    assert_eq!(console.end(), 137);
    console.finish();
    assert_eq!(console.is_restored(), Ok(()));
}

#[test]
fn a_stop_of_the_whole_group_stops_it_once() {
    let room = Room::new();
    let mut console = shown(&room);
    let mut both = console.held();
    both.push(console.pid().to_string());
    for _ in 0..3 {
        console.signal_group("TSTP");
        wait_until("the stop", || stopped(&both).0);
        // As long as nobody needs to stop once.
        std::thread::park_timeout(Duration::from_millis(300));
        console.signal_group("CONT");
        wait_until("going on", || stopped(&both).1);
        let again = console.becomes(Duration::from_millis(700), &|_| !stopped(&both).1);
        assert!(!again, "it stopped a second time");
    }
    console.press("q");
    assert_eq!(console.end(), 0);
}

#[test]
fn a_stop_of_the_holder_alone_stops_both() {
    let room = Room::new();
    let mut console = shown(&room);
    let mut both = console.held();
    both.push(console.pid().to_string());
    console.signal("TSTP");
    wait_until("the stop", || stopped(&both).0);
    console.signal("CONT");
    wait_until("going on", || stopped(&both).1);
    console.wait_for("Test room");
    console.press("q");
    assert_eq!(console.end(), 0);
}
