//! The chart of one series by the hour: a column an hour, an axis, level bands as dotted lines. Called by panels.
//!
//! An hour without a value shows a dot on the ground line. Columns are told apart by height and level lines
//! first; colour only repeats it.

use crate::tui::look::Glyphs;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Columns kept for the numbers of the axis and the axis itself.
const AXIS: u16 = 6;

/// What is drawn.
pub struct Chart<'a> {
    /// One value an hour, oldest first; `None` where there is none.
    pub values: &'a [Option<f64>],
    /// The local hour of the day of the newest value, 0 to 23.
    pub last_hour: u32,
    /// Borders of levels, lowest first, with the look of their lines.
    pub bands: &'a [(f64, Style)],
    /// The look of axis, numbers and gaps.
    pub axis: Style,
    /// The look of columns below their cap.
    pub body: Style,
    /// Decimals of the numbers on the axis.
    pub decimals: usize,
    /// The characters to draw with.
    pub glyphs: &'static Glyphs,
}

impl Chart<'_> {
    /// Draws into `area`, the top of each column in the look of `cap`; at least 3 rows and 12 columns, else nothing.
    pub fn draw(&self, buf: &mut Buffer, area: Rect, cap: impl Fn(f64) -> Style) {
        if area.height < 3 || area.width < AXIS + 6 {
            return;
        }
        let plot = Rect {
            x: area.x + AXIS,
            width: area.width - AXIS,
            height: area.height - 1,
            ..area
        };
        let top = self.top();
        self.draw_axis(buf, plot, top);
        let (step, shown) = self.columns(plot.width);
        for (nth, value) in shown.iter().enumerate() {
            let x = plot.x + nth as u16 * step;
            let width = if step > 2 { step - 1 } else { step };
            let column = Rect { x, width, ..plot };
            match value {
                Some(value) => self.fill(buf, column, *value / top, cap(*value)),
                None => put(buf, x, plot.bottom() - 1, self.glyphs.dot, self.axis),
            }
        }
        self.draw_hours(buf, plot, step, shown.len());
    }

    /// The upper end of the scale: the first border above every value, or a little more than the highest.
    fn top(&self) -> f64 {
        let highest = self.values.iter().flatten().copied().fold(0.0, f64::max);
        let border = self
            .bands
            .iter()
            .map(|band| band.0)
            .find(|border| *border > highest);
        border.unwrap_or(highest * 1.1).max(1e-6)
    }

    /// Cells from one hour to the next, and the newest hours that fit.
    fn columns(&self, width: u16) -> (u16, &[Option<f64>]) {
        let hours = self.values.len().max(1);
        let step = (usize::from(width) / hours).clamp(1, 8) as u16;
        let fit = usize::from(width / step);
        let first = self.values.len().saturating_sub(fit);
        (step, self.values.get(first..).unwrap_or_default())
    }

    fn draw_axis(&self, buf: &mut Buffer, plot: Rect, top: f64) {
        for y in plot.y..plot.bottom() {
            put(
                buf,
                plot.x - 1,
                y,
                self.glyphs.line.get(1).copied().unwrap_or("|"),
                self.axis,
            );
        }
        self.number(buf, plot, (0.0, top));
        let mut above = plot.bottom();
        for &(border, style) in self.bands.iter().filter(|band| band.0 <= top) {
            let y = row_of(plot, border / top);
            if y + 1 >= above {
                continue;
            }
            above = y;
            self.number(buf, plot, (border, top));
            for x in plot.x..plot.right() {
                put(buf, x, y, self.glyphs.dot, style);
            }
        }
    }

    fn number(&self, buf: &mut Buffer, plot: Rect, (value, top): (f64, f64)) {
        let text = format!("{value:>4.*}", self.decimals);
        let y = row_of(plot, value / top);
        buf.set_stringn(plot.x - AXIS, y, text, 5, self.axis);
    }

    fn draw_hours(&self, buf: &mut Buffer, plot: Rect, step: u16, shown: usize) {
        let every = if step >= 3 { 3 } else { 6 };
        for nth in 0..shown {
            let ago = (shown - 1 - nth) as u32;
            let hour = (self.last_hour + 240 - ago % 240) % 24;
            let x = plot.x + nth as u16 * step;
            if hour.is_multiple_of(every) && x + 2 <= plot.right() {
                buf.set_stringn(x, plot.bottom(), format!("{hour:02}"), 2, self.axis);
            }
        }
    }

    /// A column up to `share` of its height, in eighths of a cell; its topmost cell is the cap.
    fn fill(&self, buf: &mut Buffer, column: Rect, share: f64, cap: Style) {
        let all = share.clamp(0.0, 1.0) * f64::from(column.height) * 8.0;
        let eighths = all.round().max(1.0) as usize;
        for row in 0..column.height {
            let here = eighths.saturating_sub(usize::from(row) * 8).min(8);
            let Some(symbol) = here.checked_sub(1).and_then(|nth| self.glyphs.spark.get(nth)) else {
                return;
            };
            let top = eighths <= usize::from(row + 1) * 8;
            let style = if top { cap } else { self.body };
            for x in column.x..column.right() {
                put(buf, x, column.bottom() - 1 - row, symbol, style);
            }
        }
    }
}

/// The row that holds the height `share` of the plot.
fn row_of(plot: Rect, share: f64) -> u16 {
    let up = (share.clamp(0.0, 1.0) * f64::from(plot.height)).ceil().max(1.0) as u16;
    plot.bottom() - up.min(plot.height)
}

fn put(buf: &mut Buffer, x: u16, y: u16, symbol: &str, style: Style) {
    if let Some(cell) = buf.cell_mut((x, y)) {
        cell.set_symbol(symbol).set_style(style);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(values: &[Option<f64>], width: u16, height: u16) -> Vec<String> {
        let area = Rect::new(0, 0, width, height);
        let mut buf = Buffer::empty(area);
        let chart = Chart {
            values,
            last_hour: 13,
            bands: &[(50.0, Style::default()), (100.0, Style::default())],
            axis: Style::default(),
            body: Style::default(),
            decimals: 0,
            glyphs: &crate::tui::look::glyphs::FULL,
        };
        chart.draw(&mut buf, area, |_| Style::default());
        let cells: Vec<&str> = buf.content().iter().map(ratatui::buffer::Cell::symbol).collect();
        cells
            .chunks(usize::from(width.max(1)))
            .map(|row| row.concat().trim_end().to_owned())
            .collect()
    }

    #[test]
    fn columns_stand_on_the_hour_with_borders_behind_them() {
        let rows = drawn(&[Some(25.0), None, Some(75.0), Some(100.0)], 14, 5);
        assert_eq!(
            rows,
            [
                " 100 │······▅▅",
                "     │    ▆▆██",
                "  50 │····████",
                "   0 │▇▇· ████",
                "          12"
            ]
        );
    }

    #[test]
    fn a_place_too_small_for_a_chart_stays_empty() {
        assert_eq!(drawn(&[Some(1.0)], 8, 2), ["", ""]);
        assert!(drawn(&[Some(1.0)], 0, 0).is_empty());
    }

    #[test]
    fn more_hours_than_cells_show_the_newest() {
        let rows = drawn(&[Some(1.0); 48], 16, 4);
        assert_eq!(rows.get(2).map(|r| r.matches('▁').count()), Some(10));
    }
}
