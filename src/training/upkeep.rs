//! What goes wrong with devices and feeds in the training county: outages, stuck instruments, missing values, feeds that
//! are down. Each as a function of time, so that a feed, its alert and its recovery always agree.

use crate::domain::time::{Moment, Span};
use crate::training::chance::Chance;
use crate::training::script::Machine;

/// When troubles of one kind happen: at most one in each slot of time.
struct Habit {
    slot: Span,
    /// How likely a slot has one.
    likely: f64,
    shortest: Span,
    longest: Span,
}

/// A station's data do not arrive: one of the county's stations at a time.
const OUTAGE: Habit = Habit {
    slot: Span::hours(12),
    likely: 0.8,
    shortest: Span::hours(3),
    longest: Span::hours(6),
};
/// An instrument repeats its last value: one in the county at a time.
const STUCK: Habit = Habit {
    slot: Span::hours(16),
    likely: 0.7,
    shortest: Span::hours(6),
    longest: Span::hours(9),
};
/// A camera is offline, each by itself.
const CAMERA: Habit = Habit {
    slot: Span::hours(24),
    likely: 0.3,
    shortest: Span::mins(20),
    longest: Span::hours(3),
};
/// A feed does not answer, each by itself.
const FEED: Habit = Habit {
    slot: Span::hours(12),
    likely: 0.25,
    shortest: Span::mins(6),
    longest: Span::mins(20),
};

/// A treatment facility stands still while its line runs, each by itself.
const TREATMENT: Habit = Habit {
    slot: Span::days(4),
    likely: 0.05,
    shortest: Span::mins(25),
    longest: Span::hours(3),
};
/// Something comes out above its limit at an emission point, a site or an outlet, each by itself.
const EXCESS: Habit = Habit {
    slot: Span::days(8),
    likely: 0.12,
    shortest: Span::hours(1),
    longest: Span::hours(5),
};
/// Bad water passes a section, each by itself.
const SPILL: Habit = Habit {
    slot: Span::days(10),
    likely: 0.08,
    shortest: Span::hours(9),
    longest: Span::hours(22),
};

/// A trouble that lasts at the moment asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Trouble {
    /// When it began.
    pub(super) since: Moment,
    /// When it will end.
    pub(super) until: Moment,
    /// Its own draw: which one it is, what is affected.
    pub(super) chance: Chance,
}

impl Habit {
    /// The trouble that lasts at `at`, if there is one. A trouble ends within the slot in which it begins.
    fn at(&self, chance: Chance, at: Moment) -> Option<Trouble> {
        let begin = at.floor(self.slot);
        let chance = chance.nth(begin.ms() / self.slot.ms());
        if !chance.of("likely").happens(self.likely) {
            return None;
        }
        let lasts = chance.of("lasts").span(self.shortest, self.longest);
        let room = Span::from_ms(self.slot.ms() - lasts.ms());
        let since = begin + chance.of("since").span(Span::ZERO, room);
        let until = since + lasts;
        (since <= at && at < until).then_some(Trouble { since, until, chance })
    }
}

/// What goes wrong in a world of this root.
#[derive(Clone, Copy, Debug)]
pub(super) struct Upkeep(Chance);

impl Upkeep {
    pub(super) fn new(chance: Chance) -> Self {
        Self(chance.of("upkeep"))
    }

    /// The outage of station `nth` of `count`.
    pub(super) fn outage(self, nth: usize, count: usize, at: Moment) -> Option<Trouble> {
        let trouble = OUTAGE.at(self.0.of("outage"), at)?;
        one_of(trouble.chance, count, nth).then_some(trouble)
    }

    /// The stuck instrument of station `nth` of `count`: since when, and which of the six pollutants.
    pub(super) fn stuck(self, nth: usize, count: usize, at: Moment) -> Option<(Moment, usize)> {
        let trouble = STUCK.at(self.0.of("stuck"), at)?;
        let pollutant = (trouble.chance.of("pollutant").unit() * 6.0) as usize;
        one_of(trouble.chance, count, nth).then_some((trouble.since, pollutant))
    }

    /// Whether the value of this station, pollutant and hour is missing: a calibration, a gap.
    pub(super) fn missing(self, station: usize, pollutant: usize, hour: Moment) -> bool {
        let key = (station * 6 + pollutant) as i64;
        self.0.of("missing").nth(key).nth(hour.ms()).happens(0.008)
    }

    /// The outage of camera `nth`.
    pub(super) fn camera(self, nth: usize, at: Moment) -> Option<Trouble> {
        CAMERA.at(self.0.of("camera").nth(nth as i64), at)
    }

    /// What is wrong with a machine: at most once in as long as it takes to happen once.
    pub(super) fn machine(self, machine: &Machine, at: Moment) -> Option<Trouble> {
        let [shortest, longest] = machine.minutes.map(Span::mins);
        let slot = Span::hours((24.0 / machine.a_day).clamp(8.0, 72.0) as i64);
        let likely = machine.a_day * slot.ms() as f64 / Span::days(1).ms() as f64;
        let habit = Habit {
            slot,
            likely,
            shortest,
            longest,
        };
        habit.at(self.0.of("machine").of(&machine.name).of(&machine.instance), at)
    }

    /// Whether the treatment facility of that meter stands still.
    pub(super) fn treatment(self, meter: &str, at: Moment) -> bool {
        TREATMENT.at(self.0.of("treatment").of(meter), at).is_some()
    }

    /// Whether that point lets out more than it may.
    pub(super) fn excess(self, point: &str, at: Moment) -> bool {
        EXCESS.at(self.0.of("excess").of(point), at).is_some()
    }

    /// Whether bad water passes that section.
    pub(super) fn spill(self, section: &str, at: Moment) -> bool {
        SPILL.at(self.0.of("spill").of(section), at).is_some()
    }

    /// The outage of a feed.
    pub(super) fn feed(self, name: &str, at: Moment) -> Option<Trouble> {
        FEED.at(self.0.of("feed").of(name), at)
    }
}

/// Whether `nth` of `count` is the one drawn.
fn one_of(chance: Chance, count: usize, nth: usize) -> bool {
    (chance.of("which").unit() * count as f64) as usize == nth
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn troubles_come_and_go_and_are_the_same_while_they_last() {
        let upkeep = Upkeep::new(Chance::new(3));
        let mut seen: Vec<Trouble> = Vec::new();
        for minute in 0..14 * 24 * 60 {
            let at = Moment::from_ms(1_790_000_000_000) + Span::mins(minute);
            let Some(trouble) = upkeep.camera(2, at) else {
                continue;
            };
            assert!(trouble.since <= at && at < trouble.until);
            if seen.last() != Some(&trouble) {
                seen.push(trouble);
            }
        }
        assert!((1..=14).contains(&seen.len()), "{}", seen.len());
        assert!(seen.windows(2).all(|two| two[0].until <= two[1].since));
    }

    #[test]
    fn one_station_at_most_is_out_at_a_time() {
        let upkeep = Upkeep::new(Chance::new(3));
        let out = |at| (0..12).filter(|&n| upkeep.outage(n, 12, at).is_some()).count();
        let counts: Vec<usize> = (0..500)
            .map(|h| out(Moment::default() + Span::hours(h)))
            .collect();
        assert!(counts.iter().all(|&n| n <= 1) && counts.contains(&1) && counts.contains(&0));
    }
}
