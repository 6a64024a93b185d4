//! Two collectors on one ledger: the one that does not collect says so, and says when it does.

use crate::Room;
use std::io::BufRead;
use std::io::BufReader;
use std::process::Child;
use std::process::ChildStdout;
use std::process::Command;
use std::process::Stdio;

/// A collector without a screen; killed when it is let go of.
struct Collector {
    child: Child,
    out: BufReader<ChildStdout>,
}

impl Collector {
    fn starts(room: &Room, lang: &str) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_lookout"))
            .args(["serve", "--lang", lang, "--config"])
            .arg(room.home.path().join("room.toml"))
            .env_clear()
            .env("HOME", room.home.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        let out = child.stdout.take().expect("its output");
        Self {
            child,
            out: BufReader::new(out),
        }
    }

    /// The next line that it says.
    fn says(&mut self) -> String {
        let mut line = String::new();
        self.out.read_line(&mut line).expect("text");
        line
    }
}

impl Drop for Collector {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

#[test]
fn a_second_collector_says_that_it_stands_by_until_it_collects() {
    for (lang, by, own) in [
        ("en", "standing by, collected by ", "collecting; "),
        ("zh", "待命：采集由 ", "正在采集；"),
    ] {
        let room = Room::new();
        let mut first = Collector::starts(&room, lang);
        let said = first.says();
        assert!(said.starts_with(own), "{said}");
        let mut second = Collector::starts(&room, lang);
        let said = second.says();
        assert!(said.starts_with(by), "{said}");
        drop(first);
        let said = second.says();
        assert!(said.starts_with(own), "{said}");
    }
}
