//! Secrets of a configuration: where they are given, and where they stand within longer texts.
//!
//! A secret is written in the file, or better only named there and kept in the environment or in a file of its own. What
//! stands in a header, an address or a body under a name such as `token` is one too, without being declared.

use crate::bench::fault::nearest;
use crate::domain::secret::{Secret, VEIL};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use schemars::JsonSchema;
use serde::Deserialize;
use std::ops::Range;

/// A secret as a file says it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(from = "String")]
#[schemars(extend("format" = "password"))]
pub struct RawSecret(#[schemars(with = "String")] Secret);

impl From<String> for RawSecret {
    fn from(text: String) -> Self {
        Self(Secret::new(text))
    }
}

impl RawSecret {
    /// The secret that is meant; in a `_env` or `_file` key, the name of where it is kept.
    pub fn secret(&self) -> &Secret {
        &self.0
    }
}

/// Why a secret is not there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SecretFault {
    /// Neither the key nor one of its `_env` and `_file` twins was given.
    #[error("`{0}`, `{0}_env` or `{0}_file` is needed")]
    Missing(&'static str),
    /// More than one of them was given.
    #[error("`{0}`, `{0}_env` and `{0}_file` exclude each other")]
    Several(&'static str),
    /// The file cannot be read.
    #[error("{0}")]
    Unreadable(String),
    /// The file holds nothing.
    #[error("the file is empty")]
    Empty,
    /// The environment variable is not set, or empty.
    #[error("the environment variable {0} is not set")]
    Unset(String),
}

/// A secret by its key and the two twins of it, as a table gives them: itself, the environment variable or the file beside
/// the configuration that holds it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Twins<'a> {
    /// `key`: the secret itself.
    pub here: Option<&'a RawSecret>,
    /// `key_env`: the name of a variable.
    pub env: Option<&'a str>,
    /// `key_file`: the path of a file.
    pub file: Option<&'a str>,
}

impl Twins<'_> {
    /// Whether none was given.
    pub fn is_none(&self) -> bool {
        self.here.is_none() && self.env.is_none() && self.file.is_none()
    }
}

/// The secret `key`, wherever it was given.
///
/// # Errors
/// More than one was given, the variable is not set, or the file cannot be read. `Ok(None)` where none was given.
pub fn find(
    key: &'static str,
    given: Twins<'_>,
    env: &dyn Fn(&str) -> Option<String>,
    file: &dyn Fn(&str) -> Result<Vec<u8>, String>,
) -> Result<Option<Secret>, SecretFault> {
    let text = match (given.here, given.env, given.file) {
        (None, None, None) => return Ok(None),
        (Some(here), None, None) => return Ok(Some(here.secret().clone())),
        (None, Some(name), None) => env(name)
            .filter(|value| !value.trim().is_empty())
            .ok_or_else(|| SecretFault::Unset(name.to_owned()))?,
        (None, None, Some(path)) => file(path).and_then(of_file).map_err(SecretFault::Unreadable)?,
        _ => return Err(SecretFault::Several(key)),
    };
    match text.trim() {
        "" => Err(SecretFault::Empty),
        text => Ok(Some(Secret::new(text))),
    }
}

/// What the bytes of a secret's file say: editors put a byte order mark before it.
///
/// # Errors
/// They are not UTF-8: which byte is the first that is not. A secret is never guessed.
pub fn of_file(bytes: Vec<u8>) -> Result<String, String> {
    let text = String::from_utf8(bytes).map_err(|error| error.utf8_error().to_string())?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned())
}

/// How names of secrets end, in lower case and without `-` and `_`.
const ENDS: &[&str] = &[
    "token",
    "secret",
    "password",
    "passwd",
    "pwd",
    "key",
    "signature",
    "authorization",
    "cookie",
    "session",
    "ticket",
    "credential",
    "credentials",
    "密码",
    "口令",
    "令牌",
    "密钥",
    "签名",
    "凭证",
    "授权码",
];
/// Names of secrets that are too short to be ends of names.
const NAMES: &[&str] = &["auth", "pass", "pw", "sk", "ak", "sid", "sig", "sign"];

/// A part of a path that is so long is no word where letters and digits are mixed in one of its words.
const MIXED: usize = 20;
/// A shorter word may hold both: `v2`.
const MIXED_WORD: usize = 4;

/// Whether what stands under `name` in a header, an address or a body is a secret.
pub fn is_name(name: &str) -> bool {
    let name: String = name.chars().filter(|c| !matches!(c, '-' | '_')).collect();
    let name = name.to_lowercase();
    NAMES.contains(&name.as_str()) || ENDS.iter().any(|end| name.ends_with(end))
}

