//! Large digits for the one number of a screen, three rows high. Called by panels.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Five rows of three dots for each digit, the leftmost dot in the highest bit.
const DIGITS: [[u8; 5]; 10] = [
    [0b111, 0b101, 0b101, 0b101, 0b111],
    [0b010, 0b110, 0b010, 0b010, 0b111],
    [0b111, 0b001, 0b111, 0b100, 0b111],
    [0b111, 0b001, 0b111, 0b001, 0b111],
    [0b101, 0b101, 0b111, 0b001, 0b001],
    [0b111, 0b100, 0b111, 0b001, 0b111],
    [0b111, 0b100, 0b111, 0b101, 0b111],
    [0b111, 0b001, 0b001, 0b010, 0b010],
    [0b111, 0b101, 0b111, 0b101, 0b111],
    [0b111, 0b101, 0b111, 0b001, 0b111],
];

/// A dash, for a number that is not there.
const DASH: [u8; 5] = [0, 0, 0b111, 0, 0];

/// Rows of cells that a number takes.
pub const HEIGHT: u16 = 3;

/// Columns of cells that `text` takes: four a digit.
pub fn width(text: &str) -> u16 {
    let digits = text.chars().count() as u16;
    (digits * 4).saturating_sub(1)
}

/// The letters of NA, for an index that the standard does not give.
const LETTERS: [(char, [u8; 5]); 2] = [
    ('N', [0b110, 0b101, 0b101, 0b101, 0b101]),
    ('A', [0b010, 0b101, 0b111, 0b101, 0b101]),
];

/// Draws `text` (digits, `NA`; anything else is a dash) into the upper left of `area`; what does not fit is left out.
pub fn draw(buf: &mut Buffer, area: Rect, text: &str, style: Style) {
    for (nth, digit) in text.chars().enumerate() {
        let left = area.x.saturating_add(nth as u16 * 4);
        for row in 0..HEIGHT {
            for column in 0..3 {
                let dot = |half: u16| lit(digit, column, row * 2 + half);
                let symbol = match (dot(0), dot(1)) {
                    (true, true) => "█",
                    (true, false) => "▀",
                    (false, true) => "▄",
                    (false, false) => continue,
                };
                let (x, y) = (left.saturating_add(column), area.y.saturating_add(row));
                if area.contains((x, y).into())
                    && let Some(cell) = buf.cell_mut((x, y))
                {
                    cell.set_symbol(symbol).set_style(style);
                }
            }
        }
    }
}

fn lit(digit: char, column: u16, row: u16) -> bool {
    let letter = LETTERS.iter().find(|row| row.0 == digit).map(|row| &row.1);
    let rows = digit
        .to_digit(10)
        .and_then(|d| DIGITS.get(d as usize))
        .or(letter)
        .unwrap_or(&DASH);
    rows.get(usize::from(row))
        .is_some_and(|bits| bits & (0b100 >> column.min(2)) != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str, width: u16) -> Vec<String> {
        let area = Rect::new(0, 0, width, HEIGHT);
        let mut buf = Buffer::empty(area);
        draw(&mut buf, area, text, Style::default());
        let cells: Vec<&str> = buf.content().iter().map(ratatui::buffer::Cell::symbol).collect();
        cells
            .chunks(usize::from(width))
            .map(|row| row.concat().trim_end().to_owned())
            .collect()
    }

    #[test]
    fn digits_are_three_rows_high() {
        assert_eq!(rows("47", 7), ["█ █ ▀▀█", "▀▀█  ▄▀", "  ▀  ▀"]);
    }

    #[test]
    fn what_is_no_number_is_a_dash_and_what_does_not_fit_is_left_out() {
        assert_eq!(rows("-", 3), ["", "▀▀▀", ""]);
        assert_eq!(rows("88", 2), ["█▀", "█▀", "▀▀"]);
    }
}
