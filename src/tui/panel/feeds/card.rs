//! The card of one source, and of one order that is not delivered: what is wrong in words, and what to do.

use crate::domain::feed::{Feed, PollError};
use crate::domain::task::{Delivery, Task};
use crate::domain::time::Moment;
use crate::domain::ways::Blocked;
use crate::lang::screens::feeds::Feeds;
use crate::lang::screens::fires::Fires;
use crate::lang::screens::{Screen, fires};
use crate::lang::{bounds, fill, trouble, when};
use crate::tui::look::Meaning;
use crate::tui::part::card::Card;
use crate::tui::part::{case, feed};
use crate::tui::view::{Ctx, View};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Draws the card of a source into `area`.
pub fn draw(ctx: &Ctx<'_>, view: &View, feed: &Feed, (area, buf): (Rect, &mut Buffer)) {
    let mut card = Card::new(ctx, area);
    let state = feed::state(ctx, feed);
    card.pieces(&[(&state.text, state.meaning)]);
    wrong(ctx, feed, &mut card);
    times(ctx, feed, &mut card);
    flaws(ctx, feed, &mut card);
    card.draw(feed.id.as_str(), view, area, buf);
}

/// What is wrong with it, each with what to do.
fn wrong(ctx: &Ctx<'_>, feed: &Feed, card: &mut Card<'_>) {
    let (lang, zone) = (ctx.lang, ctx.board.room.zone);
    if let Some(trouble) = &feed.trouble {
        card.field(
            Feeds::Trouble.text(lang),
            &trouble::failing(lang, feed, trouble, zone),
            Meaning::Strong,
        );
        card.field(
            Feeds::Remedy.text(lang),
            trouble::remedy(lang, trouble),
            Meaning::Text,
        );
    }
    if let Some(passed) = feed.passed {
        card.text(&bounds::passed(lang, passed), Meaning::Bad);
        let remedy = trouble::remedy(lang, &PollError::Beyond(passed));
        card.field(Feeds::Remedy.text(lang), remedy, Meaning::Text);
    }
    for lack in &feed.lacks {
        card.text(&trouble::lack(lang, lack, zone), Meaning::Bad);
    }
    if feed.read.lost > 0 {
        card.text(&trouble::lost(lang, feed.read), Meaning::Warn);
    }
    if let Some(held) = &feed.held {
        let since = when::stamp(held.since, ctx.now, zone);
        card.text(&trouble::flood(lang, held), Meaning::Bad);
        card.field(Feeds::FloodsSince.text(lang), &since, Meaning::Text);
        card.field(
            Feeds::Remedy.text(lang),
            Feeds::WhileFlooding.text(lang),
            Meaning::Text,
        );
    }
    if feed.blank {
        card.text(Feeds::Blank.text(lang), Meaning::Warn);
    }
    if let Some(since) = feed.degraded_since.filter(|_| feed.is_degraded()) {
        let since = when::stamp(since, ctx.now, zone);
        card.field(Feeds::DegradedSince.text(lang), &since, Meaning::Text);
    }
}

/// When it was heard and will be, and what it brought.
fn times(ctx: &Ctx<'_>, feed: &Feed, card: &mut Card<'_>) {
    let (lang, zone) = (ctx.lang, ctx.board.room.zone);
    let at = |at: Option<Moment>| match at {
        Some(at) => format!(
            "{}  {}",
            when::stamp(at, ctx.now, zone),
            when::age(lang, ctx.now - at)
        ),
        None => Feeds::Never.text(lang).to_owned(),
    };
    card.heading(Screen::Times.text(lang));
    card.field(Feeds::LastGood.text(lang), &at(feed.last_good), Meaning::Text);
    card.field(Feeds::Newest.text(lang), &at(feed.newest), Meaning::Text);
    if feed.failing_since.is_some() {
        card.field(
            Feeds::FailingSince.text(lang),
            &at(feed.failing_since),
            Meaning::Text,
        );
        card.field(
            Feeds::Failures.text(lang),
            &feed.failures.to_string(),
            Meaning::Text,
        );
    }
    let next = feed.next.map(|at| when::stamp(at, ctx.now, zone));
    card.field(Feeds::Next.text(lang), &next.unwrap_or_default(), Meaning::Text);
    card.field(
        Feeds::Every.text(lang),
        &when::age(lang, feed.every),
        Meaning::Text,
    );
    let late = feed.late_after.map(|span| when::age(lang, span));
    card.field(
        Feeds::LateAfter.text(lang),
        &late.unwrap_or_default(),
        Meaning::Text,
    );
    card.field(Feeds::Kind.text(lang), feed.kind.as_str(), Meaning::Text);
    card.field(Feeds::Rows.text(lang), &feed.rows.to_string(), Meaning::Text);
}

