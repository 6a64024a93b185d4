//! A night on duty, played by keys: sixty fires, a channel that refuses, answers late, foreign and never, what is late on the
//! leader's console, an emergency, the hand-over with two signatures, and the papers of it all.

use crate::effects::first;
use crate::fires::fires;
use crate::papers;
use crate::receiver::{Manner, Receiver};
use crate::room::Room;
use crate::seat::Person;
use lookout::domain::feed::{PollResult, TaskAnswer};
use lookout::domain::id::{SourceId, TaskId, UnitId};
use lookout::domain::person::Role;
use lookout::domain::task::{Delivery, Task};
use lookout::domain::text::Clean;
use lookout::domain::time::{Moment, Span};
use lookout::lang::Lang;
use std::collections::{BTreeMap, BTreeSet};

const ROOM: &str = r#"
[room]
name = "余姚市生态环境值班室"
[store]
path = "room.db"
[directory]
county = "余姚市"
[[operator]]
id = "zhou"
role = "operator"
[[operator]]
id = "chen"
role = "operator"
[[operator]]
id = "wang"
role = "leader"
[[township]]
id = "simen"
name = "泗门镇"
lat = 30.17
lon = 121.04
unit = "u-simen"
[[township]]
id = "mazhu"
name = "马渚镇"
lat = 30.10
lon = 121.07
unit = "u-mazhu"
[[township]]
id = "linshan"
name = "临山镇"
lat = 30.14
lon = 120.99
unit = "u-linshan"
[[unit]]
id = "u-simen"
name = "泗门镇政府"
contact = "值班电话"
phone = "0574-0000-0001"
channel = "towns"
[[unit]]
id = "u-mazhu"
name = "马渚镇政府"
contact = "值班电话"
phone = "0574-0000-0002"
channel = "towns"
[[unit]]
id = "u-linshan"
name = "临山镇政府"
contact = "值班电话"
phone = "0574-0000-0003"
channel = "refusing"
[[channel]]
id = "towns"
kind = "webhook"
secret = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
"#;

fn at(text: &str) -> Moment {
    Moment::parse_rfc3339(&format!("2025-06-{text}:00+08:00")).expect("a fixed text")
}

/// The room in that night.
struct Night {
    room: Room,
    towns: Receiver,
    refusing: Receiver,
}

impl Night {
    fn begins() -> Self {
        let towns = Receiver::start(|_| Manner::Says(200, "ok"));
        let refusing = Receiver::start(|_| Manner::Says(400, "no such group"));
        let text = format!(
            "{ROOM}url = \"{}\"\n[[channel]]\nid = \"refusing\"\nkind = \"dingtalk\"\ntoken = \"a-token\"\nurl = \"{}\"\n[[source]]\nid = \"answers\"\nevery = \"12h\"\nurl = \"{}\"\n[source.answers]\n",
            towns.url(),
            refusing.url(),
            towns.url()
        );
        let mut room = Room::new(&text, &[], at("11T20:02"));
        room.collects();
        Self {
            room,
            towns,
            refusing,
        }
    }

    fn clock(&mut self, time: &str) {
        let span = at(time) - self.room.now();
        self.room.pass(span);
    }

    /// The orders of a unit, oldest first.
    fn orders(&self, unit: &str) -> Vec<Task> {
        let state = self.room.state();
        let own = state
            .tasks
            .values()
            .filter(|task| task.order.unit.as_str() == unit);
        own.cloned().collect()
    }

    /// What units answer comes in with one poll.
    fn answer(&mut self, answers: Vec<TaskAnswer>) {
        let take = PollResult {
            answers,
            ..PollResult::default()
        };
        self.room.poll("answers", take);
    }

    fn set_aside(&mut self) -> u32 {
        let board = self.room.see();
        let feed = board.feeds.get(&SourceId::new("answers")).expect("the source");
        feed.flaws
    }
}

