//! A room that is started without the loop of an open case runs, and says so until the loop is back.

use crate::Room;
use lookout::clock::Clock;
use lookout::domain::fact::Fact;
use lookout::domain::fact::case::{CaseFact, Matter};
use lookout::domain::id::{CaseId, PlaybookId, StageId};
use lookout::domain::ledger::{Draft, Stream};
use lookout::domain::person::Actor;
use lookout::store::{Ledger, OpenMode, Sqlite, Under};

/// The ledger of a room whose straw fires once had a stage more.
fn kept(room: &Room) {
    let matter = Matter {
        playbook: PlaybookId::new("straw-fire"),
        stage: StageId::new("smouldering"),
        title: "Smoke at Hubei".into(),
        detected: Clock::Wall.now(),
        ..Matter::default()
    };
    let draft = Draft {
        stream: Stream::Case(CaseId::new("F1")),
        expect: 0,
        at: Clock::Wall.now(),
        by: Actor::Desk,
        seat: None,
        fact: Fact::Case(CaseFact::Opened(Box::new(matter))),
    };
    let file = room.home.path().join("room.db");
    let mut store = Sqlite::open(&file, OpenMode::ReadWrite).expect("a new ledger");
    store.append(&[draft], Under::Anyone).expect("stored");
}

#[test]
fn a_room_started_without_the_stage_of_an_open_case_runs_and_names_it_in_both_languages() {
    for (lang, todo, mark) in [
        ("en", "restore it in the config", "no loop"),
        ("zh", "请在配置中恢复", "流程缺失"),
    ] {
        let room = Room::new();
        kept(&room);
        room.configure(|config| config.replace("language = \"en\"", &format!("language = \"{lang}\"")));
        let mut console = room.console();
        console.wait("a banner that names the case and what to do", |text| {
            text.contains("straw-fire smouldering F1") && text.contains(todo)
        });
        console.press("5");
        console.wait("the case by its stage's own name, marked", |text| {
            text.lines()
                .any(|line| line.contains("smouldering") && line.contains(mark))
        });
        console.press("q");
        assert_eq!(console.end(), 0);
    }
}
