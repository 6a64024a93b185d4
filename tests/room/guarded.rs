//! The terminal is put back whatever becomes of the console, and the console ends with the process that holds its terminal.

use crate::Room;
use crate::console::Console;
use std::path::Path;
use std::time::Duration;
use std::time::Instant;

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
    let end = Instant::now() + Duration::from_secs(20);
    let lives = || held.iter().any(|pid| Path::new(&format!("/proc/{pid}")).exists());
    while lives() {
        assert!(Instant::now() < end, "{held:?} goes on");
        std::thread::park_timeout(Duration::from_millis(20));
    }
}
