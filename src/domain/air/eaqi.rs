//! The European Air Quality Index, bands of ETC HE report 2024/17: the worst band of an hour's pollutants.
//! It has no daily form and no carbon monoxide.

use crate::domain::air::index::{Absence, AirIndex, Day, Hour, Rules};
use crate::domain::air::level::Level;
use crate::domain::air::pollutant::Pollutant;
use crate::domain::air::standard::Standard;
use crate::domain::air::tally::{Publication, Tally};
use crate::domain::quantity::Value;

/// The European index. Its "index" is the band, 1 (good) to 6 (extremely poor).
#[derive(Debug)]
pub struct Eaqi;

/// The highest concentration of bands 1 to 5 in µg/m³; above the last is band 6.
const BANDS: [(Pollutant, [i64; 5]); 5] = [
    (Pollutant::Pm25, [5, 15, 50, 90, 140]),
    (Pollutant::Pm10, [15, 45, 120, 195, 270]),
    (Pollutant::O3, [60, 100, 120, 160, 180]),
    (Pollutant::No2, [10, 25, 60, 100, 150]),
    (Pollutant::So2, [20, 40, 125, 190, 275]),
];

const PUBLICATION: Publication = Publication {
    standard: Standard::Eaqi,
    level: Level::of_band,
    primary_above: 1,
    lowest: 1,
    incomplete_above: None,
    unjudged_to: None,
};

impl Rules for Eaqi {
    fn hourly(&self, hour: &Hour) -> AirIndex {
        let mut tally = Tally::new(hour.exempt.with(Pollutant::Co));
        for (p, tops) in BANDS {
            tally.take(p, p.pick(&hour.values), |c| {
                Ok(1 + tops.iter().filter(|&&top| c > Value::whole(top)).count() as u16)
            });
        }
        tally.conclude(PUBLICATION)
    }

    /// [`Absence::Undefined`]: the report defines the index of an hour alone.
    fn daily(&self, _: &Day) -> AirIndex {
        AirIndex::none(Standard::Eaqi, Absence::Undefined)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hour(p: Pollutant, micro: i64) -> AirIndex {
        let mut values = [None; 6];
        values[p.index()] = Some(Value::from_micro(micro));
        Eaqi.hourly(&Hour::of(values))
    }

    #[test]
    fn a_band_holds_its_upper_border() {
        for (p, tops) in BANDS {
            for (band, top) in (1..).zip(tops) {
                assert_eq!(hour(p, top * Value::ONE).aqi, Some(band));
                assert_eq!(hour(p, top * Value::ONE + 1).aqi, Some(band + 1));
            }
        }
    }

    #[test]
    fn the_worst_pollutant_decides_and_is_named() {
        let [no2, o3, pm25] = [40, 130, 10].map(|v| Some(Value::whole(v)));
        let index = Eaqi.hourly(&Hour::of([None, no2, None, o3, None, pm25]));
        assert_eq!((index.aqi, index.level), (Some(4), Some(Level::Four)));
        assert_eq!(index.primary.to_string(), "O3");
        assert_eq!(index.missing.to_string(), "SO2+PM10");
    }

    #[test]
    fn a_day_has_no_european_index() {
        assert_eq!(Eaqi.daily(&Day::default()).why, Some(Absence::Undefined));
    }
}
