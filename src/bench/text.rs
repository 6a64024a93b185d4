//! Texts of files: UTF-8, with or without a byte order mark. What is not UTF-8 is a fault with its place and never guessed:
//! a name that was read wrongly would stand in orders.

use crate::bench::check::Check;
use crate::bench::document::At;
use crate::bench::fault::{Fault, FaultKind};
use std::path::Path;

/// What editors and spreadsheets put before a text.
const MARK: char = '\u{feff}';

/// What the bytes of `file` say.
///
/// # Errors
/// They are not UTF-8: where the first that is not stands.
pub fn text(file: &Path, bytes: Vec<u8>) -> Result<String, Vec<Fault>> {
    let error = match String::from_utf8(bytes) {
        Ok(text) => return Ok(text.strip_prefix(MARK).unwrap_or(&text).to_owned()),
        Err(error) => error,
    };
    let good = error.as_bytes().get(..error.utf8_error().valid_up_to());
    let good = good
        .and_then(|bytes| std::str::from_utf8(bytes).ok())
        .unwrap_or("");
    let good = good.strip_prefix(MARK).unwrap_or(good);
    let before = good.rsplit('\n').next().unwrap_or(good);
    let place = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Err(vec![Fault {
        file: file.to_path_buf(),
        line: place(good.matches('\n').count() + 1),
        column: place(before.chars().count() + 1),
        key: String::new(),
        kind: FaultKind::NotUtf8,
        near: None,
    }])
}

impl Check<'_> {
    /// The text of the file that the key at `at` names; where it cannot be read, that is reported there, and where it is
    /// not UTF-8, in the file.
    pub fn text(&mut self, at: &At, file: &Path) -> Option<String> {
        match self.outside().file(file).map(|bytes| text(file, bytes)) {
            Ok(Ok(text)) => return Some(text),
            Ok(Err(faults)) => faults.into_iter().for_each(|fault| self.push(fault)),
            Err(why) => self.fault(at, FaultKind::Unreadable(format!("{}: {why}", file.display()))),
        }
        None
    }
}
