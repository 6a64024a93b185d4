//! Every key of the configuration: a change of it takes force while the room runs, or it is named as waiting.

use super::*;
use crate::bench::check::tests::Given;
use crate::cli::furnish;
use crate::cli::manner::manner;
use crate::config::{checked, raw};
use crate::domain::time::Span;
use std::path::Path;

/// Files beside the configuration.
const FILES: &[(&str, &str)] = &[
    (
        "roster.csv",
        "day,shift,operators,leader\n2026-11-23,day,duty,duty\n",
    ),
    ("boundary.csv", "lat,lon\n30,121\n30,122\n31,122\n"),
    ("townships.csv", "id,name\nT9,Nine\n"),
    ("communities.csv", "id,name,township\nC9,Nine,One\n"),
    ("units.csv", "id,name\nU9,Nine\n"),
    ("contacts.csv", "unit,name,phone\nU1,Nine,9\n"),
    ("points.csv", "id,name,kind\nP9,Nine,air\n"),
    ("enterprises.csv", "id,name\nE9,Nine\n"),
    ("measures.csv", "unit,zh,levels\nU1,停,yellow\n"),
    ("steps.toml", STEPS),
    ("loops/dust.toml", include_str!("../../../playbooks/dust.toml")),
];

/// A step table of the room's own.
const STEPS: &str = "key = 'linkage'\nzh = '甲'\nen = 'a'\norigin = 'local'\nprovenance = 'x'\n[[step]]\nkey = 'A'\nzh = '甲'\n\
                     en = 'a'\nany = [[{ metric = 'pm25', above = 55, days = 1 }]]\n";

/// What every configuration of the test holds besides the changed key, so that its rows can name each other.
const BASE: &str = r#"
[[township]]
id = "T1"
name = "One"
lat = 30.1
lon = 121.1
[[unit]]
id = "U1"
name = "One"
[[operator]]
id = "duty"
role = "operator"
[[source]]
id = "alerts"
url = "http://127.0.0.1:1/alerts"
[source.alertmanager]
[[channel]]
id = "hook"
kind = "webhook"
url = "http://127.0.0.1:1/"
secret = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
"#;

