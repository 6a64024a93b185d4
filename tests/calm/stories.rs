//! Polls in a row, and what must not come of them: a list read in part ends nothing, and says so.

use crate::{QUIET, Room, console};
use lookout::cli::furnish::wired;
use lookout::clock::Clock;
use lookout::domain::feed::{FeedState, FlawKind, Lack, PollResult};
use lookout::domain::signal::Severity;
use lookout::domain::time::{CHINA, Moment, Span, UTC};
use lookout::net::Response;
use lookout::sources::Cursor;
use serde_json::{Value, json};

const MAP: &str = "[source.mapped]\nformat = \"json\"\nrows = \"$.data[*]\"\n";
const TIME: &str = "time = { from = [\"t\"], form = \"%Y-%m-%d %H:%M:%S\" }\n";
const FIRE: &str =
    "[source.mapped.signal]\nkind = \"fire\"\nid = [\"id\"]\ntitle = \"烟火\"\ncomplete = true\n";

fn now() -> Moment {
    Clock::Wall.now()
}

/// A room of one source of fires at `query`, with more keys of its map.
fn fires(query: &str, keys: &str) -> Room {
    Room::new(|base| {
        format!("[[source]]\nid = \"fires\"\nurl = \"{base}/x{query}\"\n{MAP}{keys}{TIME}{FIRE}")
    })
}

fn rows(ids: std::ops::Range<u32>) -> Value {
    let at = now().local(CHINA).format("%Y-%m-%d %H:%M:%S").to_string();
    ids.map(|id| json!({"id": id, "t": at})).collect()
}

/// Reads bodies one after another as one poll, with the pages that were asked.
fn read(room: &Room, at: Moment, bodies: &[Value]) -> PollResult {
    let config = room.checked();
    let source = wired(&config).remove(0).source;
    let (mut cursor, mut whole) = (Cursor::Null, PollResult::begun());
    for body in bodies {
        let reply = Response {
            status: 200,
            headers: Vec::new(),
            body: body.to_string().into_bytes(),
            at,
            ..Response::default()
        };
        let read = source.read(&cursor, &reply, at).expect("a good page");
        whole.add(read.take);
        cursor = read.cursor;
        if !read.more {
            break;
        }
    }
    whole.settle().expect("a good poll")
}

#[test]
fn more_pages_than_a_poll_may_ask_for_end_nothing_and_the_next_poll_begins_anew() {
    let room = fires("?page={page}", "page_size = 2\n");
    for page in 1..=60 {
        room.upstream.set(
            &format!("/x?page={page}"),
            json!({"data": rows(page * 2..page * 2 + 2)}).to_string(),
        );
    }
    for _ in 0..2 {
        let feeds = room.poll();
        let asked = room.upstream.asked();
        assert_eq!(
            (asked.len(), asked[0].as_str(), asked[49].as_str()),
            (50, "/x?page=1", "/x?page=50")
        );
        assert_eq!(
            (feeds[0].state, feeds[0].cut, feeds[0].rows),
            (FeedState::Degraded, true, 100)
        );
        assert!(feeds[0].flaw_samples.iter().any(|flaw| flaw.why == FlawKind::Cut));
        assert!(feeds[0].loses_too_much() && !console(&feeds[0]).contains(QUIET));
    }
    assert_eq!(room.check().0, Some(1));
}

#[test]
fn a_last_page_that_comes_again_proves_nothing_and_a_declared_total_does() {
    let pages = [
        json!({"data": rows(0..2)}),
        json!({"data": rows(2..4)}),
        json!({"data": rows(2..4)}),
    ];
    let take = read(&fires("?page={page}", "page_size = 2\n"), now(), &pages);
    assert_eq!((take.complete, take.cut, take.signals.len()), (false, true, 4));
    let total = |ids, total: u32| json!({"data": rows(ids), "total": total});
    let room = fires("?page={page}", "page_size = 2\ntotal = \"$.total\"\n");
    let take = read(&room, now(), &[total(0..2, 4), total(2..4, 4)]);
    assert_eq!((take.complete, take.cut, take.signals.len()), (true, false, 4));
    let take = read(&room, now(), &[total(0..2, 4), total(2..3, 4)]);
    assert_eq!((take.complete, take.cut), (false, true), "one of four is missing");
    let take = read(&room, now(), &[total(0..2, 4), total(2..4, 3)]);
    assert_eq!((take.complete, take.cut), (false, true), "the list moved");
    let room = fires("?page={page}", "page_size = 2\n");
    let take = read(
        &room,
        now(),
        &[json!({"data": rows(0..2)}), json!({"data": rows(1..2)})],
    );
    assert_eq!(
        (take.complete, take.cut),
        (false, true),
        "a row slipped to the next page"
    );
    let take = read(
        &room,
        now(),
        &[json!({"data": rows(0..2)}), json!({"data": rows(2..3)})],
    );
    assert_eq!((take.complete, take.cut), (true, false));
}

