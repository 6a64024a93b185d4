//! The bodies written by hand. A folder a source, with `source.toml` (how it is configured there) and for each case a
//! body and `<case>.expect.toml`, which names every point, reading, signal and flaw that comes of it, or the trouble.

use crate::poll;
use lookout::domain::feed::PollResult;
use lookout::net::Response;
use lookout::sources::Cursor;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What a case expects. All lists are whole.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expect {
    /// What the case shows, for its reader.
    about: String,
    /// The moment of the poll.
    now: String,
    /// How the source is configured, instead of `source.toml`.
    config: Option<String>,
    /// The bodies, in the order in which they are asked for.
    bodies: Vec<String>,
    status: Option<u16>,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    /// What is asked, one address a body.
    #[serde(default)]
    asks: Vec<String>,
    /// The trouble's name; then nothing else is expected.
    trouble: Option<String>,
    complete: Option<bool>,
    #[serde(default)]
    points: Vec<String>,
    #[serde(default)]
    readings: Vec<String>,
    #[serde(default)]
    signals: Vec<String>,
    #[serde(default)]
    forecasts: Vec<String>,
    #[serde(default)]
    flaws: Vec<String>,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/upstreams")
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a readable folder");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths
}

fn name(path: &Path) -> String {
    path.file_name().expect("a name").to_string_lossy().into_owned()
}

#[test]
fn every_body_written_by_hand_gives_what_its_case_expects() {
    let mut wrong = Vec::new();
    let mut cases = 0;
    for folder in entries(&root()) {
        let usual = fs::read_to_string(folder.join("source.toml")).expect("how the source is configured");
        let mut unused: Vec<String> = entries(&folder).iter().map(|path| name(path)).collect();
        unused.retain(|name| !name.ends_with(".toml"));
        for path in entries(&folder) {
            let Some(case) = name(&path).strip_suffix(".expect.toml").map(str::to_owned) else {
                continue;
            };
            cases += 1;
            let text = fs::read_to_string(&path).expect("a readable case");
            let expect: Expect =
                toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            unused.retain(|name| !expect.bodies.contains(name));
            if let Err(why) = compare(&folder, &usual, &expect) {
                let place = format!("{}/{case}", name(&folder));
                wrong.push(format!("== {place}: {}\n{why}", expect.about));
            }
        }
        assert_eq!(
            unused,
            Vec::<String>::new(),
            "bodies that no case of {folder:?} reads"
        );
    }
    assert!(cases > 0, "no case was found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A map, the built-in source of the same upstream, a body that both read, and when.
const SAME: &[(&str, &str, &str, &str)] = &[
    (
        "cnemc.map.toml",
        "[source.cnemc]\ncity = \"宁波市\"\n",
        "cnemc/stations.json",
        "2026-11-23T10:40:00+08:00",
    ),
    (
        "archive.map.toml",
        "[source.cnemc]\nform = \"archive\"\n",
        "cnemc/archive.csv",
        "2026-11-23T10:40:00+08:00",
    ),
];

#[test]
fn a_map_reads_what_the_built_in_source_reads() {
    for (map, own, body, now) in SAME {
        let map = fs::read_to_string(root().join("mapped").join(map)).expect("a map");
        let body = fs::read(root().join(body)).expect("a body");
        let take = |config: &str| {
            let reply = poll::ok(body.clone(), poll::moment(now));
            poll::take(poll::source(config).as_ref(), &[reply])
        };
        let (mapped, own) = (take(&map), take(own));
        let lines = |take: &PollResult| {
            let mut lines: Vec<String> = take.readings.iter().map(poll::reading_line).collect();
            lines.sort();
            lines
        };
        assert!(!own.readings.is_empty());
        assert_eq!(lines(&mapped), lines(&own));
        let is_absent = |flaw| poll::flaw_line(flaw).starts_with("Missing at ");
        assert!(mapped.flaws.iter().all(is_absent), "{:?}", mapped.flaws);
        let named = |take: &PollResult| take.points.iter().map(poll::point_line).collect::<Vec<_>>();
        assert_eq!(named(&mapped), named(&own));
    }
}

#[test]
fn a_map_reads_the_satellites_table() {
    let map = fs::read_to_string(root().join("mapped/firms.map.toml")).expect("a map");
    let body = fs::read(root().join("firms/text.csv")).expect("a body");
    let reply = poll::ok(body, poll::moment("2026-11-23T14:00:00+08:00"));
    let take = poll::take(poll::source(&map).as_ref(), &[reply]);
    let lines: Vec<String> = take.signals.iter().map(poll::signal_line).collect();
    assert_eq!(
        lines,
        [
            "N-2026-11-22-18:05-30.05-121.15 fire blue active 2026-11-23 02:05 @30.0500,121.1500 FIRMS N · 2.5 MW",
            "N-2026-11-23-05:16-30.1-121.2 fire yellow active 2026-11-23 13:16 @30.1000,121.2000 FIRMS N · 2.5 MW",
            "N-2026-11-23-05:16-30.3001-121.4001 fire orange active 2026-11-23 13:16 @30.3001,121.4001 FIRMS N · 99 MW",
        ]
    );
}

fn compare(folder: &Path, usual: &str, expect: &Expect) -> Result<(), String> {
    let source = poll::source(expect.config.as_deref().unwrap_or(usual));
    let at = poll::moment(&expect.now);
    let headers: Vec<_> = expect.headers.clone().into_iter().collect();
    let replies = expect.bodies.iter().map(|body| Response {
        status: expect.status.unwrap_or(200),
        headers: headers.clone(),
        body: fs::read(folder.join(body)).expect("a readable body"),
        at,
        ..Response::default()
    });
    let replies: Vec<Response> = replies.collect();
    let (asked, result) = poll::poll(source.as_ref(), &mut Cursor::Null, &replies);
    let mut wrong = Vec::new();
    if !expect.asks.is_empty() && asked != expect.asks {
        wrong.push(list("asks", &asked));
    }
    let take = match (&expect.trouble, result) {
        (None, Ok(take)) => take,
        (Some(name), Err(trouble)) => {
            let code = trouble.code();
            if *name != code {
                wrong.push(format!("trouble = {code:?}"));
            }
            PollResult::default()
        }
        (None, Err(trouble)) => return Err(format!("trouble = {:?}", trouble.code())),
        (Some(_), Ok(_)) => return Err("no trouble".to_owned()),
    };
    if expect.complete.is_some_and(|complete| complete != take.complete) {
        wrong.push(format!("complete = {}", take.complete));
    }
    let lines = [
        (
            "points",
            take.points.iter().map(poll::point_line).collect::<Vec<_>>(),
            &expect.points,
        ),
        (
            "readings",
            take.readings.iter().map(poll::reading_line).collect(),
            &expect.readings,
        ),
        (
            "signals",
            take.signals.iter().map(poll::signal_line).collect(),
            &expect.signals,
        ),
        (
            "forecasts",
            take.forecasts.iter().map(poll::forecast_line).collect(),
            &expect.forecasts,
        ),
        (
            "flaws",
            take.flaws.iter().map(poll::flaw_line).collect(),
            &expect.flaws,
        ),
    ];
    for (name, found, wanted) in lines {
        if found != *wanted {
            wrong.push(list(name, &found));
        }
    }
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(wrong.join("\n"))
    }
}

fn list(name: &str, lines: &[String]) -> String {
    let lines: Vec<String> = lines.iter().map(|line| format!("    {line:?},\n")).collect();
    format!("{name} = [\n{}]", lines.concat())
}
