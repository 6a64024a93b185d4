//! Text from outside, cleaned once where it is read: it can no longer speak to a terminal.

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

/// Bytes in hexadecimal.
pub fn hex<'a>(bytes: impl IntoIterator<Item = &'a u8>) -> String {
    let bytes: Vec<String> = bytes.into_iter().map(|byte| format!("{byte:02x}")).collect();
    bytes.concat()
}

/// The bytes that were written in hexadecimal; `None` for anything else.
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    let byte = |pair: &[u8; 2]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    rest.is_empty().then(|| pairs.iter().map(byte).collect())?
}

/// Longest text kept from outside, in characters; longer ones end in `…`.
pub const LONGEST: usize = 2000;

/// Text without control, escape, bidirectional, zero-width and other format characters, trimmed, at most [`LONGEST`] long.
///
/// Newlines and tabs become one space. Cheap to clone.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Clean(Arc<str>);

impl Ord for Clean {
    /// By their characters; what is shared is equal without being read.
    fn cmp(&self, other: &Self) -> Ordering {
        if Arc::ptr_eq(&self.0, &other.0) {
            return Ordering::Equal;
        }
        self.0.cmp(&other.0)
    }
}

impl PartialOrd for Clean {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Clean {
    /// Cleans `raw`.
    pub fn new(raw: &str) -> Self {
        if is_clean(raw) {
            return Self(raw.into());
        }
        let mut out = String::with_capacity(raw.len().min(4 * LONGEST));
        let mut space = true;
        let mut count = 0;
        for c in raw.chars() {
            if c.is_whitespace() {
                if !space {
                    out.push(' ');
                    count += 1;
                }
                space = true;
            } else if !is_unsafe(c) {
                out.push(c);
                count += 1;
                space = false;
            }
            if count >= LONGEST {
                out.push('…');
                break;
            }
        }
        out.truncate(out.trim_end().len());
        Self(out.into())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether nothing was left.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Whether cleaning would change nothing: so it is with nearly every text that is read back.
fn is_clean(raw: &str) -> bool {
    let mut space = true;
    let stays = |c: char| {
        let after = std::mem::replace(&mut space, c == ' ');
        match c {
            '!'..='~' | '\u{4E00}'..='\u{9FFF}' => true,
            ' ' => !after,
            _ => !c.is_whitespace() && !is_unsafe(c),
        }
    };
    raw.len() < LONGEST && raw.chars().all(stays) && !raw.ends_with(' ')
}

/// Control (Cc), format (Cf), private use and the variation selectors: none of them belongs on a duty screen.
pub fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(u32::from(c),
            0xAD | 0x600..=0x605 | 0x61C | 0x6DD | 0x70F | 0x8E2 | 0x180E | 0x200B..=0x200F | 0x2028..=0x202E
            | 0x2060..=0x206F | 0xFE00..=0xFE0F | 0xFEFF | 0xFFF9..=0xFFFB | 0x110BD | 0x110CD
            | 0x1BCA0..=0x1BCA3 | 0x1D173..=0x1D17A | 0xE0000..=0xE0FFF | 0xE000..=0xF8FF | 0xF0000..=0x0010_FFFF)
}

impl Default for Clean {
    fn default() -> Self {
        Self(Arc::from(""))
    }
}

impl From<&str> for Clean {
    fn from(raw: &str) -> Self {
        Self::new(raw)
    }
}

impl From<String> for Clean {
    fn from(raw: String) -> Self {
        Self::new(&raw)
    }
}

impl fmt::Display for Clean {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Clean {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}

impl AsRef<str> for Clean {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_escape_sequence_loses_its_voice() {
        assert_eq!(
            Clean::new("\u{1b}[2J火\u{202e}情\u{200b}\r\n x\t y ").as_str(),
            "[2J火情 x y"
        );
    }

    #[test]
    fn spaces_go_from_the_ends_and_between_words_one_stays_however_clean_the_rest_is() {
        for raw in ["a b", " a b", "a b ", "a  b", "a\u{3000}b", "a\tb", "\u{feff}a b"] {
            assert_eq!(Clean::new(raw).as_str(), "a b", "{raw:?}");
        }
        for raw in ["", "泗门镇 PM₂.₅ 75 µg/m³", "—"] {
            assert_eq!(Clean::new(raw).as_str(), raw);
        }
    }

    #[test]
    fn the_longest_text_ends_in_an_ellipsis() {
        let long = "字".repeat(LONGEST + 5);
        assert_eq!(Clean::new(&long).as_str().chars().count(), LONGEST + 1);
    }
}
