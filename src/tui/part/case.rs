//! Cases and their orders as cells: stage, clock with countdown, unit, how far the order has come.

use crate::domain::case::clock::{Pressure, StageClock};
use crate::domain::case::{Case, clock};
use crate::domain::decide::{engine, opening};
use crate::domain::id::{TaskId, TownshipId, UnitId};
use crate::domain::playbook::{CaseField, FieldKind, Playbook};
use crate::domain::task::{Delivery, Task};
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::lang::refusal::stage_of;
use crate::lang::screens::{cases as late, fires as words};
use crate::lang::when;
use crate::tui::find::Words;
use crate::tui::look::Meaning;
use crate::tui::part::table::Cell;
use crate::tui::part::{alarm, told};
use crate::tui::view::Ctx;

/// The loop a case runs by, if the room still has it.
pub fn playbook<'a>(ctx: &Ctx<'a>, case: &Case) -> Option<&'a Playbook> {
    ctx.board
        .room
        .playbooks
        .iter()
        .find(|p| p.id == case.matter.playbook)
}

/// By when its stage must be left.
pub fn due(ctx: &Ctx<'_>, case: &Case) -> Option<Moment> {
    case.due(playbook(ctx, case)?).map(|due| due.0)
}

/// Whether its stage's limit has passed.
pub fn is_late(ctx: &Ctx<'_>, case: &Case) -> bool {
    clock::is_late(case, playbook(ctx, case), ctx.now)
}

/// Whether its loop or its stage is not configured.
pub fn is_lost(ctx: &Ctx<'_>, case: &Case) -> bool {
    clock::is_lost(case, playbook(ctx, case))
}

/// Its title, marked with the role that it is due to where it is late.
pub fn title(ctx: &Ctx<'_>, case: &Case) -> Cell {
    let meaning = if case.is_open() {
        Meaning::Strong
    } else {
        Meaning::Dim
    };
    let due_to = playbook(ctx, case).and_then(|own| clock::due_to(case, own, ctx.now));
    let mark = due_to.map_or_else(String::new, |rung| {
        told::mark(ctx, case, rung.role).unwrap_or_else(|| late::due_to(ctx.lang, rung.role))
    });
    Cell::new(case.matter.title.as_str(), meaning).marked(&mark)
}

/// The stage in words.
pub fn stage(ctx: &Ctx<'_>, case: &Case) -> Cell {
    let text = stage_of(ctx.lang, case, &ctx.board.room.playbooks);
    let meaning = if case.is_open() {
        Meaning::Text
    } else {
        Meaning::Dim
    };
    Cell::new(text, meaning)
}

/// The clock of the stage: a countdown, late ones marked by a symbol too; how long it has been there without limit. Where
/// nobody knows a limit, that its loop is missing.
pub fn clock(ctx: &Ctx<'_>, case: &Case) -> Cell {
    if let Some(closed) = case.state.closed {
        return Cell::new(when::stamp(closed, ctx.now, ctx.board.room.zone), Meaning::Dim);
    }
    if is_lost(ctx, case) {
        return Cell::new(late::Cases::NoLoop.text(ctx.lang), Meaning::Late);
    }
    let Some(clock) = playbook(ctx, case).and_then(|own| StageClock::of(case, own)) else {
        return Cell::new(when::age(ctx.lang, ctx.now - case.state.entered), Meaning::Dim);
    };
    let meaning = match clock.pressure(ctx.now) {
        _ if is_late(ctx, case) => Meaning::Late,
        Pressure::Past => Meaning::Late,
        Pressure::Near => Meaning::Warn,
        Pressure::Running => Meaning::Text,
    };
    Cell::new(when::countdown(ctx.lang, clock.due, ctx.now), meaning)
}

/// What stands in a field, a choice in words.
pub fn value(ctx: &Ctx<'_>, field: &CaseField, value: &Clean) -> String {
    match &field.kind {
        FieldKind::Choice(all) => {
            let one = all.iter().find(|one| one.code == *value);
            one.map_or_else(|| value.to_string(), |one| ctx.lang.of(&one.words).to_owned())
        }
        FieldKind::Text | FieldKind::Number | FieldKind::Day => value.to_string(),
    }
}

/// The open cases of the same loop that an open one probably repeats, with their distance in metres, nearest first.
pub fn alike<'a>(ctx: &Ctx<'a>, case: &Case) -> Vec<(&'a Case, f64)> {
    let place = case.matter.place.filter(|_| case.is_open());
    let Some((place, playbook)) = place.zip(playbook(ctx, case)) else {
        return Vec::new();
    };
    let found = opening::duplicates(&ctx.board.state, playbook, place, case.matter.detected);
    let others = found.filter(|other| other.id != case.id);
    let apart = others.filter_map(|other| Some((other, other.matter.place?.distance_m(place))));
    let mut apart: Vec<(&Case, f64)> = apart.collect();
    apart.sort_by(|a, b| a.1.total_cmp(&b.1));
    apart.truncate(3);
    apart
}

