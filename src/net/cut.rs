//! Cuts secrets out of what comes from outside, however a text writes them: plain, percent-encoded, escaped as in JSON or
//! in a page, in base64 alone or behind a user's name, in hexadecimal; in
//! UTF-8 or in the charset of GB 18030. Done once, where a reply or a trouble comes in.

use crate::domain::secret::{Secret, VEIL};
use crate::domain::text::hex as in_hex;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use encoding_rs::GB18030;
use std::borrow::Cow;

/// Shorter ones are cut only where they stand alone: inside a word they are chance.
const LONG: usize = 8;

/// `text` without `secrets`.
pub(super) fn out_of<'t>(secrets: &[Secret], text: &'t [u8]) -> Cow<'t, [u8]> {
    let forms = forms(secrets);
    let begins = begins(&forms);
    let mut out = Vec::new();
    let (mut kept, mut at) = (0, 0);
    while let Some(first) = text.get(at) {
        let here = begins.get(usize::from(*first)).into_iter().flatten();
        match here.filter_map(|form| form.reach(text, at)).max() {
            Some(length) => {
                out.extend_from_slice(text.get(kept..at).unwrap_or_default());
                out.extend_from_slice(instead(text, at, length));
                at += length;
                kept = at;
            }
            None => at += 1,
        }
    }
    if kept == 0 {
        return Cow::Borrowed(text);
    }
    out.extend_from_slice(text.get(kept..).unwrap_or_default());
    Cow::Owned(out)
}

/// What says a secret, and whether it is too short to be cut out of a word.
struct Form {
    said: Said,
    alone: bool,
}

/// How a secret is said.
enum Said {
    /// By its letters, each as it is or escaped.
    Text(String),
    /// By these bytes of another charset, each as it is or percent-encoded.
    Bytes(Vec<u8>),
}

/// Every form of every secret, in UTF-8 and in GB 18030: itself, in hexadecimal, and what of its base64 does not depend on
/// what stands before and behind it.
fn forms(secrets: &[Secret]) -> Vec<Form> {
    let said = secrets.iter().map(|secret| secret.expose().trim());
    let mut forms = Vec::new();
    for secret in said.filter(|secret| !secret.is_empty()) {
        let is_number = secret.bytes().all(|byte| byte.is_ascii_digit());
        let short = secret.len() < LONG;
        forms.push(Form {
            said: Said::Text(secret.to_owned()),
            alone: is_number || short,
        });
        let (other, _, unmapped) = GB18030.encode(secret);
        let other = (!unmapped && *other != *secret.as_bytes()).then(|| other.into_owned());
        for bytes in [Some(secret.as_bytes()), other.as_deref()].into_iter().flatten() {
            let text = |alone: bool| {
                move |text| Form {
                    said: Said::Text(text),
                    alone,
                }
            };
            forms.extend(base64_cores(bytes).into_iter().map(text(false)));
            let low = in_hex(bytes);
            forms.extend([low.to_uppercase(), low].map(text(short)));
        }
        forms.extend(other.map(|bytes| Form {
            said: Said::Bytes(bytes),
            alone: false,
        }));
    }
    forms
}

/// The forms that may begin with each byte; a sign that escapes begins any of them.
fn begins(forms: &[Form]) -> Vec<Vec<&Form>> {
    let begins = |byte: u8| {
        let here =
            |form: &&Form| matches!(byte, b'%' | b'\\' | b'&' | b'+') || form.said.first() == Some(&byte);
        forms.iter().filter(here).collect()
    };
    (0..=u8::MAX).map(begins).collect()
}

/// What every base64 of a text that holds `secret` holds too: one for each of the three places a byte can have in it.
fn base64_cores(secret: &[u8]) -> Vec<String> {
    let mut cores = Vec::new();
    for (before, lead) in [(0, 0), (1, 2), (2, 3)] {
        let bytes = [&vec![0; before], secret].concat();
        let whole = bytes.len() * 8 / 6;
        for text in [STANDARD_NO_PAD.encode(&bytes), URL_SAFE_NO_PAD.encode(&bytes)] {
            let core = text.get(lead..whole).unwrap_or_default();
            if core.len() >= LONG {
                cores.push(core.to_owned());
            }
        }
    }
    cores.dedup();
    cores
}

impl Said {
    fn first(&self) -> Option<&u8> {
        match self {
            Self::Text(text) => text.as_bytes().first(),
            Self::Bytes(bytes) => bytes.first(),
        }
    }

