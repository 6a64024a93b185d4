//! `[[field]]`: what is written down about a matter, and what the rest of the file says of it.

use crate::bench::check::Check;
use crate::bench::document::At;
use crate::bench::fault::FaultKind;
use crate::config::playbook::parts;
use crate::config::playbook::parts::{RawReason, RawWords};
use crate::domain::id::FieldId;
use crate::domain::playbook::{CaseField, FieldKind, Repeat};
use schemars::JsonSchema;
use serde::Deserialize;
use toml::de::DeTable;

/// The kinds of a field, as the file writes them.
const KINDS: &[&str] = &["text", "number", "day", "choice"];

/// `[[field]]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawField {
    /// Its key.
    pub id: String,
    /// What people read.
    pub name: RawWords,
    /// `text`, `number`, `day` or `choice`.
    pub kind: String,
    /// What may be chosen.
    #[serde(default)]
    pub choices: Vec<RawReason>,
    /// Asked when a case is opened by hand.
    #[serde(default)]
    pub intake: bool,
    /// May not stay empty where it is asked.
    #[serde(default)]
    pub needed: bool,
    /// The choice field whose codes its own begin with, before a dot.
    pub within: Option<String>,
}

/// `{ same = ["kind", "spot"], within = "365d" }`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRepeat {
    /// The fields that are compared.
    pub same: Vec<String>,
    /// Within this time.
    pub within: String,
}

impl RawRepeat {
    pub(super) fn check(&self, check: &mut Check<'_>, at: &At) -> Option<Repeat> {
        if self.same.is_empty() {
            check.fault(&at.key("same"), FaultKind::Empty);
        }
        Some(Repeat {
            same: parts::each(check, &at.key("same"), &self.same, at_intake),
            within: check.span(&at.key("within"), &self.within)?,
        })
    }
}

/// Every `[[field]]`.
pub(super) fn fields(check: &mut Check<'_>) -> Vec<CaseField> {
    let rows: Vec<(At, RawField)> = check.list("field");
    check.unique("id", check.ids("field"));
    rows.iter().map(|(at, row)| field(check, at, row)).collect()
}

fn field(check: &mut Check<'_>, at: &At, row: &RawField) -> CaseField {
    check.words(&at.key("id"), &row.id);
    let chooses = row.kind == "choice";
    if chooses && row.choices.is_empty() {
        check.fault(&at.key("choices"), FaultKind::Missing);
    }
    if !chooses && !row.choices.is_empty() {
        check.fault(
            &at.key("choices"),
            FaultKind::Wants("kind = \"choice\"".to_owned()),
        );
    }
    let choices = parts::reasons(check, &at.key("choices"), &row.choices);
    let kind = check.one_of(&at.key("kind"), &row.kind, KINDS, |kind| match kind {
        "text" => Some(FieldKind::Text),
        "number" => Some(FieldKind::Number),
        "day" => Some(FieldKind::Day),
        "choice" => Some(FieldKind::Choice(choices.clone())),
        _ => None,
    });
    if row.within.is_some() && !chooses {
        check.fault(
            &at.key("within"),
            FaultKind::Wants("kind = \"choice\"".to_owned()),
        );
    }
    let within = row.within.as_ref().map(|area| within(check, at, row, area));
    CaseField {
        id: FieldId::new(&row.id),
        words: row.name.check(check, &at.key("name")),
        kind: kind.unwrap_or(FieldKind::Text),
        intake: row.intake,
        needed: row.needed,
        within,
    }
}

/// Every code begins with one of the other field's codes and a dot.
fn within(check: &mut Check<'_>, at: &At, row: &RawField, area: &str) -> FieldId {
    let field = known(check, &at.key("within"), area);
    let areas = codes(check, area);
    for (n, choice) in row.choices.iter().enumerate() {
        let begins = choice.code.split('.').next().unwrap_or_default();
        if !areas.iter().any(|area| area == begins) {
            let there: Vec<&str> = areas.iter().map(String::as_str).collect();
            check.nothing(&at.key("choices").nth(n).key("code"), begins, &there);
        }
    }
    field
}

/// A field that the file declares.
pub(super) fn known(check: &mut Check<'_>, at: &At, text: &str) -> FieldId {
    let there: Vec<&str> = check.ids("field").into_iter().map(|(_, id)| id).collect();
    if !there.contains(&text) {
        check.nothing(at, text, &there);
    }
    FieldId::new(text)
}

/// A field that the file declares, of kind day.
pub(super) fn day(check: &mut Check<'_>, at: &At, text: &str) -> FieldId {
    let kind = table(check, text).and_then(|table| table.get("kind")?.get_ref().as_str());
    let other = kind.is_some_and(|kind| kind != "day");
    if other {
        check.fault(at, FaultKind::Wants(format!("{text}: kind = \"day\"")));
    }
    known(check, at, text)
}

/// A field that is compared with earlier matters is known when a case is opened.
fn at_intake(check: &mut Check<'_>, at: &At, text: &str) -> FieldId {
    let asks = |table: &DeTable<'_>| table.get("intake").and_then(|v| v.get_ref().as_bool()) == Some(true);
    let later = table(check, text).is_some_and(|table| !asks(table));
    if later {
        check.fault(at, FaultKind::Wants(format!("{text}: intake = true")));
    }
    known(check, at, text)
}

/// The file's table of a field.
fn table<'a>(check: &'a Check<'_>, field: &str) -> Option<&'a DeTable<'a>> {
    let fields = check.document().root().get("field")?.get_ref().as_array()?;
    let mut tables = fields.iter().filter_map(|item| item.get_ref().as_table());
    tables.find(|table| table.get("id").and_then(|v| v.get_ref().as_str()) == Some(field))
}

/// The codes of a choice field.
pub(super) fn codes(check: &mut Check<'_>, field: &str) -> Vec<String> {
    let choices = table(check, field).and_then(|table| table.get("choices")?.get_ref().as_array());
    let code = |item: &toml::Spanned<toml::de::DeValue<'_>>| {
        let table = item.get_ref().as_table()?;
        Some(table.get("code")?.get_ref().as_str()?.to_owned())
    };
    choices.into_iter().flatten().filter_map(code).collect()
}
