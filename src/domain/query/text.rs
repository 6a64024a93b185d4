//! Text made alike for looking: case, width, and pinyin initials of Chinese.

use pinyin::ToPinyin;

/// In lower case and half width: `ＰＭ２．５` becomes `pm2.5`.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    each_folded(text, |c| folded.push(c));
    folded
}

/// Everything to be looked in: each text as [`pour`] makes it. A word that was [`fold`]ed is in a row if it is a part
/// of this.
pub fn haystack<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let mut all = String::new();
    texts.into_iter().for_each(|text| pour(text, &mut all));
    all
}

/// Adds a text to `all`: folded, on a line of its own; where it holds Chinese, its pinyin initials on one before it.
pub fn pour(text: &str, all: &mut String) {
    if !text.is_ascii() {
        each_folded(text, |c| all.push(initial(c)));
        all.push('\n');
    }
    each_folded(text, |c| all.push(c));
    all.push('\n');
}

/// Hands on the characters of [`fold`]; those that have no other case, nearly all here, by the short way.
fn each_folded(text: &str, mut put: impl FnMut(char)) {
    for c in text.chars().map(narrow) {
        match c {
            '\0'..='\x7F' => put(c.to_ascii_lowercase()),
            '\u{4E00}'..='\u{9FFF}' => put(c),
            _ => c.to_lowercase().for_each(&mut put),
        }
    }
}

/// The half-width twin of a full-width sign (U+FF01 to U+FF5E) or of the ideographic space.
pub(super) fn narrow(c: char) -> char {
    match u32::from(c) {
        0x3000 => ' ',
        code @ 0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// The first letter of a Chinese character's pinyin; any other character itself.
fn initial(c: char) -> char {
    c.to_pinyin()
        .and_then(|pinyin| pinyin.first_letter().chars().next())
        .filter(char::is_ascii)
        .unwrap_or(c)
}
