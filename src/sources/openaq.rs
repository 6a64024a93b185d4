//! `OpenAQ` v3: the newest values of stations all over the world.
//!
//! Key in `X-API-Key`; 60 requests a minute and 2,000 an hour a key (`x-ratelimit-*`, `reset` in seconds left). A
//! location's `latest` names only sensors: what each measures, and in which unit (µg/m³ or ppm), is joined from the
//! location itself, once a day. `datetime.utc` ends its period. Pages of at most 1,000; `meta.found` may be `">5"`, so
//! a short page is the last. Errors of 422 are a JSON text. (Documentation, code and recordings; upstreams, part 2.)

use crate::bench::check::Check;
use crate::bench::document::At;
use crate::bench::fault::FaultKind;
use crate::domain::directory::Directory;
use crate::domain::feed::{FlawKind, PollError};
use crate::domain::time::{Moment, Span};
use crate::net::{Ask, Response};
use crate::sources::gather::{Gather, Spot};
use crate::sources::setting::ground::{Circle, CircleRaw};
use crate::sources::upstream::{Upstream, with_query};
use crate::sources::{Cursor, Kind, Need, Options, Read, Source, SourceSetting, answer};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;

mod rows;

/// The row of this kind.
pub(super) const KIND: Kind = Kind {
    key: "openaq",
    says: "`OpenAQ` v3: stations of the world.",
    needs: &[Need::Key],
    shape: |generator| generator.subschema_for::<OpenAqRaw>(),
    read: |check, given| given.read(check, OpenAqRaw::check),
};

const API: &str = "https://api.openaq.org/v3";

/// Rows of a page: the most the service gives.
const PAGE: usize = 1000;

/// Locations that are polled: one request each, within the requests of a minute.
const MOST: usize = 40;

/// How long a join holds.
const JOIN_HOLDS: Span = Span::hours(24);

struct Stations {
    upstream: Upstream,
    options: OpenAq,
}

/// What is remembered: what each sensor measures, and what is still to be asked in this poll.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Memory {
    /// When the join was made, in milliseconds; zero where there is none.
    joined: i64,
    /// Quantity and unit of each sensor, as the service names them.
    sensors: BTreeMap<u64, (String, String)>,
    /// The locations of the join.
    locations: Vec<u64>,
    /// What is still to be asked.
    left: Vec<Step>,
}

/// One request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Step {
    /// One location with its sensors.
    Location(u64),
    /// A page of the locations in the circle.
    Near(u32),
    /// A page of a location's newest values.
    Latest(u64, u32),
}

/// `[source.openaq]`: stations of the world.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
struct OpenAqRaw {
    /// Location ids: at most 40.
    #[serde(default)]
    locations: Vec<u64>,
    /// Or all locations within a circle of at most 25 km.
    near: Option<CircleRaw>,
}

/// Stations of the world.
#[derive(Clone, Debug, Default, PartialEq)]
struct OpenAq {
    /// Location ids.
    locations: Vec<u64>,
    /// Or all locations within a circle.
    near: Option<Circle>,
}

impl OpenAqRaw {
    fn check(&self, check: &mut Check<'_>, at: &At) -> Option<OpenAq> {
        check.within(&at.key("locations"), self.locations.len(), 0, 40);
        let near = match &self.near {
            Some(raw) => Some(raw.check(check, &at.key("near"), 25_000)?),
            None => None,
        };
        match (self.locations.is_empty(), near) {
            (true, None) => check.fault(&at.key("locations"), FaultKind::Missing),
            (false, Some(_)) => check.fault(&at.key("near"), FaultKind::Clash("locations".to_owned())),
            (true, Some(_)) | (false, None) => {}
        }
        Some(OpenAq {
            locations: self.locations.clone(),
            near,
        })
    }
}

impl Options for OpenAq {
    fn source(&self, setting: &SourceSetting, _: &Arc<Directory>) -> Box<dyn Source> {
        Box::new(Stations {
            upstream: Upstream::new(setting),
            options: self.clone(),
        })
    }
}

impl Source for Stations {
    fn ask(&self, cursor: &Cursor, _: Moment) -> Ask {
        let address = match self.memory(cursor).left.first() {
            Some(Step::Location(id)) => self.address(&format!("/locations/{id}"), 0, ""),
            Some(Step::Latest(id, page)) => self.address(&format!("/locations/{id}/latest"), *page, ""),
            Some(Step::Near(page)) => self.address("/locations", *page, &self.circle()),
            None => self.address("/locations", 1, ""),
        };
        let mut ask = self.upstream.get(address);
        if let Some(key) = self.upstream.key() {
            ask.headers.push(("X-API-Key".to_owned(), key.to_owned()));
        }
        ask
    }

