//! What was stored stays readable: a ledger with every kind of fact, as an earlier version wrote it, is read, written back
//! and folded.
//!
//! `every-kind.tsv` holds the columns of a ledger, a line an entry, `-` for none, its hash in hexadecimal at the end. Lines
//! are added to it, never changed.

use lookout::domain::alarm::AlarmState;
use lookout::domain::fact::Fact;
use lookout::domain::fact::alarm::{AlarmFact, Hold, Reopened};
use lookout::domain::fact::case::CaseFact;
use lookout::domain::fact::notice::NoticeFact;
use lookout::domain::fact::pool::Pool;
use lookout::domain::fact::room::RoomFact;
use lookout::domain::fact::shift::{NoteKind, ShiftFact, Side};
use lookout::domain::fact::task::TaskFact;
use lookout::domain::ledger::{Draft, Entry};
use lookout::domain::person::Role;
use lookout::domain::state::State;
use lookout::domain::time::Span;
use lookout::store::{Ledger, OpenMode, Sqlite, Under};
use rusqlite::{Connection, params};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

const KEPT: &str = include_str!("../fixtures/ledger/every-kind.tsv");

/// Every variant of every fact under a name that begins with its kind: one without a row here does not compile, a row
/// without a line in the file fails.
macro_rules! variants {
    ($($name:literal => $variant:pat),+ $(,)?) => {
        const VARIANTS: &[&str] = &[$($name),+];

        fn name_of(fact: &Fact) -> &'static str {
            match fact {
                $($variant => $name,)+
            }
        }
    };
}

variants! {
    "alarm.raised" => Fact::Alarm(AlarmFact::Raised(_)),
    "alarm.regraded" => Fact::Alarm(AlarmFact::Regraded { .. }),
    "alarm.returned" => Fact::Alarm(AlarmFact::Returned),
    "alarm.acknowledged" => Fact::Alarm(AlarmFact::Acknowledged { .. }),
    "alarm.unacknowledged expired" => Fact::Alarm(AlarmFact::Unacknowledged { why: Reopened::Expired }),
    "alarm.unacknowledged undone" => Fact::Alarm(AlarmFact::Unacknowledged { why: Reopened::Undone }),
    "alarm.held shelved" => Fact::Alarm(AlarmFact::Held(Hold::Shelved { .. })),
    "alarm.held suppressed" => Fact::Alarm(AlarmFact::Held(Hold::Suppressed { .. })),
    "alarm.held out of service" => Fact::Alarm(AlarmFact::Held(Hold::OutOfService { .. })),
    "alarm.released" => Fact::Alarm(AlarmFact::Released),
    "alarm.joined" => Fact::Alarm(AlarmFact::Joined { .. }),
    "case.opened" => Fact::Case(CaseFact::Opened(_)),
    "case.moved" => Fact::Case(CaseFact::Moved { .. }),
    "case.reverted" => Fact::Case(CaseFact::Reverted { .. }),
    "case.late" => Fact::Case(CaseFact::Late { .. }),
    "case.joined" => Fact::Case(CaseFact::Joined { .. }),
    "case.ordered" => Fact::Case(CaseFact::Ordered { .. }),
    "case.noted" => Fact::Case(CaseFact::Noted { .. }),
    "task.ordered" => Fact::Task(TaskFact::Ordered(_)),
    "task.failed" => Fact::Task(TaskFact::Failed { blocks: false, .. }),
    "task.failed blocking its way" => Fact::Task(TaskFact::Failed { blocks: true, .. }),
    "task.trying" => Fact::Task(TaskFact::Trying),
    "task.waiting" => Fact::Task(TaskFact::Waiting { .. }),
    "task.routed" => Fact::Task(TaskFact::Routed { .. }),
    "task.doubted" => Fact::Task(TaskFact::Doubted { .. }),
    "task.call" => Fact::Task(TaskFact::Call),
    "task.delivered" => Fact::Task(TaskFact::Delivered { .. }),
    "task.refused" => Fact::Task(TaskFact::Refused { .. }),
    "task.withdrawn" => Fact::Task(TaskFact::Withdrawn),
    "task.answered" => Fact::Task(TaskFact::Answered { .. }),
    "notice.told" => Fact::Notice(NoticeFact::Told(_)),
    "notice.sent" => Fact::Notice(NoticeFact::Sent { .. }),
    "notice.unsent" => Fact::Notice(NoticeFact::Unsent { until: None, .. }),
    "notice.unsent by a blocked channel" => Fact::Notice(NoticeFact::Unsent { until: Some(_), .. }),
    "notice.readdressed" => Fact::Notice(NoticeFact::Readdressed { .. }),
    "notice.seen" => Fact::Notice(NoticeFact::Seen),
    "shift.opened" => Fact::Shift(ShiftFact::Opened(_)),
    "shift.noted instruction" => Fact::Shift(ShiftFact::Noted { kind: NoteKind::Instruction, .. }),
    "shift.noted call" => Fact::Shift(ShiftFact::Noted { kind: NoteKind::Call, .. }),
    "shift.noted weather" => Fact::Shift(ShiftFact::Noted { kind: NoteKind::Weather, .. }),
    "shift.noted other" => Fact::Shift(ShiftFact::Noted { kind: NoteKind::Other, .. }),
    "shift.prepared" => Fact::Shift(ShiftFact::Prepared),
    "shift.read" => Fact::Shift(ShiftFact::Read),
    "shift.overridden" => Fact::Shift(ShiftFact::Overridden { .. }),
    "shift.signed out" => Fact::Shift(ShiftFact::Signed { side: Side::Out, .. }),
    "shift.signed in" => Fact::Shift(ShiftFact::Signed { side: Side::In, .. }),
    "shift.closed" => Fact::Shift(ShiftFact::Closed),
    "room.collecting" => Fact::Room(RoomFact::Collecting { .. }),
    "room.clock_stepped" => Fact::Room(RoomFact::ClockStepped { .. }),
    "room.snapshot" => Fact::Room(RoomFact::Snapshot { .. }),
    "room.readings" => Fact::Room(RoomFact::Readings(_)),
    "room.noted" => Fact::Room(RoomFact::Noted { .. }),
    "room.asked" => Fact::Room(RoomFact::Asked { .. }),
    "room.declared" => Fact::Room(RoomFact::Declared(_)),
    "room.declaration_ended" => Fact::Room(RoomFact::DeclarationEnded { .. }),
    "room.drawn" => Fact::Room(RoomFact::Drawn(_)),
    "room.forecast" => Fact::Room(RoomFact::Forecast(_)),
    "room.reported" => Fact::Room(RoomFact::Reported { correction: 0, .. }),
    "room.reported correction" => Fact::Room(RoomFact::Reported { .. }),
}

