//! The card of one goal: its marks, how it is judged and by which figure, what the rest of the year leaves or needs.

use super::{beside, gauge, number, standing, wanted};
use crate::domain::quantity::Value;
use crate::domain::target::TargetReason;
use crate::domain::target::live::{Live, LiveFigure};
use crate::domain::target::plan::{Target, TargetFigure};
use crate::domain::target::seen::{From, TargetView};
use crate::lang::screens::targets::Targets;
use crate::lang::screens::{cases, targets as say};
use crate::lang::{fill, target as words_of};
use crate::tui::look::Meaning;
use crate::tui::part;
use crate::tui::part::card::Card;
use crate::tui::view::{Ctx, View};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Draws it.
pub fn draw(
    ctx: &Ctx<'_>,
    view: &View,
    (target, seen): (&Target, &TargetView),
    (area, buf): (Rect, &mut Buffer),
) {
    let lang = ctx.lang;
    let mut card = Card::new(ctx, area);
    let (word, symbol, meaning) = standing(ctx, seen.judgement);
    let why = words_of::reason(lang, seen.judgement.reason);
    card.pieces(&[(&format!("{symbol} {word}"), meaning)]);
    card.field(Targets::Why.text(lang), why, Meaning::Text);
    let cells = usize::from(area.width.saturating_sub(6)).min(56);
    card.pieces(&[(&gauge(ctx, &seen.marks, cells), meaning)]);
    figures(ctx, &mut card, (target, seen));
    verified(ctx, &mut card, (target, seen));
    beside::draw(ctx, &mut card, target);
    budget(ctx, &mut card, (target, seen));
    back(ctx, &mut card, (target, seen));
    let set = cases::origin(lang, target.provenance.origin);
    let set = format!("{set} {}", lang.of(&target.provenance.text));
    card.field(Targets::SetBy.text(lang), set.trim(), Meaning::Dim);
    card.draw(lang.of(&target.name), view, area, buf);
}

/// The three marks, the change, and where the figure is from.
fn figures(ctx: &Ctx<'_>, card: &mut Card<'_>, (target, seen): (&Target, &TargetView)) {
    let lang = ctx.lang;
    let with_unit = |value: String| format!("{value} {}", target.unit).trim().to_owned();
    let mark = |value: Option<Value>| value.map(number).map(with_unit).unwrap_or_default();
    card.heading(Targets::Marks.text(lang));
    let goal = with_unit(wanted(target.goal));
    card.field(Targets::Goal.text(lang), &goal, Meaning::Text);
    card.field(Targets::Now.text(lang), &mark(seen.marks.now), Meaning::Strong);
    card.field(Targets::SoFar.text(lang), &mark(seen.too_few), Meaning::Dim);
    card.field(
        Targets::LastYear.text(lang),
        &mark(seen.marks.last_year),
        Meaning::Text,
    );
    if let Some(change) = seen.marks.change().filter(|_| !beside::knows(ctx, target)) {
        let size = Value::from_micro(change.micro().abs());
        let text = match change.micro() {
            0 => Targets::Level,
            1.. => Targets::Rising,
            _ => Targets::Falling,
        };
        let mut words = fill(text.text(lang), &[("value", &with_unit(number(size)))]);
        // Percentage points are no percentage.
        if let Some(percent) = seen
            .marks
            .change_percent()
            .filter(|_| target.unit.as_str() != "%")
        {
            words = format!("{words}  {}%", signed(percent));
        }
        card.field(Targets::Change.text(lang), &words, Meaning::Text);
    }
    let from = match seen.from {
        From::Hand if seen.marks.now.is_none() => return,
        From::Hand => Targets::ByHand.text(lang).to_owned(),
        From::Live => Targets::FromLive.text(lang).to_owned(),
        From::Points => Targets::ByRules.text(lang).to_owned(),
        From::Computed { days, gone } => format!(
            "{}  {}",
            Targets::Computed.text(lang),
            fill(Targets::Days.text(lang), &[("days", &days), ("gone", &gone)])
        ),
    };
    card.field(Targets::From.text(lang), &from, Meaning::Dim);
    if let (From::Computed { gone, .. }, None) = (seen.from, seen.marks.now) {
        let need = (gone * 324).div_ceil(365);
        let words = fill(Targets::TooFew.text(lang), &[("need", &need)]);
        card.text(&words, Meaning::Stale);
    }
}

