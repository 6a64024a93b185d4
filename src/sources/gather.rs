//! Takes in what a source reads, with the checks that hold for every value: number, unit, range, time, place, key.
//!
//! Good rows come through, bad ones become flaws with their place. A value out of range is kept, marked invalid.

mod forecast;
mod given;
mod memory;

use crate::domain::directory::{Directory, Point};
use crate::domain::feed::bounds::Most;
use crate::domain::feed::{
    BadRow, FlawKind, KEPT_FLAWS, Lack, PollResult, READING_WEIGHT, Rows, SIGNAL_WEIGHT,
};
use crate::domain::id::{PointId, SourceId, TownshipId};
use crate::domain::quantity::{CodeMeaning, MeasureUnit, Quantity, Value};
use crate::domain::reading::{Flag, Period, Reading};
use crate::domain::signal::Signal;
use crate::domain::text::Clean;
use crate::domain::time::{CHINA, Moment, Span};
use crate::net::Memory;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::RangeInclusive;

/// How far ahead of our clock an observation may lie; theirs may be wrong too.
const AHEAD: Span = Span::hours(1);

/// 1990-01-01: nothing that is polled is older, and most that is younger in 1970 is a wrong unit of time.
const EARLIEST_MS: i64 = 631_152_000_000;

/// Characters of a flawed value that are shown.
const SHOWN: usize = 60;

/// Where in a body: the row from 1, and the field.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot<'a>(pub(super) usize, pub(super) &'a str);

impl Spot<'_> {
    fn label(self) -> Clean {
        match self {
            Self(0, field) => Clean::new(field),
            Self(row, "") => Clean::new(&format!("row {row}")),
            Self(row, field) => Clean::new(&format!("row {row}, {field}")),
        }
    }
}

/// What a value is of.
#[derive(Clone, Debug)]
pub(super) struct Slot {
    pub(super) point: PointId,
    pub(super) quantity: Quantity,
    pub(super) unit: MeasureUnit,
    pub(super) period: Period,
    pub(super) at: Moment,
    pub(super) flag: Flag,
}

/// What one body gives.
pub(super) struct Gather<'s> {
    source: &'s SourceId,
    now: Moment,
    take: PollResult,
    keys: HashMap<(PointId, Quantity, Period, Moment), usize>,
    points: HashMap<PointId, usize>,
    signals: HashMap<Clean, usize>,
    /// By row, from 1: what became of it, as bits of [`THERE`], [`LOST`] and [`GAVE`].
    rows: Vec<u8>,
    /// What is missing of the body as a whole, counted like rows that were lost.
    elsewhere: u32,
    /// The township names by which signals and points are routed, if the source is told.
    directory: Option<&'s Directory>,
    lost: bool,
    /// Bytes of memory that may still be taken; `None` once something found no room.
    room: Option<u64>,
    /// How much is read.
    most: Most,
    /// Lines of a table, its heading among them.
    lines: usize,
}

/// A row was there.
const THERE: u8 = 1;
/// Something of it could not be understood.
const LOST: u8 = 2;
/// It gave something.
const GAVE: u8 = 4;

impl<'s> Gather<'s> {
    pub(super) fn new(source: &'s SourceId, now: Moment) -> Self {
        Self {
            source,
            now,
            take: PollResult::default(),
            keys: HashMap::new(),
            points: HashMap::new(),
            signals: HashMap::new(),
            rows: Vec::new(),
            elsewhere: 0,
            directory: None,
            lost: false,
            room: Some(Memory::default().0),
            most: Most::default(),
            lines: 0,
        }
    }

    /// The same, with the directory by whose names signals and points are routed: one that it does not know is a flaw.
    pub(super) fn routed(self, directory: &'s Directory) -> Self {
        Self {
            directory: Some(directory),
            ..self
        }
    }

    /// The source that is read.
    pub(super) fn source(&self) -> &SourceId {
        self.source
    }