/// Whether a key of a configuration takes a secret, itself or by where it is kept; or holds a table of them.
pub fn is_taken_by(key: &str) -> bool {
    let name = key.strip_suffix("_env").or_else(|| key.strip_suffix("_file"));
    key == "secrets" || is_name(name.unwrap_or(key))
}

/// Whether a word may have been meant to be a key that takes a secret.
pub fn is_near(word: &str) -> bool {
    let word = word.to_lowercase();
    is_taken_by(&word) || nearest(&word, ENDS.iter().chain(["secrets"].iter()).copied()).is_some()
}

/// Whether an address in `text` holds a secret: in its path, behind its `?`, or before its `@`.
pub fn is_in_address(text: &str) -> bool {
    let parts = text.split(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
    let mut addresses = parts.filter(|part| part.contains("://"));
    addresses.any(|address| address.contains('@') || !within(address).is_empty())
}

/// Where secrets stand within an address or a body: `token=…` and `"password": "…"`. A `{place}` is none.
fn within(text: &str) -> Vec<Range<usize>> {
    let mut found = in_path(text);
    for (at, sign) in text.char_indices().filter(|(_, c)| matches!(c, '=' | ':')) {
        let (before, behind) = (text.get(..at).unwrap_or(""), text.get(at + 1..).unwrap_or(""));
        let before = before.trim_end();
        let before = before.strip_suffix(['"', '\'']).unwrap_or(before);
        let around = before.trim_end_matches(|c: char| c.is_alphanumeric() || matches!(c, '-' | '_'));
        // `{secret:name}` is a place, filled in when it is sent.
        if around.ends_with('{') || !is_name(before.strip_prefix(around).unwrap_or(before)) {
            continue;
        }
        let value = behind.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let value = quote.map_or(value, |quote| value.strip_prefix(quote).unwrap_or(value));
        let end = match quote {
            Some(quote) => value.find(quote),
            None if sign == '=' => value.find(['&', ';', '#', ' ', '"', '\'']),
            None => value.find([',', '}', ']', ' ', '\n', '"', '\'']),
        };
        let length = end.unwrap_or(value.len());
        let start = text.len() - value.len();
        if length > 0 && !value.starts_with('{') {
            found.push(start..start + length);
        }
    }
    found.sort_by_key(|range| range.start);
    found
}

/// The parts of an address's path that are too long and too mixed to be words: robots and hooks are named so.
fn in_path(text: &str) -> Vec<Range<usize>> {
    let Some(start) = text
        .find("://")
        .map(|at| at + 3)
        .filter(|_| !text.contains(char::is_whitespace))
    else {
        return Vec::new();
    };
    let path = text.get(start..).unwrap_or("");
    let path = path.split(['?', '#']).next().unwrap_or("");
    let mut at = start;
    let mut found = Vec::new();
    for part in path.split('/') {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        let has = |word: &str, is: fn(&char) -> bool| word.chars().any(|c| is(&c));
        let mut words = part.split(['-', '_']).filter(|word| word.len() >= MIXED_WORD);
        let is_mixed =
            words.any(|word| has(word, char::is_ascii_digit) && has(word, char::is_ascii_alphabetic));
        if part.len() >= MIXED && is_mixed && part.chars().all(is_plain) {
            found.push(at..at + part.len());
        }
        at += part.len() + 1;
    }
    found
}

/// The secrets that stand within an address or a body.
pub fn of_text(text: &str) -> Vec<Secret> {
    let secrets = within(text).into_iter().filter_map(|range| text.get(range));
    secrets.map(Secret::new).collect()
}

/// The secrets of a header: its value where its name says so, without the scheme before it; of `Basic` also the password;
/// of a cookie each of its values.
pub fn of_header(name: &str, value: &str) -> Vec<Secret> {
    if !is_name(name) || value.contains('{') {
        return of_text(value);
    }
    let is_scheme = |word: &&str| word.chars().all(char::is_alphanumeric);
    let scheme = value.split(' ').next().filter(is_scheme).unwrap_or("");
    let rest = value
        .strip_prefix(scheme)
        .filter(|rest| rest.starts_with(' '))
        .unwrap_or(value);
    let mut found = vec![Secret::new(rest.trim())];
    let user = scheme
        .eq_ignore_ascii_case("basic")
        .then(|| STANDARD.decode(rest.trim()).ok())
        .flatten();
    let user = user.and_then(|bytes| String::from_utf8(bytes).ok());
    if let Some((_, password)) = user.as_deref().and_then(|user| user.split_once(':')) {
        found.push(Secret::new(password));
    }
    if name.eq_ignore_ascii_case("cookie") {
        let pairs = value.split(';').filter_map(|pair| pair.split_once('='));
        found.extend(pairs.map(|(_, value)| Secret::new(value.trim())));
    }
    found
}

/// `text` as it may be shown: [`VEIL`] in the place of the secrets that stand within it.
pub fn veiled(text: &str) -> String {
    let mut out = String::new();
    let mut kept = 0;
    for range in within(text) {
        if range.start >= kept {
            out.push_str(text.get(kept..range.start).unwrap_or(""));
            out.push_str(VEIL);
            kept = range.end;
        }
    }
    out.push_str(text.get(kept..).unwrap_or(""));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_comes_from_the_table_the_environment_or_a_file_of_its_own_but_from_one_of_them() {
        let env = |name: &str| (name == "SET").then(|| " kept \n".to_owned());
        let given = RawSecret::from("written".to_owned());
        let file = |path: &str| match path {
            "good" => Ok(b"in a file\n".to_vec()),
            "marked" => Ok(b"\xEF\xBB\xBFin a file\r\n".to_vec()),
            "empty" => Ok(b" \n".to_vec()),
            "mark alone" => Ok(b"\xEF\xBB\xBF\n".to_vec()),
            "gbk" => Ok(b"in \xC3\xDC a file".to_vec()),
            _ => Err("no such file".to_owned()),
        };
        let find = |here, name, path| {
            let twins = Twins {
                here,
                env: name,
                file: path,
            };
            find("token", twins, &env, &file)
        };
        assert_eq!(find(Some(&given), None, None), Ok(Some(given.secret().clone())));
        assert_eq!(find(None, Some("SET"), None), Ok(Some(Secret::new("kept"))));
        for path in ["good", "marked"] {
            assert_eq!(
                find(None, None, Some(path)),
                Ok(Some(Secret::new("in a file"))),
                "{path}"
            );
        }
        assert_eq!(find(None, None, None), Ok(None));
        let unset = SecretFault::Unset("UNSET".to_owned());
        assert_eq!(find(None, Some("UNSET"), None), Err(unset));
        for path in ["empty", "mark alone"] {
            assert_eq!(find(None, None, Some(path)), Err(SecretFault::Empty), "{path}");
        }
        let words = "invalid utf-8 sequence of 1 bytes from index 3";
        let garbled = SecretFault::Unreadable(words.to_owned());
        assert_eq!(find(None, None, Some("gbk")), Err(garbled));
        let lost = SecretFault::Unreadable("no such file".to_owned());
        assert_eq!(find(None, None, Some("lost")), Err(lost));
        for several in [
            find(Some(&given), Some("SET"), None),
            find(Some(&given), None, Some("good")),
            find(None, Some("SET"), Some("good")),
        ] {
            assert_eq!(several, Err(SecretFault::Several("token")));
        }
    }

    #[test]
    fn secrets_within_a_text_are_veiled_and_nothing_else_is() {
        for (text, shown) in [
            (
                "http://x/a?city=宁波&token=abc&n=5#f",
                "http://x/a?city=宁波&token=***&n=5#f",
            ),
            ("http://x/a?MAP_KEY=abc", "http://x/a?MAP_KEY=***"),
            (
                "http://x/a?apikey={key}&access_token={secret:t}",
                "http://x/a?apikey={key}&access_token={secret:t}",
            ),
            (
                "{\"user\":\"ops\", \"password\" : \"a,b c\"}",
                "{\"user\":\"ops\", \"password\" : \"***\"}",
            ),
            ("{\"pwd\": 1234, \"page\": 1}", "{\"pwd\": ***, \"page\": 1}"),
            (
                "https://x/bot/hook/0b3c-8d7e5f-11aa22bb33?a=1",
                "https://x/bot/hook/***?a=1",
            ),
            (
                "http://x/17-hot-grids-of-the-county-v2/list",
                "http://x/17-hot-grids-of-the-county-v2/list",
            ),
            ("user=ops&passwd=x;y", "user=ops&passwd=***;y"),
            (
                "http://x:8080/keyword?design=1&keyword=火",
                "http://x:8080/keyword?design=1&keyword=火",
            ),
        ] {
            assert_eq!(veiled(text), shown);
        }
    }

    #[test]
    fn a_header_gives_its_secrets_without_what_stands_around_them() {
        let said = |name, value| {
            let found = of_header(name, value).into_iter();
            found.map(|secret| secret.expose().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(said("authorization", "Bearer abc"), ["abc"]);
        assert_eq!(said("Authorization", "Basic b3BzOnB3"), ["b3BzOnB3", "pw"]);
        assert_eq!(said("Cookie", "A=1; B=2"), ["A=1; B=2", "1", "2"]);
        assert_eq!(said("X-Token", "abc"), ["abc"]);
        assert_eq!(said("Accept", "text/html"), Vec::<String>::new());
        assert_eq!(said("X-Api-Key", "{secret:k}"), Vec::<String>::new());
    }
}
