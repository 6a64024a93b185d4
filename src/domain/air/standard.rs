//! Which standard judges: keys, versions, citations, dates. The rules themselves are siblings.

use crate::domain::air::level;
use crate::domain::air::level::Level;
use crate::domain::air::level::Rgb;
use crate::domain::time::CHINA;
use crate::domain::time::Moment;
use crate::domain::time::Span;
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

    /// The document, tables and clauses that a result is computed by.
    pub const fn citation(self) -> &'static str {
        match self {
            Self::Hj633_2012 => "HJ 633-2012, tables 1 and 3, 4.4 and 6.2",
            Self::Hj633_2026 => "HJ 633-2026, tables 1 and 3, 4.2, 4.3 and 5.3",
            Self::Epa2024 => "EPA-454/B-24-002 (May 2024), table 6, pp. 14-17",
            Self::Eaqi => "European Air Quality Index, bands of ETC HE 2024/17",
        }
    }

    /// The colour this standard prints for a level.
    pub fn colour(self, of: Level) -> Rgb {
        match self {
            Self::Hj633_2012 | Self::Hj633_2026 => of.rgb(),
            Self::Epa2024 => of.pick(&level::EPA_COLOURS),
            Self::Eaqi => of.pick(&level::EAQI_COLOURS),
        }
    }
}

/// The Chinese standard for an observation of this local date (Asia/Shanghai): HJ 633-2026 from 2026-03-01
/// (its foreword), HJ 633-2012 before. Never chosen by the clock of the terminal.
pub fn standard_on(date: NaiveDate) -> Standard {
    const NEW: Option<NaiveDate> = NaiveDate::from_ymd_opt(2026, 3, 1);
    if NEW.is_some_and(|new| date >= new) {
        Standard::Hj633_2026
    } else {
        Standard::Hj633_2012
    }
}

/// The Chinese standard for an hour (or a sliding mean) that ends at `end`: that of the date it lies in, in China. The hour
/// that ends at midnight belongs to the day before.
pub fn standard_at(end: Moment) -> Standard {
    standard_on((end - Span::from_ms(1)).date(CHINA))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standard_changes_with_the_first_of_march_2026() {
        let on = |y, m, d| standard_on(NaiveDate::from_ymd_opt(y, m, d).expect("a date"));
        assert_eq!(on(2026, 2, 28), Standard::Hj633_2012);
        assert_eq!(on(2026, 3, 1), Standard::Hj633_2026);
        assert_eq!(on(2019, 6, 1), Standard::Hj633_2012);
    }

    #[test]
    fn the_hour_that_ends_at_midnight_belongs_to_the_day_before() {
        let at = |text| standard_at(Moment::parse_rfc3339(text).expect("a time"));
        assert_eq!(at("2026-03-01T00:00:00+08:00"), Standard::Hj633_2012);
        assert_eq!(at("2026-03-01T01:00:00+08:00"), Standard::Hj633_2026);
        assert_eq!(at("2026-02-28T17:00:00Z"), Standard::Hj633_2026);
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
