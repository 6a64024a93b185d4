//! The hand-over (交接班) and the shift log (值班日志): what the next person must know, and what happened.

mod matters;

use crate::domain::alarm::AlarmState;
use crate::domain::case::Case;
use crate::domain::case::counted::FALSE;
use crate::domain::case::walk::Walked;
use crate::domain::decide::blockers::InTheWay;
use crate::domain::episode::{EPISODE, LEVEL, ORDER_NO};
use crate::domain::fact::Fact;
use crate::domain::fact::alarm::{AlarmFact, Hold};
use crate::domain::fact::case::CaseFact;
use crate::domain::fact::shift::{NoteKind, Side};
use crate::domain::fact::task::TaskFact;
use crate::domain::id::{OperatorId, PlaybookId};
use crate::domain::shift::{Shift, Signature};
use crate::domain::task::Task;
use crate::lang::domain::severity;
use crate::lang::journal::JournalBasis;
use crate::lang::refusal::stage_of;
use crate::lang::report::Rep;
use crate::lang::{Lang, alarm, duty, journal, trouble, when};
use crate::report::{Books, Report, ReportDocument, Rhythm, Row, heard};

/// The hand-over's row of [`crate::report::REPORTS`].
pub const REPORT: Report = Report {
    key: "handover",
    title: Rep::HandOver,
    rhythm: Rhythm::Shift,
    reads: &[],
    make,
};

/// The shift log's row.
pub const LOG: Report = Report {
    key: "shift",
    title: Rep::ShiftLog,
    rhythm: Rhythm::Shift,
    reads: &[],
    make: log,
};

/// The shift that runs, where the period does; else the one whose period it is, or the last that began in it.
fn shift(books: &Books) -> Option<&Shift> {
    let own = |shift: &&Shift| books.period.has(shift.duty.from);
    let exact = |shift: &&Shift| shift.duty.from == books.period.from;
    let shifts = || books.state.shifts.values().filter(own);
    let running = || books.state.shift().filter(|_| books.runs());
    let last = || shifts().max_by_key(|shift| shift.duty.from);
    running()
        .or_else(|| shifts().find(exact))
        .or_else(last)
        .or_else(|| books.state.shift())
}

fn head(books: &Books, title: Rep, lang: Lang) -> ReportDocument {
    let mut paper = ReportDocument::new(format!("{} {}", books.room.name, title.text(lang)));
    let (from, until) = (books.stamp(books.period.from), books.stamp(books.period.until));
    paper.say(format!("{}: {from} — {until}", Rep::Period.text(lang)));
    let Some(shift) = shift(books) else {
        paper.say(Rep::NotTaken.text(lang).to_owned());
        return paper;
    };
    let due: Vec<&str> = shift.on_duty().into_iter().map(OperatorId::as_str).collect();
    let leader = shift.duty.leader.as_ref().map_or("—", |id| id.as_str());
    paper.say(format!(
        "{} · {}: {} · {}: {leader} · {}: {} {}",
        shift.id,
        Rep::OnDuty.text(lang),
        due.join(" "),
        Rep::Leader.text(lang),
        Rep::Taken.text(lang),
        shift.taken.by,
        books.stamp(shift.taken.at),
    ));
    paper
}

fn make(books: &Books, lang: Lang) -> ReportDocument {
    let mut paper = head(books, Rep::HandOver, lang);
    if let Some(shift) = shift(books) {
        in_the_way(&mut paper, books, shift, lang);
    }
    unseen(&mut paper, books, lang);
    matters::open_cases(&mut paper, books, lang);
    shelved(&mut paper, books, lang);
    episodes(&mut paper, books, lang);
    promises(&mut paper, books, lang);
    heard(&mut paper, books, lang);
    undelivered(&mut paper, books, lang);
    if let Some(shift) = shift(books) {
        signatures(&mut paper, books, shift, lang);
    }
    paper
}

fn in_the_way(paper: &mut ReportDocument, books: &Books, shift: &Shift, lang: Lang) {
    if shift.closed.is_some() {
        return;
    }
    let way = InTheWay::of(&books.state, &books.room.playbooks, shift);
    let open = way.open.iter().map(|blocker| {
        let cells = vec![duty::blocker(lang, blocker)];
        Row::new(blocker.name(), cells, vec![blocker.name().to_owned()])
    });
    // What a leader let pass is still there: the paper never says "none" over it.
    let passed = way.passed.iter().map(|(pass, still)| {
        let cells = vec![duty::passed(lang, pass, still, books.room.zone)];
        let records = still.iter().map(|blocker| blocker.name().to_owned());
        Row::new("passed", cells, records.collect())
    });
    let rows = open.chain(passed);
    let columns = [Rep::What.text(lang)];
    paper.table(
        Rep::Blockers.text(lang),
        &columns,
        rows.collect(),
        Rep::None.text(lang),
    );
}

