//! The step tables of emergencies as files: the built-in ones and a room's own (`domain::emergency`).

use crate::bench::check::Check;
use crate::bench::document::{At, Document};
use crate::bench::fault::{Fault, FaultKind};
use crate::config::raw::RawEmergency;
use crate::domain::emergency::{Ladder, Metric, Run, Step, Way};
use crate::domain::fact::forecast::PollutionCause;
use crate::domain::playbook::{Origin, Provenance, Words};
use crate::domain::quantity::Value;
use crate::domain::signal::Severity;
use crate::domain::text::Clean;
use chrono::NaiveDate;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// The built-in tables: name and text. The first two are warnings by date, the third the linkage.
pub const BUILT_IN: &[(&str, &str)] = &[
    ("warning-2024.toml", include_str!("ladder/warning-2024.toml")),
    ("warning-2017.toml", include_str!("ladder/warning-2017.toml")),
    ("linkage.toml", include_str!("ladder/linkage.toml")),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLadder {
    key: String,
    zh: String,
    en: String,
    from: Option<String>,
    origin: String,
    provenance: String,
    #[serde(default)]
    ways: BTreeMap<String, String>,
    #[serde(default)]
    step: Vec<RawStep>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawStep {
    key: String,
    zh: String,
    en: String,
    severity: Option<String>,
    any: Vec<Vec<RawRun>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRun {
    metric: String,
    above: i64,
    days: u32,
}

/// The built-in tables, and those that `[emergency]` names; one with the key of a built-in table takes its place.
pub(super) fn ladders(check: &mut Check<'_>) -> Vec<Ladder> {
    let raw: RawEmergency = check.section("emergency");
    let mut ladders = built_in();
    for (nth, file) in raw.tables.iter().enumerate() {
        let at = At::root().key("emergency").key("tables").nth(nth);
        let path = check.beside(file);
        match check.text(&at, &path).map(|text| read(&path, &text)) {
            None => {}
            Some(Err(faults)) => faults.into_iter().for_each(|fault| check.push(fault)),
            Some(Ok(own)) => {
                ladders.retain(|ladder| ladder.key != own.key);
                ladders.push(own);
            }
        }
    }
    ladders
}

/// The tables that come with the program.
pub fn built_in() -> Vec<Ladder> {
    BUILT_IN
        .iter()
        .filter_map(|(name, text)| read(Path::new(name), text).ok())
        .collect()
}

/// Reads one table.
///
/// # Errors
/// Every fault with its place in `file`.
pub fn read(file: &Path, text: &str) -> Result<Ladder, Vec<Fault>> {
    let (document, faults) = Document::parse(file, text);
    if !faults.is_empty() {
        return Err(faults);
    }
    let raw: RawLadder = toml::from_str(text).map_err(|error| {
        let offset = error.span().map_or(0, |span| span.start);
        let kind = FaultKind::Syntax(error.message().to_owned());
        vec![document.fault_at(offset, &At::root(), kind)]
    })?;
    let mut reader = Reader {
        document: &document,
        faults: Vec::new(),
    };
    let ladder = reader.ladder(&raw);
    match (ladder, reader.faults.is_empty()) {
        (Some(ladder), true) => Ok(ladder),
        _ => Err(reader.faults),
    }
}

struct Reader<'a> {
    document: &'a Document<'a>,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn ladder(&mut self, raw: &RawLadder) -> Option<Ladder> {
        let root = At::root();
        let origins = [
            ("law", Origin::Law),
            ("local", Origin::Local),
            ("default", Origin::Default),
        ];
        let origin = self.known(&root.key("origin"), &raw.origin, &origins);
        let from = raw.from.as_ref().map(|text| self.date(&root.key("from"), text));
        let mut ways = BTreeMap::new();
        for (cause, way) in &raw.ways {
            let at = root.key("ways").key(cause);
            let cause = self.known(&at, cause, &turned(PollutionCause::KEYS));
            let way = self.known(&at, way, &turned(Way::KEYS));
            ways.extend(cause.zip(way));
        }
        if raw.step.is_empty() {
            self.fault(&root.key("step"), FaultKind::Missing);
        }
        let steps: Vec<_> = (0..)
            .zip(&raw.step)
            .map(|(nth, step)| self.step(&root.key("step").nth(nth), step))
            .collect();
        Some(Ladder {
            key: raw.key.clone(),
            words: words(&raw.zh, &raw.en),
            from: from.map_or(Some(None), |date| date.map(Some))?,
            provenance: Provenance {
                origin: origin?,
                text: raw.provenance.as_str().into(),
            },
            ways,
            steps: steps.into_iter().collect::<Option<_>>()?,
        })
    }

    fn step(&mut self, at: &At, raw: &RawStep) -> Option<Step> {
        let colours = [
            ("red", Severity::Red),
            ("orange", Severity::Orange),
            ("yellow", Severity::Yellow),
            ("blue", Severity::Blue),
        ];
        let severity = raw
            .severity
            .as_ref()
            .map(|text| self.known(&at.key("severity"), text, &colours));
        let mut any = Vec::new();
        for (nth, group) in raw.any.iter().enumerate() {
            let at = at.key("any").nth(nth);
            if group.is_empty() {
                self.fault(&at, FaultKind::Empty);
            }
            let runs = (0..).zip(group).map(|(nth, run)| self.run(&at.nth(nth), run));
            any.push(runs.collect::<Vec<_>>().into_iter().collect::<Option<Vec<_>>>());
        }
        if any.is_empty() {
            self.fault(&at.key("any"), FaultKind::Empty);
        }
        Some(Step {
            key: raw.key.clone(),
            words: words(&raw.zh, &raw.en),
            severity: severity.map_or(Some(None), |known| known.map(Some))?,
            any: any.into_iter().collect::<Option<_>>()?,
        })
    }

    fn run(&mut self, at: &At, raw: &RawRun) -> Option<Run> {
        let metric = self.known(&at.key("metric"), &raw.metric, &turned(Metric::KEYS));
        self.within(&at.key("above"), raw.above, 0, 10_000);
        self.within(&at.key("days"), raw.days.into(), 1, 60);
        Some(Run {
            metric: metric?,
            above: Value::whole(raw.above),
            days: raw.days,
        })
    }

    fn date(&mut self, at: &At, text: &str) -> Option<NaiveDate> {
        let date = text.parse().ok();
        if date.is_none() {
            let why = "YYYY-MM-DD".to_owned();
            self.fault(at, FaultKind::Expression(text.to_owned(), why));
        }
        date
    }

    fn within(&mut self, at: &At, found: i64, low: i64, high: i64) {
        if !(low..=high).contains(&found) {
            let texts = [found, low, high].map(|n| n.to_string());
            let [found, low, high] = texts;
            self.fault(at, FaultKind::Range(found, low, high));
        }
    }

    fn known<T: Copy>(&mut self, at: &At, text: &str, known: &[(&str, T)]) -> Option<T> {
        let found = known.iter().find(|row| row.0 == text).map(|row| row.1);
        if found.is_none() {
            let list = known.iter().map(|row| row.0.to_owned()).collect();
            self.fault(at, FaultKind::Unknown(text.to_owned(), list));
        }
        found
    }

    fn fault(&mut self, at: &At, kind: FaultKind) {
        self.faults.push(self.document.fault(at, kind));
    }
}

fn words(zh: &str, en: &str) -> Words {
    Words {
        zh: Clean::new(zh),
        en: Clean::new(en),
    }
}

/// A registry's rows with the key first.
fn turned<T: Copy>(rows: &[(T, &'static str)]) -> Vec<(&'static str, T)> {
    rows.iter().map(|&(value, key)| (key, value)).collect()
}

#[cfg(test)]
mod tests;
