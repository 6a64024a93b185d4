//! An open case whose loop or stage is not configured needs a person, and its room is never calm.

use crate::common;
use crate::common::story::Sitting;
use crate::common::{Writer, now};
use lookout::desk::board::Board;
use lookout::domain::fact::case::{CaseFact, Matter};
use lookout::domain::feed::PollResult;
use lookout::domain::id::{PlaybookId, StageId};
use lookout::lang::Lang;
use lookout::report::{Books, REPORTS};

/// One case of a loop at a stage, opened a minute ago, while every source is fresh.
fn board(playbook: &str, stage: &str) -> Board {
    let mut ledger = Writer::default();
    let matter = Matter {
        playbook: PlaybookId::new(playbook),
        stage: StageId::new(stage),
        title: "西江断面 总磷".into(),
        detected: common::ago(1),
        ..Matter::default()
    };
    ledger.case("S1", common::ago(1), CaseFact::Opened(Box::new(matter)));
    let mut board = common::board_with(ledger);
    for feed in board.feeds.clone().values() {
        let mut feed = feed.clone();
        feed.late_after = None;
        feed.good(&PollResult::default(), now());
        board.feeds.insert(feed.id.clone(), feed);
    }
    board
}

#[test]
fn every_screen_names_it_and_none_is_calm() {
    assert!(board("straw-fire", "found").calm(now()).holds());
    for (playbook, stage) in [("smoke", "found"), ("straw-fire", "watched")] {
        let board = board(playbook, stage);
        let calm = board.calm(now());
        assert_eq!(
            (calm.holds(), calm.needs.lost, calm.cover().in_hand),
            (false, 1, 0)
        );
        for (lang, todo, mark, count) in [
            (Lang::Zh, "请在配置中恢复", "流程缺失", "流程缺失 1"),
            (Lang::En, "restore it in the config", "no loop", "1 without loop"),
        ] {
            let mut sitting = Sitting::in_tongue(board.clone(), lang);
            for key in ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"] {
                let screen = sitting.keys(key).screen();
                let named = format!("{playbook} {stage} S1");
                assert!(
                    screen.contains(&named) && screen.contains(todo),
                    "{key}: {screen}"
                );
            }
            let screen = sitting.keys("5").screen();
            assert!(screen.contains(stage) && screen.contains(mark), "{screen}");
            let screen = sitting.keys("1").screen();
            assert!(screen.contains(count) && screen.contains(mark), "{screen}");
            for report in REPORTS.iter().filter(|report| report.key == "handover") {
                let period = report.rhythm.at(now(), &board.room).expect("a period");
                let paper = report.paper(&Books::of_board(&board, period, now()), lang);
                assert!(format!("{paper:?}").contains(todo), "{paper:?}");
            }
        }
    }
}
