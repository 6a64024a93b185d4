//! The forecast under an episode, or where none is on: whose it is and of when, what every table in force says of it, and
//! how far it is from the next level.

use crate::domain::emergency::forecast::{LadderJudged, RunLack};
use crate::domain::emergency::{Met, Run, forecast};
use crate::domain::fact::forecast::{Forecast, PollutionCause};
use crate::domain::quantity::Value;
use crate::lang::screens::cases;
use crate::lang::screens::control::Control;
use crate::lang::{fill, target as words_of, when};
use crate::tui::look::Meaning;
use crate::tui::part::card::Card;
use crate::tui::view::{Ctx, View};
use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Days as `11-24`.
const DAY: &str = "%m-%d";

/// The meaning of a level: the four warning colours; a step of the linkage is to be watched.
pub(super) fn meaning(level: &str) -> Meaning {
    match level {
        "red" => Meaning::AlarmRed,
        "orange" => Meaning::AlarmOrange,
        "yellow" => Meaning::AlarmYellow,
        "blue" => Meaning::AlarmBlue,
        _ => Meaning::Warn,
    }
}

/// Forecasts, newest first.
fn forecasts<'a>(ctx: &Ctx<'a>) -> Vec<&'a Forecast> {
    let mut all: Vec<&Forecast> = ctx.board.state.forecasts.values().collect();
    all.sort_by_key(|forecast| std::cmp::Reverse(forecast.issued));
    all
}

fn today(ctx: &Ctx<'_>) -> NaiveDate {
    ctx.now.date(ctx.board.room.zone)
}

/// In one line: the newest forecast, the level it reaches or the one that is nearest.
pub(super) fn line(ctx: &Ctx<'_>) -> (String, Meaning) {
    let Some(newest) = forecasts(ctx).first().copied() else {
        return (Control::NoForecast.text(ctx.lang).to_owned(), Meaning::Dim);
    };
    if newest.ahead(today(ctx)).is_empty() {
        return (over(ctx, newest), Meaning::Stale);
    }
    let ladders = &ctx.board.room.ladders;
    let judged = forecast::judged(ladders, newest, today(ctx));
    match forecast::highest(&judged) {
        Some((by, step)) => {
            let meaning = meaning(&step.key);
            (reached(ctx, by).unwrap_or_default(), meaning)
        }
        None => (Control::NotReached.text(ctx.lang).to_owned(), Meaning::Text),
    }
}

/// Draws it as a card; `intro` are lines that stand before it.
pub(super) fn draw(
    ctx: &Ctx<'_>,
    view: &View,
    intro: &[(Control, Meaning)],
    (area, buf): (Rect, &mut Buffer),
) -> u16 {
    let mut card = Card::new(ctx, area);
    for (text, meaning) in intro {
        card.text(text.text(ctx.lang), *meaning);
    }
    let all = forecasts(ctx);
    if all.is_empty() {
        card.text(Control::NoForecast.text(ctx.lang), Meaning::Dim);
        card.text(Control::HowToForecast.text(ctx.lang), Meaning::Dim);
    }
    for forecast in all {
        one(ctx, forecast, &mut card);
    }
    card.draw(Control::Forecast.text(ctx.lang), view, area, buf);
    area.height
}

fn over(ctx: &Ctx<'_>, of: &Forecast) -> String {
    fill(
        Control::ForecastOver.text(ctx.lang),
        &issued(ctx, of).each_ref().map(|(name, text)| (*name, text as _)),
    )
}

fn issued(ctx: &Ctx<'_>, of: &Forecast) -> [(&'static str, String); 2] {
    let at = when::stamp(of.issued, ctx.now, ctx.board.room.zone);
    [("source", of.source.to_string()), ("at", at)]
}

fn one(ctx: &Ctx<'_>, of: &Forecast, card: &mut Card<'_>) {
    let lang = ctx.lang;
    let ahead = of.ahead(today(ctx));
    if ahead.is_empty() {
        card.text(&over(ctx, of), Meaning::Stale);
        return;
    }
    let [(_, source), (_, at)] = issued(ctx, of);
    let words = fill(Control::Issued.text(lang), &[("source", &source), ("at", &at)]);
    card.heading(&words);
    let days: Vec<String> = ahead
        .iter()
        .map(|day| {
            let index = day
                .aqi
                .map_or_else(|| ctx.look.glyphs.none.to_owned(), |aqi| aqi.to_string());
            let figures = [("O3-8h", day.o3_8h), ("PM2.5", day.pm25)];
            let figures = figures
                .iter()
                .filter_map(|(name, value)| Some(format!(" {name} {}", number((*value)?))));
            let figures: String = figures.collect();
            format!("{} AQI {index}{figures} {}", day.date.format(DAY), day.words)
                .trim_end()
                .to_owned()
        })
        .collect();
    card.text(&days.join("  "), Meaning::Text);
    let unnamed = ahead
        .iter()
        .find(|day| day.cause == PollutionCause::Other && !day.words.is_empty());
    if let Some(day) = unnamed.filter(|day| day.words.as_str() != PollutionCause::Other.key()) {
        card.text(
            &fill(Control::UnknownCause.text(lang), &[("words", &day.words)]),
            Meaning::Stale,
        );
    }
    for judged in forecast::judged(&ctx.board.room.ladders, of, today(ctx)) {
        table(ctx, &judged, card);
    }
}

