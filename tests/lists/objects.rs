//! The object of an act: the marked rows, else the group under the cursor, else the row under the cursor. What is offered
//! is not refused, and what is left out is said.

use super::common;
use super::common::story::Sitting;
use lookout::desk::board::sight::seen_by;
use lookout::desk::board::{Board, Room};
use lookout::desk::update::Desk;
use lookout::desk::{Effect, Event, Request};
use lookout::domain::decide::refusal::Refusal;
use lookout::domain::fact::Fact;
use lookout::domain::fact::case::CaseFact;
use lookout::domain::fact::task::TaskFact;
use lookout::domain::id::{CaseId, TownshipId};
use lookout::domain::ledger::{Draft, Stream};
use lookout::domain::person::{Operator, ROLES};
use lookout::lang::Lang;
use lookout::tui::form::{Filled, Form, FormCtx};
use lookout::tui::pick::Run;
use lookout::tui::seat::Mode;
use lookout::tui::view::RowId;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What the desk makes of an act: the facts, or why not.
pub(crate) fn decided(board: &Board, request: Request) -> Result<Vec<Draft>, Refusal> {
    let mut desk = Desk::new(board.clone(), Vec::new());
    let mut all = Vec::new();
    for effect in desk.update(Event::Request(Box::new(request))) {
        match effect {
            Effect::Append { drafts, .. } => all.extend(drafts),
            Effect::Reply(reply) => drop(reply.answer?),
            Effect::Keep(_) | Effect::Reread(_) | Effect::Sight(_) | Effect::Publish | Effect::Deliver => {}
        }
    }
    Ok(all)
}

/// The units that orders go to.
pub(crate) fn ordered(drafts: &[Draft]) -> Vec<(CaseId, String)> {
    let orders = drafts.iter().filter_map(|draft| {
        let Fact::Task(TaskFact::Ordered(order)) = &draft.fact else {
            return None;
        };
        Some((order.case.clone(), order.unit.to_string()))
    });
    orders.collect()
}

/// A dialog as somebody fills it in who writes into every field and chooses in every chooser.
pub(crate) fn filled(form: &mut Form) {
    for field in &mut form.fields {
        let label = field.label.clone();
        match &mut field.value {
            Filled::Text(edit) if edit.text().is_empty() => {
                let day = label.contains("年-月-日");
                let photo = label.contains("照片");
                edit.insert(match (day, photo) {
                    (true, _) => "2026-12-01",
                    (_, true) => "1.jpg",
                    _ => "1",
                });
            }
            Filled::Choice(all, at) if all.get(*at).is_none_or(|one| one.key.is_empty()) => {
                *at = all.len() - 1;
            }
            Filled::Text(_) | Filled::Choice(..) => {}
        }
    }
}

/// The board with each order on its case, as the desk writes it.
pub(crate) fn linked(mut board: Board) -> Board {
    for task in board.state.tasks.clone().values() {
        if let Some(case) = board.state.cases.get_mut(&task.order.case)
            && !case.tasks.contains(&task.id)
        {
            case.tasks.push(task.id.clone());
        }
    }
    board
}

/// Boards with cases in every state of an order: on its way, answered, withdrawn, of a closed case.
fn boards() -> Vec<Board> {
    let mut closed = common::board();
    let ids: Vec<CaseId> = closed.state.cases.keys().cloned().collect();
    for id in ids {
        let case = closed.state.cases.get_mut(&id).expect("it is there");
        case.state.closed = Some(common::now());
    }
    vec![
        linked(common::board()),
        linked(closed),
        common::control::board(),
        common::repeating(5),
    ]
}

#[test]
fn what_a_menu_offers_is_not_refused() {
    let mut tried = BTreeSet::new();
    for board in boards() {
        for (role, _) in ROLES {
            let seen = seen_by(Arc::new(board.clone()), *role);
            let mut story = Sitting::at((*seen).clone());
            story.seat.who = Operator {
                role: *role,
                ..story.seat.who.clone()
            };
            for screen in ["1", "3", "4", "5", "6", "7", "0"] {
                story.keys(screen);
                story.keys("r g");
                for _ in 0..story.seat.view().list.ids.len().min(20) {
                    story.keys("x");
                    let items = match &story.seat.mode {
                        Mode::Pick(pick) => pick.found().into_iter().cloned().collect(),
                        Mode::Look | Mode::Form(_) | Mode::Filter(_) => Vec::new(),
                    };
                    story.keys("Esc");
                    for item in items {
                        let Run::Ask(purpose) = &item.run else { continue };
                        if !tried.insert((format!("{purpose:?}"), *role, board.state.seq)) {
                            continue;
                        }
                        let whose = format!("{role:?} {screen} {} {purpose:?}", item.words);
                        offered(&mut story, &item.run, &whose);
                    }
                    story.keys("j");
                }
            }
        }
    }
    assert!(tried.len() > 300, "{}", tried.len());
}

/// The line of the menu is chosen, its dialog filled in and pressed: the desk does it.
fn offered(story: &mut Sitting, run: &Run, whose: &str) {
    let Run::Ask(purpose) = run else { return };
    let (board, now) = (Arc::clone(&story.board), story.now());
    let ctx = FormCtx {
        board: &board,
        lang: Lang::Zh,
        now: now.room,
        hand: now.hand,
    };
    let form = purpose.open(&ctx);
    let mut form = form.unwrap_or_else(|| panic!("no dialog: {whose}"));
    filled(&mut form);
    let command = purpose.asked(&form, &ctx);
    let command = command.unwrap_or_else(|flaw| panic!("{whose}: {flaw:?}"));
    let request = Request {
        by: story.seat.who.clone(),
        seat: lookout::domain::id::SeatId::new("seat-1"),
        ticket: 1,
        at: now.room,
        seen: form.seen.clone(),
        command,
    };
    if let Err(refusal) = decided(&board, request) {
        panic!("{whose}: {refusal:?}")
    }
}

