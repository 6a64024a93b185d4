//! Numbers that are no measurements, a row a quantity: codes by which instruments and platforms say "nothing", and
//! ceilings, which an instrument writes when there is more than it can measure.
//!
//! Compared as numbers, so that `9999`, `9999.0` and `9.999e3` are one. Practice, not a standard: makers' manuals give
//! 985 µg/m³ as the end of a beta monitor's usual range, and displays of three or four digits end at 999, 999.9, 1999.9.

use crate::domain::quantity::{Quantity, Value};

/// What a number can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeMeaning {
    /// A measurement.
    Possible,
    /// The end of what the instrument can measure, or a true value that happens to be so high.
    Ceiling,
    /// Out of the quantity's range, or a code: never a measurement.
    Impossible,
}

/// Values are held in millionths.
const ONE: i64 = 1_000_000;
const TENTH: i64 = ONE / 10;
const HUNDREDTH: i64 = ONE / 100;

/// Codes of the six pollutants, in whatever unit they are given: nines, and the greatest integers of 15 and 16 bits.
const CODES: &[i64] = &[
    9_999 * ONE,
    99_999 * TENTH,
    999_999 * HUNDREDTH,
    99_999 * ONE,
    999_999 * ONE,
    32_767 * ONE,
    32_768 * ONE,
    65_535 * ONE,
];

/// Ceilings of monitors of gases and of particles, in the canonical unit.
const GAS: &[i64] = &[999 * ONE, 9_999 * TENTH, 19_999 * TENTH];
const PARTICLES: &[i64] = &[985 * ONE, 999 * ONE, 9_999 * TENTH, 19_999 * TENTH];

/// One row a pollutant: its codes, and its ceilings.
const ROWS: &[(Quantity, &[i64], &[i64])] = &[
    (Quantity::Pm25, CODES, PARTICLES),
    (Quantity::Pm10, CODES, PARTICLES),
    (Quantity::So2, CODES, GAS),
    (Quantity::No2, CODES, GAS),
    (Quantity::O3, CODES, GAS),
    (Quantity::Co, CODES, &[]),
];

/// Fewer other stations bear no ceiling out: one alone may stand in the same smoke, or have the same fault.
const NEIGHBOURS: usize = 2;

impl Quantity {
    /// What a value can be: `given` as the upstream wrote it, `value` the same in the canonical unit.
    pub fn standing(self, given: Value, value: Value) -> CodeMeaning {
        let row = ROWS.iter().find(|row| row.0 == self);
        let is_one_of = |codes: &[i64], number: Value| codes.contains(&number.micro());
        let is_code = row.is_some_and(|row| is_one_of(row.1, given) || is_one_of(row.1, value));
        if is_code || !self.holds(value) {
            return CodeMeaning::Impossible;
        }
        if row.is_some_and(|row| is_one_of(row.2, value)) {
            return CodeMeaning::Ceiling;
        }
        CodeMeaning::Possible
    }

    /// Whether the value of the hour before bears a ceiling out: air that was at half of it can have reached it, and
    /// air that was clean an hour ago has hardly become worse than an instrument can measure.
    pub fn bears_out(self, before: Value, ceiling: Value) -> bool {
        before.micro().saturating_mul(2) >= ceiling.micro()
    }

    /// Whether the county's other stations bear a ceiling out, each by its value of the same hour: at least two of them,
    /// and at least half of all that have one, stand at half of it or more ([`Quantity::bears_out`]). A storm is over the
    /// county; a plume or a fault is at one place. A practice of ours, no standard.
    pub fn neighbours_bear_out(self, others: &[Value], ceiling: Value) -> bool {
        let high = others.iter().filter(|value| self.bears_out(**value, ceiling));
        let high = high.count();
        high >= NEIGHBOURS && high * 2 >= others.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Value {
        Value::parse(text).expect("a number")
    }

    fn standing(quantity: Quantity, text: &str) -> CodeMeaning {
        quantity.standing(number(text), number(text))
    }

    const SIX: [Quantity; 6] = [
        Quantity::Pm25,
        Quantity::Pm10,
        Quantity::So2,
        Quantity::No2,
        Quantity::O3,
        Quantity::Co,
    ];

    #[test]
    fn codes_are_never_measurements_of_the_six_however_they_are_written() {
        for quantity in SIX {
            for code in [
                "9999", "9999.0", "9.999e3", "99999", "32767", "65535", "-999", "-9999",
            ] {
                assert_eq!(
                    standing(quantity, code),
                    CodeMeaning::Impossible,
                    "{quantity:?} {code}"
                );
            }
        }
        let co = Quantity::Co.standing(number("9999"), number("9.999"));
        assert_eq!(co, CodeMeaning::Impossible, "the code as it was given in µg/m³");
    }

    #[test]
    fn ceilings_are_suspect_and_their_neighbours_are_not() {
        for (quantity, text, how) in [
            (Quantity::Pm25, "985", CodeMeaning::Ceiling),
            (Quantity::Pm10, "985.0", CodeMeaning::Ceiling),
            (Quantity::Pm10, "999.9", CodeMeaning::Ceiling),
            (Quantity::O3, "1999.9", CodeMeaning::Ceiling),
            (Quantity::Pm10, "984", CodeMeaning::Possible),
            (Quantity::Pm10, "986", CodeMeaning::Possible),
            (Quantity::Pressure, "999", CodeMeaning::Possible),
            (Quantity::Pressure, "985", CodeMeaning::Possible),
            (Quantity::Power, "9999", CodeMeaning::Possible),
        ] {
            assert_eq!(standing(quantity, text), how, "{quantity:?} {text}");
        }
    }

    #[test]
    fn the_hour_before_bears_a_ceiling_out_from_half_of_it() {
        let borne = |before: &str| Quantity::Pm10.bears_out(number(before), number("985"));
        assert!(borne("492.5") && borne("985") && !borne("492") && !borne("60"));
    }
}
