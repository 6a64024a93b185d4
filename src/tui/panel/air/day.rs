//! A station's day so far: its index if the day ended now, what would tip it into the next level and when, what that means
//! for people's health, and which of its hours were corrected.

use crate::domain::air::so_far::{DayTip, SoFar};
use crate::domain::air::unit::Station;
use crate::domain::air::{Absence, AirIndex, Level, Pollutant, Standard};
use crate::domain::quantity::Quantity;
use crate::domain::reading::Reading;
use crate::domain::time::Span;
use crate::lang::screens::air::AirText;
use crate::lang::{air as say_air, domain as say, fill, when};
use crate::tui::look::Meaning;
use crate::tui::part::air;
use crate::tui::part::air::Listed;
use crate::tui::part::card::Card;
use crate::tui::view::{Ctx, View};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// How far back corrections are shown.
const CORRECTED: Span = Span::hours(24);

/// Draws the day under `name` and what part of it is over, scrolled as a card is.
pub(super) fn draw(ctx: &Ctx<'_>, view: &View, of: Listed<'_>, (name, area, buf): (&str, Rect, &mut Buffer)) {
    let Some((title, card)) = card(ctx, of, area) else {
        return;
    };
    let title = format!("{name} {title}");
    card.draw(title.trim(), view, area, buf);
}

/// Rows that it wants, its title included.
pub(super) fn rows(ctx: &Ctx<'_>, of: Listed<'_>, area: Rect) -> u16 {
    card(ctx, of, area).map_or(0, |(_, card)| card.height() as u16 + 2)
}

fn card<'a>(ctx: &'a Ctx<'a>, of: Listed<'_>, area: Rect) -> Option<(String, Card<'a>)> {
    let air = of.air?;
    let station = Station {
        id: of.id.clone(),
        background: false,
    };
    let day = ctx.board.day_so_far([&station], air.hour)?;
    let mut card = Card::new(ctx, area);
    judged(ctx, &mut card, &day.of);
    revised(ctx, &mut card, of);
    let now = &day.of.now;
    // An index that no day has, the European one, is of the hour alone.
    let index = if has_no_day(now) { &air.index } else { now };
    health(ctx, &mut card, index);
    Some((air::day_title(ctx, &day), card))
}

/// Whether the standard knows no index of a day.
fn has_no_day(index: &AirIndex) -> bool {
    index.why == Some(Absence::Undefined)
}

fn judged(ctx: &Ctx<'_>, card: &mut Card<'_>, day: &SoFar) {
    let (lang, index) = (ctx.lang, &day.now);
    let Some(level) = index.level else {
        let why = if index.highest().is_none() && !has_no_day(index) {
            AirText::FewHours.text(lang)
        } else {
            air::class(lang, index)
        };
        card.field(AirText::EndedNow.text(lang), why, Meaning::Stale);
        return;
    };
    let aqi = index.aqi.map_or_else(String::new, |aqi| aqi.to_string());
    let words = format!(
        "{aqi} {}  {}",
        air::class_long(lang, index),
        air::primary(lang, index.primary)
    );
    card.field(
        AirText::EndedNow.text(lang),
        words.trim_end(),
        air::class_meaning(Some(level)),
    );
    if let Some(tip) = &day.tip {
        tips(ctx, card, index.standard, tip);
    }
    if level > Level::Two {
        let (words, meaning) = if day.can_stay_good() {
            (AirText::CanStayGood, Meaning::Text)
        } else {
            (AirText::CannotStayGood, Meaning::Warn)
        };
        card.field(AirText::GoodDay.text(lang), words.text(lang), meaning);
    }
}