#[test]
fn a_page_that_fails_midway_ends_nothing_and_what_came_before_it_counts() {
    let room = fires("?page={page}", "page_size = 2\n");
    room.upstream
        .set("/x?page=1", json!({"data": rows(0..2)}).to_string());
    room.upstream.set("/x?page=2", "<html><title>502</title></html>");
    let feeds = room.poll();
    assert_eq!((feeds[0].state, feeds[0].rows), (FeedState::Degraded, 2));
    assert!(feeds[0].trouble.is_some() && feeds[0].loses_too_much());
    assert_eq!(room.check().0, Some(1));
}

#[test]
fn a_list_of_one_day_does_not_speak_of_the_day_before() {
    let midnight = Moment::parse_rfc3339("2026-11-27T00:00:00+08:00").expect("a moment");
    let day = fires("?day={time:%Y%m%d}", "");
    let take = read(&day, midnight, &[json!({"data": []})]);
    assert_eq!((take.complete, take.since), (true, Some(midnight)));
    let before = fires("?from={time-1d:%Y%m%d}&to={time:%Y%m%d}", "");
    let take = read(&before, midnight, &[json!({"data": []})]);
    assert_eq!(
        (take.complete, take.since),
        (true, Some(midnight - Span::hours(24)))
    );
    let take = read(&fires("", ""), midnight, &[json!({"data": []})]);
    assert_eq!(
        (take.complete, take.since),
        (true, None),
        "everything was asked for"
    );
}

#[test]
fn satellites_are_asked_for_two_days_and_read_for_twenty_four_hours() {
    let room = Room::new(|_| {
        "[[source]]\nid = \"fires\"\nkey = \"k\"\n[source.firms]\narea = [120.8, 29.6, 121.5, 30.4]\n\
         sensors = [\"VIIRS_SNPP_NRT\"]\n"
            .to_owned()
    });
    let source = wired(&room.checked()).remove(0).source;
    // Ten past eight in China is ten past midnight in UTC.
    let at = Moment::parse_rfc3339("2026-11-27T00:10:00Z").expect("a moment");
    let asked = format!("{:?}", source.ask(&Cursor::Null, at));
    assert!(asked.ends_with("/120.8,29.6,121.5,30.4/2"), "{asked}");
    let head = "latitude,longitude,acq_date,acq_time,satellite,confidence,frp,daynight";
    let body = format!(
        "{head}\n30.05,121.15,2026-11-26,1804,N,n,4,N\n30.25,121.15,2026-11-27,0004,N,n,4,D\n\
         30.35,121.15,2026-11-26,0004,N,n,4,D\n"
    );
    let reply = Response {
        status: 200,
        headers: Vec::new(),
        body: body.into_bytes(),
        at,
        ..Response::default()
    };
    let take = source.read(&Cursor::Null, &reply, at).expect("a table").take;
    let ids: Vec<&str> = take.signals.iter().map(|signal| signal.id.as_str()).collect();
    assert_eq!(
        ids,
        ["N-20261126-1804-30.05-121.15", "N-20261127-0004-30.25-121.15"]
    );
}