fn answer(task: &Task, unit: &str, kind: &str, at: Moment) -> TaskAnswer {
    TaskAnswer {
        task: TaskId::new(task.order.key.as_str()),
        unit: UnitId::new(unit),
        kind: Clean::new(kind),
        text: Clean::new(match kind {
            "done" => "明火已扑灭",
            _ => "收到",
        }),
        at,
        photo: (kind == "done").then(|| Clean::new("http://photos.example/1.jpg")),
    }
}

/// How many of these stand in each stage.
fn stages(room: &Room, tasks: &[Task]) -> BTreeMap<String, usize> {
    let state = room.state();
    let mut count = BTreeMap::new();
    for task in tasks {
        let case = state.cases.get(&task.order.case).expect("its case");
        *count.entry(case.state.stage.to_string()).or_default() += 1;
    }
    count
}

#[test]
fn a_night_by_keys() {
    let mut night = Night::begins();
    let mut zhou = Person::sits(&mut night.room, "zhou", Lang::Zh);
    zhou.keys(&mut night.room, "9");
    zhou.picks(&mut night.room, "接班", &[]);

    night.clock("11T20:10");
    let take = fires(night.room.now());
    night.room.poll("tower", take);
    zhou.keys(&mut night.room, "3").looks(&mut night.room);
    zhou.keys(&mut night.room, "g v G v d");
    let dialog = zhou.screen(&night.room);
    assert!(dialog.contains("派单 60 条"), "{dialog}");
    zhou.does(&mut night.room);
    let is_out = |task: &Task| {
        matches!(
            task.delivery,
            Delivery::Delivered { .. } | Delivery::Refused { .. }
        )
    };
    night.room.until("every order at an end", |board| {
        board.state.tasks.values().filter(|task| is_out(task)).count() == 60
    });

    // Each order left once, to its own unit, and the refusing channel's are a person's.
    let keys: BTreeSet<_> = night
        .towns
        .letters()
        .iter()
        .map(|letter| letter.key.clone())
        .collect();
    assert_eq!((keys.len(), night.towns.letters().len()), (57, 57));
    let refused = night.orders("u-linshan");
    assert!(refused.iter().all(Task::needs_person), "{refused:?}");
    assert_eq!(
        night.refusing.letters().len(),
        3,
        "a final refusal is not repeated"
    );
    for task in &refused {
        zhou.keys(&mut night.room, "3")
            .goes(&mut night.room, task.order.case.as_str())
            .picks(&mut night.room, "登记通话", &[("通话内容", "值班员接听")]);
    }
    assert!(!night.orders("u-linshan").iter().any(Task::needs_person));

    // One township answers in time, some of it late, some of it never; another's answers name orders that are not its own.
    let simen = night.orders("u-simen");
    let mazhu = night.orders("u-mazhu");
    night.clock("11T20:18");
    let now = night.room.now();
    let known = |from: usize, until: usize| simen.iter().skip(from).take(until - from);
    let mut answers: Vec<TaskAnswer> = known(0, 25)
        .map(|task| answer(task, "u-simen", "on_scene", now - Span::mins(2)))
        .collect();
    answers.extend(
        simen
            .iter()
            .skip(25)
            .map(|task| answer(task, "u-mazhu", "done", now)),
    );
    answers.extend(
        mazhu
            .iter()
            .take(2)
            .map(|task| answer(task, "u-mazhu", "done", at("11T19:00"))),
    );
    answers.push(TaskAnswer {
        task: TaskId::new("of-another-room"),
        ..answer(known(0, 1).next().expect("an order"), "u-simen", "done", now)
    });
    night.answer(answers);
    assert_eq!(night.set_aside(), 5 + 2 + 1, "foreign, too early, of no order");
    assert_eq!(
        stages(&night.room, &simen),
        [("on_scene".into(), 25), ("dispatched".into(), 5)].into()
    );
    night.clock("11T20:35");
    let now = night.room.now();
    let out = known(0, 20).map(|task| answer(task, "u-simen", "done", now - Span::mins(3)));
    night.answer(out.collect());
    night.clock("11T21:30");
    let now = night.room.now();
    let late = mazhu
        .iter()
        .take(20)
        .map(|task| answer(task, "u-mazhu", "done", now));
    night.answer(late.collect());
    assert_eq!(
        stages(&night.room, &simen),
        [
            ("out".into(), 20),
            ("on_scene".into(), 5),
            ("dispatched".into(), 5)
        ]
        .into()
    );
    assert_eq!(
        stages(&night.room, &mazhu),
        [("out".into(), 20), ("dispatched".into(), 7)].into()
    );
    escalated(&mut night);
    emergency(&mut night, &mut zhou);
    handed_over(&mut night, &mut zhou);
    papers::are_true(&night.room);
}

