//! `lookout report NAME`: one of the room's documents from the ledger, as Markdown or CSV; `--issue` records that it went out.

mod books;

use crate::cli::Stage;
use crate::cli::common::Common;
use crate::cli::exit::Exit;
use crate::cli::fault::Fault;
use crate::cli::furnish;
use crate::cli::open;
use crate::cli::open::Asked;
use crate::cli::who::who;
use crate::desk::Act;
use crate::desk::Deed;
use crate::desk::board::Room;
use crate::desk::once;
use crate::desk::once::Undone;
use crate::domain::id::CaseId;
use crate::domain::id::SeatId;
use crate::domain::ledger::ReportKey;
use crate::domain::person::Actor;
use crate::domain::person::Operator;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::lang::cli::CliText;
use crate::lang::fill;
use crate::lang::refusal;
use crate::report::Books;
use crate::report::Document;
use crate::report::Period;
use crate::report::REPORTS;
use crate::report::Report;
use crate::report::Rhythm;
use crate::store::OpenMode;
use crate::store::Sqlite;
use chrono::NaiveDate;
use clap::builder::PossibleValuesParser;
use sha2::Digest;
use sha2::Sha256;
use std::path::Path;
use std::sync::Arc;

/// Options of `report`.
#[derive(Clone, Debug, clap::Args)]
pub struct Args {
    /// Which report.
    #[arg(value_name = "NAME", value_parser = PossibleValuesParser::new(REPORTS.iter().map(|r| r.key)))]
    pub name: String,
    /// A day in the time it covers.
    #[arg(long, value_name = "DATE")]
    pub date: Option<NaiveDate>,
    /// The first day, instead of its own rhythm.
    #[arg(long, value_name = "DATE", requires = "to")]
    pub from: Option<NaiveDate>,
    /// The last day.
    #[arg(long, value_name = "DATE", requires = "from")]
    pub to: Option<NaiveDate>,
    /// A whole month.
    #[arg(long, value_name = "YYYY-MM", conflicts_with_all = ["date", "from"])]
    pub month: Option<String>,
    /// A whole year.
    #[arg(long, value_name = "YYYY", conflicts_with_all = ["date", "from", "month"])]
    pub year: Option<i32>,
    /// The case it is about.
    #[arg(long, value_name = "ID")]
    pub case: Option<String>,
    /// Whether CSV is wanted.
    #[arg(long)]
    pub csv: bool,
    /// The figure whose records are wanted.
    #[arg(long, value_name = "FIGURE")]
    pub records: Option<String>,
    /// Whether it is issued.
    #[arg(long, conflicts_with = "records")]
    pub issue: bool,
}

/// Makes the report and writes it.
///
/// # Errors
/// The configuration, the ledger or the time asked for cannot be used, or there is no such figure.
pub fn run(args: &Args, common: &Common, stage: &mut Stage<'_>) -> Result<Exit, Fault> {
    let report = Report::by_key(&args.name).ok_or_else(|| usage(CliText::NoReport, &args.name, stage))?;
    let asked = open::asked(common, stage)?;
    let heard = asked.board(stage)?;
    let Asked {
        config,
        training,
        file: path,
        store,
    } = asked;
    let room = Arc::new(furnish::room(&config, training));
    let now = heard.at;
    let period =
        period(args, report, &room, now).ok_or_else(|| usage(CliText::NoPeriod, &args.name, stage))?;
    let person = who(&config, stage.outside);
    let mut books = books::of((&config, &store), (room, period), (&heard, &[person.role]))
        .map_err(|error| Fault::store(&error))?;
    books.readings = books::readings(&books, report.reads, &store).map_err(|error| Fault::store(&error))?;
    books.about = about(args, &books, stage)?;
    books.by = args.issue.then(|| Actor::Person(person.id.clone()));
    let paper = (report.make)(&books, stage.lang);
    if args.issue {
        drop(store);
        issue(&paper, (report, &books), &person, &path, stage)?;
    }
    write(args, &paper, stage)
}

