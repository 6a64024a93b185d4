//! The six pollutants of every air index here, and small sets of them. Not the many other things a room measures:
//! those are [`Quantity`].

use crate::domain::quantity::{Quantity, Value};
use std::fmt;

/// One of the six pollutants of HJ 633 (污染物), in the order of its report tables 4 and 5.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pollutant {
    /// Sulphur dioxide (二氧化硫), µg/m³.
    So2,
    /// Nitrogen dioxide (二氧化氮), µg/m³.
    No2,
    /// Carbon monoxide (一氧化碳), mg/m³.
    Co,
    /// Ozone (臭氧), µg/m³.
    O3,
    /// Particles up to 10 µm (可吸入颗粒物), µg/m³.
    Pm10,
    /// Particles up to 2.5 µm (细颗粒物), µg/m³.
    Pm25,
}

impl Pollutant {
    /// All six in the order in which arrays of six are kept.
    pub const ALL: [Self; 6] = [Self::So2, Self::No2, Self::Co, Self::O3, Self::Pm10, Self::Pm25];

    /// The measured quantity.
    pub const fn quantity(self) -> Quantity {
        match self {
            Self::So2 => Quantity::So2,
            Self::No2 => Quantity::No2,
            Self::Co => Quantity::Co,
            Self::O3 => Quantity::O3,
            Self::Pm10 => Quantity::Pm10,
            Self::Pm25 => Quantity::Pm25,
        }
    }

    /// The pollutant that `quantity` measures; `None` for anything but the six.
    pub fn of(quantity: Quantity) -> Option<Self> {
        Self::ALL.into_iter().find(|p| p.quantity() == quantity)
    }

    /// Key in configuration, CSV and JSON: `so2` … `pm25`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::So2 => "so2",
            Self::No2 => "no2",
            Self::Co => "co",
            Self::O3 => "o3",
            Self::Pm10 => "pm10",
            Self::Pm25 => "pm25",
        }
    }

    /// The chemical symbol of reports, the same in every language.
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::So2 => "SO2",
            Self::No2 => "NO2",
            Self::Co => "CO",
            Self::O3 => "O3",
            Self::Pm10 => "PM10",
            Self::Pm25 => "PM2.5",
        }
    }

    /// Place in arrays of six, 0 to 5.
    pub const fn index(self) -> usize {
        self as usize
    }

    /// This pollutant's cell of an array of six.
    pub fn pick<T: Copy>(self, six: &[T; 6]) -> T {
        let [so2, no2, co, o3, pm10, pm25] = *six;
        match self {
            Self::So2 => so2,
            Self::No2 => no2,
            Self::Co => co,
            Self::O3 => o3,
            Self::Pm10 => pm10,
            Self::Pm25 => pm25,
        }
    }

    /// Decimals kept before an index is computed (HJ 633-2026, 4.2.2 and 4.2.3): CO 1, all others 0.
    pub const fn decimals(self) -> u32 {
        match self {
            Self::Co => 1,
            Self::So2 | Self::No2 | Self::O3 | Self::Pm10 | Self::Pm25 => 0,
        }
    }

    /// The largest concentration taken for a measurement (µg/m³, CO mg/m³); our default, no norm.
    ///
    /// Beyond it a value is a fault of the instrument or of the unit: CO in µg/m³ is found by it.
    pub const fn absurd_above(self) -> Value {
        Value::whole(match self {
            Self::So2 | Self::No2 | Self::O3 => 10_000,
            Self::Co => 200,
            Self::Pm10 => 50_000,
            Self::Pm25 => 20_000,
        })
    }

    /// Whether `value` can be a measured concentration: not negative and not absurd.
    pub const fn plausible(self, value: Value) -> bool {
        value.micro() >= 0 && value.micro() <= self.absurd_above().micro()
    }
}

impl From<Pollutant> for Quantity {
    fn from(pollutant: Pollutant) -> Self {
        pollutant.quantity()
    }
}

/// A set of pollutants in one byte. Iterates in the order of [`Pollutant::ALL`].
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pollutants(u8);

impl Pollutants {
    /// No pollutant.
    pub const NONE: Self = Self(0);
    /// All six.
    pub const ALL: Self = Self(0b11_1111);

    /// With `pollutant` added.
    #[must_use]
    pub const fn with(self, pollutant: Pollutant) -> Self {
        Self(self.0 | 1 << pollutant as u8)
    }

    /// What is in this set and not in `other`.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether `pollutant` is in the set.
    pub const fn contains(self, pollutant: Pollutant) -> bool {
        self.0 & 1 << pollutant as u8 != 0
    }

    /// Whether the set is empty.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many.
    pub const fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// The first in the order of [`Pollutant::ALL`].
    pub fn first(self) -> Option<Pollutant> {
        self.iter().next()
    }

    /// The members in the order of [`Pollutant::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Pollutant> {
        Pollutant::ALL.into_iter().filter(move |&p| self.contains(p))
    }
}

impl FromIterator<Pollutant> for Pollutants {
    fn from_iter<I: IntoIterator<Item = Pollutant>>(members: I) -> Self {
        members.into_iter().fold(Self::NONE, Self::with)
    }
}

impl fmt::Display for Pollutants {
    /// Symbols joined by `+`; `-` for none.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.write_str("-");
        }
        for (nth, pollutant) in self.iter().enumerate() {
            if nth > 0 {
                f.write_str("+")?;
            }
            f.write_str(pollutant.symbol())?;
        }
        Ok(())
    }
}

impl fmt::Debug for Pollutants {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_keeps_the_report_order_whatever_the_order_of_adding() {
        let set: Pollutants = [Pollutant::Pm25, Pollutant::So2, Pollutant::Pm25]
            .into_iter()
            .collect();
        assert_eq!((set.to_string().as_str(), set.len()), ("SO2+PM2.5", 2));
        assert_eq!(Pollutants::NONE.to_string(), "-");
        assert_eq!(Pollutants::ALL.without(set).len(), 4);
    }

    #[test]
    fn keys_quantities_and_cells_agree() {
        for (nth, p) in Pollutant::ALL.into_iter().enumerate() {
            assert_eq!(p.index(), nth);
            assert_eq!(Pollutant::of(p.quantity()), Some(p));
            assert_eq!(p.pick(&[0, 1, 2, 3, 4, 5]), nth);
            assert_eq!(p.decimals(), p.quantity().decimals());
        }
        assert_eq!(Pollutant::of(Quantity::Rain), None);
    }

    #[test]
    fn carbon_monoxide_given_in_micrograms_is_no_measurement() {
        assert!(!Pollutant::Co.plausible(Value::whole(700)));
        assert!(Pollutant::Co.plausible(Value::whole(150)));
        assert!(!Pollutant::So2.plausible(Value::from_micro(-1)));
    }
}