/// What is late beyond the operator's limit stands on the leader's console until the leader has seen it.
fn escalated(night: &mut Night) {
    let room = &mut night.room;
    let seen = |room: &Room| {
        let notices = room.state().notices;
        let own = notices.values().filter(|notice| notice.is_for(Role::Leader));
        own.filter(|notice| notice.seen.is_some()).count()
    };
    room.pass(Span::mins(1));
    let mut wang = Person::sits(room, "wang", Lang::Zh);
    let screen = wang.screen(room);
    assert!(screen.contains("带班须知："), "{screen}");
    wang.keys(room, "e");
    assert_eq!(seen(room), 1, "seen by the leader, in the ledger");
    wang.looks(room).keys(room, "E");
    let screen = wang.looks(room).keys(room, "1").screen(room);
    assert_eq!(
        seen(room),
        20,
        "the fires that nobody has signed for or put out: {screen}"
    );
    assert!(!screen.contains("带班须知："), "{screen}");
}

/// Texts for the fields of a dialog.
type Fields = &'static [(&'static str, &'static str)];

/// A tanker turns over: taken, verified, graded, telephoned, the first report made.
fn emergency(night: &mut Night, zhou: &mut Person) {
    night.clock("11T23:10");
    let room = &mut night.room;
    zhou.keys(room, "5 i")
        .types(room, "emergency")
        .keys(room, "Enter");
    let news = [("事由", "槽罐车侧翻泄漏"), ("属地", "→2"), ("信息来源", "→2")];
    zhou.fills(room, &news);
    zhou.does(room);
    let case = first(room, "emergency");
    let steps: &[(&str, &str, Fields)] = &[
        ("11T23:20", "属实", &[("说明", "交警在场，泄漏苯乙烯")]),
        (
            "11T23:25",
            "定级",
            &[
                ("级别", "→2"),
                ("污染物", "苯乙烯约 2 吨"),
                ("起因", "槽罐车侧翻"),
            ],
        ),
        ("11T23:30", "电话速报", &[("说明", "报市局值班室")]),
        (
            "12T00:40",
            "初报",
            &[("说明", "书面初报已报市局"), ("监测", "苯乙烯 0.3 mg/m³")],
        ),
    ];
    for (time, step, fields) in steps {
        let span = at(time) - room.now();
        room.pass(span);
        zhou.keys(room, "5")
            .goes(room, case.as_str())
            .picks(room, step, fields);
    }
    assert_eq!(first(room, "emergency"), case);
}

/// In the morning the next person reads, both sign, and takes the day.
fn handed_over(night: &mut Night, zhou: &mut Person) {
    night.clock("12T07:50");
    let room = &mut night.room;
    zhou.keys(room, "6").looks(room).keys(room, "g v G v a");
    zhou.does(room);
    zhou.keys(room, "9");
    zhou.picks(room, "准备交班", &[]);
    let mut wang = Person::sits(room, "wang", Lang::Zh);
    wang.keys(room, "9");
    wang.picks(room, "带班放行", &[("理由", "已当面说明")]);
    let mut chen = Person::sits(room, "chen", Lang::Zh);
    chen.keys(room, "9");
    chen.picks(room, "开始阅读", &[]);
    zhou.looks(room).picks(room, "交班签字", &[]);
    chen.looks(room).picks(room, "接班签字", &[]);
    let state = room.state();
    assert!(
        state.shifts.values().any(|shift| shift.closed.is_some()),
        "handed over"
    );
}
