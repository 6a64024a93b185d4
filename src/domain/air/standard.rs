//! Which standard judges: keys, versions, colours, dates. The rules themselves are siblings.

use crate::domain::air::level;
use crate::domain::air::level::{Level, Rgb};
use crate::domain::air::natural_day::place_of;
use crate::domain::time::{Moment, Span, Zone};
use chrono::NaiveDate;

/// A standard an air index is computed by. Its key is stored with every index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standard {
    /// HJ 633-2012, in force from 2016-01-01 to 2026-02-28.
    Hj633_2012,
    /// HJ 633-2026, in force from 2026-03-01.
    Hj633_2026,
    /// United States: EPA-454/B-24-002, May 2024.
    Epa2024,
    /// Europe: European Air Quality Index, bands of ETC HE report 2024/17.
    Eaqi,
}

impl Standard {
    /// Every standard.
    pub const ALL: [Self; 4] = [Self::Hj633_2012, Self::Hj633_2026, Self::Epa2024, Self::Eaqi];

    /// Key in configuration, options, JSON and the store.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Hj633_2012 => "hj633-2012",
            Self::Hj633_2026 => "hj633-2026",
            Self::Epa2024 => "epa-2024",
            Self::Eaqi => "eaqi",
        }
    }

    /// By its key; `None` for an unknown one.
    pub fn by_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|standard| standard.key() == key)
    }

    /// The document's own name and version.
    pub const fn version(self) -> &'static str {
        match self {
            Self::Hj633_2012 => "HJ 633-2012",
            Self::Hj633_2026 => "HJ 633-2026",
            Self::Epa2024 => "US EPA AQI 2024",
            Self::Eaqi => "EAQI 2024",
        }
    }

    /// How far back the means reach that an hour's index is made of.
    pub const fn reach(self) -> Span {
        match self {
            Self::Hj633_2012 | Self::Epa2024 => Span::hours(24),
            Self::Hj633_2026 | Self::Eaqi => Span::hours(1),
        }
    }

    /// The level of one of its indices.
    pub fn level(self, index: u16) -> Level {
        match self {
            Self::Hj633_2012 | Self::Hj633_2026 | Self::Epa2024 => Level::of(index),
            Self::Eaqi => Level::of_band(index),
        }
    }

    /// The highest index of a level: 50 to 500, or the band's own number.
    pub const fn top(self, level: Level) -> u16 {
        match self {
            Self::Hj633_2012 | Self::Hj633_2026 | Self::Epa2024 => level.top(),
            Self::Eaqi => level.number() as u16,
        }
    }

    /// The colour this standard prints for a level.
    pub fn colour(self, of: Level) -> Rgb {
        match self {
            Self::Hj633_2012 | Self::Hj633_2026 => of.pick(&level::HJ633_COLOURS),
            Self::Epa2024 => of.pick(&level::EPA_COLOURS),
            Self::Eaqi => of.pick(&level::EAQI_COLOURS),
        }
    }
}

/// What air is judged by: HJ 633 with its editions by date, or one standard at every date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Norm {
    /// HJ 633 as it was in force on the observation's date.
    #[default]
    Hj633,
    /// This one.
    Only(Standard),
}

/// What a room may judge its air by, with the keys of its configuration.
pub const ROOM_NORMS: [(&str, Norm); 3] = [
    ("HJ 633", Norm::Hj633),
    ("EPA", Norm::Only(Standard::Epa2024)),
    ("EAQI", Norm::Only(Standard::Eaqi)),
];

impl Norm {
    /// A room's, by its key in configuration; `None` for an unknown one.
    pub fn of_room(key: &str) -> Option<Self> {
        ROOM_NORMS.iter().find(|row| row.0 == key).map(|row| row.1)
    }

    /// The edition in force last: whose colours and words a screen begins with.
    pub const fn newest(self) -> Standard {
        match self {
            Self::Only(standard) => standard,
            Self::Hj633 => Standard::Hj633_2026,
        }
    }

    /// The standard for an observation of this local date: HJ 633-2026 from 2026-03-01 (its foreword), HJ 633-2012
    /// before. Never chosen by the clock of the terminal.
    pub fn on(self, date: NaiveDate) -> Standard {
        const NEW: Option<NaiveDate> = NaiveDate::from_ymd_opt(2026, 3, 1);
        match self {
            Self::Only(standard) => standard,
            Self::Hj633 if NEW.is_some_and(|new| date >= new) => Standard::Hj633_2026,
            Self::Hj633 => Standard::Hj633_2012,
        }
    }

    /// The standard for an hour (or a sliding mean) that ends at `end`: that of the natural day it lies in, in the room's
    /// zone. The hour that ends at midnight belongs to the day before.
    pub fn at(self, end: Moment, zone: Zone) -> Standard {
        self.on(place_of(end, zone).0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::CHINA;

    #[test]
    fn the_standard_changes_with_the_first_of_march_2026() {
        let on = |y, m, d| Norm::Hj633.on(NaiveDate::from_ymd_opt(y, m, d).expect("a date"));
        assert_eq!(on(2026, 2, 28), Standard::Hj633_2012);
        assert_eq!(on(2026, 3, 1), Standard::Hj633_2026);
        assert_eq!(on(2019, 6, 1), Standard::Hj633_2012);
    }

    #[test]
    fn the_hour_that_ends_at_midnight_belongs_to_the_day_before_by_the_clocks_of_the_room() {
        let moment = |text| Moment::parse_rfc3339(text).expect("a time");
        let at = |text| Norm::Hj633.at(moment(text), CHINA);
        assert_eq!(at("2026-03-01T00:00:00+08:00"), Standard::Hj633_2012);
        assert_eq!(at("2026-03-01T01:00:00+08:00"), Standard::Hj633_2026);
        assert_eq!(at("2026-02-28T17:00:00Z"), Standard::Hj633_2026);
        let west = Zone::west_opt(5 * 3600).expect("a zone");
        let in_the_west = Norm::Hj633.at(moment("2026-02-28T17:00:00Z"), west);
        assert_eq!(in_the_west, Standard::Hj633_2012);
    }

    #[test]
    fn a_room_names_its_norm_by_its_key() {
        assert_eq!(Norm::of_room("HJ 633"), Some(Norm::default()));
        let date = NaiveDate::from_ymd_opt(2019, 6, 1).expect("a date");
        assert_eq!(
            Norm::of_room("EPA").map(|norm| norm.on(date)),
            Some(Standard::Epa2024)
        );
        assert_eq!(
            Norm::of_room("EAQI").map(|norm| norm.on(date)),
            Some(Standard::Eaqi)
        );
        assert_eq!(Norm::of_room("GB 3095"), None);
    }

    #[test]
    fn keys_lead_back_to_their_standard() {
        for standard in Standard::ALL {
            assert_eq!(Standard::by_key(standard.key()), Some(standard));
        }
        assert_eq!(Standard::by_key("mep"), None);
    }

    #[test]
    fn the_purple_of_china_is_not_the_purple_of_the_united_states() {
        assert_eq!(Standard::Hj633_2026.colour(Level::Five), Rgb(153, 0, 76));
        assert_eq!(Standard::Epa2024.colour(Level::Five), Rgb(143, 63, 151));
    }
}
