//! The same figures from the readings of a ledger.

use super::Args;
use super::Gathered;
use crate::cli::Stage;
use crate::cli::args::Common;
use crate::cli::fault::Fault;
use crate::cli::load;
use crate::cli::load::Chosen;
use crate::cli::place;
use crate::domain::air::Pollutant;
use crate::domain::air::series::Label;
use crate::domain::air::series::place as hour_place;
use crate::domain::id::PointId;
use crate::domain::reading::Period;
use crate::domain::time::CHINA;
use crate::domain::time::Moment;
use crate::domain::time::Span;
use crate::store::OpenMode;
use crate::store::Sqlite;
use crate::store::Store;
use crate::store::StoreError;
use chrono::NaiveDate;
use chrono::NaiveTime;
use chrono::Timelike;

/// The ledger that is meant, to read alone.
///
/// # Errors
/// It cannot be found or read.
pub(super) fn open(common: &Common, stage: &Stage<'_>) -> Result<Sqlite, Fault> {
    let (named, usual) = match &common.db {
        Some(file) => (Some(file.clone()), ""),
        None => match load::chosen(common, stage.outside, stage.lang) {
            Ok(Chosen::Room(config)) => (config.store.clone(), "lookout.db"),
            Ok(Chosen::Training) => (None, "training.db"),
            Err(bad) => return Err(bad.into_fault(stage.lang)),
        },
    };
    let file = match named {
        Some(file) => file,
        None => place::state_folder(stage.outside, stage.lang)?.join(usual),
    };
    Sqlite::open(&file, OpenMode::ReadOnly).map_err(|error| Fault::store(&error))
}

/// The one-hour means of the points that the options name. A reading's moment is the end of its hour.
///
/// # Errors
/// What the store said.
pub fn gather(args: &Args, store: &dyn Store) -> Result<Gathered, StoreError> {
    let begin = |date: NaiveDate| Moment::from_local(date.and_time(NaiveTime::MIN), CHINA);
    let from = args.from.and_then(begin).unwrap_or(Moment::from_ms(0));
    // Seven hours more for a rule that reaches back, and the last hour of the last day ends with it.
    let from = from - Span::hours(8);
    let to = args.to.and_then(|date| begin(date.succ_opt()?));
    let to = to.unwrap_or(Moment::from_ms(i64::MAX / 2));
    let mut gathered = Gathered::default();
    for point in &args.point {
        let id = PointId::new(point);
        let series = gathered.hours.entry(point.clone()).or_default();
        for p in Pollutant::ALL {
            for reading in store.series((&id, p.quantity(), Period::Hour), from, to)? {
                let local = reading.at.local(CHINA);
                let at = hour_place(local.date_naive(), local.hour() as u8, Label::End);
                if let (Some(at), Some(value)) = (at, reading.usable()) {
                    series.put(at, p, value);
                }
            }
        }
    }
    Ok(gathered)
}
