//! A `[[source]]`: what every upstream shares, and which kind it is. Checked here, built by `sources`.
//!
//! The kind is the name of the one table inside it, `[source.cnemc]`, so that every level is a plain struct: a
//! misspelt key or kind is named with its line and its near match.

use crate::config::check::Check;
use crate::config::document::At;
use crate::config::fault::FaultKind;
use crate::config::secret;
use crate::config::secret::{RawSecret, Twins};
use crate::domain::feed::bounds::Bounds;
use crate::domain::id::SourceId;
use crate::domain::place::Place;
use crate::domain::secret::Secret;
use crate::domain::time::Span;
use schemars::JsonSchema;
use serde::Deserialize;
use shift::Shift;
use std::collections::BTreeMap;
use url::Url;

mod bounds;
pub mod kinds;
pub mod mapped;
pub mod shift;

/// Memory in MB that one poll may take, where the configuration does not say. A national list of 2,000 stations with 40
/// members each takes 12; ten thousand alerts take 60.
pub const MOST_MB: u32 = 192;

/// One `[[source]]` as the file says it.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SourceRaw {
    /// Its name in this room, unique.
    pub id: String,
    /// How often it is asked: `5m`. The kind's own interval where absent.
    pub every: Option<String>,
    /// The age from which its newest data are late: `2h`. The kind's own where absent.
    pub late_after: Option<String>,
    /// How long one request may take: `20s`.
    pub timeout: Option<String>,
    /// Per cent of its rows that may be lost before it is an alarm: 0 to 100; 10 where absent. Any loss is shown.
    pub most_lost: Option<u32>,
    /// Memory in MB that one poll may take: 16 to 4096; 192 where absent. A body may be a sixth of it. What is above is not
    /// taken in, and said.
    pub most_mb: Option<u32>,
    /// New alarms that it may raise in a minute, and of each severity as many as of it and above: 1 to 1000000; 1000 where
    /// absent. Twenty times that may stand open. What is above waits, and is said.
    pub most_alarms: Option<u32>,
    /// Rows of one poll that are read: 1 to 10000000; 200000 where absent. What is above is left out, and said.
    pub most_rows: Option<u32>,
    /// Values of one reply in JSON, lists and objects among them: 1 to 100000000; 4000000 where absent. A reply with more is
    /// not read.
    pub most_values: Option<u32>,
    /// Lists and objects within each other in one reply: 1 to 120; 120 where absent. A deeper reply is not read.
    pub most_depth: Option<u32>,
    /// Points that it may have beside the directory's: 1 to 1000000; 20000 where absent. What is of others is left out, and
    /// said.
    pub most_points: Option<u32>,
    /// How long it may put us off by one word (`Retry-After`): `1h` where absent. Then it is asked
    /// again all the same.
    pub most_later: Option<String>,
    /// How much it must at least say, or it counts as blind: `{ rows = 3, within = "24h" }`.
    pub volume: Option<VolumeRaw>,
    /// The address, where it is not the upstream's usual one.
    pub url: Option<String>,
    /// The upstream's key.
    pub key: Option<RawSecret>,
    /// The environment variable that holds the key instead.
    pub key_env: Option<String>,
    /// The file beside the configuration that holds the key instead.
    pub key_file: Option<String>,
    /// Further secrets by name, for `{secret:name}` places in address, headers and body: `name_env` names an environment
    /// variable, `name_file` a file beside the configuration.
    #[serde(default)]
    pub secrets: BTreeMap<String, RawSecret>,
    /// Any JSON or CSV endpoint, by a field map.
    pub mapped: Option<mapped::MappedRaw>,
    /// 中国环境监测总站: the national air stations.
    pub cnemc: Option<kinds::CnemcRaw>,
    /// Open-Meteo: a model of air or weather, without a key.
    #[serde(rename = "open-meteo")]
    pub open_meteo: Option<kinds::OpenMeteoRaw>,
    /// `OpenAQ` v3: stations of the world.
    pub openaq: Option<kinds::OpenAqRaw>,
    /// NASA FIRMS: fires seen by satellites.
    pub firms: Option<kinds::FirmsRaw>,
    /// National Weather Service (US): alerts.
    pub nws: Option<kinds::NwsRaw>,
    /// Alertmanager v2: alerts.
    pub alertmanager: Option<kinds::AlertmanagerRaw>,
    /// Units' answers to orders.
    pub answers: Option<kinds::AnswersRaw>,
}

