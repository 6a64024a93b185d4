//! What every table of the directory needs: its rows from both places, names found, positions, and faults at a row.

use crate::bench::check::Check;
use crate::bench::document::At;
use crate::bench::fault::{FaultKind, nearest};
use crate::config::beside::{Line, table};
use crate::domain::place::{Datum, Place};
use crate::domain::quantity::Value;
use std::collections::HashMap;
use std::path::Path;

/// Where a row stands, so that a fault can name it: in the configuration, or in a file beside it.
#[derive(Clone, Debug)]
pub(super) enum RowAt {
    /// In the configuration itself.
    Here(At),
    /// In another file.
    There(Line),
}

/// Rows of one table, each with its place.
pub(super) type Rows<T> = Vec<(RowAt, T)>;

/// More names than these are not listed in a fault: nobody would read them.
const MOST_LISTED: usize = 40;

/// The rows of `[[name]]`, and after them those of the file beside the configuration.
pub(super) fn read<T: serde::de::DeserializeOwned + schemars::JsonSchema>(
    check: &mut Check<'_>,
    name: &str,
    file: Option<&Path>,
) -> Rows<T> {
    let own = check.list(name).into_iter();
    let mut rows: Rows<T> = own.map(|(at, row)| (RowAt::Here(at), row)).collect();
    if let Some(file) = file {
        let several = name
            .strip_suffix('y')
            .map_or_else(|| format!("{name}s"), |stem| format!("{stem}ies"));
        let at = At::root().key("directory").key(&format!("{several}_file"));
        let there = table(check, &at, name, file);
        rows.extend(there.into_iter().map(|(line, row)| (RowAt::There(line), row)));
    }
    rows
}

/// The keys of a table's rows, found by key or by name.
pub(super) struct Names<'r> {
    ids: Vec<&'r str>,
    called: Vec<&'r str>,
    keys: HashMap<&'r str, &'r str>,
}

impl<'r> Names<'r> {
    /// Of rows with a key and a name each. A key that stands twice is reported.
    pub(super) fn of<T>(
        check: &mut Check<'_>,
        rows: &'r Rows<T>,
        name: impl Fn(&'r T) -> (&'r str, &'r str),
    ) -> Self {
        let mut first: HashMap<&str, &RowAt> = HashMap::with_capacity(rows.len());
        let mut ids = Vec::with_capacity(rows.len());
        for (at, row) in rows {
            let id = name(row).0;
            if let Some(other) = first.get(id) {
                let line = line(check, other);
                fault(check, at, "id", FaultKind::Twice(id.to_owned(), line));
            } else {
                first.insert(id, at);
                ids.push(id);
            }
        }
        let mut keys: HashMap<&str, &str> = ids.iter().map(|id| (*id, *id)).collect();
        let named = rows.iter().map(|(_, row)| name(row));
        let mut names = Vec::new();
        for (id, name) in named.filter(|(_, name)| !name.is_empty()) {
            names.push(name);
            keys.entry(name).or_insert(id);
        }
        Self {
            ids,
            called: names,
            keys,
        }
    }

    /// The key of what `text` names; what is not there is reported, with what is near to it.
    pub(super) fn find(
        &self,
        check: &mut Check<'_>,
        at: &RowAt,
        key: &str,
        text: Option<&str>,
    ) -> Option<&'r str> {
        let text = text?;
        let found = self.keys.get(text).copied();
        if found.is_none() {
            let near = nearest(text, self.ids.iter().chain(&self.called).copied());
            let few = self.ids.iter().take(MOST_LISTED).map(|&id| id.to_owned());
            let listed = if self.ids.len() > MOST_LISTED {
                Vec::new()
            } else {
                few.collect()
            };
            let kind = FaultKind::Nothing(text.to_owned(), listed);
            push(check, at, key, kind, near);
        }
        found
    }
}

/// The line a row stands on.
fn line(check: &Check<'_>, at: &RowAt) -> u32 {
    match at {
        RowAt::Here(at) => check.document().line(at).unwrap_or(0),
        RowAt::There(line) => line.number,
    }
}

/// A position, where both numbers are given; one alone is a fault.
pub(super) fn place(
    check: &mut Check<'_>,
    at: &RowAt,
    (lat, lon): (Option<f64>, Option<f64>),
    datum: Datum,
) -> Option<Place> {
    let found = match (lat, lon) {
        (None, None) => return None,
        (Some(lat), Some(lon)) => Place::on(datum, lat, lon),
        (Some(_), None) | (None, Some(_)) => None,
    };
    if found.is_none() {
        let key = if lat.is_some() { "lat" } else { "lon" };
        fault(check, at, key, FaultKind::Position);
    }
    found
}

/// A number within `low ..= high`; one that is not is reported.
pub(super) fn within(
    check: &mut Check<'_>,
    at: &RowAt,
    key: &str,
    number: Option<f64>,
    (low, high): (f64, f64),
) -> Option<f64> {
    let number = number?;
    let good = low <= number && number <= high;
    if !good {
        let [found, low, high] = [number, low, high].map(|n| n.to_string());
        fault(check, at, key, FaultKind::Range(found, low, high));
    }
    good.then_some(number)
}

/// A value of zero or more.
pub(super) fn value(check: &mut Check<'_>, at: &RowAt, key: &str, number: Option<f64>) -> Option<Value> {
    within(check, at, key, number, (0.0, 1e9)).and_then(Value::from_f64)
}

/// Reports a fault of a row.
pub(super) fn fault(check: &mut Check<'_>, at: &RowAt, key: &str, kind: FaultKind) {
    let near = if let FaultKind::Unknown(found, known) | FaultKind::Nothing(found, known) = &kind {
        nearest(found, known.iter().map(String::as_str))
    } else {
        None
    };
    push(check, at, key, kind, near);
}

fn push(check: &mut Check<'_>, at: &RowAt, key: &str, kind: FaultKind, near: Option<String>) {
    let mut fault = match at {
        RowAt::Here(at) => check.document().fault(&at.key(key), kind),
        RowAt::There(line) => line.fault(key, kind),
    };
    fault.near = near;
    check.push(fault);
}