    /// What was taken in; `complete` where the signals are everything that lasts. Never so where a row was lost: what it
    /// held has not ended.
    pub(super) fn finish(self, complete: bool) -> PollResult {
        let count = |bit: u8| {
            let rows = self.rows.iter().filter(|row| **row & bit != 0);
            u32::try_from(rows.count()).unwrap_or(u32::MAX)
        };
        let rows = Rows {
            there: count(THERE).saturating_add(self.elsewhere),
            lost: count(LOST).saturating_add(self.elsewhere),
            gave: count(GAVE),
        };
        let passed = self.rows_passed();
        let mut take = PollResult {
            complete: complete && !self.lost,
            rows,
            ..self.take
        };
        if let Some(passed) = passed {
            take.pass(passed);
        }
        take
    }

    /// The same for an upstream that always has readings to give: none at all are a fault.
    pub(super) fn finish_speaking(self) -> PollResult {
        PollResult {
            speaks: true,
            ..self.finish(false)
        }
    }

    /// Now, as the poll counts.
    pub(super) fn now(&self) -> Moment {
        self.now
    }

    /// A field is in none of `rows`: something of each is lost, which is said once.
    pub(super) fn absent(&mut self, field: &str, rows: RangeInclusive<usize>) {
        if rows.is_empty() {
            return;
        }
        self.flaw(Spot(0, field), "", FlawKind::Missing);
        self.elsewhere = self.elsewhere.saturating_sub(1);
        for n in rows {
            self.mark(n, THERE | LOST);
        }
    }

    /// A wanted row is there, whatever becomes of it.
    pub(super) fn row(&mut self, n: usize) {
        self.mark(n, THERE);
    }

    /// A row was understood, though nothing is taken from it: it is of another place, another event.
    pub(super) fn understood(&mut self, n: usize) {
        self.mark(n, THERE | GAVE);
    }

    /// Whether a row has been lost, so that what is not listed may still be there.
    pub(super) fn has_lost(&self) -> bool {
        self.lost
    }

    fn mark(&mut self, n: usize, bits: u8) {
        // Row 0 is the body as a whole.
        let Some(n) = n.checked_sub(1) else { return };
        if self.rows.len() <= n {
            self.rows.resize(n + 1, 0);
        }
        if let Some(row) = self.rows.get_mut(n) {
            *row |= bits;
        }
    }

    /// Members that stand twice in one object: which of the two is meant, nobody knows.
    pub(super) fn doubled(&mut self, first: &[String], count: u32) {
        for path in first {
            self.flaw(Spot(0, path), "", FlawKind::Doubled);
        }
        let more = count.saturating_sub(first.len() as u32);
        self.take.flawed = self.take.flawed.saturating_add(more);
        self.elsewhere = self.elsewhere.saturating_add(more);
    }

    /// Something that must be there by the configuration is not.
    pub(super) fn lack(&mut self, lack: Lack) {
        self.take.lacks.push(lack);
    }

    /// What began before `since` was not asked for: that it is not listed ends nothing.
    pub(super) fn only_since(&mut self, since: Moment) {
        self.take.since = self.take.since.max(Some(since));
    }

    /// The list goes on where it was not read.
    pub(super) fn cut(&mut self, place: &str, why: &str) {
        self.take.cut_at(place, why);
        self.lost = true;
    }

    /// Notes a whole row that could not be read.
    pub(super) fn lose(&mut self, spot: Spot<'_>, found: &str, why: FlawKind) {
        self.lost = true;
        self.flaw(spot, found, why);
    }

    /// Notes what could not be read of a row.
    pub(super) fn flaw(&mut self, spot: Spot<'_>, found: &str, why: FlawKind) {
        match (why.loses(), spot.0) {
            (true, 0) => self.elsewhere = self.elsewhere.saturating_add(1),
            (true, n) => self.mark(n, THERE | LOST),
            (false, _) => {}
        }
        if self.take.flaws.len() >= KEPT_FLAWS {
            self.take.flawed = self.take.flawed.saturating_add(1);
            return;
        }
        let found: String = found.chars().take(SHOWN).collect();
        self.take.note(BadRow {
            place: spot.label(),
            found: Clean::new(&found),
            why,
        });
    }

