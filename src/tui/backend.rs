//! The painter: what changed since the last frame, as one run of bytes for the terminal.
//!
//! Knows no terminal and asks none: it tracks where the cursor is and how cells are styled, so that the same bytes are
//! right for a local tty and for an SSH channel. Wide characters move the cursor by two, as terminals do, and so need no
//! move of their own. Called by `run` with a finished buffer; colours are reduced here to the seat's depth.

mod pen;

use crate::tui::backend::pen::{INKED, Pen};
use crate::tui::look::Depth;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};
use ratatui::style::Color;
use unicode_width::UnicodeWidthStr;

/// Begins a frame that the terminal shows at once (mode 2026); terminals that do not know it ignore it.
const BEGIN: &[u8] = b"\x1b[?2026h";
/// Ends it.
const END: &[u8] = b"\x1b[?2026l";
/// Unchanged cells up to this many are written again where that is shorter than moving the cursor.
const SHORT_GAP: u16 = 3;

/// Paints frames for one terminal.
#[derive(Debug)]
pub struct Painter {
    depth: Depth,
    /// What the terminal shows; `None` where that is unknown and everything must be painted.
    shown: Option<Buffer>,
    cursor: Option<Position>,
}

/// Bytes under way, with the terminal's cursor and pen as they leave them.
struct Run {
    bytes: Vec<u8>,
    pen: Pen,
    /// Where the cursor is; `None` where terminals differ, such as behind the last column.
    at: Option<Position>,
}

impl Painter {
    /// A painter for a terminal of that many colours, of which nothing is known.
    pub fn new(depth: Depth) -> Self {
        Self {
            depth,
            shown: None,
            cursor: None,
        }
    }

    /// The next frame is painted whole: after a resize by the terminal, a stop and continue, or Ctrl-L.
    pub fn forget(&mut self) {
        self.shown = None;
    }

    /// The bytes that make the terminal show `frame`, with the cursor at `cursor` or hidden. Empty where it does.
    pub fn paint(&mut self, mut frame: Buffer, cursor: Option<Position>) -> Vec<u8> {
        mend(&mut frame);
        let cursor = cursor.filter(|at| frame.area.contains(*at));
        let mut run = Run {
            bytes: Vec::new(),
            pen: Pen::default(),
            at: None,
        };
        let known = self.shown.take().filter(|shown| shown.area == frame.area);
        let whole = known.is_none();
        let before = known.unwrap_or_else(|| self.erase(&frame, &mut run));
        for y in frame.area.top()..frame.area.bottom() {
            self.paint_row(&before, &frame, y, &mut run);
        }
        let moved = whole || cursor != self.cursor || !run.bytes.is_empty();
        self.shown = Some(frame);
        self.cursor = cursor;
        if moved { run.finish(cursor) } else { Vec::new() }
    }

    /// Clears the terminal in the ground that most of `frame` has; gives what it shows then.
    ///
    /// Terminals of 24-bit colour erase in the pen's ground; among the others are some that erase in their own.
    fn erase(&self, frame: &Buffer, run: &mut Run) -> Buffer {
        let ground = match self.depth {
            Depth::True => ground_of(frame),
            Depth::C256 | Depth::C16 | Depth::None => Color::Reset,
        };
        run.bytes.extend(b"\x1b[m");
        run.style(Pen {
            bg: ground,
            ..Pen::default()
        });
        run.bytes.extend(b"\x1b[H\x1b[2J");
        run.at = Some(Position::ORIGIN);
        let mut blank = Cell::new(" ");
        blank.set_bg(ground);
        Buffer::filled(frame.area, blank)
    }

    fn paint_row(&self, before: &Buffer, frame: &Buffer, y: u16, run: &mut Run) {
        let area = frame.area;
        let mut skipped: u16 = 0;
        // Up to here a character that was overwritten in part has left a half behind.
        let mut torn = area.left();
        let mut x = area.left();
        while x < area.right() {
            let Some(cell) = frame.cell((x, y)) else { break };
            let width = width(cell).min(area.right() - x).max(1);
            if x >= torn && is_same(before, frame, Rect::new(x, y, width, 1)) {
                skipped += width;
            } else {
                self.reach(frame, Position::new(x, y), skipped, run);
                skipped = 0;
                torn = torn.max(reach_of(before, Rect::new(x, y, width, 1)));
                run.put(cell, self.pen(cell), width, area.right());
            }
            x += width;
        }
    }

    /// Brings the cursor to `to`, over `skipped` unchanged cells.
    fn reach(&self, frame: &Buffer, to: Position, skipped: u16, run: &mut Run) {
        if run.at == Some(to) {
            return;
        }
        let back = Position::new(to.x.saturating_sub(skipped), to.y);
        if skipped > 0
            && skipped <= SHORT_GAP
            && run.at == Some(back)
            && self.is_plain(frame, back, skipped, run.pen)
        {
            for x in back.x..to.x {
                if let Some(cell) = frame.cell((x, to.y)) {
                    run.put(cell, run.pen, 1, frame.area.right());
                }
            }
        } else {
            run.go(to);
        }
    }

    /// Whether the cells from `at` on are narrow and styled as the pen is, so that writing them again is shortest.
    fn is_plain(&self, frame: &Buffer, at: Position, count: u16, pen: Pen) -> bool {
        (at.x..at.x + count).all(|x| {
            frame.cell((x, at.y)).is_some_and(|cell| {
                let wanted = self.pen(cell);
                let blank = cell.symbol() == " " && pen.blank(wanted) == pen;
                blank || (wanted == pen && cell.symbol().len() == 1)
            })
        })
    }

