//! A collector without a screen: the real binary, listened to.

use crate::Room;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

/// A collector without a screen; killed when it is let go of.
pub(crate) struct Collector {
    child: Child,
    out: Option<BufReader<ChildStdout>>,
}

impl Collector {
    pub(crate) fn starts(room: &Room, lang: &str) -> Self {
        Self::starts_with(room, lang, &[])
    }

    /// The same with this in its environment.
    pub(crate) fn starts_with(room: &Room, lang: &str, environment: &[(&str, &Path)]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_lookout"))
            .args(["serve", "--lang", lang, "--config"])
            .arg(room.home.path().join("room.toml"))
            .env_clear()
            .env("HOME", room.home.path())
            .envs(environment.iter().copied())
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
    pub(crate) fn is_left_alone(&mut self) {
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
    pub(crate) fn stops(mut self) -> Option<i32> {
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
