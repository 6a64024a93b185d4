//! `lookout audit draws`: every draw of stations in the ledger, drawn again from its seed, list and exclusions.

use crate::cli::common::Common;
use crate::cli::exit::Exit;
use crate::cli::fault::Fault;
use crate::cli::{Io, open};
use crate::domain::fact::Fact;
use crate::domain::fact::room::{Draw, RoomFact};
use crate::domain::ledger::Entry;
use crate::domain::time::{CHINA, Zone};
use crate::lang::cli::CliText;
use crate::lang::fill;
use crate::store::Ledger;

/// Entries read at a time.
const PAGE: usize = 10_000;

/// Draws them all again. Ends with findings where one does not hold.
///
/// # Errors
/// The ledger cannot be read.
pub(super) fn run(common: &Common, stage: &mut Io<'_>) -> Result<Exit, Fault> {
    let config = open::config(common, stage)?;
    let store = open::reader(config.as_ref(), common, stage)?;
    let zone = config.as_ref().map_or(CHINA, |config| config.zone);
    let (mut seq, mut exit) = (0, Exit::Good);
    loop {
        let entries = store.entries(seq, PAGE).map_err(|error| Fault::store(&error))?;
        let Some(last) = entries.last() else {
            return Ok(exit);
        };
        seq = last.seq;
        for (entry, draw) in entries.iter().filter_map(drawn) {
            if !draw.holds() {
                exit = Exit::Findings;
            }
            say(entry, draw, zone, stage)?;
        }
    }
}

fn drawn(entry: &Entry) -> Option<(&Entry, &Draw)> {
    match &entry.fact {
        Fact::Room(RoomFact::Drawn(draw)) => Some((entry, draw)),
        Fact::Room(_) | Fact::Alarm(_) | Fact::Case(_) | Fact::Task(_) | Fact::Notice(_) | Fact::Shift(_) => {
            None
        }
    }
}

fn say(entry: &Entry, draw: &Draw, zone: Zone, stage: &mut Io<'_>) -> Result<(), Fault> {
    let text = if draw.holds() {
        CliText::DrawGood
    } else {
        CliText::DrawBad
    };
    let list = |ids: &mut dyn Iterator<Item = String>| ids.collect::<Vec<_>>().join(" ");
    let stations = list(&mut draw.drawn.iter().map(ToString::to_string));
    let out = list(&mut draw.excluded.iter().map(|(id, why)| format!("{id}={why}")));
    let values: [(&str, &dyn std::fmt::Display); 6] = [
        ("seq", &entry.seq),
        ("at", &entry.at.rfc3339(zone)),
        ("seed", &draw.seed),
        ("all", &draw.among.len()),
        ("drawn", &stations),
        ("out", &out),
    ];
    writeln!(stage.out, "{}", fill(text.text(stage.lang), &values))?;
    Ok(())
}
