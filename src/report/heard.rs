//! What was not heard: the part of a document that says which sources were silent, and for how long, so that no paper is
//! calm by what it lacks.

use crate::domain::calm;
use crate::domain::calm::{Doubt, Heard};
use crate::domain::fact::Fact;
use crate::domain::fact::alarm::AlarmFact;
use crate::domain::id::AlarmId;
use crate::domain::ledger::Stream;
use crate::lang::calm::CalmText;
use crate::lang::report::Rep;
use crate::lang::{Lang, calm as say, fill};
use crate::report::{Books, ReportDocument, Row};

/// Alarms about sources: how their names begin, and what it is called that they begin and end.
const ABOUT: &[(&str, Rep, Rep)] = &[
    ("SYS-SRC/", Rep::SourceLost, Rep::SourceBack),
    ("SYS-FLOOD/", Rep::SourceFloods, Rep::SourceRaises),
];

/// Adds what the ledger has of the sources in the paper's time; while that runs, how they stand when it is made.
pub fn heard(paper: &mut ReportDocument, books: &Books, lang: Lang) {
    if books.runs() {
        standing(paper, books, lang);
    }
    recorded(paper, books, lang);
}

fn standing(paper: &mut ReportDocument, books: &Books, lang: Lang) {
    let deadlines = books.deadlines();
    let judged = calm::judge(
        Heard {
            feeds: &books.feeds,
            collected: books.collected,
            ledger: books.ledger.as_ref().copied(),
            stuck: books.stuck,
            state: &books.state,
            late: deadlines.late(books.now),
            lost: deadlines.lost(&books.state.cases),
        },
        books.now,
    );
    let row = |doubt: &Doubt<'_>| {
        let key = doubt.source().map_or(doubt.key(), |source| source.as_str());
        let since = doubt.since().map_or_else(|| "—".to_owned(), |at| books.stamp(at));
        let records = doubt.source().map(ToString::to_string);
        Row::new(
            key,
            vec![say::doubt(lang, doubt, books.now), since],
            records.into_iter().collect(),
        )
    };
    let rows = judged.doubts.iter().map(row).collect();
    let title = format!("{} · {}", Rep::Faults.text(lang), books.stamp(books.now));
    let columns = [Rep::What, Rep::At].map(|c| c.text(lang));
    let fresh = fill(CalmText::AllFresh.text(lang), &[("n", &judged.sources)]);
    paper.table(&title, &columns, rows, &fresh);
}

/// The ledger's own word: alarms about sources that were raised or ended in that time, and those that last from before.
fn recorded(paper: &mut ReportDocument, books: &Books, lang: Lang) {
    let row = |id: &AlarmId, begins: bool, at| {
        let about = |row: &&(&str, Rep, Rep)| id.as_str().starts_with(row.0);
        let (code, begun, ended) = ABOUT.iter().find(about)?;
        let source = id.as_str().strip_prefix(code)?;
        let what = if begins { begun } else { ended };
        let cells = vec![source.to_owned(), what.text(lang).to_owned(), books.stamp(at)];
        Some(Row::new(&format!("alarm.{source}"), cells, vec![id.to_string()]))
    };
    // By their names: a room may have many alarms of other kinds.
    let own = ABOUT.iter().flat_map(|(code, ..)| {
        let own = books.state.alarms.range(AlarmId::new(code)..);
        let own = own.map(|(_, alarm)| alarm);
        own.take_while(|alarm| alarm.id.as_str().starts_with(*code))
    });
    let before = own.filter(|alarm| alarm.active && alarm.raised < books.period.from);
    let before = before.filter_map(|alarm| row(&alarm.id, true, alarm.raised));
    let within = books
        .entries
        .iter()
        .filter_map(|entry| match (&entry.stream, &entry.fact) {
            (Stream::Alarm(id), Fact::Alarm(AlarmFact::Raised(_))) => row(id, true, entry.at),
            (Stream::Alarm(id), Fact::Alarm(AlarmFact::Returned)) => row(id, false, entry.at),
            _ => None,
        });
    let rows = before.chain(within).collect();
    let columns = [Rep::What, Rep::State, Rep::At].map(|c| c.text(lang));
    let none = Rep::NoSourceAlarm.text(lang);
    paper.table(Rep::SourceAlarms.text(lang), &columns, rows, none);
}
