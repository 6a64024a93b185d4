//! The terminal's guardian: the process that a person starts holds the terminal and runs the console as its child, so that
//! the terminal is put back also when the console is killed or runs out of memory.
//!
//! Both are in one process group: what the terminal or the shell sends to the group reaches both. What is sent to the
//! guardian alone is passed on. When the guardian is killed, the system tells the console to end.

use crate::cli::args::Cli;
use crate::cli::args::Command;
use crate::cli::place;
use crate::config::check::Outside;
use crate::lang::Lang;
use crate::lang::cli::CliText;
use crate::lang::fill;
use crate::tui::terminal::modes::Modes;
use clap::Parser;
use rustix::process::Pid;
use rustix::process::Signal;
use rustix::process::getppid;
use rustix::process::kill_process;
use std::ffi::OsString;
use std::io;
use std::io::Write;
use std::os::unix::process::CommandExt;
use std::os::unix::process::ExitStatusExt;
use std::process::ExitStatus;
use std::time::Duration;
use tokio::process::Child;
use tokio::signal::unix::SignalKind;
use tokio::signal::unix::signal;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::sync::mpsc::unbounded_channel;

/// The variable by which a console knows that it is held, and by whom.
const HELD: &str = "LOOKOUT_HELD_BY";

/// What is passed on to the console.
const PASSED: [Signal; 6] = [
    Signal::HUP,
    Signal::INT,
    Signal::QUIT,
    Signal::TERM,
    Signal::TSTP,
    Signal::CONT,
];

/// A stop that was sent to the whole group has stopped it by then.
const STOPS: Duration = Duration::from_millis(100);

/// Holds the terminal for the console that the arguments ask for, until it has ended: its exit code. `None` where there is
/// nothing to hold: another command, no terminal, or a console that is held.
pub(super) fn hold(
    arguments: &[OsString],
    (lang, outside): (Lang, &dyn Outside),
    err: &mut dyn Write,
) -> Option<u8> {
    if is_held() || !asks_for_console(arguments) {
        return None;
    }
    let mut modes = Modes::now().ok()?;
    let mut command = std::process::Command::new(std::env::current_exe().ok()?);
    command.args(arguments.iter().skip(1));
    if let Some(name) = arguments.first() {
        command.arg0(name);
    }
    command.env(HELD, std::process::id().to_string());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let status = runtime.ok()?.block_on(async {
        // Begun before anything is listened to: what the person ignores, as `nohup` does, the console ignores as well.
        let child = tokio::process::Command::from(command).spawn().ok()?;
        watch_over(child).await.ok()
    })?;
    modes.put_back();
    if let Some(signal) = status.signal() {
        killed(signal, (lang, outside), err).ok();
    }
    Some(code(status))
}

/// Whether this process is a console that its parent holds; it then ends with its parent.
fn is_held() -> bool {
    let Some(holder) = std::env::var(HELD)
        .ok()
        .and_then(|holder| holder.parse::<i32>().ok())
    else {
        return false;
    };
    let is_parent = || getppid().is_some_and(|parent| parent.as_raw_nonzero().get() == holder);
    if !is_parent() {
        return false;
    }
    rustix::process::set_parent_process_death_signal(Some(Signal::TERM)).ok();
    // A holder that was killed just before that is seen by the terminal's end alone.
    true
}

fn asks_for_console(arguments: &[OsString]) -> bool {
    Cli::try_parse_from(arguments)
        .is_ok_and(|cli| !cli.common.version && matches!(cli.command, None | Some(Command::Watch)))
}

/// Passes signals on until the console has ended.
async fn watch_over(mut child: Child) -> io::Result<ExitStatus> {
    let pid = child.id().and_then(|id| Pid::from_raw(id.cast_signed()));
    let Ok(mut heard) = listen() else {
        return child.wait().await;
    };
    let mut stopping = false;
    loop {
        tokio::select! {
            biased;
            ended = child.wait() => return ended,
            Some(signal) = heard.recv() => {
                stopping = signal == Signal::TSTP;
                let Some(pid) = pid.filter(|pid| !stopping && (signal != Signal::CONT || is_stopped(*pid))) else {
                    continue;
                };
                kill_process(pid, signal).ok();
            }
            () = tokio::time::sleep(STOPS), if stopping => {
                stopping = false;
                if let Some(pid) = pid {
                    kill_process(pid, Signal::TSTP).ok();
                }
            }
        }
    }
}

/// The signals that are passed on, as they come.
fn listen() -> io::Result<UnboundedReceiver<Signal>> {
    let (tell, heard) = unbounded_channel();
    for passed in PASSED {
        let mut own = signal(SignalKind::from_raw(passed.as_raw()))?;
        let tell = tell.clone();
        tokio::spawn(async move { while own.recv().await.is_some() && tell.send(passed).is_ok() {} });
    }
    Ok(heard)
}

/// Whether a process is stopped: one that runs has been told to go on with its group.
fn is_stopped(pid: Pid) -> bool {
    let file = format!("/proc/{}/stat", pid.as_raw_nonzero());
    let known = std::fs::read_to_string(file).unwrap_or_default();
    known
        .rsplit_once(") ")
        .is_some_and(|(_, rest)| rest.starts_with('T'))
}

/// What became of the console, in the person's language, where the screen stood.
fn killed(signal: i32, (lang, outside): (Lang, &dyn Outside), err: &mut dyn Write) -> io::Result<()> {
    let folder = place::state_folder(outside, lang).ok();
    let folder = folder
        .map(|folder| folder.display().to_string())
        .unwrap_or_default();
    let values: [(&str, &dyn std::fmt::Display); 2] = [("n", &signal), ("path", &folder)];
    writeln!(err, "{}", fill(CliText::Killed.text(lang), &values))
}

/// As a shell tells it: 128 and the signal.
fn code(status: ExitStatus) -> u8 {
    let by_signal = status.signal().map(|signal| 128 + signal);
    let code = status.code().or(by_signal).unwrap_or(1);
    u8::try_from(code).unwrap_or(u8::MAX)
}