/// What one table says.
fn table(ctx: &Ctx<'_>, judged: &LadderJudged<'_>, card: &mut Card<'_>) {
    let lang = ctx.lang;
    let set = &judged.ladder.provenance;
    let (title, by) = (lang.of(&judged.ladder.words), lang.of(&set.text));
    let origin = format!("{} {by}", cases::origin(lang, set.origin));
    card.pieces(&[
        (title, Meaning::Label),
        ("  ", Meaning::Text),
        (origin.trim(), Meaning::Dim),
    ]);
    let mut say = |text: &str, meaning| {
        card.text(&format!("  {text}"), meaning);
    };
    match reached(ctx, judged) {
        Some(words) => say(&words, Meaning::Strong),
        None => say(Control::NotReached.text(lang), Meaning::Text),
    }
    match &judged.next {
        None => say(Control::HighestLevel.text(lang), Meaning::Dim),
        Some(next) => {
            let lacks: Vec<String> = next.lacks.iter().map(|lack| distance(ctx, lack)).collect();
            let words = fill(
                Control::NextLevel.text(lang),
                &[("step", &lang.of(&next.step.words)), ("how", &lacks.join(" + "))],
            );
            say(&words, Meaning::Text);
        }
    }
    for (date, cause, way) in &judged.verdict.elsewhere {
        let words = fill(
            Control::OtherWay.text(lang),
            &[
                ("day", &date.format(DAY)),
                ("cause", &words_of::cause(lang, *cause)),
                ("way", &words_of::way(lang, *way)),
            ],
        );
        say(&words, Meaning::Text);
    }
    if !judged.verdict.unknown.is_empty() {
        let days = judged
            .verdict
            .unknown
            .iter()
            .map(|day| day.format(DAY).to_string());
        let days = days.collect::<Vec<_>>().join(" ");
        say(
            &fill(Control::NoIndex.text(lang), &[("days", &days)]),
            Meaning::Stale,
        );
    }
}

/// The step that is reached with the runs that reach it; `None` below every step.
fn reached(ctx: &Ctx<'_>, judged: &LadderJudged<'_>) -> Option<String> {
    let step = judged.verdict.step?;
    let because = |met: &Met| {
        let days = if met.first == met.last {
            met.first.format(DAY).to_string()
        } else {
            format!("{}–{}", met.first.format(DAY), met.last.format(DAY))
        };
        format!("{} ({days})", rule(ctx, met.run))
    };
    let runs: Vec<String> = judged.verdict.because.iter().map(because).collect();
    Some(fill(
        Control::LevelReached.text(ctx.lang),
        &[("step", &ctx.lang.of(&step.words)), ("rule", &runs.join(" + "))],
    ))
}

/// A run in words: `AQI > 150 连续 2 天`.
fn rule(ctx: &Ctx<'_>, run: Run) -> String {
    fill(
        Control::Rule.text(ctx.lang),
        &[
            ("metric", &run.metric.symbol()),
            ("above", &number(run.above)),
            ("days", &run.days),
        ],
    )
}

/// How far a forecast is from one run.
fn distance(ctx: &Ctx<'_>, lack: &RunLack) -> String {
    let lang = ctx.lang;
    let how = match (lack.nearest, lack.below()) {
        (None, _) => fill(Control::TooShort.text(lang), &[("days", &lack.run.days)]),
        (Some(nearest), Some(below)) => fill(
            Control::Below.text(lang),
            &[("value", &number(nearest)), ("below", &number(below))],
        ),
        (Some(_), None) => Control::RunMet.text(lang).to_owned(),
    };
    format!("{}, {how}", rule(ctx, lack.run))
}

fn number(value: Value) -> String {
    let text = value.fixed(1);
    text.strip_suffix(".0").unwrap_or(&text).to_owned()
}
