//! `lookout report NAME`: one of the room's documents from the ledger, as Markdown or CSV.
//!
//! `--issue` keeps it word for word and records that it went out; from then on it is shown as it went out, and `--draft`
//! shows what would go out now: a correction.

mod books;
mod issue;
mod sheet;
mod time;

use crate::cli::common::Common;
use crate::cli::exit::Exit;
use crate::cli::fault::Fault;
use crate::cli::open::Asked;
use crate::cli::report::books::Asking;
use crate::cli::report::sheet::Sheet;
use crate::cli::who::who;
use crate::cli::{Io, open};
use crate::domain::id::{CaseId, ShiftId};
use crate::domain::person::{Actor, ROLES};
use crate::lang::cli::CliText;
use crate::lang::{fill, ledger as said};
use crate::report::{Books, REPORTS, Report};
use crate::store::Store;
use chrono::NaiveDate;
use clap::builder::PossibleValuesParser;

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
    /// The shift it is about.
    #[arg(long, value_name = "ID", conflicts_with_all = ["date", "from", "month", "year"])]
    pub shift: Option<String>,
    /// Whether it is issued; again for the same time as a correction.
    #[arg(long, conflicts_with = "records")]
    pub issue: bool,
    /// Whether it is made anew though it was issued.
    #[arg(long, conflicts_with = "issue")]
    pub draft: bool,
}

/// Makes the report, or takes the one that was issued, and writes it.
///
/// # Errors
/// The configuration, the ledger or the time asked for cannot be used, or there is no such figure.
pub fn run(args: &Args, common: &Common, stage: &mut Io<'_>) -> Result<Exit, Fault> {
    let report = Report::by_key(&args.name).ok_or_else(|| usage(CliText::NoReport, &args.name, stage))?;
    let mut asked = open::asked(common, stage)?;
    let heard = asked.board(stage)?;
    let person = who(&asked.config, stage.outside);
    let period = match &args.shift {
        Some(id) => time::of_shift(&ShiftId::new(id), &heard.room, &asked.store)
            .map_err(|error| Fault::store(&error))?,
        None => time::period(args, report, &heard),
    };
    let period = period.ok_or_else(|| usage(CliText::NoPeriod, &args.name, stage))?;
    let case = args.case.as_deref().map(CaseId::new);
    let key = issue::key(report, period, case.as_ref());
    if args.issue {
        undamaged(&asked, stage)?;
        issue::may((&heard, &key), &person, stage)?;
    } else if !args.draft
        && let Some(paper) = issue::found((args, report), (&heard, &key), &asked.store, stage)?
    {
        return write(args, &paper, stage).map(|exit| asked.ends(exit));
    }
    let all = || ROLES.iter().map(|row| row.0).collect();
    let asking = Asking {
        period,
        correction: heard.state.correction(&key),
        // What goes out goes to everybody.
        readers: if args.issue { all() } else { vec![person.role] },
    };
    let made = |error| Fault::store(&error);
    let mut books = books::of((&asked.config, &asked.store), &heard, &asking).map_err(made)?;
    books.readings = books::readings(&books, report.reads, &asked.store).map_err(made)?;
    books.by = args.issue.then(|| Actor::Person(person.id.clone()));
    books.about = about(case, &books, stage)?;
    let mut paper = report.paper(&books, stage.lang);
    issue::mark(&mut paper, (&books, &heard.state, &key), stage.lang);
    let paper = Sheet::of(&paper);
    let ends = asked.ends(Exit::Good);
    if args.issue {
        let Asked { store, file, .. } = asked;
        drop(store);
        issue::issue((&paper, &key), (&heard, &person), &file, stage)?;
    }
    write(args, &paper, stage).map(|_| ends)
}

/// What stands on a damaged ledger alone is looked at, and never goes out.
fn undamaged(asked: &Asked, stage: &Io<'_>) -> Result<(), Fault> {
    let Some(why) = asked.store.damage() else {
        return Ok(());
    };
    let words = fill(
        CliText::NotIssued.text(stage.lang),
        &[("why", &said::what(stage.lang, why))],
    );
    Err(Fault::new(Exit::Store, words))
}

fn usage(text: CliText, name: &str, stage: &Io<'_>) -> Fault {
    Fault::new(Exit::Usage, fill(text.text(stage.lang), &[("what", &name)]))
}

/// The case that is named, where one is.
fn about(named: Option<CaseId>, books: &Books, stage: &Io<'_>) -> Result<Option<CaseId>, Fault> {
    match named {
        Some(id) if !books.state.cases.contains_key(&id) => {
            Err(usage(CliText::NoSuchCase, id.as_str(), stage))
        }
        named => Ok(named),
    }
}

fn write(args: &Args, paper: &Sheet, stage: &mut Io<'_>) -> Result<Exit, Fault> {
    let Some(key) = &args.records else {
        let text = if args.csv { &paper.tables } else { &paper.text };
        stage.out.write_all(text.as_bytes())?;
        return Ok(Exit::Good);
    };
    let Some((_, records)) = paper.records.iter().find(|row| row.0 == *key) else {
        let mut fault = usage(CliText::NoFigure, key, stage);
        let known: Vec<&str> = paper.records.iter().map(|row| row.0.as_str()).collect();
        fault.hints.push(fill(
            CliText::KnownAre.text(stage.lang),
            &[("list", &known.join(", "))],
        ));
        return Err(fault);
    };
    for record in records {
        writeln!(stage.out, "{record}")?;
    }
    Ok(Exit::Good)
}

#[cfg(test)]
mod tests;
