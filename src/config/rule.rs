//! `[[rule]]`: thresholds of this room's own. A rule takes the place of the standard ones of its code.
//!
//! Here: which rules are in force. The keys of each test stand in the files beside this one.

mod air;
mod fake;
mod feed;
mod meter;
mod value;
mod water;

use crate::config::check::Check;
use crate::config::document::At;
use crate::config::fault::FaultKind;
use crate::config::rule::air::{FlatRaw, JumpRaw, LevelRaw};
use crate::config::rule::fake::{ClipRaw, ConstantRaw, NearLimitRaw, RippleRaw, RunningRaw, SpikeRaw};
use crate::config::rule::feed::{SilenceRaw, StaleRaw};
use crate::config::rule::meter::{CurtailRaw, NightRaw, PairRaw};
use crate::config::rule::value::{LimitRaw, RollingRaw};
use crate::config::rule::water::{ClassRaw, SurgeRaw};
use crate::domain::air::Norm;
use crate::domain::directory::{POINT_KINDS, PointKind};
use crate::domain::id::PointId;
use crate::domain::playbook::{Origin, Provenance};
use crate::domain::quantity::{QUANTITIES, Quantity, Value};
use crate::domain::rule;
use crate::domain::rule::{RuleSetting, Test};
use crate::domain::signal::{SEVERITIES, Severity};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Deserialize;

/// The origins of a threshold, as the file writes them.
const ORIGINS: &[(&str, Origin)] = &[
    ("law", Origin::Law),
    ("local", Origin::Local),
    ("default", Origin::Default),
];

/// One test as the file writes it.
trait Raw {
    /// What it means; `None` where something is wrong, which was reported.
    fn check(&self, check: &mut Check<'_>, at: &At) -> Option<Test>;
}

/// `[[rule]]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleRaw {
    /// The code of its alarm, such as `AIR-AQI`: the standard rules of this code no longer hold.
    pub code: String,
    /// Only takes the standard rules of this code out of force.
    #[serde(default)]
    pub off: bool,
    /// Who says so: `law`, `local` (where absent) or `default`.
    pub origin: Option<String>,
    /// The document and clause it stands in; shown with the alarm.
    #[serde(default)]
    pub says: String,
    /// The local day from which it is in force, such as `2026-03-01`: nothing before is held against anybody.
    pub from: Option<String>,
    /// A value, or the index, above steps for some hours.
    pub level: Option<LevelRaw>,
    /// A value far above the median of the other points.
    pub jump: Option<JumpRaw>,
    /// The same value for hours.
    pub flat: Option<FlatRaw>,
    /// A point that no longer reports while its source does.
    pub stale: Option<StaleRaw>,
    /// A source that is late or fails.
    pub silence: Option<SilenceRaw>,
    /// Production runs while its treatment does not.
    pub pair: Option<PairRaw>,
    /// More power by night than by day.
    pub night: Option<NightRaw>,
    /// A curtailed enterprise draws more than it may.
    pub curtail: Option<CurtailRaw>,
    /// A mean above the point's own limit.
    pub limit: Option<LimitRaw>,
    /// A rolling mean above a value.
    pub rolling: Option<RollingRaw>,
    /// Water of a worse class than it must be.
    pub class: Option<ClassRaw>,
    /// A multiple of the value a round before.
    pub surge: Option<SurgeRaw>,
    /// The same value again and again at a source.
    pub constant: Option<ConstantRaw>,
    /// Values that hardly move within the instrument's range.
    pub ripple: Option<RippleRaw>,
    /// A value that leaves its level and is back within minutes.
    pub spike: Option<SpikeRaw>,
    /// Values at the end of the instrument's range.
    pub clip: Option<ClipRaw>,
    /// Too many values just below the limit.
    pub near_limit: Option<NearLimitRaw>,
    /// Declared stopped, but it runs.
    pub running: Option<RunningRaw>,
}

