//! A further order to a unit that owes an answer to another is named before Enter: which, since when, of which case.

use crate::common;
use crate::common::now;
use crate::common::story::Sitting;
use lookout::desk::board::Board;
use lookout::domain::fact::task::TaskFact;
use lookout::domain::id::CaseId;
use lookout::domain::time::Span;
use lookout::lang::{LANGS, Lang};

const FIRST: &str = "F20261123-0001";
const OTHER: &str = "F20261123-0002";

/// The sample, with an order of another case to the unit of the first, to which this has happened; and a fire of that
/// unit's township that is to be ordered.
fn board(facts: &[TaskFact], closed: bool) -> Board {
    let mut ledger = common::story();
    let task = format!("{OTHER}.1");
    ledger.task(
        &task,
        common::ago(30),
        common::order(OTHER, "u-mazhu", "go", now() + Span::hours(2)),
    );
    for fact in facts {
        ledger.task(&task, common::ago(20), fact.clone());
    }
    let mut board = common::board_with(ledger);
    let case = board
        .state
        .cases
        .get_mut(&CaseId::new(OTHER))
        .expect("it is there");
    case.state.closed = closed.then(now);
    // The first case stands where its order is to leave, and goes to the same unit.
    let case = board
        .state
        .cases
        .get_mut(&CaseId::new(FIRST))
        .expect("it is there");
    common::stands_in(case, "confirmed");
    case.tasks.clear();
    case.state.unit = Some(lookout::domain::id::UnitId::new("u-mazhu"));
    board
        .state
        .tasks
        .remove(&lookout::domain::id::TaskId::new(&format!("{FIRST}.1")));
    board
}

fn answered(kind: &str) -> TaskFact {
    TaskFact::Answered {
        kind: kind.into(),
        text: "".into(),
        at: None,
        photo: None,
    }
}

/// The screen over the dialog of one order, or of several together.
fn dialog(board: &Board, lang: Lang, keys: &str) -> String {
    let mut story = Sitting::in_tongue(board.clone(), lang);
    let screen = story.keys(keys).draw(120, 40);
    assert!(
        matches!(story.seat.mode, lookout::tui::seat::Mode::Form(_)),
        "{keys}: {screen}"
    );
    screen
}

/// The keys to the dialog of the order for the first case alone, and for all open fires together.
const ONE: &str = "5 / i d = F 2 0 2 6 1 1 2 3 - 0 0 0 1 Enter g d";

#[test]
fn a_second_order_to_a_unit_names_the_one_under_way_with_its_case_and_since_when() {
    for (lang, ..) in LANGS {
        for (facts, closed, told) in [
            (vec![], false, Some(lang.pick("发送中", "sending"))),
            (
                vec![answered("on_scene")],
                false,
                Some(lang.pick("已到场", "on scene")),
            ),
            (vec![answered("done")], false, None),
            (vec![TaskFact::Withdrawn], false, None),
            (vec![answered("on_scene")], true, None),
        ] {
            let screen = dialog(&board(&facts, closed), *lang, ONE);
            let named = screen.contains("F20261123-0002.1 马渚镇 斗门村 北侧农田 疑似秸秆焚烧")
                && screen.contains(lang.pick("19:12 起", "since 19:12"));
            assert_eq!(named, told.is_some(), "{facts:?} {closed}\n{screen}");
            let plain: String = screen
                .chars()
                .filter(|c| !c.is_whitespace() && *c != '│')
                .collect();
            let how = told.map(|how| how.replace(' ', ""));
            assert!(how.is_none_or(|how| plain.contains(&how)), "{screen}");
        }
    }
}

#[test]
fn a_unit_that_is_chosen_instead_is_looked_at_anew() {
    let board = board(&[], false);
    let mut story = Sitting::at(board);
    let screen = story.keys(ONE).draw(120, 40);
    assert!(screen.contains("F20261123-0002.1 "), "{screen}");
    // From the button up to the unit; the next one of the list owes nothing.
    let screen = story.keys("Up Up Up Up Up Up Right").draw(120, 40);
    assert!(
        screen.contains("2/9") && !screen.contains("F20261123-0002.1 "),
        "{screen}"
    );
}

#[test]
fn of_several_orders_each_unit_with_one_under_way_is_named() {
    for (lang, ..) in LANGS {
        let screen = dialog(&board(&[], false), *lang, "5 g Space Space d");
        let said = lang.pick("马渚镇政府 已有 1 个未办结派单：", "马渚镇政府, open orders 1:");
        assert!(
            screen.contains(said) && screen.contains("F20261123-0002.1"),
            "{screen}"
        );
    }
}
