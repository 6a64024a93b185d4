//! Chance without a state: every draw is a function of the seed and of what is drawn, so that a world can be asked for
//! any moment, in any order, and always answers the same.

use crate::domain::time::{Moment, Span};

/// A draw, or the root of further draws: `chance.of("fires").nth(day).unit()`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Chance(u64);

impl Chance {
    /// The root of all draws of one seed.
    pub(super) fn new(seed: u64) -> Self {
        Self(mix(seed))
    }

    /// The draw, or root, of that name.
    pub(super) fn of(self, name: &str) -> Self {
        name.bytes()
            .fold(self, |chance, byte| chance.nth(i64::from(byte)))
    }

    /// The draw, or root, of that number.
    pub(super) fn nth(self, number: i64) -> Self {
        Self(mix(self.0.rotate_left(17) ^ number.cast_unsigned()))
    }

    /// Even in 0 ≤ x < 1.
    pub(super) fn unit(self) -> f64 {
        /// 2⁵³: the whole numbers a float holds exactly.
        const STEPS: f64 = 9_007_199_254_740_992.0;
        (self.0 >> 11) as f64 / STEPS
    }

    /// Sixteen hexadecimal digits: an id.
    pub(super) fn hex(self) -> String {
        format!("{:016x}", self.0)
    }

    /// Thirty-two bytes: a secret that opens nothing but this simulation.
    pub(super) fn bytes(self) -> [u8; 32] {
        let mut bytes = [0; 32];
        for (n, chunk) in bytes.chunks_mut(8).enumerate() {
            chunk.copy_from_slice(&self.nth(n as i64).0.to_le_bytes());
        }
        bytes
    }

    /// Even in `low ≤ x < high`.
    pub(super) fn between(self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// Whether something of this probability happens.
    pub(super) fn happens(self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// A whole length of time, even between two.
    pub(super) fn span(self, low: Span, high: Span) -> Span {
        Span::secs(self.between(low.as_secs() as f64, high.as_secs() as f64) as i64)
    }

    /// One of the list; `None` of an empty one.
    pub(super) fn pick<T>(self, list: &[T]) -> Option<&T> {
        list.get((self.unit() * list.len() as f64) as usize)
    }

    /// Bell-shaped around 0, about 1 wide: the sum of six even draws.
    pub(super) fn bell(self) -> f64 {
        let sum: f64 = (0..6).map(|n| self.nth(n).unit()).sum();
        (sum - 3.0) * std::f64::consts::SQRT_2
    }

    /// A smooth course over time in −1 … 1 that forgets itself within about one `period`.
    pub(super) fn wave(self, at: Moment, period: Span) -> f64 {
        let step = period.ms().max(1);
        let (nth, rest) = (at.ms().div_euclid(step), at.ms().rem_euclid(step));
        let part = rest as f64 / step as f64;
        let ease = part * part * (3.0 - 2.0 * part);
        let end = |n: i64| self.nth(n).between(-1.0, 1.0);
        end(nth) + (end(nth + 1) - end(nth)) * ease
    }
}

/// The finaliser of SplitMix64 over the golden-ratio step: every bit of the result hangs on every bit given.
fn mix(bits: u64) -> u64 {
    let z = bits.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_are_even_and_do_not_hang_together() {
        let root = Chance::new(1).of("test");
        let draws: Vec<f64> = (0..4000).map(|n| root.nth(n).unit()).collect();
        let mean = draws.iter().sum::<f64>() / 4000.0;
        assert!((mean - 0.5).abs() < 0.02, "{mean}");
        let together: f64 = draws.windows(2).map(|w| (w[0] - 0.5) * (w[1] - 0.5)).sum();
        assert!((together / 4000.0).abs() < 0.005, "{together}");
    }

    #[test]
    fn a_wave_is_smooth_and_stays_within_its_bounds() {
        let wave = |ms| Chance::new(7).wave(Moment::from_ms(ms), Span::hours(6));
        for minute in 0..3000 {
            let (here, next) = (wave(minute * 60_000), wave((minute + 1) * 60_000));
            assert!(
                here.abs() <= 1.0 && (next - here).abs() < 0.02,
                "{minute}: {here} {next}"
            );
        }
    }

    #[test]
    fn another_name_or_seed_is_another_draw() {
        let draw = |seed, name| Chance::new(seed).of(name).unit().to_bits();
        assert_ne!(draw(1, "a"), draw(1, "b"));
        assert_ne!(draw(1, "a"), draw(2, "a"));
        assert_eq!(draw(1, "a"), draw(1, "a"));
    }
}
