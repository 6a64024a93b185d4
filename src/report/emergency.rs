//! The reports of an environmental emergency (突发环境事件信息报告): first, follow-up and final in one document, with the
//! items of 部令第17号, and which of them is due by when.
//!
//! A report that was made shows what was written down at that time; the one that is due, what is written down now. What
//! nobody has written down yet says so. Open cases stand one after another; a named one stands alone, open or closed.

use crate::domain::blockers::EMERGENCY;
use crate::domain::case::Case;
use crate::domain::case::walk::Walked;
use crate::domain::playbook::Fields;
use crate::domain::task::Task;
use crate::domain::time::Moment;
use crate::lang::Lang;
use crate::lang::refusal::actor;
use crate::lang::refusal::stage_of;
use crate::lang::report::Rep;
use crate::lang::when;
use crate::report::Books;
use crate::report::Document;
use crate::report::Report;
use crate::report::Rhythm;
use crate::report::Row;

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
const KINDS: &[(Kind, &str, &str, Rep, &str)] = &[
    (
        Kind::First,
        "first_report",
        "phoned",
        Rep::EmergencyFirst,
        "first",
    ),
    (
        Kind::Follow,
        "follow_up",
        "reporting",
        Rep::EmergencyFollow,
        "follow",
    ),
    (
        Kind::Final,
        "final_report",
        "resolved",
        Rep::EmergencyFinal,
        "final",
    ),
];

/// A report that was made, or the one that is due.
struct Paper<'a> {
    kind: Kind,
    /// From when it tells: a follow-up from the report before it.
    from: Option<Moment>,
    /// The step that made it; `None` where it is due.
    made: Option<Walked<'a>>,
}

