//! Draws of the simulation: each a function of the day's seed and of what is drawn, so that no order of other things
//! changes it.

use lookout::desk::luck::Luck;
use lookout::domain::time::Span;

/// Draws of one root.
#[derive(Clone, Debug)]
pub(crate) struct Draw(Luck);

impl Draw {
    pub(crate) fn new(seed: u64) -> Self {
        Self(Luck::new(seed))
    }

    /// What is drawn under that name and number, whenever.
    pub(crate) fn of(seed: u64, name: &str, nth: u64) -> Self {
        let mixed = name
            .bytes()
            .fold(seed ^ nth.wrapping_mul(0xd6e8_feb8_6659_fd93), |all, byte| {
                (all ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
            });
        Self::new(Luck::new(mixed).bits())
    }

    pub(crate) fn bits(&self) -> u64 {
        self.0.bits()
    }

    /// Even in 0..n.
    pub(crate) fn below(&self, n: u64) -> u64 {
        self.bits() % n.max(1)
    }

    /// Whether something that happens so often of a thousand times does.
    pub(crate) fn happens(&self, of_thousand: u64) -> bool {
        self.below(1_000) < of_thousand
    }

    /// Even between the two, in milliseconds.
    pub(crate) fn span(&self, low: Span, high: Span) -> Span {
        let width = u64::try_from((high - low).ms()).unwrap_or(0);
        Span::from_ms(low.ms() + i64::try_from(self.below(width.max(1))).unwrap_or(0))
    }

    /// One of them.
    pub(crate) fn one<'a, T>(&self, of: &'a [T]) -> Option<&'a T> {
        of.get(usize::try_from(self.below(of.len() as u64)).unwrap_or(0))
    }
}
