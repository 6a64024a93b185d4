//! `lookout audit verify`: recomputes the whole chain and names the first entry that does not fit.

use crate::cli::Stage;
use crate::cli::common::Common;
use crate::cli::exit::Exit;
use crate::cli::fault::Fault;
use crate::cli::open;
use crate::cli::progress::Progress;
use crate::domain::text::hex;
use crate::lang::cli::CliText;
use crate::lang::fill;
use crate::store::Audit;
use crate::store::Ledger;

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
