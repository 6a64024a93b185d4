//! Two collectors on one ledger: the one that does not collect says so, and says when it does.

use crate::Room;
use crate::bodies;
use crate::upstream::Answer;
use lookout::domain::fact::Fact;
use lookout::domain::fact::alarm::AlarmFact;
use std::io::BufRead;
use std::io::BufReader;
use std::process::Child;
use std::process::ChildStdout;
use std::process::Command;
use std::process::Stdio;
use std::time::Duration;
use std::time::Instant;

/// A collector without a screen; killed when it is let go of.
pub(crate) struct Collector {
    child: Child,
    out: Option<BufReader<ChildStdout>>,
}

impl Collector {
    pub(crate) fn starts(room: &Room, lang: &str) -> Self {
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
            out: Some(BufReader::new(out)),
        }
    }

    /// The next line that it says.
    pub(crate) fn says(&mut self) -> String {
        let mut line = String::new();
        let out = self.out.as_mut().expect("somebody listens");
        out.read_line(&mut line).expect("text");
        line
    }

    /// Nobody listens any more.
    fn is_left_alone(&mut self) {
        self.out = None;
    }

    /// Sends it a signal by name, as `kill` would.
    pub(crate) fn told(&self, signal: &str) {
        let done = Command::new("kill")
            .args([&format!("-{signal}"), &self.child.id().to_string()])
            .status();
        assert!(done.expect("kill runs").success(), "{signal}");
    }

    /// Is told to stop; how it ends.
    fn stops(mut self) -> Option<i32> {
        self.told("TERM");
        self.child.wait().expect("it ends").code()
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

#[test]
fn a_collector_that_nobody_listens_to_any_more_takes_over_all_the_same() {
    let room = Room::new();
    let mut first = Collector::starts(&room, "en");
    first.says();
    let mut second = Collector::starts(&room, "en");
    assert!(second.says().starts_with("standing by"));
    // What it says next, that it collects, cannot be written.
    second.is_left_alone();
    assert_eq!(first.stops(), Some(0));
    room.upstream.set(
        "/am/api/v2/alerts",
        Answer::Body(bodies::alerts(2), "application/json"),
    );
    let is_new = |fact: &Fact| matches!(fact, Fact::Alarm(AlarmFact::Raised(cause)) if cause.title.as_str().contains("host 1"));
    let end = Instant::now() + Duration::from_secs(60);
    while !room.entries().iter().any(|entry| is_new(&entry.fact)) {
        assert!(Instant::now() < end, "nobody collects");
        std::thread::sleep(Duration::from_millis(100));
    }
    assert_eq!(second.stops(), Some(0), "it was there until it was told to stop");
}
