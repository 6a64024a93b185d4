//! The parts of a playbook file: words, distances, stages with their limits, moves with what they ask.

use crate::config::check::Check;
use crate::config::document::At;
use crate::config::fault::FaultKind;
use crate::domain::id::MoveId;
use crate::domain::id::StageId;
use crate::domain::person::ROLES;
use crate::domain::person::Role;
use crate::domain::playbook::ANSWERS;
use crate::domain::playbook::Limit;
use crate::domain::playbook::Move;
use crate::domain::playbook::NEEDS;
use crate::domain::playbook::Near;
use crate::domain::playbook::Need;
use crate::domain::playbook::ORIGINS;
use crate::domain::playbook::Origin;
use crate::domain::playbook::Provenance;
use crate::domain::playbook::Reason;
use crate::domain::playbook::Rung;
use crate::domain::playbook::SINCES;
use crate::domain::playbook::Since;
use crate::domain::playbook::Stage;
use crate::domain::playbook::Words;
use crate::domain::text::Clean;
use crate::domain::time::Span;
use schemars::JsonSchema;
use serde::Deserialize;

/// `{ zh = "…", en = "…" }`: words in both languages.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawWords {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// `{ metres = 300, within = "24h" }`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawNear {
    /// Within this distance.
    pub metres: f64,
    /// Within this time.
    pub within: String,
}

/// `[[stage]]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawStage {
    /// Its key.
    pub id: String,
    /// What people read.
    pub name: RawWords,
    /// Whether the matter is closed here.
    #[serde(default)]
    pub closed: bool,
    /// By when it must be left.
    pub limit: Option<RawLimit>,
    /// What to do here, in order.
    #[serde(default)]
    pub checklist: Vec<RawWords>,
}

/// `[stage.limit]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawLimit {
    /// How long: `15m`.
    pub span: String,
    /// Counted from when: `detected` or `entered`.
    pub since: String,
    /// Who says so: `law`, `local` or `default`.
    pub origin: String,
    /// The document, clause or example.
    pub text: RawWords,
    /// Whom a missed limit is brought to, soonest first.
    #[serde(default)]
    pub escalate: Vec<RawRung>,
}

/// `{ role = "leader", after = "5m" }`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawRung {
    /// Whom it is brought to.
    pub role: String,
    /// How long after the limit; `0m` for at once.
    pub after: String,
}

/// `[[move]]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawMove {
    /// Its key.
    pub id: String,
    /// What people read on the action.
    pub name: RawWords,
    /// The stages it leaves.
    pub from: Vec<String>,
    /// The stage it enters; a mere mark where absent.
    pub to: Option<String>,
    /// Who may make it.
    pub roles: Vec<String>,
    /// What must be given: `reason`, `comment`, `unit`, `case`, `photo`.
    #[serde(default)]
    pub needs: Vec<String>,
    /// Reasons to pick from.
    #[serde(default)]
    pub reasons: Vec<RawReason>,
    /// The verdict on the matter that it states: `true`, `false`, `duplicate` …
    pub verdict: Option<String>,
    /// Whether it sends an order to the unit.
    #[serde(default)]
    pub dispatches: bool,
    /// The kind of a unit's answer that makes this step by itself: `received`, `on_scene`, `done`, `returned`.
    pub answer: Option<String>,
    /// Offered only once the stage's limit has passed.
    #[serde(default)]
    pub when_late: bool,
}

/// `{ code = "mist", zh = "…", en = "…" }`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawReason {
    /// Its code in the ledger and in reports.
    pub code: String,
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl RawWords {
    /// Both languages, neither of them empty.
    pub(super) fn check(&self, check: &mut Check<'_>, at: &At) -> Words {
        Words {
            zh: check.words(&at.key("zh"), &self.zh),
            en: check.words(&at.key("en"), &self.en),
        }
    }
}

impl RawNear {
    pub(super) fn check(&self, check: &mut Check<'_>, at: &At) -> Option<Near> {
        Some(Near {
            metres: check.within(&at.key("metres"), self.metres, 1.0, 100_000.0),
            within: check.span(&at.key("within"), &self.within)?,
        })
    }
}

impl RawLimit {
    fn check(&self, check: &mut Check<'_>, at: &At) -> Option<Limit> {
        let span = check.span(&at.key("span"), &self.span);
        let since = by_key(check, &at.key("since"), &self.since, SINCES);
        let origin = by_key(check, &at.key("origin"), &self.origin, ORIGINS);
        let text = self.text.check(check, &at.key("text"));
        let mut escalate = Vec::new();
        for (n, rung) in self.escalate.iter().enumerate() {
            escalate.extend(rung.check(check, &at.key("escalate").nth(n)));
        }
        escalate.sort_by_key(|rung| rung.after);
        Some(Limit {
            span: span?,
            since: since.unwrap_or(Since::Entered),
            provenance: Provenance {
                origin: origin.unwrap_or(Origin::Default),
                text,
            },
            escalate,
        })
    }
}

