//! Key stories of a matter written down by hand: a loop that goes to a township asks for it.

use super::{Story, common, every_loop, press};
use lookout::desk::Command;
use lookout::desk::board::Board;
use lookout::domain::id::FieldId;
use lookout::domain::playbook::{CaseField, Words};
use lookout::lang::LANGS;
use lookout::tui::form::{Filled, Here};
use lookout::tui::seat::Mode;
use std::sync::Arc;

/// A patch written down with everything that is needed but its township, at which those keys are pressed: the township
/// that it was opened with (empty where it is not known), if it was opened, and the screen.
fn patch(story: &mut Story, keys: &[&str]) -> (Option<String>, String) {
    story.keys("i").types("patch").keys("Enter").types("疑似图斑");
    let Mode::Form(open) = &mut story.seat.mode else {
        panic!("{:?}", story.seat.mode)
    };
    let form = &mut open.form;
    let own = form.fields.iter_mut().skip(4).filter(|field| field.needed);
    for field in own {
        match &mut field.value {
            Filled::Choice(_, at) => *at = 1,
            Filled::Text(edit) => edit.insert("1"),
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
        let Command::Open { opening, .. } = act.command else {
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
        assert_eq!(
            open(&["Right"]).0,
            Some(String::new()),
            "not known, and chosen so"
        );
        assert_eq!(open(&["Right", "Right"]).0, Some("mazhu".to_owned()));
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
    let Mode::Form(open) = &story.seat.mode else {
        panic!("{:?}", story.seat.mode)
    };
    let form = &open.form;
    let township = form.text(&lookout::tui::form::Slot::Township);
    assert_eq!(Some(township), firm.township.map(|id| id.to_string()));
}

/// Goes to the field of that label, from wherever the dialog stands.
fn go_to(story: &mut Story, label: &str) {
    story.keys(&"Up ".repeat(20));
    for _ in 0..20 {
        let Mode::Form(open) = &story.seat.mode else {
            panic!("{:?}", story.seat.mode)
        };
        let form = &open.form;
        let here = match form.here {
            Here::Field(at) => form.fields.get(at),
            Here::Do | Here::Cancel => None,
        };
        if here.is_some_and(|field| field.label == label) {
            return;
        }
        story.keys("Tab");
    }
    panic!("no field {label}: {}", story.screen());
}

/// What stands in every field that somebody filled in, by its label.
fn written(story: &Story) -> Vec<(String, String)> {
    let Mode::Form(open) = &story.seat.mode else {
        panic!("{:?}", story.seat.mode)
    };
    let form = &open.form;
    let texts = form.fields.iter().filter_map(|field| match &field.value {
        Filled::Text(edit) => Some((field.label.clone(), edit.text().clone())),
        Filled::Choice(..) => None,
    });
    texts.filter(|(_, text)| !text.is_empty()).collect()
}

/// The room whose petitions ask for a field more, before all others.
fn one_field_more(board: &Board) -> Board {
    let mut board = board.clone();
    let mut room = (*board.room).clone();
    let petition = room
        .playbooks
        .iter_mut()
        .find(|own| own.id.as_str() == "petition");
    let petition = petition.expect("petitions");
    let spot = petition.fields.iter().find(|field| field.id.as_str() == "spot");
    let more = CaseField {
        id: FieldId::new("number"),
        words: Words::from("来电单号"),
        needed: false,
        ..spot.expect("a field of words").clone()
    };
    petition.fields.insert(0, more);
    board.room = Arc::new(room);
    board
}

#[test]
fn what_was_written_in_a_field_of_a_loop_stays_in_it_when_the_loop_is_given_more_fields() {
    let before = every_loop(common::board());
    let after = one_field_more(&before);
    let spot = ("被反映对象".to_owned(), "老化工厂".to_owned());
    let open = |story: &mut Story| {
        story.keys("i").types("petition").keys("Enter");
    };
    let write = |story: &mut Story| {
        open(story);
        go_to(story, "被反映对象");
        story.types("老化工厂");
        assert_eq!(written(story), std::slice::from_ref(&spot));
    };
    // Left, and taken up again under the changed loop.
    let mut story = Story::new();
    story.board(before.clone());
    write(&mut story);
    story.keys("Esc").board(after.clone());
    open(&mut story);
    story.keys("Ctrl-r");
    assert_eq!(written(&story), std::slice::from_ref(&spot), "{}", story.screen());

    // Open while the loop changes.
    let mut story = Story::new();
    story.board(before);
    write(&mut story);
    go_to(&mut story, "事由");
    story.types("臭气");
    for label in ["属地", "渠道", "污染类型", "要素", "正在发生"] {
        go_to(&mut story, label);
        story.keys("Right");
    }
    story.board(after);
    press(&mut story);
    let Some(Command::Open { opening, .. }) = story.acts.pop().map(|act| act.command) else {
        panic!("{}", story.screen())
    };
    let given = opening.fields.iter().find(|field| field.1.as_str() == "老化工厂");
    assert_eq!(
        given.map(|field| field.0.as_str()),
        Some("spot"),
        "{:?}",
        opening.fields
    );
    let ids: Vec<&str> = opening.fields.iter().map(|field| field.0.as_str()).collect();
    assert_eq!(ids, ["channel", "kind", "medium", "spot", "sudden"]);
}
