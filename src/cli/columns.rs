//! The header of an air table: which column is what. Shared by `aqi` and `stats`; it judges nothing.

use crate::domain::air::Pollutants;
use crate::domain::air::pollutant::Pollutant;
use crate::domain::quantity::{MeasureUnit, Value};

/// A column that is understood.
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

/// One row a column with the names it may have: compared without case, blanks and what stands in brackets, with plain
/// digits for ₀ to ₉.
pub const COLUMNS: &[(Column, &[&str])] = &[
    (
        Column::Time,
        &[
            "time",
            "datetime",
            "date",
            "时间",
            "日期",
            "时刻",
            "监测时间",
            "监测日期",
            "数据时间",
        ],
    ),
    (
        Column::Station,
        &[
            "station",
            "站点",
            "站点名称",
            "站名",
            "站点编码",
            "点位",
            "点位名称",
            "监测点",
            "测点",
        ],
    ),
    (Column::Own(Pollutant::So2), &["so2", "二氧化硫"]),
    (Column::Own(Pollutant::No2), &["no2", "二氧化氮"]),
    (Column::Own(Pollutant::Co), &["co", "一氧化碳"]),
    (Column::Own(Pollutant::O3), &["o3", "臭氧"]),
    (Column::Own(Pollutant::Pm10), &["pm10", "可吸入颗粒物"]),
    (Column::Own(Pollutant::Pm25), &["pm25", "pm2.5", "细颗粒物"]),
    (
        Column::Other(Other::O3EightHours),
        &["o3_8h", "o3-8h", "o38h", "臭氧8小时", "o3_mda8", "mda8"],
    ),
    (Column::Other(Other::So2Day), &["so2_24h"]),
    (Column::Other(Other::CoEightHours), &["co_8h"]),
    (Column::Other(Other::Pm10Day), &["pm10_24h"]),
    (Column::Other(Other::Pm25Day), &["pm25_24h", "pm2.5_24h"]),
    (Column::Other(Other::So2Hour), &["so2_1h"]),
    (Column::Other(Other::No2Hour), &["no2_1h"]),
];

/// A column of a heading with the unit it is given in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heading {
    /// What the column is.
    pub column: Column,
    /// The unit that the heading names; the canonical one where it names none.
    pub unit: Option<MeasureUnit>,
}

/// What a heading does not let understand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeadingFault {
    /// No column that is known here; it is passed through, and said.
    Unknown,
    /// A known pollutant in a unit that is none, or none of it.
    Unit,
}

/// What a heading means: `pm25`, `PM2.5(µg/m³)`, `CO（mg/m3）`, `时间`.
///
/// # Errors
/// What about it is not understood.
pub fn heading(text: &str) -> Result<Heading, HeadingFault> {
    let (name, unit) = parts(text);
    let known = COLUMNS.iter().find(|row| row.1.contains(&name.as_str()));
    let (column, _) = *known.ok_or(HeadingFault::Unknown)?;
    let Some(pollutant) = column.pollutant() else {
        return Ok(Heading { column, unit: None });
    };
    let fits = |unit: MeasureUnit| {
        pollutant
            .quantity()
            .canonical(Value::whole(1), unit)
            .map(|_| unit)
    };
    let unit = match unit.as_deref() {
        None | Some("") => None,
        Some(unit) => Some(
            MeasureUnit::parse(unit)
                .and_then(fits)
                .ok_or(HeadingFault::Unit)?,
        ),
    };
    Ok(Heading { column, unit })
}

/// Name and bracketed rest of a heading, in plain characters.
fn parts(text: &str) -> (String, Option<String>) {
    let plain: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '\u{feff}')
        .map(|c| match c {
            '（' | '[' | '【' => '(',
            '）' | ']' | '】' => ')',
            '₀'..='₉' => char::from(b'0' + (c as u32 - '₀' as u32) as u8),
            other => other.to_ascii_lowercase(),
        })
        .collect();
    match plain.split_once('(') {
        Some((name, rest)) => (name.to_owned(), Some(rest.trim_end_matches(')').to_owned())),
        None => (plain, None),
    }
}

impl Column {
    /// The pollutant it is a concentration of.
    pub const fn pollutant(self) -> Option<Pollutant> {
        match self {
            Self::Time | Self::Station => None,
            Self::Own(p) => Some(p),
            Self::Other(which) => Some(which.pollutant()),
        }
    }
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

