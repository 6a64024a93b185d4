//! The card of one case: stage and clock with whose word the limit is, orders with their answers, the timeline.

use crate::domain::alarm::Alarm;
use crate::domain::case::Case;
use crate::domain::case::clock::{Escalated, StageClock};
use crate::domain::decide::sights;
use crate::domain::directory::PointKind;
use crate::domain::fact::case::CaseFact;
use crate::domain::id::CaseId;
use crate::domain::person::Role;
use crate::domain::place::Place;
use crate::domain::task::{Delivery, Task};
use crate::lang::domain::actor;
use crate::lang::screens::fires::Fires;
use crate::lang::screens::{Screen, cases as words, fires as fire};
use crate::lang::{Lang, domain as say, fill, trouble, when};
use crate::tui::look::Meaning;
use crate::tui::part::card::Card;
use crate::tui::part::{case, ground, told};
use crate::tui::view::{Ctx, View};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Draws the card of `case` into `area`.
pub fn draw(ctx: &Ctx<'_>, view: &View, case: &Case, (area, buf): (Rect, &mut Buffer)) {
    let mut card = Card::new(ctx, area);
    let (stage, clock) = (case::stage(ctx, case), case::clock(ctx, case));
    card.text(case.matter.title.as_str(), Meaning::Strong);
    card.pieces(&[
        (&stage.text, Meaning::Text),
        ("  ", Meaning::Text),
        (&clock.text, clock.meaning),
    ]);
    facts(ctx, case, &mut card);
    own_fields(ctx, case, &mut card);
    sightings(ctx, case, &mut card);
    around(ctx, case, &mut card);
    checklist(ctx, case, &mut card);
    orders(ctx, case, &mut card);
    told::card(ctx, case, &mut card);
    timeline(ctx, case, &mut card);
    card.draw(case.id.as_str(), view, area, buf);
}

fn facts(ctx: &Ctx<'_>, case: &Case, card: &mut Card<'_>) {
    let lang = ctx.lang;
    let stamp = |at| when::stamp(at, ctx.now, ctx.board.room.zone);
    if let Some(clock) = case::playbook(ctx, case).and_then(|p| StageClock::of(case, p)) {
        let origin = words::origin(lang, clock.provenance.origin);
        let colon = lang.pick("：", ": ");
        let text = format!(
            "{}  {origin}{colon}{}",
            stamp(clock.due),
            lang.of(&clock.provenance.text)
        );
        card.field(Screen::Due.text(lang), &text, Meaning::Text);
        ladder(ctx, &clock, card);
    }
    card.field(
        Fires::Detected.text(lang),
        &stamp(case.matter.detected),
        Meaning::Text,
    );
    card.field(
        Fires::Verdict.text(lang),
        &verdict(lang, case).unwrap_or_default(),
        Meaning::Text,
    );
    let alarm = case
        .matter
        .alarm
        .as_ref()
        .and_then(|id| ctx.board.state.alarms.get(id));
    card.field(
        Screen::Township.text(lang),
        &township(ctx, case, alarm),
        Meaning::Text,
    );
    card.field(
        Screen::Unit.text(lang),
        &case::unit(ctx, case.state.unit.as_ref()),
        Meaning::Text,
    );
    if let Some(place) = case.matter.place {
        position(ctx, place, card);
    }
    if let Some(alarm) = alarm {
        let source = alarm.cause.source.as_ref().map_or("", |s| s.as_str());
        card.field(Screen::Source.text(lang), source, Meaning::Text);
        card.field("", alarm.cause.detail.as_str(), Meaning::Dim);
    }
    for picture in sights::pictures(case, &ctx.board.state) {
        card.field(Fires::Picture.text(lang), picture.as_str(), Meaning::Link);
    }
    let rekindles = case.matter.rekindles.as_ref().map_or("", |id| id.as_str());
    card.field(Fires::Rekindles.text(lang), rekindles, Meaning::Warn);
    photos(ctx, case, card);
}

/// What was found, and why it was closed so.
fn verdict(lang: Lang, case: &Case) -> Option<String> {
    case.state.verdict.as_ref().map(|v| {
        let reason = case
            .state
            .reason
            .as_ref()
            .map_or(String::new(), |r| format!(" · {r}"));
        format!("{}{reason}", fire::verdict(lang, v.as_str()))
    })
}

/// The photos that came with its steps; one that came for several says so.
fn photos(ctx: &Ctx<'_>, case: &Case, card: &mut Card<'_>) {
    let lang = ctx.lang;
    let walk = case.walk();
    let photos = walk.steps().iter().map(|step| step.given);
    for (photo, shared_by) in photos.filter_map(|given| Some((given.photo.as_ref()?, given.shared_by))) {
        let label = Fires::Photo.text(lang);
        card.field(label, photo.as_str(), Meaning::Link);
        if let Some(many) = shared_by {
            card.field("", &fire::shared(lang, label, many as usize), Meaning::Dim);
        }
    }
}

