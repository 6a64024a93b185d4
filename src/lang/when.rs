//! Times in words: ages, countdowns, clock readings. The moment *now* is always an argument.

use crate::domain::time::{Moment, Span, Zone};
use crate::lang::{Lang, fill};

/// How long something took or how old it is, in at most nine cells: `12分钟`, `3小时5分`, `17小时`, `2天4小时`, `12天`.
///
/// Below a minute the seconds are told only by [`countdown`]; here it is `<1分钟`, so that a list need not be redrawn
/// every second.
pub fn age(lang: Lang, span: Span) -> String {
    let mins = span.as_mins().max(0);
    let (days, hours, rest) = (mins / 1440, mins / 60 % 24, mins % 60);
    match (days, hours, mins) {
        (0, 0, 0) => lang.pick("<1分钟", "<1m").to_owned(),
        (0, 0, _) => format!("{mins}{}", lang.pick("分钟", "m")),
        (0, 10.., _) => format!("{hours}{}", lang.pick("小时", "h")),
        (0, ..) if rest == 0 => format!("{hours}{}", lang.pick("小时", "h")),
        (0, _, _) => fill(
            lang.pick("{h}小时{m}分", "{h}h {m}m"),
            &[("h", &hours), ("m", &rest)],
        ),
        (1..=9, 1.., _) => fill(
            lang.pick("{d}天{h}小时", "{d}d {h}h"),
            &[("d", &days), ("h", &hours)],
        ),
        _ => format!("{days}{}", lang.pick("天", "d")),
    }
}

/// That the machine's clock was set, by how much and which way.
pub fn stepped(lang: Lang, by: Span) -> String {
    let (secs, ahead) = (by.as_secs().abs(), by > Span::ZERO);
    let word = if ahead {
        lang.pick("系统时钟被拨快", "the system clock was set forward by")
    } else {
        lang.pick("系统时钟被拨慢", "the system clock was set back by")
    };
    let long = if secs < 60 {
        format!("{secs}{}", lang.pick("秒", "s"))
    } else {
        age(lang, Span::secs(secs))
    };
    format!("{word} {long}")
}

/// How long until `due`: `余 04:32` under ten minutes, `余 3小时5分` before, `超 12分钟` after.
pub fn countdown(lang: Lang, due: Moment, now: Moment) -> String {
    if now > due {
        return format!("{} {}", lang.pick("超", "late"), age(lang, now - due));
    }
    let left = due - now;
    let secs = left.as_secs();
    if secs < 600 {
        format!("{} {:02}:{:02}", lang.pick("余", "in"), secs / 60, secs % 60)
    } else {
        format!("{} {}", lang.pick("余", "in"), age(lang, left))
    }
}

/// The clock in the room's zone: `09:31`.
pub fn clock(at: Moment, zone: Zone) -> String {
    at.local(zone).format("%H:%M").to_string()
}

/// The clock with its date where it is another day than `now`: `09:31`, `11-22 09:31`.
pub fn stamp(at: Moment, now: Moment, zone: Zone) -> String {
    let same = at.date(zone) == now.date(zone);
    let form = if same { "%H:%M" } else { "%m-%d %H:%M" };
    at.local(zone).format(form).to_string()
}

/// As [`stamp`], with the year where it is another year than that of `now`: `2016-03-07 14:00`.
pub fn dated(at: Moment, now: Moment, zone: Zone) -> String {
    let year = |at: Moment| chrono::Datelike::year(&at.local(zone));
    if year(at) == year(now) {
        return stamp(at, now, zone);
    }
    at.local(zone).format("%Y-%m-%d %H:%M").to_string()
}

/// Date, weekday and clock for the header: `11-23 周一 09:31`.
pub fn header(lang: Lang, at: Moment, zone: Zone) -> String {
    let local = at.local(zone);
    let day = chrono::Datelike::weekday(&local).num_days_from_monday() as usize;
    let names = lang.pick(
        ["周一", "周二", "周三", "周四", "周五", "周六", "周日"],
        ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    );
    let name = names.get(day).copied().unwrap_or_default();
    format!("{} {name} {}", local.format("%m-%d"), local.format("%H:%M"))
}

/// When an [`age`] of something that happened at `at` reads differently: the next full minute of it.
pub fn next_age(at: Moment, now: Moment) -> Moment {
    let past = (now - at).ms().max(0);
    let minute = Span::mins(1).ms();
    at + Span::from_ms((past / minute + 1).saturating_mul(minute))
}

/// When a [`countdown`] to `due` reads differently.
pub fn next_countdown(due: Moment, now: Moment) -> Moment {
    let left = (due - now).ms();
    if left < 0 {
        return next_age(due, now);
    }
    let step = if left < Span::mins(10).ms() { 1000 } else { 60_000 };
    due - Span::from_ms(((left - 1).max(0) / step).saturating_mul(step)) + Span::from_ms(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_short_and_never_negative() {
        let zh = |s| age(Lang::Zh, Span::secs(s));
        assert_eq!(
            [zh(-5), zh(59), zh(60), zh(11_100)],
            ["<1分钟", "<1分钟", "1分钟", "3小时5分"]
        );
        assert_eq!([zh(35_999), zh(36_000)], ["9小时59分", "10小时"]);
        assert_eq!([zh(3_600), zh(172_800)], ["1小时", "2天"]);
        assert_eq!(age(Lang::En, Span::hours(52)), "2d 4h");
        assert_eq!(age(Lang::Zh, Span::hours(250)), "10天");
    }

    #[test]
    fn a_countdown_runs_by_the_second_only_under_ten_minutes() {
        let (now, due) = (Moment::from_ms(0), Moment::from_ms(272_000));
        assert_eq!(countdown(Lang::Zh, due, now), "余 04:32");
        assert_eq!(countdown(Lang::En, now, due), "late 4m");
        assert_eq!(next_countdown(due, now), Moment::from_ms(1001));
    }

    #[test]
    fn the_next_change_of_an_age_is_its_next_full_minute() {
        let at = Moment::from_ms(30_000);
        assert_eq!(next_age(at, Moment::from_ms(100_000)), Moment::from_ms(150_000));
    }
}
