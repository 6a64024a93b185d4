//! The schema of the configuration: what an editor is told.

use super::ran;
use crate::bench::check::tests::Given;
use crate::bench::known;
use crate::channels::CHANNELS;
use crate::domain::air::Norm;
use crate::domain::rule;
use crate::domain::rule::RULES;
use crate::sources::SOURCES;
use crate::tui::action::ACTIONS;
use crate::tui::look::theme::{THEMES, colours};
use serde_json::Value;
use std::collections::BTreeSet;

fn schema() -> Value {
    let (_, out, err) = ran("config schema", &Given::default());
    serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {err}"))
}

/// Every list of keys in a schema, without the null of what may be absent, and every fixed key.
fn lists(schema: &Value, found: &mut BTreeSet<Vec<String>>) {
    let texts = |list: &[Value]| list.iter().filter_map(Value::as_str).map(str::to_owned).collect();
    match schema {
        Value::Object(map) => {
            let list = map.get("enum").and_then(Value::as_array);
            found.extend(list.map(|list| texts(list)));
            found.extend(map.get("const").map(|key| texts(std::slice::from_ref(key))));
            map.values().for_each(|value| lists(value, found));
        }
        Value::Array(list) => list.iter().for_each(|value| lists(value, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn every_list_that_a_key_is_chosen_from_stands_in_the_schema() {
    let mut found = BTreeSet::new();
    lists(&schema(), &mut found);
    let codes: BTreeSet<String> = rule::standard(Norm::default())
        .iter()
        .map(|rule| rule.code.to_string())
        .collect();
    let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
    for (name, keys) in [
        ("severities", known::severities()),
        ("quantities", known::quantities()),
        ("periods", known::periods()),
        ("kinds of points", known::point_kinds()),
        ("kinds of signals", known::signal_kinds()),
        ("causes", known::causes()),
        ("roles", known::roles()),
        ("datums", known::datums()),
        ("languages", known::languages()),
        ("origins", known::origins()),
        ("figures", known::figures()),
        ("senses", known::senses()),
        ("classes", known::classes()),
        ("items", known::items()),
        ("norms", known::norms()),
        ("themes", THEMES.iter().map(|row| row.0).collect()),
        ("colours of a theme", colours()),
        ("actions", ACTIONS.iter().map(|row| row.id).collect()),
        ("codes", codes),
        ("formats", vec!["json", "csv", "wide"]),
        ("forms", vec!["stations", "archive"]),
        ("confidences", vec!["low", "nominal", "high"]),
    ] {
        assert!(!keys.is_empty(), "{name}");
        let keys: Vec<String> = keys.into_iter().map(str::to_owned).collect();
        assert!(found.contains(&keys), "{name}: {keys:?}");
    }
    let kinds = SOURCES.iter().map(|kind| kind.key);
    for key in kinds.chain(CHANNELS.iter().map(|kind| kind.key)) {
        assert!(found.contains(&vec![key.to_owned()]), "{key}");
    }
    let with_unit = |list: &Vec<String>| list.iter().any(|unit| unit == "µg/m³");
    assert!(found.iter().any(with_unit), "units");
}

#[test]
fn every_kind_of_rule_and_every_action_is_a_key_of_the_schema_with_words() {
    let schema = schema();
    let says = |pointer: &str, key: &str| {
        let there = schema.pointer(pointer).and_then(|map| map.get(key));
        there
            .and_then(|own| own.get("description"))
            .and_then(Value::as_str)
            .map(str::len)
    };
    for kind in RULES {
        let said = says("/$defs/RuleRaw/properties", kind.key);
        assert!(said > Some(0), "{}", kind.key);
    }
    for row in ACTIONS {
        assert!(
            says("/properties/keys/properties", row.id) > Some(0),
            "{}",
            row.id
        );
    }
}
