//! Alertmanager v2: alerts that stand, as signals. `GET /api/v2/alerts`, or its groups.
//!
//! Lists everything that stands, so what is no longer listed has ended. The fingerprint is the id: stable for a set of
//! labels. No paging, no key of its own (a proxy may want `Bearer`). `endsAt` is only the time-out of the next
//! re-send and is left out. A suppressed alert (silenced, inhibited, muted upstream) still stands, but as the lowest
//! severity, and says so; an alert that must always stand (`expect`) is missed when it does not; when the silence ends it rises again. Members that versions lack are optional: the
//! specification asks for more than 0.25 and 0.31 send. (`OpenAPI` description and recordings; upstreams, part 11.)

use crate::bench::check::Check;
use crate::bench::document::At;
use crate::bench::known::SeverityKey;
use crate::domain::directory::Directory;
use crate::domain::feed::{FlawKind, Lack, PollError};
use crate::domain::id::PointId;
use crate::domain::place::Datum;
use crate::domain::signal::{Severity, Signal, SignalKind};
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Span, UTC};
use crate::net::{Ask, Response};
use crate::sources::gather::{Gather, Spot};
use crate::sources::upstream::{Upstream, with_query};
use crate::sources::{Cursor, Kind, Need, Options, Read, Source, SourceSetting, answer, field, stamp};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The row of this kind.
pub(super) const KIND: Kind = Kind {
    key: "alertmanager",
    says: "Alertmanager v2: alerts.",
    needs: &[Need::Url],
    shape: |generator| generator.subschema_for::<AlertmanagerRaw>(),
    read: |check, given| given.read(check, AlertmanagerRaw::check),
};

/// What the usual values of a severity label mean.
const SEVERITIES: &[(Severity, &[&str])] = &[
    (
        Severity::Red,
        &["red", "critical", "page", "emergency", "fatal", "disaster"],
    ),
    (Severity::Orange, &["orange", "error", "high", "major"]),
    (
        Severity::Yellow,
        &["yellow", "warning", "warn", "medium", "average", "minor"],
    ),
    (
        Severity::Blue,
        &["blue", "info", "information", "notice", "low", "debug", "none"],
    ),
];

struct Alerts {
    upstream: Upstream,
    options: Alertmanager,
    directory: Arc<Directory>,
}

/// `[source.alertmanager]`: alerts of Alertmanager v2.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
struct AlertmanagerRaw {
    /// Matchers of which all must hold: `["team=\"air\""]`.
    #[serde(default)]
    filters: Vec<String>,
    /// The label that tells how much it matters; `severity` where absent.
    severity_label: Option<String>,
    /// What its values mean: `{ page = "red" }`, before the usual ones.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, SeverityKey>")]
    severities: BTreeMap<String, String>,
    /// Names of alerts that must always stand: `["Watchdog"]`. While they do they are no alarm; when one is missing, the
    /// source is not fresh.
    #[serde(default)]
    expect: Vec<String>,
}

/// Alerts of Alertmanager v2.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Alertmanager {
    /// Matchers of which all must hold.
    filters: Vec<Clean>,
    /// The label that tells how much it matters.
    severity_label: String,
    /// What its values mean, before the usual ones.
    severities: BTreeMap<String, Severity>,
    /// Names of alerts that must always stand.
    expect: Vec<Clean>,
}

impl AlertmanagerRaw {
    #[expect(
        clippy::unnecessary_wraps,
        reason = "the same form as the other kinds, so that one line of the table calls each"
    )]
    fn check(&self, check: &mut Check<'_>, at: &At) -> Option<Alertmanager> {
        let table = at.key("severities");
        let pairs = self.severities.iter().filter_map(|(value, key)| {
            let severity = check.severity(&table.key(value), key)?;
            Some((value.to_lowercase(), severity))
        });
        Some(Alertmanager {
            severities: pairs.collect(),
            expect: self.expect.iter().map(|text| Clean::new(text)).collect(),
            filters: self.filters.iter().map(|text| Clean::new(text)).collect(),
            severity_label: self
                .severity_label
                .clone()
                .unwrap_or_else(|| "severity".to_owned()),
        })
    }
}

impl Options for Alertmanager {
    fn source(&self, setting: &SourceSetting, directory: &Arc<Directory>) -> Box<dyn Source> {
        Box::new(Alerts {
            upstream: Upstream::new(setting),
            options: self.clone(),
            directory: Arc::clone(directory),
        })
    }
}

impl Source for Alerts {
    fn ask(&self, _: &Cursor, _: Moment) -> Ask {
        let base = self.upstream.url().unwrap_or("");
        let path = url::Url::parse(base).map(|url| url.path().to_owned());
        let address = if path.is_ok_and(|path| path.contains("/alerts")) {
            base.to_owned()
        } else {
            format!("{}/api/v2/alerts", base.trim_end_matches('/'))
        };
        let filters = self.options.filters.iter();
        let filters: Vec<_> = filters.map(|filter| ("filter", filter.as_str())).collect();
        let mut ask = self.upstream.get(with_query(&address, &filters));
        if let Some(key) = self.upstream.key() {
            let bearer = format!("Bearer {key}");
            ask.headers.push(("Authorization".to_owned(), bearer));
        }
        ask
    }

