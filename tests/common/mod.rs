//! A board made by hand, for the tests of the seat and of the screens: a quiet autumn evening with a few matters open.
//!
//! Everything is folded from facts, as in the product. Names are invented roles; numbers are fictitious.

mod county;
mod evening;
mod feeds;
mod loops;
mod watched;

pub(crate) mod control;
pub(crate) mod goals;
pub(crate) mod hours;
pub(crate) mod quiet;
pub(crate) mod story;

use county::directory;
pub(crate) use evening::story;
use feeds::{feeds, log};
use hours::air;
use lookout::desk::board::{Board, JOURNAL, Room};
use lookout::desk::update::Desk;
use lookout::domain::alarm::kpi::Figures;
use lookout::domain::case::Case;
use lookout::domain::fact::Fact;
use lookout::domain::fact::alarm::{AlarmFact, Cause};
use lookout::domain::fact::case::{CaseFact, Matter, MoveInput};
use lookout::domain::fact::task::{Order, TaskFact};
use lookout::domain::id::{
    AlarmId, CaseId, ChannelId, MoveId, OperatorId, PlaybookId, PointId, StageId, TaskId, TownshipId, UnitId,
};
use lookout::domain::ledger::{Entry, Stream};
use lookout::domain::person::Actor;
use lookout::domain::place::Place;
use lookout::domain::reading::Reading;
use lookout::domain::signal::Severity;
use lookout::domain::state::State;
use lookout::domain::text::Clean;
use lookout::domain::time::{CHINA, Moment, Span};
use loops::{general, straw_fire};
use std::sync::Arc;

/// The moment the sample is about: 2026-11-23, 19:42:10 in China.
pub(crate) fn now() -> Moment {
    Moment::parse_rfc3339("2026-11-23T19:42:10+08:00").expect("a fixed text")
}

pub(crate) fn ago(mins: i64) -> Moment {
    now() - Span::mins(mins)
}

/// The sample board.
pub(crate) fn board() -> Board {
    board_with(story())
}

/// The figures of the alarms in hand, counted for a whole day.
fn raises(ledger: &Writer) -> Figures {
    let mut raises: Vec<_> = ledger
        .state
        .alarms
        .values()
        .map(|a| (a.raised, a.id.clone()))
        .collect();
    raises.sort_unstable();
    Figures::of(raises, now() - Span::hours(24), now())
}

/// A board over other entries.
pub(crate) fn board_with(mut ledger: Writer) -> Board {
    let directory = directory();
    let points = directory
        .points
        .iter()
        .map(|p| (p.id.clone(), p.clone()))
        .collect();
    let board = Board {
        at: now(),
        room: Arc::new(Room {
            name: "余姚市生态环境值班室".into(),
            training: false,
            zone: CHINA,
            standard: lookout::domain::air::Norm::Hj633,
            directory,
            playbooks: vec![straw_fire(), general()],
            channels: vec![ChannelId::new("work-group"), ChannelId::new("phone")],
            telephones: vec![ChannelId::new("phone")],
            letters: lookout::desk::board::Letters::default(),
            ack_expires: Span::hours(4),
            keep_closed: Span::days(90),
            longest_shelf: Span::hours(8),
            notices: lookout::domain::notice::Policy::default(),
            groupings: lookout::domain::alarm::group::standard(),
            roster: lookout::domain::shift::Roster::default(),
            ladders: lookout::config::ladder::built_in(),
            targets: Vec::new(),
        }),
        misread: None,
        stepped: None,
        waits: Vec::new(),
        withheld: 0,
        deadlines: lookout::desk::board::deadlines::Deadlines::default(),
        figures: raises(&ledger),
        state: std::mem::take(&mut ledger.state),
        points,
        latest: imbl::OrdMap::new(),
        air: imbl::OrdMap::new(),
        stations: imbl::Vector::new(),
        county_hours: imbl::Vector::new(),
        county_day: None,
        year: None,
        trends: imbl::OrdMap::new(),
        index_trends: imbl::OrdMap::new(),
        revisions: imbl::OrdMap::new(),
        maintained: imbl::OrdMap::new(),
        feeds: feeds(),
        writable: Ok(()),
        readable: Ok(()),
        chain: lookout::domain::chain::Chain {
            distrust: None,
            checked: lookout::domain::chain::Checked::Whole {
                upto: 187,
                at: now() - Span::mins(4),
            },
            days: lookout::domain::days::Days::default(),
        },
        beside: Ok(()),
        anchored: Ok(()),
        stuck: None,
        unrecorded: 0,
        collects: true,
        collector: "duty-1".into(),
        sightings: [(AlarmId::new("fires/CAM-07-1931"), 3_u64)].into_iter().collect(),
        log: log(),
        journal: newest(ledger.entries),
    };
    let mut board = air(board);
    watched::measure(&mut board);
    board.deadlines.follow(&board.room, &board.state.cases, board.at);
    board
}

