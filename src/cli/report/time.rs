//! Which time a report is asked for.

use crate::cli::report::Args;
use crate::desk::board::{Board, Room};
use crate::domain::id::ShiftId;
use crate::domain::time::Span;
use crate::report::{Covered, Report, Rhythm};
use crate::store::{Store, StoreError};
use chrono::NaiveDate;

/// The time that the options ask for; the last whole one of its rhythm, or the one that runs, where they do not say.
pub(super) fn period(args: &Args, report: &Report, heard: &Board) -> Option<Covered> {
    let room = &heard.room;
    if let (Some(from), Some(to)) = (args.from, args.to) {
        let (first, last) = (Rhythm::Day.on(from, room)?, Rhythm::Day.on(to, room)?);
        return (first.from < last.until).then_some(Covered {
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
    let period = match args.date {
        Some(day) => report.rhythm.on(day, room),
        None => report.rhythm.at(heard.at, room),
    }?;
    // What tells of an event is complete at every moment: its time ends with the moment it is made.
    let until = match report.rhythm {
        Rhythm::Event => period.until.min(heard.at),
        Rhythm::FireDay | Rhythm::Day | Rhythm::Shift | Rhythm::Week | Rhythm::Month | Rhythm::Year => {
            period.until
        }
    };
    Some(Covered { until, ..period })
}

/// The time of a shift: until it was handed over, or else its end in the roster. Asked of the whole ledger: a board
/// forgets old shifts.
///
/// # Errors
/// The store cannot be read.
pub(super) fn of_shift(id: &ShiftId, room: &Room, store: &dyn Store) -> Result<Option<Covered>, StoreError> {
    let state = store.state(None)?;
    let taken = state.shifts.get(id);
    let due = || room.roster.duty(id, room.zone);
    let duty = taken.map(|shift| shift.duty.clone()).or_else(due);
    let closed = taken.and_then(|shift| shift.closed);
    Ok(duty.map(|duty| Covered {
        from: duty.from,
        until: closed.map_or(duty.until, |at| at + Span::from_ms(1)),
    }))
}
