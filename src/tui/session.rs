//! One terminal's whole stack: bytes in, bytes out, one seat. The same for a local terminal and for an SSH channel.
//!
//! Pure but for what it remembers: time, boards and answers come in as arguments. Called by `run` and by the SSH line.

use crate::desk::Reply;
use crate::desk::board::Board;
use crate::domain::time::{Moment, Span};
use crate::lang::notice::Notices;
use crate::lang::tui::Tui;
use crate::lang::{alarm, calm, fill, notice};
use crate::tui::backend::Painter;
use crate::tui::call::TerminalCall;
use crate::tui::frame;
use crate::tui::input::{Decoder, Input};
use crate::tui::look::glyphs::NARROW;
use crate::tui::ring::{Ring, Rung};
use crate::tui::seat::manner::Manner;
use crate::tui::seat::{Drafts, Now, Out, Seat, Settings};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::sync::Arc;

/// The most cells a side that a terminal is believed to have; a claim beyond it is a mistake or an attack.
const MOST: (u16, u16) = (500, 200);

/// Asks once how wide the terminal draws an ambiguous character: `①` at the left edge, then where the cursor is. The
/// first frame clears it away. Not in the first row, whose reply would read like Shift-F3.
const PROBE: &[u8] = "\x1b[2;1H①\x1b[6n".as_bytes();

/// What a session is to be woken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wake {
    /// In the room's time.
    pub room: Moment,
    /// In the hand's time, in milliseconds.
    pub hand_ms: Option<i64>,
}

/// One terminal's stack.
#[derive(Debug)]
pub struct Session {
    seat: Seat,
    decoder: Decoder,
    painter: Painter,
    line: TerminalCall,
    ring: Ring,
    size: (u16, u16),
    dirty: bool,
    title: String,
    /// Bytes beside the frames: bell, clipboard, title.
    aside: Vec<u8>,
}

impl Session {
    /// A session on a terminal of that size, which waits `lone_esc_ms` before a lone ESC is the Esc key.
    pub fn new(settings: Settings, line: TerminalCall, size: (u16, u16), lone_esc_ms: u64) -> Self {
        Self {
            painter: Painter::new(settings.depth),
            seat: Seat::new(settings),
            decoder: Decoder::new(lone_esc_ms),
            line,
            ring: Ring::default(),
            size: (size.0.min(MOST.0), size.1.min(MOST.1)),
            dirty: true,
            title: String::new(),
            aside: PROBE.to_vec(),
        }
    }

    /// The seat.
    pub fn seat(&self) -> &Seat {
        &self.seat
    }

    /// What was written and not sent.
    pub fn drafts(&self) -> Drafts {
        self.seat.drafts()
    }

    /// Whether what was written and not sent is on the disk now.
    pub fn kept(&mut self, kept: bool, now: Now) {
        self.seat.kept(kept, now);
        self.dirty = true;
    }

    /// Bytes from the terminal. What goes out beside frames and copies is given back.
    pub fn bytes(&mut self, bytes: &[u8], live: &Arc<Board>, now: Now) -> Vec<Out> {
        let inputs = self.decoder.feed(bytes, millis(now));
        self.take(inputs, live, now)
    }

    /// Time has passed: a lone ESC, a toast's end, a bell that is due.
    pub fn woken(&mut self, live: &Arc<Board>, now: Now) -> Vec<Out> {
        let inputs = self.decoder.wait(millis(now));
        self.seat.woken(live, now);
        self.ring(live, now);
        self.dirty = true;
        self.take(inputs, live, now)
    }

    /// A new board.
    pub fn sees(&mut self, live: &Arc<Board>, now: Now) {
        self.seat.sees(live, now);
        self.ring(live, now);
        self.dirty = true;
    }

    /// The configuration was read again.
    pub fn furnish(&mut self, manner: Manner) {
        self.seat.furnish(manner);
        self.repaint();
    }

    /// An answer of the desk; those for other seats are left alone.
    pub fn told(&mut self, reply: &Reply, live: &Arc<Board>, now: Now) {
        if reply.seat == self.seat.id {
            self.seat.told(reply, live, now);
            self.seat.sees(live, now);
            self.dirty = true;
        }
    }

    /// The terminal has another size, or has lost what it showed.
    pub fn resized(&mut self, size: (u16, u16)) {
        self.size = (size.0.min(MOST.0), size.1.min(MOST.1));
        self.repaint();
    }

    /// The next frame is painted whole.
    pub fn repaint(&mut self) {
        self.painter.forget();
        self.title.clear();
        self.dirty = true;
    }

