//! Rules of air stations in a configuration: `level`, `jump`, `flat`.

use crate::config::check::Check;
use crate::config::document::At;
use crate::config::fault::FaultKind;
use crate::config::rule::{Raw, quantity, value};
use crate::domain::rule::{Test, flat, jump, level};
use crate::domain::signal::Severity;
use schemars::JsonSchema;
use serde::Deserialize;

/// `[rule.level]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LevelRaw {
    /// Of which quantity, such as `pm25`; the hourly index where absent.
    pub of: Option<String>,
    /// Above this it is red.
    pub red: Option<f64>,
    /// Above this it is orange.
    pub orange: Option<f64>,
    /// Above this it is yellow.
    pub yellow: Option<f64>,
    /// Above this it is blue.
    pub blue: Option<f64>,
    /// For how many hours in a row: 1 to 24.
    pub hours: usize,
}

/// `[rule.jump]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct JumpRaw {
    /// Of which quantity.
    pub of: String,
    /// By so many per cent of the median of the others, and …
    pub percent: i64,
    /// … by at least so much.
    pub least: f64,
}

/// `[rule.flat]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FlatRaw {
    /// Of which quantity.
    pub of: String,
    /// For how many hours in a row: 2 to 48.
    pub hours: usize,
    /// Only above this value.
    #[serde(default)]
    pub above: f64,
}

impl Raw for LevelRaw {
    fn check(&self, check: &mut Check<'_>, at: &At) -> Option<Test> {
        let of = match &self.of {
            Some(key) => Some(quantity(check, &at.key("of"), key)?),
            None => None,
        };
        let rows = [
            ("red", self.red, Severity::Red),
            ("orange", self.orange, Severity::Orange),
            ("yellow", self.yellow, Severity::Yellow),
            ("blue", self.blue, Severity::Blue),
        ];
        let mut steps = Vec::new();
        for (key, limit, severity) in rows {
            if let Some(limit) = limit {
                steps.push((value(check, &at.key(key), limit)?, severity));
            }
        }
        if steps.is_empty() {
            check.fault(&at.key("red"), FaultKind::Missing);
        }
        let hours = check.within(&at.key("hours"), self.hours, 1, 24);
        Some(Test::Level(level::Level { of, steps, hours }))
    }
}

impl Raw for JumpRaw {
    fn check(&self, check: &mut Check<'_>, at: &At) -> Option<Test> {
        let of = quantity(check, &at.key("of"), &self.of)?;
        let percent = check.within(&at.key("percent"), self.percent, 0, 1000);
        let least = value(check, &at.key("least"), self.least)?;
        Some(Test::Jump(jump::Jump { of, percent, least }))
    }
}

impl Raw for FlatRaw {
    fn check(&self, check: &mut Check<'_>, at: &At) -> Option<Test> {
        let of = quantity(check, &at.key("of"), &self.of)?;
        let hours = check.within(&at.key("hours"), self.hours, 2, 48);
        let above = value(check, &at.key("above"), self.above)?;
        Some(Test::Flat(flat::Flat { of, hours, above }))
    }
}
