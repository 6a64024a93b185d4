//! What the witness reads back in the ledger when something is not as it must be.

use crate::store::locked;
use crate::world::World;
use lookout::store::chain::Written;

/// What the ledger says of one stream.
pub(crate) fn told(world: &World<'_>, stream: &str) -> String {
    let disk = locked(&world.ground.disk);
    let rows = disk.rows.iter().filter(|row| row.stream == stream);
    let line = |row: &Written| {
        format!(
            "\n    {} {:?} {:?} {} {}",
            row.entry.seq, row.entry.at, row.entry.by, row.stored.kind, row.stored.json
        )
    };
    rows.map(line).collect()
}
