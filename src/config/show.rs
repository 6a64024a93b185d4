//! Every value of a configuration with where it comes from, for `config show`. Secrets are never among them.

use crate::bench::document::{At, Document};
use crate::bench::{secret, shape};
use crate::config::raw;
use crate::domain::secret::VEIL;
use serde_json::Value;
use toml::de::{DeTable, DeValue};

/// One value that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its key, such as `source[1].every`.
    pub key: String,
    /// The value as TOML; a secret is `***`.
    pub value: String,
    /// Where it comes from.
    pub origin: ValueOrigin,
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ValueOrigin {
    /// This line of the file.
    File(u32),
    /// The program's default.
    Default,
    /// An environment variable.
    Env(String),
    /// A flag of the command line.
    Flag(&'static str),
}

/// Every value that holds, in the order of the schema; keys that are not in the file with their defaults.
pub fn rows(document: &Document<'_>) -> Vec<Row> {
    let schema = raw::schema();
    let mut show = Show {
        document,
        schema: &schema,
        rows: Vec::new(),
    };
    show.table(&schema, Some(document.root()), &At::root());
    show.rows
}

struct Show<'a, 't> {
    document: &'a Document<'t>,
    schema: &'a Value,
    rows: Vec<Row>,
}

impl Show<'_, '_> {
    fn table(&mut self, schema: &Value, table: Option<&DeTable<'_>>, at: &At) {
        let views = shape::views_of(self.schema, schema, table);
        let properties = views
            .iter()
            .filter_map(|v| v.get("properties")?.as_object())
            .flatten();
        for (key, schema) in properties {
            let here = at.key(key);
            match table.and_then(|table| table.get(key.as_str())) {
                Some(value) => self.value(schema, value.get_ref(), &here),
                None => self.absent(schema, &here),
            }
        }
        let others = views
            .iter()
            .find_map(|v| v.get("additionalProperties").filter(|s| s.is_object()));
        for (key, value) in table.into_iter().flatten() {
            let here = at.key(key.get_ref());
            match others {
                Some(_) if secret::is_name(key.get_ref()) && !is_filled(value.get_ref()) => {
                    self.push(&here, format!("\"{VEIL}\""));
                }
                Some(schema) => self.value(schema, value.get_ref(), &here),
                None => {}
            }
        }
    }

    fn value(&mut self, schema: &Value, value: &DeValue<'_>, at: &At) {
        let views = shape::views_of(self.schema, schema, None);
        let is_secret = views
            .iter()
            .any(|v| v.get("format").and_then(Value::as_str) == Some("password"));
        let is_named_elsewhere = ["_env", "_file"].iter().any(|end| at.to_string().ends_with(end));
        match value {
            _ if is_secret && !is_named_elsewhere => self.push(at, format!("\"{VEIL}\"")),
            DeValue::Table(table) => self.table(schema, Some(table), at),
            DeValue::Array(array) if array.iter().any(|item| item.get_ref().is_table()) => {
                let items = views.iter().find_map(|v| v.get("items"));
                for (n, item) in array.iter().enumerate() {
                    if let Some(items) = items {
                        self.value(items, item.get_ref(), &at.nth(n));
                    }
                }
            }
            DeValue::String(name) if at.to_string().ends_with("_env") => {
                self.push(at, toml_text(value));
                let key = at.to_string().trim_end_matches("_env").to_owned();
                self.rows.push(Row {
                    key,
                    value: format!("\"{VEIL}\""),
                    origin: ValueOrigin::Env(name.to_string()),
                });
            }
            DeValue::String(_)
            | DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_)
            | DeValue::Array(_) => self.push(at, toml_text(value)),
        }
    }

    /// A key that the file does not hold: its default, where it has one that says something.
    fn absent(&mut self, schema: &Value, at: &At) {
        let views = shape::views_of(self.schema, schema, None);
        let default = views.iter().find_map(|v| v.get("default"));
        let is_table = views.iter().any(|v| v.get("properties").is_some());
        let is_optional = schema.get("anyOf").is_some();
        if is_table && !is_optional {
            return self.table(schema, None, at);
        }
        let value = match default {
            Some(Value::String(text)) => toml::Value::from(text.as_str()).to_string(),
            Some(Value::Number(number)) => number.to_string(),
            Some(Value::Bool(bool)) => bool.to_string(),
            Some(Value::Null | Value::Array(_) | Value::Object(_)) | None => return,
        };
        self.rows.push(Row {
            key: at.to_string(),
            value,
            origin: ValueOrigin::Default,
        });
    }

    fn push(&mut self, at: &At, value: String) {
        let line = self.document.line(at).unwrap_or(0);
        self.rows.push(Row {
            key: at.to_string(),
            value,
            origin: ValueOrigin::File(line),
        });
    }
}

/// Whether a text only has the place of a secret, which is filled in when it is sent.
fn is_filled(value: &DeValue<'_>) -> bool {
    value.as_str().is_some_and(|text| text.contains('{'))
}

/// A value as TOML writes it, without the secrets that stand within texts.
fn toml_text(value: &DeValue<'_>) -> String {
    let list = |items: Vec<String>| format!("[{}]", items.join(", "));
    match value {
        DeValue::String(text) => toml::Value::from(secret::veiled(text)).to_string(),
        DeValue::Integer(number) => number.as_str().to_owned(),
        DeValue::Float(number) => number.as_str().to_owned(),
        DeValue::Boolean(bool) => bool.to_string(),
        DeValue::Datetime(time) => time.to_string(),
        DeValue::Array(array) => list(array.iter().map(|item| toml_text(item.get_ref())).collect()),
        DeValue::Table(table) => {
            let text = |key: &str, value: &DeValue<'_>| {
                if secret::is_name(key) && !is_filled(value) {
                    format!("\"{VEIL}\"")
                } else {
                    toml_text(value)
                }
            };
            let pairs = table
                .iter()
                .map(|(k, v)| format!("{} = {}", k.get_ref(), text(k.get_ref(), v.get_ref())));
            format!("{{ {} }}", pairs.collect::<Vec<_>>().join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn every_value_has_its_origin_and_no_secret_is_shown() {
        let text = "[room]\nname = \"余姚\"\n[keys]\n\"alarm.acknowledge\" = [\"k\"]\n[[channel]]\nid = \"robot\"\nkind = \"dingtalk\"\ntoken = \"hunter2\"\nsecret_env = \"ROBOT\"\n";
        let (document, _) = Document::parse(Path::new("x.toml"), text);
        let rows = rows(&document);
        let find = |key: &str| {
            let row = rows.iter().find(|row| row.key == key);
            row.map(|row| (row.value.as_str(), row.origin.clone()))
        };
        assert_eq!(find("room.name"), Some(("\"余姚\"", ValueOrigin::File(2))));
        assert_eq!(find("room.zone"), Some(("\"+08:00\"", ValueOrigin::Default)));
        assert_eq!(
            find("keys.alarm.acknowledge"),
            Some(("[\"k\"]", ValueOrigin::File(4)))
        );
        assert_eq!(find("channel[1].token"), Some(("\"***\"", ValueOrigin::File(8))));
        assert_eq!(
            find("channel[1].secret"),
            Some(("\"***\"", ValueOrigin::Env("ROBOT".to_owned())))
        );
        assert_eq!(find("channel[1].mention"), Some(("false", ValueOrigin::Default)));
        assert!(!format!("{rows:?}").contains("hunter2"));
    }
}
