//! A source that lists 4,000 new alarms at every poll: what is built and written stays small.

use crate::given;
use crate::process::{Serving, Upstream, packed};
use lookout::store::{Ledger, OpenMode, Sqlite};
use std::fmt::Write;

/// New alarms a poll.
const EACH: u64 = 4000;

fn alerts(poll: u64) -> Vec<u8> {
    let mut body = String::from("[");
    for n in poll * EACH..(poll + 1) * EACH {
        let comma = if n % EACH == 0 { "" } else { "," };
        write!(
            body,
            r#"{comma}{{"labels":{{"alertname":"A{n}","severity":"warning"}},"annotations":{{"summary":"alert number {n}"}},"startsAt":"2026-01-01T00:00:00Z","endsAt":"2099-01-01T00:00:00Z","fingerprint":"f{n}","status":{{"state":"active","silencedBy":[],"inhibitedBy":[]}}}}"#
        )
        .expect("a text takes it");
    }
    body.push(']');
    packed(body.as_bytes())
}

#[test]
#[ignore = "minutes of real processes: .ci/long"]
fn ever_new_alarms_take_no_more_memory_and_disk_than_may_be_raised() {
    let polls = given("LOOKOUT_FLOOD_POLLS", 60);
    let upstream = Upstream::start(alerts);
    let serving = Serving::of(&upstream.url);
    upstream.wait(1);
    let began = std::time::Instant::now();
    upstream.wait(polls);
    let minutes = began.elapsed().as_secs() / 60 + 2;
    let (taken, file) = (serving.taken(), serving.home.path().join("room.db"));
    let state = Sqlite::open(&file, OpenMode::ReadWrite)
        .expect("the ledger")
        .state(None)
        .expect("it is read");
    let size = |end: &str| {
        let mut name = file.clone().into_os_string();
        name.push(end);
        std::fs::metadata(name).map_or(0, |known| known.len())
    };
    let disk = (size("") + size("-wal")) >> 20;
    println!(
        "flood: {} listed, {} alarms, {} MB of memory, {disk} MB of disk",
        polls * EACH,
        state.alarms.len(),
        taken.peak >> 10
    );
    assert!(state.alarms.len() as u64 <= 1000 * minutes + 1);
    assert!(
        state.alarms.keys().any(|id| id.as_str() == "SYS-FLOOD/am"),
        "it is said"
    );
    assert!(taken.peak < 150 << 10, "{} kB of memory", taken.peak);
    assert!(disk < 60, "{disk} MB of disk");
}
