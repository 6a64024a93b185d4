//! A source that floods (来源泛滥): what it may raise passes, the gravest first, the rest waits, and one alarm says so.

use crate::desk::update::batch::Batch;
use crate::desk::update::{Desk, reading};
use crate::domain::decide;
use crate::domain::fact::alarm::{AlarmFact, Cause};
use crate::domain::feed::quota::{HeldBack, Tally};
use crate::domain::id::{AlarmId, SourceId};
use crate::domain::signal::Signal;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use std::collections::HashSet;

/// The code of its alarm.
const CODE: &str = "SYS-FLOOD";

impl Desk {
    /// What of a poll's signals must wait, told by the source's alarm and health.
    pub(super) fn hold_back(
        &mut self,
        source: &SourceId,
        signals: &[(AlarmId, &Signal)],
        complete: bool,
        at: Moment,
        batch: &mut Batch,
    ) -> HashSet<AlarmId> {
        let bounds = self.board.feeds.get(source).map(|feed| feed.bounds);
        let wishes = signals
            .iter()
            .filter(|(id, signal)| self.would_raise(id, signal, complete, at))
            .map(|(id, signal)| (signal.severity, id.clone()))
            .collect();
        let mut quota = self.quotas.remove(source).unwrap_or_default();
        let stood = || self.standing(source);
        let waiting = quota
            .hold(bounds.unwrap_or_default().alarms, wishes, at, stood)
            .clone();
        let over = quota.ended(at);
        self.tell_of_flood(source, quota.held(), over, batch);
        if let Some(feed) = self.board.feeds.get_mut(source) {
            feed.hold(quota.held(), at);
        }
        self.quotas.insert(source.clone(), quota);
        waiting
    }

    /// One that a source lists stands in the ledger as raised.
    pub(super) fn count_raised(&mut self, id: &AlarmId, cause: &Cause) {
        let own = cause.source.as_ref();
        let own = own.filter(|source| id.as_str().starts_with(&format!("{source}/")));
        if let Some(quota) = own.and_then(|source| self.quotas.get_mut(source)) {
            quota.raised(cause.severity);
        }
    }

    /// Nobody waits any more for what sources that are gone would have raised.
    pub(super) fn end_floods_of(&mut self, gone: &[SourceId], batch: &mut Batch) {
        for source in gone {
            self.quotas.remove(source);
            self.tell_of_flood(source, None, None, batch);
        }
    }

    fn would_raise(&self, id: &AlarmId, signal: &Signal, complete: bool, at: Moment) -> bool {
        if reading::has_ended(signal, at) {
            return false;
        }
        match self.board.state.alarms.get(id) {
            Some(alarm) => !alarm.active,
            None => !self.was_dealt_with(id, complete),
        }
    }

    /// What stands open of a source, of each severity.
    fn standing(&self, source: &SourceId) -> Tally {
        let first = AlarmId::new(&format!("{source}/"));
        let alarms = self.board.state.alarms.range(first.clone()..);
        let own = alarms.take_while(|(id, _)| id.as_str().starts_with(first.as_str()));
        own.fold(Tally::new(), |mut tally, (_, alarm)| {
            *tally.entry(alarm.cause.severity).or_default() += 1;
            tally
        })
    }

    /// Its alarm begins with the first that waits, and ends with the figures of the whole flood.
    fn tell_of_flood(
        &self,
        source: &SourceId,
        held: Option<HeldBack>,
        over: Option<HeldBack>,
        batch: &mut Batch,
    ) {
        let id = AlarmId::new(&format!("{CODE}/{source}"));
        let alarm = self.board.state.alarms.get(&id).filter(|alarm| alarm.active);
        match (held, alarm) {
            (Some(held), None) => {
                let title = held.title(source.as_str());
                let cause = Cause::of_source(Clean::new(CODE), source.clone(), title, held.since);
                self.push_alarm(batch, &id, AlarmFact::raised(cause));
            }
            (None, Some(alarm)) => {
                let last = over.map(|over| AlarmFact::Regraded {
                    severity: alarm.cause.severity,
                    title: over.title(source.as_str()),
                });
                for fact in last.into_iter().chain(decide::alarm::end(alarm)) {
                    self.push_alarm(batch, &id, fact);
                }
            }
            (Some(_), Some(_)) | (None, None) => {}
        }
    }
}
