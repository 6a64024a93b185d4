//! One line of text that is being written. The real cursor stands where the next character goes, for input methods.

use crate::tui::keys::{Code, Key};
use crate::tui::part;
use unicode_segmentation::UnicodeSegmentation;

/// The longest line, in characters.
const LONGEST: usize = 500;

/// A line and the place in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edit {
    before: String,
    after: String,
}

impl Edit {
    /// A line with the cursor at its end.
    pub fn new(text: &str) -> Self {
        Self {
            before: text.to_owned(),
            after: String::new(),
        }
    }

    /// The whole line.
    pub fn text(&self) -> String {
        format!("{}{}", self.before, self.after)
    }

    /// Whether nothing is written.
    pub fn is_empty(&self) -> bool {
        self.before.is_empty() && self.after.is_empty()
    }

    /// Writes text at the cursor; line ends become blanks.
    pub fn insert(&mut self, text: &str) {
        let room = LONGEST.saturating_sub(self.text().chars().count());
        let clean = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c });
        self.before.extend(clean.filter(|c| !c.is_control()).take(room));
    }

    /// Takes a key as every shell does. `false` where it means nothing here.
    pub fn key(&mut self, key: Key) -> bool {
        if let Some(c) = key.writes() {
            self.insert(c.encode_utf8(&mut [0; 4]));
            return true;
        }
        match (key.code, key.ctrl) {
            (Code::Left, false) | (Code::Char('b'), true) => shift_back(&mut self.before, &mut self.after),
            (Code::Right, false) | (Code::Char('f'), true) => shift_on(&mut self.before, &mut self.after),
            (Code::Home, false) | (Code::Char('a'), true) => {
                self.after.insert_str(0, &self.before);
                self.before.clear();
            }
            (Code::End, false) | (Code::Char('e'), true) => {
                self.before.push_str(&self.after);
                self.after.clear();
            }
            (Code::Backspace, false) => drop(take_last(&mut self.before)),
            (Code::Delete, false) => {
                let mut gone = String::new();
                shift_on(&mut gone, &mut self.after);
            }
            (Code::Char('u'), true) => self.before.clear(),
            (Code::Char('k'), true) => self.after.clear(),
            (Code::Char('w'), true) => {
                let kept = self.before.trim_end();
                let at = kept.rfind(char::is_whitespace).map_or(0, |at| at + 1);
                self.before.truncate(at);
            }
            _ => return false,
        }
        true
    }

    /// What is seen of it in `cells`, and in which cell the cursor stands.
    pub fn window(&self, cells: usize) -> (String, usize) {
        let before = part::tail(&self.before, cells.saturating_sub(1));
        let at = part::width(before);
        let after = part::head(&self.after, cells.saturating_sub(at));
        (format!("{before}{after}"), at)
    }
}

fn take_last(text: &mut String) -> Option<String> {
    let at = text.grapheme_indices(true).next_back()?.0;
    Some(text.split_off(at))
}

fn shift_back(before: &mut String, after: &mut String) {
    if let Some(last) = take_last(before) {
        after.insert_str(0, &last);
    }
}

fn shift_on(before: &mut String, after: &mut String) {
    let first = after.graphemes(true).next().map_or(0, str::len);
    let rest = after.split_off(first);
    before.push_str(after);
    *after = rest;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_is_edited_by_whole_characters() {
        let mut edit = Edit::new("已到现场");
        for key in [
            Key::plain(Code::Left),
            Key::plain(Code::Backspace),
            Key::char('火'),
        ] {
            assert!(edit.key(key));
        }
        assert_eq!(edit.text(), "已到火场");
        assert_eq!(edit.window(20), ("已到火场".into(), 6));
        assert_eq!(edit.window(4), ("火场".into(), 2));
        edit.key(Key::parse("Ctrl-U").expect("a key"));
        assert_eq!(edit.text(), "场");
        assert!(!edit.key(Key::plain(Code::Enter)));
    }

    #[test]
    fn what_is_pasted_stays_on_its_line() {
        let mut edit = Edit::default();
        edit.insert("a\r\nb\tc\u{7}");
        assert_eq!(edit.text(), "a  b c");
        edit.key(Key::parse("Ctrl-W").expect("a key"));
        assert_eq!(edit.text(), "a  b ");
    }
}