/// Whom the limit is due to when it is missed, and since when: rungs that were reached stand out.
fn ladder(ctx: &Ctx<'_>, clock: &StageClock, card: &mut Card<'_>) {
    let words = |role: Role, since| {
        let since = when::stamp(since, ctx.now, ctx.board.room.zone);
        format!("{} {since}", say::role(ctx.lang, role))
    };
    let reached: Vec<String> = clock
        .escalated(ctx.now)
        .map(|rung| words(rung.role, rung.since))
        .collect();
    let ahead = clock.escalate.iter().skip(reached.len());
    let ahead: Vec<String> = ahead
        .map(|rung| words(rung.role, clock.due + rung.after))
        .collect();
    let label = words::Cases::DueTo.text(ctx.lang);
    if !reached.is_empty() {
        card.field(label, &reached.join(" · "), Meaning::Late);
    }
    let label = if reached.is_empty() { label } else { "" };
    if !ahead.is_empty() {
        card.field(label, &ahead.join(" · "), Meaning::Dim);
    }
}

/// What its loop asks to be written down.
fn own_fields(ctx: &Ctx<'_>, case: &Case, card: &mut Card<'_>) {
    let Some(playbook) = case::playbook(ctx, case) else {
        return;
    };
    for field in &playbook.fields {
        if let Some(value) = case.state.fields.get(&field.id) {
            let words = case::value(ctx, field, value);
            card.field(ctx.lang.of(&field.words), &words, Meaning::Text);
        }
    }
}

/// Where cameras' bearings cross, which other cases may be the same, how often its camera was wrong.
fn sightings(ctx: &Ctx<'_>, case: &Case, card: &mut Card<'_>) {
    let (lang, state) = (ctx.lang, &ctx.board.state);
    if let Some(found) = sights::crossed(case, state, &ctx.board.points) {
        let (lat, lon) = (found.place.lat(), found.place.lon());
        let words = format!("{lat:.5} N  {lon:.5} E  ± {:.0} m", found.error_m);
        card.field(Fires::Crossed.text(lang), &words, Meaning::Text);
    }
    for (other, metres) in case::alike(ctx, case) {
        let words = format!("{}  {metres:.0} m  {}", other.id, other.matter.title);
        card.field(Fires::Alike.text(lang), &words, Meaning::Warn);
    }
    let camera = case.matter.point.as_ref();
    let camera = camera.filter(|id| {
        let point = ctx.board.points.get(*id);
        point.is_some_and(|point| point.kind == PointKind::Camera)
    });
    if let Some(camera) = camera {
        let rate = sights::FalseRate::of_camera(state, camera);
        let name = ctx
            .board
            .points
            .get(camera)
            .map_or("", |point| point.name.as_str());
        let wrong = rate.percent().map(|percent| {
            let values: [(&str, &dyn std::fmt::Display); 3] =
                [("n", &rate.wrong), ("of", &rate.judged), ("percent", &percent)];
            fill(Fires::FalseRate.text(lang), &values)
        });
        let words = format!("{name}  {}", wrong.unwrap_or_default());
        card.field(Fires::Camera.text(lang), &words, Meaning::Text);
    }
}

/// What it is about, what it belongs to and what belongs to it.
fn around(ctx: &Ctx<'_>, case: &Case, card: &mut Card<'_>) {
    let (lang, state) = (ctx.lang, &ctx.board.state);
    let enterprise = case.matter.enterprise.as_ref();
    let known = enterprise.and_then(|id| ctx.board.room.directory.enterprise(id));
    let name = known.map_or("", |enterprise| enterprise.name.as_str());
    card.field(Fires::Enterprise.text(lang), name, Meaning::Text);
    let named = |id: &CaseId| {
        let title = state.cases.get(id).map_or("", |case| case.matter.title.as_str());
        format!("{id}  {title}")
    };
    let parent = case.matter.parent.as_ref().map(&named).unwrap_or_default();
    card.field(Fires::Under.text(lang), &parent, Meaning::Text);
    let repeats = case.matter.repeats.as_ref().map(&named).unwrap_or_default();
    card.field(Fires::Repeats.text(lang), &repeats, Meaning::Warn);
    if let Some(again) = case.state.again {
        let stamp = when::stamp(again, ctx.now, ctx.board.room.zone);
        card.field(Fires::Again.text(lang), &stamp, Meaning::Text);
    }
    let (mut all, mut open) = (0, 0);
    for child in state.under(&case.id) {
        all += 1;
        open += usize::from(child.is_open());
    }
    if all > 0 {
        let values: [(&str, &dyn std::fmt::Display); 2] = [("all", &all), ("open", &open)];
        let words = fill(Fires::ChildCount.text(lang), &values);
        card.field(Fires::Children.text(lang), &words, Meaning::Text);
    }
}

/// What to do in the present stage.
fn checklist(ctx: &Ctx<'_>, case: &Case, card: &mut Card<'_>) {
    let stage = case::playbook(ctx, case).and_then(|own| own.stage(case.stage_in(own)));
    let points = stage.map(|stage| stage.checklist.as_slice()).unwrap_or_default();
    if points.is_empty() {
        return;
    }
    card.heading(Fires::Checklist.text(ctx.lang));
    for (n, point) in points.iter().enumerate() {
        card.text(&format!("{} {}", n + 1, ctx.lang.of(point)), Meaning::Text);
    }
}

