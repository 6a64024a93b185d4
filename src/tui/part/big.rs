//! Large digits for the one number of a screen, three rows high or, on a wall, six. Called by panels.

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

/// How large the digits are: dots a dot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// Three rows, four columns a digit.
    Normal,
    /// Five rows, eight columns a digit.
    Wall,
}

impl Size {
    fn dots(self) -> u16 {
        match self {
            Self::Normal => 1,
            Self::Wall => 2,
        }
    }

    /// Rows of cells that a number takes.
    pub fn height(self) -> u16 {
        match self {
            Self::Normal => 3,
            Self::Wall => 5,
        }
    }

    /// Columns of cells that `text` takes.
    pub fn width(self, text: &str) -> u16 {
        let digits = text.chars().count() as u16;
        (digits * 4 * self.dots()).saturating_sub(self.dots())
    }
}

/// The letters of NA, for an index that the standard does not give.
const LETTERS: [(char, [u8; 5]); 2] = [
    ('N', [0b110, 0b101, 0b101, 0b101, 0b101]),
    ('A', [0b010, 0b101, 0b111, 0b101, 0b101]),
];

/// Draws `text` (digits, `NA`; anything else is a dash) into the upper left of `area`; what does not fit is left out.
pub fn draw(buf: &mut Buffer, area: Rect, text: &str, size: Size, style: Style) {
    let scale = size.dots();
    for (nth, digit) in text.chars().enumerate() {
        let left = area.x.saturating_add(nth as u16 * 4 * scale);
        for row in 0..size.height() {
            for column in 0..3 * scale {
                let dot = |half: u16| lit(digit, column / scale, (row * 2 + half) / scale);
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

    fn rows(text: &str, size: Size, width: u16) -> Vec<String> {
        let area = Rect::new(0, 0, width, size.height());
        let mut buf = Buffer::empty(area);
        draw(&mut buf, area, text, size, Style::default());
        let cells: Vec<&str> = buf.content().iter().map(ratatui::buffer::Cell::symbol).collect();
        cells
            .chunks(usize::from(width))
            .map(|row| row.concat().trim_end().to_owned())
            .collect()
    }

    #[test]
    fn digits_are_three_rows_high() {
        assert_eq!(rows("47", Size::Normal, 7), ["█ █ ▀▀█", "▀▀█  ▄▀", "  ▀  ▀"]);
    }

    #[test]
    fn on_a_wall_they_are_five_rows_high() {
        let rows = rows("1", Size::Wall, 6);
        assert_eq!(rows, ["  ██", "████", "  ██", "  ██", "██████"]);
        assert_eq!(Size::Wall.width("123"), 22);
    }

    #[test]
    fn what_is_no_number_is_a_dash_and_what_does_not_fit_is_left_out() {
        assert_eq!(rows("-", Size::Normal, 3), ["", "▀▀▀", ""]);
        assert_eq!(rows("88", Size::Normal, 2), ["█▀", "█▀", "▀▀"]);
    }
}
