//! A quiet room: the board of one whose sources are given, the words that only calm may say, and a console that reads them.

use super::{Writer, board_with};
use lookout::desk::board::Board;
use lookout::domain::air::Norm;
use lookout::domain::feed::Feed;
use lookout::domain::id::{OperatorId, SeatId};
use lookout::domain::person::{Operator, Role};
use lookout::lang::Lang;
use lookout::tui::action::Action;
use lookout::tui::call::TerminalCall;
use lookout::tui::keys::Keymap;
use lookout::tui::look::glyphs::FULL;
use lookout::tui::look::{Depth, Theme};
use lookout::tui::seat::{Drafts, Now, Settings};
use lookout::tui::session::Session;
use std::num::NonZero;
use std::sync::Arc;

/// The words that only calm may say, in both languages.
pub(crate) const CALM: &[&str] = &[
    "无未处置告警",
    "个数据源均正常",
    "无未办结火情",
    "no unhandled alarms",
    "sources fresh",
    "no open fires",
];

/// A board on which nothing happens, of those sources.
pub(crate) fn quiet(feeds: impl IntoIterator<Item = Feed>) -> Board {
    let mut board = board_with(Writer::default());
    board.feeds = feeds.into_iter().map(|feed| (feed.id.clone(), feed)).collect();
    board
}

fn cells(n: u16) -> NonZero<u16> {
    NonZero::new(n).expect("a terminal has cells")
}

/// A seat with its terminal: what stands on the screen, the title, how often it rang.
pub(crate) struct Console {
    pub(crate) session: Session,
    terminal: vt100::Parser,
    pub(crate) bytes: Vec<u8>,
}

impl Console {
    pub(crate) fn new(lang: Lang, screen: Action, (width, height): (u16, u16)) -> Self {
        let settings = Settings {
            id: SeatId::new("seat"),
            who: Operator {
                id: OperatorId::new("duty"),
                role: Role::Operator,
            },
            lang,
            can_chinese: true,
            themes: vec![Theme::embedded("dark")],
            depth: Depth::True,
            glyphs: &FULL,
            keymap: Keymap::default(),
            screen,
            drafts: Drafts::new(),
            air: Norm::Hj633,
        };
        Self {
            session: Session::new(settings, TerminalCall::default(), (width, height), 50),
            terminal: vt100::Parser::new(cells(height), cells(width), 0),
            bytes: Vec::new(),
        }
    }

    pub(crate) fn shows(&mut self, board: &Arc<Board>, now: Now) {
        let frame = self.session.frame(board, now);
        self.terminal.process(&frame);
        self.bytes.extend(frame);
    }

    pub(crate) fn text(&self) -> String {
        self.terminal.screen().contents()
    }

    /// Everything that was sent: titles, notifications, bells.
    pub(crate) fn sent(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
}
