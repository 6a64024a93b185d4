//! From a terminal's raw bytes to what a person did.
//!
//! Joins what the line has torn: once `ESC [` is seen the final byte is waited for, only a lone ESC becomes the Esc
//! key, after a pause. Each whole unit is then read by termina's parser. Replies of the terminal are no keys, and a
//! burst of characters no hand can type is handed on as one, so that outside a text field it can be dropped.

use crate::tui::keys::{Code, Key};
use termina::event::{KeyCode, KeyEvent, KeyEventKind, Modifiers};
use termina::{Event, Parser};

/// How long a lone ESC waits for the rest of a sequence at a local terminal, in milliseconds.
pub const LOCAL_MS: u64 = 50;

/// The same over SSH, whose packets may tear a sequence.
pub const SSH_MS: u64 = 100;

/// How long a lone ESC waits at the terminal whose environment this is, in milliseconds.
pub fn pause_of_env(get: &dyn Fn(&str) -> Option<String>) -> u64 {
    let set = |name: &&str| get(name).is_some_and(|value| !value.is_empty());
    if ["SSH_CONNECTION", "SSH_TTY"].iter().any(set) {
        SSH_MS
    } else {
        LOCAL_MS
    }
}

/// This many different characters at once are a paste or a reply, not typing.
const BURST: usize = 4;

/// Chunks closer than this belong to the same burst, in milliseconds.
const BURST_MS: u64 = 5;

/// The longest unit kept; what is longer is dropped to its end.
const LONGEST: usize = 64 * 1024;

/// What arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A key.
    Key(Key),
    /// Pasted text, or characters that came faster than a hand can type. Never acts.
    Paste(String),
    /// The terminal came to the front, or left it.
    Focus(bool),
    /// The terminal says where its cursor is: column, row, from zero. Asked for by the width probe only.
    Cursor(u16, u16),
}

/// Reads one terminal's bytes. Time is any count of milliseconds that only grows.
#[derive(Debug)]
pub struct Decoder {
    parser: Parser,
    held: Vec<u8>,
    lone_esc_ms: u64,
    esc_at: Option<u64>,
    burst_at: Option<u64>,
}

/// How far a unit has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    /// Whole.
    Whole,
    /// An ESC alone: a key, or the beginning of something.
    LoneEsc,
    /// More must follow.
    More,
    /// It cannot become anything; this byte begins anew.
    Broken,
}

impl Decoder {
    /// A decoder that waits `lone_esc_ms` before it calls a lone ESC the Esc key.
    pub fn new(lone_esc_ms: u64) -> Self {
        Self {
            parser: Parser::default(),
            held: Vec::new(),
            lone_esc_ms,
            esc_at: None,
            burst_at: None,
        }
    }

    /// Takes a chunk of bytes in.
    pub fn feed(&mut self, bytes: &[u8], now_ms: u64) -> Vec<Input> {
        let mut out = self.wait(now_ms);
        for byte in bytes {
            self.byte(*byte, &mut out);
        }
        self.esc_at = (unit(&self.held) == Unit::LoneEsc).then_some(now_ms);
        self.gather(out, now_ms)
    }

    /// Takes note of the time: a lone ESC that has waited long enough is the Esc key.
    pub fn wait(&mut self, now_ms: u64) -> Vec<Input> {
        let mut out = Vec::new();
        if self.deadline().is_some_and(|due| now_ms >= due) {
            self.esc_at = None;
            self.read(&mut out);
        }
        out
    }

    /// When [`Decoder::wait`] should be called although nothing arrived.
    pub fn deadline(&self) -> Option<u64> {
        self.esc_at.map(|at| at.saturating_add(self.lone_esc_ms))
    }

    fn byte(&mut self, byte: u8, out: &mut Vec<Input>) {
        self.held.push(byte);
        match unit(&self.held) {
            Unit::Whole => self.read(out),
            Unit::Broken => {
                // ESC ESC is the Esc key and a new beginning; anything else that broke is noise.
                if self.held == [0x1B, 0x1B] {
                    out.push(Input::Key(Key::plain(Code::Esc)));
                }
                self.held.clear();
                if byte == 0x1B || (0x20..0x7F).contains(&byte) {
                    self.held.push(byte);
                    if unit(&self.held) == Unit::Whole {
                        self.read(out);
                    }
                }
            }
            Unit::More if self.held.len() >= LONGEST => self.shorten(),
            Unit::More | Unit::LoneEsc => {}
        }
    }

    /// An endless paste keeps its beginning and waits for its end; any other endless unit is noise.
    fn shorten(&mut self) {
        if self.held.starts_with(PASTE_BEGINS) {
            self.held.truncate(LONGEST / 2);
        } else {
            self.held.clear();
        }
    }

    /// Reads the held unit.
    fn read(&mut self, out: &mut Vec<Input>) {
        let held = std::mem::take(&mut self.held);
        if let Some(text) = pasted(&held) {
            out.push(Input::Paste(text));
            return;
        }
        // Keypad Enter in application mode, which the parser does not know.
        if held == b"\x1bOM" {
            out.push(Input::Key(Key::plain(Code::Enter)));
            return;
        }
        self.parser.parse(&held, false);
        while let Some(event) = self.parser.pop() {
            out.extend(input_of(&event));
        }
        // A unit is whole or nothing: whatever the parser still holds of it is dropped.
        self.parser = Parser::default();
    }

