//! `lookout cases`: the open cases and those closed lately, the newest first.

use crate::cli::list::{List, ListRow, Told};
use crate::domain::case::{Case, clock};
use crate::domain::decide::engine;
use crate::domain::id::{AlarmId, StageId, TaskId, TownshipId, UnitId};
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::lang::cli::CliText;
use crate::lang::domain;
use crate::tui::part::fields;
use crate::tui::view::RowId;
use serde_json::json;

/// The fields of a row.
const FIELDS: &[&str] = &[
    "id",
    "playbook",
    "playbook_name",
    "stage",
    "stage_name",
    "title",
    "township",
    "township_name",
    "unit",
    "unit_name",
    "verdict",
    "reason",
    "detected",
    "entered",
    "lost",
    "late",
    "late_name",
    "due_to",
    "due_to_name",
    "due_to_since",
    "awaits",
    "closed",
    "alarms",
    "tasks",
    "version",
];

/// The list.
pub(super) fn list(told: Told<'_>) -> List {
    let (state, lang) = (&told.board.state, told.lang);
    let mut cases: Vec<&Case> = state.cases.values().collect();
    cases.sort_by_key(|case| std::cmp::Reverse((case.is_open(), case.matter.detected)));
    let column = |field, text: CliText| (field, text.text(lang));
    List {
        fields: FIELDS,
        asks: fields::FIELDS,
        columns: vec![
            column("id", CliText::ColumnCase),
            column("stage_name", CliText::ColumnStage),
            column("detected", CliText::ColumnDetected),
            column("township_name", CliText::ColumnTownship),
            column("unit_name", CliText::ColumnUnit),
            column("late_name", CliText::ColumnLate),
            column("due_to_name", CliText::ColumnDueTo),
            column("title", CliText::ColumnTitle),
        ],
        rows: cases.into_iter().map(|case| row(case, told)).collect(),
    }
}

fn row(case: &Case, told: Told<'_>) -> ListRow {
    let time = |at: Moment| told.time(at);
    let (room, lang) = (&told.board.room, told.lang);
    let own = room.playbooks.iter().find(|own| own.id == case.matter.playbook);
    let playbook = own.map_or(case.matter.playbook.as_str(), |own| lang.of(&own.words));
    let stage = |id: &StageId| {
        let found = own.and_then(|own| own.stage(id));
        found.map_or_else(|| id.to_string(), |stage| lang.of(&stage.words).to_owned())
    };
    let unit = |id: &UnitId| {
        let known = room.directory.unit(id);
        known.map_or_else(|| id.to_string(), |unit| unit.name.to_string())
    };
    let late = clock::late_stage(case, own, told.board.at);
    let due_to = own.and_then(|own| clock::due_to(case, own, told.board.at));
    let alarms: Vec<&str> = case.alarms.iter().map(AlarmId::as_str).collect();
    let tasks: Vec<&str> = case.tasks.iter().map(TaskId::as_str).collect();
    let values = vec![
        json!(case.id.as_str()),
        json!(case.matter.playbook.as_str()),
        json!(playbook),
        json!(case.state.stage.as_str()),
        json!(stage(&case.state.stage)),
        json!(case.matter.title.as_str()),
        json!(case.matter.township.as_ref().map(TownshipId::as_str)),
        json!(told.township(case.matter.township.as_ref())),
        json!(case.state.unit.as_ref().map(UnitId::as_str)),
        json!(case.state.unit.as_ref().map(unit)),
        json!(case.state.verdict.as_ref().map(Clean::as_str)),
        json!(case.state.reason.as_ref().map(Clean::as_str)),
        json!(time(case.matter.detected)),
        json!(time(case.state.entered)),
        json!(clock::is_lost(case, own)),
        json!(late.map(StageId::as_str)),
        json!(late.map(stage)),
        json!(due_to.map(|rung| rung.role.key())),
        json!(due_to.map(|rung| domain::role(lang, rung.role))),
        json!(due_to.map(|rung| time(rung.since))),
        json!(
            own.is_some_and(|own| engine::awaits_photo(case, own, &told.board.state))
                .then_some("photo")
        ),
        json!(case.state.closed.map(time)),
        json!(alarms),
        json!(tasks),
        json!(case.version),
    ];
    ListRow {
        of: RowId::Case(case.id.clone()),
        since: None,
        values,
    }
}
