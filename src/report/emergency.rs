//! The reports of an environmental emergency (突发环境事件信息报告): first, follow-up and final in one document, with the
//! items of 部令第17号, and which of them is due by when.
//!
//! A report that was made shows what was written down at that time; the one that is due, what is written down now. What
//! nobody has written down yet says so. Open cases stand one after another; a named one stands alone, open or closed.

use crate::domain::case::Case;
use crate::domain::case::walk::Walked;
use crate::domain::decide::blockers::EMERGENCY;
use crate::domain::playbook::Fields;
use crate::domain::playbook::meaning::{MoveMeaning, StageMeaning, emergency};
use crate::domain::task::Task;
use crate::domain::time::Moment;
use crate::lang::domain::actor;
use crate::lang::refusal::stage_of;
use crate::lang::report::Rep;
use crate::lang::{Lang, when};
use crate::report::{Books, Report, ReportDocument, Rhythm, Row};

/// The row of [`crate::report::REPORTS`].
pub const REPORT: Report = Report {
    key: "emergency",
    title: Rep::Emergency,
    rhythm: Rhythm::Event,
    reads: &[],
    make,
};

/// One of the three kinds of report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    First,
    Follow,
    Final,
}

/// One row a kind: the step that makes it, the stage whose limit is its clock, its name, its key.
const KINDS: &[(Kind, MoveMeaning, StageMeaning, Rep, &str)] = &[
    (
        Kind::First,
        emergency::FIRST_REPORT,
        emergency::PHONED,
        Rep::EmergencyFirst,
        "first",
    ),
    (
        Kind::Follow,
        emergency::FOLLOW_UP,
        emergency::REPORTING,
        Rep::EmergencyFollow,
        "follow",
    ),
    (
        Kind::Final,
        emergency::FINAL_REPORT,
        emergency::RESOLVED,
        Rep::EmergencyFinal,
        "final",
    ),
];

/// What is written down in a field of the loop, and which reports give it (部令第17号 arts. 13 and 14, text not verified).
const ITEMS: &[(&str, Rep, &[Kind])] = &[
    (emergency::POLLUTANT, Rep::Pollutant, ALL),
    (emergency::MONITORING, Rep::Monitoring, ALL),
    (emergency::HURT, Rep::Hurt, ALL),
    (emergency::SENSITIVE, Rep::Sensitive, ALL),
    (emergency::TREND, Rep::Trend, UNDER_WAY),
    (emergency::PLAN, Rep::Planned, UNDER_WAY),
    (emergency::ADVICE, Rep::NextSteps, UNDER_WAY),
    (emergency::SKETCH, Rep::Sketch, UNDER_WAY),
    (emergency::LOSSES, Rep::Losses, &[Kind::Final]),
    (emergency::SOCIAL, Rep::SocialEffect, &[Kind::Final]),
    (emergency::REMAINS, Rep::Remains, &[Kind::Final]),
    (emergency::ACCOUNTABILITY, Rep::Accountability, &[Kind::Final]),
    (emergency::CONTACT, Rep::Contact, ALL),
];
const ALL: &[Kind] = &[Kind::First, Kind::Follow, Kind::Final];
const UNDER_WAY: &[Kind] = &[Kind::First, Kind::Follow];

/// A report that was made, or the one that is due.
struct Paper<'a> {
    kind: Kind,
    /// From when it tells: a follow-up from the report before it.
    from: Option<Moment>,
    /// The step that made it; `None` where it is due.
    made: Option<Walked<'a>>,
}

fn make(books: &Books, lang: Lang) -> ReportDocument {
    let mut paper = ReportDocument::new(format!("{} {}", books.room.name, Rep::Emergency.text(lang)));
    let named = |case: &&Case| match &books.about {
        Some(id) => case.id == *id,
        None => case.is_open(),
    };
    let cases: Vec<&Case> = books.all(EMERGENCY).filter(named).collect();
    if cases.is_empty() {
        paper.say(format!("{}: {}", Rep::StillOpen.text(lang), Rep::None.text(lang)));
    }
    for case in cases {
        of_case(&mut paper, books, case, lang);
    }
    paper
}

