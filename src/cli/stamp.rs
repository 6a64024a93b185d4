//! The time of a row as people and platforms write it. Shared by `aqi` and `stats`.

use crate::domain::time::{CHINA, Moment};
use chrono::NaiveDate;

/// A row's local date in China, and its hour where it has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stamp {
    /// The date as written, or in China where the text names an offset from UTC.
    pub date: NaiveDate,
    /// 0 to 24 as written; `None` for a day.
    pub hour: Option<u8>,
}

impl Stamp {
    /// Hours since an arbitrary fixed day; a day without an hour counts as its first.
    pub fn hours(self) -> i64 {
        use chrono::Datelike;
        i64::from(self.date.num_days_from_ce()) * 24 + i64::from(self.hour.unwrap_or(0))
    }

    /// Reads `2026-03-01`, `2026/3/1`, `20260301`, each with or without an hour (`08`, `8:00`, `08:00:00`, `T08:00`),
    /// and RFC 3339 with an offset. `None` for anything else: no date is guessed.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let split = text.find([' ', 'T', 't']).unwrap_or(text.len());
        let (date, time) = text.split_at_checked(split)?;
        let time = time.trim_start_matches([' ', 'T', 't']);
        if time.ends_with(['Z', 'z']) || time.contains('+') || time.contains('-') {
            let local = Moment::parse_rfc3339(text)?.local(CHINA);
            return Some(Self {
                date: local.date_naive(),
                hour: Some(chrono::Timelike::hour(&local) as u8),
            });
        }
        let hour = match time.split(':').next()? {
            "" => None,
            digits => Some(digits.parse::<u8>().ok().filter(|&h| h <= 24)?),
        };
        if !time
            .split(':')
            .all(|part| part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit()))
        {
            return None;
        }
        Some(Self {
            date: calendar(date)?,
            hour,
        })
    }
}

fn calendar(text: &str) -> Option<NaiveDate> {
    let mut numbers = [0_u32; 3];
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        let all: u32 = text.parse().ok()?;
        numbers = [all / 10_000, all / 100 % 100, all % 100];
    } else {
        let mut parts = text.split(['-', '/']);
        for number in &mut numbers {
            let part = parts.next()?;
            if part.is_empty() || part.len() > 4 || !part.bytes().all(|b| b.is_ascii_digit()) {
                return None;
            }
            *number = part.parse().ok()?;
        }
        if parts.next().is_some() {
            return None;
        }
    }
    let [year, month, day] = numbers;
    if !(1900..=2200).contains(&year) {
        return None;
    }
    NaiveDate::from_ymd_opt(year as i32, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Option<String> {
        Stamp::parse(text).map(|s| format!("{} {:?}", s.date, s.hour))
    }

    #[test]
    fn the_usual_ways_of_writing_an_hour_are_read() {
        for text in [
            "2026-03-01 08:00",
            "2026/3/1 8",
            "20260301 08:00:00",
            "2026-03-01T08:00",
            "2026-03-01T00:30:00Z",
            "2026-03-01T08:00:00+08:00",
        ] {
            assert_eq!(of(text).as_deref(), Some("2026-03-01 Some(8)"), "{text}");
        }
        assert_eq!(of("2026-03-01").as_deref(), Some("2026-03-01 None"));
    }

    #[test]
    fn an_offset_from_utc_decides_the_date_in_china() {
        assert_eq!(of("2026-02-28T16:00:00Z").as_deref(), Some("2026-03-01 Some(0)"));
    }

    #[test]
    fn no_date_is_guessed() {
        for text in [
            "",
            "03-01",
            "2026-13-01",
            "2026-02-30",
            "2026-03-01 25:00",
            "2026-03-01 x",
            "1-2-3",
            "现在",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
    }

    #[test]
    fn hours_follow_each_other_across_midnight() {
        let hours = |text| Stamp::parse(text).expect("a time").hours();
        assert_eq!(hours("2026-03-01 00") - hours("2026-02-28 23"), 1);
        assert_eq!(hours("2026-02-28 24"), hours("2026-03-01 00"));
    }
}
