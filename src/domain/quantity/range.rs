//! What a value can be at all: outside, an instrument or a transmission is wrong. Not a limit of any standard.

use crate::domain::quantity::{Quantity, Value};

impl Quantity {
    /// The least and the greatest value that can be true, in the canonical unit. Wide: the highest PM10 ever published
    /// hourly in China is about 10,000 µg/m³; error codes such as -999 and 99999 lie outside.
    pub fn range(self) -> (Value, Value) {
        let (low, high) = match self {
            Self::So2 | Self::No2 => (0, 10_000),
            Self::Co | Self::Rain => (0, 500),
            Self::O3 => (0, 3_000),
            Self::Pm10 | Self::Pm25 | Self::Tsp | Self::StackNox | Self::StackSo2 | Self::StackDust => {
                (0, 20_000)
            }
            Self::PublishedIndex
            | Self::Permanganate
            | Self::Ammonia
            | Self::TotalNitrogen
            | Self::Nitrate
            | Self::Iron
            | Self::Manganese => (0, 1_000),
            Self::Temperature => (-90, 70),
            Self::Humidity | Self::TotalPhosphorus => (0, 100),
            Self::WindSpeed => (0, 120),
            Self::WindFrom => (0, 360),
            Self::Pressure => (300, 1_100),
            Self::Ph => (0, 14),
            Self::DissolvedOxygen => (0, 50),
            Self::Power | Self::Flow => (0, 10_000_000),
            Self::Noise => (0, 160),
            Self::Cod | Self::Sulphate | Self::Chloride => (0, 50_000),
        };
        (Value::whole(low), Value::whole(high))
    }

    /// Whether a canonical `value` can be true.
    pub fn holds(self, value: Value) -> bool {
        let (low, high) = self.range();
        low <= value && value <= high
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::quantity::QUANTITIES;

    #[test]
    fn no_quantity_takes_the_error_codes_of_instruments() {
        for row in QUANTITIES {
            let (low, high) = row.0.range();
            assert!(low < high, "{}", row.1);
            assert!(!row.0.holds(Value::whole(-999)), "{}", row.1);
        }
        assert!(Quantity::Pm10.holds(Value::whole(9_985)));
    }
}
