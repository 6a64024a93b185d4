//! The cases of the waters in a month (水质月通报): by section and township, of drinking-water sources, of total
//! nitrogen, and the townships that are proposed for a summons (约谈).
//!
//! Not here: the classes of the sections. What is open is open at the end of the period.

use crate::domain::case::Case;
use crate::domain::id::TownshipId;
use crate::domain::playbook::meaning::section;
use crate::domain::time::Span;
use crate::lang::Lang;
use crate::lang::refusal::stage_of;
use crate::lang::report::Rep;
use crate::report::{Books, Report, ReportDocument, Rhythm, Row, ids};
use std::collections::BTreeMap;

/// The row of [`crate::report::REPORTS`].
pub const REPORT: Report = Report {
    key: "water",
    title: Rep::Water,
    rhythm: Rhythm::Month,
    reads: &[],
    make,
};

/// The loop it is about.
const SECTION: &str = section::LOOP;

/// From so many true cases of a month a township is proposed for a summons (default of this program).
const SUMMONED_FROM: usize = 2;

/// What a case is about, by the codes of its alarms; one that a person opened is a section's.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A section beyond its class.
    Class,
    /// A drinking-water source.
    Drinking,
    /// Total nitrogen.
    Nitrogen,
}

impl Kind {
    const fn code(self) -> &'static str {
        match self {
            Self::Class => "WQ-CLASS",
            Self::Drinking => "WQ-DRINK",
            Self::Nitrogen => "WQ-TN",
        }
    }

    fn has(self, case: &Case) -> bool {
        let mut codes = case.alarms.iter().map(|id| id.as_str().split('/').next());
        let by_hand = case.alarms.is_empty() && self == Self::Class;
        by_hand || codes.any(|code| code == Some(self.code()))
    }
}

fn make(books: &Books, lang: Lang) -> ReportDocument {
    let mut paper = ReportDocument::new(format!("{} {}", books.room.name, Rep::Water.text(lang)));
    let last = books.day(books.period.until - Span::secs(1));
    let first = books.day(books.period.from);
    paper.say(format!("{}: {first} — {last}", Rep::Period.text(lang)));
    // Those of the month, and those that were still open when it began.
    let (from, until) = (books.period.from, books.period.until);
    let lasts = |case: &&Case| case.was_open(from, until);
    let all: Vec<&Case> = books.all(SECTION).filter(lasts).collect();
    let columns = [
        Rep::What,
        Rep::New,
        Rep::Recovered,
        Rep::InstrumentFault,
        Rep::OpenAtEnd,
    ]
    .map(|c| c.text(lang));
    let figures = [
        ("all", Rep::WaterCases, None),
        ("class", Rep::SectionCases, Some(Kind::Class)),
        ("drinking", Rep::DrinkingCases, Some(Kind::Drinking)),
        ("nitrogen", Rep::NitrogenCases, Some(Kind::Nitrogen)),
    ];
    let rows = figures.map(|(key, words, kind)| {
        let of = of_kind(&all, kind);
        let cells = [vec![words.text(lang).to_owned()], counts(books, &of)].concat();
        Row::new(key, cells, ids(of))
    });
    paper.table(Rep::Figures.text(lang), &columns, rows.into(), "");
    by_section(&mut paper, books, &of_kind(&all, Some(Kind::Class)), lang);
    by_township(&mut paper, books, &of_kind(&all, Some(Kind::Class)), lang);
    for (kind, title) in [
        (Kind::Drinking, Rep::DrinkingCases),
        (Kind::Nitrogen, Rep::NitrogenCases),
    ] {
        one_by_one(&mut paper, books, (kind, title, &of_kind(&all, Some(kind))), lang);
    }
    summons(&mut paper, books, &all, lang);
    paper.say(Rep::WaterRules.text(lang).to_owned());
    paper
}

fn of_kind<'a>(all: &[&'a Case], kind: Option<Kind>) -> Vec<&'a Case> {
    let own = |case: &&Case| kind.is_none_or(|kind| kind.has(case));
    all.iter().copied().filter(own).collect()
}

/// New, recovered, instrument faults, open.
fn counts(books: &Books, of: &[&Case]) -> Vec<String> {
    let count = |keep: &dyn Fn(&Case) -> bool| of.iter().filter(|case| keep(case)).count().to_string();
    vec![
        count(&|case| books.period.has(case.matter.detected)),
        count(&|case| case.is_in(section::CLOSED)),
        count(&|case| case.is_in(section::FAULT)),
        count(&Case::is_open),
    ]
}