/// As many entries as a board keeps.
fn newest(mut entries: Vec<Entry>) -> imbl::Vector<Entry> {
    let older = entries.len().saturating_sub(JOURNAL);
    entries.drain(..older);
    entries.into()
}

/// `n` unacknowledged alarms beside the story's, for sizes and speed.
pub(crate) fn crowded(n: usize) -> Board {
    let mut ledger = story();
    for i in 0..n {
        let severity = if i % 3 == 0 {
            Severity::Blue
        } else {
            Severity::Yellow
        };
        let cause = Cause {
            title: format!("第 {i} 号断面总磷超标").as_str().into(),
            ..cause("WTR-TP", severity, "", ago(i as i64 % 5000))
        };
        let at = ago(i as i64 % 5000);
        ledger.alarm(&format!("rule/S{i:06}/tp"), at, AlarmFact::raised(cause));
    }
    // A tenth as many open cases, of which some are late.
    for i in 0..n / 10 {
        let matter = Matter {
            playbook: PlaybookId::new("straw-fire"),
            stage: StageId::new("found"),
            title: format!("第 {i} 号火点").as_str().into(),
            detected: ago(i as i64 % 20),
            ..Matter::default()
        };
        let opened = CaseFact::Opened(Box::new(matter));
        ledger.case(&format!("F{i:06}"), ago(i as i64 % 20), opened);
    }
    board_with(ledger)
}

/// The story with `n` more alarms of one kind at one camera, one a minute, the newest a minute ago.
pub(crate) fn repeating(n: usize) -> Board {
    let mut ledger = story();
    for i in 0..n {
        let cause = Cause {
            point: Some(PointId::new("cam-yard")),
            ..cause("DUST-EX", Severity::Yellow, "堆头未覆盖", ago(i as i64 + 1))
        };
        let raised = AlarmFact::raised(cause);
        ledger.alarm(&format!("cameras/{i:04}"), ago(i as i64 + 1), raised);
    }
    board_with(ledger)
}

/// `n` unacknowledged alarms beside the story's, of one kind at each of `points` points: read as that many rows.
pub(crate) fn gathered(n: usize, points: usize) -> Board {
    let mut ledger = story();
    for i in 0..n {
        let at = ago(i as i64 % 600 + 1);
        let cause = Cause {
            point: Some(PointId::new(&format!("cam-{:05}", i % points))),
            ..cause("DUST-EX", Severity::Yellow, &format!("堆头未覆盖 {i}"), at)
        };
        ledger.alarm(&format!("cam/{i:06}"), at, AlarmFact::raised(cause));
    }
    board_with(ledger)
}

/// A person acknowledges an alarm of the board.
pub(crate) fn acknowledge(board: &mut Board, id: &str) {
    let mut ledger = Writer {
        state: std::mem::take(&mut board.state),
        entries: Vec::new(),
    };
    let seen = AlarmFact::Acknowledged {
        comment: Clean::default(),
        until: None,
    };
    ledger.handled(id, now(), seen);
    board.state = ledger.state;
}

/// Folds facts as they come, numbering them as the store would.
#[derive(Default)]
pub(crate) struct Writer {
    /// What is true so far.
    pub(crate) state: State,
    /// What made it so, oldest first.
    pub(crate) entries: Vec<Entry>,
}

