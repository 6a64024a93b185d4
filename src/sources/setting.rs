//! A `[[source]]`: what every upstream shares. What a kind wants to know stands in its own file.
//!
//! `kind = "…"` names the kind, and its options stand beside it. The older form, the name of a table `[source.cnemc]` with
//! the options in it, is read too, with a hint.

use crate::bench::check::Check;
use crate::bench::document::At;
use crate::bench::fault::FaultKind;
use crate::bench::secret;
use crate::bench::secret::{RawSecret, Twins};
use crate::domain::directory::Directory;
use crate::domain::feed::bounds::Bounds;
use crate::domain::id::SourceId;
use crate::domain::secret::Secret;
use crate::domain::time::Span;
use crate::sources::{Given, Kind, Need, Options, SOURCES, build};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;
use serde_json::{Value, json};
use shift::TimeShift;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;
use toml::Table;
use url::Url;

mod bounds;
pub(super) mod ground;
pub(super) mod shift;

/// Memory in MB that one poll may take, where the configuration does not say. A national list of 2,000 stations with 40
/// members each takes 12; ten thousand alerts take 60.
const MOST_MB: u32 = 192;

/// One `[[source]]` as the file says it.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
struct Shared {
    /// Its name in this room, unique.
    id: String,
    /// Which kind of upstream it is.
    kind: Option<String>,
    /// How often it is asked: `5m`. The kind's own interval where absent.
    every: Option<String>,
    /// The age from which its newest data are late: `2h`. The kind's own where absent.
    late_after: Option<String>,
    /// How long one request may take: `20s`.
    timeout: Option<String>,
    /// Per cent of its rows that may be lost before it is an alarm: 0 to 100; 10 where absent. Any loss is shown.
    most_lost: Option<u32>,
    /// Memory in MB that one poll may take: 16 to 4096; 192 where absent. A body may be a sixth of it. What is above is not
    /// taken in, and said.
    most_mb: Option<u32>,
    /// New alarms that it may raise in a minute, and of each severity as many as of it and above: 1 to 1000000; 1000 where
    /// absent. Twenty times that may stand open. What is above waits, and is said.
    most_alarms: Option<u32>,
    /// Rows of one poll that are read: 1 to 10000000; 200000 where absent. What is above is left out, and said.
    most_rows: Option<u32>,
    /// Values of one reply in JSON, lists and objects among them: 1 to 100000000; 4000000 where absent. A reply with more is
    /// not read.
    most_values: Option<u32>,
    /// Lists and objects within each other in one reply: 1 to 120; 120 where absent. A deeper reply is not read.
    most_depth: Option<u32>,
    /// Points that it may have beside the directory's: 1 to 1000000; 20000 where absent. What is of others is left out, and
    /// said.
    most_points: Option<u32>,
    /// How long it may put us off by one word (`Retry-After`): `1h` where absent. Then it is asked
    /// again all the same.
    most_later: Option<String>,
    /// How much it must at least say, or it counts as blind: `{ rows = 3, within = "24h" }`.
    volume: Option<VolumeRaw>,
    /// The address, where it is not the upstream's usual one.
    url: Option<String>,
    /// The upstream's key.
    key: Option<RawSecret>,
    /// The environment variable that holds the key instead.
    key_env: Option<String>,
    /// The file beside the configuration that holds the key instead.
    key_file: Option<String>,
    /// Further secrets by name, for `{secret:name}` places in address, headers and body: `name_env` names an environment
    /// variable, `name_file` a file beside the configuration.
    #[serde(default)]
    secrets: BTreeMap<String, RawSecret>,
    /// What the kind wants to know.
    #[serde(flatten)]
    #[schemars(skip)]
    own: Table,
}

/// One `[[source]]` as the file says it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(transparent)]
pub struct SourceRaw(Shared);

/// How much a source must at least say.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct VolumeRaw {
    /// Different rows, by their own times.
    rows: u32,
    /// In which span: `24h`.
    within: String,
}

/// A `[[source]]` as it is meant.
#[derive(Clone, Debug)]
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
    /// Its kind: one of [`SOURCES`].
    pub kind: &'static str,
    /// What the kind wants to know.
    pub options: Arc<dyn Options>,
}

/// Alike are two that say the same of themselves: options show all that they hold, secrets are compared by themselves.
impl PartialEq for SourceSetting {
    fn eq(&self, other: &Self) -> bool {
        let secrets = |own: &Self| (own.key.clone(), own.secrets.clone(), own.all_secrets());
        format!("{self:?}") == format!("{other:?}") && secrets(self) == secrets(other)
    }
}

impl SourceSetting {
    /// Everything in it that must not be shown: declared as a secret, or standing where secrets stand.
    pub fn all_secrets(&self) -> Vec<Secret> {
        let mut all: Vec<Secret> = self.key.iter().chain(self.secrets.values()).cloned().collect();
        all.extend(secret::of_text(self.url.as_deref().unwrap_or("")));
        all.extend(self.options.secrets());
        all
    }
}

