mod doubts;
mod filters;
mod names;

use crate::bench::check::tests::Given;
use crate::cli;
use crate::cli::Io;
use crate::cli::exit::Exit;
use crate::clock::Clock;
use crate::domain::directory::{Point, PointKind};
use crate::domain::fact::Fact;
use crate::domain::fact::alarm::{AlarmFact, Cause};
use crate::domain::fact::case::{CaseFact, Matter};
use crate::domain::fact::task::{Order, TaskFact};
use crate::domain::feed::quota::HeldBack;
use crate::domain::feed::{Feed, PollError, PollResult, Rows};
use crate::domain::id::{
    AlarmId, CaseId, ChannelId, PlaybookId, PointId, SourceId, StageId, TaskId, TownshipId,
};
use crate::domain::ledger::{Draft, Stream};
use crate::domain::person::Actor;
use crate::domain::quantity::{Quantity, Value};
use crate::domain::reading::{Flag, Period, Reading};
use crate::domain::signal::Severity;
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Span};
use crate::store::{Ledger, Notes, OpenMode, Readings, Sqlite, Under};
use serde_json::Value as Json;
use std::ffi::OsString;

/// What a command answers in that world: its exit, and what it wrote to standard output and standard error.
fn answer<'a>(given: &Given, words: &[&str], more: impl Iterator<Item = &'a str>) -> (Exit, String, String) {
    let arguments: Vec<OsString> = words
        .iter()
        .copied()
        .map(OsString::from)
        .chain(more.map(OsString::from))
        .collect();
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut stage = Io {
        lang: cli::language(&arguments, given),
        out: &mut out,
        err: &mut err,
        outside: given,
    };
    let exit = cli::run(cli::parse(arguments, &mut stage), &mut stage);
    let text = |bytes| String::from_utf8(bytes).expect("text");
    (exit, text(out), text(err))
}

const ROOM: &str = r#"
[room]
name = "试验室"
[[source]]
id = "towers"
every = "5m"
url = "http://127.0.0.1:9"
alertmanager = {}
[[township]]
id = "simen"
name = "泗门镇"
[[township]]
id = "mazhu"
name = "马渚镇"
"#;

/// A room's store as a collector leaves it, and what it then says.
struct Room {
    folder: tempfile::TempDir,
    now: Moment,
}

impl Room {
    /// One source that was just polled and had nothing to say; somebody collects.
    fn calm() -> Self {
        let room = Self {
            folder: tempfile::tempdir().expect("a folder"),
            now: Clock::Wall.now(),
        };
        room.feed(|feed, now| feed.good(&PollResult::default(), now));
        room.collected();
        room
    }

    fn store(&self) -> Sqlite {
        Sqlite::open(&self.folder.path().join("room.db"), OpenMode::ReadWrite).expect("a store")
    }

    fn feed(&self, change: impl Fn(&mut Feed, Moment)) {
        let every = Span::mins(5);
        let mut feed = Feed::new(SourceId::new("towers"), Clean::new("alertmanager"), every, None);
        change(&mut feed, self.now);
        crate::desk::share::leave_feed(&mut self.store(), &feed);
    }

    /// A case of a loop, at one of its stages.
    fn opened(&self, playbook: &str, stage: &str) {
        let matter = Matter {
            playbook: PlaybookId::new(playbook),
            stage: StageId::new(stage),
            detected: self.now,
            ..Matter::default()
        };
        let draft = Draft {
            stream: Stream::Case(CaseId::new("S1")),
            expect: 0,
            at: self.now,
            by: Actor::Desk,
            seat: None,
            fact: Fact::Case(CaseFact::Opened(Box::new(matter))),
        };
        self.store().append(&[draft], Under::Anyone).expect("stored");
    }

    fn collected(&self) {
        let taken = self.store().lease("duty-1", Span::secs(55));
        assert!(taken.expect("a lease").held);
    }

    /// What a command line gives: exit, output, what was said beside it.
    fn says(&self, line: &str) -> (Exit, String, String) {
        self.hears(line.split_whitespace())
    }

    /// The same of arguments that may hold spaces.
    fn hears<'a>(&self, words: impl IntoIterator<Item = &'a str>) -> (Exit, String, String) {
        let db = self.folder.path().join("room.db").display().to_string();
        let given = Given {
            files: vec![("room.toml", ROOM)],
            ..Given::default()
        };
        let own = ["lookout", "--config", "room.toml", "--db", &db];
        answer(&given, &own, words.into_iter())
    }

    fn json(&self, command: &str) -> (Exit, Json) {
        let (exit, out, err) = self.says(&format!("{command} --json"));
        (
            exit,
            serde_json::from_str(&out).unwrap_or_else(|_| panic!("{command}: {out}{err}")),
        )
    }
}

fn reading(at: Moment) -> Reading {
    Reading {
        point: PointId::new("S1"),
        quantity: Quantity::Pm25,
        period: Period::Hour,
        at,
        value: Some(Value::whole(35)),
        flag: Flag::Valid,
        source: SourceId::new("towers"),
    }
}

const LISTS: &[&str] = &["alarms", "cases", "points", "feeds"];

#[test]
fn points_have_the_names_that_their_upstream_gave_them() {
    let room = Room::calm();
    let mut store = room.store();
    let point = Point::new(PointId::new("S1"), Clean::new("城东站"), PointKind::Air);
    let source = SourceId::new("towers");
    crate::desk::share::Described::default().leave(&mut store, &source, vec![point]);
    store.keep(&[reading(room.now)], room.now).expect("kept");
    let (_, json) = room.json("points");
    assert_eq!(json["rows"][0]["name"], "城东站");
    let (_, out, _) = room.says("points --lang zh");
    assert!(
        out.contains("城东站") && out.contains("小时") && out.contains("有效"),
        "{out}"
    );
}

