//! The hours before an hour, and the longer means that a standard reads from them. Shared by the live screens and by
//! tables of rows.

use crate::domain::air::index::{Hour, Sliding};
use crate::domain::air::nowcast::nowcast;
use crate::domain::air::period::{HOURS_A_DAY, HOURS_OF_EIGHT, Mean};
use crate::domain::air::pollutant::Pollutant;
use crate::domain::air::standard::Standard;
use crate::domain::quantity::Value;

/// One-hour means by pollutant and by how many hours ago, 0 to 23; µg/m³ (CO mg/m³).
pub trait Past {
    /// The one-hour mean of `p` so many hours ago.
    fn hour(&self, p: Pollutant, ago: usize) -> Option<Value>;

    /// The sliding means that end with the newest hour.
    fn sliding(&self) -> Sliding {
        Sliding {
            so2_24h: self.mean(Pollutant::So2, 24, HOURS_A_DAY),
            co_8h: self.mean(Pollutant::Co, 8, HOURS_OF_EIGHT),
            o3_8h: self.mean(Pollutant::O3, 8, HOURS_OF_EIGHT),
            pm10_24h: self.mean(Pollutant::Pm10, 24, HOURS_A_DAY),
            pm25_24h: self.mean(Pollutant::Pm25, 24, HOURS_A_DAY),
        }
    }

    /// The NowCast of the newest twelve hours.
    fn nowcast(&self, p: Pollutant) -> Option<Value> {
        nowcast(&std::array::from_fn(|ago| self.hour(p, ago)))
    }

    /// The mean over so many hours, where enough of them are valid.
    fn mean(&self, p: Pollutant, width: usize, needed: usize) -> Option<Value> {
        Mean::of((0..width).map(|ago| self.hour(p, ago)), needed).value()
    }

    /// The newest hour with what `standard` reads of it, and nothing else: the US index its longer means and the NowCast
    /// of the particles, HJ 633-2012 the 24 hours of SO₂ (above 800 µg/m³ they decide).
    fn as_read_by(&self, standard: Standard) -> Hour {
        let own = Hour::of(Pollutant::ALL.map(|p| self.hour(p, 0)));
        match standard {
            Standard::Hj633_2026 | Standard::Eaqi => own,
            Standard::Hj633_2012 => Hour {
                sliding: Sliding {
                    so2_24h: self.mean(Pollutant::So2, 24, HOURS_A_DAY),
                    ..Sliding::default()
                },
                ..own
            },
            Standard::Epa2024 => {
                let [so2, no2, co, o3, ..] = own.values;
                let [pm10, pm25] = [Pollutant::Pm10, Pollutant::Pm25].map(|p| self.nowcast(p));
                Hour {
                    values: [so2, no2, co, o3, pm10, pm25],
                    sliding: self.sliding(),
                    ..own
                }
            }
        }
    }
}

impl<F: Fn(Pollutant, usize) -> Option<Value>> Past for F {
    fn hour(&self, p: Pollutant, ago: usize) -> Option<Value> {
        self(p, ago)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::air::hourly;

    #[test]
    fn each_standard_gets_the_means_it_reads() {
        let past = |p: Pollutant, ago: usize| {
            let high = p == Pollutant::So2 && ago == 0;
            Some(Value::whole(if high { 900 } else { 10 + ago as i64 }))
        };
        let plain = past.as_read_by(Standard::Hj633_2026);
        assert_eq!(
            (plain.sliding, plain.values[5]),
            (Sliding::default(), Some(Value::whole(10)))
        );
        let old = past.as_read_by(Standard::Hj633_2012);
        assert_eq!(old.sliding.so2_24h, Value::parse("58.583333"));
        let us = past.as_read_by(Standard::Epa2024);
        assert_eq!(us.sliding.o3_8h, Value::parse("13.5"));
        assert!(
            us.values[5] > Some(Value::whole(10)),
            "the NowCast weighs the hours before"
        );
        assert!(hourly(Standard::Epa2024, &us).aqi.is_some());
    }
}
