//! The only reader of the wall clock. Everything else takes the time as an argument.

use crate::domain::time::Moment;
use std::sync::Arc;
use std::sync::atomic::AtomicI64;
use std::sync::atomic::Ordering;
use std::time::Instant;

/// Where the time comes from: the wall, a faster wall for training, or a hand that sets it.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The system's clock.
    Wall,
    /// Training: starts at a moment and runs `speed` times as fast as the wall.
    Fast {
        /// Where it started.
        start: Moment,
        /// When it was started.
        since: Instant,
        /// How many times as fast.
        speed: u32,
    },
    /// Tests and drills: stands still until it is set.
    Set(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at `at` until [`Clock::set`] moves it.
    pub fn standing(at: Moment) -> Self {
        Self::Set(Arc::new(AtomicI64::new(at.ms())))
    }

    /// Runs `speed` times as fast as the wall, from now or from `last`, whichever is later; the wall itself where that
    /// comes to the same.
    pub fn going_on(last: Option<Moment>, speed: u32) -> Self {
        let now = wall();
        match last.filter(|last| *last > now) {
            None if speed == 1 => Self::Wall,
            ahead => Self::Fast {
                start: ahead.unwrap_or(now),
                since: Instant::now(),
                speed,
            },
        }
    }

    /// The moment it shows.
    pub fn now(&self) -> Moment {
        match self {
            Self::Wall => wall(),
            Self::Fast { start, since, speed } => {
                let passed = i64::try_from(since.elapsed().as_millis()).unwrap_or(i64::MAX);
                Moment::from_ms(
                    start
                        .ms()
                        .saturating_add(passed.saturating_mul(i64::from(*speed))),
                )
            }
            Self::Set(ms) => Moment::from_ms(ms.load(Ordering::SeqCst)),
        }
    }

    /// Moves a standing clock; the others go their own way.
    pub fn set(&self, at: Moment) {
        if let Self::Set(ms) = self {
            ms.store(at.ms(), Ordering::SeqCst);
        }
    }

    /// How many times as fast as the wall it runs: what waits are divided by.
    pub fn speed(&self) -> u32 {
        match self {
            Self::Fast { speed, .. } => (*speed).max(1),
            Self::Wall | Self::Set(_) => 1,
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place that reads the wall clock"
)]
fn wall() -> Moment {
    let since = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap_or_default();
    Moment::from_ms(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
