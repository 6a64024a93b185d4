//! Parts that panels are built of, and the measuring of text in cells that all of them share.
//!
//! Chinese is two cells a character here and in `ratatui`; both measure with the same table.

pub mod air;
pub mod alarm;
pub mod alarm_card;
pub mod big;
pub mod calm;
pub mod card;
pub mod case;
pub mod case_card;
pub mod chart;
pub mod evidence;
pub mod feed;
pub mod fields;
pub mod fire;
pub mod ground;
pub mod map;
pub mod outside;
pub mod pane;
pub mod sparkline;
pub mod table;
pub mod tabs;
pub mod told;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// How many cells a text takes.
pub fn width(text: &str) -> usize {
    text.width()
}

/// The text within `cells`, ending in `mark` where something was left out. Never half a character.
pub fn cut(text: &str, cells: usize, mark: &str) -> String {
    if width(text) <= cells {
        return text.to_owned();
    }
    let room = cells.saturating_sub(width(mark));
    let mut out = head(text, room).to_owned();
    if width(mark) <= cells {
        out.push_str(mark);
    }
    out
}

/// The longest beginning of a text that fits in `cells`.
pub fn head(text: &str, cells: usize) -> &str {
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        used += width(grapheme);
        if used > cells {
            return text.get(..at).unwrap_or_default();
        }
    }
    text
}

/// The longest end of a text that fits in `cells`.
pub fn tail(text: &str, cells: usize) -> &str {
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true).rev() {
        used += width(grapheme);
        if used > cells {
            return text.get(at + grapheme.len()..).unwrap_or_default();
        }
    }
    text
}

/// The text in exactly `cells`: cut with `mark`, or filled with blanks on the right.
pub fn fit(text: &str, cells: usize, mark: &str) -> String {
    let mut out = cut(text, cells, mark);
    let used = width(&out);
    out.extend(std::iter::repeat_n(' ', cells.saturating_sub(used)));
    out
}

/// As [`fit`], with the blanks on the left: for numbers.
pub fn fit_right(text: &str, cells: usize, mark: &str) -> String {
    let out = cut(text, cells, mark);
    let mut padded = " ".repeat(cells.saturating_sub(width(&out)));
    padded.push_str(&out);
    padded
}

/// Lines of at most `cells`: broken at blanks, and between any two Chinese characters. A line never begins with
/// a closing mark (，。；：！？、）」》).
pub fn wrap(text: &str, cells: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in pieces(text) {
        let wide = width(word);
        let closing = word.chars().all(|c| "，。；：！？、）」》,.;:!?)".contains(c));
        if used + wide > cells && !(closing && used + wide <= cells + 1) && used > 0 {
            lines.push(String::new());
            used = 0;
        }
        if used == 0 && word.trim().is_empty() && lines.len() > 1 {
            continue;
        }
        for grapheme in word.graphemes(true) {
            if used + width(grapheme) > cells && used > 0 && !closing {
                lines.push(String::new());
                used = 0;
            }
            if let Some(line) = lines.last_mut() {
                line.push_str(grapheme);
                used += width(grapheme);
            }
        }
    }
    lines
        .iter()
        .map(|line| head(line.trim_end(), cells.max(1)).to_owned())
        .collect()
}

/// Words, blanks, and single wide characters.
fn pieces(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut kind = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        let now = match (width(grapheme), grapheme.trim().is_empty()) {
            (_, true) => 1,
            (0 | 1, false) => 2,
            (_, false) => 3,
        };
        if at > start && (now != kind || now == 3) {
            out.extend(text.get(start..at));
            start = at;
        }
        kind = now;
    }
    out.extend(text.get(start..).filter(|rest| !rest.is_empty()));
    out
}

/// Writes a text at (x, y) of `area`, cut at its right edge; where nothing fits, nothing happens. Gives the cells used.
pub fn put(buf: &mut Buffer, area: Rect, at: (u16, u16), text: &str, style: Style) -> u16 {
    let area = area.intersection(buf.area);
    let (x, y) = at;
    if x >= area.width || y >= area.height {
        return 0;
    }
    let room = usize::from(area.width - x);
    let (end, _) = buf.set_stringn(area.x + x, area.y + y, text, room, style);
    end.saturating_sub(area.x + x)
}

