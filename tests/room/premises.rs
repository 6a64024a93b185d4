//! A room of the tests: its folder, its upstream, its ledger, and what a person does in it by keys.

use crate::bodies;
use crate::console::Console;
use crate::upstream::{Answer, Upstream};
use lookout::domain::fact::Fact;
use lookout::domain::fact::alarm::AlarmFact;
use lookout::domain::fact::task::TaskFact;
use lookout::domain::id::AlarmId;
use lookout::domain::ledger::{Entry, Stream};
use lookout::store::{Ledger, OpenMode, Sqlite};
use tempfile::TempDir;

/// `whsec_` and the base64 of 32 zero bytes.
pub(crate) const SECRET: &str = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
pub(crate) const SIZE: (u16, u16) = (120, 40);

/// A room in a folder of its own, with an upstream that answers well.
pub(crate) struct Room {
    pub(crate) home: TempDir,
    pub(crate) upstream: Upstream,
}

impl Room {
    pub(crate) fn new() -> Self {
        let upstream = Upstream::start();
        upstream.set("/air", Answer::Body(bodies::air(), "application/json"));
        upstream.set("/fires", Answer::Body(bodies::fires(), "text/csv"));
        upstream.set(
            "/am/api/v2/alerts",
            Answer::Body(bodies::alerts(1), "application/json"),
        );
        let home = tempfile::tempdir().expect("a folder");
        std::fs::write(home.path().join("room.toml"), config(&upstream))
            .expect("the configuration is written");
        Self { home, upstream }
    }

    /// Changes the configuration.
    pub(crate) fn configure(&self, change: impl Fn(String) -> String) {
        let file = self.home.path().join("room.toml");
        let text = std::fs::read_to_string(&file).expect("the configuration can be read");
        std::fs::write(&file, change(text)).expect("the configuration is written");
    }

    pub(crate) fn console(&self) -> Console {
        let config = self.home.path().join("room.toml");
        Console::start(
            self.home.path(),
            &["--config", config.to_str().expect("UTF-8")],
            SIZE,
        )
    }

    /// The same where no file may grow beyond so many kilobytes.
    pub(crate) fn console_with_disk_of(&self, kilobytes: u32) -> Console {
        let config = self.home.path().join("room.toml");
        Console::start_on_disk_of(
            self.home.path(),
            &["--config", config.to_str().expect("UTF-8")],
            SIZE,
            kilobytes,
        )
    }

    pub(crate) fn ledger(&self) -> Sqlite {
        let file = self.home.path().join("room.db");
        Sqlite::open(&file, OpenMode::ReadOnly).expect("the ledger can be read")
    }

    pub(crate) fn entries(&self) -> Vec<Entry> {
        self.ledger()
            .entries(0, usize::MAX)
            .expect("the ledger can be read")
    }

    pub(crate) fn tasks(&self, is: impl Fn(&TaskFact) -> bool) -> usize {
        let counts = |entry: &&Entry| matches!(&entry.fact, Fact::Task(fact) if is(fact));
        self.entries().iter().filter(counts).count()
    }

    pub(crate) fn has_order(&self) -> bool {
        self.tasks(|fact| matches!(fact, TaskFact::Ordered(_))) > 0
    }

    /// The last fact of an alarm.
    pub(crate) fn last_of_alarm(&self, id: &str) -> Option<Fact> {
        let stream = Stream::Alarm(AlarmId::new(id));
        let own = self.entries().into_iter().filter(|entry| entry.stream == stream);
        own.last().map(|entry| entry.fact)
    }

    pub(crate) fn acknowledged(&self) -> usize {
        let is = |entry: &&Entry| matches!(entry.fact, Fact::Alarm(AlarmFact::Acknowledged { .. }));
        self.entries().iter().filter(is).count()
    }
}

fn config(upstream: &Upstream) -> String {
    let (air, fires, alerts, hook) = (
        upstream.url("/air"),
        upstream.url("/fires"),
        upstream.url("/am"),
        upstream.url("/hook"),
    );
    format!(
        r#"
[room]
name = "Test room"
language = "en"

[store]
path = "room.db"

[directory]
county = "Test county"

[[township]]
id = "T1"
name = "Simen"
lat = 30.10
lon = 121.05
unit = "U1"

[[unit]]
id = "U1"
name = "Unit One"
contact = "duty phone"
phone = "0574-0000-0001"
channel = "hook"

[[source]]
id = "air"
every = "1s"
timeout = "20s"
url = "{air}"
[source.cnemc]
city = "宁波市"

[[source]]
id = "fires"
every = "1s"
url = "{fires}"
[source.firms]
area = [120.0, 29.0, 122.0, 31.0]

[[source]]
id = "servers"
every = "1s"
url = "{alerts}"
[source.alertmanager]

[[channel]]
id = "hook"
kind = "webhook"
url = "{hook}"
secret = "{SECRET}"
"#
    )
}

/// Waits for the first alarm, puts the cursor on it, acknowledges it, and waits until the screen says it is recorded.
pub(crate) fn acknowledge(console: &mut Console) {
    console.press("g");
    acknowledge_row(console);
}

/// Acknowledges what the cursor is on.
pub(crate) fn acknowledge_row(console: &mut Console) {
    console.press_until("a", "the dialog", |text| text.contains("Comment"));
    console.press_until("\r", "that it is recorded", |text| {
        // What the one before was answered may still stand there.
        text.contains("recorded: Acknowledge") && !text.contains("Comment")
    });
}

/// Dispatches the first fire as proposed, and waits until the screen says it is recorded.
pub(crate) fn dispatch(console: &mut Console) {
    console.press_until("gd", "the dialog", |text| text.contains("Answer by"));
    console.press_until("\r", "that it is recorded", |text| text.contains("dispatched"));
}
