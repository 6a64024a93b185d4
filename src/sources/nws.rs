//! National Weather Service (US): alerts of areas or zones, as signals of kind weather.
//!
//! No key; a `User-Agent` with a contact is asked for; unknown query parameters are refused (400), so none is sent that
//! is not in the specification. An Air Quality Alert has severity `Unknown`: it counts as yellow, never as the least.
//! `expires` is when the message should be replaced and ends nothing, `ends` is the end of the hazard. Stale caches make
//! alerts vanish and return: one ends when three polls in a row that were read whole do not list it, when another message
//! replaces or cancels it, or when its `ends` is over, never by a single absence. Most have no geometry, only zones. (Recordings and specification; upstreams, part 10.)

use crate::bench::check::Check;
use crate::bench::document::At;
use crate::bench::fault::FaultKind;
use crate::domain::directory::Directory;
use crate::domain::feed::{FlawKind, PollError};
use crate::domain::place::Place;
use crate::domain::signal::{Severity, Signal, SignalKind};
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Span, UTC};
use crate::net::{Ask, Response};
use crate::sources::gather::{Gather, Spot};
use crate::sources::upstream::{Upstream, with_query};
use crate::sources::{Cursor, Kind, Options, Read, Source, SourceSetting, answer, field, stamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The row of this kind.
pub(super) const KIND: Kind = Kind {
    key: "nws",
    says: "National Weather Service (US): alerts.",
    needs: &[],
    shape: |generator| generator.subschema_for::<NwsRaw>(),
    read: |check, given| given.read(check, NwsRaw::check),
};

const ACTIVE: &str = "https://api.weather.gov/alerts/active";

/// Polls in a row that must not list an alert before it has ended.
const ABSENCES: u32 = 3;

/// What CAP's severities mean here (CAP 1.2, 3.2.2), all five of them; an Air Quality Alert is `Unknown`.
const SEVERITIES: &[(&str, Severity)] = &[
    ("Unknown", Severity::Yellow),
    ("Extreme", Severity::Red),
    ("Severe", Severity::Orange),
    ("Moderate", Severity::Yellow),
    ("Minor", Severity::Blue),
];

/// The texts of an alert that are worth showing.
const FIELDS: &[&str] = &[
    "severity",
    "certainty",
    "urgency",
    "onset",
    "expires",
    "response",
    "instruction",
    "senderName",
];

struct Warnings {
    upstream: Upstream,
    options: Nws,
    directory: Arc<Directory>,
}

/// The alerts that were listed lately, by id.
type Listed = BTreeMap<String, Seen>;

/// What is needed to say that an alert has ended.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Seen {
    absences: u32,
    title: String,
    severity: String,
    at: i64,
}

/// `[source.nws]`: weather alerts of the US.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
struct NwsRaw {
    /// States or marine areas: `["CA"]`.
    #[serde(default)]
    areas: Vec<String>,
    /// Or forecast zones or counties: `["CAZ041"]`.
    #[serde(default)]
    zones: Vec<String>,
    /// Events to keep: `["Air Quality Alert"]`; all where absent.
    #[serde(default)]
    events: Vec<String>,
}

/// Weather alerts of the US.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Nws {
    /// States or marine areas.
    areas: Vec<Clean>,
    /// Or forecast zones or counties.
    zones: Vec<Clean>,
    /// Events to keep; all where empty.
    events: Vec<Clean>,
}

impl NwsRaw {
    #[expect(
        clippy::unnecessary_wraps,
        reason = "the same form as the other kinds, so that one line of the table calls each"
    )]
    fn check(&self, check: &mut Check<'_>, at: &At) -> Option<Nws> {
        match (self.areas.is_empty(), self.zones.is_empty()) {
            (true, true) => check.fault(&at.key("areas"), FaultKind::Missing),
            (false, false) => check.fault(&at.key("zones"), FaultKind::Clash("areas".to_owned())),
            (true, false) | (false, true) => {}
        }
        let clean = |texts: &[String]| texts.iter().map(|text| Clean::new(text)).collect();
        Some(Nws {
            areas: clean(&self.areas),
            zones: clean(&self.zones),
            events: clean(&self.events),
        })
    }
}

