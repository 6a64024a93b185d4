//! A row of a list, as its filter asks it.

use crate::cli::list::{ListRow, text};
use crate::domain::query::{FieldValue, Filterable, haystack};
use crate::tui::part::fields;
use crate::tui::part::fields::FieldBasis;
use serde_json::Value;
use std::borrow::Cow;

/// A row of a list, as filters see it: what the screens' filters know of it, and what is written of it.
pub(super) struct Listed<'a> {
    pub(super) fields: &'a [&'static str],
    pub(super) asks: &'a [&'static str],
    pub(super) seen: FieldBasis<'a>,
    pub(super) line: &'a ListRow,
}

impl<'a> Listed<'a> {
    /// What the screens' filters know of it.
    fn asked(&self, key: &str) -> Option<FieldValue<'a>> {
        if !self.asks.contains(&key) {
            return None;
        }
        let since = self.line.since.filter(|_| key == "age");
        let age = since.map(|since| FieldValue::Span(self.seen.now - since));
        age.or_else(|| fields::field(self.seen, &self.line.of, key))
    }

    /// What is written of it.
    fn written(&self, key: &str) -> Option<FieldValue<'a>> {
        let place = self.fields.iter().position(|field| *field == key)?;
        match self.line.values.get(place)? {
            Value::Null => None,
            Value::Bool(yes) => Some(FieldValue::Flag(*yes, Vec::new())),
            Value::Number(number) => number.as_f64().map(FieldValue::Number),
            Value::String(text) => Some(FieldValue::Text(text.into())),
            other @ (Value::Array(_) | Value::Object(_)) => Some(FieldValue::Text(text(other).into())),
        }
    }
}

impl Filterable for Listed<'_> {
    fn field(&self, key: &str) -> Option<FieldValue<'_>> {
        match (self.asked(key), self.written(key)) {
            // A reading's source and those of the alarms at its point: any will do.
            (Some(FieldValue::Names(mut names)), Some(FieldValue::Text(own))) => {
                names.push(own);
                Some(FieldValue::Names(names))
            }
            (asked, written) => asked.or(written),
        }
    }

    fn haystack(&self) -> Cow<'_, str> {
        let texts: Vec<String> = self.line.values.iter().map(text).collect();
        haystack(texts.iter().map(String::as_str)).into()
    }
}
