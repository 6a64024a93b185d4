//! Targets: the year's goals with three marks each (goal, last year, this year), their state, and what the rest of the
//! year leaves or needs. A figure of too few days is never claimed.

mod beside;
pub mod card;

use crate::domain::quantity::Value;
use crate::domain::target::live::LiveFigure;
use crate::domain::target::plan::Target;
use crate::domain::target::seen::TargetView;
use crate::domain::target::{Goal, Judgement, Marks, TargetReason, TargetStanding};
use crate::domain::time::Moment;
use crate::lang::screens::targets::Targets;
use crate::lang::screens::{Screen, targets as say};
use crate::lang::tui::Tui;
use crate::lang::{fill, target as words_of};
use crate::tui::action::Action;
use crate::tui::find::Words;
use crate::tui::look::Meaning;
use crate::tui::panel::Panel;
use crate::tui::part;
use crate::tui::part::card::line;
use crate::tui::part::table::{Cell, Column};
use crate::tui::part::{outside, pane, table};
use crate::tui::view::{Ctx, RowId, View};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The row of [`super::PANELS`].
pub const PANEL: Panel = Panel {
    action: Action::Targets,
    title: |lang| Tui::Targets.text(lang),
    rows,
    words,
    fields: &[],
    outside: outside::of_room,
    draw,
    actions: &[Action::Open, Action::Filter, Action::Copy],
    act: |_, _, _| false,
    wakes,
};

/// Cells of the gauge in the list.
const GAUGE: usize = 20;

const COLUMNS: &[Column] = &[
    Column::left(|lang| Screen::State.text(lang), 12, 0, 0),
    Column::left(|lang| Targets::Name.text(lang), 22, 2, 0),
    Column::right(|lang| Targets::Now.text(lang), 9, 0, 0),
    Column::right(|lang| Targets::Goal.text(lang), 9, 0, 0),
    Column::right(|lang| Targets::LastYear.text(lang), 9, 0, 3),
    Column::left(|lang| Targets::Marks.text(lang), GAUGE as u16, 0, 2),
    Column::left(|lang| Targets::Rest.text(lang), 18, 1, 1),
];

fn rows(ctx: &Ctx<'_>, _: &View) -> Vec<RowId> {
    let targets = ctx.board.room.targets.iter();
    targets
        .map(|target| RowId::Other(target.id.clone().into()))
        .collect()
}

fn target_of<'a>(ctx: &Ctx<'a>, id: &RowId) -> Option<&'a Target> {
    match id {
        RowId::Other(id) => ctx
            .board
            .room
            .targets
            .iter()
            .find(|t| t.id.as_str() == id.as_str()),
        RowId::Alarm(_)
        | RowId::Case(_)
        | RowId::Task(_)
        | RowId::Point(_)
        | RowId::Source(_)
        | RowId::Group(_) => None,
    }
}

fn words(ctx: &Ctx<'_>, id: &RowId, words: &mut Words) {
    if let Some(target) = target_of(ctx, id) {
        words.add(ctx.lang.of(&target.name));
        words.add(target.id.as_str());
        words.add(standing(ctx, see(ctx, target).judgement).0);
    }
}

/// How a goal stands by the board's days and live data.
fn see(ctx: &Ctx<'_>, target: &Target) -> TargetView {
    target.see(&ctx.board.goals(ctx.now))
}

fn draw(ctx: &Ctx<'_>, view: &View, area: Rect, buf: &mut Buffer) -> u16 {
    let area = area.intersection(buf.area);
    let (head, rest) = pane::top(area, u16::from(area.height >= 4));
    summary(ctx, head, buf);
    let foot = u16::from(rest.height >= 10);
    let (rest, legend) = pane::top(rest, rest.height - foot);
    draw_legend(ctx, legend, buf);
    let split = pane::split(rest, view.open);
    let target = pane::current(view).and_then(|id| target_of(ctx, id));
    if let (Some(area), Some(target)) = (split.card, target) {
        card::draw(ctx, view, (target, &see(ctx, target)), (area, buf));
    }
    if ctx.board.room.targets.is_empty() {
        let style = ctx.look.style(Meaning::Dim);
        part::put(buf, split.list, (2, 1), Targets::None.text(ctx.lang), style);
        return split.list.height;
    }
    table::draw(ctx, view, (split.list, buf), COLUMNS, &|id| {
        target_of(ctx, id).map(|target| cells(ctx, target))
    })
}

