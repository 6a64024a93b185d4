//! A gauge: a share of a whole as a bar with marks, one row high. Called by panels.

use crate::tui::look::Glyphs;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// How a gauge looks.
#[derive(Clone, Copy, Debug)]
pub struct Dress {
    /// The characters to draw with.
    pub glyphs: &'static Glyphs,
    /// The part that is filled.
    pub full: Style,
    /// The part that is not.
    pub empty: Style,
    /// The marks.
    pub mark: Style,
}

/// Draws `value` of `top` along the first row of `area`, with marks at `marks` on the same scale.
pub fn draw(buf: &mut Buffer, area: Rect, (value, top): (f64, f64), marks: &[f64], dress: Dress) {
    if area.is_empty() || top <= 0.0 {
        return;
    }
    let width = f64::from(area.width);
    let cells = |value: f64| (value / top).clamp(0.0, 1.0) * width;
    let end = cells(value);
    for column in 0..area.width {
        let [full, empty] = dress.glyphs.bar;
        let (symbol, style) = if f64::from(column) + 0.5 <= end {
            (full, dress.full)
        } else {
            (empty, dress.empty)
        };
        if let Some(cell) = buf.cell_mut((area.x.saturating_add(column), area.y)) {
            cell.set_symbol(symbol).set_style(style);
        }
    }
    for mark in marks.iter().filter(|mark| **mark > 0.0 && **mark < top) {
        let column = (cells(*mark) as u16).min(area.width - 1);
        if let Some(cell) = buf.cell_mut((area.x.saturating_add(column), area.y)) {
            cell.set_symbol(dress.glyphs.line.get(1).copied().unwrap_or("|"))
                .set_style(dress.mark);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::look::glyphs::FULL;

    fn drawn(value: f64, top: f64, marks: &[f64]) -> String {
        let area = Rect::new(0, 0, 8, 1);
        let mut buf = Buffer::empty(area);
        let plain = Style::default();
        let dress = Dress {
            glyphs: &FULL,
            full: plain,
            empty: plain,
            mark: plain,
        };
        draw(&mut buf, area, (value, top), marks, dress);
        buf.content().iter().map(ratatui::buffer::Cell::symbol).collect()
    }

    #[test]
    fn a_share_fills_its_part_and_marks_stand_on_the_same_scale() {
        assert_eq!(drawn(37.5, 100.0, &[75.0]), "███░░░│░");
        assert_eq!(drawn(44.0, 100.0, &[]), "████░░░░");
    }

    #[test]
    fn more_than_the_whole_fills_it_and_no_whole_draws_nothing() {
        assert_eq!(drawn(900.0, 100.0, &[]), "████████");
        assert_eq!(drawn(1.0, 0.0, &[]), "        ");
    }
}