fn make(books: &Books, lang: Lang) -> Document {
    let mut paper = Document::new(format!("{} {}", books.room.name, Rep::Emergency.text(lang)));
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

fn of_case(paper: &mut Document, books: &Books, case: &Case, lang: Lang) {
    let stage = stage_of(lang, case, &books.room.playbooks);
    paper.say(format!("{} {} · {stage}", case.id, case.matter.title));
    paper.say(due_words(books, case, lang));
    for (nth, report) in papers(case).iter().enumerate() {
        one(paper, books, (case, report, nth), lang);
    }
}

/// Which of the three is due; `None` once the final one is made or the news was not true.
fn due_kind(case: &Case) -> Option<Kind> {
    match case.stage.as_str() {
        _ if !case.is_open() => None,
        "reporting" => Some(Kind::Follow),
        "resolved" => Some(Kind::Final),
        "final" => None,
        _ => Some(Kind::First),
    }
}

fn due_words(books: &Books, case: &Case, lang: Lang) -> String {
    let due = due_kind(case).and_then(|kind| KINDS.iter().find(|row| row.0 == kind));
    let Some((_, _, stage, name, _)) = due else {
        return format!("{}: {}", Rep::ReportDue.text(lang), Rep::None.text(lang));
    };
    let said = format!("{}: {}", Rep::ReportDue.text(lang), name.text(lang));
    let Some((at, limit)) = books.limit(case, stage) else {
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
        if let Some((kind, ..)) = KINDS.iter().find(|row| row.1 == made.step.as_str()) {
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

fn one(paper: &mut Document, books: &Books, (case, report, nth): (&Case, &Paper<'_>, usize), lang: Lang) {
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
        None => case.fields.clone(),
    };
    let written = |field: &str| {
        let value = fields.get(field).map_or("", |text| text.as_str());
        books.choice(EMERGENCY, (field, value), lang)
    };
    let orders = orders(books, case, (report.from, until));
    let (by, at) = signed(books, report, lang);
    let items = [
        ("reported", Rep::ReportedAt, at),
        ("time", Rep::HappenedAt, day_clock(books, case.matter.detected)),
        ("place", Rep::Place, place(books, case)),
        ("source", Rep::NewsFrom, written("channel")),
        ("level", Rep::Level, written("level")),
        ("cause", Rep::CauseNature, written("cause")),
        (
            "course",
            Rep::Course,
            course(books, case, (report.from, until), lang),
        ),
        ("pollutant", Rep::Pollutant, written("pollutant")),
        ("hurt", Rep::Hurt, written("hurt")),
        ("sensitive", Rep::Sensitive, written("sensitive")),
        ("trend", Rep::Trend, written("trend")),
        ("action", Rep::Action, action(books, &orders)),
        ("next", Rep::NextSteps, next(books, case, report, lang)),
        ("unit", Rep::ReportingUnit, books.room.name.to_string()),
        ("signer", Rep::Signed, by),
    ];
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

/// What is to be done next: the checklist of the stage that was entered.
fn next(books: &Books, case: &Case, report: &Paper<'_>, lang: Lang) -> String {
    let id = report.made.map_or(&case.stage, |made| made.to);
    let stage = books.playbook(EMERGENCY).and_then(|own| own.stage(id));
    let list = stage.into_iter().flat_map(|stage| &stage.checklist);
    let list: Vec<&str> = list.map(|words| lang.of(words)).collect();
    list.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fact::case::Given;
    use crate::domain::fact::case::Matter;
    use crate::domain::id::CaseId;
    use crate::domain::text::Clean;
    use crate::report::hand::Hand;
    use crate::report::hand::fields;

    fn given(words: &str, rows: &[(&str, &str)]) -> Given {
        Given {
            comment: Clean::new(words),
            fields: fields(rows),
            ..Given::default()
        }
    }

    /// Known at nine, larger, reported by telephone.
    fn phoned(id: &str) -> Hand {
        let mut hand = Hand::new();
        let matter = Matter {
            fields: fields(&[("channel", "plant")]),
            ..Matter::default()
        };
        hand.open(id, EMERGENCY, ("23 09:00", matter));
        hand.give(id, "verify", ("23 09:05", given("acid in the ditch", &[])));
        let known = [("level", "larger"), ("pollutant", "acid, 2 t")];
        hand.give(id, "grade", ("23 09:15", given("", &known)));
        hand.give(id, "phone", ("23 09:25", given("told the city", &[])));
        hand
    }

    fn value(paper: &Document, key: &str) -> String {
        let cells = paper.row(key).map(|row| row.cells.clone());
        cells.unwrap_or_default().pop().unwrap_or_default()
    }

    #[test]
    fn the_first_report_is_due_by_the_level_and_says_what_nobody_has_written_down() {
        let books = phoned("U1").books((Rhythm::Day, 23), "23 10:00");
        let paper = make(&books, Lang::En);
        let text = paper.markdown();
        let due = "report due: emergency: first report · 2026-11-23 13:00 · ";
        assert!(text.contains(due) && text.contains("Order 17"), "{text}");
        assert_eq!(value(&paper, "U1.first.reported"), "not reported yet");
        assert_eq!(value(&paper, "U1.first.source"), "the plant's own report");
        assert_eq!(value(&paper, "U1.first.pollutant"), "acid, 2 t");
        assert_eq!(value(&paper, "U1.first.hurt"), "not written down");
        assert!(paper.row("U1.final.time").is_none(), "{text}");
    }

    #[test]
    fn a_report_that_was_made_stays_as_it_was_and_a_follow_up_tells_what_came_after_it() {
        let mut hand = phoned("U1");
        let first = given("sent in writing", &[("trend", "spreading")]);
        hand.give("U1", "first_report", ("23 10:30", first));
        let follow = given("dammed", &[("trend", "held")]);
        hand.give("U1", "follow_up", ("23 13:00", follow));
        let books = hand.books((Rhythm::Day, 23), "23 14:00");
        let paper = make(&books, Lang::En);
        assert_eq!(value(&paper, "U1.first.trend"), "spreading");
        assert_eq!(value(&paper, "U1.first.reported"), "2026-11-23 10:30");
        assert_eq!(value(&paper, "U1.follow1.trend"), "held");
        assert_eq!(
            value(&paper, "U1.follow1.course"),
            "11-23 13:00 follow-up report: dammed"
        );
        assert_eq!(value(&paper, "U1.follow2.course"), "not written down");
        // Four hours from the first report, and four more by the follow-up.
        let text = paper.markdown();
        assert!(text.contains("follow-up · 2026-11-23 18:30 · "), "{text}");
    }

    #[test]
    fn a_closed_emergency_is_written_only_when_it_is_named() {
        let mut hand = phoned("U1");
        hand.give("U1", "first_report", ("23 10:30", given("sent", &[])));
        hand.give("U1", "resolve", ("23 18:00", given("cleaned", &[])));
        hand.give("U1", "final_report", ("23 20:00", given("all of it", &[])));
        hand.give("U1", "file", ("24 09:00", given("filed", &[])));
        let mut books = hand.books((Rhythm::Day, 24), "24 10:00");
        assert_eq!(make(&books, Lang::En).rows().count(), 0);
        books.about = Some(CaseId::new("U1"));
        let paper = make(&books, Lang::En);
        assert_eq!(value(&paper, "U1.final.reported"), "2026-11-23 20:00");
        assert!(value(&paper, "U1.final.course").contains("acid in the ditch"));
        assert!(paper.markdown().contains("report due: none"));
    }
}
