//! The year's figures that stand in readings: the air by the standards' own arithmetic, the tributaries by class.

use crate::desk::board::Room;
use crate::domain::air::good::percent;
use crate::domain::air::summary::Summary;
use crate::domain::air::{Day, Pollutant};
use crate::domain::id::PointId;
use crate::domain::quantity::{Quantity, Value};
use crate::domain::reading::Period;
use crate::domain::time::{Moment, Span};
use crate::domain::water::{Body, Item, Shares, assess, averaged};
use crate::drill::figures::DrillFigure;
use crate::lang::report::year::YearText;
use crate::store::{Store, StoreError};
use crate::training::year::{WHOLE, YearPlan, days};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// All of them, from the readings in `store`.
///
/// # Errors
/// What the store said.
pub(super) fn figures(
    plan: &YearPlan,
    room: &Room,
    store: &dyn Store,
) -> Result<Vec<DrillFigure>, StoreError> {
    let last = i64::from(plan.days);
    let now = air(room, store, (plan.midnight(0), plan.midnight(last)))?;
    let before = i64::from(WHOLE);
    let then = air(
        room,
        store,
        (plan.midnight(-before), plan.midnight(last - before)),
    )?;
    let ratio = |of: &Option<Summary>| of.as_ref().and_then(|of| of.days.ratio());
    let expected = |air: days::Air| {
        let good = plan.days.saturating_sub(plan.volume(air.bad));
        percent(good, plan.days).unwrap_or_default()
    };
    let composite = now.as_ref().and_then(|of| of.composite.index);
    let ozone = now
        .as_ref()
        .and_then(|of| of.pollutants.get(Pollutant::O3.index())?.percentile);
    let composite = figure(
        ("composite_index", YearText::Composite),
        Value::from_micro(3_420_000),
        (composite, 2),
    );
    let good = figure(
        ("good_day_ratio", YearText::GoodDays),
        expected(days::THIS_YEAR),
        (ratio(&now), 1),
    );
    let before = figure(
        ("good_day_ratio_last_year", YearText::GoodDaysBefore),
        expected(days::YEAR_BEFORE),
        (ratio(&then), 1),
    );
    let ozone = figure(
        ("o3", YearText::Ozone),
        Value::whole(days::THIS_YEAR.ozone),
        (ozone, 0),
    );
    let tributaries = figure(
        ("tributaries_good", YearText::Tributaries),
        percent(days::GOOD_TRIBUTARIES, days::TRIBUTARIES).unwrap_or_default(),
        (tributaries(plan, room, store)?, 1),
    );
    Ok(vec![composite, good, before, ozone, tributaries])
}

/// What is measured to so many decimals, beside what was expected.
fn figure(
    (id, words): (&'static str, YearText),
    expected: Value,
    (actual, decimals): (Option<Value>, u32),
) -> DrillFigure {
    DrillFigure {
        id,
        words,
        expected,
        actual: actual.map(|actual| actual.round(decimals)),
        decimals,
    }
}

/// The figures of the county's days that end in this time.
fn air(room: &Room, store: &dyn Store, (from, to): (Moment, Moment)) -> Result<Option<Summary>, StoreError> {
    let point = PointId::new(days::COUNTY);
    let mut values: BTreeMap<NaiveDate, [Option<Value>; 6]> = BTreeMap::new();
    for p in Pollutant::ALL {
        let period = if p == Pollutant::O3 {
            Period::EightHours
        } else {
            Period::Day
        };
        for reading in store.series((&point, p.quantity(), period), from, to)? {
            let day = (reading.at - Span::hours(1)).date(room.zone);
            if let Some(cell) = values.entry(day).or_default().get_mut(p.index()) {
                *cell = reading.usable();
            }
        }
    }
    let days: BTreeMap<NaiveDate, Day> = values
        .into_iter()
        .map(|(day, values)| (day, Day::of(values)))
        .collect();
    Ok(Summary::of(&days, room.standard, None))
}

/// The sections of tributaries.
pub(super) fn sections(room: &Room) -> impl Iterator<Item = &PointId> {
    let points = room.directory.points.iter().map(|point| &point.id);
    points.filter(|id| id.as_str().starts_with(days::TRIBUTARY))
}

/// The share of sections whose year's mean is of good class, percent.
fn tributaries(plan: &YearPlan, room: &Room, store: &dyn Store) -> Result<Option<Value>, StoreError> {
    let items = [
        Quantity::Permanganate,
        Quantity::Ammonia,
        Quantity::TotalPhosphorus,
    ];
    let (from, to) = (plan.midnight(-1), plan.end());
    let mut classes = Vec::new();
    for section in sections(room) {
        let mut samples: Vec<(Item, Value)> = Vec::new();
        for quantity in items {
            let Some(item) = Item::of(quantity) else { continue };
            let readings = store.series((section, quantity, Period::Instant), from, to)?;
            samples.extend(readings.iter().filter_map(|r| Some((item, r.usable()?))));
        }
        classes.push((assess(Body::River, &averaged(&[&samples])).class, None));
    }
    let shares = Shares::of(classes);
    Ok(percent(shares.good, shares.judged))
}
