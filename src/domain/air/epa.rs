//! The air quality index of the United States as revised in May 2024: EPA-454/B-24-002, table 6 (p. 14) and pp. 14–17.
//! Above the last row stands 500. The NowCast is not computed here.

use crate::domain::air::breakpoints::Beyond;
use crate::domain::air::index::AirIndex;
use crate::domain::air::index::Day;
use crate::domain::air::index::Hour;
use crate::domain::air::index::Rules;
use crate::domain::air::level::Level;
use crate::domain::air::pollutant::Pollutant;
use crate::domain::air::pollutant::Pollutants;
use crate::domain::air::standard::Standard;
use crate::domain::air::tally::Publication;
use crate::domain::air::tally::Tally;
use crate::domain::quantity::Unit;
use crate::domain::quantity::Value;

/// The US index.
///
/// An hour is judged by the one-hour SO₂ and NO₂, the 8-hour CO and O₃, the one-hour O₃ from 0.125 ppm on, and the
/// NowCast of the particles; a day by the highest of these means and the particles' 24 hours.
#[derive(Debug)]
pub struct Epa2024;

/// One row of the table: concentrations in units of the last decimal kept, and indices, both ends included.
type Band = (i64, i64, u16, u16);

/// One pollutant and averaging time.
#[derive(Debug)]
struct Scale {
    pollutant: Pollutant,
    unit: Unit,
    /// Decimals kept; the rest is cut off, not rounded.
    decimals: u32,
    bands: &'static [Band],
    /// What stands above the last band: 500, or another mean decides.
    above: Option<u16>,
}

const O3_8H: Scale = Scale {
    pollutant: Pollutant::O3,
    unit: Unit::Ppm,
    decimals: 3,
    bands: &[
        (0, 54, 0, 50),
        (55, 70, 51, 100),
        (71, 85, 101, 150),
        (86, 105, 151, 200),
        (106, 200, 201, 300),
    ],
    above: None,
};

/// Begins at 0.125 ppm; lower hours have no index.
const O3_1H: Scale = Scale {
    bands: &[
        (125, 164, 101, 150),
        (165, 204, 151, 200),
        (205, 404, 201, 300),
        (405, 604, 301, 500),
    ],
    above: Some(500),
    ..O3_8H
};

const PM25_24H: Scale = Scale {
    pollutant: Pollutant::Pm25,
    unit: Unit::UgPerM3,
    decimals: 1,
    bands: &[
        (0, 90, 0, 50),
        (91, 354, 51, 100),
        (355, 554, 101, 150),
        (555, 1254, 151, 200),
        (1255, 2254, 201, 300),
        (2255, 3254, 301, 500),
    ],
    above: Some(500),
};

const PM10_24H: Scale = Scale {
    pollutant: Pollutant::Pm10,
    unit: Unit::UgPerM3,
    decimals: 0,
    bands: &[
        (0, 54, 0, 50),
        (55, 154, 51, 100),
        (155, 254, 101, 150),
        (255, 354, 151, 200),
        (355, 424, 201, 300),
        (425, 604, 301, 500),
    ],
    above: Some(500),
};

const CO_8H: Scale = Scale {
    pollutant: Pollutant::Co,
    unit: Unit::Ppm,
    decimals: 1,
    bands: &[
        (0, 44, 0, 50),
        (45, 94, 51, 100),
        (95, 124, 101, 150),
        (125, 154, 151, 200),
        (155, 304, 201, 300),
        (305, 504, 301, 500),
    ],
    above: Some(500),
};

const SO2_1H: Scale = Scale {
    pollutant: Pollutant::So2,
    unit: Unit::Ppb,
    decimals: 0,
    bands: &[
        (0, 35, 0, 50),
        (36, 75, 51, 100),
        (76, 185, 101, 150),
        (186, 304, 151, 200),
    ],
    above: None,
};

/// Begins at 305 ppb; lower days are judged by their highest hour.
const SO2_24H: Scale = Scale {
    bands: &[(305, 604, 201, 300), (605, 1004, 301, 500)],
    above: Some(500),
    ..SO2_1H
};

