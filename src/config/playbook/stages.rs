//! `[[stage]]`: where a matter stands, what to do there, and by when it must be left.

use crate::bench::check::Check;
use crate::bench::document::At;
use crate::bench::fault::FaultKind;
use crate::config::playbook::limit::RawLimit;
use crate::config::playbook::parts;
use crate::config::playbook::parts::RawWords;
use crate::domain::id::StageId;
use crate::domain::playbook::Stage;
use schemars::JsonSchema;
use serde::Deserialize;

/// `[[stage]]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawStage {
    /// Its key.
    pub id: String,
    /// What it means to the program, where its key does not say so.
    pub means: Option<String>,
    /// What people read.
    pub name: RawWords,
    /// Whether the matter is closed here.
    #[serde(default)]
    pub closed: bool,
    /// By when it must be left.
    pub limit: Option<RawLimit>,
    /// Whom it is told at once that a matter is here.
    #[serde(default)]
    pub tells: Vec<String>,
    /// What to do here, in order.
    #[serde(default)]
    pub checklist: Vec<RawWords>,
}

/// Every `[[stage]]`.
pub(super) fn stages(check: &mut Check<'_>) -> Vec<Stage> {
    let rows: Vec<(At, RawStage)> = check.list("stage");
    check.unique("id", check.ids("stage"));
    rows.iter().map(|(at, row)| stage(check, at, row)).collect()
}

fn stage(check: &mut Check<'_>, at: &At, row: &RawStage) -> Stage {
    check.words(&at.key("id"), &row.id);
    if row.closed && row.limit.is_some() {
        check.fault(&at.key("limit"), FaultKind::Clash("closed".to_owned()));
    }
    let mut checklist = Vec::new();
    for (n, words) in row.checklist.iter().enumerate() {
        checklist.push(words.check(check, &at.key("checklist").nth(n)));
    }
    Stage {
        id: StageId::new(&row.id),
        means: row.means.as_deref().map(StageId::new),
        words: row.name.check(check, &at.key("name")),
        closed: row.closed,
        limit: row
            .limit
            .as_ref()
            .and_then(|limit| limit.check(check, &at.key("limit"))),
        tells: parts::roles(check, &at.key("tells"), &row.tells),
        checklist,
    }
}
