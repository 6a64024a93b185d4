//! When to ask again: `Retry-After`, and back-off with jitter. Pure; the desk's runner adds the chance and the wait.

use crate::domain::time::{Moment, Span};
use crate::net::Response;
use std::time::UNIX_EPOCH;

/// The longest wait that is read. How long somebody is waited for is bounded by who asks.
const MOST: Span = Span::days(366);

/// The first wait after a failure.
const FIRST: Span = Span::secs(5);

/// Reads a `Retry-After` header: seconds, or a date in one of the three forms of RFC 9110 (5.6.7).
/// At most a year ahead of `now`; `None` for anything else.
pub fn retry_after(text: &str, now: Moment) -> Option<Moment> {
    let text = text.trim();
    let wait = match text.parse::<i64>() {
        Ok(secs) if secs >= 0 => Span::secs(secs),
        Ok(_) => return None,
        Err(_) => http_date(text)? - now,
    };
    Some(now + wait.clamp(Span::ZERO, MOST))
}

/// When the upstream lets us ask again: `Retry-After`, or a spent allowance (`x-ratelimit-remaining: 0`) whose
/// `x-ratelimit-reset` gives the seconds left (`OpenAQ`'s code; other services give a moment in epoch seconds).
pub fn allowed_at(reply: &Response, now: Moment) -> Option<Moment> {
    if let Some(text) = reply.header("retry-after") {
        return retry_after(text, now);
    }
    let spent = reply.header("x-ratelimit-remaining")?.trim() == "0";
    let reset: i64 = reply.header("x-ratelimit-reset")?.trim().parse().ok()?;
    let wait = if reset < 1_000_000_000 {
        Span::secs(reset)
    } else {
        Moment::from_ms(reset.saturating_mul(1000)) - now
    };
    spent.then(|| now + wait.clamp(Span::ZERO, MOST))
}

/// How long to wait after `failures` failures in a row (from 1): doubling from 5 s to `most`; one half of it is fixed,
/// the other half is `chance` (0 ≤ chance < 1), so that many consoles do not come back at one moment.
pub fn back_off(failures: u32, most: Span, chance: f64) -> Span {
    let doubled = FIRST
        .ms()
        .saturating_mul(1_i64.checked_shl(failures.saturating_sub(1).min(30)).unwrap_or(1));
    let half = doubled.min(most.ms()).max(1000) / 2;
    Span::from_ms(half + (half as f64 * chance.clamp(0.0, 1.0)) as i64)
}

fn http_date(text: &str) -> Option<Moment> {
    let date = httpdate::parse_http_date(text).ok()?;
    let since = date.duration_since(UNIX_EPOCH).ok()?;
    Some(Moment::from_ms(i64::try_from(since.as_millis()).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Moment {
        Moment::parse_rfc3339("2026-11-23T10:00:00Z").expect("a fixed text")
    }

    #[test]
    fn seconds_and_every_form_of_a_date_are_understood() {
        for text in [
            "90",
            "Mon, 23 Nov 2026 10:01:30 GMT",
            "Monday, 23-Nov-26 10:01:30 GMT",
            "Mon Nov 23 10:01:30 2026",
        ] {
            assert_eq!(retry_after(text, now()), Some(now() + Span::secs(90)), "{text}");
        }
        for text in ["", "soon", "-5", "1.5"] {
            assert_eq!(retry_after(text, now()), None, "{text}");
        }
    }

    #[test]
    fn a_date_gone_by_means_now_and_a_century_means_a_year() {
        assert_eq!(retry_after("Mon, 23 Nov 2026 09:00:00 GMT", now()), Some(now()));
        assert_eq!(retry_after("9999999999999", now()), Some(now() + Span::days(366)));
    }

    #[test]
    fn a_spent_allowance_says_when_it_is_filled_again() {
        let reply = |remaining: &str, reset: &str| Response {
            headers: vec![
                ("x-ratelimit-remaining".to_owned(), remaining.to_owned()),
                ("x-ratelimit-reset".to_owned(), reset.to_owned()),
            ],
            ..Response::default()
        };
        assert_eq!(allowed_at(&reply("0", "42"), now()), Some(now() + Span::secs(42)));
        let epoch = (now().ms() / 1000 + 42).to_string();
        assert_eq!(
            allowed_at(&reply("0", &epoch), now()),
            Some(now() + Span::secs(42))
        );
        assert_eq!(allowed_at(&reply("7", "42"), now()), None);
    }

    #[test]
    fn waits_double_up_to_the_most_and_half_of_each_is_chance() {
        let most = Span::mins(5);
        let waits: Vec<i64> = [1, 2, 3, 7, 60]
            .iter()
            .map(|&n| back_off(n, most, 0.0).ms())
            .collect();
        assert_eq!(waits, [2_500, 5_000, 10_000, 150_000, 150_000]);
        assert_eq!(back_off(3, most, 0.5), Span::secs(15));
    }
}
