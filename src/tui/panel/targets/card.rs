//! The card of one goal: its marks, how it is judged and by which figure, what the rest of the year leaves or needs.

use super::gauge;
use super::number;
use super::standing;
use super::wanted;
use crate::domain::quantity::Value;
use crate::domain::target::plan::From;
use crate::domain::target::plan::Seen;
use crate::domain::target::plan::Target;
use crate::lang::fill;
use crate::lang::screens::cases;
use crate::lang::screens::targets as say;
use crate::lang::screens::targets::Targets;
use crate::lang::target as words_of;
use crate::tui::look::Meaning;
use crate::tui::panel::Ctx;
use crate::tui::panel::View;
use crate::tui::part::card::Card;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Draws it.
pub fn draw(ctx: &Ctx<'_>, view: &View, (target, seen): (&Target, &Seen), (area, buf): (Rect, &mut Buffer)) {
    let lang = ctx.lang;
    let mut card = Card::new(ctx, area);
    let (word, symbol, meaning) = standing(ctx, seen.judgement);
    let why = words_of::reason(lang, seen.judgement.reason);
    card.pieces(&[
        (&format!("{symbol} {word}"), meaning),
        ("  ", Meaning::Text),
        (why, Meaning::Text),
    ]);
    let cells = usize::from(area.width.saturating_sub(6)).min(56);
    card.pieces(&[(&gauge(ctx, &seen.marks, cells), meaning)]);
    figures(ctx, &mut card, (target, seen));
    budget(ctx, &mut card, (target, seen));
    let set = cases::origin(lang, target.provenance.origin);
    let set = format!("{set} {}", lang.of(&target.provenance.text));
    card.field(Targets::SetBy.text(lang), set.trim(), Meaning::Dim);
    card.draw(lang.of(&target.name), view, area, buf);
}

/// The three marks, the change, and where the figure is from.
fn figures(ctx: &Ctx<'_>, card: &mut Card<'_>, (target, seen): (&Target, &Seen)) {
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
    if let Some(change) = seen.marks.change() {
        let size = Value::from_micro(change.micro().abs());
        let text = match change.micro() {
            0 => Targets::Level,
            1.. => Targets::Rising,
            _ => Targets::Falling,
        };
        let words = fill(text.text(lang), &[("value", &with_unit(number(size)))]);
        card.field(Targets::Change.text(lang), &words, Meaning::Text);
    }
    let from = match seen.from {
        From::Hand if seen.marks.now.is_none() => return,
        From::Hand => Targets::ByHand.text(lang).to_owned(),
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
fn budget(ctx: &Ctx<'_>, card: &mut Card<'_>, (target, seen): (&Target, &Seen)) {
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
    }
    if let (Some(needed), Some(year)) = (seen.needed, &ctx.board.year) {
        card.heading(Targets::Rest.text(lang));
        let words = fill(
            Targets::NeededWords.text(lang),
            &[
                ("n", &(year.total() - year.gone())),
                ("sense", &say::side(lang, target.goal.sense)),
                ("value", &format!("{} {}", needed.fixed(1), target.unit)),
            ],
        );
        card.text(&words, Meaning::Text);
    }
}
