//! `lookout audit verify`: recomputes the whole chain and names the first entry that does not fit.

use crate::cli::Stage;
use crate::cli::common::Common;
use crate::cli::exit::Exit;
use crate::cli::fault::Fault;
use crate::cli::open;
use crate::lang::cli::CliText;
use crate::lang::fill;
use crate::store::Audit;
use crate::store::Store;
use indicatif::ProgressBar;
use indicatif::ProgressStyle;
use std::fmt::Write as _;
use std::time::Duration;
use std::time::Instant;

/// From when on a person wants to see that something goes on.
const PATIENCE: Duration = Duration::from_secs(1);

/// Verifies the ledger.
///
/// # Errors
/// The ledger cannot be read.
pub fn verify(common: &Common, stage: &mut Stage<'_>) -> Result<Exit, Fault> {
    let config = open::config(common, stage)?;
    let store = open::reader(config.as_ref(), common, stage)?;
    let mut progress = Progress::new();
    let audit = store.verify(&mut |done, total| progress.show(done, total));
    progress.end();
    report(&audit.map_err(|error| Fault::store(&error))?, stage)
}

fn report(audit: &Audit, stage: &mut Stage<'_>) -> Result<Exit, Fault> {
    let lang = stage.lang;
    let head = hex(&audit.head);
    match &audit.broken {
        None => {
            let values: [(&str, &dyn std::fmt::Display); 2] = [("count", &audit.good), ("head", &head)];
            writeln!(stage.out, "{}", fill(CliText::AuditGood.text(lang), &values))?;
            Ok(Exit::Good)
        }
        Some((seq, why)) => {
            let values: [(&str, &dyn std::fmt::Display); 3] =
                [("seq", seq), ("why", why), ("count", &audit.good)];
            writeln!(stage.out, "{}", fill(CliText::AuditBroken.text(lang), &values))?;
            Ok(Exit::Findings)
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A bar on standard error, shown only once it has taken a second, and only to a terminal.
struct Progress {
    began: Instant,
    bar: Option<ProgressBar>,
}

impl Progress {
    fn new() -> Self {
        Self {
            began: Instant::now(),
            bar: None,
        }
    }

    fn show(&mut self, done: u64, total: u64) {
        if self.bar.is_none() && self.began.elapsed() < PATIENCE {
            return;
        }
        let bar = self.bar.get_or_insert_with(|| {
            let style = ProgressStyle::with_template("{wide_bar} {pos}/{len}  {eta}");
            ProgressBar::new(total).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
        });
        bar.set_position(done);
    }

    fn end(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}