#[test]
fn a_warning_that_is_listed_stands_though_its_message_has_expired() {
    let room = Room::new(|base| {
        format!("[[source]]\nid = \"nws\"\nurl = \"{base}/x\"\n[source.nws]\nareas = [\"CA\"]\n")
    });
    let expired = (now() - Span::mins(20)).rfc3339(UTC);
    let alert = |ends: Value, kind: &str| {
        json!({"features": [{"properties": {"id": "a", "sent": expired, "messageType": kind, "severity": "Severe",
               "event": "Flood Warning", "expires": expired, "ends": ends}}]})
    };
    let stands = |body: Value| {
        let take = read(&room, now(), &[body]);
        (take.signals[0].active, take.signals[0].ends)
    };
    assert_eq!(stands(alert(Value::Null, "Alert")), (true, None));
    assert!(!stands(alert(json!(expired), "Alert")).0, "its own end is over");
    assert!(!stands(alert(Value::Null, "Cancel")).0);
}

#[test]
fn a_watchdog_is_no_alarm_while_it_stands_and_is_missed_when_it_does_not() {
    let room = Room::new(|base| {
        format!(
            "[[source]]\nid = \"am\"\nurl = \"{base}/alertmanager\"\n[source.alertmanager]\nexpect = [\"Watchdog\"]\n"
        )
    });
    let feeds = room.poll();
    assert_eq!(
        (feeds[0].state, feeds[0].rows),
        (FeedState::Ok, 2),
        "two alerts, and the watchdog"
    );
    room.upstream.set("/alertmanager/api/v2/alerts", "[]");
    let feeds = room.poll();
    assert_eq!(feeds[0].state, FeedState::Degraded);
    assert_eq!(feeds[0].lacks, [Lack::Alert("Watchdog".into())]);
    assert!(feeds[0].loses_too_much(), "an alarm at once");
}

const GRADES: &str = "severity_from = \"grade\"\nseverities = { \"红色\" = \"red\", \"黄色\" = \"yellow\" }\narea = \"town\"\n";

#[test]
fn words_that_no_table_knows_are_kept_ranked_highest_and_counted() {
    let room = Room::new(|base| {
        let source = format!("[[source]]\nid = \"fires\"\nurl = \"{base}/x\"\n{MAP}{TIME}{FIRE}{GRADES}");
        format!("{source}[[township]]\nid = \"sm\"\nname = \"泗门镇\"\n")
    });
    let at = now().local(CHINA).format("%Y-%m-%d %H:%M:%S").to_string();
    let row = |id: u32, grade: &str, town: &str| json!({"id": id, "t": at, "grade": grade, "town": town});
    let body = json!({"data": [
        row(1, "红色", "余姚市泗门镇海南村"),
        row(2, "暴雨红色预警", "某不认识镇"),
        row(3, "", ""),
    ]});
    let take = read(&room, now(), &[body]);
    let said: Vec<_> = take
        .signals
        .iter()
        .map(|s| (s.severity, s.severity_words.as_str(), s.area.as_str()))
        .collect();
    assert_eq!(
        said,
        [
            (Severity::Red, "", "余姚市泗门镇海南村"),
            (Severity::Red, "暴雨红色预警", "某不认识镇"),
            (Severity::Yellow, "", ""),
        ]
    );
    let flaws: Vec<_> = take
        .flaws
        .iter()
        .map(|flaw| (flaw.why, flaw.found.as_str()))
        .collect();
    assert_eq!(
        flaws,
        [
            (FlawKind::Unknown, "暴雨红色预警"),
            (FlawKind::Unknown, "某不认识镇")
        ]
    );
    assert_eq!(
        (take.rows.lost, take.complete),
        (0, true),
        "understood, all of them"
    );
}

#[test]
fn a_platform_that_says_less_than_it_should_is_blind() {
    let room = Room::new(|base| {
        let volume = "volume = { rows = 3, within = \"1s\" }\n";
        format!("[[source]]\nid = \"fires\"\nurl = \"{base}/x\"\n{volume}{MAP}{TIME}{FIRE}")
    });
    let config = room.checked();
    let mut feed = wired(&config).remove(0).feed();
    let take = read(&room, now(), &[json!({"data": rows(0..2)})]);
    let later = now() + Span::secs(5);
    feed.good(&take, now());
    assert_eq!(feed.lacks, [], "not listened to for long enough");
    feed.good(&take, later);
    assert_eq!(feed.lacks, [Lack::Volume(0, 3)]);
    assert!(feed.loses_too_much() && !console(&feed).contains(QUIET));
}
