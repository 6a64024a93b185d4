//! The water of a section on its card (水质): class and quality, what it is polluted by and how many times over the limit,
//! what is missing, and the reach of its river as a whole.

use crate::domain::directory::Point;
use crate::domain::section;
use crate::domain::section::SectionJudged;
use crate::domain::water::{Finding, Item};
use crate::lang::screens::points as words;
use crate::lang::screens::points::Points;
use crate::lang::{domain as say, fill, when};
use crate::tui::look::Meaning;
use crate::tui::part::card::Card;
use crate::tui::view::Ctx;

/// Puts it on the card; nothing for a point whose water has no class.
pub(super) fn draw(ctx: &Ctx<'_>, point: &Point, card: &mut Card<'_>) {
    let Some(found) = section::judged(point, &ctx.board.latest, ctx.now) else {
        return;
    };
    let lang = ctx.lang;
    let (class, meaning) = class(ctx, point, &found);
    card.field(Points::Water.text(lang), &class, meaning);
    let main = found.assessment.main();
    let named: Vec<String> = main.iter().map(|finding| item(ctx, finding)).collect();
    let none = found.class().map(|_| Points::Nothing.text(lang));
    let text = if named.is_empty() {
        none.unwrap_or_default().to_owned()
    } else {
        named.join("  ")
    };
    card.field(Points::MainItems.text(lang), &text, meaning);
    let missing: Vec<&str> = found.missing.iter().map(|item| name(ctx, *item)).collect();
    let text = fill(Points::ItemsMissing.text(lang), &[("items", &missing.join(" "))]);
    card.field("", if missing.is_empty() { "" } else { &text }, Meaning::Stale);
    reach(ctx, point, card);
}

/// Class, quality, whether it reaches its target, and how old the sample is.
fn class(ctx: &Ctx<'_>, point: &Point, found: &SectionJudged) -> (String, Meaning) {
    let lang = ctx.lang;
    let Some(class) = found.class() else {
        return (Points::NoClass.text(lang).to_owned(), Meaning::Stale);
    };
    let target = point.class.and_then(|wanted| {
        let reaches = found.assessment.reaches(wanted)?;
        let text = if reaches {
            Points::ReachesTarget
        } else {
            Points::MissesTarget
        };
        let words = fill(text.text(lang), &[("class", &words::class(lang, wanted))]);
        Some((words, reaches))
    });
    let age = when::age(lang, ctx.now.age_of(found.at));
    let (held, reaches) = target.unwrap_or((String::new(), class.is_good()));
    let quality = words::quality(lang, class.quality());
    let parts = [words::class(lang, class), quality, &held, &age];
    let parts = parts.iter().filter(|part| !part.is_empty()).copied();
    let meaning = if reaches { Meaning::Strong } else { Meaning::Warn };
    (parts.collect::<Vec<_>>().join("  "), meaning)
}

/// A main item with its value and how many times it is over the limit of class Ⅲ, where it has a multiple.
fn item(ctx: &Ctx<'_>, finding: &Finding) -> String {
    let name = name(ctx, finding.item);
    match finding.exceedance {
        Some(times) => fill(
            Points::TimesOver.text(ctx.lang),
            &[("item", &name), ("times", &times.fixed(2))],
        ),
        None => format!("{name} {}", finding.value),
    }
}

fn name(ctx: &Ctx<'_>, item: Item) -> &'static str {
    item.quantity()
        .map_or("", |quantity| say::quantity(ctx.lang, quantity))
}

/// The section with its neighbours up and down the river: their mean, or their shares where there are many.
fn reach(ctx: &Ctx<'_>, point: &Point, card: &mut Card<'_>) {
    let directory = &ctx.board.room.directory;
    let mut sections = directory.upstream(&point.id);
    sections.push(point);
    sections.extend(directory.downstream(&point.id));
    let Some(reach) = section::reach(&sections, &ctx.board.latest, ctx.now) else {
        return;
    };
    let lang = ctx.lang;
    let text = match reach.mean {
        Some(class) => fill(
            Points::ReachMean.text(lang),
            &[
                ("n", &reach.sections),
                ("class", &words::class(lang, class)),
                ("quality", &words::quality(lang, class.quality())),
            ],
        ),
        None => fill(
            Points::ReachShare.text(lang),
            &[
                ("good", &reach.good),
                ("n", &reach.sections),
                ("silent", &(reach.sections - reach.judged)),
            ],
        ),
    };
    card.field(Points::River.text(lang), &text, Meaning::Text);
}