    fn pen(&self, cell: &Cell) -> Pen {
        Pen {
            fg: self.depth.reduce(cell.fg),
            bg: self.depth.reduce(cell.bg),
            modifier: cell.modifier,
        }
    }
}

/// Cells that a wide character would hide, or that a box cut in half, become blank.
///
/// A dialog drawn over Chinese text at an odd column leaves half a character beside its border; terminals then hide
/// the border. Measured: without this, borders are missing wherever text lies behind them.
fn mend(frame: &mut Buffer) {
    let area = frame.area;
    for y in area.top()..area.bottom() {
        for x in area.left()..area.right() {
            let Some(cell) = frame.cell((x, y)) else { continue };
            if width(cell) != 2 {
                continue;
            }
            let hides = frame
                .cell((x + 1, y))
                .is_none_or(|next| !matches!(next.symbol(), " " | ""));
            if (hides || x + 1 >= area.right())
                && let Some(cell) = frame.cell_mut((x, y))
            {
                cell.set_symbol(" ");
            }
        }
    }
}

/// The ground that more than half of the cells have, or else one of them.
fn ground_of(frame: &Buffer) -> Color {
    let vote = |(held, lead): (Color, u32), cell: &Cell| match lead {
        0 => (cell.bg, 1),
        _ if cell.bg == held => (held, lead + 1),
        _ => (held, lead - 1),
    };
    frame.content.iter().fold((Color::Reset, 0), vote).0
}

fn width(cell: &Cell) -> u16 {
    let symbol = cell.symbol();
    if symbol.len() == 1 {
        1
    } else {
        symbol.width() as u16
    }
}

/// The column behind the last character of `before` that begins in `span`.
fn reach_of(before: &Buffer, span: Rect) -> u16 {
    span.positions()
        .filter_map(|at| before.cell(at).map(|cell| at.x + width(cell)))
        .max()
        .unwrap_or(span.right())
}

fn is_same(before: &Buffer, frame: &Buffer, span: Rect) -> bool {
    span.positions()
        .all(|at| match (before.cell(at), frame.cell(at)) {
            (Some(a), Some(b)) => {
                let blank = a.symbol() == " " && !(a.modifier | b.modifier).intersects(INKED);
                let ink = blank || (a.fg == b.fg && a.modifier == b.modifier);
                a.symbol() == b.symbol() && a.bg == b.bg && ink
            }
            (None | Some(_), _) => false,
        })
}

impl Run {
    /// Writes one cell with `pen`; the cursor moves by its width.
    fn put(&mut self, cell: &Cell, pen: Pen, width: u16, right: u16) {
        let symbol = cell.symbol();
        self.style(if symbol == " " { self.pen.blank(pen) } else { pen });
        self.bytes
            .extend(if symbol.is_empty() { " " } else { symbol }.as_bytes());
        // Behind the last column some terminals wait and some wrap.
        self.at = self
            .at
            .map(|at| Position::new(at.x + width, at.y))
            .filter(|at| at.x < right);
    }

    /// Moves the cursor by the shortest way.
    fn go(&mut self, to: Position) {
        match self.at {
            Some(at) if at.y == to.y && at.x < to.x => {
                let right = to.x - at.x;
                self.number(b"\x1b[", if right == 1 { None } else { Some(right) }, b"C");
            }
            Some(at) if at.y + 1 == to.y && to.x == 0 => self.bytes.extend(b"\r\n"),
            Some(_) | None => {
                self.number(b"\x1b[", (to.y > 0).then_some(to.y + 1), b"");
                self.number(b"", (to.x > 0).then_some(to.x + 1), b"H");
                // `CSI row H` and `CSI ; col H` leave the other one at 1.
                if to.x > 0 {
                    let place = self.bytes.len() - digits(to.x + 1) - 1;
                    self.bytes.insert(place, b';');
                }
            }
        }
        self.at = Some(to);
    }

    fn number(&mut self, before: &[u8], number: Option<u16>, after: &[u8]) {
        self.bytes.extend(before);
        if let Some(number) = number {
            self.bytes.extend(number.to_string().bytes());
        }
        self.bytes.extend(after);
    }

    /// Changes the pen with the fewest parameters.
    fn style(&mut self, pen: Pen) {
        if pen == self.pen {
            return;
        }
        self.bytes.extend(b"\x1b[");
        self.bytes.extend(self.pen.turn(pen).bytes());
        self.bytes.push(b'm');
        self.pen = pen;
    }

    /// One whole frame: shown at once, pen at rest, cursor where it belongs.
    fn finish(mut self, cursor: Option<Position>) -> Vec<u8> {
        if self.pen != Pen::default() {
            self.bytes.extend(b"\x1b[m");
        }
        if let Some(at) = cursor {
            self.go(at);
            self.bytes.extend(b"\x1b[?25h");
        }
        let hide: &[u8] = if cursor.is_some() { b"" } else { b"\x1b[?25l" };
        [BEGIN, hide, &self.bytes, END].concat()
    }
}

fn digits(number: u16) -> usize {
    number.checked_ilog10().map_or(1, |n| n as usize + 1)
}

#[cfg(test)]
mod tests;
