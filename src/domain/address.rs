//! Addresses on the web as they come from outside: a picture of what was seen, a photo of what was done.

use crate::domain::text::Clean;

/// Longest address of a picture that is kept, in characters.
pub const LONGEST: usize = 1000;

/// Whether a text is an address that begins with `http://` or `https://` and names a host.
pub fn is_web(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else {
        return false;
    };
    let is_web = ["http", "https"]
        .iter()
        .any(|own| scheme.eq_ignore_ascii_case(own));
    let is_host = rest.starts_with(|first: char| first == '[' || first.is_alphanumeric());
    is_web && is_host && !rest.contains(char::is_whitespace)
}

/// The address that a text is; `None` where it is none, is too long, hides characters or carries a password before its host.
pub fn read(text: &str) -> Option<Clean> {
    let text = text.trim();
    let clean = Clean::new(text);
    let host = text.split_once("://")?.1.split(['/', '?', '#']).next()?;
    let good = is_web(text) && !host.contains('@') && text.chars().count() <= LONGEST;
    (good && clean.as_str() == text).then_some(clean)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_on_the_web_is_read_as_it_is() {
        for good in [
            "https://camera.example/1.jpg",
            "http://10.0.0.5:8080/pic?id=1&sign=%2F@x",
            " https://[::1]/1 ",
        ] {
            assert_eq!(read(good), Some(Clean::new(good)), "{good}");
        }
    }

    #[test]
    fn what_is_no_address_is_too_long_or_carries_a_password_is_none() {
        let long = format!("https://camera.example/{}", "1".repeat(LONGEST));
        for bad in [
            "",
            "1.jpg",
            "/pictures/1.jpg",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "ftp://camera.example/1.jpg",
            "https://",
            "https:// camera.example/1",
            "https://camera.example/a b",
            "https://duty:word@camera.example/1",
            "https://camera.example/\u{1b}]8;;x",
            "https://camera.example/\u{202e}gpj.exe",
            &long,
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
