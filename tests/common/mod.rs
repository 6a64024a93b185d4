//! A board made by hand, for the tests of the seat and of the screens: a quiet autumn evening with a few matters open.
//!
//! Everything is folded from facts, as in the product. Names are invented roles; numbers are fictitious.

mod watched;

pub(crate) mod control;
pub(crate) mod quiet;
pub(crate) mod story;

use lookout::desk::board::Board;
use lookout::desk::board::JOURNAL;
use lookout::desk::board::LogLine;
use lookout::desk::board::Room;
use lookout::desk::update::Desk;
use lookout::domain::alarm::kpi::Figures;
use lookout::domain::directory::Directory;
use lookout::domain::directory::Point;
use lookout::domain::directory::PointKind;
use lookout::domain::directory::Township;
use lookout::domain::directory::Unit;
use lookout::domain::fact::Fact;
use lookout::domain::fact::alarm::AlarmFact;
use lookout::domain::fact::alarm::Cause;
use lookout::domain::fact::alarm::Hold;
use lookout::domain::fact::case::CaseFact;
use lookout::domain::fact::case::Given;
use lookout::domain::fact::case::Matter;
use lookout::domain::fact::task::Order;
use lookout::domain::fact::task::TaskFact;
use lookout::domain::feed::Feed;
use lookout::domain::feed::FeedState;
use lookout::domain::feed::Take;
use lookout::domain::feed::Trouble;
use lookout::domain::id::AlarmId;
use lookout::domain::id::CaseId;
use lookout::domain::id::ChannelId;
use lookout::domain::id::MoveId;
use lookout::domain::id::OperatorId;
use lookout::domain::id::PlaybookId;
use lookout::domain::id::PointId;
use lookout::domain::id::SourceId;
use lookout::domain::id::StageId;
use lookout::domain::id::TaskId;
use lookout::domain::id::TownshipId;
use lookout::domain::id::UnitId;
use lookout::domain::ledger::Entry;
use lookout::domain::ledger::State;
use lookout::domain::ledger::Stream;
use lookout::domain::person::Actor;
use lookout::domain::person::Role;
use lookout::domain::place::Place;
use lookout::domain::place::Ring;
use lookout::domain::playbook::Length;
use lookout::domain::playbook::Limit;
use lookout::domain::playbook::Move;
use lookout::domain::playbook::Need;
use lookout::domain::playbook::Origin;
use lookout::domain::playbook::Playbook;
use lookout::domain::playbook::Provenance;
use lookout::domain::playbook::Reason;
use lookout::domain::playbook::Rung;
use lookout::domain::playbook::Since;
use lookout::domain::playbook::Stage;
use lookout::domain::playbook::Words;
use lookout::domain::quantity::Quantity;
use lookout::domain::quantity::Value;
use lookout::domain::reading::Flag;
use lookout::domain::reading::Period;
use lookout::domain::reading::Reading;
use lookout::domain::signal::Severity;
use lookout::domain::signal::SignalKind;
use lookout::domain::text::Clean;
use lookout::domain::time::CHINA;
use lookout::domain::time::Moment;
use lookout::domain::time::Span;
use std::sync::Arc;

/// The moment the sample is about: 2026-11-23, 19:42:10 in China.
pub(crate) fn now() -> Moment {
    Moment::parse_rfc3339("2026-11-23T19:42:10+08:00").expect("a fixed text")
}

pub(crate) fn ago(mins: i64) -> Moment {
    now() - Span::mins(mins)
}

pub(crate) mod goals;

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
        beside: Ok(()),
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
        ledger.alarm(
            &format!("rule/S{i:06}/tp"),
            at,
            AlarmFact::Raised(Box::new(cause)),
        );
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
        let raised = AlarmFact::Raised(Box::new(cause));
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
        ledger.alarm(&format!("cam/{i:06}"), at, AlarmFact::Raised(Box::new(cause)));
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
        detail: Clean::default(),
        source: None,
        point: None,
        place: None,
        bearing: None,
        picture: Clean::default(),
        township: None,
        township_guessed: false,
        area: Clean::default(),
        severity_words: Clean::default(),
        began,
        ends: None,
        evidence: None,
    }
}

