//! `lookout points`: the newest reading of every quantity at every point, by what is stored.

use crate::cli::list::List;
use crate::cli::list::Told;
use crate::cli::list::exact;
use crate::domain::id::TownshipId;
use crate::domain::reading::Reading;
use crate::lang::cli::CliText;
use serde_json::Value;
use serde_json::json;

/// The fields of a row.
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
    "source",
];

/// The list.
pub(super) fn list(told: Told<'_>, readings: &[Reading]) -> List {
    let lang = told.lang;
    let column = |field, text: CliText| (field, text.text(lang));
    List {
        fields: FIELDS,
        columns: vec![
            column("point", CliText::ColumnPoint),
            column("name", CliText::ColumnName),
            column("quantity", CliText::ColumnQuantity),
            column("period", CliText::ColumnPeriod),
            column("value", CliText::ColumnValue),
            column("unit", CliText::ColumnMeasure),
            column("flag", CliText::ColumnFlag),
            column("at", CliText::ColumnAt),
        ],
        rows: readings.iter().map(|reading| row(reading, told)).collect(),
    }
}

fn row(reading: &Reading, told: Told<'_>) -> Vec<Value> {
    let point = told.board.points.get(&reading.point);
    let township = point.and_then(|p| p.township.as_ref());
    vec![
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
        json!(reading.source.as_str()),
    ]
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
