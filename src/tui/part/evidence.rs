//! What an alarm was judged by, on its card: the values as columns over time, the line they were held against, and the
//! stretches in which something was declared.
//!
//! Made of lines, so that it scrolls with the card. A column is the highest value of its time; a time without one is a
//! dot on the ground line, never a bridge.

use crate::domain::fact::declared::Mark;
use crate::domain::fact::evidence::Evidence;
use crate::domain::quantity::Value;
use crate::domain::time::Moment;
use crate::lang::screens::alarms::Alarms;
use crate::lang::{domain as say, fill, when};
use crate::tui::look::{Glyphs, Meaning};
use crate::tui::part;
use crate::tui::part::card::Card;
use crate::tui::view::Ctx;

/// Rows of the columns.
const ROWS: usize = 5;
/// Cells of the numbers at the left, with the axis.
const AXIS: usize = 8;
/// Most columns; fewer where the card is narrower.
const MOST: usize = 60;

/// Fills `card` with the evidence; nothing where the card is too narrow or there is no time to draw.
pub fn put(ctx: &Ctx<'_>, evidence: &Evidence, card: &mut Card<'_>) {
    let width = card.width().saturating_sub(AXIS).min(MOST);
    let (Some(first), Some(last)) = (evidence.values.first(), evidence.values.last()) else {
        return;
    };
    if width < 12 || first.0 >= last.0 {
        return;
    }
    let plot = Plot {
        evidence,
        over: (first.0, last.0),
        columns: columns(evidence, width.min(evidence.values.len().max(12))),
        glyphs: ctx.look.glyphs,
    };
    let what = say::quantity(ctx.lang, evidence.quantity);
    let unit = evidence.quantity.unit().symbol();
    let limit = evidence.limit.map(|limit| {
        let n = limit.fixed(evidence.quantity.decimals());
        fill(Alarms::Line.text(ctx.lang), &[("n", &n)])
    });
    card.heading(Alarms::Evidence.text(ctx.lang));
    card.pieces(&[
        (&format!("{what} {unit}  "), Meaning::Label),
        (&limit.unwrap_or_default(), Meaning::Warn),
    ]);
    for row in 0..ROWS {
        plot.row(row, card);
    }
    plot.times(ctx, card);
    plot.marks(ctx, card);
}

/// A chart about to be drawn.
struct Plot<'a> {
    evidence: &'a Evidence,
    over: (Moment, Moment),
    columns: Vec<Option<Value>>,
    glyphs: &'static Glyphs,
}