impl SourceSetting {
    /// Says where an upstream that serves others too is asked ten times as often as its kind is by itself.
    fn check_pace(&self, check: &mut Check<'_>, at: &At, directory: &Directory) {
        let usual = build(self, &Arc::new(directory.clone())).every();
        let least = Span::from_ms(usual.ms() / 10);
        if let Some(every) = self.every.filter(|every| self.url.is_none() && *every < least) {
            let [found, least] = [every, least].map(|span| format!("{}s", span.as_secs()));
            check.hint(&at.key("every"), FaultKind::Range(found, least, "…".to_owned()));
        }
    }
}

impl JsonSchema for SourceRaw {
    fn schema_name() -> Cow<'static, str> {
        "SourceRaw".into()
    }

    /// What all share, and of each kind its options: beside its name, or in the table of that name.
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = Shared::json_schema(generator);
        let mut forms = Vec::new();
        for kind in SOURCES {
            let shape = (kind.shape)(generator).to_value();
            forms.push(named(kind, &shape));
            forms.push(tabled(kind, &shape));
        }
        schema.insert("oneOf".to_owned(), forms.into());
        schema.insert("unevaluatedProperties".to_owned(), false.into());
        schema
    }
}

/// `kind = "…"`, and the options beside it.
fn named(kind: &Kind, shape: &Value) -> Value {
    let own = json!({ "const": kind.key });
    json!({
        "description": kind.says,
        "properties": { "kind": own },
        "required": ["kind"],
        "allOf": [shape],
    })
}

/// The older form: a table of the kind's name.
fn tabled(kind: &Kind, shape: &Value) -> Value {
    json!({
        "description": kind.says,
        "properties": { kind.key: shape },
        "required": [kind.key],
        "deprecated": true,
    })
}

impl SourceRaw {
    /// What it means; `None` where something needed is wrong, and everything wrong is reported.
    pub fn check(&self, check: &mut Check<'_>, at: &At, directory: &Directory) -> Option<SourceSetting> {
        self.0.check(check, at, directory)
    }
}

impl Shared {
    fn check(&self, check: &mut Check<'_>, at: &At, directory: &Directory) -> Option<SourceSetting> {
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
        check_places(check, &at.key("url"), self.url.as_deref(), &secrets);
        let (kind, at_own, own) = self.kind(check, at)?;
        let given = Given {
            at: &at_own,
            own,
            url: self.url.as_deref(),
            secrets: &secrets,
            directory,
        };
        let options = (kind.read)(check, &given);
        self.check_needs(check, at, kind);
        let setting = SourceSetting {
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
            kind: kind.key,
            options: options?,
        };
        setting.check_pace(check, at, directory);
        Some(setting)
    }

    /// Its kind, and where the kind's options stand. A kind that is not known was reported with the shape of the table.
    fn kind(&self, check: &mut Check<'_>, at: &At) -> Option<(&'static Kind, At, &Table)> {
        if let Some(named) = &self.kind {
            let kind = SOURCES.iter().find(|kind| kind.key == named)?;
            return Some((kind, at.clone(), &self.own));
        }
        let kind = SOURCES.iter().find(|kind| self.own.contains_key(kind.key))?;
        let at = at.key(kind.key);
        check.hint(&at, FaultKind::Older(format!("kind = \"{}\"", kind.key)));
        Some((kind, at, self.own.get(kind.key)?.as_table()?))
    }

    /// Whether the address and the key are given where the kind cannot do without.
    fn check_needs(&self, check: &mut Check<'_>, at: &At, kind: &Kind) {
        for need in kind.needs {
            let (key, is_there) = match need {
                Need::Url => ("url", self.url.is_some()),
                Need::Key => ("key_env", !self.given_key().is_none()),
                Need::KeyOrUrl => ("key_env", self.url.is_some() || !self.given_key().is_none()),
            };
            if !is_there {
                check.fault(&at.key(key), FaultKind::Missing);
            }
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

/// Every `{secret:…}` place of a text must have its secret, and every `{time…}` place a form.
pub(super) fn check_places(
    check: &mut Check<'_>,
    at: &At,
    text: Option<&str>,
    secrets: &BTreeMap<String, Secret>,
) {
    let known: Vec<&str> = secrets.keys().map(String::as_str).collect();
    let places = text.unwrap_or("").split('{').skip(1);
    for (place, _) in places.filter_map(|rest| rest.split_once('}')) {
        if let Some(name) = place.strip_prefix("secret:") {
            if !known.contains(&name) {
                check.nothing(at, name, &known);
            }
        } else if place.starts_with("time") && !TimeShift::is_good(place) {
            check.fault(
                at,
                FaultKind::Expression(format!("{{{place}}}"), PLACES.to_owned()),
            );
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
        if !is_known && !TimeShift::is_good(name) {
            let place = format!("{{{name}}}");
            check.fault(at, FaultKind::Expression(place, PLACES.to_owned()));
        }
        rest = tail;
    }
    plain.push_str(rest);
    let _: Option<Url> = check.url(at, &plain);
}
