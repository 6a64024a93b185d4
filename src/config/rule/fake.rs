//! Rules that tell made-up values, in a configuration: `constant`, `ripple`, `spike`, `clip`, `near_limit`, `running`.

use crate::config::check::Check;
use crate::config::document::At;
use crate::config::rule::{Raw, value};
use crate::domain::rule::{Test, clip, constant, near_limit, ripple, running, spike};
use schemars::JsonSchema;
use serde::Deserialize;

/// `[rule.constant]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConstantRaw {
    /// How many values in a row: 2 to 1000.
    pub times: usize,
    /// For at least how long: `2h`.
    pub lasts: String,
    /// Only above this value.
    #[serde(default)]
    pub above: f64,
    /// Only from so many steps of its last digit on: 0 to 10000, 100 where absent.
    pub steps: Option<i64>,
}

/// `[rule.ripple]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RippleRaw {
    /// Half the band, in per cent of the range.
    pub percent: i64,
    /// For how long, at most two days: `12h`.
    pub lasts: String,
    /// Only from this many per cent of the range on.
    pub from: i64,
}

/// `[rule.spike]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SpikeRaw {
    /// By how many per cent of the level it leaves, and …
    pub percent: i64,
    /// … by how many per cent of the instrument's range, where that is known: 0 to 100, 5 where absent.
    pub of_range: Option<i64>,
    /// Back within this: `5m`.
    pub back: String,
    /// Only where the level is above this value.
    #[serde(default)]
    pub above: f64,
}

/// `[rule.clip]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClipRaw {
    /// From how many per cent of the range on.
    pub percent: i64,
    /// For how long: `1h`.
    pub lasts: String,
}

/// `[rule.near_limit]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NearLimitRaw {
    /// «Just below» is from this many per cent of the limit on.
    pub from: i64,
    /// The share, in per cent of all values, from which it is improbable.
    pub share: usize,
    /// Over how long, at most two days: `48h`.
    pub over: String,
    /// Of at least how many hours.
    pub least: usize,
}

/// `[rule.running]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RunningRaw {
    /// From which load production runs, in kW.
    pub load: f64,
    /// From which flow something is discharged, in m³/h.
    pub flow: f64,
    /// For how long: `30m`.
    pub lasts: String,
    /// How long after the declared beginning a plant may take to stop: `1h`.
    pub grace: String,
}

impl Raw for ConstantRaw {
    fn check(&self, check: &mut Check<'_>, at: &At) -> Option<Test> {
        let times = check.within(&at.key("times"), self.times, 2, 1000);
        let lasts = check.span(&at.key("lasts"), &self.lasts)?;
        let above = value(check, &at.key("above"), self.above)?;
        let steps = check.within(&at.key("steps"), self.steps.unwrap_or(100), 0, 10_000);
        Some(Test::Constant(constant::Constant {
            times,
            lasts,
            above,
            steps,
        }))
    }
}

impl Raw for RippleRaw {
    fn check(&self, check: &mut Check<'_>, at: &At) -> Option<Test> {
        let percent = check.within(&at.key("percent"), self.percent, 1, 50);
        let lasts = check.span(&at.key("lasts"), &self.lasts)?;
        let from = check.within(&at.key("from"), self.from, 0, 100);
        Some(Test::Ripple(ripple::Ripple { percent, lasts, from }))
    }
}

impl Raw for SpikeRaw {
    fn check(&self, check: &mut Check<'_>, at: &At) -> Option<Test> {
        let percent = check.within(&at.key("percent"), self.percent, 1, 1000);
        let of_range = check.within(&at.key("of_range"), self.of_range.unwrap_or(5), 0, 100);
        let back = check.span(&at.key("back"), &self.back)?;
        let above = value(check, &at.key("above"), self.above)?;
        Some(Test::Spike(spike::Spike {
            percent,
            of_range,
            back,
            above,
        }))
    }
}

impl Raw for ClipRaw {
    fn check(&self, check: &mut Check<'_>, at: &At) -> Option<Test> {
        let percent = check.within(&at.key("percent"), self.percent, 50, 100);
        let lasts = check.span(&at.key("lasts"), &self.lasts)?;
        Some(Test::Clip(clip::Clip { percent, lasts }))
    }
}

impl Raw for NearLimitRaw {
    fn check(&self, check: &mut Check<'_>, at: &At) -> Option<Test> {
        let from = check.within(&at.key("from"), self.from, 50, 100);
        let share = check.within(&at.key("share"), self.share, 1, 100);
        let over = check.span(&at.key("over"), &self.over)?;
        let least = check.within(&at.key("least"), self.least, 1, 48);
        Some(Test::NearLimit(near_limit::NearLimit {
            from,
            share,
            over,
            least,
        }))
    }
}

impl Raw for RunningRaw {
    fn check(&self, check: &mut Check<'_>, at: &At) -> Option<Test> {
        let load = value(check, &at.key("load"), self.load)?;
        let flow = value(check, &at.key("flow"), self.flow)?;
        let lasts = check.span(&at.key("lasts"), &self.lasts)?;
        let grace = check.span(&at.key("grace"), &self.grace)?;
        Some(Test::Running(running::Running {
            load,
            flow,
            lasts,
            grace,
        }))
    }
}
