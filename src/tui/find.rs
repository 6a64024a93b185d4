//! Finding by a few typed letters: parts of words, and pinyin initials of Chinese ones (`yyz` finds 余姚镇).
//!
//! Used by the palette and the help; lists are filtered by `domain::query`, whose folding it shares. `index` makes a
//! long list ready for it.

pub mod index;

use crate::domain::query::{fold, pour};

/// What is looked for: every word of it must be found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Find {
    words: Vec<String>,
}

impl Find {
    /// From what was typed; words apart by spaces, case does not matter.
    pub fn new(typed: &str) -> Self {
        let words = fold(typed);
        Self {
            words: words.split_whitespace().map(str::to_owned).collect(),
        }
    }

    /// Whether every word is found in one of `texts`, literally or by pinyin initials.
    pub fn finds(&self, texts: &[&str]) -> bool {
        let mut words = Words::default();
        for text in texts {
            words.add(text);
        }
        self.words.iter().all(|word| words.0.contains(word))
    }
}

/// The words that a row is found by, made ready for looking: folded, with their pinyin initials.
#[derive(Debug, Default)]
pub struct Words(String);

impl Words {
    /// Adds a text; no word is found across two of them.
    pub fn add(&mut self, text: &str) {
        pour(text, &mut self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_is_found_by_its_initials_and_every_word_must_be_found() {
        assert!(Find::new("yyz").finds(&["余姚镇"]));
        assert!(!Find::new("火 mtz").finds(&["火情", "马渚镇 牟山"]));
        assert!(Find::new("火 mzz").finds(&["火情", "马渚镇 牟山"]));
        assert!(Find::new("FIRE mz").finds(&["Fire at", "马渚"]));
        assert!(!Find::new("fire xx").finds(&["Fire at", "马渚"]));
        assert!(!Find::new("firemz").finds(&["Fire", "马渚"]));
        assert!(Find::new("  ").finds(&[]));
    }
}
