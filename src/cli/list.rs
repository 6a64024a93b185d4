//! The headless twins of the lists: `lookout alarms`, `cases`, `points`, as a table or as JSON, under the same filter.

use crate::cli::Stage;
use crate::cli::args;
use crate::cli::common::Common;
use crate::cli::exit::Exit;
use crate::cli::fault::Fault;
use crate::cli::open;
use crate::cli::watch::who;
use crate::desk::board::sight::state_seen_by;
use crate::domain::alarm::AlarmState;
use crate::domain::quantity::Quantity;
use crate::domain::quantity::Value as Exact;
use crate::domain::query::FieldValue;
use crate::domain::query::Query;
use crate::domain::query::QueryFault;
use crate::domain::query::Row;
use crate::domain::query::haystack;
use crate::domain::signal::Severity;
use crate::domain::time::CHINA;
use crate::lang;
use crate::lang::Lang;
use crate::lang::cli::CliText;
use crate::lang::domain;
use crate::lang::fill;
use crate::store::Store;
use serde_json::Map;
use serde_json::Number;
use serde_json::Value;
use std::borrow::Cow;
use unicode_width::UnicodeWidthStr;

pub mod alarms;
pub mod cases;
pub mod points;

/// What is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Alarms that are not normal.
    Alarms,
    /// Cases.
    Cases,
    /// The newest readings.
    Points,
}

/// Reads the ledger and writes the list.
///
/// # Errors
/// The configuration is wrong, the ledger cannot be read, or the filter names a field that there is not.
pub fn run(
    subject: Subject,
    args: &args::List,
    common: &Common,
    stage: &mut Stage<'_>,
) -> Result<Exit, Fault> {
    let config = open::config(common, stage)?;
    let store = open::reader(config.as_ref(), common, stage)?;
    let zone = config.as_ref().map_or(CHINA, |config| config.zone);
    let lang = stage.lang;
    let seen = |state| match &config {
        Some(config) => state_seen_by(&state, &config.playbooks, who(config, stage.outside).role),
        None => state,
    };
    let state = || store.state(None).map(seen);
    let read = match subject {
        Subject::Alarms => state().map(|state| alarms::list(&state, zone, lang)),
        Subject::Cases => state().map(|state| cases::list(&state, zone, lang)),
        Subject::Points => store.latest().map(|readings| {
            let directory = config.map(|config| config.directory).unwrap_or_default();
            points::list(&readings, &directory, zone, lang)
        }),
    };
    let list = read.map_err(|error| Fault::store(&error))?;
    list.write(&args.filter, args.json, stage)
}

/// A list ready to be written: the names of its fields, what people read above each, and its rows.
#[derive(Clone, Debug, Default)]
pub struct List {
    /// The names of the fields, for JSON and for filters.
    pub fields: &'static [&'static str],
    /// The headings of the columns that the table shows: a field and its words.
    pub columns: Vec<(&'static str, &'static str)>,
    /// The rows: a value for each field.
    pub rows: Vec<Vec<Value>>,
}

impl List {
    /// Keeps the rows that `typed` finds, and writes them.
    ///
    /// # Errors
    /// The filter names a field that there is not, or the output cannot be written.
    pub fn write(mut self, typed: &str, json: bool, stage: &mut Stage<'_>) -> Result<Exit, Fault> {
        let query = Query::of_fields(typed, self.fields).map_err(|fault| self.misread(&fault, stage))?;
        let fields = self.fields;
        self.rows.retain(|row| holds(&query, fields, row));
        if json {
            let rows: Vec<Value> = self.rows.into_iter().map(|row| object(fields, row)).collect();
            writeln!(stage.out, "{:#}", Value::Array(rows))?;
        } else {
            write!(stage.out, "{}", self.table(stage.lang))?;
        }
        Ok(Exit::Good)
    }

    fn misread(&self, fault: &QueryFault, stage: &Stage<'_>) -> Fault {
        let list = self.fields.join(", ");
        let mut words = Fault::new(Exit::Usage, lang::query::words(stage.lang, fault));
        words
            .hints
            .push(fill(CliText::KnownAre.text(stage.lang), &[("list", &list)]));
        words
    }

