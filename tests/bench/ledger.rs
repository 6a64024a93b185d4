//! The ledger: acknowledging, taking signals in, readings, starting, publishing, auditing.
//!
//! On a file in the temporary folder, synchronised as in service: the figures are the disk's as much as the program's.

use crate::{Report, memory};
use lookout::domain::fact::Fact;
use lookout::domain::fact::alarm::{AlarmFact, Cause};
use lookout::domain::fact::case::{CaseFact, Matter, MoveInput};
use lookout::domain::fact::task::{Order, TaskFact};
use lookout::domain::id::{
    AlarmId, CaseId, ChannelId, MoveId, OperatorId, PlaybookId, PointId, SeatId, SourceId, StageId, TaskId,
    TownshipId, UnitId,
};
use lookout::domain::ledger::{Draft, Stream};
use lookout::domain::person::Actor;
use lookout::domain::place::Place;
use lookout::domain::quantity::{Quantity, Value};
use lookout::domain::reading::{Flag, Period, Reading};
use lookout::domain::signal::{SEVERITIES, Severity, Signal, SignalKind};
use lookout::domain::state::State;
use lookout::domain::text::Clean;
use lookout::domain::time::{Moment, Span};
use lookout::store::{Ledger, Notes, OpenMode, Readings, Sqlite, Store, Under};
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

const MANY: u32 = 100_000;
/// The name of the work whose memory is measured apart.
const OPEN: &str = "open";
const STAY: Option<Span> = Some(Span::days(90));

pub(crate) fn run(report: &mut Report) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    acknowledge(report, &folder.path().join("acknowledge.db"));
    ingest(report, &folder.path().join("ingest.db"));
    readings(report, &folder.path().join("readings.db"));
    a_hundred_thousand_open(report, &folder.path().join("open.db"));
    a_year(report, &folder.path().join("year.db"));
}

/// Does the work of that name in a process of its own and prints how it grew; whether it is one of this part.
pub(crate) fn measure(work: &str, path: &str) -> bool {
    if work == OPEN {
        memory::print_growth(|| open(Path::new(path)).state(None).expect("state"));
    }
    work == OPEN
}

fn open(path: &Path) -> Sqlite {
    Sqlite::open(path, OpenMode::ReadWrite).expect("a new file opens")
}

/// As the desk does in its first quiet moments.
fn make_room(store: &mut Sqlite) {
    while !store.make_room().expect("there is room on the disk") {}
}

fn acknowledge(report: &mut Report, path: &Path) {
    let mut store = open(path);
    make_room(&mut store);
    let drafts: Vec<_> = (0..4_000).map(raise).collect();
    store.append(&drafts, Under::Anyone).expect("append");
    let mut times: Vec<Duration> = (0..3_000)
        .map(|n| {
            let draft = [ack(n)];
            timed(|| store.append(&draft, Under::Anyone).expect("append")).0
        })
        .collect();
    times.sort();
    report.add(
        "acknowledgement stored and chained, p50 / p99",
        "≤ 0.2 / ≤ 0.6 ms",
        format!("{} / {}", ms(times[1_500]), ms(times[2_970])),
    );
    let bulk: Vec<_> = (3_000..4_000).map(ack).collect();
    let (took, _) = timed(|| store.append(&bulk, Under::Anyone).expect("append"));
    report.add("bulk acknowledge of 1,000", "3.1 ms, kept", ms(took));
    let mut heads: Vec<_> = (0..1_000)
        .map(|_| timed(|| store.head().expect("head")).0)
        .collect();
    heads.sort();
    report.add("looking for another process's entries, p50", "–", ms(heads[500]));
}