    /// Whether a frame is worth drawing.
    pub fn is_dirty(&self) -> bool {
        self.dirty || !self.aside.is_empty()
    }

    /// The bytes that bring the terminal up to date; empty where it is.
    pub fn frame(&mut self, live: &Arc<Board>, now: Now) -> Vec<u8> {
        // A bell or a copied text waits for no frame, and never stands in the middle of one.
        let mut out = std::mem::take(&mut self.aside);
        if !std::mem::take(&mut self.dirty) {
            return out;
        }
        let mut buf = Buffer::empty(Rect::new(0, 0, self.size.0, self.size.1));
        let drawn = frame::draw(&self.seat, live, now, &mut buf);
        self.seat.drawn(drawn.rows);
        out.extend(self.entitle(live, now));
        if !buf.area.is_empty() {
            out.extend(self.painter.paint(buf, drawn.cursor));
        }
        out
    }

    /// When to call [`Session::woken`] although nothing happens.
    pub fn wake(&self, live: &Board, now: Now) -> Wake {
        let (room, hand) = frame::wakes(&self.seat, live, now);
        let again = Ring::again(live, self.seat.who.role, now.room);
        let esc = self.decoder.deadline().and_then(|at| i64::try_from(at).ok());
        let ring = self.ring.at(live, self.seat.who.role, now).map(Span::ms);
        Wake {
            room: again.map_or(room, |again| again.min(room)),
            hand_ms: [hand, esc, ring].into_iter().flatten().min(),
        }
    }

    fn take(&mut self, inputs: Vec<Input>, live: &Arc<Board>, now: Now) -> Vec<Out> {
        let mut outs = Vec::new();
        for input in inputs {
            self.dirty = true;
            if let Input::Cursor(column, _) = input {
                self.probed(column);
                continue;
            }
            for out in self.seat.update(&input, live, now) {
                match out {
                    Out::Copy(text) => self.aside.extend(self.line.copy(&text).unwrap_or_default()),
                    Out::Repaint => self.repaint(),
                    Out::Request(_) | Out::Keep | Out::Suspend | Out::Quit => outs.push(out),
                }
            }
        }
        outs
    }

    /// The terminal's answer to the probe: one that draws `①` two columns wide gets the characters it draws right.
    fn probed(&mut self, column: u16) {
        if column == 2 {
            self.seat.draw_with(&NARROW);
            self.repaint();
        }
    }

    fn ring(&mut self, live: &Board, now: Now) {
        let lang = self.seat.lang;
        let words = match self.ring.due(live, self.seat.who.role, now) {
            Some(Rung::Alarm(alarm)) => {
                let count = live.state.unseen_count();
                fill(
                    Tui::Ring.text(lang),
                    &[("n", &count), ("what", &alarm::title(lang, &alarm.cause))],
                )
            }
            Some(Rung::Order(task)) => {
                let count = live.state.failing().count();
                let what = if task.order.title.is_empty() {
                    task.id.as_str()
                } else {
                    task.order.title.as_str()
                };
                fill(
                    Tui::RingOrder.text(lang),
                    &[("n", &count), ("who", &task.order.unit_name), ("what", &what)],
                )
            }
            Some(Rung::Notice(notice)) => {
                let known = notice::NoticeBasis {
                    state: &live.state,
                    playbooks: &live.room.playbooks,
                    now: now.room,
                };
                let what = notice::what(lang, &notice.telling, known);
                fill(Notices::Rang.text(lang), &[("what", &what)])
            }
            Some(Rung::Deaf(doubt)) => {
                let why = calm::doubt(lang, &doubt, now.room);
                fill(calm::CalmText::Silence.text(lang), &[("why", &why)])
            }
            None => return,
        };
        self.aside.extend(self.line.ring(live.room.name.as_str(), &words));
    }

    /// The window's title counts what nobody has seen, and asks where not everything is heard; written only when it
    /// reads differently.
    fn entitle(&mut self, live: &Board, now: Now) -> Vec<u8> {
        let name = fill(Tui::TitleBar.text(self.seat.lang), &[("room", &live.room.name)]);
        let calm = live.calm(now.room);
        let title = match (calm.needs.alarms, calm.hears_all()) {
            (0, true) => name,
            (0, false) => format!("(?) {name}"),
            (count, true) => format!("({count}) {name}"),
            (count, false) => format!("({count} ?) {name}"),
        };
        if title == self.title {
            return Vec::new();
        }
        self.title = title;
        self.line.title(&self.title)
    }
}

fn millis(now: Now) -> u64 {
    u64::try_from(now.hand.ms()).unwrap_or(0)
}
