//! The recorded bodies, where `LOOKOUT_REAL` names their folder; skipped with a word otherwise.

use crate::poll;
use lookout::domain::feed::{PollError, PollResult};
use lookout::domain::quantity::Quantity;
use lookout::domain::reading::{Period, Reading};
use lookout::domain::signal::{Severity, Signal};
use lookout::domain::time::Moment;
use lookout::net::Response;
use lookout::sources::Cursor;
use std::fs;
use std::path::PathBuf;

/// A recorded body; `None` and a word where the folder is not named.
fn recorded(path: &str) -> Option<Vec<u8>> {
    let Some(folder) = std::env::var_os("LOOKOUT_REAL") else {
        println!("skipped: LOOKOUT_REAL names no folder of recorded bodies");
        return None;
    };
    let path = PathBuf::from(folder).join(path);
    Some(fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
}

fn take(config: &str, body: Vec<u8>, now: &str) -> PollResult {
    poll::take(
        poll::source(config).as_ref(),
        &[poll::ok(body, poll::moment(now))],
    )
}

const CNEMC: &str = "[source.cnemc]\ncity = \"北京市\"\n";
const ARCHIVE: &str = "[source.cnemc]\nform = \"archive\"\n";
const FIRMS: &str =
    "url = \"http://x/fires.csv\"\n[source.firms]\narea = [97.0, 18.0, 135.0, 54.0]\nleast = \"low\"\n";
const ALERTS: &str = "url = \"http://x\"\n[source.alertmanager]\n";
const NWS: &str = "[source.nws]\nareas = [\"CA\"]\n";

/// The station JSON by map alone.
const CNEMC_MAP: &str = include_str!("../fixtures/upstreams/mapped/cnemc.map.toml");
/// The archive CSV by map alone.
const ARCHIVE_MAP: &str = include_str!("../fixtures/upstreams/mapped/archive.map.toml");
/// The satellites' CSV by map alone.
const FIRMS_MAP: &str = include_str!("../fixtures/upstreams/mapped/firms.map.toml");

/// What was read, without the order of it.
fn sorted(mut readings: Vec<Reading>) -> Vec<Reading> {
    readings.sort_by(|a, b| {
        let key = |r: &Reading| (r.at, r.point.clone(), r.quantity, r.period);
        key(a).cmp(&key(b))
    });
    readings
}

#[test]
fn the_recorded_station_is_read_and_a_map_reads_the_same() {
    let Some(body) = recorded("cnemc/air-in-china_README_station_20170215T22.json") else {
        return;
    };
    let now = "2017-02-15T22:40:00+08:00";
    let own = take(CNEMC, body.clone(), now);
    assert_eq!(
        (own.points.len(), own.readings.len(), own.flaws.len()),
        (1, 13, 0)
    );
    assert_eq!(own.points[0].name.as_str(), "万寿西宫");
    let lines: Vec<String> = own.readings.iter().map(poll::reading_line).collect();
    for line in [
        "1001A 2017-02-15 22:00 hour pm25 279",
        "1001A 2017-02-15 22:00 hour co 4.3",
        "1001A 2017-02-15 22:00 hour pm10 none",
        "1001A 2017-02-15 22:00 hour index 329",
        "1001A 2017-02-15 22:00 8h o3 39",
    ] {
        assert!(
            lines.iter().any(|have| have == line),
            "{line} is not in {lines:#?}"
        );
    }
    let mapped = take(CNEMC_MAP, body, now);
    assert_eq!(mapped.flaws, Vec::new());
    assert_eq!(mapped.points, own.points);
    assert_eq!(sorted(mapped.readings), sorted(own.readings));
}

#[test]
fn the_recorded_months_are_read_and_a_map_reads_the_same() {
    for (file, hours) in [("201901", 31 * 24), ("201906", 30 * 24)] {
        let path = format!("quotsoft_hourly/ningbo_china_sites_{file}.csv");
        let Some(body) = recorded(&path) else { return };
        let now = "2019-08-01T00:00:00+08:00";
        let own = take(ARCHIVE, body.clone(), now);
        assert_eq!(own.flaws, Vec::new(), "{file}");
        let of = |quantity, period| {
            let values = own
                .readings
                .iter()
                .filter(|r| r.quantity == quantity && r.period == period);
            values.filter(|r| r.value.is_some()).count()
        };
        let index = of(Quantity::PublishedIndex, Period::Hour);
        assert!(
            index > hours * 7 && index < hours * 9,
            "{file}: {index} published indices"
        );
        assert!(of(Quantity::Pm25, Period::Day) > hours * 7);
        let mapped = take(ARCHIVE_MAP, body, now);
        assert_eq!(mapped.flaws, Vec::new());
        assert_eq!(sorted(mapped.readings), sorted(own.readings), "{file}");
    }
}

#[test]
fn the_recorded_fires_are_read_clustered_and_a_map_sees_every_pixel() {
    let files = [
        (
            "SUOMI_VIIRS_C2_Global_VNP14IMGTDL_NRT_2023313_bbox97-18-135-54.csv",
            511,
        ),
        (
            "J1_VIIRS_C2_Global_VJ114IMGTDL_NRT_2023313_bbox97-18-135-54.csv",
            572,
        ),
    ];
    for (file, pixels) in files {
        let Some(body) = recorded(&format!("firms/{file}")) else {
            return;
        };
        let now = "2023-11-10T00:00:00Z";
        let own = take(FIRMS, body.clone(), now);
        assert_eq!(own.flaws, Vec::new());
        let of = |signal: &Signal, name: &str| {
            let field = signal.fields.iter().find(|(n, _)| n.as_str() == name);
            field
                .map(|(_, text)| text.as_str().to_owned())
                .unwrap_or_default()
        };
        let in_clusters: usize = own
            .signals
            .iter()
            .map(|s| of(s, "pixels").parse::<usize>().expect("a number"))
            .sum();
        assert_eq!(in_clusters, pixels, "no pixel is lost or counted twice");
        assert!(own.signals.len() < pixels && own.signals.len() > pixels / 3);
        let mapped = take(FIRMS_MAP, body, now);
        assert_eq!((mapped.signals.len(), mapped.flaws.len()), (pixels, 0));
        for signal in &own.signals {
            let same_place = mapped.signals.iter().any(|s| s.place == signal.place);
            let same_time = mapped.signals.iter().any(|s| s.at == signal.at);
            assert!(same_place && same_time, "{}", poll::signal_line(signal));
        }
    }
}

#[test]
fn the_recorded_model_hours_are_read_and_an_answer_without_hours_is_no_calm() {
    let config = "[source.open-meteo]\npoints = [{ id = \"b\", lat = 44.45, lon = 26.15 }]\n\
                  quantities = [\"pm10\", \"pm25\", \"co\"]\n";
    let Some(body) = recorded("open-meteo/air-quality_bucharest_20230425.json") else {
        return;
    };
    let whole = take(config, body, "2023-04-25T12:00:00+03:00");
    assert_eq!((whole.readings.len(), whole.flaws.len()), (15, 0));
    let lines: Vec<String> = whole.readings.iter().map(poll::reading_line).collect();
    assert!(
        lines.contains(&"b 2023-04-25 05:00 hour co 0.171 modelled".to_owned()),
        "{lines:#?}"
    );
    let body = recorded("open-meteo/air-quality_empty_hours.json").expect("named");
    let reply = poll::ok(body, poll::moment("2023-04-25T12:00:00+03:00"));
    let source = poll::source(config);
    let (_, result) = poll::poll(source.as_ref(), &mut Cursor::Null, &[reply]);
    assert_eq!(result, Err(PollError::Nothing));
}

#[test]
fn the_recorded_locations_and_their_newest_values_are_joined() {
    let Some(location) = recorded("openaq/get_location_1.body.json") else {
        return;
    };
    let latest = recorded("openaq/list_location_latest_1.body.json").expect("named");
    let source = poll::source("key = \"k\"\n[source.openaq]\nlocations = [1]\n");
    let now = poll::moment("2025-07-09T03:00:00Z");
    let take = poll::take(source.as_ref(), &[poll::ok(location, now), poll::ok(latest, now)]);
    assert_eq!(take.flaws, Vec::new());
    assert_eq!(take.points[0].name.as_str(), "testing site 1");
    let lines: Vec<String> = take.readings.iter().map(poll::reading_line).collect();
    assert_eq!(lines, ["1 2025-07-09 09:30 instant pm25 8.15"]);
}

#[test]
fn the_recorded_alerts_of_alertmanager_are_read_once_each() {
    let Some(body) = recorded("alertmanager/karma_0.25.0_alerts_groups.json") else {
        return;
    };
    let take = take(ALERTS, body, "2022-12-23T15:00:00Z");
    assert_eq!((take.signals.len(), take.complete), (12, true));
    assert_eq!(take.flaws, Vec::new());
    let suppressed = take.signals.iter().filter(|s| s.severity == Severity::Blue);
    assert_eq!(suppressed.count(), 4);
}

#[test]
fn the_recorded_warnings_are_read_and_none_is_lost_for_a_bad_time() {
    for (file, alerts) in [("e2e", 141), ("testing", 37)] {
        let Some(body) = recorded(&format!("nws/{file}_alerts_active.json")) else {
            return;
        };
        let now = poll::moment("2024-01-29T22:00:00Z");
        let body = expand(&String::from_utf8(body).expect("UTF-8"), now);
        let source = poll::source(NWS);
        let take = poll::take(source.as_ref(), &[poll::ok(body, now)]);
        assert_eq!(take.signals.len(), alerts, "{file}");
        // The recording repeats one id with other words, and its recorder left one form of its templates.
        let known = |line: &str| line.starts_with("Duplicate") || line.contains("date:today");
        let flaws: Vec<String> = take.flaws.iter().map(poll::flaw_line).collect();
        assert!(flaws.iter().all(|line| known(line)), "{flaws:#?}");
    }
}

/// The recorder put `date:now +1 hour` in the place of times.
fn expand(text: &str, now: Moment) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("date:now ") {
        out.push_str(before);
        let (written, tail) = after.split_once('"').expect("a text ends");
        let (number, unit) = written.split_once(' ').expect("a number and a unit");
        let number: i64 = number.parse().expect("a number");
        let unit = match unit.trim_end_matches('s') {
            "second" => 1,
            "minute" => 60,
            "hour" => 3600,
            "day" => 86_400,
            other => panic!("{other}"),
        };
        let at = Moment::from_ms(now.ms() + number * unit * 1000);
        out.push_str(&at.rfc3339(lookout::domain::time::UTC));
        out.push('"');
        rest = tail;
    }
    out + rest
}

