//! `lookout serve`: collects without a screen, until it is told to stop or its desk ends.

use crate::cli::Stage;
use crate::cli::common::Common;
use crate::cli::exit::Exit;
use crate::cli::fault::Fault;
use crate::cli::reload;
use crate::cli::room;
use crate::cli::room::Writes;
use crate::desk::run::Running;
use crate::lang::Lang;
use crate::lang::cli::CliText;
use crate::lang::fill;
use tokio::signal::unix::SignalKind;
use tokio::signal::unix::signal;

/// Collects until SIGINT or SIGTERM.
///
/// # Errors
/// The configuration or the ledger cannot be used, or the desk has ended by itself.
pub fn run(common: &Common, stage: &mut Stage<'_>) -> Result<Exit, Fault> {
    let runtime = room::runtime(stage.lang)?;
    let ended = runtime.block_on(async {
        let mut opened = room::start(common, stage, Writes::Must).await?;
        reload::watch(&mut opened, common, stage.lang, None);
        let words = fill(
            CliText::Collecting.text(stage.lang),
            &[("path", &opened.file.display())],
        );
        writeln!(stage.out, "{words}")?;
        stage.out.flush()?;
        until(opened.running, stage.lang).await
    });
    // A poll that still waits for its upstream must not keep the supervisor waiting.
    runtime.shutdown_background();
    ended
}

/// Until it is told to stop, or the desk has ended: then nothing is collected any more, and whoever supervises the
/// process must learn of it at once.
async fn until(running: Running, lang: Lang) -> Result<Exit, Fault> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let told = tokio::select! {
        _ = interrupt.recv() => Some(Exit::Interrupted),
        _ = terminate.recv() => Some(Exit::Good),
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
