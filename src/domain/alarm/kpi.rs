//! Figures of alarm management over the times at which alarms were raised (ISA-18.2, EEMUA 191), kept as they come.
//!
//! One [`Figures`] a room or seat: it takes every raise in once and answers at any later moment, at the cost of a search. Pure; called by whoever publishes or shows the figures. What is stale is asked of the alarms themselves.

use crate::domain::alarm::Alarm;
use crate::domain::id::AlarmId;
use crate::domain::time::{Moment, Span};
use imbl::Vector;
use std::collections::{BTreeMap, BTreeSet};

/// A flood begins with more raises than this in ten minutes (ISA-18.2).
pub const FLOOD_BEGINS: usize = 10;
/// A flood ends with fewer raises than this in ten minutes (ISA-18.2).
pub const FLOOD_ENDS: usize = 5;
/// An alarm chatters when it is raised this often within [`CHATTER_SPAN`]; a convention, not the standard's.
pub const CHATTER_RAISES: usize = 3;
/// The span in which an alarm chatters.
pub const CHATTER_SPAN: Span = Span::secs(60);
/// An alarm that has been active for longer is stale (ISA-18.2).
pub const STALE_AFTER: Span = Span::hours(24);
/// The window of the short figure and of floods.
const TEN_MINUTES: Span = Span::mins(10);
/// How long raises are kept.
pub const DAY: Span = Span::hours(24);

/// Raises of the last day. Cheap to clone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    /// From when on no raise is missing: what lies before was not read.
    since: Moment,
    /// When, and which, oldest first.
    raises: Vector<(Moment, AlarmId)>,
    /// The flood that lasts, if one does.
    flood: Option<Flood>,
}

/// A flood of alarms (报警泛滥).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flood {
    /// Since when.
    pub since: Moment,
    /// The alarm that came first of those that made it (首出): often the cause of the others.
    pub first: AlarmId,
}

/// How many alarms were raised: the figures of one line, per operator position.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rates {
    /// In the last ten minutes; about 1 is the target, about 2 the limit.
    pub ten_minutes: usize,
    /// In the last hour; about 6, 12.
    pub hour: usize,
    /// In the last 24 hours; about 150, 300.
    pub day: usize,
}

impl Figures {
    /// Of the raises that a ledger holds from `since` on, oldest first, as of `now`.
    pub fn of(raises: impl IntoIterator<Item = (Moment, AlarmId)>, since: Moment, now: Moment) -> Self {
        let mut figures = Self {
            since,
            ..Self::default()
        };
        for (at, id) in raises {
            if now.age_of(at) <= DAY {
                figures.raised(&id, at);
            }
        }
        figures.pass(now);
        figures
    }

    /// The same without the raises of some alarms, for whoever may not know of them.
    #[must_use]
    pub fn without(&self, is_kept: impl Fn(&AlarmId) -> bool, now: Moment) -> Self {
        if !self.raises.iter().any(|(_, id)| is_kept(id)) {
            return self.clone();
        }
        let others = self.raises.iter().filter(|(_, id)| !is_kept(id));
        Self::of(others.cloned(), self.since, now)
    }

    /// From when on the figure of a day counts, where that is not the whole day before `now`.
    pub fn since(&self, now: Moment) -> Option<Moment> {
        (self.since > now - DAY).then_some(self.since)
    }

    /// Takes in that `alarm` was raised at `at`. Times may come late but not from the future.
    pub fn raised(&mut self, alarm: &AlarmId, at: Moment) {
        let place = self.before(at + Span::from_ms(1));
        self.raises.insert(place, (at, alarm.clone()));
        // One that comes late does not turn time back.
        let newest = self.raises.last().map_or(at, |last| last.0);
        self.pass(newest);
    }

    /// Time has passed: what is older than a day is let go, and a flood begins or ends. Costs what is let go.
    pub fn pass(&mut self, now: Moment) {
        while self.raises.front().is_some_and(|(at, _)| now.age_of(*at) > DAY) {
            self.raises.pop_front();
        }
        let count = self.count(now, TEN_MINUTES);
        self.flood = match self.flood.take() {
            None if count > FLOOD_BEGINS => {
                self.raises
                    .get(self.before(now - TEN_MINUTES))
                    .map(|first| Flood {
                        since: now,
                        first: first.1.clone(),
                    })
            }
            Some(_) if count < FLOOD_ENDS => None,
            before => before,
        };
    }

    /// The clock was set by so much: all is as old as before.
    pub fn step(&mut self, by: Span) {
        self.since = self.since + by;
        for (at, _) in &mut self.raises {
            *at = *at + by;
        }
        if let Some(flood) = &mut self.flood {
            flood.since = flood.since + by;
        }
    }

    /// How many were raised in the last ten minutes, hour and day.
    pub fn rates(&self, now: Moment) -> Rates {
        Rates {
            ten_minutes: self.count(now, TEN_MINUTES),
            hour: self.count(now, Span::hours(1)),
            day: self.count(now, DAY),
        }
    }