impl RawRung {
    fn check(&self, check: &mut Check<'_>, at: &At) -> Option<Rung> {
        let role = check.one_of(&at.key("role"), &self.role, &roles_known(), Role::by_key);
        let after = Span::parse(&self.after);
        if after.is_none() {
            check.fault(&at.key("after"), FaultKind::Span(self.after.clone()));
        }
        Some(Rung {
            role: role?,
            after: after?,
        })
    }
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
        words: row.name.check(check, &at.key("name")),
        closed: row.closed,
        limit: row
            .limit
            .as_ref()
            .and_then(|limit| limit.check(check, &at.key("limit"))),
        checklist,
    }
}

/// Every `[[move]]`, its stages known.
pub(super) fn moves(check: &mut Check<'_>) -> Vec<Move> {
    let rows: Vec<(At, RawMove)> = check.list("move");
    check.unique("id", check.ids("move"));
    let stages: Vec<&str> = check.ids("stage").into_iter().map(|(_, id)| id).collect();
    rows.iter()
        .map(|(at, row)| step(check, at, row, &stages))
        .collect()
}

fn step(check: &mut Check<'_>, at: &At, row: &RawMove, stages: &[&str]) -> Move {
    check.words(&at.key("id"), &row.id);
    let stage = |check: &mut Check<'_>, at: &At, text: &str| {
        if !stages.contains(&text) {
            check.unknown(at, text, stages);
        }
        StageId::new(text)
    };
    let from = each(check, &at.key("from"), &row.from, stage);
    let to = row.to.as_ref().map(|to| stage(check, &at.key("to"), to));
    let role =
        |check: &mut Check<'_>, at: &At, text: &str| check.one_of(at, text, &roles_known(), Role::by_key);
    let roles = each(check, &at.key("roles"), &row.roles, role);
    for (key, empty) in [("from", row.from.is_empty()), ("roles", row.roles.is_empty())] {
        if empty {
            check.fault(&at.key(key), FaultKind::Empty);
        }
    }
    let need = |check: &mut Check<'_>, at: &At, text: &str| by_key(check, at, text, NEEDS);
    let needs: Vec<Need> = each(check, &at.key("needs"), &row.needs, need)
        .into_iter()
        .flatten()
        .collect();
    check_needs(check, at, row, &needs);
    Move {
        id: MoveId::new(&row.id),
        words: row.name.check(check, &at.key("name")),
        from,
        to,
        roles: roles.into_iter().flatten().collect(),
        needs,
        reasons: reasons(check, &at.key("reasons"), &row.reasons),
        verdict: row
            .verdict
            .as_ref()
            .map(|text| check.words(&at.key("verdict"), text)),
        dispatches: row.dispatches,
        answer: answer(check, &at.key("answer"), row.answer.as_deref()),
        when_late: row.when_late,
    }
}

/// What a move does and what it asks go together.
fn check_needs(check: &mut Check<'_>, at: &At, row: &RawMove, needs: &[Need]) {
    if row.dispatches && !needs.contains(&Need::Unit) {
        check.fault(
            &at.key("dispatches"),
            FaultKind::Wants("needs = [\"unit\"]".to_owned()),
        );
    }
    if needs.contains(&Need::Reason) && row.reasons.is_empty() {
        check.fault(&at.key("reasons"), FaultKind::Missing);
    }
    if !row.reasons.is_empty() && !needs.contains(&Need::Reason) {
        check.fault(
            &at.key("reasons"),
            FaultKind::Wants("needs = [\"reason\"]".to_owned()),
        );
    }
}

fn answer(check: &mut Check<'_>, at: &At, text: Option<&str>) -> Option<Clean> {
    let known = |text: &str| ANSWERS.contains(&text).then(|| Clean::new(text));
    check.one_of(at, text?, ANSWERS, known)
}

fn reasons(check: &mut Check<'_>, at: &At, rows: &[RawReason]) -> Vec<Reason> {
    check.unique(
        "code",
        rows.iter()
            .enumerate()
            .map(|(n, row)| (at.nth(n), row.code.as_str())),
    );
    let mut reasons = Vec::new();
    for (n, row) in rows.iter().enumerate() {
        let at = at.nth(n);
        reasons.push(Reason {
            code: check.words(&at.key("code"), &row.code),
            words: Words {
                zh: check.words(&at.key("zh"), &row.zh),
                en: check.words(&at.key("en"), &row.en),
            },
        });
    }
    reasons
}

fn each<T>(
    check: &mut Check<'_>,
    at: &At,
    texts: &[String],
    read: impl Fn(&mut Check<'_>, &At, &str) -> T,
) -> Vec<T> {
    let texts = texts.iter().enumerate();
    texts.map(|(n, text)| read(check, &at.nth(n), text)).collect()
}

/// The value of a table of keys.
fn by_key<T: Copy>(check: &mut Check<'_>, at: &At, text: &str, table: &[(T, &str)]) -> Option<T> {
    let known: Vec<&str> = table.iter().map(|row| row.1).collect();
    let find = |text: &str| table.iter().find(|row| row.1 == text).map(|row| row.0);
    check.one_of(at, text, &known, find)
}

fn roles_known() -> Vec<&'static str> {
    ROLES.iter().map(|row| row.1).collect()
}
