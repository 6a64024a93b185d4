//! A point that an upstream describes, as the store keeps it for other processes.

use crate::domain::directory::{Point, PointKind};
use crate::domain::id::{EnterpriseId, PointId, TownshipId};
use crate::domain::place::Place;
use crate::domain::quantity::{Quantity, Value};
use crate::domain::text::Clean;
use crate::domain::water::Class;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A point's row. Values are millionths of the canonical unit.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct PointRow {
    id: String,
    name: String,
    kind: String,
    place: Option<(f64, f64)>,
    township: Option<String>,
    background: bool,
    owner: Option<String>,
    pair: Option<String>,
    limits: Vec<(String, i64)>,
    /// `2026-11-01`.
    limits_since: Option<String>,
    ranges: Vec<(String, i64)>,
    class: Option<String>,
    drinking: bool,
    upstream: Vec<String>,
    heading: Option<f64>,
    reach_m: Option<f64>,
    radius_m: Option<f64>,
}

fn rows(values: &[(Quantity, Value)]) -> Vec<(String, i64)> {
    let row = |(quantity, value): &(Quantity, Value)| (quantity.key().to_owned(), value.micro());
    values.iter().map(row).collect()
}

fn values(rows: Vec<(String, i64)>) -> Vec<(Quantity, Value)> {
    let value = |(key, micro): (String, i64)| Some((Quantity::by_key(&key)?, Value::from_micro(micro)));
    rows.into_iter().filter_map(value).collect()
}

impl PointRow {
    /// Names every field of a point, so that a new one cannot be forgotten.
    pub(super) fn of(point: &Point) -> Self {
        let Point {
            id,
            name,
            kind,
            place,
            township,
            background,
            owner,
            pair,
            limits,
            limits_since,
            ranges,
            class,
            drinking,
            upstream,
            heading,
            reach_m,
            radius_m,
        } = point;
        Self {
            id: id.to_string(),
            name: name.to_string(),
            kind: kind.key().to_owned(),
            place: place.map(|place| (place.lat(), place.lon())),
            township: township.as_ref().map(TownshipId::to_string),
            background: *background,
            owner: owner.as_ref().map(EnterpriseId::to_string),
            pair: pair.as_ref().map(PointId::to_string),
            limits: rows(limits),
            limits_since: limits_since.map(|day| day.to_string()),
            ranges: rows(ranges),
            class: class.map(|class| class.key().to_owned()),
            drinking: *drinking,
            upstream: upstream.iter().map(PointId::to_string).collect(),
            heading: *heading,
            reach_m: *reach_m,
            radius_m: *radius_m,
        }
    }

    /// The point; `None` where its kind is that of a newer program.
    pub(super) fn back(self) -> Option<Point> {
        let point = |id: String| PointId::new(&id);
        Some(Point {
            id: PointId::new(&self.id),
            name: Clean::new(&self.name),
            kind: PointKind::by_key(&self.kind)?,
            place: self.place.and_then(|(lat, lon)| Place::new(lat, lon)),
            township: self.township.map(|id| TownshipId::new(&id)),
            background: self.background,
            owner: self.owner.map(|id| EnterpriseId::new(&id)),
            pair: self.pair.map(point),
            limits: values(self.limits),
            limits_since: self.limits_since.and_then(|day| day.parse::<NaiveDate>().ok()),
            ranges: values(self.ranges),
            class: self.class.and_then(|key| Class::by_key(&key)),
            drinking: self.drinking,
            upstream: self.upstream.into_iter().map(point).collect(),
            heading: self.heading,
            reach_m: self.reach_m,
            radius_m: self.radius_m,
        })
    }
}
