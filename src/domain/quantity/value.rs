//! The exact number that a measurement is.

use std::fmt;

/// An exact decimal in millionths of the quantity's canonical unit. No float reaches a standard's rounding rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Value(i64);

impl Value {
    /// Millionths in one unit.
    pub const ONE: i64 = 1_000_000;

    /// From millionths.
    pub const fn from_micro(micro: i64) -> Self {
        Self(micro)
    }

    /// From a whole number of units.
    pub const fn whole(units: i64) -> Self {
        Self(units.saturating_mul(Self::ONE))
    }

    /// Millionths of the unit.
    pub const fn micro(self) -> i64 {
        self.0
    }

    /// Reads plain or exponent decimal text exactly; digits beyond the sixth decimal are rounded half to even.
    /// `None` for anything else (`NaN`, `inf`, hexadecimal, empty, out of range).
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (mantissa, exponent) = match text.find(['e', 'E']) {
            Some(at) => (text.get(..at)?, text.get(at + 1..)?.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (negative, digits) = match mantissa.as_bytes().first()? {
            b'-' => (true, mantissa.get(1..)?),
            b'+' => (false, mantissa.get(1..)?),
            _ => (false, mantissa),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        if whole.is_empty() && fraction.is_empty() || exponent.abs() > 40 {
            return None;
        }
        let mut number: i128 = 0;
        let mut count = 0;
        for b in whole.bytes().chain(fraction.bytes()) {
            if !b.is_ascii_digit() {
                return None;
            }
            count += 1;
            if count > 30 {
                return None;
            }
            number = number * 10 + i128::from(b - b'0');
        }
        let shift = 6 + exponent - i32::try_from(fraction.len()).ok()?;
        let micro = if shift >= 0 {
            number.checked_mul(10_i128.checked_pow(shift.unsigned_abs())?)?
        } else {
            half_even(number, 10_i128.checked_pow(shift.unsigned_abs())?)
        };
        let micro = i64::try_from(if negative { -micro } else { micro }).ok()?;
        Some(Self(micro))
    }

    /// From a float by its shortest decimal text, which is what the sender wrote.
    pub fn from_f64(number: f64) -> Option<Self> {
        if number.is_finite() {
            Self::parse(&format!("{number}"))
        } else {
            None
        }
    }

    /// For drawing and statistics only.
    pub fn to_f64(self) -> f64 {
        self.0 as f64 / Self::ONE as f64
    }

    /// The smallest number of so many decimals that is not below it.
    #[must_use]
    pub const fn ceil(self, decimals: u32) -> Self {
        let unit = 10_i64.pow(6_u32.saturating_sub(decimals));
        let rest = self.0.rem_euclid(unit);
        if rest == 0 {
            self
        } else {
            Self(self.0 - rest + unit)
        }
    }

    /// Rounded half to even (GB/T 8170) to `decimals` places, 0 ≤ decimals ≤ 6; unchanged where out of range.
    #[must_use]
    pub const fn round(self, decimals: u32) -> Self {
        let unit = match decimals {
            0 => 1_000_000,
            1 => 100_000,
            2 => 10_000,
            3 => 1_000,
            4 => 100,
            5 => 10,
            _ => return self,
        };
        let (whole, rest) = (self.0.div_euclid(unit), self.0.rem_euclid(unit));
        let up = if 2 * rest == unit {
            whole & 1
        } else {
            (2 * rest > unit) as i64
        };
        match (whole + up).checked_mul(unit) {
            Some(rounded) => Self(rounded),
            None => self,
        }
    }

    /// Multiplied by the exact fraction `numerator / denominator`, rounded half to even; `None` when out of range.
    pub fn scale(self, numerator: i64, denominator: i64) -> Option<Self> {
        if denominator == 0 {
            return None;
        }
        i64::try_from(half_even(
            i128::from(self.0) * i128::from(numerator),
            i128::from(denominator),
        ))
        .ok()
        .map(Self)
    }

    /// With exactly `decimals` places, rounded half to even.
    pub fn fixed(self, decimals: u32) -> String {
        let rounded = self.round(decimals).0;
        let (sign, abs) = (if rounded < 0 { "-" } else { "" }, rounded.unsigned_abs());
        let (whole, rest) = (abs / 1_000_000, abs % 1_000_000);
        if decimals == 0 {
            return format!("{sign}{whole}");
        }
        let rest = rest / 10_u64.pow(6_u32.saturating_sub(decimals));
        format!("{sign}{whole}.{rest:0width$}", width = decimals as usize)
    }
}

/// `n / d` rounded half to even; `d > 0` or `d < 0`, never 0.
fn half_even(n: i128, d: i128) -> i128 {
    let (n, d) = if d < 0 { (-n, -d) } else { (n, d) };
    let (q, r) = (n.div_euclid(d), n.rem_euclid(d));
    match (2 * r).cmp(&d) {
        std::cmp::Ordering::Less => q,
        std::cmp::Ordering::Greater => q + 1,
        std::cmp::Ordering::Equal => q + (q & 1),
    }
}

impl fmt::Display for Value {
    /// The shortest exact decimal: `35`, `0.7`, `-1.25`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.fixed(6);
        f.pad(text.trim_end_matches('0').trim_end_matches('.'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_read_exactly() {
        for (text, micro) in [
            ("35", 35_000_000),
            ("0.7", 700_000),
            (".5", 500_000),
            ("-1.25", -1_250_000),
            ("1e3", 1_000_000_000),
            ("2.5E-1", 250_000),
        ] {
            assert_eq!(Value::parse(text), Some(Value(micro)), "{text}");
        }
        for text in ["", "-", "NaN", "inf", "1,5", "0x10", "1e99", "—", "１２"] {
            assert_eq!(Value::parse(text), None, "{text}");
        }
    }

    #[test]
    fn rounding_is_half_to_even() {
        let fixed = |t: &str, d| Value::parse(t).expect("a number").fixed(d);
        assert_eq!(
            [
                fixed("0.5", 0),
                fixed("1.5", 0),
                fixed("2.5", 0),
                fixed("-0.25", 1)
            ],
            ["0", "2", "2", "-0.2"]
        );
        assert_eq!(Value::parse("12.340").expect("a number").to_string(), "12.34");
    }
}