fn section(books: &Books, case: &Case, lang: Lang) -> String {
    let Some(id) = &case.matter.point else {
        return Rep::Unknown.text(lang).to_owned();
    };
    let point = books.room.directory.point(id);
    point.map_or_else(|| id.to_string(), |point| point.name.to_string())
}

/// The township of a case: its own, or else its section's.
fn township<'a>(books: &'a Books, case: &'a Case) -> Option<&'a TownshipId> {
    let of_point = || {
        let point = books.room.directory.point(case.matter.point.as_ref()?)?;
        point.township.as_ref()
    };
    case.matter.township.as_ref().or_else(of_point)
}

fn township_name(books: &Books, case: &Case, lang: Lang) -> String {
    let unknown = || Rep::Unknown.text(lang).to_owned();
    township(books, case).map_or_else(unknown, |id| books.township(id))
}

fn by_section(paper: &mut ReportDocument, books: &Books, all: &[&Case], lang: Lang) {
    let mut groups: BTreeMap<(&str, String), Vec<&Case>> = BTreeMap::new();
    for case in all {
        let key = case.matter.point.as_ref().map_or("unknown", |id| id.as_str());
        let name = township_name(books, case, lang);
        groups.entry((key, name)).or_default().push(case);
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(_, of)| std::cmp::Reverse(of.len()));
    let rows = groups.into_iter().map(|((key, town), of)| {
        let name = of
            .first()
            .map_or_else(String::new, |case| section(books, case, lang));
        let cells = [vec![name, town], counts(books, &of)].concat();
        Row::new(&format!("section.{key}"), cells, ids(of))
    });
    let columns = [
        Rep::Section,
        Rep::Township,
        Rep::New,
        Rep::Recovered,
        Rep::InstrumentFault,
        Rep::OpenAtEnd,
    ];
    let columns = columns.map(|c| c.text(lang));
    let none = Rep::None.text(lang);
    paper.table(Rep::BySection.text(lang), &columns, rows.collect(), none);
}

fn by_township(paper: &mut ReportDocument, books: &Books, all: &[&Case], lang: Lang) {
    let rows = townships(books, all).into_iter().map(|(key, of)| {
        let name = of
            .first()
            .map_or_else(String::new, |case| township_name(books, case, lang));
        let cells = [vec![name], counts(books, &of)].concat();
        Row::new(&format!("township.{key}"), cells, ids(of))
    });
    let columns = [
        Rep::Township,
        Rep::New,
        Rep::Recovered,
        Rep::InstrumentFault,
        Rep::OpenAtEnd,
    ];
    let columns = columns.map(|c| c.text(lang));
    let none = Rep::None.text(lang);
    paper.table(Rep::ByTownship.text(lang), &columns, rows.collect(), none);
}

/// Cases by their township's key, the most first.
fn townships<'a>(books: &'a Books, all: &[&'a Case]) -> Vec<(&'a str, Vec<&'a Case>)> {
    let mut towns: BTreeMap<&str, Vec<&Case>> = BTreeMap::new();
    for case in all.iter().copied() {
        let key = township(books, case).map_or("unknown", |id| id.as_str());
        towns.entry(key).or_default().push(case);
    }
    let mut towns: Vec<_> = towns.into_iter().collect();
    towns.sort_by_key(|(_, of)| std::cmp::Reverse(of.len()));
    towns
}

fn one_by_one(
    paper: &mut ReportDocument,
    books: &Books,
    (kind, title, all): (Kind, Rep, &[&Case]),
    lang: Lang,
) {
    let rows = all.iter().map(|case| {
        let cells = vec![
            case.id.to_string(),
            section(books, case, lang),
            township_name(books, case, lang),
            books.stamp(case.matter.detected),
            stage_of(lang, case, &books.room.playbooks),
        ];
        Row::new(
            &format!("{}.{}", kind.code(), case.id),
            cells,
            vec![case.id.to_string()],
        )
    });
    let columns = [Rep::Case, Rep::Section, Rep::Township, Rep::Found, Rep::Stage].map(|c| c.text(lang));
    paper.table(title.text(lang), &columns, rows.collect(), Rep::None.text(lang));
}

