//! NASA FIRMS: fires seen by satellites, as signals. A cross-check of the towers, never their replacement.
//!
//! CSV by area and sensor with a key in the path (5,000 transactions in ten minutes), or the regional text files
//! without a key. UTC; pixel centres on WGS 84 (VIIRS 375 m, MODIS 1 km); `acq_time` is `05:16`, `0516` or `516`;
//! confidence is a letter, a word or 0 to 100. No rows is a header alone, sometimes nothing; `Invalid MAP_KEY.` comes
//! as plain text, with 200 too. One fire is seen by several pixels and satellites: see [`cluster`].
//! (Readme of the service, recordings; upstreams, part 8.)

use crate::bench::check::Check;
use crate::bench::document::At;
use crate::bench::fault::FaultKind;
use crate::bench::known::keys;
use crate::domain::directory::Directory;
use crate::domain::feed::PollError;
use crate::domain::place::Place;
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Span, UTC};
use crate::net::{Ask, Response};
use crate::sources::gather::{Gather, Spot};
use crate::sources::setting::ground::{Circle, CircleRaw};
use crate::sources::upstream::Upstream;
use crate::sources::{Cursor, Kind, Need, Options, Read, Source, SourceSetting, answer};
use cluster::Cluster;
use detection::Detection;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

mod cluster;
mod detection;

/// The row of this kind.
pub(super) const KIND: Kind = Kind {
    key: "firms",
    says: "NASA FIRMS: fires seen by satellites.",
    needs: &[Need::KeyOrUrl],
    shape: |generator| generator.subschema_for::<FirmsRaw>(),
    read: |check, given| given.read(check, FirmsRaw::check),
};

const AREA: &str = "https://firms.modaps.eosdis.nasa.gov/api/area/csv";

/// Days that are asked for. One day is the calendar day in UTC, which has hardly begun when China gets up: two cover the
/// last 24 hours at any moment, and what is older is left out by its own time.
const DAYS: u32 = 2;

/// How far back a detection is of interest.
const REACH: Span = Span::hours(24);

/// How long a cluster is remembered: longer than the day that each poll reads again.
const KEPT: Span = Span::hours(48);

struct Fires {
    upstream: Upstream,
    options: Firms,
}

/// What is remembered: which sensor comes next, what was seen in this poll, and the clusters of two days.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Memory {
    sensor: usize,
    seen: Vec<Detection>,
    clusters: Vec<Cluster>,
}

keys! {
    /// The sensors of FIRMS in near real time.
    SensorKey, sensors: vec![
    "VIIRS_SNPP_NRT",
    "VIIRS_NOAA20_NRT",
    "VIIRS_NOAA21_NRT",
    "MODIS_NRT",
    "LANDSAT_NRT",
];
    /// How sure a satellite's algorithm is of a fire.
    ConfidenceKey, confidences: CONFIDENCES.iter().map(|row| row.1).collect();
}

/// `[source.firms]`: fires seen by satellites.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
struct FirmsRaw {
    /// West, south, east, north in degrees; rows outside are left out.
    area: [f64; 4],
    /// The sensors asked; the three VIIRS of near real time where absent.
    #[serde(default)]
    #[schemars(with = "Vec<SensorKey>")]
    sensors: Vec<String>,
    /// `low`, `nominal` (the default) or `high`: the least confidence that is kept.
    #[schemars(with = "Option<ConfidenceKey>")]
    least: Option<String>,
    /// Known sources of heat (steel works, kilns): detections within are left out.
    #[serde(default)]
    known_heat: Vec<CircleRaw>,
}

/// Fires seen by satellites.
#[derive(Clone, Debug, PartialEq)]
struct Firms {
    /// The south-west and the north-east corner.
    area: (Place, Place),
    /// The sensors asked.
    sensors: Vec<Clean>,
    /// The least confidence that is kept.
    least: Confidence,
    /// Known sources of heat.
    known_heat: Vec<Circle>,
}

/// How sure a satellite's algorithm is of a fire.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Confidence {
    /// Low: sun glint or a weak anomaly; MODIS below 30.
    Low,
    /// Nominal; MODIS 30 to 79.
    #[default]
    Nominal,
    /// High: a saturated pixel; MODIS 80 and more.
    High,
}

/// One row a confidence: its key, and the letter the API writes.
const CONFIDENCES: &[(Confidence, &str, &str)] = &[
    (Confidence::Low, "low", "l"),
    (Confidence::Nominal, "nominal", "n"),
    (Confidence::High, "high", "h"),
];

impl Confidence {
    /// By its key in the configuration.
    fn by_key(key: &str) -> Option<Self> {
        CONFIDENCES.iter().find(|row| row.1 == key).map(|row| row.0)
    }
}

