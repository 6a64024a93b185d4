//! The only reader of the wall clock, and of the one that nobody sets. Everything else takes the time as an argument.

use crate::domain::time::{Moment, Span};
use rustix::time::{ClockId, clock_gettime};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// The wall may be so far from where it would be had nobody set it, and still only be corrected.
const STEP: Span = Span::secs(5);

/// Where the time comes from: the wall, a faster wall for training, or a hand that sets it.
///
/// It shows two times: [`Clock::now`], which people read and which whoever keeps the machine may set, and
/// [`Clock::steady`], by which a process measures how long something took.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The system's clock.
    Wall,
    /// A room's: the wall had nobody set it. Small corrections of the wall are followed whenever [`Clock::stepped`] is
    /// asked; a step is told by it, and followed when what waits has moved with it ([`Clock::take`]).
    Steadied {
        /// The clock that is set.
        wall: Box<Clock>,
        /// What it showed when the steady time began, ms since 1970; shared by all that go by this clock.
        zero: Arc<AtomicI64>,
    },
    /// Training: starts at a moment and runs `speed` times as fast as the wall.
    Fast {
        /// Where it started.
        start: Moment,
        /// When it was started, by the machine's steady clock.
        since: Span,
        /// How many times as fast.
        speed: u32,
    },
    /// Tests and drills: stands still until it is set.
    Set {
        /// What it shows, ms since 1970.
        wall: Arc<AtomicI64>,
        /// Its steady time, ms; where there is none, the machine's.
        steady: Option<Arc<AtomicI64>>,
    },
}

impl Clock {
    /// The wall as it goes while nobody sets it, from now on.
    pub fn steadied(wall: Self) -> Self {
        let zero = wall.now() - wall.steady();
        Self::Steadied {
            zero: Arc::new(AtomicI64::new(zero.ms())),
            wall: Box::new(wall),
        }
    }

    /// By how much the wall was set, forward or back, and not yet followed: only a steadied clock can tell. Where that is but
    /// a small correction, it is followed by this.
    pub fn stepped(&self) -> Option<Span> {
        self.follow(is_small).err()
    }

    /// Follows a step of the wall that another clock of this machine showed at `at`, and whoever goes by that one wrote down;
    /// whether it was one of ours too. Where the wall was set more than once that part is followed, and the rest told.
    pub fn take(&self, step: Span, at: Moment) -> bool {
        let Some(by) = self.stepped() else {
            return false;
        };
        if is_small(by - step) {
            return self.follow(|_| true).is_ok();
        }
        // Who started only after that step is nearer to the time that it led to.
        let is_ours = self.now().apart(at) < self.now().apart(at + step);
        if let Self::Steadied { zero, .. } = self
            && is_ours
        {
            zero.fetch_add(step.ms(), Ordering::SeqCst);
        }
        is_ours
    }

    /// Follows the wall where its distance may be followed; else gives that.
    fn follow(&self, may: impl Fn(Span) -> bool) -> Result<(), Span> {
        let Self::Steadied { wall, zero } = self else {
            return Ok(());
        };
        let by = wall.now() - self.now();
        if !may(by) {
            return Err(by);
        }
        zero.fetch_add(by.ms(), Ordering::SeqCst);
        Ok(())
    }

    /// A clock that stands at `at` until [`Clock::set`] moves it.
    pub fn standing(at: Moment) -> Self {
        Self::Set {
            wall: Arc::new(AtomicI64::new(at.ms())),
            steady: None,
        }
    }

    /// Runs `speed` times as fast as the wall, from now or from `last`, whichever is later; the wall itself where that
    /// comes to the same.
    pub fn going_on(last: Option<Moment>, speed: u32) -> Self {
        let now = wall();
        match last.filter(|last| *last > now) {
            None if speed == 1 => Self::Wall,
            ahead => Self::Fast {
                start: ahead.unwrap_or(now),
                since: machine(),
                speed,
            },
        }
    }

    /// The moment it shows.
    pub fn now(&self) -> Moment {
        match self {
            Self::Wall => wall(),
            Self::Steadied { wall, zero } => Moment::from_ms(zero.load(Ordering::SeqCst)) + wall.steady(),
            Self::Fast { start, since, speed } => {
                let passed = (machine() - *since).ms().saturating_mul(i64::from(*speed));
                Moment::from_ms(start.ms().saturating_add(passed))
            }
            Self::Set { wall, .. } => Moment::from_ms(wall.load(Ordering::SeqCst)),
        }
    }