impl Options for Nws {
    fn source(&self, setting: &SourceSetting, directory: &Arc<Directory>) -> Box<dyn Source> {
        Box::new(Warnings {
            upstream: Upstream::new(setting),
            options: self.clone(),
            directory: Arc::clone(directory),
        })
    }
}

impl Source for Warnings {
    fn ask(&self, _: &Cursor, _: Moment) -> Ask {
        let join = |texts: &[Clean]| texts.iter().map(Clean::as_str).collect::<Vec<_>>().join(",");
        let (areas, zones) = (join(&self.options.areas), join(&self.options.zones));
        let address = self.upstream.url().unwrap_or(ACTIVE);
        let query = [
            ("status", "actual"),
            ("area", areas.as_str()),
            ("zone", zones.as_str()),
        ];
        let mut ask = self.upstream.get(with_query(address, &query));
        ask.headers
            .push(("Accept".to_owned(), "application/geo+json".to_owned()));
        ask
    }

    fn read(&self, cursor: &Cursor, reply: &Response, now: Moment) -> Result<Read, PollError> {
        let mut gather = Gather::new(&self.upstream.id, now).routed(&self.directory);
        let body = answer::json(reply, &mut gather)?;
        let Some(features) = body.get("features").and_then(Value::as_array) else {
            return Err(PollError::Foreign(answer::words(reply)));
        };
        let mut listed = Listed::new();
        let mut replaced = Vec::new();
        for (n, feature) in features.iter().enumerate() {
            let Some(properties) = feature.get("properties") else {
                gather.lose(Spot(n + 1, "properties"), &feature.to_string(), FlawKind::Shape);
                continue;
            };
            if !self.wants(&field::text(properties, "event")) && !field::text(properties, "id").is_empty() {
                gather.understood(n + 1);
            }
            let references = field::list(properties.get("references")).iter();
            replaced.extend(references.map(|one| field::text(one, "identifier").into_owned()));
            if self.wants(&field::text(properties, "event"))
                && let Some(signal) = warning(n + 1, feature, properties, &mut gather, now)
            {
                if signal.active {
                    listed.insert(signal.id.as_str().to_owned(), Seen::of(&signal));
                }
                gather.signal(Spot(n + 1, "id"), signal);
            }
        }
        // What a lost row held may still stand: nothing is counted as absent then.
        let partial = gather.has_lost();
        let before: Listed = serde_json::from_value(cursor.clone()).unwrap_or_default();
        for (id, seen) in before {
            if partial && !replaced.contains(&id) {
                listed.entry(id).or_insert(seen);
            } else {
                self.absent(id, seen, &replaced, &mut listed, &mut gather);
            }
        }
        Ok(Read {
            take: gather.finish(false),
            cursor: serde_json::to_value(listed).unwrap_or_default(),
            more: false,
        })
    }

    fn every(&self) -> Span {
        Span::mins(2)
    }

    fn late_after(&self) -> Option<Span> {
        None
    }
}

impl Warnings {
    fn wants(&self, event: &str) -> bool {
        let wanted = &self.options.events;
        wanted.is_empty() || wanted.iter().any(|w| w.as_str().eq_ignore_ascii_case(event))
    }

    /// An alert of an earlier poll: ended when replaced or absent for long; otherwise remembered once more.
    fn absent(
        &self,
        id: String,
        mut seen: Seen,
        replaced: &[String],
        listed: &mut Listed,
        gather: &mut Gather<'_>,
    ) {
        if listed.contains_key(&id) {
            return;
        }
        seen.absences += 1;
        if seen.absences >= ABSENCES || replaced.contains(&id) {
            gather.signal(Spot(0, "id"), seen.ended(&self.upstream, &id));
        } else {
            listed.insert(id, seen);
        }
    }
}

