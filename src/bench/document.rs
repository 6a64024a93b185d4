//! A TOML file as text with places: which line a key stands on. Only the checks of this module read it.

use crate::bench::fault::{Fault, FaultKind, Shape};
use std::fmt;
use std::path::{Path, PathBuf};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

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
    /// Where each line begins, in bytes.
    lines: Vec<usize>,
    root: Spanned<DeTable<'t>>,
}

impl<'t> Document<'t> {
    /// Parses `text`; every error of its form at once, each with its place.
    pub fn parse(file: &Path, text: &'t str) -> (Self, Vec<Fault>) {
        let (root, errors) = DeTable::parse_recoverable(text);
        let document = Self {
            file: file.to_path_buf(),
            text,
            lines: text.match_indices('\n').map(|(at, _)| at + 1).collect(),
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

    /// The top table.
    pub fn root(&self) -> &DeTable<'t> {
        self.root.get_ref()
    }

    /// A fault of the value at `at`, or of the nearest thing above it that stands in the file.
    pub fn fault(&self, at: &At, kind: FaultKind) -> Fault {
        let (name, value) = self.place(at);
        let is_of_name = matches!(kind, FaultKind::UnknownKey | FaultKind::Missing);
        self.fault_at(if is_of_name { name } else { value }, at, kind)
    }

    /// The line (from 1) on which `at` stands; `None` where the file does not hold it.
    pub fn line(&self, at: &At) -> Option<u32> {
        self.find(at).map(|(name, _)| self.line_column(name).0)
    }

    /// The keys of the table at `at`, each with its line.
    pub fn keys(&self, at: &At) -> Vec<(String, u32)> {
        let table = self.find(at).and_then(|(_, value)| value.get_ref().as_table());
        let keys = table.into_iter().flat_map(|table| table.keys());
        keys.map(|key| (key.get_ref().to_string(), self.line_column(key.span().start).0))
            .collect()
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
        let above = self.lines.partition_point(|begin| *begin <= offset);
        let begin = above
            .checked_sub(1)
            .and_then(|nth| self.lines.get(nth))
            .unwrap_or(&0);
        let before = self.text.get(*begin..offset).unwrap_or("");
        let (line, column) = (above + 1, before.chars().count() + 1);
        (
            u32::try_from(line).unwrap_or(u32::MAX),
            u32::try_from(column).unwrap_or(u32::MAX),
        )
    }

    /// Where the key (or the element of a list) and the value of `at` stand, in bytes; of the nearest thing above it
    /// where the file does not hold it.
    fn place(&self, at: &At) -> (usize, usize) {
        let mut above = at.clone();
        loop {
            if let Some((name, value)) = self.find(&above) {
                return (name, value.span().start);
            }
            if above.0.pop().is_none() {
                return (0, 0);
            }
        }
    }

    /// Where the key or the element of `at` stands, in bytes, and its value.
    fn find(&self, at: &At) -> Option<(usize, &Spanned<DeValue<'t>>)> {
        let mut steps = at.0.iter();
        let Some(Step::Key(first)) = steps.next() else {
            return None;
        };
        let (name, mut value) = self.root().get_key_value(first.as_str())?;
        let mut name = name.span().start;
        for step in steps {
            (name, value) = match step {
                Step::Key(key) => {
                    let (name, value) = value.get_ref().as_table()?.get_key_value(key.as_str())?;
                    (name.span().start, value)
                }
                Step::Nth(index) => {
                    let value = value.get_ref().as_array()?.get(*index)?;
                    (value.span().start, value)
                }
            };
        }
        Some((name, value))
    }
}

/// The shape of a value in a file.
pub fn shape_of(value: &DeValue<'_>) -> Shape {
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
