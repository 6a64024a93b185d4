//! The weekly of problems (问题整改周报): what is new, closed and open by area (领域), how old the open ones are, what is
//! overdue or came back, and whom to summon. It tells what stood at the end of the period.

use crate::domain::case::Case;
use crate::domain::playbook::meaning::{MoveMeaning, problem};
use crate::domain::time::{Moment, Span};
use crate::lang::Lang;
use crate::lang::refusal::stage_of;
use crate::lang::report::Rep;
use crate::report::{Books, Report, ReportDocument, Rhythm, Row, ids};
use std::collections::BTreeMap;

/// The row of [`crate::report::REPORTS`].
pub const REPORT: Report = Report {
    key: "problems",
    title: Rep::Problems,
    rhythm: Rhythm::Week,
    reads: &[],
    make,
};

/// The loop it is about.
const PROBLEM: &str = problem::LOOP;

/// The ends of the age groups in days, after the limits of the grades (default of this program): at once 3, general 15,
/// major 30; then a quarter of a year.
const AGES: &[i64] = &[3, 15, 30, 90];

fn make(books: &Books, lang: Lang) -> ReportDocument {
    let mut paper = ReportDocument::new(format!("{} {}", books.room.name, Rep::Problems.text(lang)));
    let from = books.day(books.period.from);
    let until = books.day(books.period.until - Span::secs(1));
    paper.say(format!(
        "{}: {from} — {until} · {} {}",
        Rep::Period.text(lang),
        Rep::KnownAt.text(lang),
        books.stamp(books.now),
    ));
    let all: Vec<&Case> = books.all(PROBLEM).filter(|case| !case.is_dropped()).collect();
    let columns = [Rep::What, Rep::Value].map(|c| c.text(lang));
    let rows = COUNTS.iter().map(|(key, words, keep)| {
        let of = pick(books, &all, *keep);
        let cells = vec![words.text(lang).to_owned(), of.len().to_string()];
        Row::new(key, cells, ids(of))
    });
    paper.table(Rep::Figures.text(lang), &columns, rows.collect(), "");
    by_area(&mut paper, books, &all, lang);
    aging(&mut paper, books, &all, lang);
    late(&mut paper, books, &all, lang);
    rebounds(&mut paper, books, &all, lang);
    summons(&mut paper, books, &all, lang);
    paper
}

/// Whether a problem counts for a figure.
type Keep = fn(&Books, &Case) -> bool;

/// What is counted, each with its key, in the whole and by area.
const COUNTS: &[(&str, Rep, Keep)] = &[
    ("new", Rep::New, |books, case| {
        books.period.has(case.matter.detected)
    }),
    // One that was closed and came back within the period counts as come back.
    ("closed", Rep::Closed, |books, case| {
        case.is_settled() && is_in(books, case, problem::ACCEPT)
    }),
    ("open", Rep::Open, |_, case| case.is_unsettled()),
    ("overdue", Rep::Overdue, |books, case| {
        overdue(books, case).is_some()
    }),
    ("rebound", Rep::Rebound, |books, case| {
        is_in(books, case, problem::REBOUND)
    }),
];

fn pick<'a>(books: &Books, all: &[&'a Case], keep: Keep) -> Vec<&'a Case> {
    all.iter().copied().filter(|case| keep(books, case)).collect()
}

fn is_in(books: &Books, case: &Case, step: MoveMeaning) -> bool {
    case.walk().times(step).iter().any(|at| books.period.has(*at))
}

/// How long its stage has been overdue, if it is.
fn overdue(books: &Books, case: &Case) -> Option<Span> {
    let (due, _) = case.due(books.playbook(PROBLEM)?)?;
    // The end of the last day itself, so that a limit that ended with a day is overdue by whole days.
    let end = books.now + Span::from_ms(1);
    (case.is_unsettled() && due < end).then(|| end - due)
}

/// Since when an open problem is there: since it was detected, or came back.
fn since(case: &Case) -> Moment {
    case.walk()
        .times(problem::REBOUND)
        .last()
        .copied()
        .unwrap_or(case.matter.detected)
}

