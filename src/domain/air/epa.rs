//! The air quality index of the United States as revised in May 2024: EPA-454/B-24-002, table 6 (p. 14) and pp. 14–17.
//! Above the last row the index goes on by equation 1 with that row's slope (note 4 of the table): it has no upper end.
//! The NowCast is not computed here.

use crate::domain::air::breakpoints::Beyond;
use crate::domain::air::index::{AirIndex, Day, Hour, Rules};
use crate::domain::air::level::Level;
use crate::domain::air::pollutant::{Pollutant, Pollutants};
use crate::domain::air::standard::Standard;
use crate::domain::air::tally::{Publication, Tally};
use crate::domain::quantity::{MeasureUnit, Value};

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
    unit: MeasureUnit,
    /// Decimals kept; the rest is cut off, not rounded.
    decimals: u32,
    bands: &'static [Band],
    /// What stands above the last band.
    above: Above,
}

/// What a scale says above its last band.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Above {
    /// The last band's line goes on (table 6, note 4).
    GoesOn,
    /// Another mean decides.
    Elsewhere,
}

const O3_8H: Scale = Scale {
    pollutant: Pollutant::O3,
    unit: MeasureUnit::Ppm,
    decimals: 3,
    bands: &[
        (0, 54, 0, 50),
        (55, 70, 51, 100),
        (71, 85, 101, 150),
        (86, 105, 151, 200),
        (106, 200, 201, 300),
    ],
    above: Above::Elsewhere,
};

/// Begins at 0.125 ppm; lower hours have no index.
const O3_1H: Scale = Scale {
    bands: &[
        (125, 164, 101, 150),
        (165, 204, 151, 200),
        (205, 404, 201, 300),
        (405, 604, 301, 500),
    ],
    above: Above::GoesOn,
    ..O3_8H
};

const PM25_24H: Scale = Scale {
    pollutant: Pollutant::Pm25,
    unit: MeasureUnit::UgPerM3,
    decimals: 1,
    bands: &[
        (0, 90, 0, 50),
        (91, 354, 51, 100),
        (355, 554, 101, 150),
        (555, 1254, 151, 200),
        (1255, 2254, 201, 300),
        (2255, 3254, 301, 500),
    ],
    above: Above::GoesOn,
};

const PM10_24H: Scale = Scale {
    pollutant: Pollutant::Pm10,
    unit: MeasureUnit::UgPerM3,
    decimals: 0,
    bands: &[
        (0, 54, 0, 50),
        (55, 154, 51, 100),
        (155, 254, 101, 150),
        (255, 354, 151, 200),
        (355, 424, 201, 300),
        (425, 604, 301, 500),
    ],
    above: Above::GoesOn,
};

const CO_8H: Scale = Scale {
    pollutant: Pollutant::Co,
    unit: MeasureUnit::Ppm,
    decimals: 1,
    bands: &[
        (0, 44, 0, 50),
        (45, 94, 51, 100),
        (95, 124, 101, 150),
        (125, 154, 151, 200),
        (155, 304, 201, 300),
        (305, 504, 301, 500),
    ],
    above: Above::GoesOn,
};

const SO2_1H: Scale = Scale {
    pollutant: Pollutant::So2,
    unit: MeasureUnit::Ppb,
    decimals: 0,
    bands: &[
        (0, 35, 0, 50),
        (36, 75, 51, 100),
        (76, 185, 101, 150),
        (186, 304, 151, 200),
    ],
    above: Above::Elsewhere,
};

/// Begins at 305 ppb; lower days are judged by their highest hour.
const SO2_24H: Scale = Scale {
    bands: &[(305, 604, 201, 300), (605, 1004, 301, 500)],
    above: Above::GoesOn,
    ..SO2_1H
};

const NO2_1H: Scale = Scale {
    pollutant: Pollutant::No2,
    unit: MeasureUnit::Ppb,
    decimals: 0,
    bands: &[
        (0, 53, 0, 50),
        (54, 100, 51, 100),
        (101, 360, 101, 150),
        (361, 649, 151, 200),
        (650, 1249, 201, 300),
        (1250, 2049, 301, 500),
    ],
    above: Above::GoesOn,
};

const PUBLICATION: Publication = Publication {
    standard: Standard::Epa2024,
    level: Level::of,
    primary_above: 0,
    lowest: 0,
    incomplete_above: None,
    unjudged_to: None,
};

