//! Rules over means in a configuration: `limit`, `rolling`.

use crate::config::check::Check;
use crate::config::document::At;
use crate::config::rule::Raw;
use crate::config::rule::kinds;
use crate::config::rule::points;
use crate::config::rule::quantities;
use crate::config::rule::quantity;
use crate::config::rule::severity;
use crate::config::rule::value;
use crate::domain::reading::PERIODS;
use crate::domain::reading::Period;
use crate::domain::rule::Test;
use crate::domain::rule::limit;
use crate::domain::rule::rolling;
use schemars::JsonSchema;
use serde::Deserialize;

/// `[rule.limit]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LimitRaw {
    /// Points of which kinds: `emission`, `site`, `outlet` …
    pub kinds: Vec<String>,
    /// Of which quantity: the first of these that a point reports.
    pub of: Vec<String>,
    /// The mean over which time: `15m`, `hour`, or `24h` for a calendar day.
    pub over: String,
    /// The limit of points that have none of their own.
    pub or: Option<f64>,
    /// How severe.
    pub severity: String,
    /// How severe from the second time on the same day.
    pub again: Option<String>,
}

/// `[rule.rolling]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RollingRaw {
    /// Points of which kinds.
    pub kinds: Vec<String>,
    /// Only these points.
    #[serde(default)]
    pub only: Vec<String>,
    /// Of which quantity.
    pub of: String,
    /// Over how long, at most two days: `24h`.
    pub over: String,
    /// Above which value.
    pub above: f64,
    /// How severe.
    pub severity: String,
}

impl Raw for LimitRaw {
    fn check(&self, check: &mut Check<'_>, at: &At) -> Option<Test> {
        let kinds = kinds(check, &at.key("kinds"), &self.kinds)?;
        let of = quantities(check, &at.key("of"), &self.of)?;
        let periods: Vec<&str> = PERIODS.iter().map(|row| row.1).collect();
        let over = check.one_of(&at.key("over"), &self.over, &periods, Period::by_key)?;
        let or = match self.or {
            Some(or) => Some(value(check, &at.key("or"), or)?),
            None => None,
        };
        let again = match &self.again {
            Some(again) => Some(severity(check, &at.key("again"), again)?),
            None => None,
        };
        let severity = severity(check, &at.key("severity"), &self.severity)?;
        Some(Test::Limit(limit::Limit {
            kinds,
            of,
            over,
            or,
            severity,
            again,
        }))
    }
}

impl Raw for RollingRaw {
    fn check(&self, check: &mut Check<'_>, at: &At) -> Option<Test> {
        let kinds = kinds(check, &at.key("kinds"), &self.kinds)?;
        let only = points(&self.only);
        let of = quantity(check, &at.key("of"), &self.of)?;
        let over = check.span(&at.key("over"), &self.over)?;
        let above = value(check, &at.key("above"), self.above)?;
        let severity = severity(check, &at.key("severity"), &self.severity)?;
        Some(Test::Rolling(rolling::Rolling {
            kinds,
            only,
            of,
            over,
            above,
            severity,
        }))
    }
}
