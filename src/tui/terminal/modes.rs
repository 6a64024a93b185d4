//! The terminal as it was before a console came, for whoever puts it back when the console could not.

use crate::tui::terminal::LEAVE;
use rustix::fs::OFlags;
use rustix::process::getpgrp;
use rustix::termios::{OptionalActions, QueueSelector, Termios, tcflush, tcgetattr, tcgetpgrp, tcsetattr};
use std::fs::{File, OpenOptions};
use std::io;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;

/// The process's own terminal and its modes.
#[derive(Debug)]
pub struct Modes {
    tty: File,
    modes: Termios,
}

impl Modes {
    /// As they are now.
    ///
    /// # Errors
    /// There is no terminal.
    pub fn now() -> io::Result<Self> {
        // Nobody waits here for a terminal that takes no bytes.
        let flags = OFlags::NONBLOCK.bits().cast_signed();
        let tty = OpenOptions::new()
            .read(true)
            .write(true)
            .custom_flags(flags)
            .open("/dev/tty")?;
        let modes = tcgetattr(&tty)?;
        Ok(Self { tty, modes })
    }

    /// Puts the modes back where a console left others, and the screen with them; both in any case where it had no time
    /// to leave. In the background the terminal is somebody else's.
    pub fn put_back(&mut self, is_cut_short: bool) {
        let is_ours = tcgetpgrp(&self.tty).is_ok_and(|own| own == getpgrp());
        let Some(now) = tcgetattr(&self.tty).ok().filter(|_| is_ours) else {
            return;
        };
        let is_same = now.local_modes == self.modes.local_modes
            && now.input_modes == self.modes.input_modes
            && now.output_modes == self.modes.output_modes;
        if is_same && !is_cut_short {
            return;
        }
        // What the console still had to say is of no use; then the last bytes get through.
        tcflush(&self.tty, QueueSelector::OFlush).ok();
        self.tty.write_all(LEAVE).ok();
        tcsetattr(&self.tty, OptionalActions::Now, &self.modes).ok();
    }
}
