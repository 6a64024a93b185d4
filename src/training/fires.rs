//! Straw fires of the training county (秸秆焚烧): when and where they burn, what a camera makes of them, where their
//! smoke goes. About 26 a day over a year, most after the harvests, in the morning and before dusk.

use crate::domain::place::Place;
use crate::domain::time::{CHINA, Moment, Span};
use crate::training::chance::Chance;
use crate::training::county::Field;
use crate::training::weather::{Weather, hour_of_day};
use crate::training::world::World;
use chrono::Datelike;

/// Kilometres in one degree of latitude.
const KM_A_DEGREE: f64 = 111.2;
/// Fires of a mean day.
const A_DAY: f64 = 26.0;

/// Something a camera takes for a straw fire, rightly or not.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Fire {
    /// The platform's id: date and number.
    pub(super) id: String,
    /// When it is seen.
    pub(super) at: Moment,
    /// How long it burns.
    pub(super) lasts: Span,
    /// Where.
    pub(super) place: Place,
    /// The township it is in.
    pub(super) township: String,
    /// How much smoke it gives; 1 is a usual heap.
    pub(super) strength: f64,
    /// How sure the camera is, 0 to 1.
    pub(super) confidence: f64,
    /// What it is instead of a fire.
    pub(super) mistake: Option<String>,
}

/// Usual fires on a day of the year: wheat and rape in June, rice in November, pruning in February.
fn season(day_of_year: f64) -> f64 {
    let bump = |peak: f64, wide: f64| (-0.5 * ((day_of_year - peak) / wide).powi(2)).exp();
    0.6 + 1.5 * bump(158.0, 14.0) + 1.3 * bump(318.0, 22.0) + 0.4 * bump(45.0, 20.0)
}

impl World {
    /// What is seen from `from` (inclusive) to `to` (exclusive), oldest first.
    pub(super) fn fires(&self, from: Moment, to: Moment) -> Vec<Fire> {
        let first = day_number(from);
        let days = first..=day_number(to);
        let fires = days.flat_map(|day| self.fires_of_day(day));
        fires.filter(|fire| from <= fire.at && fire.at < to).collect()
    }

    /// The fires of the local day of that number since 1970-01-01.
    fn fires_of_day(&self, day: i64) -> Vec<Fire> {
        let midnight = Moment::from_ms(0) + Span::days(day) - Span::hours(8);
        let chance = self.chance.of("fires").nth(day);
        let season = season(f64::from(midnight.local(CHINA).ordinal()));
        let rain = Weather::at(self.chance, midnight + Span::hours(13)).rain;
        let dry = if rain > 0.5 { 0.4 } else { 1.0 };
        let count = A_DAY * season * dry * chance.of("count").between(0.6, 1.4);
        let mut fires: Vec<Fire> = (0..count as i64)
            .filter_map(|n| self.fire(chance.nth(n), midnight))
            .collect();
        fires.sort_by_key(|fire| fire.at);
        let date = midnight.local(CHINA).format("%Y%m%d").to_string();
        for (n, fire) in fires.iter_mut().enumerate() {
            fire.id = format!("HJ{date}-{:03}", n + 1);
        }
        fires
    }

    /// One draw of a fire on the day that begins at `midnight`.
    fn fire(&self, chance: Chance, midnight: Moment) -> Option<Fire> {
        let at = midnight + time_of_day(chance.of("time"));
        let field = self.field(chance.of("field"))?;
        let place = self.spot(chance.of("place"), field)?;
        let hour = hour_of_day(at);
        let causes: Vec<_> = self
            .script
            .mistake
            .iter()
            .filter(|m| m.happens_at(hour))
            .collect();
        let mistaken = chance.of("mistaken").happens(0.22);
        let mistake = mistaken.then(|| chance.of("cause").pick(&causes)).flatten();
        let sure = if mistaken { (0.55, 0.84) } else { (0.74, 0.99) };
        Some(Fire {
            id: String::new(),
            at,
            lasts: chance.of("lasts").span(Span::mins(18), Span::mins(75)),
            place,
            township: field.township.clone(),
            strength: (0.55 * chance.of("strength").bell()).exp(),
            confidence: chance.of("confidence").between(sure.0, sure.1),
            mistake: mistake.map(|mistake| mistake.cause.clone()),
        })
    }

    /// A township's fields, drawn by their share.
    fn field(&self, chance: Chance) -> Option<&Field> {
        let fields = &self.county.fields;
        let mut left = chance.unit() * fields.iter().map(|field| field.straw).sum::<f64>();
        fields.iter().find(|field| {
            left -= field.straw;
            left < 0.0
        })
    }

    /// A place in a township's fields, inside the county.
    fn spot(&self, chance: Chance, field: &Field) -> Option<Place> {
        let draw = |n: i64| {
            let (north, east) = (chance.nth(n).of("north").bell(), chance.nth(n).of("east").bell());
            Place::new(
                field.centre.lat() + 0.013 * north,
                field.centre.lon() + 0.015 * east,
            )
        };
        let boundary = &self.county.boundary;
        (0..8).filter_map(draw).find(|&place| boundary.contains(place))
    }
}

