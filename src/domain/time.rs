//! Moments, spans and the room's zone. Never *now*: that is `clock`'s word alone.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, TimeZone};
use std::ops::{Add, Sub};

/// A point in time: milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(i64);

/// A length of time in milliseconds; may be negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span(i64);

/// The room's fixed offset from UTC. China keeps one (+08:00) and no summer time.
pub type Zone = FixedOffset;

/// UTC+08:00, the zone of every Chinese standard's day.
pub const CHINA: Zone = match FixedOffset::east_opt(8 * 3600) {
    Some(zone) => zone,
    None => unreachable!(),
};

/// UTC, the zone of satellites and of most services abroad.
pub const UTC: Zone = match FixedOffset::east_opt(0) {
    Some(zone) => zone,
    None => unreachable!(),
};

impl Moment {
    /// From milliseconds since the epoch.
    pub const fn from_ms(ms: i64) -> Self {
        Self(ms)
    }

    /// Milliseconds since the epoch.
    pub const fn ms(self) -> i64 {
        self.0
    }

    /// From a wall-clock reading in `zone`; `None` outside chrono's years.
    pub fn from_local(local: NaiveDateTime, zone: Zone) -> Option<Self> {
        zone.from_local_datetime(&local)
            .single()
            .map(|t| Self(t.timestamp_millis()))
    }

    /// RFC 3339 text, the form the ledger, JSON and the wire use.
    pub fn parse_rfc3339(text: &str) -> Option<Self> {
        DateTime::parse_from_rfc3339(text)
            .ok()
            .map(|t| Self(t.timestamp_millis()))
    }

    /// The wall clock in `zone`; moments outside chrono's years are shown as its epoch.
    pub fn local(self, zone: Zone) -> DateTime<FixedOffset> {
        DateTime::from_timestamp_millis(self.0)
            .unwrap_or_default()
            .with_timezone(&zone)
    }

    /// The local date in `zone`.
    pub fn date(self, zone: Zone) -> NaiveDate {
        self.local(zone).date_naive()
    }

    /// RFC 3339 with seconds in `zone`.
    pub fn rfc3339(self, zone: Zone) -> String {
        self.local(zone)
            .to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
    }

    /// The last full multiple of `span` at or before this moment (UTC based; every zone of whole hours agrees on hours).
    #[must_use]
    pub const fn floor(self, span: Span) -> Self {
        if span.0 <= 0 {
            self
        } else {
            Self(self.0 - self.0.rem_euclid(span.0))
        }
    }

    /// How long ago `earlier` was; zero when it lies ahead.
    pub fn age_of(self, earlier: Self) -> Span {
        Span((self.0.saturating_sub(earlier.0)).max(0))
    }

    /// How far it lies from another moment, before or after.
    pub fn apart(self, other: Self) -> Span {
        self.age_of(other).max(other.age_of(self))
    }
}

impl Span {
    /// No time at all.
    pub const ZERO: Self = Self(0);

    /// From milliseconds.
    pub const fn from_ms(ms: i64) -> Self {
        Self(ms)
    }
    /// From seconds.
    pub const fn secs(secs: i64) -> Self {
        Self(secs.saturating_mul(1000))
    }
    /// From minutes.
    pub const fn mins(mins: i64) -> Self {
        Self::secs(mins.saturating_mul(60))
    }
    /// From hours.
    pub const fn hours(hours: i64) -> Self {
        Self::mins(hours.saturating_mul(60))
    }
    /// From days of 24 hours.
    pub const fn days(days: i64) -> Self {
        Self::hours(days.saturating_mul(24))
    }
    /// Milliseconds.
    pub const fn ms(self) -> i64 {
        self.0
    }
    /// Whole seconds, towards zero.
    pub const fn as_secs(self) -> i64 {
        self.0 / 1000
    }
    /// Whole minutes, towards zero.
    pub const fn as_mins(self) -> i64 {
        self.0 / 60_000
    }

    /// Reads `90s`, `15m`, `4h`, `30d` or a bare number of seconds.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let split = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let (number, unit) = text.split_at_checked(split)?;
        let number: i64 = number.parse().ok()?;
        let scale = match unit.trim() {
            "ms" => 1,
            "" | "s" => 1000,
            "m" | "min" => 60_000,
            "h" => 3_600_000,
            "d" => 86_400_000,
            _ => return None,
        };
        number.checked_mul(scale).map(Self)
    }
}

impl Add<Span> for Moment {
    type Output = Self;
    fn add(self, span: Span) -> Self {
        Self(self.0.saturating_add(span.0))
    }
}

impl Sub<Span> for Moment {
    type Output = Self;
    fn sub(self, span: Span) -> Self {
        Self(self.0.saturating_sub(span.0))
    }
}

impl Sub for Moment {
    type Output = Span;
    fn sub(self, other: Self) -> Span {
        Span(self.0.saturating_sub(other.0))
    }
}

impl Add for Span {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Span {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_local_day_begins_at_sixteen_utc_in_china() {
        let t = Moment::parse_rfc3339("2026-11-23T16:00:00Z").expect("a fixed text");
        assert_eq!(t.date(CHINA).to_string(), "2026-11-24");
        assert_eq!(t.rfc3339(CHINA), "2026-11-24T00:00:00+08:00");
    }

    #[test]
    fn spans_are_read_with_their_unit_and_nothing_else() {
        assert_eq!(Span::parse("15m"), Some(Span::mins(15)));
        assert_eq!(Span::parse("90"), Some(Span::secs(90)));
        assert_eq!(Span::parse("2w"), None);
        assert_eq!(Span::parse("99999999999999999999d"), None);
    }
}
