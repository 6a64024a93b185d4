//! `lookout report NAME`: one of the room's documents from the ledger, as Markdown or CSV; `--issue` records that it went out.

use crate::cli::Stage;
use crate::cli::common::Common;
use crate::cli::exit::Exit;
use crate::cli::fault::Fault;
use crate::cli::furnish;
use crate::cli::open;
use crate::cli::open::Asked;
use crate::cli::who::who;
use crate::config::Config;
use crate::desk::Act;
use crate::desk::Deed;
use crate::desk::board::Room;
use crate::desk::board::sight::is_stream_seen_by;
use crate::desk::board::sight::state_seen_by;
use crate::desk::once;
use crate::desk::once::Undone;
use crate::domain::id::CaseId;
use crate::domain::id::SeatId;
use crate::domain::ledger::Entry;
use crate::domain::ledger::ReportKey;
use crate::domain::person::Actor;
use crate::domain::person::Operator;
use crate::domain::quantity::Quantity;
use crate::domain::reading::Period as Over;
use crate::domain::reading::Reading;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::domain::time::Span;
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
use crate::store::Store;
use crate::store::StoreError;
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
    let mut books = books(&config, (room, period), &store, now).map_err(|error| Fault::store(&error))?;
    (books.feeds, books.collected) = (heard.feeds.clone(), !heard.collector.is_empty());
    books.state = state_seen_by(&books.state, &config.playbooks, person.role);
    let seen = |entry: &Entry| is_stream_seen_by(&entry.stream, &config.playbooks, person.role);
    books.entries.retain(seen);
    books.readings = readings(&books, report.reads, &store).map_err(|error| Fault::store(&error))?;
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

/// How many entries are read at a time.
const PAGE: usize = 10_000;

fn books(
    config: &Config,
    (room, period): (Arc<Room>, Period),
    store: &dyn Store,
    now: Moment,
) -> Result<Books, StoreError> {
    let state = store.state(None)?;
    let mut entries = imbl::Vector::new();
    let mut after = 0;
    loop {
        let page = store.since(after, PAGE)?;
        let Some(last) = page.last().map(|entry| entry.seq) else {
            break;
        };
        entries.extend(page.into_iter().filter(|entry: &Entry| period.has(entry.at)));
        after = last;
    }
    let kind =
        |source: &crate::config::source::SourceSetting| (source.id.clone(), source.options.key().to_owned());
    Ok(Books {
        room,
        state,
        entries,
        feeds: imbl::OrdMap::new(),
        collected: false,
        ledger: Ok(()),
        stuck: None,
        kinds: config.sources.iter().map(kind).collect(),
        readings: Vec::new(),
        period,
        now,
        by: None,
        about: None,
    })
}

/// The hourly readings of these quantities in the period, of every point that has any.
fn readings(books: &Books, of: &[Quantity], store: &dyn Store) -> Result<Vec<Reading>, StoreError> {
    let mut all = Vec::new();
    if of.is_empty() {
        return Ok(all);
    }
    for newest in store.latest()? {
        if newest.period == Over::Hour && of.contains(&newest.quantity) {
            let key = (&newest.point, newest.quantity, newest.period);
            let (from, until) = (books.period.from, books.period.until - Span::from_ms(1));
            all.extend(store.series(key, from, until)?);
        }
    }
    Ok(all)
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
