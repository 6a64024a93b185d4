//! Key stories of a matter written down by hand: a loop that goes to a township asks for it.

use super::Story;
use super::common;
use super::every_loop;
use lookout::desk::Deed;
use lookout::lang::LANGS;
use lookout::tui::form::Value;
use lookout::tui::seat::Mode;

/// A patch written down with everything that is needed but its township, at which those keys are pressed: the township
/// that it was opened with (empty where it is not known), if it was opened, and the screen.
fn patch(story: &mut Story, keys: &[&str]) -> (Option<String>, String) {
    story.keys("i").types("patch").keys("Enter").types("疑似图斑");
    let Mode::Form(form) = &mut story.seat.mode else {
        panic!("{:?}", story.seat.mode)
    };
    let own = form.fields.iter_mut().skip(4).filter(|field| field.needed);
    for field in own {
        match &mut field.value {
            Value::Choice(_, at) => *at = 1,
            Value::Text(edit) => edit.insert("1"),
        }
    }
    let fields = form.fields.len();
    story.keys("Tab");
    for key in keys {
        story.keys(key);
    }
    for _ in 1..fields {
        story.keys("Tab");
    }
    story.keys("Enter");
    let opened = story.acts.pop().map(|act| {
        let Deed::Open { opening, .. } = act.deed else {
            panic!("{act:?}")
        };
        opening.township.map_or(String::new(), |id| id.to_string())
    });
    (opened, story.screen())
}

#[test]
fn a_loop_that_goes_to_a_township_asks_for_it_and_not_known_must_be_chosen() {
    for (lang, ..) in LANGS {
        let open = |keys: &[&str]| {
            let mut story = Story::new();
            story.seat.lang = *lang;
            story.board(every_loop(common::board()));
            patch(&mut story, keys)
        };
        let (opened, screen) = open(&[]);
        assert_eq!(opened, None, "it is still to be asked:\n{screen}");
        let asks = lang.pick("请填写“属地”", "“Township” is still empty");
        assert!(screen.contains(asks), "{screen}");
        assert_eq!(open(&["l"]).0, Some(String::new()), "not known, and chosen so");
        assert_eq!(open(&["l", "l"]).0, Some("mazhu".to_owned()));
    }
}

#[test]
fn a_known_enterprise_answers_for_its_township() {
    let mut story = Story::new();
    let board = every_loop(common::board());
    let firm = board
        .room
        .directory
        .enterprises
        .iter()
        .find(|firm| firm.township.is_some());
    let firm = firm.expect("an enterprise with its township").clone();
    story.board(board);
    story.keys("i").types("patch").keys("Enter").types("疑似图斑");
    story.keys("Tab Tab Tab").types(firm.id.as_str());
    let Mode::Form(form) = &story.seat.mode else {
        panic!("{:?}", story.seat.mode)
    };
    let township = form.text(lookout::tui::form::Slot::Township);
    assert_eq!(Some(township), firm.township.map(|id| id.to_string()));
}
