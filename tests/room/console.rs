//! The real binary in a real pty, seen through a terminal emulator, driven by keys.

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

/// How long a condition may take before the test fails; generous, since the machine may be busy.
const PATIENCE: Duration = Duration::from_secs(60);

type Screen = Arc<(Mutex<vt100::Parser>, Condvar)>;

/// A console in a terminal of its own.
pub(crate) struct Console {
    child: Box<dyn Child + Send + Sync>,
    /// Kept open: the terminal hangs up when it is dropped.
    master: Box<dyn MasterPty + Send>,
    /// The terminal's modes before.
    modes: String,
    keys: Box<dyn Write + Send>,
    screen: Screen,
    reader: Option<std::thread::JoinHandle<()>>,
}

impl Console {
    /// Starts the binary with `arguments` in a terminal of `cols` × `rows`; its state lives under `home`.
    pub(crate) fn start(home: &Path, arguments: &[&str], size: (u16, u16)) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_lookout"));
        command.args(arguments);
        Self::launch(home, command, size)
    }

    /// The same, where no file may grow beyond `kilobytes`: a full disk without being anybody special.
    pub(crate) fn start_on_disk_of(
        home: &Path,
        arguments: &[&str],
        size: (u16, u16),
        kilobytes: u32,
    ) -> Self {
        let limited = format!("ulimit -f {kilobytes}; trap '' XFSZ; exec \"$@\"");
        Self::start_after(home, &limited, arguments, size)
    }

    /// The same after a script, which ends by becoming its arguments.
    pub(crate) fn start_after(home: &Path, script: &str, arguments: &[&str], size: (u16, u16)) -> Self {
        let mut command = CommandBuilder::new("/bin/bash");
        command.args(["-c", script, "lookout", env!("CARGO_BIN_EXE_lookout")]);
        command.args(arguments);
        Self::launch(home, command, size)
    }

    fn launch(home: &Path, mut command: CommandBuilder, (cols, rows): (u16, u16)) -> Self {
        let size = PtySize {
            rows,
            cols,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = native_pty_system().openpty(size).expect("a pty");
        let modes = modes(pair.master.as_ref());
        command.env_clear();
        for (name, value) in [
            ("TERM", "xterm-256color"),
            ("COLORTERM", "truecolor"),
            ("LANG", "C.UTF-8"),
            ("USER", "duty"),
        ] {
            command.env(name, value);
        }
        command.env("HOME", home);
        command.env("XDG_STATE_HOME", home.join("state"));
        command.env("XDG_CONFIG_HOME", home.join("config"));
        let child = pair.slave.spawn_command(command).expect("the binary");
        drop(pair.slave);
        let screen: Screen = Arc::new((
            Mutex::new(vt100::Parser::new(size_of(rows), size_of(cols), 0)),
            Condvar::new(),
        ));
        let mut output = pair.master.try_clone_reader().expect("its output");
        let seen = Arc::clone(&screen);
        let reader = std::thread::spawn(move || {
            let mut bytes = vec![0; 65536];
            while let Ok(count) = output.read(&mut bytes) {
                if count == 0 {
                    break;
                }
                seen.0.lock().expect("no panic holds it").process(&bytes[..count]);
                seen.1.notify_all();
            }
            seen.1.notify_all();
        });
        let keys = pair.master.take_writer().expect("its input");
        Self {
            child,
            master: pair.master,
            modes,
            keys,
            screen,
            reader: Some(reader),
        }
    }

    /// The text on the screen now.
    pub(crate) fn text(&self) -> String {
        self.screen
            .0
            .lock()
            .expect("no panic holds it")
            .screen()
            .contents()
    }

    /// Types these bytes.
    pub(crate) fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).expect("the pty takes keys");
        self.keys.flush().expect("the pty takes keys");
    }

    /// Waits until the screen's text satisfies `good`; fails with the screen otherwise.
    #[track_caller]
    pub(crate) fn wait(&self, what: &str, good: impl Fn(&str) -> bool) -> String {
        let end = Instant::now() + PATIENCE;
        let mut parser = self.screen.0.lock().expect("no panic holds it");
        loop {
            let text = parser.screen().contents();
            if good(&text) {
                return text;
            }
            let left = end.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "waited in vain for {what}; the screen:\n{text}");
            parser = self
                .screen
                .1
                .wait_timeout(parser, left.min(Duration::from_millis(200)))
                .expect("no panic holds it")
                .0;
        }
    }

    /// Waits until `words` stand on the screen.
    #[track_caller]
    pub(crate) fn wait_for(&self, words: &str) -> String {
        self.wait(&format!("«{words}»"), |text| text.contains(words))
    }

    /// Presses `keys` now and again until the screen satisfies `good`: a dialog takes no key in its first moments.
    #[track_caller]
    pub(crate) fn press_until(&mut self, keys: &str, what: &str, good: impl Fn(&str) -> bool) {
        let end = Instant::now() + PATIENCE;
        while !self.becomes(Duration::from_millis(500), &good) {
            assert!(
                Instant::now() < end,
                "pressed in vain for {what}; the screen:\n{}",
                self.text()
            );
            self.press(keys);
        }
    }

    /// Whether the screen satisfies `good` within `time`.
    pub(crate) fn becomes(&self, time: Duration, good: &impl Fn(&str) -> bool) -> bool {
        let end = Instant::now() + time;
        let mut parser = self.screen.0.lock().expect("no panic holds it");
        loop {
            if good(&parser.screen().contents()) {
                return true;
            }
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return false;
            }
            parser = self
                .screen
                .1
                .wait_timeout(parser, left)
                .expect("no panic holds it")
                .0;
        }
    }

    /// The process's number.
    pub(crate) fn pid(&self) -> u32 {
        self.child.process_id().expect("it runs")
    }

    /// The numbers of the consoles that the process holds.
    pub(crate) fn held(&self) -> Vec<String> {
        let own = self.pid();
        let told = std::fs::read_to_string(format!("/proc/{own}/task/{own}/children"));
        told.unwrap_or_default()
            .split_whitespace()
            .map(str::to_owned)
            .collect()
    }

    /// Sends a signal to the console itself, behind the process that holds the terminal for it.
    pub(crate) fn signal_console(&self, name: &str) {
        let held = self.held();
        assert!(!held.is_empty(), "nobody holds the terminal");
        let done = std::process::Command::new("kill")
            .arg(format!("-{name}"))
            .args(held)
            .status();
        assert!(done.expect("kill runs").success(), "kill -{name}");
    }

    /// Sends a signal by name, as `kill` would.
    pub(crate) fn signal(&self, name: &str) {
        kill_with(name, &self.pid().to_string());
    }

    /// Sends a signal to all that the terminal holds, as its shell would.
    pub(crate) fn signal_group(&self, name: &str) {
        kill_with(name, &format!("-{}", self.pid()));
    }

    /// Kills it at once, without a chance to tidy up.
    pub(crate) fn kill(mut self) {
        self.signal_console("KILL");
        self.child.wait().expect("it ends");
    }

    /// Waits for its end and gives its exit code.
    #[track_caller]
    pub(crate) fn end(&mut self) -> u32 {
        let end = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().expect("its status") {
                return status.exit_code();
            }
            assert!(
                Instant::now() < end,
                "it does not end; the screen:\n{}",
                self.text()
            );
            std::thread::yield_now();
            std::thread::park_timeout(Duration::from_millis(5));
        }
    }

    /// Waits until everything it wrote has been seen.
    pub(crate) fn finish(&mut self) {
        if let Some(reader) = self.reader.take() {
            reader.join().expect("the reader does not panic");
        }
    }

    /// Whether the terminal is as it was before: its modes, main screen, cursor shown, no mouse, no bracketed paste.
    pub(crate) fn is_restored(&self) -> Result<(), String> {
        let parser = self.screen.0.lock().expect("no panic holds it");
        let screen = parser.screen();
        let faults: Vec<&str> = [
            (screen.alternate_screen(), "alternate screen"),
            (screen.hide_cursor(), "hidden cursor"),
            (screen.bracketed_paste(), "bracketed paste"),
            (screen.application_keypad(), "keypad mode"),
            (
                screen.mouse_protocol_mode() != vt100::MouseProtocolMode::None,
                "mouse",
            ),
            (modes(self.master.as_ref()) != self.modes, "modes"),
        ]
        .into_iter()
        .filter_map(|(left, what)| left.then_some(what))
        .collect();
        if faults.is_empty() {
            Ok(())
        } else {
            Err(faults.join(", "))
        }
    }
}

/// Input, output, control and local modes, and the control characters.
fn modes(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios())
}

fn size_of(cells: u16) -> NonZeroU16 {
    NonZeroU16::new(cells).expect("a terminal has cells")
}

impl Drop for Console {
    fn drop(&mut self) {
        // A test that failed must not leave a console running.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn kill_with(name: &str, whom: &str) {
    let done = std::process::Command::new("kill")
        .args([&format!("-{name}"), "--", whom])
        .status();
    assert!(done.expect("kill runs").success(), "kill -{name}");
}
