//! A room in a folder of its own, whose orders are written into its ledger as a console would write them.

use crate::receiver::Receiver;
use lookout::config::playbook::embedded;
use lookout::domain::fact::Fact;
use lookout::domain::fact::pool::Pool;
use lookout::domain::fact::task::TaskFact;
use lookout::domain::id::{CaseId, TaskId};
use lookout::domain::ledger::{Draft, Stream};
use lookout::domain::person::Actor;
use lookout::domain::state::State;
use lookout::domain::task::{Delivery, Task, number};
use lookout::domain::time::Moment;
use lookout::lang::Lang;
use lookout::lang::journal::{JournalBasis, line};
use lookout::store::{Ledger, Notes, OpenMode, Sqlite, Under};
use std::cell::Cell;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long a condition may take before the test fails; generous, since the machine may be busy.
const PATIENCE: Duration = Duration::from_secs(60);
/// `whsec_` and the base64 of 32 zero bytes.
const SECRET: &str = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
/// What every order's number begins with.
const PREFIX: &str = "F20261127-";

pub(crate) struct Room {
    home: TempDir,
    /// The first way of its orders.
    first: String,
    ordered: Cell<u32>,
}

/// A collecting process; killed when it is let go of.
pub(crate) struct Serving(Child);

impl Serving {
    /// Kills it without a word, as a power cut would.
    pub(crate) fn kill(self) {
        drop(self);
    }

    /// Ends it by a signal of that name; whether it ended well.
    pub(crate) fn told(mut self, name: &str) -> bool {
        let pid = self.0.id().to_string();
        let told = Command::new("kill").args([&format!("-{name}"), &pid]).status();
        assert!(told.expect("kill runs").success(), "kill -{name}");
        self.0.wait().expect("it ends").success()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.0.kill().expect("it can be killed");
        self.0.wait().expect("it ends");
    }
}

impl Room {
    /// With channels by name and kind, each led to its receiver, and one unit that is reached by these `ways` in order.
    pub(crate) fn new(channels: &[(&str, &str, &Receiver)], ways: &[&str]) -> Self {
        let home = tempfile::tempdir().expect("a folder");
        let idle = Receiver::start(|_| crate::Manner::Never);
        let ways_given = match ways {
            [only] => format!("channel = \"{only}\""),
            several => format!("channels = {several:?}"),
        };
        let mut text = format!(
            r#"
[room]
name = "Test room"
[store]
path = "room.db"
[directory]
county = "Test county"
[[unit]]
id = "U1"
name = "Unit One"
phone = "0574-0000-0001"
{ways_given}
[[source]]
id = "servers"
url = "{}"
[source.alertmanager]
"#,
            idle.url()
        );
        for (id, kind, receiver) in channels {
            let secret = match *kind {
                "webhook" => format!("secret = \"{SECRET}\""),
                _ => "token = \"a-token\"".to_owned(),
            };
            let url = receiver.url();
            write!(
                text,
                "[[channel]]\nid = \"{id}\"\nkind = \"{kind}\"\nurl = \"{url}\"\n{secret}\n"
            )
            .expect("a text takes it");
        }
        std::fs::write(home.path().join("room.toml"), text).expect("the configuration is written");
        Self {
            home,
            first: (*ways.first().expect("a way")).to_owned(),
            ordered: Cell::new(0),
        }
    }

    /// The same with more in its configuration.
    pub(crate) fn with(self, more: &str) -> Self {
        let file = self.home.path().join("room.toml");
        let text = std::fs::read_to_string(&file).expect("the configuration");
        std::fs::write(&file, format!("{text}\n{more}\n")).expect("the configuration is written");
        self
    }

    /// Writes down a fire that was seen so long ago that its first limit has passed, up to the leader's rung.
    pub(crate) fn late(&self) -> CaseId {
        let n = self.ordered.get() + 1;
        self.ordered.set(n);
        let at = lookout::clock::Clock::Wall.now();
        let seen = at.ms() - 20 * 60_000;
        let opened = format!(
            r#"{{"playbook":"straw-fire","playbook_version":1,"stage":"found","title":"fire {n}","detected":{seen}}}"#
        );
        let case = CaseId::new(&format!("{PREFIX}{n:04}"));
        let draft = draft(Stream::Case(case.clone()), 0, at, ("case.opened", &opened));
        self.store()
            .append(&[draft], Under::Anyone)
            .expect("the fire is stored");
        case
    }

    /// Everything that is in hand.
    pub(crate) fn state(&self) -> State {
        self.store().state(None).expect("the ledger can be read")
    }

    /// What the log says, in English.
    pub(crate) fn log(&self) -> Vec<String> {
        let (state, playbooks) = (self.state(), embedded());
        let entries = self
            .store()
            .entries(0, usize::MAX)
            .expect("the ledger can be read");
        let known = JournalBasis {
            state: &state,
            playbooks: &playbooks,
        };
        let lines = entries.iter().filter_map(|entry| line(Lang::En, entry, known));
        lines.map(|said| said.what).collect()
    }

