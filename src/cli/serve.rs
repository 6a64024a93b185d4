//! `lookout serve`: collects without a screen, until it is told to stop.

use crate::cli::Stage;
use crate::cli::common::Common;
use crate::cli::exit::Exit;
use crate::cli::fault::Fault;
use crate::cli::reload;
use crate::cli::room;
use crate::lang::cli::CliText;
use crate::lang::fill;
use tokio::signal::unix::SignalKind;
use tokio::signal::unix::signal;

/// Collects until SIGINT or SIGTERM.
///
/// # Errors
/// The configuration or the ledger cannot be used.
pub fn run(common: &Common, stage: &mut Stage<'_>) -> Result<Exit, Fault> {
    let runtime = room::runtime(stage.lang)?;
    runtime.block_on(async {
        let opened = room::start(common, stage).await?;
        reload::watch(&opened, common, stage.lang);
        let words = fill(
            CliText::Collecting.text(stage.lang),
            &[("path", &opened.file.display())],
        );
        writeln!(stage.out, "{words}")?;
        stage.out.flush()?;
        let ended = told().await?;
        opened.running.stop();
        Ok(ended)
    })
}

/// Waits to be told.
async fn told() -> Result<Exit, Fault> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(tokio::select! {
        _ = interrupt.recv() => Exit::Interrupted,
        _ = terminate.recv() => Exit::Good,
    })
}