    /// Columns two spaces apart, as wide as their widest cell; Chinese characters count two.
    fn table(&self, lang: Lang) -> String {
        let at = |name: &str| {
            self.fields
                .iter()
                .position(|field| *field == name)
                .unwrap_or(usize::MAX)
        };
        let columns: Vec<usize> = self.columns.iter().map(|(name, _)| at(name)).collect();
        let heads: Vec<String> = self
            .columns
            .iter()
            .map(|(_, words)| (*words).to_owned())
            .collect();
        let cell = |row: &Vec<Value>, n: usize| {
            let (field, value) = (self.fields.get(n)?, row.get(n)?);
            Some(shown(field, &text(value), lang))
        };
        let cells = self.rows.iter();
        let cells = cells.map(|row| {
            columns
                .iter()
                .map(|n| cell(row, *n).unwrap_or_default())
                .collect()
        });
        let lines: Vec<Vec<String>> = std::iter::once(heads).chain(cells).collect();
        aligned(&lines).concat()
    }
}

/// A value as a JSON number with the digits it has: nothing rounded, no noise of a float.
pub(super) fn exact(value: Exact) -> Value {
    let text = value.to_string();
    serde_json::from_str::<Number>(&text).map_or(Value::String(text), Value::Number)
}

/// Lines of cells, two spaces apart, each column as wide as its widest cell; Chinese characters count two.
pub(super) fn aligned(lines: &[Vec<String>]) -> Vec<String> {
    let columns = lines.iter().map(Vec::len).max().unwrap_or(0);
    let widest = |n: usize| {
        let cells = lines.iter().filter_map(|line| line.get(n));
        cells.map(|cell| cell.width()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(widest).collect();
    lines.iter().map(|line| padded(line, &widths)).collect()
}

fn padded(cells: &[String], widths: &[usize]) -> String {
    let mut line = String::new();
    for (cell, width) in cells.iter().zip(widths) {
        line.push_str(cell);
        line.extend(std::iter::repeat_n(' ', width.saturating_sub(cell.width()) + 2));
    }
    format!("{}\n", line.trim_end())
}

fn holds(query: &Query, fields: &[&'static str], values: &[Value]) -> bool {
    query.holds(&Listed { fields, values })
}

/// A row of a list, as filters see it.
struct Listed<'a> {
    fields: &'a [&'static str],
    values: &'a [Value],
}

/// Severities, least first.
const SEVERITY_ORDER: &[&str] = &["blue", "yellow", "orange", "red"];

impl Row for Listed<'_> {
    fn field(&self, key: &str) -> Option<FieldValue<'_>> {
        let place = self.fields.iter().position(|field| *field == key)?;
        match self.values.get(place)? {
            Value::Null => None,
            Value::Bool(yes) => Some(FieldValue::Flag(*yes)),
            Value::Number(number) => number.as_f64().map(FieldValue::Number),
            Value::String(text) if key == "severity" => Some(FieldValue::Ranked(text, SEVERITY_ORDER)),
            Value::String(text) => Some(FieldValue::Text(text.into())),
            other @ (Value::Array(_) | Value::Object(_)) => Some(FieldValue::Text(text(other).into())),
        }
    }

    fn haystack(&self) -> Cow<'_, str> {
        let texts: Vec<String> = self.values.iter().map(text).collect();
        haystack(texts.iter().map(String::as_str)).into()
    }
}

fn object(fields: &[&str], row: Vec<Value>) -> Value {
    let pairs = fields.iter().map(|field| (*field).to_owned()).zip(row);
    Value::Object(pairs.collect::<Map<_, _>>())
}

/// A value as people read it: keys of the domain in words.
fn shown(field: &str, key: &str, lang: Lang) -> String {
    let words = match field {
        "severity" => Severity::by_key(key).map(|it| domain::severity(lang, it)),
        "state" => AlarmState::by_key(key).map(|it| domain::alarm_state(lang, it)),
        "quantity" => Quantity::by_key(key).map(|it| domain::quantity(lang, it)),
        _ => None,
    };
    words.unwrap_or(key).to_owned()
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}
