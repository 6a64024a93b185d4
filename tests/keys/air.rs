//! Key stories of the air: a day so far with its advice, corrected hours, a county of which too little is heard.

use super::{Story, common};
use imbl::Vector;
use lookout::desk::Event;
use lookout::desk::board::Board;
use lookout::desk::update::Desk;
use lookout::domain::air::standard::ROOM_NORMS;
use lookout::domain::air::{Norm, Pollutant};
use lookout::domain::id::{PointId, SourceId};
use lookout::domain::quantity::{Quantity, Value};
use lookout::domain::reading::{Flag, Period, Reading, Revision};
use lookout::domain::time::Span;
use std::sync::Arc;

fn flat(story: &mut Story) -> String {
    story.screen().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn says(story: &mut Story, words: &[&str]) {
    let screen = flat(story);
    for words in words {
        assert!(screen.contains(words), "{words} is not in\n{}", story.screen());
    }
}

/// Simen's PM2.5 of 18:00 as it was first given, and as it is now.
fn corrected() -> Board {
    let before = Reading {
        point: PointId::new("YY03"),
        quantity: Quantity::Pm25,
        period: Period::Hour,
        at: common::now().floor(Span::hours(1)) - Span::hours(1),
        value: Some(Value::whole(48)),
        flag: Flag::Valid,
        source: SourceId::new("ningbo-air"),
    };
    let now = Reading {
        value: Some(Value::whole(52)),
        ..before.clone()
    };
    let mut desk = Desk::new(common::take(common::board(), vec![now]), Vec::new());
    let kept = before.at + Span::mins(40);
    let key = (before.point.clone(), before.quantity);
    let older = vec![Revision {
        reading: before,
        kept,
    }];
    desk.update(Event::Revised(vec![(key, older)]));
    desk.board().clone()
}

/// Simen with two hours of its day.
fn young() -> Board {
    let mut board = common::board();
    let kept = board.trends.iter().map(|(key, series)| {
        let older = series.len().saturating_sub(2);
        let from = if key.0 == PointId::new("YY03") { older } else { 0 };
        (
            key.clone(),
            series.iter().skip(from).copied().collect::<Vector<_>>(),
        )
    });
    board.trends = kept.collect();
    board
}

#[test]
fn a_young_day_leaves_room_for_the_pollutants_of_the_hour_on_the_card() {
    let mut story = Story::new();
    story.board(young());
    story.keys("2 Enter");
    says(
        &mut story,
        &["若此刻结束 有效小时不足", "PM2.5 132 µg/m³", "CO 1"],
    );
}

#[test]
fn the_card_of_a_station_says_the_day_so_far_what_tips_it_its_health_and_what_was_corrected() {
    let mut story = Story::new();
    story.board(corrected());
    story.keys("2 Enter");
    says(
        &mut story,
        &[
            "今日 至19时",
            "若此刻结束 153 中度污染 四级 PM2.5",
            "PM2.5 现 132 µg/m³，如持续，今日不升级",
            "到 24时，升入重度污染",
            "优良天 已无可能",
            "订正 18:00 PM2.5 48 → 52（原值 18:40 收）",
            "健康影响 进一步加剧敏感人群症状",
            "建议措施 青少年儿童",
            "敏感人群 PM10 PM2.5: 患有心血管系统疾病",
        ],
    );
    story.keys("L");
    says(
        &mut story,
        &[
            "Today to 19:00",
            "if it ended 153 Moderately polluted level 4 PM2.5",
            "no higher level today",
            "until 24:00 makes it Heavily polluted",
            "good day no longer possible",
            "18:00 PM2.5 48 → 52 (first value came 18:40)",
            "health Symptoms of sensitive groups grow further",
            "advice Children and teenagers",
        ],
    );
}

#[test]
fn the_overview_says_the_countys_day_so_far() {
    let mut story = Story::new();
    says(&mut story, &["今日至19时 109 轻度", "4 站 首要 PM2.5"]);
    story.keys("L");
    says(&mut story, &["Today to 19h 109 light", "4 stations"]);
}

#[test]
fn one_station_of_four_is_no_county_on_the_overview_however_clean_it_is() {
    let mut story = Story::new();
    story.board(common::hours::heard(|id, ago| id == "YY04" || ago >= 4));
    says(
        &mut story,
        &["4 站中 3 站无数据", "站数不足，不评价", "丈亭 58 ● 良"],
    );
    let screen = story.screen();
    let at = |name: &str| {
        screen
            .lines()
            .position(|line| line.contains(name))
            .expect("a line")
    };
    assert!(at("丈亭") < at("泗门 "), "the silent are last:\n{screen}");
    story.keys("L");
    says(&mut story, &["3 of 4 silent", "too few: no index"]);
    story.keys("L 2");
    says(&mut story, &["泗门 160 — 无数据"]);
}

#[test]
fn a_station_of_years_ago_heads_no_list_has_no_class_and_no_bar_at_now() {
    let old = |quantity| Reading {
        point: PointId::new("OLD1"),
        quantity,
        period: Period::Hour,
        at: common::now().floor(Span::hours(1)) - Span::days(3916),
        value: Some(Value::whole(180)),
        flag: Flag::Valid,
        source: SourceId::new("oaq"),
    };
    let mut story = Story::new();
    story.board(common::take(common::board(), vec![old(Quantity::Pm25)]));
    story.keys("2");
    let screen = story.screen();
    let line = |name: &str| {
        screen
            .lines()
            .position(|line| line.contains(name))
            .expect("a line")
    };
    assert!(
        line("OLD1") > line("四明山") && line("OLD1") > line("模式"),
        "{screen}"
    );
    says(&mut story, &["OLD1 230 — 无数据 180", "3916天"]);
    story.keys("G");
    says(&mut story, &["最后数据 2016-"]);
    assert!(!flat(&mut story).contains("重度"), "{}", story.screen());
    story.keys("1");
    assert!(!flat(&mut story).contains("重度"), "{}", story.screen());
}

/// The board with the newest hour of its stations judged by `norm`.
fn judged_by(norm: Norm) -> Board {
    let mut board = common::board();
    Arc::make_mut(&mut board.room).standard = norm;
    let hourly = board
        .latest
        .values()
        .filter(|reading| reading.period == Period::Hour);
    let of_air = hourly.filter(|reading| Pollutant::of(reading.quantity).is_some());
    let newest = of_air.cloned().collect();
    common::take(board, newest)
}

#[test]
fn a_published_index_is_held_against_ours_only_by_its_own_standard() {
    for (key, norm) in ROOM_NORMS {
        let mut story = Story::new();
        story.board(judged_by(norm));
        story.keys("2 Enter");
        let card = story.draw(200, 60);
        let card = card.split_whitespace().collect::<Vec<_>>().join(" ");
        let compared = card.contains("与发布相差") || card.contains("与发布一致");
        let own = norm == Norm::Hj633;
        assert_eq!((key, card.contains('≠')), (key, own), "in the list: {card}");
        assert_eq!((key, compared), (key, own), "on the card: {card}");
        assert!(card.contains("发布指数 172"), "it is shown in any case: {card}");
        assert_eq!(card.contains("不作比较"), !own, "{card}");
    }
}

#[test]
fn the_card_gives_the_health_words_that_go_with_the_rooms_index() {
    for (key, norm) in ROOM_NORMS {
        let (zh, en, effect) = match key {
            "EPA" => ("EPA，译", "after EPA", true),
            "EAQI" => ("EEA，译", "after EEA", false),
            _ => ("", "", true),
        };
        let mut story = Story::new();
        let mut board = corrected();
        Arc::make_mut(&mut board.room).standard = norm;
        let newest = board
            .latest
            .values()
            .filter(|reading| reading.period == Period::Hour);
        let newest = newest.filter(|reading| Pollutant::of(reading.quantity).is_some());
        let newest = newest.cloned().collect();
        story.board(common::take(board, newest));
        story.keys("2 Enter");
        for (advice, health, mark) in [("建议措施", "健康影响", zh), ("advice", "health", en)] {
            let card = story.draw(200, 60);
            let card: String = card.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(card.contains(advice), "{key}: {card}");
            let few = card.contains("有效小时不足") || card.contains("too few valid hours");
            assert!(!few, "no hour is missing, the index has no day: {card}");
            assert_eq!(card.contains(health), effect, "{key}: {card}");
            assert!(
                card.replace(' ', "").contains(&mark.replace(' ', "")),
                "{key} {mark}: {card}"
            );
            story.keys("L");
        }
    }
}
