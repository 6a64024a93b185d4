//! A sparkline: the last values of a series, one cell each, newest at the right. Called by panels.
//!
//! A gap in the series stays a gap: a dot on the ground line, never a bridge.

use crate::tui::look::Glyphs;

/// The bar of `value` on a scale from 0 to `top`: the lowest at least. The full block is left out, so that the rows of a
/// table stay apart.
pub fn bar(glyphs: &Glyphs, value: f64, top: f64) -> &'static str {
    let share = if top > 0.0 {
        (value / top).clamp(0.0, 1.0)
    } else {
        0.0
    };
    let nth = (share * 7.0).ceil().max(1.0) as usize - 1;
    glyphs.spark.get(nth).copied().unwrap_or_default()
}

/// The newest of `values` that fit in `cells` as text, blanks on the left, on a scale from 0 to `top`.
pub fn text(glyphs: &Glyphs, values: &[Option<f64>], top: f64, cells: usize) -> String {
    let shown = values
        .get(values.len().saturating_sub(cells)..)
        .unwrap_or_default();
    let mut out = " ".repeat(cells - shown.len());
    for value in shown {
        out.push_str(value.map_or(glyphs.dot, |value| bar(glyphs, value, top)));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::look::glyphs::{FULL, NARROW};

    #[test]
    fn values_stand_at_the_right_and_gaps_stay_gaps() {
        let values = [Some(0.0), None, Some(40.0), Some(80.0)];
        assert_eq!(text(&FULL, &values, 80.0, 6), "  ▁·▄▇");
        assert_eq!(text(&NARROW, &values, 80.0, 4), "_.-*");
    }

    #[test]
    fn only_the_newest_are_shown_where_room_is_short() {
        assert_eq!(text(&FULL, &[Some(80.0), Some(10.0), Some(500.0)], 80.0, 2), "▁▇");
        assert_eq!(text(&FULL, &[Some(1.0)], 80.0, 0), "");
    }

    #[test]
    fn a_scale_without_height_draws_the_ground_line() {
        assert_eq!(bar(&FULL, 5.0, 0.0), "▁");
        assert_eq!(bar(&FULL, f64::NAN, 10.0), "▁");
    }
}
