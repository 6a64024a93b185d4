//! The monthly of station inspections (自动站巡查月报): drawn, inspected, with problems, rechecked, passed.
//!
//! Of the stations drawn in the month; how each went on is told as known when the report is made.

use crate::domain::case::Case;
use crate::domain::playbook::meaning::{MoveMeaning, inspection};
use crate::lang::Lang;
use crate::lang::refusal::stage_of;
use crate::lang::report::Rep;
use crate::report::{Books, Report, ReportDocument, Rhythm, Row, ids, percent};
use std::collections::BTreeMap;

/// The row of [`crate::report::REPORTS`].
pub const REPORT: Report = Report {
    key: "inspection",
    title: Rep::Inspections,
    rhythm: Rhythm::Month,
    reads: &[],
    make,
};

/// The loop it is about.
const INSPECTION: &str = inspection::LOOP;

/// Whether a station counts for a figure.
type Keep = fn(&Case) -> bool;

/// What is counted, each with its key, in the whole and by draw.
const COUNTS: &[(&str, Rep, Keep)] = &[
    ("drawn", Rep::Drawn, |_| true),
    ("excluded", Rep::LeftOut, |case| case.is_in(inspection::EXCLUDED)),
    ("done", Rep::Done, |case| is_made(case, inspection::INSPECT)),
    ("problems", Rep::WithProblems, |case| {
        is_made(case, inspection::FIND)
    }),
    ("rechecked", Rep::Rechecked, is_rechecked),
];

fn make(books: &Books, lang: Lang) -> ReportDocument {
    let (campaign, all): (Vec<&Case>, Vec<&Case>) =
        books.found(INSPECTION).partition(|case| case.is_of_campaign());
    let mut paper = ReportDocument::new(format!("{} {}", books.room.name, Rep::Inspections.text(lang)));
    paper.say(books.period_known(lang));
    let mut rows: Vec<Row> = Vec::new();
    for (key, words, keep) in COUNTS {
        let of = pick(&all, *keep);
        let cells = vec![words.text(lang).to_owned(), of.len().to_string()];
        rows.push(Row::new(key, cells, ids(of)));
    }
    let cells = vec![Rep::Passed.text(lang).to_owned(), passed(&all)];
    rows.push(Row::new("passed", cells, ids(pick(&all, has_passed))));
    if !campaign.is_empty() {
        let cells = vec![Rep::Campaign.text(lang).to_owned(), campaign.len().to_string()];
        rows.push(Row::new("campaign", cells, ids(campaign)));
    }
    let columns = [Rep::What, Rep::Value].map(|c| c.text(lang));
    paper.table(Rep::Figures.text(lang), &columns, rows, "");
    by_draw(&mut paper, &all, lang);
    open(&mut paper, books, &all, lang);
    paper
}

fn is_made(case: &Case, step: MoveMeaning) -> bool {
    !case.walk().times(step).is_empty()
}

fn is_rechecked(case: &Case) -> bool {
    is_made(case, inspection::PASS) || is_made(case, inspection::AGAIN)
}

/// Whether its recheck ended well; one that was clean from the beginning has none.
fn has_passed(case: &Case) -> bool {
    is_made(case, inspection::PASS)
}

fn pick<'a>(all: &[&'a Case], keep: Keep) -> Vec<&'a Case> {
    all.iter().copied().filter(|case| keep(case)).collect()
}

/// The share that passed, of those rechecked.
fn passed(all: &[&Case]) -> String {
    percent(pick(all, has_passed).len(), pick(all, is_rechecked).len())
}

fn by_draw(paper: &mut ReportDocument, all: &[&Case], lang: Lang) {
    let mut draws: BTreeMap<&str, Vec<&Case>> = BTreeMap::new();
    for case in all {
        draws.entry(case.field(inspection::DRAW)).or_default().push(case);
    }
    let rows = draws.iter().map(|(draw, of)| {
        let counts = COUNTS.iter().map(|row| pick(of, row.2).len().to_string());
        let name = std::iter::once((*draw).to_owned());
        let cells = name.chain(counts).chain([passed(of)]).collect();
        Row::new(&format!("draw.{draw}"), cells, ids(of.iter().copied()))
    });
    let counts = COUNTS.iter().map(|row| row.1);
    let columns = std::iter::once(Rep::Draw).chain(counts).chain([Rep::Passed]);
    let columns: Vec<&str> = columns.map(|c| c.text(lang)).collect();
    let title = Rep::ByDraw.text(lang);
    paper.table(title, &columns, rows.collect(), Rep::None.text(lang));
}

fn open(paper: &mut ReportDocument, books: &Books, all: &[&Case], lang: Lang) {
    let rows = all.iter().filter(|case| case.is_open()).map(|case| {
        let cells = vec![
            case.id.to_string(),
            case.matter.title.to_string(),
            stage_of(lang, case, &books.room.playbooks),
        ];
        Row::new(case.id.as_str(), cells, vec![case.id.to_string()])
    });
    let columns = [Rep::Case, Rep::What, Rep::Stage].map(|c| c.text(lang));
    let title = Rep::StillOpen.text(lang);
    paper.table(title, &columns, rows.collect(), Rep::None.text(lang));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fact::case::Matter;
    use crate::report::hand::{Hand, fields, told};

    #[test]
    fn a_month_of_inspections_tells_a_clean_station_from_one_that_passed_its_recheck() {
        let mut hand = Hand::new();
        for id in ["I1", "I2", "I3", "I4", "I5", "I6"] {
            let draw = match id {
                "I5" => "B",
                "I6" => "绿剑 3",
                _ => "A",
            };
            let matter = Matter {
                fields: fields(&[("draw", draw)]),
                ..Matter::default()
            };
            hand.open(id, INSPECTION, ("02 09:00", matter));
        }
        hand.go("I4", "exclude", "02 10:00");
        for id in ["I1", "I2", "I3"] {
            hand.go(id, "send", "03 09:00");
            hand.go(id, "inspect", "04 09:00");
        }
        hand.go("I1", "clean", "05 09:00");
        for id in ["I2", "I3"] {
            hand.go(id, "find", "05 09:00");
            hand.go(id, "rectified", "06 09:00");
        }
        hand.go("I2", "pass", "07 09:00");
        hand.go("I3", "again", "07 09:00");
        let paper = make(&hand.books((Rhythm::Month, 30), "30 09:00"), Lang::En);
        let keys = [
            "drawn",
            "excluded",
            "done",
            "problems",
            "rechecked",
            "passed",
            "draw.A",
            "draw.B",
            "campaign",
            "draw.绿剑 3",
        ];
        assert_eq!(
            told(&paper, &keys),
            [
                "drawn 5 (5)",
                "excluded 1 (1)",
                "done 3 (3)",
                "problems 2 (2)",
                "rechecked 2 (2)",
                "passed 50.0 % (1)",
                "draw.A 4 1 3 2 2 50.0 % (4)",
                "draw.B 1 0 0 0 0 — (1)",
                "campaign 1 (1)",
                "draw.绿剑 3 —",
            ]
        );
        assert!(paper.row("I3").is_some() && paper.row("I1").is_none());
    }
}
