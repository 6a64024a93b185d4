//! A TOML file as text with places: which line a key stands on. Only the checks of this module read it.

use crate::config::fault::Fault;
use crate::config::fault::FaultKind;
use crate::config::fault::Shape;
use std::fmt;
use std::path::Path;
use std::path::PathBuf;
use toml::Spanned;
use toml::de::DeTable;
use toml::de::DeValue;

/// The way to a value inside a file: `source[2].every`. Elements of lists are counted from 1 where people read it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct At(Vec<Step>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Key(String),
    Nth(usize),
}

impl At {
    /// The file's top.
    pub fn root() -> Self {
        Self::default()
    }

    /// The value of `key` in the table here.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        self.with(Step::Key(key.to_owned()))
    }

    /// The element `index` (from 0) of the list here.
    #[must_use]
    pub fn nth(&self, index: usize) -> Self {
        self.with(Step::Nth(index))
    }

    /// Whether `above` is this place, or a table or list around it.
    pub fn begins_with(&self, above: &Self) -> bool {
        self.0.starts_with(&above.0)
    }

    fn with(&self, step: Step) -> Self {
        let mut steps = self.0.clone();
        steps.push(step);
        Self(steps)
    }
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, step) in self.0.iter().enumerate() {
            match step {
                Step::Key(key) if n == 0 => f.write_str(key)?,
                Step::Key(key) => write!(f, ".{key}")?,
                Step::Nth(index) => write!(f, "[{}]", index + 1)?,
            }
        }
        Ok(())
    }
}

/// A file's text, parsed with the place of everything in it.
#[derive(Debug)]
pub struct Document<'t> {
    /// Where it was read; `built-in` names no file.
    pub file: PathBuf,
    text: &'t str,
    root: Spanned<DeTable<'t>>,
}

/// Where a key and its value stand, in bytes.
struct Place {
    /// The key's own place, or the element's in a list.
    name: usize,
    /// The value's place.
    value: usize,
}

impl<'t> Document<'t> {
    /// Parses `text`; every error of its form at once, each with its place.
    pub fn parse(file: &Path, text: &'t str) -> (Self, Vec<Fault>) {
        let (root, errors) = DeTable::parse_recoverable(text);
        let document = Self {
            file: file.to_path_buf(),
            text,
            root,
        };
        let faults = errors
            .into_iter()
            .map(|error| {
                let offset = error.span().map_or(0, |span| span.start);
                document.fault_at(offset, &At::root(), FaultKind::Syntax(error.message().to_owned()))
            })
            .collect();
        (document, faults)
    }

    /// The whole text.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// The top table.
    pub(super) fn root(&self) -> &DeTable<'t> {
        self.root.get_ref()
    }

    /// A fault of the value at `at`, or of the nearest thing above it that stands in the file.
    pub fn fault(&self, at: &At, kind: FaultKind) -> Fault {
        let place = self.place(at);
        let is_of_name = matches!(kind, FaultKind::UnknownKey | FaultKind::Missing);
        let offset = if is_of_name { place.name } else { place.value };
        self.fault_at(offset, at, kind)
    }

    /// The line (from 1) on which `at` stands; `None` where the file does not hold it.
    pub fn line(&self, at: &At) -> Option<u32> {
        self.find(at).map(|place| self.line_column(place.name).0)
    }

    /// A fault at a place in bytes, as parsers give it.
    pub fn fault_at(&self, offset: usize, at: &At, kind: FaultKind) -> Fault {
        let (line, column) = self.line_column(offset);
        Fault {
            file: self.file.clone(),
            line,
            column,
            key: at.to_string(),
            kind,
            near: None,
        }
    }

    fn line_column(&self, offset: usize) -> (u32, u32) {
        let before = self.text.get(..offset).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        (
            u32::try_from(line).unwrap_or(u32::MAX),
            u32::try_from(column).unwrap_or(u32::MAX),
        )
    }

    /// The place of `at`, or of the nearest thing above it.
    fn place(&self, at: &At) -> Place {
        let mut above = at.clone();
        loop {
            if let Some(place) = self.find(&above) {
                return place;
            }
            if above.0.pop().is_none() {
                return Place { name: 0, value: 0 };
            }
        }
    }

    fn find(&self, at: &At) -> Option<Place> {
        let mut steps = at.0.iter();
        let Some(Step::Key(first)) = steps.next() else {
            return None;
        };
        let (name, mut value) = self.root().get_key_value(first.as_str())?;
        let mut place = Place {
            name: name.span().start,
            value: value.span().start,
        };
        for step in steps {
            (place.name, value) = match step {
                Step::Key(key) => {
                    let (name, value) = value.get_ref().as_table()?.get_key_value(key.as_str())?;
                    (name.span().start, value)
                }
                Step::Nth(index) => {
                    let value = value.get_ref().as_array()?.get(*index)?;
                    (value.span().start, value)
                }
            };
            place.value = value.span().start;
        }
        Some(place)
    }
}

/// The shape of a value in a file.
pub(super) fn shape_of(value: &DeValue<'_>) -> Shape {
    match value {
        DeValue::String(_) => Shape::Text,
        DeValue::Integer(_) => Shape::Integer,
        DeValue::Float(_) => Shape::Number,
        DeValue::Boolean(_) => Shape::Bool,
        DeValue::Datetime(_) => Shape::Time,
        DeValue::Array(_) => Shape::Array,
        DeValue::Table(_) => Shape::Table,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "[room]\nname = \"余姚\"\n\n[[source]]\nid = \"a\"\n\n[[source]]\nid = \"b\"\n";

    #[test]
    fn a_key_is_found_on_its_line() {
        let (document, faults) = Document::parse(Path::new("x.toml"), TEXT);
        assert_eq!(faults, Vec::new());
        let second = At::root().key("source").nth(1);
        assert_eq!(document.line(&second.key("id")), Some(8));
        assert_eq!(document.line(&second.key("every")), None);
        let fault = document.fault(&second.key("every"), FaultKind::Missing);
        assert_eq!((fault.line, fault.key.as_str()), (7, "source[2].every"));
    }

    #[test]
    fn every_broken_line_is_reported() {
        let (_, faults) = Document::parse(Path::new("x.toml"), "a = \nb = 1\nc = [1\n");
        let lines: Vec<u32> = faults.iter().map(|f| f.line).collect();
        assert!(lines.contains(&1) && lines.len() >= 2, "{faults:?}");
    }

    #[test]
    fn columns_count_characters_not_bytes() {
        let (document, _) = Document::parse(Path::new("x.toml"), "t = { 名 = 1, b = 2 }");
        let fault = document.fault(&At::root().key("t").key("b"), FaultKind::UnknownKey);
        assert_eq!(fault.column, 14);
    }
}