const NO2_1H: Scale = Scale {
    pollutant: Pollutant::No2,
    unit: Unit::Ppb,
    decimals: 0,
    bands: &[
        (0, 53, 0, 50),
        (54, 100, 51, 100),
        (101, 360, 101, 150),
        (361, 649, 151, 200),
        (650, 1249, 201, 300),
        (1250, 2049, 301, 500),
    ],
    above: Some(500),
};

const PUBLICATION: Publication = Publication {
    standard: Standard::Epa2024,
    level: Level::of,
    primary_above: 0,
    lowest: 0,
    incomplete_above: None,
};

impl Scale {
    /// The index of a canonical concentration (µg/m³, CO mg/m³); `None` where the scale has none for it.
    fn index(&self, mean: Option<Value>) -> Option<Result<u16, Beyond>> {
        let value = mean.filter(|&v| self.pollutant.plausible(v))?;
        let given = self.pollutant.quantity().express(value, self.unit)?.micro();
        let kept = given.div_euclid(10_i64.pow(6 - self.decimals));
        let mut last = 0;
        for &(low, high, from, to) in self.bands {
            if kept <= high {
                return (kept >= low).then(|| Ok(from + nearest(to - from, kept - low, high - low)));
            }
            last = to;
        }
        Some(self.above.ok_or(Beyond(last)))
    }
}

/// `steps · part / whole` to the nearest integer, halves up.
const fn nearest(steps: u16, part: i64, whole: i64) -> u16 {
    ((2 * steps as i64 * part + whole) / (2 * whole)) as u16
}

/// The means one index is made of, whichever period asks.
struct Means {
    so2_1h: Option<Value>,
    so2_24h: Option<Value>,
    no2_1h: Option<Value>,
    co_8h: Option<Value>,
    o3_8h: Option<Value>,
    o3_1h: Option<Value>,
    pm10: Option<Value>,
    pm25: Option<Value>,
}

fn judge(means: &Means, exempt: Pollutants) -> AirIndex {
    let mut tally = Tally::new(exempt);
    for (scale, mean) in [
        (NO2_1H, means.no2_1h),
        (CO_8H, means.co_8h),
        (O3_1H, means.o3_1h),
        (PM10_24H, means.pm10),
        (PM25_24H, means.pm25),
    ] {
        tally.take_if(scale.pollutant, mean, scale.index(mean));
    }
    let by_hour = O3_1H.index(means.o3_1h).and_then(Result::ok);
    tally.take_if(
        Pollutant::O3,
        means.o3_8h,
        or_instead(O3_8H.index(means.o3_8h), by_hour),
    );
    let by_day = SO2_24H.index(means.so2_24h).and_then(Result::ok);
    // Above 304 ppb the day decides, and a day below 305 ppb leaves the index at exactly 200 (p. 16).
    let above_the_hour = by_day.or_else(|| means.so2_24h.map(|_| 200));
    tally.take_if(
        Pollutant::So2,
        means.so2_1h,
        or_instead(SO2_1H.index(means.so2_1h), above_the_hour),
    );
    tally.take_if(Pollutant::So2, means.so2_24h, by_day.map(Ok));
    tally.conclude(PUBLICATION)
}

fn or_instead(verdict: Option<Result<u16, Beyond>>, instead: Option<u16>) -> Option<Result<u16, Beyond>> {
    verdict.map(|v| v.or_else(|beyond| instead.ok_or(beyond)))
}

impl Rules for Epa2024 {
    fn hourly(&self, hour: &Hour) -> AirIndex {
        let [so2, no2, _, o3, pm10, pm25] = hour.values;
        let means = Means {
            so2_1h: so2,
            so2_24h: hour.sliding.so2_24h,
            no2_1h: no2,
            co_8h: hour.sliding.co_8h,
            o3_8h: hour.sliding.o3_8h,
            o3_1h: o3,
            pm10,
            pm25,
        };
        judge(&means, hour.exempt)
    }

