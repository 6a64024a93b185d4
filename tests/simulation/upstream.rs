//! The upstreams: what is really there, and what they say of it in their moods.

use crate::draw::Draw;
use crate::journal::JOURNAL;
use lookout::domain::feed::PollError;
use lookout::domain::text::Clean;
use lookout::domain::time::{CHINA, Moment, Span, UTC};
use lookout::net::Response;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The sources of the room, by their names.
pub(crate) const SOURCES: [&str; 5] = ["alerts", "tower", "pages", JOURNAL, "meter"];

/// Rows of a page.
pub(crate) const PAGE: usize = 2;

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

/// Something that stands upstream: since when by its own clock, and by the steady one of whoever is awake.
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
        if self.name == "meter" {
            return;
        }
        let id = format!("{}-{}", self.name, self.begun);
        self.standing.insert(id, Standing { at, since });
    }

    /// Something ends.
    pub(crate) fn end(&mut self, draw: &Draw) {
        // What was written into a journal has happened.
        if self.name == JOURNAL {
            return;
        }
        let ids: Vec<String> = self.standing.keys().cloned().collect();
        if let Some(id) = draw.one(&ids) {
            self.standing.remove(id);
        }
    }

    /// What it says when asked.
    pub(crate) fn answers(
        &mut self,
        draw: &Draw,
        now: Moment,
        url: &str,
    ) -> Option<Result<Response, PollError>> {
        let body = |text: String| {
            Some(Ok(Response {
                status: 200,
                headers: vec![("content-type".into(), "application/json".into())],
                body: text.into_bytes(),
                at: now,
                ..Response::default()
            }))
        };
        let status = |status: u16, headers: Vec<(String, String)>| {
            Some(Ok(Response {
                status,
                headers,
                body: b"no".to_vec(),
                at: now,
                ..Response::default()
            }))
        };
        match self.mood {
            Mood::Mute => None,
            Mood::Gone => Some(Err(PollError::Unreachable(Clean::new("connection refused")))),
            Mood::Cut => Some(Err(PollError::Truncated)),
            Mood::Ill => status(500, Vec::new()),
            Mood::TooOften => status(429, vec![("retry-after".into(), "20".into())]),
            Mood::Page => body("<!DOCTYPE html><title>Log in</title>".to_owned()),
            Mood::Empty => body("[]".to_owned()),
            // A list that names no time of its own cannot be told from an older one.
            Mood::Old if self.name == "tower" => body(self.said.clone()),
            Mood::Honest | Mood::Old => {
                self.said = self.list(draw, now, url).to_string();
                body(self.said.clone())
            }
            Mood::Half | Mood::Flawed | Mood::Partly | Mood::Flood | Mood::Skewed => {
                let text = self.list(draw, now, url).to_string();
                let half = text.len() / 2;
                body(match self.mood {
                    Mood::Half => text.get(..half).unwrap_or_default().to_owned(),
                    _ => text,
                })
            }
        }
    }

    fn list(&self, draw: &Draw, now: Moment, url: &str) -> Value {
        match self.name {
            JOURNAL => return self.journal(asked(url)),
            "meter" => return self.values(draw, now),
            _ => {}
        }
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
        let (beat, total) = (local(now), rows.len());
        match self.name {
            "alerts" => Value::Array(rows),
            "pages" => {
                let before = usize::try_from(asked(url)).unwrap_or(1).saturating_sub(1) * PAGE;
                let rows: Vec<Value> = rows.into_iter().skip(before).take(PAGE).collect();
                json!({"beat": beat, "total": total, "list": rows})
            }
            _ => json!({"beat": beat, "list": rows}),
        }
    }

    /// What was written behind that number, as much as a page takes.
    fn journal(&self, after: u64) -> Value {
        let own = |id: &str| id.rsplit('-').next().and_then(|n| n.parse::<u64>().ok());
        let rows = self
            .standing
            .iter()
            .map(|(id, standing)| (own(id).unwrap_or(0), standing.at));
        let rows: BTreeMap<u64, Moment> = rows.filter(|row| row.0 > after).collect();
        let list: Vec<Value> = rows
            .iter()
            .take(PAGE)
            .map(|(n, at)| json!({"n": n, "t": at.ms()}))
            .collect();
        json!({"list": list, "more": rows.len() > PAGE})
    }

    /// What two stations measure, and what they measured half a minute ago, at times corrected.
    fn values(&self, draw: &Draw, now: Moment) -> Value {
        let skew = match self.mood {
            Mood::Skewed if draw.happens(500) => Span::days(900),
            Mood::Skewed => Span::days(-900),
            _ => Span::ZERO,
        };
        let ten = now.ms() / 10_000 * 10_000;
        let row = |(id, ago): (&str, i64)| {
            let at = Moment::from_ms(ten - ago) + skew;
            let value = 20 + at.ms() / 10_000 % 50 + i64::from(ago > 0 && draw.happens(300));
            match self.mood {
                Mood::Flawed => json!({"id": id}),
                _ => json!({"id": id, "t": local(at), "v": value}),
            }
        };
        let rows = [("m-1", 0), ("m-2", 0), ("m-1", 30_000), ("m-2", 30_000)].map(row);
        json!({ "list": rows })
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

/// The number at the end of an address.
fn asked(url: &str) -> u64 {
    url.rsplit('=').next().and_then(|n| n.parse().ok()).unwrap_or(0)
}

/// A moment as platforms write it.
fn local(at: Moment) -> String {
    let text = at.rfc3339(CHINA);
    text.get(..19).unwrap_or_default().replace('T', " ")
}
