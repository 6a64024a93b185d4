//! Calls to the terminal itself: bell, notification, title, clipboard. Wrapped for tmux and screen, which would
//! otherwise keep them for themselves.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The most that terminals take for the clipboard, in encoded bytes.
const CLIPBOARD: usize = 74_994;

/// Around what a terminal's own sequences must be wrapped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wrap {
    /// The terminal hears us itself.
    #[default]
    None,
    /// tmux stands between (it must have `allow-passthrough`).
    Tmux,
    /// GNU screen stands between.
    Screen,
}

/// How a terminal wants to be told of something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Notice {
    /// OSC 9: iTerm2, Windows Terminal, WezTerm, and harmless elsewhere.
    #[default]
    Osc9,
    /// OSC 777: foot, rxvt-unicode, the VTE family.
    Osc777,
    /// OSC 99: kitty.
    Osc99,
}

/// How one terminal is called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TerminalCall {
    /// What stands between.
    pub wrap: Wrap,
    /// How it wants to be told.
    pub notice: Notice,
}

impl TerminalCall {
    /// What the environment of a terminal says.
    pub fn of_env(get: &dyn Fn(&str) -> Option<String>) -> Self {
        let term = get("TERM").unwrap_or_default();
        let wrap = if get("TMUX").is_some_and(|v| !v.is_empty()) || term.starts_with("tmux") {
            Wrap::Tmux
        } else if term.starts_with("screen") {
            Wrap::Screen
        } else {
            Wrap::None
        };
        let notice = if get("KITTY_WINDOW_ID").is_some() || term.contains("kitty") {
            Notice::Osc99
        } else if get("VTE_VERSION").is_some() || term.starts_with("foot") || term.starts_with("rxvt") {
            Notice::Osc777
        } else {
            Notice::Osc9
        };
        Self { wrap, notice }
    }

    /// The bell and a notification with these words.
    pub fn ring(self, title: &str, words: &str) -> Vec<u8> {
        let (title, words) = (plain(title), plain(words));
        let told = match self.notice {
            Notice::Osc9 => format!("\x1b]9;{title}: {words}\x1b\\"),
            Notice::Osc777 => format!("\x1b]777;notify;{title};{words}\x1b\\"),
            Notice::Osc99 => format!("\x1b]99;;{title}: {words}\x1b\\"),
        };
        let mut out = vec![0x07];
        out.extend(self.wrapped(&told));
        out
    }

    /// Sets the window's title. Multiplexers take titles themselves.
    pub fn title(self, words: &str) -> Vec<u8> {
        format!("\x1b]2;{}\x1b\\", plain(words)).into_bytes()
    }

    /// Puts a text on the person's clipboard; `None` where it is longer than terminals take.
    pub fn copy(self, text: &str) -> Option<Vec<u8>> {
        let encoded = STANDARD.encode(text);
        (encoded.len() <= CLIPBOARD).then(|| self.wrapped(&format!("\x1b]52;c;{encoded}\x1b\\")))
    }

    fn wrapped(self, sequence: &str) -> Vec<u8> {
        let out = match self.wrap {
            Wrap::None => sequence.to_owned(),
            Wrap::Tmux => format!("\x1bPtmux;{}\x1b\\", sequence.replace('\x1b', "\x1b\x1b")),
            // screen ends a pass-through at the first ESC \, and the inner one must not be that.
            Wrap::Screen => format!("\x1bP{}\x1b\\", sequence.replace("\x1b\\", "\x07")),
        };
        out.into_bytes()
    }
}

/// Without what would end the sequence or begin another.
fn plain(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() || c == ';' { ' ' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(pairs: &[(&str, &str)]) -> TerminalCall {
        TerminalCall::of_env(&|name| pairs.iter().find(|p| p.0 == name).map(|p| p.1.to_owned()))
    }

    #[test]
    fn the_clipboard_is_reached_through_multiplexers() {
        let copy = |pairs: &[(&str, &str)]| {
            String::from_utf8(line(pairs).copy("火").expect("short")).expect("ascii")
        };
        assert_eq!(copy(&[("TERM", "xterm")]), "\x1b]52;c;54Gr\x1b\\");
        assert_eq!(
            copy(&[("TERM", "xterm"), ("TMUX", "/tmp/x")]),
            "\x1bPtmux;\x1b\x1b]52;c;54Gr\x1b\x1b\\\x1b\\"
        );
        assert_eq!(copy(&[("TERM", "screen")]), "\x1bP\x1b]52;c;54Gr\x07\x1b\\");
        assert_eq!(TerminalCall::default().copy(&"x".repeat(60_000)), None);
    }

    #[test]
    fn words_cannot_end_the_notification_they_stand_in() {
        let out = line(&[("TERM", "foot")]).ring("a;b", "c\x1b\\d");
        assert_eq!(out, b"\x07\x1b]777;notify;a b;c \\d\x1b\\");
    }
}