fn shelved(paper: &mut ReportDocument, books: &Books, lang: Lang) {
    let held = [AlarmState::Shelved, AlarmState::OutOfService];
    let held = held.into_iter().flat_map(|state| books.state.in_state(state));
    let held = held.filter_map(|rank| books.state.alarms.get(&rank.3));
    let rows = held.filter_map(|alarm| {
        let (reason, until) = match alarm.hold.as_ref()? {
            Hold::Shelved { reason, until, .. } => (reason, books.stamp(*until)),
            Hold::OutOfService { reason, .. } => (reason, "—".to_owned()),
            Hold::Suppressed { .. } => return None,
        };
        let title = alarm::title(lang, &alarm.cause).into_owned();
        let cells = vec![title, reason.to_string(), until];
        Some(Row::new(alarm.id.as_str(), cells, vec![alarm.id.to_string()]))
    });
    let columns = [Rep::Alarm, Rep::Reason, Rep::Until].map(|c| c.text(lang));
    paper.table(
        Rep::Shelved.text(lang),
        &columns,
        rows.take(books.most).collect(),
        Rep::None.text(lang),
    );
}

fn episodes(paper: &mut ReportDocument, books: &Books, lang: Lang) {
    let rows = books.state.open_of(&PlaybookId::new(EPISODE)).map(|case| {
        let cells = vec![
            case.id.to_string(),
            stage_of(lang, case, &books.room.playbooks),
            books.choice(EPISODE, (LEVEL, case.field(LEVEL)), lang),
            case.field(ORDER_NO).to_owned(),
        ];
        Row::new(&format!("episode.{}", case.id), cells, vec![case.id.to_string()])
    });
    let columns = [Rep::Case, Rep::Stage, Rep::Level, Rep::OrderNo].map(|c| c.text(lang));
    paper.table(
        Rep::Episodes.text(lang),
        &columns,
        rows.collect(),
        Rep::None.text(lang),
    );
}

/// What was promised: instructions and calls of the shift, orders that are not answered for, late or not.
fn promises(paper: &mut ReportDocument, books: &Books, lang: Lang) {
    let notes = shift(books).into_iter().flat_map(Shift::notes);
    let notes = notes.filter(|(_, kind, _)| matches!(kind, NoteKind::Instruction | NoteKind::Call));
    let notes = notes.map(|(line, kind, words)| {
        let cells = vec![
            duty::note_kind(lang, kind).to_owned(),
            words.to_string(),
            books.stamp(line.at),
        ];
        Row::new("note", cells, Vec::new())
    });
    let open = |task: &&Task| books.state.cases.get(&task.order.case).is_some_and(Case::is_open);
    let ordered = books.state.outstanding().filter(open).map(|task| {
        let due = task.order.deadline;
        let cells = vec![
            task.order.unit_name.to_string(),
            task.order.text.to_string(),
            due.map_or_else(String::new, |due| when::countdown(lang, due, books.now)),
        ];
        Row::new(task.id.as_str(), cells, vec![task.id.to_string()])
    });
    let columns = [Rep::Who, Rep::What, Rep::Due].map(|c| c.text(lang));
    let rows = notes.chain(ordered).take(books.most).collect();
    paper.table(Rep::Promises.text(lang), &columns, rows, Rep::None.text(lang));
}

/// Alarms that nobody has seen, worst first.
fn unseen(paper: &mut ReportDocument, books: &Books, lang: Lang) {
    let alarms = books
        .state
        .unseen()
        .filter_map(|rank| books.state.alarms.get(&rank.3));
    let rows = alarms.map(|alarm| {
        let cells = vec![
            severity(lang, alarm.cause.severity).to_owned(),
            alarm::title(lang, &alarm.cause).into_owned(),
            books.stamp(alarm.raised),
        ];
        Row::new(alarm.id.as_str(), cells, vec![alarm.id.to_string()])
    });
    let columns = [Rep::State, Rep::What, Rep::At].map(|c| c.text(lang));
    let (title, none) = (Rep::AlarmsUnseen.text(lang), Rep::None.text(lang));
    paper.table(title, &columns, rows.take(books.most).collect(), none);
}