fn flaws(ctx: &Ctx<'_>, feed: &Feed, card: &mut Card<'_>) {
    if feed.flaws == 0 {
        return;
    }
    card.heading(&format!("{} {}", Feeds::FlawSamples.text(ctx.lang), feed.flaws));
    for flaw in &feed.flaw_samples {
        card.text(&trouble::flaw(ctx.lang, flaw), Meaning::Text);
    }
}

/// A blocked channel in one line: its words, and how many orders wait for it.
pub fn of_way(ctx: &Ctx<'_>, way: &Blocked<'_>) -> String {
    let words = trouble::of_code(ctx.lang, way.block.words.as_str());
    let waiting = fill(Feeds::WaitingFor.text(ctx.lang), &[("n", &way.waiting)]);
    format!("{waiting} {} {words}", ctx.look.glyphs.dot)
}

/// Draws the card of a channel that takes nothing for now.
pub fn draw_way(ctx: &Ctx<'_>, view: &View, way: &Blocked<'_>, (area, buf): (Rect, &mut Buffer)) {
    let lang = ctx.lang;
    let stamp = |at| when::stamp(at, ctx.now, ctx.board.room.zone);
    let mut card = Card::new(ctx, area);
    card.pieces(&[(Feeds::Blocked.text(lang), Meaning::Bad)]);
    let words = trouble::of_code(lang, way.block.words.as_str());
    card.field(Feeds::Trouble.text(lang), &words, Meaning::Strong);
    card.field(
        Feeds::BlockedSince.text(lang),
        &stamp(way.block.since),
        Meaning::Text,
    );
    card.field(
        Feeds::BlockedUntil.text(lang),
        &stamp(way.block.until),
        Meaning::Text,
    );
    card.field(Feeds::Outbox.text(lang), &way.waiting.to_string(), Meaning::Text);
    card.field(
        Feeds::Remedy.text(lang),
        Feeds::WhileBlocked.text(lang),
        Meaning::Text,
    );
    card.draw(way.way.as_str(), view, area, buf);
}

/// Draws the card of an order into `area`.
pub fn draw_order(ctx: &Ctx<'_>, view: &View, task: &Task, (area, buf): (Rect, &mut Buffer)) {
    let lang = ctx.lang;
    let stamp = |at| when::stamp(at, ctx.now, ctx.board.room.zone);
    let mut card = Card::new(ctx, area);
    let (state, order) = (case::delivery(ctx, Some(task)), &task.order);
    card.pieces(&[(&state.text, state.meaning)]);
    let why = match &task.delivery {
        Delivery::Delivered { receipt, .. } => receipt.as_str(),
        Delivery::Pending { .. }
        | Delivery::Trying { .. }
        | Delivery::InDoubt { .. }
        | Delivery::Call { .. }
        | Delivery::Refused { .. }
        | Delivery::Withdrawn { .. } => task.why(),
    };
    card.field(
        Feeds::Trouble.text(lang),
        &trouble::of_code(lang, why),
        Meaning::Strong,
    );
    if let Some(advice) = fires::advice(lang, task) {
        card.field(Feeds::Remedy.text(lang), advice, Meaning::Bad);
    }
    card.field(Screen::Unit.text(lang), order.unit_name.as_str(), Meaning::Text);
    let contact = format!("{} {}", order.contact, order.phone);
    card.field(Fires::Contact.text(lang), &contact, Meaning::Text);
    card.field(Screen::By.text(lang), task.way.as_str(), Meaning::Text);
    card.field(Screen::Case.text(lang), order.case.as_str(), Meaning::Link);
    let deadline = order.deadline.map(stamp).unwrap_or_default();
    card.field(Fires::Deadline.text(lang), &deadline, Meaning::Text);
    card.text(order.text.as_str(), Meaning::Text);
    for said in &task.said {
        card.event(
            &stamp(said.at),
            &trouble::of_code(lang, said.words.as_str()),
            said.way.as_str(),
        );
    }
    card.draw(task.id.as_str(), view, area, buf);
}