/// How many goals are in each state, and how far the year's days reach.
fn summary(ctx: &Ctx<'_>, area: Rect, buf: &mut Buffer) {
    let lang = ctx.lang;
    let targets = &ctx.board.room.targets;
    let seen: Vec<Judgement> = targets.iter().map(|t| see(ctx, t).judgement).collect();
    // Every state has to find its place: a screen that is narrow has less between them.
    let (apart, count) = if area.width < 100 {
        (1, targets.len().to_string())
    } else {
        (2, fill(Targets::Head.text(lang), &[("n", &targets.len())]))
    };
    let mut x = 2 + part::put(buf, area, (2, 0), &count, ctx.look.style(Meaning::Strong)) + apart;
    for like in [
        TargetReason::Clear,
        TargetReason::Close,
        TargetReason::Behind,
        TargetReason::OutOfReach,
        TargetReason::Contradicted,
        TargetReason::Unverified,
        TargetReason::NoFigure,
    ] {
        let (word, symbol, meaning) = standing(ctx, like.judged());
        let same = seen
            .iter()
            .filter(|judged| standing(ctx, **judged).0 == word)
            .count();
        if same > 0 {
            let text = format!("{symbol} {word} {same}");
            x += part::put(buf, area, (x, 0), &text, ctx.look.style(meaning)) + apart;
        }
    }
    let reach = match &ctx.board.year {
        None => Targets::NotRead.text(lang).to_owned(),
        Some(year) => fill(
            Targets::Until.text(lang),
            &[
                ("day", &year.until.format("%m-%d")),
                ("days", &year.days.len()),
                ("gone", &year.gone()),
            ],
        ),
    };
    let wide = part::width(&reach) as u16 + 1;
    if x + wide <= area.width {
        let style = ctx.look.style(Meaning::Dim);
        part::put(buf, area, (area.width - wide, 0), &reach, style);
    }
}

fn draw_legend(ctx: &Ctx<'_>, area: Rect, buf: &mut Buffer) {
    let [goal, last] = marks_of(ctx);
    let [now, _] = bar_of(ctx);
    let text = fill(
        Targets::Gauge.text(ctx.lang),
        &[("goal", &goal), ("last", &last), ("now", &now)],
    );
    part::put_line(buf, area, (2, 0), &line(ctx, &[(&text, Meaning::Dim)]));
}

/// A state as word, symbol and meaning; a goal without a figure is in none.
fn standing<'a>(ctx: &Ctx<'a>, judged: Judgement) -> (&'static str, &'a str, Meaning) {
    let glyphs = ctx.look.glyphs;
    let [_, risk, _, unsteady] = glyphs.severity;
    match judged.reason {
        TargetReason::NoFigure => return (Targets::Unknown.text(ctx.lang), glyphs.none, Meaning::Dim),
        TargetReason::Unverified => return (Targets::Unverified.text(ctx.lang), unsteady, Meaning::Stale),
        TargetReason::Contradicted => return (Targets::Contradicted.text(ctx.lang), risk, Meaning::Late),
        TargetReason::Secured
        | TargetReason::Clear
        | TargetReason::Close
        | TargetReason::Tight
        | TargetReason::OverPace
        | TargetReason::Behind
        | TargetReason::OutOfReach
        | TargetReason::Over => {}
    }
    let word = words_of::standing(ctx.lang, judged.standing);
    match judged.standing {
        TargetStanding::Met => (word, glyphs.check, Meaning::Good),
        TargetStanding::Unsteady => (word, unsteady, Meaning::Warn),
        TargetStanding::AtRisk => (word, risk, Meaning::Late),
        TargetStanding::Missed => (word, glyphs.cross, Meaning::Bad),
    }
}

fn cells(ctx: &Ctx<'_>, target: &Target) -> Vec<Cell> {
    let seen = see(ctx, target);
    let (word, symbol, meaning) = standing(ctx, seen.judgement);
    let now = match (seen.marks.now, seen.too_few) {
        (Some(now), _) => Cell::new(number(now), Meaning::Strong),
        (None, Some(few)) => Cell::new(format!("({})", number(few)), Meaning::Dim),
        (None, None) => Cell::new(ctx.look.glyphs.none, Meaning::Dim),
    };
    let name = match target.unit.as_str() {
        "" => ctx.lang.of(&target.name).to_owned(),
        unit => format!("{} {unit}", ctx.lang.of(&target.name)),
    };
    let last = seen.marks.last_year.map_or_else(String::new, number);
    vec![
        Cell::new(format!("{symbol} {word}"), meaning),
        Cell::text(name),
        now,
        Cell::text(wanted(target.goal)),
        Cell::new(last, Meaning::Dim),
        Cell::new(gauge(ctx, &seen.marks, GAUGE), meaning),
        Cell::new(rest(ctx, target, &seen), Meaning::Dim),
    ]
}

