//! A person at a seat of the room: keys in, the screen out. What the seat asks of the desk is done before the next key.

use crate::room::Room;
use lookout::desk::Reply;
use lookout::desk::board::Board;
use lookout::desk::board::sight::seen_by;
use lookout::domain::id::SeatId;
use lookout::domain::time::Span;
use lookout::lang::Lang;
use lookout::tui::action::Action;
use lookout::tui::form::{Form, Here};
use lookout::tui::input::Input;
use lookout::tui::keys::{Key, Keymap};
use lookout::tui::look::glyphs::FULL;
use lookout::tui::look::{Depth, Theme};
use lookout::tui::seat::{Drafts, Mode, Now, Out, Seat, Settings};
use lookout::tui::{frame, part};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::sync::Arc;

/// Wide enough that no column is left out.
const SIZE: (u16, u16) = (180, 50);

/// The person, their seat, and what it shows.
pub(crate) struct Person {
    seat: Seat,
    live: Arc<Board>,
    hand: i64,
    /// What the desk said to their last act.
    pub(crate) told: Option<Reply>,
}

impl Person {
    /// At a seat of their own in `lang`.
    pub(crate) fn sits(room: &mut Room, who: &str, lang: Lang) -> Self {
        let who = room.person(who);
        let live = seen_by(room.see(), who.role);
        let settings = Settings {
            id: SeatId::new(&format!("seat-{}-{}", who.id, lang.pick("zh", "en"))),
            who,
            lang,
            can_chinese: true,
            themes: vec![Theme::embedded("dark")],
            depth: Depth::True,
            glyphs: &FULL,
            air: live.room.standard,
            keymap: Keymap::default(),
            screen: Action::Overview,
            drafts: Drafts::new(),
        };
        let mut person = Self {
            seat: Seat::new(settings),
            live,
            hand: 10_000,
            told: None,
        };
        person.looks(room);
        person
    }

    fn now(&self, room: &Room) -> Now {
        Now {
            room: room.now(),
            hand: Span::from_ms(self.hand),
        }
    }

    /// The newest board is looked at.
    pub(crate) fn looks(&mut self, room: &mut Room) -> &mut Self {
        self.live = seen_by(room.see(), self.seat.who.role);
        let now = self.now(room);
        self.seat.sees(&self.live, now);
        self.screen(room);
        self
    }

    /// Keys by name, apart by blanks, a second between two.
    pub(crate) fn keys(&mut self, room: &mut Room, names: &str) -> &mut Self {
        for name in names.split_whitespace() {
            self.hand += 1000;
            self.key(
                room,
                Key::parse(name).unwrap_or_else(|| panic!("{name} is no key")),
            );
        }
        self
    }

    /// A text, one character a key.
    pub(crate) fn types(&mut self, room: &mut Room, text: &str) -> &mut Self {
        for c in text.chars() {
            self.hand += 200;
            self.key(room, Key::char(c));
        }
        self
    }

    /// Goes to the row of that name on this screen.
    #[track_caller]
    pub(crate) fn goes(&mut self, room: &mut Room, row: &str) -> &mut Self {
        self.looks(room).keys(room, "r g");
        for _ in 0..self.seat.view().list.ids.len() {
            if self.seat.view().cursor.is_some_and(|id| id.text() == row) {
                return self;
            }
            self.keys(room, "j");
        }
        panic!("no row {row}:\n{}", self.screen(room));
    }

    /// Picks a line of the menu by its words, writes these texts into the fields of its dialog by their labels, and does it.
    #[track_caller]
    pub(crate) fn picks(&mut self, room: &mut Room, line: &str, fields: &[(&str, &str)]) {
        self.keys(room, "x").types(room, line).keys(room, "Enter");
        self.fills(room, fields);
        self.does(room);
    }

    /// Writes texts into the fields of the open dialog by their labels; of a choice the n-th is `→n`.
    #[track_caller]
    pub(crate) fn fills(&mut self, room: &mut Room, fields: &[(&str, &str)]) {
        for (label, text) in fields {
            self.moves(room, |form| match form.here {
                Here::Field(at) => form
                    .fields
                    .get(at)
                    .is_some_and(|field| field.label.starts_with(label)),
                Here::Do | Here::Cancel => false,
            });
            match text.strip_prefix('→').and_then(|nth| nth.parse().ok()) {
                Some(nth) => self.keys(room, &"Right ".repeat(nth)),
                None => self.types(room, text),
            };
        }
    }

    /// Presses the button that does it; the desk must have done it.
    #[track_caller]
    pub(crate) fn does(&mut self, room: &mut Room) {
        self.moves(room, |form| form.here == Here::Do);
        self.told = None;
        self.keys(room, "Enter");
        let done = self.told.as_ref().is_some_and(|reply| reply.answer.is_ok());
        let screen = self.screen(room);
        assert!(done, "{:?}\n{screen}", self.told);
    }

    #[track_caller]
    fn moves(&mut self, room: &mut Room, is_there: impl Fn(&Form) -> bool) {
        for _ in 0..40 {
            let Mode::Form(open) = &self.seat.mode else {
                panic!("no dialog:\n{}", self.screen(room));
            };
            if is_there(&open.form) {
                return;
            }
            self.keys(room, "Tab");
        }
        panic!("no such field:\n{}", self.screen(room));
    }

    fn key(&mut self, room: &mut Room, key: Key) {
        let now = self.now(room);
        for out in self.seat.update(&Input::Key(key), &self.live, now) {
            if let Out::Request(request) = out {
                let (reply, board) = room.act(*request);
                self.live = seen_by(board, self.seat.who.role);
                let now = self.now(room);
                self.seat.sees(&self.live, now);
                self.seat.told(&reply, &self.live, now);
                self.told = Some(reply);
            }
        }
    }

    /// What the screen shows.
    pub(crate) fn screen(&mut self, room: &Room) -> String {
        let mut buf = Buffer::empty(Rect::new(0, 0, SIZE.0, SIZE.1));
        let drawn = frame::draw(&self.seat, &self.live, self.now(room), &mut buf);
        self.seat.drawn(drawn.rows);
        text_of(&buf)
    }

    /// Every screen, with the cards and menus of its first rows, as one text.
    pub(crate) fn everything(&mut self, room: &mut Room) -> String {
        let mut all = String::new();
        for screen in ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"] {
            all += &self.looks(room).keys(room, screen).screen(room);
            // The panes of the control, the documents of the shift.
            let panes: &[&str] = if ["4", "9"].contains(&screen) {
                &["Tab", "o"]
            } else {
                &[]
            };
            for keys in panes.repeat(4) {
                all += &self.keys(room, keys).screen(room);
            }
            for _ in 0..self.seat.view().list.ids.len().min(3) {
                for keys in ["Enter", "Esc x", "Esc j"] {
                    all += &self.keys(room, keys).screen(room);
                }
            }
            self.keys(room, "Esc");
        }
        all
    }
}

/// The text of a drawn buffer, one line a row, without what wide characters hide.
fn text_of(buf: &Buffer) -> String {
    let mut out = String::new();
    for y in buf.area.top()..buf.area.bottom() {
        let mut skip = 0;
        for x in buf.area.left()..buf.area.right() {
            let symbol = buf.cell((x, y)).map_or(" ", |cell| cell.symbol());
            if skip == 0 {
                out.push_str(symbol);
                skip = part::width(symbol).saturating_sub(1);
            } else {
                skip -= 1;
            }
        }
        out.push('\n');
    }
    out
}
