//! An act touches what its dialog names: whatever was marked, opened, filtered or moved before.

use super::common::story::Sitting;
use super::{common, objects};
use lookout::desk::Command;
use lookout::domain::alarm::group::GroupKey;
use lookout::domain::id::{AlarmId, CaseId};
use lookout::domain::ledger::Stream;
use lookout::tui::form::Form;
use lookout::tui::seat::Mode;
use lookout::tui::view::RowId;
use proptest::prelude::*;
use proptest::sample::select;
use std::collections::BTreeSet;

/// The marked rows, or else the row under the cursor.
fn chosen(story: &Sitting) -> Vec<RowId> {
    let view = story.seat.view();
    if view.marks.is_empty() {
        view.cursor.into_iter().collect()
    } else {
        view.marks.into_iter().collect()
    }
}

/// Those of the rows that are no alarm and have none.
fn bare(story: &Sitting) -> Vec<RowId> {
    let rows = chosen(story).into_iter();
    rows.filter(|row| alarms_of(story, std::slice::from_ref(row)).is_empty())
        .collect()
}

/// The alarms that the marked rows, or else the row under the cursor, are: counted here from the rows alone.
fn meant(story: &Sitting) -> BTreeSet<AlarmId> {
    alarms_of(story, &chosen(story))
}

fn alarms_of(story: &Sitting, rows: &[RowId]) -> BTreeSet<AlarmId> {
    let alarms = &story.board.state.alarms;
    let of = |row: &RowId| -> Vec<AlarmId> {
        match row {
            RowId::Alarm(id) => vec![id.clone()],
            RowId::Case(id) => story.board.state.cases[id].alarms.clone(),
            RowId::Group(key) => {
                let own = alarms
                    .values()
                    .filter(|alarm| GroupKey::of(alarm).as_ref() == Some(key));
                own.map(|alarm| alarm.id.clone()).collect()
            }
            RowId::Task(_) | RowId::Point(_) | RowId::Source(_) | RowId::Other(_) => Vec::new(),
        }
    };
    let all = rows.iter().flat_map(of);
    all.filter(|id| alarms.contains_key(id)).collect()
}

/// What an order or a note for these rows is about: the case of each, or else its alarm.
fn about(story: &Sitting) -> BTreeSet<Stream> {
    let rows = chosen(story);
    let state = &story.board.state;
    let of_alarm = |id: &AlarmId| {
        let case = state.alarms.get(id).and_then(|alarm| alarm.case.clone());
        case.map_or_else(|| Stream::Alarm(id.clone()), Stream::Case)
    };
    let of = |row: &RowId| -> Vec<Stream> {
        match row {
            RowId::Alarm(id) => vec![of_alarm(id)],
            RowId::Case(id) => vec![Stream::Case(id.clone())],
            RowId::Task(id) => state
                .tasks
                .get(id)
                .map(|task| Stream::Case(task.order.case.clone()))
                .into_iter()
                .collect(),
            RowId::Group(key) => {
                let own = state
                    .alarms
                    .values()
                    .filter(|alarm| GroupKey::of(alarm).as_ref() == Some(key));
                own.map(|alarm| of_alarm(&alarm.id)).collect()
            }
            RowId::Point(_) | RowId::Source(_) | RowId::Other(_) => Vec::new(),
        }
    };
    rows.iter().flat_map(of).collect()
}

