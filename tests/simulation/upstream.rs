//! The upstreams: what is really there, and what they say of it in their moods.

use crate::draw::Draw;
use lookout::domain::feed::Trouble;
use lookout::domain::text::Clean;
use lookout::domain::time::{CHINA, Moment, Span, UTC};
use lookout::net::Reply;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The sources of the room, by their names.
pub(crate) const SOURCES: [&str; 2] = ["alerts", "tower"];

/// What an upstream does when it is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mood {
    /// Says what is.
    Honest,
    /// Says nothing for as long as one waits.
    Mute,
    /// Cannot be reached.
    Gone,
    /// Breaks off.
    Cut,
    /// Answers with an error.
    Ill,
    /// Answers with a page for people.
    Page,
    /// Answers with half of the text.
    Half,
    /// Lists nothing at all, not even what always stands.
    Empty,
    /// Lists rows that mean nothing.
    Flawed,
    /// Some rows mean nothing.
    Partly,
    /// Lists a good many that were never there.
    Flood,
    /// Times lie years ahead or behind.
    Skewed,
    /// Wants to be left alone for a while.
    TooOften,
    /// Says again, to the letter, what it said when it was honest last.
    Old,
}

/// Every mood but the honest one.
pub(crate) const MOODS: [Mood; 13] = [
    Mood::Mute,
    Mood::Gone,
    Mood::Cut,
    Mood::Ill,
    Mood::Page,
    Mood::Half,
    Mood::Empty,
    Mood::Flawed,
    Mood::Partly,
    Mood::Flood,
    Mood::Skewed,
    Mood::TooOften,
    Mood::Old,
];

/// Something that stands upstream: since when by its own clock, and by the steady one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Standing {
    pub(crate) at: Moment,
    pub(crate) since: Moment,
}

/// One upstream.
#[derive(Debug)]
pub(crate) struct Upstream {
    pub(crate) name: &'static str,
    pub(crate) standing: BTreeMap<String, Standing>,
    pub(crate) mood: Mood,
    /// Until when it is in that mood.
    pub(crate) until: Moment,
    begun: u64,
    /// What it said when it was honest last.
    said: String,
}

impl Upstream {
    pub(crate) fn new(name: &'static str) -> Self {
        Self {
            name,
            standing: BTreeMap::new(),
            mood: Mood::Honest,
            until: Moment::default(),
            begun: 0,
            said: String::new(),
        }
    }

    /// Something begins.
    pub(crate) fn begin(&mut self, at: Moment, since: Moment) {
        self.begun += 1;
        let id = format!("{}-{}", self.name, self.begun);
        self.standing.insert(id, Standing { at, since });
    }

    /// Something ends.
    pub(crate) fn end(&mut self, draw: &Draw) {
        let ids: Vec<String> = self.standing.keys().cloned().collect();
        if let Some(id) = draw.one(&ids) {
            self.standing.remove(id);
        }
    }

    /// What it says when asked.
    pub(crate) fn answers(&mut self, draw: &Draw, now: Moment) -> Option<Result<Reply, Trouble>> {
        let body = |text: String| {
            Some(Ok(Reply {
                status: 200,
                headers: vec![("content-type".into(), "application/json".into())],
                body: text.into_bytes(),
                at: now,
                ..Reply::default()
            }))
        };
        let status = |status: u16, headers: Vec<(String, String)>| {
            Some(Ok(Reply {
                status,
                headers,
                body: b"no".to_vec(),
                at: now,
                ..Reply::default()
            }))
        };
        match self.mood {
            Mood::Mute => None,
            Mood::Gone => Some(Err(Trouble::Unreachable(Clean::new("connection refused")))),
            Mood::Cut => Some(Err(Trouble::Truncated)),
            Mood::Ill => status(500, Vec::new()),
            Mood::TooOften => status(429, vec![("retry-after".into(), "20".into())]),
            Mood::Page => body("<!DOCTYPE html><title>Log in</title>".to_owned()),
            Mood::Empty => body("[]".to_owned()),
            // A list that names no time of its own cannot be told from an older one.
            Mood::Old if self.name == "tower" => body(self.said.clone()),
            Mood::Honest | Mood::Old => {
                self.said = self.list(draw, now).to_string();
                body(self.said.clone())
            }
            Mood::Half | Mood::Flawed | Mood::Partly | Mood::Flood | Mood::Skewed => {
                let text = self.list(draw, now).to_string();
                let half = text.len() / 2;
                body(match self.mood {
                    Mood::Half => text.get(..half).unwrap_or_default().to_owned(),
                    _ => text,
                })
            }
        }
    }

    fn list(&self, draw: &Draw, now: Moment) -> Value {
        let mut rows: Vec<Value> = Vec::new();
        if self.name == "alerts" {
            rows.push(self.row("watchdog", now, "Watchdog"));
        }
        for (id, standing) in &self.standing {
            let at = match self.mood {
                Mood::Skewed if draw.happens(500) => standing.at + Span::days(900),
                Mood::Skewed => standing.at - Span::days(900),
                _ => standing.at,
            };
            rows.push(self.row(id, at, "Alert"));
        }
        if self.mood == Mood::Flood {
            let extra = |n| self.row(&format!("flood-{n}-{}", draw.below(1_000_000)), now, "Alert");
            rows.extend((0..8).map(extra));
        }
        let ruins = |row: &mut Value| {
            let keys = ["fingerprint", "id", "labels"];
            if let Value::Object(row) = row {
                for key in keys {
                    row.shift_remove(key);
                }
            }
        };
        match self.mood {
            Mood::Flawed => rows.iter_mut().for_each(ruins),
            Mood::Partly => rows.iter_mut().skip(1).step_by(2).for_each(ruins),
            _ => {}
        }
        if self.name == "alerts" {
            Value::Array(rows)
        } else {
            let beat = local(now);
            json!({"beat": beat, "list": rows})
        }
    }

    fn row(&self, id: &str, at: Moment, name: &str) -> Value {
        if self.name == "alerts" {
            json!({"fingerprint": id, "startsAt": at.rfc3339(UTC), "status": {"state": "active"},
                   "labels": {"alertname": name, "severity": "warning"}, "annotations": {}})
        } else {
            json!({"id": id, "t": local(at)})
        }
    }
}

/// A moment as platforms write it.
fn local(at: Moment) -> String {
    let text = at.rfc3339(CHINA);
    text.get(..19).unwrap_or_default().replace('T', " ")
}
