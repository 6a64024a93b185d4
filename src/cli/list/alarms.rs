//! `lookout alarms`: every alarm that is not normal, in the order people read them.

use crate::cli::list::{List, ListRow, Told};
use crate::domain::alarm::Alarm;
use crate::domain::id::{CaseId, PointId, SourceId, TownshipId};
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::lang::cli::CliText;
use crate::tui::part::fields;
use crate::tui::view::RowId;
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
    "point_name",
    "township",
    "township_name",
    "area",
    "severity_words",
    "picture",
    "raised",
    "first_seen",
    "returned",
    "occurrences",
    "acknowledged_by",
    "case",
    "version",
];

/// The list.
pub(super) fn list(told: Told<'_>) -> List {
    let (state, lang) = (&told.board.state, told.lang);
    let alarms = state.ranks.iter().filter_map(|rank| state.alarms.get(&rank.3));
    let column = |field, text: CliText| (field, text.text(lang));
    List {
        fields: FIELDS,
        asks: fields::FIELDS,
        columns: vec![
            column("severity", CliText::ColumnSeverity),
            column("state", CliText::ColumnState),
            column("raised", CliText::ColumnRaised),
            column("code", CliText::ColumnCode),
            column("township_name", CliText::ColumnTownship),
            column("title", CliText::ColumnTitle),
            column("case", CliText::ColumnCase),
        ],
        rows: alarms.map(|alarm| row(alarm, told)).collect(),
    }
}

/// A text that is there; the upstream's own words are where no table knows them.
fn words(words: &Clean) -> Option<&str> {
    (!words.is_empty()).then(|| words.as_str())
}

fn row(alarm: &Alarm, told: Told<'_>) -> ListRow {
    let time = |at: Moment| told.time(at);
    let cause = &alarm.cause;
    let values = vec![
        json!(alarm.id.as_str()),
        json!(cause.code.as_str()),
        json!(cause.severity.key()),
        json!(alarm.state().key()),
        json!(cause.title.as_str()),
        json!(cause.source.as_ref().map(SourceId::as_str)),
        json!(cause.point.as_ref().map(PointId::as_str)),
        json!(told.point(cause.point.as_ref())),
        json!(cause.township.as_ref().map(TownshipId::as_str)),
        json!(told.township(cause.township.as_ref())),
        json!(words(&cause.area)),
        json!(words(&cause.severity_words)),
        json!(words(&cause.picture)),
        json!(time(alarm.raised)),
        json!(time(alarm.first_seen)),
        json!(alarm.returned.map(time)),
        json!(alarm.occurrences),
        json!(alarm.ack.as_ref().map(|ack| ack.by.as_str())),
        json!(alarm.case.as_ref().map(CaseId::as_str)),
        json!(alarm.version),
    ];
    ListRow {
        of: RowId::Alarm(alarm.id.clone()),
        since: None,
        values,
    }
}
