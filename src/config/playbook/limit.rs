//! The limit of a stage: how long, from when, by whose word, and whom a missed one is brought to.

use crate::bench::check::Check;
use crate::bench::document::At;
use crate::bench::fault::FaultKind;
use crate::config::playbook::fields;
use crate::config::playbook::parts::{RawWords, by_key, roles_known};
use crate::domain::id::FieldId;
use crate::domain::person::Role;
use crate::domain::playbook::{Length, Limit, ORIGINS, Origin, Provenance, Rung, SINCES, Since};
use crate::domain::text::Clean;
use crate::domain::time::Span;
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// `[stage.limit]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawLimit {
    /// How long: `15m`.
    pub span: Option<String>,
    /// Instead: to the end of the n-th working day after.
    pub working_days: Option<u32>,
    /// How long by the value of a choice field.
    pub by: Option<RawBy>,
    /// The field of kind day that names the last day, where it is filled in.
    pub until: Option<String>,
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

/// `{ field = "grade", spans = { key = "30d" } }`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawBy {
    /// Which choice field.
    pub field: String,
    /// How long, by the field's code; `2wd` for working days.
    pub spans: BTreeMap<String, String>,
}

/// `{ role = "leader", after = "5m" }`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRung {
    /// Whom it is brought to.
    pub role: String,
    /// How long after the limit; `0m` for at once.
    pub after: String,
}

impl RawLimit {
    pub(super) fn check(&self, check: &mut Check<'_>, at: &At) -> Option<Limit> {
        let length = self.length(check, at);
        let by = self.by.as_ref().map(|by| by.check(check, &at.key("by")));
        let until = self
            .until
            .as_ref()
            .map(|until| fields::day(check, &at.key("until"), until));
        let since = by_key(check, &at.key("since"), &self.since, SINCES);
        let origin = by_key(check, &at.key("origin"), &self.origin, ORIGINS);
        let text = self.text.check(check, &at.key("text"));
        let mut escalate = Vec::new();
        for (n, rung) in self.escalate.iter().enumerate() {
            escalate.extend(rung.check(check, &at.key("escalate").nth(n)));
        }
        escalate.sort_by_key(|rung| rung.after);
        Some(Limit {
            length: length?,
            by,
            until,
            since: since.unwrap_or(Since::Entered),
            provenance: Provenance {
                origin: origin.unwrap_or(Origin::Default),
                text,
            },
            escalate,
        })
    }
}

impl RawLimit {
    /// One of the two ways to say how long.
    fn length(&self, check: &mut Check<'_>, at: &At) -> Option<Length> {
        match (&self.span, self.working_days) {
            (Some(span), None) => check.span(&at.key("span"), span).map(Length::Span),
            (None, Some(days)) => Some(Length::WorkingDays(check.within(
                &at.key("working_days"),
                days,
                1,
                250,
            ))),
            (None, None) => {
                check.fault(&at.key("span"), FaultKind::Missing);
                None
            }
            (Some(_), Some(_)) => {
                check.fault(&at.key("working_days"), FaultKind::Clash("span".to_owned()));
                None
            }
        }
    }
}

impl RawBy {
    fn check(&self, check: &mut Check<'_>, at: &At) -> (FieldId, Vec<(Clean, Length)>) {
        let field = fields::known(check, &at.key("field"), &self.field);
        let codes = fields::codes(check, &self.field);
        let mut rows = Vec::new();
        for (code, text) in &self.spans {
            let here = at.key("spans").key(code);
            if !codes.iter().any(|known| known == code) {
                let known: Vec<&str> = codes.iter().map(String::as_str).collect();
                check.unknown(&here, code, &known);
            }
            rows.extend(length(check, &here, text).map(|length| (Clean::new(code), length)));
        }
        (field, rows)
    }
}

/// `15m`, or `2wd` for working days.
fn length(check: &mut Check<'_>, at: &At, text: &str) -> Option<Length> {
    let days = text.strip_suffix("wd").and_then(|days| days.parse().ok());
    days.map(Length::WorkingDays)
        .or_else(|| check.span(at, text).map(Length::Span))
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