/// Writes a line of spans as [`put`] does.
pub fn put_line(buf: &mut Buffer, area: Rect, at: (u16, u16), line: &Line<'_>) -> u16 {
    let area = area.intersection(buf.area);
    let (x, y) = at;
    if x >= area.width || y >= area.height {
        return 0;
    }
    let (end, _) = buf.set_line(area.x + x, area.y + y, line, area.width - x);
    end.saturating_sub(area.x + x)
}

/// Cells between figures that [`put_whole`] writes.
pub const APART: u16 = 3;

/// Writes figures into the first row of `area` one after another from cell `x` on, and gives the cell after them and their
/// gap. A part of a number is another number: one that does not fit whole, and what follows it, gives place to the sign of
/// a `cut`; then the area is used up.
pub fn put_whole(buf: &mut Buffer, area: Rect, mut x: u16, figures: &[(String, Style)], cut: &str) -> u16 {
    let begin = x;
    for (text, style) in figures {
        if usize::from(x) + width(text) > usize::from(area.width) {
            let free = if x > begin { x - APART } else { x };
            if free < area.width {
                put(buf, area, (x.min(area.width - 1), 0), cut, *style);
            }
            return area.width.max(x);
        }
        x += put(buf, area, (x, 0), text, *style) + APART;
    }
    x
}

/// Row `y` of an area as an area of its own; empty where there is none.
pub fn row(area: Rect, y: u16) -> Rect {
    if y >= area.height {
        return Rect::new(area.x, area.y, 0, 0);
    }
    Rect::new(area.x, area.y.saturating_add(y), area.width, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cut_by_cells_and_never_in_the_middle_of_a_character() {
        assert_eq!(cut("余姚市环境", 7, "…"), "余姚市…");
        assert_eq!(cut("余姚市环境", 6, "…"), "余姚…");
        assert_eq!(cut("余姚", 4, "…"), "余姚");
        assert_eq!(cut("余姚", 0, "…"), "");
        assert_eq!(fit("余姚市", 5, "…"), "余姚…");
        assert_eq!(fit_right("35", 4, "…"), "  35");
        assert_eq!(tail("余姚市", 3), "市");
    }

    #[test]
    fn a_figure_is_written_whole_or_not_at_all_at_every_width() {
        let figures = ["12 late", "345 fires", "6 cases"].map(|text| (text.to_owned(), Style::new()));
        for cells in 0..40 {
            let area = Rect::new(0, 0, cells, 1);
            let mut buf = Buffer::empty(area);
            let end = put_whole(&mut buf, area, 1, &figures, "…");
            let drawn: String = buf.content.iter().map(ratatui::buffer::Cell::symbol).collect();
            let mut rest = drawn.clone();
            for (text, _) in &figures {
                rest = rest.replacen(text, "", 1);
            }
            let all = cells >= 30;
            assert!(!rest.contains(char::is_alphanumeric), "{cells}: {drawn}");
            assert!(all || end >= cells, "{cells}: {drawn}");
            let free = cells > 1 && drawn.ends_with([' ', '…']);
            assert_eq!(rest.contains('…'), !all && free, "{cells}: {drawn}");
        }
    }

    #[test]
    fn chinese_wraps_between_characters_and_english_between_words() {
        assert_eq!(wrap("秸秆焚烧，请到场处置", 8), ["秸秆焚烧", "，请到场", "处置"]);
        assert_eq!(wrap("go to the place", 6), ["go to", "the", "place"]);
        assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(wrap("", 3), [""]);
    }

    #[test]
    fn no_line_is_wider_than_asked() {
        for cells in 2..30 {
            for text in [
                "秸秆焚烧，请 at once 到场 handle，处置。",
                "a, b, c。，。，d",
                "——",
            ] {
                assert!(
                    wrap(text, cells).iter().all(|line| width(line) <= cells),
                    "{cells} {text}"
                );
            }
        }
    }
}
