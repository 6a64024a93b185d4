//! What a poll brings: readings onto the board, signals into alarms and cases, answers onto their orders.

use crate::desk::Effect;
use crate::desk::update::batch::Batch;
use crate::desk::update::trends::Taken;
use crate::desk::update::{Desk, ceiling};
use crate::domain::decide::{fields, opening, sights};
use crate::domain::directory::{Found, Point};
use crate::domain::fact::Fact;
use crate::domain::fact::alarm::{AlarmFact, Cause};
use crate::domain::fact::case::CaseFact;
use crate::domain::feed::{BadRow, Feed, FlawKind, PollError, PollResult};
use crate::domain::id::{AlarmId, CaseId, PointId, SourceId};
use crate::domain::ledger::Stream;
use crate::domain::playbook::Playbook;
use crate::domain::quantity::Quantity;
use crate::domain::reading::{Flag, Reading};
use crate::domain::signal::{Signal, SignalKind};
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Span, Zone};
use crate::domain::{age, decide, emergency};
use imbl::OrdMap;
use std::collections::HashSet;

/// A fire that nobody ends stays an active alarm this long; its case lives on by its own clocks.
const FIRE_LASTS: Span = Span::hours(24);

impl Desk {
    /// A poll came back.
    pub(super) fn read(
        &mut self,
        source: &SourceId,
        mut take: PollResult,
        at: Moment,
        next: Moment,
    ) -> Vec<Effect> {
        set_aside(source, &mut take, at, self.zone());
        self.sort_answers(&mut take, at);
        self.admit(source, &mut take);
        self.feed_good(source, &take, at, next);
        let described = !take.points.is_empty();
        self.follow_points(std::mem::take(&mut take.points));
        let mut readings = std::mem::take(&mut take.readings);
        ceiling::settle(&self.board, &mut readings);
        let mut effects = vec![Effect::Publish];
        if described || !readings.is_empty() {
            let corrected = self.take_readings(readings.clone(), at);
            effects.push(Effect::Keep(readings));
            effects.extend((!corrected.is_empty()).then_some(Effect::Reread(corrected)));
        }
        let mut batch = Batch::of_desk(at);
        self.judge_signals(source, &take, at, &mut batch);
        self.take_answers(&take.answers, &mut batch);
        self.judge_forecasts(&take, at, &mut batch);
        self.judge_rules(at, &mut batch);
        effects.extend(batch.into_effects(None));
        // Counted once what they raised is there.
        if !take.signals.is_empty() {
            effects.push(Effect::Sight(std::mem::take(&mut take.signals)));
        }
        effects
    }

    /// A poll gave nothing usable.
    pub(super) fn silent(
        &mut self,
        source: &SourceId,
        why: PollError,
        at: Moment,
        next: Moment,
    ) -> Vec<Effect> {
        if let Some(feed) = self.board.feeds.get_mut(source) {
            feed.bad(why, at);
            feed.next = Some(next);
        }
        let mut batch = Batch::of_desk(at);
        self.judge_rules(at, &mut batch);
        let mut effects = vec![Effect::Publish];
        effects.extend(batch.into_effects(None));
        effects
    }

    fn feed_good(&mut self, source: &SourceId, take: &PollResult, at: Moment, next: Moment) {
        if let Some(feed) = self.board.feeds.get_mut(source) {
            feed.good(take, at);
            feed.next = Some(next);
        }
    }

    /// Newest readings as another process left them.
    pub fn follow_readings(&mut self, readings: Vec<Reading>, now: Moment) {
        self.take_readings(readings, now);
    }

    /// Takes readings onto the board; gives the series of air in which a known value was corrected.
    fn take_readings(&mut self, readings: Vec<Reading>, now: Moment) -> Vec<(PointId, Quantity)> {
        let mut taken = Taken::default();
        taken.take(&mut self.board, readings, now);
        taken.settle(&mut self.board, now);
        taken.corrected.into_iter().collect()
    }

    /// The health of sources as another process left it.
    pub fn follow_feeds(&mut self, feeds: OrdMap<SourceId, Feed>) {
        self.board.feeds = feeds;
    }

