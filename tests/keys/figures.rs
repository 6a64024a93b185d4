//! Key stories of the figures above the alarms: how fast they come, a flood with the alarm that came first, what chatters.

use super::{Story, common};
use lookout::domain::alarm::kpi::Figures;
use lookout::domain::id::AlarmId;
use lookout::domain::time::{Moment, Span};

/// `n` raises, one every ten seconds until now, the first of an alarm in hand, the others by turns of two.
fn flood(n: i64) -> Vec<(Moment, AlarmId)> {
    let raise = |k: i64| {
        let id = match k {
            0 => AlarmId::new("fires/CAM-12-1938"),
            k => AlarmId::new(&format!("x/{}", k % 2)),
        };
        (common::now() - Span::secs(10 * (n - 1 - k)), id)
    };
    (0..n).map(raise).collect()
}

#[test]
fn a_flood_is_told_with_its_beginning_and_first_alarm_and_the_counts_say_since_when() {
    let mut board = common::board();
    board.figures = Figures::of(flood(12), common::now() - Span::hours(3), common::now());
    let mut story = Story::new();
    story.board(board);
    story.keys("6");
    let screen = story.screen();
    for words in [
        "报警泛滥 19:42 起，首出 临山镇",
        "新增 10分钟 12  1小时 12  自16:42 12",
    ] {
        assert!(screen.contains(words), "{words}\n{screen}");
    }
    story.keys("L");
    let screen = story.screen();
    assert!(screen.contains("FLOOD since 19:42, first out "), "{screen}");
    let wide = story.draw(200, 60);
    assert!(
        wide.contains("since 16:42 12") && wide.contains("chattering 2"),
        "{wide}"
    );
}

#[test]
fn without_a_flood_the_counts_are_of_a_whole_day() {
    let mut board = common::board();
    board.figures = Figures::of(flood(4), common::now() - Span::hours(30), common::now());
    let mut story = Story::new();
    story.board(board);
    story.keys("6");
    let screen = story.screen();
    assert!(
        screen.contains("新增 10分钟 4  1小时 4  24小时 4") && !screen.contains("洪峰"),
        "{screen}"
    );
}
