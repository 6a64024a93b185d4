//! A done without the photo that its step needs waits for it by name; by hand a photo is an address or the name of a file.

use crate::common;
use crate::common::story::Sitting;
use lookout::desk::Command;
use lookout::desk::board::Board;
use lookout::domain::fact::task::TaskFact;
use lookout::domain::id::{CaseId, TaskId};
use lookout::lang::LANGS;
use std::sync::Arc;

const CASE: &str = "F20261123-0001";

/// The sample with the loops of the program; its first case is on the scene, and its unit says that it is done.
fn board(photo: Option<&str>) -> Board {
    let mut ledger = common::story();
    let done = TaskFact::Answered {
        kind: "done".into(),
        text: "已扑灭".into(),
        at: None,
        photo: photo.map(Into::into),
    };
    ledger.task(&format!("{CASE}.1"), common::ago(2), done);
    let mut board = common::board_with(ledger);
    let mut room = (*board.room).clone();
    room.playbooks = lookout::config::playbook::embedded();
    board.room = Arc::new(room);
    let case = board
        .state
        .cases
        .get_mut(&CaseId::new(CASE))
        .expect("it is there");
    common::stands_in(case, "on_scene");
    case.tasks = vec![TaskId::new(&format!("{CASE}.1"))];
    board
}

#[test]
fn a_done_without_its_photo_waits_for_it_by_name_until_one_is_given_by_hand() {
    for (lang, ..) in LANGS {
        let waits = lang.pick("待补照片", "photo awaited");
        let of = |board| {
            let mut story = Sitting::in_tongue(board, *lang);
            story.keys("5 /").types(&format!("id={CASE}")).keys("Enter g");
            story
        };
        let screen = of(board(Some("https://p.example/1.jpg"))).draw(160, 40);
        assert!(!screen.contains(waits), "{screen}");
        let mut story = of(board(None));
        let screen = story.draw(160, 40);
        assert!(screen.contains(waits), "{screen}");
        // Words are refused with what is accepted, and nothing is sent.
        story.keys("x").types("extinguish").keys("Enter");
        story.types("covered").keys("Enter Enter Enter");
        let screen = story.draw(160, 40);
        assert!(
            story.acts.is_empty() && screen.contains(lang.pick("文字不是凭据", "words are no evidence")),
            "{screen}"
        );
        let mut story = of(board(None));
        story.keys("x").types("extinguish").keys("Enter");
        story.types("after.jpg").keys("Enter Enter Enter");
        let screen = story.draw(160, 40);
        let act = story.acts.last().unwrap_or_else(|| panic!("{screen}"));
        let Command::Move { given, .. } = &act.command else {
            panic!("{:?}", act.command)
        };
        assert_eq!(
            given.photo.as_ref().map(lookout::domain::text::Clean::as_str),
            Some("after.jpg")
        );
    }
}
