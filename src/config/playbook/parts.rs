//! The small parts of a playbook file: words, distances, codes with their words. Stages, limits, fields and moves stand in
//! files of their own.

use crate::bench::check::Check;
use crate::bench::document::At;
use crate::domain::person::{ROLES, Role};
use crate::domain::playbook::{Nearness, Reason, Words};
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
pub(super) struct RawNear {
    /// Within this distance.
    pub metres: f64,
    /// Within this time.
    pub within: String,
}

/// `{ code = "mist", zh = "…", en = "…" }`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawReason {
    /// Its code in the ledger and in reports.
    pub code: String,
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl RawWords {
    /// Both languages, neither of them empty.
    pub(in crate::config) fn check(&self, check: &mut Check<'_>, at: &At) -> Words {
        Words {
            zh: check.words(&at.key("zh"), &self.zh),
            en: check.words(&at.key("en"), &self.en),
        }
    }
}

impl RawNear {
    pub(super) fn check(&self, check: &mut Check<'_>, at: &At) -> Option<Nearness> {
        Some(Nearness {
            metres: check.within(&at.key("metres"), self.metres, 1.0, 100_000.0),
            within: check.span(&at.key("within"), &self.within)?,
        })
    }
}

pub(super) fn reasons(check: &mut Check<'_>, at: &At, rows: &[RawReason]) -> Vec<Reason> {
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

pub(super) fn each<T>(
    check: &mut Check<'_>,
    at: &At,
    texts: &[String],
    read: impl Fn(&mut Check<'_>, &At, &str) -> T,
) -> Vec<T> {
    let texts = texts.iter().enumerate();
    texts.map(|(n, text)| read(check, &at.nth(n), text)).collect()
}

/// The value of a table of keys.
pub(super) fn by_key<T: Copy>(check: &mut Check<'_>, at: &At, text: &str, table: &[(T, &str)]) -> Option<T> {
    let known: Vec<&str> = table.iter().map(|row| row.1).collect();
    let find = |text: &str| table.iter().find(|row| row.1 == text).map(|row| row.0);
    check.one_of(at, text, &known, find)
}

pub(super) fn roles_known() -> Vec<&'static str> {
    ROLES.iter().map(|row| row.1).collect()
}

/// A list of roles by their keys.
pub(super) fn roles(check: &mut Check<'_>, at: &At, texts: &[String]) -> Vec<Role> {
    let read =
        |check: &mut Check<'_>, at: &At, text: &str| check.one_of(at, text, &roles_known(), Role::by_key);
    each(check, at, texts, read).into_iter().flatten().collect()
}
