//! Housekeeping of a quiet moment: snapshots, the one file brought up to date, and readings that are older than what is
//! kept. Without it nothing is wrong.

use crate::desk::Event;
use crate::desk::run::runner::Runner;
use crate::desk::run::runner::closing::newest;
use crate::domain::time::{Moment, Span};
use crate::store::{Store, StoreError};

/// After so long without an entry what was written is brought into the ledger's one file.
const QUIET: Span = Span::secs(2);

/// How often old readings are dropped.
const EVERY: Span = Span::hours(6);

/// So long after the start at the earliest: there is enough to do by then.
pub(super) const FIRST: Span = Span::mins(5);

/// Signals that no list has held for so long are not counted on any more: what a source repeats it repeats sooner.
const UNSEEN: Span = Span::days(30);

impl Runner {
    /// So many entries more were taken in.
    pub(super) fn count_in(&mut self, entries: usize) {
        self.folded += entries as u64;
        self.unrested = Some(self.hand());
    }

    /// Snapshots and retention: never while something waits, seldom, and without them nothing is wrong.
    pub(super) fn keep_house(&mut self, now: Moment) {
        if self.folded >= 5_000 {
            self.keep_snapshot(now);
        }
        self.rest();
        let Some(retention) = self.retention else { return };
        let hand = self.hand();
        if self.holder.term(hand).is_some() && hand > self.prune_at {
            self.prune_at = hand + EVERY;
            if let Err(error) = drop_old(self.store.as_mut(), retention, now) {
                tracing::warn!(%error, "old readings were not dropped");
            }
        }
    }

    /// Keeps a snapshot, and takes in the entry that vouches for it.
    fn keep_snapshot(&mut self, now: Moment) {
        match self.store.snapshot(&self.desk.board().state, now) {
            Ok(vouched) => {
                self.folded = 0;
                if let Some(entry) = vouched {
                    self.stored(vec![entry]);
                }
            }
            Err(error @ StoreError::Unknown { .. }) => self.leave_open(&error, &[], None),
            Err(error) => tracing::debug!(%error, "no snapshot kept"),
        }
    }

    /// Whoever collects writes the end of the ledger down.
    pub(super) fn anchor(&mut self, now: Moment) {
        let hand = self.hand();
        let filed = self.anchors.came(hand);
        let mut said = self.posting.came(filed);
        let is_own = self.desk.board().readable.is_ok() && self.store.damage().is_none();
        if self.holder.polls(hand).is_some() && is_own {
            self.anchors
                .beat(self.store.as_ref(), &self.desk.board().state, (now, hand));
            self.posting.beat(&self.desk.board().state, (now, hand));
        }
        if let Some(said) = said.take_if(|said| self.desk.board().anchored != *said) {
            self.take(Event::Anchored(said));
        }
    }

    /// In a quiet moment what was written is brought into the ledger's one file; in the next ones there is made room.
    fn rest(&mut self) {
        if self.unrested.is_none_or(|last| self.hand() - last < QUIET) {
            return;
        }
        let all = self.store.rest();
        if let Err(error) = &all {
            tracing::debug!(%error, "not brought into the file");
        }
        // Where none can be made it is slower, and tried again after the next entry.
        let done = all.is_ok_and(|all| all && self.store.make_room().unwrap_or(true));
        self.unrested = (!done).then(|| self.hand());
    }
}

/// Drops readings that lie so far before the newest one that they are kept no longer, once the ledger has said so: what is
/// missing without a word was not dropped by the room.
fn drop_old(store: &mut dyn Store, keep: Span, now: Moment) -> Result<(), StoreError> {
    let newest = newest(store, now)?;
    let said = store
        .roots(u64::MAX)?
        .iter()
        .filter_map(|root| root.dropped)
        .max();
    if let Some((newest, said)) = newest.zip(said) {
        store.prune(said.min(newest - keep))?;
    }
    store.forget(newest.unwrap_or(now) - UNSEEN)?;
    store.tidy()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::run::runner::closing::close;
    use crate::domain::fact::Fact;
    use crate::domain::fact::room::RoomFact;
    use crate::domain::id::{PointId, SourceId};
    use crate::domain::ledger::{Draft, Stream};
    use crate::domain::person::Actor;
    use crate::domain::quantity::{Quantity, Value};
    use crate::domain::reading::{Flag, Period, Reading};
    use crate::store::{Ledger, OpenMode, Readings, Sqlite, Under};

    const NOW: Moment = Moment::from_ms(1_790_000_000_000);
    const KEEP: Span = Span::days(400);

    fn reading(point: &str, at: Moment) -> Reading {
        Reading {
            point: PointId::new(point),
            quantity: Quantity::Pm25,
            period: Period::Hour,
            at,
            value: Some(Value::whole(1)),
            flag: Flag::Valid,
            source: SourceId::new("air"),
        }
    }

    /// How many readings are left of sixty days, and one that is older than what is kept, after the house was kept at `now`.
    fn left(now: Moment, ahead: Option<Moment>) -> usize {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("room.db");
        let mut store = Sqlite::open(&path, OpenMode::ReadWrite).expect("a store");
        let days = (0..60).map(|day| reading("1", NOW - Span::days(day)));
        let old = reading("1", NOW - Span::days(401));
        let ahead = ahead.map(|at| reading("2", at));
        let all: Vec<Reading> = days.chain([old]).chain(ahead).collect();
        store.keep(&all, NOW).expect("kept");
        drop_old(&mut store, KEEP, now).expect("the house is kept");
        let key = (&PointId::new("1"), Quantity::Pm25, Period::Hour);
        let series = store.series(key, Moment::default(), NOW + Span::days(9_000));
        assert_eq!(series.expect("read").len(), 61, "the ledger has not said so");
        store.turn(now).expect("a day is over");
        let (_, root) = close(&store, Some(KEEP), now).expect("looked at");
        let draft = Draft {
            stream: Stream::Room,
            expect: 0,
            at: now,
            by: Actor::Desk,
            seat: None,
            fact: Fact::Room(RoomFact::Readings(Box::new(root.expect("a day")))),
        };
        store.append(&[draft], Under::Anyone).expect("recorded");
        drop_old(&mut store, KEEP, now).expect("the house is kept");
        let key = (&PointId::new("1"), Quantity::Pm25, Period::Hour);
        let series = store.series(key, Moment::default(), NOW + Span::days(9_000));
        series.expect("read").len()
    }

    #[test]
    fn only_what_is_older_than_the_newest_reading_and_the_keeping_is_dropped() {
        assert_eq!(left(NOW, None), 60, "the old one");
        assert_eq!(left(NOW + Span::days(300), None), 60, "nothing new came for long");
    }

    #[test]
    fn a_clock_that_runs_years_ahead_or_behind_drops_nothing_more() {
        for years in [2, 20] {
            assert_eq!(
                left(NOW + Span::days(365 * years), None),
                60,
                "{years} years ahead"
            );
        }
        assert_eq!(
            left(NOW - Span::days(365 * 20), None),
            61,
            "behind all that is there"
        );
    }

    #[test]
    fn a_reading_of_the_future_makes_none_old() {
        assert_eq!(left(NOW, Some(NOW + Span::days(730))), 60);
    }
}
