//! `lookout points`: the newest reading of every quantity at every point, by what is stored, with its age and whether it
//! is of now; at a section also the class of its water, where all of its items are.

use crate::cli::list::{List, ListRow, Told, exact};
use crate::domain::directory::Point;
use crate::domain::id::{PointId, TownshipId};
use crate::domain::reading::Reading;
use crate::domain::section;
use crate::domain::section::Latest;
use crate::domain::water::Class;
use crate::lang::cli::CliText;
use crate::tui::view::RowId;
use serde_json::json;
use std::collections::BTreeMap;

/// The fields of a row. The age is whole seconds; `timeliness` is `current`, `stale` or `ahead`; `current` is whether the
/// row holds a usable value of now.
const FIELDS: &[&str] = &[
    "point",
    "name",
    "township",
    "township_name",
    "quantity",
    "period",
    "value",
    "unit",
    "flag",
    "at",
    "age_s",
    "current",
    "timeliness",
    "class",
    "source",
];

/// The fields of the screens' filters that a row has too.
const ASKS: &[&str] = &[
    "id", "title", "town", "severity", "state", "source", "kind", "by", "age",
];

/// The list.
pub(super) fn list(told: Told<'_>, readings: &[Reading]) -> List {
    let (lang, classes) = (told.lang, classes(told, readings));
    let column = |field, text: CliText| (field, text.text(lang));
    List {
        fields: FIELDS,
        asks: ASKS,
        columns: vec![
            column("point", CliText::ColumnPoint),
            column("name", CliText::ColumnName),
            column("quantity", CliText::ColumnQuantity),
            column("period", CliText::ColumnPeriod),
            column("value", CliText::ColumnValue),
            column("unit", CliText::ColumnMeasure),
            column("flag", CliText::ColumnFlag),
            column("at", CliText::ColumnAt),
            column("age_s", CliText::ColumnAge),
            column("timeliness", CliText::ColumnTimeliness),
            column("class", CliText::ColumnClass),
        ],
        rows: readings
            .iter()
            .map(|reading| row(reading, &classes, told))
            .collect(),
    }
}

/// The classes of sections and reservoirs now.
fn classes(told: Told<'_>, readings: &[Reading]) -> BTreeMap<PointId, Class> {
    let newest = readings.iter().cloned();
    let latest: Latest = newest
        .map(|of| ((of.point.clone(), of.quantity, of.period), of))
        .collect();
    let class = |point: &Point| section::judged(point, &latest, told.board.at)?.class();
    let points = told.board.points.values();
    points
        .filter_map(|point| Some((point.id.clone(), class(point)?)))
        .collect()
}

fn row(reading: &Reading, classes: &BTreeMap<PointId, Class>, told: Told<'_>) -> ListRow {
    let now = told.board.at;
    let age = told.board.reading_age(reading, now);
    let point = told.board.points.get(&reading.point);
    let township = point.and_then(|p| p.township.as_ref());
    let values = vec![
        json!(reading.point.as_str()),
        json!(told.point(Some(&reading.point))),
        json!(township.map(TownshipId::as_str)),
        json!(told.township(township)),
        json!(reading.quantity.key()),
        json!(reading.period.key()),
        json!(reading.value.map(exact)),
        json!(reading.quantity.unit().symbol()),
        json!(reading.flag.key()),
        json!(told.time(reading.at)),
        json!((now - reading.at).as_secs()),
        json!(age.is_current() && reading.usable().is_some()),
        json!(age.key()),
        json!(classes.get(&reading.point).map(|class| class.key())),
        json!(reading.source.as_str()),
    ];
    ListRow {
        of: RowId::Point(reading.point.clone()),
        since: Some(reading.at),
        values,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::quantity::Value as Exact;

    #[test]
    fn a_value_is_a_number_with_the_digits_it_was_measured_with() {
        for digits in [
            "0",
            "28",
            "28.5",
            "0.123456",
            "0.1",
            "-3.07",
            "15.000001",
            "123456789.123456",
        ] {
            let value = json!(Exact::parse(digits).map(exact));
            assert!(value.is_number(), "{value}");
            assert_eq!(value.to_string(), digits);
        }
    }
}