/// How much a source must at least say.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VolumeRaw {
    /// Different rows, by their own times.
    pub rows: u32,
    /// In which span: `24h`.
    pub within: String,
}

/// A `[[source]]` as it is meant.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceSetting {
    /// Its name in this room.
    pub id: SourceId,
    /// How often it is asked; the kind's own interval where `None`.
    pub every: Option<Span>,
    /// The age from which its newest data are late; the kind's own where `None`.
    pub late_after: Option<Span>,
    /// How long one request may take; the client's default where `None`.
    pub timeout: Option<Span>,
    /// How much of it is taken.
    pub bounds: Bounds,
    /// Memory in MB that one poll may take.
    pub most_mb: u32,
    /// How much it must at least say: so many rows in a span.
    pub volume: Option<(u32, Span)>,
    /// The address, where it is not the upstream's usual one. May hold `{…}` places in `mapped`.
    pub url: Option<String>,
    /// The key, if the upstream wants one.
    pub key: Option<Secret>,
    /// Further secrets, by the name that `{secret:…}` places have.
    pub secrets: BTreeMap<String, Secret>,
    /// What the kind wants to know.
    pub options: SourceOptions,
}

impl SourceSetting {
    /// Everything in it that must not be shown: declared as a secret, or standing where secrets stand.
    pub fn all_secrets(&self) -> Vec<Secret> {
        let mut all: Vec<Secret> = self.key.iter().chain(self.secrets.values()).cloned().collect();
        all.extend(secret::of_text(self.url.as_deref().unwrap_or("")));
        if let SourceOptions::Mapped(map) = &self.options {
            all.extend(secret::of_text(map.body.as_deref().unwrap_or("")));
            let headers = map.headers.iter();
            all.extend(headers.flat_map(|(name, value)| secret::of_header(name, value)));
        }
        all
    }
}

/// What each kind wants to know.
#[derive(Clone, Debug, PartialEq)]
pub enum SourceOptions {
    /// Any JSON or CSV endpoint.
    Mapped(Box<mapped::Mapped>),
    /// The national air stations.
    Cnemc(kinds::Cnemc),
    /// A model of air or weather.
    OpenMeteo(kinds::OpenMeteo),
    /// Stations of the world.
    OpenAq(kinds::OpenAq),
    /// Fires seen by satellites.
    Firms(kinds::Firms),
    /// Weather alerts of the US.
    Nws(kinds::Nws),
    /// Alerts of Alertmanager.
    Alertmanager(kinds::Alertmanager),
    /// Units' answers to orders.
    Answers(kinds::Answers),
}

/// The names of the kinds, as the file writes them.
pub const KINDS: &[&str] = &[
    "mapped",
    "cnemc",
    "open-meteo",
    "openaq",
    "firms",
    "nws",
    "alertmanager",
    "answers",
];

impl SourceOptions {
    /// The name of the kind, one of [`KINDS`].
    pub fn key(&self) -> &'static str {
        match self {
            Self::Mapped(_) => "mapped",
            Self::Cnemc(_) => "cnemc",
            Self::OpenMeteo(_) => "open-meteo",
            Self::OpenAq(_) => "openaq",
            Self::Firms(_) => "firms",
            Self::Nws(_) => "nws",
            Self::Alertmanager(_) => "alertmanager",
            Self::Answers(_) => "answers",
        }
    }
}

