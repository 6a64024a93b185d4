//! One row, JSON or CSV: the text of a field in it. And its time.

use crate::domain::time::Moment;
use crate::sources::mapped::Platform;
use crate::sources::mapped::form::Field;
use crate::sources::{field, stamp};
use csv::{Reader, StringRecord};
use serde_json::Value;
use std::borrow::Cow;
use std::collections::HashMap;

/// The columns of a table by name.
pub(super) struct Head {
    /// Their names, in order.
    pub(super) names: Vec<String>,
    by_name: HashMap<String, usize>,
}

impl Head {
    /// The place of a column.
    pub(super) fn column(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }
}

/// A table with its header; without one where the text is empty.
pub(super) fn table(text: &str, delimiter: u8) -> (Head, Reader<&[u8]>) {
    let mut table = csv::ReaderBuilder::new()
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let head = table.headers().cloned().unwrap_or_default();
    let names: Vec<String> = head.iter().map(|name| name.trim().to_owned()).collect();
    let by_name = names.iter().enumerate();
    let by_name = by_name.map(|(n, name)| (name.clone(), n)).collect();
    (Head { names, by_name }, table)
}

/// A row.
#[derive(Clone, Copy)]
pub(super) enum Row<'r> {
    /// An element of the rows' path.
    Json(&'r Value),
    /// A record of a table.
    Csv(&'r Head, &'r StringRecord),
}

impl<'r> Row<'r> {
    /// Whether the field is there, whatever it holds.
    pub(super) fn has(self, of: &Field) -> bool {
        match (self, of) {
            (Self::Json(row), Field::Name(name)) => row.get(name).is_some(),
            (Self::Json(row), Field::Path(_, path)) => !path.query(row).is_empty(),
            (Self::Csv(head, _), of) => head.column(of.label()).is_some(),
        }
    }

    /// The text of a field; `None` where it is not there, null or no plain value.
    pub(super) fn text(self, of: &Field) -> Option<Cow<'r, str>> {
        match (self, of) {
            (Self::Json(row), Field::Name(name)) => field::plain(row.get(name)?),
            (Self::Json(row), Field::Path(_, path)) => field::plain(path.query(row).first()?),
            (Self::Csv(head, record), of) => {
                let column = head.column(of.label())?;
                record.get(column).map(|cell| Cow::Borrowed(cell.trim()))
            }
        }
    }
}

impl Platform {
    /// The text of a field; `None` also where it is one of the map's words for nothing.
    pub(super) fn text<'r>(&self, row: Row<'r>, of: &Field) -> Option<Cow<'r, str>> {
        let text = row.text(of)?;
        let missing = self.map.missing.iter().any(|missing| *missing == text);
        (!missing).then_some(text)
    }

    /// The texts of several fields, joined; `None` where all are missing.
    pub(super) fn joined(&self, row: Row<'_>, fields: &[Field], by: &str) -> Option<String> {
        let texts: Vec<_> = fields.iter().filter_map(|field| self.text(row, field)).collect();
        (!texts.is_empty()).then(|| texts.join(by))
    }

    /// The row's time as it is written, and as it is meant.
    pub(super) fn time(&self, row: Row<'_>) -> (String, Option<Moment>) {
        let form = &self.map.time;
        let parts = form.from.iter().map(|(field, width)| {
            let text = row.text(field).unwrap_or_default();
            match width {
                Some(width) => stamp::digits(&text, *width),
                None => text.into_owned(),
            }
        });
        let written = parts.collect::<Vec<_>>().join(" ");
        let at = stamp::read(&form.stamp, &written, form.zone);
        (written, at)
    }

    /// The names of the time's fields, for a flaw.
    pub(super) fn time_label(&self) -> String {
        let labels = self.map.time.from.iter().map(|(field, _)| field.label());
        labels.collect::<Vec<_>>().join(", ")
    }
}
