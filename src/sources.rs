//! Sources (数据源): upstreams as pure ask/read pairs. One upstream a file, one row in [`SOURCES`].
//!
//! A source never sends and never waits: it says what to ask and reads the reply. Scheduling, back-off, conditional
//! requests and size limits are the desk's and `net`'s work, the same for all.
//!
//! What the files share: an [`upstream`] makes asks, [`answer`] tells a good reply from a bad one, and [`gather`]
//! takes in what was read, with the checks that hold for every value whoever sent it.

use crate::bench::check::Check;
use crate::bench::document::At;
use crate::domain::directory::Directory;
use crate::domain::feed::{PollError, PollResult};
use crate::domain::secret::Secret;
use crate::domain::time::{Moment, Span};
use crate::net::{Ask, Response};
use schemars::{Schema, SchemaGenerator};
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::Arc;
use toml::Table;

mod alertmanager;
mod answer;
mod answers;
#[cfg(test)]
mod bounded;
mod cnemc;
mod field;
mod firms;
mod gather;
mod mapped;
mod nws;
mod open_meteo;
mod openaq;
mod setting;
mod stamp;
mod upstream;

pub use setting::{SourceRaw, SourceSetting};

/// What a source remembers from poll to poll, also of another process: a page, a join table, the newest time seen. Kept once
/// what was read with it is stored; disposable.
pub type Cursor = serde_json::Value;

/// What reading one reply gave.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Read {
    /// What could be read.
    pub take: PollResult,
    /// What to remember.
    pub cursor: Cursor,
    /// Whether to ask again at once for the rest of this poll (paging, joins); at most 50 asks a poll.
    pub more: bool,
}

/// One configured upstream. Object-safe and without async, so that tests need neither server nor runtime.
pub trait Source: Send + Sync {
    /// What to ask now.
    fn ask(&self, cursor: &Cursor, now: Moment) -> Ask;

    /// Reads a reply; statuses other than 2xx come here too, for the upstream's own words.
    ///
    /// # Errors
    /// The poll as a whole gave nothing usable.
    fn read(&self, cursor: &Cursor, reply: &Response, now: Moment) -> Result<Read, PollError>;

    /// How often to ask where the configuration does not say.
    fn every(&self) -> Span;

    /// Whether after a poll that did not come to its end the next goes on where it stopped; else it begins anew.
    fn resumes(&self) -> bool {
        false
    }

    /// The age from which its newest data are late; `None` for upstreams that only speak when something happens.
    fn late_after(&self) -> Option<Span>;
}

/// One kind of upstream.
#[derive(Debug)]
pub struct Kind {
    /// Its name: `kind = "…"` in a `[[source]]` table.
    pub key: &'static str,
    /// What it is, for people who write a configuration.
    pub says: &'static str,
    /// What it cannot do without.
    needs: &'static [Need],
    /// The schema of its options.
    shape: fn(&mut SchemaGenerator) -> Schema,
    /// What its options mean; `None` where something needed is wrong, and everything wrong is reported.
    read: fn(&mut Check<'_>, &Given<'_>) -> Option<Arc<dyn Options>>,
}

/// What a kind cannot do without.
#[derive(Clone, Copy, Debug)]
enum Need {
    /// The address.
    Url,
    /// The upstream's key.
    Key,
    /// The upstream's key, unless another address is given.
    KeyOrUrl,
}

/// What a kind's options are read from.
struct Given<'a> {
    /// Where they stand.
    at: &'a At,
    /// The table that they stand in, perhaps among other keys.
    own: &'a Table,
    /// The address, where one is given.
    url: Option<&'a str>,
    /// The further secrets, by name.
    secrets: &'a BTreeMap<String, Secret>,
    /// The county's places, points, units, enterprises.
    directory: &'a Directory,
}

/// What a kind wants to know, checked. What it shows of itself is all that it holds.
pub trait Options: Debug + Send + Sync {
    /// Makes the source of a setting that has these options.
    fn source(&self, setting: &SourceSetting, directory: &Arc<Directory>) -> Box<dyn Source>;

    /// What in them must not be shown.
    fn secrets(&self) -> Vec<Secret> {
        Vec::new()
    }
}

impl Given<'_> {
    /// What `of` makes of a kind's own keys.
    fn read<R: DeserializeOwned, O: Options + 'static>(
        &self,
        check: &mut Check<'_>,
        of: impl FnOnce(&R, &mut Check<'_>, &At) -> Option<O>,
    ) -> Option<Arc<dyn Options>> {
        let raw: R = check.own(self.at, self.own)?;
        Some(Arc::new(of(&raw, check, self.at)?))
    }
}

