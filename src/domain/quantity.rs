//! What is measured, in which unit, and the exact number that a measurement is.

mod codes;
mod range;
mod value;

pub use codes::CodeMeaning;
pub use value::Value;

/// A unit a quantity is given in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MeasureUnit {
    /// Microgram a cubic metre, at the standard's reference state.
    UgPerM3,
    /// Milligram a cubic metre.
    MgPerM3,
    /// Parts per billion by volume.
    Ppb,
    /// Parts per million by volume.
    Ppm,
    /// Milligram a litre.
    MgPerL,
    /// Degree Celsius.
    Celsius,
    /// Per cent.
    Percent,
    /// Metre a second.
    MPerS,
    /// Degree of arc.
    Degree,
    /// Hectopascal.
    HPa,
    /// Millimetre.
    Mm,
    /// Cubic metre an hour.
    M3PerH,
    /// Decibel, A-weighted.
    Decibel,
    /// Kilowatt.
    KW,
    /// Megawatt.
    MW,
    /// Kelvin.
    Kelvin,
    /// Degree Fahrenheit.
    Fahrenheit,
    /// No unit: an index, a pH value, a count.
    One,
}

/// Litres a mole at 298.15 K and 1013.25 hPa, in microlitres: 24.465 L.
const MOLAR_UL: i64 = 24_465_403;

/// The freezing point of water in degrees Fahrenheit.
const FREEZING_F: Value = Value::whole(32);

/// Something that is measured (监测因子). Its canonical unit is [`Quantity::unit`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quantity {
    /// Sulphur dioxide.
    So2,
    /// Nitrogen dioxide.
    No2,
    /// Carbon monoxide, mg/m³.
    Co,
    /// Ozone.
    O3,
    /// Particles up to 10 µm.
    Pm10,
    /// Particles up to 2.5 µm.
    Pm25,
    /// The index of HJ 633 that an upstream published; never mixed with ours.
    PublishedIndex,
    /// Air or water temperature.
    Temperature,
    /// Relative humidity.
    Humidity,
    /// Wind speed.
    WindSpeed,
    /// Where the wind comes from, degrees from north.
    WindFrom,
    /// Air pressure.
    Pressure,
    /// Precipitation.
    Rain,
    /// pH value.
    Ph,
    /// Dissolved oxygen.
    DissolvedOxygen,
    /// Permanganate index.
    Permanganate,
    /// Ammonia nitrogen.
    Ammonia,
    /// Total phosphorus.
    TotalPhosphorus,
    /// Total nitrogen.
    TotalNitrogen,
    /// Electric power drawn.
    Power,
    /// All suspended particles (总悬浮颗粒物).
    Tsp,
    /// Noise, equivalent continuous level.
    Noise,
    /// Chemical oxygen demand (化学需氧量).
    Cod,
    /// Sulphate in source water.
    Sulphate,
    /// Chloride in source water.
    Chloride,
    /// Nitrate nitrogen in source water.
    Nitrate,
    /// Iron in source water.
    Iron,
    /// Manganese in source water.
    Manganese,
    /// Flow of waste water or of exhaust.
    Flow,
    /// Nitrogen oxides in exhaust, as converted to the reference oxygen (折算).
    StackNox,
    /// Sulphur dioxide in exhaust, as converted.
    StackSo2,
    /// Particles in exhaust, as converted.
    StackDust,
}