fn ingest(report: &mut Report, path: &Path) {
    let mut store = open(path);
    make_room(&mut store);
    let (took, ()) = timed(|| {
        for n in 0..2_000 {
            store.append(&[raise(n)], Under::Anyone).expect("append");
        }
    });
    report.add(
        "signals raised one by one, durable",
        "≥ 8,000 /s",
        rate(2_000, took),
    );
    // A repeat is given away by its stream's number.
    let (took, ()) = timed(|| {
        for n in 0..2_000 {
            black_box(store.append(&[raise(n)], Under::Anyone)).expect_err("a repeat");
        }
    });
    report.add("the same once more, known as repeats", "–", rate(2_000, took));
    let (took, ()) = timed(|| {
        for n in 0..2_000 {
            store.sight(&[signal(n / 2)], at(n)).expect("sight");
        }
    });
    report.add(
        "signals counted one by one, durable",
        "≥ 8,000 /s",
        rate(2_000, took),
    );
    let (took, ()) = timed(|| {
        for batch in 0..200 {
            let drafts: Vec<_> = (0..100).map(|n| raise(10_000 + batch * 100 + n)).collect();
            store.append(&drafts, Under::Anyone).expect("append");
        }
    });
    report.add(
        "the same raised in batches of 100",
        "≥ 150,000 /s",
        rate(20_000, took),
    );
    let (took, ()) = timed(|| {
        for batch in 0..400 {
            let from = (batch / 2) * 100;
            let signals: Vec<_> = (from..from + 100).map(signal).collect();
            store.sight(&signals, at(batch)).expect("sight");
        }
    });
    report.add(
        "the same counted in batches of 100",
        "≥ 150,000 /s",
        rate(40_000, took),
    );
}

fn readings(report: &mut Report, path: &Path) {
    let mut store = open(path);
    let batches: Vec<Vec<Reading>> = (0..20)
        .map(|batch| (0..10_000).map(|n| reading(batch, n)).collect())
        .collect();
    let (took, ()) = timed(|| {
        for batch in &batches {
            store.keep(batch, at(0)).expect("keep");
        }
    });
    report.add("readings stored in bulk", "500,000 /s, kept", rate(200_000, took));
    let (took, same) = timed(|| store.keep(&batches[0], at(0)).expect("keep"));
    assert_eq!(same, 0);
    report.add("readings that were there already", "–", rate(10_000, took));
    let (took, newest) = timed(|| store.latest().expect("latest"));
    report.add(
        "the newest of each of 800 series",
        "–",
        format!("{} ({})", ms(took), newest.len()),
    );
}

fn a_hundred_thousand_open(report: &mut Report, path: &Path) {
    let mut store = open(path);
    for batch in 0..MANY / 1_000 {
        let drafts: Vec<_> = (batch * 1_000..(batch + 1) * 1_000).map(raise).collect();
        store.append(&drafts, Under::Anyone).expect("append");
    }
    let (took, audit) = timed(|| store.verify(&mut |_, _| {}).expect("verify"));
    assert_eq!(audit.broken, None);
    report.add("audit of 100,000 entries", "–", ms(took));
    let (took, state) = timed(|| store.state(None).expect("state"));
    report.add("fold of 100,000 entries from zero", "≤ 150 ms", ms(took));
    report.add(
        "memory (PSS) of 100,000 open alarms, folded in a process of its own",
        "≤ 100 MB",
        memory::grown_by(OPEN, &path.to_string_lossy()),
    );
    publish(report, &state);
    let (took, _) = timed(|| store.snapshot(&state, at(0)).expect("snapshot"));
    report.add("a snapshot of 100,000 open alarms kept", "–", ms(took));
    let (took, back) = timed(|| store.state(None).expect("state"));
    assert_eq!(back.alarms, state.alarms);
    report.add("the same read back", "≤ 150 ms to a screen", ms(took));
}

fn publish(report: &mut Report, state: &State) {
    let mut live = state.clone();
    let mut times = Vec::new();
    let mut boards = Vec::new();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let some: Vec<u32> = (0..2_000).map(|n| (n * 7_919) % MANY).collect();
    let drafts: Vec<Draft> = some.iter().map(|n| raise(*n)).collect();
    let raised = open(&folder.path().join("publish.db"))
        .append(&drafts, Under::Anyone)
        .expect("append");
    for (n, mut entry) in some.into_iter().zip(raised) {
        entry.seq = live.seq + 1;
        entry.nth = 2;
        entry.fact = ack(n).fact;
        let (took, board) = timed(|| {
            live.apply(&entry);
            live.clone()
        });
        times.push(took);
        boards.push(board);
        boards.truncate(4);
    }
    times.sort();
    report.add(
        "state changed and published, 100,000 open, p50 / p99",
        "p99 0.016 ms, kept",
        format!("{} / {}", ms(times[1_000]), ms(times[1_980])),
    );
}

