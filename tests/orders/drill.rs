//! What a drill sends says at its head that it is one: its own orders, and those of what belongs under it.

use crate::common;
use crate::common::now;
use crate::common::story::Sitting;
use lookout::desk::board::Board;
use lookout::desk::update::Desk;
use lookout::desk::{Effect, Event};
use lookout::domain::fact::Fact;
use lookout::domain::fact::task::{Order, TaskFact};
use lookout::domain::id::CaseId;
use lookout::domain::ledger::{Entry, Stream};
use lookout::domain::person::Actor;
use lookout::domain::time::Span;
use lookout::lang::{LANGS, Lang, journal};
use std::sync::Arc;

const CASE: &str = "F20261123-0002";
const ABOVE: &str = "F20261123-0001";

/// The sample, its second case before its order, under the first; these are their titles.
fn board(lang: Lang, title: &str, above: &str) -> Board {
    let mut board = common::board();
    for (id, title) in [(CASE, title), (ABOVE, above)] {
        let case = board.state.cases.get_mut(&CaseId::new(id)).expect("it is there");
        case.matter.title = title.into();
        if id == CASE {
            common::stands_in(case, "confirmed");
            case.matter.parent = Some(CaseId::new(ABOVE));
        }
    }
    let mut room = (*board.room).clone();
    room.letters.lang = lang;
    board.room = Arc::new(room);
    board
}

/// The order that leaves by keys, as the desk writes it down.
fn ordered(board: &Board) -> Order {
    let mut story = Sitting::at(board.clone());
    story
        .keys("5 /")
        .types(&format!("id={CASE}"))
        .keys("Enter g d Enter");
    let screen = story.screen();
    let request = story.acts.last().cloned().unwrap_or_else(|| panic!("{screen}"));
    let mut desk = Desk::new(board.clone(), Vec::new());
    let effects = desk.update(Event::Request(Box::new(request)));
    for effect in effects {
        let Effect::Append { drafts, .. } = effect else {
            continue;
        };
        for draft in drafts {
            if let Fact::Task(TaskFact::Ordered(order)) = draft.fact {
                return *order;
            }
        }
    }
    panic!("no order\n{screen}")
}

#[test]
fn an_order_of_a_drill_says_so_at_its_head_and_so_does_one_of_a_matter_under_it() {
    for (lang, ..) in LANGS {
        let mark = lang.pick("【演练】", "DRILL: ");
        for (title, above, is_drill) in [
            ("【演练】马渚镇 秸秆焚烧", "泗门镇 秸秆焚烧", true),
            ("DRILL: a fire", "泗门镇 秸秆焚烧", true),
            ("停止土方作业", "【演练】重污染天气", true),
            ("演练场旁秸秆焚烧", "泗门镇 秸秆焚烧", false),
        ] {
            let order = ordered(&board(*lang, title, above));
            let text = order.text.as_str();
            assert_eq!(
                (order.drill, text.starts_with(mark)),
                (is_drill, is_drill),
                "{text}"
            );
            let count = ["【演练】", "DRILL"].map(|mark| text.matches(mark).count());
            assert_eq!(count.iter().sum::<usize>(), usize::from(is_drill), "once: {text}");
        }
    }
}

/// The words of a call, and the answer in the log.
#[test]
fn what_is_read_out_of_a_drill_and_what_is_answered_say_so_too() {
    for (lang, ..) in LANGS {
        let mut ledger = common::story();
        let task = format!("{CASE}.1");
        let TaskFact::Ordered(order) = common::order(CASE, "u-mazhu", "go", now() + Span::hours(2)) else {
            panic!("an order")
        };
        let order = Order {
            drill: true,
            ..*order
        };
        ledger.task(&task, common::ago(5), TaskFact::Ordered(Box::new(order)));
        ledger.task(&task, common::ago(4), TaskFact::Call);
        let mut board = common::board_with(ledger);
        let case = board
            .state
            .cases
            .get_mut(&CaseId::new(CASE))
            .expect("it is there");
        case.tasks.push(lookout::domain::id::TaskId::new(&task));
        let mut room = (*board.room).clone();
        room.letters.lang = *lang;
        board.room = Arc::new(room);
        let mark = lang.pick("【演练】", "DRILL: ");
        let mut story = Sitting::in_tongue(board.clone(), *lang);
        story.keys("5 /").types(&format!("id={CASE}")).keys("Enter g x");
        story.types(lang.pick("登记通话", "record")).keys("Enter");
        let screen = story.draw(120, 40);
        assert!(screen.contains(&format!("{mark}go")), "{screen}");
        let known = journal::JournalBasis {
            state: &board.state,
            playbooks: &board.room.playbooks,
        };
        let answered = Entry {
            seq: 1,
            stream: Stream::Task(lookout::domain::id::TaskId::new(&task)),
            nth: 3,
            at: now(),
            by: Actor::Desk,
            seat: None,
            fact: Fact::Task(TaskFact::Answered {
                kind: "received".into(),
                text: "到".into(),
                at: None,
                photo: None,
            }),
            hash: [0; 32],
        };
        let line = journal::line(*lang, &answered, known).expect("a line");
        assert!(line.what.starts_with(mark), "{line:?}");
    }
}
