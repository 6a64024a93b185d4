//! Chance of a process: what spreads its waits and tells it from others. One seed, drawn where the process begins, gives
//! all of it, so that what happened once can be made to happen again.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Draws one after another of one seed (`SplitMix64`). Clones draw from the same row. Nothing secret may hang on them.
#[derive(Clone, Debug)]
pub struct Luck(Arc<AtomicU64>);

impl Luck {
    /// The draws of that seed.
    pub fn new(seed: u64) -> Self {
        Self(Arc::new(AtomicU64::new(seed)))
    }

    /// The next draw.
    pub fn bits(&self) -> u64 {
        const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
        let at = self.0.fetch_add(STEP, Ordering::Relaxed).wrapping_add(STEP);
        let once = (at ^ (at >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let twice = (once ^ (once >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        twice ^ (twice >> 31)
    }

    /// The next draw, even in 0 ≤ x < 1.
    pub fn unit(&self) -> f64 {
        /// 2⁵³: the whole numbers a float holds exactly.
        const STEPS: f64 = 9_007_199_254_740_992.0;
        (self.bits() >> 11) as f64 / STEPS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_seed_always_draws_the_same_and_another_one_something_else() {
        let draws = |seed| {
            let luck = Luck::new(seed);
            (0..1_000).map(|_| luck.unit()).collect::<Vec<_>>()
        };
        assert_eq!(draws(7), draws(7));
        assert_ne!(draws(7), draws(8));
        assert!(draws(7).iter().all(|draw| (0.0..1.0).contains(draw)));
        let mean = draws(7).iter().sum::<f64>() / 1_000.0;
        assert!((0.45..0.55).contains(&mean), "{mean}");
    }
}
