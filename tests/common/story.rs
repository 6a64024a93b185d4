//! A person at a seat, for stories of keys: a second between two keys, 80×24 unless said otherwise.

use lookout::desk::Request;
use lookout::desk::board::Board;
use lookout::domain::id::{OperatorId, SeatId};
use lookout::domain::person::{Operator, Role};
use lookout::domain::time::Span;
use lookout::lang::Lang;
use lookout::tui::action::Action;
use lookout::tui::input::Input;
use lookout::tui::keys::{Key, Keymap};
use lookout::tui::look::glyphs::FULL;
use lookout::tui::look::{Depth, Theme};
use lookout::tui::seat::{Drafts, Now, Out, Seat, Settings};
use lookout::tui::{frame, part};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::sync::Arc;

/// The person, and what they have done.
pub(crate) struct Sitting {
    /// The seat.
    pub(crate) seat: Seat,
    /// What is true.
    pub(crate) board: Arc<Board>,
    /// The hand's time in milliseconds.
    pub(crate) hand: i64,
    /// What the desk was asked to do.
    pub(crate) acts: Vec<Request>,
}

impl Sitting {
    /// In Chinese, as an operator.
    pub(crate) fn at(board: Board) -> Self {
        Self::in_tongue(board, Lang::Zh)
    }

    /// As an operator.
    pub(crate) fn in_tongue(board: Board, lang: Lang) -> Self {
        let settings = Settings {
            id: SeatId::new("seat-1"),
            who: Operator {
                id: OperatorId::new("zhiban-1"),
                role: Role::Operator,
            },
            lang,
            can_chinese: true,
            themes: vec![Theme::embedded("dark")],
            air: lookout::domain::air::Norm::default(),
            depth: Depth::True,
            glyphs: &FULL,
            keymap: Keymap::default(),
            screen: Action::Overview,
            drafts: Drafts::new(),
        };
        let mut sitting = Self {
            seat: Seat::new(settings),
            board: Arc::new(board),
            hand: 10_000,
            acts: Vec::new(),
        };
        sitting.sees();
        sitting
    }

    /// The newest board is looked at.
    pub(crate) fn sees(&mut self) {
        self.seat.sees(&self.board, self.now());
        self.screen();
    }

    /// Both times.
    pub(crate) fn now(&self) -> Now {
        Now {
            room: super::now(),
            hand: Span::from_ms(self.hand),
        }
    }

    /// Keys by name, apart by blanks.
    pub(crate) fn keys(&mut self, names: &str) -> &mut Self {
        for name in names.split_whitespace() {
            self.hand += 1000;
            self.key(Key::parse(name).unwrap_or_else(|| panic!("{name} is no key")));
        }
        self
    }

    /// A text, one character a key.
    pub(crate) fn types(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            self.hand += 200;
            self.key(Key::char(c));
        }
        self
    }

    fn key(&mut self, key: Key) {
        for out in self.seat.update(&Input::Key(key), &self.board, self.now()) {
            if let Out::Request(request) = out {
                self.acts.push(*request);
            }
        }
        self.screen();
    }

    /// What the screen shows at this size.
    pub(crate) fn draw(&mut self, width: u16, height: u16) -> String {
        let mut buf = Buffer::empty(Rect::new(0, 0, width, height));
        let drawn = frame::draw(&self.seat, &self.board, self.now(), &mut buf);
        self.seat.drawn(drawn.rows);
        text_of(&buf)
    }

    /// What the screen shows.
    pub(crate) fn screen(&mut self) -> String {
        self.draw(80, 24)
    }

    /// The line of the screen that has the cursor; empty where none has.
    pub(crate) fn cursor_line(&mut self) -> String {
        let screen = self.screen();
        let line = screen.lines().find(|line| line.starts_with(FULL.cursor));
        line.unwrap_or_default().to_owned()
    }
}

/// The text of a drawn buffer, one line a row, without what wide characters hide.
pub(crate) fn text_of(buf: &Buffer) -> String {
    let mut out = String::new();
    for y in buf.area.top()..buf.area.bottom() {
        let mut skip = 0;
        let mut line = String::new();
        for x in buf.area.left()..buf.area.right() {
            let symbol = buf.cell((x, y)).map_or(" ", |cell| cell.symbol());
            if skip == 0 {
                line.push_str(symbol);
                skip = part::width(symbol).saturating_sub(1);
            } else {
                skip -= 1;
            }
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}
