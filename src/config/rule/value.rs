//! Rules over means in a configuration: `limit`, `rolling`.

use crate::config::check::Check;
use crate::config::document::At;
use crate::config::rule::{Raw, kinds, points, quantities, quantity, severity, value};
use crate::domain::quantity::{Quantity, Value};
use crate::domain::reading::{PERIODS, Period};
use crate::domain::rule::{Test, limit, rolling};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// `[rule.limit]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LimitRaw {
    /// Points of which kinds: `emission`, `site`, `outlet` …
    pub kinds: Vec<String>,
    /// Of which quantities, each held against the point's own limit of it.
    pub of: Vec<String>,
    /// The mean over which time: `15m`, `hour`, or `24h` for a calendar day.
    pub over: String,
    /// The limits of points that have none of their own, by quantity: `{ tsp = 1000 }`.
    #[serde(default)]
    pub or: BTreeMap<String, f64>,
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
    /// Above which value; the point's own limit of the quantity where absent.
    pub above: Option<f64>,
    /// How severe.
    pub severity: String,
}

impl Raw for LimitRaw {
    fn check(&self, check: &mut Check<'_>, at: &At) -> Option<Test> {
        let kinds = kinds(check, &at.key("kinds"), &self.kinds)?;
        let of = quantities(check, &at.key("of"), &self.of)?;
        let periods: Vec<&str> = PERIODS.iter().map(|row| row.1).collect();
        let over = check.one_of(&at.key("over"), &self.over, &periods, Period::by_key)?;
        let or = self.general(check, &at.key("or"), &of)?;
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

impl LimitRaw {
    /// The general limits; one of a quantity that the rule does not look at would never be heard of.
    fn general(&self, check: &mut Check<'_>, at: &At, of: &[Quantity]) -> Option<Vec<(Quantity, Value)>> {
        let known: Vec<&str> = of.iter().map(|quantity| quantity.key()).collect();
        let among = |key: &str| Quantity::by_key(key).filter(|quantity| of.contains(quantity));
        let one = |(key, number): (&String, &f64)| {
            let at = at.key(key);
            Some((
                check.one_of(&at, key, &known, among)?,
                value(check, &at, *number)?,
            ))
        };
        self.or.iter().map(one).collect()
    }
}

impl Raw for RollingRaw {
    fn check(&self, check: &mut Check<'_>, at: &At) -> Option<Test> {
        let kinds = kinds(check, &at.key("kinds"), &self.kinds)?;
        let only = points(&self.only);
        let of = quantity(check, &at.key("of"), &self.of)?;
        let over = check.span(&at.key("over"), &self.over)?;
        let above = match self.above {
            Some(above) => Some(value(check, &at.key("above"), above)?),
            None => None,
        };
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
