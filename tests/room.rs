//! The whole way, end to end: the real binary in a real terminal, polling real HTTP, over a real ledger.
//!
//! Bodies are written by hand and dated at run time; `LOOKOUT_REAL` adds the recorded ones (`room_real.rs`).

#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test says why by failing"
)]

#[path = "room/bodies.rs"]
mod bodies;
#[path = "room/console.rs"]
mod console;
#[path = "room/upstream.rs"]
mod upstream;

use console::Console;
use lookout::domain::alarm::AlarmFact;
use lookout::domain::ledger::Entry;
use lookout::domain::ledger::Fact;
use lookout::store::OpenMode;
use lookout::store::Sqlite;
use lookout::store::Store;
use tempfile::TempDir;
use upstream::Answer;
use upstream::Upstream;

/// `whsec_` and the base64 of 32 zero bytes.
const SECRET: &str = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
const SIZE: (u16, u16) = (120, 40);

/// A room in a folder of its own, with an upstream that answers well.
struct Room {
    home: TempDir,
    upstream: Upstream,
}

impl Room {
    fn new() -> Self {
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

    fn console(&self) -> Console {
        let config = self.home.path().join("room.toml");
        Console::start(
            self.home.path(),
            &["--config", config.to_str().expect("UTF-8")],
            SIZE,
        )
    }

    fn ledger(&self) -> Sqlite {
        let file = self.home.path().join("room.db");
        Sqlite::open(&file, OpenMode::ReadOnly).expect("the ledger can be read")
    }

    fn entries(&self) -> Vec<Entry> {
        self.ledger()
            .since(0, usize::MAX)
            .expect("the ledger can be read")
    }

    fn acknowledged(&self) -> usize {
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
timeout = "2s"
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

#[test]
fn stations_fires_and_alerts_reach_the_screen() {
    let room = Room::new();
    let mut console = room.console();
    console.wait_for("Test room");
    console.press("2");
    let air = console.wait("both stations with their index", |text| {
        let row = |name: &str| text.lines().find(|line| line.contains(name)).map(str::to_owned);
        row("测试东").is_some_and(|r| r.contains("78")) && row("测试西").is_some_and(|r| r.contains("46"))
    });
    assert!(
        air.contains("min") || air.contains("now"),
        "the age stands beside:\n{air}"
    );
    console.press("6");
    console.wait_for("Disk of host 0 is full");
    console.press("3");
    console.wait_for("Simen");
    console.press("q");
    assert_eq!(console.end(), 0);
}

#[test]
fn an_acknowledgement_is_in_the_ledger_before_it_is_on_the_screen() {
    let room = Room::new();
    let mut console = room.console();
    console.press("6");
    console.wait_for("Disk of host 0 is full");
    acknowledge(&mut console, "Disk of host 0");
    assert!(
        room.acknowledged() >= 1,
        "it was on the screen before it was in the ledger"
    );
    console.kill();
    let again = room.console();
    drop(again);
    let audit = room
        .ledger()
        .verify(&mut |_, _| {})
        .expect("the chain can be read");
    assert_eq!(audit.broken, None);
}

/// Puts the cursor on the row that holds `words`, acknowledges it, and waits until the screen says so.
fn acknowledge(console: &mut Console, words: &str) {
    console.press("/");
    console.press(words);
    console.press("\r");
    console.press("g");
    console.press("a");
    console.wait("the dialog", |text| text.to_lowercase().contains("acknowledge"));
    console.press_until("\r", "the answer that it is done", |text| {
        text.contains("▲C") || text.contains("acknowledged")
    });
}