/// What the rest of the year leaves or needs.
fn budget(ctx: &Ctx<'_>, card: &mut Card<'_>, (target, seen): (&Target, &TargetView)) {
    let lang = ctx.lang;
    if let Some(budget) = seen.budget {
        card.heading(Targets::Rest.text(lang));
        card.field(
            Targets::Budget.text(lang),
            &super::rest(ctx, target, seen),
            Meaning::Strong,
        );
        let pace = budget.at_pace().unwrap_or(budget.used);
        let words = [
            ("allowed", &budget.allowed as &dyn std::fmt::Display),
            ("used", &budget.used),
            ("pace", &pace),
        ];
        card.text(&fill(Targets::BudgetWords.text(lang), &words), Meaning::Text);
        let even = fill(Targets::Even.text(lang), &[("even", &budget.even_share())]);
        card.text(&even, Meaning::Dim);
        if target.figure == TargetFigure::GoodDays {
            let still = fill(Targets::GoodNeeded.text(lang), &[("n", &budget.good_needed())]);
            card.text(&still, Meaning::Text);
        }
    }
    let Some(needed) = seen.needed else { return };
    card.heading(Targets::Rest.text(lang));
    let days = ctx.board.year.as_ref().map(|year| year.total() - year.gone());
    let (text, rest) = match (target.months, days) {
        (Some(months), _) => (Targets::NeededMonths, 12_u32.saturating_sub(months)),
        (None, Some(days)) => (Targets::NeededWords, days),
        (None, None) => return,
    };
    let words = fill(
        text.text(lang),
        &[
            ("n", &rest),
            ("sense", &say::side(lang, target.goal.sense)),
            ("value", &format!("{} {}", number(needed), target.unit)),
        ],
    );
    card.text(&words, Meaning::Text);
}

/// What the live data say of a typed figure.
fn verified(ctx: &Ctx<'_>, card: &mut Card<'_>, (target, seen): (&Target, &TargetView)) {
    let lang = ctx.lang;
    let reason = seen.judgement.reason;
    let meaning = if reason == TargetReason::Contradicted {
        Meaning::Late
    } else {
        Meaning::Text
    };
    if let Some(held) = &seen.held {
        card.field(Targets::Live.text(lang), &super::live(ctx, target, held), meaning);
        if let LiveFigure::Share(share) = held {
            let still = share.still_needed().filter(|still| *still > 0);
            let spare = share.spare().filter(|_| still.is_none());
            let words = still.map(|n| fill(Targets::StillNeeded.text(lang), &[("n", &n)]));
            let words = words.or_else(|| spare.map(|n| fill(Targets::Spare.text(lang), &[("n", &n)])));
            card.field(
                "",
                &words.filter(|_| target.unit.as_str() == "%").unwrap_or_default(),
                Meaning::Dim,
            );
        }
    }
    let words = match (reason, &target.live) {
        (TargetReason::Contradicted, _) => Targets::ContradictedWords,
        (TargetReason::Unverified, Live::Unsaid) if target.figure != TargetFigure::Points => {
            Targets::UnverifiedWords
        }
        (TargetReason::Unverified, _) if target.figure == TargetFigure::Points => Targets::UnverifiedPoints,
        (TargetReason::Unverified, _) => Targets::TooFewAnswer,
        _ if target.live == Live::Nothing && seen.from == From::Hand => Targets::NothingLive,
        _ => return,
    };
    card.text(words.text(lang), meaning);
}

/// Reckoned back from the goal (反推): what a pollutant may be, what a figure must become.
fn back(ctx: &Ctx<'_>, card: &mut Card<'_>, (target, seen): (&Target, &TargetView)) {
    let lang = ctx.lang;
    if !seen.allowed.is_empty() {
        card.heading(Targets::Back.text(lang));
        card.text(Targets::BackAlone.text(lang), Meaning::Dim);
    }
    let rows = seen.allowed.iter().map(|(pollutant, may, is)| {
        let decimals = pollutant.decimals().max(1);
        let (may, is) = (may.fixed(decimals), is.fixed(decimals));
        format!("{} ≤ {may} ({is})", pollutant.symbol())
    });
    let rows: Vec<String> = rows.collect();
    card.text(&rows.join("   "), Meaning::Text);
    let Some(table) = target.table.as_ref().filter(|_| !seen.points.is_empty()) else {
        return;
    };
    card.heading(lang.of(&table.words));
    for row in &seen.points {
        let goal = ctx
            .board
            .room
            .targets
            .iter()
            .find(|goal| goal.id.as_str() == row.figure);
        let name = goal.map_or(row.figure.as_str(), |goal| lang.of(&goal.name));
        let shown = |value: Option<Value>| value.map_or_else(|| ctx.look.glyphs.none.to_owned(), number);
        let words = fill(
            Targets::PointsRow.text(lang),
            &[("value", &shown(row.value)), ("points", &shown(row.points))],
        );
        let needed = row
            .needed
            .map(|value| fill(Targets::MustBecome.text(lang), &[("value", &number(value))]));
        let name = part::fit(name, 22, ctx.look.glyphs.cut);
        card.pieces(&[
            (&name, Meaning::Label),
            (&words, Meaning::Text),
            (needed.as_deref().unwrap_or_default(), Meaning::Strong),
        ]);
    }
    if seen.marks.now.is_none() {
        card.text(Targets::PointsMissing.text(lang), Meaning::Stale);
    }
    let set = format!(
        "{} {}",
        cases::origin(lang, table.provenance.origin),
        lang.of(&table.provenance.text)
    );
    card.text(set.trim(), Meaning::Dim);
}

/// A number with its sign, two decimals at most.
fn signed(value: Value) -> String {
    let sign = if value.micro() > 0 { "+" } else { "" };
    format!("{sign}{}", number(value))
}