    fn daily(&self, day: &Day) -> AirIndex {
        let [so2, _, _, o3, pm10, pm25] = day.values;
        let means = Means {
            so2_1h: day.peaks.so2_1h,
            so2_24h: so2,
            no2_1h: day.peaks.no2_1h,
            co_8h: day.peaks.co_8h,
            o3_8h: o3,
            o3_1h: day.peaks.o3_1h,
            pm10,
            pm25,
        };
        judge(&means, day.exempt)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::air::index::Absence;
    use crate::domain::air::index::Peaks;

    fn of(scale: &Scale, text: &str) -> Option<u16> {
        let given = Value::parse(text).expect("a number");
        let canonical = scale.pollutant.quantity().canonical(given, scale.unit);
        scale.index(canonical)?.ok()
    }

    #[test]
    fn the_worked_examples_of_the_document_come_out() {
        for (scale, text, index) in [
            (O3_8H, "0.07853333", Some(126)),
            (PM25_24H, "35.9", Some(102)),
            (CO_8H, "8.4", Some(90)),
            // 147.49: the document prints 148 (p. 15) against its own rule "round to the nearest integer".
            (O3_1H, "0.162", Some(147)),
            (O3_1H, "0.104", None),
            (PM25_24H, "9.0", Some(50)),
            (PM25_24H, "9.05", Some(50)),
            (PM25_24H, "12.0", Some(56)),
            (PM25_24H, "35.4", Some(100)),
            (PM25_24H, "35.49", Some(100)),
            (PM25_24H, "55.4", Some(150)),
            (PM25_24H, "125.4", Some(200)),
            (PM25_24H, "200", Some(275)),
            (PM25_24H, "325.4", Some(500)),
        ] {
            assert_eq!(of(&scale, text), index, "{:?} {text}", scale.pollutant);
        }
    }

    #[test]
    fn every_row_of_the_table_has_its_ends() {
        for scale in [O3_8H, O3_1H, PM25_24H, PM10_24H, CO_8H, SO2_1H, SO2_24H, NO2_1H] {
            let mut before: Option<Band> = None;
            for &(low, high, from, to) in scale.bands {
                for (kept, index) in [(low, from), (high, to)] {
                    let text = Value::from_micro(kept * 10_i64.pow(6 - scale.decimals)).to_string();
                    assert_eq!(of(&scale, &text), Some(index), "{:?} {text}", scale.pollutant);
                }
                if let Some((_, end, _, top)) = before {
                    assert_eq!((low, from), (end + 1, top + 1));
                }
                before = Some((low, high, from, to));
            }
        }
    }

    #[test]
    fn a_concentration_between_two_rows_is_cut_off_into_the_lower() {
        assert_eq!(of(&O3_8H, "0.054999"), Some(50));
        assert_eq!(of(&NO2_1H, "53.9"), Some(50));
        assert_eq!(of(&PM10_24H, "154.9"), Some(100));
    }

    fn so2(one: Option<&str>, day: Option<&str>) -> AirIndex {
        let ppb = |text: Option<&str>| {
            text.and_then(Value::parse)
                .and_then(|v| Pollutant::So2.quantity().canonical(v, Unit::Ppb))
        };
        let mut of = Day::of([ppb(day), None, None, None, None, None]);
        of.peaks = Peaks {
            so2_1h: ppb(one),
            ..Peaks::default()
        };
        Epa2024.daily(&of)
    }

    #[test]
    fn sulphur_dioxide_above_304_ppb_is_the_days_matter() {
        assert_eq!(so2(Some("304"), None).aqi, Some(200));
        assert_eq!(so2(Some("305"), Some("100")).aqi, Some(200));
        assert_eq!(so2(Some("400"), Some("305")).aqi, Some(201));
        assert_eq!(so2(Some("400"), None).why, Some(Absence::Beyond));
        assert_eq!(so2(None, Some("100")).why, Some(Absence::NoData));
    }

    #[test]
    fn the_higher_of_the_two_ozone_indices_is_reported() {
        let ppm = |text: &str| {
            let v = Value::parse(text).expect("a number");
            Pollutant::O3.quantity().canonical(v, Unit::Ppm)
        };
        let mut day = Day::of([None, None, None, ppm("0.07853333"), None, None]);
        day.peaks.o3_1h = ppm("0.162");
        assert_eq!(Epa2024.daily(&day).aqi, Some(147));
        day.peaks.o3_1h = ppm("0.104");
        assert_eq!(Epa2024.daily(&day).aqi, Some(126));
        day.values[3] = ppm("0.201");
        assert_eq!(Epa2024.daily(&day).why, Some(Absence::Beyond));
    }
}
