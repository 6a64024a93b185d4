//! A disk whose calls fail, take long or never return, and a lock that another program holds.

use crate::bodies;
use crate::collector::Collector;
use crate::disk::stand::{Person, Report, SOON, Said, Stand};
use crate::upstream::Answer;
use rusqlite::Connection;
use std::time::{Duration, Instant};

/// An error of the medium.
const EIO: &str = "fail 5";
/// How long a person looks on before the console is killed.
const A_MOMENT: Duration = Duration::from_secs(3);

/// Whether an act is recorded is not known while the disk fails, and said once it is known.
pub(super) fn fsync_fails_and_recovers() -> Report {
    let stand = Stand::new();
    let mut person = stand.sits();
    person.records("before");
    person.harmed();
    stand.shim.says(&format!("fsync {EIO}"));
    assert_ne!(person.acts("during", A_MOMENT), Said::Recorded);
    person.is_told("READ-ONLY: the ledger cannot be written", SOON);
    stand.shim.says("");
    person.sees_it_well();
    let said = person.is_answered("during", SOON);
    assert_ne!(said, Said::Open, "{}", person.console.text());
    person.records("after");
    person.leaves().judge(&stand.file())
}

pub(super) fn fsync_fails_and_it_is_killed() -> Report {
    let stand = Stand::new();
    let mut person = stand.sits();
    person.records("before");
    person.harmed();
    stand.shim.says(&format!("fsync {EIO}"));
    assert_ne!(person.acts("during", A_MOMENT), Said::Recorded);
    person.is_told("READ-ONLY: the ledger cannot be written", SOON);
    let report = person.loses();
    stand.shim.says("");
    let mut again = stand.sits();
    again.report = report;
    again.records("after");
    again.leaves().judge(&stand.file())
}

/// The ways in which a commit fails: on the log or on all files, always or now and then.
const COMMITS: [&str; 5] = [
    "only -wal\nfsync fail 5",
    "fsync fail 5",
    "pwrite fail 28",
    "only -wal\npwrite fail 28",
    "only -wal\npwrite fail 5 300",
];

/// The console is killed as soon as it has said something of an act, or nothing: what it refused is not there.
fn killed_at_once(faults: &[&str]) -> Report {
    let mut all = Report::default();
    for fault in faults {
        let stand = Stand::new();
        let mut person = stand.sits();
        person.records("before");
        person.harmed();
        stand.shim.says(fault);
        person.acts("during", Duration::from_millis(1500));
        all.takes(person.loses().judge(&stand.file()));
    }
    all
}

pub(super) fn one_commit_fails() -> Report {
    killed_at_once(&COMMITS[..1])
}

pub(super) fn every_commit_fails() -> Report {
    killed_at_once(&COMMITS)
}

/// Nothing is said to be recorded before it is, and keys are answered meanwhile.
pub(super) fn fsync_is_slow() -> Report {
    let stand = Stand::new();
    let mut person = stand.sits();
    person.records("before");
    person.harmed();
    stand.shim.says("fsync wait 4000");
    assert_eq!(person.acts("during", Duration::from_secs(1)), Said::Open);
    for (key, words) in [("2", "测试东"), ("0", "ledger"), ("6", "needs a person")] {
        let begun = Instant::now();
        person.console.press(key);
        person.console.wait_for(words);
        assert!(begun.elapsed() < A_MOMENT, "{key}: {:?}", begun.elapsed());
    }
    person.is_told("its ledger does not answer", 4 * SOON);
    let said = person.is_answered("during", 8 * SOON);
    assert_eq!(said, Said::Recorded, "{}", person.console.text());
    stand.shim.says("");
    person.sees_it_well();
    person.records("after");
    person.leaves().judge(&stand.file())
}

/// A calm room whose disk hangs is calm no more, before the next alarm comes and whatever comes; it goes on when it answers.
pub(super) fn fsync_hangs() -> Report {
    let stand = Stand::new();
    stand.lists(0);
    let none = Answer::Body(bodies::no_fires(), "text/csv");
    stand.room.upstream.set("/fires", none);
    let mut person = stand.sits_after(&stand.shim.script());
    person.console.press("1");
    person.console.wait_for("no unhandled alarms");
    person.harmed();
    stand.shim.says("fsync hang");
    stand.lists(3);
    person.is_told("its ledger does not answer", SOON);
    person.console.press("1");
    let is_calm = |text: &str| text.contains("no unhandled alarms");
    assert!(
        !person.console.becomes(SOON, &is_calm),
        "{}",
        person.console.text()
    );
    goes_on(person, &stand, "Disk of host 2 is full")
}

/// The disk is well again: what came meanwhile is seen, and the room goes on recording.
fn goes_on(mut person: Person, stand: &Stand, came: &str) -> Report {
    stand.shim.says("");
    person.sees_it_well();
    person.sees(came);
    person.records("after");
    person.leaves().judge(&stand.file())
}

/// Acts for a minute on a disk that has no room for some of what is written.
pub(super) fn full_now_and_then() -> Report {
    let stand = Stand::new();
    stand.lists(90);
    let mut person = stand.sits();
    person.harmed();
    stand.shim.says("pwrite fail 28 60");
    let end = Instant::now() + Duration::from_secs(60);
    for nth in 0..60 {
        if Instant::now() < end {
            person.acts(&format!("act-{nth:02}"), A_MOMENT);
        }
    }
    person.loses().judge(&stand.file())
}

/// A console that follows cannot read what another process collects: it says so, and reads on when it can.
pub(super) fn reads_fail() -> Report {
    let stand = Stand::new();
    let mut collector = Collector::starts(&stand.room, "en");
    assert!(collector.says().starts_with("collecting;"));
    let mut person = stand.sits();
    person.records("before");
    person.harmed();
    stand.shim.says(&format!("pread {EIO}"));
    stand.lists(20);
    person.is_told("the ledger cannot be read", SOON);
    goes_on(person, &stand, "Disk of host 19 is full")
}

pub(super) fn locked() -> Report {
    let stand = Stand::new();
    let mut person = stand.sits();
    person.records("before");
    let other = Connection::open(stand.file()).expect("the ledger's file");
    person.harmed();
    other.execute_batch("BEGIN IMMEDIATE").expect("its lock");
    person.is_told("it is locked by", SOON);
    person.is_refused("during");
    other.execute_batch("ROLLBACK").expect("let go");
    person.sees_it_well();
    person.records("after");
    person.leaves().judge(&stand.file())
}
