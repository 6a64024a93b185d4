//! `[[rule]]`: thresholds of this room's own. A rule takes the place of the standard ones of its code.
//!
//! Here: which rules are in force, and how a table is read by what its kind lists as its thresholds.

use crate::bench::check::Check;
use crate::bench::document::At;
use crate::bench::fault::{FaultKind, nearest};
use crate::bench::known;
use crate::bench::known::OriginKey;
use crate::domain::air::Norm;
use crate::domain::directory::PointKind;
use crate::domain::id::PointId;
use crate::domain::playbook::{ORIGINS, Provenance};
use crate::domain::quantity::{Quantity, Value};
use crate::domain::reading::Period;
use crate::domain::rule;
use crate::domain::rule::{Kind, RULES, RuleSetting};
use crate::domain::signal::Severity;
use crate::domain::threshold::{Amount, Amounts, Omission, Threshold, ValueKind, Wrong};
use crate::domain::time::Span;
use chrono::NaiveDate;
use schemars::{JsonSchema, Schema};
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};
use toml::Value as Toml;

/// `[[rule]]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(transform = with_kinds)]
pub struct RuleRaw {
    /// The code of its alarm, such as `AIR-AQI`: the standard rules of this code no longer hold.
    pub code: String,
    /// Only takes the standard rules of this code out of force.
    #[serde(default)]
    pub off: bool,
    /// Who says so: `law`, `local` (where absent) or `default`.
    #[schemars(with = "Option<OriginKey>")]
    pub origin: Option<String>,
    /// The document and clause it stands in; shown with the alarm.
    #[serde(default)]
    pub says: String,
    /// The local day from which it is in force, such as `2026-03-01`: nothing before is held against anybody.
    pub from: Option<String>,
    /// The table of its kind.
    #[serde(flatten)]
    #[schemars(skip)]
    kinds: BTreeMap<String, Toml>,
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
        self.check_code(check, at);
        let origin = self.origin.as_deref().unwrap_or("local");
        let known = known::origins();
        let find = |key: &str| ORIGINS.iter().find(|row| row.1 == key).map(|row| row.0);
        let origin = check.one_of(&at.key("origin"), origin, &known, find);
        let from = self.from.as_deref();
        let from = from.map(|text| day(check, &at.key("from"), text));
        let mut given = RULES
            .iter()
            .filter_map(|kind| Some((kind, self.kinds.get(kind.key)?)));
        let (kind, table) = match (given.next(), given.next()) {
            (None, _) if self.off => return None,
            (Some(one), None) if !self.off => one,
            (None, _) => {
                let keys: Vec<&str> = RULES.iter().map(|kind| kind.key).collect();
                if !check.is_misshapen(at) {
                    check.fault(&at.key(&keys.join("|")), FaultKind::Missing);
                }
                return None;
            }
            (Some((first, _)), second) => {
                let other = second.map_or("off", |(second, _)| second.key);
                check.fault(&at.key(other), FaultKind::Clash(first.key.to_owned()));
                return None;
            }
        };
        let at = at.key(kind.key);
        let given = given_of(check, &at, kind, table);
        // What the shape's check took out was reported and is missing here.
        if check.is_misshapen(&at) {
            return None;
        }
        let test = (kind.make)(&given?).map_err(|wrong| complain(check, &at, wrong));
        Some(RuleSetting {
            code,
            test: test.ok()?,
            from: match from {
                Some(from) => Some(from?),
                None => None,
            },
            provenance: Provenance {
                origin: origin?,
                text: self.says.as_str().into(),
            },
        })
    }
}

impl RuleRaw {
    /// A code that no standard rule has takes none out of force; one that is almost that of a standard rule is told.
    fn check_code(&self, check: &mut Check<'_>, at: &At) {
        let codes = codes();
        let known: Vec<&str> = codes.iter().map(String::as_str).collect();
        let at = at.key("code");
        if known.contains(&self.code.as_str()) {
            return;
        }
        if self.off {
            check.unknown(&at, &self.code, &known);
        } else if let Some(near) = nearest(&self.code, known) {
            check.hint_near(&at, FaultKind::Own(self.code.clone()), near);
        }
    }
}

