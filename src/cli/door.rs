//! The one way out of the command line: what stands in a file, an argument or a reply reaches the terminal without control,
//! escape, bidirectional and other hidden characters.

use crate::domain::text::is_unsafe;
use std::io;
use std::io::Write;

/// A mark at the very beginning, as spreadsheets want it, is no text.
const MARK: char = '\u{FEFF}';

/// A stream whose text is cleaned on its way. Line ends and tabs stay.
#[derive(Debug)]
pub(super) struct Door<W: Write> {
    to: W,
    /// The end of what was written that is no whole character yet, or may be half a line's end.
    rest: Vec<u8>,
    begun: bool,
}

impl<W: Write> Door<W> {
    /// Before that stream.
    pub(super) fn new(to: W) -> Self {
        Self {
            to,
            rest: Vec::new(),
            begun: false,
        }
    }

    fn pass(&mut self, bytes: &[u8]) -> io::Result<()> {
        let text = String::from_utf8_lossy(bytes);
        if !text.chars().any(|c| is_unsafe(c) && !matches!(c, '\n' | '\t')) {
            self.begun |= !text.is_empty();
            return self.to.write_all(text.as_bytes());
        }
        let mut clean = String::with_capacity(text.len());
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            let is_end = c == '\r' && chars.peek() == Some(&'\n');
            let is_mark = c == MARK && !self.begun;
            if matches!(c, '\n' | '\t') || is_end || is_mark || !is_unsafe(c) {
                clean.push(c);
            }
            self.begun = true;
        }
        self.to.write_all(clean.as_bytes())
    }
}

/// How many of the bytes are whole: up to a character that has only begun, or a return whose line's end may follow.
fn whole(bytes: &[u8]) -> usize {
    let valid = match std::str::from_utf8(bytes) {
        Err(error) if error.error_len().is_none() => error.valid_up_to(),
        Ok(_) | Err(_) => bytes.len(),
    };
    let is_half = bytes.get(..valid).is_some_and(|bytes| bytes.ends_with(b"\r"));
    valid - usize::from(is_half)
}

impl<W: Write> Write for Door<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let is_plain = |byte: &u8| matches!(byte, b' '..=b'~' | b'\n' | b'\t');
        if self.rest.is_empty() && bytes.iter().all(is_plain) {
            self.begun |= !bytes.is_empty();
            self.to.write_all(bytes)?;
            return Ok(bytes.len());
        }
        let mut all = std::mem::take(&mut self.rest);
        all.extend_from_slice(bytes);
        self.rest = all.split_off(whole(&all));
        self.pass(&all)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let rest = std::mem::take(&mut self.rest);
        self.pass(&rest)?;
        self.to.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn through(chunks: &[&[u8]]) -> String {
        let mut door = Door::new(Vec::new());
        for chunk in chunks {
            door.write_all(chunk).expect("a vector takes all");
        }
        door.flush().expect("a vector takes all");
        String::from_utf8(door.to).expect("what leaves is text")
    }

    #[test]
    fn nothing_hidden_passes_and_everything_else_does() {
        let cases = [
            ("a\tb\r\nc\n", "a\tb\r\nc\n"),
            ("标题 \u{1b}]0;x\u{7}好", "标题 ]0;x好"),
            ("\u{9b}31m\u{202e}x\u{200b}", "31mx"),
            ("\u{FEFF}名称,值\n\u{FEFF}x", "\u{FEFF}名称,值\nx"),
            ("over\rwritten", "overwritten"),
        ];
        for (raw, clean) in cases {
            assert_eq!(through(&[raw.as_bytes()]), clean, "{raw:?}");
        }
    }

    proptest! {
        #[test]
        fn it_is_the_same_however_it_is_cut(text in "[\\PC\\x00-\\x1f\u{80}-\u{9f}\u{200b}\u{202e}\r\n]{0,60}", cut in 0usize..200) {
            let bytes = text.as_bytes();
            let (one, two) = bytes.split_at(cut.min(bytes.len()));
            let whole = through(&[bytes]);
            prop_assert_eq!(&through(&[one, two]), &whole);
            let hidden = |c: char| is_unsafe(c) && !matches!(c, '\n' | '\t' | '\r' | MARK);
            prop_assert!(!whole.chars().any(hidden));
        }
    }
}
