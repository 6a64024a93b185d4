//! Files beside the configuration: rows of a directory, each with its file and line. CSV, or TOML by the file's ending.

use crate::bench::check::{Check, Import};
use crate::bench::document::{At, Document};
use crate::bench::fault::{Fault, FaultKind, nearest};
use crate::bench::shape;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::json;
use std::path::Path;
use std::sync::Arc;

/// Where a row stands in a file beside the configuration.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// The file.
    pub(super) file: Arc<Path>,
    /// The row's line, counted from 1.
    pub(super) number: u32,
    /// The lines of its keys where they have lines of their own.
    keys: Vec<(String, u32)>,
}

impl Line {
    /// A fault of the row's `key`.
    pub(super) fn fault(&self, key: &str, kind: FaultKind) -> Fault {
        let own = self.keys.iter().find(|(name, _)| name == key);
        Fault {
            file: self.file.to_path_buf(),
            line: own.map_or(self.number, |(_, line)| *line),
            column: 0,
            key: key.to_owned(),
            kind,
            near: None,
        }
    }
}

/// The rows of the file that the key at `at` names: tables `[[name]]` of TOML, or CSV whose columns are the keys of `T`.
/// Every bad row is reported.
pub(super) fn table<T: DeserializeOwned + JsonSchema>(
    check: &mut Check<'_>,
    at: &At,
    name: &str,
    file: &Path,
) -> Vec<(Line, T)> {
    let path = check.beside(file);
    let Some(text) = check.text(at, &path) else {
        return Vec::new();
    };
    let is_toml = path
        .extension()
        .is_some_and(|end| end.eq_ignore_ascii_case("toml"));
    let rows = if is_toml {
        tables(check, &path, name, &text)
    } else {
        lines(check, &path, text.as_bytes())
    };
    let key = at.to_string().trim_start_matches("directory.").to_owned();
    check.imported(Import {
        file: path,
        key,
        rows: rows.len(),
    });
    rows
}

/// The tables `[[name]]` of a TOML file of its own.
fn tables<T: DeserializeOwned + JsonSchema>(
    check: &mut Check<'_>,
    path: &Path,
    name: &str,
    text: &str,
) -> Vec<(Line, T)> {
    let mut row = schemars::schema_for!(T).to_value();
    let defs = row.as_object_mut().and_then(|row| row.remove("$defs"));
    let schema = json!({ "properties": { name: { "type": "array", "items": row } }, "$defs": defs });
    let (document, broken) = Document::parse(path, text);
    let mut own = Check::new(&document, check.outside());
    if broken.is_empty() {
        own.misshape(shape::check(&document, &schema));
    }
    for fault in broken {
        own.push(fault);
    }
    let file: Arc<Path> = path.into();
    let rows: Vec<(At, T)> = own.list(name);
    let line = |at: &At| Line {
        file: Arc::clone(&file),
        number: document.line(at).unwrap_or(0),
        keys: document.keys(at),
    };
    let rows = rows.into_iter().map(|(at, row)| (line(&at), row)).collect();
    for fault in own.into_faults() {
        check.push(fault);
    }
    rows
}

/// The lines of a CSV file.
fn lines<T: DeserializeOwned + JsonSchema>(
    check: &mut Check<'_>,
    path: &Path,
    text: &[u8],
) -> Vec<(Line, T)> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text);
    let Some(header) = header::<T>(check, path, &mut reader) else {
        return Vec::new();
    };
    let file: Arc<Path> = path.into();
    let mut rows = Vec::new();
    for record in reader.records() {
        let row = record.and_then(|record| {
            let line = record.position().map_or(0, csv::Position::line);
            Ok((line, record.deserialize(Some(&header))?))
        });
        match row {
            Ok((line, row)) => {
                let line = Line {
                    file: Arc::clone(&file),
                    number: u32::try_from(line).unwrap_or(0),
                    keys: Vec::new(),
                };
                rows.push((line, row));
            }
            Err(error) => check.push(bad_row(path, &error, &header)),
        }
    }
    rows
}

/// The header, if every column in it is known and every needed one is there.
fn header<T: JsonSchema>(
    check: &mut Check<'_>,
    path: &Path,
    reader: &mut csv::Reader<&[u8]>,
) -> Option<csv::StringRecord> {
    let fault = |kind, key: &str| Fault {
        file: path.to_path_buf(),
        line: 1,
        column: 0,
        key: key.to_owned(),
        kind,
        near: None,
    };
    let header = match reader.headers() {
        Ok(header) => header.clone(),
        Err(error) => {
            check.push(fault(FaultKind::Syntax(error.to_string()), ""));
            return None;
        }
    };
    let schema = schemars::schema_for!(T).to_value();
    let known: Vec<&str> = schema
        .get("properties")
        .and_then(|p| p.as_object())
        .into_iter()
        .flat_map(|p| p.keys().map(String::as_str))
        .collect();
    let needed = schema
        .get("required")
        .and_then(|r| r.as_array())
        .into_iter()
        .flatten();
    let mut good = true;
    for name in header.iter().filter(|name| !known.contains(name)) {
        let mut fault = fault(FaultKind::UnknownKey, name);
        fault.near = nearest(name, known.iter().copied());
        check.push(fault);
        good = false;
    }
    for name in needed.filter_map(|name| name.as_str()) {
        if !header.iter().any(|column| column == name) {
            check.push(fault(FaultKind::Missing, name));
            good = false;
        }
    }
    good.then_some(header)
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "of the reader's faults only one names its column"
)]
fn bad_row(path: &Path, error: &csv::Error, header: &csv::StringRecord) -> Fault {
    let line = error.position().map_or(0, csv::Position::line);
    let (key, why) = match error.kind() {
        csv::ErrorKind::Deserialize { err, .. } => {
            let column = err.field().and_then(|n| header.get(usize::try_from(n).ok()?));
            (column.unwrap_or("").to_owned(), err.kind().to_string())
        }
        _ => (String::new(), error.to_string()),
    };
    Fault {
        file: path.to_path_buf(),
        line: u32::try_from(line).unwrap_or(0),
        column: 0,
        key,
        kind: FaultKind::Syntax(why),
        near: None,
    }
}