/// One row a quantity: its key in configuration and JSON, its unit, the decimals people read.
pub const QUANTITIES: &[(Quantity, &str, MeasureUnit, u32)] = &[
    (Quantity::So2, "so2", MeasureUnit::UgPerM3, 0),
    (Quantity::No2, "no2", MeasureUnit::UgPerM3, 0),
    (Quantity::Co, "co", MeasureUnit::MgPerM3, 1),
    (Quantity::O3, "o3", MeasureUnit::UgPerM3, 0),
    (Quantity::Pm10, "pm10", MeasureUnit::UgPerM3, 0),
    (Quantity::Pm25, "pm25", MeasureUnit::UgPerM3, 0),
    (Quantity::PublishedIndex, "index", MeasureUnit::One, 0),
    (Quantity::Temperature, "temperature", MeasureUnit::Celsius, 1),
    (Quantity::Humidity, "humidity", MeasureUnit::Percent, 0),
    (Quantity::WindSpeed, "wind_speed", MeasureUnit::MPerS, 1),
    (Quantity::WindFrom, "wind_from", MeasureUnit::Degree, 0),
    (Quantity::Pressure, "pressure", MeasureUnit::HPa, 0),
    (Quantity::Rain, "rain", MeasureUnit::Mm, 1),
    (Quantity::Ph, "ph", MeasureUnit::One, 1),
    (
        Quantity::DissolvedOxygen,
        "dissolved_oxygen",
        MeasureUnit::MgPerL,
        2,
    ),
    (Quantity::Permanganate, "permanganate", MeasureUnit::MgPerL, 2),
    (Quantity::Ammonia, "ammonia", MeasureUnit::MgPerL, 3),
    (
        Quantity::TotalPhosphorus,
        "total_phosphorus",
        MeasureUnit::MgPerL,
        3,
    ),
    (Quantity::TotalNitrogen, "total_nitrogen", MeasureUnit::MgPerL, 2),
    (Quantity::Power, "power", MeasureUnit::KW, 1),
    (Quantity::Tsp, "tsp", MeasureUnit::UgPerM3, 0),
    (Quantity::Noise, "noise", MeasureUnit::Decibel, 1),
    (Quantity::Cod, "cod", MeasureUnit::MgPerL, 1),
    (Quantity::Sulphate, "sulphate", MeasureUnit::MgPerL, 1),
    (Quantity::Chloride, "chloride", MeasureUnit::MgPerL, 1),
    (Quantity::Nitrate, "nitrate", MeasureUnit::MgPerL, 2),
    (Quantity::Iron, "iron", MeasureUnit::MgPerL, 2),
    (Quantity::Manganese, "manganese", MeasureUnit::MgPerL, 2),
    (Quantity::Flow, "flow", MeasureUnit::M3PerH, 1),
    (Quantity::StackNox, "stack_nox", MeasureUnit::MgPerM3, 1),
    (Quantity::StackSo2, "stack_so2", MeasureUnit::MgPerM3, 1),
    (Quantity::StackDust, "stack_dust", MeasureUnit::MgPerM3, 1),
];

