//! Said is done: every text that speaks of something sent, notified, issued, in force, saved, collected or recorded stands
//! in one table, and what says that it is so is shown only where it is so: in the ledger on the disk, in the store, outside.
//!
//! One story brings each of them about; at each of its moments all that a person can look at is looked at.

use crate::effects::first;
use crate::reading::said;
use crate::receiver::{Manner, Receiver};
use crate::room::Room;
use crate::said::DONE;
use crate::seat::Person;
use lookout::desk::Command;
use lookout::domain::decide::opening::Opening;
use lookout::domain::fact::case::MoveInput;
use lookout::domain::fact::task::Order;
use lookout::domain::feed::PollResult;
use lookout::domain::id::{CaseId, ChannelId, EnterpriseId, FieldId, MoveId, PlaybookId, SourceId, UnitId};
use lookout::domain::signal::{Severity, Signal, SignalKind};
use lookout::domain::task::Delivery;
use lookout::domain::text::Clean;
use lookout::domain::time::{Moment, Span};
use lookout::lang::{LANGS, Lang};
use lookout::report::{Books, REPORTS};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

const ROOM: &str = r#"
[room]
name = "值班室"
[store]
path = "room.db"
[directory]
county = "测试县"
[[operator]]
id = "zhiban"
role = "operator"
[[operator]]
id = "daiban"
role = "leader"
[[township]]
id = "T1"
name = "泗门镇"
lat = 30.10
lon = 121.05
unit = "U1"
[[unit]]
id = "U1"
name = "泗门镇政府"
phone = "0574-0000-0001"
channel = "hook"
[[enterprise]]
id = "E1"
name = "铸造厂"
rated_kw = 1000
curtail = ["yellow=60"]
phone = "0574-0000-0002"
channel = "hook"
[[channel]]
id = "hook"
kind = "webhook"
secret = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
"#;

/// The story's room, and what it has been seen to say.
struct Story {
    room: Room,
    /// Whether the units' receiver takes letters.
    takes: Arc<AtomicBool>,
    /// Rows of [`DONE`] that were read so far.
    read: BTreeSet<usize>,
    wrong: Vec<String>,
}

impl Story {
    fn new() -> Self {
        let takes = Arc::new(AtomicBool::new(false));
        let open = Arc::clone(&takes);
        let hook = Receiver::start(move |_| {
            if open.load(Ordering::SeqCst) {
                Manner::Says(200, "ok")
            } else {
                Manner::Says(500, "later")
            }
        });
        let text = format!("{ROOM}url = \"{}\"\n", hook.url());
        let at = Moment::parse_rfc3339("2025-06-11T20:30:00+08:00").expect("a fixed text");
        Self {
            room: Room::new(&text, &[], at),
            takes,
            read: BTreeSet::new(),
            wrong: Vec::new(),
        }
    }

    /// Reads a text: what it says to be done must be there.
    fn reads(&mut self, moment: &str, text: &str) {
        let there: Vec<bool> = DONE.iter().map(|row| row.2.exists(&self.room)).collect();
        for line in text.lines() {
            for nth in said(line) {
                self.read.insert(nth);
                if !there.get(nth).copied().unwrap_or_default() {
                    let row = DONE.get(nth).map(|row| (row.1, row.2));
                    self.wrong.push(format!("{moment}: {row:?} in “{}”", line.trim()));
                }
            }
        }
    }

    /// Looks at everything there is: each screen, card and menu in both languages, each report, each list.
    fn looks(&mut self, moment: &str) {
        for (lang, key, _) in LANGS {
            let mut person = Person::sits(&mut self.room, "daiban", *lang);
            let screens = person.everything(&mut self.room);
            self.reads(moment, &screens);
            self.lists(moment, key);
            self.reports(moment, *lang);
        }
    }

    /// The same by the command line alone.
    fn lists(&mut self, moment: &str, lang: &str) {
        for list in ["alarms", "cases", "feeds"] {
            let said = self.room.says("daiban", &[list, "--lang", lang]);
            self.reads(moment, &said);
        }
    }

    /// Every report as the board's preview makes it.
    fn reports(&mut self, moment: &str, lang: Lang) {
        let (board, now) = (self.room.see(), self.room.now());
        let day = now.date(board.room.zone);
        for report in REPORTS {
            let period = report.rhythm.on(day, &board.room).expect("a day of the calendar");
            let books = Books::of_board(&board, period, now);
            self.reads(moment, &report.paper(&books, lang).markdown());
        }
    }

    #[track_caller]
    fn does(&mut self, who: &str, command: Command) {
        let done = self.room.command(who, command);
        done.unwrap_or_else(|why| panic!("{why:?}"));
    }

    #[track_caller]
    fn steps(&mut self, case: &CaseId, step: &str, fields: &[(&str, &str)]) {
        let command = Command::Move {
            case: case.clone(),
            step: MoveId::new(step),
            given: given(fields),
            order: None,
        };
        self.does("daiban", command);
    }