fn a_year(report: &mut Report, path: &Path) {
    let mut store = open(path);
    for day in 0..365 {
        let drafts: Vec<Draft> = (0..36).flat_map(|n| matter(day, n)).collect();
        store.append(&drafts, Under::Anyone).expect("append");
    }
    let count = store.head().expect("head").seq;
    let (took, state) = timed(|| store.state(STAY).expect("state"));
    report.add(
        &format!("a year's {count} entries folded from zero"),
        "–",
        ms(took),
    );
    store.snapshot(&state, at(0)).expect("snapshot");
    store.tidy().expect("tidy");
    drop(store);
    let (took, back) = timed(|| open(path).state(STAY).expect("state"));
    assert_eq!(back.alarms, state.alarms);
    report.add(
        "a year's ledger opened and read from its snapshot",
        "≤ 25 ms",
        ms(took),
    );
}

/// What happens to one straw fire from the alarm to the end: 15 facts.
fn matter(day: u32, n: u32) -> Vec<Draft> {
    let (alarm, name) = (format!("firms/{day}-{n}"), format!("F{day:03}-{n:04}"));
    let (case, task) = (CaseId::new(&name), TaskId::new(&format!("{name}.1")));
    let alarm = Stream::Alarm(AlarmId::new(&alarm));
    let step = |nth: u32, step: &str, from: &str, to: &str, closes: bool| {
        let moved = CaseFact::Moved {
            step: MoveId::new(step),
            from: StageId::new(from),
            to: StageId::new(to),
            closes,
            verdict: (nth == 3).then(|| Clean::new("true")),
            given: Box::new(MoveInput {
                comment: Clean::new("现场已核实，明火已扑灭"),
                ..MoveInput::default()
            }),
            again: None,
            extends: None,
            means: None,
        };
        (Stream::Case(case.clone()), nth - 1, Fact::Case(moved))
    };
    let on_case = |nth: u32, fact: CaseFact| (Stream::Case(case.clone()), nth - 1, Fact::Case(fact));
    let on_task = |nth: u32, fact: TaskFact| (Stream::Task(task.clone()), nth - 1, Fact::Task(fact));
    let answered = |kind: &str| TaskFact::Answered {
        kind: Clean::new(kind),
        text: Clean::new("已派人到场处置"),
        at: None,
        photo: None,
    };
    let facts = vec![
        (alarm.clone(), 0, Fact::Alarm(AlarmFact::raised(cause(n)))),
        on_case(1, CaseFact::Opened(Box::new(opening(n)))),
        (
            alarm.clone(),
            1,
            Fact::Alarm(AlarmFact::Joined { case: case.clone() }),
        ),
        (alarm.clone(), 2, ack(n).fact),
        on_case(
            2,
            CaseFact::Joined {
                alarm: AlarmId::new("firms/again"),
            },
        ),
        step(3, "confirm", "found", "confirmed", false),
        step(4, "dispatch", "confirmed", "dispatched", false),
        on_task(1, TaskFact::Ordered(Box::new(order(&case)))),
        on_case(5, CaseFact::Ordered { task: task.clone() }),
        on_task(
            2,
            TaskFact::Delivered {
                receipt: Clean::new("200"),
            },
        ),
        on_task(3, answered("received")),
        on_task(4, answered("done")),
        step(6, "handle", "dispatched", "handled", false),
        step(7, "close", "handled", "closed", true),
        (alarm, 3, Fact::Alarm(AlarmFact::Returned)),
    ];
    let when = at(0) + Span::days(i64::from(day)) + Span::mins(i64::from(n) * 20);
    facts
        .into_iter()
        .map(|(stream, expect, fact)| Draft {
            at: when,
            ..draft(stream, expect, fact)
        })
        .collect()
}

fn opening(n: u32) -> Matter {
    Matter {
        playbook: PlaybookId::new("straw-fire"),
        playbook_version: 1,
        stage: StageId::new("found"),
        title: Clean::new("疑似秸秆露天焚烧"),
        place: cause(n).place,
        township: cause(n).township,
        alarm: Some(alarm_id(n)),
        detected: at(n),
        ..Matter::default()
    }
}

