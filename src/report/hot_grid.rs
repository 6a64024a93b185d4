//! The hot-grid report (热点网格日调度、周汇总、月通报): the warnings of the period, who went there, what went back up.
//!
//! How each was handled is told as known when the report is made: a warning of the last hour has its answer later.

use crate::domain::case::Case;
use crate::domain::playbook::meaning::{MoveMeaning, hot_grid};
use crate::lang::Lang;
use crate::lang::refusal::stage_of;
use crate::lang::report::Rep;
use crate::report::{Books, Report, ReportDocument, Rhythm, Row, ids, percent};
use std::collections::BTreeMap;

/// The row of [`crate::report::REPORTS`].
pub const REPORT: Report = Report {
    key: "hot-grid",
    title: Rep::HotGrid,
    rhythm: Rhythm::Day,
    reads: &[],
    make,
};

/// The loop it is about.
const HOT_GRID: &str = hot_grid::LOOP;

fn make(books: &Books, lang: Lang) -> ReportDocument {
    let all: Vec<&Case> = books.found(HOT_GRID).collect();
    let mut paper = ReportDocument::new(format!("{} {}", books.room.name, Rep::HotGrid.text(lang)));
    paper.say(books.period_known(lang));
    let columns = [Rep::What, Rep::Value].map(|c| c.text(lang));
    paper.table(Rep::Figures.text(lang), &columns, figures(&all, lang), "");
    by_township(&mut paper, books, &all, lang);
    nothing(&mut paper, books, &all, lang);
    not_reported(&mut paper, books, &all, lang);
    paper
}

fn is_made(case: &Case, step: MoveMeaning) -> bool {
    !case.walk().times(step).is_empty()
}

fn was_on_site(case: &Case) -> bool {
    is_made(case, hot_grid::ARRIVE)
}

fn is_reported(case: &Case) -> bool {
    is_made(case, hot_grid::REPORT)
}

fn has_problem(case: &Case) -> bool {
    case.state.verdict.as_ref().is_some_and(|v| v.as_str() == "true")
}

/// Enterprises checked for a warning; nothing where nobody has written it down.
fn firms(case: &Case) -> Option<u32> {
    case.field(hot_grid::FIRMS).parse().ok()
}

fn pick<'a>(all: &[&'a Case], keep: fn(&Case) -> bool) -> Vec<&'a Case> {
    all.iter().copied().filter(|case| keep(case)).collect()
}

fn sum(all: &[&Case]) -> u32 {
    all.iter().filter_map(|case| firms(case)).sum()
}

fn figures(all: &[&Case], lang: Lang) -> Vec<Row> {
    let (there, reported) = (pick(all, was_on_site), pick(all, is_reported));
    let checked = pick(all, |case| firms(case).is_some());
    let problems = pick(all, has_problem);
    let row = |(key, words): (&str, Rep), value: String, of: &[&Case]| {
        let cells = vec![words.text(lang).to_owned(), value];
        Row::new(key, cells, ids(of.iter().copied()))
    };
    let share = |of: &[&Case]| percent(of.len(), all.len());
    vec![
        row(("warnings", Rep::Warnings), all.len().to_string(), all),
        row(("on_site", Rep::OnSite), share(&there), &there),
        row(("reported", Rep::Reported), share(&reported), &reported),
        row(
            ("problems", Rep::ProblemsFound),
            problems.len().to_string(),
            &problems,
        ),
        row(("firms", Rep::Enterprises), sum(&checked).to_string(), &checked),
    ]
}

fn by_township(paper: &mut ReportDocument, books: &Books, all: &[&Case], lang: Lang) {
    let mut towns: BTreeMap<String, Vec<&Case>> = BTreeMap::new();
    for case in all {
        let unknown = || Rep::Unknown.text(lang).to_owned();
        let township = case.matter.township.as_ref();
        let name = township.map_or_else(unknown, |id| books.township(id));
        towns.entry(name).or_default().push(case);
    }
    let rows = towns.iter().map(|(name, of)| {
        let cells = vec![
            name.clone(),
            of.len().to_string(),
            percent(pick(of, was_on_site).len(), of.len()),
            percent(pick(of, is_reported).len(), of.len()),
            pick(of, has_problem).len().to_string(),
            sum(of).to_string(),
        ];
        Row::new(&format!("township.{name}"), cells, ids(of.iter().copied()))
    });
    let columns = [
        Rep::Township,
        Rep::Warnings,
        Rep::OnSite,
        Rep::Reported,
        Rep::ProblemsFound,
        Rep::Enterprises,
    ];
    let title = Rep::ByTownship.text(lang);
    let columns = columns.map(|c| c.text(lang));
    paper.table(title, &columns, rows.collect(), Rep::None.text(lang));
}

