//! `lookout serve`: collects without a screen, until it is told to stop or its desk ends.

use crate::cli::common::Common;
use crate::cli::exit::Exit;
use crate::cli::fault::Fault;
use crate::cli::room::Writes;
use crate::cli::{Io, reload, room};
use crate::desk::board::Board;
use crate::desk::run::Running;
use crate::lang::cli::CliText;
use crate::lang::{Lang, fill};
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch::Receiver;

/// Collects until SIGINT or SIGTERM.
///
/// # Errors
/// The configuration or the ledger cannot be used, or the desk has ended by itself.
pub fn run(common: &Common, stage: &mut Io<'_>) -> Result<Exit, Fault> {
    let runtime = room::runtime(stage.lang)?;
    let ended = runtime.block_on(async {
        let mut opened = room::start(common, stage, Writes::Must).await?;
        if let Some(words) = &opened.unlogged {
            writeln!(stage.err, "{words}")?;
        }
        reload::watch(&mut opened, common, stage.lang, None);
        let lang = stage.lang;
        let says = announce(
            opened.running.board.clone(),
            &opened.file,
            (&mut *stage.out, lang),
        );
        tokio::select! {
            ended = until(opened.running, lang) => ended,
            failed = says => Err(failed.into()),
        }
    });
    // A poll that still waits for its upstream must not keep the supervisor waiting.
    runtime.shutdown_background();
    ended
}

/// Says who collects, and again whenever that changes. Comes back only where it cannot be said at the start: later nobody
/// need listen any more.
async fn announce(
    mut board: Receiver<Arc<Board>>,
    file: &Path,
    (out, lang): (&mut dyn Write, Lang),
) -> std::io::Error {
    let mut said = None;
    loop {
        let words = collector(&board.borrow_and_update(), file, lang);
        if let Some(words) = words.filter(|words| said.as_ref() != Some(words)) {
            if let Err(error) = writeln!(out, "{words}").and_then(|()| out.flush()) {
                if said.is_none() {
                    return error;
                }
                tracing::warn!(%error, "who collects could not be said");
            }
            said = Some(words);
        }
        if board.changed().await.is_err() {
            // The desk has ended; whoever waits for that says so.
            std::future::pending::<()>().await;
        }
    }
}

/// Who collects, once that is known.
fn collector(board: &Board, file: &Path, lang: Lang) -> Option<String> {
    let text = match (board.collects, board.collector.is_empty()) {
        (true, _) => CliText::Collecting,
        (false, false) => CliText::StandingBy,
        (false, true) => return None,
    };
    let values: &[(&str, &dyn std::fmt::Display)] = &[("path", &file.display()), ("who", &board.collector)];
    Some(fill(text.text(lang), values))
}

/// Until it is told to stop, or the desk has ended: then nothing is collected any more, and whoever supervises the
/// process must learn of it at once.
async fn until(running: Running, lang: Lang) -> Result<Exit, Fault> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let mut hangup = signal(SignalKind::hangup())?;
    let mut quit = signal(SignalKind::quit())?;
    let told = tokio::select! {
        _ = interrupt.recv() => Some(Exit::Interrupted),
        _ = terminate.recv() => Some(Exit::Good),
        _ = hangup.recv() => Some(Exit::Good),
        _ = quit.recv() => Some(Exit::Good),
        () = running.ended() => None,
    };
    match (told, running.stop()) {
        (Some(exit), true) => Ok(exit),
        (Some(_), false) | (None, _) => Err(no_desk(lang)),
    }
}

/// The desk has ended and nobody told it to.
pub(super) fn no_desk(lang: Lang) -> Fault {
    let mut fault = Fault::new(Exit::Outside, CliText::NoDesk.text(lang));
    fault.hints.push(CliText::SeeLog.text(lang).to_owned());
    fault
}

#[cfg(test)]
mod tests;
