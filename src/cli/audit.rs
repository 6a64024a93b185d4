//! `lookout audit verify`: recomputes the whole chain and names the first entry that does not fit; held against what was
//! written down elsewhere, also what was cut off, written anew or put back.

mod against;
mod days;

use crate::cli::args::Verify;
use crate::cli::audit::against::Against;
use crate::cli::common::Common;
use crate::cli::exit::Exit;
use crate::cli::fault::Fault;
use crate::cli::progress::Progress;
use crate::cli::{Io, open};
use crate::domain::text::hex;
use crate::domain::time::CHINA;
use crate::lang::cli::CliText;
use crate::lang::{fill, ledger};
use crate::store::room_key::RoomKey;
use crate::store::{Audit, Ledger};
use std::fmt::Display;

/// Verifies the ledger.
///
/// # Errors
/// The ledger, or what it is held against, cannot be read.
pub fn verify(args: &Verify, common: &Common, stage: &mut Io<'_>) -> Result<Exit, Fault> {
    let config = open::config(common, stage)?;
    let key = args.key.as_ref().map(|key| key.0.as_slice());
    let against = args
        .against
        .as_deref()
        .map(|named| Against::of(named, key, stage));
    let against = against.transpose()?;
    let store = open::reader(config.as_ref(), common, stage)?;
    let mut progress = Progress::new();
    let audit = store.verify_past(store.marked(), &mut |done, total| progress.show(done, total));
    progress.end();
    let audit = audit.map_err(|error| Fault::store(&error))?;
    let mut exit = report(&audit, stage)?;
    let zone = config.as_ref().map_or(CHINA, |config| config.zone);
    // A ledger whose readings cannot be looked at is held against its anchors all the more.
    let days = days::look(&store, audit.good, zone, stage);
    if let Some(against) = against {
        let held = against.hold(&store, audit.good, stage)?;
        exit = if exit == Exit::Good { held } else { exit };
    }
    let days = days?;
    Ok(if exit == Exit::Good { days } else { exit })
}

/// Shows the public half of the room's key, which is made where there is none; from then on whoever collects signs with it.
///
/// # Errors
/// It can be neither read nor made, or would be made for an account to which the ledger does not belong.
pub fn key(common: &Common, stage: &mut Io<'_>) -> Result<Exit, Fault> {
    let config = open::config(common, stage)?;
    let ledger = open::file(config.as_ref(), common, stage)?;
    let named = config.as_ref().and_then(|config| config.anchoring.key.clone());
    let place = named.unwrap_or_else(|| RoomKey::place(&ledger));
    if let Some(owner) = RoomKey::stranger(&ledger).filter(|_| !place.exists()) {
        let values: [(&str, &dyn Display); 2] = [("path", &ledger.display()), ("owner", &owner)];
        let words = fill(CliText::KeyOfOther.text(stage.lang), &values);
        return Err(Fault::new(Exit::Store, words));
    }
    let key = RoomKey::make(&place).map_err(|error| {
        let values: [(&str, &dyn Display); 2] = [("path", &place.display()), ("why", &error)];
        let words = fill(CliText::KeyUnusable.text(stage.lang), &values);
        Fault::new(Exit::Store, words)
    })?;
    writeln!(stage.out, "{}", hex(&key.public()))?;
    Ok(Exit::Good)
}

fn report(audit: &Audit, stage: &mut Io<'_>) -> Result<Exit, Fault> {
    let lang = stage.lang;
    let head = hex(&audit.head);
    match &audit.broken {
        None if audit.good == 0 => {
            writeln!(stage.out, "{}", CliText::AuditEmpty.text(lang))?;
            Ok(Exit::Findings)
        }
        None => {
            let values: [(&str, &dyn Display); 2] = [("count", &audit.good), ("head", &head)];
            writeln!(stage.out, "{}", fill(CliText::AuditGood.text(lang), &values))?;
            Ok(Exit::Good)
        }
        Some((seq, why)) => {
            let why = ledger::misfit(lang, why);
            let values: [(&str, &dyn Display); 3] = [("seq", seq), ("why", &why), ("count", &audit.good)];
            writeln!(stage.out, "{}", fill(CliText::AuditBroken.text(lang), &values))?;
            Ok(Exit::Findings)
        }
    }
}

#[cfg(test)]
mod tests;
