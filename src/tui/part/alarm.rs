//! Alarms as cells: state by glyph, letter and colour; severity by symbol and word.

use crate::domain::alarm::{ALARM_STATES, Alarm, AlarmState};
use crate::domain::fact::alarm::Hold;
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Span};
use crate::lang::screens::Screen;
use crate::lang::{Lang, alarm, domain as say, fill, when};
use crate::tui::find::Words;
use crate::tui::look::{Glyphs, Look, Meaning};
use crate::tui::part::table::Cell;
use crate::tui::view::Ctx;
use std::borrow::Cow;

/// The state: its glyph with the letter of ISA-18.2, in the severity's colour while nobody has seen it.
pub fn state(look: &Look, alarm: &Alarm) -> Cell {
    let state = alarm.state();
    let meaning = match state {
        AlarmState::Unacknowledged => Meaning::of_severity(alarm.cause.severity),
        AlarmState::Returned => Meaning::Strong,
        AlarmState::Acknowledged
        | AlarmState::Shelved
        | AlarmState::Suppressed
        | AlarmState::OutOfService
        | AlarmState::Normal => Meaning::AlarmSeen,
    };
    Cell::new(mark(look.glyphs, state), meaning)
}

/// A state's glyph with its letter: `‼B`.
pub fn mark(glyphs: &Glyphs, state: AlarmState) -> String {
    let letter = ALARM_STATES
        .iter()
        .find(|row| row.0 == state)
        .map_or(' ', |row| row.2);
    format!("{}{letter}", glyphs.of_alarm(state))
}

/// The severity: symbol and word, coloured only while the alarm is unacknowledged.
pub fn severity(look: &Look, lang: Lang, alarm: &Alarm) -> Cell {
    let severity = alarm.cause.severity;
    let text = format!(
        "{} {}",
        look.glyphs.of_severity(severity),
        say::severity(lang, severity)
    );
    let open = alarm.state() == AlarmState::Unacknowledged;
    let meaning = if open {
        Meaning::of_severity(severity)
    } else {
        Meaning::AlarmSeen
    };
    Cell::new(text, meaning)
}

/// The title: strong while nobody has seen it.
pub fn title(ctx: &Ctx<'_>, alarm: &Alarm) -> Cell {
    let meaning = match alarm.state() {
        AlarmState::Unacknowledged => Meaning::Strong,
        AlarmState::Returned => Meaning::Text,
        AlarmState::Acknowledged
        | AlarmState::Shelved
        | AlarmState::Suppressed
        | AlarmState::OutOfService
        | AlarmState::Normal => Meaning::AlarmSeen,
    };
    Cell::new(titled(ctx, alarm), meaning)
}

/// How long it has been raised; a shelved one counts down to its end instead.
pub fn age(ctx: &Ctx<'_>, alarm: &Alarm) -> Cell {
    match &alarm.hold {
        Some(Hold::Shelved { until, .. }) => {
            Cell::new(when::countdown(ctx.lang, *until, ctx.now), Meaning::AlarmSeen)
        }
        Some(Hold::Suppressed { .. } | Hold::OutOfService { .. }) | None => {
            Cell::new(when::age(ctx.lang, ctx.now - alarm.since()), Meaning::Dim)
        }
    }
}

/// Where: the township's name, marked where it is only the nearest; else the upstream's own words, marked where the
/// directory does not know them; else the point's name.
pub fn place<'a>(ctx: &Ctx<'a>, alarm: &'a Alarm) -> Cow<'a, str> {
    let directory = &ctx.board.room.directory;
    let township = alarm.cause.township.as_ref();
    if let Some(township) = township {
        let name = directory
            .township_by_id(township)
            .map_or(township.as_str(), |t| t.name.as_str());
        if alarm.cause.township_guessed {
            return format!("{name}?").into();
        }
        return name.into();
    }
    if !alarm.cause.area.is_empty() {
        return unlisted(ctx.lang, &alarm.cause.area).into();
    }
    let point = alarm.cause.point.as_ref();
    let named = point
        .and_then(|id| ctx.board.points.get(id))
        .map(|p| p.name.as_str().into());
    named.unwrap_or_default()
}

/// The words that a filter finds an alarm by: whatever a list shows of it, and its number.
pub fn words(ctx: &Ctx<'_>, alarm: &Alarm, found: &mut Words) {
    found.add(&titled(ctx, alarm));
    found.add(&place(ctx, alarm));
    found.add(alarm.cause.code.as_str());
    found.add(alarm.cause.source.as_ref().map_or("", |source| source.as_str()));
    found.add(say::severity(ctx.lang, alarm.cause.severity));
    found.add(alarm.id.as_str());
    found.add(alarm.ack.as_ref().map_or("", |ack| ack.by.as_str()));
    found.add(alarm.case.as_ref().map_or("", |case| case.as_str()));
}

/// A place in the upstream's own words that the directory does not know.
pub fn unlisted(lang: Lang, area: &Clean) -> String {
    fill(Screen::NotListed.text(lang), &[("area", area)])
}

/// The title; before it the severity in the upstream's own words, where no table knows them.
pub fn titled<'a>(ctx: &Ctx<'_>, alarm: &'a Alarm) -> Cow<'a, str> {
    let (title, words) = (alarm::title(ctx.lang, &alarm.cause), &alarm.cause.severity_words);
    if words.is_empty() {
        return title;
    }
    fill(
        Screen::SeverityUnknown.text(ctx.lang),
        &[("words", words), ("title", &title)],
    )
    .into()
}

/// How often it was raised or reported, where more than once.
pub fn count(ctx: &Ctx<'_>, alarm: &Alarm) -> Cell {
    let sightings = ctx.board.sightings.get(&alarm.id).copied().unwrap_or(1);
    let count = sightings.max(u64::from(alarm.occurrences));
    let text = if count > 1 {
        format!("×{count}")
    } else {
        String::new()
    };
    Cell::new(text, Meaning::Dim)
}

/// When its age, or its shelf's countdown, reads differently.
pub fn wakes(alarm: &Alarm, now: Moment) -> Moment {
    match &alarm.hold {
        Some(Hold::Shelved { until, .. }) => when::next_countdown(*until, now),
        Some(Hold::Suppressed { .. } | Hold::OutOfService { .. }) | None => {
            when::next_age(alarm.since(), now).max(now + Span::secs(1))
        }
    }
}
