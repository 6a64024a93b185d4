//! `lookout cases`: the open cases and those closed lately, the newest first.

use crate::cli::list::List;
use crate::domain::case::Case;
use crate::domain::id::AlarmId;
use crate::domain::id::StageId;
use crate::domain::id::TaskId;
use crate::domain::id::TownshipId;
use crate::domain::id::UnitId;
use crate::domain::ledger::State;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::domain::time::Zone;
use crate::lang::Lang;
use crate::lang::cli::CliText;
use serde_json::Value;
use serde_json::json;

/// The fields of a row.
const FIELDS: &[&str] = &[
    "id", "playbook", "stage", "title", "township", "unit", "verdict", "reason", "detected", "entered",
    "late", "closed", "alarms", "tasks", "version",
];

/// The list.
pub fn list(state: &State, zone: Zone, lang: Lang) -> List {
    let mut cases: Vec<&Case> = state.cases.values().collect();
    cases.sort_by_key(|case| std::cmp::Reverse((case.is_open(), case.matter.detected)));
    let column = |field, text: CliText| (field, text.text(lang));
    List {
        fields: FIELDS,
        columns: vec![
            column("id", CliText::ColumnCase),
            column("stage", CliText::ColumnStage),
            column("detected", CliText::ColumnDetected),
            column("township", CliText::ColumnTownship),
            column("unit", CliText::ColumnUnit),
            column("late", CliText::ColumnLate),
            column("title", CliText::ColumnTitle),
        ],
        rows: cases.into_iter().map(|case| row(case, zone)).collect(),
    }
}

fn row(case: &Case, zone: Zone) -> Vec<Value> {
    let time = |at: Moment| at.rfc3339(zone);
    let alarms: Vec<&str> = case.alarms.iter().map(AlarmId::as_str).collect();
    let tasks: Vec<&str> = case.tasks.iter().map(TaskId::as_str).collect();
    vec![
        json!(case.id.as_str()),
        json!(case.matter.playbook.as_str()),
        json!(case.stage.as_str()),
        json!(case.matter.title.as_str()),
        json!(case.matter.township.as_ref().map(TownshipId::as_str)),
        json!(case.unit.as_ref().map(UnitId::as_str)),
        json!(case.verdict.as_ref().map(Clean::as_str)),
        json!(case.reason.as_ref().map(Clean::as_str)),
        json!(time(case.matter.detected)),
        json!(time(case.entered)),
        json!(case.late.as_ref().map(StageId::as_str)),
        json!(case.closed.map(time)),
        json!(alarms),
        json!(tasks),
        json!(case.version),
    ]
}