    /// The flood that lasts: more than ten raises in ten minutes until fewer than five. As of the last raise or pass.
    pub fn flood(&self) -> Option<&Flood> {
        self.flood.as_ref()
    }

    /// The alarms that chatter at `now`: raised at least three times within the last minute.
    pub fn chattering(&self, now: Moment) -> BTreeSet<&AlarmId> {
        let mut times: BTreeMap<&AlarmId, usize> = BTreeMap::new();
        let from = self.before(now - CHATTER_SPAN);
        for (_, id) in self.raises.iter().skip(from).take_while(|(at, _)| *at <= now) {
            *times.entry(id).or_default() += 1;
        }
        times.retain(|_, count| *count >= CHATTER_RAISES);
        times.into_keys().collect()
    }

    /// Raises within `span` before `now`, both ends included; those after `now` are not counted.
    fn count(&self, now: Moment, span: Span) -> usize {
        let until = self.before(now + Span::from_ms(1));
        until.saturating_sub(self.before(now - span))
    }

    /// How many were raised before `at`.
    fn before(&self, at: Moment) -> usize {
        let least = (at, AlarmId::default());
        self.raises.binary_search(&least).unwrap_or_else(|place| place)
    }
}

/// Whether an alarm has been active for too long to say anything new: stale by ISA-18.2.
pub fn is_stale(alarm: &Alarm, now: Moment) -> bool {
    alarm.active && alarm.hold.is_none() && now.age_of(alarm.since()) > STALE_AFTER
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Moment = Moment::from_ms(1_790_000_000_000);

    /// One raise every `secs` seconds, `n` of them, each of another alarm; the last at NOON.
    fn every(secs: i64, n: i64) -> Figures {
        let mut figures = Figures::default();
        for k in (0..n).rev() {
            figures.raised(&AlarmId::new(&format!("a/{k}")), NOON - Span::secs(secs * k));
        }
        figures
    }

    #[test]
    fn raises_are_counted_over_ten_minutes_an_hour_and_a_day() {
        let rates = every(300, 400).rates(NOON);
        assert_eq!(
            rates,
            Rates {
                ten_minutes: 3,
                hour: 13,
                day: 289
            }
        );
    }

    #[test]
    fn a_flood_begins_above_ten_and_ends_below_five() {
        assert_eq!(every(60, 10).flood(), None);
        let mut figures = every(30, 11);
        let flood = Flood {
            since: NOON,
            first: AlarmId::new("a/10"),
        };
        assert_eq!(figures.flood(), Some(&flood));
        // The last five of them still lie within ten minutes.
        figures.pass(NOON + Span::mins(8));
        assert_eq!(figures.rates(NOON + Span::mins(8)).ten_minutes, 5);
        assert_eq!(figures.flood(), Some(&flood));
        figures.pass(NOON + Span::mins(9));
        assert_eq!(figures.flood(), None);
    }

    #[test]
    fn figures_of_a_ledger_flood_and_chatter_as_before_and_say_from_when_they_count() {
        let raises = (0..11).map(|k| {
            let id = AlarmId::new(&format!("a/{}", k / 3));
            (NOON - Span::secs(110 - 10 * k), id)
        });
        let since = NOON - Span::hours(2);
        let figures = Figures::of(raises, since, NOON);
        let first = figures.flood().map(|flood| flood.first.as_str());
        assert_eq!(first, Some("a/0"), "eleven raises of four alarms");
        assert_eq!(
            figures.chattering(NOON).len(),
            1,
            "{:?}",
            figures.chattering(NOON)
        );
        assert_eq!(figures.since(NOON), Some(since));
        assert_eq!(figures.since(NOON + Span::hours(22)), None, "a whole day by then");
    }

    #[test]
    fn three_raises_within_a_minute_chatter() {
        let (quick, slow) = (AlarmId::new("a/1"), AlarmId::new("a/2"));
        let mut figures = Figures::default();
        for (alarm, secs) in [(&quick, 0), (&slow, 0), (&quick, 20), (&quick, 40), (&slow, 50)] {
            figures.raised(alarm, NOON + Span::secs(secs));
        }
        let at = |figures: &Figures, secs| {
            let now = NOON + Span::secs(secs);
            figures.chattering(now).into_iter().cloned().collect::<Vec<_>>()
        };
        assert_eq!(at(&figures, 50), [quick]);
        assert_eq!(at(&figures, 61), Vec::new());
        figures.raised(&slow, NOON + Span::secs(100));
        assert_eq!(at(&figures, 100), Vec::new(), "three in a hundred seconds");
    }

    #[test]
    fn what_comes_late_counts_where_it_belongs() {
        let mut figures = every(60, 3);
        figures.raised(&AlarmId::new("late"), NOON - Span::mins(30));
        assert_eq!(figures.rates(NOON).ten_minutes, 3);
        assert_eq!(figures.rates(NOON).hour, 4);
    }
}