fn by_area(paper: &mut ReportDocument, books: &Books, all: &[&Case], lang: Lang) {
    let mut areas: BTreeMap<&str, Vec<&Case>> = BTreeMap::new();
    for case in all {
        areas.entry(case.field(problem::AREA)).or_default().push(case);
    }
    let rows = areas.iter().filter_map(|(code, of)| {
        let name = match *code {
            "" => Rep::Unknown.text(lang).to_owned(),
            code => books.choice(PROBLEM, (problem::AREA, code), lang),
        };
        let counted: Vec<Vec<&Case>> = COUNTS.iter().map(|row| pick(books, of, row.2)).collect();
        let counts = counted.iter().map(|of| of.len().to_string());
        let cells = std::iter::once(name).chain(counts).collect();
        let any = |case: &&Case| counted.iter().flatten().any(|one| one.id == case.id);
        let records = ids(of.iter().copied().filter(any));
        let key = if code.is_empty() { "unknown" } else { code };
        (!records.is_empty()).then(|| Row::new(&format!("area.{key}"), cells, records))
    });
    let counts = COUNTS.iter().map(|row| row.1.text(lang));
    let columns: Vec<&str> = std::iter::once(Rep::Field.text(lang)).chain(counts).collect();
    let title = Rep::ByArea.text(lang);
    paper.table(title, &columns, rows.collect(), Rep::None.text(lang));
}

/// The open ones by how many whole days they are there.
fn aging(paper: &mut ReportDocument, books: &Books, all: &[&Case], lang: Lang) {
    let open = pick(books, all, |_, case| case.is_unsettled());
    let days = |case: &Case| books.now.age_of(since(case)).as_mins() / (24 * 60);
    let lows = std::iter::once(0).chain(AGES.iter().copied());
    let highs = AGES.iter().copied().map(Some).chain([None]);
    let rows = lows.zip(highs).map(|(low, high)| {
        let own = |case: &&Case| low <= days(case) && high.is_none_or(|high| days(case) < high);
        let of: Vec<&Case> = open.iter().copied().filter(own).collect();
        let words = high.map_or_else(|| format!("≥ {low}"), |high| format!("{low} – {}", high - 1));
        let cells = vec![words, of.len().to_string()];
        Row::new(&format!("age.{low}"), cells, ids(of))
    });
    let columns = [Rep::Days, Rep::Count].map(|c| c.text(lang));
    paper.table(Rep::Aging.text(lang), &columns, rows.collect(), "");
}

fn late(paper: &mut ReportDocument, books: &Books, all: &[&Case], lang: Lang) {
    let late = all.iter().filter_map(|case| Some((overdue(books, case)?, *case)));
    let mut late: Vec<(Span, &Case)> = late.collect();
    late.sort_by_key(|(span, _)| std::cmp::Reverse(*span));
    let rows = late.into_iter().map(|(span, case)| {
        let cells = vec![
            case.id.to_string(),
            case.matter.title.to_string(),
            responsible(books, case, lang),
            stage_of(lang, case, &books.room.playbooks),
            (span.as_mins() / (24 * 60)).to_string(),
        ];
        Row::new(case.id.as_str(), cells, vec![case.id.to_string()])
    });
    let columns = [Rep::Case, Rep::What, Rep::Unit, Rep::Stage, Rep::DaysOverdue].map(|c| c.text(lang));
    let title = Rep::Overdue.text(lang);
    paper.table(title, &columns, rows.collect(), Rep::None.text(lang));
}

fn rebounds(paper: &mut ReportDocument, books: &Books, all: &[&Case], lang: Lang) {
    let back = pick(books, all, |books, case| is_in(books, case, problem::REBOUND));
    let rows = back.into_iter().map(|case| {
        let cells = vec![
            case.id.to_string(),
            case.matter.title.to_string(),
            responsible(books, case, lang),
            stage_of(lang, case, &books.room.playbooks),
        ];
        Row::new(&format!("rebound.{}", case.id), cells, vec![case.id.to_string()])
    });
    let columns = [Rep::Case, Rep::What, Rep::Unit, Rep::Stage].map(|c| c.text(lang));
    let title = Rep::Rebound.text(lang);
    paper.table(title, &columns, rows.collect(), Rep::None.text(lang));
}

/// Who has to put it right: its unit, or before it has one its township.
fn responsible(books: &Books, case: &Case, lang: Lang) -> String {
    let name = |id| {
        let unit = books.room.directory.unit(id);
        unit.map_or_else(|| id.to_string(), |unit| unit.name.to_string())
    };
    let township = case.matter.township.as_ref().map(|id| books.township(id));
    let unit = case.state.unit.as_ref().map(name).or(township);
    unit.unwrap_or_else(|| Rep::Unknown.text(lang).to_owned())
}

