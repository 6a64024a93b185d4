//! The header of an air table: which column is what. Shared by `aqi` and `stats`; it judges nothing.

use crate::domain::air::Pollutants;
use crate::domain::air::pollutant::Pollutant;
use crate::domain::quantity::Value;

/// A column that is understood. Concentrations in µg/m³, CO in mg/m³.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// The hour or day of the row.
    Time,
    /// Which station.
    Station,
    /// The value of the row's own period.
    Own(Pollutant),
    /// A mean of another length.
    Other(Other),
}

/// Means of another length than the row's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Other {
    /// O₃ over eight hours; in a table of days its daily maximum.
    O3EightHours,
    /// SO₂ over 24 hours.
    So2Day,
    /// CO over eight hours.
    CoEightHours,
    /// PM10 over 24 hours.
    Pm10Day,
    /// PM2.5 over 24 hours.
    Pm25Day,
    /// Highest hour of SO₂.
    So2Hour,
    /// Highest hour of NO₂.
    No2Hour,
}

/// How many [`Other`] there are.
pub const OTHERS: usize = 7;

/// One row a name of a column. Names are compared without case and blanks.
pub const COLUMNS: &[(&str, Column)] = &[
    ("time", Column::Time),
    ("station", Column::Station),
    ("so2", Column::Own(Pollutant::So2)),
    ("no2", Column::Own(Pollutant::No2)),
    ("co", Column::Own(Pollutant::Co)),
    ("o3", Column::Own(Pollutant::O3)),
    ("pm10", Column::Own(Pollutant::Pm10)),
    ("pm25", Column::Own(Pollutant::Pm25)),
    ("pm2.5", Column::Own(Pollutant::Pm25)),
    ("o3_8h", Column::Other(Other::O3EightHours)),
    ("so2_24h", Column::Other(Other::So2Day)),
    ("co_8h", Column::Other(Other::CoEightHours)),
    ("pm10_24h", Column::Other(Other::Pm10Day)),
    ("pm25_24h", Column::Other(Other::Pm25Day)),
    ("so2_1h", Column::Other(Other::So2Hour)),
    ("no2_1h", Column::Other(Other::No2Hour)),
];

/// What a name of a column means; `None`: passed through.
pub fn column(name: &str) -> Option<Column> {
    let name = name.trim_start_matches('\u{feff}').trim();
    COLUMNS
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
        .map(|row| row.1)
}

impl Other {
    /// The pollutant it is a mean of.
    pub const fn pollutant(self) -> Pollutant {
        match self {
            Self::O3EightHours => Pollutant::O3,
            Self::So2Day | Self::So2Hour => Pollutant::So2,
            Self::CoEightHours => Pollutant::Co,
            Self::Pm10Day => Pollutant::Pm10,
            Self::Pm25Day => Pollutant::Pm25,
            Self::No2Hour => Pollutant::No2,
        }
    }
}

/// The concentrations of one row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cells {
    /// Of the row's own period, in the order of [`Pollutant::ALL`].
    pub own: [Option<Value>; 6],
    /// Means of another length, by [`Other`].
    other: [Option<Value>; OTHERS],
    /// Marked `/`: not monitored by plan.
    pub exempt: Pollutants,
}

/// What is wrong with a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellFault {
    /// Not a decimal number.
    NoNumber,
    /// Below zero.
    Negative,
    /// Far beyond what is measured; often a unit mistaken.
    Absurd,
}

impl Cells {
    /// A mean of another length.
    pub fn other(&self, which: Other) -> Option<Value> {
        self.other.get(which as usize).copied().flatten()
    }

    /// Puts a cell's text where it belongs. Empty, `NA` and `—` are missing, `/` is not monitored.
    /// # Errors
    /// What is wrong; the cell is then missing.
    pub fn put(&mut self, column: Column, text: &str) -> Result<(), CellFault> {
        let text = text.trim();
        let (p, cell) = match column {
            Column::Time | Column::Station => return Ok(()),
            Column::Own(p) => (p, self.own.get_mut(p.index())),
            Column::Other(which) => (which.pollutant(), self.other.get_mut(which as usize)),
        };
        if matches!(text, "" | "NA" | "—" | "na") {
            return Ok(());
        }
        if text == "/" {
            self.exempt = self.exempt.with(p);
            return Ok(());
        }
        let value = Value::parse(text).ok_or(CellFault::NoNumber)?;
        if value.micro() < 0 {
            return Err(CellFault::Negative);
        }
        if !p.plausible(value) {
            return Err(CellFault::Absurd);
        }
        if let Some(cell) = cell {
            *cell = Some(value);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_without_case_and_byte_order_mark() {
        assert_eq!(column("\u{feff}Time"), Some(Column::Time));
        assert_eq!(column(" PM2.5 "), Some(Column::Own(Pollutant::Pm25)));
        assert_eq!(column("pm25"), column("PM25"));
        assert_eq!(column("remark"), None);
    }

    #[test]
    fn a_cell_is_a_number_or_missing_or_a_fault_and_never_a_silent_zero() {
        let mut cells = Cells::default();
        let o3 = Column::Own(Pollutant::O3);
        for missing in ["", " ", "NA", "—"] {
            assert_eq!(cells.put(o3, missing), Ok(()));
            assert_eq!(cells.own[3], None);
        }
        assert_eq!(cells.put(o3, "x"), Err(CellFault::NoNumber));
        assert_eq!(cells.put(o3, "-3"), Err(CellFault::Negative));
        assert_eq!(
            cells.put(Column::Own(Pollutant::Co), "900"),
            Err(CellFault::Absurd)
        );
        assert_eq!(cells.put(o3, " 12.5 "), Ok(()));
        assert_eq!(cells.own[3], Value::parse("12.5"));
        assert_eq!(cells.put(Column::Other(Other::O3EightHours), "7"), Ok(()));
        assert_eq!(cells.other(Other::O3EightHours), Some(Value::whole(7)));
        assert_eq!(cells.put(Column::Own(Pollutant::Co), "/"), Ok(()));
        assert!(cells.exempt.contains(Pollutant::Co));
    }
}
