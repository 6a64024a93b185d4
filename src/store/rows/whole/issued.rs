//! An issued report as a snapshot keeps it.

use crate::domain::fact::pool::{Pool, Pooled};
use crate::domain::id::OperatorId;
use crate::domain::state::{Issued, ReportKey};
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::store::rows::whole::{actor, name_of, read, write};

/// An issued report: kind, from, until, when, by whom, digest, which correction.
type IssuedRow = (Clean, Moment, Moment, Moment, Option<OperatorId>, Clean, u32);

/// Writes an issued report as one line.
pub(in crate::store) fn write_issued(key: &ReportKey, issued: &Issued, out: &mut Vec<u8>) {
    let row: IssuedRow = (
        key.kind.clone(),
        key.from,
        key.until,
        issued.at,
        name_of(&issued.by),
        issued.digest.clone(),
        issued.correction,
    );
    write(&row, out);
}

/// Reads an issued report back from its line.
pub(in crate::store) fn read_issued(line: &str, pool: &mut Pool) -> Result<(ReportKey, Issued), String> {
    let (mut kind, from, until, at, by, digest, correction): IssuedRow = read(line)?;
    kind.share(pool);
    let by = actor(by, pool);
    let report = ReportKey { kind, from, until };
    Ok((
        report,
        Issued {
            at,
            by,
            digest,
            correction,
        },
    ))
}