fn undelivered(paper: &mut ReportDocument, books: &Books, lang: Lang) {
    let rows = books.state.undelivered().map(|task| {
        let cells = vec![
            task.id.to_string(),
            task.order.unit_name.to_string(),
            trouble::of_code(lang, task.why()),
        ];
        Row::new(task.id.as_str(), cells, vec![task.id.to_string()])
    });
    let columns = [Rep::Order, Rep::Who, Rep::Reason].map(|c| c.text(lang));
    paper.table(
        Rep::Undelivered.text(lang),
        &columns,
        rows.take(books.most).collect(),
        Rep::None.text(lang),
    );
}

fn signatures(paper: &mut ReportDocument, books: &Books, shift: &Shift, lang: Lang) {
    let row = |side: Side, mark: &Option<Signature>| {
        let (who, at) = mark.as_ref().map_or_else(
            || (Rep::NotSigned.text(lang).to_owned(), String::new()),
            |mark| (mark.by.to_string(), books.stamp(mark.at)),
        );
        let cells = vec![duty::side(lang, side).to_owned(), who, at];
        Row::new(side.key(), cells, vec![shift.id.to_string()])
    };
    let rows = vec![row(Side::Out, &shift.out), row(Side::In, &shift.into)];
    let columns = [Rep::Side, Rep::Who, Rep::At].map(|c| c.text(lang));
    paper.table(Rep::Signatures.text(lang), &columns, rows, "");
    if let Some(read) = shift.reading_time() {
        paper.say(format!("{}: {}", Rep::ReadingTime.text(lang), read.as_mins()));
    }
    for pass in &shift.overrides {
        let list = duty::blockers(lang, &pass.blockers);
        paper.say(format!(
            "{} {}: {list} · {}",
            pass.mark.by,
            books.stamp(pass.mark.at),
            pass.reason
        ));
    }
}

fn log(books: &Books, lang: Lang) -> ReportDocument {
    let mut paper = head(books, Rep::ShiftLog, lang);
    let count = |key: &str, words: Rep, is: fn(&Fact) -> bool| {
        let own = books.entries.iter().filter(|entry| is(&entry.fact));
        let records: Vec<String> = own.map(|entry| entry.stream.to_string()).collect();
        Row::new(
            key,
            vec![words.text(lang).to_owned(), records.len().to_string()],
            records,
        )
    };
    // A step that was taken back within the shift did nothing.
    let stands = |key: &str, words: Rep, is: fn(&Walked<'_>) -> bool| {
        let records = books.steps(is);
        let cells = vec![words.text(lang).to_owned(), records.len().to_string()];
        Row::new(key, cells, records)
    };
    let rows = vec![
        count("alarms", Rep::AlarmsRaised, |f| {
            matches!(f, Fact::Alarm(AlarmFact::Raised(_)))
        }),
        count("seen", Rep::AlarmsSeen, |f| {
            matches!(f, Fact::Alarm(AlarmFact::Acknowledged { .. }))
        }),
        count("opened", Rep::CasesOpened, |f| {
            matches!(f, Fact::Case(CaseFact::Opened(_)))
        }),
        stands("false", Rep::False, |step| {
            step.verdict.is_some_and(|verdict| verdict.as_str() == FALSE)
        }),
        stands("closed", Rep::CasesClosed, |step| step.closes),
        count("orders", Rep::OrdersSent, |f| {
            matches!(f, Fact::Task(TaskFact::Ordered(_)))
        }),
    ];
    let columns = [Rep::What, Rep::Value].map(|c| c.text(lang));
    paper.table(Rep::Figures.text(lang), &columns, rows, "");
    heard(&mut paper, books, lang);
    let known = JournalBasis {
        state: &books.state,
        playbooks: &books.room.playbooks,
    };
    let lines = books.entries.iter().filter_map(|entry| {
        let said = journal::line(lang, entry, known)?;
        let cells = vec![books.stamp(entry.at), said.who, said.what, said.about.clone()];
        Some(Row::new(&entry.seq.to_string(), cells, vec![said.about]))
    });
    let columns = [Rep::At, Rep::Who, Rep::What, Rep::About].map(|c| c.text(lang));
    paper.table(
        Rep::Log.text(lang),
        &columns,
        lines.collect(),
        Rep::None.text(lang),
    );
    paper
}

#[cfg(test)]
mod tests;