    /// A point as the upstream describes it; the first description of a body stays.
    pub(super) fn point(&mut self, point: Point) {
        if let Entry::Vacant(free) = self.points.entry(point.id.clone()) {
            free.insert(self.take.points.len());
            self.take.points.push(point);
        }
    }

    /// Whether a time may be: not more than an hour ahead, and not before anybody measured what is asked for here, as
    /// seconds are when they are read as milliseconds. A flaw otherwise.
    pub(super) fn may_be(&mut self, spot: Spot<'_>, at: Moment) -> bool {
        let why = if at > self.now + AHEAD {
            FlawKind::Future
        } else if at < Moment::from_ms(EARLIEST_MS) {
            FlawKind::NotATime
        } else {
            return true;
        };
        self.lose(spot, &at.rfc3339(CHINA), why);
        false
    }

    /// A value that the upstream says is not there.
    pub(super) fn nothing(&mut self, spot: Spot<'_>, slot: Slot) {
        self.push(spot, slot, None);
    }

    /// A value as the upstream writes it.
    pub(super) fn number(&mut self, spot: Spot<'_>, mut slot: Slot, text: &str) {
        let Some(given) = Value::parse(text) else {
            return self.flaw(spot, text, FlawKind::NotANumber);
        };
        let Some(value) = slot.quantity.canonical(given, slot.unit) else {
            return self.flaw(spot, &format!("{text} {}", slot.unit.symbol()), FlawKind::Unit);
        };
        match slot.quantity.standing(given, value) {
            CodeMeaning::Impossible => {
                self.flaw(spot, text, FlawKind::OutOfRange);
                slot.flag = Flag::Invalid;
            }
            CodeMeaning::Ceiling if slot.flag == Flag::Valid => {
                self.flaw(spot, text, FlawKind::Ceiling);
                slot.flag = Flag::Suspect;
            }
            CodeMeaning::Ceiling | CodeMeaning::Possible => {}
        }
        self.push(spot, slot, Some(value));
    }

    /// The later of two values with one key stays, as a correction would, unless only the earlier can be used.
    fn push(&mut self, spot: Spot<'_>, slot: Slot, value: Option<Value>) {
        if !self.pays(spot.0, READING_WEIGHT) {
            return;
        }
        self.mark(spot.0, THERE | GAVE);
        let key = (slot.point.clone(), slot.quantity, slot.period, slot.at);
        let reading = Reading {
            point: slot.point,
            quantity: slot.quantity,
            period: slot.period,
            at: slot.at,
            value,
            flag: slot.flag,
            source: self.source.clone(),
        };
        match self.keys.entry(key) {
            Entry::Vacant(free) => {
                free.insert(self.take.readings.len());
                self.take.readings.push(reading);
            }
            Entry::Occupied(there) => {
                let Some(earlier) = self.take.readings.get_mut(*there.get()) else {
                    return;
                };
                let found = value.map_or_else(String::new, |value| value.to_string());
                let differs = earlier.value != value;
                if reading.usable().is_some() || earlier.usable().is_none() {
                    *earlier = reading;
                }
                if differs {
                    self.flaw(spot, &found, FlawKind::Duplicate);
                }
            }
        }
    }

    /// The township that the upstream's words name. Words that the directory does not know are a flaw, where it knows any.
    pub(super) fn township(&mut self, spot: Spot<'_>, words: &str) -> Option<TownshipId> {
        let names = self.directory.filter(|names| !names.townships.is_empty());
        let names = names.filter(|_| !words.is_empty())?;
        let found = names.township(words, None).map(|(known, _)| known.id.clone());
        if found.is_none() {
            self.flaw(spot, words, FlawKind::Unknown);
        }
        found
    }