/// The rules in force: the standard ones, without those whose code the file names, and the file's own.
pub(super) fn rules(check: &mut Check<'_>, norm: Norm) -> Vec<RuleSetting> {
    let rows: Vec<(At, RuleRaw)> = check.list("rule");
    let mut rules = rule::standard(norm);
    rules.retain(|standard| rows.iter().all(|(_, row)| row.code != standard.code.as_str()));
    rules.extend(rows.iter().filter_map(|(at, row)| row.check(check, at)));
    rules
}

impl RuleRaw {
    fn check(&self, check: &mut Check<'_>, at: &At) -> Option<RuleSetting> {
        let code = check.words(&at.key("code"), &self.code);
        let origin = self.origin.as_deref().unwrap_or("local");
        let known: Vec<&str> = ORIGINS.iter().map(|row| row.0).collect();
        let find = |key: &str| ORIGINS.iter().find(|row| row.0 == key).map(|row| row.1);
        let origin = check.one_of(&at.key("origin"), origin, &known, find)?;
        let given = self.given();
        let (name, raw) = match given.as_slice() {
            [] if self.off => return None,
            [one] if !self.off => *one,
            [] => {
                check.fault(&at.key("level"), FaultKind::Missing);
                return None;
            }
            [first, ..] => {
                let other = given.get(1).map_or("off", |second| second.0);
                check.fault(&at.key(other), FaultKind::Clash(first.0.to_owned()));
                return None;
            }
        };
        let test = raw.check(check, &at.key(name))?;
        let from = match &self.from {
            Some(text) => Some(day(check, &at.key("from"), text)?),
            None => None,
        };
        Some(RuleSetting {
            code,
            test,
            from,
            provenance: Provenance {
                origin,
                text: self.says.as_str().into(),
            },
        })
    }

    /// The tests that are given, by the name of their table.
    fn given(&self) -> Vec<(&'static str, &dyn Raw)> {
        fn of<T: Raw>(raw: Option<&T>) -> Option<&dyn Raw> {
            raw.map(|raw| raw as &dyn Raw)
        }
        let all = [
            ("level", of(self.level.as_ref())),
            ("jump", of(self.jump.as_ref())),
            ("flat", of(self.flat.as_ref())),
            ("stale", of(self.stale.as_ref())),
            ("silence", of(self.silence.as_ref())),
            ("pair", of(self.pair.as_ref())),
            ("night", of(self.night.as_ref())),
            ("curtail", of(self.curtail.as_ref())),
            ("limit", of(self.limit.as_ref())),
            ("rolling", of(self.rolling.as_ref())),
            ("class", of(self.class.as_ref())),
            ("surge", of(self.surge.as_ref())),
            ("constant", of(self.constant.as_ref())),
            ("ripple", of(self.ripple.as_ref())),
            ("spike", of(self.spike.as_ref())),
            ("clip", of(self.clip.as_ref())),
            ("near_limit", of(self.near_limit.as_ref())),
            ("running", of(self.running.as_ref())),
        ];
        all.into_iter()
            .filter_map(|(name, raw)| Some((name, raw?)))
            .collect()
    }
}

fn quantity(check: &mut Check<'_>, at: &At, key: &str) -> Option<Quantity> {
    let known: Vec<&str> = QUANTITIES.iter().map(|row| row.1).collect();
    check.one_of(at, key, &known, Quantity::by_key)
}

fn quantities(check: &mut Check<'_>, at: &At, keys: &[String]) -> Option<Vec<Quantity>> {
    if keys.is_empty() {
        check.fault(at, FaultKind::Empty);
    }
    keys.iter().map(|key| quantity(check, at, key)).collect()
}

fn kinds(check: &mut Check<'_>, at: &At, keys: &[String]) -> Option<Vec<PointKind>> {
    if keys.is_empty() {
        check.fault(at, FaultKind::Empty);
    }
    let known: Vec<&str> = POINT_KINDS.iter().map(|row| row.1).collect();
    keys.iter()
        .map(|key| check.one_of(at, key, &known, PointKind::by_key))
        .collect()
}