impl SourceRaw {
    /// What it means; `None` where something needed is wrong, and everything wrong is reported.
    pub fn check(&self, check: &mut Check<'_>, at: &At) -> Option<SourceSetting> {
        check.words(&at.key("id"), &self.id);
        let span = |check: &mut Check<'_>, key: &str, text: &Option<String>| {
            text.as_deref().and_then(|text| check.span(&at.key(key), text))
        };
        let every = span(check, "every", &self.every);
        let late_after = span(check, "late_after", &self.late_after);
        let timeout = span(check, "timeout", &self.timeout);
        let bounds = self.check_bounds(check, at);
        let most_mb = check.within(&at.key("most_mb"), self.most_mb.unwrap_or(MOST_MB), 16, 4096);
        let volume = self
            .volume
            .as_ref()
            .and_then(|raw| raw.check(check, &at.key("volume")));
        if let Some(url) = &self.url {
            check_url(check, &at.key("url"), url);
        }
        let key = check.secret(at, "key", self.given_key());
        let secrets = check.secrets(&at.key("secrets"), &self.secrets);
        self.check_places(check, at, &secrets);
        let options = self.options(check, at)?;
        if let SourceOptions::Mapped(map) = &options {
            self.check_pages(check, at, map);
        }
        self.check_needs(check, at, &options);
        Some(SourceSetting {
            id: SourceId::new(&self.id),
            every,
            late_after,
            timeout,
            bounds,
            most_mb,
            volume,
            url: self.url.clone(),
            key,
            secrets,
            options,
        })
    }

    /// Every `{secret:…}` place must have its secret.
    fn check_places(&self, check: &mut Check<'_>, at: &At, secrets: &BTreeMap<String, Secret>) {
        let mut texts = vec![(at.key("url"), self.url.as_deref())];
        if let Some(map) = &self.mapped {
            let at = at.key("mapped");
            texts.push((at.key("body"), map.body.as_deref()));
            let headers = map.headers.iter();
            texts.extend(headers.map(|(name, text)| (at.key("headers").key(name), Some(text.as_str()))));
        }
        let known: Vec<&str> = secrets.keys().map(String::as_str).collect();
        for (at, text) in texts {
            let places = text.unwrap_or("").split("{secret:").skip(1);
            for name in places
                .filter_map(|rest| rest.split_once('}'))
                .map(|place| place.0)
            {
                if !known.contains(&name) {
                    check.nothing(&at, name, &known);
                }
            }
        }
    }

    /// A page's number and a page's size go together: with one alone, only the first page is read, or it again and again.
    fn check_pages(&self, check: &mut Check<'_>, at: &At, map: &mapped::Mapped) {
        let texts = [self.url.as_deref(), map.body.as_deref()];
        let numbered = texts.iter().flatten().any(|text| text.contains("{page}"));
        match (numbered, map.page_size.is_some()) {
            (true, false) => check.fault(&at.key("mapped").key("page_size"), FaultKind::Missing),
            (false, true) => check.fault(
                &at.key("mapped").key("page_size"),
                FaultKind::Expression("page_size".to_owned(), "{page}".to_owned()),
            ),
            (true, true) | (false, false) => {}
        }
    }

    /// The one kind's options; a fault where there is none or more than one.
    fn options(&self, check: &mut Check<'_>, at: &At) -> Option<SourceOptions> {
        let given = self.kinds_given();
        if let [first, second, ..] = given.as_slice() {
            check.fault(&at.key(second), FaultKind::Clash((*first).to_owned()));
            return None;
        }
        let Some(kind) = given.first() else {
            check.fault(&at.key(&KINDS.join("|")), FaultKind::Missing);
            return None;
        };
        let at = at.key(kind);
        if let Some(raw) = &self.mapped {
            return raw.check(check, &at).map(|m| SourceOptions::Mapped(Box::new(m)));
        }
        let cnemc = self.cnemc.as_ref();
        let model = self.open_meteo.as_ref();
        let openaq = self.openaq.as_ref();
        let firms = self.firms.as_ref();
        let nws = self.nws.as_ref();
        let alerts = self.alertmanager.as_ref();
        let answers = self.answers.as_ref();
        None.or_else(|| cnemc.map(|raw| raw.check(check, &at).map(SourceOptions::Cnemc)))
            .or_else(|| model.map(|raw| raw.check(check, &at).map(SourceOptions::OpenMeteo)))
            .or_else(|| openaq.map(|raw| raw.check(check, &at).map(SourceOptions::OpenAq)))
            .or_else(|| firms.map(|raw| raw.check(check, &at).map(SourceOptions::Firms)))
            .or_else(|| nws.map(|raw| raw.check(check, &at).map(SourceOptions::Nws)))
            .or_else(|| alerts.map(|raw| raw.check(check, &at).map(SourceOptions::Alertmanager)))
            .or_else(|| answers.map(|raw| Some(SourceOptions::Answers(raw.check(check, &at)))))
            .flatten()
    }

    /// The names of the kinds that stand in it, in the order of [`KINDS`].
    fn kinds_given(&self) -> Vec<&'static str> {
        let there = [
            self.mapped.is_some(),
            self.cnemc.is_some(),
            self.open_meteo.is_some(),
            self.openaq.is_some(),
            self.firms.is_some(),
            self.nws.is_some(),
            self.alertmanager.is_some(),
            self.answers.is_some(),
        ];
        let kinds = KINDS.iter().zip(there);
        kinds.filter(|(_, there)| *there).map(|(kind, _)| *kind).collect()
    }

    /// Whether the address and the key are given where the kind cannot do without.
    fn check_needs(&self, check: &mut Check<'_>, at: &At, options: &SourceOptions) {
        let (url, key) = match options {
            SourceOptions::Mapped(_) | SourceOptions::Alertmanager(_) | SourceOptions::Answers(_) => {
                (true, false)
            }
            SourceOptions::OpenAq(_) => (false, true),
            SourceOptions::Firms(_) => (false, self.url.is_none()),
            SourceOptions::Cnemc(_) | SourceOptions::OpenMeteo(_) | SourceOptions::Nws(_) => (false, false),
        };
        if url && self.url.is_none() {
            check.fault(&at.key("url"), FaultKind::Missing);
        }
        if key && self.given_key().is_none() {
            check.fault(&at.key("key_env"), FaultKind::Missing);
        }
    }

    fn given_key(&self) -> Twins<'_> {
        Twins {
            here: self.key.as_ref(),
            env: self.key_env.as_deref(),
            file: self.key_file.as_deref(),
        }
    }
}

