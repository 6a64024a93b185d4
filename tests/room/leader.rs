//! What escalates is seen at the leader's own console: two processes over one ledger, of which one collects.

use crate::console::Console;
use crate::upstream::Answer;
use crate::{Room, SIZE, bodies};
use lookout::clock::Clock;
use lookout::domain::fact::Fact;
use lookout::domain::fact::notice::NoticeFact;
use lookout::domain::fact::pool::Pool;
use lookout::domain::id::CaseId;
use lookout::domain::ledger::{Draft, Entry, Stream};
use lookout::domain::person::Actor;
use lookout::store::{Ledger, OpenMode, Sqlite, Under};

const CASE: &str = "F20261127-0001";

/// A fire that was seen so long ago that its first limit has passed, up to the leader's rung.
fn late(room: &Room) {
    let at = Clock::Wall.now();
    let seen = at.ms() - 20 * 60_000;
    let opened = format!(
        r#"{{"playbook":"straw-fire","playbook_version":1,"stage":"found","title":"old fire","detected":{seen}}}"#
    );
    let fact = Fact::read("case.opened", 1, &opened, &mut Pool::default()).expect("a fact");
    let draft = Draft {
        stream: Stream::Case(CaseId::new(CASE)),
        expect: 0,
        at,
        by: Actor::Desk,
        seat: None,
        fact,
    };
    let file = room.home.path().join("room.db");
    let mut ledger = Sqlite::open(&file, OpenMode::ReadWrite).expect("a ledger");
    ledger
        .append(&[draft], Under::Anyone)
        .expect("the fire is stored");
}

fn sits(room: &Room, who: &str, lang: &str) -> Console {
    let config = room.home.path().join("room.toml");
    let config = config.to_str().expect("UTF-8");
    let script = format!("export LOOKOUT_OPERATOR={who}; exec \"$@\"");
    Console::start_after(
        room.home.path(),
        &script,
        &["--config", config, "--lang", lang],
        SIZE,
    )
}

fn seen(room: &Room) -> Vec<Entry> {
    let is = |entry: &Entry| matches!(entry.fact, Fact::Notice(NoticeFact::Seen));
    room.entries().into_iter().filter(is).collect()
}

#[test]
fn the_leaders_own_console_shows_what_escalated_and_the_collecting_one_who_has_seen_it() {
    for (lang, banner, unseen, by) in [
        (
            "en",
            "to shift leader: F20261127-0001",
            "· not seen",
            "seen by wang",
        ),
        ("zh", "带班须知：F20261127-0001", "· 未看", "wang"),
    ] {
        let room = Room::new();
        room.configure(|config| {
            format!(
                "{config}\n[[operator]]\nid = \"zhou\"\nrole = \"operator\"\n\n[[operator]]\nid = \"wang\"\nrole = \"leader\"\n"
            )
        });
        // No other fire: the first row is the old one.
        room.upstream
            .set("/fires", Answer::Body(bodies::no_fires(), "text/csv"));
        late(&room);
        let mut first = sits(&room, "zhou", lang);
        first.press("5");
        first.wait_for(CASE);
        first.wait_for("old fire");
        let mut second = sits(&room, "wang", lang);
        second.wait_for(banner);
        // Its card at the collecting console: told, and nobody has seen it.
        first.press_until("\r", "the card of the fire", |text| text.contains(unseen));
        second.press("e");
        second.wait("that the banner is gone", |text| {
            !text.contains(banner) && text.contains(CASE)
        });
        first.wait("who has seen it", |text| text.contains(by));
        let seen = seen(&room);
        let [entry] = &seen[..] else { panic!("{seen:?}") };
        assert!(
            matches!(&entry.by, Actor::Person(who) if who.as_str() == "wang"),
            "{entry:?}"
        );
        assert!(entry.stream.to_string().ends_with("/leader"), "{}", entry.stream);
    }
}
