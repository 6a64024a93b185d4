//! The line of a file that a fault is about, as it may be shown: cleaned, and none that holds a secret.
//!
//! What takes a secret is told by its name ([`secret::is_taken_by`]), so that this holds for any file and without a schema. Of
//! a line only what is meant is shown with its value: what stands under another key may be a secret under a slip of the finger.
//! In a file that is no TOML nobody knows where a value ends: there no line is shown that a secret stands before, back to the
//! heading above. Called by `cli`, which draws it.

use crate::bench::document::Document;
use crate::bench::fault::{Fault, FaultKind};
use crate::bench::secret;
use crate::domain::text::is_unsafe;
use std::ops::Range;
use std::path::Path;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A line, and what is meant in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The line's number, counted from 1.
    pub number: u32,
    /// What stands on it, without what must not be shown.
    pub text: String,
    /// What is meant, in bytes of `text`.
    pub meant: Range<usize>,
}

/// A file in which faults were found.
pub struct Page {
    text: String,
    /// Where each line begins.
    lines: Vec<usize>,
    marks: Vec<Mark>,
    is_broken: bool,
}

/// Where something stands.
struct Mark {
    at: Range<usize>,
    /// Whether it takes a secret.
    secret: bool,
    /// Whether it is the value of a key.
    is_value: bool,
}

impl Page {
    /// The `file` that says `text`.
    pub fn new(file: &Path, text: String) -> Self {
        let (document, broken) = Document::parse(file, &text);
        let mut marks = Vec::new();
        mark_table(document.root(), false, &mut marks);
        let ends = text.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            is_broken: !broken.is_empty(),
            lines: std::iter::once(0).chain(ends).collect(),
            text,
            marks,
        }
    }

    /// The line that `fault` is about; `None` where it stands on none, or on one that must not be shown.
    pub fn excerpt(&self, fault: &Fault) -> Option<Excerpt> {
        let mut steps = fault.key.split(['.', '[', ']']).chain(fault.near.as_deref());
        if steps.any(secret::is_taken_by) {
            return None;
        }
        let line = self.line(fault.line)?;
        let shown = self.text.get(line.clone())?;
        if self.is_secret(&line, fault) {
            return None;
        }
        let meant = match fault.column {
            0 => line.end - shown.trim_start().len()..line.end,
            column => {
                let start = line.start + offset(shown, column);
                start..self.end(start, fault)?.min(line.end)
            }
        };
        Some(self.cleaned(fault.line, &line, &meant))
    }

    /// Where a line stands, without its end.
    fn line(&self, number: u32) -> Option<Range<usize>> {
        let nth = usize::try_from(number).ok()?.checked_sub(1)?;
        let start = *self.lines.get(nth)?;
        let line = self.text.get(start..)?.split('\n').next()?;
        Some(start..start + line.trim_end_matches('\r').len())
    }

    /// Where that ends which begins at `start`; `None` where nothing does: what is missing there has no place.
    fn end(&self, start: usize, fault: &Fault) -> Option<usize> {
        let known = self.marks.iter().find(|mark| mark.at.start == start);
        let word = || {
            let rest = self
                .text
                .get(start..)
                .filter(|_| matches!(fault.kind, FaultKind::Syntax(_)))?;
            let is_end = |c: char| c.is_whitespace() || matches!(c, ',' | '=' | ']' | '}');
            Some(start + rest.find(is_end).unwrap_or(rest.len()))
        };
        known.map(|mark| mark.at.end).or_else(word)
    }

    /// Whether a secret may stand on the line.
    fn is_secret(&self, line: &Range<usize>, fault: &Fault) -> bool {
        let touches = |at: &Range<usize>| at.start <= line.end && line.start <= at.end;
        let shown = self.text.get(line.clone()).unwrap_or_default();
        let is_taken = |text: &str, is: fn(&str) -> bool| words(text).any(is);
        if is_taken(shown, secret::is_taken_by) || secret::is_in_address(shown) {
            return true;
        }
        if !self.is_broken || fault.column == 0 {
            return self.marks.iter().any(|mark| mark.secret && touches(&mark.at));
        }
        let above = self.text.get(..line.end).unwrap_or_default();
        let heading = above.rmatch_indices("\n[").map(|(at, _)| at).next();
        is_taken(
            above.get(heading.unwrap_or(0)..).unwrap_or_default(),
            secret::is_near,
        )
    }

    /// The line with what is meant, without what speaks to a terminal, and without the values of other keys.
    fn cleaned(&self, number: u32, line: &Range<usize>, meant: &Range<usize>) -> Excerpt {
        let other = |mark: &&Mark| {
            let holds = mark.at.start <= meant.start && meant.end <= mark.at.end;
            mark.is_value && !holds && mark.at.start < line.end && line.start < mark.at.end
        };
        let others: Vec<&Range<usize>> = self.marks.iter().filter(other).map(|mark| &mark.at).collect();
        let mut text = String::new();
        let (mut from, mut to, mut veiled) = (None, None, line.start);
        for (at, c) in self.text.get(line.clone()).unwrap_or_default().char_indices() {
            let at = line.start + at;
            from = from.or_else(|| (at >= meant.start).then_some(text.len()));
            to = to.or_else(|| (at >= meant.end).then_some(text.len()));
            if at < veiled {
                continue;
            }
            if let Some(value) = others.iter().find(|value| value.contains(&at)) {
                veiled = value.end;
                text.push('…');
            } else if c.is_whitespace() {
                text.push(' ');
            } else if !is_unsafe(c) {
                text.push(c);
            }
        }
        let end = text.len();
        Excerpt {
            number,
            meant: from.unwrap_or(end)..to.unwrap_or(end),
            text,
        }
    }
}

/// How many bytes stand before a column.
fn offset(line: &str, column: u32) -> usize {
    let before = usize::try_from(column.saturating_sub(1)).unwrap_or(usize::MAX);
    line.char_indices().nth(before).map_or(line.len(), |(at, _)| at)
}

/// The words that could be names.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    text.split(move |c| !is_part(c)).filter(|word| !word.is_empty())
}

fn mark_table(table: &DeTable<'_>, secret: bool, marks: &mut Vec<Mark>) {
    for (key, value) in table {
        let secret = secret || secret::is_taken_by(key.get_ref());
        let of = |at, is_value| Mark { at, secret, is_value };
        // A table that a dotted key or a heading makes stands where its name does.
        let is_written = value.span().start >= key.span().end;
        marks.extend([of(key.span(), false), of(value.span(), is_written)]);
        mark_value(value, secret, marks);
    }
}

fn mark_value(value: &Spanned<DeValue<'_>>, secret: bool, marks: &mut Vec<Mark>) {
    match value.get_ref() {
        DeValue::Table(table) => mark_table(table, secret, marks),
        DeValue::Array(array) => {
            for item in array {
                marks.push(Mark {
                    at: item.span(),
                    secret,
                    is_value: false,
                });
                mark_value(item, secret, marks);
            }
        }
        DeValue::String(_)
        | DeValue::Integer(_)
        | DeValue::Float(_)
        | DeValue::Boolean(_)
        | DeValue::Datetime(_) => {}
    }
}

#[cfg(test)]
mod tests;
