//! A channel that takes nothing from anyone has a line on the Feeds screen: which, since when, why, how many wait.

use crate::common;
use crate::common::now;
use crate::common::story::Sitting;
use lookout::domain::fact::task::TaskFact;
use lookout::domain::time::Span;
use lookout::lang::LANGS;

const WORDS: &str = "errcode 130101 send too fast";

#[test]
fn a_blocked_channel_stands_on_feeds_with_since_when_why_and_how_many_wait() {
    let mut ledger = common::story();
    for n in 1..=3 {
        let (case, task) = (format!("F20261123-009{n}"), format!("F20261123-009{n}.1"));
        ledger.task(
            &task,
            common::ago(6),
            common::order(&case, "u-simen", "go", now() + Span::hours(2)),
        );
    }
    let blocked = |mins| TaskFact::Failed {
        why: WORDS.into(),
        next: now() + Span::mins(mins),
        blocks: true,
    };
    // It was blocked before, and that is over; then it said so twice.
    ledger.task("F20261123-0091.1", common::ago(30), blocked(-20));
    ledger.task("F20261123-0091.1", common::ago(4), blocked(6));
    ledger.task("F20261123-0092.1", common::ago(3), blocked(7));
    let board = common::board_with(ledger);
    for (lang, ..) in LANGS {
        let mut story = Sitting::in_tongue(board.clone(), *lang);
        let screen = story.keys("0").draw(160, 40);
        let line = screen
            .lines()
            .find(|line| line.contains(" work-group "))
            .unwrap_or_default();
        for words in [
            lang.pick("✗ 限流中", "✗ blocked"),
            lang.pick("4分", "4m"),
            lang.pick("7分", "7m"),
            lang.pick("待发 3", "3 waiting"),
            "errcod",
        ] {
            assert!(line.contains(words), "{words}: {line}\n{screen}");
        }
        // Its card says it whole, and what to do meanwhile.
        let screen = story
            .keys("/")
            .types("work-group")
            .keys("Enter g Enter")
            .draw(160, 40);
        let said = lang.pick("急的先", "orders go on by themselves");
        assert!(screen.contains(said) && screen.contains(WORDS), "{screen}");
    }
}
