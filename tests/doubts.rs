//! Each thing that makes silence prove nothing, alone, on an otherwise quiet room: no screen, no title calls it calm,
//! it is named, and the bell speaks for what no alarm can.

#[expect(dead_code, reason = "each test binary uses a part of it")]
mod common;

use common::quiet::{CALM, Console};
use lookout::desk::board::Board;
use lookout::domain::chain::Checked;
use lookout::domain::feed::{Feed, PollError, PollResult};
use lookout::domain::id::SourceId;
use lookout::domain::ledger_fault::{LedgerFault, Misfit};
use lookout::domain::time::Span;
use lookout::lang::{LANGS, Lang};
use lookout::tui::action::Action;
use lookout::tui::panel::PANELS;
use lookout::tui::seat::Now;
use std::sync::Arc;

fn feed(id: &str) -> Feed {
    Feed::new(
        SourceId::new(id),
        "mapped".into(),
        Span::mins(5),
        Some(Span::hours(2)),
    )
}

fn answered(id: &str) -> Feed {
    let mut feed = feed(id);
    feed.good(&PollResult::default(), common::now());
    feed
}

/// A quiet room in which everything is heard.
fn quiet() -> Board {
    common::quiet::quiet([answered("fires")])
}

/// What may be wrong, alone: its name, how it comes about, and a word of each language by which it is named.
type Doubtful = (&'static str, fn(&mut Board), [&'static str; 2]);

fn set(board: &mut Board, feed: Feed) {
    board.feeds.insert(feed.id.clone(), feed);
}

const DOUBTS: &[Doubtful] = &[
    (
        "never polled",
        |board| set(board, feed("towers")),
        ["towers", "towers"],
    ),
    (
        "failing",
        |board| {
            let mut feed = answered("towers");
            feed.bad(PollError::Silent, common::now());
            set(board, feed);
        },
        ["towers", "towers"],
    ),
    (
        "late",
        |board| {
            let mut feed = feed("towers");
            feed.good(&PollResult::default(), common::now() - Span::mins(16));
            set(board, feed);
        },
        ["towers", "towers"],
    ),
    (
        "no sources",
        |board| board.feeds = imbl::OrdMap::new(),
        ["未配置数据源", "no sources configured"],
    ),
    (
        "nobody collects",
        |board| (board.collects, board.collector) = (false, "".into()),
        ["无人采集，最近一次在", "nobody collects, last polled"],
    ),
    (
        "the ledger cannot be written",
        |board| board.writable = Err("disk full".into()),
        ["disk full", "disk full"],
    ),
    (
        "the ledger cannot be read",
        |board| board.readable = Err("entry 7: damaged".into()),
        ["entry 7: damaged", "entry 7: damaged"],
    ),
    (
        "the ledger's chain is broken",
        |board| {
            board.chain.checked = Checked::Broken {
                fault: LedgerFault::Broken {
                    entry: 41,
                    why: Misfit::Hash,
                },
                at: common::now(),
            };
        },
        ["台账第 41 条对不上链", "entry 41 of the ledger"],
    ),
    (
        "the desk stands still",
        |board| board.stuck = Some(common::now() - Span::secs(9)),
        ["已停顿 9 秒", "has stood still for 9 s"],
    ),
];

fn now(secs: i64) -> Now {
    Now {
        room: common::now() + Span::secs(secs),
        hand: Span::secs(10 + secs),
    }
}

/// The screen of a board, then what `!` says to it.
fn said(lang: Lang, board: &Board, screen: Action, size: (u16, u16)) -> (String, String) {
    let board = Arc::new(board.clone());
    let mut console = Console::new(lang, screen, size);
    console.session.sees(&board, now(0));
    console.shows(&board, now(0));
    let first = console.text();
    console.session.bytes(b"!", &board, now(1));
    console.shows(&board, now(1));
    (format!("{first}\n{}", console.text()), console.sent())
}

#[test]
fn every_doubt_alone_keeps_every_screen_from_calling_it_calm_and_is_named() {
    for (doubt, cause, names) in DOUBTS {
        let mut board = quiet();
        cause(&mut board);
        assert!(!board.calm(common::now()).holds(), "{doubt}");
        for (n, (lang, ..)) in LANGS.iter().enumerate() {
            for panel in PANELS {
                for size in [(40, 12), (80, 24), (200, 60)] {
                    let (text, sent) = said(*lang, &board, panel.action, size);
                    let calm = CALM.iter().find(|words| text.contains(**words));
                    assert_eq!(calm, None, "{doubt} on {:?} at {size:?}:\n{text}", panel.action);
                    assert!(sent.contains("\u{1b}]2;(?) "), "{doubt}: the title is calm");
                }
            }
            let (text, _) = said(*lang, &board, Action::Overview, (120, 40));
            assert!(text.contains(names[n]), "{doubt} is not named:\n{text}");
            if doubt.starts_with("the ledger") {
                let (text, _) = said(*lang, &board, Action::Feeds, (120, 40));
                let well = lang.pick("✓ 可写", "✓ writable");
                assert!(!text.contains(well), "{doubt}:\n{text}");
            }
        }
    }
}

#[test]
fn a_quiet_room_in_which_everything_is_heard_is_called_calm() {
    for (lang, ..) in LANGS {
        let (text, sent) = said(*lang, &quiet(), Action::Overview, (80, 24));
        let words = lang.pick("✓ 无未处置告警", "✓ no unhandled alarms");
        assert!(text.contains(words), "{text}");
        assert!(!sent.contains("(?)"));
    }
}

#[test]
fn the_bell_speaks_for_what_no_alarm_can_once_it_lasts_and_again_each_minute() {
    let deaf = [
        "nobody collects",
        "the ledger cannot be written",
        "the ledger cannot be read",
        "the ledger's chain is broken",
        "the desk stands still",
    ];
    for (doubt, cause, names) in DOUBTS {
        let mut board = quiet();
        cause(&mut board);
        let board = Arc::new(board);
        let mut console = Console::new(Lang::En, Action::Overview, (80, 24));
        let mut rings = Vec::new();
        console.session.sees(&board, now(0));
        for secs in [1, 14, 15, 30, 75, 76] {
            console.session.woken(&board, now(secs));
            console.bytes.clear();
            console.shows(&board, now(secs));
            if console.bytes.contains(&7) {
                rings.push(secs);
                let sent = console.sent();
                assert!(
                    sent.contains(names[1]) || *doubt == "the desk stands still",
                    "{sent:?}"
                );
            }
        }
        let expected: &[i64] = if deaf.contains(doubt) { &[15, 75] } else { &[] };
        assert_eq!(rings, expected, "{doubt}");
    }
}