    /// Points as sources describe them, polled here or elsewhere; the directory's own description goes first.
    pub fn follow_points(&mut self, points: Vec<Point>) {
        for point in points {
            if !self.board.room.directory.points.has(&point.id) {
                self.board.points.insert(point.id.clone(), point);
            }
        }
    }

    /// How often signals were seen, by whomever.
    pub fn follow_sightings(&mut self, counts: Vec<(AlarmId, u64)>) {
        self.board.sightings = counts.into_iter().filter(|(_, count)| *count > 1).collect();
    }

    fn judge_signals(&mut self, source: &SourceId, take: &PollResult, at: Moment, batch: &mut Batch) {
        let mut listed = HashSet::new();
        let mut signals = Vec::new();
        for signal in &take.signals {
            let id = AlarmId::new(&format!("{source}/{}", signal.id));
            if listed.insert(id.clone()) {
                signals.push((id, signal));
            }
        }
        let held = self.hold_back(source, &signals, take.complete, at, batch);
        for (id, signal) in signals.iter().filter(|(id, _)| !held.contains(id)) {
            self.judge_signal(id, signal, take.complete, at, batch);
        }
        // A list that lacks what must be there may lack all else too.
        if !take.complete || !take.lacks.is_empty() {
            return;
        }
        let gone: Vec<AlarmId> = self
            .board
            .state
            .alarms
            .values()
            .filter(|alarm| alarm.active && is_signal_of(&alarm.id, source) && !listed.contains(&alarm.id))
            .filter(|alarm| take.since.is_none_or(|since| alarm.cause.began >= since))
            .map(|alarm| alarm.id.clone())
            .collect();
        for id in gone {
            self.push_alarm(batch, &id, AlarmFact::Returned);
        }
    }

    fn judge_signal(&self, id: &AlarmId, signal: &Signal, complete: bool, at: Moment, batch: &mut Batch) {
        let alarm = self.board.state.alarms.get(id);
        if has_ended(signal, at) {
            if alarm.is_some_and(|alarm| alarm.active) {
                self.push_alarm(batch, id, AlarmFact::Returned);
            }
            return;
        }
        if alarm.is_none() && self.was_dealt_with(id, complete) {
            return;
        }
        let cause = self.cause_of(signal, at);
        let Some(fact) = decide::alarm::raise(alarm, cause.clone()) else {
            return;
        };
        let is_new = alarm.is_none();
        self.push_alarm(batch, id, fact);
        if is_new {
            self.open_on(id, signal, &cause, batch);
        }
    }

    /// Whether it was raised once and is normal again; only a list that is complete can say that it is back.
    pub(super) fn was_dealt_with(&self, id: &AlarmId, complete: bool) -> bool {
        !complete && self.board.state.version(&Stream::Alarm(id.clone())) > 0
    }

    fn cause_of(&self, signal: &Signal, at: Moment) -> Cause {
        let found = self
            .board
            .room
            .directory
            .township(signal.area.as_str(), signal.place);
        // One that is older and still listed is a day's matter anew.
        let from = if signal.at + FIRE_LASTS > at {
            signal.at
        } else {
            at
        };
        let fire_ends = (signal.kind == SignalKind::Fire).then_some(from + FIRE_LASTS);
        Cause {
            code: Clean::new(signal.kind.code()),
            severity: signal.severity,
            title: signal.title.clone(),
            detail: signal.detail.clone(),
            source: Some(signal.source.clone()),
            point: signal.point.clone(),
            place: signal.place,
            bearing: signal.bearing,
            picture: signal.picture.clone(),
            township: found.map(|(township, _)| township.id.clone()),
            township_guessed: found.is_some_and(|(_, how)| how == Found::Nearest),
            area: if found.is_some_and(|(_, how)| how == Found::Named) {
                Clean::default()
            } else {
                signal.area.clone()
            },
            severity_words: signal.severity_words.clone(),
            began: signal.at,
            ends: signal.ends.or(fire_ends),
            own_end: signal.ends.is_none() && fire_ends.is_some(),
            evidence: None,
        }
    }

