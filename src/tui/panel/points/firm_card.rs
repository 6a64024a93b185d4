//! The card of one enterprise: its code and what follows from it, the lists it stands on, its points, what is open there.

use crate::domain::directory::Enterprise;
use crate::domain::id::PointId;
use crate::lang::screens::points::Points;
use crate::lang::screens::{Screen, points as words};
use crate::tui::look::Meaning;
use crate::tui::panel::points::card::around;
use crate::tui::panel::points::cells::{grade, town};
use crate::tui::panel::points::figure;
use crate::tui::panel::points::open::matters;
use crate::tui::part;
use crate::tui::part::card::Card;
use crate::tui::view::{Ctx, View};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Draws the card of `firm` into `area`.
pub(super) fn draw(ctx: &Ctx<'_>, view: &View, firm: &Enterprise, (area, buf): (Rect, &mut Buffer)) {
    let mut card = Card::new(ctx, area);
    standing(ctx, firm, &mut card);
    facts(ctx, firm, &mut card);
    watched(ctx, firm, &mut card);
    let own = |id: &PointId| {
        ctx.board
            .points
            .get(id)
            .is_some_and(|p| p.owner.as_ref() == Some(&firm.id))
    };
    matters(ctx, &mut card, &own, Some(&firm.id));
    if let Some(place) = firm.place {
        around(ctx, place, firm.id.as_str(), &mut card);
    }
    card.draw(firm.name.as_str(), view, area, buf);
}

/// Its code and the lists it stands on.
fn standing(ctx: &Ctx<'_>, firm: &Enterprise, card: &mut Card<'_>) {
    let lang = ctx.lang;
    let code = grade(ctx, firm);
    let known = ctx.board.room.directory.codes.get(&firm.code);
    let meaning = known.map_or("", |grade| {
        lang.pick(grade.meaning.zh.as_str(), grade.meaning.en.as_str())
    });
    card.pieces(&[
        (
            &code.text,
            if code.meaning == Meaning::Text {
                Meaning::Strong
            } else {
                code.meaning
            },
        ),
        ("  ", Meaning::Text),
        (meaning, Meaning::Dim),
    ]);
    if firm.positive_list {
        card.pieces(&[
            (Points::Positive.text(lang), Meaning::Strong),
            ("  ", Meaning::Text),
            (Points::PositiveNote.text(lang), Meaning::Dim),
        ]);
    }
    let tags: Vec<&str> = firm
        .tags
        .iter()
        .map(|tag| words::tag(lang, tag.as_str()))
        .collect();
    card.field(Points::Tags.text(lang), &tags.join("  "), Meaning::Text);
}

fn facts(ctx: &Ctx<'_>, firm: &Enterprise, card: &mut Card<'_>) {
    let (lang, directory) = (ctx.lang, &ctx.board.room.directory);
    card.field(Points::Code.text(lang), firm.id.as_str(), Meaning::Text);
    card.field(Points::Sector.text(lang), firm.sector.as_str(), Meaning::Text);
    card.field(
        Screen::Township.text(lang),
        town(ctx, firm.township.as_ref()),
        Meaning::Text,
    );
    let community = firm
        .community
        .as_ref()
        .and_then(|id| directory.communities.get(id));
    let community = community.map_or("", |community| community.name.as_str());
    card.field(Points::Community.text(lang), community, Meaning::Text);
    let contact = format!("{} {}", firm.contact, firm.phone);
    card.field(Points::Contact.text(lang), contact.trim(), Meaning::Text);
    let unit = match &firm.community {
        Some(community) => directory.unit_of_community(community),
        None => firm.township.as_ref().and_then(|town| directory.unit_of(town)),
    };
    if let Some(unit) = unit {
        let first = directory
            .contacts_of(&unit.id)
            .into_iter()
            .find(|person| person.on_call);
        let on_call = first.map_or_else(
            || format!("{} {}", unit.contact, unit.phone),
            |person| format!("{} {} {}", person.role, person.name, person.phone),
        );
        card.field(Points::OnCall.text(lang), on_call.trim(), Meaning::Text);
    }
    if let Some(rated) = firm.rated_kw {
        card.field(
            Points::Rated.text(lang),
            &format!("{} kW", rated.fixed(0)),
            Meaning::Text,
        );
    }
    let limits = firm
        .curtail
        .iter()
        .map(|(level, percent)| format!("{level} {percent}%"));
    let limits: Vec<String> = limits.collect();
    card.field(Points::Curtail.text(lang), &limits.join("  "), Meaning::Text);
}

/// Its points with what they measure now.
fn watched(ctx: &Ctx<'_>, firm: &Enterprise, card: &mut Card<'_>) {
    let points: Vec<_> = ctx.board.room.directory.points_of(&firm.id).collect();
    if points.is_empty() {
        return;
    }
    card.heading(Points::Watched.text(ctx.lang));
    for point in points {
        let (value, meaning) = figure::text(ctx, point);
        let kind = part::fit(words::kind(ctx.lang, point.kind), 18, "");
        let id = part::fit(point.id.as_str(), 8, "");
        card.pieces(&[(&kind, Meaning::Label), (&id, Meaning::Dim), (&value, meaning)]);
    }
}
