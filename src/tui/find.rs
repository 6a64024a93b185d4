//! Finding by a few typed letters: parts of words, and pinyin initials of Chinese ones (`yyz` finds 余姚镇).
//!
//! Used by the filter, the palette and the help. Not the filter language of `domain::query`.

use pinyin::ToPinyin;

/// What is looked for: every word of it must be found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Find {
    words: Vec<String>,
}

impl Find {
    /// From what was typed; words apart by spaces, case does not matter.
    pub fn new(typed: &str) -> Self {
        Self {
            words: typed.split_whitespace().map(str::to_lowercase).collect(),
        }
    }

    /// Whether nothing is looked for.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether every word is found in one of `texts`, literally or by pinyin initials.
    pub fn finds(&self, texts: &[&str]) -> bool {
        self.words
            .iter()
            .all(|word| texts.iter().any(|text| found(text, word)))
    }
}

fn found(text: &str, word: &str) -> bool {
    if text.to_lowercase().contains(word) {
        return true;
    }
    let latin = word.bytes().all(|b| b.is_ascii_alphanumeric());
    latin && !text.is_ascii() && initials(text).contains(word)
}

/// The text with each Chinese character replaced by the first letter of its pinyin.
pub fn initials(text: &str) -> String {
    text.chars()
        .map(|c| {
            let first = c.to_pinyin().and_then(|p| p.plain().chars().next());
            first.unwrap_or_else(|| c.to_ascii_lowercase())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_is_found_by_its_initials_and_every_word_must_be_found() {
        assert!(Find::new("yyz").finds(&["余姚镇"]));
        assert!(
            Find::new("火 mtz").finds(&["火情", "马渚镇 牟山"]) == Find::new("mtz").finds(&["马渚镇 牟山"])
        );
        assert!(Find::new("FIRE mz").finds(&["Fire at", "马渚"]));
        assert!(!Find::new("fire xx").finds(&["Fire at", "马渚"]));
        assert!(Find::new("  ").finds(&[]));
    }
}
