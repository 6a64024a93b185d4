//! The limits of GB 3095 (环境空气质量标准), grade II, for the six pollutants: editions by date, averaging times. Grade I holds
//! in class I areas, reserves and parks of nature (GB 3095-2026, 4.1), where no duty room of a county is judged.

use crate::domain::air::pollutant::Pollutant;
use crate::domain::quantity::Value;
use chrono::NaiveDate;

/// An edition of the limits; chosen by the observation's local date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Limits {
    /// GB 3095-2012, until 2026-02-28.
    Gb2012,
    /// GB 3095-2026, table 1, transition (过渡阶段): 2026-03-01 to 2030-12-31.
    Transition,
    /// GB 3095-2026, table 1, final: from 2031-01-01.
    Final,
}

/// An averaging time that has a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Average {
    /// A calendar year.
    Year,
    /// A natural day.
    Day,
    /// The daily maximum 8-hour mean.
    MaxEightHours,
    /// An hour.
    Hour,
}

/// Pollutant, averaging time, and the limits of 2012, of the transition and of the final stage, in whole units (µg/m³, CO
/// mg/m³).
type Row = (Pollutant, Average, i64, i64, i64);

/// GB 3095-2026, table 1 (p. 3), with GB 3095-2012, table 1, beside it.
const ROWS: &[Row] = &[
    (Pollutant::So2, Average::Year, 60, 60, 20),
    (Pollutant::So2, Average::Day, 150, 150, 50),
    (Pollutant::So2, Average::Hour, 500, 500, 150),
    (Pollutant::No2, Average::Year, 40, 40, 30),
    (Pollutant::No2, Average::Day, 80, 80, 50),
    (Pollutant::No2, Average::Hour, 200, 200, 200),
    (Pollutant::Co, Average::Day, 4, 4, 4),
    (Pollutant::Co, Average::Hour, 10, 10, 10),
    (Pollutant::O3, Average::MaxEightHours, 160, 160, 160),
    (Pollutant::O3, Average::Hour, 200, 200, 200),
    (Pollutant::Pm10, Average::Year, 70, 60, 50),
    (Pollutant::Pm10, Average::Day, 150, 120, 100),
    (Pollutant::Pm25, Average::Year, 35, 30, 25),
    (Pollutant::Pm25, Average::Day, 75, 60, 50),
];

impl Limits {
    /// The edition in force on an observation's local date (GB 3095-2026, 4.4).
    pub fn on(date: NaiveDate) -> Self {
        const TRANSITION: Option<NaiveDate> = NaiveDate::from_ymd_opt(2026, 3, 1);
        const FINAL: Option<NaiveDate> = NaiveDate::from_ymd_opt(2031, 1, 1);
        if FINAL.is_some_and(|from| date >= from) {
            Self::Final
        } else if TRANSITION.is_some_and(|from| date >= from) {
            Self::Transition
        } else {
            Self::Gb2012
        }
    }

    /// The limit in µg/m³ (CO mg/m³); `None` where the table has none for this averaging time.
    pub fn limit(self, p: Pollutant, average: Average) -> Option<Value> {
        let row = ROWS.iter().find(|row| row.0 == p && row.1 == average)?;
        Some(Value::whole(match self {
            Self::Gb2012 => row.2,
            Self::Transition => row.3,
            Self::Final => row.4,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::air::breakpoints::{TABLE_2012, TABLE_2026};

    #[test]
    fn the_edition_follows_the_date() {
        let on = |y, m, d| Limits::on(NaiveDate::from_ymd_opt(y, m, d).expect("a date"));
        assert_eq!(on(2026, 2, 28), Limits::Gb2012);
        assert_eq!(on(2026, 3, 1), Limits::Transition);
        assert_eq!(on(2030, 12, 31), Limits::Transition);
        assert_eq!(on(2031, 1, 1), Limits::Final);
    }

    #[test]
    fn the_daily_limits_are_the_breakpoints_of_50_and_100() {
        for (limits, table) in [(Limits::Gb2012, TABLE_2012), (Limits::Transition, TABLE_2026)] {
            for (p, column, average) in [
                (Pollutant::So2, table.so2_24h, Average::Day),
                (Pollutant::Co, table.co_24h, Average::Day),
                (Pollutant::O3, table.o3_8h, Average::MaxEightHours),
                (Pollutant::Pm10, table.pm10_24h, Average::Day),
                (Pollutant::Pm25, table.pm25_24h, Average::Day),
            ] {
                let limit = limits.limit(p, average);
                let at_100 = column.points.get(2).copied();
                assert_eq!(limit, at_100.map(Value::whole), "{limits:?} {p:?}");
            }
        }
    }

    #[test]
    fn later_editions_are_never_laxer() {
        for &(p, average, ..) in ROWS {
            let of = |limits: Limits| limits.limit(p, average);
            assert!(of(Limits::Gb2012) >= of(Limits::Transition), "{p:?} {average:?}");
            assert!(of(Limits::Transition) >= of(Limits::Final), "{p:?} {average:?}");
        }
        assert_eq!(Limits::Final.limit(Pollutant::Co, Average::Year), None);
    }
}
