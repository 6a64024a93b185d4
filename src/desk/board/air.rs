//! Air as the board has it at a moment: what is of now and what is the last known, the county's hour, a day so far.
//!
//! Judged by the domain; called by screens, lists and the desk itself.

use crate::desk::board::{AirNow, Board};
use crate::domain::age;
use crate::domain::age::Age;
use crate::domain::air::mean::Member;
use crate::domain::air::past::Past;
use crate::domain::air::period::Hours;
use crate::domain::air::so_far::{SoFar, Today, so_far};
use crate::domain::air::unit::{Station, UnitHour};
use crate::domain::air::{Hour, Pollutant, Standard, unit};
use crate::domain::id::PointId;
use crate::domain::quantity::{Quantity, Value};
use crate::domain::reading::{Period, Reading};
use crate::domain::time::{Moment, Span};
use chrono::NaiveDate;

/// A day of a station or of the county, up to an hour of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DaySoFar {
    /// The room's date.
    pub date: NaiveDate,
    /// The end of its last hour that is known.
    pub until: Moment,
    /// What it is and may become.
    pub of: SoFar,
}

impl Board {
    /// The county's hour at `now`; `None` while no hour of it is of now.
    pub fn county(&self, now: Moment) -> Option<&UnitHour> {
        unit::current(self.county_hours.iter().map(|(_, hour)| hour), now)
    }

    /// The county's day so far, while it is that of its present hour.
    pub fn county_day(&self, now: Moment) -> Option<&DaySoFar> {
        let hour = self.county(now)?.hour;
        self.county_day.as_ref().filter(|day| day.until == hour)
    }

    /// How a reading stands to the clock, by the limit of the source that gave it.
    pub fn reading_age(&self, reading: &Reading, now: Moment) -> Age {
        let feed = self.feeds.get(&reading.source);
        reading.age(feed.and_then(|feed| feed.late_after), now)
    }

    /// How a station's newest hour stands to the clock, by the limit of the source that gave it.
    pub fn air_age(&self, id: &PointId, air: &AirNow, now: Moment) -> Age {
        let newest = Pollutant::ALL
            .into_iter()
            .filter_map(|p| self.latest.get(&(id.clone(), p.quantity(), Period::Hour)));
        let source = newest
            .filter(|reading| reading.at == air.hour)
            .map(|reading| &reading.source)
            .next();
        let limit = source.and_then(|source| self.feeds.get(source)?.late_after);
        Age::of(air.hour, limit.unwrap_or_else(|| age::limit(Period::Hour)), now)
    }

    /// A station's air, while it is of now.
    pub fn air_now(&self, id: &PointId, now: Moment) -> Option<&AirNow> {
        self.air
            .get(id)
            .filter(|air| self.air_age(id, air, now).is_current())
    }

    /// The standard for an hour that ends at `end`: the room's own, by the room's date.
    pub fn standard_at(&self, end: Moment) -> Standard {
        self.room.standard.at(end, self.room.zone)
    }

    /// A usable hourly value.
    pub fn hour_value(&self, point: &PointId, quantity: Quantity, end: Moment) -> Option<Value> {
        let series = self.trends.get(&(point.clone(), quantity, Period::Hour))?;
        let place = series.binary_search_by(|(at, _)| at.cmp(&end)).ok()?;
        series.get(place).map(|(_, value)| *value)
    }

    /// The hour that ends at `at` at a point, as `standard` reads it.
    pub fn hour_of(&self, standard: Standard, point: &PointId, at: Moment) -> Hour {
        let past = |p: Pollutant, ago: usize| {
            let hour = at - Span::hours(ago as i64);
            self.hour_value(point, p.quantity(), hour)
        };
        past.as_read_by(standard)
    }

    /// The day that the hour ending at `until` belongs to, so far, of these stations together.
    pub fn day_so_far<'a>(
        &self,
        stations: impl IntoIterator<Item = &'a Station>,
        until: Moment,
    ) -> Option<DaySoFar> {
        let zone = self.room.zone;
        let date = (until - Span::from_ms(1)).date(zone);
        let midnight = Moment::from_local(date.and_hms_opt(0, 0, 0)?, zone)?;
        let end = |nth: usize| midnight + Span::hours(nth as i64 + 1);
        let hours = |id: &PointId, p: Pollutant| -> Hours {
            std::array::from_fn(|nth| {
                self.hour_value(id, p.quantity(), end(nth))
                    .filter(|_| end(nth) <= until)
            })
        };
        let stations: Vec<Member<[Hours; 6]>> = stations
            .into_iter()
            .map(|station| Member {
                of: Pollutant::ALL.map(|p| hours(&station.id, p)),
                background: station.background,
            })
            .collect();
        let today = Today {
            stations: &stations,
            over: (0..24).filter(|nth| end(*nth) <= until).count(),
        };
        Some(DaySoFar {
            date,
            until,
            of: so_far(self.standard_at(until), &today),
        })
    }
}
