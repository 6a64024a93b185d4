//! The same figures from the readings of a ledger.

use super::{Args, Gathered};
use crate::domain::air::Pollutant;
use crate::domain::air::natural_day::place_of;
use crate::domain::id::PointId;
use crate::domain::reading::Period;
use crate::domain::time::{CHINA, Moment, Span};
use crate::store::{Store, StoreError};
use chrono::{Months, NaiveDate, NaiveTime};

/// The one-hour means of the points that the options name. A reading's moment is the end of its hour.
///
/// # Errors
/// What the store said.
pub fn gather(args: &Args, store: &dyn Store) -> Result<Gathered, StoreError> {
    let begin = |date: NaiveDate| Moment::from_local(date.and_time(NaiveTime::MIN), CHINA);
    let back = Months::new(if args.year_on_year { 12 } else { 0 });
    let first = args
        .from
        .map(|from| from.checked_sub_months(back).unwrap_or(from));
    let from = first.and_then(begin).unwrap_or(Moment::from_ms(0));
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
                if let Some(value) = reading.usable() {
                    series.put(place_of(reading.at, CHINA), p, value);
                }
            }
        }
    }
    Ok(gathered)
}