/// One row a key: a line of its own table that changes it, or a table that is added.
const ROWS: &[(&str, &str)] = &[
    ("room.name", "name = 'Other'"),
    ("room.map", "map = 'https://map.example/?q={lat},{lon}'"),
    ("room.language", "language = 'en'"),
    ("room.zone", "zone = '+00:00'"),
    ("room.standard", "standard = 'EPA'"),
    ("room.roster_file", "roster_file = 'roster.csv'"),
    ("room.holidays", "holidays = ['2026-10-01']"),
    ("room.workdays", "workdays = ['2026-10-10']"),
    ("store.path", "path = 'other.db'"),
    ("store.keep_readings", "keep_readings = '30d'"),
    ("store.keep_closed", "keep_closed = '30d'"),
    ("anchor.file", "file = 'anchors'"),
    ("anchor.channel", "channel = 'hook'"),
    ("anchor.key", "key = 'room.key'"),
    ("anchor.every", "every = '1m'"),
    ("screen.theme", "theme = 'light'"),
    ("alarms.acknowledgement_holds", "acknowledgement_holds = '1h'"),
    ("alarms.longest_shelf", "longest_shelf = '1h'"),
    ("notices.repeat", "repeat = '1m'"),
    ("notices.most", "most = 2"),
    ("notices.red_after", "red_after = '1m'"),
    ("notices.red_to", "red_to = 'section'"),
    ("notices.undelivered_after", "undelivered_after = '1m'"),
    ("notices.to", "to = { leader = 'U1' }"),
    ("playbooks.folder", "folder = 'loops'"),
    ("emergency.tables", "tables = ['steps.toml']"),
    ("directory.county", "county = 'Other'"),
    ("directory.datum", "datum = 'gcj02'"),
    (
        "directory.boundary",
        "boundary = [[30, 121], [30, 122], [31, 122]]",
    ),
    ("directory.boundary_file", "boundary_file = 'boundary.csv'"),
    ("directory.townships_file", "townships_file = 'townships.csv'"),
    (
        "directory.communities_file",
        "communities_file = 'communities.csv'",
    ),
    ("directory.units_file", "units_file = 'units.csv'"),
    ("directory.contacts_file", "contacts_file = 'contacts.csv'"),
    ("directory.points_file", "points_file = 'points.csv'"),
    (
        "directory.enterprises_file",
        "enterprises_file = 'enterprises.csv'",
    ),
    ("directory.measures_file", "measures_file = 'measures.csv'"),
    ("township", "[[township]]\nid = 'T2'\nname = 'Two'"),
    (
        "community",
        "[[community]]\nid = 'C1'\nname = 'One'\ntownship = 'T1'",
    ),
    ("unit", "[[unit]]\nid = 'U2'\nname = 'Two'"),
    ("contact", "[[contact]]\nunit = 'U1'\nname = 'Wang'\nphone = '1'"),
    ("point", "[[point]]\nid = 'P1'\nname = 'One'\nkind = 'air'"),
    ("enterprise", "[[enterprise]]\nid = 'E1'\nname = 'One'"),
    ("code", "[[code]]\nid = 'own'\nzh = '甲'"),
    (
        "measure",
        "[[measure]]\nunit = 'U1'\nzh = '停'\nlevels = ['yellow']",
    ),
    ("scope", "[[scope]]\nname = 'mine'\nfilter = 'one'"),
    ("operator", "[[operator]]\nid = 'wang'\nrole = 'leader'"),
    (
        "shift",
        "[[shift]]\nid = 'all'\nname = { zh = '全', en = 'all' }\nbegins = '07:00'\nlasts = '24h'",
    ),
    ("keys", "[keys]\nhelp = ['F1']"),
    ("rule", "[[rule]]\ncode = 'AIR-AQI'\noff = true"),
    ("grouping", "[[grouping]]\nwithin = '1h'\nthreshold = 3"),
    (
        "target",
        "[[target]]\nid = 'good'\nname = { zh = '优良率', en = 'good days' }\nfigure = 'good_days'\ngoal = 87.7\nsense = 'above'\nunit = '%'",
    ),
    (
        "source",
        "[[source]]\nid = 'more'\nurl = 'http://127.0.0.1:1/alerts'\n[source.alertmanager]",
    ),
    ("channel", "[[channel]]\nid = 'phone'\nkind = 'telephone'"),
];

fn world() -> Given {
    Given {
        variables: vec![("USER", "wang")],
        files: FILES.to_vec(),
    }
}

fn read(text: &str) -> Config {
    let read = checked::read(Path::new("room.toml"), text, &world());
    read.unwrap_or_else(|faults| panic!("{text}\n{faults:?}"))
}

/// Whether a running room is given anything anew by `after`, sources apart.
fn differs(before: &Config, after: &Config) -> bool {
    let seat = |config| manner(config, &world(), Some(Config::clone(config).language));
    let channels = |config: &Config| format!("{:?}", config.channels);
    furnish::room(before, false) != furnish::room(after, false)
        || before.rules != after.rules
        || before.keep_readings != after.keep_readings
        || channels(before) != channels(after)
        || seat(before) != seat(after)
}

/// The keys of the file: of plain tables each of theirs, of lists of tables the list's own.
fn keys() -> Vec<String> {
    let schema = raw::schema();
    let properties = schema["properties"].as_object().expect("the file's keys").clone();
    let mut keys = Vec::new();
    for (name, shape) in properties {
        let target = shape["$ref"].as_str().or(shape["allOf"][0]["$ref"].as_str());
        let table = target.map(|target| {
            schema
                .pointer(target.trim_start_matches('#'))
                .cloned()
                .unwrap_or_default()
        });
        match table.as_ref().and_then(|table| table["properties"].as_object()) {
            Some(own) => keys.extend(own.keys().map(|key| format!("{name}.{key}"))),
            None => keys.push(name),
        }
    }
    keys
}

