//! What every source knows of its configuration: its name, address, key and patience. Makes its asks.

use crate::domain::feed::bounds::Most;
use crate::domain::id::SourceId;
use crate::domain::secret::Secret;
use crate::domain::time::{Moment, Span, Zone};
use crate::net::{Ask, Memory};
use crate::sources::setting::shift::TimeShift;
use crate::sources::{SourceSetting, stamp};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::collections::BTreeMap;
use std::fmt::Write;

/// What stands for itself in a query.
const QUERY: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~')
    .remove(b',')
    .remove(b':');

/// How a source reaches its upstream.
#[derive(Clone, Debug)]
pub(super) struct Upstream {
    /// The configured name of the source.
    pub(super) id: SourceId,
    url: Option<String>,
    key: Option<Secret>,
    secrets: BTreeMap<String, Secret>,
    hidden: Vec<Secret>,
    timeout: Option<Span>,
    room: Memory,
    most: Most,
}

impl Upstream {
    pub(super) fn new(setting: &SourceSetting) -> Self {
        Self {
            id: setting.id.clone(),
            url: setting
                .url
                .as_ref()
                .map(|url| with_secrets(url, &setting.secrets)),
            key: setting.key.clone(),
            secrets: setting.secrets.clone(),
            hidden: setting.all_secrets(),
            timeout: setting.timeout,
            room: Memory(u64::from(setting.most_mb) << 20),
            most: setting.bounds.most,
        }
    }

    /// The configured address, if any, its secrets filled in.
    pub(super) fn url(&self) -> Option<&str> {
        self.url.as_deref()
    }

    /// The key, if any.
    pub(super) fn key(&self) -> Option<&str> {
        self.key.as_ref().map(Secret::expose)
    }

    /// A GET of `url` with the source's patience and secrets.
    pub(super) fn get(&self, url: String) -> Ask {
        let mut ask = Ask::get(url);
        ask.timeout = self.timeout;
        ask.room = Some(self.room);
        ask.most = self.most;
        ask.most_bytes = Some(self.room.0 / 6);
        ask.secrets.clone_from(&self.hidden);
        ask
    }

    /// `text` with `{key}`, `{secret:name}`, `{page}` and `{time:form}` filled in; other braces stay as they are.
    pub(super) fn fill(&self, text: &str, page: u64, now: Moment, zone: Zone) -> String {
        let mut out = String::with_capacity(text.len() + 16);
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let place = after.split_once('}');
            let value = place.and_then(|(name, _)| self.value(name, page, now, zone));
            if let (Some(value), Some((_, tail))) = (value, place) {
                out.push_str(&value);
                rest = tail;
            } else {
                out.push('{');
                rest = after;
            }
        }
        out.push_str(rest);
        out
    }

    fn value(&self, name: &str, page: u64, now: Moment, zone: Zone) -> Option<String> {
        match name {
            "page" => Some(page.to_string()),
            "key" => self.key().map(str::to_owned),
            _ => match name.strip_prefix("secret:") {
                Some(name) => self.secrets.get(name).map(|secret| secret.expose().to_owned()),
                None => timed(name, now, zone).map(|(text, _)| text),
            },
        }
    }
}

/// An address with its `{secret:name}` places filled in, for sources that fill nothing else.
fn with_secrets(url: &str, secrets: &BTreeMap<String, Secret>) -> String {
    let filled = |url: String, (name, secret): (&String, &Secret)| {
        url.replace(&format!("{{secret:{name}}}"), secret.expose())
    };
    secrets.iter().fold(url.to_owned(), filled)
}

/// The text of a `{time:form}` place, also `{time-1d:form}` and `{time+8h:form}`, and its form.
fn timed(name: &str, now: Moment, zone: Zone) -> Option<(String, &str)> {
    let (shift, form) = TimeShift::parse(name)?;
    let mut text = String::new();
    write!(text, "{}", shift.of(now).local(zone).format(form)).ok()?;
    Some((text, form))
}

/// The earliest time that the `{time…}` places of `text` ask for; `None` where there is none, so that everything is asked
/// for. A day is asked for from its beginning; a place that is no whole time counts as `now`: it proves nothing.
pub(super) fn asked_since(text: &str, now: Moment, zone: Zone) -> Option<Moment> {
    let places = text.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
    let since = places.filter_map(|(name, _)| {
        let (text, form) = timed(name, now, zone)?;
        Some(stamp::by_form(form, &text, zone).unwrap_or(now))
    });
    since.min()
}

/// `address?a=1&b=2` with the values percent-encoded; those that are empty are left out.
pub(super) fn with_query(address: &str, pairs: &[(&str, &str)]) -> String {
    let mut out = address.to_owned();
    let mut mark = if address.contains('?') { '&' } else { '?' };
    for (name, value) in pairs.iter().filter(|(_, value)| !value.is_empty()) {
        out.push(mark);
        out.push_str(name);
        out.push('=');
        out.extend(utf8_percent_encode(value, QUERY));
        mark = '&';
    }
    out
}