impl Seen {
    fn of(signal: &Signal) -> Self {
        Self {
            absences: 0,
            title: signal.title.as_str().to_owned(),
            severity: signal.severity.key().to_owned(),
            at: signal.at.ms(),
        }
    }

    fn ended(&self, upstream: &Upstream, id: &str) -> Signal {
        Signal {
            source: upstream.id.clone(),
            id: Clean::new(id),
            kind: SignalKind::Weather,
            severity_words: Clean::default(),
            severity: Severity::by_key(&self.severity).unwrap_or(Severity::Yellow),
            active: false,
            bearing: None,
            picture: Clean::default(),
            title: Clean::new(&self.title),
            detail: Clean::default(),
            place: None,
            area: Clean::default(),
            point: None,
            at: Moment::from_ms(self.at),
            ends: None,
            fields: Vec::new(),
        }
    }
}

fn warning(
    n: usize,
    feature: &Value,
    properties: &Value,
    gather: &mut Gather<'_>,
    now: Moment,
) -> Option<Signal> {
    let text = |name: &str| field::text(properties, name);
    let time = |name: &str| stamp::iso(&text(name), UTC);
    let id = text("id");
    if id.is_empty() {
        gather.lose(Spot(n, "id"), &properties.to_string(), FlawKind::Missing);
        return None;
    }
    let at = time("sent").or_else(|| time("effective")).unwrap_or_else(|| {
        gather.flaw(Spot(n, "sent"), &text("sent"), FlawKind::NotATime);
        now
    });
    for name in ["ends", "expires"] {
        if !text(name).is_empty() && time(name).is_none() {
            gather.flaw(Spot(n, name), &text(name), FlawKind::NotATime);
        }
    }
    // `expires` is when the message should have been replaced, and updates often come later: it ends nothing.
    let ends = time("ends");
    let said = text("severity");
    let severity = SEVERITIES.iter().find(|row| row.0 == said);
    let severity = severity
        .map(|row| row.1)
        .or(said.is_empty().then_some(Severity::Yellow));
    let (event, headline) = (text("event"), text("headline"));
    let shown = FIELDS.iter().map(|name| (*name, text(name)));
    let shown = shown.filter(|(_, text)| !text.is_empty());
    Some(Signal {
        source: gather.source().clone(),
        id: Clean::new(&id),
        kind: SignalKind::Weather,
        severity_words: if severity.is_none() {
            Clean::new(&said)
        } else {
            Clean::default()
        },
        severity: severity.unwrap_or(Severity::UNKNOWN),
        active: text("messageType") != "Cancel" && ends.is_none_or(|ends| ends > now),
        title: Clean::new(if headline.is_empty() { &event } else { &headline }),
        detail: Clean::new(&text("description")),
        bearing: None,
        picture: Clean::default(),
        place: middle(feature.get("geometry")),
        area: Clean::new(&text("areaDesc")),
        point: None,
        at,
        ends,
        fields: shown
            .map(|(name, text)| (Clean::new(name), Clean::new(&text)))
            .collect(),
    })
}

/// The middle of a polygon's outer corners; none where there is no geometry, as with most alerts.
fn middle(geometry: Option<&Value>) -> Option<Place> {
    let rings = field::list(geometry?.get("coordinates"));
    let corners = field::list(rings.first()).iter().filter_map(|corner| {
        let (lon, lat) = (corner.get(0)?.as_f64()?, corner.get(1)?.as_f64()?);
        Place::new(lat, lon)
    });
    let corners: Vec<Place> = corners.collect();
    let mean = |of: fn(Place) -> f64| {
        corners.iter().map(|place| of(*place)).sum::<f64>() / corners.len().max(1) as f64
    };
    if corners.is_empty() {
        None
    } else {
        Place::new(mean(Place::lat), mean(Place::lon))
    }
}