/// The base with the row's change.
fn changed(key: &str, line: &str) -> String {
    match key.split_once('.') {
        Some((table, _)) => format!("[{table}]\n{line}\n{BASE}"),
        None => format!("{BASE}\n{line}\n"),
    }
}

#[test]
fn every_key_of_the_configuration_takes_force_or_is_named_as_waiting() {
    let known: Vec<&str> = ROWS.iter().map(|row| row.0).collect();
    let missing: Vec<String> = keys()
        .into_iter()
        .filter(|key| !known.contains(&key.as_str()))
        .collect();
    assert_eq!(missing, Vec::<String>::new(), "keys without a row here");
    assert!(keys().len() > 40, "{:?}", keys());
    let before = read(BASE);
    assert!(!differs(&before, &read(BASE)), "the same is the same");
    let silent = ROWS.iter().filter(|(key, line)| {
        let mut after = read(&changed(key, line));
        let change = of(&before, &before, &mut after);
        let in_force = differs(&before, &after) || !change.begun.is_empty();
        in_force == change.waits.contains(key)
    });
    let silent: Vec<&str> = silent.map(|row| row.0).collect();
    assert_eq!(
        silent,
        Vec::<&str>::new(),
        "neither in force nor waiting, or both"
    );
}

#[test]
fn a_source_is_asked_anew_where_anything_of_it_changed_and_only_then() {
    let one = |inner: &str| {
        read(&format!(
            "[[source]]\nid = 'a'\nkey = 'k'\nurl = 'http://x.example/a'\n{inner}"
        ))
    };
    let map = |title: &str| {
        format!(
            "[source.mapped]\nformat = 'json'\ntime = {{ from = ['t'], form = 'unix' }}\n[source.mapped.signal]\nkind = 'fire'\nid = ['id']\ntitle = '{title}'\n"
        )
    };
    let before = one(&map("x"));
    let change = |mut after: Config| of(&before, &before, &mut after);
    assert_eq!(change(before.clone()), Change::default());
    let id = vec![SourceId::new("a")];
    assert_eq!(change(one(&map("{place}"))).begun, id, "the map");
    assert_eq!(change(one("[source.alertmanager]")).begun, id, "the kind");
    for (what, from, to) in [
        ("address", "x.example/a", "x.example/b"),
        ("key", "'k'", "'l'"),
        ("interval", "id = 'a'", "id = 'a'\nevery = '7s'"),
        ("memory", "id = 'a'", "id = 'a'\nmost_mb = 16"),
        ("alarms a minute", "id = 'a'", "id = 'a'\nmost_alarms = 16"),
    ] {
        let text = format!(
            "[[source]]\nid = 'a'\nkey = 'k'\nurl = 'http://x.example/a'\n{}",
            map("x")
        );
        assert_eq!(change(read(&text.replace(from, to))).begun, id, "{what}");
    }
    assert_eq!(change(read(BASE)).gone, id);
    let mut moved = before.clone();
    moved.directory.county = "Other".into();
    assert_eq!(
        (change(moved.clone()).begun, change(moved).reread),
        (Vec::new(), id)
    );
}

#[test]
fn what_waits_keeps_its_old_value_and_waits_no_more_once_it_is_set_back() {
    let started = read(BASE);
    let mut after = read(&changed("store.keep_closed", "keep_closed = '7d'"));
    let change = of(&started, &started, &mut after);
    assert_eq!(
        (change.waits, after.keep_closed),
        (vec!["store.keep_closed"], started.keep_closed)
    );
    assert_ne!(started.keep_closed, Span::days(7));
    assert_eq!(of(&started, &after, &mut read(BASE)).waits, Vec::<&str>::new());
}