fn of_case(paper: &mut ReportDocument, books: &Books, case: &Case, lang: Lang) {
    let stage = stage_of(lang, case, &books.room.playbooks);
    paper.say(format!("{} {} · {stage}", case.id, case.matter.title));
    paper.say(due_words(books, case, lang));
    for (nth, report) in papers(case).iter().enumerate() {
        one(paper, books, (case, report, nth), lang);
    }
}

/// Which of the three is due; `None` once the final one is made or the news was not true.
fn due_kind(case: &Case) -> Option<Kind> {
    match case {
        _ if !case.is_open() || case.is_in(emergency::FINAL) => None,
        _ if case.is_in(emergency::REPORTING) => Some(Kind::Follow),
        _ if case.is_in(emergency::RESOLVED) => Some(Kind::Final),
        _ => Some(Kind::First),
    }
}

fn due_words(books: &Books, case: &Case, lang: Lang) -> String {
    let due = due_kind(case).and_then(|kind| KINDS.iter().find(|row| row.0 == kind));
    let Some((_, _, stage, name, _)) = due else {
        return format!("{}: {}", Rep::ReportDue.text(lang), Rep::None.text(lang));
    };
    let said = format!("{}: {}", Rep::ReportDue.text(lang), name.text(lang));
    let Some((at, limit)) = books.limit(case, *stage) else {
        return said;
    };
    let left = when::countdown(lang, at, books.now);
    let source = lang.of(&limit.provenance.text);
    format!("{said} · {} · {left} · {source}", day_clock(books, at))
}

/// The reports made, oldest first, and the one that is due.
fn papers(case: &Case) -> Vec<Paper<'_>> {
    let mut all: Vec<Paper<'_>> = Vec::new();
    for made in case.walk().steps().iter().copied() {
        if let Some((kind, ..)) = KINDS.iter().find(|row| made.is(row.1)) {
            let from = since(*kind, &all);
            all.push(Paper {
                kind: *kind,
                from,
                made: Some(made),
            });
        }
    }
    if let Some(kind) = due_kind(case) {
        let from = since(kind, &all);
        let made = None;
        all.push(Paper { kind, from, made });
    }
    all
}

