//! What a day received becomes a fact once the day is over; a reading that is changed, removed or added afterwards is named
//! with its day, by command and on every screen.

use crate::room::{Hands, Room};
use crate::seat::Person;
use lookout::domain::fact::Fact;
use lookout::domain::fact::readings::DayRoot;
use lookout::domain::fact::room::RoomFact;
use lookout::domain::feed::PollResult;
use lookout::domain::id::{PointId, SourceId};
use lookout::domain::quantity::{Quantity, Value};
use lookout::domain::reading::{Flag, Period, Reading};
use lookout::domain::time::{Moment, Span};
use lookout::lang::Lang;
use lookout::store::Ledger;
use rusqlite::Connection;
use std::path::Path;

const ROOM: &str = r#"
[room]
name = "Duty room"
language = "en"
[store]
path = "room.db"
keep_readings = "30d"
[[operator]]
id = "zhou"
role = "operator"
"#;

fn noon() -> Moment {
    Moment::parse_rfc3339("2025-06-10T12:00:00+08:00").expect("a fixed text")
}

fn reading(point: &str, at: Moment, value: i64) -> Reading {
    Reading {
        point: PointId::new(point),
        quantity: Quantity::Pm25,
        period: Period::Hour,
        at,
        value: Some(Value::whole(value)),
        flag: Flag::Valid,
        source: SourceId::new("air"),
    }
}

fn poll(room: &mut Room, readings: Vec<Reading>) {
    let take = PollResult {
        readings,
        ..PollResult::default()
    };
    room.poll("air", take);
}

fn roots(room: &Room) -> Vec<DayRoot> {
    let entries = room.ledger().entries(0, 10_000).expect("read");
    let mut all = Vec::new();
    for entry in entries {
        if let Fact::Room(RoomFact::Readings(root)) = entry.fact {
            all.push(*root);
        }
    }
    all
}

/// Time passes until so many days have their root.
fn ended(room: &mut Room, hands: &Hands, passes: Span, days: usize) {
    hands.turn(passes, Span::ZERO);
    for _ in 0..20_000 {
        room.see();
        if roots(room).len() == days {
            return;
        }
        hands.turn(Span::secs(1), Span::ZERO);
    }
    panic!("{days} days have ended: {:?}", roots(room));
}

/// A room of two days: three readings on the first; on the second a late one, a correction, and two of its own.
fn two_days() -> (Room, Hands) {
    let mut room = Room::new(ROOM, &[], noon());
    let hands = room.goes_steadily();
    room.collects();
    let hours = [noon() - Span::hours(2), noon() - Span::hours(1), noon()];
    poll(&mut room, hours.map(|at| reading("s1", at, 40)).to_vec());
    ended(&mut room, &hands, Span::hours(13), 1);
    let now = room.now();
    let later = vec![
        reading("s2", noon() - Span::hours(2), 7),
        reading("s1", noon(), 55),
        reading("s1", now - Span::hours(1), 41),
        reading("s1", now, 42),
    ];
    poll(&mut room, later);
    ended(&mut room, &hands, Span::hours(24), 2);
    (room, hands)
}

/// What is done to a copy of the ledger is named by the audit.
fn audited(room: &Room, done: &str) -> (Option<i32>, String, String) {
    let copy = room.file().with_file_name("copy.db");
    std::fs::remove_file(&copy).ok();
    let conn = Connection::open(room.file()).expect("the ledger");
    conn.execute("VACUUM INTO ?1", [copy.to_str()]).expect("copied");
    tamper(&copy, done);
    let db = copy.to_str().expect("a path");
    let zhou = room.person("zhou").id;
    let en = room.runs(&zhou, &["audit", "verify", "--db", db]);
    let zh = room.says("zhou", &["audit", "verify", "--lang", "zh", "--db", db]);
    let said = String::from_utf8([en.stdout, en.stderr].concat()).expect("text");
    (en.status.code(), said, zh)
}

fn tamper(path: &Path, done: &str) {
    let conn = Connection::open(path).expect("the ledger");
    conn.execute_batch(done).expect(done);
}

