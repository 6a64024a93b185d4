//! The composite index (环境空气质量综合指数) of a period: the sum of each pollutant's statistic over its limit.
//!
//! 城市环境空气质量排名技术规定. SO₂, NO₂, PM10 and PM2.5 go in as means, CO as the 95th percentile of its days, O₃ as
//! the 90th percentile of its daily maximum 8-hour means. Limits and weights are rows by date; whoever has a local rule
//! changes a copy of a row.

use crate::domain::air::pollutant::{Pollutant, Pollutants};
use crate::domain::quantity::Value;
use chrono::NaiveDate;

/// How a composite index is formed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Formula {
    /// Key in options and JSON; stored with the result.
    pub key: &'static str,
    /// The first date of observation it holds for.
    pub from: (i32, u32, u32),
    /// Grade II limits in whole units, in the order of [`Pollutant::ALL`]: annual, for CO daily, for O₃ 8 hours.
    pub limits: [i64; 6],
    /// Weights in the order of [`Pollutant::ALL`]; 1 in every published rule that was found.
    pub weights: [i64; 6],
    /// The sum is divided by this.
    pub divisor: i64,
    /// Decimals of the result.
    pub decimals: u32,
    /// Where the limits are from.
    pub source: &'static str,
}

/// The known formulas, oldest first. That the index moved to the limits of 2026 on their first day is not found in any
/// text; a room that is told otherwise chooses the row by its key.
pub const FORMULAS: [Formula; 3] = [
    Formula {
        key: "2012",
        from: (2016, 1, 1),
        limits: [60, 40, 4, 160, 70, 35],
        weights: [1; 6],
        divisor: 1,
        decimals: 2,
        source: "GB 3095-2012, table 1, grade II",
    },
    Formula {
        key: "2026-transition",
        from: (2026, 3, 1),
        limits: [60, 40, 4, 160, 60, 30],
        weights: [1; 6],
        divisor: 1,
        decimals: 2,
        source: "GB 3095-2026, table 1, transition, grade II",
    },
    Formula {
        key: "2026-final",
        from: (2031, 1, 1),
        limits: [20, 30, 4, 160, 50, 25],
        weights: [1; 6],
        divisor: 1,
        decimals: 2,
        source: "GB 3095-2026, table 1, final, grade II",
    },
];

/// The percentile that represents a pollutant in the index; `None`: its mean does.
pub const fn represented_by(p: Pollutant) -> Option<u32> {
    match p {
        Pollutant::Co => Some(95),
        Pollutant::O3 => Some(90),
        Pollutant::So2 | Pollutant::No2 | Pollutant::Pm10 | Pollutant::Pm25 => None,
    }
}

/// A composite index with its terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Composite {
    /// What it was computed by.
    pub formula: Formula,
    /// C / S in the order of [`Pollutant::ALL`], to six decimals, without weight.
    pub terms: [Option<Value>; 6],
    /// The index, rounded half to even to the formula's decimals; `None` while a pollutant is missing.
    pub index: Option<Value>,
    /// The pollutants with the largest term.
    pub main: Pollutants,
}

impl Formula {
    /// The newest formula that holds on a date of observation; the oldest for earlier ones.
    pub fn on(date: NaiveDate) -> Self {
        let [oldest, later @ ..] = FORMULAS;
        later
            .into_iter()
            .rfind(|f| NaiveDate::from_ymd_opt(f.from.0, f.from.1, f.from.2).is_some_and(|from| date >= from))
            .unwrap_or(oldest)
    }

    /// By its key; `None` for an unknown one.
    pub fn by_key(key: &str) -> Option<Self> {
        FORMULAS.into_iter().find(|formula| formula.key == key)
    }

    /// The index of the representing statistics (µg/m³, CO mg/m³), in the order of [`Pollutant::ALL`].
    ///
    /// The sum is exact; only the index and the shown terms are rounded. Negative and absurd statistics are missing.
    pub fn apply(self, statistics: &[Option<Value>; 6]) -> Composite {
        let usable = Pollutant::ALL.map(|p| p.pick(statistics).filter(|&c| p.plausible(c)));
        let terms = Pollutant::ALL.map(|p| p.pick(&usable)?.scale(1, p.pick(&self.limits)));
        Composite {
            formula: self,
            terms,
            index: self.sum(&usable),
            main: self.main(&usable),
        }
    }

    /// Every term over the product of all limits, so that nothing is rounded before the end.
    fn sum(self, statistics: &[Option<Value>; 6]) -> Option<Value> {
        let common: i128 = self.limits.iter().map(|&s| i128::from(s)).product();
        let mut sum = 0_i128;
        for p in Pollutant::ALL {
            let share = common / i128::from(p.pick(&self.limits));
            sum += i128::from(p.pick(statistics)?.micro()) * i128::from(p.pick(&self.weights)) * share;
        }
        let unit = common * i128::from(self.divisor) * 10_i128.pow(6_u32.saturating_sub(self.decimals));
        let (whole, rest) = (sum.div_euclid(unit), sum.rem_euclid(unit));
        let up = if 2 * rest == unit {
            whole & 1
        } else {
            i128::from(2 * rest > unit)
        };
        let micro = (whole + up) * 10_i128.pow(6_u32.saturating_sub(self.decimals));
        i64::try_from(micro).ok().map(Value::from_micro)
    }

