//! Rules of power meters in a configuration: `pair`, `night`, `curtail`.

use crate::config::check::Check;
use crate::config::document::At;
use crate::config::rule::{Raw, points, value};
use crate::domain::rule::{Test, curtail, night, pair};
use schemars::JsonSchema;
use serde::Deserialize;

/// `[rule.pair]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PairRaw {
    /// From which load production runs, in kW.
    pub runs: f64,
    /// Below which load treatment does not, in kW.
    pub idle: f64,
    /// For how long both are so: `10m`.
    pub lasts: String,
}

/// `[rule.night]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NightRaw {
    /// The local hour at which the night begins: 12 to 23.
    pub from: u32,
    /// The local hour at which it ends: 0 to 11.
    pub until: u32,
    /// Above how many per cent of the mean load of the day before.
    pub percent: i64,
    /// Only from this mean load on, in kW.
    #[serde(default)]
    pub least: f64,
    /// Meters that work by night as a rule.
    #[serde(default)]
    pub except: Vec<String>,
}

/// `[rule.curtail]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CurtailRaw {
    /// For how long: `30m`.
    pub lasts: String,
    /// By how much above the limit, in kW.
    #[serde(default)]
    pub slack: f64,
}

impl Raw for PairRaw {
    fn check(&self, check: &mut Check<'_>, at: &At) -> Option<Test> {
        let runs = value(check, &at.key("runs"), self.runs)?;
        let idle = value(check, &at.key("idle"), self.idle)?;
        let lasts = check.span(&at.key("lasts"), &self.lasts)?;
        Some(Test::Pair(pair::Pair { runs, idle, lasts }))
    }
}

impl Raw for NightRaw {
    fn check(&self, check: &mut Check<'_>, at: &At) -> Option<Test> {
        let from = check.within(&at.key("from"), self.from, 12, 23);
        let until = check.within(&at.key("until"), self.until, 0, 11);
        let percent = check.within(&at.key("percent"), self.percent, 100, 10000);
        let least = value(check, &at.key("least"), self.least)?;
        let except = points(&self.except);
        Some(Test::Night(night::Night {
            from,
            until,
            percent,
            least,
            except,
        }))
    }
}

impl Raw for CurtailRaw {
    fn check(&self, check: &mut Check<'_>, at: &At) -> Option<Test> {
        let lasts = check.span(&at.key("lasts"), &self.lasts)?;
        let slack = value(check, &at.key("slack"), self.slack)?;
        Some(Test::Curtail(curtail::Curtail { lasts, slack }))
    }
}
