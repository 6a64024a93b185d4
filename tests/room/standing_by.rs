//! Two collectors on one ledger: the one that does not collect says so, and says when it does.

use crate::collector::Collector;
use crate::upstream::Answer;
use crate::{Room, bodies};
use lookout::domain::fact::Fact;
use lookout::domain::fact::alarm::AlarmFact;
use std::time::{Duration, Instant};

#[test]
fn a_second_collector_says_that_it_stands_by_until_it_collects() {
    for (lang, by, own) in [
        ("en", "standing by, collected by ", "collecting; "),
        ("zh", "待命：采集由 ", "正在采集；"),
    ] {
        let room = Room::new();
        let mut first = Collector::starts(&room, lang);
        let said = first.says();
        assert!(said.starts_with(own), "{said}");
        let mut second = Collector::starts(&room, lang);
        let said = second.says();
        assert!(said.starts_with(by), "{said}");
        drop(first);
        let said = second.says();
        assert!(said.starts_with(own), "{said}");
    }
}

#[test]
fn a_collector_that_nobody_listens_to_any_more_takes_over_all_the_same() {
    let room = Room::new();
    let mut first = Collector::starts(&room, "en");
    first.says();
    let mut second = Collector::starts(&room, "en");
    assert!(second.says().starts_with("standing by"));
    // What it says next, that it collects, cannot be written.
    second.is_left_alone();
    assert_eq!(first.stops(), Some(0));
    room.upstream.set(
        "/am/api/v2/alerts",
        Answer::Body(bodies::alerts(2), "application/json"),
    );
    let is_new = |fact: &Fact| matches!(fact, Fact::Alarm(AlarmFact::Raised(cause)) if cause.title.as_str().contains("host 1"));
    let end = Instant::now() + Duration::from_secs(60);
    while !room.entries().iter().any(|entry| is_new(&entry.fact)) {
        assert!(Instant::now() < end, "nobody collects");
        std::thread::sleep(Duration::from_millis(100));
    }
    assert_eq!(second.stops(), Some(0), "it was there until it was told to stop");
}