fn order(case: &CaseId) -> Order {
    Order {
        case: case.clone(),
        unit: UnitId::new("town-07"),
        unit_name: Clean::new("泗门镇"),
        contact: Clean::new("值班室"),
        phone: Clean::new("0574-0000-0001"),
        channel: ChannelId::new("webhook"),
        text: Clean::new("请于三十分钟内到场核实并处置疑似火情，处置后上报照片。"),
        deadline: Some(at(30)),
        ..Order::default()
    }
}

fn at(minute: u32) -> Moment {
    Moment::from_ms(1_767_225_600_000) + Span::mins(i64::from(minute))
}

fn alarm_id(n: u32) -> AlarmId {
    AlarmId::new(&format!("firms/N20-{n:06}-30.0371-121.1549"))
}

fn cause(n: u32) -> Cause {
    Cause {
        code: Clean::new("STRAW-FIRE"),
        severity: SEVERITIES
            .get(n as usize % 4)
            .map_or(Severity::Orange, |row| row.0),
        title: Clean::new(&format!(
            "疑似秸秆露天焚烧 {n} 号，泗门镇湖北村以北约 {} 米",
            n % 900
        )),
        detail: Clean::new("confidence nominal, FRP 4.2 MW, VIIRS Suomi NPP"),
        source: Some(SourceId::new("firms-viirs")),
        point: Some(PointId::new(&format!("camera-{:03}", n % 200))),
        place: Place::new(
            30.0 + f64::from(n % 1_000) / 5_000.0,
            121.0 + f64::from(n % 997) / 4_000.0,
        ),
        township: Some(TownshipId::new("simen")),
        township_guessed: n.is_multiple_of(3),
        began: at(n % 5_000),
        ends: Some(at(n % 5_000) + Span::hours(6)),
        ..Cause::default()
    }
}

fn draft(stream: Stream, expect: u32, fact: Fact) -> Draft {
    Draft {
        stream,
        expect,
        at: at(0),
        by: Actor::Person(OperatorId::new("duty1")),
        seat: Some(SeatId::new("seat-1")),
        fact,
    }
}

fn raise(n: u32) -> Draft {
    let fact = Fact::Alarm(AlarmFact::raised(cause(n)));
    Draft {
        at: at(n % 5_000),
        by: Actor::Desk,
        seat: None,
        ..draft(Stream::Alarm(alarm_id(n)), 0, fact)
    }
}

fn ack(n: u32) -> Draft {
    let fact = AlarmFact::Acknowledged {
        comment: Clean::new("已电话核实"),
        until: Some(at(n) + Span::hours(8)),
    };
    draft(Stream::Alarm(alarm_id(n)), 1, Fact::Alarm(fact))
}

fn signal(n: u32) -> Signal {
    let cause = cause(n);
    Signal {
        source: SourceId::new("firms-viirs"),
        id: Clean::new(&format!("N20-{n:06}-30.0371-121.1549")),
        kind: SignalKind::Fire,
        severity: cause.severity,
        active: true,
        bearing: None,
        picture: Clean::default(),
        title: cause.title,
        detail: cause.detail,
        place: cause.place,
        area: Clean::new("泗门镇"),
        severity_words: Clean::default(),
        point: cause.point,
        at: cause.began,
        ends: None,
        fields: Vec::new(),
    }
}

fn reading(batch: u32, n: u32) -> Reading {
    const SEEN: [Quantity; 8] = [
        Quantity::So2,
        Quantity::No2,
        Quantity::Co,
        Quantity::O3,
        Quantity::Pm10,
        Quantity::Pm25,
        Quantity::Temperature,
        Quantity::Humidity,
    ];
    let series = n % 800;
    Reading {
        point: PointId::new(&format!("3305{:02}A", series / 8)),
        quantity: SEEN[series as usize % 8],
        period: Period::Hour,
        at: at(0) + Span::hours(i64::from(batch * 13 + n / 800)),
        value: Some(Value::from_micro(i64::from(n) * 12_345)),
        flag: Flag::Valid,
        source: SourceId::new("cnemc"),
    }
}

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let done = work();
    (start.elapsed(), done)
}

fn ms(took: Duration) -> String {
    let ms = took.as_secs_f64() * 1_000.0;
    if ms < 10.0 {
        format!("{ms:.3} ms")
    } else {
        format!("{ms:.0} ms")
    }
}

fn rate(count: u32, took: Duration) -> String {
    format!("{:.0} /s", f64::from(count) / took.as_secs_f64())
}