#[test]
fn marked_fires_are_each_ordered_once_from_their_own_unit_and_who_is_left_out_is_said() {
    for lang in [Lang::Zh, Lang::En] {
        let mut story = Sitting::in_tongue(linked(common::board()), lang);
        story.keys("5 g Space Space");
        assert_eq!(story.seat.view().marks.len(), 2, "{}", story.screen());
        let screen = story.keys("d").draw(120, 40);
        let said = lang.pick(
            ["派单 1 条", "跳过 1：已派单"],
            ["Dispatch 1", "left out 1: already dispatched:"],
        );
        assert!(
            said.iter().all(|words| screen.contains(words)),
            "{screen} {:?} {:?}",
            story.seat.toast,
            story.seat.mode
        );
        story.keys("Enter");
        let drafts =
            decided(&story.board, story.acts.last().expect("it was sent").clone()).expect("it is done");
        assert_eq!(ordered(&drafts).len(), 1, "{:?}", ordered(&drafts));
    }
}

/// A group of 25 alarms, every other one in another township.
fn group() -> Board {
    let mut board = common::repeating(25);
    let (mazhu, simen) = (TownshipId::new("mazhu"), TownshipId::new("simen"));
    let alarms = board.state.alarms.clone().into_iter().map(|row| row.1);
    for (nth, mut alarm) in alarms.enumerate() {
        if alarm.id.as_str().starts_with("cameras/") {
            let own = if nth % 2 == 0 { &mazhu } else { &simen };
            Arc::make_mut(&mut alarm.cause).township = Some(own.clone());
            board.state.alarms.insert(alarm.id.clone(), alarm);
        }
    }
    board
}

/// The cursor stands on the group of a room.
pub(crate) fn on_group(change: impl Fn(&mut Room), lang: Lang) -> Sitting {
    let mut board = group();
    change(Arc::make_mut(&mut board.room));
    let mut story = Sitting::in_tongue(board, lang);
    story.keys("6 g");
    for _ in 0..story.seat.view().list.ids.len() {
        if !matches!(story.seat.view().cursor, Some(RowId::Group(_))) {
            story.keys("j");
        }
    }
    story
}

#[test]
fn a_group_under_the_cursor_is_ordered_each_from_its_own_unit() {
    let mut story = on_group(|_| {}, Lang::Zh);
    let screen = story.keys("d").draw(120, 40);
    assert!(screen.contains("派单 25 条"), "{screen}");
    let Mode::Form(open) = story.seat.mode.clone() else {
        panic!("{screen}")
    };
    let named: BTreeSet<Stream> = open.form.seen.iter().map(|seen| seen.0.clone()).collect();
    assert_eq!(named.len(), 25);
    story.keys("Enter");
    let drafts = decided(&story.board, story.acts.last().expect("it was sent").clone()).expect("it is done");
    let orders = ordered(&drafts);
    assert_eq!(orders.len(), 25, "{orders:?}");
    let cases: BTreeSet<&CaseId> = orders.iter().map(|order| &order.0).collect();
    assert_eq!(cases.len(), 25, "a case each");
    let units: BTreeSet<&str> = orders.iter().map(|order| order.1.as_str()).collect();
    assert_eq!(units, BTreeSet::from(["u-mazhu", "u-simen"]));
}

#[test]
fn a_note_on_marked_rows_stands_on_each_of_their_cases() {
    let mut story = Sitting::at(common::board());
    story
        .keys("5 g Space Space c")
        .types("both seen")
        .keys("Enter Enter");
    let drafts = decided(&story.board, story.acts.last().expect("it was sent").clone()).expect("it is done");
    assert_eq!(drafts.len(), 2, "{drafts:?}");
}

#[test]
fn one_photo_for_several_is_marked_as_theirs_together_and_one_that_is_needed_cannot_be_left_out() {
    let mut board = linked(common::board());
    let mut room = (*board.room).clone();
    room.playbooks = lookout::config::playbook::embedded();
    board.room = Arc::new(room);
    for id in ["F20261123-0001", "F20261123-0002"] {
        let case = board.state.cases.get_mut(&CaseId::new(id)).expect("it is there");
        common::stands_in(case, "on_scene");
    }
    let mut story = Sitting::at(board);
    story.keys("5 g Space Space x").types("extinguish").keys("Enter");
    let screen = story.screen();
    assert!(screen.contains("照片（2 件共用）"), "{screen}");
    story.keys("Esc x").types("extinguish").keys("Enter");
    let Mode::Form(open) = story.seat.mode.clone() else {
        panic!("{screen}")
    };
    let board = Arc::clone(&story.board);
    let ctx = FormCtx {
        board: &board,
        lang: Lang::Zh,
        now: common::now(),
        hand: lookout::domain::time::Span::ZERO,
    };
    let (purpose, mut form) = (open.purpose, open.form);
    assert!(purpose.asked(&form, &ctx).is_err(), "not without a photo");
    filled(&mut form);
    let command = purpose.asked(&form, &ctx).expect("it is filled in");
    let by = story.seat.who.clone();
    let request = Request {
        by,
        seat: lookout::domain::id::SeatId::new("seat-1"),
        ticket: 1,
        at: common::now(),
        seen: form.seen.clone(),
        command,
    };
    let drafts = decided(&story.board, request).expect("it is done");
    let shared = drafts.iter().filter_map(|draft| {
        let Fact::Case(CaseFact::Moved { given, .. }) = &draft.fact else {
            return None;
        };
        Some(given.shared_by)
    });
    assert_eq!(shared.collect::<Vec<_>>(), [Some(2), Some(2)]);
}