    /// Puts a cell's text where it belongs, in the canonical unit. Empty, `NA` and `—` are missing, `/` is not monitored.
    /// # Errors
    /// What is wrong; the cell is then missing.
    pub fn put(&mut self, heading: Heading, text: &str) -> Result<(), CellFault> {
        let text = text.trim();
        let (p, cell) = match heading.column {
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
        let canonical = heading
            .unit
            .map_or(Some(value), |unit| p.quantity().canonical(value, unit));
        let value = canonical.filter(|v| p.plausible(*v)).ok_or(CellFault::Absurd)?;
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
    fn headings_are_known_as_people_and_platforms_write_them() {
        let (pm25, co, o3) = (Pollutant::Pm25, Pollutant::Co, Pollutant::O3);
        for (text, column, unit) in [
            ("\u{feff}Time", Column::Time, None),
            ("时间", Column::Time, None),
            ("站点名称", Column::Station, None),
            (" PM2.5 ", Column::Own(pm25), None),
            ("PM₂.₅", Column::Own(pm25), None),
            ("PM2.5(µg/m³)", Column::Own(pm25), Some(MeasureUnit::UgPerM3)),
            ("PM2.5 （ug/m3）", Column::Own(pm25), Some(MeasureUnit::UgPerM3)),
            ("PM25[μg/m³]", Column::Own(pm25), Some(MeasureUnit::UgPerM3)),
            (
                "细颗粒物(微克/立方米)",
                Column::Own(pm25),
                Some(MeasureUnit::UgPerM3),
            ),
            ("CO(mg/m3)", Column::Own(co), Some(MeasureUnit::MgPerM3)),
            ("CO(µg/m³)", Column::Own(co), Some(MeasureUnit::UgPerM3)),
            ("O3 (ppb)", Column::Own(o3), Some(MeasureUnit::Ppb)),
            (
                "O₃_8h(µg/m³)",
                Column::Other(Other::O3EightHours),
                Some(MeasureUnit::UgPerM3),
            ),
        ] {
            assert_eq!(heading(text), Ok(Heading { column, unit }), "{text}");
        }
        for text in ["remark", "备注", "PM2.5 AQI", "so", ""] {
            assert_eq!(heading(text), Err(HeadingFault::Unknown), "{text}");
        }
        for text in ["PM2.5(ppb)", "CO(spoons)", "O3(%)"] {
            assert_eq!(heading(text), Err(HeadingFault::Unit), "{text}");
        }
    }

    #[test]
    fn a_cell_is_brought_from_the_unit_of_its_heading() {
        let read = |text: &str, cell: &str| {
            let mut cells = Cells::default();
            cells.put(heading(text).expect("known"), cell).map(|()| cells)
        };
        let co = |cells: Cells| cells.own[2];
        assert_eq!(read("CO(µg/m³)", "900").map(co), Ok(Value::parse("0.9")));
        assert_eq!(read("CO(mg/m³)", "900").map(co), Err(CellFault::Absurd));
        assert_eq!(
            read("O3(ppb)", "50").map(|c| c.own[3].map(|v| v.round(0))),
            Ok(Some(Value::whole(98)))
        );
    }

    #[test]
    fn a_cell_is_a_number_or_missing_or_a_fault_and_never_a_silent_zero() {
        let mut cells = Cells::default();
        let of = |column| Heading { column, unit: None };
        let o3 = of(Column::Own(Pollutant::O3));
        for missing in ["", " ", "NA", "—"] {
            assert_eq!(cells.put(o3, missing), Ok(()));
            assert_eq!(cells.own[3], None);
        }
        assert_eq!(cells.put(o3, "x"), Err(CellFault::NoNumber));
        assert_eq!(cells.put(o3, "-3"), Err(CellFault::Negative));
        assert_eq!(
            cells.put(of(Column::Own(Pollutant::Co)), "900"),
            Err(CellFault::Absurd)
        );
        assert_eq!(cells.put(o3, " 12.5 "), Ok(()));
        assert_eq!(cells.own[3], Value::parse("12.5"));
        assert_eq!(cells.put(of(Column::Other(Other::O3EightHours)), "7"), Ok(()));
        assert_eq!(cells.other(Other::O3EightHours), Some(Value::whole(7)));
        assert_eq!(cells.put(of(Column::Own(Pollutant::Co)), "/"), Ok(()));
        assert!(cells.exempt.contains(Pollutant::Co));
    }
}
