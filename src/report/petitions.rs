//! The petitions of a month (信访月报): by medium and channel, accepted and closed on time, repeats.
//!
//! A share is never without what it is a share of: decisions and closings count in the month in which they were made or
//! were due, whichever came first, so that each petition counts in one month only.

use crate::domain::case::Case;
use crate::domain::playbook::meaning::petition;
use crate::domain::time::{Moment, Span};
use crate::lang::Lang;
use crate::lang::report::Rep;
use crate::report::{Books, Report, ReportDocument, Rhythm, Row, ids, percent};
use std::collections::BTreeMap;

/// The row of [`crate::report::REPORTS`].
pub const REPORT: Report = Report {
    key: "petitions",
    title: Rep::Petitions,
    rhythm: Rhythm::Month,
    reads: &[],
    make,
};

/// The loop it is about.
const PETITION: &str = petition::LOOP;

/// How long a petition may take until it is closed (default, after Fujian 2018; the loop's stages add up to it).
const CLOSED_WITHIN: Span = Span::days(30);

fn make(books: &Books, lang: Lang) -> ReportDocument {
    let mut paper = ReportDocument::new(format!("{} {}", books.room.name, Rep::Petitions.text(lang)));
    let last = books.day(books.period.until - Span::secs(1));
    let first = books.day(books.period.from);
    paper.say(format!("{}: {first} — {last}", Rep::Period.text(lang)));
    let all: Vec<&Case> = books.all(PETITION).collect();
    let columns = [Rep::What, Rep::Value, Rep::Of].map(|c| c.text(lang));
    paper.table(Rep::Figures.text(lang), &columns, figures(books, &all, lang), "");
    for (field, title, name) in [
        (petition::MEDIUM, Rep::ByMedium, Rep::Medium),
        (petition::CHANNEL, Rep::ByChannel, Rep::Channel),
    ] {
        let columns = [
            name,
            Rep::Count,
            Rep::AcceptedOnTime,
            Rep::ClosedOnTime,
            Rep::Repeats,
            Rep::RepeatShare,
        ];
        let rows = by_field(books, &all, field, lang);
        paper.table(
            title.text(lang),
            &columns.map(|c| c.text(lang)),
            rows,
            Rep::None.text(lang),
        );
    }
    paper.say(Rep::PetitionRules.text(lang).to_owned());
    paper
}

/// What some petitions came to in the period.
struct Sums<'a> {
    registered: Vec<&'a Case>,
    refused: Vec<&'a Case>,
    merged: Vec<&'a Case>,
    counted: Vec<&'a Case>,
    repeats: Vec<&'a Case>,
    accepted: OnTime<'a>,
    closed: OnTime<'a>,
}

/// Those in time, and those not.
#[derive(Default)]
struct OnTime<'a> {
    good: Vec<&'a Case>,
    late: Vec<&'a Case>,
}

impl OnTime<'_> {
    fn all(&self) -> usize {
        self.good.len() + self.late.len()
    }

    fn share(&self) -> String {
        percent(self.good.len(), self.all())
    }
}

fn sums<'a>(books: &Books, all: &[&'a Case]) -> Sums<'a> {
    let pick = |of: &[&'a Case], keep: &dyn Fn(&Case) -> bool| -> Vec<&'a Case> {
        of.iter().copied().filter(|case| keep(case)).collect()
    };
    let registered = pick(all, &|case| books.period.has(case.matter.detected));
    let refused = pick(&registered, &Case::is_refused);
    let merged = pick(&registered, &Case::is_merged);
    let counted = pick(&registered, &Case::is_counted);
    let repeats = pick(&counted, &|case| case.matter.repeats.is_some());
    let ours = pick(all, &Case::is_ours);
    Sums {
        accepted: on_time(books, all, |case| {
            (
                decided(case),
                books.limit(case, petition::REGISTERED).map(|own| own.0),
            )
        }),
        closed: on_time(books, &ours, |case| (case.state.closed, Some(closing_due(case)))),
        registered,
        refused,
        merged,
        counted,
        repeats,
    }
}

/// Those done or due in the period and told of, by whether they were done by their limit.
fn on_time<'a>(
    books: &Books,
    of: &[&'a Case],
    judge: impl Fn(&Case) -> (Option<Moment>, Option<Moment>),
) -> OnTime<'a> {
    let mut sums = OnTime::default();
    for case in of {
        let (done, Some(due)) = judge(case) else {
            continue;
        };
        let good = done.is_some_and(|at| at <= due);
        let settled = done.map_or(due, |at| at.min(due));
        if books.period.has(settled) && settled <= books.now {
            let list = if good { &mut sums.good } else { &mut sums.late };
            list.push(case);
        }
    }
    sums
}

