//! The county's air on the Overview: its index or why there is none, who is silent, the day so far.

use crate::domain::air::unit::UnitHour;
use crate::lang::fill;
use crate::lang::screens::overview::Overview;
use crate::tui::look::Meaning;
use crate::tui::part;
use crate::tui::part::{air, big};
use crate::tui::view::Ctx;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Draws index, facts and the day so far.
pub(super) fn draw(ctx: &Ctx<'_>, area: Rect, buf: &mut Buffer) {
    let lang = ctx.lang;
    let Some(now) = ctx.board.county(ctx.now) else {
        let silent = ctx
            .board
            .stations
            .iter()
            .filter(|station| !station.background)
            .count();
        let words = match silent {
            0 => Overview::NoIndex.text(lang).to_owned(),
            all => fill(Overview::SomeSilent.text(lang), &[("all", &all), ("n", &all)]),
        };
        part::put(buf, area, (0, 0), &words, ctx.look.style(Meaning::Stale));
        return;
    };
    let digits = now
        .index
        .known()
        .map_or_else(|| "NA".to_owned(), |index| index.to_string());
    let class = air::class_meaning(air::level(&now.index));
    let ink = if class == Meaning::Text {
        Meaning::Strong
    } else if class == Meaning::Dim {
        Meaning::Stale
    } else {
        class
    };
    if ctx.look.glyphs.braille {
        big::draw(buf, area, &digits, ctx.look.style(ink));
    } else {
        part::put(buf, area, (0, 1), &digits, ctx.look.style(ink));
    }
    let x = big::width(&digits) + 2;
    for (y, (text, meaning)) in (0..).zip(county_facts(ctx, now, ink, area.width.saturating_sub(x))) {
        part::put(buf, area, (x, y), &text, ctx.look.style(meaning));
    }
    if let Some(day) = ctx.board.county_day(ctx.now) {
        let mut x = 0;
        for (text, meaning) in air::day_pieces(ctx, day) {
            if x + part::width(&text) as u16 <= area.width {
                x += part::put(buf, area, (x, 3), &text, ctx.look.style(meaning)) + 1;
            }
        }
    }
}

/// What stands beside the county's index: its class, or why there is none; who is silent, what is primary; the standard,
/// and which pollutants are not in it.
fn county_facts(ctx: &Ctx<'_>, now: &UnitHour, ink: Meaning, width: u16) -> Vec<(String, Meaning)> {
    let lang = ctx.lang;
    let silent = silence(ctx, now);
    let mut class = air::class_long(lang, &now.index);
    if usize::from(width) < part::width(&class) {
        air::class(lang, &now.index).clone_into(&mut class);
    }
    let mut facts = Vec::new();
    let head = match silent {
        Some(silent) if now.index.aqi.is_none() => {
            facts.push((Overview::TooFew.text(lang).to_owned(), Meaning::Stale));
            (silent, Meaning::Stale)
        }
        silent => {
            let stations = fill(Overview::Stations.text(lang), &[("n", &now.due)]);
            let mut of = vec![silent.unwrap_or(stations)];
            let primary = air::primary(lang, now.index.primary);
            if !primary.is_empty() {
                of.push(format!("{} {primary}", Overview::Primary.text(lang)));
            }
            facts.push((joined(&of, width), Meaning::Text));
            (class, ink)
        }
    };
    let standard = now.index.standard.version().to_owned();
    let missing = air::primary(lang, now.index.missing);
    let missing = fill(Overview::Missing.text(lang), &[("what", &missing)]);
    let stands = now.index.aqi.is_some() && !now.index.missing.is_empty();
    let last = if stands {
        joined(&[standard, missing], width)
    } else {
        standard
    };
    facts.push((last, Meaning::Dim));
    facts.insert(0, head);
    facts
}

/// How many stations of how many are silent; `None` where all spoke.
pub(super) fn silence(ctx: &Ctx<'_>, now: &UnitHour) -> Option<String> {
    let silent = now.silent.len();
    (silent > 0).then(|| {
        fill(
            Overview::SomeSilent.text(ctx.lang),
            &[("n", &silent), ("all", &now.due)],
        )
    })
}

/// As many of `facts` as fit in `cells`.
fn joined(facts: &[String], cells: u16) -> String {
    let mut out = String::new();
    for fact in facts {
        let gap = if out.is_empty() { 0 } else { 2 };
        if part::width(&out) + gap + part::width(fact) <= usize::from(cells) {
            out.push_str(&" ".repeat(gap));
            out.push_str(fact);
        }
    }
    out
}