    /// Waits until `is` holds for what is in hand.
    pub(crate) fn wait_state(&self, what: &str, is: impl Fn(&State) -> bool) -> State {
        let end = Instant::now() + PATIENCE;
        loop {
            let state = self.state();
            if is(&state) {
                return state;
            }
            assert!(Instant::now() < end, "waited for: {what}; {:?}", state.notices);
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    fn file(&self) -> PathBuf {
        self.home.path().join("room.db")
    }

    fn store(&self) -> Sqlite {
        Sqlite::open(&self.file(), OpenMode::ReadWrite).expect("the ledger")
    }

    /// Who collects.
    pub(crate) fn collector(&self) -> Option<String> {
        self.store().collector().expect("the lease can be read")
    }

    /// Writes `count` cases with one order each, as one transaction.
    pub(crate) fn order(&self, count: u32) {
        let first = self.ordered.get() + 1;
        self.ordered.set(self.ordered.get() + count);
        let drafts: Vec<Draft> = (first..first + count).flat_map(|n| self.drafts(n)).collect();
        self.store()
            .append(&drafts, Under::Anyone)
            .expect("the orders are stored");
    }

    /// Writes one case with its order under its number in the world, as the desk numbers it; gives that.
    pub(crate) fn order_numbered(&self) -> String {
        let n = self.ordered.get() + 1;
        self.ordered.set(n);
        let [opened, mut ordered, belongs] = self.drafts(n);
        let (Fact::Task(TaskFact::Ordered(order)), Stream::Task(task)) = (&mut ordered.fact, &ordered.stream)
        else {
            panic!("an order")
        };
        // A ledger has its name from its first entry on.
        self.store()
            .append(&[opened], Under::Anyone)
            .expect("the case is stored");
        order.key = number::of(&self.state().genesis, task, order, ordered.at);
        let key = order.key.to_string();
        self.store()
            .append(&[ordered, belongs], Under::Anyone)
            .expect("the order is stored");
        key
    }

    fn drafts(&self, n: u32) -> [Draft; 3] {
        let case = format!("{PREFIX}{n:04}");
        let at = lookout::clock::Clock::Wall.now();
        let task = TaskId::new(&format!("{case}.1"));
        let opened = format!(
            r#"{{"playbook":"straw-fire","playbook_version":1,"stage":"found","title":"fire {n}","detected":{}}}"#,
            at.ms()
        );
        let ordered = format!(
            r#"{{"case":"{case}","unit":"U1","unit_name":"Unit One","contact":"duty","phone":"0574-0000-0001","channel":"{}","text":"Go there."}}"#,
            self.first
        );
        let belongs = format!(r#"{{"task":"{task}"}}"#);
        let case = Stream::Case(CaseId::new(&case));
        [
            draft(case.clone(), 0, at, ("case.opened", &opened)),
            draft(Stream::Task(task), 0, at, ("task.ordered", &ordered)),
            draft(case, 1, at, ("case.ordered", &belongs)),
        ]
    }

    /// Starts a collector that takes over at once, whoever collected before it.
    pub(crate) fn serve(&self) -> Serving {
        if self.file().exists() {
            let ledger = rusqlite::Connection::open(self.file()).expect("the ledger");
            ledger
                .execute("UPDATE lease SET expires = 0", [])
                .expect("the lease");
        }
        let mut command = Command::new(env!("CARGO_BIN_EXE_lookout"));
        command
            .args(["serve", "--config"])
            .arg(self.home.path().join("room.toml"));
        command.env("HOME", self.home.path());
        command.env("XDG_STATE_HOME", self.home.path().join("state"));
        command.stdout(Stdio::null()).stderr(Stdio::null());
        Serving(command.spawn().expect("the binary"))
    }

    /// Every order, as the ledger has it.
    pub(crate) fn tasks(&self) -> Vec<Task> {
        let state = self.store().state(None).expect("the ledger can be read");
        state.tasks.values().cloned().collect()
    }

    /// Waits until `is` holds for every order.
    pub(crate) fn wait(&self, what: &str, is: impl Fn(&Task) -> bool) {
        let end = Instant::now() + PATIENCE;
        loop {
            let tasks = self.tasks();
            if tasks.iter().all(&is) {
                return;
            }
            let ends: Vec<&Delivery> = tasks.iter().map(|task| &task.delivery).collect();
            assert!(Instant::now() < end, "waited for: {what}; {ends:?}");
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}

fn draft(stream: Stream, expect: u32, at: Moment, (kind, json): (&str, &str)) -> Draft {
    Draft {
        stream,
        expect,
        at,
        by: Actor::Desk,
        seat: None,
        fact: Fact::read(kind, 1, json, &mut Pool::default()).expect("a fact"),
    }
}

/// The number of the order that a letter is about.
pub(crate) fn number_in(body: &str) -> String {
    let (_, rest) = body.split_once(PREFIX).expect("the number stands in the letter");
    let tail = rest.split(|c: char| !c.is_ascii_digit() && c != '.').next();
    // A webhook's body names the case as well.
    let case = tail.and_then(|tail| tail.get(..4)).expect("a number");
    format!("{PREFIX}{case}.1")
}

/// Whether nothing more happens to it by itself that a person does not know of.
pub(crate) fn is_settled(task: &Task) -> bool {
    task.needs_person() || matches!(task.delivery, Delivery::Delivered { .. })
}

/// Whether it waits for its way.
pub(crate) fn is_waiting(task: &Task) -> bool {
    matches!(&task.delivery, Delivery::Pending { why, .. } if !why.is_empty())
}
