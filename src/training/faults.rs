//! What is wrong with a feed's answers: by the world's own schedule, or because a trainer asked for it.

use crate::domain::time::{Moment, Span};
use crate::training::world::World;
use std::collections::BTreeMap;

/// How a feed can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// 503, with a word.
    Down,
    /// 500, without a word.
    Error,
    /// 429 with `Retry-After`.
    TooOften,
    /// A log-in page in HTML, with status 200.
    Html,
    /// The first half of the body.
    Cut,
    /// Nothing at all, with status 200.
    Empty,
    /// No answer within any time-out.
    Silent,
}

/// One row a fault: its key in `/fault?kind=…`.
pub const FAULTS: &[(Fault, &str)] = &[
    (Fault::Down, "down"),
    (Fault::Error, "error"),
    (Fault::TooOften, "too-often"),
    (Fault::Html, "html"),
    (Fault::Cut, "cut"),
    (Fault::Empty, "empty"),
    (Fault::Silent, "silent"),
];

impl Fault {
    /// By its key.
    pub fn by_key(key: &str) -> Option<Self> {
        FAULTS.iter().find(|row| row.1 == key).map(|row| row.0)
    }
}

/// The faults that were asked for, by feed, with their end.
#[derive(Debug, Default)]
pub(super) struct Faults(BTreeMap<&'static str, (Fault, Moment)>);

impl Faults {
    /// Lets a feed be wrong for as long.
    pub(super) fn ask(&mut self, feed: &'static str, fault: Fault, now: Moment, lasts: Span) {
        self.0.insert(feed, (fault, now + lasts));
    }

    /// Mends a feed.
    pub(super) fn mend(&mut self, feed: &str) {
        self.0.remove(feed);
    }

    /// What is wrong with a feed now.
    pub(super) fn of(&self, world: &World, feed: &str, now: Moment) -> Option<Fault> {
        let asked = self.0.get(feed).filter(|(_, until)| now < *until);
        let own = || world.upkeep.feed(feed, now).map(|_| Fault::Down);
        asked.map(|(fault, _)| *fault).or_else(own)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_that_was_asked_for_ends_by_itself_or_is_mended() {
        let (world, mut faults) = (World::new(1), Faults::default());
        let minutes = (0..1440).map(|n| Moment::default() + Span::mins(n));
        let mut calm = minutes.filter(|at| world.upkeep.feed("tower", *at).is_none());
        let now = calm.next().expect("a feed is up most of the time");
        faults.ask("tower", Fault::Html, now, Span::secs(30));
        assert_eq!(faults.of(&world, "tower", now), Some(Fault::Html));
        faults.mend("tower");
        assert_eq!(faults.of(&world, "tower", now), None);
        faults.ask("tower", Fault::Cut, now, Span::secs(30));
        let after = calm.find(|at| *at > now + Span::mins(1)).expect("a calm minute");
        assert_eq!(faults.of(&world, "tower", after), None);
    }

    #[test]
    fn every_feed_is_down_now_and_then_but_seldom() {
        let world = World::new(1);
        let down = |feed: &str, n: i64| {
            let at = Moment::default() + Span::mins(n);
            Faults::default().of(&world, feed, at).is_some()
        };
        for feed in ["tower", "stations"] {
            let count = (0..20_000).filter(|n| down(feed, *n)).count();
            assert!((20..800).contains(&count), "{feed}: {count}");
        }
    }
}