/// When it was accepted, transferred, refused or merged.
fn decided(case: &Case) -> Option<Moment> {
    let walk = case.walk();
    let step = walk.steps().iter().find(|step| step.left(petition::REGISTERED))?;
    Some(step.at)
}

/// By when it must be closed, with what it was extended by, and what the clock was set by while it ran.
fn closing_due(case: &Case) -> Moment {
    let walk = case.walk();
    let extended = walk.steps().iter().filter_map(|step| step.extends).map(Span::ms);
    let set = if case.is_open() {
        case.state.stepped
    } else {
        Span::ZERO
    };
    case.state.counts_from + CLOSED_WITHIN + Span::from_ms(extended.sum()) + set
}

fn figures(books: &Books, all: &[&Case], lang: Lang) -> Vec<Row> {
    let sums = sums(books, all);
    let row = |key: &str, words: Rep, value: String, (of, records): (Option<usize>, &[&Case])| {
        let of = of.map_or_else(String::new, |of| of.to_string());
        let cells = vec![words.text(lang).to_owned(), value, of];
        Row::new(key, cells, ids(records.iter().copied()))
    };
    let count = |key: &str, words: Rep, of: &[&Case]| row(key, words, of.len().to_string(), (None, of));
    let share =
        |key: &str, words: Rep, of: &OnTime<'_>| row(key, words, of.share(), (Some(of.all()), &of.good));
    let repeated = percent(sums.repeats.len(), sums.counted.len());
    vec![
        count("registered", Rep::Registered, &sums.registered),
        count("refused", Rep::Refused, &sums.refused),
        count("merged", Rep::Merged, &sums.merged),
        count("counted", Rep::Counted, &sums.counted),
        share("accepted_on_time", Rep::AcceptedOnTime, &sums.accepted),
        count("accepted_late", Rep::AcceptedLate, &sums.accepted.late),
        share("closed_on_time", Rep::ClosedOnTime, &sums.closed),
        count("closed_late", Rep::ClosedLate, &sums.closed.late),
        count("repeats", Rep::Repeats, &sums.repeats),
        row(
            "repeat_share",
            Rep::RepeatShare,
            repeated,
            (Some(sums.counted.len()), &sums.repeats),
        ),
    ]
}

