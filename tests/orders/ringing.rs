//! An order that its ways failed rings at every seat, a few times, and is counted on every screen until somebody sees to it.

use crate::common;
use crate::common::quiet::Console;
use crate::common::{Writer, now};
use lookout::desk::board::Board;
use lookout::domain::fact::task::TaskFact;
use lookout::domain::id::ChannelId;
use lookout::domain::time::Span;
use lookout::lang::{LANGS, Lang};
use lookout::tui::action::Action;
use lookout::tui::panel::PANELS;
use lookout::tui::seat::Now;
use std::sync::Arc;

const TASK: &str = "F20261123-0009.1";

/// A room where nothing else happens, with an order to which this has happened.
fn board(facts: &[TaskFact]) -> Arc<Board> {
    let mut ledger = Writer::default();
    let order = common::order("F20261123-0009", "u-simen", "go", now() + Span::hours(2));
    ledger.task(TASK, common::ago(5), order);
    for fact in facts {
        ledger.task(TASK, common::ago(4), fact.clone());
    }
    let mut board = common::board_with(ledger);
    board.feeds = common::board().feeds;
    Arc::new(board)
}

fn refused() -> TaskFact {
    TaskFact::Refused {
        why: "HTTP 410 gone".into(),
    }
}

fn doubted() -> TaskFact {
    TaskFact::Doubted { why: "504".into() }
}

fn failed() -> TaskFact {
    TaskFact::Failed {
        why: "HTTP 500".into(),
        next: now() + Span::mins(1),
        blocks: false,
    }
}

fn to(way: &str) -> TaskFact {
    TaskFact::Routed {
        way: ChannelId::new(way),
    }
}

fn routed() -> TaskFact {
    to("phone")
}

fn delivered() -> TaskFact {
    TaskFact::Delivered { receipt: "ok".into() }
}

/// What happens to an order, and how many the header then counts as not taken and as in doubt.
fn ends() -> Vec<(&'static str, Vec<TaskFact>, usize, usize)> {
    vec![
        ("on its way", vec![], 0, 0),
        ("once failed", vec![failed()], 0, 0),
        ("refused", vec![refused()], 1, 0),
        ("failed again and again", vec![failed(), failed(), failed()], 1, 0),
        (
            "left to the telephone",
            vec![refused(), routed(), TaskFact::Call],
            1,
            0,
        ),
        ("telephoned in the first place", vec![TaskFact::Call], 0, 0),
        ("in doubt", vec![doubted()], 0, 1),
        ("sent again", vec![doubted(), routed()], 0, 0),
        ("called", vec![refused(), delivered()], 0, 0),
        ("withdrawn", vec![doubted(), TaskFact::Withdrawn], 0, 0),
    ]
}

fn at(secs: i64) -> Now {
    Now {
        room: now(),
        hand: Span::secs(10 + secs),
    }
}

fn bells(console: &Console) -> usize {
    console.sent().matches("\x1b]9;").count()
}

/// A seat before this board for so many seconds; what it sent.
fn sits(board: &Arc<Board>, lang: Lang, screen: Action, secs: i64) -> Console {
    let mut console = Console::new(lang, screen, (120, 30));
    console.session.sees(board, at(0));
    for second in 0..=secs {
        console.session.woken(board, at(second));
        console.shows(board, at(second));
    }
    console
}

#[test]
fn an_order_that_its_ways_failed_rings_and_is_counted_on_every_screen_until_it_is_seen_to() {
    for (end, facts, lost, doubted) in ends() {
        let board = board(&facts);
        for (lang, ..) in LANGS {
            for panel in PANELS {
                let console = sits(&board, *lang, panel.action, 0);
                let head = console.text().lines().next().unwrap_or_default().to_owned();
                let count = |zh: &str, en: &str, n: usize| {
                    let words = format!("{} {n} ", lang.pick(zh, en));
                    let said = head.contains(lang.pick(zh, en));
                    assert_eq!((said, head.contains(&words)), (n > 0, n > 0), "{end}: {head}");
                };
                count("✗ 送达失败", "✗ not delivered", lost);
                count("? 送达存疑", "? in doubt", doubted);
                assert_eq!(bells(&console), lost + doubted, "{end} on {:?}", panel.action);
            }
        }
    }
}

#[test]
fn a_narrow_terminal_counts_them_by_symbol() {
    let mut console = Console::new(Lang::Zh, Action::Cases, (60, 14));
    let board = board(&[refused()]);
    console.session.sees(&board, at(0));
    console.shows(&board, at(0));
    assert!(console.text().contains("✗1"), "{}", console.text());
}

#[test]
fn a_failed_order_rings_three_times_and_not_for_ever_and_one_that_fails_anew_rings_anew() {
    let first = board(&[refused()]);
    let mut console = sits(&first, Lang::Zh, Action::Cases, 3600);
    assert_eq!(bells(&console), 3, "an hour");
    assert!(
        console.sent().contains("1 个派单送达失败或存疑"),
        "{}",
        console.sent()
    );
    // Sent again it is on its way, and silent; then it fails again.
    let again = board(&[refused(), to("work-group")]);
    console.session.sees(&again, at(3601));
    assert_eq!(bells(&console), 3);
    console.session.sees(&first, at(3700));
    console.shows(&first, at(3700));
    assert_eq!(bells(&console), 4);
}