    /// How many of the first bytes of `text` write it out.
    fn length(&self, text: &[u8]) -> Option<usize> {
        let mut end = 0;
        match self {
            Self::Text(own) => {
                for wanted in own.chars() {
                    end += written(text.get(end..)?, wanted)?;
                }
            }
            Self::Bytes(own) => {
                for byte in own {
                    let rest = text.get(end..)?;
                    end += match rest.first()? {
                        b'%' => percent(rest, &[*byte])?,
                        first => (first == byte).then_some(1)?,
                    };
                }
            }
        }
        Some(end)
    }
}

impl Form {
    /// How many bytes from `at` on write it out.
    fn reach(&self, text: &[u8], at: usize) -> Option<usize> {
        let end = at + self.said.length(text.get(at..)?)?;
        let is_edge =
            |byte: Option<&u8>| byte.is_none_or(|byte| !byte.is_ascii_alphanumeric() && *byte != b'.');
        let before = at.checked_sub(1).and_then(|before| text.get(before));
        (!self.alone || (is_edge(before) && is_edge(text.get(end)))).then_some(end - at)
    }
}

/// How many of the first bytes of `text` stand for `wanted`, in whatever way they are written.
fn written(text: &[u8], wanted: char) -> Option<usize> {
    let mut buffer = [0; 4];
    let plain = wanted.encode_utf8(&mut buffer).as_bytes();
    let escaped = match text.first()? {
        b'%' => percent(text, plain),
        b'\\' => backslash(text, wanted),
        b'&' => entity(text, wanted),
        b'+' if wanted == ' ' => Some(1),
        _ => None,
    };
    escaped.or_else(|| text.starts_with(plain).then_some(plain.len()))
}

/// `%2F`, also encoded twice: `%252F`.
fn percent(text: &[u8], plain: &[u8]) -> Option<usize> {
    let mut at = 0;
    for byte in plain {
        let rest = text.get(at..)?.strip_prefix(b"%")?;
        let (skipped, rest) = rest.strip_prefix(b"25").map_or((1, rest), |rest| (3, rest));
        let is_once = hex(rest.get(..2)?) == Some(u32::from(*byte));
        // `%25` is also the sign itself.
        match (is_once, skipped, byte) {
            (true, _, _) => at += skipped + 2,
            (false, 3, b'%') => at += 3,
            _ => return None,
        }
    }
    Some(at)
}

/// `\/`, `\"`, `\u002f`.
fn backslash(text: &[u8], wanted: char) -> Option<usize> {
    if let Some(code) = text.strip_prefix(b"\\u").and_then(|rest| hex(rest.get(..4)?)) {
        return (code == u32::from(wanted)).then_some(6);
    }
    let escaped = text.get(1).map(|byte| char::from(*byte));
    (wanted.is_ascii_punctuation() && escaped == Some(wanted)).then_some(2)
}

/// `&amp;`, `&#38;`, `&#x26;`.
fn entity(text: &[u8], wanted: char) -> Option<usize> {
    let end = text.iter().take(10).position(|byte| *byte == b';')?;
    let name = std::str::from_utf8(text.get(1..end)?).ok()?;
    let code = match name {
        "amp" => u32::from('&'),
        "lt" => u32::from('<'),
        "gt" => u32::from('>'),
        "quot" => u32::from('"'),
        "apos" => u32::from('\''),
        _ => match name.strip_prefix("#x").or_else(|| name.strip_prefix("#X")) {
            Some(digits) => u32::from_str_radix(digits, 16).ok()?,
            None => name.strip_prefix('#')?.parse().ok()?,
        },
    };
    (code == u32::from(wanted)).then_some(end + 1)
}