/// One row a value of the field, the most petitions first; a share with its parts, `1/2 50.0 %`.
fn by_field(books: &Books, all: &[&Case], field: &str, lang: Lang) -> Vec<Row> {
    let mut values: BTreeMap<&str, Vec<&Case>> = BTreeMap::new();
    for case in all {
        values.entry(case.field(field)).or_default().push(case);
    }
    let sums = values.iter().map(|(value, of)| (*value, sums(books, of)));
    let touched = |of: &Sums<'_>| !of.counted.is_empty() || of.accepted.all() + of.closed.all() > 0;
    let mut rows: Vec<(&str, Sums<'_>)> = sums.filter(|(_, of)| touched(of)).collect();
    rows.sort_by_key(|(_, of)| std::cmp::Reverse(of.counted.len()));
    let parts = |part: usize, of: usize| format!("{part}/{of} {}", percent(part, of));
    let row = |(value, of): &(&str, Sums<'_>)| {
        let name = match *value {
            "" => Rep::Unknown.text(lang).to_owned(),
            value => books.choice(PETITION, (field, value), lang),
        };
        let cells = vec![
            name,
            of.counted.len().to_string(),
            parts(of.accepted.good.len(), of.accepted.all()),
            parts(of.closed.good.len(), of.closed.all()),
            of.repeats.len().to_string(),
            parts(of.repeats.len(), of.counted.len()),
        ];
        let key = format!("{field}.{}", if value.is_empty() { "unknown" } else { value });
        Row::new(&key, cells, ids(of.counted.iter().copied()))
    };
    rows.iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fact::Fact;
    use crate::domain::fact::case::Matter;
    use crate::domain::fact::room::RoomFact;
    use crate::domain::id::CaseId;
    use crate::domain::ledger::Stream;
    use crate::report::hand::{Hand, fields};

    fn register(hand: &mut Hand, id: &str, when: &str, medium: &str, channel: &str) {
        let matter = Matter {
            fields: fields(&[("medium", medium), ("channel", channel), ("sudden", "no")]),
            repeats: (id == "T2").then(|| CaseId::new("T1")),
            ..Matter::default()
        };
        hand.open(id, PETITION, (when, matter));
    }

    /// From its acceptance to its closing.
    fn close(hand: &mut Hand, id: &str, accepted: &str, closed: &str) {
        for step in ["accept", "dispatch", "arrive"] {
            hand.go(id, step, accepted);
        }
        for step in ["handled", "reply_true", "call_back"] {
            hand.go(id, step, closed);
        }
    }

    #[test]
    fn a_petition_counts_as_accepted_or_closed_in_the_month_in_which_it_was_or_was_due() {
        let mut hand = Hand::new();
        // Accepted in October, closed in November a day after its thirty days.
        register(&mut hand, "T1", "10-08 09:00", "noise", "hotline_12345");
        close(&mut hand, "T1", "10-08 10:00", "08 09:30");
        // In time, and a repeat.
        register(&mut hand, "T2", "03 09:00", "noise", "hotline_12345");
        close(&mut hand, "T2", "03 10:00", "09 10:00");
        // Nobody decided for more than two working days: late though it is still there.
        register(&mut hand, "T3", "10 09:00", "air", "letter");
        // Refused in time, and not counted.
        register(&mut hand, "T4", "11 09:00", "air", "letter");
        hand.go("T4", "refuse", "11 11:00");
        // Accepted, but the step was taken back; its two days are not over.
        register(&mut hand, "T5", "26 17:00", "air", "letter");
        hand.go("T5", "accept", "26 17:05");
        hand.back("T5", "registered", "26 17:06");
        let paper = make(&hand.books((Rhythm::Month, 1), "27 09:00"), Lang::En);
        let says = |key: &str, value: &str, of: &str, records: &[&str]| {
            let row = paper.row(key).expect(key);
            assert_eq!(row.cells.get(1).map(String::as_str), Some(value), "{key}");
            assert_eq!(row.cells.get(2).map(String::as_str), Some(of), "{key}");
            assert_eq!(row.records, records, "{key}");
        };
        says("registered", "4", "", &["T2", "T3", "T4", "T5"]);
        says("counted", "3", "", &["T2", "T3", "T5"]);
        says("accepted_on_time", "66.7 %", "3", &["T2", "T4"]);
        says("accepted_late", "1", "", &["T3"]);
        says("closed_on_time", "50.0 %", "2", &["T2"]);
        says("repeat_share", "33.3 %", "3", &["T2"]);
        let noise = paper.row("medium.noise").expect("noise");
        assert_eq!(
            noise.cells,
            ["noise", "1", "1/1 100.0 %", "1/2 50.0 %", "1", "1/1 100.0 %"]
        );
        let letters = paper.row("channel.letter").expect("letters");
        assert_eq!(
            letters.cells,
            ["letter", "2", "1/2 50.0 %", "0/0 —", "0", "0/2 0.0 %"]
        );
    }

    #[test]
    fn an_extended_petition_is_not_late_after_thirty_days() {
        for (extended, of) in [(true, "0"), (false, "1")] {
            let mut hand = Hand::new();
            register(&mut hand, "T1", "10-08 09:00", "air", "letter");
            for step in ["accept", "dispatch", "arrive"] {
                hand.go("T1", step, "10-08 10:00");
            }
            if extended {
                hand.go("T1", "extend", "10-30 09:00");
            }
            let paper = make(&hand.books((Rhythm::Month, 1), "27 09:00"), Lang::En);
            let row = paper.row("closed_on_time").expect("its row");
            assert_eq!(row.cells.get(2).map(String::as_str), Some(of), "{extended}");
        }
    }

    #[test]
    fn a_petition_is_accepted_and_closed_in_time_whatever_the_clock_was_set_by_meanwhile() {
        let set = |hand: &mut Hand, days: i64, when: &str| {
            let by = Span::days(days).ms();
            hand.write(Stream::Room, Fact::Room(RoomFact::ClockStepped { by }), when);
        };
        let mut hand = Hand::new();
        register(&mut hand, "T1", "03 09:00", "air", "letter");
        set(&mut hand, 7, "03 09:30");
        hand.go("T1", "accept", "10 10:00");
        set(&mut hand, -7, "10 10:30");
        hand.go("T1", "dispatch", "03 11:00");
        register(&mut hand, "T2", "03 11:00", "air", "letter");
        set(&mut hand, 23, "03 11:30");
        let paper = make(&hand.books((Rhythm::Month, 1), "27 09:00"), Lang::En);
        let row = paper.row("accepted_on_time").expect("its row");
        assert_eq!(
            (row.cells.get(1).map(String::as_str), &*row.records),
            (Some("100.0 %"), &["T1".to_owned()][..])
        );
        let mut hand = Hand::new();
        register(&mut hand, "T1", "10-08 09:00", "air", "letter");
        for step in ["accept", "dispatch", "arrive"] {
            hand.go("T1", step, "10-08 10:00");
        }
        set(&mut hand, 21, "10-08 11:00");
        let paper = make(&hand.books((Rhythm::Month, 1), "27 09:00"), Lang::En);
        let row = paper.row("closed_on_time").expect("its row");
        assert_eq!(
            row.cells.get(2).map(String::as_str),
            Some("0"),
            "it is due in December"
        );
    }
}
