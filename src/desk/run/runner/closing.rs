//! Ends each day of receiving readings: once the room's date has changed, what comes is kept under the next number, and what
//! the day received becomes a fact. It is looked at beside the loop, with rests.

use crate::desk::Event;
use crate::desk::run::aside::Aside;
use crate::desk::run::runner::Runner;
use crate::domain::fact::readings::DayRoot;
use crate::domain::time::{Moment, Span, Zone};
use crate::store::received::Received;
use crate::store::{Store, StoreError};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Instant;

/// How often it is looked whether a day is over; the first time so long after the start.
const LOOK: Span = Span::mins(1);
/// The same once a day was looked at, whether or not that became a fact.
const AFTER: Span = Span::mins(10);
/// Rows looked at at once.
const SOME: usize = 2_000;
/// After that it rests so many times as long as it worked: a fifth of one core.
const REST: u32 = 4;

/// Before which number every day has its root; and the root of the next one, where that is over.
pub(super) type Closed = Result<(u32, Option<DayRoot>), StoreError>;

/// What is known of the days that are over.
pub(super) struct Closing {
    ended: (Sender<Closed>, Receiver<Closed>),
    aside: Aside,
    /// Whether one is being looked at now.
    busy: bool,
    /// When it was last looked, by the hand.
    looked: Span,
    /// How long from then on.
    wait: Span,
    /// Before which number every day has its root, as far as is known.
    next: u32,
}

impl Closing {
    /// From now on, by the hand.
    pub(super) fn new(hand: Span, aside: Aside) -> Self {
        Self {
            ended: channel(),
            aside,
            busy: false,
            looked: hand,
            wait: LOOK,
            next: 0,
        }
    }

    /// Turns to the next number where the date has changed, and looks at a day that is over where one has no root.
    fn beat(
        &mut self,
        store: &mut dyn Store,
        keep: Option<Span>,
        (now, zone): (Moment, Zone),
    ) -> Result<(), StoreError> {
        let Some((mut open, began)) = store.received(self.next)?.last().copied() else {
            return Ok(());
        };
        if is_over(began, now, zone) {
            store.turn(now)?;
            open += 1;
        }
        if open > self.next && !self.busy {
            let (reader, ended) = (store.reader()?, self.ended.0.clone());
            self.busy = true;
            (self.aside)(Box::new(move || {
                let closed = unharmed(|| close(reader.as_ref(), keep, now));
                // Where the desk is gone nobody need know.
                ended.send(closed).ok();
            }));
        }
        Ok(())
    }

    /// The root of a day, where one was looked at by now.
    fn came(&mut self) -> Option<DayRoot> {
        let came = self.ended.1.try_recv().ok()?;
        self.busy = false;
        match came {
            Ok((next, root)) => {
                self.next = next;
                root.inspect(|_| self.wait = AFTER)
            }
            Err(error) => {
                tracing::warn!(%error, "the readings of a day could not be looked at");
                self.wait = AFTER;
                None
            }
        }
    }
}

/// A look that panics is one that failed: it is named, and tried again.
fn unharmed(look: impl FnOnce() -> Closed) -> Closed {
    catch_unwind(AssertUnwindSafe(look)).unwrap_or_else(|why| {
        let words = why.downcast_ref::<&str>().copied();
        let words = words.or_else(|| why.downcast_ref::<String>().map(String::as_str));
        Err(StoreError::Backend {
            operation: "look at the readings of a day",
            why: format!("it panicked: {}", words.unwrap_or("without a word")),
        })
    })
}

/// Whether the date is another one: also by a clock that was set back. One that is set by less than a minute around midnight
/// ends no day twice.
fn is_over(began: Moment, now: Moment, zone: Zone) -> bool {
    began.date(zone) != now.date(zone) && (now.age_of(began) > LOOK || began.age_of(now) > LOOK)
}

/// Looks at the first day that is over and has no root.
pub(super) fn close(store: &dyn Store, keep: Option<Span>, now: Moment) -> Closed {
    let roots = store.roots(u64::MAX)?;
    let next = roots.iter().map(|root| root.lot + 1).max().unwrap_or(0);
    let days = store.received(next)?;
    let [(lot, from), (_, until), ..] = *days.as_slice() else {
        return Ok((days.first().map_or(next, |day| day.0), None));
    };
    let newest = keep.zip(newest(store, now)?);
    let said = roots.iter().filter_map(|root| root.dropped).max();
    let mut look = Received::of_day(lot, said.max(newest.map(|(keep, newest)| newest - keep)));
    loop {
        let began = Instant::now();
        if !store.look_on(&mut look, SOME)? {
            return Ok((lot, look.close(lot, (from, until))));
        }
        std::thread::sleep(began.elapsed() * REST);
    }
}

/// What is newest is told by the readings, and only by those that are not ahead of `now`: a clock that runs years ahead makes
/// none old.
pub(super) fn newest(store: &dyn Store, now: Moment) -> Result<Option<Moment>, StoreError> {
    let latest = store.latest()?;
    let newest = latest.iter().map(|reading| reading.at);
    Ok(newest.filter(|at| *at <= now).max())
}

impl Runner {
    /// Whoever collects writes down what a day received once it is over.
    pub(super) fn end_day(&mut self, now: Moment) {
        let hand = self.hand();
        if let Some(root) = self.closing.came() {
            let root = Box::new(root);
            self.take(Event::DayOver { root, at: now });
        }
        let is_ours = self.holder.term(hand).is_some() && self.desk.board().writable.is_ok();
        if !is_ours || hand - self.closing.looked < self.closing.wait {
            return;
        }
        (self.closing.looked, self.closing.wait) = (hand, LOOK);
        let zone = self.desk.board().room.zone;
        let looked = self
            .closing
            .beat(self.store.as_mut(), self.retention, (now, zone));
        if let Err(error) = looked {
            tracing::debug!(%error, "no day of receiving readings was ended");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_that_panics_is_named_and_keeps_no_later_one_from_its_turn() {
        let mut closing = Closing::new(Span::ZERO, |work| work());
        closing.busy = true;
        let (ended, aside) = (closing.ended.0.clone(), closing.aside);
        aside(Box::new(move || {
            let closed = unharmed(|| panic!("a page lies outside of the file"));
            ended.send(closed).expect("it listens");
        }));
        let why = closing
            .ended
            .1
            .try_recv()
            .expect("it ended")
            .expect_err("it failed");
        assert!(
            why.to_string().contains("a page lies outside of the file"),
            "{why}"
        );
        closing.ended.0.send(Err(why)).expect("it listens");
        assert_eq!((closing.came(), closing.busy), (None, false));
    }
}
