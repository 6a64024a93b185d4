//! Whether a reply is an answer at all, before anything is read from it. An error never becomes an empty list here.

use crate::domain::feed::PollError;
use crate::domain::feed::bounds::{Bound, Passed};
use crate::domain::text::Clean;
use crate::net::{Response, retry};
use crate::sources::answer::extent::Extent;
use crate::sources::gather::Gather;
use json::Broken;
use serde_json::Value;
use std::borrow::Cow;

mod extent;
mod json;

/// Characters of a foreign body that are worth showing.
const SHOWN: usize = 160;

/// Memory in bytes that an error's words are looked for in; one that says more says it at its beginning.
const WORDS_ROOM: u64 = 1 << 20;

/// The members in which services put their own words about an error, in the order of preference.
const WORDS: &[&str] = &[
    "detail",
    "reason",
    "message",
    "msg",
    "error_description",
    "error",
    "title",
];

/// A reply of success; otherwise what its status and its words say.
pub(super) fn good(reply: &Response) -> Result<(), PollError> {
    match reply.status {
        200..=299 => Ok(()),
        401 | 403 => Err(PollError::Key(reply.status)),
        429 => Err(PollError::TooOften(retry::allowed_at(reply, reply.at))),
        status => Err(PollError::Status(status, words(reply))),
    }
}

/// The upstream's own words about an error: from its JSON if it is that, else the beginning of its text.
pub(super) fn words(reply: &Response) -> Clean {
    let text = reply.text();
    let Ok((json, _)) = json::parse(&text, WORDS_ROOM) else {
        return head(&text);
    };
    let named = WORDS.iter().find_map(|name| json.get(name)?.as_str());
    match named.or(json.as_str()) {
        Some(words) => head(words),
        None => head(&text),
    }
}

/// The beginning of a text; of a page, its title.
pub(super) fn head(text: &str) -> Clean {
    let title = text
        .split_once("<title>")
        .and_then(|(_, rest)| rest.split_once('<'));
    let shown: String = match title {
        Some((title, _)) => title.chars().take(SHOWN).collect(),
        None => text.chars().take(SHOWN).collect(),
    };
    Clean::new(&shown)
}

/// The JSON of a good reply. A member that stands twice in one object is a flaw.
///
/// `NaN` and `Infinity`, which some platforms write where they mean nothing, are read as texts: no number, and a flaw
/// where one is wanted, unless the map counts them among its words for nothing.
pub(super) fn json(reply: &Response, gather: &mut Gather<'_>) -> Result<Value, PollError> {
    good(reply)?;
    let text = reply.text();
    if text.trim_start().starts_with('<') {
        return Err(PollError::Foreign(head(&text)));
    }
    let Extent { values, depth } = extent::of(text.as_bytes());
    let depth = Passed::over(Bound::Depth, depth, reply.most.depth);
    if let Some(passed) = depth.or(Passed::over(Bound::Values, values, reply.most.values)) {
        return Err(PollError::Beyond(passed));
    }
    let room = reply.room.0.saturating_sub(reply.body.len() as u64);
    let (value, notes) = match json::parse(&text, room) {
        Err(Broken::Not(error)) => json::parse(&with_quoted_nan(&text), room)
            .map_err(|_| PollError::Foreign(Clean::new(&format!("{error}: {}", head(&text)))))?,
        Err(Broken::TooMuch) => return Err(PollError::TooMuch(reply.room.0)),
        Ok(read) => read,
    };
    gather.has_room(room.saturating_sub(notes.weight));
    gather.bounded(reply.most);
    gather.doubled(&notes.doubled, notes.count);
    Ok(value)
}

/// The text of a good reply that is meant to be a table. One without even a heading says nothing at all, which is not
/// the same as saying that there is nothing.
pub(super) fn table<'r>(reply: &'r Response, gather: &mut Gather<'_>) -> Result<Cow<'r, str>, PollError> {
    good(reply)?;
    gather.has_room(reply.room.0.saturating_sub(reply.body.len() as u64));
    gather.bounded(reply.most);
    let text = reply.text();
    gather.has_lines(text.lines().count());
    let start = text.trim_start();
    if start.is_empty() {
        return Err(PollError::Nothing);
    }
    if start.starts_with('<') || start.starts_with('{') {
        return Err(PollError::Foreign(words(reply)));
    }
    Ok(text)
}

/// `text` with bare `NaN`, `Infinity` and `-Infinity` outside strings as texts.
fn with_quoted_nan(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (n, part) in text.split('"').enumerate() {
        // Escaped quotes only move the border of a string; such a text fails as it failed before.
        if n > 0 {
            out.push('"');
        }
        if n % 2 == 0 {
            let part = part
                .replace("-Infinity", "Infinity")
                .replace("Infinity", "\"Infinity\"");
            out.push_str(&part.replace("NaN", "\"NaN\""));
        } else {
            out.push_str(part);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::SourceId;
    use crate::domain::time::Moment;

    fn reply(status: u16, body: &str) -> Response {
        Response {
            status,
            body: body.as_bytes().to_vec(),
            ..Response::default()
        }
    }

    fn read(body: &str) -> Result<Value, PollError> {
        let id = SourceId::new("s");
        let mut gather = Gather::new(&id, Moment::from_ms(0));
        json(&reply(200, body), &mut gather)
    }

    #[test]
    fn the_upstreams_own_words_are_found_whatever_their_wrapping() {
        for body in [
            "{\"detail\":\"no such place\"}",
            "\"no such place\"",
            "no such place\n",
            "<html><head><title>no such place</title></head>…",
        ] {
            assert_eq!(
                good(&reply(422, body)),
                Err(PollError::Status(422, Clean::new("no such place"))),
                "{body}"
            );
        }
    }

    #[test]
    fn a_key_and_a_limit_are_told_apart_from_other_errors() {
        assert_eq!(good(&reply(403, "")), Err(PollError::Key(403)));
        assert_eq!(good(&reply(429, "")), Err(PollError::TooOften(None)));
    }

    #[test]
    fn bare_nan_is_a_text_that_is_no_number() {
        let read = read("[NaN, -Infinity, \"NaN\"]");
        assert_eq!(read, Ok(serde_json::json!(["NaN", "Infinity", "NaN"])));
        assert!(matches!(self::read("[NaN"), Err(PollError::Foreign(_))));
    }

    #[test]
    fn a_page_is_foreign_and_a_deep_pit_is_too_deep() {
        for body in ["<html>", "", "{\"a\":"] {
            assert!(matches!(read(body), Err(PollError::Foreign(_))));
        }
        let pit = read(&"[".repeat(100_000));
        let deep = Passed::over(Bound::Depth, 100_000, 120);
        assert_eq!(pit, Err(PollError::Beyond(deep.expect("it is more"))));
    }
}