/// Everything that was given for a rule's thresholds; `None` where something is wrong, and all of it was reported.
fn given_of(check: &mut Check<'_>, at: &At, kind: &Kind, table: &Toml) -> Option<Amounts> {
    let mut all = Some(Amounts::default());
    for threshold in kind.thresholds {
        let amount = match table.get(threshold.name) {
            Some(value) => amount(check, &at.key(threshold.name), threshold.what, value),
            None => match usual(threshold) {
                Some(amount) => Some(amount),
                None => continue,
            },
        };
        match (amount, &mut all) {
            (Some(amount), Some(given)) => given.put(threshold.name, amount),
            (None, _) => all = None,
            (Some(_), None) => {}
        }
    }
    all
}

fn complain(check: &mut Check<'_>, at: &At, wrong: Wrong) {
    match wrong {
        Wrong::Missing(name) => check.fault(&at.key(name), FaultKind::Missing),
        Wrong::Order(name, found, least) => {
            let kind = FaultKind::Range(found, format!("> {least}"), "…".to_owned());
            check.fault(&at.key(name), kind);
        }
        Wrong::Foreign(name, quantity) => {
            let key = quantity.key();
            check.fault(
                &at.key(name).key(key),
                FaultKind::Wants(format!("of = [\"{key}\"]")),
            );
        }
    }
}

/// What a threshold is where it is left out; `None` where it says nothing then.
fn usual(threshold: &Threshold) -> Option<Amount> {
    let Omission::Or(usual) = threshold.need else {
        return None;
    };
    Some(if threshold.what == ValueKind::Value {
        Amount::Value(Value::whole(usual))
    } else {
        Amount::Count(usual)
    })
}

/// One threshold as it is written; `None` where it is wrong, which was reported.
fn amount(check: &mut Check<'_>, at: &At, what: ValueKind, value: &Toml) -> Option<Amount> {
    let text = value.as_str().unwrap_or_default();
    Some(match what {
        ValueKind::Flag => Amount::Flag(value.as_bool()?),
        ValueKind::Count(low, high) => Amount::Count(check.within(at, value.as_integer()?, low, high)),
        ValueKind::Value => Amount::Value(number(check, at, value)?),
        ValueKind::Span(most) => Amount::Span(span(check, at, text, most)?),
        ValueKind::Severity => Amount::Severity(one(check, at, (what, text), Severity::by_key)?),
        ValueKind::Period => Amount::Period(one(check, at, (what, text), Period::by_key)?),
        ValueKind::Quantity => Amount::Quantities(vec![one(check, at, (what, text), Quantity::by_key)?]),
        ValueKind::Quantities => Amount::Quantities(each(check, at, (what, value), Quantity::by_key)?),
        ValueKind::Kinds => Amount::Kinds(each(check, at, (what, value), PointKind::by_key)?),
        ValueKind::Points => {
            let ids = value.as_array()?.iter().filter_map(Toml::as_str);
            Amount::Points(ids.map(PointId::new).collect())
        }
        ValueKind::Limits => {
            let mut limits = Vec::new();
            for (key, value) in value.as_table()? {
                let at = at.key(key);
                let quantity = one(check, &at, (what, key), Quantity::by_key);
                limits.push((quantity?, number(check, &at, value)?));
            }
            Amount::Limits(limits)
        }
    })
}

/// The keys that a kind of value may have; none where it is no matter of keys.
fn keys(what: ValueKind) -> Vec<&'static str> {
    match what {
        ValueKind::Severity => known::severities(),
        ValueKind::Period => known::periods(),
        ValueKind::Quantity | ValueKind::Quantities | ValueKind::Limits => known::quantities(),
        ValueKind::Kinds => known::point_kinds(),
        ValueKind::Flag
        | ValueKind::Count(..)
        | ValueKind::Value
        | ValueKind::Span(_)
        | ValueKind::Points => Vec::new(),
    }
}

fn one<T>(check: &mut Check<'_>, at: &At, (what, text): (ValueKind, &str), by_key: ByKey<T>) -> Option<T> {
    check.one_of(at, text, &keys(what), by_key)
}

/// By its key in a file.
type ByKey<T> = fn(&str) -> Option<T>;

/// Every element of a list, one at least.
fn each<T>(
    check: &mut Check<'_>,
    at: &At,
    (what, list): (ValueKind, &Toml),
    by_key: ByKey<T>,
) -> Option<Vec<T>> {
    let list = list.as_array()?;
    if list.is_empty() {
        check.fault(at, FaultKind::Empty);
        return None;
    }
    let texts = list.iter().filter_map(Toml::as_str);
    texts.map(|text| one(check, at, (what, text), by_key)).collect()
}

