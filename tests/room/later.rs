//! A source that says later: it raises an alarm, is waited for within its bound, and is asked at once by a key, also from a
//! console that does not poll.

use crate::upstream::Answer;
use crate::{Room, bodies};
use lookout::domain::fact::Fact;
use lookout::domain::fact::room::RoomFact;
use lookout::domain::ledger::Entry;

#[test]
fn a_source_that_said_later_for_an_hour_raises_an_alarm_and_is_asked_at_once_from_another_console() {
    let room = Room::new();
    room.upstream.set("/air", Answer::Later(3600));
    let mut first = room.console();
    first.press("0");
    first.wait_for("asked too often");
    let raised = |_: &str| room.last_of_alarm("SYS-SRC/air").is_some();
    first.wait("its alarm, long before it may be asked again", raised);
    // It would answer well by now, but nobody asks it.
    room.upstream
        .set("/air", Answer::Body(bodies::air(), "application/json"));
    let mut second = room.console();
    second.press("0g");
    second.wait_for("asked too often");
    // Not within the first moments after a poll.
    second.press_until("p", "every source in order", |text| {
        text.matches(" ok").count() >= 3
    });
    let asked = |entry: &Entry| matches!(&entry.fact, Fact::Room(RoomFact::Asked { source }) if source.as_str() == "air");
    assert!(room.entries().iter().any(asked), "it is known who wanted it");
}

#[test]
fn no_word_of_a_source_makes_it_be_left_alone_for_longer_than_its_bound() {
    let room = Room::new();
    room.configure(|text| text.replace("id = \"air\"", "id = \"air\"\nmost_later = \"3s\""));
    room.upstream.set("/air", Answer::Later(360_000));
    let mut console = room.console();
    console.press("0");
    console.wait_for("asked too often");
    console.press_until("\r", "its card", |text| text.contains("most_later"));
    room.upstream
        .set("/air", Answer::Body(bodies::air(), "application/json"));
    console.wait_for("● ok");
}