    /// Compared as fractions: 74 / 70 and 37 / 35 are a tie.
    fn main(self, statistics: &[Option<Value>; 6]) -> Pollutants {
        let of = |p: Pollutant| {
            let c = p.pick(statistics)?;
            Some((i128::from(c.micro()), i128::from(p.pick(&self.limits))))
        };
        let larger = |(a, s): (i128, i128), (b, t): (i128, i128)| a * t > b * s;
        let present: Vec<_> = Pollutant::ALL
            .into_iter()
            .filter_map(|p| of(p).map(|term| (p, term)))
            .collect();
        present
            .iter()
            .filter(|(_, term)| !present.iter().any(|(_, other)| larger(*other, *term)))
            .map(|&(p, _)| p)
            .collect()
    }

    /// What `p` may be so that the index is exactly `goal` with the other statistics as they are (反推), µg/m³
    /// (CO mg/m³); `None` while another is missing or where even zero is too much.
    pub fn allowed(self, p: Pollutant, statistics: &[Option<Value>; 6], goal: Value) -> Option<Value> {
        let mut others = *statistics;
        if let Some(cell) = others.get_mut(p.index()) {
            *cell = Some(Value::whole(0));
        }
        let exact = Self {
            decimals: 6,
            divisor: 1,
            ..self
        };
        let left = goal.micro().checked_mul(self.divisor)? - exact.sum(&others)?.micro();
        let allowed = Value::from_micro(left).scale(p.pick(&self.limits), p.pick(&self.weights))?;
        (allowed.micro() >= 0).then_some(allowed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Statistics in the order of the bulletins (SO₂, NO₂, PM10, PM2.5, CO, O₃), put into ours.
    fn statistics(text: &str) -> [Option<Value>; 6] {
        let mut cells = text.split(',').map(Value::parse);
        let [so2, no2, pm10, pm25, co, o3] = std::array::from_fn(|_| cells.next().flatten());
        [so2, no2, co, o3, pm10, pm25]
    }

    fn exact(key: &str, text: &str) -> (String, String) {
        let formula = Formula {
            decimals: 4,
            ..Formula::by_key(key).expect("a row")
        };
        let of = formula.apply(&statistics(text));
        (of.index.expect("all six").fixed(4), of.main.to_string())
    }

    #[test]
    fn the_worked_periods_come_out_with_their_main_pollutant() {
        let row = |key, text, index: &str, main: &str| {
            assert_eq!(
                exact(key, text),
                (index.to_owned(), main.to_owned()),
                "{key} {text}"
            );
        };
        // Exactly 1.74375.
        row("2012", "3,13,16,13,0.9,87", "1.7438", "O3");
        row("2012", "12,31,74,37,1.4,168", "4.4893", "PM10+PM2.5");
        row("2012", "7,28,50,29,0.9,153", "3.5408", "O3");
        row("2026-transition", "7,28,50,29,0.9,153", "3.7979", "PM2.5");
        row("2026-final", "7,28,50,29,0.9,153", "4.6246", "PM2.5");
    }

    #[test]
    fn bulletins_agree_within_what_their_own_rounding_leaves() {
        for (text, published) in [
            ("3,13,16,13,0.9,87", 1_730_000),
            ("12,31,74,37,1.4,168", 4_480_000),
        ] {
            let ours = FORMULAS[0].apply(&statistics(text)).index.expect("all six");
            assert!((ours.micro() - published).abs() <= 20_000, "{ours}");
        }
    }

    #[test]
    fn weights_and_divisor_are_configuration() {
        let weighted = Formula {
            weights: [1, 2, 1, 2, 1, 3],
            decimals: 4,
            ..FORMULAS[1]
        };
        let of = |formula: Formula| {
            let index = formula.apply(&statistics("7,28,50,29,0.9,153")).index;
            index.expect("all six").fixed(4)
        };
        assert_eq!(of(weighted), "7.3875");
        assert_eq!(
            of(Formula {
                divisor: 10,
                ..weighted
            }),
            "0.7388"
        );
    }

    #[test]
    fn terms_are_the_published_ones_and_a_missing_pollutant_leaves_no_index() {
        let mut six = statistics("7,28,50,29,0.9,153");
        let of = FORMULAS[0].apply(&six);
        let terms: Vec<_> = of.terms.iter().flatten().map(|t| t.fixed(4)).collect();
        assert_eq!(
            terms,
            ["0.1167", "0.7000", "0.2250", "0.9562", "0.7143", "0.8286"]
        );
        six[0] = None;
        assert_eq!(FORMULAS[0].apply(&six).index, None);
        six[0] = Some(Value::from_micro(-1));
        assert_eq!(FORMULAS[0].apply(&six).index, None);
    }

    #[test]
    fn the_formula_follows_the_date() {
        let on = |y, m, d| Formula::on(NaiveDate::from_ymd_opt(y, m, d).expect("a date")).key;
        assert_eq!(
            [on(2014, 1, 1), on(2026, 2, 28), on(2026, 3, 1), on(2031, 1, 1)],
            ["2012", "2012", "2026-transition", "2026-final"]
        );
    }

    #[test]
    fn the_concentration_that_meets_a_goal_meets_it() {
        let mut six = statistics("7,28,50,29,0.9,153");
        let goal = Value::parse("3.42").expect("a number");
        let allowed = FORMULAS[0]
            .allowed(Pollutant::Pm25, &six, goal)
            .expect("reachable");
        six[5] = Some(allowed);
        assert_eq!(FORMULAS[0].apply(&six).index, Some(goal));
        assert_eq!(FORMULAS[0].allowed(Pollutant::Pm25, &six, Value::whole(1)), None);
    }
}
