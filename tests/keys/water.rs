//! Key stories of the water of a section and of the goals that are held against it.

use super::{Story, choose, common};

fn flat(story: &mut Story) -> String {
    story.screen().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn says(story: &mut Story, words: &[&str]) {
    let screen = flat(story);
    for words in words {
        assert!(screen.contains(words), "{words} is not in\n{}", story.screen());
    }
}

#[test]
fn the_card_of_a_section_says_class_quality_main_items_with_their_multiple_and_the_reach() {
    let mut story = Story::new();
    story.keys("7 Tab Tab Tab Tab");
    choose(&mut story, "W2");
    story.keys("Enter");
    says(
        &mut story,
        &[
            "水质 Ⅳ类 轻度污染 未达目标 Ⅲ类",
            "主要污染 总磷 超Ⅲ类 0.30 倍",
            "河段 3 个断面均值 Ⅲ类 良好",
        ],
    );
    story.keys("L");
    says(
        &mut story,
        &[
            "water IV lightly polluted misses its target III",
            "times over class III",
            "mean of 3 sections: III, good",
        ],
    );
}

#[test]
fn a_typed_goal_that_live_sections_contradict_is_not_met() {
    let mut story = Story::new();
    story.board(common::goals::board());
    story.keys("8");
    choose(&mut story, "sections");
    says(&mut story, &["与实时不符 市控以上断面达标率"]);
    story.keys("Enter");
    says(
        &mut story,
        &[
            "实时数据 实时 2/3 达标",
            "填报数与实时数据不符，未核实：不判达标",
            "还须 1 个达标",
        ],
    );
    story.keys("L");
    says(&mut story, &["live: 2 of 3", "not verified, no claim is made"]);
}

#[test]
fn no_typed_goal_has_a_check_mark_that_nothing_bears_out() {
    let mut board = common::goals::board();
    let room = std::sync::Arc::make_mut(&mut board.room);
    let typed: Vec<String> = room
        .targets
        .iter()
        .filter(|target| target.now.is_some())
        .map(|target| target.id.to_string())
        .collect();
    for target in &mut room.targets {
        target.live = lookout::domain::target::live::Live::Unsaid;
    }
    let goals = board.goals(common::now());
    for target in goals
        .targets
        .iter()
        .filter(|target| typed.contains(&target.id.to_string()))
    {
        let standing = target.see(&goals).judgement.standing;
        assert_ne!(
            standing,
            lookout::domain::target::TargetStanding::Met,
            "{}",
            target.id
        );
    }
    assert!(typed.len() > 5, "{typed:?}");
    let mut story = Story::new();
    story.board(board);
    story.keys("8");
    choose(&mut story, "medical");
    says(&mut story, &["未核实 医疗废物规范处置率"]);
}

#[test]
fn points_by_rules_are_marked_an_example_and_reckoned_back() {
    let mut story = Story::new();
    story.board(common::goals::board());
    story.keys("8");
    choose(&mut story, "bishui");
    story.keys("Enter");
    says(
        &mut story,
        &["甬有碧水赋分（示例）", "100 得 40 分", "78 得 19 分 反推 68.9"],
    );
    story.keys("PageDown");
    says(&mut story, &["示例：未找到公开的计分细则"]);
    story.keys("Esc");
    choose(&mut story, "tn");
    story.keys("Enter");
    says(&mut story, &["今年余下 2 个月的均值须低于 3.93 mg/L"]);
    story.keys("Esc");
    choose(&mut story, "composite");
    story.keys("Enter");
    says(&mut story, &["反推", "PM2.5 ≤"]);
}