impl Scale {
    /// The index of a canonical concentration (µg/m³, CO mg/m³); `None` where the scale has none for it.
    fn index(&self, mean: Option<Value>) -> Option<Result<u16, Beyond>> {
        let value = mean.filter(|&v| self.pollutant.plausible(v))?;
        let given = self.pollutant.quantity().express(value, self.unit)?.micro();
        let kept = given.div_euclid(10_i64.pow(6 - self.decimals));
        let within = self.bands.iter().find(|band| kept <= band.1);
        let &(low, high, from, to) = within.or(self.bands.last())?;
        if kept < low {
            return None;
        }
        if within.is_none() && self.above == Above::Elsewhere {
            return Some(Err(Beyond(to)));
        }
        let index = i64::from(from) + nearest(i64::from(to - from), kept - low, high - low);
        Some(Ok(u16::try_from(index).unwrap_or(u16::MAX)))
    }
}

/// `steps · part / whole` to the nearest integer, halves up.
const fn nearest(steps: i64, part: i64, whole: i64) -> i64 {
    (2 * steps * part + whole) / (2 * whole)
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
    use crate::domain::air::index::{Absence, Peaks};
    use proptest::prelude::*;

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
            (PM25_24H, "325.5", Some(500)),
            (PM25_24H, "325.9", Some(501)),
            (PM25_24H, "400", Some(649)),
            (PM10_24H, "604", Some(500)),
            (PM10_24H, "1000", Some(940)),
            (O3_8H, "0.201", None),
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

    /// Equation 1 of the document (p. 14) in fractions: the last row's line through the concentration, to the nearest.
    fn equation_1(scale: &Scale, kept: i64) -> i64 {
        let &(low, high, from, to) = scale.bands.last().expect("rows");
        let (slope_up, slope_down) = (i64::from(to) - i64::from(from), high - low);
        let exact_twice = 2 * slope_up * (kept - low) + 2 * i64::from(from) * slope_down;
        (exact_twice + slope_down).div_euclid(2 * slope_down)
    }

    const GOING_ON: [Scale; 6] = [O3_1H, PM25_24H, PM10_24H, CO_8H, SO2_24H, NO2_1H];

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn above_500_the_index_goes_on_by_equation_1_and_never_falls(
            which in 0_usize..6, above in 0_i64..20_000, more in 0_i64..20_000,
        ) {
            let scale = GOING_ON.into_iter().nth(which).expect("one of six");
            let top = scale.bands.last().expect("rows").1;
            let index = |kept: i64| {
                let micro = kept * 10_i64.pow(6 - scale.decimals);
                let text = Value::from_micro(micro).to_string();
                let given = Value::parse(&text).expect("a number");
                let canonical = scale.pollutant.quantity().canonical(given, scale.unit);
                let plausible = canonical.is_some_and(|v| scale.pollutant.plausible(v));
                plausible.then(|| of(&scale, &text).expect("an index above the table"))
            };
            if let Some(here) = index(top + above) {
                prop_assert_eq!(i64::from(here), equation_1(&scale, top + above));
                prop_assert!(here >= 500);
                prop_assert!(index(top + above + more).is_none_or(|further| further >= here));
            }
        }
    }

    fn so2(one: Option<&str>, day: Option<&str>) -> AirIndex {
        let ppb = |text: Option<&str>| {
            text.and_then(Value::parse)
                .and_then(|v| Pollutant::So2.quantity().canonical(v, MeasureUnit::Ppb))
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
        let withheld = so2(Some("400"), None);
        assert_eq!((withheld.aqi, withheld.why), (None, Some(Absence::Beyond)));
        assert_eq!(
            (withheld.withheld.to_string().as_str(), withheld.least()),
            ("SO2", Some(200))
        );
        assert_eq!(so2(None, Some("100")).why, Some(Absence::NoData));
    }

    #[test]
    fn the_higher_of_the_two_ozone_indices_is_reported() {
        let ppm = |text: &str| {
            let v = Value::parse(text).expect("a number");
            Pollutant::O3.quantity().canonical(v, MeasureUnit::Ppm)
        };
        let mut day = Day::of([None, None, None, ppm("0.07853333"), None, None]);
        day.peaks.o3_1h = ppm("0.162");
        assert_eq!(Epa2024.daily(&day).aqi, Some(147));
        day.peaks.o3_1h = ppm("0.104");
        assert_eq!(Epa2024.daily(&day).aqi, Some(126));
        day.values[3] = ppm("0.201");
        assert_eq!(Epa2024.daily(&day).why, Some(Absence::Beyond));
        day.values[5] = Some(Value::whole(20));
        let index = Epa2024.daily(&day);
        assert_eq!(
            (index.aqi, index.least()),
            (Some(71), Some(300)),
            "the item is withheld, not the index"
        );
        assert_eq!((index.withheld.to_string().as_str(), index.why), ("O3", None));
    }
}
