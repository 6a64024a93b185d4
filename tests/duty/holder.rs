//! One process speaks for the room: what another one decided or polled under a term that is over changes nothing, and a
//! ledger that is not the one that was read takes nothing.

use crate::room::Room;
use lookout::desk::poll::held::held;
use lookout::desk::{Command, Event};
use lookout::domain::decide::refusal::Refusal;
use lookout::domain::fact::Fact;
use lookout::domain::fact::task::{Order, TaskFact};
use lookout::domain::feed::PollResult;
use lookout::domain::id::{AlarmId, ChannelId, OperatorId, SourceId, TaskId};
use lookout::domain::ledger::{Draft, Stream};
use lookout::domain::ledger_fault::{LedgerFault, Missing};
use lookout::domain::person::Actor;
use lookout::domain::signal::{Severity, Signal, SignalKind};
use lookout::domain::task::Delivery;
use lookout::domain::task::outcome::Outcome;
use lookout::domain::text::Clean;
use lookout::domain::time::{Moment, Span};
use lookout::store::{Ledger, Notes, OpenMode, Sqlite, StoreError, Under};
use rusqlite::Connection;
use rusqlite::backup::Backup;
use serde_json::Value;
use std::path::Path;
use std::time::Duration;

pub(crate) const ROOM: &str = r#"
[room]
name = "Duty room"
language = "en"
[store]
path = "room.db"
[[operator]]
id = "zhou"
role = "operator"
[[channel]]
id = "hook"
kind = "webhook"
url = "http://127.0.0.1:1/"
secret = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
"#;

/// A room that collects, and one alarm in it.
fn room() -> Room {
    let noon = Moment::parse_rfc3339("2025-06-10T12:00:00+08:00").expect("a fixed text");
    let mut room = Room::new(ROOM, &[], noon);
    room.collects();
    room.poll("host", seen("first", noon));
    assert_eq!(alarms(&room), ["host/first"]);
    room
}

/// A source says that something is wrong.
pub(crate) fn seen(id: &str, at: Moment) -> PollResult {
    let signal = Signal {
        source: SourceId::new("host"),
        id: Clean::new(id),
        kind: SignalKind::Fire,
        severity: Severity::Red,
        severity_words: Clean::default(),
        active: true,
        title: Clean::new(id),
        detail: Clean::default(),
        place: None,
        area: Clean::default(),
        point: None,
        bearing: None,
        picture: Clean::default(),
        at,
        ends: None,
        fields: Vec::new(),
    };
    PollResult {
        signals: vec![signal],
        ..PollResult::default()
    }
}

/// The alarms in the ledger on the disk.
fn alarms(room: &Room) -> Vec<String> {
    let state = room.state();
    state.alarms.keys().map(|id| id.as_str().to_owned()).collect()
}

/// Another process takes the lease over while this one believes that it holds it.
fn pass_over(room: &Room) -> u64 {
    let file = room.file();
    let raw = Connection::open(&file).expect("the file opens");
    raw.execute("UPDATE lease SET expires = 0", [])
        .expect("the lease");
    let mut other = Sqlite::open(&file, OpenMode::ReadWrite).expect("the ledger");
    let lease = other.lease("another", Span::secs(12)).expect("a lease");
    assert!(lease.held);
    lease.epoch
}

fn acknowledge(room: &mut Room, id: &str) -> Result<(), Refusal> {
    let command = Command::Acknowledge {
        alarms: vec![AlarmId::new(id)],
        comment: Clean::default(),
        until: None,
    };
    room.command("zhou", command).map(drop)
}

#[test]
fn what_a_collector_decides_after_it_was_passed_over_is_not_recorded_and_a_persons_act_is() {
    let mut room = room();
    pass_over(&room);
    let at = room.now();
    let board = room.poll("host", seen("second", at));
    assert_eq!(alarms(&room), ["host/first"], "the other one decides");
    assert!(!board.collects, "and it is known here who does");
    assert_eq!(board.writable, Ok(()), "nothing is wrong with the ledger");
    assert_eq!(acknowledge(&mut room, "host/first"), Ok(()));
}

#[test]
fn what_came_of_a_letter_is_recorded_by_who_sent_it_whoever_collects_by_then() {
    let mut room = room();
    let (task, way) = (TaskId::new("F20250610-0001.1"), ChannelId::new("hook"));
    let order = Order {
        channel: way.clone(),
        ..Order::default()
    };
    let ordered = Draft {
        stream: Stream::Task(task.clone()),
        expect: 0,
        at: room.now(),
        by: Actor::Desk,
        seat: None,
        fact: Fact::Task(TaskFact::Ordered(Box::new(order))),
    };
    let mut other = Sqlite::open(&room.file(), OpenMode::ReadWrite).expect("the ledger");
    other
        .append(&[ordered], Under::Anyone)
        .expect("the order is stored");
    room.until("the order", |board| board.state.tasks.contains_key(&task));
    pass_over(&room);
    let at = room.now();
    let outcome = Outcome::Delivered(Clean::new("taken"));
    let sent = Event::Sent {
        task: task.clone(),
        way,
        outcome,
        at,
    };
    room.send(sent);
    room.see();
    let state = room.state();
    let known = state.tasks.get(&task).map(|task| &task.delivery);
    assert!(matches!(known, Some(Delivery::Delivered { .. })), "{known:?}");
}