impl Writer {
    /// One more fact.
    pub(crate) fn fact(&mut self, stream: Stream, at: Moment, by: Actor, fact: Fact) {
        let entry = Entry {
            seq: self.state.seq + 1,
            nth: self.state.version(&stream) + 1,
            stream,
            at,
            by,
            seat: None,
            fact,
            hash: [0; 32],
        };
        self.state.apply(&entry);
        self.entries.push(entry);
    }

    /// Something the desk says of an alarm.
    pub(crate) fn alarm(&mut self, id: &str, at: Moment, fact: AlarmFact) {
        self.fact(
            Stream::Alarm(AlarmId::new(id)),
            at,
            Actor::Desk,
            Fact::Alarm(fact),
        );
    }

    /// Something a person does to an alarm.
    pub(crate) fn handled(&mut self, id: &str, at: Moment, fact: AlarmFact) {
        self.fact(Stream::Alarm(AlarmId::new(id)), at, person(), Fact::Alarm(fact));
    }

    /// Something a person does to a case.
    pub(crate) fn case(&mut self, id: &str, at: Moment, fact: CaseFact) {
        self.fact(Stream::Case(CaseId::new(id)), at, person(), Fact::Case(fact));
    }

    /// Something that happens to a task.
    pub(crate) fn task(&mut self, id: &str, at: Moment, fact: TaskFact) {
        self.fact(Stream::Task(TaskId::new(id)), at, person(), Fact::Task(fact));
    }
}

/// The operator of the sample.
pub(crate) fn person() -> Actor {
    Actor::Person(OperatorId::new("zhiban-1"))
}

/// A cause with the fields that tests mostly do not care for filled in.
pub(crate) fn cause(code: &str, severity: Severity, title: &str, began: Moment) -> Cause {
    Cause {
        code: code.into(),
        severity,
        title: title.into(),
        began,
        ..Cause::default()
    }
}

pub(crate) fn matter(
    title: &str,
    township: &str,
    alarm: Option<&str>,
    detected: Moment,
    place: (f64, f64),
) -> CaseFact {
    CaseFact::Opened(Box::new(Matter {
        playbook: PlaybookId::new("straw-fire"),
        playbook_version: 1,
        stage: StageId::new("found"),
        title: title.into(),
        place: Place::new(place.0, place.1),
        township: Some(TownshipId::new(township)),
        alarm: alarm.map(AlarmId::new),
        detected,
        ..Matter::default()
    }))
}

/// The case stands in that stage of the program's own loop.
pub(crate) fn stands_in(case: &mut Case, stage: &str) {
    (case.state.stage, case.state.means) = (StageId::new(stage), StageId::new(stage));
}

pub(crate) fn moved(step: &str, from: &str, to: &str, unit: &str) -> CaseFact {
    CaseFact::Moved {
        step: MoveId::new(step),
        from: StageId::new(from),
        to: StageId::new(to),
        closes: to == "closed",
        verdict: (step == "confirm").then(|| "true".into()),
        given: Box::new(MoveInput {
            unit: Some(UnitId::new(unit)),
            ..MoveInput::default()
        }),
        again: None,
        extends: None,
        means: None,
    }
}

pub(crate) fn order(case: &str, unit: &str, text: &str, deadline: Moment) -> TaskFact {
    TaskFact::Ordered(Box::new(Order {
        case: CaseId::new(case),
        unit: UnitId::new(unit),
        unit_name: format!(
            "{}政府",
            if unit == "u-simen" {
                "泗门镇"
            } else {
                "马渚镇"
            }
        )
        .as_str()
        .into(),
        contact: "值班电话".into(),
        phone: "0574-0000-0002".into(),
        channel: ChannelId::new("work-group"),
        text: text.into(),
        deadline: Some(deadline),
        ..Order::default()
    }))
}

/// The board after the desk has taken readings in.
pub(crate) fn take(board: Board, readings: Vec<Reading>) -> Board {
    let mut desk = Desk::new(board, Vec::new());
    desk.follow_readings(readings, now());
    desk.board().clone()
}

/// Which act a dialog is of: the first word of its key.
pub(crate) fn act_of(purpose: &lookout::tui::act::Purpose) -> String {
    let key = purpose.key();
    key.split(' ').next().unwrap_or_default().to_owned()
}