/// The columns of every line.
fn lines() -> Vec<[&'static str; 10]> {
    let columns = |line: &'static str| {
        let columns: Vec<&str> = line.split('\t').collect();
        columns.try_into().expect("ten columns")
    };
    KEPT.lines().map(columns).collect()
}

fn number(text: &str) -> i64 {
    text.parse().expect("a number")
}

/// Kind, version and JSON of a line.
fn stored(line: &[&'static str; 10]) -> (&'static str, u32, &'static str) {
    (line[6], line[7].parse().expect("a version"), line[8])
}

fn read(kind: &str, version: u32, json: &str) -> Result<Fact, String> {
    Fact::read(kind, version, json, &mut Pool::default())
}

fn hex(hash: &[u8]) -> String {
    hash.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a text takes it");
        text
    })
}

#[test]
fn every_line_of_every_kind_reads_and_writes_back_byte_by_byte() {
    let mut found = BTreeSet::new();
    for line in lines() {
        let (kind, version, json) = stored(&line);
        let fact = read(kind, version, json).unwrap_or_else(|why| panic!("{kind} {json}: {why}"));
        let again = fact.stored();
        assert_eq!(
            (again.kind.as_str(), again.version, again.json.as_str()),
            (kind, version, json)
        );
        let name = name_of(&fact);
        assert!(name.starts_with(kind), "{name} is stored as {kind}");
        found.insert(name);
    }
    let missing: Vec<_> = VARIANTS.iter().filter(|name| !found.contains(*name)).collect();
    assert!(missing.is_empty(), "without a line: {missing:?}");
}

