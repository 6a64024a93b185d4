//! Rules of what no longer comes, in a configuration: `stale`, `silence`.

use crate::config::check::Check;
use crate::config::document::At;
use crate::config::fault::FaultKind;
use crate::config::rule::{Raw, kinds};
use crate::domain::rule::{Test, silence, stale};
use crate::domain::signal::Severity;
use schemars::JsonSchema;
use serde::Deserialize;

/// `[rule.stale]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StaleRaw {
    /// Points of which kinds: `air`, `water`, `emission`, `production` …
    pub kinds: Vec<String>,
    /// How long the next value is overdue until it is red: `2h`.
    pub red: Option<String>,
    /// How long the next value is overdue until it is orange: `2h`.
    pub orange: Option<String>,
    /// How long the next value is overdue until it is yellow: `2h`.
    pub yellow: Option<String>,
    /// How long the next value is overdue until it is blue: `2h`.
    pub blue: Option<String>,
}

/// `[rule.silence]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SilenceRaw {
    /// Failed polls in a row: 1 to 100. Late data are an alarm at once.
    pub failures: u32,
}

impl Raw for StaleRaw {
    fn check(&self, check: &mut Check<'_>, at: &At) -> Option<Test> {
        let kinds = kinds(check, &at.key("kinds"), &self.kinds)?;
        let rows = [
            ("red", &self.red, Severity::Red),
            ("orange", &self.orange, Severity::Orange),
            ("yellow", &self.yellow, Severity::Yellow),
            ("blue", &self.blue, Severity::Blue),
        ];
        let mut steps = Vec::new();
        for (key, after, severity) in rows {
            if let Some(after) = after {
                steps.push((check.span(&at.key(key), after)?, severity));
            }
        }
        if steps.is_empty() {
            check.fault(&at.key("blue"), FaultKind::Missing);
        }
        Some(Test::Stale(stale::Stale { kinds, steps }))
    }
}

impl Raw for SilenceRaw {
    fn check(&self, check: &mut Check<'_>, at: &At) -> Option<Test> {
        let failures = check.within(&at.key("failures"), self.failures, 1, 100);
        Some(Test::Silence(silence::Silence { failures }))
    }
}
