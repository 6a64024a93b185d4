//! A card: everything about one thing, as titled fields and texts that scroll. Panels fill it and draw it.

use crate::tui::look::Meaning;
use crate::tui::part;
use crate::tui::part::pane;
use crate::tui::view::{Ctx, View};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Cells that a field's name takes.
const LABEL: usize = 12;

/// A card as it is being filled.
pub struct Card<'a> {
    ctx: &'a Ctx<'a>,
    width: usize,
    lines: Vec<Line<'static>>,
}

/// A line of pieces, each with what it means.
pub fn line(ctx: &Ctx<'_>, pieces: &[(&str, Meaning)]) -> Line<'static> {
    let spans = pieces
        .iter()
        .map(|(text, meaning)| Span::styled((*text).to_owned(), ctx.look.style(*meaning)));
    spans.collect()
}

impl<'a> Card<'a> {
    /// An empty card for `area`.
    pub fn new(ctx: &'a Ctx<'a>, area: Rect) -> Self {
        Self {
            ctx,
            // The screen's last column stays free.
            width: usize::from(pane::inset(area).width.saturating_sub(1)),
            lines: Vec::new(),
        }
    }

    /// How many cells a line has.
    pub fn width(&self) -> usize {
        self.width
    }

    /// How many lines it has.
    pub fn height(&self) -> usize {
        self.lines.len()
    }

    /// A line of pieces.
    pub fn pieces(&mut self, pieces: &[(&str, Meaning)]) -> &mut Self {
        self.lines.push(line(self.ctx, pieces));
        self
    }

    /// A heading over what follows, a blank line before it.
    pub fn heading(&mut self, text: &str) -> &mut Self {
        if !self.lines.is_empty() {
            self.lines.push(Line::default());
        }
        self.pieces(&[(text, Meaning::Heading)])
    }

    /// Words, wrapped.
    pub fn text(&mut self, text: &str, meaning: Meaning) -> &mut Self {
        for row in part::wrap(text, self.width.max(2)) {
            self.pieces(&[(&row, meaning)]);
        }
        self
    }

    /// A named value, wrapped beside its name; nothing for an empty one. A longer name moves its own value to the right.
    pub fn field(&mut self, name: &str, value: &str, meaning: Meaning) -> &mut Self {
        if value.is_empty() {
            return self;
        }
        let column = LABEL.max(part::width(name) + 1);
        let room = self.width.saturating_sub(column).max(2);
        for (nth, row) in part::wrap(value, room).iter().enumerate() {
            let name = part::fit(if nth == 0 { name } else { "" }, column, "");
            self.pieces(&[(&name, Meaning::Label), (row, meaning)]);
        }
        self
    }

    /// A time and what happened then, wrapped beside it.
    pub fn event(&mut self, time: &str, text: &str, by: &str) -> &mut Self {
        let at = part::fit(time, part::width(time) + 2, "");
        let room = self.width.saturating_sub(part::width(&at)).max(2);
        let whole = if by.is_empty() {
            text.to_owned()
        } else {
            format!("{text} · {by}")
        };
        for (nth, row) in part::wrap(&whole, room).iter().enumerate() {
            let blank = " ".repeat(part::width(&at));
            let at = if nth == 0 { &at } else { &blank };
            self.pieces(&[(at, Meaning::Dim), (row, Meaning::Text)]);
        }
        self
    }

    /// Draws it under `title` into `area`, scrolled by `view.card`, no further than its end.
    pub fn draw(self, title: &str, view: &View, area: Rect, buf: &mut Buffer) {
        let rows = usize::from(area.height.saturating_sub(1));
        let first = view.card.min(self.lines.len().saturating_sub(rows.max(1)));
        let more = self.lines.len() > first + rows;
        let [above, below] = self.ctx.look.glyphs.more;
        let note = match (first > 0, more) {
            (false, false) => String::new(),
            (true, false) => above.to_owned(),
            (false, true) => below.to_owned(),
            (true, true) => format!("{above}{below}"),
        };
        let body = pane::titled(self.ctx, area, buf, title, &note);
        for (y, line) in self.lines.iter().skip(first).take(rows).enumerate() {
            part::put_line(buf, body, (0, y as u16), line);
        }
    }
}
