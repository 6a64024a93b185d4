//! What is known of the ledger's chain of hashes, in words.

use crate::domain::chain::{Chain, Checked, Distrust};
use crate::domain::days::{Days, Differs};
use crate::domain::time::{Moment, Zone};
use crate::lang::{Lang, fill, ledger, when};

/// What the last verification found, and when.
pub fn checked(lang: Lang, chain: &Chain, (now, zone): (Moment, Zone)) -> String {
    match &chain.checked {
        Checked::Never => lang.pick("链尚未核对", "chain not verified yet").to_owned(),
        Checked::Running => lang.pick("链正在核对", "the chain is being verified").to_owned(),
        Checked::Whole { upto, at } => fill(
            lang.pick(
                "链至第 {n} 条完好（{at} 核对）",
                "chain whole up to entry {n} at {at}",
            ),
            &[("n", upto), ("at", &when::stamp(*at, now, zone))],
        ),
        Checked::Broken { fault, at } => fill(
            lang.pick("{why}（{at} 核对）", "{why} (found at {at})"),
            &[
                ("why", &ledger::what(lang, fault)),
                ("at", &when::stamp(*at, now, zone)),
            ],
        ),
    }
}

/// What it found of the readings of the days that are over; empty where there are none yet.
pub fn days(lang: Lang, days: &Days, zone: Zone) -> String {
    if let Some(first) = days.differ.first() {
        return differs(lang, first, days.differ.len() - 1, zone);
    }
    let mut words = Vec::new();
    if days.whole > 0 {
        words.push(fill(
            lang.pick(
                "读数与当日记入台账的一致：{n} 天",
                "days whose readings are those that were recorded: {n}",
            ),
            &[("n", &days.whole)],
        ));
    }
    if let Some(before) = days.before.filter(|_| days.dropped > 0) {
        words.push(fill(
            lang.pick(
                "含 {before} 之前的读数、已过保存期而不再核对：{n} 天",
                "days with readings from before {before}, which are kept no longer: {n}, not looked at",
            ),
            &[("n", &days.dropped), ("before", &before.date(zone))],
        ));
    }
    words.join(lang.pick("；", "; "))
}

/// A day that differs, and how many more there are.
pub fn differs(lang: Lang, day: &Differs, more: usize, zone: Zone) -> String {
    let words = fill(
        lang.pick(
            "{day} 的读数不是当日记入台账的那些（当时 {then} 个，现有 {there} 个）",
            "the readings of {day} are not those that were recorded ({then} then, {there} now)",
        ),
        &[
            ("day", &day.from.date(zone)),
            ("then", &day.recorded),
            ("there", &day.there),
        ],
    );
    if more == 0 {
        return words;
    }
    let rest = lang.pick("，另有 {n} 天也不是", "; nor are those of {n} more days");
    words + &fill(rest, &[("n", &more)])
}

/// What a person can do about that.
pub fn compare(lang: Lang) -> &'static str {
    lang.pick(
        "lookout audit verify 逐日列出；与备份对照。",
        "lookout audit verify names each day; compare with a backup.",
    )
}

/// Why the kept state was not taken for true; empty where it was.
pub fn distrust(lang: Lang, chain: &Chain) -> &'static str {
    match chain.distrust {
        None => "",
        Some(Distrust::Unvouched) => lang.pick(
            "快照无链上摘要，状态已由全部记录重算",
            "no entry vouches for the snapshot: the state was folded anew from all entries",
        ),
        Some(Distrust::Place) => lang.pick(
            "快照不是链上所指的那一个，状态已由全部记录重算",
            "the snapshot is not the one that the chain names: the state was folded anew from all entries",
        ),
        Some(Distrust::Bytes) => lang.pick(
            "快照被改动，状态已由全部记录重算",
            "the snapshot was changed: the state was folded anew from all entries",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ledger_fault::{LedgerFault, Misfit};
    use crate::lang::LANGS;

    #[test]
    fn everything_known_of_the_chain_has_words_in_both_languages() {
        let at = Moment::from_ms(1_790_000_000_000);
        let zone = crate::domain::time::CHINA;
        let broken = LedgerFault::Broken {
            entry: 7,
            why: Misfit::Hash,
        };
        let all = [
            (Checked::Never, None),
            (Checked::Running, Some(Distrust::Unvouched)),
            (Checked::Whole { upto: 9, at }, Some(Distrust::Place)),
            (Checked::Broken { fault: broken, at }, Some(Distrust::Bytes)),
        ];
        for (lang, ..) in LANGS {
            for (found, why) in &all {
                let chain = Chain {
                    checked: found.clone(),
                    distrust: *why,
                    ..Chain::default()
                };
                let words = checked(*lang, &chain, (at, zone));
                assert!(!words.is_empty() && !words.contains('{'), "{words}");
                assert_eq!(distrust(*lang, &chain).is_empty(), why.is_none());
            }
        }
    }

    #[test]
    fn what_is_known_of_the_days_has_words_in_both_languages() {
        let from = Moment::from_ms(1_790_000_000_000);
        let differs = Differs {
            from,
            recorded: 3,
            there: 2,
        };
        let found = Days {
            whole: 41,
            dropped: 359,
            before: Some(from),
            differ: Vec::new(),
        };
        let worse = Days {
            differ: vec![differs.clone(), differs],
            ..found.clone()
        };
        for (lang, ..) in LANGS {
            let said = |found: &Days| days(*lang, found, crate::domain::time::CHINA);
            assert_eq!(said(&Days::default()), "");
            for (found, parts) in [(&found, ["41", "359"]), (&worse, ["2026-09-21", "1"])] {
                let words = said(found);
                assert!(
                    !words.contains('{') && parts.iter().all(|part| words.contains(part)),
                    "{words}"
                );
            }
            assert!(!compare(*lang).is_empty());
        }
    }
}