impl VolumeRaw {
    fn check(&self, check: &mut Check<'_>, at: &At) -> Option<(u32, Span)> {
        let rows = check.within(&at.key("rows"), self.rows, 1, 10_000);
        check
            .span(&at.key("within"), &self.within)
            .map(|within| (rows, within))
    }
}

/// What an address may hold in braces.
const PLACES: &str = "{key}, {secret:name}, {page}, {time:%Y%m%d}, {time-1d:%Y%m%d}";

/// An address whose `{key}`, `{page}` and `{time:…}` places do not hinder the check; other places would be sent as they
/// are.
fn check_url(check: &mut Check<'_>, at: &At, text: &str) {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        plain.push_str(before);
        plain.push('0');
        let (name, tail) = after.split_once('}').unwrap_or((after, ""));
        let is_known = matches!(name, "key" | "page") || name.starts_with("secret:");
        if !is_known && !Shift::is_good(name) {
            let place = format!("{{{name}}}");
            check.fault(at, FaultKind::Expression(place, PLACES.to_owned()));
        }
        rest = tail;
    }
    plain.push_str(rest);
    let _: Option<Url> = check.url(at, &plain);
}

/// A position from two numbers of a table at `at`; a fault where it is not on the globe.
fn position(check: &mut Check<'_>, at: &At, lat: f64, lon: f64) -> Option<Place> {
    let place = Place::new(lat, lon);
    if place.is_none() {
        check.fault(at, FaultKind::Position);
    }
    place
}