/// A unit's name.
pub fn unit(ctx: &Ctx<'_>, unit: Option<&UnitId>) -> String {
    let name = |id: &UnitId| {
        let unit = ctx.board.room.directory.unit(id);
        unit.map_or_else(|| id.to_string(), |u| u.name.to_string())
    };
    unit.map(name).unwrap_or_default()
}

/// A township's name, with a question mark where it is a guess.
pub fn township(ctx: &Ctx<'_>, case: &Case, guessed: bool) -> String {
    let matter = &case.matter;
    if matter.township.is_none() && !matter.area.is_empty() {
        return alarm::unlisted(ctx.lang, &matter.area);
    }
    let name = |id: &TownshipId| {
        let found = ctx.board.room.directory.township_by_id(id);
        let name = found.map_or_else(|| id.to_string(), |t| t.name.to_string());
        if guessed { format!("{name}?") } else { name }
    };
    matter.township.as_ref().map(name).unwrap_or_default()
}

/// The orders of a case, by their numbers, which begin with the case's.
pub fn tasks<'a>(ctx: &Ctx<'a>, case: &'a Case) -> impl Iterator<Item = &'a Task> {
    let from = TaskId::new(case.id.as_str());
    let own = ctx.board.state.tasks.range(from..).map(|(_, task)| task);
    own.take_while(|task| task.id.as_str().starts_with(case.id.as_str()))
        .filter(|task| task.order.case == case.id)
}

/// The newest order of a case.
pub fn last_task<'a>(ctx: &Ctx<'a>, case: &'a Case) -> Option<&'a Task> {
    tasks(ctx, case).max_by_key(|task| task.ordered)
}

/// How far an order has come: symbol and word.
pub fn delivery(ctx: &Ctx<'_>, task: Option<&Task>) -> Cell {
    let Some(task) = task else {
        return Cell::new("", Meaning::Dim);
    };
    let glyphs = ctx.look.glyphs;
    if awaits_photo(ctx, task) {
        let text = format!("{} {}", glyphs.pending, words::Fires::AwaitsPhoto.text(ctx.lang));
        return Cell::new(text, Meaning::Warn);
    }
    let (glyph, meaning) = match (&task.delivery, task.answers.is_empty()) {
        (Delivery::Withdrawn { .. }, _) => (glyphs.none, Meaning::Dim),
        (_, false) => (glyphs.check, Meaning::Text),
        (Delivery::Pending { attempts: 0, .. } | Delivery::Trying { .. }, true) => {
            (glyphs.pending, Meaning::Text)
        }
        (Delivery::Pending { .. }, true) if task.needs_person() => (glyphs.cross, Meaning::Bad),
        (Delivery::Pending { .. }, true) => (glyphs.pending, Meaning::Warn),
        (Delivery::InDoubt { .. }, true) => ("?", Meaning::Bad),
        (Delivery::Delivered { .. }, true) => (glyphs.arrow, Meaning::Text),
        (Delivery::Call { .. } | Delivery::Refused { .. }, true) => (glyphs.cross, Meaning::Bad),
    };
    Cell::new(format!("{glyph} {}", words::delivery(ctx.lang, task)), meaning)
}

/// Whether the matter of an order waits for a photo of its unit.
fn awaits_photo(ctx: &Ctx<'_>, task: &Task) -> bool {
    let state = &ctx.board.state;
    let case = state.cases.get(&task.order.case);
    let case = case.filter(|case| case.tasks.last() == Some(&task.id));
    case.is_some_and(|case| playbook(ctx, case).is_some_and(|own| engine::awaits_photo(case, own, state)))
}

/// When its clock reads differently.
pub fn wakes(ctx: &Ctx<'_>, case: &Case) -> Moment {
    let Some(clock) = playbook(ctx, case).and_then(|own| StageClock::of(case, own)) else {
        return when::next_age(case.state.entered, ctx.now);
    };
    let next = clock.due_next(ctx.now);
    let presses = clock.presses(ctx.now);
    let reads = when::next_countdown(clock.due, ctx.now);
    [presses, next].into_iter().flatten().fold(reads, Moment::min)
}

/// The words that a filter finds a case by.
pub fn words(ctx: &Ctx<'_>, case: &Case, found: &mut Words) {
    found.add(case.matter.title.as_str());
    found.add(case.id.as_str());
    found.add(&unit(ctx, case.state.unit.as_ref()));
    found.add(&township(ctx, case, false));
    found.add(&stage(ctx, case).text);
    // Its kind and how far its order has come are read in lists too; so are its source and verdict.
    if let Some(playbook) = playbook(ctx, case) {
        found.add(ctx.lang.of(&playbook.words));
    }
    found.add(&delivery(ctx, last_task(ctx, case)).text);
    let verdict = case.state.verdict.as_ref();
    found.add(verdict.map_or("", |verdict| words::verdict(ctx.lang, verdict.as_str())));
    let alarms = case.alarms.iter();
    for alarm in alarms.filter_map(|id| ctx.board.state.alarms.get(id)) {
        found.add(alarm.cause.source.as_ref().map_or("", |source| source.as_str()));
    }
}