    /// Makes one of characters that arrived together.
    fn gather(&mut self, inputs: Vec<Input>, now_ms: u64) -> Vec<Input> {
        let text: String = inputs.iter().filter_map(character).collect();
        let goes_on = self
            .burst_at
            .is_some_and(|at| now_ms.saturating_sub(at) <= BURST_MS);
        let first = text.chars().next();
        let mixed = text.chars().count() >= BURST && text.chars().any(|c| Some(c) != first);
        if !(mixed || goes_on && !text.is_empty()) {
            return inputs;
        }
        self.burst_at = Some(now_ms);
        let mut out = vec![Input::Paste(text)];
        out.extend(
            inputs
                .into_iter()
                .filter(|input| character(input).is_none() && !acts(input)),
        );
        out
    }
}

const PASTE_BEGINS: &[u8] = b"\x1b[200~";
const PASTE_ENDS: &[u8] = b"\x1b[201~";

/// How far the bytes of one unit have come.
fn unit(held: &[u8]) -> Unit {
    match held {
        [] | [0x1B, b'O'] => Unit::More,
        [0x1B] => Unit::LoneEsc,
        [0x1B, 0x1B] => Unit::Broken,
        [0x1B, b'[', rest @ ..] => csi(held, rest),
        [0x1B, b'O', _] => Unit::Whole,
        [0x1B, b']' | b'P' | b'_' | b'^' | b'X', rest @ ..] => match rest {
            [.., 0x07] | [.., 0x1B, b'\\'] => Unit::Whole,
            _ => Unit::More,
        },
        [0x1B, rest @ ..] | rest => utf8(rest),
    }
}

fn csi(held: &[u8], rest: &[u8]) -> Unit {
    if held.starts_with(PASTE_BEGINS) {
        return if held.ends_with(PASTE_ENDS) && held.len() > PASTE_BEGINS.len() {
            Unit::Whole
        } else {
            Unit::More
        };
    }
    match rest {
        // The Linux console's F1 to F5: `ESC [ [ A`.
        [] | [b'['] => Unit::More,
        // X10 mouse: three more bytes.
        [b'M', more @ ..] if more.len() < 3 => Unit::More,
        [b'[', _] | [b'M', ..] | [.., 0x40..=0x7E] => Unit::Whole,
        [.., 0x20..=0x3F] => Unit::More,
        _ => Unit::Broken,
    }
}

fn utf8(bytes: &[u8]) -> Unit {
    let wants = match bytes.first() {
        None => return Unit::More,
        Some(0x00..=0x7F) => 1,
        Some(0xC2..=0xDF) => 2,
        Some(0xE0..=0xEF) => 3,
        Some(0xF0..=0xF4) => 4,
        Some(_) => return Unit::Broken,
    };
    if bytes.iter().skip(1).any(|b| !(0x80..0xC0).contains(b)) {
        return Unit::Broken;
    }
    if bytes.len() < wants {
        Unit::More
    } else {
        Unit::Whole
    }
}

/// The text of a bracketed paste, control characters other than line ends taken out.
fn pasted(held: &[u8]) -> Option<String> {
    let inner = held.strip_prefix(PASTE_BEGINS)?.strip_suffix(PASTE_ENDS)?;
    let text = String::from_utf8_lossy(inner);
    Some(
        text.chars()
            .filter(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t'))
            .collect(),
    )
}

fn character(input: &Input) -> Option<char> {
    match input {
        Input::Key(key) => key.writes(),
        Input::Paste(_) | Input::Focus(_) | Input::Cursor(..) => None,
    }
}

/// Whether an input could act: in the middle of a burst it may not.
fn acts(input: &Input) -> bool {
    matches!(input, Input::Key(_))
}

fn input_of(event: &Event) -> Option<Input> {
    match event {
        Event::Key(key) => key_of(key).map(Input::Key),
        Event::FocusIn => Some(Input::Focus(true)),
        Event::FocusOut => Some(Input::Focus(false)),
        Event::Paste(text) => Some(Input::Paste(text.clone())),
        Event::Csi(termina::escape::csi::Csi::Cursor(
            termina::escape::csi::Cursor::ActivePositionReport { line, col },
        )) => Some(Input::Cursor(col.get_zero_based(), line.get_zero_based())),
        Event::Mouse(_) | Event::WindowResized(_) | Event::Csi(_) | Event::Osc(_) | Event::Dcs(_) => None,
    }
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the parser knows keys that no duty keyboard has"
)]
fn key_of(event: &KeyEvent) -> Option<Key> {
    if event.kind == KeyEventKind::Release {
        return None;
    }
    let code = match event.code {
        KeyCode::Char(c) => Code::Char(c),
        KeyCode::Function(n @ 1..=12) => Code::F(n),
        KeyCode::Enter => Code::Enter,
        KeyCode::Escape => Code::Esc,
        KeyCode::Tab => Code::Tab,
        KeyCode::BackTab => Code::BackTab,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        _ => return None,
    };
    let ctrl = event.modifiers.contains(Modifiers::CONTROL);
    let alt = event.modifiers.contains(Modifiers::ALT);
    Some(Key { code, ctrl, alt })
}

#[cfg(test)]
mod tests;