/// How many a dialog says that it leaves out.
fn left_out(form: &Form) -> usize {
    let said = form.about.iter().find_map(|line| line.strip_prefix("跳过 "));
    let number = said.and_then(|line| line.split('：').next());
    number.and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// The alarms, or the cases, that a command touches.
#[expect(clippy::wildcard_enum_match_arm, reason = "other commands touch neither")]
fn touched(command: &Command) -> (Vec<AlarmId>, Vec<CaseId>) {
    match command {
        Command::Acknowledge { alarms, .. } | Command::Shelve { alarms, .. } => (alarms.clone(), Vec::new()),
        Command::Move { case, .. } | Command::Note { case, .. } => (Vec::new(), vec![case.clone()]),
        Command::Dispatch(order) => (Vec::new(), vec![order.case.clone()]),
        Command::Open { opening, .. } => (opening.alarm.iter().cloned().collect(), Vec::new()),
        Command::All(all) => {
            let each: Vec<_> = all.iter().map(touched).collect();
            let alarms = each.iter().flat_map(|one| one.0.clone()).collect();
            (alarms, each.into_iter().flat_map(|one| one.1).collect())
        }
        other => panic!("{other:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn an_act_touches_exactly_what_its_dialog_named(
        many in select(vec![0_usize, 3, 25]),
        seen in proptest::collection::vec(0_usize..25, 0..6),
        screen in select(vec!["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"]),
        moves in proptest::collection::vec(
            select(vec!["j", "j", "k", "Space", "Space", "v", "Enter", "Esc", "!", "G", "g", "Tab", "r", "V"]),
            0..14,
        ),
        act in select(vec!["a", "s", "d", "c", "x"]),
        item in 0_usize..12,
    ) {
        let mut board = common::repeating(many);
        for n in seen.into_iter().filter(|n| *n < many) {
            common::acknowledge(&mut board, &format!("cameras/{n:04}"));
        }
        let mut story = Sitting::at(objects::linked(board));
        story.keys(screen);
        for key in moves {
            story.keys(key);
        }
        let view = story.seat.view();
        let (meant, about, marked) = (meant(&story), about(&story), view.marks.len());
        let bare = bare(&story);
        story.keys(act);
        if act == "x" {
            // Of the menu only the steps for all marked rows: its other rows have keys of their own.
            for _ in 0..item {
                story.keys("Down");
            }
            story.keys("Enter");
        }
        let Mode::Form(open) = story.seat.mode.clone() else {
            return Ok(());
        };
        let form = open.form;
        if act == "x" && !["steps", "orders"].contains(&common::act_of(&open.purpose).as_str()) {
            return Ok(());
        }
        if marked == 0 {
            story.keys("Esc");
            prop_assert!(!story.cursor_line().is_empty() || story.seat.view().open, "{}", story.screen());
            story.keys(act);
        }
        let alarms = story.board.state.alarms.clone();
        let named: Vec<Stream> = form.seen.iter().map(|seen| seen.0.clone()).collect();
        story.types("x");
        for _ in 0..form.fields.len() {
            story.keys("Down");
        }
        story.keys("Enter");
        let Some(sent) = story.acts.last() else {
            return Ok(());
        };
        let (own, cases) = touched(&sent.command);
        let streams: BTreeSet<Stream> =
            own.iter().cloned().map(Stream::Alarm).chain(cases.iter().cloned().map(Stream::Case)).collect();
        prop_assert_eq!(&streams, &named.iter().cloned().collect::<BTreeSet<_>>(), "no more, no less");
        prop_assert_eq!(own.len() + cases.len(), named.len(), "each once");
        // What was offered is not refused, and the facts touch nothing else that was there.
        let drafts = objects::decided(&story.board, sent.clone());
        let drafts = drafts.unwrap_or_else(|why| panic!("{why:?}"));
        let new: BTreeSet<&Stream> = drafts.iter().filter(|one| one.expect == 0).map(|one| &one.stream).collect();
        let old = drafts.iter().filter(|draft| !new.contains(&draft.stream)).map(|draft| draft.stream.clone());
        let own_alarms: BTreeSet<Stream> = meant.iter().cloned().map(Stream::Alarm).collect();
        let strange: Vec<Stream> = old.filter(|one| !streams.contains(one) && !own_alarms.contains(one)).collect();
        prop_assert_eq!(strange, Vec::new(), "beside what was named");
        // The button says how many; one is named by itself.
        let said = if named.len() == 1 { "1".to_owned() } else { named.len().to_string() };
        prop_assert!(form.verb.contains(&said) || form.verb.contains('：'), "{} {}", form.verb, named.len());
        let bare = bare.iter().filter(|_| matches!(act, "a" | "s")).count();
        match act {
            "a" => {
                // What is held back is not acknowledged, however unseen it is.
                let unseen = meant.iter().filter(|id| alarms[*id].state().needs_person()).cloned();
                prop_assert_eq!(own.iter().cloned().collect::<BTreeSet<_>>(), unseen.collect::<BTreeSet<_>>());
                prop_assert_eq!(own.len() + left_out(&form), meant.len() + bare, "{:?}", form.about);
            }
            "s" => {
                let free = meant.iter().filter(|id| alarms[*id].hold.is_none()).cloned();
                prop_assert_eq!(own.iter().cloned().collect::<BTreeSet<_>>(), free.collect::<BTreeSet<_>>());
                prop_assert_eq!(own.len() + left_out(&form), meant.len() + bare, "{:?}", form.about);
            }
            // All that the rows are about, or it is said how many of it are left out.
            _ => {
                prop_assert!(streams.is_subset(&about), "{:?} of {:?}", streams, about);
                prop_assert_eq!(streams.len() + left_out(&form), about.len(), "{:?}", form.about);
            }
        }
    }
}

#[test]
fn an_order_without_a_known_unit_asks_for_one() {
    let mut board = common::board();
    let id = CaseId::new("F20261123-0002");
    let case = board.state.cases.get_mut(&id).expect("it is open");
    (case.state.unit, case.matter.township) = (None, None);
    let mut story = Sitting::at(board);
    story.keys("5");
    while story.seat.view().cursor != Some(RowId::Case(id.clone())) {
        story.keys("j");
    }
    let screen = story.keys("d").screen();
    assert!(screen.contains("—请选择—"), "{screen}");
    let Mode::Form(open) = &story.seat.mode else {
        panic!("{screen}")
    };
    for _ in 0..open.form.fields.len() {
        story.keys("Down");
    }
    let screen = story.keys("Enter").screen();
    assert_eq!(story.acts, [], "nothing is sent by doing nothing");
    assert!(screen.contains("请填写“单位”"), "{screen}");
}