/// From when a report of that kind tells: a follow-up what came after the one before it, the others everything.
fn since(kind: Kind, before: &[Paper<'_>]) -> Option<Moment> {
    match kind {
        Kind::First | Kind::Final => None,
        Kind::Follow => Some(before.last()?.made.as_ref()?.at),
    }
}

/// What was written down up to a moment, by the steps that stand.
fn fields_at(case: &Case, until: Moment) -> Fields {
    let mut fields: Fields = case.matter.fields.iter().cloned().collect();
    for step in case.walk().steps().iter().filter(|step| step.at <= until) {
        fields.extend(step.given.fields.iter().cloned());
    }
    fields
}

fn one(
    paper: &mut ReportDocument,
    books: &Books,
    (case, report, nth): (&Case, &Paper<'_>, usize),
    lang: Lang,
) {
    let Some((_, _, _, name, key)) = KINDS.iter().find(|row| row.0 == report.kind) else {
        return;
    };
    let key = match report.kind {
        Kind::First | Kind::Final => format!("{}.{key}", case.id),
        Kind::Follow => format!("{}.{key}{nth}", case.id),
    };
    let until = report.made.map_or(books.now, |made| made.at);
    let fields = match report.made {
        Some(_) => fields_at(case, until),
        None => case.state.fields.clone(),
    };
    let written = |field: &str| {
        let value = fields.get(field).map_or("", |text| text.as_str());
        books.choice(EMERGENCY, (field, value), lang)
    };
    let orders = orders(books, case, (report.from, until));
    let (by, at) = signed(books, report, lang);
    let course = course(books, case, (report.from, until), lang);
    let mut items = vec![
        ("reported", Rep::ReportedAt, at),
        ("time", Rep::HappenedAt, day_clock(books, case.matter.detected)),
        ("place", Rep::Place, place(books, case)),
        ("source", Rep::NewsFrom, written(emergency::CHANNEL)),
        ("level", Rep::Level, written(emergency::LEVEL)),
        ("cause", Rep::CauseNature, written(emergency::CAUSE)),
        ("course", Rep::Course, course),
        ("action", Rep::Action, action(books, &orders)),
        ("unit", Rep::ReportingUnit, books.room.name.to_string()),
        ("signer", Rep::Signed, by),
    ];
    let own = ITEMS.iter().filter(|row| row.2.contains(&report.kind));
    items.extend(own.map(|(field, words, _)| (*field, *words, written(field))));
    let missing = items.iter().filter(|row| row.2.is_empty());
    let missing: Vec<&str> = missing.map(|row| row.1.text(lang)).collect();
    let rows = items.into_iter().map(|(item, words, value)| {
        let value = if value.is_empty() {
            Rep::NotWritten.text(lang).to_owned()
        } else {
            value
        };
        let mut records = vec![case.id.to_string()];
        if item == "action" {
            records.extend(orders.iter().map(|task| task.id.to_string()));
        }
        Row::new(
            &format!("{key}.{item}"),
            vec![words.text(lang).to_owned(), value],
            records,
        )
    });
    let title = format!("{} {}", case.id, name.text(lang));
    let columns = [Rep::What, Rep::Value].map(|c| c.text(lang));
    paper.table(&title, &columns, rows.collect(), "");
    let missing = match missing.join(lang.pick("、", ", ")) {
        none if none.is_empty() => Rep::None.text(lang).to_owned(),
        some => some,
    };
    paper.say(format!("{}: {missing}", Rep::ItemsMissing.text(lang)));
}

/// Who made it, and when; who makes it now, and that it is not reported yet.
fn signed(books: &Books, report: &Paper<'_>, lang: Lang) -> (String, String) {
    if let Some(made) = &report.made {
        return (actor(lang, made.by), day_clock(books, made.at));
    }
    let by = books.by.as_ref().map(|by| actor(lang, by));
    (by.unwrap_or_default(), Rep::NotSentYet.text(lang).to_owned())
}

/// The date with its year, and the clock: a report leaves the room.
fn day_clock(books: &Books, at: Moment) -> String {
    at.local(books.room.zone).format("%Y-%m-%d %H:%M").to_string()
}

/// Township, enterprise, point and position, as far as they are known.
fn place(books: &Books, case: &Case) -> String {
    let (matter, directory) = (&case.matter, &books.room.directory);
    let township = matter.township.as_ref().map(|id| books.township(id));
    let firm = matter.enterprise.as_ref().map(|id| {
        let known = directory.enterprise(id);
        known.map_or_else(|| id.to_string(), |firm| firm.name.to_string())
    });
    let point = matter.point.as_ref().map(|id| {
        let known = directory.point(id);
        known.map_or_else(|| id.to_string(), |point| point.name.to_string())
    });
    let position = matter
        .place
        .map(|place| format!("{:.5}, {:.5}", place.lat(), place.lon()));
    let known: Vec<String> = [township, firm, point, position].into_iter().flatten().collect();
    known.join(" · ")
}

fn lies_in(at: Moment, (from, until): (Option<Moment>, Moment)) -> bool {
    from.is_none_or(|from| at > from) && at <= until
}

/// The steps that stand, with their words.
fn course(books: &Books, case: &Case, time: (Option<Moment>, Moment), lang: Lang) -> String {
    let playbook = books.playbook(EMERGENCY);
    let walk = case.walk();
    let steps = walk.steps().iter().filter(|step| lies_in(step.at, time));
    let steps = steps.map(|step| {
        let words = playbook.and_then(|own| own.step(step.step));
        let name = words.map_or_else(|| step.step.as_str(), |own| lang.of(&own.words));
        let comment = &step.given.comment;
        let comment = if comment.is_empty() {
            String::new()
        } else {
            format!(": {comment}")
        };
        format!("{} {name}{comment}", books.stamp(step.at))
    });
    steps.collect::<Vec<_>>().join("; ")
}

fn orders<'a>(books: &'a Books, case: &Case, time: (Option<Moment>, Moment)) -> Vec<&'a Task> {
    let own = case.tasks.iter().filter_map(|id| books.state.tasks.get(id));
    own.filter(|task| lies_in(task.ordered, time)).collect()
}

/// Who was sent to do what, and what came back last.
fn action(books: &Books, orders: &[&Task]) -> String {
    let said = orders.iter().map(|task| {
        let answer = task.answers.last().map(|answer| format!(" → {}", answer.text));
        let answer = answer.unwrap_or_default();
        let (unit, text) = (&task.order.unit_name, &task.order.text);
        format!("{} {unit}: {text}{answer}", books.stamp(task.ordered))
    });
    said.collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests;
