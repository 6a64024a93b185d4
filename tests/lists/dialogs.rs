//! What a person meets in menus and dialogs of every loop, by keys: what goes on stands before what ends, and that before
//! what cannot be done, which says why; what must be written is marked, and a refusal goes there; a choice is typed for.

use super::common;
use super::common::story::Sitting;
use lookout::config::playbook::embedded;
use lookout::desk::board::{Board, Room};
use lookout::domain::fact::case::{CaseFact, Matter};
use lookout::domain::id::StageId;
use lookout::domain::person::{ROLES, Role};
use lookout::domain::playbook::Playbook;
use lookout::lang::LANGS;
use lookout::tui::form::{Filled, Form, Here, Slot};
use lookout::tui::pick::{Item, Run};
use lookout::tui::seat::Mode;
use std::sync::Arc;

/// The evening in a room with every loop.
fn room() -> Board {
    let board = common::board();
    Board {
        room: Arc::new(Room {
            playbooks: embedded(),
            ..(*board.room).clone()
        }),
        ..board
    }
}

/// One open case of that loop more, in that stage, under the cursor of its list.
fn over(story: &mut Sitting, room: &Board, playbook: &Playbook, stage: &StageId) {
    let mut ledger = common::Writer::default();
    let matter = Matter {
        playbook: playbook.id.clone(),
        stage: stage.clone(),
        title: "matter".into(),
        detected: common::now(),
        ..Matter::default()
    };
    let opened = CaseFact::Opened(Box::new(matter));
    ledger.case("Z20261123-0001", common::now(), opened);
    let board = Board {
        room: Arc::clone(&room.room),
        ..common::board_with(ledger)
    };
    story.board = Arc::new(board);
    story.keys("1");
    story.sees();
    story.keys("5 g");
}

fn items(story: &Sitting) -> Vec<Item> {
    let Mode::Pick(pick) = &story.seat.mode else {
        panic!("no list: {:?}", story.seat.mode)
    };
    pick.found().into_iter().cloned().collect()
}

/// The steps among these that can be made, and of each whether it ends the case.
fn steps(items: &[Item], playbook: &Playbook) -> Vec<(String, bool)> {
    let step = |item: &Item| {
        let Run::Ask(purpose) = &item.run else { return None };
        let key = purpose.key();
        let own = key.strip_prefix("step ")?.rsplit(' ').next()?.to_owned();
        let to = playbook
            .moves
            .iter()
            .find(|step| step.id.as_str() == own)?
            .to
            .as_ref();
        let ends = to
            .and_then(|to| playbook.stage(to))
            .is_some_and(|stage| stage.closed);
        Some((own, ends))
    };
    items.iter().filter_map(step).collect()
}

#[test]
fn in_every_menu_what_goes_on_comes_first_then_what_ends_then_what_cannot_be_done_with_its_reason() {
    let room = room();
    let (mut can, mut cannot) = (0, 0);
    for (nth, (lang, ..)) in LANGS.iter().enumerate() {
        for (role, ..) in ROLES {
            let mut story = Sitting::in_tongue(common::board(), *lang);
            story.seat.who.role = *role;
            for playbook in room.room.playbooks.iter().filter(|own| own.is_seen_by(*role)) {
                // Every stage in one language, in the other as many.
                for stage in playbook
                    .stages
                    .iter()
                    .skip(nth)
                    .step_by(2)
                    .filter(|stage| !stage.closed)
                {
                    over(&mut story, &room, playbook, &stage.id);
                    story.keys("x");
                    let menu = items(&story);
                    let what = format!("{role:?} {} {}", playbook.id, stage.id);
                    let blocked: Vec<bool> =
                        menu.iter().map(|item| matches!(item.run, Run::Say(_))).collect();
                    assert!(blocked.is_sorted(), "{what}: {menu:?}");
                    let own = steps(&menu, playbook);
                    assert!(own.iter().map(|step| step.1).is_sorted(), "{what}: {own:?}");
                    for item in menu.iter().filter(|item| matches!(item.run, Run::Say(_))) {
                        assert!(!item.note.trim().is_empty(), "{what}: {item:?}");
                        cannot += 1;
                    }
                    can += own.len();
                    // The palette finds all that the row offers.
                    story.keys("Esc :");
                    let palette = items(&story);
                    let misses: Vec<_> = menu
                        .iter()
                        .filter(|item| matches!(item.run, Run::Ask(_)))
                        .filter(|item| !palette.iter().any(|own| own.words == item.words))
                        .collect();
                    assert!(misses.is_empty(), "{what}: the palette misses {misses:?}");
                    story.keys("Esc");
                }
            }
        }
    }
    assert!(can > 100 && cannot > 100, "{can} {cannot}");
}