/// Why nothing was found, by reason.
fn nothing(paper: &mut ReportDocument, books: &Books, all: &[&Case], lang: Lang) {
    let mut reasons: BTreeMap<&str, Vec<&Case>> = BTreeMap::new();
    for case in all {
        let nothing = case.is_false();
        if let Some(reason) = case.state.reason.as_ref().filter(|_| nothing) {
            reasons.entry(reason.as_str()).or_default().push(case);
        }
    }
    let steps = books.playbook(HOT_GRID).map_or(&[][..], |p| &p.moves);
    let known: Vec<_> = steps.iter().flat_map(|step| &step.reasons).collect();
    let rows = reasons.iter().map(|(code, of)| {
        let reason = known.iter().find(|reason| reason.code.as_str() == *code);
        let words = reason.map_or(*code, |reason| lang.of(&reason.words));
        let cells = vec![words.to_owned(), of.len().to_string()];
        Row::new(&format!("reason.{code}"), cells, ids(of.iter().copied()))
    });
    let columns = [Rep::Reason, Rep::Count].map(|c| c.text(lang));
    let title = Rep::NothingFound.text(lang);
    paper.table(title, &columns, rows.collect(), Rep::None.text(lang));
}

fn not_reported(paper: &mut ReportDocument, books: &Books, all: &[&Case], lang: Lang) {
    let waiting = all.iter().filter(|case| !is_reported(case));
    let rows = waiting.map(|case| {
        let township = case.matter.township.as_ref().map(|id| books.township(id));
        let cells = vec![
            case.id.to_string(),
            case.matter.title.to_string(),
            township.unwrap_or_default(),
            stage_of(lang, case, &books.room.playbooks),
        ];
        Row::new(case.id.as_str(), cells, vec![case.id.to_string()])
    });
    let columns = [Rep::Case, Rep::What, Rep::Township, Rep::Stage].map(|c| c.text(lang));
    let title = Rep::NotReported.text(lang);
    paper.table(title, &columns, rows.collect(), Rep::None.text(lang));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fact::case::{Matter, MoveInput};
    use crate::domain::id::TownshipId;
    use crate::domain::text::Clean;
    use crate::report::hand::{Hand, fields, told};

    /// Four warnings of the 23rd: one with a problem and reported, one with nothing found, one on its way where an arrival
    /// was taken back, one not sent; and one of the day before.
    fn hand() -> Hand {
        let mut hand = Hand::new();
        let firms = |n: &str| MoveInput {
            fields: fields(&[("firms", n)]),
            reason: Some(Clean::new("weather")),
            ..MoveInput::default()
        };
        for (id, when) in [
            ("H0", "22 23:59"),
            ("H1", "23 00:00"),
            ("H2", "23 09:00"),
            ("H3", "23 10:00"),
            ("H4", "23 23:59"),
        ] {
            let township = Some(TownshipId::new(if id == "H1" { "east" } else { "west" }));
            let matter = Matter {
                township,
                ..Matter::default()
            };
            hand.open(id, HOT_GRID, (when, matter));
        }
        for id in ["H1", "H2", "H3"] {
            hand.go(id, "dispatch", "23 10:10");
            hand.go(id, "arrive", "23 11:00");
        }
        hand.back("H3", "dispatched", "23 11:01");
        hand.give("H1", "found", ("23 12:00", firms("7")));
        hand.give("H2", "none", ("23 12:00", firms("5")));
        for step in ["rectified", "pass", "report"] {
            hand.go("H1", step, "23 18:00");
        }
        hand
    }

    #[test]
    fn a_day_of_warnings_is_counted_with_who_went_there_and_what_went_back_up() {
        let paper = make(&hand().books((Rhythm::Day, 23), "24 09:00"), Lang::En);
        let keys = [
            "warnings",
            "on_site",
            "reported",
            "problems",
            "firms",
            "reason.weather",
            "township.west",
        ];
        assert_eq!(
            told(&paper, &keys),
            [
                "warnings 4 (4)",
                "on_site 50.0 % (2)",
                "reported 25.0 % (1)",
                "problems 1 (1)",
                "firms 12 (2)",
                "reason.weather 1 (1)",
                "township.west 3 33.3 % 0.0 % 0 5 (3)",
            ]
        );
        assert!(paper.row("H2").is_some() && paper.row("H1").is_none());
    }

    #[test]
    fn a_month_takes_in_the_warnings_of_its_other_days() {
        let paper = make(&hand().books((Rhythm::Month, 23), "24 09:00"), Lang::Zh);
        assert_eq!(
            told(&paper, &["warnings", "on_site"]),
            ["warnings 5 (5)", "on_site 40.0 % (2)"]
        );
    }
}