impl FirmsRaw {
    fn check(&self, check: &mut Check<'_>, at: &At) -> Option<Firms> {
        let [west, south, east, north] = self.area;
        let corner = at.key("area");
        let area = check
            .position(&corner, south, west)
            .zip(check.position(&corner, north, east))?;
        if west >= east || south >= north {
            check.fault(&corner, FaultKind::Position);
        }
        let at_sensors = at.key("sensors");
        for (n, name) in self.sensors.iter().enumerate() {
            if !sensors().contains(&name.as_str()) {
                check.unknown(&at_sensors.nth(n), name, &sensors());
            }
        }
        let least = match self.least.as_deref() {
            Some(key) => check.one_of(&at.key("least"), key, &confidences(), Confidence::by_key)?,
            None => Confidence::default(),
        };
        let heat = at.key("known_heat");
        let known_heat = self.known_heat.iter().enumerate();
        let known_heat = known_heat.filter_map(|(n, raw)| raw.check(check, &heat.nth(n), 50_000));
        Some(Firms {
            area,
            known_heat: known_heat.collect(),
            sensors: if self.sensors.is_empty() {
                let usual = sensors().into_iter().take(3);
                usual.map(Clean::new).collect()
            } else {
                self.sensors.iter().map(|name| Clean::new(name)).collect()
            },
            least,
        })
    }
}

impl Options for Firms {
    fn source(&self, setting: &SourceSetting, _: &Arc<Directory>) -> Box<dyn Source> {
        Box::new(Fires {
            upstream: Upstream::new(setting),
            options: self.clone(),
        })
    }
}

fn memory(cursor: &Cursor) -> Memory {
    serde_json::from_value(cursor.clone()).unwrap_or_default()
}

impl Source for Fires {
    fn ask(&self, cursor: &Cursor, now: Moment) -> Ask {
        if let Some(url) = self.upstream.url() {
            return self.upstream.get(self.upstream.fill(url, 1, now, UTC));
        }
        let (low, high) = self.options.area;
        let area = format!("{},{},{},{}", low.lon(), low.lat(), high.lon(), high.lat());
        let sensor = self.options.sensors.get(memory(cursor).sensor);
        let sensor = sensor.or(self.options.sensors.first());
        let sensor = sensor.map_or("", Clean::as_str);
        let key = self.upstream.key().unwrap_or("");
        self.upstream.get(format!("{AREA}/{key}/{sensor}/{area}/{DAYS}"))
    }

    fn read(&self, cursor: &Cursor, reply: &Response, now: Moment) -> Result<Read, PollError> {
        refused(reply)?;
        let mut gather = Gather::new(&self.upstream.id, now);
        let body = answer::table(reply, &mut gather)?;
        let mut memory = memory(cursor);
        for (row, detection) in detection::read(&body, &mut gather)? {
            if !gather.may_be(Spot(row, "acq_date, acq_time"), detection.at()) {
                continue;
            }
            gather.understood(row);
            if self.wants(&detection) && now.age_of(detection.at()) <= REACH {
                memory.seen.push(detection);
            }
        }
        memory.sensor += 1;
        let more = self.upstream.url().is_none() && memory.sensor < self.options.sensors.len();
        if !more {
            let seen = std::mem::take(&mut memory.seen);
            memory.clusters.retain(|cluster| cluster.last() > now - KEPT);
            for index in cluster::gather(&mut memory.clusters, seen) {
                if let Some(cluster) = memory.clusters.get(index) {
                    gather.signal(Spot(0, ""), cluster.signal(&self.upstream.id));
                }
            }
            memory.sensor = 0;
        }
        Ok(Read {
            take: gather.finish(false),
            cursor: serde_json::to_value(memory).unwrap_or_default(),
            more,
        })
    }

    fn every(&self) -> Span {
        Span::mins(15)
    }

    /// Satellites pass four to six times a day, and an area may be without a fire for months.
    fn late_after(&self) -> Option<Span> {
        None
    }
}

impl Fires {
    fn wants(&self, detection: &Detection) -> bool {
        let Some(place) = detection.place() else {
            return false;
        };
        let (low, high) = self.options.area;
        let inside = (low.lat()..=high.lat()).contains(&place.lat())
            && (low.lon()..=high.lon()).contains(&place.lon());
        let known = self.options.known_heat.iter();
        let mut known = known.map(|heat| heat.centre.distance_m(place) <= f64::from(heat.radius_m));
        inside && detection.confidence() >= self.options.least && !known.any(|known| known)
    }
}

/// A refused key is plain text, whatever the status.
fn refused(reply: &Response) -> Result<(), PollError> {
    let start = reply.text().trim_start().chars().take(200).collect::<String>();
    let start = start.to_lowercase();
    if start.contains("invalid map_key") || start.contains("invalid api call") {
        return Err(PollError::Key(reply.status));
    }
    if start.contains("exceeding allowed transaction") {
        return Err(PollError::TooOften(None));
    }
    Ok(())
}