fn usage(text: CliText, name: &str, stage: &Stage<'_>) -> Fault {
    Fault::new(Exit::Usage, fill(text.text(stage.lang), &[("what", &name)]))
}

/// The case that is named, where one is.
fn about(args: &Args, books: &Books, stage: &Stage<'_>) -> Result<Option<CaseId>, Fault> {
    let named = args.case.as_deref().map(CaseId::new);
    match named {
        Some(id) if !books.state.cases.contains_key(&id) => {
            Err(usage(CliText::NoSuchCase, id.as_str(), stage))
        }
        named => Ok(named),
    }
}

/// The time that the options ask for; the last whole one of its rhythm, or the one that runs, where they do not say.
fn period(args: &Args, report: &Report, room: &Room, now: Moment) -> Option<Period> {
    if let (Some(from), Some(to)) = (args.from, args.to) {
        let (first, last) = (Rhythm::Day.on(from, room)?, Rhythm::Day.on(to, room)?);
        return (first.from < last.until).then_some(Period {
            from: first.from,
            until: last.until,
        });
    }
    if let Some(year) = args.year {
        return Rhythm::Year.on(NaiveDate::from_ymd_opt(year, 1, 1)?, room);
    }
    if let Some(month) = &args.month {
        let day = NaiveDate::parse_from_str(&format!("{month}-01"), "%Y-%m-%d").ok()?;
        return Rhythm::Month.on(day, room);
    }
    match args.date {
        Some(day) => report.rhythm.on(day, room),
        None => report.rhythm.at(now, room),
    }
}

/// Records that it went out, with the sum of its text.
fn issue(
    paper: &Document,
    (report, books): (&Report, &Books),
    person: &Operator,
    path: &Path,
    stage: &Stage<'_>,
) -> Result<(), Fault> {
    if !person.role.may_act() {
        return Err(usage(CliText::MayNotIssue, person.id.as_str(), stage));
    }
    let mut store = Sqlite::open(path, OpenMode::ReadWrite).map_err(|error| Fault::store(&error))?;
    let sum = Sha256::digest(paper.markdown().as_bytes());
    let hex: Vec<String> = sum.iter().map(|byte| format!("{byte:02x}")).collect();
    let wish = Act {
        by: person.clone(),
        seat: SeatId::new(&format!("report-{}", std::process::id())),
        ticket: 0,
        at: books.now,
        seen: Vec::new(),
        deed: Deed::Report {
            report: ReportKey {
                kind: Clean::new(report.key),
                from: books.period.from,
                until: books.period.until,
            },
            digest: Clean::new(&hex.concat()),
        },
    };
    once::act(&books.room, &mut store, &wish).map_err(|undone| match undone {
        Undone::Store(error) => Fault::store(&error),
        Undone::Refused(why) => Fault::new(
            Exit::Usage,
            refusal::words(stage.lang, &why, books.room.zone, &books.room.playbooks),
        ),
    })
}

fn write(args: &Args, paper: &Document, stage: &mut Stage<'_>) -> Result<Exit, Fault> {
    if let Some(key) = &args.records {
        let Some(row) = paper.row(key) else {
            let mut fault = usage(CliText::NoFigure, key, stage);
            let known: Vec<&str> = paper.rows().map(|row| row.key.as_str()).collect();
            fault.hints.push(fill(
                CliText::KnownAre.text(stage.lang),
                &[("list", &known.join(", "))],
            ));
            return Err(fault);
        };
        for record in &row.records {
            writeln!(stage.out, "{record}")?;
        }
        return Ok(Exit::Good);
    }
    let text = if args.csv { paper.csv() } else { paper.markdown() };
    stage.out.write_all(text.as_bytes())?;
    Ok(Exit::Good)
}

#[cfg(test)]
mod tests;