#[test]
fn what_a_ledger_holds_is_cleaned_when_it_is_read() {
    let noted = read("room.noted", 1, r#"{"words":"\u001b[2J火\u202e情"}"#).expect("a note");
    let words = "[2J火情".into();
    assert_eq!(noted, Fact::Room(RoomFact::Noted { words }));
    let joined = read("case.joined", 1, r#"{"alarm":"fires/\u200b1"}"#).expect("an alarm");
    let alarm = lookout::domain::id::AlarmId::new("fires/1");
    assert_eq!(joined, Fact::Case(CaseFact::Joined { alarm }));
}

/// A file with the lines in it, as the earlier version left it.
fn earlier(path: &Path) {
    drop(Sqlite::open(path, OpenMode::ReadWrite).expect("a file"));
    let conn = Connection::open(path).expect("the file");
    for line in lines() {
        let [seq, stream, nth, at, actor, seat, kind, version, fact, hash] = line;
        let some = |text: &'static str| (text != "-").then_some(text);
        let (numbers, names) = ((number(seq), number(nth), number(at)), (some(actor), some(seat)));
        conn.execute(
            "INSERT INTO entry VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, unhex(?10))",
            params![
                numbers.0,
                stream,
                numbers.1,
                numbers.2,
                names.0,
                names.1,
                kind,
                number(version),
                fact,
                hash
            ],
        )
        .expect("a line is stored");
    }
    let head = "UPDATE head SET (seq, hash) = (SELECT seq, hash FROM entry ORDER BY seq DESC LIMIT 1)";
    conn.execute(head, []).expect("the head");
}

#[test]
fn an_earlier_ledger_opens_holds_and_is_written_again_with_the_same_hashes() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("earlier.db");
    earlier(&path);
    let store = Sqlite::open(&path, OpenMode::ReadOnly).expect("it opens");
    let audit = store.verify(&mut |_, _| {}).expect("verify");
    let count = lines().len();
    assert_eq!((audit.broken, audit.good), (None, count as u64));
    let entries = store.entries(0, usize::MAX).expect("entries");
    let mut again = Sqlite::open(&folder.path().join("again.db"), OpenMode::ReadWrite).expect("a file");
    for (entry, line) in entries.iter().zip(lines()) {
        let draft = Draft {
            stream: entry.stream.clone(),
            expect: entry.nth - 1,
            at: entry.at,
            by: entry.by.clone(),
            seat: entry.seat.clone(),
            fact: entry.fact.clone(),
        };
        let written: Vec<Entry> = again.append(&[draft], Under::Anyone).expect("append");
        assert_eq!(hex(&written[0].hash), line[9], "entry {}", line[0]);
    }
    assert_eq!(entries.len(), count);
}

#[test]
fn an_earlier_ledger_is_folded_to_what_was_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("earlier.db");
    earlier(&path);
    let mut store = Sqlite::open(&path, OpenMode::ReadWrite).expect("it opens");
    let state = store.state(None).expect("it folds");
    holds(&state);
    store
        .snapshot(&state, lookout::domain::time::Moment::default())
        .expect("a snapshot");
    let kept = store.state(None).expect("from the snapshot");
    assert_eq!((&kept.cases, &kept.notices), (&state.cases, &state.notices));
    assert_eq!((&kept.tasks, &kept.shifts), (&state.tasks, &state.shifts));
}

fn holds(state: &State) {
    assert_eq!(state.count(AlarmState::OutOfService), 1);
    assert_eq!(state.count(AlarmState::Unacknowledged), 4);
    let seen = state.alarms.get("fires/2").expect("the alarm with a picture");
    assert_eq!(seen.cause.picture.as_str(), "https://tower.example/2.jpg");
    let case = state.cases.get("F20260922-0001").expect("the case");
    assert_eq!((case.state.stage.as_str(), case.timeline.len()), ("sent", 10));
    assert_eq!(
        (case.alarms.len(), case.tasks.len(), case.state.closed),
        (2, 1, None)
    );
    let task = state.tasks.get("F20260922-0001.1").expect("the task");
    assert_eq!(
        (task.order.text.as_str(), task.answers.len()),
        ("请到回龙村北处置", 1)
    );
    let drill = state.tasks.get("F20260922-0001.8").expect("the drill's");
    assert!(drill.order.drill && !task.order.drill);
    let told: Vec<_> = state
        .notices
        .values()
        .map(|told| (told.telling.role, told.seen.is_some()))
        .collect();
    let (leader, operator) = (Role::Leader, Role::Operator);
    assert_eq!(
        told,
        [
            (leader, false),
            (leader, false),
            (leader, true),
            (leader, false),
            (operator, false),
            (leader, false),
            (operator, false),
            (operator, false)
        ]
    );
    let block = state.blocks.get("work-group").expect("it was blocked twice");
    let (since, until) = (block.since.ms(), block.until.ms());
    // Since the clock was set back by an hour, it lasts as long as before.
    let hour = Span::hours(1).ms();
    assert_eq!(
        (since + hour, until + hour),
        (1_790_004_340_000, 1_790_005_160_000)
    );
    let shift = state.shifts.get("20260922-day").expect("the shift");
    let passed = shift.overrides.first().map(|passed| passed.blockers.len());
    assert_eq!((shift.closed.is_some(), passed), (true, Some(3)));
    assert_eq!(state.forecasts.get("station").map(|f| f.days.len()), Some(5));
    assert_eq!(
        (state.declared.len(), state.reports.len(), state.room),
        (3, 1, 16)
    );
}