    /// The receiver takes letters now, and what waits is sent again.
    fn opens(&mut self) {
        self.takes.store(true, Ordering::SeqCst);
        self.room.pass(Span::mins(30));
        self.room.until("that all have arrived", |board| {
            let tasks = board.state.tasks.values();
            tasks
                .filter(|task| !matches!(task.delivery, Delivery::Delivered { .. }))
                .count()
                == 0
        });
        self.takes.store(false, Ordering::SeqCst);
    }

    /// A tower sees a fire.
    fn fire(&mut self, id: &str) {
        let signal = Signal {
            source: SourceId::new("tower"),
            id: Clean::new(id),
            kind: SignalKind::Fire,
            severity: Severity::Red,
            severity_words: Clean::default(),
            active: true,
            title: Clean::new("秸秆焚烧"),
            detail: Clean::default(),
            place: None,
            area: Clean::new("泗门镇"),
            point: None,
            bearing: None,
            picture: Clean::default(),
            at: self.room.now(),
            ends: None,
            fields: Vec::new(),
        };
        let take = PollResult {
            signals: vec![signal],
            ..PollResult::default()
        };
        self.room.poll("tower", take);
    }

    /// Every order that waits has been tried.
    fn tried(&mut self) {
        self.room.until("an attempt of each", |board| {
            board
                .state
                .tasks
                .values()
                .all(|task| task.attempts().is_none_or(|n| n > 0))
        });
    }
}

fn given(fields: &[(&str, &str)]) -> MoveInput {
    let fields = fields
        .iter()
        .map(|(id, value)| (FieldId::new(id), Clean::new(value)));
    MoveInput {
        comment: Clean::new("按预案"),
        unit: Some(UnitId::new("U1")),
        fields: fields.collect(),
        ..MoveInput::default()
    }
}

fn order(case: &CaseId, unit: &str) -> Order {
    Order {
        case: case.clone(),
        unit: UnitId::new(unit),
        unit_name: Clean::new("单位"),
        phone: Clean::new("0574-0000-0002"),
        channel: ChannelId::new("hook"),
        text: Clean::new("请处置"),
        ..Order::default()
    }
}

#[test]
fn what_is_said_to_be_done_is_done() {
    let mut story = Story::new();
    story.lists("nobody collects", "zh");
    story.room.collects();
    story.looks("nothing has happened");

    for (lang, key, _) in LANGS {
        story.fire(key);
        let mut person = Person::sits(&mut story.room, "zhiban", *lang);
        for (keys, words) in [("3 g d Enter", ""), ("c", "看过"), ("Enter Enter", "")] {
            person.keys(&mut story.room, keys).types(&mut story.room, words);
            let screen = person.screen(&story.room);
            story.reads("a fire is seen to", &screen);
        }
    }
    story.tried();
    story.looks("its order waits");
    story.opens();
    story.looks("its order has arrived");

    let at = story.room.now();
    let opening = |title: &str| Opening::by_hand(Clean::new(title), at);
    let open = |playbook: &str, opening: Opening| Command::Open {
        playbook: PlaybookId::new(playbook),
        opening: Box::new(opening),
    };
    story.does("daiban", open("episode", opening("重污染天气应急管控")));
    let episode = first(&story.room, "episode");
    story.steps(&episode, "propose", &[("level", "yellow"), ("cause", "静稳")]);
    story.looks("an episode is proposed");
    story.steps(&episode, "issue", &[("order_no", "甬气指〔2025〕4号")]);
    story.looks("an episode is issued");
    story.steps(&episode, "start", &[]);
    let firm = Opening {
        enterprise: Some(EnterpriseId::new("E1")),
        parent: Some(episode),
        ..opening("铸造厂")
    };
    story.does("daiban", open("curtailment", firm));
    let firm = first(&story.room, "curtailment");
    story.looks("an enterprise is listed");
    let tell = Command::Move {
        case: firm.clone(),
        step: MoveId::new("tell"),
        given: MoveInput::default(),
        order: Some(order(&firm, "E1")),
    };
    story.does("daiban", tell);
    story.tried();
    story.looks("its notice waits");
    story.opens();
    story.looks("its notice has arrived");
    story.steps(&firm, "effect", &[("watch", "manual")]);
    story.looks("its limit is in force");

    for (_, lang, _) in LANGS {
        for line in [
            ["report", "daily", "--date", "2025-06-11", "--lang", lang],
            ["report", "daily", "--date", "2025-06-11", "--lang", lang],
        ] {
            let issued = [&line[..], &["--issue"]].concat();
            let said = story.room.says("daiban", &issued);
            story.reads("a daily is issued", &said);
            let said = story.room.says("daiban", &line);
            story.reads("an issued daily is read", &said);
        }
    }
    story.looks("at the end");
    assert!(story.wrong.is_empty(), "{}", story.wrong.join("\n"));
    let unread: Vec<_> = DONE
        .iter()
        .enumerate()
        .filter(|(nth, _)| !story.read.contains(nth))
        .map(|(_, row)| row.1)
        .collect();
    assert!(unread.is_empty(), "never read: {unread:#?}");
}