#[test]
fn what_a_poll_brings_that_began_under_another_term_is_dropped() {
    let mut room = room();
    let at = room.now();
    for (term, known) in [(9, 1), (0, 1), (1, 2)] {
        let came = Event::Read {
            source: SourceId::new("host"),
            take: Box::new(seen("second", at)),
            at,
            next: at + Span::mins(1),
        };
        let came = Box::new(came);
        let (held, _) = held();
        room.send(Event::Polled {
            term,
            came,
            on: None,
            held,
        });
        room.see();
        assert_eq!(alarms(&room).len(), known, "term {term}");
    }
}

/// From where the source is asked on, as the file keeps it.
fn cursor(room: &Room) -> Option<Value> {
    room.ledger().recall("cursor/host").expect("notes can be read")
}

/// A poll under the first term brings an alarm, and says from where to ask on.
fn poll(room: &mut Room, id: &str, on: &str) {
    let at = room.now();
    let came = Event::Read {
        source: SourceId::new("host"),
        take: Box::new(seen(id, at)),
        at,
        next: at + Span::mins(1),
    };
    let (held, _) = held();
    room.send(Event::Polled {
        held,
        term: 1,
        came: Box::new(came),
        on: Some(on.to_owned()),
    });
    room.see();
}

#[test]
fn a_source_is_asked_on_from_what_is_stored_and_never_from_what_is_not() {
    let mut room = room();
    poll(&mut room, "second", "page 2");
    assert_eq!(
        cursor(&room),
        Some(Value::from("page 2")),
        "stored, and so remembered"
    );
    pass_over(&room);
    poll(&mut room, "third", "page 3");
    assert_eq!(
        alarms(&room),
        ["host/first", "host/second"],
        "the third is not stored"
    );
    assert_eq!(cursor(&room), Some(Value::from("page 2")), "and asked for again");
}

/// Copies one SQLite file over another that is in use.
fn put_back(from: &Path, to: &Path) {
    let from = Connection::open(from).expect("the copy opens");
    let mut to = Connection::open(to).expect("the file opens");
    let copy = Backup::new(&from, &mut to).expect("a copy begins");
    copy.run_to_completion(1000, Duration::from_millis(10), None)
        .expect("it is copied");
}

#[test]
fn an_older_ledger_put_back_under_a_running_room_is_named_and_takes_nothing() {
    let mut room = room();
    let copy = room.file().with_extension("copy");
    put_back(&room.file(), &copy);
    let at = room.now();
    room.poll("host", seen("second", at));
    put_back(&copy, &room.file());
    let board = room.until("that it is named", |board| board.readable.is_err());
    let theirs = room.ledger().head().expect("head").seq;
    let went_back = LedgerFault::WentBack {
        ours: board.state.seq,
        theirs,
    };
    assert_eq!(board.readable, Err(went_back.clone()));
    assert!(!board.calm(at).holds());
    assert_eq!(
        acknowledge(&mut room, "host/first"),
        Err(Refusal::ReadOnly(went_back))
    );
    room.poll("host", seen("third", at));
    assert_eq!(
        room.ledger().head().expect("head").seq,
        theirs,
        "nothing was written"
    );
}

#[test]
fn trouble_beside_the_ledger_is_named_and_refuses_no_act() {
    let mut room = room();
    let raw = Connection::open(room.file()).expect("the file opens");
    raw.execute_batch("ALTER TABLE sighting RENAME TO lost")
        .expect("a damage");
    let at = room.now();
    let board = room.poll("host", seen("second", at));
    assert!(board.beside.is_err(), "it is named");
    assert_eq!((&board.writable, board.unrecorded), (&Ok(()), 0));
    assert_eq!(alarms(&room).len(), 2, "alarms are raised all the same");
    assert_eq!(acknowledge(&mut room, "host/second"), Ok(()));
    raw.execute_batch("ALTER TABLE lost RENAME TO sighting")
        .expect("it is mended");
    assert_eq!(room.poll("host", seen("third", at)).beside, Ok(()));
}