    fn read(&self, _: &Cursor, reply: &Response, now: Moment) -> Result<Read, PollError> {
        let mut gather = Gather::new(&self.upstream.id, now).routed(&self.directory);
        let body = answer::json(reply, &mut gather)?;
        let rows = body.as_array();
        let rows = rows.ok_or_else(|| PollError::Foreign(answer::head(&body.to_string())))?;
        let alerts = rows.iter().flat_map(|row| match row.get("alerts") {
            Some(group) => field::list(Some(group)),
            None => std::slice::from_ref(row),
        });
        let mut standing = BTreeSet::new();
        for (n, alert) in alerts.enumerate() {
            if let Some(name) = self.expected(alert) {
                standing.insert(name);
                gather.understood(n + 1);
            } else {
                self.read_alert(n + 1, alert, &mut gather, now);
            }
        }
        for name in self.options.expect.iter().filter(|name| !standing.contains(name)) {
            gather.lack(Lack::Alert(name.clone()));
        }
        Ok(Read {
            take: gather.finish(true),
            ..Read::default()
        })
    }

    fn every(&self) -> Span {
        Span::secs(30)
    }

    fn late_after(&self) -> Option<Span> {
        None
    }
}

impl Alerts {
    /// The name of an alert that must always stand: while it does it is no alarm.
    fn expected(&self, alert: &Value) -> Option<&Clean> {
        let name = field::text(alert.get("labels")?, "alertname");
        self.options
            .expect
            .iter()
            .find(|expected| expected.as_str() == name)
    }

    fn read_alert(&self, n: usize, alert: &Value, gather: &mut Gather<'_>, now: Moment) {
        let id = field::text(alert, "fingerprint");
        let Some(labels) = alert.get("labels").filter(|_| !id.is_empty()) else {
            return gather.lose(
                Spot(n, "fingerprint, labels"),
                &alert.to_string(),
                FlawKind::Missing,
            );
        };
        let started = field::text(alert, "startsAt");
        let at = stamp::iso(&started, UTC).unwrap_or_else(|| {
            gather.flaw(Spot(n, "startsAt"), &started, FlawKind::NotATime);
            now
        });
        let status = alert.get("status");
        let suppressed = status.is_some_and(|status| field::text(status, "state") == "suppressed");
        let (lat, lon) = (field::text(labels, "lat"), field::text(labels, "lon"));
        let none = Value::Null;
        let annotations = alert.get("annotations").unwrap_or(&none);
        let (severity, words) = self.severity(labels);
        let signal = Signal {
            source: gather.source().clone(),
            id: Clean::new(&id),
            kind: SignalKind::Alert,
            severity: if suppressed { Severity::Blue } else { severity },
            severity_words: if suppressed { Clean::default() } else { words },
            active: true,
            title: title(labels, annotations),
            detail: Clean::new(&first(annotations, &["description", "message", "help", "alert"])),
            bearing: None,
            picture: gather.picture(Spot(n, "picture"), &first(annotations, &["picture", "image"])),
            place: gather.place(Spot(n, "lat"), &lat, &lon, Datum::Wgs84),
            area: Clean::new(&first(labels, &["township", "area", "乡镇"])),
            point: Some(first(labels, &["point", "station", "instance"]))
                .filter(|code| !code.is_empty())
                .map(|code| PointId::new(&code)),
            at,
            ends: None,
            fields: fields(labels, status.filter(|_| suppressed)),
        };
        gather.signal(Spot(n, "fingerprint"), signal);
    }

    /// How much an alert matters, and its own word for it where no table knows that. Without a label it is yellow.
    fn severity(&self, labels: &Value) -> (Severity, Clean) {
        let words = field::text(labels, &self.options.severity_label);
        let value = words.to_lowercase();
        let own = self.options.severities.get(&value).copied();
        let usual = SEVERITIES.iter().find(|row| row.1.contains(&value.as_str()));
        match own.or(usual.map(|row| row.0)) {
            Some(severity) => (severity, Clean::default()),
            None if value.is_empty() => (Severity::Yellow, Clean::default()),
            None => (Severity::UNKNOWN, Clean::new(&words)),
        }
    }
}

fn first(of: &Value, names: &[&str]) -> String {
    let texts = names.iter().map(|name| field::text(of, name));
    let mut texts = texts.filter(|text| !text.is_empty());
    texts.next().unwrap_or_default().into_owned()
}

/// The summary, or else the alert's name; the name goes before where both are there.
fn title(labels: &Value, annotations: &Value) -> Clean {
    let (name, summary) = (
        field::text(labels, "alertname"),
        first(annotations, &["summary", "title"]),
    );
    let words = [name.as_ref(), summary.as_str()];
    let words: Vec<&str> = words.into_iter().filter(|text| !text.is_empty()).collect();
    Clean::new(&words.join(": "))
}

/// The labels, and by what a suppressed alert is suppressed.
fn fields(labels: &Value, suppressed: Option<&Value>) -> Vec<(Clean, Clean)> {
    let labels = labels.as_object().into_iter().flatten();
    let mut fields: Vec<_> = labels
        .filter(|(name, _)| *name != "alertname")
        .filter_map(|(name, value)| Some((Clean::new(name), Clean::new(&field::plain(value)?))))
        .collect();
    for name in ["silencedBy", "inhibitedBy", "mutedBy"] {
        let by = field::list(suppressed.and_then(|status| status.get(name)));
        let by: Vec<_> = by.iter().filter_map(field::plain).collect();
        if !by.is_empty() {
            fields.push((Clean::new(name), Clean::new(&by.join(", "))));
        }
    }
    fields
}
