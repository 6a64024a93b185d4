//! What goes out, and what went out: kept word for word beside the ledger, which has the sum of the text.

use crate::cli::Io;
use crate::cli::exit::Exit;
use crate::cli::fault::Fault;
use crate::cli::report::sheet::Sheet;
use crate::cli::report::{Args, usage};
use crate::desk::board::Board;
use crate::desk::once::Undone;
use crate::desk::{Command, Request, once};
use crate::domain::decide::refusal::Refusal;
use crate::domain::id::{CaseId, SeatId};
use crate::domain::person::Operator;
use crate::domain::state::{Issued, ReportKey, State};
use crate::domain::text::Clean;
use crate::lang::cli::CliText;
use crate::lang::domain::actor;
use crate::lang::report::{Rep, correction};
use crate::lang::{Lang, fill, refusal};
use crate::report::{Block, Books, Covered, Report, ReportDocument, Rhythm};
use crate::store::{Ledger, OpenMode, Sqlite, Store};
use std::path::Path;

/// What it is issued under: which report, about which case, for which time.
pub(super) fn key(report: &Report, period: Covered, case: Option<&CaseId>) -> ReportKey {
    let kind = case.map_or_else(|| report.key.to_owned(), |case| format!("{}:{case}", report.key));
    ReportKey {
        kind: Clean::new(&kind),
        from: period.from,
        until: period.until,
    }
}

/// What was issued under that key; of an event the last of the day, where a day is named.
fn issued<'a>((args, report): (&Args, &Report), (state, key): (&'a State, &ReportKey)) -> Option<&'a Issued> {
    if report.rhythm != Rhythm::Event {
        return state.reports.get(key);
    }
    args.date?;
    let is_of = |own: &ReportKey| own.kind == key.kind && own.from == key.from && own.until <= key.until;
    let of_the_day = state.reports.iter().filter(|(own, _)| is_of(own));
    of_the_day
        .max_by_key(|(own, _)| own.until)
        .map(|(_, issued)| issued)
}

/// The paper that was issued, as it went out, with a word on standard error that it is; `None` where none was, or where
/// its text was not kept.
pub(super) fn found(
    asked: (&Args, &Report),
    (heard, key): (&Board, &ReportKey),
    store: &dyn Store,
    stage: &mut Io<'_>,
) -> Result<Option<Sheet>, Fault> {
    let Some(issued) = issued(asked, (&heard.state, key)) else {
        return Ok(None);
    };
    let kept = store
        .filed(issued.digest.as_str())
        .map_err(|error| Fault::store(&error))?;
    let at = issued.at.local(heard.room.zone).format("%Y-%m-%d %H:%M");
    let by = actor(stage.lang, &issued.by);
    let nth = match issued.correction {
        0 => String::new(),
        nth => correction(stage.lang, nth),
    };
    let say = |text: Rep| {
        let words = fill(text.text(stage.lang), &[("at", &at), ("who", &by), ("nth", &nth)]);
        words.trim_end().to_owned()
    };
    let Some(kept) = kept else {
        writeln!(stage.err, "{}", say(Rep::IssuedUnkept))?;
        return Ok(None);
    };
    let paper =
        Sheet::of_kept(&kept).filter(|paper| ReportDocument::digest(&paper.text) == issued.digest.as_str());
    let paper = paper.ok_or_else(|| Fault::new(Exit::Findings, say(Rep::IssuedChanged)))?;
    writeln!(stage.err, "{}", say(Rep::IssuedKept))?;
    Ok(Some(paper))
}

/// Says of a correction that it is one, which, and what it stands for.
pub(super) fn mark(
    paper: &mut ReportDocument,
    (books, state, key): (&Books, &State, &ReportKey),
    lang: Lang,
) {
    let Some(before) = state.reports.get(key) else {
        return;
    };
    let words = format!(
        "{} · {} {} {} · {} {}",
        correction(lang, state.correction(key)),
        Rep::InPlaceOf.text(lang),
        books.stamp(before.at),
        actor(lang, &before.by),
        Rep::KnownAt.text(lang),
        books.stamp(books.now),
    );
    paper.blocks.insert(0, Block::Words(words));
}

/// Whether this person may issue it now.
pub(super) fn may(
    (heard, key): (&Board, &ReportKey),
    person: &Operator,
    stage: &Io<'_>,
) -> Result<(), Fault> {
    if !person.role.may_act() {
        return Err(usage(CliText::MayNotIssue, person.id.as_str(), stage));
    }
    key.is_over(heard.at)
        .map_err(|end| refused(&Refusal::NotOver(end), heard, stage))
}

fn refused(why: &Refusal, heard: &Board, stage: &Io<'_>) -> Fault {
    let room = &heard.room;
    let words = refusal::words(stage.lang, why, room.zone, &room.playbooks);
    Fault::new(Exit::Usage, words)
}

/// Keeps it and records that it went out, with the sum of its text.
pub(super) fn issue(
    (paper, key): (&Sheet, &ReportKey),
    (heard, person): (&Board, &Operator),
    path: &Path,
    stage: &Io<'_>,
) -> Result<(), Fault> {
    let mut store = Sqlite::open(path, OpenMode::ReadWrite).map_err(|error| Fault::store(&error))?;
    let digest = ReportDocument::digest(&paper.text);
    let kept = paper.kept();
    // Kept first: nothing is issued whose text is not there.
    store.file(&digest, &kept).map_err(|error| Fault::store(&error))?;
    let wish = Request {
        by: person.clone(),
        seat: SeatId::new(&format!("report-{}", std::process::id())),
        ticket: 0,
        at: heard.at,
        seen: Vec::new(),
        command: Command::Report {
            report: key.clone(),
            digest: Clean::new(&digest),
        },
    };
    once::act(&heard.room, &mut store, &wish).map_err(|undone| match undone {
        Undone::Store(error) => Fault::store(&error),
        Undone::Refused(why) => refused(&why, heard, stage),
    })
}
