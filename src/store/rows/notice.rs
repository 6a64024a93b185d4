//! Notices as a snapshot keeps them: one line of JSON each.

use crate::domain::fact::notice::Telling;
use crate::domain::fact::pool::{Pool, Pooled};
use crate::domain::id::{ChannelId, NoticeId, OperatorId};
use crate::domain::notice::{Notice, Tried, Unsent};
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Span};
use crate::store::rows::whole;
use serde::{Deserialize, Serialize};

#[derive(Debug, Serialize, Deserialize)]
struct Row {
    id: NoticeId,
    telling: Telling,
    told: Moment,
    since: Moment,
    stepped: Span,
    #[serde(skip_serializing_if = "Option::is_none")]
    tried: Option<TriedRow>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seen: Option<(OperatorId, Moment)>,
    version: u32,
}

#[derive(Debug, Serialize, Deserialize)]
struct TriedRow {
    at: Moment,
    channel: ChannelId,
    came: Result<Clean, (Clean, Option<Moment>)>,
}

/// Writes a notice as one line.
pub(in crate::store) fn write_notice(notice: &Notice, out: &mut Vec<u8>) {
    let tried = |Tried { at, channel, came }: Tried| {
        let came = came.map_err(|Unsent { why, until }| (why, until));
        TriedRow { at, channel, came }
    };
    let row = Row {
        id: notice.id.clone(),
        telling: notice.telling.clone(),
        told: notice.told,
        since: notice.since,
        stepped: notice.stepped,
        tried: notice.tried.clone().map(tried),
        seen: notice.seen.clone(),
        version: notice.version,
    };
    whole::write(&row, out);
}

/// Reads a notice back from its line.
pub(in crate::store) fn read_notice(line: &str, pool: &mut Pool) -> Result<Notice, String> {
    let mut row: Row = whole::read(line)?;
    row.telling.to.share(pool);
    let tried = |TriedRow { at, channel, came }: TriedRow| {
        let came = came.map_err(|(why, until)| Unsent { why, until });
        Tried { at, channel, came }
    };
    Ok(Notice {
        id: row.id,
        telling: row.telling,
        told: row.told,
        since: row.since,
        stepped: row.stepped,
        tried: row.tried.map(tried),
        seen: row.seen,
        version: row.version,
    })
}
