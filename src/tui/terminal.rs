//! The local terminal: raw mode, the other screen, bytes in and out, and leaving it as it was found.
//!
//! The only user of crossterm and of terminal calls. Reading and writing are threads of their own, so that a terminal
//! that hangs or vanishes blocks neither the seat nor the way out. Called by `run`; an SSH channel takes its place.

pub mod modes;

use rustix::process::{Signal, kill_current_process_group};
use rustix::termios::{QueueSelector, tcflush};
use std::fs::{File, OpenOptions};
use std::io;
use std::io::{Read, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::Duration;
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::watch;

/// Keeps the title, changes to the other screen, hides the cursor, asks for pastes to be marked.
const ENTER: &[u8] = b"\x1b[22;0t\x1b[?1049h\x1b[?25l\x1b[?2004h";
/// Undoes all of it, and whatever a frame that was cut short left on.
const LEAVE: &[u8] = b"\x1b[?2026l\x1b[0m\x1b[?1006l\x1b[?1000l\x1b[?2004l\x1b[?25h\x1b[?1049l\x1b[23;0t";
/// How long leaving waits for a terminal that does not take bytes.
const PATIENCE: Duration = Duration::from_millis(120);

/// What comes from the terminal.
#[derive(Debug)]
pub enum FromTerminal {
    /// Bytes as they came.
    Bytes(Vec<u8>),
    /// It is gone.
    Gone,
}

/// The process's own terminal, entered.
pub struct Terminal {
    tty: File,
    out: Sender<Vec<u8>>,
    /// Runs handed to the writer.
    sent: u64,
    /// Runs that the terminal has taken.
    taken: watch::Receiver<u64>,
    /// A word for each of them, for who waits without a runtime.
    done: Receiver<()>,
    inside: Arc<AtomicBool>,
}

impl Terminal {
    /// Opens `/dev/tty`, enters it, and begins to read. A panic anywhere restores it before it prints.
    ///
    /// # Errors
    /// There is no terminal, or it does not know raw mode.
    pub fn enter(input: UnboundedSender<FromTerminal>) -> io::Result<Self> {
        let tty = OpenOptions::new().read(true).write(true).open("/dev/tty")?;
        let (out, frames) = std::sync::mpsc::channel::<Vec<u8>>();
        let (finished, done) = std::sync::mpsc::channel();
        let (taking, taken) = watch::channel(0);
        let reading = tty.try_clone()?;
        let writing = tty.try_clone()?;
        std::thread::Builder::new()
            .name("keys".into())
            .spawn(move || read(reading, &input))?;
        std::thread::Builder::new()
            .name("frames".into())
            .spawn(move || write(writing, &frames, &taking, &finished))?;
        let inside = Arc::new(AtomicBool::new(false));
        let mut terminal = Self {
            tty,
            out,
            sent: 0,
            taken,
            done,
            inside,
        };
        terminal.resume()?;
        terminal.restore_on_panic()?;
        Ok(terminal)
    }

    /// Columns and rows; 80 × 24 where it does not say.
    pub fn size() -> (u16, u16) {
        crossterm::terminal::size().unwrap_or((80, 24))
    }

    /// Whether the last frame has been taken: only then the next one is worth drawing.
    pub fn is_idle(&self) -> bool {
        *self.taken.borrow() == self.sent
    }

    /// Changes whenever the terminal has taken something.
    pub fn taken(&self) -> watch::Receiver<u64> {
        self.taken.clone()
    }

    /// Writes bytes in order, without waiting.
    pub fn send(&mut self, bytes: Vec<u8>) {
        // The writer ends only with the terminal, which the reader reports.
        if !bytes.is_empty() && self.out.send(bytes).is_ok() {
            self.sent += 1;
        }
    }

    /// Leaves the terminal and stops the process and all it was started with. This may return before the stop has
    /// taken hold of every thread: who called waits for SIGCONT and then calls [`Terminal::resume`].
    ///
    /// # Errors
    /// The process may not stop itself.
    pub fn suspend(&mut self) -> io::Result<()> {
        self.leave();
        Ok(kill_current_process_group(Signal::STOP)?)
    }

    /// Whether the screen is ours to draw on.
    pub fn is_inside(&self) -> bool {
        self.inside.load(Ordering::SeqCst)
    }

    /// Enters again.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn resume(&mut self) -> io::Result<()> {
        // After a stop from outside the shell has set modes of its own.
        crossterm::terminal::disable_raw_mode()?;
        crossterm::terminal::enable_raw_mode()?;
        self.inside.store(true, Ordering::SeqCst);
        self.send(ENTER.to_vec());
        Ok(())
    }

    /// As it was before; once. A terminal that takes no bytes loses what is queued, not its modes.
    pub fn leave(&mut self) {
        if !self.inside.swap(false, Ordering::SeqCst) {
            return;
        }
        while self.done.try_recv().is_ok() {}
        let waited = self.is_idle();
        self.send(LEAVE.to_vec());
        if !waited || self.settle().is_err() {
            // What nobody has read for so long is thrown away; then the last bytes get through.
            tcflush(&self.tty, QueueSelector::OFlush).ok();
            self.settle().ok();
        }
        crossterm::terminal::disable_raw_mode().ok();
    }

    /// Waits until everything has been written.
    fn settle(&self) -> Result<(), RecvTimeoutError> {
        while !self.is_idle() {
            self.done.recv_timeout(PATIENCE)?;
        }
        Ok(())
    }

    fn restore_on_panic(&self) -> io::Result<()> {
        let mut tty = self.tty.try_clone()?;
        let inside = Arc::clone(&self.inside);
        let before = std::panic::take_hook();
        let tty = std::sync::Mutex::new(move || {
            if inside.swap(false, Ordering::SeqCst) {
                tty.write_all(LEAVE).ok();
                crossterm::terminal::disable_raw_mode().ok();
            }
        });
        std::panic::set_hook(Box::new(move |info| {
            if let Ok(mut restore) = tty.try_lock() {
                restore();
            }
            before(info);
        }));
        Ok(())
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.leave();
    }
}

/// Reads until the terminal is gone. A terminal that vanished reads as nothing or as an error; both end here, so that
/// it costs nothing also where SIGHUP is ignored.
fn read(mut tty: File, input: &UnboundedSender<FromTerminal>) {
    let mut bytes = [0; 4096];
    loop {
        let message = match tty.read(&mut bytes) {
            Ok(0) => FromTerminal::Gone,
            Ok(count) => FromTerminal::Bytes(bytes.iter().take(count).copied().collect()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(_) => FromTerminal::Gone,
        };
        let gone = matches!(message, FromTerminal::Gone);
        if input.send(message).is_err() || gone {
            return;
        }
    }
}

/// Writes in order; counts what the terminal has taken.
fn write(mut tty: File, frames: &Receiver<Vec<u8>>, taken: &watch::Sender<u64>, done: &Sender<()>) {
    while let Ok(bytes) = frames.recv() {
        if tty.write_all(&bytes).is_err() {
            return;
        }
        taken.send_modify(|count| *count += 1);
        done.send(()).ok();
    }
}