fn hex(digits: &[u8]) -> Option<u32> {
    u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

/// What stands in the secret's place; a bare number of JSON becomes null, so that the rest can still be read.
fn instead(text: &[u8], at: usize, length: usize) -> &'static [u8] {
    let is_space = |byte: &&u8| !byte.is_ascii_whitespace();
    let before = text.get(..at).unwrap_or_default().iter().rev().find(is_space);
    let behind = text.get(at + length..).unwrap_or_default().iter().find(is_space);
    let is_number = text
        .get(at..at + length)
        .unwrap_or_default()
        .iter()
        .all(u8::is_ascii_digit);
    match (before, behind) {
        (Some(b':' | b'[' | b','), Some(b',' | b']' | b'}')) if is_number => b"null",
        _ => VEIL.as_bytes(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::engine::general_purpose::STANDARD;

    fn cut(secrets: &[&str], text: &str) -> String {
        let secrets: Vec<Secret> = secrets.iter().map(|secret| Secret::new(*secret)).collect();
        String::from_utf8(out_of(&secrets, text.as_bytes()).into_owned()).expect("text stays text")
    }

    #[test]
    fn a_secret_is_cut_however_it_is_written() {
        let secret = "k3y/of+Plat form=&\"密";
        let percent =
            percent_encoding::utf8_percent_encode(secret, percent_encoding::NON_ALPHANUMERIC).to_string();
        let twice = percent.replace('%', "%25");
        let json = serde_json::json!(secret).to_string();
        let php = json.replace('/', "\\/");
        let net = json
            .replace('+', "\\u002B")
            .replace('&', "\\u0026")
            .replace('密', "\\u5bc6");
        let page = secret
            .replace('&', "&amp;")
            .replace('"', "&#34;")
            .replace('=', "&#x3d;");
        let form: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
        for way in [secret.to_owned(), percent, twice, json, php, net, page, form] {
            let said = cut(&[secret], &format!("bad key {way}, sorry"));
            assert!(
                said.starts_with("bad key") && said.contains("***") && said.ends_with(", sorry"),
                "{said}"
            );
            assert!(!said.contains("k3y") && !said.contains("of"), "{way} → {said}");
        }
    }

    #[test]
    fn in_base64_it_is_cut_wherever_it_begins() {
        for user in ["", "a", "op", "ops", "duty@bureau"] {
            let text = STANDARD.encode(format!("{user}:pw0fTheH3ader"));
            let said = cut(&["pw0fTheH3ader"], &format!("Basic {text}"));
            let left = said.replace("***", "");
            assert!(
                said.contains("***") && left.len() < "Basic ".len() + 20,
                "{text} → {said}"
            );
        }
    }

    #[test]
    fn a_short_one_or_a_number_goes_only_where_it_stands_alone_and_json_stays_json() {
        assert_eq!(
            cut(&["a-key"], "bad a-key; a-keys, ba-key"),
            "bad ***; a-keys, ba-key"
        );
        let body = r#"{"lon":121.12345678,"id":12345678,"said":"bad 12345678","n":[1,12345678]}"#;
        let kept = r#"{"lon":121.12345678,"id":null,"said":"bad ***","n":[1,null]}"#;
        assert_eq!(cut(&["12345678"], body), kept);
    }

    #[test]
    fn text_without_a_secret_is_not_touched() {
        let text = b"\xff\xfe 100% \\u00zz &#; %2";
        let secrets = [Secret::new("s3cret-and-long"), Secret::new("")];
        assert!(matches!(out_of(&secrets, text), Cow::Borrowed(same) if same == text));
    }

    /// A secret in Chinese, and one in plain letters, in every encoding a text may write them in.
    #[test]
    fn a_secret_is_cut_in_every_encoding_of_every_charset() {
        for secret in ["密码k3yOf平台", "k3y/of+Platform="] {
            let gbk = encoding_rs::GB18030.encode(secret).0.into_owned();
            for bytes in [secret.as_bytes().to_vec(), gbk] {
                let hex = in_hex(&bytes);
                let percent = percent_encoding::percent_encode(&bytes, percent_encoding::NON_ALPHANUMERIC);
                let encoded = [
                    ("itself", bytes.clone()),
                    ("percent", percent.to_string().into_bytes()),
                    ("hex", hex.clone().into_bytes()),
                    ("HEX", hex.to_uppercase().into_bytes()),
                    ("base64", STANDARD.encode(&bytes).into_bytes()),
                    (
                        "base64 behind a name",
                        STANDARD.encode([b"ops:", &*bytes].concat()).into_bytes(),
                    ),
                ];
                for (how, said) in encoded {
                    for door in [&b"bad key "[..], b"<p>", b"{\"a\":\"", b"?token="] {
                        let text = [door, &said, b" "].concat();
                        let cut = out_of(&[Secret::new(secret)], &text).into_owned();
                        let core = said.get(2..said.len() - 4).expect("long enough");
                        let holds = cut.windows(core.len()).any(|window| window == core);
                        assert!(!holds, "{secret} as {how}: {}", String::from_utf8_lossy(&cut));
                    }
                }
            }
        }
    }

    #[test]
    fn a_short_secret_is_no_part_of_a_long_number_in_hex() {
        assert_eq!(
            cut(&["abc"], "id 9961626399 at 616263, 61"),
            "id 9961626399 at ***, 61"
        );
    }
}