/// What the level does to people, what they should do, and who is sensitive: in the words of the index's own standard.
fn health(ctx: &Ctx<'_>, card: &mut Card<'_>, index: &AirIndex) {
    let lang = ctx.lang;
    let Some(level) = index.level else { return };
    let health = [
        (AirText::Effect, say_air::effect(lang, index.standard, level)),
        (AirText::Advice, say_air::advice(lang, index.standard, level)),
    ];
    for (name, words) in health {
        card.field(name.text(lang), words.unwrap_or_default(), Meaning::Text);
    }
    // HJ 633-2026, table 2; the edition before it had no such table.
    if index.standard == Standard::Hj633_2026 {
        // The two particles name the same people.
        let mut groups: Vec<(Vec<&str>, &str)> = Vec::new();
        for p in index.exceeded.iter() {
            let (name, people) = (say::quantity(lang, p.quantity()), say_air::sensitive(lang, p));
            match groups.iter_mut().find(|group| group.1 == people) {
                Some(group) => group.0.push(name),
                None => groups.push((vec![name], people)),
            }
        }
        for (names, people) in groups {
            let words = format!("{}: {people}", names.join(" "));
            card.field(AirText::Sensitive.text(lang), &words, Meaning::Text);
        }
    }
}

fn tips(ctx: &Ctx<'_>, card: &mut Card<'_>, standard: Standard, tip: &DayTip) {
    let lang = ctx.lang;
    let quantity = tip.pollutant.quantity();
    let what = say::quantity(lang, quantity);
    let unit = quantity.unit().symbol();
    let class = say_air::class(lang, standard, tip.into);
    let decimals = tip.pollutant.decimals();
    let present = tip.present.fixed(decimals);
    let hour = tip.hour.map(|hour| format!("{hour:02}"));
    let by = match &hour {
        Some(hour) => fill(
            AirText::TipsBy.text(lang),
            &[
                ("what", &what),
                ("value", &present),
                ("unit", &unit),
                ("hour", hour),
                ("class", &class),
            ],
        ),
        None => fill(
            AirText::NeverTips.text(lang),
            &[("what", &what), ("value", &present), ("unit", &unit)],
        ),
    };
    let meaning = if hour.is_some() {
        Meaning::Warn
    } else {
        Meaning::Text
    };
    card.field(AirText::NextLevel.text(lang), &by, meaning);
    let needed = tip.needed.ceil(decimals).fixed(decimals);
    let from = fill(
        AirText::TipsFrom.text(lang),
        &[
            ("what", &what),
            ("value", &needed),
            ("unit", &unit),
            ("class", &class),
        ],
    );
    card.field(" ", &from, Meaning::Dim);
}

/// The hours of a day that their upstream corrected: what it said first, and what it says now.
fn revised(ctx: &Ctx<'_>, card: &mut Card<'_>, of: Listed<'_>) {
    let zone = ctx.board.room.zone;
    let quantities = Pollutant::ALL
        .map(Pollutant::quantity)
        .into_iter()
        .chain([Quantity::PublishedIndex]);
    for quantity in quantities {
        let older = ctx
            .board
            .revisions
            .get(&(of.id.clone(), quantity))
            .into_iter()
            .flatten();
        for revision in older.filter(|revision| ctx.now.age_of(revision.reading.at) <= CORRECTED) {
            let said = |value: Option<crate::domain::quantity::Value>| {
                value.map_or_else(
                    || ctx.look.glyphs.none.to_owned(),
                    |value| value.fixed(quantity.decimals()),
                )
            };
            let hour = when::stamp(revision.reading.at, ctx.now, zone);
            let now = ctx.board.hour_value(of.id, quantity, revision.reading.at);
            let words = fill(
                AirText::Revision.text(ctx.lang),
                &[
                    ("hour", &hour),
                    ("what", &say::quantity(ctx.lang, quantity)),
                    ("before", &said(Reading::usable(&revision.reading))),
                    ("after", &said(now)),
                    ("kept", &when::stamp(revision.kept, ctx.now, zone)),
                ],
            );
            card.field(AirText::Revised.text(ctx.lang), &words, Meaning::Dim);
        }
    }
}
