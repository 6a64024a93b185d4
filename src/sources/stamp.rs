//! Times as upstreams write them.

use crate::domain::time::{Moment, Zone};
use chrono::format::{Parsed, StrftimeItems, parse};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

/// How a time is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stamp {
    /// RFC 3339.
    Rfc3339,
    /// Seconds since 1970.
    Unix,
    /// Milliseconds since 1970.
    UnixMs,
    /// A strftime form; hours and minutes that it lacks are zero.
    Form(String),
}

/// Reads `text` as `stamp`; `zone` where it names none.
pub(super) fn read(stamp: &Stamp, text: &str, zone: Zone) -> Option<Moment> {
    match stamp {
        Stamp::Rfc3339 => Moment::parse_rfc3339(text),
        Stamp::Unix => whole(text).map(|secs| Moment::from_ms(secs.saturating_mul(1000))),
        Stamp::UnixMs => whole(text).map(Moment::from_ms),
        Stamp::Form(form) => by_form(form, text, zone),
    }
}

fn whole(text: &str) -> Option<i64> {
    text.split('.').next()?.parse().ok()
}

/// A strftime form. Hours and minutes that it lacks are zero: `2019010107` by `%Y%m%d%H` is a full hour.
pub(super) fn by_form(form: &str, text: &str, zone: Zone) -> Option<Moment> {
    let mut parsed = Parsed::new();
    parse(&mut parsed, text, StrftimeItems::new(form)).ok()?;
    if let Some(seconds) = parsed.timestamp() {
        return Some(Moment::from_ms(seconds.checked_mul(1000)?));
    }
    let date: NaiveDate = parsed.to_naive_date().ok()?;
    if parsed.hour_mod_12().is_none() {
        parsed.set_hour(0).ok()?;
    }
    if parsed.minute().is_none() {
        parsed.set_minute(0).ok()?;
    }
    let time: NaiveTime = parsed.to_naive_time().ok()?;
    let zone = parsed.to_fixed_offset().unwrap_or(zone);
    Moment::from_local(NaiveDateTime::new(date, time), zone)
}

/// ISO 8601 with an offset (`+08:00`, `+0800`), or as wall time in `zone`. Seconds may be absent.
pub(super) fn iso(text: &str, zone: Zone) -> Option<Moment> {
    Moment::parse_rfc3339(text).or_else(|| {
        let forms = [
            "%Y-%m-%dT%H:%M:%S",
            "%Y-%m-%dT%H:%M",
            "%Y-%m-%dT%H:%M:%S%z",
            "%Y-%m-%dT%H:%M%z",
        ];
        forms.iter().find_map(|form| by_form(form, text, zone))
    })
}

/// Only the digits of `text`, with zeros in front up to `width`: `516` and `05:16` both become `0516`.
pub(super) fn digits(text: &str, width: usize) -> String {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    format!("{digits:0>width$}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::CHINA;

    #[test]
    fn every_form_of_an_hour_is_the_same_moment() {
        let at = Moment::parse_rfc3339("2019-01-01T07:00:00+08:00");
        let form = |form: &str| Stamp::Form(form.to_owned());
        for (stamp, text) in [
            (form("%Y%m%d %H"), "20190101 7"),
            (form("%Y-%m-%d %H:%M:%S"), "2019-01-01 07:00:00"),
            (form("%Y-%m-%dT%H:%M:%S%z"), "2018-12-31T23:00:00+0000"),
            (form("%Y年%m月%d日%H时"), "2019年01月01日07时"),
            (Stamp::Rfc3339, "2018-12-31T23:00:00Z"),
            (Stamp::Unix, "1546297200"),
            (Stamp::UnixMs, "1546297200000"),
        ] {
            assert_eq!(read(&stamp, text, CHINA), at, "{text}");
        }
        for text in [
            "2019-01-01T07:00",
            "2018-12-31T15:00:00-0800",
            "2019-01-01T07:00+08:00",
        ] {
            assert_eq!(iso(text, CHINA), at, "{text}");
        }
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in ["", "—", "20190132 7", "20190101 25", "0000-00-00"] {
            let stamp = Stamp::Form("%Y%m%d %H".to_owned());
            assert_eq!(read(&stamp, text, CHINA), None, "{text}");
        }
        assert_eq!(
            read(&Stamp::Unix, "9223372036854775807", CHINA).map(Moment::ms),
            Some(i64::MAX)
        );
    }

    #[test]
    fn a_time_of_one_to_four_digits_is_filled_up() {
        assert_eq!(
            ["516", "05:16", "0516", "1"].map(|t| digits(t, 4)),
            ["0516", "0516", "0516", "0001"]
        );
    }
}
