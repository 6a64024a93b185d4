//! How much a source must at least say in a span: a tower platform that is silent for a day in the burning season has
//! not seen peace, it has gone blind.

use crate::domain::feed::{Lack, PollResult};
use crate::domain::time::{Moment, Span};
use std::collections::BTreeSet;

/// An expected volume: at least so many different rows in a span. Rows that are listed again are the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Volume {
    /// How many rows there must be.
    least: u32,
    /// In which span, by their own times.
    within: Span,
    /// The newest rows, at most `least`: their time and their key.
    seen: BTreeSet<(Moment, u64)>,
    /// Since when the source is listened to; before that nobody knows.
    since: Option<Moment>,
}

impl Volume {
    /// Nothing seen yet.
    pub fn new(least: u32, within: Span) -> Self {
        Self {
            least,
            within,
            seen: BTreeSet::new(),
            since: None,
        }
    }

    /// What it has learned, to be kept: since when it listens, and its newest rows.
    pub fn learned(&self) -> (u32, Option<Moment>, impl Iterator<Item = (Moment, u64)>) {
        (self.least, self.since, self.seen.iter().copied())
    }

    /// Takes back what was learned when `least` rows were looked for. Where fewer were kept than are looked for now, nobody
    /// knows whether there were more.
    pub fn recall(
        &mut self,
        least: u32,
        since: Option<Moment>,
        seen: impl IntoIterator<Item = (Moment, u64)>,
    ) {
        if least >= self.least {
            (self.since, self.seen) = (since, seen.into_iter().collect());
        }
    }

    /// The same expectation with what was heard under another one.
    #[must_use]
    pub fn on_from(mut self, heard: &Self) -> Self {
        let (least, since, seen) = heard.learned();
        self.recall(least, since, seen);
        self
    }

    /// Nobody has listened since `last`: a short gap, up to a tenth of the span, is passed over; after a longer one the
    /// listening begins anew.
    pub fn resume(&mut self, last: Option<Moment>, now: Moment) {
        let gap = last.map(|last| now.age_of(last).ms());
        let is_short = gap.is_some_and(|gap| gap.saturating_mul(10) <= self.within.ms());
        self.since = self.since.filter(|_| is_short);
    }

    /// The clock was set by so much: it has been listened to for as long as before. Rows keep the source's own times, by
    /// which they are known again.
    pub fn step(&mut self, by: Span) {
        self.since = self.since.map(|since| since + by);
    }

    /// Takes a poll in; what is lacking now. Nothing is, until the source has been listened to for the whole span.
    pub fn take(&mut self, take: &PollResult, now: Moment) -> Option<Lack> {
        let since = *self.since.get_or_insert(now);
        let readings = take.readings.iter();
        let readings = readings.map(|r| {
            let (quantity, period) = (r.quantity.key(), r.period.key());
            (r.at, key(&format!("{} {quantity} {period}", r.point)))
        });
        let signals = take.signals.iter();
        let signals = signals.map(|signal| (signal.at, key(signal.id.as_str())));
        self.seen
            .extend(readings.chain(signals).filter(|row| row.0 <= now));
        while self.seen.len() > self.least as usize {
            self.seen.pop_first();
        }
        self.lacks(since, now)
    }

    fn lacks(&self, since: Moment, now: Moment) -> Option<Lack> {
        let recent = self.seen.iter().filter(|row| now.age_of(row.0) <= self.within);
        let count = u32::try_from(recent.count()).unwrap_or(u32::MAX);
        let known = now.age_of(since) >= self.within;
        (known && count < self.least).then_some(Lack::Volume(count, self.least))
    }
}

/// FNV-1a: the same number in every build, because it is kept.
fn key(of: &str) -> u64 {
    of.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::{PointId, SourceId};
    use crate::domain::quantity::{Quantity, Value};
    use crate::domain::reading::{Flag, Period, Reading};

    fn hour(n: i64) -> Moment {
        Moment::from_ms(0) + Span::hours(n)
    }

    fn take(at: &[i64]) -> PollResult {
        let reading = |n: &i64| Reading {
            point: PointId::new("1"),
            quantity: Quantity::Pm25,
            period: Period::Hour,
            at: hour(*n),
            value: Some(Value::whole(1)),
            flag: Flag::Valid,
            source: SourceId::new("s"),
        };
        PollResult {
            readings: at.iter().map(reading).collect(),
            ..PollResult::default()
        }
    }

    #[test]
    fn too_few_different_rows_in_the_span_are_lacking_once_it_has_been_listened_to() {
        let mut volume = Volume::new(3, Span::hours(24));
        assert_eq!(volume.take(&take(&[0]), hour(0)), None, "nobody knows yet");
        assert_eq!(volume.take(&take(&[0, 1]), hour(23)), None);
        let same = take(&[0, 1, 1]);
        assert_eq!(
            volume.take(&same, hour(24)),
            Some(Lack::Volume(2, 3)),
            "listed again is the same"
        );
        assert_eq!(volume.take(&take(&[20]), hour(24)), None);
        assert_eq!(
            volume.take(&take(&[]), hour(26)),
            Some(Lack::Volume(1, 3)),
            "what is old does not count"
        );
        assert_eq!(volume.take(&take(&[24, 25, 26, 27]), hour(26)), None);
    }

    #[test]
    fn a_row_that_is_listed_again_after_the_clock_was_set_is_still_the_same() {
        for by in [1, -1] {
            let mut volume = Volume::new(2, Span::hours(24));
            volume.take(&take(&[]), hour(0));
            volume.take(&take(&[20]), hour(20));
            volume.step(Span::hours(by));
            let lack = volume.take(&take(&[20]), hour(25 + by));
            assert_eq!(lack, Some(Lack::Volume(1, 2)), "{by} h");
        }
    }
}