    fn read(&self, cursor: &Cursor, reply: &Response, now: Moment) -> Result<Read, PollError> {
        let mut memory = self.memory(cursor);
        let mut gather = Gather::new(&self.upstream.id, now);
        let step = if memory.left.is_empty() {
            None
        } else {
            Some(memory.left.remove(0))
        };
        match step {
            // A location that was taken away must not cost the others.
            Some(Step::Location(id) | Step::Latest(id, _)) if matches!(reply.status, 404 | 410) => {
                gather.flaw(Spot(0, "location"), &id.to_string(), FlawKind::Missing);
            }
            Some(Step::Latest(id, page)) => {
                let results = results(reply, &mut gather)?;
                rows::latest(id, &results, &memory.sensors, &mut gather);
                if results.len() >= PAGE {
                    memory.left.insert(0, Step::Latest(id, page + 1));
                }
            }
            Some(Step::Location(_)) => {
                let results = results(reply, &mut gather)?;
                memory.join(&results, &mut gather);
            }
            Some(Step::Near(_)) | None => {
                let results = results(reply, &mut gather)?;
                memory.join(&results, &mut gather);
                if let (Some(Step::Near(page)), true) = (&step, results.len() >= PAGE) {
                    memory.left.insert(0, Step::Near(page + 1));
                }
            }
        }
        let was_latest = matches!(step, Some(Step::Latest(..)));
        if memory.left.is_empty() && !was_latest {
            memory.joined = now.ms();
            memory.begin();
        }
        let more = !memory.left.is_empty();
        let nobody = !more && memory.locations.is_empty();
        if !more && was_latest {
            // The next poll is planned now, so that its ask and its read agree on it whatever the time between.
            if now.age_of(Moment::from_ms(memory.joined)) < JOIN_HOLDS {
                memory.begin();
            } else {
                memory = self.to_join();
            }
        }
        let spent = reply
            .header("x-ratelimit-remaining")
            .is_some_and(|left| left.trim() == "0");
        Ok(Read {
            // A poll that goes on later, when it may ask again, has not said everything.
            take: if nobody || (was_latest && !more) {
                gather.finish_speaking()
            } else {
                gather.finish(false)
            },
            more: more && !spent,
            cursor: serde_json::to_value(memory).unwrap_or_default(),
        })
    }

    fn every(&self) -> Span {
        Span::mins(15)
    }

    /// Forty locations want eighty requests at the first poll: the rest is asked at the next.
    fn resumes(&self) -> bool {
        true
    }

    /// Hourly values of many agencies, with their delays.
    fn late_after(&self) -> Option<Span> {
        Some(Span::hours(4))
    }
}

impl Stations {
    /// What is remembered; where that is nothing, a join is to be made.
    fn memory(&self, cursor: &Cursor) -> Memory {
        let mut memory: Memory = serde_json::from_value(cursor.clone()).unwrap_or_default();
        if memory.left.is_empty() {
            memory = self.to_join();
        }
        memory
    }

    fn to_join(&self) -> Memory {
        let locations = self.options.locations.iter();
        Memory {
            left: match self.options.near {
                Some(_) => vec![Step::Near(1)],
                None => locations.map(|id| Step::Location(*id)).collect(),
            },
            ..Memory::default()
        }
    }

    fn address(&self, path: &str, page: u32, query: &str) -> String {
        let base = self.upstream.url().unwrap_or(API).trim_end_matches('/');
        let address = format!("{base}{path}{query}");
        if page == 0 {
            return address;
        }
        let (limit, page) = (PAGE.to_string(), page.to_string());
        with_query(&address, &[("limit", limit.as_str()), ("page", page.as_str())])
    }

    fn circle(&self) -> String {
        let near = self.options.near.map(|circle| {
            let (lat, lon) = (circle.centre.lat(), circle.centre.lon());
            format!("?coordinates={lat},{lon}&radius={}", circle.radius_m)
        });
        near.unwrap_or_default()
    }
}

impl Memory {
    /// Every location's newest values are to be asked.
    fn begin(&mut self) {
        self.left = self.locations.iter().map(|id| Step::Latest(*id, 1)).collect();
    }

    fn join(&mut self, locations: &[Value], gather: &mut Gather<'_>) {
        for (n, location) in locations.iter().enumerate() {
            let Some((id, sensors)) = rows::location(n + 1, location, gather) else {
                continue;
            };
            if self.locations.len() >= MOST {
                gather.flaw(
                    Spot(n + 1, "more than 40 locations"),
                    &id.to_string(),
                    FlawKind::Shape,
                );
                continue;
            }
            self.locations.push(id);
            self.sensors.extend(sensors);
        }
    }
}

/// The results of a good reply.
fn results(reply: &Response, gather: &mut Gather<'_>) -> Result<Vec<Value>, PollError> {
    let mut body = answer::json(reply, gather)?;
    match body.get_mut("results").map(Value::take) {
        Some(Value::Array(results)) => Ok(results),
        _ => Err(PollError::Foreign(answer::words(reply))),
    }
}
