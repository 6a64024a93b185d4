//! The terminal's guardian: the process that a person starts holds the terminal and runs the console as its child, so that
//! the terminal is put back also when the console is killed or runs out of memory.
//!
//! Both are in one process group: what the terminal or the shell sends to the group reaches both. What is sent to the
//! guardian alone is passed on. When the guardian is killed, the system tells the console to end.

use crate::bench::check::Outside;
use crate::cli::args::{Cli, CliCommand};
use crate::cli::exit::{BY_SIGNAL, Exit};
use crate::cli::fault::Fault;
use crate::cli::{Io, place};
use crate::lang::cli::CliText;
use crate::lang::{Lang, fill};
use crate::tui::terminal::modes::Modes;
use rustix::process::{Pid, Signal, getppid, kill_process};
use std::ffi::OsString;
use std::io;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::ExitStatus;
use std::task::Poll;
use std::time::Duration;
use tokio::process::Child;
use tokio::signal::unix::{SignalKind, signal};

/// The variable by which a console knows that it is held, and by whom.
const HELD: &str = "LOOKOUT_HELD_BY";

/// What is passed on to the console; a stop before the word to go on, which undoes it.
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

/// Holds the terminal for the console that was asked for by these arguments, until it has ended: its exit code. `None` where
/// there is nothing to hold: another command, no terminal, or a console that is held.
pub(super) fn hold(cli: &Cli, arguments: &[OsString], stage: &mut Io<'_>) -> Option<u8> {
    if !matches!(cli.command, None | Some(CliCommand::Watch)) {
        return None;
    }
    if let Some(holder) = holder() {
        return (!is_held_by(holder)).then(|| Exit::Terminated.code());
    }
    let mut modes = Modes::now().ok()?;
    let mut command = std::process::Command::new(std::env::current_exe().ok()?);
    command.args(arguments.iter().skip(1));
    if let Some(name) = arguments.first() {
        command.arg0(name);
    }
    command.env(HELD, std::process::id().to_string());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let ended = runtime.ok()?.block_on(async {
        // Where whoever began this ignores the end of children, the system would not keep how the console ended.
        let _ended = signal(SignalKind::child()).ok();
        let child = tokio::process::Command::from(command).spawn().ok()?;
        Some(watch_over(child).await.ok())
    })?;
    let by = ended.and_then(|ended| ended.signal());
    // One that ended by itself has left the screen.
    modes.put_back(by.is_some() || ended.is_none());
    if let Some(signal) = by {
        let lang = stage.lang;
        killed(signal, (lang, stage.outside)).write(stage.err, lang).ok();
    }
    Some(code(ended))
}

/// The process that holds this console's terminal, where one does.
fn holder() -> Option<i32> {
    std::env::var(HELD).ok()?.parse().ok()
}

/// Whether that process lives: this one ends with it from now on.
fn is_held_by(holder: i32) -> bool {
    // Asked for before it is looked, so that no end of the holder falls between the two.
    rustix::process::set_parent_process_death_signal(Some(Signal::TERM)).ok();
    getppid().is_some_and(|parent| parent.as_raw_nonzero().get() == holder)
}

/// Passes signals on until the console has ended.
async fn watch_over(mut child: Child) -> io::Result<ExitStatus> {
    let pid = child.id().and_then(|id| Pid::from_raw(id.cast_signed()));
    let Ok(mut heard) = Heard::listen() else {
        return child.wait().await;
    };
    let mut stopping = false;
    loop {
        tokio::select! {
            biased;
            ended = child.wait() => return ended,
            signal = heard.next() => {
                stopping = signal == Signal::TSTP;
                let Some(pid) = pid.filter(|pid| !stopping && (signal != Signal::CONT || is_stopped(*pid))) else {
                    continue;
                };
                kill_process(pid, signal).ok();
            }
            () = stop_is_due(), if stopping => {
                stopping = false;
                if let Some(pid) = pid {
                    kill_process(pid, Signal::TSTP).ok();
                }
            }
        }
    }
}

/// The time in which a stop of the whole group stops this process too. Where it did, that it was told to go on is heard
/// before this is over.
async fn stop_is_due() {
    tokio::time::sleep(STOPS).await;
    // The signals that came meanwhile are taken in here.
    tokio::task::yield_now().await;
}

/// The signals that are passed on, as they come.
struct Heard(Vec<(Signal, tokio::signal::unix::Signal)>);

impl Heard {
    fn listen() -> io::Result<Self> {
        let own = |passed: Signal| Ok((passed, signal(SignalKind::from_raw(passed.as_raw()))?));
        PASSED.into_iter().map(own).collect::<io::Result<_>>().map(Self)
    }

    async fn next(&mut self) -> Signal {
        std::future::poll_fn(|cx| {
            let mut own = self.0.iter_mut();
            let came = own.find_map(|(passed, signal)| signal.poll_recv(cx).is_ready().then_some(*passed));
            came.map_or(Poll::Pending, Poll::Ready)
        })
        .await
    }
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
fn killed(signal: i32, (lang, outside): (Lang, &dyn Outside)) -> Fault {
    let mut fault = Fault::new(Exit::Outside, fill(CliText::Killed.text(lang), &[("n", &signal)]));
    if let Ok(folder) = place::state_folder(outside, lang) {
        let path = folder.display();
        fault
            .hints
            .push(fill(CliText::LogIn.text(lang), &[("path", &path)]));
    }
    fault
}

/// As a shell tells it: 128 and the signal.
fn code(ended: Option<ExitStatus>) -> u8 {
    let by_signal = |ended: ExitStatus| ended.signal().map(|signal| BY_SIGNAL + signal);
    let code = ended.and_then(|ended| ended.code().or_else(|| by_signal(ended)));
    code.map_or(Exit::Outside.code(), |code| u8::try_from(code).unwrap_or(u8::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::check::tests::Given;

    #[test]
    fn where_there_is_no_state_folder_no_log_is_named() {
        let said = |variables: &[(&'static str, &'static str)]| {
            let world = Given {
                variables: variables.to_vec(),
                ..Given::default()
            };
            let mut err = Vec::new();
            let fault = killed(9, (Lang::En, &world));
            fault.write(&mut err, Lang::En).expect("in memory");
            String::from_utf8(err).expect("text")
        };
        assert!(said(&[("HOME", "/h")]).contains("the log is in /h/.local/state/lookout"));
        let without = said(&[]);
        assert!(
            without.contains("signal 9") && !without.contains("log"),
            "{without}"
        );
    }
}
