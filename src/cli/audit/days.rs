//! The readings of each day that is over, held against the root that the ledger has of it.

use crate::cli::Io;
use crate::cli::exit::Exit;
use crate::cli::fault::Fault;
use crate::domain::days::{Days, dropped};
use crate::domain::time::Zone;
use crate::lang::chain;
use crate::store::received::Received;
use crate::store::{Ledger, Readings, Sqlite, StoreError};

/// Values looked at at once.
const SOME: usize = 20_000;

/// Looks at every day whose root stands among the entries that are good, and names those that differ.
pub(super) fn look(store: &Sqlite, good: u64, zone: Zone, stage: &mut Io<'_>) -> Result<Exit, Fault> {
    let days = found(store, good).map_err(|error| Fault::store(&error))?;
    for day in &days.differ {
        writeln!(stage.out, "{}", chain::differs(stage.lang, day, 0, zone))?;
    }
    let exit = if days.differ.is_empty() {
        Exit::Good
    } else {
        Exit::Findings
    };
    let others = Days {
        differ: Vec::new(),
        ..days
    };
    let words = chain::days(stage.lang, &others, zone);
    if !words.is_empty() {
        writeln!(stage.out, "{words}")?;
    }
    Ok(exit)
}

fn found(store: &Sqlite, good: u64) -> Result<Days, StoreError> {
    let roots = store.roots(good)?;
    let mut look = Received::of(&roots);
    if roots.is_empty() {
        return Ok(Days::default());
    }
    while store.look_on(&mut look, SOME)? {}
    // What was dropped meanwhile, or behind an entry that does not hold, nobody has removed.
    Ok(look.judge(&roots, dropped(&store.roots(u64::MAX)?)))
}