fn number(check: &mut Check<'_>, at: &At, number: &Toml) -> Option<Value> {
    let whole = number.as_integer().map(|whole| whole as f64);
    let number = number.as_float().or(whole)?;
    let value = Value::from_f64(number);
    if value.is_none() {
        let text = number.to_string();
        check.fault(at, FaultKind::Range(text, "-9e12".to_owned(), "9e12".to_owned()));
    }
    value
}

fn span(check: &mut Check<'_>, at: &At, text: &str, most: Span) -> Option<Span> {
    let span = check.span(at, text)?;
    if span > most {
        let most = format!("{}h", most.as_mins() / 60);
        check.fault(at, FaultKind::Range(text.to_owned(), "…".to_owned(), most));
        return None;
    }
    Some(span)
}

fn day(check: &mut Check<'_>, at: &At, text: &str) -> Option<NaiveDate> {
    let day = text.parse().ok();
    if day.is_none() {
        let example = "2026-03-01".to_owned();
        check.fault(at, FaultKind::Expression(text.to_owned(), example));
    }
    day
}

/// The schema of `[[rule]]` with the table of every kind, and the codes there are; a room may have codes of its own.
fn with_kinds(schema: &mut Schema) {
    if let Some(properties) = schema.get_mut("properties").and_then(Json::as_object_mut) {
        if let Some(code) = properties.get_mut("code").and_then(Json::as_object_mut) {
            code.remove("type");
            code.insert(
                "anyOf".to_owned(),
                json!([{ "type": "string", "enum": codes() }, { "type": "string" }]),
            );
        }
        properties.extend(RULES.iter().map(|kind| (kind.key.to_owned(), table(kind))));
    }
    schema.insert("additionalProperties".to_owned(), false.into());
}

/// The codes of the rules that are in force where the file says nothing else.
fn codes() -> Vec<String> {
    let rules = rule::standard(Norm::default());
    let codes: BTreeSet<String> = rules.iter().map(|rule| rule.code.to_string()).collect();
    codes.into_iter().collect()
}

/// The schema of a kind's table, which may be left out.
fn table(kind: &Kind) -> Json {
    let rows = kind.thresholds.iter();
    let properties: Map<String, Json> = rows
        .clone()
        .map(|row| (row.name.to_owned(), property(row)))
        .collect();
    let needed: Vec<&str> = rows
        .filter(|row| row.need == Omission::Needed)
        .map(|row| row.name)
        .collect();
    let table = json!({
        "type": "object",
        "properties": properties,
        "required": needed,
        "additionalProperties": false,
    });
    json!({ "description": kind.says, "anyOf": [table, { "type": "null" }] })
}

