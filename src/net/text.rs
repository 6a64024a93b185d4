//! The text of a body, whatever it was written in: byte-order marks, the declared charset, GB 18030 where UTF-8 fails.
//!
//! Chinese platforms answer in GBK without saying so; a body that is not UTF-8 but is GB 18030 throughout is read so.

use crate::net::Response;
use encoding_rs::{Encoding, GB18030, UTF_8};
use std::borrow::Cow;

impl Response {
    /// The body as text. A byte-order mark goes before the declared charset, and is not part of the text; bytes that
    /// fit nothing become U+FFFD.
    pub fn text(&self) -> Cow<'_, str> {
        if let Some((encoding, mark)) = Encoding::for_bom(&self.body) {
            let rest = self.body.get(mark..).unwrap_or_default();
            return encoding.decode_without_bom_handling(rest).0;
        }
        let declared = self.charset().filter(|encoding| *encoding != UTF_8);
        if let Some(encoding) = declared {
            return encoding.decode_without_bom_handling(&self.body).0;
        }
        if let Ok(text) = std::str::from_utf8(&self.body) {
            return Cow::Borrowed(text);
        }
        let chinese = GB18030.decode_without_bom_handling_and_without_replacement(&self.body);
        chinese.unwrap_or_else(|| String::from_utf8_lossy(&self.body))
    }

    /// The charset that the `Content-Type` declares.
    fn charset(&self) -> Option<&'static Encoding> {
        let declared = self.header("content-type")?;
        let (_, rest) = declared.split_once("charset=")?;
        let label = rest.split(';').next().unwrap_or(rest);
        Encoding::for_label(label.trim().trim_matches('"').as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(content_type: &str, body: &[u8]) -> Response {
        Response {
            headers: vec![("content-type".to_owned(), content_type.to_owned())],
            body: body.to_vec(),
            ..Response::default()
        }
    }

    #[test]
    fn marks_charsets_and_undeclared_chinese_are_read() {
        let gbk = GB18030.encode("宁波市").0;
        assert_eq!(reply("text/csv; charset=GBK", &gbk).text(), "宁波市");
        assert_eq!(reply("application/json", &gbk).text(), "宁波市");
        assert_eq!(reply("text/csv; charset=gbk", b"\xef\xbb\xbfa").text(), "a");
        assert_eq!(reply("", b"\xff\xfea\0b\0").text(), "ab");
        assert_eq!(
            reply("text/plain; charset=\"iso-8859-1\"", b"\xe9t\xe9").text(),
            "été"
        );
    }

    #[test]
    fn what_fits_nothing_keeps_its_good_part() {
        assert_eq!(reply("", b"ok \xff\xff").text(), "ok \u{fffd}\u{fffd}");
    }
}