impl Quantity {
    /// The key in configuration, JSON and the store.
    pub fn key(self) -> &'static str {
        self.row().1
    }

    /// The canonical unit of every stored [`Value`] of it.
    pub fn unit(self) -> MeasureUnit {
        self.row().2
    }

    /// Decimals that people read.
    pub fn decimals(self) -> u32 {
        self.row().3
    }

    /// By its key; `None` for an unknown one.
    pub fn by_key(key: &str) -> Option<Self> {
        QUANTITIES.iter().find(|row| row.1 == key).map(|row| row.0)
    }

    fn row(self) -> &'static (Self, &'static str, MeasureUnit, u32) {
        QUANTITIES
            .iter()
            .find(|row| row.0 == self)
            .expect("every quantity has its row: a test counts them")
    }

    /// Molar mass in milligrams a mole for gases; `None` for what is no gas.
    fn molar_mg(self) -> Option<i64> {
        match self {
            Self::So2 | Self::StackSo2 => Some(64_066),
            // Nitrogen oxides are counted as nitrogen dioxide (HJ 75-2017).
            Self::No2 | Self::StackNox => Some(46_006),
            Self::Co => Some(28_010),
            Self::O3 => Some(47_998),
            Self::Pm10
            | Self::Pm25
            | Self::PublishedIndex
            | Self::Temperature
            | Self::Humidity
            | Self::WindSpeed
            | Self::WindFrom
            | Self::Pressure
            | Self::Rain
            | Self::Ph
            | Self::DissolvedOxygen
            | Self::Permanganate
            | Self::Ammonia
            | Self::TotalPhosphorus
            | Self::TotalNitrogen
            | Self::Power
            | Self::Tsp
            | Self::Noise
            | Self::Cod
            | Self::Sulphate
            | Self::Chloride
            | Self::Nitrate
            | Self::Iron
            | Self::Manganese
            | Self::Flow
            | Self::StackDust => None,
        }
    }

    /// Brings `value` given in `unit` to the canonical unit; gases by volume at 298.15 K and 1013.25 hPa (GB 3095-2026, 3.14).
    /// `None` where the unit does not fit the quantity or the result is out of range.
    pub fn canonical(self, value: Value, unit: MeasureUnit) -> Option<Value> {
        match (unit, self.unit()) {
            (given, own) if given == own => Some(value),
            (MeasureUnit::UgPerM3, MeasureUnit::MgPerM3) => value.scale(1, 1000),
            (MeasureUnit::MgPerM3, MeasureUnit::UgPerM3) | (MeasureUnit::MW, MeasureUnit::KW) => {
                value.scale(1000, 1)
            }
            (MeasureUnit::Ppb, MeasureUnit::UgPerM3) | (MeasureUnit::Ppm, MeasureUnit::MgPerM3) => {
                value.scale(self.molar_mg()? * 1000, MOLAR_UL)
            }
            (MeasureUnit::Ppm, MeasureUnit::UgPerM3) => value.scale(self.molar_mg()? * 1_000_000, MOLAR_UL),
            (MeasureUnit::Ppb, MeasureUnit::MgPerM3) => value.scale(self.molar_mg()?, MOLAR_UL),
            (MeasureUnit::Kelvin, MeasureUnit::Celsius) => {
                Some(Value::from_micro(value.micro().checked_sub(273_150_000)?))
            }
            (MeasureUnit::Fahrenheit, MeasureUnit::Celsius) => {
                Value::from_micro(value.micro().checked_sub(FREEZING_F.micro())?).scale(5, 9)
            }
            _ => None,
        }
    }

    /// A canonical `value` in `unit`, the inverse of [`Quantity::canonical`]: six decimals of ppb or ppm come back as
    /// they went in. `None` where the unit does not fit the quantity or the result is out of range.
    pub fn express(self, value: Value, unit: MeasureUnit) -> Option<Value> {
        match (unit, self.unit()) {
            (wanted, own) if wanted == own => Some(value),
            (MeasureUnit::UgPerM3, MeasureUnit::MgPerM3) => value.scale(1000, 1),
            (MeasureUnit::MgPerM3, MeasureUnit::UgPerM3) | (MeasureUnit::MW, MeasureUnit::KW) => {
                value.scale(1, 1000)
            }
            (MeasureUnit::Ppb, MeasureUnit::UgPerM3) | (MeasureUnit::Ppm, MeasureUnit::MgPerM3) => {
                value.scale(MOLAR_UL, self.molar_mg()? * 1000)
            }
            (MeasureUnit::Ppm, MeasureUnit::UgPerM3) => value.scale(MOLAR_UL, self.molar_mg()? * 1_000_000),
            (MeasureUnit::Ppb, MeasureUnit::MgPerM3) => value.scale(MOLAR_UL, self.molar_mg()?),
            (MeasureUnit::Kelvin, MeasureUnit::Celsius) => {
                Some(Value::from_micro(value.micro().checked_add(273_150_000)?))
            }
            (MeasureUnit::Fahrenheit, MeasureUnit::Celsius) => {
                let degrees = value.scale(9, 5)?.micro().checked_add(FREEZING_F.micro())?;
                Some(Value::from_micro(degrees))
            }
            _ => None,
        }
    }
}