fn township(ctx: &Ctx<'_>, case: &Case, alarm: Option<&Alarm>) -> String {
    let name = case::township(ctx, case, false);
    let guessed = alarm.is_some_and(|a| a.cause.township_guessed);
    let note = if guessed { Screen::Near.text(ctx.lang) } else { "" };
    format!("{name}{note}")
}

/// Position, and the wind there: where smoke drifts.
pub fn position(ctx: &Ctx<'_>, place: Place, card: &mut Card<'_>) {
    let lang = ctx.lang;
    let at = format!("{:.5} N  {:.5} E", place.lat(), place.lon());
    card.field(Fires::Position.text(lang), &at, Meaning::Dim);
    if let Some(wind) = ground::wind(ctx.board, Some(place), ctx.now) {
        card.field(Fires::Wind.text(lang), &ground::drift(lang, wind), Meaning::Text);
    }
}

fn orders(ctx: &Ctx<'_>, case: &Case, card: &mut Card<'_>) {
    let mut first = true;
    for task in case::tasks(ctx, case) {
        if std::mem::take(&mut first) {
            card.heading(Fires::Orders.text(ctx.lang));
        }
        order(ctx, task, card);
    }
}

fn order(ctx: &Ctx<'_>, task: &Task, card: &mut Card<'_>) {
    let stamp = |at| when::stamp(at, ctx.now, ctx.board.room.zone);
    let state = case::delivery(ctx, Some(task));
    card.pieces(&[
        (task.id.as_str(), Meaning::Text),
        ("  ", Meaning::Text),
        (&state.text, state.meaning),
    ]);
    let (unit, order) = (&task.order.unit_name, &task.order);
    let whom = format!("{unit} · {} {} · {}", order.contact, order.phone, task.way);
    card.text(&whom, Meaning::Dim);
    if let Some(advice) = fire::advice(ctx.lang, task) {
        card.text(advice, Meaning::Bad);
    }
    card.text(order.text.as_str(), Meaning::Text);
    if let Some(due) = order.deadline {
        let text = format!("{} {}", Fires::Deadline.text(ctx.lang), stamp(due));
        card.text(&text, Meaning::Dim);
    }
    for said in &task.said {
        let words = trouble::of_code(ctx.lang, said.words.as_str());
        card.event(&stamp(said.at), &words, said.way.as_str());
    }
    match &task.delivery {
        Delivery::Pending { why, next, .. } if !why.is_empty() => {
            card.event(&stamp(*next), Fires::TriedAgain.text(ctx.lang), task.way.as_str());
        }
        Delivery::Delivered { at, receipt } => {
            let text = fire::delivered(ctx.lang, receipt.as_str());
            card.event(&stamp(*at), &text, task.way.as_str());
        }
        Delivery::Pending { .. }
        | Delivery::Trying { .. }
        | Delivery::InDoubt { .. }
        | Delivery::Call { .. }
        | Delivery::Refused { .. }
        | Delivery::Withdrawn { .. } => {}
    }
    for answer in &task.answers {
        let kind = fire::answer_kind(ctx.lang, answer.kind.as_str());
        card.event(
            &stamp(answer.at),
            &format!("{kind} · {}", answer.text),
            unit.as_str(),
        );
        if let Some(photo) = &answer.photo {
            card.field(Fires::Photo.text(ctx.lang), photo.as_str(), Meaning::Link);
        }
    }
}

fn timeline(ctx: &Ctx<'_>, case: &Case, card: &mut Card<'_>) {
    let playbooks = &ctx.board.room.playbooks;
    let own = case::playbook(ctx, case);
    card.heading(Fires::Timeline.text(ctx.lang));
    let clock = own.and_then(|own| StageClock::of(case, own));
    for line in case.timeline.iter().rev() {
        let mut text = words::fact(ctx.lang, &line.fact, playbooks, own);
        if let Some(rung) = clock.as_ref().and_then(|clock| told_to(clock, &line.fact)) {
            text = format!("{text} · {}", words::due_to(ctx.lang, rung.role));
        }
        let at = when::stamp(line.at, ctx.now, ctx.board.room.zone);
        card.event(&at, &text, &actor(ctx.lang, &line.by));
    }
}

/// The role that a missed limit of the present stage was due to when that was written down.
fn told_to(clock: &StageClock, fact: &CaseFact) -> Option<Escalated> {
    match fact {
        CaseFact::Late { stage, due } if *stage == clock.stage => clock.escalated(*due).last(),
        CaseFact::Late { .. }
        | CaseFact::Opened(_)
        | CaseFact::Moved { .. }
        | CaseFact::Reverted { .. }
        | CaseFact::Joined { .. }
        | CaseFact::Ordered { .. }
        | CaseFact::Noted { .. } => None,
    }
}