    /// How long it has run since some origin, by a clock that nobody sets: for spans within one process. Real time
    /// whatever the speed; a machine that sleeps goes on counting.
    pub fn steady(&self) -> Span {
        match self {
            Self::Set {
                steady: Some(steady), ..
            } => Span::from_ms(steady.load(Ordering::SeqCst)),
            Self::Steadied { wall, .. } => wall.steady(),
            Self::Wall | Self::Fast { .. } | Self::Set { .. } => machine(),
        }
    }

    /// Moves a standing clock; the others go their own way.
    pub fn set(&self, at: Moment) {
        if let Self::Set { wall, .. } = self {
            wall.store(at.ms(), Ordering::SeqCst);
        }
    }

    /// How many times as fast as the wall it runs: what waits are divided by.
    pub fn speed(&self) -> u32 {
        match self {
            Self::Fast { speed, .. } => (*speed).max(1),
            Self::Wall | Self::Steadied { .. } | Self::Set { .. } => 1,
        }
    }
}

/// Whether so much is a correction, such as of a clock that is a little slow, and no step.
pub fn is_small(by: Span) -> bool {
    by <= STEP && Span::ZERO - STEP <= by
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

/// The machine's steady clock: time since it was started, also while it slept.
fn machine() -> Span {
    #[cfg(target_os = "linux")]
    let since = clock_gettime(ClockId::Boottime);
    #[cfg(not(target_os = "linux"))]
    let since = clock_gettime(ClockId::Monotonic);
    let ms = since.tv_sec.saturating_mul(1000) + since.tv_nsec / 1_000_000;
    Span::from_ms(ms)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wall_that_is_corrected_is_followed_and_one_that_is_set_is_told_until_that_is_taken() {
        let hand = Arc::new(AtomicI64::new(3));
        let wall = Clock::Set {
            wall: Arc::new(AtomicI64::new(1_790_000_000_000)),
            steady: Some(Arc::clone(&hand)),
        };
        let (room, start) = (Clock::steadied(wall.clone()), wall.now());
        hand.store(10_003, Ordering::SeqCst);
        wall.set(start + Span::secs(12));
        assert_eq!(room.now(), start + Span::secs(10));
        assert_eq!((room.stepped(), room.now()), (None, wall.now()), "2 s fast");
        let other = room.clone();
        for by in [Span::hours(1), Span::hours(-1), Span::days(730), Span::secs(-6)] {
            let before = room.now();
            wall.set(before + by);
            assert_eq!((room.stepped(), room.now()), (Some(by), before), "it goes on");
            let other_step = by + Span::secs(6);
            assert!(
                !room.take(other_step, before - other_step),
                "one from before it started"
            );
            assert!(room.take(by, before));
            assert_eq!((room.stepped(), other.now()), (None, wall.now()));
        }
        assert!(!room.take(Span::ZERO, room.now()), "there was none");
    }

    #[test]
    fn of_two_steps_the_one_that_is_written_down_is_followed_and_the_other_told() {
        let wall = Clock::Set {
            wall: Arc::new(AtomicI64::new(1_790_000_000_000)),
            steady: Some(Arc::new(AtomicI64::new(3))),
        };
        for (first, second) in [(-3_600, 86_400), (3_600, 86_400), (86_400, -3_600), (-90, -3_600)] {
            let (first, second) = (Span::secs(first), Span::secs(second));
            let (before, room) = (wall.now(), Clock::steadied(wall.clone()));
            wall.set(before + first);
            let late = Clock::steadied(wall.clone());
            wall.set(wall.now() + second);
            assert!(room.take(first, before - Span::secs(3)), "it was there");
            assert_eq!((room.stepped(), room.now()), (Some(second), before + first));
            assert!(!late.take(first, before - Span::secs(3)), "it came afterwards");
            assert_eq!((late.stepped(), late.now()), (Some(second), before + first));
        }
    }

    #[test]
    fn spans_go_by_a_clock_that_does_not_follow_the_one_that_is_set() {
        let standing = Clock::standing(Moment::from_ms(1_790_000_000_000));
        let before = standing.steady();
        standing.set(Moment::default());
        assert!((Span::ZERO..Span::hours(1)).contains(&(standing.steady() - before)));
        let hand = Arc::new(AtomicI64::new(7));
        let by_hand = Clock::Set {
            wall: Arc::new(AtomicI64::new(0)),
            steady: Some(Arc::clone(&hand)),
        };
        by_hand.set(Moment::from_ms(1_790_000_000_000));
        assert_eq!(by_hand.steady(), Span::from_ms(7));
        hand.store(8, Ordering::SeqCst);
        assert_eq!(by_hand.steady(), Span::from_ms(8));
    }
}
