//! The card of one alarm: what, where, since when, from whom, who has seen it, what holds it.

use crate::domain::alarm::Alarm;
use crate::domain::fact::alarm::Hold;
use crate::domain::ledger::Stream;
use crate::domain::signal::SIGNAL_KINDS;
use crate::domain::time::Moment;
use crate::lang::notice::Notices;
use crate::lang::screens::Screen;
use crate::lang::screens::alarms::Alarms;
use crate::lang::screens::fires::Fires;
use crate::lang::{domain as say, fill, when};
use crate::tui::look::Meaning;
use crate::tui::part::card::Card;
use crate::tui::part::{alarm, evidence, told};
use crate::tui::view::{Ctx, View};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Draws the card of `alarm` into `area`.
pub fn draw(ctx: &Ctx<'_>, view: &View, alarm: &Alarm, (area, buf): (Rect, &mut Buffer)) {
    let mut card = Card::new(ctx, area);
    let (state, severity) = (
        alarm::state(ctx.look, alarm),
        alarm::severity(ctx.look, ctx.lang, alarm),
    );
    card.pieces(&[
        (
            &format!("{} {}", state.text, say::alarm_state(ctx.lang, alarm.state())),
            state.meaning,
        ),
        ("  ", Meaning::Text),
        (&severity.text, severity.meaning),
    ]);
    card.text(&alarm::titled(ctx, alarm), Meaning::Strong);
    card.text(alarm.cause.detail.as_str(), Meaning::Text);
    if let Some(seen) = &alarm.cause.evidence {
        evidence::put(ctx, seen, &mut card);
    }
    origin(ctx, alarm, &mut card);
    times(ctx, alarm, &mut card);
    handling(ctx, alarm, &mut card);
    card.draw(Alarms::Alarm.text(ctx.lang), view, area, buf);
}

fn origin(ctx: &Ctx<'_>, alarm: &Alarm, card: &mut Card<'_>) {
    let lang = ctx.lang;
    let cause = &alarm.cause;
    card.heading(Screen::Where.text(lang));
    let point = cause.point.as_ref().map_or_else(String::new, |id| {
        let known = ctx.board.points.get(id);
        known.map_or_else(|| id.to_string(), |p| format!("{} {id}", p.name))
    });
    card.field(Screen::Township.text(lang), &township(ctx, alarm), Meaning::Text);
    card.field(Alarms::Point.text(lang), &point, Meaning::Text);
    if let Some(place) = cause.place {
        let at = format!("{:.5} N  {:.5} E", place.lat(), place.lon());
        card.field(Fires::Position.text(lang), &at, Meaning::Dim);
    }
    card.field(Fires::Picture.text(lang), cause.picture.as_str(), Meaning::Link);
    let source = cause.source.as_ref().map_or("", |s| s.as_str());
    card.field(Screen::Source.text(lang), source, Meaning::Text);
    card.field(Alarms::Rule.text(lang), cause.code.as_str(), Meaning::Dim);
    card.field(Alarms::Id.text(lang), alarm.id.as_str(), Meaning::Dim);
}

fn township(ctx: &Ctx<'_>, alarm: &Alarm) -> String {
    let cause = &alarm.cause;
    let Some(id) = cause.township.as_ref() else {
        let is_signal = SIGNAL_KINDS.iter().any(|row| row.2 == cause.code.as_str());
        let nowhere = cause.place.is_none() && cause.point.is_none();
        return match cause.area.is_empty() {
            false => alarm::unlisted(ctx.lang, &cause.area),
            true if is_signal && nowhere => Screen::NoPlace.text(ctx.lang).to_owned(),
            true => String::new(),
        };
    };
    let found = ctx.board.room.directory.township_by_id(id);
    let name = found.map_or(id.as_str(), |t| t.name.as_str());
    let guess = if alarm.cause.township_guessed {
        Screen::Near.text(ctx.lang)
    } else {
        ""
    };
    format!("{name}{guess}")
}

fn times(ctx: &Ctx<'_>, alarm: &Alarm, card: &mut Card<'_>) {
    let lang = ctx.lang;
    let at = |at: Moment| {
        let age = when::age(lang, ctx.now - at);
        format!("{}  {age}", when::stamp(at, ctx.now, ctx.board.room.zone))
    };
    card.heading(Screen::Times.text(lang));
    card.field(Alarms::Began.text(lang), &at(alarm.cause.began), Meaning::Text);
    card.field(Alarms::First.text(lang), &at(alarm.first_seen), Meaning::Text);
    card.field(Alarms::RaisedAt.text(lang), &at(alarm.raised), Meaning::Text);
    let returned = alarm.returned.map(at).unwrap_or_default();
    card.field(Alarms::ReturnedAt.text(lang), &returned, Meaning::Text);
    let seen = ctx.board.sightings.get(&alarm.id).copied().unwrap_or(1);
    let times = fill(
        Alarms::Times.text(lang),
        &[
            ("n", &alarm.occurrences),
            ("m", &seen.max(u64::from(alarm.occurrences))),
        ],
    );
    card.field(Screen::Count.text(lang), &times, Meaning::Text);
}

fn handling(ctx: &Ctx<'_>, alarm: &Alarm, card: &mut Card<'_>) {
    let lang = ctx.lang;
    let stamp = |at: Moment| when::stamp(at, ctx.now, ctx.board.room.zone);
    card.heading(Screen::Handling.text(lang));
    if let Some(ack) = &alarm.ack {
        let who = format!("{}  {}", ack.by, stamp(ack.at));
        card.field(Alarms::Seen.text(lang), &who, Meaning::Text);
        card.field(Alarms::Comment.text(lang), ack.comment.as_str(), Meaning::Text);
        let until = ack
            .until
            .map(|until| format!("{}  {}", stamp(until), when::countdown(lang, until, ctx.now)));
        card.field(
            Alarms::Expires.text(lang),
            &until.unwrap_or_default(),
            Meaning::Text,
        );
    }
    for words in told::of(ctx, &Stream::Alarm(alarm.id.clone())) {
        card.field(Notices::Heading.text(lang), &words, Meaning::Text);
    }
    match &alarm.hold {
        Some(Hold::Shelved { by, reason, until }) => {
            let until = format!("{}  {}", stamp(*until), when::countdown(lang, *until, ctx.now));
            card.field(Screen::By.text(lang), by.as_str(), Meaning::Text);
            card.field(Alarms::Reason.text(lang), reason.as_str(), Meaning::Text);
            card.field(Alarms::Until.text(lang), &until, Meaning::Text);
        }
        Some(Hold::OutOfService { by, reason }) => {
            card.field(Screen::By.text(lang), by.as_str(), Meaning::Text);
            card.field(Alarms::Reason.text(lang), reason.as_str(), Meaning::Text);
        }
        Some(Hold::Suppressed { why }) => {
            card.field(Alarms::Reason.text(lang), why.as_str(), Meaning::Text);
        }
        None => {}
    }
    let case = alarm.case.as_ref().map_or("", |case| case.as_str());
    card.field(Screen::Case.text(lang), case, Meaning::Link);
}
