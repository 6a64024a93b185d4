//! A source that floods: calm is not said, and its card says how many alarms wait, how many are gone, and what to do.

use super::common;
use super::common::story::Sitting;
use lookout::domain::feed::quota::HeldBack;
use lookout::domain::time::Span;
use lookout::lang::Lang;

#[test]
fn the_card_of_a_source_that_floods_says_what_waits_and_what_to_do() {
    let mut board = common::board_with(common::Writer::default());
    let fresh = |feed: &&lookout::domain::feed::Feed| feed.state_at(common::now()).is_fresh();
    let mut feed = board.feeds.values().find(fresh).expect("a fresh one").clone();
    let held = HeldBack {
        since: common::now() - Span::mins(7),
        waiting: 3000,
        gone: 9000,
        most: 1000,
    };
    feed.hold(Some(held), common::now());
    board.feeds = imbl::OrdMap::from_iter([(feed.id.clone(), feed)]);
    for (lang, words, remedy) in [
        (
            Lang::Zh,
            "来源泛滥：3000 条待报，9000 条未报已去",
            "调大此源的 most_alarms",
        ),
        (
            Lang::En,
            "source floods: 3000 waiting, 9000 gone unraised",
            "raise this source's most_alarms",
        ),
    ] {
        let mut sitting = Sitting::in_tongue(board.clone(), lang);
        let before = sitting.screen();
        assert!(
            !before.contains("无未处置告警") && !before.contains("no unhandled"),
            "{before}"
        );
        sitting.keys("0 Enter");
        let screen = sitting.draw(160, 50);
        let plain: String = screen.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(plain.contains(words), "{screen}");
        assert!(plain.contains(remedy), "{screen}");
    }
}