fn form(story: &Sitting) -> &Form {
    let Mode::Form(open) = &story.seat.mode else {
        panic!("no dialog: {:?}", story.seat.mode)
    };
    &open.form
}

#[test]
fn what_must_be_written_is_marked_and_a_refusal_goes_to_it_and_says_so() {
    for (lang, ..) in LANGS {
        let room = room();
        let own = |own: &&Playbook| own.may_register(Role::Operator) && own.under.is_none();
        for playbook in room.room.playbooks.iter().filter(own) {
            let mut story = Sitting::in_tongue(room.clone(), *lang);
            story.keys("i").types(playbook.id.as_str()).keys("Enter");
            let needed: Vec<String> = form(&story)
                .fields
                .iter()
                .filter(|field| field.needed)
                .map(|field| field.label.clone())
                .collect();
            let screen = story.draw(120, 50);
            for label in &needed {
                let marked = format!("{label} *");
                assert!(
                    screen.contains(&marked),
                    "{}: no {marked}:\n{screen}",
                    playbook.id
                );
            }
            for _ in 0..40 {
                if form(&story).here == Here::Do {
                    break;
                }
                story.keys("Tab");
            }
            story.keys("Enter");
            assert!(story.acts.is_empty(), "{}: nothing was written", playbook.id);
            let Here::Field(at) = form(&story).here else {
                panic!("{}: the refusal stays at the button", playbook.id)
            };
            let field = form(&story).fields.get(at).expect("a field");
            assert!(
                field.needed && field.is_empty(),
                "{}: at {}",
                playbook.id,
                field.label
            );
            let words = lang.pick("请填写", "is still empty");
            let (label, screen) = (field.label.clone(), story.draw(120, 50));
            assert!(
                screen.contains(words) && screen.contains(&label),
                "{}:\n{screen}",
                playbook.id
            );
        }
    }
}

/// The township that is chosen, and how the choices stand on the screen.
fn township(story: &mut Sitting) -> (String, String) {
    let chosen = form(story).text(&Slot::Township);
    (chosen, story.draw(120, 40))
}

#[test]
fn a_choice_is_found_by_what_is_typed_and_a_search_without_a_hit_stays_and_says_so() {
    for (lang, ..) in LANGS {
        let mut story = Sitting::in_tongue(room(), *lang);
        story.keys("i").types("patch").keys("Enter Tab");
        let all = match form(&story)
            .fields
            .get(1)
            .map(|field| (&field.slot, &field.value))
        {
            Some((Slot::Township, Filled::Choice(all, _))) => all.clone(),
            other => panic!("{other:?}"),
        };
        story.keys("End");
        let last = all.last().expect("townships");
        assert_eq!(township(&mut story).0, last.key);
        story.keys("Home PageDown");
        assert_eq!(township(&mut story).0, all.get(10).unwrap_or(last).key);
        for typed in ["mazhu", "马渚", "mzz"] {
            story.keys("Ctrl-u").types(typed);
            let (chosen, screen) = township(&mut story);
            assert_eq!(chosen, "mazhu", "{typed}:\n{screen}");
            assert!(screen.contains(&format!("1/1 {typed}")), "{typed}:\n{screen}");
        }
        story.keys("Ctrl-u").types("qqq");
        let (_, screen) = township(&mut story);
        assert!(screen.contains("0/0 qqq"), "{screen}");
        let here = form(&story).here;
        story.keys("Enter");
        assert_eq!(form(&story).here, here, "it is not taken for a choice");
        let said = township(&mut story).1;
        assert_ne!(said, screen, "and something is said:\n{said}");
    }
}