/// What befalls a ledger's files, and what is said to be missing then.
type Harm = (&'static str, fn(&Path), Missing);

const HARMS: &[Harm] = &[
    (
        "deleted",
        |file| std::fs::remove_file(file).expect("deleted"),
        Missing::File,
    ),
    (
        "renamed",
        |file| std::fs::rename(file, file.with_extension("old")).expect("renamed"),
        Missing::File,
    ),
    (
        "another file in its place",
        |file| {
            let other = file.with_extension("other");
            std::fs::write(&other, "not a ledger").expect("another file");
            std::fs::rename(&other, file).expect("put in its place");
        },
        Missing::Own,
    ),
    (
        "without its log",
        |file| {
            let mut log = file.as_os_str().to_owned();
            log.push("-wal");
            std::fs::remove_file(log).expect("deleted");
        },
        Missing::Log,
    ),
];

#[test]
fn a_ledger_whose_files_vanish_is_named_takes_nothing_is_kept_and_no_other_is_begun() {
    let zhou = OperatorId::new("zhou");
    for (what, harm, missing) in HARMS {
        let mut room = room();
        let had = room.ledger().head().expect("head");
        harm(&room.file());
        let refused = acknowledge(&mut room, "host/first");
        assert!(
            matches!(refused, Err(Refusal::ReadOnly(LedgerFault::Lost { .. }))),
            "{what}: {refused:?}"
        );
        let board = room.until(what, |board| board.readable.is_err());
        let Err(LedgerFault::Lost { what: said, kept }) = &board.readable else {
            panic!("{what}: {:?}", board.readable);
        };
        assert_eq!(said, missing, "{what}");
        assert!(!board.calm(room.now()).holds(), "{what}");
        let copy = Sqlite::open(Path::new(kept.as_str()), OpenMode::ReadOnly).expect("what was kept");
        assert_eq!(copy.head().expect("head"), had, "{what}: all of it is kept");
        drop(copy);
        if *missing == Missing::File {
            let again = Sqlite::open(&room.file(), OpenMode::ReadWrite).err();
            assert!(
                matches!(again, Some(StoreError::Gone { last, .. }) if last > 0),
                "{what}: {again:?}"
            );
            let serve = room.runs(&zhou, &["serve"]);
            let told = String::from_utf8_lossy(&serve.stderr).into_owned();
            assert!(
                serve.status.code() == Some(3) && told.contains("restore"),
                "{told}"
            );
        }
        let is_other = *missing == Missing::Own;
        room.stop();
        if is_other {
            std::fs::remove_file(room.file()).expect("the other file goes");
        }
        let restored = room.runs(&zhou, &["restore", kept.as_str()]);
        assert_eq!(restored.status.code(), Some(0), "{what}: {restored:?}");
        let state = Sqlite::open(&room.file(), OpenMode::ReadWrite).expect("the ledger is back");
        let back = state.head().expect("head").seq;
        assert!(back >= had.seq, "{what}: {back} of {} {restored:?}", had.seq);
    }
}

#[test]
fn a_backup_is_whole_while_the_room_runs_and_comes_back_and_an_older_copy_is_not_taken_unasked() {
    let zhou = OperatorId::new("zhou");
    let mut room = room();
    let backup = room.file().with_extension("backup");
    let named = backup.to_str().expect("UTF-8").to_owned();
    let made = room.runs(&zhou, &["backup", &named]);
    assert_eq!(made.status.code(), Some(0), "{made:?}");
    let twice = room.runs(&zhou, &["backup", &named]);
    assert_eq!(
        twice.status.code(),
        Some(2),
        "a file that is there is not written over"
    );
    let copied = Sqlite::open(&backup, OpenMode::ReadOnly).expect("the backup opens");
    let copied = copied.head().expect("head");
    let at = room.now();
    room.poll("host", seen("second", at));
    room.stop();
    // By hand: the older copy lies where the ledger was.
    let older = room.file().with_extension("older");
    std::fs::copy(&backup, &older).expect("copied");
    std::fs::rename(&older, room.file()).expect("put in its place");
    for end in ["-wal", "-shm"] {
        let mut beside = room.file().into_os_string();
        beside.push(end);
        std::fs::remove_file(beside).ok();
    }
    let start = Sqlite::open(&room.file(), OpenMode::ReadWrite).err();
    assert!(matches!(start, Some(StoreError::Forked { .. })), "{start:?}");
    let file = room.file();
    let taken = room.runs(&zhou, &["restore", file.to_str().expect("UTF-8")]);
    assert_eq!(taken.status.code(), Some(0), "{taken:?}");
    let mut ledger = Sqlite::open(&file, OpenMode::ReadWrite).expect("it is taken as it is");
    assert_eq!(ledger.head().expect("head"), copied);
    ledger
        .remember("note", &serde_json::Value::Null)
        .expect("it is written to");
    drop(ledger);
    // A backup that was tampered with is not taken.
    let raw = Connection::open(&backup).expect("the backup opens");
    raw.execute("UPDATE entry SET at = at + 1 WHERE seq = 2", [])
        .expect("tampered");
    drop(raw);
    let bad = room.runs(&zhou, &["restore", &named]);
    assert_eq!(bad.status.code(), Some(3), "{bad:?}");
    let kept = Sqlite::open(&file, OpenMode::ReadOnly).expect("the ledger");
    assert_eq!(kept.head().expect("head"), copied, "and nothing was touched");
}
