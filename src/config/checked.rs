//! What a configuration means: the values that the rest of the program is given, and how they follow from the file.

use crate::bench::check::{Check, Outside};
use crate::bench::document::{At, Document};
use crate::bench::fault::{Fault, FaultKind};
use crate::bench::shape;
use crate::channels::{ChannelRaw, ChannelSetting};
use crate::config::raw::{RawAlarms, RawOperator, RawPlaybooks, RawRoom, RawScreen, RawStore, schema};
use crate::config::{Config, anchor, directory, grouping, ladder, notices, playbook, roster, rule, target};
use crate::domain::air::Norm;
use crate::domain::air::standard::ROOM_NORMS;
use crate::domain::calendar::Calendar;
use crate::domain::directory::Directory;
use crate::domain::id::OperatorId;
use crate::domain::person::{Operator, ROLES, Role};
use crate::domain::playbook::Playbook;
use crate::domain::text::Clean;
use crate::domain::time::Zone;
use crate::lang::{LANGS, Lang};
use crate::sources::{SourceRaw, SourceSetting};
use chrono::NaiveDate;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

/// Reads the text of a configuration file: everything it means, or everything that is wrong with it.
///
/// # Errors
/// Every fault, in the order of the file.
pub fn read(file: &Path, text: &str, outside: &dyn Outside) -> Result<Config, Vec<Fault>> {
    read_with(file, text, outside, |_, _| {})
}

