//! Why a source fails stands in the ledger, on the screen, in JSON and in the alarm's words: afterwards two reasons are
//! told apart.

use crate::Room;
use crate::upstream::Answer;
use lookout::domain::fact::Fact;
use lookout::domain::fact::alarm::AlarmFact;
use std::process::Command;

/// The titles that the ledger gives the alarm of the source `air`, one a fact.
fn titles(room: &Room) -> Vec<String> {
    let entries = room.entries().into_iter();
    let of_air = entries.filter(|entry| entry.stream.to_string() == "alarm/SYS-SRC/air");
    let title = of_air.filter_map(|entry| match entry.fact {
        Fact::Alarm(AlarmFact::Raised(cause)) => Some(cause.title.to_string()),
        Fact::Alarm(AlarmFact::Regraded { title, .. }) => Some(title.to_string()),
        Fact::Alarm(_) | Fact::Case(_) | Fact::Task(_) | Fact::Notice(_) | Fact::Shift(_) | Fact::Room(_) => {
            None
        }
    });
    title.collect()
}

#[test]
fn every_reason_of_a_failing_source_is_in_the_ledger_and_in_the_alarms_words() {
    let room = Room::new();
    let mut console = room.console();
    console.press("0");
    console.wait("every source in order", |text| text.matches(" ok").count() >= 3);
    let faults = [
        (Answer::Status(401), "401"),
        (Answer::Html, "Log in"),
        (Answer::Truncated, "broke off"),
    ];
    for (nth, (fault, words)) in faults.into_iter().enumerate() {
        room.upstream.set("/air", fault);
        console.wait("the reason in the ledger", |_| titles(&room).len() > nth);
        let said = titles(&room);
        assert!(said[nth].contains(words), "{words}: {said:?}");
        console.press("6");
        console.press("!");
        console.wait("the reason in the list", |text| {
            text.lines()
                .any(|line| line.contains("air") && line.contains(words))
        });
    }
    let config = room.home.path().join("room.toml");
    let listed = Command::new(env!("CARGO_BIN_EXE_lookout"))
        .args(["alarms", "--json", "--config"])
        .arg(config)
        .env("HOME", room.home.path())
        .output()
        .expect("it starts");
    let listed = String::from_utf8_lossy(&listed.stdout);
    assert!(listed.contains("401") && listed.contains("Log in"), "{listed}");
    console.press("q");
}