    /// A signal; of two with one id the first stays. Words that route it and that nobody knows are flaws.
    pub(super) fn signal(&mut self, spot: Spot<'_>, signal: Signal) {
        if !self.pays(spot.0, SIGNAL_WEIGHT) {
            return;
        }
        self.mark(spot.0, THERE | GAVE);
        if !signal.severity_words.is_empty() {
            self.flaw(
                Spot(spot.0, "severity"),
                signal.severity_words.as_str(),
                FlawKind::Unknown,
            );
        }
        if signal.active {
            let _ = self.township(Spot(spot.0, "area"), signal.area.as_str());
        }
        match self.signals.entry(signal.id.clone()) {
            Entry::Vacant(free) => {
                free.insert(self.take.signals.len());
                self.take.signals.push(signal);
            }
            Entry::Occupied(there) => {
                if self.take.signals.get(*there.get()) != Some(&signal) {
                    self.flaw(spot, signal.id.as_str(), FlawKind::Duplicate);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::feed::PollError;

    #[test]
    fn of_a_hundred_thousand_bad_rows_a_few_are_kept_and_all_are_counted() {
        let id = SourceId::new("a");
        let mut gather = Gather::new(&id, Moment::from_ms(0));
        for row in 1..=100_000 {
            gather.lose(Spot(row, "t"), "x", FlawKind::NotATime);
        }
        let take = gather.finish(true);
        assert_eq!((take.flaws.len(), take.flawed), (KEPT_FLAWS, 100_000));
        assert_eq!(
            (take.rows.there, take.rows.lost, take.rows.gave),
            (100_000, 100_000, 0)
        );
        assert!(matches!(
            take.settle(),
            Err(PollError::NoneUnderstood(100_000, Some(_)))
        ));
    }

    fn slot() -> Slot {
        Slot {
            point: PointId::new("1234A"),
            quantity: Quantity::Pm25,
            unit: MeasureUnit::UgPerM3,
            period: Period::Hour,
            at: Moment::from_ms(0),
            flag: Flag::Valid,
        }
    }

    #[test]
    fn a_value_out_of_range_is_kept_and_never_used() {
        let id = SourceId::new("a");
        let mut gather = Gather::new(&id, Moment::from_ms(0));
        gather.number(Spot(17, "PM2_5"), slot(), "-999");
        let take = gather.finish(false);
        assert_eq!(take.readings[0].usable(), None);
        assert_eq!(take.readings[0].value, Some(Value::whole(-999)));
        assert_eq!(take.flaws[0].place.as_str(), "row 17, PM2_5");
        assert_eq!(take.flaws[0].why, FlawKind::OutOfRange);
    }

    #[test]
    fn of_two_values_with_one_key_the_later_stays_and_it_is_said() {
        let id = SourceId::new("a");
        let mut gather = Gather::new(&id, Moment::from_ms(0));
        for text in ["35", "35.0", "36"] {
            gather.number(Spot(1, "PM2_5"), slot(), text);
        }
        let take = gather.finish(false);
        assert_eq!(take.readings.len(), 1);
        assert_eq!(take.readings[0].value, Some(Value::whole(36)));
        assert_eq!(take.flaws.len(), 1);
    }

    #[test]
    fn an_hour_ahead_is_a_slow_clock_and_more_is_a_flaw() {
        let id = SourceId::new("a");
        let now = Moment::from_ms(1_800_000_000_000);
        let mut gather = Gather::new(&id, now);
        assert!(gather.may_be(Spot(1, "t"), now + Span::hours(1)));
        assert!(!gather.may_be(Spot(2, "t"), now + Span::hours(1) + Span::from_ms(1)));
        assert!(
            !gather.may_be(Spot(3, "t"), Moment::from_ms(1_800_000_000)),
            "seconds read as milliseconds"
        );
        let take = gather.finish(true);
        assert_eq!((take.rows.there, take.rows.lost, take.complete), (2, 2, false));
    }
}
