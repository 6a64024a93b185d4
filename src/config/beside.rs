//! CSV files beside the configuration: rows of a directory, each with its file and line.

use crate::config::check::Check;
use crate::config::document::At;
use crate::config::fault::Fault;
use crate::config::fault::FaultKind;
use crate::config::fault::nearest;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use std::path::Path;
use std::path::PathBuf;

/// The rows of the CSV file that the key at `at` names; columns are the keys of `T`. Every bad row is reported.
pub(super) fn table<T: DeserializeOwned + JsonSchema>(
    check: &mut Check<'_>,
    at: &At,
    file: &Path,
) -> Vec<(PathBuf, u32, T)> {
    let path = check.beside(file);
    let bytes = match check.outside().file(&path) {
        Ok(bytes) => bytes,
        Err(why) => {
            check.fault(at, FaultKind::Unreadable(format!("{}: {why}", path.display())));
            return Vec::new();
        }
    };
    // A byte order mark is what spreadsheets put before the first column's name.
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text);
    let Some(header) = header::<T>(check, &path, &mut reader) else {
        return Vec::new();
    };
    let mut rows = Vec::new();
    for record in reader.records() {
        let row = record.and_then(|record| {
            let line = record.position().map_or(0, csv::Position::line);
            Ok((line, record.deserialize(Some(&header))?))
        });
        match row {
            Ok((line, row)) => rows.push((path.clone(), u32::try_from(line).unwrap_or(0), row)),
            Err(error) => check.push(bad_row(&path, &error, &header)),
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