    /// Opens the case that a playbook wants for this kind of signal, within the county. A forecast that comes as words only
    /// is an alarm for people: no level can be computed of it ([`Desk::judge_forecasts`] judges those with figures).
    fn open_on(&self, id: &AlarmId, signal: &Signal, cause: &Cause, batch: &mut Batch) {
        if signal.kind == SignalKind::Forecast {
            return;
        }
        let Some(playbook) = self
            .board
            .room
            .playbooks
            .iter()
            .find(|p| p.opens_on.contains(&signal.kind))
        else {
            return;
        };
        let boundary = &self.board.room.directory.boundary;
        let outside = signal
            .place
            .is_some_and(|place| !boundary.0.is_empty() && !boundary.contains(place));
        if outside {
            return;
        }
        if let Some(case) = self.seen_already(playbook, cause, batch) {
            let joined = Fact::Case(CaseFact::Joined { alarm: id.clone() });
            batch.push(&self.board.state, Stream::Case(case.clone()), joined);
            self.push_alarm(batch, id, AlarmFact::Joined { case });
        } else {
            let opening = opening::Opening {
                fields: fields::told(playbook, &signal.fields),
                ..opening::Opening::of_alarm(id, cause)
            };
            self.push_opening(playbook, opening, batch);
        }
    }

    /// The case of what another camera has seen already, before this poll or in it.
    fn seen_already(&self, playbook: &Playbook, cause: &Cause, batch: &Batch) -> Option<CaseId> {
        let (state, points) = (&self.board.state, &self.board.points);
        let before = sights::same(state, playbook, cause, points).map(|case| case.id.clone());
        before.or_else(|| {
            let mut drafted = batch
                .openings()
                .filter(|(_, matter)| matter.playbook == playbook.id);
            let here = drafted.find(|(_, matter)| {
                let other = matter.alarm.as_ref().and_then(|id| batch.cause(id));
                other.is_some_and(|other| sights::meet(other, cause, playbook, points))
            });
            here.map(|(id, _)| id.clone())
        })
    }

    pub(super) fn push_alarm(&self, batch: &mut Batch, id: &AlarmId, fact: AlarmFact) {
        batch.push(&self.board.state, Stream::Alarm(id.clone()), Fact::Alarm(fact));
    }
}

/// Readings ahead of the clock are flaws: neither shown nor kept. An upstream that still lists them when their time has
/// come is then believed. A model's hours ahead are no flaw but a forecast.
fn set_aside(source: &SourceId, take: &mut PollResult, now: Moment, zone: Zone) {
    let (of_now, ahead): (Vec<_>, Vec<_>) = std::mem::take(&mut take.readings)
        .into_iter()
        .partition(|reading| reading.at <= now + age::AHEAD);
    take.readings = of_now;
    let (of_model, ahead): (Vec<_>, Vec<_>) = ahead
        .into_iter()
        .partition(|reading| reading.flag == Flag::Modelled);
    if !of_model.is_empty() {
        let known = take.readings.iter();
        let known = known.filter(|reading| reading.flag == Flag::Modelled);
        let forecast = emergency::ahead::forecast(source, known.chain(&of_model), (now, zone));
        take.forecasts.extend(forecast);
    }
    let rows: HashSet<_> = ahead.iter().map(|reading| (&reading.point, reading.at)).collect();
    let lost = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    take.rows.lost = take.rows.lost.saturating_add(lost);
    for reading in &ahead {
        take.note(BadRow {
            place: Clean::new(&format!("{} {}", reading.point, reading.quantity.key())),
            found: Clean::new(&reading.at.rfc3339(zone)),
            why: FlawKind::Future,
        });
    }
}

/// Whether what it tells is over.
pub(super) fn has_ended(signal: &Signal, at: Moment) -> bool {
    !signal.active || signal.ends.is_some_and(|ends| ends <= at)
}

/// Signals' alarms are named `source/id`; rules' alarms never begin with a source's name and a slash.
fn is_signal_of(id: &AlarmId, source: &SourceId) -> bool {
    id.as_str()
        .strip_prefix(source.as_str())
        .is_some_and(|rest| rest.starts_with('/'))
}