/// Reads a configuration as [`read`] does, with a `more` that only its caller can check: its faults stand among the others.
///
/// # Errors
/// Every fault, in the order of the file.
pub fn read_with(
    file: &Path,
    text: &str,
    outside: &dyn Outside,
    more: impl FnOnce(&Config, &mut Check<'_>),
) -> Result<Config, Vec<Fault>> {
    let (document, broken) = Document::parse(file, text);
    let misshapen = shape::check(&document, &schema());
    let mut check = Check::new(&document, outside);
    let syntax_is_good = broken.is_empty();
    for fault in broken {
        check.push(fault);
    }
    if syntax_is_good {
        check.misshape(misshapen);
    }
    let mut config = config(&mut check);
    more(&config, &mut check);
    config.hints = check.hints();
    let faults = check.into_faults();
    if faults.is_empty() {
        Ok(config)
    } else {
        Err(faults)
    }
}

fn config(check: &mut Check<'_>) -> Config {
    let room: RawRoom = check.section("room");
    let at = At::root().key("room");
    let name = check.words(&at.key("name"), &room.name);
    let language = language(check, &at.key("language"), &room.language);
    let zone = zone(check, &at.key("zone"), &room.zone);
    let standard = standard(check, &at.key("standard"), &room.standard);
    let calendar = Calendar {
        zone,
        holidays: Arc::new(days(check, &at.key("holidays"), &room.holidays)),
        workdays: Arc::new(days(check, &at.key("workdays"), &room.workdays)),
    };
    let store: RawStore = check.section("store");
    let in_store = At::root().key("store");
    let keep_readings = check.span(&in_store.key("keep_readings"), &store.keep_readings);
    let keep_closed = check.span(&in_store.key("keep_closed"), &store.keep_closed);
    let alarms: RawAlarms = check.section("alarms");
    let in_alarms = At::root().key("alarms");
    let holds = check.span(
        &in_alarms.key("acknowledgement_holds"),
        &alarms.acknowledgement_holds,
    );
    let shelf = check.span(&in_alarms.key("longest_shelf"), &alarms.longest_shelf);
    let screen: RawScreen = check.section("screen");
    let people = operators(check);
    let directory = directory::check(check);
    let sources = sources(check, &directory);
    let own: RawPlaybooks = check.section("playbooks");
    let units: Vec<&str> = directory.units.iter().map(|unit| unit.id.as_str()).collect();
    let notices = notices::check(check, &units, &people);
    let channels = channels(check);
    let folder = own.folder.map(|path| check.beside(&path));
    Config {
        file: Some(check.document().file.clone()),
        name,
        language,
        zone,
        standard,
        store: store.path.map(|path| check.beside(&path)),
        keep_readings: keep_readings.unwrap_or_default(),
        keep_closed: keep_closed.unwrap_or_default(),
        anchoring: anchor::check(check, &channels),
        theme: screen.theme,
        acknowledgement_holds: holds.unwrap_or_default(),
        longest_shelf: shelf.unwrap_or_default(),
        groupings: grouping::groupings(check),
        playbooks: playbooks(check, folder.as_deref(), &calendar),
        directory,
        notices,
        imports: check.imports(),
        hints: Vec::new(),
        roster: roster::check(check, room.roster_file.as_deref(), &people),
        operators: people,
        keys: check.section("keys"),
        rules: rule::rules(check, standard),
        ladders: ladder::ladders(check),
        targets: target::targets(check),
        sources,
        channels,
        map: map(check, &at.key("map"), room.map.as_deref()),
    }
}

/// The loops in force; their limits count by the room's own days.
fn playbooks(check: &mut Check<'_>, folder: Option<&Path>, calendar: &Calendar) -> Vec<Playbook> {
    let at = At::root().key("playbooks").key("folder");
    let mut playbooks = playbook::all(check, &at, folder);
    for playbook in &mut playbooks {
        playbook.calendar = calendar.clone();
    }
    playbooks
}

/// Days as `2026-10-01`.
fn days(check: &mut Check<'_>, at: &At, texts: &[String]) -> BTreeSet<NaiveDate> {
    let mut days = BTreeSet::new();
    for (n, text) in texts.iter().enumerate() {
        match text.parse() {
            Ok(day) => {
                days.insert(day);
            }
            Err(_) => check.fault(
                &at.nth(n),
                FaultKind::Expression(text.clone(), "2026-10-01".to_owned()),
            ),
        }
    }
    days
}

fn language(check: &mut Check<'_>, at: &At, text: &str) -> Lang {
    let known: Vec<&str> = LANGS.iter().map(|row| row.1).collect();
    check.one_of(at, text, &known, Lang::by_key).unwrap_or_default()
}

fn standard(check: &mut Check<'_>, at: &At, text: &str) -> Norm {
    let known = ROOM_NORMS.map(|row| row.0);
    check.one_of(at, text, &known, Norm::of_room).unwrap_or_default()
}

/// `+08:00`, `-05:00` or `Z`.
fn zone(check: &mut Check<'_>, at: &At, text: &str) -> Zone {
    let found = text.parse::<Zone>().ok().or_else(|| {
        let utc = matches!(text, "Z" | "UTC");
        utc.then(|| Zone::east_opt(0)).flatten()
    });
    if found.is_none() {
        check.unknown(at, text, &["+08:00", "+00:00", "-05:00"]);
    }
    found.unwrap_or(crate::domain::time::CHINA)
}

fn operators(check: &mut Check<'_>) -> Vec<Operator> {
    let rows: Vec<(At, RawOperator)> = check.list("operator");
    check.unique("id", check.ids("operator"));
    let known: Vec<&str> = ROLES.iter().map(|row| row.1).collect();
    let mut operators = Vec::new();
    for (at, row) in &rows {
        check.words(&at.key("id"), &row.id);
        if let Some(role) = check.one_of(&at.key("role"), &row.role, &known, Role::by_key) {
            let id = OperatorId::new(&row.id);
            operators.push(Operator { id, role });
        }
    }
    operators
}

fn sources(check: &mut Check<'_>, directory: &Directory) -> Vec<SourceSetting> {
    let rows: Vec<(At, SourceRaw)> = check.list("source");
    check.unique("id", check.ids("source"));
    let settings = rows
        .iter()
        .filter_map(|(at, row)| row.check(check, at, directory));
    settings.collect()
}

/// The parts that a link to a map may name.
const MAP_PARTS: &[&str] = &["lat", "lon", "gcj02_lat", "gcj02_lon", "bd09_lat", "bd09_lon"];

/// The link to a map: each part in braces is one that is known.
fn map(check: &mut Check<'_>, at: &At, given: Option<&str>) -> Clean {
    let text = given.unwrap_or_default();
    for part in text.split('{').skip(1) {
        match part.split_once('}') {
            Some((name, _)) if MAP_PARTS.contains(&name) => {}
            Some((name, _)) => check.nothing(at, name, MAP_PARTS),
            None => check.nothing(at, &format!("{{{part}"), MAP_PARTS),
        }
    }
    Clean::new(text)
}

fn channels(check: &mut Check<'_>) -> Vec<ChannelSetting> {
    let rows: Vec<(At, ChannelRaw)> = check.list("channel");
    check.unique("id", check.ids("channel"));
    rows.iter().filter_map(|(at, row)| row.check(check, at)).collect()
}

#[cfg(test)]
mod tests;