impl Fire {
    /// Whether it is one.
    pub(super) fn is_real(&self) -> bool {
        self.mistake.is_none()
    }

    /// Whether it burns, or burnt, at `at`.
    pub(super) fn burns(&self, at: Moment) -> bool {
        self.is_real() && self.at <= at && at < self.at + self.lasts
    }

    /// Fine particles it adds at `place` and `at`, µg/m³: a plume that widens and thins downwind.
    pub(super) fn smoke(&self, place: Place, at: Moment, weather: &Weather) -> f64 {
        let km_north = (place.lat() - self.place.lat()) * KM_A_DEGREE;
        let km_east = (place.lon() - self.place.lon()) * KM_A_DEGREE * place.lat().to_radians().cos();
        let (sin, cos) = (weather.wind_from + 180.0).to_radians().sin_cos();
        let along = km_east * sin + km_north * cos;
        let across = km_east * cos - km_north * sin;
        if !(0.0..=18.0).contains(&along) {
            return 0.0;
        }
        let travelled = Span::secs((along * 1000.0 / weather.wind_speed) as i64);
        if !self.burns(at - travelled) {
            return 0.0;
        }
        let wide = 0.3 + 0.2 * along;
        let thin = 1.0 / (1.0 + along / 1.5);
        75.0 * self.strength * thin * (-0.5 * (across / wide).powi(2)).exp() / weather.wind_speed.sqrt()
    }
}

/// The local day's number since 1970-01-01.
fn day_number(at: Moment) -> i64 {
    (at + Span::hours(8)).ms().div_euclid(Span::days(1).ms())
}

/// When in a day straw is burnt.
fn time_of_day(chance: Chance) -> Span {
    let hour = match chance.of("part").unit() {
        part if part < 0.28 => 10.0 + 1.1 * chance.of("hour").bell(),
        part if part < 0.76 => 16.3 + 1.2 * chance.of("hour").bell(),
        part if part < 0.88 => 19.8 + 1.0 * chance.of("hour").bell(),
        _ => chance.of("hour").between(0.0, 24.0),
    };
    Span::secs((hour.clamp(0.0, 23.99) * 3600.0) as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str) -> Moment {
        Moment::parse_rfc3339(text).expect("a fixed text")
    }

    #[test]
    fn a_year_has_about_as_many_fires_as_the_model_room_and_two_harvests() {
        let world = World::new(1);
        let fires = world.fires(
            moment("2026-01-01T00:00:00+08:00"),
            moment("2027-01-01T00:00:00+08:00"),
        );
        assert!((8_000..11_000).contains(&fires.len()), "{}", fires.len());
        let month = |m| fires.iter().filter(|f| f.at.local(CHINA).month() == m).count();
        assert!(
            month(6) > month(8) && month(11) > 2 * month(8),
            "{} {} {}",
            month(6),
            month(8),
            month(11)
        );
        let false_ones = fires.iter().filter(|fire| !fire.is_real()).count();
        assert!((0.18..0.26).contains(&(false_ones as f64 / fires.len() as f64)));
    }

    #[test]
    fn ids_are_unique_and_do_not_hang_on_the_window_asked_for() {
        let world = World::new(1);
        let (from, to) = (
            moment("2026-11-20T00:00:00+08:00"),
            moment("2026-11-23T00:00:00+08:00"),
        );
        let all = world.fires(from, to);
        let mut ids: Vec<&str> = all.iter().map(|fire| fire.id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all.len());
        let noon = moment("2026-11-21T12:00:00+08:00");
        let parts = [world.fires(from, noon), world.fires(noon, to)].concat();
        assert_eq!(parts, all);
    }

    #[test]
    fn smoke_goes_downwind_only_and_thins_on_its_way() {
        let world = World::new(1);
        let day = world.fires(
            moment("2026-11-20T00:00:00+08:00"),
            moment("2026-11-21T00:00:00+08:00"),
        );
        let fire = day.iter().find(|fire| fire.is_real()).expect("a fire a day");
        let weather = Weather {
            wind_from: 0.0,
            wind_speed: 3.0,
            ..Weather::at(world.chance, fire.at)
        };
        let at = fire.at + Span::mins(10);
        let south = |degrees| Place::new(fire.place.lat() - degrees, fire.place.lon()).expect("near");
        let (near, far) = (
            fire.smoke(south(0.004), at, &weather),
            fire.smoke(south(0.01), at, &weather),
        );
        assert!(near > far && far > 0.0, "{near} {far}");
        assert!(fire.smoke(south(-0.01), at, &weather).abs() < f64::EPSILON);
        assert!(fire.smoke(south(0.01), fire.at + Span::hours(6), &weather).abs() < f64::EPSILON);
    }
}
