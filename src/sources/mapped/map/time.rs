//! The check of the times of a field map: of its rows, and of the platform's heartbeat.

use crate::bench::check::Check;
use crate::bench::document::At;
use crate::bench::fault::FaultKind;
use crate::domain::time::{CHINA, Zone};
use crate::sources::mapped::form::{HeartbeatForm, TimeForm};
use crate::sources::mapped::map::check::{field, fields};
use crate::sources::mapped::map::{HeartbeatRaw, TimeRaw, marks};
use crate::sources::stamp::Stamp;
use chrono::format::{Item, StrftimeItems};

impl HeartbeatRaw {
    pub(super) fn check(&self, check: &mut Check<'_>, at: &At, time: &TimeForm) -> Option<HeartbeatForm> {
        let stamp = match self.form.as_deref() {
            Some(form) => stamp(check, &at.key("form"), form),
            None => Some(time.stamp.clone()),
        };
        let within = check.span(&at.key("within"), &self.within);
        Some(HeartbeatForm {
            from: field(check, &at.key("from"), &self.from)?,
            within: within?,
            stamp: stamp?,
            zone: time.zone,
        })
    }
}

impl TimeRaw {
    pub(super) fn check(&self, check: &mut Check<'_>, at: &At) -> Option<TimeForm> {
        if self.from.is_empty() {
            check.fault(&at.key("from"), FaultKind::Empty);
        }
        let names: Vec<&str> = self.from.iter().map(String::as_str).collect();
        for name in self.digits.keys().filter(|name| !self.from.contains(name)) {
            check.nothing(&at.key("digits").key(name), name, &names);
        }
        let marks_start = match self.marks.as_deref() {
            None | Some("end") => false,
            Some("start") => true,
            Some(other) => {
                check.unknown(&at.key("marks"), other, &marks());
                return None;
            }
        };
        let stamp = stamp(check, &at.key("form"), &self.form);
        let zone = match self.zone.as_deref() {
            None => Some(CHINA),
            Some(text) => zone(check, &at.key("zone"), text),
        };
        let digits = |text: &String| self.digits.get(text).map(|&n| usize::from(n));
        let from = fields(check, &at.key("from"), &self.from)?;
        Some(TimeForm {
            from: from.into_iter().zip(self.from.iter().map(digits)).collect(),
            stamp: stamp?,
            zone: zone?,
            marks_start,
        })
    }
}

fn stamp(check: &mut Check<'_>, at: &At, text: &str) -> Option<Stamp> {
    Some(match text {
        "rfc3339" => Stamp::Rfc3339,
        "unix" => Stamp::Unix,
        "unix_ms" => Stamp::UnixMs,
        form => {
            let mut items = StrftimeItems::new(form);
            if !form.contains('%') || items.any(|item| item == Item::Error) {
                let why = "rfc3339, unix, unix_ms, %Y-%m-%d %H:%M:%S".to_owned();
                check.fault(at, FaultKind::Expression(form.to_owned(), why));
                return None;
            }
            Stamp::Form(form.to_owned())
        }
    })
}

fn zone(check: &mut Check<'_>, at: &At, text: &str) -> Option<Zone> {
    let zone = text.parse().ok();
    if zone.is_none() {
        let why = "+08:00, -05:00".to_owned();
        check.fault(at, FaultKind::Expression(text.to_owned(), why));
    }
    zone
}
