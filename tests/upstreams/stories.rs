//! What several polls in a row make of what they remember.

use crate::poll;
use lookout::domain::feed::Lack;
use lookout::domain::text::Clean;
use lookout::domain::time::{Moment, Span, UTC};
use lookout::sources::{Cursor, Source};

const NOW: &str = "2026-11-23T10:40:00+08:00";

/// One poll of one body, two minutes after the one before; its signals as lines.
fn signals(source: &dyn Source, cursor: &mut Cursor, body: &str, at: &mut Moment) -> Vec<String> {
    *at = *at + Span::mins(2);
    let (_, result) = poll::poll(source, cursor, &[poll::ok(body, *at)]);
    let take = result.unwrap_or_else(|trouble| panic!("{trouble:?}"));
    assert_eq!(take.flaws, Vec::new());
    assert!(!take.complete, "an absence alone ends nothing");
    take.signals.iter().map(poll::signal_line).collect()
}

fn warning(id: &str, references: &str) -> String {
    format!(
        r#"{{"properties":{{"id":"{id}","references":[{references}],"sent":"2026-11-23T01:00:00Z",
        "expires":"2026-11-24T01:00:00Z","ends":null,"messageType":"Alert","severity":"Severe","event":"Wind"}}}}"#
    )
}

fn features(all: &[String]) -> String {
    format!(r#"{{"features":[{}]}}"#, all.join(","))
}

#[test]
fn a_warning_that_a_stale_cache_leaves_out_returns_and_one_that_stays_away_ends() {
    let source = poll::source("[source.nws]\nareas = [\"CA\"]\n");
    let (mut cursor, mut at) = (Cursor::Null, poll::moment(NOW));
    let mut poll = |bodies: &[String]| signals(source.as_ref(), &mut cursor, &features(bodies), &mut at);
    let stands = "a weather orange active 2026-11-23 09:00 Wind";
    let ended = "a weather orange ended 2026-11-23 09:00 Wind";
    assert_eq!(poll(&[warning("a", "")]), [stands]);
    assert_eq!(poll(&[]), [""; 0]);
    assert_eq!(poll(&[]), [""; 0]);
    assert_eq!(poll(&[warning("a", "")]), [stands], "it returned");
    assert_eq!([poll(&[]), poll(&[])], [vec![], Vec::<String>::new()]);
    assert_eq!(poll(&[]), [ended], "three polls in a row without it");
    assert_eq!(poll(&[]), [""; 0], "and it is said once");
}

#[test]
fn a_warning_that_another_message_replaces_ends_at_once() {
    let source = poll::source("[source.nws]\nareas = [\"CA\"]\n");
    let (mut cursor, mut at) = (Cursor::Null, poll::moment(NOW));
    let mut poll = |bodies: &[String]| signals(source.as_ref(), &mut cursor, &features(bodies), &mut at);
    poll(&[warning("a", "")]);
    let update = warning("b", r#"{"identifier":"a"}"#);
    assert_eq!(
        poll(&[update]),
        [
            "b weather orange active 2026-11-23 09:00 Wind",
            "a weather orange ended 2026-11-23 09:00 Wind"
        ]
    );
}

const FIRES: &str = "latitude,longitude,acq_date,acq_time,satellite,confidence,frp,daynight\n";

#[test]
fn a_fire_keeps_its_id_when_another_satellite_sees_it_in_a_later_poll() {
    let config = "url = \"http://x/f.csv\"\n[source.firms]\narea = [120.0, 29.0, 122.0, 31.0]\n";
    let source = poll::source(config);
    let (mut cursor, mut at) = (Cursor::Null, poll::moment(NOW));
    let first = format!("{FIRES}30.05,121.15,2026-11-23,0200,N,n,4,D\n");
    let later = format!("{first}30.052,121.151,2026-11-23,0150,N20,h,8,D\n");
    let mut poll = |body: &str| signals(source.as_ref(), &mut cursor, body, &mut at);
    assert_eq!(
        poll(&first),
        ["N-20261123-0200-30.05-121.15 fire yellow active 2026-11-23 10:00 @30.0500,121.1500 FIRMS N · 4 MW"]
    );
    assert_eq!(
        poll(&later),
        [
            "N-20261123-0200-30.05-121.15 fire orange active 2026-11-23 10:00 @30.0520,121.1510 FIRMS N N20 · 8 MW"
        ],
        "surer and stronger, but the same fire"
    );
    assert_eq!(poll(FIRES), [""; 0], "a satellite that is silent ends no fire");
}

#[test]
fn the_sensors_are_joined_once_a_day_and_not_at_every_poll() {
    let source = poll::source("key = \"a-key\"\n[source.openaq]\nlocations = [7]\n");
    let location = r#"{"results":[{"id":7,"name":"x","sensors":[{"id":70,"parameter":{"name":"pm10","units":"µg/m³"}}]}]}"#;
    let latest = r#"{"results":[{"sensorsId":70,"value":12,"datetime":{"utc":"2026-11-23T02:00:00Z"}}]}"#;
    let mut cursor = Cursor::Null;
    let mut poll = |at: Moment, bodies: &[&str]| {
        let replies: Vec<_> = bodies.iter().map(|body| poll::ok(*body, at)).collect();
        let (asked, result) = poll::poll(source.as_ref(), &mut cursor, &replies);
        assert!(result.is_ok_and(|take| take.readings.len() == 1));
        asked
    };
    let now = poll::moment(NOW);
    let of_location = "Get https://api.openaq.org/v3/locations/7";
    let of_latest = "Get https://api.openaq.org/v3/locations/7/latest?limit=1000&page=1";
    assert_eq!(poll(now, &[location, latest]), [of_location, of_latest]);
    assert_eq!(poll(now + Span::hours(23), &[latest]), [of_latest]);
    assert_eq!(poll(now + Span::hours(25), &[latest]), [of_latest]);
    assert_eq!(
        poll(now + Span::hours(26), &[location, latest]),
        [of_location, of_latest]
    );
}

#[test]
fn a_quantity_that_nobody_knows_is_counted_in_the_upstreams_own_words() {
    let source = poll::source("key = \"k\"\n[source.openaq]\nlocations = [7]\n");
    let sensors: Vec<String> = [
        ("pm10", "µg/m³"),
        ("bc", "µg/m³"),
        ("纳米塑料", "µg/m³"),
        ("temperature", "f"),
    ]
    .iter()
    .zip(70..)
    .map(|((name, units), id)| format!(r#"{{"id":{id},"parameter":{{"name":"{name}","units":"{units}"}}}}"#))
    .collect();
    let location = format!(
        r#"{{"results":[{{"id":7,"name":"x","sensors":[{}]}}]}}"#,
        sensors.join(",")
    );
    let row =
        |id: u32| format!(r#"{{"sensorsId":{id},"value":50,"datetime":{{"utc":"2026-11-23T02:00:00Z"}}}}"#);
    let latest = format!(
        r#"{{"results":[{},{},{},{}]}}"#,
        row(70),
        row(71),
        row(72),
        row(73)
    );
    let now = poll::moment(NOW);
    let take = poll::take(source.as_ref(), &[poll::ok(location, now), poll::ok(latest, now)]);
    let flaws: Vec<String> = take.flaws.iter().map(poll::flaw_line).collect();
    assert_eq!(
        flaws,
        ["Unknown at row 3, parameter: 纳米塑料"],
        "black carbon is known, and left out"
    );
    let readings: Vec<String> = take.readings.iter().map(poll::reading_line).collect();
    assert_eq!(
        readings,
        [
            "7 2026-11-23 10:00 hour pm10 50",
            "7 2026-11-23 10:00 hour temperature 10"
        ]
    );
    assert_eq!((take.rows.lost, take.flawed), (0, 1), "nothing is lost by it");
}

#[test]
fn a_word_for_a_place_that_nobody_knows_is_counted_for_points_as_for_signals() {
    let map = "url = \"http://x\"\n[source.mapped]\nformat = \"json\"\nrows = \"$[*]\"\n\
               point = { id = [\"code\"], township = \"town\" }\ntime = { from = [\"t\"], form = \"%Y-%m-%d %H:%M\" }\n\
               [[source.mapped.reading]]\nfrom = \"pm25\"\nquantity = \"pm25\"\n";
    let row = |code: &str, town: &str| {
        format!(r#"{{"code":"{code}","t":"2026-11-23 10:00","pm25":35,"town":"{town}"}}"#)
    };
    let body = format!(
        "[{},{},{}]",
        row("A", "泗门镇"),
        row("B", "某不认识镇"),
        row("C", "")
    );
    let flaws = |townships: &str| {
        let source = poll::source(&format!("{map}{townships}"));
        let take = poll::take(source.as_ref(), &[poll::ok(body.as_str(), poll::moment(NOW))]);
        assert_eq!(
            (take.points.len(), take.readings.len(), take.rows.lost),
            (3, 3, 0)
        );
        take.flaws.iter().map(poll::flaw_line).collect::<Vec<_>>()
    };
    let known = flaws("[[township]]\nid = \"sm\"\nname = \"泗门镇\"\n");
    assert_eq!(known, ["Unknown at row 2, town: 某不认识镇"]);
    assert_eq!(flaws(""), [""; 0], "a room without townships routes by none");
}

#[test]
fn a_heartbeat_is_of_now_or_none() {
    let map = "url = \"http://a.example/\"\n[source.mapped]\nformat = \"json\"\nrows = \"$.list[*]\"\n\
               heartbeat = { from = \"$.beat\", within = \"15m\" }\n\
               time = { from = [\"t\"], form = \"rfc3339\" }\n\
               [source.mapped.signal]\nkind = \"fire\"\nid = [\"id\"]\ntitle = \"fire\"\n";
    let (source, now) = (poll::source(map), poll::moment(NOW));
    let lacks = |beat: Moment| {
        let body = format!(r#"{{"beat":"{}","list":[]}}"#, beat.rfc3339(UTC));
        let (_, result) = poll::poll(source.as_ref(), &mut Cursor::Null, &[poll::ok(body, now)]);
        result.unwrap_or_else(|trouble| panic!("{trouble:?}")).lacks
    };
    for minutes in [-15, -1, 0, 15] {
        assert_eq!(lacks(now + Span::mins(minutes)), [], "{minutes} minutes");
    }
    for minutes in [-60 * 24, -16, 16, 60, 60 * 24] {
        let beat = now + Span::mins(minutes);
        let off = Lack::WrongHeartbeat(Clean::new("$.beat"), beat);
        assert_eq!(lacks(beat), [off], "{minutes} minutes");
    }
}
