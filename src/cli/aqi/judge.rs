//! One row in, one index out: which standard, which means.

use super::windows::Windows;
use super::{Args, Period, Realtime};
use crate::cli::columns::{Cells, Other};
use crate::cli::pipe::Unjudged;
use crate::cli::stamp::Stamp;
use crate::domain::air;
use crate::domain::air::hj633::hourly_by_text;
use crate::domain::air::natural_day::{Label, place};
use crate::domain::air::past::Past;
use crate::domain::air::{AirIndex, Day, Hour, Norm, Peaks, Pollutant, Sliding, Standard};
use crate::domain::quantity::Value;
use crate::lang::Lang;
use chrono::NaiveDate;

/// Judges rows by the options of one run.
#[derive(Debug)]
pub struct Judge {
    norm: Norm,
    period: Period,
    realtime: Realtime,
    /// The language of the classes.
    pub lang: Lang,
    windows: Windows,
}

impl Judge {
    /// By the options of a run.
    pub fn new(args: &Args, lang: Lang) -> Self {
        Self {
            norm: args.standard,
            period: args.period,
            realtime: args.realtime,
            lang,
            windows: Windows::default(),
        }
    }

    /// Whether rows need a time.
    pub fn needs_time(&self) -> bool {
        self.norm == Norm::Hj633
    }

    /// The index of a row.
    /// # Errors
    /// [`Unjudged`] where the row's time does not allow one.
    pub fn row(&mut self, stamp: Option<Stamp>, station: &str, cells: &Cells) -> Result<AirIndex, Unjudged> {
        let standard = match self.norm {
            Norm::Only(standard) => standard,
            Norm::Hj633 => self.norm.on(self.date(stamp.ok_or(Unjudged::NoDate)?)),
        };
        match self.period {
            Period::Day => Ok(air::daily(standard, &day(cells))),
            Period::Hour => self.hour(standard, stamp, station, cells),
        }
    }

    /// The natural day that a row is about: that of its hour, which its label ends.
    fn date(&self, stamp: Stamp) -> NaiveDate {
        let of_hour = |hour| place(stamp.date, hour, Label::End);
        match (self.period, stamp.hour.and_then(of_hour)) {
            (Period::Hour, Some((date, _))) => date,
            (Period::Hour | Period::Day, _) => stamp.date,
        }
    }

    fn hour(
        &mut self,
        standard: Standard,
        stamp: Option<Stamp>,
        station: &str,
        cells: &Cells,
    ) -> Result<AirIndex, Unjudged> {
        let as_written = standard == Standard::Hj633_2012 && self.realtime == Realtime::Text;
        let mut hour = Hour {
            values: cells.own,
            sliding: Sliding {
                so2_24h: cells.other(Other::So2Day),
                co_8h: cells.other(Other::CoEightHours),
                o3_8h: cells.other(Other::O3EightHours),
                pm10_24h: cells.other(Other::Pm10Day),
                pm25_24h: cells.other(Other::Pm25Day),
            },
            exempt: cells.exempt,
        };
        if as_written || standard == Standard::Epa2024 {
            self.slide(standard, stamp, station, &mut hour)?;
        }
        if as_written {
            return Ok(hourly_by_text(&hour));
        }
        Ok(air::hourly(standard, &hour))
    }

    /// Completes the sliding means from the station's rows before; a column that gives one goes first.
    fn slide(
        &mut self,
        standard: Standard,
        stamp: Option<Stamp>,
        station: &str,
        hour: &mut Hour,
    ) -> Result<(), Unjudged> {
        let at = stamp.filter(|s| s.hour.is_some()).ok_or(Unjudged::NoHour)?;
        let window = self
            .windows
            .add(station, at.hours(), &hour.values)
            .map_err(|_| Unjudged::OutOfOrder)?;
        let (given, own) = (hour.sliding, window.sliding());
        hour.sliding = Sliding {
            so2_24h: given.so2_24h.or(own.so2_24h),
            co_8h: given.co_8h.or(own.co_8h),
            o3_8h: given.o3_8h.or(own.o3_8h),
            pm10_24h: given.pm10_24h.or(own.pm10_24h),
            pm25_24h: given.pm25_24h.or(own.pm25_24h),
        };
        if standard == Standard::Epa2024 {
            for p in [Pollutant::Pm10, Pollutant::Pm25] {
                if let Some(cell) = hour.values.get_mut(p.index()) {
                    *cell = window.nowcast(p);
                }
            }
        }
        Ok(())
    }
}

/// A row of daily values: the O₃ cell is `o3_8h`, and `o3` its highest hour.
pub fn day(cells: &Cells) -> Day {
    let [so2, no2, co, o3_1h, pm10, pm25]: [Option<Value>; 6] = cells.own;
    Day {
        values: [so2, no2, co, cells.other(Other::O3EightHours), pm10, pm25],
        peaks: Peaks {
            so2_1h: cells.other(Other::So2Hour),
            no2_1h: cells.other(Other::No2Hour),
            co_8h: cells.other(Other::CoEightHours),
            o3_1h,
        },
        exempt: cells.exempt,
    }
}