/// One row a unit: the text people read, then the texts upstreams write (compared without spaces and case).
const UNITS: &[(MeasureUnit, &str, &[&str])] = &[
    (
        MeasureUnit::UgPerM3,
        "µg/m³",
        &[
            "µg/m³",
            "μg/m³",
            "ug/m3",
            "µg/m3",
            "μg/m3",
            "ug/m³",
            "微克/立方米",
        ],
    ),
    (MeasureUnit::MgPerM3, "mg/m³", &["mg/m³", "mg/m3", "毫克/立方米"]),
    (MeasureUnit::Ppb, "ppb", &["ppb"]),
    (MeasureUnit::Ppm, "ppm", &["ppm"]),
    (MeasureUnit::MgPerL, "mg/L", &["mg/l", "毫克/升"]),
    (MeasureUnit::Celsius, "℃", &["℃", "°c", "c", "celsius"]),
    (MeasureUnit::Percent, "%", &["%", "percent"]),
    (MeasureUnit::MPerS, "m/s", &["m/s", "米/秒"]),
    (MeasureUnit::Degree, "°", &["°", "degree", "deg"]),
    (MeasureUnit::HPa, "hPa", &["hpa", "mbar", "mb"]),
    (MeasureUnit::Mm, "mm", &["mm", "毫米"]),
    (MeasureUnit::M3PerH, "m³/h", &["m³/h", "m3/h", "立方米/小时"]),
    (MeasureUnit::Decibel, "dB", &["db", "db(a)", "分贝"]),
    (MeasureUnit::KW, "kW", &["kw", "千瓦"]),
    (MeasureUnit::MW, "MW", &["mw", "兆瓦"]),
    (MeasureUnit::Kelvin, "K", &["k", "kelvin"]),
    (
        MeasureUnit::Fahrenheit,
        "℉",
        &["℉", "°f", "f", "fahrenheit", "华氏度"],
    ),
    (MeasureUnit::One, "", &["", "1", "index"]),
];

impl MeasureUnit {
    /// The text people read.
    pub fn symbol(self) -> &'static str {
        UNITS.iter().find(|row| row.0 == self).map_or("", |row| row.1)
    }

    /// By any of the spellings upstreams use; `None` for an unknown one.
    pub fn parse(text: &str) -> Option<Self> {
        let text: String = text
            .chars()
            .filter(|c| !c.is_whitespace())
            .flat_map(char::to_lowercase)
            .collect();
        UNITS
            .iter()
            .find(|row| row.2.contains(&text.as_str()))
            .map(|row| row.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_went_in_by_volume_comes_back_exactly() {
        for (quantity, unit) in [
            (Quantity::O3, MeasureUnit::Ppm),
            (Quantity::So2, MeasureUnit::Ppb),
            (Quantity::No2, MeasureUnit::Ppb),
            (Quantity::Co, MeasureUnit::Ppm),
        ] {
            for micro in [0, 1, 54_000, 70_999, 35_000_000, 304_999_999] {
                let given = Value::from_micro(micro);
                let back = quantity
                    .canonical(given, unit)
                    .and_then(|v| quantity.express(v, unit));
                assert_eq!(back.map(|v| v.round(5)), Some(given.round(5)), "{quantity:?}");
            }
        }
    }

    #[test]
    fn temperatures_are_understood_on_every_scale_and_come_back() {
        for (text, unit, celsius) in [
            ("212", "°F", "100"),
            ("32", "f", "0"),
            ("-40", "Fahrenheit", "-40"),
            ("98.6", "℉", "37"),
            ("273.15", "K", "0"),
            ("21.5", "°C", "21.5"),
        ] {
            let given = Value::parse(text).expect("a number");
            let known = MeasureUnit::parse(unit);
            let value = known.and_then(|unit| Quantity::Temperature.canonical(given, unit));
            assert_eq!(value, Value::parse(celsius), "{text} {unit}");
            let back = value
                .zip(known)
                .and_then(|(value, unit)| Quantity::Temperature.express(value, unit));
            assert_eq!(back, Some(given), "{text} {unit}");
        }
        let heat = Quantity::Power.canonical(Value::whole(1), MeasureUnit::Kelvin);
        assert_eq!(heat, None, "no other quantity has degrees");
    }

    #[test]
    fn gases_by_volume_become_mass_at_the_reference_state() {
        let o3 = Quantity::O3
            .canonical(Value::parse("0.05").expect("a number"), MeasureUnit::Ppm)
            .expect("a gas");
        assert_eq!(o3.fixed(1), "98.1");
        let co = Quantity::Co
            .canonical(Value::whole(900), MeasureUnit::UgPerM3)
            .expect("mass");
        assert_eq!(co.to_string(), "0.9");
        assert_eq!(Quantity::Pm25.canonical(Value::whole(1), MeasureUnit::Ppm), None);
    }
}
