//! `lookout alarms`: every alarm that is not normal, in the order people read them.

use crate::cli::list::List;
use crate::domain::alarm::Alarm;
use crate::domain::id::CaseId;
use crate::domain::id::PointId;
use crate::domain::id::SourceId;
use crate::domain::id::TownshipId;
use crate::domain::ledger::State;
use crate::domain::time::Moment;
use crate::domain::time::Zone;
use crate::lang::Lang;
use crate::lang::cli::CliText;
use serde_json::Value;
use serde_json::json;

/// The fields of a row.
const FIELDS: &[&str] = &[
    "id",
    "code",
    "severity",
    "state",
    "title",
    "source",
    "point",
    "township",
    "raised",
    "first_seen",
    "returned",
    "occurrences",
    "acknowledged_by",
    "case",
    "version",
];

/// The list.
pub fn list(state: &State, zone: Zone, lang: Lang) -> List {
    let alarms = state.ranks.iter().filter_map(|rank| state.alarms.get(&rank.3));
    let column = |field, text: CliText| (field, text.text(lang));
    List {
        fields: FIELDS,
        columns: vec![
            column("severity", CliText::ColumnSeverity),
            column("state", CliText::ColumnState),
            column("raised", CliText::ColumnRaised),
            column("code", CliText::ColumnCode),
            column("township", CliText::ColumnTownship),
            column("title", CliText::ColumnTitle),
            column("case", CliText::ColumnCase),
        ],
        rows: alarms.map(|alarm| row(alarm, zone)).collect(),
    }
}

fn row(alarm: &Alarm, zone: Zone) -> Vec<Value> {
    let time = |at: Moment| at.rfc3339(zone);
    let cause = &alarm.cause;
    vec![
        json!(alarm.id.as_str()),
        json!(cause.code.as_str()),
        json!(cause.severity.key()),
        json!(alarm.state().key()),
        json!(cause.title.as_str()),
        json!(cause.source.as_ref().map(SourceId::as_str)),
        json!(cause.point.as_ref().map(PointId::as_str)),
        json!(cause.township.as_ref().map(TownshipId::as_str)),
        json!(time(alarm.raised)),
        json!(time(alarm.first_seen)),
        json!(alarm.returned.map(time)),
        json!(alarm.occurrences),
        json!(alarm.ack.as_ref().map(|ack| ack.by.as_str())),
        json!(alarm.case.as_ref().map(CaseId::as_str)),
        json!(alarm.version),
    ]
}