fn property(row: &Threshold) -> Json {
    let text = || json!({ "type": "string", "enum": keys(row.what) });
    let mut schema = match row.what {
        ValueKind::Flag => json!({ "type": "boolean", "default": false }),
        ValueKind::Count(low, high) => json!({ "type": "integer", "minimum": low, "maximum": high }),
        ValueKind::Value => json!({ "type": "number" }),
        ValueKind::Span(_) => json!({ "type": "string" }),
        ValueKind::Severity | ValueKind::Period | ValueKind::Quantity => text(),
        ValueKind::Quantities | ValueKind::Kinds => {
            json!({ "type": "array", "items": text(), "minItems": 1 })
        }
        ValueKind::Points => json!({ "type": "array", "items": { "type": "string" } }),
        ValueKind::Limits => {
            let keys = keys(row.what).into_iter();
            let numbers: Map<String, Json> = keys
                .map(|key| (key.to_owned(), json!({ "type": "number" })))
                .collect();
            json!({ "type": "object", "properties": numbers, "additionalProperties": false })
        }
    };
    if let Some(schema) = schema.as_object_mut() {
        schema.insert("description".to_owned(), row.says.into());
        if let Omission::Or(usual) = row.need {
            schema.insert("default".to_owned(), usual.into());
        }
    }
    schema
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::check::tests::Given;
    use crate::config::checked;
    use crate::domain::playbook::Origin;
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

    /// A rule of each kind in which every threshold is given, and one in which only what is needed is.
    fn written(kind: &Kind, all: bool) -> String {
        let mut text = format!("[[rule]]\ncode = 'X'\n[rule.{}]\n", kind.key);
        let severities = known::severities();
        for row in kind.thresholds {
            // The more severe a step the higher.
            let step = severities.iter().position(|key| *key == row.name);
            let high = step.map_or(7, |nth| 100 - nth);
            let value = match row.what {
                ValueKind::Flag => "true".to_owned(),
                ValueKind::Count(low, _) => low.to_string(),
                ValueKind::Value => format!("{high}.5"),
                ValueKind::Span(_) => format!("'{high}m'"),
                ValueKind::Severity | ValueKind::Period | ValueKind::Quantity => {
                    format!("'{}'", keys(row.what)[0])
                }
                ValueKind::Quantities | ValueKind::Kinds => format!("['{}']", keys(row.what)[0]),
                ValueKind::Points => "['p']".to_owned(),
                ValueKind::Limits => format!("{{ {} = 1 }}", keys(row.what)[0]),
            };
            if all || row.need == Omission::Needed || row.name == "red" {
                text.extend([row.name, " = ", &value, "\n"]);
            }
        }
        text
    }

    #[test]
    fn every_kind_is_made_of_what_its_thresholds_say_and_of_what_is_needed_alone() {
        let both = RULES
            .iter()
            .flat_map(|kind| [written(kind, true), written(kind, false)]);
        let text: String = both.collect();
        let rules = read(&text).unwrap_or_else(|lines| panic!("{lines:?} of\n{text}"));
        let own = rules.iter().filter(|rule| rule.code.as_str() == "X").count();
        assert_eq!(own, 2 * RULES.len());
    }

    #[test]
    fn what_is_out_of_bounds_unknown_or_missing_is_named_line_by_line_in_every_kind() {
        let (mut text, mut wrong) = (String::new(), Vec::new());
        for kind in RULES {
            for row in kind.thresholds {
                let bad = match row.what {
                    ValueKind::Flag | ValueKind::Points => "7",
                    ValueKind::Count(_, high) => &(high + 1).to_string(),
                    ValueKind::Value | ValueKind::Severity | ValueKind::Period | ValueKind::Quantity => "'x'",
                    ValueKind::Span(_) => "'0m'",
                    ValueKind::Quantities | ValueKind::Kinds => "['x']",
                    ValueKind::Limits => "{ x = 1 }",
                };
                let is_own = |line: &&str| line.starts_with(&format!("{} =", row.name));
                let good = written(kind, true);
                let begin = text.lines().count() as u32;
                for (nth, line) in good.lines().enumerate() {
                    if is_own(&line) {
                        wrong.push(begin + nth as u32 + 1);
                        text.extend([row.name, " = ", bad, "\n"]);
                    } else {
                        text.extend([line, "\n"]);
                    }
                }
                let without = good.lines().filter(|line| !is_own(line));
                if row.need == Omission::Needed {
                    // A key that is missing is said where its table begins.
                    wrong.push(text.lines().count() as u32 + 3);
                }
                text.extend(without.map(|line| format!("{line}\n")));
            }
        }
        assert_eq!(read(&text).expect_err("many faults"), wrong);
    }

    #[test]
    fn every_fault_of_a_rule_is_said_at_once() {
        let text = "[[rule]]\ncode = 'X'\norigin = 'lwa'\nfrom = 'x'\n[rule.pair]\nruns = 'x'\nidle = 1\nlasts = '0m'\n";
        assert_eq!(read(text).expect_err("four faults"), [3, 4, 6, 8]);
    }

    #[test]
    fn a_step_that_would_never_count_is_refused() {
        let text = "[[rule]]\ncode = 'X'\n[rule.level]\nhours = 1\norange = 200\nred = 100\n";
        assert_eq!(read(text).expect_err("red below orange"), [6]);
        let text = "[[rule]]\ncode = 'X'\n[rule.stale]\nkinds = ['air']\norange = '1h'\nyellow = '2h'\n";
        assert_eq!(read(text).expect_err("orange before yellow"), [5]);
    }

    #[test]
    fn a_general_limit_of_what_the_rule_does_not_look_at_is_refused() {
        let text = "[[rule]]\ncode = 'X'\n[rule.limit]\nkinds = ['site']\nof = ['tsp']\nover = '15m'\n\
                    or = { pm10 = 1 }\nseverity = 'red'\n";
        assert_eq!(read(text).expect_err("not among them"), [7]);
    }
}
