//! The field: receivers of orders. One keeps the keys it has seen, the other acts on whatever it reads.

use crate::draw::Draw;
use lookout::domain::feed::PollError;
use lookout::domain::text::Clean;
use lookout::domain::time::Moment;
use lookout::net::Response;
use std::collections::{BTreeMap, BTreeSet};

/// What becomes of a letter and of its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// Taken, and said so.
    Taken,
    /// Taken, and the answer breaks off or never comes.
    Lost(bool),
    /// Never arrives: nobody listens.
    Gone,
    /// Refused for now.
    Later,
    /// Taken, and handed over twice by whoever stands between.
    Twice,
    /// Refused for now by whoever stands before the receiver, though it has taken it.
    Behind,
    /// The way takes nothing from anyone for a while.
    Blocked,
}

/// Both receivers.
#[derive(Debug, Default)]
pub(crate) struct Field {
    keys: BTreeSet<String>,
    /// How often each order was acted on.
    pub(crate) acted: BTreeMap<String, u32>,
    /// How many letters came.
    pub(crate) letters: u64,
    /// Whether all is well from now on.
    pub(crate) well: bool,
}

impl Field {
    /// A letter with a key.
    pub(crate) fn hook(
        &mut self,
        draw: &Draw,
        (key, body): (&str, &str),
        at: Moment,
    ) -> Option<Result<Response, PollError>> {
        self.letters += 1;
        let fate = self.fate(draw);
        let arrives = match fate {
            Fate::Taken | Fate::Lost(_) | Fate::Behind => 1,
            Fate::Twice => 2,
            Fate::Gone | Fate::Later | Fate::Blocked => 0,
        };
        for _ in 0..arrives {
            if self.keys.insert(key.to_owned()) {
                self.act(body);
            }
        }
        said(fate, "ok", at)
    }

    /// What is written there is done.
    fn act(&mut self, body: &str) {
        let read: Option<serde_json::Value> = serde_json::from_str(body).ok();
        let number = read
            .as_ref()
            .and_then(|body| body.pointer("/data/number")?.as_str());
        if let Some(number) = number {
            *self.acted.entry(number.to_owned()).or_default() += 1;
        }
    }

    /// A message to a group.
    pub(crate) fn robot(
        &mut self,
        draw: &Draw,
        (orders, body): (&BTreeSet<String>, &str),
        at: Moment,
    ) -> Option<Result<Response, PollError>> {
        self.letters += 1;
        let fate = match self.fate(draw) {
            Fate::Behind => Fate::Later,
            // Who keeps no keys does twice whatever comes twice: no program could prevent it.
            Fate::Twice => Fate::Taken,
            fate => fate,
        };
        if matches!(fate, Fate::Taken | Fate::Lost(_)) {
            let named = orders.iter().filter(|id| body.contains(id.as_str()));
            if let Some(id) = named.max_by_key(|id| id.len()) {
                *self.acted.entry(id.clone()).or_default() += 1;
            }
        }
        said(fate, "{\"errcode\":0,\"errmsg\":\"ok\"}", at)
    }

    fn fate(&self, draw: &Draw) -> Fate {
        if self.well {
            return Fate::Taken;
        }
        match draw.below(100) {
            0..65 => Fate::Taken,
            65..70 => Fate::Twice,
            70..78 => Fate::Lost(draw.happens(500)),
            78..84 => Fate::Gone,
            84..90 => Fate::Later,
            90..97 => Fate::Behind,
            _ => Fate::Blocked,
        }
    }
}

fn said(fate: Fate, words: &str, at: Moment) -> Option<Result<Response, PollError>> {
    let reply = |status: u16, words: &str| {
        Some(Ok(Response {
            status,
            body: words.as_bytes().to_vec(),
            at,
            ..Response::default()
        }))
    };
    match fate {
        Fate::Taken | Fate::Twice => reply(200, words),
        Fate::Lost(true) => None,
        Fate::Lost(false) => Some(Err(PollError::Truncated)),
        Fate::Gone => Some(Err(PollError::Unreachable(Clean::new("connection refused")))),
        Fate::Later | Fate::Behind => reply(503, "later"),
        Fate::Blocked => reply(429, "too many"),
    }
}
