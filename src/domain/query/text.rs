//! Text made alike for looking: case, width, and pinyin initials of Chinese.

use pinyin::ToPinyin;

/// In lower case and half width: `ＰＭ２．５` becomes `pm2.5`.
pub fn fold(text: &str) -> String {
    text.chars().map(narrow).flat_map(char::to_lowercase).collect()
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
        let folded = text.chars().map(narrow).flat_map(char::to_lowercase);
        all.extend(folded.map(initial));
        all.push('\n');
    }
    all.extend(text.chars().map(narrow).flat_map(char::to_lowercase));
    all.push('\n');
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