impl Plot<'_> {
    /// The upper end of the scale: a little above the highest value and the line.
    fn top(&self) -> f64 {
        let highest = self.columns.iter().flatten().chain(self.evidence.limit.iter());
        highest.map(|value| value.to_f64()).fold(1e-6, f64::max)
    }

    /// The row, from the top, in which the line lies.
    fn line_row(&self) -> Option<usize> {
        let share = self.evidence.limit?.to_f64() / self.top();
        let up = (share.clamp(0.0, 1.0) * ROWS as f64).ceil().max(1.0) as usize;
        Some(ROWS - up.min(ROWS))
    }

    fn row(&self, row: usize, card: &mut Card<'_>) {
        let decimals = self.evidence.quantity.decimals() as usize;
        let is_line = self.line_row() == Some(row);
        let number = if is_line {
            self.evidence.limit.map(Value::to_f64)
        } else if row == 0 {
            Some(self.top())
        } else {
            (row + 1 == ROWS).then_some(0.0)
        };
        let number = number.map_or(String::new(), |n| format!("{n:.decimals$}"));
        let axis = self.glyphs.line.get(1).copied().unwrap_or("|");
        let label = format!("{:>7}{axis}", part::head(&number, 7));
        let mut pieces: Vec<(&str, Meaning)> = vec![(&label, Meaning::Dim)];
        for value in &self.columns {
            pieces.push(self.cell(*value, row, is_line));
        }
        card.pieces(&pieces);
    }

    fn cell(&self, value: Option<Value>, row: usize, is_line: bool) -> (&'static str, Meaning) {
        let Some(value) = value else {
            let ground = row + 1 == ROWS;
            return (if ground { self.glyphs.dot } else { " " }, Meaning::Dim);
        };
        let share = (value.to_f64() / self.top()).clamp(0.0, 1.0);
        let all = (share * ROWS as f64 * 8.0).round().max(1.0) as usize;
        let here = all.saturating_sub((ROWS - 1 - row) * 8).min(8);
        let over = self.evidence.limit.is_some_and(|limit| value > limit);
        match here.checked_sub(1).and_then(|nth| self.glyphs.spark.get(nth)) {
            Some(block) if over => (block, Meaning::Warn),
            Some(block) => (block, Meaning::Chart),
            None if is_line => (self.glyphs.dot, Meaning::Warn),
            None => (" ", Meaning::Text),
        }
    }

    fn times(&self, ctx: &Ctx<'_>, card: &mut Card<'_>) {
        let stamp = |at| when::stamp(at, ctx.now, ctx.board.room.zone);
        let (first, last) = (stamp(self.over.0), stamp(self.over.1));
        let between = self
            .columns
            .len()
            .saturating_sub(part::width(&first) + part::width(&last));
        let line = format!("{}{first}{}{last}", " ".repeat(AXIS), " ".repeat(between.max(1)));
        card.pieces(&[(&line, Meaning::Dim)]);
    }

    /// Under the columns where something was declared, and in words what.
    fn marks(&self, ctx: &Ctx<'_>, card: &mut Card<'_>) {
        let marks = &self.evidence.marks;
        if marks.is_empty() {
            return;
        }
        let bar = self.glyphs.bar.first().copied().unwrap_or("#");
        let step = (self.over.1 - self.over.0).ms() / self.columns.len().max(1) as i64;
        let mut line = " ".repeat(AXIS);
        for nth in 0..self.columns.len() {
            let from = self.over.0.ms() + step * nth as i64;
            let covered = |mark: &Mark| mark.from.ms() < from + step && from < mark.until.ms();
            line.push_str(if marks.iter().any(covered) { bar } else { " " });
        }
        card.pieces(&[(&line, Meaning::Stale)]);
        let stamp = |at| when::stamp(at, ctx.now, ctx.board.room.zone);
        for mark in marks {
            let kind = say::declared_kind(ctx.lang, mark.kind);
            let words = format!("{kind}  {} – {}", stamp(mark.from), stamp(mark.until));
            card.field(Alarms::Declared.text(ctx.lang), &words, Meaning::Stale);
        }
    }
}

/// The values put into `count` equal times, each with its highest; none where the series has a gap.
fn columns(evidence: &Evidence, count: usize) -> Vec<Option<Value>> {
    let mut columns = vec![None; count];
    let (Some(first), Some(last)) = (evidence.values.first(), evidence.values.last()) else {
        return columns;
    };
    let whole = (last.0 - first.0).ms().max(1);
    for (at, value) in &evidence.values {
        let nth = (*at - first.0).ms() * (count as i64 - 1) / whole;
        if let Some(column) = usize::try_from(nth).ok().and_then(|nth| columns.get_mut(nth)) {
            *column = (*column).max(Some(*value));
        }
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::quantity::Quantity;
    use crate::domain::time::Span;

    #[test]
    fn a_gap_stays_a_gap_and_a_spike_keeps_its_height() {
        let at = |minutes| Moment::from_ms(0) + Span::mins(minutes);
        let values = [(0, 3), (1, 9), (2, 3), (5, 4)];
        let values: Vec<_> = values
            .map(|(minutes, value)| (at(minutes), Value::whole(value)))
            .to_vec();
        let evidence = Evidence::new(Quantity::Power, &values, None, Vec::new());
        let whole = |v: &Option<Value>| v.map(|v| v.micro() / Value::ONE);
        let shown: Vec<_> = columns(&evidence, 6).iter().map(whole).collect();
        assert_eq!(shown, [Some(3), Some(9), Some(3), None, None, Some(4)]);
        let few: Vec<_> = columns(&evidence, 2).iter().map(whole).collect();
        assert_eq!(few, [Some(9), Some(4)]);
    }
}