fn fire(title: &str, township: &str, (lat, lon): (f64, f64), began: Moment) -> Cause {
    Cause {
        detail: "热成像识别，置信度 0.93，风向东北 2.1 m/s".into(),
        source: Some(SourceId::new("fires")),
        place: Place::new(lat, lon),
        township: Some(TownshipId::new(township)),
        ..cause("STRAW-FIRE", Severity::Red, title, began)
    }
}

/// What has happened this evening.
pub(crate) fn story() -> Writer {
    let mut w = Writer::default();
    let raise = |w: &mut Writer, id: &str, at: Moment, cause: Cause| {
        w.alarm(id, at, AlarmFact::Raised(Box::new(cause)));
    };
    raise(
        &mut w,
        "fires/CAM-07-1931",
        ago(10),
        fire(
            "马渚镇 斗门村 北侧农田 疑似秸秆焚烧",
            "mazhu",
            (30.118, 121.062),
            ago(11),
        ),
    );
    raise(
        &mut w,
        "fires/CAM-12-1938",
        ago(3),
        fire("临山镇 邵家丘村 田间明火", "linshan", (30.142, 120.981), ago(4)),
    );
    raise(
        &mut w,
        "fires/CAM-03-1822",
        ago(79),
        fire("泗门镇 湖北村 秸秆焚烧", "simen", (30.176, 121.035), ago(80)),
    );
    let station = |cause: Cause, point: &str| Cause {
        point: Some(PointId::new(point)),
        source: Some(SourceId::new("ningbo-air")),
        ..cause
    };
    raise(
        &mut w,
        "rule/YY03/pm25",
        ago(41),
        station(
            cause(
                "AIR-JUMP",
                Severity::Orange,
                "PM2.5 一小时上升 58 µg/m³（泗门）",
                ago(42),
            ),
            "YY03",
        ),
    );
    raise(
        &mut w,
        "rule/YY02/aqi",
        ago(102),
        station(
            cause(
                "AIR-AQI",
                Severity::Yellow,
                "空气质量指数 118，轻度污染（食品公司）",
                ago(102),
            ),
            "YY02",
        ),
    );
    raise(
        &mut w,
        "warnings/nb-20261123-2",
        ago(150),
        cause(
            "WEATHER",
            Severity::Blue,
            "宁波市气象台发布大雾蓝色预警",
            ago(151),
        ),
    );
    raise(
        &mut w,
        "alerts/disk-duty-1",
        ago(200),
        cause("ALERT", Severity::Yellow, "duty-1 磁盘剩余 11%", ago(201)),
    );
    raise(
        &mut w,
        "rule/sys/firms",
        ago(26),
        Cause {
            source: Some(SourceId::new("firms")),
            ..cause(
                "SYS-SRC",
                Severity::Orange,
                "数据源 firms 连续 5 次轮询失败",
                ago(26),
            )
        },
    );
    raise(
        &mut w,
        "rule/XJ-11/tp",
        ago(400),
        cause(
            "WTR-TP",
            Severity::Yellow,
            "姚江 三江口断面 总磷 0.26 mg/L",
            ago(401),
        ),
    );
    w.alarm("rule/XJ-11/tp", ago(30), AlarmFact::Returned);
    w.handled(
        "rule/YY02/aqi",
        ago(95),
        AlarmFact::Acknowledged {
            comment: "已通知各镇加密巡查".into(),
            until: Some(now() + Span::mins(140)),
        },
    );
    w.handled(
        "alerts/disk-duty-1",
        ago(190),
        AlarmFact::Held(Hold::Shelved {
            by: OperatorId::new("zhiban-1"),
            reason: "已报修，次日更换".into(),
            until: now() + Span::hours(5),
        }),
    );
    cases(&mut w);
    w
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

pub(crate) fn moved(step: &str, from: &str, to: &str, unit: &str) -> CaseFact {
    CaseFact::Moved {
        step: MoveId::new(step),
        from: StageId::new(from),
        to: StageId::new(to),
        closes: to == "closed",
        verdict: (step == "confirm").then(|| "true".into()),
        given: Box::new(Given {
            unit: Some(UnitId::new(unit)),
            ..Given::default()
        }),
        again: None,
        extends: None,
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

fn cases(w: &mut Writer) {
    let (f1, f2, f3) = ("F20261123-0001", "F20261123-0002", "F20261123-0003");
    w.case(
        f1,
        ago(79),
        matter(
            "泗门镇 湖北村 秸秆焚烧",
            "simen",
            Some("fires/CAM-03-1822"),
            ago(80),
            (30.176, 121.035),
        ),
    );
    w.handled(
        "fires/CAM-03-1822",
        ago(79),
        AlarmFact::Joined {
            case: CaseId::new(f1),
        },
    );
    w.handled(
        "fires/CAM-03-1822",
        ago(78),
        AlarmFact::Acknowledged {
            comment: Clean::default(),
            until: None,
        },
    );
    w.case(f1, ago(77), moved("confirm", "found", "confirmed", "u-simen"));
    w.case(
        f1,
        ago(76),
        moved("dispatch", "confirmed", "dispatched", "u-simen"),
    );
    w.task(
        &format!("{f1}.1"),
        ago(76),
        order(
            f1,
            "u-simen",
            "湖北村秸秆焚烧，请 30 分钟内到场处置并反馈。",
            ago(46),
        ),
    );
    w.case(
        f1,
        ago(76),
        CaseFact::Ordered {
            task: TaskId::new(&format!("{f1}.1")),
        },
    );
    w.task(
        &format!("{f1}.1"),
        ago(75),
        TaskFact::Delivered {
            receipt: "200 ok".into(),
        },
    );
    w.task(
        &format!("{f1}.1"),
        ago(60),
        TaskFact::Answered {
            kind: "on_scene".into(),
            text: "已到场，明火已扑灭，正在清理余烬".into(),
            at: None,
            photo: None,
        },
    );
    w.case(
        f1,
        ago(46),
        CaseFact::Late {
            stage: StageId::new("dispatched"),
            due: ago(46),
        },
    );
    w.case(
        f2,
        ago(9),
        matter(
            "马渚镇 斗门村 北侧农田 疑似秸秆焚烧",
            "mazhu",
            Some("fires/CAM-07-1931"),
            ago(11),
            (30.118, 121.062),
        ),
    );
    w.handled(
        "fires/CAM-07-1931",
        ago(9),
        AlarmFact::Joined {
            case: CaseId::new(f2),
        },
    );
    w.case(
        f3,
        ago(300),
        matter(
            "低塘街道 洋山村 垃圾焚烧",
            "ditang",
            None,
            ago(301),
            (30.128, 121.170),
        ),
    );
    w.case(f3, ago(290), moved("confirm", "found", "confirmed", "u-ditang"));
    w.case(f3, ago(200), moved("close", "confirmed", "closed", "u-ditang"));
}

fn words(zh: &str, en: &str) -> Words {
    Words {
        zh: zh.into(),
        en: en.into(),
    }
}

fn stage(id: &str, zh: &str, en: &str, mins: Option<i64>) -> Stage {
    Stage {
        id: StageId::new(id),
        words: words(zh, en),
        closed: id == "closed",
        limit: mins.map(|mins| Limit {
            length: Length::Span(Span::mins(mins)),
            by: None,
            until: None,
            since: Since::Entered,
            provenance: Provenance {
                origin: Origin::Local,
                text: "秸秆焚烧处置规程 第 4 条".into(),
            },
            escalate: vec![Rung {
                role: Role::Leader,
                after: Span::ZERO,
            }],
        }),
        tells: Vec::new(),
        checklist: Vec::new(),
    }
}

fn step(id: &str, name: (&str, &str), from: &[&str], to: &str) -> Move {
    Move {
        id: MoveId::new(id),
        words: words(name.0, name.1),
        from: from.iter().map(|s| StageId::new(s)).collect(),
        to: Some(StageId::new(to)),
        roles: vec![Role::Operator, Role::Leader],
        ..Move::default()
    }
}

/// A loop like that for straw fires.
pub(crate) fn straw_fire() -> Playbook {
    let reasons = vec![
        Reason {
            code: "chimney".into(),
            words: words("烟囱、炊烟", "chimney or cooking smoke"),
        },
        Reason {
            code: "fog".into(),
            words: words("雾气、扬尘", "fog or dust"),
        },
        Reason {
            code: "other".into(),
            words: words("其他", "other"),
        },
    ];
    Playbook {
        id: PlaybookId::new("straw-fire"),
        version: 1,
        letter: 'F',
        words: words("秸秆火情", "straw fire"),
        by_hand: true,
        opens_on: vec![SignalKind::Fire],
        stages: vec![
            stage("found", "待核实", "to be checked", Some(15)),
            stage("confirmed", "待派单", "to be dispatched", Some(5)),
            stage("dispatched", "处置中", "being handled", Some(30)),
            stage("closed", "已销号", "closed", None),
        ],
        moves: vec![
            Move {
                verdict: Some("true".into()),
                ..step("confirm", ("属实", "true"), &["found"], "confirmed")
            },
            Move {
                verdict: Some("false".into()),
                needs: vec![Need::Reason, Need::Comment],
                reasons,
                ..step(
                    "false",
                    ("误报", "false alarm"),
                    &["found", "confirmed"],
                    "closed",
                )
            },
            Move {
                dispatches: true,
                needs: vec![Need::Unit],
                ..step(
                    "dispatch",
                    ("派单", "dispatch"),
                    &["found", "confirmed"],
                    "dispatched",
                )
            },
            Move {
                needs: vec![Need::Comment],
                ..step("close", ("销号", "close"), &["dispatched", "confirmed"], "closed")
            },
        ],
        ..Playbook::default()
    }
}

/// A loop for anything else.
pub(crate) fn general() -> Playbook {
    Playbook {
        id: PlaybookId::new("matter"),
        letter: 'M',
        words: words("一般事件", "general matter"),
        opens_on: vec![SignalKind::Alert, SignalKind::Weather],
        ..straw_fire()
    }
}

/// The county's outline, to two decimals of a degree.
const BOUNDARY: &[(f64, f64)] = &[
    (29.95, 121.39),
    (29.90, 121.36),
    (29.92, 121.31),
    (29.90, 121.26),
    (29.85, 121.22),
    (29.83, 121.18),
    (29.79, 121.17),
    (29.79, 121.14),
    (29.74, 121.15),
    (29.73, 121.19),
    (29.68, 121.11),
    (29.70, 121.06),
    (29.67, 121.02),
    (29.68, 120.99),
    (29.72, 121.03),
    (29.74, 121.01),
    (29.75, 121.03),
    (29.77, 121.02),
    (29.76, 121.05),
    (29.81, 121.10),
    (29.84, 121.10),
    (29.88, 121.02),
    (29.90, 121.01),
    (29.96, 121.04),
    (29.99, 121.09),
    (30.03, 120.99),
    (30.09, 120.96),
    (30.12, 120.93),
    (30.17, 120.92),
    (30.27, 120.86),
    (30.33, 121.01),
    (30.36, 121.04),
    (30.27, 121.10),
    (30.24, 121.05),
    (30.25, 121.09),
    (30.17, 121.10),
    (30.18, 121.21),
    (30.16, 121.23),
    (30.12, 121.17),
    (30.08, 121.19),
    (30.07, 121.25),
    (30.07, 121.41),
    (30.05, 121.40),
    (30.04, 121.42),
    (29.96, 121.36),
];

/// The county.
pub(crate) fn directory() -> Directory {
    let township = |id: &str, name: &str, lat: f64, lon: f64| Township {
        id: TownshipId::new(id),
        name: name.into(),
        centre: Place::new(lat, lon),
        unit: Some(UnitId::new(&format!("u-{id}"))),
    };
    let townships = vec![
        township("mazhu", "马渚镇", 30.104, 121.074),
        township("simen", "泗门镇", 30.168, 121.047),
        township("linshan", "临山镇", 30.142, 120.989),
        township("ditang", "低塘街道", 30.125, 121.167),
        township("langxia", "朗霞街道", 30.098, 121.130),
        township("zhangting", "丈亭镇", 30.030, 121.283),
        township("liangnong", "梁弄镇", 29.890, 121.083),
        township("siming", "四明山镇", 29.741, 121.083),
    ];
    let unit = |t: &Township, n: usize| Unit {
        id: t.unit.clone().unwrap_or_default(),
        name: format!("{}政府", t.name.as_str().trim_end_matches("街道"))
            .as_str()
            .into(),
        contact: "值班电话".into(),
        phone: format!("0574-0000-{n:04}").as_str().into(),
        channels: vec![ChannelId::new("work-group")],
    };
    let mut units: Vec<Unit> = townships
        .iter()
        .enumerate()
        .map(|(n, t)| unit(t, n + 1))
        .collect();
    units.push(Unit {
        id: UnitId::new("u-agri"),
        name: "市农业农村局".into(),
        contact: "值班电话".into(),
        phone: "0574-0000-0100".into(),
        channels: Vec::new(),
    });
    let mut directory = Directory {
        county: "余姚".into(),
        boundary: Ring(
            BOUNDARY
                .iter()
                .filter_map(|&(lat, lon)| Place::new(lat, lon))
                .collect(),
        ),
        townships: townships.into(),
        units: units.into(),
        points: points().into(),
        ..Directory::default()
    };
    watched::add(&mut directory);
    directory
}

fn points() -> Vec<Point> {
    let point = |id: &str, name: &str, kind, lat, lon| Point {
        place: Place::new(lat, lon),
        ..Point::new(PointId::new(id), name.into(), kind)
    };
    vec![
        point("YY01", "市环保大楼", PointKind::Air, 30.050, 121.150),
        point("YY02", "食品公司", PointKind::Air, 30.037, 121.160),
        point("YY03", "泗门", PointKind::Air, 30.170, 121.040),
        point("YY04", "丈亭", PointKind::Air, 30.030, 121.280),
        Point {
            background: true,
            ..point("YY05", "四明山", PointKind::Air, 29.740, 121.090)
        },
        point("CAMS-1", "模式格点 30.0N 121.2E", PointKind::Model, 30.0, 121.2),
        point("CAM-07", "马渚塔 7 号", PointKind::Camera, 30.110, 121.070),
    ]
}

const SIX: [Quantity; 6] = [
    Quantity::So2,
    Quantity::No2,
    Quantity::Co,
    Quantity::O3,
    Quantity::Pm10,
    Quantity::Pm25,
];

/// Station, its six values now, what was published.
type Hourly = (&'static str, [Option<i64>; 6], Option<u16>);

/// The hour of every station.
const AIR: &[Hourly] = &[
    (
        "YY01",
        [Some(7), Some(38), Some(1), Some(41), Some(82), Some(48)],
        Some(67),
    ),
    (
        "YY02",
        [Some(8), Some(44), Some(1), Some(36), Some(121), Some(89)],
        Some(118),
    ),
    (
        "YY03",
        [Some(9), Some(51), Some(1), Some(22), Some(168), Some(132)],
        Some(172),
    ),
    (
        "YY04",
        [Some(6), Some(30), Some(1), Some(55), Some(61), Some(33)],
        None,
    ),
    (
        "YY05",
        [Some(4), Some(9), None, Some(78), Some(28), Some(15)],
        Some(26),
    ),
    (
        "CAMS-1",
        [Some(5), Some(33), Some(1), Some(48), Some(70), Some(44)],
        None,
    ),
];

/// Two days of hours at every station, one hour missing everywhere, taken in as the desk takes readings in.
fn air(board: Board) -> Board {
    air_of(board, |_, _| true)
}

/// The sample board with only those hours of its stations that `spoke` tells, by station and hours ago.
pub(crate) fn heard(spoke: impl Fn(&str, i64) -> bool) -> Board {
    let mut board = board();
    board.latest.clear();
    board.air.clear();
    board.trends.clear();
    board.index_trends.clear();
    board.county_hours.clear();
    let mut board = air_of(board, spoke);
    watched::measure(&mut board);
    board
}

fn air_of(board: Board, spoke: impl Fn(&str, i64) -> bool) -> Board {
    let hour = now().floor(Span::hours(1));
    let mut readings = Vec::new();
    for (id, six, published) in AIR {
        let modelled = *id == "CAMS-1";
        let reading = |quantity, ago: i64, value: Option<i64>| Reading {
            point: PointId::new(id),
            quantity,
            period: Period::Hour,
            at: hour - Span::hours(ago),
            value: value.map(Value::whole),
            flag: if modelled { Flag::Modelled } else { Flag::Valid },
            source: SourceId::new(if modelled { "cams" } else { "ningbo-air" }),
        };
        let wave = |v: i64, ago: i64| match ago {
            0 => v,
            _ => (v * (70 + (ago * 29 + v) % 45) / 100).max(1),
        };
        for (quantity, value) in SIX.iter().zip(six) {
            let hours = (0..48).rev().filter(|ago| *ago != 17 && spoke(id, *ago));
            readings.extend(hours.map(|ago| reading(*quantity, ago, value.map(|v| wave(v, ago)))));
        }
        let published = published.map(i64::from).filter(|_| spoke(id, 0));
        readings.extend(published.map(|index| reading(Quantity::PublishedIndex, 0, Some(index))));
    }
    for (quantity, value) in [(Quantity::WindFrom, 52), (Quantity::WindSpeed, 2)] {
        readings.push(Reading {
            point: PointId::new("YY03"),
            quantity,
            period: Period::Hour,
            at: hour,
            value: Some(Value::whole(value)),
            flag: Flag::Valid,
            source: SourceId::new("ningbo-air"),
        });
    }
    take(board, readings)
}

/// The board after the desk has taken readings in.
pub(crate) fn take(board: Board, readings: Vec<Reading>) -> Board {
    let mut desk = Desk::new(board, Vec::new());
    desk.follow_readings(readings, now());
    desk.board().clone()
}

fn feeds() -> imbl::OrdMap<SourceId, Feed> {
    let feed = |id: &str, kind: &str, mins: i64| {
        Feed::new(
            SourceId::new(id),
            kind.into(),
            Span::mins(mins),
            Some(Span::mins(90)),
        )
    };
    let good = |mut feed: Feed, mins: i64, rows: u32| {
        feed.good(&Take::default(), ago(mins));
        (feed.rows, feed.state, feed.newest) = (rows, FeedState::Ok, Some(ago(mins)));
        feed.next = Some(ago(mins) + feed.every);
        feed
    };
    let mut firms = feed("firms", "firms", 10);
    firms.good(&Take::default(), ago(76));
    for _ in 0..5 {
        firms.bad(Trouble::Status(503, "Service Unavailable".into()), ago(4));
    }
    firms.failing_since = Some(ago(66));
    let mut late = good(feed("cams", "openmeteo", 60), 62, 24);
    late.state = FeedState::Late;
    late.newest = Some(ago(182));
    [
        good(feed("ningbo-air", "ningbo", 5), 2, 30),
        good(feed("fires", "mapped", 1), 0, 3),
        firms,
        late,
        good(feed("warnings", "cap", 5), 4, 1),
        feed("alerts", "alertmanager", 1),
    ]
    .into_iter()
    .map(|feed| (feed.id.clone(), feed))
    .collect()
}

fn log() -> imbl::Vector<LogLine> {
    let line = |mins, level, text: &str| LogLine {
        at: ago(mins),
        level,
        text: text.into(),
    };
    [
        line(200, "info", "collecting as duty-1"),
        line(66, "warn", "firms: 503 Service Unavailable, again in 20 s"),
        line(26, "error", "firms: five polls failed in a row"),
        line(9, "info", "F20261123-0002 opened by zhiban-1"),
    ]
    .into_iter()
    .collect()
}