/// A figure without zeros at its end.
fn number(value: Value) -> String {
    let text = value.fixed(2);
    let text = text.trim_end_matches('0').trim_end_matches('.');
    text.to_owned()
}

/// A goal with its side: `>87.7`.
fn wanted(goal: Goal) -> String {
    format!("{}{}", say::sign(goal.sense), number(goal.value))
}

/// What the rest of the year leaves or needs, in few words.
fn rest(ctx: &Ctx<'_>, target: &Target, seen: &TargetView) -> String {
    if let Some(budget) = seen.budget {
        let left = budget.left();
        return if left < 0 {
            fill(Targets::BudgetOver.text(ctx.lang), &[("n", &-left)])
        } else {
            fill(Targets::BudgetLeft.text(ctx.lang), &[("n", &left)])
        };
    }
    if let Some(held) = &seen.held {
        return live(ctx, target, held);
    }
    seen.needed.map_or_else(String::new, |needed| {
        let value = format!("{}{}", say::sign(target.goal.sense), number(needed));
        fill(Targets::Needed.text(ctx.lang), &[("value", &value)])
    })
}

/// What the live data come to, with those that did not answer.
fn live(ctx: &Ctx<'_>, target: &Target, held: &LiveFigure) -> String {
    let lang = ctx.lang;
    let (said, total) = match held {
        LiveFigure::Share(share) => (share.judged, share.total),
        LiveFigure::Value { judged, total, .. } => (*judged, *total),
    };
    if said == 0 {
        return fill(Targets::LiveNone.text(lang), &[("n", &total)]);
    }
    let mut words = match held {
        LiveFigure::Share(share) => fill(
            Targets::LiveShare.text(lang),
            &[("n", &share.reaching), ("of", &share.total)],
        ),
        LiveFigure::Value { value, .. } => {
            let value = value.map_or_else(|| ctx.look.glyphs.none.to_owned(), number);
            let unit = &target.unit;
            fill(
                Targets::LiveValue.text(lang),
                &[("value", &value), ("unit", unit)],
            )
        }
    };
    if said < total {
        words.push_str(&fill(Targets::Silent.text(lang), &[("n", &(total - said))]));
    }
    words
}

/// The characters of a gauge's marks: goal, last year.
fn marks_of<'a>(ctx: &Ctx<'a>) -> [&'a str; 2] {
    let glyphs = ctx.look.glyphs;
    [glyphs.mark, glyphs.line.get(1).copied().unwrap_or("|")]
}

/// The filled and the empty part of a gauge: half as high as a row, so that the gauges of a list stay apart.
fn bar_of<'a>(ctx: &Ctx<'a>) -> [&'a str; 2] {
    let [empty, _, _, full, ..] = ctx.look.glyphs.spark;
    [full, empty]
}

/// The three marks on one scale around them: this year as a bar, goal and last year as marks on it.
fn gauge(ctx: &Ctx<'_>, marks: &Marks, cells: usize) -> String {
    let goal = marks.goal.value.to_f64();
    let (last, now) = (marks.last_year.map(Value::to_f64), marks.now.map(Value::to_f64));
    let all = || [Some(goal), last, now].into_iter().flatten();
    let (low, high) = (
        all().fold(f64::INFINITY, f64::min),
        all().fold(f64::NEG_INFINITY, f64::max),
    );
    let pad = ((high - low) * 0.4).max(goal.abs() * 0.04).max(0.5);
    let (low, high) = ((low - pad).max(0.0), high + pad);
    let place = |value: f64| ((value - low) / (high - low) * cells as f64) as usize;
    let at = |value: f64| place(value).min(cells.saturating_sub(1));
    let filled = now.map_or(0, |now| place(now).max(1));
    let [goal_mark, last_mark] = marks_of(ctx);
    let [full, empty] = bar_of(ctx);
    let cell = |n: usize| match () {
        () if n == at(goal) => goal_mark,
        () if last.is_some_and(|last| n == at(last)) => last_mark,
        () if n < filled => full,
        () => empty,
    };
    (0..cells).map(cell).collect()
}

fn wakes(_: &Ctx<'_>, _: &View) -> Option<Moment> {
    None
}
