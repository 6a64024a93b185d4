//! Good days beside those of the same days a year before, on the card of the goal that counts them: both years by one
//! standard, each with the days that stand behind it.

use crate::domain::air::year::year_before;
use crate::domain::target::plan::{Target, TargetFigure};
use crate::lang::air;
use crate::lang::screens::targets::Targets;
use crate::tui::look::Meaning;
use crate::tui::part::card::Card;
use crate::tui::view::Ctx;

/// Whether both years' days are known: then the change against a figure given by hand is not shown.
pub(super) fn knows(ctx: &Ctx<'_>, target: &Target) -> bool {
    let year = ctx.board.year.as_ref();
    target.figure == TargetFigure::GoodDays && year.is_some_and(|year| year.comparison.is_some())
}

/// Adds them; where no day of the year before is known, that the given figure is by another edition, if it is.
pub(super) fn draw(ctx: &Ctx<'_>, card: &mut Card<'_>, target: &Target) {
    let lang = ctx.lang;
    let Some(year) = ctx.board.year.as_ref().filter(|_| by_level(target.figure)) else {
        return;
    };
    let of = year
        .comparison
        .filter(|_| target.figure == TargetFigure::GoodDays);
    let Some(of) = of else {
        let norm = ctx.board.room.standard;
        let (this, last) = (norm.on(year.until), norm.on(year_before(year.until)));
        if target.last_year.is_some() && this != last {
            card.text(&air::mixed(lang, this, last), Meaning::Stale);
        }
        return;
    };
    card.heading(&air::year_on_year(lang, of.standard));
    card.field(
        Targets::Now.text(lang),
        &air::good_days(lang, of.this),
        Meaning::Strong,
    );
    card.field(
        Targets::LastYear.text(lang),
        &air::good_days(lang, of.last),
        Meaning::Text,
    );
    let change = of.change().filter(|_| of.enough(year.gone()));
    card.field(
        Targets::Change.text(lang),
        &air::change(lang, change),
        Meaning::Text,
    );
    if of.recomputed {
        card.text(air::recomputed(lang), Meaning::Dim);
    }
}

/// Whether a figure counts days by their level, which the editions of a standard draw differently.
fn by_level(figure: TargetFigure) -> bool {
    match figure {
        TargetFigure::GoodDays | TargetFigure::HeavyDays => true,
        TargetFigure::Pm25
        | TargetFigure::O3
        | TargetFigure::Composite
        | TargetFigure::Points
        | TargetFigure::Manual => false,
    }
}
