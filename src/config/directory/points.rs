//! Points: their rows checked.

use crate::bench::check::Check;
use crate::bench::fault::FaultKind;
use crate::config::directory::Known;
use crate::config::directory::raw::{Figures, RawPoint};
use crate::config::directory::rows::{RowAt, fault, place, value, within};
use crate::domain::directory::{POINT_KINDS, Point, PointKind};
use crate::domain::id::{EnterpriseId, PointId, TownshipId};
use crate::domain::quantity::{QUANTITIES, Quantity, Value};
use crate::domain::text::Clean;
use crate::domain::water::Class;
use chrono::NaiveDate;

/// The longest distance in metres that a point may see or reach: across any county.
const FAR_M: f64 = 100_000.0;

pub(super) fn point(
    check: &mut Check<'_>,
    (at, row): &(RowAt, RawPoint),
    known: &Known<'_>,
) -> Option<Point> {
    let township = known.towns.find(check, at, "township", row.township.as_deref());
    let owner = known.firms.find(check, at, "owner", row.owner.as_deref());
    let pair = known.points.find(check, at, "pair", row.pair.as_deref());
    let upstream = row.upstream.0.iter();
    let upstream: Vec<PointId> = upstream
        .filter_map(|id| known.points.find(check, at, "upstream", Some(id)))
        .map(PointId::new)
        .collect();
    let kind = kind(check, at, &row.kind);
    let point = Point {
        place: place(check, at, (row.lat, row.lon), known.datum),
        township: township.map(TownshipId::new),
        background: row.background.unwrap_or(false),
        owner: owner.map(EnterpriseId::new),
        pair: pair.map(PointId::new),
        limits: figures(check, at, ("limit", &row.limit), kind),
        limits_since: day(check, at, "limit_since", row.limit_since.as_deref()),
        ranges: figures(check, at, ("range", &row.range), kind),
        class: class(check, at, row.class.as_deref()),
        drinking: row.drinking.unwrap_or(false),
        upstream,
        heading: within(check, at, "heading", row.heading, (0.0, 360.0)),
        reach_m: within(check, at, "reach_m", row.reach_m, (0.0, FAR_M)),
        radius_m: within(check, at, "radius_m", row.radius_m, (0.0, FAR_M)),
        ..Point::new(
            PointId::new(&row.id),
            Clean::new(&row.name),
            kind.unwrap_or(PointKind::Other),
        )
    };
    kind.map(|_| point)
}

/// One value a quantity. Which quantity a bare number is of, only a power meter leaves no doubt.
fn figures(
    check: &mut Check<'_>,
    at: &RowAt,
    (key, given): (&str, &Figures),
    kind: Option<PointKind>,
) -> Vec<(Quantity, Value)> {
    let mut found: Vec<(Quantity, Value)> = Vec::new();
    for text in &given.0 {
        let own = kind.filter(|kind| kind.is_meter()).map(|_| Quantity::Power.key());
        let (name, number) = match text.split_once('=') {
            Some((name, number)) => (Some(name.trim()), number.trim()),
            None => (own, text.as_str()),
        };
        let (Some(name), Ok(number)) = (name, number.parse()) else {
            let example = "stack_nox=150".to_owned();
            fault(check, at, key, FaultKind::Expression(text.clone(), example));
            continue;
        };
        let Some(quantity) = Quantity::by_key(name) else {
            let known = QUANTITIES.iter().map(|row| row.1.to_owned()).collect();
            fault(check, at, key, FaultKind::Unknown(name.to_owned(), known));
            continue;
        };
        if found.iter().any(|row| row.0 == quantity) {
            fault(check, at, key, FaultKind::Clash(text.clone()));
        }
        found.extend(value(check, at, key, Some(number)).map(|value| (quantity, value)));
    }
    found
}

fn day(check: &mut Check<'_>, at: &RowAt, key: &str, text: Option<&str>) -> Option<NaiveDate> {
    let text = text?;
    let day = text.parse().ok();
    if day.is_none() {
        let example = "2026-03-01".to_owned();
        fault(check, at, key, FaultKind::Expression(text.to_owned(), example));
    }
    day
}

fn kind(check: &mut Check<'_>, at: &RowAt, key: &str) -> Option<PointKind> {
    let kind = PointKind::by_key(key);
    if kind.is_none() {
        let known = POINT_KINDS.iter().map(|row| row.1.to_owned()).collect();
        fault(check, at, "kind", FaultKind::Unknown(key.to_owned(), known));
    }
    kind
}

fn class(check: &mut Check<'_>, at: &RowAt, key: Option<&str>) -> Option<Class> {
    let key = key?;
    let class = Class::by_key(key);
    if class.is_none() {
        let known = Class::ALL.iter().map(|class| class.key().to_owned()).collect();
        fault(check, at, "class", FaultKind::Unknown(key.to_owned(), known));
    }
    class
}