fn severity(check: &mut Check<'_>, at: &At, key: &str) -> Option<Severity> {
    let known: Vec<&str> = SEVERITIES.iter().map(|row| row.1).collect();
    check.one_of(at, key, &known, Severity::by_key)
}

fn points(ids: &[String]) -> Vec<PointId> {
    ids.iter().map(|id| PointId::new(id)).collect()
}

fn day(check: &mut Check<'_>, at: &At, text: &str) -> Option<NaiveDate> {
    let day = text.parse().ok();
    if day.is_none() {
        let example = "2026-03-01".to_owned();
        check.fault(at, FaultKind::Expression(text.to_owned(), example));
    }
    day
}

fn value(check: &mut Check<'_>, at: &At, number: f64) -> Option<Value> {
    let value = Value::from_f64(number);
    if value.is_none() {
        let text = number.to_string();
        check.fault(at, FaultKind::Range(text, "-9e12".to_owned(), "9e12".to_owned()));
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::check::tests::Given;
    use crate::config::checked;
    use std::path::Path;

    fn read(text: &str) -> Result<Vec<RuleSetting>, Vec<u32>> {
        let outside = Given {
            variables: Vec::new(),
            files: Vec::new(),
        };
        let read = checked::read(Path::new("room.toml"), text, &outside);
        read.map(|config| config.rules)
            .map_err(|faults| faults.iter().map(|fault| fault.line).collect())
    }

    #[test]
    fn a_rule_takes_the_place_of_the_standard_ones_of_its_code() {
        let text =
            "[[rule]]\ncode = \"AIR-FLAT\"\nsays = \"order 7\"\n[rule.flat]\nof = \"pm25\"\nhours = 6\n";
        let rules = read(text).expect("nothing is wrong");
        let flat: Vec<&RuleSetting> = rules.iter().filter(|r| r.code.as_str() == "AIR-FLAT").collect();
        assert_eq!(flat.len(), 1);
        assert_eq!(flat.first().map(|r| r.provenance.origin), Some(Origin::Local));
        assert_eq!(rules.len(), rule::standard(Norm::Hj633).len() - 3);
    }

    #[test]
    fn the_steps_of_the_index_are_those_of_the_rooms_standard() {
        for (key, text) in [
            ("HJ 633", "HJ 633: AQI > 100/150/200, 2 h"),
            ("EPA", "US EPA: AQI > 100/150/200, 2 h"),
            ("EAQI", "EAQI: 4/5/6, 2 h"),
        ] {
            let rules = read(&format!("[room]\nstandard = \"{key}\"\n")).expect("nothing is wrong");
            let own = rules.iter().find(|rule| rule.code.as_str() == "AIR-AQI");
            assert_eq!(
                own.map(|rule| rule.provenance.text.clone()),
                Some(text.into()),
                "{key}"
            );
        }
    }

    #[test]
    fn a_rule_can_be_taken_out_of_force() {
        let rules = read("[[rule]]\ncode = \"AIR-AQI\"\noff = true\n").expect("nothing is wrong");
        assert!(rules.iter().all(|r| r.code.as_str() != "AIR-AQI"));
    }

    #[test]
    fn a_rule_without_a_test_with_two_or_with_a_wrong_one_is_refused_in_its_line() {
        assert_eq!(read("[[rule]]\ncode = \"X\"\n").expect_err("no test").len(), 1);
        let two = "[[rule]]\ncode = \"X\"\n[rule.surge]\npercent = 200\n[rule.silence]\nfailures = 2\n";
        assert_eq!(read(two).expect_err("two tests").len(), 1);
        let wrong = "[[rule]]\ncode = \"X\"\n[rule.flat]\nof = \"pm52\"\nhours = 4\n";
        assert_eq!(read(wrong).expect_err("no such quantity"), [4]);
    }
}
