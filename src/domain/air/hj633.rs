//! 环境空气质量指数(AQI)技术规定 HJ 633, editions 2012 and 2026: which mean meets which column, and what is published.
//! The numbers are in [`breakpoints`](super::breakpoints).

use crate::domain::air::breakpoints::{Column, TABLE_2012, TABLE_2026, Table};
use crate::domain::air::index::{AirIndex, Day, Hour, Rules};
use crate::domain::air::level::Level;
use crate::domain::air::pollutant::Pollutant;
use crate::domain::air::standard::Standard;
use crate::domain::air::tally::{Publication, Tally};
use crate::domain::quantity::Value;

/// One edition of HJ 633.
#[derive(Debug)]
pub struct Hj633 {
    table: &'static Table,
    publication: Publication,
    /// Up to which index a day that lacks a pollutant has no level.
    day_unjudged_to: Option<u16>,
    /// Whether the daily report has the highest hour of O₃ (2012, 5.1.2) or the 8-hour mean alone (2026, 4.2.2).
    ozone_hour_in_day: bool,
}

/// HJ 633-2012. The concentration is rounded first, as by the 2026 text; its own is silent.
///
/// Its text publishes the index of a day that lacks a pollutant (table 3, note: `NA` in that cell alone), and says nothing of
/// whether such a day is good. It is none here: counts of good days took days with all six, or above 100, and the 2026 text
/// (5.3.1) made that a rule.
pub static HJ633_2012: Hj633 = Hj633 {
    table: &TABLE_2012,
    publication: Publication {
        standard: Standard::Hj633_2012,
        level: Level::of,
        primary_above: 50,
        lowest: 0,
        incomplete_above: None,
        unjudged_to: None,
    },
    day_unjudged_to: Some(100),
    ozone_hour_in_day: true,
};

/// HJ 633-2026.
pub static HJ633_2026: Hj633 = Hj633 {
    table: &TABLE_2026,
    publication: Publication {
        standard: Standard::Hj633_2026,
        level: Level::of,
        primary_above: 50,
        lowest: 1,
        incomplete_above: Some(100),
        unjudged_to: None,
    },
    day_unjudged_to: None,
    ozone_hour_in_day: false,
};

impl Rules for Hj633 {
    /// Six one-hour means, the particles on the 24-hour columns: HJ 633-2026, 4.2.3 and 4.2.4, and what the national
    /// platform published by the 2012 edition.
    fn hourly(&self, hour: &Hour) -> AirIndex {
        let mut tally = self.gases(hour);
        let [.., pm10, pm25] = hour.values;
        tally.take(Pollutant::Pm10, pm10, |c| self.table.pm10_24h.index(c));
        tally.take(Pollutant::Pm25, pm25, |c| self.table.pm25_24h.index(c));
        tally.conclude(self.publication)
    }

    /// Daily means, O₃ as daily maximum 8-hour mean, in the 2012 edition also its highest hour.
    fn daily(&self, day: &Day) -> AirIndex {
        let t = self.table;
        let [so2, no2, co, o3, pm10, pm25] = day.values;
        let peak = if self.ozone_hour_in_day {
            day.peaks.o3_1h
        } else {
            None
        };
        let mut tally = Tally::new(day.exempt);
        tally.take(Pollutant::So2, so2, |c| t.so2_24h.index(c));
        tally.take(Pollutant::No2, no2, |c| t.no2_24h.index(c));
        tally.take(Pollutant::Co, co, |c| t.co_24h.index(c));
        let by_hour = index_of(&t.o3_1h, Pollutant::O3, peak);
        tally.take_or(Pollutant::O3, o3, |c| t.o3_8h.index(c), by_hour);
        tally.take(Pollutant::O3, peak, |c| t.o3_1h.index(c));
        tally.take(Pollutant::Pm10, pm10, |c| t.pm10_24h.index(c));
        tally.take(Pollutant::Pm25, pm25, |c| t.pm25_24h.index(c));
        tally.conclude(Publication {
            unjudged_to: self.day_unjudged_to,
            ..self.publication
        })
    }
}

impl Hj633 {
    /// SO₂, NO₂, CO and O₃ by their hour.
    fn gases(&self, hour: &Hour) -> Tally {
        let t = self.table;
        let [so2, no2, co, o3, ..] = hour.values;
        let mut tally = Tally::new(hour.exempt);
        let by_day = index_of(&t.so2_24h, Pollutant::So2, hour.sliding.so2_24h);
        tally.take_or(Pollutant::So2, so2, |c| t.so2_1h.index(c), by_day);
        tally.take(Pollutant::No2, no2, |c| t.no2_1h.index(c));
        tally.take(Pollutant::Co, co, |c| t.co_1h.index(c));
        tally.take(Pollutant::O3, o3, |c| t.o3_1h.index(c));
        tally
    }
}

/// The hour by HJ 633-2012 as it is written (5.1.3): O₃ also by its sliding 8 hours, particles by sliding 24 hours.
pub fn hourly_by_text(hour: &Hour) -> AirIndex {
    let t = HJ633_2012.table;
    let mut tally = HJ633_2012.gases(hour);
    let [_, _, _, o3, ..] = hour.values;
    let by_hour = index_of(&t.o3_1h, Pollutant::O3, o3);
    tally.take_or(Pollutant::O3, hour.sliding.o3_8h, |c| t.o3_8h.index(c), by_hour);
    tally.take(Pollutant::Pm10, hour.sliding.pm10_24h, |c| t.pm10_24h.index(c));
    tally.take(Pollutant::Pm25, hour.sliding.pm25_24h, |c| t.pm25_24h.index(c));
    tally.conclude(HJ633_2012.publication)
}

/// The sub-index of a mean by `column`; `None` where it is missing, implausible or beyond the column.
fn index_of(column: &Column, p: Pollutant, mean: Option<Value>) -> Option<u16> {
    mean.filter(|&value| p.plausible(value))
        .and_then(|value| column.index(value).ok())
}

#[cfg(test)]
mod tests;