/// Whose problems are under supervision (督办) and overdue there: from there the loop allows the summons (约谈).
fn summons(paper: &mut ReportDocument, books: &Books, all: &[&Case], lang: Lang) {
    let ripe = pick(books, all, |books, case| {
        case.is_in(problem::SUPERVISED) && overdue(books, case).is_some()
    });
    let mut units: BTreeMap<String, Vec<&Case>> = BTreeMap::new();
    for case in ripe {
        units
            .entry(responsible(books, case, lang))
            .or_default()
            .push(case);
    }
    let mut units: Vec<(String, Vec<&Case>)> = units.into_iter().collect();
    units.sort_by_key(|(_, of)| std::cmp::Reverse(of.len()));
    let rows = units.iter().map(|(name, of)| {
        let longest = of.iter().filter_map(|case| overdue(books, case)).max();
        let days = longest.map_or(0, |span| span.as_mins() / (24 * 60));
        let cells = vec![name.clone(), of.len().to_string(), days.to_string()];
        Row::new(&format!("summon.{name}"), cells, ids(of.iter().copied()))
    });
    let columns = [Rep::Unit, Rep::Count, Rep::DaysOverdue].map(|c| c.text(lang));
    let title = Rep::Propose.text(lang);
    paper.table(title, &columns, rows.collect(), Rep::None.text(lang));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fact::case::{Matter, MoveInput};
    use crate::domain::id::UnitId;
    use crate::report::hand::{Hand, fields, told};

    fn problem(hand: &mut Hand, id: &str, (area, when): (&str, &str)) {
        let matter = Matter {
            unit: Some(UnitId::new("west")),
            fields: fields(&[("area", area), ("grade", "immediate")]),
            ..Matter::default()
        };
        hand.open(id, PROBLEM, (when, matter));
    }

    fn go(hand: &mut Hand, id: &str, (steps, when): (&[&str], &str)) {
        for step in steps {
            hand.go(id, step, when);
        }
    }

    /// The week from Monday the 16th. P1 is old, supervised since the 5th and late; P2 was closed in the week, P3 before it
    /// and came back in it; P4 is new with its limit to come, P5 new and dropped; P6 is of the week after; what befell P1
    /// and P4 after the week is not in it.
    fn hand() -> Hand {
        let mut hand = Hand::new();
        for (id, area, when) in [
            ("P1", "air", "01 09:00"),
            ("P2", "air", "10 09:00"),
            ("P3", "water", "02 09:00"),
        ] {
            problem(&mut hand, id, (area, when));
            go(&mut hand, id, (&["assess", "assign", "receive"], when));
        }
        go(&mut hand, "P1", (&["supervise"], "05 09:00"));
        go(&mut hand, "P3", (&["apply", "accept"], "03 09:00"));
        go(&mut hand, "P2", (&["apply", "accept"], "17 09:00"));
        go(&mut hand, "P3", (&["rebound"], "20 09:00"));
        problem(&mut hand, "P4", ("", "22 23:00"));
        problem(&mut hand, "P5", ("noise", "18 09:00"));
        hand.give("P5", "drop", ("18 10:00", MoveInput::default()));
        problem(&mut hand, "P6", ("air", "23 00:00"));
        go(&mut hand, "P1", (&["apply", "accept"], "24 09:00"));
        go(&mut hand, "P4", (&["drop"], "24 09:00"));
        hand
    }

    #[test]
    fn a_week_of_problems_is_told_as_it_stood_on_its_sunday() {
        let paper = make(&hand().books((Rhythm::Week, 18), "25 09:00"), Lang::En);
        let keys = [
            "new",
            "closed",
            "open",
            "overdue",
            "rebound",
            "area.air",
            "area.water",
            "area.unknown",
            "area.noise",
            "age.0",
            "age.3",
            "age.15",
            "age.30",
            "summon.west",
        ];
        assert_eq!(
            told(&paper, &keys),
            [
                "new 1 (1)",
                "closed 1 (1)",
                "open 3 (3)",
                "overdue 1 (1)",
                "rebound 1 (1)",
                "area.air 0 1 1 1 0 (2)",
                "area.water 0 0 1 0 1 (1)",
                "area.unknown 1 0 1 0 0 (1)",
                "area.noise —",
                "age.0 2 (2)",
                "age.3 0 (0)",
                "age.15 1 (1)",
                "age.30 0 (0)",
                "summon.west 1 10 (1)",
            ]
        );
    }

    #[test]
    fn what_is_closed_after_the_week_is_of_the_next_one() {
        let paper = make(&hand().books((Rhythm::Week, 25), "25 09:00"), Lang::Zh);
        let keys = ["new", "closed", "open", "summon.west"];
        assert_eq!(
            told(&paper, &keys),
            ["new 1 (1)", "closed 1 (1)", "open 2 (2)", "summon.west —"]
        );
    }
}
