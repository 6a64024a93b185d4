//! Every source is bounded in what is read of a reply, whatever its upstream sends, and says by name which bound that was.

use crate::bench::check::World;
use crate::config::checked::read;
use crate::domain::feed::PollError;
use crate::domain::feed::bounds::{Bound, Most, Passed};
use crate::domain::time::Moment;
use crate::net::Response;
use crate::sources::{Cursor, Read, SOURCES, build};
use std::path::Path;
use std::sync::Arc;

/// What stands in each kind's table.
const KINDS: &[(&str, &str)] = &[
    (
        "mapped",
        "format = 'json'\ntime = { from = ['t'], form = 'unix' }\nsignal = { kind = 'fire', id = ['id'], title = 'x' }",
    ),
    ("cnemc", "city = '宁波市'"),
    ("open-meteo", "points = [{ id = 'p', lat = 30, lon = 121 }]"),
    ("openaq", "locations = [1]"),
    ("firms", "area = [120, 29, 122, 31]"),
    ("nws", "areas = ['CA']"),
    ("alertmanager", ""),
    ("answers", ""),
];

const MOST: Most = Most {
    rows: 3,
    values: 1000,
    depth: 8,
};

fn noon() -> Moment {
    Moment::parse_rfc3339("2026-11-23T12:00:00+08:00").expect("a fixed text")
}

fn gives(kind: &str, body: String) -> Result<Read, PollError> {
    let options = KINDS.iter().find(|row| row.0 == kind).map_or("", |row| row.1);
    let text =
        format!("[[source]]\nid = 'a'\nkey = 'a-key'\nurl = 'http://x/'\n[source.{kind}]\n{options}\n");
    let config = read(Path::new("lookout.toml"), &text, &World).expect("a good file");
    let reply = Response {
        status: 200,
        body: body.into_bytes(),
        most: MOST,
        ..Response::default()
    };
    build(&config.sources[0], &Arc::default()).read(&Cursor::Null, &reply, noon())
}

#[test]
fn more_values_and_deeper_ones_than_are_read_are_said_by_every_source_with_the_figures() {
    assert_eq!(
        KINDS.iter().map(|row| row.0).collect::<Vec<_>>(),
        SOURCES.iter().map(|kind| kind.key).collect::<Vec<_>>()
    );
    let wide = format!("[{}0]", "0,".repeat(5000));
    let deep = format!("{}{}", "[".repeat(50), "]".repeat(50));
    // A table is no JSON: of it rows are bounded.
    for (kind, _) in KINDS.iter().filter(|row| row.0 != "firms") {
        for (body, bound, found, most) in [(&wide, Bound::Values, 5002, 1000), (&deep, Bound::Depth, 50, 8)] {
            let passed = Passed { bound, found, most };
            assert_eq!(
                gives(kind, body.clone()).err(),
                Some(PollError::Beyond(passed)),
                "{kind}"
            );
        }
    }
}

#[test]
fn of_more_rows_than_are_read_the_first_are_taken_and_the_rest_is_counted() {
    let rows = |row: &str, count: usize| {
        (0..count)
            .map(|n| row.replace('N', &n.to_string()))
            .collect::<Vec<_>>()
    };
    let alert = r#"{"fingerprint":"N","labels":{"alertname":"N"},"startsAt":"2026-11-23T03:00:00Z","status":{"state":"active"}}"#;
    let answer = r#"{"task":"N","unit":"u","kind":"done","at":"2026-11-23T03:00:00Z"}"#;
    let signal = r#"{"id":"N","t":1795402800}"#;
    let pixel = "30.N,121.1,2026-11-23,0300,N,n,5.1,D\n";
    let head = "latitude,longitude,acq_date,acq_time,satellite,confidence,frp,daynight\n";
    let list = |row: &str| format!("[{}]", rows(row, 9).join(","));
    for (kind, body, found) in [
        ("mapped", list(signal), 9),
        ("alertmanager", list(alert), 9),
        ("answers", list(answer), 9),
        ("firms", format!("{head}{}", rows(pixel, 9).concat()), 9),
    ] {
        let read = gives(kind, body).unwrap_or_else(|why| panic!("{kind}: {why:?}"));
        let take = read.take;
        let passed = Passed {
            bound: Bound::Rows,
            found,
            most: 3,
        };
        assert_eq!(
            (take.passed, take.cut, take.complete),
            (Some(passed), true, false),
            "{kind}"
        );
        assert!(
            (1..=3).contains(&(take.signals.len() + take.answers.len())),
            "{kind}"
        );
    }
}

#[test]
fn a_list_of_as_many_rows_as_are_read_is_read_whole() {
    let pixel = |n| format!("3{n}.5,121.1,2026-11-23,0300,N,n,5.1,D\n");
    let pixels = [0, 1, 2].map(pixel).concat();
    let head = "latitude,longitude,acq_date,acq_time,satellite,confidence,frp,daynight\n";
    let row = |n| format!(r#"{{"id":"{n}","t":1795402800}}"#);
    let list = format!("[{}]", [1, 2, 3].map(row).join(","));
    for (kind, body) in [("firms", format!("{head}{pixels}")), ("mapped", list)] {
        let take = gives(kind, body)
            .unwrap_or_else(|why| panic!("{kind}: {why:?}"))
            .take;
        let found = (take.passed, take.cut, take.rows.there, take.rows.gave);
        assert_eq!(found, (None, false, 3, 3), "{kind}");
    }
}
