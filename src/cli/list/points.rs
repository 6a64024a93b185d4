//! `lookout points`: the newest reading of every quantity at every point, by what is stored.

use crate::cli::list::List;
use crate::cli::list::exact;
use crate::domain::directory::Directory;
use crate::domain::id::TownshipId;
use crate::domain::reading::Flag;
use crate::domain::reading::Reading;
use crate::domain::time::Zone;
use crate::lang::Lang;
use crate::lang::cli::CliText;
use serde_json::Value;
use serde_json::json;

/// The fields of a row.
const FIELDS: &[&str] = &[
    "point", "name", "township", "quantity", "period", "value", "unit", "flag", "at", "source",
];

/// The list.
pub fn list(readings: &[Reading], directory: &Directory, zone: Zone, lang: Lang) -> List {
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
        rows: readings
            .iter()
            .map(|reading| row(reading, directory, zone))
            .collect(),
    }
}

fn row(reading: &Reading, directory: &Directory, zone: Zone) -> Vec<Value> {
    let point = directory.point(&reading.point);
    let township = point.and_then(|p| p.township.as_ref());
    vec![
        json!(reading.point.as_str()),
        json!(point.map(|p| p.name.as_str())),
        json!(township.map(TownshipId::as_str)),
        json!(reading.quantity.key()),
        json!(reading.period.key()),
        json!(reading.value.map(exact)),
        json!(reading.quantity.unit().symbol()),
        json!(flag(reading.flag)),
        json!(reading.at.rfc3339(zone)),
        json!(reading.source.as_str()),
    ]
}

fn flag(flag: Flag) -> &'static str {
    match flag {
        Flag::Valid => "valid",
        Flag::Modelled => "modelled",
        Flag::Maintenance => "maintenance",
        Flag::Invalid => "invalid",
        Flag::Suspect => "suspect",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::PointId;
    use crate::domain::id::SourceId;
    use crate::domain::quantity::QUANTITIES;
    use crate::domain::quantity::Value as Exact;
    use crate::domain::time::CHINA;
    use crate::domain::time::Moment;

    #[test]
    fn a_value_is_a_number_with_the_digits_it_was_measured_with() {
        for (quantity, ..) in QUANTITIES {
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
                let reading = Reading {
                    point: PointId::new("a"),
                    quantity: *quantity,
                    period: crate::domain::reading::Period::Hour,
                    at: Moment::from_ms(0),
                    value: Exact::parse(digits),
                    flag: Flag::Valid,
                    source: SourceId::new("s"),
                };
                let row = row(&reading, &Directory::default(), CHINA);
                let value = row.get(5).expect("a cell");
                assert!(value.is_number(), "{quantity:?} {value}");
                assert_eq!(value.to_string(), digits, "{quantity:?}");
            }
        }
    }
}
