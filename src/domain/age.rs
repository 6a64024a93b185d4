//! Whether an observation is of now: neither too old nor ahead of the clock. The one answer for screens, lists, indices,
//! rules and documents; nothing that is not current heads a list, makes an index or wears a level's colour.

use crate::domain::reading::{Period, Reading};
use crate::domain::time::{Moment, Span};

/// How far the clocks of instruments, upstreams and this machine may differ with nobody at fault (our default, no norm).
/// What lies further ahead is not of now and is not used.
pub const AHEAD: Span = Span::mins(5);

/// Values that may be missed before the newest says nothing about now: three, so an hourly value is current for 3 h. At
/// that age rules stop judging a series, and AIR-STALE's proposed step (the next hour overdue by 2 h) raises.
const MISSED: i64 = 3;

/// Values of moments and minutes are current at least this long.
const LOOSE: Span = Span::mins(15);

/// How an observation stands to the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Age {
    /// Of now.
    Current,
    /// Older than its limit: shown as the last known, judged by nobody.
    Stale,
    /// Ahead of the clock: not used.
    Ahead,
}

impl Age {
    /// Every standing.
    pub const ALL: [Self; 3] = [Self::Current, Self::Stale, Self::Ahead];

    /// Key in JSON and filters.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Stale => "stale",
            Self::Ahead => "ahead",
        }
    }

    /// By its key; `None` for an unknown one.
    pub fn by_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|age| age.key() == key)
    }

    /// Of what was observed at `at` and counts as current for `limit`.
    pub fn of(at: Moment, limit: Span, now: Moment) -> Self {
        if at > now + AHEAD {
            Self::Ahead
        } else if now.age_of(at) > limit {
            Self::Stale
        } else {
            Self::Current
        }
    }

    /// Whether it is of now.
    pub fn is_current(self) -> bool {
        self == Self::Current
    }
}

/// How long a value of this period is current where its source says nothing of its own.
pub fn limit(period: Period) -> Span {
    Span::from_ms(period.length().ms() * MISSED).max(LOOSE)
}

impl Reading {
    /// How it stands to the clock: by its source's limit (the age from which the source's data are late), else by its
    /// period's.
    pub fn age(&self, late_after: Option<Span>, now: Moment) -> Age {
        Age::of(self.at, late_after.unwrap_or_else(|| limit(self.period)), now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOON: Moment = Moment::from_ms(1_790_000_000_000);

    #[test]
    fn an_hourly_value_is_of_now_for_three_hours_and_never_before_its_time() {
        let hour = |ago: Span| Age::of(NOON - ago, limit(Period::Hour), NOON);
        assert_eq!(hour(Span::hours(3)), Age::Current);
        assert_eq!(hour(Span::from_ms(Span::hours(3).ms() + 1)), Age::Stale);
        assert_eq!(hour(Span::days(3916)), Age::Stale);
        assert_eq!(hour(Span::mins(-5)), Age::Current);
        assert_eq!(hour(Span::mins(-6)), Age::Ahead);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_current_lies_between_its_limit_and_the_clock(ago in -10_000_000_i64..10_000_000, limit in 0_i64..9_000_000) {
            let current = Age::of(NOON - Span::from_ms(ago), Span::from_ms(limit), NOON).is_current();
            prop_assert_eq!(current, ago <= limit && ago >= -AHEAD.ms());
        }
    }
}
