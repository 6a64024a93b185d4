//! Takes in what a source reads, with the checks that hold for every value: number, unit, range, time, place, key.
//!
//! Good rows come through, bad ones become flaws with their place. A value out of range is kept, marked invalid.

use crate::domain::directory::Point;
use crate::domain::emergency::ForecastDay;
use crate::domain::emergency::forecast::Forecast;
use crate::domain::feed::Flaw;
use crate::domain::feed::FlawKind;
use crate::domain::feed::Take;
use crate::domain::id::PointId;
use crate::domain::id::SourceId;
use crate::domain::place::Datum;
use crate::domain::place::Place;
use crate::domain::quantity::Quantity;
use crate::domain::quantity::Unit;
use crate::domain::quantity::Value;
use crate::domain::reading::Flag;
use crate::domain::reading::Period;
use crate::domain::reading::Reading;
use crate::domain::signal::Signal;
use crate::domain::text::Clean;
use crate::domain::time::CHINA;
use crate::domain::time::Moment;
use crate::domain::time::Span;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// How far ahead of our clock an observation may lie; theirs may be wrong too.
const AHEAD: Span = Span::hours(1);

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
    pub(super) unit: Unit,
    pub(super) period: Period,
    pub(super) at: Moment,
    pub(super) flag: Flag,
}

/// What one body gives.
pub(super) struct Gather<'s> {
    source: &'s SourceId,
    now: Moment,
    take: Take,
    keys: HashMap<(PointId, Quantity, Period, Moment), usize>,
    points: HashMap<PointId, usize>,
    signals: HashMap<Clean, usize>,
    lost: bool,
}

impl<'s> Gather<'s> {
    pub(super) fn new(source: &'s SourceId, now: Moment) -> Self {
        Self {
            source,
            now,
            take: Take::default(),
            keys: HashMap::new(),
            points: HashMap::new(),
            signals: HashMap::new(),
            lost: false,
        }
    }

    /// The source that is read.
    pub(super) fn source(&self) -> &SourceId {
        self.source
    }

    /// What was taken in; `complete` where the signals are everything that lasts. Never so where a row was lost: what it
    /// held has not ended.
    pub(super) fn finish(self, complete: bool) -> Take {
        Take {
            complete: complete && !self.lost,
            ..self.take
        }
    }

    /// Notes a whole row that could not be read.
    pub(super) fn lose(&mut self, spot: Spot<'_>, found: &str, why: FlawKind) {
        self.lost = true;
        self.flaw(spot, found, why);
    }

    /// Notes what could not be read.
    pub(super) fn flaw(&mut self, spot: Spot<'_>, found: &str, why: FlawKind) {
        let found: String = found.chars().take(SHOWN).collect();
        self.take.flaws.push(Flaw {
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

    /// Whether a time may be: not more than an hour ahead. A flaw otherwise.
    pub(super) fn may_be(&mut self, spot: Spot<'_>, at: Moment) -> bool {
        let ahead = at > self.now + AHEAD;
        if ahead {
            self.lose(spot, &at.rfc3339(CHINA), FlawKind::Future);
        }
        !ahead
    }

    /// A position from two texts; nothing and no flaw where both are empty.
    pub(super) fn place(&mut self, spot: Spot<'_>, lat: &str, lon: &str, datum: Datum) -> Option<Place> {
        let (lat, lon) = (lat.trim(), lon.trim());
        if lat.is_empty() && lon.is_empty() {
            return None;
        }
        let numbers = lat.parse().ok().zip(lon.parse().ok());
        let place = numbers.and_then(|(lat, lon)| Place::on(datum, lat, lon));
        if place.is_none() {
            self.flaw(spot, &format!("{lat}, {lon}"), FlawKind::Position);
        }
        place
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
        if !slot.quantity.holds(value) {
            self.flaw(spot, text, FlawKind::OutOfRange);
            slot.flag = Flag::Invalid;
        }
        self.push(spot, slot, Some(value));
    }

    /// The later of two values with one key stays, as a correction would, unless only the earlier can be used.
    fn push(&mut self, spot: Spot<'_>, slot: Slot, value: Option<Value>) {
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

    /// A day of the forecast that was issued at `issued`; of two of one day the later stays, as a correction would.
    pub(super) fn forecast(&mut self, issued: Moment, day: ForecastDay) {
        let forecasts = &mut self.take.forecasts;
        let place = forecasts.binary_search_by_key(&issued, |known| known.issued);
        let place = place.unwrap_or_else(|free| {
            let forecast = Forecast {
                source: self.source.clone(),
                issued,
                days: Vec::new(),
            };
            forecasts.insert(free, forecast);
            free
        });
        let Some(forecast) = forecasts.get_mut(place) else {
            return;
        };
        match forecast.days.binary_search_by_key(&day.date, |known| known.date) {
            Ok(there) => forecast.days.splice(there..=there, [day]).for_each(drop),
            Err(free) => forecast.days.insert(free, day),
        }
    }

    /// A signal; of two with one id the first stays.
    pub(super) fn signal(&mut self, spot: Spot<'_>, signal: Signal) {
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

    fn slot() -> Slot {
        Slot {
            point: PointId::new("1234A"),
            quantity: Quantity::Pm25,
            unit: Unit::UgPerM3,
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
        let mut gather = Gather::new(&id, Moment::from_ms(0));
        assert!(gather.may_be(Spot(1, "t"), Moment::from_ms(0) + Span::hours(1)));
        assert!(!gather.may_be(Spot(1, "t"), Moment::from_ms(1) + Span::hours(1)));
    }
}
