//! Key stories of the forecast: which, whose, by which rule, how far from the next level.

use super::{Story, common};
use lookout::desk::board::Board;
use lookout::domain::fact::forecast::{Forecast, ForecastDay, PollutionCause};
use lookout::domain::id::SourceId;
use lookout::domain::text::Clean;
use lookout::domain::time::{CHINA, Span};

/// The board with a forecast issued today at 17:00.
fn with(mut board: Board, aqi: &[Option<u16>], words: &str) -> Board {
    let today = common::now().date(CHINA);
    let days = today.iter_days().skip(1).zip(aqi).map(|(date, aqi)| ForecastDay {
        date,
        aqi: *aqi,
        o3_8h: None,
        pm25: None,
        cause: PollutionCause::named(words).unwrap_or(PollutionCause::Other),
        words: Clean::new(words),
    });
    let source = SourceId::new("monitoring");
    let forecast = Forecast {
        source: source.clone(),
        issued: common::now() - Span::mins(162),
        days: days.collect(),
    };
    board.state.forecasts.insert(source, forecast);
    board
}

fn screen(story: &mut Story) -> String {
    story.screen().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn says(story: &mut Story, words: &[&str]) {
    let screen = screen(story);
    for words in words {
        assert!(screen.contains(words), "{words} is not in\n{}", story.screen());
    }
}

#[test]
fn without_an_episode_screen_4_says_which_forecast_which_rule_and_how_far_from_the_next_level() {
    let mut story = Story::new();
    story.board(with(common::board(), &[Some(105), Some(148), Some(152)], "PM2.5"));
    story.keys("4");
    says(
        &mut story,
        &[
            "没有管控",
            "monitoring，17:00 发布",
            "11-25 AQI 148 PM2.5",
            "已达 二档：轻中度管控：AQI > 100 连续 2 天 (11-24–11-26)",
            "距 黄色预警（Ⅲ级响应）：AQI > 150 连续 2 天, 最接近 148，低于门槛 2",
            "环大气〔2024〕6号",
        ],
    );
    story.keys("L");
    says(
        &mut story,
        &[
            "No episode",
            "monitoring, issued 17:00",
            "reaches Step 2: light-to-moderate control: AQI > 100, 2 d in a row (11-24–11-26)",
            "next, Yellow warning (response III): AQI > 150, 2 d in a row, nearest 148, 2 below the mark",
        ],
    );
}

#[test]
fn days_without_an_index_other_ways_and_words_nobody_knows_are_said() {
    let mut story = Story::new();
    story.board(with(common::board(), &[Some(210), None], "臭氧"));
    story.keys("4");
    says(
        &mut story,
        &[
            "11-25 没有指数，未计入",
            "11-24 成因为臭氧：健康提示，强化VOCs与NOx日常监管",
        ],
    );
    story.board(with(common::board(), &[Some(210)], "扬尘天气"));
    says(
        &mut story,
        &[
            "成因“扬尘天气”未识别",
            "已达 黄色预警（Ⅲ级响应）：AQI > 200 连续 1 天 (11-24)",
        ],
    );
    story.board(common::board());
    says(&mut story, &["没有预报，不判级别", "[source.mapped.forecast]"]);
    let mut over = with(common::board(), &[Some(210)], "PM2.5");
    let source = SourceId::new("monitoring");
    if let Some(forecast) = over.state.forecasts.get_mut(&source) {
        for day in &mut forecast.days {
            day.date = common::now().date(CHINA) - chrono::Days::new(1);
        }
    }
    story.board(over);
    says(&mut story, &["发布的预报已过期，不判级别"]);
}

#[test]
fn under_an_episode_the_forecast_stands_in_the_head_and_on_its_own_tab() {
    let mut story = Story::new();
    story.board(with(
        common::control::board(),
        &[Some(105), Some(148), Some(152)],
        "PM2.5",
    ));
    story.keys("4");
    says(&mut story, &["预报 已达 二档：轻中度管控"]);
    story.keys("Tab Tab Tab Tab");
    says(&mut story, &["距 黄色预警（Ⅲ级响应）", "monitoring，17:00 发布"]);
}