#[test]
fn each_reading_changed_removed_or_added_after_its_day_is_named_with_it_in_both_languages() {
    let (mut room, _hands) = two_days();
    room.stop();
    let [first, second] = roots(&room).try_into().expect("two days");
    assert_eq!((first.lot, first.count), (0, 3));
    assert_eq!(
        (second.lot, second.count, second.oldest),
        (1, 4, Some(noon() - Span::hours(2)))
    );
    let (exit, said, zh) = audited(&room, "");
    assert_eq!(exit, Some(0), "{said}");
    assert!(
        said.contains("days whose readings are those that were recorded: 2"),
        "{said}"
    );
    assert!(zh.contains("读数与当日记入台账的一致：2 天"), "{zh}");
    let silently = "DROP TRIGGER reading_corrected;";
    let (one, two) = ("2025-06-10", "2025-06-11");
    let own = "series = 1 AND at = (SELECT min(at) FROM reading WHERE series = 1)";
    for (what, days) in [
        // Of the first day: changed as SQLite lets it be changed, and behind its back.
        (format!("UPDATE reading SET value = value + 1 WHERE {own}"), [Some("3 then, 4 now"), None]),
        (format!("{silently} UPDATE reading SET value = value + 1 WHERE {own}"), [Some("3 then, 3 now"), None]),
        (format!("{silently} UPDATE reading SET flag = 1 WHERE {own}"), [Some("3 then, 3 now"), None]),
        (format!("{silently} UPDATE reading SET value = NULL WHERE {own}"), [Some("3 then, 3 now"), None]),
        (format!("{silently} UPDATE reading SET at = at + 1 WHERE {own}"), [Some("3 then, 3 now"), None]),
        (format!("{silently} UPDATE reading SET kept = kept + 1 WHERE {own}"), [Some("3 then, 3 now"), None]),
        ("UPDATE superseded SET value = 1".to_owned(), [Some("3 then, 3 now"), None]),
        (format!("DELETE FROM reading WHERE {own}"), [Some("3 then, 2 now"), None]),
        ("DELETE FROM superseded".to_owned(), [Some("3 then, 2 now"), None]),
        ("INSERT INTO reading SELECT series, at + 5, value, flag, source, kept, 1, 0 FROM reading WHERE lot = 0 LIMIT 1".to_owned(),
            [Some("3 then, 4 now"), None]),
        (format!("{silently} UPDATE reading SET lot = 1 WHERE {own}"), [Some("3 then, 2 now"), Some("4 then, 5 now")]),
        ("UPDATE series SET point = 's9' WHERE id = 1".to_owned(), [Some("3 then, 3 now"), Some("4 then, 4 now")]),
        ("UPDATE source SET name = 'elsewhere'".to_owned(), [Some("3 then, 3 now"), Some("4 then, 4 now")]),
        // Of the second.
        ("DELETE FROM reading WHERE series = 2".to_owned(), [None, Some("4 then, 3 now")]),
    ] {
        let (exit, said, zh) = audited(&room, &what);
        assert_eq!(exit, Some(1), "{what}: {said}");
        for (day, counts) in [one, two].into_iter().zip(days) {
            let words = format!("the readings of {day} are not those that were recorded");
            let named = said.lines().find(|line| line.starts_with(&words));
            assert_eq!(named.is_some(), counts.is_some(), "{what}: {said}");
            assert!(named.is_none_or(|line| line.contains(counts.unwrap_or_default())), "{what}: {said}");
            let words = format!("{day} 的读数不是当日记入台账的那些");
            assert_eq!(zh.contains(&words), counts.is_some(), "{what}: {zh}");
        }
    }
}

#[test]
fn a_day_that_differs_stands_on_every_screen_and_refuses_no_act() {
    let (mut room, _hands) = two_days();
    room.stop();
    tamper(&room.file(), "DELETE FROM reading WHERE series = 2");
    room.collects();
    let board = room.until("it is found", |board| !board.chain.days.differ.is_empty());
    assert!(board.chain.holds().is_ok() && board.writable.is_ok());
    for (lang, words) in [
        (
            Lang::En,
            "the readings of 2025-06-11 are not those that were recorded (4 then, 3 now)",
        ),
        (
            Lang::Zh,
            "2025-06-11 的读数不是当日记入台账的那些（当时 4 个，现有 3 个）",
        ),
    ] {
        let screen = Person::sits(&mut room, "zhou", lang).screen(&room);
        assert!(screen.contains(words), "{screen}");
    }
    // Commands and other consoles hear it from the store.
    let said = room.says("zhou", &["feeds"]);
    assert!(said.contains("the readings of 2025-06-11 are not"), "{said}");
}

#[test]
fn readings_are_dropped_only_once_the_ledger_has_said_so_and_their_days_are_said_to_be_past() {
    let (mut room, hands) = two_days();
    // A source that speaks of 1970 makes no day past that is not.
    ended(&mut room, &hands, Span::days(40), 3);
    let now = room.now();
    poll(
        &mut room,
        vec![reading("s1", now, 50), reading("s1", Moment::from_ms(1), 1)],
    );
    ended(&mut room, &hands, Span::hours(24), 4);
    let last = roots(&room).pop().expect("a fourth day");
    assert_eq!(last.dropped, Some(now - Span::days(30)));
    assert_eq!(
        (last.count, last.oldest),
        (1, Some(now)),
        "what is past already does not count"
    );
    let rows = |room: &Room| {
        let conn = Connection::open(room.file()).expect("the ledger");
        conn.query_row("SELECT count(*) FROM reading", [], |row| row.get::<_, i64>(0))
            .expect("counted")
    };
    for _ in 0..100 {
        if rows(&room) == 1 {
            break;
        }
        hands.turn(Span::mins(10), Span::ZERO);
        room.see();
    }
    room.stop();
    assert_eq!(rows(&room), 1, "all but the newest are dropped");
    let (exit, said, zh) = audited(&room, "");
    assert_eq!(exit, Some(0), "{said}");
    assert!(
        said.contains("days whose readings are those that were recorded: 2; "),
        "{said}"
    );
    assert!(
        said.contains(", which are kept no longer: 2, not looked at"),
        "{said}"
    );
    assert!(zh.contains("已过保存期而不再核对：2 天"), "{zh}");
    let (exit, said, _) = audited(&room, "DELETE FROM reading");
    assert!(exit == Some(1) && said.contains("(1 then, 0 now)"), "{said}");
}