/// The folders whose bodies are given to every source: what is not its own must be refused, never panicked at.
const FOLDERS: &[&str] = &[
    "cnemc",
    "quotsoft_hourly",
    "firms",
    "open-meteo",
    "openaq",
    "nws",
    "alertmanager",
];

#[test]
fn no_recorded_body_makes_any_source_panic() {
    let Some(folder) = std::env::var_os("LOOKOUT_REAL") else {
        println!("skipped: LOOKOUT_REAL names no folder of recorded bodies");
        return;
    };
    let now = poll::moment("2026-11-23T12:00:00+08:00");
    let openaq = "key = \"k\"\n[source.openaq]\nlocations = [1]\n";
    let model = "[source.open-meteo]\npoints = [{ id = \"b\", lat = 44.45, lon = 26.15 }]\n";
    let configs = [
        CNEMC,
        ARCHIVE,
        FIRMS,
        ALERTS,
        NWS,
        openaq,
        model,
        CNEMC_MAP,
        ARCHIVE_MAP,
        FIRMS_MAP,
    ];
    let mut bodies = 0;
    for name in FOLDERS {
        for entry in fs::read_dir(PathBuf::from(&folder).join(name)).expect("a folder") {
            let body = fs::read(entry.expect("an entry").path()).expect("a file");
            bodies += 1;
            for config in configs {
                let source = poll::source(config);
                let reply: Response = poll::ok(body.clone(), now);
                // Whatever it is: an answer or a named trouble.
                drop(source.read(&Cursor::Null, &reply, now));
            }
        }
    }
    assert!(bodies > 30, "only {bodies} bodies were found");
}