/// Every kind of upstream, one row each.
pub const SOURCES: &[Kind] = &[
    mapped::KIND,
    cnemc::KIND,
    open_meteo::KIND,
    openaq::KIND,
    firms::KIND,
    nws::KIND,
    alertmanager::KIND,
    answers::KIND,
];

/// The source of a checked setting.
pub fn build(setting: &SourceSetting, directory: &Arc<Directory>) -> Box<dyn Source> {
    setting.options.source(setting, directory)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::check::World;
    use crate::config::checked::read;
    use crate::net::Memory;
    use std::path::Path;

    const ONE_OF_EACH: &str = r#"
[room]
name = "余姚"

[[source]]
id = "platform"
url = "http://10.0.0.5/list?page={page}"
[source.mapped]
format = "json"
page_size = 50
rows = "$.data[*]"
[source.mapped.time]
from = ["time"]
form = "%Y-%m-%d %H:%M:%S"
[source.mapped.signal]
kind = "fire"
id = ["id"]
title = "{camera} {town}"

[[source]]
id = "cnemc"
[source.cnemc]
city = "宁波市"

[[source]]
id = "open-meteo"
[source.open-meteo]
points = [{ id = "yuyao", lat = 30.05, lon = 121.15 }]

[[source]]
id = "openaq"
key = "a-key"
[source.openaq]
locations = [2178]

[[source]]
id = "firms"
key = "a-key"
[source.firms]
area = [120.8, 29.6, 121.5, 30.4]

[[source]]
id = "nws"
[source.nws]
areas = ["CA"]

[[source]]
id = "alertmanager"
url = "http://10.0.0.6:9093"
[source.alertmanager]

[[source]]
id = "answers"
url = "http://10.0.0.7/answers"
[source.answers]
"#;

    #[test]
    fn one_of_each_kind_is_built_from_a_file_and_asks_its_upstream() {
        let config = read(Path::new("lookout.toml"), ONE_OF_EACH, &World);
        let config = config.expect("a good file");
        let kinds: Vec<&str> = config.sources.iter().map(|s| s.kind).collect();
        assert_eq!(kinds, SOURCES.iter().map(|kind| kind.key).collect::<Vec<_>>());
        let noon = Moment::parse_rfc3339("2026-11-23T12:00:00+08:00").expect("a fixed text");
        let asks: Vec<Ask> = config
            .sources
            .iter()
            .map(|setting| build(setting, &Arc::default()).ask(&Cursor::Null, noon))
            .collect();
        let shown: Vec<String> = asks.iter().map(|ask| format!("{ask:?}")).collect();
        assert_eq!(
            shown,
            [
                "Get http://10.0.0.5/list?page=1",
                "Get https://air.cnemc.cn:18007/CityData/GetAQIDataPublishLive?cityName=%E5%AE%81%E6%B3%A2%E5%B8%82",
                "Get https://air-quality-api.open-meteo.com/v1/air-quality?latitude=30.05&longitude=121.15\
                 &hourly=pm10,pm2_5,carbon_monoxide,nitrogen_dioxide,sulphur_dioxide,ozone&past_days=1&forecast_days=1\
                 &timezone=GMT&timeformat=unixtime",
                "Get https://api.openaq.org/v3/locations/2178",
                "Get https://firms.modaps.eosdis.nasa.gov/api/area/csv/***/VIIRS_SNPP_NRT/120.8,29.6,121.5,30.4/2",
                "Get https://api.weather.gov/alerts/active?status=actual&area=CA",
                "Get http://10.0.0.6:9093/api/v2/alerts",
                "Get http://10.0.0.7/answers",
            ]
        );
    }

    #[test]
    fn some_kilobytes_of_nothing_build_nothing_large_in_any_source() {
        let config = read(Path::new("lookout.toml"), ONE_OF_EACH, &World).expect("a good file");
        let noon = Moment::parse_rfc3339("2026-11-23T12:00:00+08:00").expect("a fixed text");
        let room = Memory(1 << 20);
        let alert = r#"{"fingerprint":"N","labels":{"alertname":"N"},"startsAt":"2026-11-23T03:00:00Z","status":{"state":"active"}},"#;
        let alerts: String = (0..500).map(|n| alert.replace('N', &n.to_string())).collect();
        let pixel = |n: u32| format!("30.{n:04},121.1,2026-11-23,0300,N,n,5.1,D\n");
        let pixels = (0..5000).map(pixel).collect::<Vec<_>>().concat();
        let bodies = [
            ("zeros", format!("[{}0]", "0,".repeat(100_000))),
            ("objects", format!("[{}{{}}]", "{\"a\":0},".repeat(10_000))),
            (
                "nested",
                format!(
                    "[{}0]",
                    format!("{}{},", "[".repeat(100), "]".repeat(100)).repeat(500)
                ),
            ),
            ("in a member", format!("{{\"data\":[{}0]}}", "0,".repeat(100_000))),
            ("alerts", format!("[{}]", alerts.trim_end_matches(','))),
            (
                "pixels",
                format!("latitude,longitude,acq_date,acq_time,satellite,confidence,frp,daynight\n{pixels}"),
            ),
        ];
        for setting in &config.sources {
            let source = build(setting, &Arc::default());
            for (shape, body) in &bodies {
                let reply = Response {
                    status: 200,
                    body: body.clone().into_bytes(),
                    room,
                    ..Response::default()
                };
                let gave = source.read(&Cursor::Null, &reply, noon);
                let name = setting.kind;
                match gave {
                    Err(PollError::TooMuch(most)) => assert_eq!(most, room.0, "{name} {shape}"),
                    // What it does not speak is not read at all.
                    Err(PollError::Foreign(_)) => {}
                    Ok(read) => assert!(read.take.cut && read.take.weight() <= room.0, "{name} {shape}"),
                    Err(other) => panic!("{name} {shape}: {other:?}"),
                }
            }
        }
    }

    #[test]
    fn named_secrets_are_filled_in_for_every_kind_and_shown_by_none() {
        let kinds = [
            "answers]",
            "alertmanager]",
            "nws]\nareas = ['CA']",
            "cnemc]\ncity = 'x'",
            "openaq]\nlocations = [1]",
            "firms]\narea = [120, 29, 121, 30]",
            "open-meteo]\npoints = [{ id = 'p', lat = 30, lon = 121 }]",
            "mapped]\nformat = 'json'\nheaders = { X-App = '{secret:app}' }\ntime = { from = ['t'], form = 'unix' }\n\
             signal = { kind = 'fire', id = ['id'], title = 'x' }",
        ];
        for kind in kinds {
            let text = format!(
                "[[source]]\nid = 'a'\nkey = 'a-key'\nurl = 'http://x.example/{{secret:app}}/alerts?app={{secret:app}}'\n\
                 secrets = {{ app = 'hush-hush' }}\n[source.{kind}\n"
            );
            let config = read(Path::new("lookout.toml"), &text, &World).expect("a good file");
            let ask = build(&config.sources[0], &Arc::default()).ask(&Cursor::Null, Moment::from_ms(0));
            assert!(ask.url.starts_with("http://x.example/hush-hush/alerts"), "{kind}");
            assert!(!format!("{ask:?}").contains("hush-hush"), "{kind}: {ask:?}");
            let headers = ask.headers.iter();
            let filled = headers
                .filter(|(name, _)| name == "X-App")
                .all(|(_, value)| value == "hush-hush");
            assert!(filled, "{kind}");
        }
        let unknown = "[[source]]\nid = 'a'\nurl = 'http://x.example/{secret:ap}'\nsecrets = { app = 'x' }\n[source.answers]\n";
        let faults = read(Path::new("lookout.toml"), unknown, &World).expect_err("no such secret");
        assert_eq!(faults[0].near.as_deref(), Some("app"), "{faults:?}");
    }

    #[test]
    fn a_path_of_fifty_thousand_brackets_is_refused_with_its_line() {
        let deep = format!("$[?{}@.a{}]", "(".repeat(25_000), ")".repeat(25_000));
        let text = format!(
            "[[source]]\nid = 'a'\nurl = 'http://x/'\n[source.mapped]\nformat = 'json'\nrows = '{deep}'\n\
             time = {{ from = ['t'], form = 'unix' }}\nsignal = {{ kind = 'fire', id = ['id'], title = 'x' }}\n"
        );
        let faults = read(Path::new("lookout.toml"), &text, &World).expect_err("too deep a path");
        assert_eq!(faults.first().map(|fault| fault.line), Some(6), "{faults:?}");
    }

    #[test]
    fn a_misspelt_kind_a_second_kind_and_a_missing_key_are_named_with_their_lines() {
        let text = r#"
[room]
name = "余姚"
[[source]]
id = "a"
[source.firsm]
[[source]]
id = "b"
url = "http://x/"
[source.alertmanager]
[source.nws]
areas = ["CA"]
[[source]]
id = "c"
[source.firms]
area = [120.8, 29.6, 121.5, 30.4]
"#;
        let faults = read(Path::new("lookout.toml"), text, &World).expect_err("three faults");
        let found: Vec<_> = faults
            .iter()
            .map(|fault| (fault.line, fault.near.as_deref()))
            .collect();
        assert!(found.contains(&(6, Some("firms"))), "{faults:?}");
        assert!(found.iter().any(|(line, _)| *line == 10), "{faults:?}");
        assert!(found.iter().any(|(line, _)| *line == 13), "{faults:?}");
    }
}