/// Townships with several true cases in the month, or with one that is open and was late.
fn summons(paper: &mut ReportDocument, books: &Books, all: &[&Case], lang: Lang) {
    let is_true = |case: &&Case| case.is_true();
    let real: Vec<&Case> = all.iter().copied().filter(is_true).collect();
    let rows = townships(books, &real).into_iter().filter_map(|(key, of)| {
        let new = of
            .iter()
            .filter(|case| books.period.has(case.matter.detected))
            .count();
        let late = |case: &&&Case| case.is_open() && case.walk().was_late();
        let late = of.iter().filter(late).count();
        let cells = vec![
            township_name(books, of.first()?, lang),
            new.to_string(),
            late.to_string(),
        ];
        let is_due = key != "unknown" && (new >= SUMMONED_FROM || late > 0);
        is_due.then(|| Row::new(&format!("summon.{key}"), cells, ids(of)))
    });
    let columns = [Rep::Township, Rep::TrueNew, Rep::OpenLate].map(|c| c.text(lang));
    let none = Rep::None.text(lang);
    paper.table(Rep::Propose.text(lang), &columns, rows.collect(), none);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fact::case::{CaseFact, Matter};
    use crate::domain::id::{AlarmId, PointId, StageId};
    use crate::report::hand::{Hand, at};

    fn anomaly(hand: &mut Hand, id: &str, (when, alarm): (&str, &str), township: &str) {
        let matter = Matter {
            alarm: Some(AlarmId::new(alarm)),
            point: alarm.split('/').nth(1).map(PointId::new),
            township: Some(TownshipId::new(township)),
            ..Matter::default()
        };
        hand.open(id, SECTION, (when, matter));
    }

    fn recover(hand: &mut Hand, id: &str, when: &str) {
        for step in ["dispatch", "arrive", "close"] {
            hand.go(id, step, when);
        }
    }

    /// Of five: one recovered, one an instrument fault, one of a source, one of nitrogen open and late since October,
    /// and one that recovered only in December.
    fn hand() -> Hand {
        let mut hand = Hand::new();
        anomaly(&mut hand, "W1", ("02 09:00", "WQ-CLASS/s1"), "lanjiang");
        hand.go("W1", "confirm", "02 09:10");
        recover(&mut hand, "W1", "04 09:00");
        anomaly(&mut hand, "W2", ("05 09:00", "WQ-CLASS/s1"), "lanjiang");
        hand.go("W2", "fault", "05 09:10");
        anomaly(&mut hand, "W3", ("06 09:00", "WQ-DRINK/r1"), "simen");
        hand.go("W3", "confirm", "06 09:10");
        recover(&mut hand, "W3", "07 09:00");
        anomaly(
            &mut hand,
            "W4",
            ("10-20 09:00", "WQ-TN/s2/total_nitrogen"),
            "mazhu",
        );
        hand.go("W4", "confirm", "10-20 09:10");
        let (stage, due) = (StageId::new("confirmed"), at("10-20 10:10"));
        hand.tell("W4", CaseFact::Late { stage, due }, "10-20 10:10");
        anomaly(&mut hand, "W5", ("20 09:00", "WQ-CLASS/s1"), "lanjiang");
        let nitrogen = AlarmId::new("WQ-TN/s1/total_nitrogen");
        hand.tell("W5", CaseFact::Joined { alarm: nitrogen }, "20 10:00");
        hand.go("W5", "confirm", "20 10:10");
        recover(&mut hand, "W5", "12-02 09:00");
        hand
    }

    #[test]
    fn a_month_counts_its_sections_by_what_came_of_them_and_what_was_open_at_its_end() {
        let paper = make(&hand().books((Rhythm::Month, 1), "12-03 09:00"), Lang::En);
        let says = |key: &str, cells: &[&str], records: &[&str]| {
            let row = paper.row(key).expect(key);
            let skip = row.cells.len() - cells.len();
            assert_eq!(row.cells.iter().skip(skip).collect::<Vec<_>>(), cells, "{key}");
            assert_eq!(row.records, records, "{key}");
        };
        says("all", &["4", "2", "1", "2"], &["W1", "W2", "W3", "W4", "W5"]);
        says("section.s1", &["3", "1", "1", "1"], &["W1", "W2", "W5"]);
        says("township.lanjiang", &["3", "1", "1", "1"], &["W1", "W2", "W5"]);
        says("drinking", &["1", "1", "0", "0"], &["W3"]);
        says("nitrogen", &["1", "0", "0", "2"], &["W4", "W5"]);
    }

    #[test]
    fn a_township_is_proposed_for_a_summons_by_true_cases_or_one_left_open_too_long_and_never_for_a_fault() {
        let paper = make(&hand().books((Rhythm::Month, 1), "12-03 09:00"), Lang::En);
        let rows = paper.rows().filter(|row| row.key.starts_with("summon."));
        let rows: Vec<_> = rows.map(|row| (row.key.as_str(), row.cells.join(" "))).collect();
        assert_eq!(
            rows,
            [
                ("summon.lanjiang", "lanjiang 2 0".to_owned()),
                ("summon.mazhu", "mazhu 0 1".to_owned())
            ]
        );
    }
}