#[test]
fn a_value_carries_its_age_and_one_of_years_ago_is_never_shown_as_now() {
    let room = Room::calm();
    let mut store = room.store();
    let kept = |point: &str, quantity, ago: Span, value: &str| Reading {
        point: PointId::new(point),
        quantity,
        period: Period::Hour,
        at: room.now - ago,
        value: Value::parse(value),
        flag: Flag::Valid,
        source: SourceId::new("towers"),
    };
    let readings = [
        kept("A1", Quantity::Pm25, Span::hours(1), "35"),
        kept("A2", Quantity::Pm25, Span::days(3000), "35"),
        kept("A3", Quantity::Pm25, Span::hours(-2), "35"),
        Reading {
            flag: Flag::Invalid,
            ..kept("A4", Quantity::Pm25, Span::hours(1), "-999")
        },
        kept("W1", Quantity::TotalPhosphorus, Span::hours(1), "0.35"),
    ];
    store.keep(&readings, room.now).expect("kept");
    let section = Point::new(PointId::new("W1"), Clean::new("西江断面"), PointKind::Water);
    let source = SourceId::new("towers");
    crate::desk::share::Described::default().leave(&mut store, &source, vec![section]);

    let (_, json) = room.json("points");
    let rows = json["rows"].as_array().expect("rows");
    let row = |point: &str| rows.iter().find(|row| row["point"] == point).expect("a row");
    for (point, current, timeliness, age) in [
        ("A1", true, "current", 3600),
        ("A2", false, "stale", 3000 * 86_400),
        ("A3", false, "ahead", -7200),
        ("A4", false, "current", 3600),
    ] {
        let row = row(point);
        let said = (&row["current"], &row["timeliness"], row["age_s"].as_i64());
        let near = said.2.expect("seconds") - age;
        assert_eq!((said.0, said.1), (&current.into(), &timeliness.into()), "{point}");
        assert!((0..600).contains(&near), "{point}: {near}");
    }
    assert_eq!(
        (&row("W1")["class"], &row("A1")["class"]),
        (&"V".into(), &Json::Null)
    );

    for (lang, words) in [
        (
            "zh",
            ["3000天 过期", "1小时", "当前", "-1小时59分 时间超前", "Ⅴ类"],
        ),
        (
            "en",
            ["3000d stale", "1h", "current", "-1h 59m ahead of the clock", "V"],
        ),
    ] {
        let (_, out, _) = room.says(&format!("points --lang {lang}"));
        let line = |id: &str| {
            let found = out.lines().find(|line| line.starts_with(id)).unwrap_or_default();
            found.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let [old, hour, now, ahead, class] = words;
        assert!(line("A2").contains(old) && !line("A2").contains(now), "{out}");
        assert!(line("A1").contains(hour) && line("A1").contains(now), "{out}");
        assert!(line("A3").contains(ahead) && line("W1").ends_with(class), "{out}");
    }
}

#[test]
fn feeds_says_all_that_is_known_of_a_source() {
    let room = Room::calm();
    room.feed(|feed, now| {
        feed.good(&PollResult::default(), now - Span::mins(7));
        feed.bad(PollError::Status(502, Clean::new("gateway")), now);
    });
    let (exit, json) = room.json("feeds");
    let row = &json["rows"][0];
    assert_eq!(
        (exit.code(), &row["standing"], &row["failures"]),
        (4, &"error".into(), &1.into())
    );
    assert_eq!(row["error"], "status 502: gateway");
    let (_, out, _) = room.says("feeds --lang en");
    assert!(
        out.contains("the upstream answered 502 gateway") && out.contains("duty-1"),
        "{out}"
    );
}

#[test]
fn feeds_has_a_line_for_a_channel_that_takes_nothing() {
    let room = Room::calm();
    let order = |n: u32| {
        let (case, task) = (format!("F1-{n}"), format!("F1-{n}.1"));
        let order = Order {
            case: CaseId::new(&case),
            channel: ChannelId::new("robot"),
            ..Order::default()
        };
        (
            Stream::Task(TaskId::new(&task)),
            TaskFact::Ordered(Box::new(order)),
        )
    };
    let draft = |stream: &Stream, expect, fact| Draft {
        stream: stream.clone(),
        expect,
        at: room.now,
        by: Actor::Desk,
        seat: None,
        fact: Fact::Task(fact),
    };
    let (first, second) = (order(1), order(2));
    let says = TaskFact::Failed {
        why: Clean::new("errcode 130101 send too fast"),
        next: room.now + Span::mins(10),
        blocks: true,
    };
    let drafts = [
        draft(&first.0, 0, first.1.clone()),
        draft(&second.0, 0, second.1.clone()),
        draft(&first.0, 1, says),
    ];
    room.store()
        .append(&drafts, Under::Anyone)
        .expect("it is written");
    let (_, json) = room.json("feeds");
    let row = &json["rows"][1];
    let told = ["source", "kind", "standing", "error", "waiting"].map(|key| row[key].clone());
    let expected: [Json; 5] = [
        "robot".into(),
        "channel".into(),
        "blocked".into(),
        "errcode 130101 send too fast".into(),
        2.into(),
    ];
    assert_eq!(told, expected, "{json:#}");
    assert!(
        row["failing_since"].is_string() && row["next"].is_string(),
        "{json:#}"
    );
    for (lang, words) in [("zh", "限流中"), ("en", "blocked")] {
        let (_, out, _) = room.says(&format!("feeds --lang {lang}"));
        let line = out
            .lines()
            .find(|line| line.contains("robot"))
            .unwrap_or_default();
        assert!(line.contains(words) && line.contains("130101"), "{out}");
    }
}
