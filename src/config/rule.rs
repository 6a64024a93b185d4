//! `[[rule]]`: thresholds of this room's own. A rule takes the place of the standard ones of its code.

use crate::config::check::Check;
use crate::config::document::At;
use crate::config::fault::FaultKind;
use crate::domain::playbook::Origin;
use crate::domain::playbook::Provenance;
use crate::domain::quantity::QUANTITIES;
use crate::domain::quantity::Quantity;
use crate::domain::quantity::Value;
use crate::domain::rule;
use crate::domain::rule::RuleSetting;
use crate::domain::rule::Test;
use crate::domain::signal::Severity;
use schemars::JsonSchema;
use serde::Deserialize;

/// The names of the tests, as the file writes them.
const TESTS: &[&str] = &["level", "jump", "flat", "stale", "silence"];
/// The origins of a threshold, as the file writes them.
const ORIGINS: &[(&str, Origin)] = &[
    ("law", Origin::Law),
    ("local", Origin::Local),
    ("default", Origin::Default),
];

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
}

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

/// `[rule.stale]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StaleRaw {
    /// The age from which a point's newest hour is stale: `3h`.
    pub after: String,
}

/// `[rule.silence]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SilenceRaw {
    /// Failed polls in a row: 1 to 100. Late data are an alarm at once.
    pub failures: u32,
}

/// The rules in force: the standard ones, without those whose code the file names, and the file's own.
pub(super) fn rules(check: &mut Check<'_>) -> Vec<RuleSetting> {
    let rows: Vec<(At, RuleRaw)> = check.list("rule");
    let mut rules = rule::standard();
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
        let given: Vec<&str> = TESTS
            .iter()
            .zip(self.given())
            .filter_map(|(t, given)| given.then_some(*t))
            .collect();
        match given.as_slice() {
            [] if self.off => return None,
            [_] if !self.off => {}
            [] => {
                check.fault(&at.key("level"), FaultKind::Missing);
                return None;
            }
            [first, ..] => {
                check.fault(
                    &at.key(given.get(1).unwrap_or(&"off")),
                    FaultKind::Clash((*first).to_owned()),
                );
                return None;
            }
        }
        let test = self.test(check, at)?;
        Some(RuleSetting {
            code,
            test,
            provenance: Provenance {
                origin,
                text: self.says.as_str().into(),
            },
        })
    }

    /// Which of [`TESTS`] are given.
    fn given(&self) -> [bool; 5] {
        let Self {
            level,
            jump,
            flat,
            stale,
            silence,
            ..
        } = self;
        [
            level.is_some(),
            jump.is_some(),
            flat.is_some(),
            stale.is_some(),
            silence.is_some(),
        ]
    }

    fn test(&self, check: &mut Check<'_>, at: &At) -> Option<Test> {
        if let Some(raw) = &self.level {
            raw.check(check, &at.key("level")).map(Test::Level)
        } else if let Some(raw) = &self.jump {
            let at = at.key("jump");
            let of = quantity(check, &at, &raw.of)?;
            let percent = check.within(&at.key("percent"), raw.percent, 0, 1000);
            let least = value(check, &at.key("least"), raw.least)?;
            Some(Test::Jump(rule::jump::Jump { of, percent, least }))
        } else if let Some(raw) = &self.flat {
            let at = at.key("flat");
            let of = quantity(check, &at, &raw.of)?;
            let hours = check.within(&at.key("hours"), raw.hours, 2, 48);
            let above = value(check, &at.key("above"), raw.above)?;
            Some(Test::Flat(rule::flat::Flat { of, hours, above }))
        } else if let Some(raw) = &self.stale {
            let after = check.span(&at.key("stale").key("after"), &raw.after)?;
            Some(Test::Stale(rule::stale::Stale { after }))
        } else {
            let failures = self.silence.as_ref()?.failures;
            let failures = check.within(&at.key("silence").key("failures"), failures, 1, 100);
            Some(Test::Silence(rule::silence::Silence { failures }))
        }
    }
}

impl LevelRaw {
    fn check(&self, check: &mut Check<'_>, at: &At) -> Option<rule::level::Level> {
        let of = match &self.of {
            Some(key) => Some(quantity(check, at, key)?),
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
        Some(rule::level::Level { of, steps, hours })
    }
}

fn quantity(check: &mut Check<'_>, at: &At, key: &str) -> Option<Quantity> {
    let known: Vec<&str> = QUANTITIES.iter().map(|row| row.1).collect();
    check.one_of(&at.key("of"), key, &known, Quantity::by_key)
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
        assert_eq!(rules.len(), rule::standard().len() - 3);
    }

    #[test]
    fn a_rule_can_be_taken_out_of_force() {
        let rules = read("[[rule]]\ncode = \"AIR-AQI\"\noff = true\n").expect("nothing is wrong");
        assert!(rules.iter().all(|r| r.code.as_str() != "AIR-AQI"));
    }

    #[test]
    fn a_rule_without_a_test_with_two_or_with_a_wrong_one_is_refused_in_its_line() {
        assert_eq!(read("[[rule]]\ncode = \"X\"\n").expect_err("no test").len(), 1);
        let two = "[[rule]]\ncode = \"X\"\n[rule.stale]\nafter = \"2h\"\n[rule.silence]\nfailures = 2\n";
        assert_eq!(read(two).expect_err("two tests").len(), 1);
        let wrong = "[[rule]]\ncode = \"X\"\n[rule.flat]\nof = \"pm52\"\nhours = 4\n";
        assert_eq!(read(wrong).expect_err("no such quantity"), [4]);
    }
}
