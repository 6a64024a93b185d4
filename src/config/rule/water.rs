//! Rules of water in a configuration: `class`, `surge`.

use crate::config::check::Check;
use crate::config::document::At;
use crate::config::rule::{Raw, severity};
use crate::domain::rule::{Test, class, surge};
use schemars::JsonSchema;
use serde::Deserialize;

/// `[rule.class]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClassRaw {
    /// Drinking-water sources, held against class Ⅲ; else sections, against their own target.
    #[serde(default)]
    pub drinking: bool,
    /// Worse in so many rounds in a row: 1 to 12.
    pub rounds: usize,
    /// Over after so many good rounds in a row: 1 to 12.
    pub good: usize,
    /// How severe.
    pub severity: String,
}

/// `[rule.surge]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SurgeRaw {
    /// From how many per cent of the value before.
    pub percent: i64,
}

impl Raw for ClassRaw {
    fn check(&self, check: &mut Check<'_>, at: &At) -> Option<Test> {
        let drinking = self.drinking;
        let rounds = check.within(&at.key("rounds"), self.rounds, 1, 12);
        let good = check.within(&at.key("good"), self.good, 1, 12);
        let severity = severity(check, &at.key("severity"), &self.severity)?;
        Some(Test::Class(class::Class {
            drinking,
            rounds,
            good,
            severity,
        }))
    }
}

impl Raw for SurgeRaw {
    fn check(&self, check: &mut Check<'_>, at: &At) -> Option<Test> {
        let percent = check.within(&at.key("percent"), self.percent, 101, 10000);
        Some(Test::Surge(surge::Surge { percent }))
    }
}
