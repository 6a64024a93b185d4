//! How the figures of the year are counted, one function a figure. Cases are those whose matter was detected in the year.

use crate::domain::case::Case;
use crate::domain::directory::PointKind;
use crate::domain::episode;
use crate::domain::playbook::meaning;
use crate::domain::playbook::meaning::{
    cruise, curtailment, hot_grid, inspection, petition, problem, straw_fire,
};
use crate::domain::state::ReportKey;
use crate::domain::time::Span;
use crate::report::{Books, Rhythm, ids};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// What a figure came to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tally {
    /// Its value in the figure's unit; `None` where the ledger cannot tell.
    pub value: Option<f64>,
    /// The cases, points, enterprises or reports behind it.
    pub records: Vec<String>,
}

impl Tally {
    pub(super) fn count(records: Vec<String>) -> Self {
        Self {
            value: Some(records.len() as f64),
            records,
        }
    }

    pub(super) fn of<'a>(cases: impl IntoIterator<Item = &'a Case>) -> Self {
        Self::count(ids(cases))
    }
}

pub(super) fn fires(books: &Books) -> Tally {
    Tally::of(books.found(straw_fire::LOOP).filter(|case| case.is_real()))
}

pub(super) fn fire_reports(books: &Books) -> Tally {
    let own = |key: &&ReportKey| key.kind.as_str() == "daily" && books.period.has(key.until - Span::secs(1));
    let days = books.state.reports.keys().filter(own);
    Tally::count(
        days.map(|key| books.day(key.until - Span::secs(1)).to_string())
            .collect(),
    )
}

pub(super) fn hot_grid_enterprises(books: &Books) -> Tally {
    let cases: Vec<&Case> = books.found(hot_grid::LOOP).collect();
    let sum: u32 = cases
        .iter()
        .filter_map(|case| case.field(hot_grid::FIRMS).parse::<u32>().ok())
        .sum();
    Tally {
        value: Some(f64::from(sum)),
        records: ids(cases),
    }
}

/// Local days on which an episode was in force: from its start to the day it was lifted.
pub(super) fn control_days(books: &Books) -> Tally {
    let from = books.day(books.period.from);
    let until = books.day(books.period.until - Span::secs(1));
    let days = episode::control_days(&books.state, books.now, books.room.zone);
    let days = days.range(from..=until);
    Tally::count(days.map(NaiveDate::to_string).collect())
}

pub(super) fn cruise_days(books: &Books) -> Tally {
    Tally::of(
        books
            .found(cruise::LOOP)
            .filter(|case| case.walk().was_in(cruise::RUNNING)),
    )
}

/// The episode that a case belongs under, over any number of cases between.
pub(super) fn is_under_episode(books: &Books, case: &Case) -> bool {
    let mut above = case.matter.parent.as_ref();
    // No case lies deeper than measure or cruise, and find; a circle ends here too.
    for _ in 0..4 {
        let Some(parent) = above.and_then(|id| books.state.cases.get(id)) else {
            return false;
        };
        if parent.matter.playbook.as_str() == meaning::episode::LOOP {
            return true;
        }
        above = parent.matter.parent.as_ref();
    }
    false
}

pub(super) fn control_problems(books: &Books) -> Tally {
    Tally::of(problems(books).filter(|case| case.is_settled() && is_under_episode(books, case)))
}

pub(super) fn curtailments(books: &Books) -> Tally {
    Tally::of(
        books
            .found(curtailment::LOOP)
            .filter(|case| case.walk().was_in(curtailment::IN_FORCE)),
    )
}

/// Problems found in the year that were not dropped as none.
pub(super) fn problems(books: &Books) -> impl Iterator<Item = &Case> {
    books.found(problem::LOOP).filter(|case| !case.is_dropped())
}

/// Whether it is a point of the Green Sword campaign (绿剑) that was checked on the spot.
pub(super) fn is_sword_point(case: &Case) -> bool {
    case.is_of_campaign() && case.walk().was_in(inspection::INSPECTED)
}

pub(super) fn tagged(books: &Books, source: &str) -> Tally {
    Tally::of(problems(books).filter(|case| case.field(problem::SOURCE) == source))
}

pub(super) fn petitions(books: &Books) -> impl Iterator<Item = &Case> {
    books.found(petition::LOOP).filter(|case| case.is_counted())
}

pub(super) fn petitions_before(books: &Books) -> Tally {
    let day = books.day(books.period.from).pred_opt();
    let Some(period) = day.and_then(|day| Rhythm::Year.on(day, &books.room)) else {
        return Tally::default();
    };
    let before = Books {
        period,
        ..books.clone()
    };
    let cases = ids(petitions(&before));
    // A ledger that begins later cannot tell.
    if cases.is_empty() {
        Tally::default()
    } else {
        Tally::count(cases)
    }
}

pub(super) fn noise(books: &Books) -> impl Iterator<Item = &Case> {
    petitions(books).filter(|case| case.field(petition::MEDIUM) == petition::NOISE)
}

pub(super) fn noise_repeats(books: &Books) -> Tally {
    Tally::of(noise(books).filter(|case| case.matter.repeats.is_some()))
}

pub(super) fn noise_share(books: &Books) -> Tally {
    let (part, all) = (noise_repeats(books), noise(books).count());
    Tally {
        value: part.value.filter(|_| all > 0).map(|n| n / all as f64 * 100.0),
        records: part.records,
    }
}

pub(super) fn points(books: &Books, kind: PointKind) -> Tally {
    let points = books
        .room
        .directory
        .points
        .iter()
        .filter(|point| point.kind == kind);
    Tally::count(points.map(|point| point.id.to_string()).collect())
}

pub(super) fn metered(books: &Books) -> Tally {
    let mut owners: BTreeSet<String> = BTreeSet::new();
    for point in books
        .room
        .directory
        .points
        .iter()
        .filter(|point| point.kind.is_meter())
    {
        if let Some(owner) = &point.owner {
            owners.insert(owner.to_string());
        }
    }
    Tally::count(owners.into_iter().collect())
}

pub(super) fn coded(books: &Books) -> Tally {
    let coded = books
        .room
        .directory
        .enterprises
        .iter()
        .filter(|e| !e.code.is_empty());
    Tally::count(coded.map(|e| e.id.to_string()).collect())
}

pub(super) fn positive_list(books: &Books) -> Tally {
    let listed = books
        .room
        .directory
        .enterprises
        .iter()
        .filter(|e| e.positive_list);
    Tally::count(listed.map(|e| e.id.to_string()).collect())
}
